// Writing: entries are sealed in groups, each group moves the head, and each store is brought to that state by one transaction at
// a time. What is rare is in machine_lanes.cpp, which is built for size.
#include <algorithm>
#include <cassert>

#include "vault/machine.hpp"

namespace entente::vault {
namespace {

// What both stores have is forgotten; beyond this much, what one of them has is enough.
constexpr std::size_t kMostSealedBytes = 16u << 20;

}  // namespace

void Vault::Machine::append(std::uint64_t sequence, Bytes plain_entry) {
    assert(state_ == VaultState::Open && !following_ && sequence == appended_ + 1);
    if (state_ != VaultState::Open || following_ || sequence != appended_ + 1) return;
    appended_ = sequence;
    appended_at_ = ports_.clock.now();
    pending_.push_back({sequence, std::move(plain_entry)});
}

Saving Vault::Machine::saving() const {
    if (state_ != VaultState::Open || following_) return Saving::Saved;
    if (error_) return Saving::Failed;
    if (durable_ < appended_) return Saving::Waiting;
    if (!ports_.second) return Saving::Saved;
    bool both = true;
    for (const Lane& lane : lanes_) {
        if (has_all(lane)) continue;
        if (!lane.usable() || lane.weak || mend_) return Saving::OneCopy;
        both = false;
    }
    return both ? Saving::Saved : Saving::Waiting;
}

// Its own head must say so: without it this store alone would not be the whole workspace.
bool Vault::Machine::has_all(const Lane& lane) const {
    return lane.known && !lane.aside && !lane.weak && !lacking(lane) && lane.have >= durable_ && lane.head.sequence >= durable_ &&
           !(lane.heads[0].empty() && lane.heads[1].empty());
}

void Vault::Machine::flush() {
    if (state_ != VaultState::Open || stopped()) return;
    flush_wanted_ = true;
    revive(false);
    advance();
}

void Vault::Machine::retry() {
    if (!may_write() || lanes_[0].busy || (error_ && lanes_[1].busy)) return;
    revive(true);
    if (!lanes_[0].usable() && !lanes_[1].usable()) return;  // both are another's: nothing would ever answer
    trying_ = error_.has_value();
    if (hollow()) snapshot_not_before_ = 0;
    flush_wanted_ = true;
    advance();
}

// A store that failed is tried again, at once or after a while.
void Vault::Machine::revive(bool all) {
    for (Lane& lane : lanes_) {
        const bool due = appended_ >= lane.retry_at || ports_.clock.now().utc_ms >= lane.retry_time.utc_ms;
        if (lane.error && (all || due)) lane.error.reset();
    }
}

// The first store can take what is new. While it is being rebuilt from the second, it cannot.
bool Vault::Machine::first_ready() const {
    const Lane& first = lanes_[0];
    return first.usable() && first.known && !first.blocked && !(mend_ && first.have < mend_->end);
}

void Vault::Machine::advance() {
    if (const auto next = std::exchange(when_idle_, nullptr)) next(*this);  // it waits again where its store is busy still
    if (state_ != VaultState::Open || stopped() || rekeying_) return;
    if (trying_) settle_error();
    if (rekey_ && durable_ == appended_ && !lanes_[0].busy && !lanes_[1].busy && !mend_ && !snapshot_) return begin_rekey();
    drive(1);
    if (flush_wanted_ && !pending_.empty() && !lanes_[first_ready() ? 0 : 1].busy) seal_pending();
    drive(0);
    drive(1);
    const Lane& first = lanes_[0];
    if (!stopped() && snapshot_ && snapshot_->journal_hash && snapshot_->sequence <= first.have && first_ready() && !first.busy &&
        !first.tried && !mend_) {
        begin_snapshot();
    }
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

// The target's head, sealed into the copy whose turn it is.
void Vault::Machine::set_head(Head next) {
    next.generation = head_.generation + 1;
    next.writer_epoch = writer_ ? head_.writer_epoch : head_.writer_epoch + 1;
    writer_ = true;
    head_slot_ = 1 - head_slot_;
    head_records_[head_slot_] = seal_head(header_for(Kind::Head), keys_.head, next);
    head_ = std::move(next);
}

void Vault::Machine::seal_pending() {
    flush_wanted_ = false;
    Head next = head_;
    for (PendingEntry& entry : pending_) {
        EnvelopeHeader header = header_for(Kind::Journal);
        header.writer_epoch = writer_ ? head_.writer_epoch : head_.writer_epoch + 1;
        header.sequence = entry.sequence;
        header.base_sequence = head_.snapshot_sequence();
        header.previous = next.journal_hash;
        sealed_.push_back({entry.sequence, seal(header, keys_.journal, entry.plain)});
        next.sequence = entry.sequence;
        next.journal_hash = blake2b(sealed_.back().record);
        journal_bytes_ += entry.plain.size();
        if (snapshot_ && snapshot_->sequence == entry.sequence) snapshot_->journal_hash = next.journal_hash;
        wipe(entry.plain);
    }
    pending_.clear();
    set_head(std::move(next));
}

bool Vault::Machine::same_heads(const Lane& lane) const {
    for (std::size_t slot = 0; slot < 2; ++slot) {
        if (!head_records_[slot].empty() && head_records_[slot] != lane.heads[slot]) return false;
    }
    return true;
}

bool Vault::Machine::has_snapshot(const Lane& lane, const SnapshotRef& ref) {
    const auto in = [&ref](const std::vector<SnapshotRef>& refs) { return std::find(refs.begin(), refs.end(), ref) != refs.end(); };
    return in(lane.head.snapshots) || in(lane.given);
}

// The target names a snapshot that this store never got, and it is not at hand.
bool Vault::Machine::lacks_snapshot(const Lane& lane) const {
    return std::any_of(head_.snapshots.begin(), head_.snapshots.end(),
                       [&](const SnapshotRef& ref) { return !has_snapshot(lane, ref) && !(mirrored_.ref == ref); });
}

// One step of one store towards the target.
void Vault::Machine::drive(std::size_t store) {
    Lane& lane = lanes_[store];
    Lane& other = lanes_[1 - store];
    if (lane.busy || !lane.usable() || stopped() || read_only()) return;
    // The second store gets what the first has, so that the first one's guard speaks for both.
    if (store == 1 && lane.known && first_ready() && (other.busy || other.have < head_.sequence)) return;
    if (!lane.known || (lane.tried && (lacking(lane) || lane.head.sequence < head_.sequence))) return look(store);
    const bool covered = !lane.blocked && (lane.have >= head_.sequence ||
                                           (!sealed_.empty() && sealed_.front().sequence <= lane.have + 1));
    const bool lacks = store == 1 && lacks_snapshot(lane);
    if ((lane.weak || !covered || lacks) && !mend_ && !changing_key_ && other.usable() &&
        other.known) {
        return begin_mend(lane.have + 1, {});
    }
    if (!covered && (mend_ || (other.usable() && !other.known))) return;  // it may soon be able to help
    if (!covered) {
        return lane_failed(store, other.error ? *other.error : missing_error(entry_name(lane.have + 1)));
    }
    if (lane.have >= head_.sequence && (same_heads(lane) || lane.tried)) return;
    if (!(lacks && mend_)) write(store);
}

void Vault::Machine::write(std::size_t store) {
    if (noted_elsewhere()) return stop_with(Error{ErrorCode::Conflict, {}, {}, {}});
    Lane& lane = lanes_[store];
    platform::Batch batch;
    for (std::uint64_t slot = 0; slot < 2; ++slot) batch.expect.push_back({kHeadStore, slot, lane.heads[slot]});
    for (const SealedEntry& entry : sealed_) {
        if (entry.sequence <= lane.have) continue;
        if (store == 0) batch.expect.push_back({kJournalStore, entry.sequence, {}});
        batch.put.push_back({kJournalStore, entry.sequence, entry.record});
    }
    for (const SnapshotRef& ref : head_.snapshots) {
        if (store == 1 && mirrored_.ref == ref && lane.head.snapshots != head_.snapshots) {
            batch.put.push_back({kSnapshotStore, ref.sequence, mirrored_.record});
        }
    }
    lane.tried = Lane::Tried{lane.heads, head_};
    // What the head names and this store does not get with it, it lacks still.
    std::erase_if(lane.tried->head.snapshots,
                  [&](const SnapshotRef& ref) { return store == 1 && !(mirrored_.ref == ref) && !has_snapshot(lane, ref); });
    for (const std::size_t slot : {1 - head_slot_, head_slot_}) {
        if (head_records_[slot].empty() || head_records_[slot] == lane.heads[slot]) continue;
        batch.put.push_back({kHeadStore, slot, head_records_[slot]});
        lane.tried->heads[slot] = head_records_[slot];
    }
    for (const std::vector<SnapshotRef>* refs : {&lane.head.snapshots, &lane.given}) {
        for (const SnapshotRef& ref : *refs) {
            const bool kept = std::any_of(head_.snapshots.begin(), head_.snapshots.end(),
                                          [&ref](const SnapshotRef& other) { return other.sequence == ref.sequence; });
            if (!kept) batch.erase.emplace_back(kSnapshotStore, ref.sequence);
        }
    }
    for (std::uint64_t old = lane.head.base + 1; old <= head_.base; ++old) batch.erase.emplace_back(kJournalStore, old);
    lane.busy = true;
    if (guarded(store)) return commit(store, std::move(batch));
    confirm_turn([store, batch = std::move(batch)](Machine& self) { self.commit(store, batch); });
}

void Vault::Machine::written(std::size_t store, Result<void> result) {
    Lane& lane = lanes_[store];
    if (lost_) return lane.tried.reset();  // whether it counts the one that writes now decides
    if (result && noted_elsewhere()) {  // a tab may have slept since it wrote, and another went on without that
        lane.tried.reset();
        return stop_with(Error{ErrorCode::Conflict, {}, {}, {}});
    }
    if (result) {
        lane.heads = std::move(lane.tried->heads);
        lane.head = std::move(lane.tried->head);
        std::erase_if(lane.given, [&](const SnapshotRef& ref) {
            const auto names = [&ref](const Head& head) {
                return std::find(head.snapshots.begin(), head.snapshots.end(), ref) != head.snapshots.end();
            };
            return names(lane.head) || !names(head_);
        });
        lane.have = std::max(lane.have, lane.head.sequence);
        lane.tried.reset();
        lane.conflicts = 0;
        if (lane.have > durable_) {
            durable_ = lane.have;
            tell_witness(lane.head);
        }
        return drop_sealed();
    }
    if (result.error().code == ErrorCode::Conflict) {
        if (store == 0) {
            lane.refused = true;
            return look(0);  // another tab's doing, or the browser has emptied it
        }
        lane.known = false;
        lane.tried.reset();
        if (++lane.conflicts > kMostConflicts) lane_failed(store, std::move(result.error()));
        return;
    }
    // Where the head was to name no more entries, everything is still saved; the next write finds out what the store holds. Not where the
    // snapshot that it was to name is what is missing.
    if (lacking(lane) || lane.tried->head.sequence > lane.head.sequence) lane_failed(store, std::move(result.error()));
}

void Vault::Machine::drop_sealed() {
    std::size_t bytes = 0;
    for (const SealedEntry& entry : sealed_) bytes += entry.record.size();
    const auto has = [&](const Lane& lane, std::uint64_t sequence) {
        if (!lane.port || lane.aside || (lane.error && bytes > kMostSealedBytes)) return true;
        return !lane.blocked && lane.have >= sequence;
    };
    while (!sealed_.empty() && sealed_.front().sequence <= durable_ && has(lanes_[0], sealed_.front().sequence) &&
           has(lanes_[1], sealed_.front().sequence)) {
        sealed_.pop_front();
    }
    const Lane& second = lanes_[1];
    if (!second.port || second.aside || second.head.snapshots == head_.snapshots) mirrored_ = {};
}

}  // namespace entente::vault
