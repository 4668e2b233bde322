// Restoring a backup into an empty browser, and comparing one with the workspace that is open.
#include <algorithm>
#include <iterator>
#include <set>

#include "vault/machine.hpp"

namespace entente::vault {
namespace {

Error occupied_error() {
    return {ErrorCode::Conflict, msg("There is already a workspace in this browser."), {}, msg("Unlock it, or remove it first.")};
}

// Nobody may have written meanwhile: what is put stands where nothing does, or where what goes away stands.
void take_the_place(platform::Batch& batch, platform::Batch& away) {
    std::set<std::pair<std::string, std::uint64_t>> going(away.erase.begin(), away.erase.end());
    for (const platform::Record& record : batch.put) {
        const bool replaced = going.erase({record.store, record.key}) > 0;
        if (!replaced && (record.key < 2 || record.store == kSnapshotStore)) batch.expect.push_back({record.store, record.key, {}});
    }
    std::move(away.expect.begin(), away.expect.end(), std::back_inserter(batch.expect));
    batch.erase.assign(going.begin(), going.end());
}

}  // namespace

void Vault::Machine::restore(Bytes file, Secret secret, bool over, Callback<Opened> done) {
    auto job = std::make_shared<Opening>();
    job->done = std::move(done);
    const std::optional<Error> unfit = unfit_secret(secret);
    Result<LockedHeader> locked = read_locked_backup(file);
    if (state_ != VaultState::Locked || unfit || !locked) {
        wipe(secret);
        return job->done(tl::unexpected<Error>(unfit ? *unfit : !locked ? locked.error() : occupied_error()));
    }
    forget();
    state_ = VaultState::Busy;
    report_ = {};
    auto search = search_for(std::move(secret), *locked);
    wipe(secret);
    auto kept = std::make_shared<Bytes>(std::move(file));
    auto aside = std::make_shared<Aside>();
    if (over) job->choice.only = StoreId::First;  // whatever the second store may still hold
    else aside->store = 2;
    search->then = [job, kept, aside, locked = std::move(*locked)](Machine& self, Result<SecretKey> root) {
        if (!root) return self.fail_opening(job, std::move(root.error()));
        Result<BackupContent> content = open_backup(*kept, locked, *root);
        if (!content) return self.fail_opening(job, content.error());
        self.vault_id_ = locked.header.vault_id;
        self.key_epoch_ = locked.header.key_epoch;
        self.keys_ = derive_keys(*root, self.vault_id_, self.key_epoch_);
        *kept = {};
        auto held = std::shared_ptr<BackupContent>(new BackupContent(std::move(*content)), [](BackupContent* one) {
            wipe(*one);
            delete one;
        });
        aside->then = [job, locked, held, aside = std::weak_ptr(aside)](Machine& me, Result<void> copied) {
            if (!copied) return me.fail_opening(job, std::move(copied.error()));
            me.restore_with(job, *held, locked, aside.lock());
        };
        self.set_all_aside(aside);
    };
    probe(later<Presence>([job, search, over](Machine& self, Result<Presence> presence) {
        if (!presence) return self.fail_opening(job, std::move(presence.error()));
        // A witness of what was here before is no hindrance: it is what this is for.
        const bool occupied = presence->kind == Presence::Kind::Present || presence->kind == Presence::Kind::Damaged;
        if (occupied && !over) {
            return self.fail_opening(job, occupied_error());
        }
        self.find_root(search);
    }));
}

// Everything in one transaction, sealed anew under the backup's keys; then it is opened as any other workspace, which reads all of it
// back. The journal begins after the backup's snapshot, chained to the record where the backup's own journal ended.
void Vault::Machine::restore_with(const Job& job, const BackupContent& content, const LockedHeader& locked, const AsideRef& aside) {
    Head& head = job->head;
    head_.writer_epoch = head.writer_epoch = locked.header.writer_epoch + 1;
    job->content = {content.device, content.made_utc_ms};
    platform::Batch batch;
    const auto sealed = [&](Kind kind, std::uint64_t sequence, const SecretKey& key, const Bytes& plain) {
        EnvelopeHeader header = header_for(kind);
        header.sequence = sequence;
        header.base_sequence = kind == Kind::Journal ? content.snapshot_sequence : 0;
        header.previous = head.journal_hash;
        batch.put.push_back({kind == Kind::Journal ? kJournalStore : kSnapshotStore, sequence, seal(header, key, plain)});
        return blake2b(batch.put.back().value);
    };
    if (content.snapshot) {
        head.base = content.snapshot_sequence;
        head.journal_hash = content.journal_hash;
        head.snapshots.push_back({head.base, sealed(Kind::Snapshot, head.base, keys_.snapshot, *content.snapshot)});
    }
    head.sequence = content.snapshot_sequence;
    for (const Bytes& entry : content.entries) head.journal_hash = sealed(Kind::Journal, ++head.sequence, keys_.journal, entry);
    job->restored = WitnessNote{vault_id_, head.sequence, {}};
    std::copy_n(content.journal_hash.begin(), 8, job->restored->head8.begin());
    found(*job, locked.slots, aside->edition + 1, batch);
    take_the_place(batch, aside->away[0]);
    ports_.storage.commit(std::move(batch), later<void>([job, aside](Machine& self, Result<void> written) {
        if (!written) return self.fail_opening(job, std::move(written.error()));
        if (aside->away[1].erase.empty()) return self.open_restored(job);
        // Should this fail, the second store tells another history, and the first is the one that counts.
        self.ports_.second->commit(std::move(aside->away[1]), self.later<void>([job](Machine& me, Result<void>) {
            me.open_restored(job);
        }));
    }));
}

void Vault::Machine::open_restored(const Job& job) {
    head_ = {};
    header_records_ = {};
    job->head = {};
    job->head_records = {};
    job->made = true;
    begin_opening(job, nullptr);
}

struct Vault::Machine::Comparison {
    BackupCheck answer;
    BackupContent content;
    Callback<BackupCheck> done;
    std::uint64_t at = 0, end = 0;
    ~Comparison() {
        if (content.snapshot) wipe(*content.snapshot);
        for (Bytes& entry : content.entries) wipe(entry);
    }
};

void Vault::Machine::verify_backup(Bytes file, std::optional<Secret> secret, Callback<BackupCheck> done) {
    Result<LockedHeader> locked = read_locked_backup(file);
    const auto refuse = [&](Error error) {
        if (secret) wipe(*secret);
        done(tl::unexpected<Error>(std::move(error)));
    };
    if (!locked) return refuse(locked.error());
    if (state_ != VaultState::Open) return refuse({ErrorCode::Conflict, msg("Unlock the workspace first."), {}, {}});
    if (locked->header.vault_id != vault_id_) {
        return refuse({ErrorCode::BadInput, msg("This is a backup of another workspace."), {}, {}});
    }
    const auto with = [done](Machine& self, Result<BackupContent> content) {
        if (!content) return done(tl::unexpected<Error>(std::move(content.error())));
        auto job = std::make_shared<Comparison>();
        job->done = done;
        job->content = std::move(*content);
        BackupCheck& answer = job->answer;
        answer.sequence = job->content.sequence;
        answer.made_utc_ms = job->content.made_utc_ms;
        answer.newer = self.durable_ - std::min(self.durable_, answer.sequence);
        answer.ahead = answer.sequence - std::min(self.durable_, answer.sequence);
        job->at = std::max(job->content.snapshot_sequence, self.head_.base) + 1;
        job->end = std::min(answer.sequence, self.durable_);
        answer.proven = answer.sequence == 0;
        self.compare_backup(job);
    };
    if (locked->header.key_epoch == key_epoch_) return with(*this, open_backup_with(file, *locked, keys_.backup));
    if (!secret) return refuse(no_slot_error(SlotType::Passphrase));
    auto search = search_for(std::move(*secret), *locked);
    search->then = [with, file = std::move(file), locked = std::move(*locked)](Machine& self, Result<SecretKey> root) {
        with(self, root ? open_backup(file, locked, *root) : tl::unexpected<Error>(std::move(root.error())));
    };
    find_root(search);
}

void Vault::Machine::compare_backup(const std::shared_ptr<Comparison>& job) {
    // The record where the backup ends is looked at even where there is nothing to compare before it.
    const std::uint64_t first = std::min(job->at, std::max<std::uint64_t>(job->end, 1));
    if (job->answer.differs || job->at > job->end + 1 || job->end == 0) return job->done(std::move(job->answer));
    const std::array<bool, 2> use = telling();
    read_both(use, kJournalStore, first, kReadAtOnce, [job, first, use](Machine& self, Both read) {
        if (!(use[0] && read[0]) && !(use[1] && read[1])) return job->done(tl::unexpected<Error>(unreadable_error()));
        BackupCheck& answer = job->answer;
        const BackupContent& content = job->content;
        for (std::uint64_t at = first; at < first + kReadAtOnce && at <= job->end && !answer.differs; ++at) {
            bool same = false;
            for (const Result<Records>& records : read) {
                const Bytes* record = records ? value_at(*records, at) : nullptr;
                if (!record) continue;
                const Result<OpenedEnvelope> opened = open_envelope(*record, Kind::Journal, self.vault_id_, self.keys_.journal);
                if (!opened || opened->header.sequence != at) continue;
                answer.proven |= at == answer.sequence && blake2b(*record) == content.journal_hash;
                same |= at > content.snapshot_sequence && opened->plain == content.entries[at - content.snapshot_sequence - 1];
            }
            if (at < job->at) continue;
            if (same) ++answer.compared;
            else answer.differs = at;
        }
        job->at = std::max(job->at, first + kReadAtOnce);
        if (job->at <= job->end) return self.compare_backup(job);
        job->done(std::move(answer));
    });
}

}  // namespace entente::vault
