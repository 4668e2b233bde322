// Several tabs on one workspace: one writes; the others follow what it makes durable, and can take its place. The guard is that every
// write compares both heads first: a tab that takes over writes a head of its own before it says that it has, so that whatever the
// one before it still tries, even after a long sleep, is refused.
#include <algorithm>
#include <utility>

#include "vault/machine.hpp"

namespace entente::vault {
namespace {

// Each time the one before wrote once more in between.
constexpr int kMostFences = 20;

Error changed_error() {
    return {ErrorCode::Conflict, msg("Another tab or window has changed this workspace."), {},
            msg("Reload this page to see the newest state.")};
}

}  // namespace

struct Vault::Machine::Following {
    Callback<std::vector<Bytes>> done;
    std::array<Bytes, 2> records;
    Head head;
    Digest previous{};
    std::vector<Bytes> entries;
    std::optional<WitnessNote> note;   // as it was before
    bool agrees = false;               // the entry it knows is the one here
    void compare(std::uint64_t sequence, const Digest& hash) {
        if (note && note->sequence == sequence) agrees = std::equal(note->head8.begin(), note->head8.end(), hash.begin());
    }
};

void Vault::Machine::follow(Callback<std::vector<Bytes>> done) {
    if (state_ != VaultState::Open || !following_ || lanes_[0].busy) return done(std::vector<Bytes>{});
    lanes_[0].busy = true;
    lanes_[0].port->read(kHeadStore, 0, 4, later<Records>([done](Machine& self, Result<Records> read) {
        self.lanes_[0].busy = false;
        if (!read) return done(tl::unexpected<Error>(std::move(read.error())));
        auto job = std::make_shared<Following>();
        job->done = done;
        job->previous = self.head_.journal_hash;
        for (platform::Record& record : *read) {
            if (record.key < 2) job->records[static_cast<std::size_t>(record.key)] = std::move(record.value);
        }
        const Result<Head> newest = self.newest_head(job->records);
        if (!newest || newest->sequence < self.durable_) return done(tl::unexpected<Error>(changed_error()));
        job->head = *newest;
        job->note = self.noted();
        job->compare(self.durable_, job->previous);
        self.follow_to(job);
    }));
}

void Vault::Machine::follow_to(const std::shared_ptr<Following>& job) {
    const std::uint64_t first = durable_ + job->entries.size() + 1;
    if (first > job->head.sequence) {
        if (job->previous != job->head.journal_hash) return job->done(tl::unexpected<Error>(changed_error()));
        lanes_[0].heads = std::move(job->records);
        head_ = std::move(job->head);
        appended_ = durable_ = lanes_[0].have = head_.sequence;
        const bool further = !job->note || (job->agrees && job->note->sequence < head_.sequence);
        if (further && noted() == job->note) tell_witness(head_);
        return job->done(std::move(job->entries));
    }
    lanes_[0].busy = true;
    lanes_[0].port->read(kJournalStore, first, kReadAtOnce, later<Records>([job, first](Machine& self, Result<Records> read) {
        self.lanes_[0].busy = false;
        if (!read) return job->done(tl::unexpected<Error>(std::move(read.error())));
        for (std::uint64_t at = first; at < first + kReadAtOnce && at <= job->head.sequence; ++at) {
            const Bytes* record = value_at(*read, at);
            Result<OpenedEnvelope> opened = tl::unexpected<Error>(changed_error());
            if (record) opened = open_envelope(*record, Kind::Journal, self.vault_id_, self.keys_.journal);
            if (!opened || opened->header.sequence != at || opened->header.previous != job->previous) {
                return job->done(tl::unexpected<Error>(changed_error()));
            }
            job->previous = blake2b(*record);
            job->compare(at, job->previous);
            job->entries.push_back(std::move(opened->plain));
        }
        self.follow_to(job);
    }));
}

// What is not durable is given up here: the caller has asked the person.
void Vault::Machine::reopen(bool write, Callback<Opened> done) {
    if (state_ != VaultState::Open) return done(tl::unexpected<Error>(changed_error()));
    reopen_with(write ? 1 : 0, std::move(done));
}

void Vault::Machine::reopen_with(int fence, Callback<Opened> done) {
    VaultKeys keys = std::move(keys_);
    const bool write = fence > 0;
    lock();
    keys_ = std::move(keys);
    auto job = std::make_shared<Opening>();
    job->done = std::move(done);
    job->choice.follow = !write;
    job->fence = fence;
    begin_opening(job, nullptr);
}

// A tab may have slept while it read, and another has taken its turn: then it follows that one. Where that is not answered, what the
// first store has stands, whoever writes now; what only the second one has, the tab that writes may not know of.
void Vault::Machine::confirm_opening(const Job& job, std::function<void(Machine&)> ours) {
    if (!ports_.turn) return ours(*this);
    ports_.turn->confirm(later<bool>([job, ours = std::move(ours)](Machine& self, Result<bool> have) {
        have.value_or(self.guarded(1)) ? ours(self) : self.reopen_with(0, job->done);
    }));
}

// From here on no other tab's write can happen; where one did just before, everything is read once more.
void Vault::Machine::fence(const Job& job) {
    Lane& first = lanes_[0];
    if (!first.usable()) return fail_opening(job, first.error ? *first.error : changed_error());
    const std::size_t newest = newest_slot(first);
    if (newest == 2) return opened(job);  // there is no head by which anybody could write
    // It says no more than the store has: the other one may have come further.
    const bool whole = !first.blocked && first.have >= head_.sequence;
    Head own = whole ? head_ : first.head;
    own.generation = head_.generation = std::max(head_.generation, first.head.generation) + 1;
    own.writer_epoch = head_.writer_epoch = std::max(head_.writer_epoch, first.head.writer_epoch) + 1;
    writer_ = true;
    const std::size_t slot = 1 - newest;
    const Bytes record = seal_head(header_for(Kind::Head), keys_.head, own);
    platform::Batch batch;
    for (std::uint64_t at = 0; at < 2; ++at) batch.expect.push_back({kHeadStore, at, first.heads[at]});
    batch.put.push_back({kHeadStore, slot, record});
    first.busy = true;
    first.port->commit(std::move(batch), later<void>([job, own, slot, record, whole](Machine& self, Result<void> written) {
        Lane& lane = self.lanes_[0];
        lane.busy = false;
        if (written) {
            lane.heads[slot] = record;
            lane.head = own;
            if (whole) {  // what both stores are to have
                self.head_slot_ = slot;
                self.head_records_[slot] = record;
                self.head_records_[1 - slot] = lane.heads[1 - slot];
            } else {
                self.set_head(self.head_);  // newer than that one
                return self.confirm_opening(job, [job](Machine& me) { me.opened(job); });  // it may have slept while that was written
            }
            return self.opened(job);
        }
        if (written.error().code != ErrorCode::Conflict || job->fence > kMostFences) return self.fail_opening(job, written.error());
        self.reopen_with(job->fence + 1, job->done);
    }));
}

// Everything is durable and nothing under way: from here on this tab follows.
bool Vault::Machine::hand_over() {
    const bool idle = !lanes_[0].busy && !lanes_[1].busy && !mend_ && !changing_key_ && !snapshot_ && durable_ == appended_;
    if (state_ != VaultState::Open || read_only() || error_ || !idle) return false;
    if (lanes_[1].port) lanes_[1].port->let_go();
    lanes_[1] = {};
    sealed_.clear();
    following_ = true;
    writer_ = false;
    return true;
}

// Another tab has taken the turn without waiting: nothing is written any more, and what is not saved stays in memory.
void Vault::Machine::lost_turn() {
    if (state_ == VaultState::Open && !read_only()) stop_with(changed_error());
}

}  // namespace entente::vault
