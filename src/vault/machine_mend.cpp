// Mending: walking through both stores at once, and giving each what only the other has whole: headers, the kept snapshots, every
// journal entry up to what was durable when the walk began. Each record is replaced only where it is still what was read; what
// was damaged is set aside in the same transaction, not deleted. Writing goes on meanwhile; the heads are moved by it, last.
#include <algorithm>

#include "vault/machine.hpp"

namespace entente::vault {

void Vault::Machine::check(Callback<RecoveryReport> done) {
    if (lost_) return done(tl::unexpected<Error>(*error_));
    if (state_ != VaultState::Open || mend_ || changing_key_) {
        return done(fail(ErrorCode::Conflict, msg("The stores are being checked already."), {}, msg("Try again in a moment.")));
    }
    begin_mend(1, std::move(done));
}

void Vault::Machine::begin_mend(std::uint64_t from, Callback<RecoveryReport> done) {
    mend_.emplace();
    const std::uint64_t first = mend_->base = head_.base;
    mend_->at = lanes_[0].weak || lanes_[1].weak ? first + 1 : std::max(from, first + 1);
    if (mend_->at == 1) mend_->previous = Digest{};
    mend_->end = durable_;
    mend_->snapshots = head_.snapshots;
    mend_->done = std::move(done);
    for (std::size_t i = 0; i < 2; ++i) {
        mend_->covers[i] = true;
        mend_->sweep[i] = lanes_[i].blocked;
    }
    read_mend(kHeaderStore, 0, 4, [](Machine& self, Both read) { self.mend_headers(read); });
}

// A walk needs both stores; check() is content with one.
void Vault::Machine::read_mend(const char* store, std::uint64_t first_key, std::uint32_t limit, Joined then) {
    const std::array<bool, 2> use = usable();
    if (!(mend_->done ? use[0] || use[1] : use[0] && use[1])) return stop_mend(lanes_[0].error ? *lanes_[0].error : missing_error(store));
    read_both(use, store, first_key, limit, [use, then = std::move(then)](Machine& self, Both read) {
        if (!self.mend_) return;
        for (std::size_t i = 0; i < 2; ++i) {
            if (!use[i] || read[i]) continue;
            self.lane_failed(i, read[i].error());
            return self.stop_mend(read[i].error());
        }
        then(self, std::move(read));
    });
}

void Vault::Machine::heal(std::size_t store, const char* records, std::uint64_t key, const Bytes* old, const Bytes& good,
                          bool keep_old) {
    if (read_only()) return;
    platform::Batch& batch = mend_->batches[store];
    batch.expect.push_back({records, key, old ? *old : Bytes{}});
    batch.put.push_back({records, key, good});
    if (old && keep_old) set_aside(store, records, *old);
}

void Vault::Machine::set_aside(std::size_t store, const char* records, const Bytes& record) {
    mend_->batches[store].put.push_back({records, quarantine_key(record), record});
}

// Writes what was collected, then goes on.
void Vault::Machine::put_mend(std::function<void(Machine&)> then) {
    for (std::size_t i = 0; i < 2; ++i) {
        platform::Batch batch = std::exchange(mend_->batches[i], {});
        if (batch.put.empty()) continue;
        // What is taken away from a store, or replaced as torn, is judged by its heads: no other tab may have moved them meanwhile.
        for (std::uint64_t slot = 0; lanes_[i].blocked && slot < 2; ++slot) {
            batch.expect.push_back({kHeadStore, slot, lanes_[i].heads[static_cast<std::size_t>(slot)]});
        }
        lanes_[i].port->commit(std::move(batch), later<void>([i, then](Machine& self, Result<void> result) {
            if (!self.mend_) return;
            if (result) return self.put_mend(then);  // the other store's
            const bool changed = result.error().code == ErrorCode::Conflict;
            const bool written_too = i == 0 && self.lanes_[0].known && !self.lanes_[0].blocked;
            if (changed && written_too && self.mend_->conflicts < kMostConflicts) return self.mend_again();
            if (changed) self.lanes_[i].known = false;
            self.lane_failed(i, result.error());
            self.stop_mend(result.error());
        }));
        return;
    }
    then(*this);
}

// The first store has changed under the walk: by what this tab wrote there meanwhile, or by another's doing, which its heads show.
void Vault::Machine::mend_again() {
    const int conflicts = mend_->conflicts + 1;
    begin_mend(1, Callback<RecoveryReport>(mend_->done));
    if (mend_) mend_->conflicts = conflicts;  // the other store may have failed meanwhile, which ends it
    if (!lanes_[0].busy) look(0);
}

void Vault::Machine::mend_headers(const Both& read) {
    for (std::size_t i = 0; i < 2; ++i) {
        if (!lanes_[i].usable()) continue;
        Tally& tally = mend_->report.stores[i].headers;
        for (std::uint64_t key = 0; key < 2; ++key) {
            const Bytes* old = value_at(*read[i], key);
            const Bytes& good = header_records_[static_cast<std::size_t>(key)];
            const Result<LockedHeader> locked = old ? read_locked_header(*old) : tl::unexpected<Error>(missing_error(kHeaderStore));
            if (old) ++(locked ? tally.whole : tally.damaged);
            if (old && *old == good) continue;
            // Another tab has changed what opens this workspace: that stands.
            if (locked && !lanes_[i].overruled && newer_keys(locked->header, *parse_header(good))) {
                return stop_with(Error{ErrorCode::Conflict, {}, {}, {}});
            }
            // An older edition may hold a passphrase that was given up: it is not kept, unless what it opens is.
            heal(i, kHeaderStore, key, old, good, lanes_[i].overruled);
        }
    }
    put_mend([](Machine& self) { self.drop_heads(); });
}

// The heads of a store whose history was given up go first: without them its records count for nothing beside the other's, however
// far the walk comes.
void Vault::Machine::drop_heads() {
    for (std::size_t i = 0; i < 2; ++i) {
        Lane& lane = lanes_[i];
        if (!lane.overruled || read_only()) continue;
        for (std::uint64_t slot = 0; slot < 2; ++slot) {
            Bytes& head = lane.heads[static_cast<std::size_t>(slot)];
            if (head.empty()) continue;
            set_aside(i, kHeadStore, head);
            mend_->batches[i].erase.emplace_back(kHeadStore, slot);
            lane.tried = Lane::Tried{};
        }
    }
    put_mend([](Machine& self) {
        for (Lane& lane : self.lanes_) {
            if (!lane.overruled || !lane.tried) continue;
            lane.heads = {};
            lane.head = {};
            lane.tried.reset();
        }
        self.mend_snapshots();
    });
}

void Vault::Machine::mend_snapshots() {
    if (mend_->snapshot == mend_->snapshots.size()) return mend_journal();
    const SnapshotRef ref = mend_->snapshots[mend_->snapshot++];
    read_mend(kSnapshotStore, ref.sequence, 1, [ref](Machine& self, Both read) {
        std::array<const Bytes*, 2> found{};
        std::array<bool, 2> whole{};
        for (std::size_t i = 0; i < 2; ++i) {
            found[i] = value_at(*read[i], ref.sequence);
            whole[i] = found[i] && blake2b(*found[i]) == ref.record_hash;
            Tally& tally = self.mend_->report.stores[i].snapshots;
            if (self.lanes_[i].usable()) ++(whole[i] ? tally.whole : tally.damaged);
        }
        for (std::size_t i = 0; i < 2 && !whole[0] && !whole[1]; ++i) {  // another may come to stand in its place
            if (found[i] && !self.read_only()) self.set_aside(i, kSnapshotStore, *found[i]);
        }
        if (whole[0] || whole[1]) self.mend_->whole_snapshot = std::max(self.mend_->whole_snapshot, ref.sequence);
        else self.mend_->spoilt.push_back(ref);
        for (std::size_t i = 0; i < 2; ++i) {
            if (whole[i] && ref.sequence + 1 == self.mend_->at) self.mend_->previous = parse_header(*found[i])->previous;
            if (whole[i] || !whole[1 - i] || !self.lanes_[i].usable()) continue;
            self.heal(i, kSnapshotStore, ref.sequence, found[i], *found[1 - i], true);
        }
        self.put_mend([](Machine& me) { me.mend_snapshots(); });
    });
}

// Opens, and is chained to the entry before, where that is known.
bool Vault::Machine::whole_entry(const Bytes* record, std::uint64_t sequence) const {
    if (!record) return false;
    const Result<OpenedEnvelope> opened = open_envelope(*record, Kind::Journal, vault_id_, keys_.journal);
    return opened && opened->header.sequence == sequence && (!mend_->previous || opened->header.previous == *mend_->previous);
}

// Which of two whole records that differ stands: not the one of a store that was given up, and not one torn off an unfinished write,
// beyond its own store's head. Nothing where that does not decide.
std::optional<std::size_t> Vault::Machine::standing(std::uint64_t sequence) const {
    for (std::size_t i = 0; i < 2; ++i) {
        if (lanes_[i].overruled) return 1 - i;
    }
    const auto torn = [&](const Lane& lane) { return lane.blocked && sequence > lane.head.sequence; };
    if (torn(lanes_[0]) == torn(lanes_[1])) return std::nullopt;
    return torn(lanes_[0]) ? 1 : 0;
}

// This entry is about to be written to the store, beside the walk.
bool Vault::Machine::to_come(std::size_t store, std::uint64_t sequence) const {
    const Lane& lane = lanes_[store];
    return !lane.blocked && sequence > lane.have && !sealed_.empty() && sealed_.front().sequence <= lane.have + 1;
}

void Vault::Machine::mend_journal() {
    if (mend_->at > mend_->end) return mend_beyond();
    read_mend(kJournalStore, mend_->at, kMendAtOnce, [](Machine& self, Both read) {
        self.mend_chunk(read);
        self.put_mend([](Machine& me) { me.mend_journal(); });
    });
}

void Vault::Machine::mend_chunk(const Both& read) {
    RecoveryReport& report = mend_->report;
    const std::uint64_t stop = std::min(mend_->end + 1, mend_->at + kMendAtOnce);
    for (std::uint64_t& sequence = mend_->at; sequence < stop; ++sequence) {
        const std::array<const Bytes*, 2> found{value_at(*read[0], sequence), value_at(*read[1], sequence)};
        const bool same = found[0] && found[1] && *found[0] == *found[1];
        std::array<bool, 2> whole{};
        whole[0] = whole_entry(found[0], sequence);
        whole[1] = same ? whole[0] : whole_entry(found[1], sequence);
        if (!whole[0] && !whole[1]) mend_->last_gap = sequence;
        if (mend_->last_gap && !report.gap) report.gap = mend_->last_gap;
        std::optional<std::size_t> stands;
        if (whole[0] || whole[1]) stands = whole[0] ? 0 : 1;
        if (whole[0] && whole[1] && !same) {
            stands = standing(sequence);
            if (!stands && !report.fork) report.fork = sequence;
        }
        mend_->previous.reset();
        if (stands) mend_->previous = blake2b(*found[*stands]);
        for (std::size_t i = 0; i < 2; ++i) {
            if (!lanes_[i].usable()) continue;
            Tally& tally = report.stores[i].entries;
            ++(whole[i] ? tally.whole : tally.damaged);
            if (!stands || *stands == i || same) continue;
            if (to_come(i, sequence)) mend_->left[i] = true;
            else heal(i, kJournalStore, sequence, found[i], *found[*stands], true);
        }
    }
}

// What stands beyond the end in a store that is not written to before this is done is nobody's: it is set aside.
void Vault::Machine::mend_beyond() {
    if (read_only() || (!mend_->sweep[0] && !mend_->sweep[1])) return end_mend();
    read_mend(kJournalStore, mend_->end + 1, kMendAtOnce, [](Machine& self, Both read) {
        for (std::size_t i = 0; i < 2; ++i) {
            Mend& mend = *self.mend_;
            if (!mend.sweep[i]) continue;
            if (read[i]->empty()) mend.sweep[i] = false;
            for (const platform::Record& record : *read[i]) {
                mend.batches[i].expect.push_back(record);
                mend.batches[i].erase.emplace_back(kJournalStore, record.key);
                self.set_aside(i, kJournalStore, record.value);
            }
        }
        self.put_mend([](Machine& me) { me.mend_beyond(); });
    });
}

// Opening begins with the newest whole snapshot: what is missing before it does no harm to a store whose head names that. What is missing
// after it is in memory still, and a new snapshot of that makes up for it.
void Vault::Machine::note_hollow(const Mend& mend) {
    const bool reaches_base = mend.whole_snapshot >= mend.base;
    if ((reaches_base && mend.last_gap == 0) || read_only() || stopped()) return;
    // A snapshot that was under way while the walk went on is not among the spoilt ones, and may be what helps.
    Hollow hollow{reaches_base ? *mend.report.gap : 1, std::max(mend.last_gap, mend.base), mend.spoilt};
    if (reaches_base && mend.whole_snapshot >= mend.last_gap) {
        hollow_ = std::move(hollow);
        return;
    }
    // A store that was read in this session and is left alone for a while may have what the other lacks.
    for (const Lane& lane : lanes_) {
        if (lane.port && lane.error && lane.known && !lane.aside) {
            lanes_[0].weak = lanes_[1].weak = true;  // which is found out when it comes back
            return;
        }
    }
    hollow_ = std::move(hollow);
    if (!error_) error_ = missing_error(entry_name(hollow_->gap));
    trying_ = true;
}

void Vault::Machine::end_mend() {
    using Condition = StoreReport::Condition;
    Mend mend = std::move(*mend_);
    mend_.reset();
    for (std::size_t i = 0; i < 2; ++i) {
        Lane& lane = lanes_[i];
        StoreReport& found = mend.report.stores[i];
        if (!lane.port) continue;
        found.problem = lane.error;
        found.sequence = lane.head.sequence;
        const bool damaged = found.headers.whole < 2 || found.snapshots.damaged > 0 || found.entries.damaged > 0;
        found.condition = lane.error ? Condition::Failing : lane.aside ? Condition::Other : damaged ? Condition::Damaged : Condition::Whole;
        if (read_only() || !mend.covers[i] || !lanes_[0].usable() || !lanes_[1].usable()) continue;
        lane.weak = lane.blocked = lane.overruled = false;
        if (!mend.left[i]) lane.have = std::max(lane.have, mend.end);
        const Result<Head> there = newest_head(lane.heads);
        for (const SnapshotRef& ref : mend.snapshots) {
            if (has_snapshot(lane, ref)) continue;
            const bool named = there && std::find(there->snapshots.begin(), there->snapshots.end(), ref) != there->snapshots.end();
            (named ? lane.head.snapshots : lane.given).push_back(ref);
        }
        lane.head.base = std::max(lane.head.base, mend.base);
    }
    note_hollow(mend);
    mend.report.sequence = mend.report.gap ? *mend.report.gap - 1 : mend.end;
    drop_sealed();
    if (mend.done) {
        report_ = mend.report;
        mend.done(std::move(mend.report));
    }
    advance();
}

void Vault::Machine::stop_mend(Error error) {
    if (!mend_) return advance();  // the store that failed was the last, and that has ended it
    const Callback<RecoveryReport> done = mend_->done;
    mend_.reset();
    if (done) done(tl::unexpected<Error>(std::move(error)));
    advance();
}

}  // namespace entente::vault
