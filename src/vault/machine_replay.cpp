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

// No store has a whole record of job->next_sequence: the end, or a gap.
void Vault::Machine::end_of_journal(const Job& job, const Both& read) {
    const std::uint64_t sequence = job->next_sequence, last = sequence - 1;
    bool clean = false, here = false;
    for (std::size_t i = 0; i < 2; ++i) {
        if (!job->use[i]) continue;
        const bool stands = value_at(*read[i], sequence) != nullptr;
        const bool beyond = !read[i]->empty() && read[i]->back().key > sequence;
        lanes_[i].blocked |= stands || beyond;
        here |= stands;
        clean |= !stands && !beyond;
    }
    // Torn before it was acknowledged: both stores end here, or the chosen one, and so does what the witness knows.
    const bool certain = (job->use[0] && job->use[1]) || job->choice.only;
    clean |= certain && (!job->note || job->note->sequence <= last);
    if (last < job->head.sequence || !clean) {
        const Error error = here ? damaged_error(entry_name(sequence)) : missing_error(entry_name(sequence));
        report_.gap = sequence;
        report_.sequence = last;
        report_.missing_entries = std::max(job->head.sequence, last) - last;
        if (!job->choice.salvage) return fail_opening(job, error);
        job->opened.missing_entries = report_.missing_entries;
        job->opened.warnings.push_back(error);
    }
    if (last > job->head.sequence && !ports_.second && !job->choice.follow) {
        // Whole and chained, so they are ours: the newest head was lost.
        job->opened.warnings.push_back({ErrorCode::Damaged, msg("The journal goes on beyond its recorded end; all of it was read."),
                                        entry_name(last), msg("Make a backup.")});
    }
    job->head.sequence = last;
    job->head.journal_hash = job->previous;
    if (job->choice.salvage) return finish(job);
    check_ancestor(job);
}

// The stores tell one history only if the one that ends earlier ends in a record of the other.
void Vault::Machine::check_ancestor(const Job& job) {
    const std::size_t store = 1 - job->lead;
    const Head& other = lanes_[store].head;
    if (!job->use[store] || other.sequence == 0) return finish(job);
    if (job->ancestor) return *job->ancestor ? finish(job) : forked(job, other.sequence);
    ask_ancestor(job->lead, other, [job](Machine& self, Result<bool> same) {
        if (!same) return self.fail_opening(job, std::move(same.error()));
        *same ? self.finish(job) : self.forked(job, self.lanes_[1 - job->lead].head.sequence);
    });
}

// Is the end of `older` a record in this store's history? Its own record of that number says so, or, where that is damaged, the
// next one, which is chained to it.
void Vault::Machine::ask_ancestor(std::size_t store, const Head& older, Verdict then) {
    const std::uint64_t sequence = older.sequence;
    if (sequence == 0) return then(*this, true);
    lanes_[store].port->read(kJournalStore, sequence, 2,
                             later<Records>([sequence, hash = older.journal_hash, then = std::move(then)](Machine& self,
                                                                                                          Result<Records> read) {
        if (!read) return then(self, tl::unexpected<Error>(std::move(read.error())));
        const Bytes* record = value_at(*read, sequence);
        if (record && blake2b(*record) == hash) return then(self, true);
        record = value_at(*read, sequence + 1);
        if (!record) return then(self, false);
        const Result<OpenedEnvelope> next = open_envelope(*record, Kind::Journal, self.vault_id_, self.keys_.journal);
        then(self, next && next->header.sequence == sequence + 1 && next->header.previous == hash);
    }));
}

void Vault::Machine::forked(const Job& job, std::uint64_t sequence) {
    report_.fork = sequence;
    report_.sequence = sequence - 1;
    if (job->choice.salvage) {
        // To look at the newer of the two.
        job->use[1 - job->lead] = false;
        if (job->next_sequence <= job->head.sequence) return read_journal(job);
        return finish(job);
    }
    fail_opening(job, Error{ErrorCode::Conflict, msg("The two copies of this workspace tell different histories."), entry_name(sequence),
                            msg("Choose the copy to go on with; the other one is kept.")});
}

}  // namespace entente::vault
