// Replay: the journal after the snapshot, entry by entry, any whole copy of each, chained to the one before; where it ends;
// and whether the two stores tell one history.
#include <algorithm>

#include "vault/machine.hpp"

namespace entente::vault {

void Vault::Machine::read_journal(const Job& job) {
    if (job->next_sequence == job->opened.snapshot_sequence + 1) {
        // Each store is followed from the snapshot on, or from its own end where that is earlier.
        for (std::size_t i = 0; i < 2; ++i) {
            if (job->use[i]) lanes_[i].have = std::min(lanes_[i].head.sequence, job->opened.snapshot_sequence);
        }
        compare_end(*job, job->opened.snapshot_sequence);
        compare_note(*job, job->opened.snapshot_sequence);
    }
    read_both(job->use, kJournalStore, job->next_sequence, kReadAtOnce, [job](Machine& self, Both read) {
        if (self.heard(job, read)) self.with_journal(job, read);
    });
}

// Where the other store ends at this very entry, it must end in the same record.
void Vault::Machine::compare_end(Opening& job, std::uint64_t sequence) {
    const Head& other = lanes_[1 - job.lead].head;
    if (job.use[1 - job.lead] && other.sequence == sequence) job.ancestor = other.journal_hash == job.previous;
}

void Vault::Machine::with_journal(const Job& job, const Both& read) {
    const std::uint64_t stop = job->next_sequence + kReadAtOnce;
    while (job->next_sequence < stop) {
        const std::uint64_t sequence = job->next_sequence;
        const Taken taken = take_entry(*job, read);
        if (taken == Taken::Fork) return forked(job, sequence);
        if (taken == Taken::None) return end_of_journal(job, read);
        compare_end(*job, sequence);
        compare_note(*job, sequence);
        ++job->next_sequence;
    }
    read_journal(job);
}

// The next entry from whichever store has it whole.
Vault::Machine::Taken Vault::Machine::take_entry(Opening& job, const Both& read) {
    const std::uint64_t sequence = job.next_sequence;
    std::array<const Bytes*, 2> record{};
    std::array<bool, 2> good{};
    Bytes plain;
    for (std::size_t i = 0; i < 2; ++i) {
        if (!job.use[i]) continue;
        record[i] = value_at(*read[i], sequence);
        if (record[i] && i == 1 && good[0] && *record[0] == *record[1]) {
            good[1] = true;
        } else if (record[i]) {
            Result<OpenedEnvelope> opened = open_envelope(*record[i], Kind::Journal, vault_id_, keys_.journal);
            good[i] = opened && opened->header.sequence == sequence && opened->header.previous == job.previous;
            if (good[i] && plain.empty()) plain = std::move(opened->plain);
        }
    }
    if (good[0] && good[1] && *record[0] != *record[1]) {
        // What stands beyond a store's own head was torn off an unfinished write: it does not speak against the other store. Where
        // both are such, neither was acknowledged and neither is taken.
        const std::array<bool, 2> ended{lanes_[0].head.sequence < sequence, lanes_[1].head.sequence < sequence};
        if (!ended[0] && !ended[1]) return Taken::Fork;
        if (ended[0]) plain = open_envelope(*record[1], Kind::Journal, vault_id_, keys_.journal)->plain;
        for (std::size_t i = 0; i < 2; ++i) good[i] = !ended[i];
    }
    const std::size_t from = good[0] ? 0 : 1;
    const bool found = good[from] && (sequence != job.head.sequence || blake2b(*record[from]) == job.head.journal_hash);
    for (std::size_t i = 0; i < 2; ++i) {
        if (!job.use[i]) continue;
        Lane& lane = lanes_[i];
        if (record[i]) ++(good[i] ? report_.stores[i].entries.whole : report_.stores[i].entries.damaged);
        if (found && good[i] && lane.have + 1 == sequence) {
            lane.have = sequence;
        } else if (record[i] || (found && sequence <= lane.head.sequence)) {
            lane.blocked = true;  // damaged, missing in the middle, or standing after a hole
        }
    }
    if (!found) return Taken::None;
    job.previous = blake2b(*record[from]);
    job.journal_bytes += plain.size();
    job.opened.entries.push_back(std::move(plain));
    return Taken::Entry;
}

}  // namespace entente::vault
