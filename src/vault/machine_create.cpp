// Looking at a store before any key is known, and making a new workspace in an empty one.
#include <algorithm>

#include "vault/machine.hpp"

namespace entente::vault {
namespace {

// Looked at where there is no header: anything in them means that a workspace was here.
constexpr std::array<const char*, 3> kOtherStores{kHeadStore, kJournalStore, kSnapshotStore};

Error expected_error() {
    return {ErrorCode::Damaged, msg("This browser held a workspace, but its records are gone."), {},
            msg("Restore it from a backup. Nothing new was made in its place.")};
}

}  // namespace

Error damaged_error(std::string where) {
    return {ErrorCode::Damaged, msg("A record of this workspace is damaged."), std::move(where),
            msg("Nothing was deleted. Restore the workspace from a backup.")};
}

Error missing_error(std::string where) {
    return {ErrorCode::Damaged, msg("A record of this workspace is missing."), std::move(where),
            msg("Nothing was deleted. Restore the workspace from a backup.")};
}

std::string entry_name(std::uint64_t sequence) { return "jrnl " + std::to_string(sequence); }

void Vault::Machine::probe(Callback<Presence> done) {
    const std::array<bool, 2> all{true, ports_.second != nullptr};
    read_both(all, kHeaderStore, 0, 4, [done](Machine& self, Both read) {
        Presence presence;
        for (std::size_t i = 0; i < 2; ++i) {
            StoreReport& store = presence.stores[i];
            if (!self.lanes_[i].port) continue;
            if (!read[i]) {
                store.problem = read[i].error();
                continue;
            }
            for (const platform::Record& record : *read[i]) {
                Result<LockedHeader> locked = read_locked_header(record.value);
                ++(locked ? store.headers.whole : store.headers.damaged);
                if (!locked && !presence.problem) presence.problem = std::move(locked.error());
            }
        }
        self.probe_leftovers(0, std::move(presence), done);
    });
}

// What is there beside the headers, where a store has none.
void Vault::Machine::probe_leftovers(std::size_t store, Presence so_far, Callback<Presence> done) {
    if (store == kOtherStores.size()) {
        Presence presence = judge(std::move(so_far));
        const StoreReport& first = presence.stores[0];
        // Nothing is made and nothing is called empty while the first store cannot be read.
        if (presence.kind != Presence::Kind::Present && first.problem) return done(tl::unexpected<Error>(*first.problem));
        return done(std::move(presence));
    }
    std::array<bool, 2> use{};
    for (std::size_t i = 0; i < 2; ++i) {
        use[i] = lanes_[i].port && !so_far.stores[i].problem && so_far.stores[i].headers == Tally{};
    }
    if (!use[0] && !use[1]) return probe_leftovers(kOtherStores.size(), std::move(so_far), std::move(done));
    read_both(use, kOtherStores[store], 0, 1, [store, so_far, done, use](Machine& self, Both read) mutable {
        for (std::size_t i = 0; i < 2; ++i) {
            if (!use[i]) continue;
            if (!read[i]) so_far.stores[i].problem = read[i].error();
            if (read[i] && !read[i]->empty()) so_far.stores[i].entries.damaged = 1;
        }
        self.probe_leftovers(store + 1, std::move(so_far), done);
    });
}

Presence Vault::Machine::judge(Presence presence) const {
    using Condition = StoreReport::Condition;
    const std::optional<std::string> text = ports_.witness.get();
    bool whole = false, damaged = false;
    for (std::size_t i = 0; i < 2; ++i) {
        StoreReport& store = presence.stores[i];
        if (!lanes_[i].port) continue;
        const bool leftovers = store.entries.damaged > 0;
        store.entries = {};
        store.condition = store.problem ? Condition::Failing
                        : store.headers.damaged > 0 || leftovers ? Condition::Damaged
                        : store.headers.whole > 0 ? Condition::Whole : Condition::Empty;
        whole |= store.headers.whole > 0;
        damaged |= store.condition == Condition::Damaged;
    }
    if (whole) {
        presence.kind = Presence::Kind::Present;
        presence.problem.reset();
    } else if (damaged) {
        presence.kind = Presence::Kind::Damaged;
        if (!presence.problem) presence.problem = missing_error(kHeaderStore);
    } else if (text && !text->empty()) {
        presence.kind = Presence::Kind::MissingButExpected;
        presence.problem = expected_error();
    }
    if (const std::optional<WitnessNote> known = text ? read_witness(*text) : std::nullopt) presence.expected = known->sequence;
    return presence;
}

void Vault::Machine::create(std::string passphrase, std::optional<RecoveryKey> key, Callback<Opened> done) {
    auto job = std::make_shared<Opening>();
    job->passphrase = std::move(passphrase);
    job->recovery = std::move(key);
    job->done = std::move(done);
    if (state_ != VaultState::Locked) {
        return job->done(fail(ErrorCode::Conflict, msg("There is already a workspace in this browser."), {},
                              msg("Unlock it, or remove it first.")));
    }
    if (const std::optional<Error> unfit = unfit_secret(job->passphrase)) return job->done(tl::unexpected<Error>(*unfit));
    forget();
    state_ = VaultState::Busy;
    report_ = {};
    probe([weak = weak_from_this(), session = session_, job](Result<Presence> presence) {
        const auto self = weak.lock();
        if (!self || self->session_ != session) return;
        if (!presence) return self->fail_opening(job, std::move(presence.error()));
        if (presence->problem) return self->fail_opening(job, std::move(*presence->problem));
        if (presence->kind != Presence::Kind::None) {
            return self->fail_opening(job, Error{ErrorCode::Conflict, msg("There is already a workspace in this browser."), {},
                                                 msg("Unlock it, or remove it first.")});
        }
        self->lanes_[1].error = presence->stores[1].problem;
        self->lanes_[1].known = !presence->stores[1].problem;
        self->create_new(job);
    });
}

void Vault::Machine::create_new(const Job& job) {
    ports_.random.fill(job->salt);
    Bytes request = calibrate_request(job->passphrase, job->salt);
    wipe(job->passphrase);
    ports_.worker.run(std::move(request), later<Bytes>([job](Machine& self, Result<Bytes> answer) {
        if (!answer) return self.fail_opening(job, std::move(answer.error()));
        Result<DerivedKey> derived = read_derived(*answer);
        if (!derived) return self.fail_opening(job, std::move(derived.error()));
        job->derived = std::move(*derived);
        if (!kdf_strong_enough(job->derived.parameters)) {
            return self.fail_opening(job, Error{ErrorCode::Unsupported,
                                                msg("The workspace asks for a key derivation that Entente does not do."), {}, {}});
        }
        self.create_with_key(job);
    }));
}

// Two copies of the header and both heads, in one transaction that fails where any of them exists.
void Vault::Machine::create_with_key(const Job& job) {
    ports_.random.fill(vault_id_);
    key_epoch_ = 1;
    SecretKey root;
    ports_.random.fill(std::span<std::uint8_t>(root.data(), kKeyBytes));
    keys_ = derive_keys(root, vault_id_, key_epoch_);
    std::vector<Slot> slots{make_slot(SlotType::Passphrase, job->derived.parameters, job->salt, job->derived.key, root,
                                      vault_id_, ports_.random)};
    if (job->recovery) slots.push_back(make_recovery_slot(*job->recovery, root, vault_id_, ports_.random));
    job->recovery.reset();
    root.clear();
    job->derived.key.clear();

    while (job->content.device.n == 0) {
        Digest random{};
        ports_.random.fill(random);
        job->content.device.n = Reader(random).u64();
    }
    job->content.made_utc_ms = header_for(Kind::Header).utc_ms;

    platform::Batch batch;
    found(*job, slots, 1, batch);
    lanes_[0].heads = job->head_records;
    lanes_[0].head = job->head;
    lanes_[1].weak = true;
    for (const platform::Record& record : batch.put) batch.expect.push_back({record.store, record.key, {}});
    platform::Batch copy = batch;
    ports_.storage.commit(std::move(batch), later<void>([job, copy](Machine& self, Result<void> result) {
        if (!result) return self.fail_opening(job, std::move(result.error()));
        self.verify_created(job, copy);
    }));
}

// Both headers and both heads of a store that begins with job.head. The headers are put last: until they stand, nothing else counts.
void Vault::Machine::found(Opening& job, const std::vector<Slot>& slots, std::uint64_t edition, platform::Batch& batch) {
    for (std::size_t copy = 0; copy < 2; ++copy) {
        EnvelopeHeader header = header_for(Kind::Header);
        header.sequence = edition;
        header_records_[copy] = seal_header(header, keys_.header, job.content, slots);
        ++job.head.generation;
        job.head_records[copy] = seal_head(header_for(Kind::Head), keys_.head, job.head);
        batch.put.push_back({kHeadStore, copy, job.head_records[copy]});
    }
    for (std::size_t copy = 0; copy < 2; ++copy) batch.put.push_back({kHeaderStore, copy, header_records_[copy]});
    job.head_slot = 1;
}

void Vault::Machine::verify_created(const Job& job, const platform::Batch& written) {
    ports_.storage.read(kHeaderStore, 0, 4, later<Records>([job, written](Machine& self, Result<Records> records) {
        if (!records) return self.fail_opening(job, std::move(records.error()));
        std::size_t same = 0;
        for (const platform::Record& record : *records) {
            same += std::count_if(written.put.begin(), written.put.end(), [&record](const platform::Record& put) {
                return put.store == kHeaderStore && put.key == record.key && put.value == record.value;
            });
        }
        if (same != 2 || records->size() != 2) {
            return self.fail_opening(job, Error{ErrorCode::Storage,
                                                msg("The browser did not keep what was written."), kHeaderStore,
                                                msg("Try again, or use another browser.")});
        }
        job->made = true;
        self.finish(job);
    }));
}

}  // namespace entente::vault
