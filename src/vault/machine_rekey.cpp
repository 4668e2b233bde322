// New keys: a new root key, and everything that is kept sealed anew under it. The journal is not sealed again: a snapshot of the present
// state takes its place. It is written aside first, read back and opened; then, in one transaction for each store, the new records come
// and the old ones go. Until then the old keys open everything, from then on the new ones do; a store that is left behind with the old
// keys is made anew when the workspace is opened next.
#include <utility>

#include "vault/machine.hpp"

namespace entente::vault {

struct Vault::Machine::Rekey {
    Rekey(RecoveryKey key) : recovery(std::move(key)) {}
    std::string passphrase;
    RecoveryKey recovery;
    std::function<Bytes()> snapshot;
    Callback<void> done;
    SecretKey root;
    std::vector<Slot> slots;
    VaultKeys keys;
    Opening next;                  // its head, content and records
    std::array<Bytes, 2> headers, old_headers;
    platform::Batch batch;         // what each store is to hold
    bool both = false;             // the second store has everything, too
    std::uint64_t aside = 0;       // where the snapshot was tried
    ~Rekey() { wipe(passphrase); }
};

void Vault::Machine::rekey(std::string passphrase, RecoveryKey recovery, std::function<Bytes()> snapshot, Callback<void> done) {
    const Result<LockedHeader> locked = read_locked_header(header_records_[0]);
    if (!may_write() || error_ || changing_key_ || mend_ || !locked) {
        wipe(passphrase);
        return done(fail(ErrorCode::Conflict, msg("The keys cannot be changed just now."), {}, msg("Try again in a moment.")));
    }
    changing_key_ = true;
    auto job = std::make_shared<Rekey>(std::move(recovery));
    job->passphrase = passphrase;
    job->snapshot = std::move(snapshot);
    job->done = std::move(done);
    auto search = search_for(std::move(passphrase), *locked);
    wipe(passphrase);
    search->then = [job](Machine& self, Result<SecretKey> root) {
        if (!root) return self.end_rekey(*job, std::move(root.error()));
        Salt salt{};
        self.ports_.random.fill(salt);
        self.ports_.worker.run(calibrate_request(job->passphrase, salt), self.later<Bytes>([job, salt](Machine& me, Result<Bytes> answer) {
            Result<DerivedKey> derived = answer ? read_derived(*answer) : tl::unexpected<Error>(std::move(answer.error()));
            if (!derived) return me.end_rekey(*job, std::move(derived.error()));
            if (me.error_ || !me.may_write()) {  // since then
                return me.end_rekey(*job, me.error_ ? *me.error_ : missing_error(kHeaderStore));
            }
            me.ports_.random.fill(std::span<std::uint8_t>(job->root.data(), kKeyBytes));
            platform::Random& random = me.ports_.random;
            job->slots = {make_slot(SlotType::Passphrase, derived->parameters, salt, derived->key, job->root, me.vault_id_, random),
                          make_recovery_slot(job->recovery, job->root, me.vault_id_, random)};
            me.rekey_ = job;
            me.flush_wanted_ = true;
            me.advance();
        }));
    };
    find_root(search);
}

void Vault::Machine::end_rekey(Rekey& job, std::optional<Error> error) {
    changing_key_ = rekeying_ = false;
    rekey_.reset();
    if (error) job.done(tl::unexpected<Error>(std::move(*error)));
    else job.done({});
    advance();
}

// Everything is durable and no store is busy: the state is `head_`, and stays so until this is done.
void Vault::Machine::begin_rekey() {
    const std::shared_ptr<Rekey> job = rekey_;
    if (!lanes_[0].usable() || !has_all(lanes_[0])) {
        return end_rekey(*job, lanes_[0].error ? *lanes_[0].error : missing_error(kHeaderStore));
    }
    rekeying_ = true;
    job->both = lanes_[1].usable() && has_all(lanes_[1]);
    Head& head = job->next.head;
    head.generation = head_.generation;
    head.writer_epoch = head_.writer_epoch + 1;
    head.sequence = head.base = head_.sequence;
    head.journal_hash = head_.journal_hash;
    job->next.content = content_;
    job->keys = derive_keys(job->root, vault_id_, key_epoch_ + 1);
    const std::uint64_t edition = read_locked_header(header_records_[0])->header.sequence + 1;
    job->old_headers = header_records_;
    std::swap(keys_, job->keys);
    ++key_epoch_;
    if (head.sequence > 0) {
        EnvelopeHeader header = header_for(Kind::Snapshot);
        header.sequence = head.sequence;
        header.previous = head.journal_hash;
        Bytes plain = job->snapshot();
        job->batch.put.push_back({kSnapshotStore, head.sequence, seal(header, keys_.snapshot, plain)});
        wipe(plain);
        head.snapshots.push_back({head.sequence, blake2b(job->batch.put[0].value)});
    }
    found(job->next, job->slots, edition, job->batch);
    std::swap(keys_, job->keys);
    --key_epoch_;
    job->headers = std::exchange(header_records_, job->old_headers);
    if (head.sequence == 0) return retire_old_keys(job, 0);
    job->aside = kQuarantine + Reader(head.snapshots[0].record_hash).u64() % kQuarantine;
    platform::Batch trial;
    for (std::uint64_t slot = 0; slot < 2; ++slot) trial.expect.push_back({kHeadStore, slot, lanes_[0].heads[slot]});
    trial.put.push_back({kSnapshotStore, job->aside, job->batch.put[0].value});
    lanes_[0].port->commit(std::move(trial), later<void>([job](Machine& self, Result<void> written) {
        if (!written) return self.end_rekey(*job, std::move(written.error()));
        self.lanes_[0].port->read(kSnapshotStore, job->aside, 1, self.later<Records>([job](Machine& me, Result<Records> read) {
            const Bytes* record = read ? value_at(*read, job->aside) : nullptr;
            if (!record || !open_envelope(*record, Kind::Snapshot, me.vault_id_, job->keys.snapshot)) {
                return me.end_rekey(*job, Error{ErrorCode::Storage, msg("The browser did not keep what was written."), kSnapshotStore,
                                                msg("Try again, or use another browser.")});
            }
            me.retire_old_keys(job, 0);
        }));
    }));
}

void Vault::Machine::retire_old_keys(const std::shared_ptr<Rekey>& job, std::size_t store) {
    Lane& lane = lanes_[store];
    platform::Batch batch = job->batch;
    for (std::size_t i = 0; i < 2; ++i) {
        batch.expect.push_back({kHeadStore, i, lane.heads[i]});
        batch.expect.push_back({kHeaderStore, i, job->old_headers[i]});
    }
    for (const std::vector<SnapshotRef>* refs : {&lane.head.snapshots, &lane.given}) {
        for (const SnapshotRef& ref : *refs) {
            if (ref.sequence != job->next.head.sequence) batch.erase.emplace_back(kSnapshotStore, ref.sequence);
        }
    }
    for (std::uint64_t at = lane.head.base + 1; at <= lane.head.sequence; ++at) batch.erase.emplace_back(kJournalStore, at);
    if (store == 0 && job->aside > 0) batch.erase.emplace_back(kSnapshotStore, job->aside);
    lane.port->commit(std::move(batch), later<void>([job, store](Machine& self, Result<void> written) {
        self.compare_new(job, store, 0, written ? std::nullopt : std::optional<Error>(std::move(written.error())));
    }));
}

// What the store gives back decides, not what it said of the transaction.
void Vault::Machine::compare_new(const std::shared_ptr<Rekey>& job, std::size_t store, std::size_t at, std::optional<Error> error) {
    if (at == job->batch.put.size()) return keys_renewed(job, store);
    const platform::Record& wanted = job->batch.put[at];
    lanes_[store].port->read(wanted.store, wanted.key, 1, later<Records>([job, store, at, error](Machine& self, Result<Records> read) {
        const platform::Record& record = job->batch.put[at];
        const Bytes* found = read ? value_at(*read, record.key) : nullptr;
        if (found && *found == record.value) return self.compare_new(job, store, at + 1, error);
        Error problem = !read ? read.error() : error ? *error : damaged_error(record.store);
        if (store == 1) {  // it has the old keys still: it is made anew at the next opening
            self.lanes_[1].known = false;
            self.lane_failed(1, std::move(problem));
            return self.end_rekey(*job, {});
        }
        // Whether the first store has the new keys is not known: nothing may be written any more, not to the second one either.
        self.read_only_ = !read || !error;
        if (self.read_only_ || problem.code == ErrorCode::Conflict) self.stop_with(problem);
        self.end_rekey(*job, std::move(problem));
    }));
}

void Vault::Machine::keys_renewed(const std::shared_ptr<Rekey>& job, std::size_t store) {
    if (store == 0) {
        keys_ = std::move(job->keys);
        ++key_epoch_;
        header_records_ = job->headers;
        head_ = job->next.head;
        head_records_ = job->next.head_records;
        head_slot_ = job->next.head_slot;
        sealed_.clear();
        mirrored_ = {};
        journal_bytes_ = 0;
        snapshot_day_ = day_of_ms(header_for(Kind::Head).utc_ms);
        writer_ = true;
    }
    Lane& lane = lanes_[store];
    lane.heads = head_records_;
    lane.given.clear();
    lane.head = head_;
    lane.have = head_.sequence;
    if (store == 0 && job->both) return retire_old_keys(job, 1);
    if (store == 0) lanes_[1].known = false;
    end_rekey(*job, {});
}

}  // namespace entente::vault
