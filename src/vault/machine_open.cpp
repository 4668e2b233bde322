// Opening: headers, passphrase, heads, the newest whole snapshot, each from both stores; the journal is machine_replay.cpp's.
// Damage is reported with the record's name; another copy is used where there is one.
#include <algorithm>

#include "vault/machine.hpp"

namespace entente::vault {
namespace {

// Which of two.
const char* number_of(std::size_t store) { return store == 0 ? "1/2" : "2/2"; }

}  // namespace

bool newer_keys(const EnvelopeHeader& one, const EnvelopeHeader& other) {
    return one.key_epoch != other.key_epoch ? one.key_epoch > other.key_epoch : one.sequence > other.sequence;
}

const Bytes* value_at(const Records& records, std::uint64_t key) {
    const auto found = std::lower_bound(records.begin(), records.end(), key,
                                        [](const platform::Record& record, std::uint64_t wanted) { return record.key < wanted; });
    return found != records.end() && found->key == key ? &found->value : nullptr;
}

void Vault::Machine::read_both(std::array<bool, 2> use, const char* store, std::uint64_t first_key, std::uint32_t limit,
                               Joined then) {
    struct Join {
        Both results;
        int waiting = 0;
        Joined then;
    };
    auto join = std::make_shared<Join>();
    join->waiting = use[0] + use[1];
    if (join->waiting == 0) return then(*this, Both{});
    join->then = std::move(then);
    for (std::size_t i = 0; i < 2; ++i) {
        if (!use[i]) continue;
        lanes_[i].port->read(store, first_key, limit, later<Records>([join, i](Machine& self, Result<Records> records) {
            if (records) {
                while (!records->empty() && records->back().key >= kQuarantine) records->pop_back();
            }
            join->results[i] = std::move(records);
            if (--join->waiting == 0) join->then(self, std::move(join->results));
        }));
    }
}

void Vault::Machine::unlock(Secret secret, OpenChoice choice, Callback<Opened> done) {
    auto job = std::make_shared<Opening>();
    auto search = std::make_shared<Search>();
    search->secret = std::move(secret);
    wipe(secret);
    job->choice = choice;
    job->done = std::move(done);
    if (state_ != VaultState::Locked) {
        return job->done(fail(ErrorCode::Conflict, msg("The workspace is already open.")));
    }
    if (const std::optional<Error> unfit = unfit_secret(search->secret)) return job->done(tl::unexpected<Error>(*unfit));
    forget();
    begin_opening(job, search);
}

// Without a search the keys are at hand.
void Vault::Machine::begin_opening(const Job& job, const std::shared_ptr<Search>& search) {
    state_ = VaultState::Busy;
    report_ = {};
    if (job->choice.follow) job->choice.only.reset();  // the tab that writes has chosen
    if (job->choice.follow && lanes_[1].port) {
        lanes_[1].port->let_go();
        lanes_[1].port = nullptr;
    }
    job->use = usable();
    read_both(job->use, kHeaderStore, 0, 4, [job, search](Machine& self, Both read) {
        if (self.heard(job, read)) self.with_headers(job, search, read);
    });
}

std::optional<Error> unfit_secret(const Secret& secret) {
    const std::string* passphrase = std::get_if<std::string>(&secret);
    if (!passphrase) return std::nullopt;
    if (passphrase->empty()) return Error{ErrorCode::BadInput, msg("Type a passphrase."), {}, {}};
    if (passphrase->size() <= kMaxPassphraseBytes) return std::nullopt;
    return Error{ErrorCode::BadInput, msg("The passphrase is too long."), {}, {}};
}

// Takes out the stores that failed; false where none is left.
bool Vault::Machine::heard(const Job& job, Both& read) {
    for (std::size_t i = 0; i < 2; ++i) {
        if (!job->use[i] || read[i]) continue;
        lanes_[i].error = read[i].error();
        lanes_[i].known = false;
        job->use[i] = false;
        read[i] = Records{};
    }
    if (job->use[0] || job->use[1]) return true;
    fail_opening(job, lanes_[0].error ? *lanes_[0].error : *lanes_[1].error);
    return false;
}

void Vault::Machine::with_headers(const Job& job, const std::shared_ptr<Search>& search, const Both& read) {
    std::optional<Error> problem;
    for (std::size_t i = 0; i < 2; ++i) {
        for (const platform::Record& record : *read[i]) {
            Result<LockedHeader> locked = read_locked_header(record.value);
            const bool other = locked && !job->copies.empty() && job->copies[0].locked.header.vault_id != locked->header.vault_id;
            if (other) {  // another workspace's: the first store says which one is meant
                lanes_[i].aside = true;
                job->use[i] = false;
            } else if (locked) {
                job->copies.push_back({i, static_cast<std::size_t>(record.key), record.value, std::move(*locked)});
            } else {
                problem = std::move(locked.error());
                ++report_.stores[i].headers.damaged;
            }
        }
    }
    if (job->copies.empty()) {
        return fail_opening(job, problem ? std::move(*problem) : missing_error(kHeaderStore));
    }
    if (job->choice.only) {  // the other's history may have other keys
        const auto chosen = static_cast<std::size_t>(*job->choice.only);
        const auto here = [chosen](const Opening::Copy& copy) { return copy.store == chosen; };
        if (std::any_of(job->copies.begin(), job->copies.end(), here)) std::erase_if(job->copies, std::not_fn(here));
    }
    std::stable_sort(job->copies.begin(), job->copies.end(), [](const Opening::Copy& a, const Opening::Copy& b) {
        return newer_keys(a.locked.header, b.locked.header);
    });
    // The newest edition's slots count: an older one may still open to a passphrase that was given up. Its copies carry the same
    // slots, so that each is tried once.
    const LockedHeader& newest = job->copies[0].locked;
    set_apart_old_keys(*job);
    if (!search) return with_keys(job);
    look_in(*search, newest);
    search->then = [job](Machine& self, Result<SecretKey> root) {
        if (!root) return self.fail_opening(job, std::move(root.error()));
        self.with_root(job, *root);
    };
    find_root(search);
}

void Vault::Machine::look_in(Search& search, const LockedHeader& locked) {
    search.vault_id = locked.header.vault_id;
    for (const Slot& slot : locked.slots) {
        if (slot.type == slot_type(search.secret)) search.slots.insert(search.slots.begin(), slot);
    }
    search.problem = no_slot_error(slot_type(search.secret));
}

std::shared_ptr<Vault::Machine::Search> Vault::Machine::search_for(Secret secret, const LockedHeader& locked) {
    auto search = std::make_shared<Search>();
    search->secret = std::move(secret);
    wipe(secret);
    look_in(*search, locked);
    return search;
}

// Derives the key of one slot after the other, until one opens.
void Vault::Machine::find_root(const std::shared_ptr<Search>& search) {
    const auto tried = [](Machine& self, const std::shared_ptr<Search>& s, const Slot& slot, Result<SecretKey> kek) {
        if (!kek) return s->then(self, std::move(kek));
        Result<SecretKey> root = open_slot(slot, *kek, s->vault_id);
        if (root) return s->then(self, std::move(root));
        // Damage says more than "wrong passphrase": a commitment that holds proves that the passphrase is right.
        if (s->problem.code != ErrorCode::Damaged) s->problem = std::move(root.error());
        self.find_root(s);
    };
    if (search->slots.empty()) return search->then(*this, tl::unexpected<Error>(std::move(search->problem)));
    const Slot slot = search->slots.back();
    search->slots.pop_back();
    if (const RecoveryKey* recovery = std::get_if<RecoveryKey>(&search->secret)) {
        return tried(*this, search, slot, recovery->kek(search->vault_id));
    }
    ports_.worker.run(derive_request(std::get<std::string>(search->secret), slot.salt, slot.parameters),
                      later<Bytes>([search, slot, tried](Machine& self, Result<Bytes> answer) {
        if (!answer) return search->then(self, tl::unexpected<Error>(std::move(answer.error())));
        Result<DerivedKey> derived = read_derived(*answer);
        if (!derived) return search->then(self, tl::unexpected<Error>(std::move(derived.error())));
        tried(self, search, slot, std::move(derived->key));
    }));
}

void Vault::Machine::with_root(const Job& job, const SecretKey& root) {
    const EnvelopeHeader& found = job->copies[0].locked.header;
    vault_id_ = found.vault_id;
    key_epoch_ = found.key_epoch;
    keys_ = derive_keys(root, vault_id_, key_epoch_);
    with_keys(job);
}

void Vault::Machine::with_keys(const Job& job) {
    const EnvelopeHeader& found = job->copies[0].locked.header;
    if (found.vault_id != vault_id_ || found.key_epoch != key_epoch_) {
        return fail_opening(job, Error{ErrorCode::Conflict, msg("The workspace has new keys."), {},
                                       msg("Reload this page and unlock it.")});
    }
    std::vector<const Opening::Copy*> whole;
    for (const Opening::Copy& candidate : job->copies) {
        const Result<HeaderContent> content = open_header(candidate.record, candidate.locked, keys_.header);
        ++(content ? report_.stores[candidate.store].headers.whole : report_.stores[candidate.store].headers.damaged);
        if (!content) continue;
        if (whole.empty()) job->content = *content;
        whole.push_back(&candidate);
    }
    if (whole.empty()) return fail_opening(job, damaged_error(kHeaderStore));
    keep_headers(*job, whole);
    job->note = noted_ = noted();
    // What comes out of a backup is sealed anew: of what the witness knows only that counts which the backup does not have.
    if (job->note && job->restored && (job->note->sequence < job->restored->sequence || *job->note == *job->restored)) job->note.reset();
    read_both(job->use, kHeadStore, 0, 4, [job](Machine& self, Both read) {
        if (self.heard(job, read)) self.with_heads(job, std::move(read));
    });
}

// What the newest edition's two copies are, and which stores do not have them.
void Vault::Machine::keep_headers(Opening& job, const std::vector<const Opening::Copy*>& whole) {
    std::array<int, 2> newest{};
    for (const Opening::Copy* copy : whole) {
        if (newer_keys(whole[0]->locked.header, copy->locked.header)) continue;
        ++newest[copy->store];
        if (copy->key < 2 && header_records_[copy->key].empty()) header_records_[copy->key] = copy->record;
    }
    for (Bytes& record : header_records_) {
        if (record.empty()) record = whole[0]->record;
    }
    for (std::size_t i = 0; i < 2; ++i) lanes_[i].weak = newest[i] < 2;
    if (!ports_.second && lanes_[0].weak) {
        job.opened.warnings.push_back({ErrorCode::Damaged, msg("One copy of the workspace's key record is damaged; the other was used."),
                                       kHeaderStore, msg("Make a backup.")});
    }
}

void Vault::Machine::with_heads(const Job& job, Both read) {
    std::array<std::size_t, 2> whole{};
    Error problem = missing_error(kHeadStore);
    bool any = false;
    for (std::size_t i = 0; i < 2; ++i) {
        if (!job->use[i]) continue;
        for (platform::Record& record : *read[i]) {
            if (record.key > 1) return fail_opening(job, damaged_error(kHeadStore));
            lanes_[i].heads[static_cast<std::size_t>(record.key)] = std::move(record.value);
        }
        Tally& tally = report_.stores[i].heads;
        Result<Head> newest = newest_head(lanes_[i].heads, &tally);
        lanes_[i].weak |= tally.whole < 2;
        whole[i] = tally.whole;
        if (!newest) {
            problem = std::move(newest.error());
            continue;
        }
        lanes_[i].head = std::move(*newest);
        report_.stores[i].sequence = lanes_[i].head.sequence;
        report_.stores[i].written.utc_ms =
            static_cast<std::int64_t>(parse_header(lanes_[i].heads[newest_slot(lanes_[i])])->utc_ms);
        any = true;
    }
    if (job->choice.only) {
        const std::size_t chosen = static_cast<std::size_t>(*job->choice.only);
        lanes_[1 - chosen].overruled = job->use[1 - chosen];
        job->use[1 - chosen] = false;
        any = whole[chosen] > 0;
        if (!job->use[chosen]) return fail_opening(job, missing_error(kHeadStore));
    }
    if (!any && !job->choice.salvage) return fail_opening(job, job->choice.follow ? unfinished_error() : std::move(problem));
    choose_head(*job, whole);
    read_snapshot(job);
}

Result<Head> Vault::Machine::newest_head(const std::array<Bytes, 2>& records, Tally* tally) const {
    Result<Head> newest = tl::unexpected<Error>(missing_error(kHeadStore));
    for (const Bytes& record : records) {
        if (record.empty()) continue;
        Result<Head> head = open_head(record, vault_id_, keys_.head);
        if (tally) ++(head ? tally->whole : tally->damaged);
        if (!newest ? true : head && head->generation > newest->generation) newest = std::move(head);
    }
    return newest;
}

// Where the newest head of a store stands; 2: it has none.
std::size_t Vault::Machine::newest_slot(const Lane& lane) const {
    for (std::size_t slot = 0; slot < 2; ++slot) {
        const Result<Head> head = open_head(lane.heads[slot], vault_id_, keys_.head);
        if (head && head->generation == lane.head.generation) return slot;
    }
    return 2;
}

void Vault::Machine::choose_head(Opening& job, const std::array<std::size_t, 2>& whole) {
    const auto newer = [](const Head& a, const Head& b) {
        return a.sequence != b.sequence ? a.sequence > b.sequence : a.generation > b.generation;
    };
    const bool second = job.use[1] && whole[1] > 0 &&
                        (!job.use[0] || whole[0] == 0 || newer(lanes_[1].head, lanes_[0].head));
    job.lead = second ? 1 : 0;
    const Lane& lead = lanes_[job.lead];
    const Lane& other = lanes_[1 - job.lead];
    job.head = lead.head;
    for (std::size_t slot = 0; slot < 2; ++slot) {
        const Result<Head> head = open_head(lead.heads[slot], vault_id_, keys_.head);
        if (head) {
            job.head_records[slot] = lead.heads[slot];
            if (head->generation == job.head.generation) job.head_slot = slot;
        } else if (job.use[1 - job.lead] && other.head == lead.head && open_head(other.heads[slot], vault_id_, keys_.head)) {
            job.head_records[slot] = other.heads[slot];  // both ended at the same place: its copy is this one's too
        }
    }
    if (!ports_.second && whole[0] == 1) {
        job.opened.warnings.push_back({ErrorCode::Damaged,
                                       msg("One copy of the record that says where the journal ends is damaged; the other was used."),
                                       kHeadStore, msg("Make a backup.")});
    }
}

void Vault::Machine::read_snapshot(const Job& job) {
    if (job->snapshot_index == job->head.snapshots.size()) return read_journal(job);
    const SnapshotRef wanted = job->head.snapshots[job->snapshot_index];
    read_both(job->use, kSnapshotStore, wanted.sequence, 1, [job, wanted](Machine& self, Both read) {
        if (!self.heard(job, read)) return;
        if (self.take_snapshot(*job, wanted, read)) {
            job->head.snapshots.erase(job->head.snapshots.begin(),
                                      job->head.snapshots.begin() + static_cast<std::ptrdiff_t>(job->snapshot_index));
            return self.read_journal(job);
        }
        // The journal still has everything: an older snapshot, or none, only takes longer.
        job->opened.warnings.push_back({ErrorCode::Damaged, msg("A snapshot is damaged; the journal was read instead."),
                                        "snap " + std::to_string(wanted.sequence), msg("Make a backup.")});
        ++job->snapshot_index;
        if (job->snapshot_index == job->head.snapshots.size()) {
            job->head.snapshots.clear();
            job->snapshot_index = 0;
        }
        self.read_snapshot(job);
    });
}

bool Vault::Machine::take_snapshot(Opening& job, const SnapshotRef& wanted, const Both& read) {
    bool taken = false;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto& refs = lanes_[i].head.snapshots;
        if (!job.use[i] || std::find(refs.begin(), refs.end(), wanted) == refs.end()) continue;
        const Bytes* record = value_at(*read[i], wanted.sequence);
        Result<OpenedEnvelope> opened = tl::unexpected<Error>(damaged_error(kSnapshotStore));
        if (record && blake2b(*record) == wanted.record_hash) {
            opened = open_envelope(*record, Kind::Snapshot, vault_id_, keys_.snapshot);
        }
        const bool whole = opened && opened->header.sequence == wanted.sequence;
        ++(whole ? report_.stores[i].snapshots.whole : report_.stores[i].snapshots.damaged);
        lanes_[i].weak |= !whole;
        if (!whole || taken) continue;
        job.opened.snapshot = std::move(opened->plain);
        snapshot_day_ = day_of_ms(opened->header.utc_ms);
        job.opened.snapshot_sequence = wanted.sequence;
        job.previous = opened->header.previous;
        job.next_sequence = wanted.sequence + 1;
        taken = true;
    }
    return taken;
}

// The witness is of this workspace, and the entry it knows was just read: is it the one?
void Vault::Machine::compare_note(Opening& job, std::uint64_t sequence) const {
    if (job.note && job.note->sequence == sequence) {
        job.note_differs = !std::equal(job.note->head8.begin(), job.note->head8.end(), job.previous.begin());
    }
}

void Vault::Machine::compare_witness(Opening& job) {
    if (!job.note) return;
    if (job.note->sequence > job.head.sequence) {
        job.opened.missing_entries = std::max(job.opened.missing_entries, job.note->sequence - job.head.sequence);
        job.opened.warnings.push_back({ErrorCode::Damaged,
                                       msgn("An older copy of this workspace was found: {n} edit is missing.",
                                            "An older copy of this workspace was found: {n} edits are missing.",
                                            static_cast<std::int64_t>(job.opened.missing_entries)),
                                       entry_name(job.note->sequence), msg("Restore the newest backup.")});
    } else if (job.note_differs) {
        job.opened.warnings.push_back({ErrorCode::Conflict,
                                       msg("This copy of the workspace differs from the one last used in this browser."),
                                       entry_name(job.note->sequence), msg("Compare it with your newest backup.")});
    }
}

// The journal is read: `job` holds what there is.
void Vault::Machine::finish(const Job& job) {
    compare_witness(*job);
    for (const Lane& lane : lanes_) {
        // The store that cannot be read may hold what is missing: nothing is written beside it unless the person says so.
        const bool asked = job->choice.only || job->choice.salvage;
        if (lane.error && (job->opened.missing_entries > 0 || job->note_differs) && !asked) {
            report_.missing_entries = job->opened.missing_entries;
            return fail_opening(job, *lane.error);
        }
    }
    settle_lanes(*job);
    head_ = std::move(job->head);
    head_records_ = std::move(job->head_records);
    head_slot_ = job->head_slot;
    journal_bytes_ = job->journal_bytes;
    appended_ = durable_ = head_.sequence;
    appended_at_ = ports_.clock.now();
    following_ = job->choice.follow;
    if (job->choice.salvage) {
        read_only_ = true;
        error_ = Error{ErrorCode::Refused,
                       msg("The workspace was opened to be read only: what could be read is here, and nothing is written."), {},
                       msg("Export it, or restore a backup.")};
    }
    // A longer memory is not overwritten by a shorter store, nor one of another history.
    job->whole = job->opened.missing_entries == 0 && !job->note_differs && !read_only();
    // The first store, which is all that a tab that follows has read, may have come further than a tab lived to note. What another tab has
    // noted since stands.
    const bool further = job->opened.missing_entries == 0 && !job->note_differs;
    if (following_ && further && noted() == job->note) tell_witness(head_);
    // Entries were found beyond every head: with two stores a new head is written at once, with one by the next entry.
    if (ports_.second && !read_only() && lanes_[job->lead].head.sequence < head_.sequence) set_head(head_);
    content_ = job->content;
    job->opened.device = content_.device;
    job->opened.sequence = report_.sequence = head_.sequence;
    report_.missing_entries = job->opened.missing_entries;
    if (read_only() || job->made) return opened(job);
    confirm_opening(job, [job](Machine& self) { job->fence ? self.fence(job) : self.opened(job); });
}

void Vault::Machine::opened(const Job& job) {
    if (job->whole) tell_witness(head_);  // what is shown is known from now on
    state_ = VaultState::Open;
    job->done(std::move(job->opened));
    for (std::size_t i = 0; i < 2; ++i) {
        if (lanes_[i].outdated && job->whole && may_write()) make_anew(i);
    }
    advance();
}

// What each store lacks, and what of that a person should know.
void Vault::Machine::settle_lanes(Opening& job) {
    using Condition = StoreReport::Condition;
    for (std::size_t i = 0; i < 2; ++i) {
        Lane& lane = lanes_[i];
        StoreReport& found = report_.stores[i];
        if (!lane.port) continue;
        if (lane.error || lane.aside) {
            found.condition = lane.error ? Condition::Failing : Condition::Other;
            found.problem = lane.error;
            continue;
        }
        if (lane.overruled) {
            lane.weak = lane.blocked = true;
            lane.have = 0;
            found.condition = Condition::Other;
            continue;
        }
        const bool empty = found.headers == Tally{} && lane.heads[0].empty() && lane.heads[1].empty();
        const bool damaged = lane.weak || lane.blocked;
        found.condition = empty ? Condition::Empty : damaged ? Condition::Damaged
                        : lane.have < job.head.sequence ? Condition::Behind : Condition::Whole;
        if (lane.blocked) lane.have = 0;
        lane.weak |= lane.blocked;
        std::erase_if(lane.head.snapshots, [&job](const SnapshotRef& ref) {
            return std::find(job.head.snapshots.begin(), job.head.snapshots.end(), ref) == job.head.snapshots.end();
        });
        // The second store of a workspace that never had one is no loss.
        if (ports_.second && damaged && !(empty && i == 1)) {
            job.opened.warnings.push_back({ErrorCode::Damaged,
                msg("One of the two places where this workspace is kept was damaged; the other one was used, and it is being repaired."),
                number_of(i), msg("Make a backup.")});
        }
    }
}

void Vault::Machine::fail_opening(const Job& job, Error error) {
    using Condition = StoreReport::Condition;
    wipe(job->passphrase);
    keys_.clear();
    for (const Lane& lane : lanes_) {
        // Not damage, as long as the store that cannot be read may have it.
        if (error.code == ErrorCode::Damaged && lane.error) error = *lane.error;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        StoreReport& found = report_.stores[i];
        if (!lanes_[i].port || found.condition != Condition::Absent) continue;
        found.problem = lanes_[i].error;
        const bool damaged = lanes_[i].blocked || found.headers.damaged + found.heads.damaged + found.entries.damaged > 0;
        found.condition = lanes_[i].error ? Condition::Failing : lanes_[i].aside ? Condition::Other
                        : damaged ? Condition::Damaged : found.headers.whole == 0 ? Condition::Empty : Condition::Whole;
    }
    state_ = VaultState::Locked;
    if (lanes_[1].port) lanes_[1].port->let_go();  // another tab may have more luck
    job->done(tl::unexpected<Error>(std::move(error)));
}

}  // namespace entente::vault
