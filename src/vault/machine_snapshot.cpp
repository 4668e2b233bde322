// Snapshots: written to the first store, read back, decrypted and compared; only then does the head name them. The second store gets
// the record together with that head.
#include <cassert>

#include "vault/machine.hpp"

namespace entente::vault {

bool Vault::Machine::wants_snapshot() const {
    if (state_ != VaultState::Open || following_ || changing_key_ || (error_ && !hollow()) || stopped() || snapshot_) return false;
    if (appended_ < snapshot_not_before_ || !first_ready()) return false;
    if (hollow()) return appended_ > 0 && !fills(head_);
    const std::uint64_t since = durable_ - head_.snapshot_sequence();
    if (since >= kSnapshotEntries || journal_bytes_ >= kSnapshotBytes) return true;
    return since > 0 && appended_ == durable_ && ports_.clock.now().utc_ms - appended_at_.utc_ms >= kSnapshotIdleMs;
}

void Vault::Machine::offer_snapshot(std::uint64_t sequence, Bytes plain_snapshot) {
    assert(sequence == appended_);
    if (state_ != VaultState::Open || following_ || changing_key_ || (error_ && !hollow()) || stopped() || snapshot_) return;
    if (sequence != appended_ || sequence == 0) return;
    if (!first_ready()) return;
    // The same once more only where the one that the head names is whole nowhere, and another has not been written yet.
    if (hollow() ? fills(head_) : sequence == head_.snapshot_sequence()) return;
    snapshot_.emplace();
    snapshot_->sequence = sequence;
    snapshot_->plain = std::move(plain_snapshot);
    if (sequence == head_.sequence) snapshot_->journal_hash = head_.journal_hash;
    advance();
}

void Vault::Machine::begin_snapshot() {
    Lane& first = lanes_[0];
    EnvelopeHeader header = header_for(Kind::Snapshot);
    header.sequence = snapshot_->sequence;
    header.base_sequence = head_.snapshot_sequence();
    header.previous = *snapshot_->journal_hash;
    snapshot_->record = seal(header, keys_.snapshot, snapshot_->plain);
    snapshot_->ref = {snapshot_->sequence, blake2b(snapshot_->record)};
    platform::Batch batch;
    for (std::uint64_t slot = 0; slot < 2; ++slot) batch.expect.push_back({kHeadStore, slot, first.heads[slot]});
    batch.put.push_back({kSnapshotStore, snapshot_->sequence, snapshot_->record});
    first.busy = true;
    first.port->commit(std::move(batch), later<void>([](Machine& self, Result<void> written) {
        if (!written || !self.snapshot_) {
            Lane& lane = self.lanes_[0];
            lane.busy = false;
            self.snapshot_failed();
            lane.refused = !written && written.error().code == ErrorCode::Conflict && !self.lost_;
            return lane.refused ? self.look(0) : self.advance();  // another tab's doing, or the browser has emptied it
        }
        self.ports_.storage.read(kSnapshotStore, self.snapshot_->sequence, 1, self.later<Records>([](Machine& me, Result<Records> read) {
            me.lanes_[0].busy = false;
            me.check_snapshot(std::move(read));
            me.advance();
        }));
    }));
}

// What the store gives back must open and be what was offered; only then does the head name it.
void Vault::Machine::check_snapshot(Result<Records> read) {
    bool good = snapshot_ && read && !read->empty() && read->front().key == snapshot_->sequence && read->front().value == snapshot_->record;
    if (good) {
        const Result<OpenedEnvelope> opened = open_envelope(read->front().value, Kind::Snapshot, vault_id_, keys_.snapshot);
        good = opened && opened->plain == snapshot_->plain;
    }
    if (!good) return snapshot_failed();
    Head next = head_;
    // The day of the newest is in its record; those behind it have it here.
    const std::uint32_t today = day_of_ms(parse_header(snapshot_->record)->utc_ms);
    if (!next.snapshots.empty()) next.snapshots[0].day = snapshot_day_;
    snapshot_day_ = today;
    std::erase_if(next.snapshots, [this](const SnapshotRef& ref) { return ref.sequence == snapshot_->sequence; });
    next.snapshots.insert(next.snapshots.begin(), snapshot_->ref);
    next.snapshots = kept_snapshots(next.snapshots, today);
    // The journal reaches back to the oldest of three; what is before is let go where every store has all of it, a little at a time.
    if (next.snapshots.size() >= kKeptSnapshots && !mend_ && has_all(lanes_[0]) && (!ports_.second || has_all(lanes_[1]))) {
        next.base = std::max(next.base, std::min(next.snapshots[kKeptSnapshots - 1].sequence, next.base + kPruneAtOnce));
    }
    wipe(snapshot_->plain);
    mirrored_ = std::move(*snapshot_);
    snapshot_.reset();
    journal_bytes_ = 0;
    set_head(std::move(next));
}

void Vault::Machine::snapshot_failed() {
    snapshot_.reset();
    snapshot_not_before_ = appended_ + kSnapshotPause;
}

}  // namespace entente::vault
