// Changing a passphrase or the recovery key: a new edition of the header with both slots, read back, then one without the old.
#include <algorithm>

#include "vault/machine.hpp"

namespace entente::vault {

namespace {

Error handed_over_error() {
    return {ErrorCode::Conflict, msg("Another tab or window writes to this workspace now. The keys were not changed here."), {},
            msg("Change them there.")};
}

}  // namespace

struct Vault::Machine::KeyChange {
    Secret next;
    Callback<void> done;
    SecretKey root;
    SecretKey kek;                // of the new slot
    Slot fresh;
    bool retiring = false;        // the old slots of its type go now
    std::array<Bytes, 2> records; // the edition being written
    std::size_t written = 0;      // stores that gave it back
    ~KeyChange() { wipe(next); }

    void end(Machine& self, Result<void> result) {
        self.changing_key_ = false;
        root.clear();
        kek.clear();
        done(std::move(result));
        self.advance();
    }
};

void Vault::Machine::change_key(Secret current, Secret next, Callback<void> done) {
    if (!may_write() || error_ || changing_key_ || mend_) {
        wipe(current);
        wipe(next);
        return done(fail(ErrorCode::Conflict, msg("The keys cannot be changed just now."), {}, msg("Try again in a moment.")));
    }
    for (const Secret* secret : {&current, &next}) {
        if (const std::optional<Error> unfit = unfit_secret(*secret)) return done(tl::unexpected<Error>(*unfit));
    }
    const Result<LockedHeader> locked = read_locked_header(header_records_[0]);
    if (!locked) return done(tl::unexpected<Error>(locked.error()));
    changing_key_ = true;
    auto job = std::make_shared<KeyChange>();
    job->next = std::move(next);
    wipe(next);
    job->done = std::move(done);
    auto search = search_for(std::move(current), *locked);
    wipe(current);
    search->then = [job](Machine& self, Result<SecretKey> root) {
        if (!root) return job->end(self, tl::unexpected<Error>(std::move(root.error())));
        job->root = std::move(*root);
        self.make_slot_for(job);
    };
    find_root(search);
}

void Vault::Machine::make_slot_for(const KeyJob& job) {
    if (const RecoveryKey* recovery = std::get_if<RecoveryKey>(&job->next)) {
        job->kek = recovery->kek(vault_id_);
        job->fresh = make_recovery_slot(*recovery, job->root, vault_id_, ports_.random);
        return with_fresh_slot(job);
    }
    Salt salt{};
    ports_.random.fill(salt);
    Bytes request = calibrate_request(std::get<std::string>(job->next), salt);
    wipe(job->next);
    ports_.worker.run(std::move(request), later<Bytes>([job, salt](Machine& self, Result<Bytes> answer) {
        if (!answer) return job->end(self, tl::unexpected<Error>(std::move(answer.error())));
        Result<DerivedKey> derived = read_derived(*answer);
        if (!derived) return job->end(self, tl::unexpected<Error>(std::move(derived.error())));
        if (!kdf_strong_enough(derived->parameters)) {
            return job->end(self, fail(ErrorCode::Unsupported, msg("The workspace asks for a key derivation that Entente does not do.")));
        }
        job->kek = std::move(derived->key);
        job->fresh = make_slot(SlotType::Passphrase, derived->parameters, salt, job->kek, job->root, self.vault_id_, self.ports_.random);
        self.with_fresh_slot(job);
    }));
}

// The next edition: with the new slot beside the old ones, or without them.
void Vault::Machine::with_fresh_slot(const KeyJob& job) {
    if (!may_write()) return job->end(*this, tl::unexpected<Error>(handed_over_error()));  // while the key was derived
    const Result<LockedHeader> locked = read_locked_header(header_records_[0]);
    if (!locked) return job->end(*this, tl::unexpected<Error>(locked.error()));
    std::vector<Slot> slots;
    for (const Slot& slot : locked->slots) {
        const bool same = slot.commitment == job->fresh.commitment;
        if (!same && !(job->retiring && slot.type == job->fresh.type)) slots.push_back(slot);
    }
    slots.push_back(job->fresh);
    if (slots.size() > kMaxSlots) return job->end(*this, fail(ErrorCode::TooLarge, msg("There are too many keys already.")));
    for (Bytes& record : job->records) {
        EnvelopeHeader header = header_for(Kind::Header);
        header.sequence = locked->header.sequence + 1;
        record = seal_header(header, keys_.header, content_, slots);
    }
    job->written = 0;
    write_headers(job, 0);
}

// Into one store after the other; each gives it back before it counts. The heads are compared, as in every write: no other tab may have
// written since. So it takes its turn among this tab's own writes.
void Vault::Machine::write_headers(const KeyJob& job, std::size_t store) {
    while (store < 2 && !(lanes_[store].usable() && lanes_[store].known)) lanes_[store++].weak = true;
    if (store == 2) return headers_written(job);
    if (lanes_[store].busy) {
        when_idle_ = [job, store](Machine& self) { self.write_headers(job, store); };
        return;
    }
    lanes_[store].busy = true;
    platform::Batch batch;
    for (std::size_t key = 0; key < 2; ++key) {
        batch.expect.push_back({kHeadStore, key, lanes_[store].heads[key]});
        if (!lanes_[store].weak) batch.expect.push_back({kHeaderStore, key, header_records_[key]});
        batch.put.push_back({kHeaderStore, key, job->records[key]});
    }
    const auto failed = [job, store](Machine& self, Error error) {
        self.lanes_[store].busy = false;
        if (self.lost_) return job->end(self, tl::unexpected<Error>(handed_over_error()));
        self.lanes_[store].weak = true;  // it is mended when it works again
        if (error.code == ErrorCode::Conflict) self.lanes_[store].known = false;
        self.lane_failed(store, std::move(error));
        self.write_headers(job, store + 1);
    };
    lanes_[store].port->commit(std::move(batch), later<void>([job, store, failed](Machine& self, Result<void> written) {
        if (!written) return failed(self, std::move(written.error()));
        self.lanes_[store].port->read(kHeaderStore, 0, 2, self.later<Records>([job, store, failed](Machine& me, Result<Records> read) {
            if (!read) return failed(me, std::move(read.error()));
            bool same = true;
            for (std::size_t key = 0; key < 2; ++key) {
                const Bytes* record = value_at(*read, key);
                same = same && record && *record == job->records[key];
            }
            if (!same) {
                return failed(me, Error{ErrorCode::Storage, msg("The browser did not keep what was written."), kHeaderStore,
                                        msg("Try again, or use another browser.")});
            }
            ++job->written;
            me.lanes_[store].busy = false;
            me.write_headers(job, store + 1);
        }));
    }));
}

void Vault::Machine::headers_written(const KeyJob& job) {
    if (job->written == 0) {
        return job->end(*this, tl::unexpected<Error>(error_ ? *error_ : missing_error(kHeaderStore)));
    }
    header_records_ = job->records;
    const Result<LockedHeader> locked = read_locked_header(header_records_[0]);
    // What was read back opens with the new key, or the old one stays.
    const Result<SecretKey> root = locked ? open_slot(locked->slots.back(), job->kek, vault_id_) : tl::unexpected<Error>(locked.error());
    if (!root) return job->end(*this, tl::unexpected<Error>(root.error()));
    if (!job->retiring) {
        job->retiring = true;
        return with_fresh_slot(job);
    }
    job->end(*this, {});
}

}  // namespace entente::vault
