// Writing: group commits of the journal, one at a time, each moving the head; snapshots; and finding out what happened to a
// write that failed.
#include <algorithm>
#include <cassert>

#include "vault/machine.hpp"

namespace entente::vault {

void Vault::Machine::append(std::uint64_t sequence, Bytes plain_entry) {
    assert(state_ == VaultState::Open && sequence == appended_ + 1);
    if (state_ != VaultState::Open || sequence != appended_ + 1) return;
    appended_ = sequence;
    pending_.push_back({sequence, std::move(plain_entry)});
}

Saving Vault::Machine::saving() const {
    if (error_) return Saving::Failed;
    return pending_.empty() ? Saving::Saved : Saving::Waiting;
}

void Vault::Machine::flush() {
    if (state_ != VaultState::Open || error_) return;
    flush_wanted_ = true;
    if (step_ == Step::Idle) next_step();
}

void Vault::Machine::retry() {
    if (state_ != VaultState::Open || !error_ || step_ != Step::Idle) return;
    error_.reset();
    flush_wanted_ = true;
    next_step();
}

void Vault::Machine::next_step() {
    step_ = Step::Idle;
    if (flush_wanted_ && !pending_.empty()) return begin_commit();
    flush_wanted_ = false;
    if (snapshot_ && snapshot_->journal_hash && snapshot_->sequence <= head_.sequence && !attempt_) begin_snapshot();
}

EnvelopeHeader Vault::Machine::header_for(Kind kind) {
    EnvelopeHeader header;
    header.kind = kind;
    header.vault_id = vault_id_;
    header.key_epoch = key_epoch_;
    header.writer_epoch = head_.writer_epoch;
    header.utc_ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, ports_.clock.now().utc_ms));
    ports_.random.fill(header.nonce);
    return header;
}

// A transaction that fails unless both heads are what this session knows.
platform::Batch Vault::Machine::guarded_batch() const {
    platform::Batch batch;
    for (std::uint64_t slot = 0; slot < 2; ++slot) batch.expect.push_back({kHeadStore, slot, stored_heads_[slot]});
    return batch;
}

Vault::Machine::Attempt Vault::Machine::make_attempt(Head next) {
    next.generation = head_.generation + 1;
    next.writer_epoch = writer_ ? head_.writer_epoch : head_.writer_epoch + 1;
    Attempt attempt;
    attempt.slot = 1 - head_slot_;
    attempt.head_record = seal_head(header_for(Kind::Head), keys_.head, next);
    attempt.head = std::move(next);
    return attempt;
}

void Vault::Machine::begin_commit() {
    if (attempt_) return begin_resolve();
    step_ = Step::Committing;
    flush_wanted_ = false;
    platform::Batch batch = guarded_batch();
    Head next = head_;
    std::uint64_t plain_bytes = 0;
    for (const PendingEntry& entry : pending_) {
        EnvelopeHeader header = header_for(Kind::Journal);
        header.writer_epoch = writer_ ? head_.writer_epoch : head_.writer_epoch + 1;
        header.sequence = entry.sequence;
        header.base_sequence = head_.snapshot_sequence();
        header.previous = next.journal_hash;
        Bytes record = seal(header, keys_.journal, entry.plain);
        next.sequence = entry.sequence;
        next.journal_hash = blake2b(record);
        plain_bytes += entry.plain.size();
        if (snapshot_ && snapshot_->sequence == entry.sequence) snapshot_->journal_hash = next.journal_hash;
        batch.expect.push_back({kJournalStore, entry.sequence, {}});
        batch.put.push_back({kJournalStore, entry.sequence, std::move(record)});
    }
    attempt_ = make_attempt(std::move(next));
    attempt_->plain_bytes = plain_bytes;
    batch.put.push_back({kHeadStore, attempt_->slot, attempt_->head_record});
    ports_.storage.commit(std::move(batch), later<void>([](Machine& self, Result<void> result) {
        self.committed(std::move(result));
    }));
}

void Vault::Machine::committed(Result<void> result) {
    if (result) {
        accept();
        return next_step();
    }
    // Where only the snapshot's turn failed, everything is still saved; the next commit finds out what the store holds.
    if (attempt_->moves_snapshot) {
        snapshot_failed();
        return next_step();
    }
    stop_with(std::move(result.error()));
}

// The attempt is durable.
void Vault::Machine::accept() {
    stored_heads_[attempt_->slot] = std::move(attempt_->head_record);
    head_slot_ = attempt_->slot;
    head_ = std::move(attempt_->head);
    writer_ = true;
    if (attempt_->moves_snapshot) {
        journal_bytes_ = 0;
        snapshot_.reset();
    }
    journal_bytes_ += attempt_->plain_bytes;
    attempt_.reset();
    while (!pending_.empty() && pending_.front().sequence <= head_.sequence) pending_.pop_front();
    tell_witness();
}

void Vault::Machine::begin_resolve() {
    step_ = Step::Resolving;
    ports_.storage.read(kHeadStore, 0, 4, later<Records>([](Machine& self, Result<Records> heads) {
        self.resolved(std::move(heads));
    }));
}

void Vault::Machine::resolved(Result<Records> heads) {
    if (!heads) return stop_with(std::move(heads.error()));
    std::array<Bytes, 2> found;
    for (platform::Record& record : *heads) {
        if (record.key < 2) found[static_cast<std::size_t>(record.key)] = std::move(record.value);
    }
    std::array<Bytes, 2> wanted = stored_heads_;
    if (found == wanted) {
        attempt_.reset();  // it never reached the store
        return next_step();
    }
    wanted[attempt_->slot] = attempt_->head_record;
    if (found == wanted) {
        accept();
        return next_step();
    }
    stop_with(Error{ErrorCode::Conflict, {}, {}, {}});
}

void Vault::Machine::stop_with(Error error) {
    if (error.code == ErrorCode::Conflict) {
        error.what = msg("Another tab or window has changed this workspace.");
        error.remedy = msg("Copy what you last wrote, then reload this page to see the newest state.");
    }
    error_ = std::move(error);
    step_ = Step::Idle;
    flush_wanted_ = false;
}

bool Vault::Machine::wants_snapshot() const {
    if (state_ != VaultState::Open || error_ || snapshot_ || appended_ < snapshot_not_before_) return false;
    return head_.sequence - head_.snapshot_sequence() >= kSnapshotEntries || journal_bytes_ >= kSnapshotBytes;
}

void Vault::Machine::offer_snapshot(std::uint64_t sequence, Bytes plain_snapshot) {
    assert(sequence == appended_);
    if (state_ != VaultState::Open || error_ || snapshot_ || sequence != appended_ || sequence == 0) return;
    if (sequence == head_.snapshot_sequence()) return;
    snapshot_ = HeldSnapshot{sequence, std::move(plain_snapshot), std::nullopt, {}};
    if (sequence == head_.sequence) {
        snapshot_->journal_hash = head_.journal_hash;
    } else if (attempt_ && attempt_->head.sequence == sequence) {
        snapshot_->journal_hash = attempt_->head.journal_hash;
    }
    if (step_ == Step::Idle) next_step();
}

void Vault::Machine::begin_snapshot() {
    step_ = Step::WritingSnapshot;
    EnvelopeHeader header = header_for(Kind::Snapshot);
    header.sequence = snapshot_->sequence;
    header.base_sequence = head_.snapshot_sequence();
    header.previous = *snapshot_->journal_hash;
    Bytes record = seal(header, keys_.snapshot, snapshot_->plain);
    snapshot_->record_hash = blake2b(record);
    platform::Batch batch = guarded_batch();
    batch.put.push_back({kSnapshotStore, snapshot_->sequence, std::move(record)});
    ports_.storage.commit(std::move(batch), later<void>([](Machine& self, Result<void> written) {
        if (!written) {
            self.snapshot_failed();
            return self.next_step();
        }
        self.step_ = Step::CheckingSnapshot;
        self.ports_.storage.read(kSnapshotStore, self.snapshot_->sequence, 1,
                                 self.later<Records>([](Machine& me, Result<Records> read) {
            me.check_snapshot(std::move(read));
        }));
    }));
}

// What the store gives back must open and be what was offered; only then does the head name it.
void Vault::Machine::check_snapshot(Result<Records> read) {
    bool good = read && !read->empty() && read->front().key == snapshot_->sequence &&
                blake2b(read->front().value) == snapshot_->record_hash;
    if (good) {
        const Result<OpenedEnvelope> opened =
            open_envelope(read->front().value, Kind::Snapshot, vault_id_, keys_.snapshot);
        good = opened && opened->plain == snapshot_->plain;
    }
    if (!good) {
        snapshot_failed();
        return next_step();
    }
    step_ = Step::MovingSnapshot;
    Head next = head_;
    next.snapshots.insert(next.snapshots.begin(), SnapshotRef{snapshot_->sequence, snapshot_->record_hash});
    platform::Batch batch = guarded_batch();
    while (next.snapshots.size() > kKeptSnapshots) {
        batch.erase.emplace_back(kSnapshotStore, next.snapshots.back().sequence);
        next.snapshots.pop_back();
    }
    attempt_ = make_attempt(std::move(next));
    attempt_->moves_snapshot = true;
    batch.put.push_back({kHeadStore, attempt_->slot, attempt_->head_record});
    ports_.storage.commit(std::move(batch), later<void>([](Machine& self, Result<void> result) {
        self.committed(std::move(result));
    }));
}

void Vault::Machine::snapshot_failed() {
    snapshot_.reset();
    snapshot_not_before_ = appended_ + kSnapshotPause;
}

void Vault::Machine::tell_witness() {
    WitnessNote note;
    note.vault_id = vault_id_;
    note.sequence = head_.sequence;
    std::copy_n(head_.journal_hash.begin(), note.head8.size(), note.head8.begin());
    ports_.witness.set(write_witness(note));
}

void Vault::Machine::lock() {
    ++session_;
    forget();
}

void Vault::Machine::forget() {
    keys_.clear();
    for (PendingEntry& entry : pending_) wipe(entry.plain);
    pending_.clear();
    if (snapshot_) wipe(snapshot_->plain);
    snapshot_.reset();
    attempt_.reset();
    error_.reset();
    head_ = {};
    stored_heads_ = {};
    writer_ = false;
    flush_wanted_ = false;
    appended_ = journal_bytes_ = snapshot_not_before_ = 0;
    step_ = Step::Idle;
    state_ = VaultState::Locked;
}

void Vault::Machine::erase(Callback<void> done) {
    lock();
    ports_.storage.erase_all(later<void>([done](Machine& self, Result<void> erased) {
        if (erased) self.ports_.witness.set("");
        done(std::move(erased));
    }));
}

}  // namespace entente::vault
