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
    ports_.storage.read(kHeaderStore, 0, 4, later<Records>([done](Machine& self, Result<Records> records) {
        if (!records) return done(tl::unexpected<Error>(std::move(records.error())));
        if (records->empty()) return self.probe_leftovers(0, done);
        done(self.judge(*records));
    }));
}

Presence Vault::Machine::judge(const Records& headers) const {
    std::optional<Error> problem;
    for (const platform::Record& record : headers) {
        Result<LockedHeader> locked = read_locked_header(record.value);
        if (locked) return {Presence::Kind::Present, std::nullopt};
        if (!problem) problem = std::move(locked.error());
    }
    return {Presence::Kind::Damaged, std::move(problem)};
}

void Vault::Machine::probe_leftovers(std::size_t store, Callback<Presence> done) {
    if (store == kOtherStores.size()) return done(judge_leftovers(false));
    ports_.storage.read(kOtherStores[store], 0, 1, later<Records>([store, done](Machine& self, Result<Records> records) {
        if (!records) return done(tl::unexpected<Error>(std::move(records.error())));
        if (records->empty()) return self.probe_leftovers(store + 1, done);
        done(self.judge_leftovers(true));
    }));
}

Presence Vault::Machine::judge_leftovers(bool any) const {
    if (any) return {Presence::Kind::Damaged, missing_error(kHeaderStore)};
    const std::optional<std::string> note = ports_.witness.get();
    if (note && !note->empty()) return {Presence::Kind::MissingButExpected, expected_error()};
    return {};
}

void Vault::Machine::create(std::string passphrase, Callback<Opened> done) {
    auto job = std::make_shared<Opening>();
    job->passphrase = std::move(passphrase);
    job->done = std::move(done);
    if (state_ != VaultState::Locked) {
        return job->done(fail(ErrorCode::Conflict, msg("There is already a workspace in this browser."), {},
                              msg("Unlock it, or remove it first.")));
    }
    if (job->passphrase.empty()) return job->done(fail(ErrorCode::BadInput, msg("Type a passphrase.")));
    if (job->passphrase.size() > kMaxPassphraseBytes) {
        return job->done(fail(ErrorCode::BadInput, msg("The passphrase is too long.")));
    }
    state_ = VaultState::Busy;
    probe([weak = weak_from_this(), session = session_, job](Result<Presence> presence) {
        const auto self = weak.lock();
        if (!self || self->session_ != session) return;
        if (!presence) return self->fail_opening(job, std::move(presence.error()));
        if (presence->problem) return self->fail_opening(job, std::move(*presence->problem));
        if (presence->kind != Presence::Kind::None) {
            return self->fail_opening(job, Error{ErrorCode::Conflict, msg("There is already a workspace in this browser."), {},
                                                 msg("Unlock it, or remove it first.")});
        }
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
        const KdfParameters& used = job->derived.parameters;
        if (used.memory_kib < kFloorKdf.memory_kib || used.passes < kFloorKdf.passes) {
            return self.fail_opening(job, Error{ErrorCode::Unsupported,
                                                msg("The workspace asks for a key derivation that Entente does not do."), {}, {}});
        }
        self.create_with_key(job);
    }));
}

// Two copies of the header and both heads, in one transaction that fails where any of them exists.
void Vault::Machine::create_with_key(const Job& job) {
    ports_.random.fill(job->vault_id);
    SecretKey root;
    ports_.random.fill(std::span<std::uint8_t>(root.data(), kKeyBytes));
    job->keys = derive_keys(root, job->vault_id, job->key_epoch);
    const Slot slot = make_slot(SlotType::Passphrase, job->derived.parameters, job->salt, job->derived.key, root,
                                job->vault_id, ports_.random);
    root.clear();
    job->derived.key.clear();

    while (job->content.device.n == 0) {
        Digest random{};
        ports_.random.fill(random);
        job->content.device.n = Reader(random).u64();
    }
    vault_id_ = job->vault_id;
    key_epoch_ = job->key_epoch;
    job->content.made_utc_ms = header_for(Kind::Header).utc_ms;

    platform::Batch batch;
    for (std::uint64_t copy = 0; copy < 2; ++copy) {
        EnvelopeHeader header = header_for(Kind::Header);
        header.sequence = 1;  // the first edition of the header
        batch.put.push_back({kHeaderStore, copy, seal_header(header, job->keys.header, job->content, {slot})});
        job->head = Head{};
        job->head.generation = copy + 1;
        job->stored_heads[copy] = seal_head(header_for(Kind::Head), job->keys.head, job->head);
        batch.put.push_back({kHeadStore, copy, job->stored_heads[copy]});
    }
    job->head_slot = 1;
    for (const platform::Record& record : batch.put) batch.expect.push_back({record.store, record.key, {}});
    platform::Batch copy = batch;
    ports_.storage.commit(std::move(batch), later<void>([job, copy](Machine& self, Result<void> result) {
        if (!result) return self.fail_opening(job, std::move(result.error()));
        self.verify_created(job, copy);
    }));
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
        self.finish(job);
    }));
}

}  // namespace entente::vault
