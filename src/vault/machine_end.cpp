// Where the journal ends, and whether the two stores tell one history.
#include <algorithm>

#include "vault/machine.hpp"

namespace entente::vault {

// To a tab that follows: the one that writes is about to bring the first store up to the second.
Error unfinished_error() {
    return {ErrorCode::Storage, msg("The tab that writes has not saved everything here yet."), {}, msg("Try again in a moment.")};
}

// No store has a whole record of job->next_sequence: the end, or a gap.
void Vault::Machine::end_of_journal(const Job& job, const Both& read) {
    const std::uint64_t sequence = job->next_sequence, last = sequence - 1;
    bool clean = false, here = false;
    std::optional<Error> newer;
    for (std::size_t i = 0; i < 2; ++i) {
        if (!job->use[i]) continue;
        const Bytes* record = value_at(*read[i], sequence);
        const bool stands = record != nullptr;
        const Result<EnvelopeHeader> header = stands ? parse_header(*record) : EnvelopeHeader{};
        if (!header && header.error().code == ErrorCode::Unsupported) newer = header.error();
        const bool beyond = !read[i]->empty() && read[i]->back().key > sequence;
        lanes_[i].blocked |= stands || beyond;
        here |= stands;
        clean |= !stands && !beyond;
    }
    // Torn before it was acknowledged: both stores end here, or the chosen one, and so does what the witness knows.
    const bool certain = (job->use[0] && job->use[1]) || job->choice.only;
    clean |= certain && (!job->note || job->note->sequence <= last);
    clean &= !newer;  // a newer version wrote it, and what it means is not known here
    if (last < job->head.sequence || !clean) {
        const Error error = newer ? *newer : here ? damaged_error(entry_name(sequence)) : missing_error(entry_name(sequence));
        // The tab that writes has taken over where this store was behind, and is filling it.
        if (job->choice.follow && last < job->head.sequence) {
            return fail_opening(job, unfinished_error());
        }
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
    if (lanes_[store].outdated && !lanes_[store].error) return check_outdated(job, store);
    const Head& other = lanes_[store].head;
    if (!job->use[store] || other.sequence == 0) return finish(job);
    if (job->ancestor) return *job->ancestor ? finish(job) : forked(job, other.sequence);
    ask_ancestor(job->lead, other, [job](Machine& self, Result<bool> same) {
        if (!same) return self.fail_opening(job, std::move(same.error()));
        *same ? self.finish(job) : self.forked(job, self.lanes_[1 - job->lead].head.sequence);
    });
}

// A store with the keys of before may have been written to since: entries that the new keys' history does not begin with.
void Vault::Machine::check_outdated(const Job& job, std::size_t store) {
    std::array<bool, 2> use{};
    use[store] = true;
    read_both(use, kJournalStore, job->head.base + 1, kReadAtOnce, [job, store](Machine& self, Both read) {
        if (!read[store] || read[store]->empty()) return self.finish(job);
        self.report_.stores[store].sequence = read[store]->back().key;
        self.forked(job, job->head.base + 1);
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
