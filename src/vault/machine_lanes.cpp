// What is rare in a store's life: finding out what became of a write that failed, a store that comes back, fails or is another's; and
// the end, locking and removing.
#include <algorithm>

#include "vault/machine.hpp"

namespace entente::vault {

// Reads the heads of a store whose last write has an unknown outcome, or that was never read.
void Vault::Machine::look(std::size_t store) {
    lanes_[store].busy = true;
    lanes_[store].port->read(kHeadStore, 0, 4, later<Records>([store](Machine& self, Result<Records> read) {
        Lane& lane = self.lanes_[store];
        lane.busy = false;
        if (!read) {
            self.lane_failed(store, std::move(read.error()));
            return self.advance();
        }
        std::array<Bytes, 2> found;
        for (platform::Record& record : *read) {
            if (record.key < 2) found[static_cast<std::size_t>(record.key)] = std::move(record.value);
        }
        self.looked(store, std::move(found));
    }));
}

void Vault::Machine::looked(std::size_t store, std::array<Bytes, 2> found) {
    Lane& lane = lanes_[store];
    const bool refused = std::exchange(lane.refused, false);
    const bool emptied = found[0].empty() && found[1].empty() && !(lane.heads[0].empty() && lane.heads[1].empty());
    if (lane.known && store == 0 && emptied && noted()) {
        // Nobody writes by taking everything away: the browser did, or a person with its tools. Removing the workspace takes the witness
        // away first.
        lane.heads = {};
        lane.head = {};
        lane.given.clear();
        lane.tried.reset();
        lane.have = 0;
        lane.weak = lane.blocked = true;
        lane_failed(0, missing_error(kHeadStore));
    } else if (lane.known && store == 0 && refused) {
        stop_with(Error{ErrorCode::Conflict, {}, {}, {}});
    } else if (lane.known && found == lane.heads) {
        lane.tried.reset();  // it never reached the store
    } else if (lane.known && lane.tried && found == lane.tried->heads) {
        written(store, {});
    } else if (lane.known && store == 0) {
        stop_with(Error{ErrorCode::Conflict, {}, {}, {}});
    } else {
        lane.heads = std::move(found);
        lane.tried.reset();
        return examine(store);
    }
    advance();
}

// A store that was not there before, or was changed: is it a part of this history? Then it is brought up to date.
void Vault::Machine::examine(std::size_t store) {
    Lane& lane = lanes_[store];
    lane.known = true;
    lane.weak = lane.blocked = true;
    lane.have = 0;
    lane.head = {};
    lane.given.clear();
    if (mend_) mend_->covers[store] = false;
    if (lane.heads[0].empty() && lane.heads[1].empty()) return advance();
    Result<Head> newest = newest_head(lane.heads);
    if (!newest || newest->sequence > durable_) return examined(store, newest ? newest->sequence : 0, false);
    const std::uint64_t sequence = newest->sequence;
    lane.head = std::move(*newest);
    if (const std::optional<bool> ours = known_end(lane.head)) return examined(store, sequence, *ours);
    const Lane& other = lanes_[1 - store];
    if (!other.usable() && !other.tells()) return examined(store, sequence, false);
    lane.busy = true;
    ask_ancestor(1 - store, lane.head, [store, sequence](Machine& self, Result<bool> same) {
        self.lanes_[store].busy = false;
        if (same) return self.examined(store, sequence, *same);
        self.lanes_[store].known = false;  // who could tell cannot be asked now
        self.lane_failed(store, std::move(same.error()));
        self.advance();
    });
}

// Whether that is where the history in memory was at that entry; none: it goes back less far.
std::optional<bool> Vault::Machine::known_end(const Head& end) const {
    if (end.sequence == head_.sequence) return end.journal_hash == head_.journal_hash;
    for (const SealedEntry& next : sealed_) {
        if (next.sequence != end.sequence + 1) continue;
        const Result<EnvelopeHeader> header = parse_header(next.record);
        return header && header->previous == end.journal_hash;
    }
    return std::nullopt;
}

// `end`: of what stands there; 0: that cannot be read.
void Vault::Machine::examined(std::size_t store, std::uint64_t end, bool ours) {
    if (lost_) return advance();  // meanwhile
    if (!ours) lanes_[store].aside = true;
    if (!ours && end > 0) report_.fork = std::min(end, durable_ + 1);
    const Lane& other = lanes_[1 - store];
    if (!ours && !other.usable()) {
        const bool tells = other.error && other.error->code != ErrorCode::Conflict;  // which would be another tab's doing
        stop_with(tells ? *other.error : unreadable_error());
    }
    advance();
}

// The first store compares its heads; what it has taken, the second one may have. Without it only the turn speaks for this tab.
bool Vault::Machine::guarded(std::size_t store) const { return store == 0 || (first_ready() && lanes_[0].have >= head_.sequence); }

void Vault::Machine::commit(std::size_t store, platform::Batch batch) {
    const bool alone = !guarded(store);
    lanes_[store].port->commit(std::move(batch), later<void>([store, alone](Machine& self, Result<void> result) {
        const auto settle = [store](Machine& me, Result<void> end) {
            me.lanes_[store].busy = false;
            me.written(store, std::move(end));
            me.advance();
        };
        if (!alone || !result) return settle(self, std::move(result));
        self.confirm_turn([settle](Machine& me) { settle(me, {}); });  // a tab may have slept since it wrote
    }));
}

// Goes on where this tab still has the turn. It does not where another took it: what that one writes stands.
void Vault::Machine::confirm_turn(std::function<void(Machine&)> ours) {
    if (!ports_.turn) return ours(*this);
    ports_.turn->confirm(later<bool>([ours = std::move(ours)](Machine& self, Result<bool> have) {
        if (have.value_or(false) && !self.lost_ && !self.noted_elsewhere()) return ours(self);
        self.lanes_[1].busy = false;
        self.lanes_[1].tried.reset();
        self.stop_with(Error{ErrorCode::Conflict, {}, {}, {}});
        self.advance();  // who waits for an idle store waits no more
    }));
}

// It names a snapshot that makes up for what was found missing.
bool Vault::Machine::fills(const Head& head) const {
    const std::vector<SnapshotRef>& spoilt = hollow_->spoilt;
    return std::any_of(head.snapshots.begin(), head.snapshots.end(), [&](const SnapshotRef& ref) {
        return ref.sequence >= hollow_->last && std::find(spoilt.begin(), spoilt.end(), ref) == spoilt.end();
    });
}

// No store has made up for it yet.
bool Vault::Machine::hollow() const {
    return hollow_ && std::none_of(lanes_.begin(), lanes_.end(), [this](const Lane& lane) {
        return lane.port && !lane.aside && fills(lane.head);
    });
}

// What was tried again is over where nothing is in memory alone any more.
void Vault::Machine::settle_error() {
    const auto holds = [this](const Lane& lane) { return lane.usable() && lane.known && !lane.blocked && lane.have >= durable_; };
    if (hollow() || durable_ != appended_ || !(holds(lanes_[0]) || holds(lanes_[1]))) return;
    error_.reset();
    trying_ = false;
}

// This store is left alone for a while. Where no other works, nothing is saved any more.
void Vault::Machine::lane_failed(std::size_t store, Error error) {
    Lane& lane = lanes_[store];
    lane.error = std::move(error);
    lane.retry_at = appended_ + kStorePause;
    lane.retry_time.utc_ms = ports_.clock.now().utc_ms + kStorePauseMs;
    if (store == 0) snapshot_failed();
    if (lanes_[0].usable() || lanes_[1].usable()) return;
    // What a walk met in the first store may be what this tab itself has done there: whose doing that is shows when it is looked at.
    const bool unsure = store == 1 && lanes_[0].error && lanes_[0].error->code == ErrorCode::Conflict && !lanes_[0].known;
    stop_with(lanes_[0].error && !unsure ? *lanes_[0].error : *lanes_[1].error);
}

void Vault::Machine::stop_with(Error error) {
    if (error.code == ErrorCode::Conflict) {
        error.what = msg("Another tab or window has changed this workspace.");
        error.remedy = msg("Copy what you last wrote, then reload this page to see the newest state.");
    }
    const bool robbed = error.code == ErrorCode::Conflict;
    error_ = std::move(error);
    trying_ = flush_wanted_ = false;
    if (robbed) give_up_writing();
    // What waits for everything to be saved would wait for ever. Its end lets go of it.
    if (const auto job = rekey_; job && !rekeying_) end_rekey(*job, *error_);
}

// Another tab has taken this one's place: nothing of it reaches a store any more.
void Vault::Machine::give_up_writing() {
    lost_ = true;
    if (lanes_[1].port) {
        lanes_[1].port->let_go();
        lanes_[1].port = &gone_;
    }
    lanes_[1].aside = true;
    if (!mend_) return;
    const Callback<RecoveryReport> done = std::move(mend_->done);
    mend_.reset();
    if (done) done(tl::unexpected<Error>(*error_));
}

// Of a tab that has come further since: what it noted stands.
void Vault::Machine::tell_witness(const Head& head) {
    if (noted_elsewhere()) return;
    WitnessNote note;
    note.vault_id = vault_id_;
    note.sequence = head.sequence;
    std::copy_n(head.journal_hash.begin(), note.head8.size(), note.head8.begin());
    noted_ = note;
    ports_.witness.set(write_witness(note));
}

// Another tab has noted that it saved more than is saved here, since this one read or wrote the note. It may be this one's own entry, which
// a tab that follows has read before this one heard of it.
bool Vault::Machine::noted_elsewhere() const {
    const std::optional<WitnessNote> now = noted();
    if (!now || now == noted_ || now->sequence <= durable_) return false;
    const auto is = [&now](const Digest& hash) { return std::equal(now->head8.begin(), now->head8.end(), hash.begin()); };
    if (now->sequence == head_.sequence) return !is(head_.journal_hash);
    return std::none_of(sealed_.begin(), sealed_.end(), [&](const SealedEntry& entry) {
        return entry.sequence == now->sequence && is(blake2b(entry.record));
    });
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
    mirrored_ = {};
    sealed_.clear();
    mend_.reset();
    error_.reset();
    trying_ = false;
    hollow_.reset();
    noted_.reset();
    head_ = {};
    head_records_ = header_records_ = {};
    head_slot_ = 0;
    lanes_ = {};
    lanes_[0].port = &ports_.storage;
    lanes_[1].port = ports_.second;
    writer_ = read_only_ = following_ = lost_ = flush_wanted_ = changing_key_ = rekeying_ = false;
    rekey_.reset();
    when_idle_ = nullptr;
    content_ = {};
    appended_ = durable_ = journal_bytes_ = snapshot_not_before_ = 0;
    snapshot_day_ = 0;
    state_ = VaultState::Locked;
}

// What the witness knows of this workspace.
std::optional<WitnessNote> Vault::Machine::noted() const {
    const std::optional<std::string> text = ports_.witness.get();
    std::optional<WitnessNote> note = text ? read_witness(*text) : std::nullopt;
    if (note && note->vault_id != vault_id_) note.reset();
    return note;
}

void Vault::Machine::erase(Callback<void> done) {
    lock();
    ports_.witness.set("");
    ports_.storage.erase_all(later<void>([done](Machine& self, Result<void> erased) {
        if (!erased || !self.ports_.second) return self.erased(std::move(erased), done);
        self.ports_.second->erase_all(self.later<void>([done](Machine& me, Result<void> second) {
            me.erased(std::move(second), done);
        }));
    }));
}

// Another tab may have noted meanwhile what it wrote last.
void Vault::Machine::erased(Result<void> result, const Callback<void>& done) {
    if (result) ports_.witness.set("");
    done(std::move(result));
}

}  // namespace entente::vault
