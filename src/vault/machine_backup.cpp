// A backup: the newest whole snapshot and the entries after it, read back from the stores, any whole copy of each.
#include "vault/machine.hpp"

namespace entente::vault {

Error unreadable_error() {
    return {ErrorCode::Storage, msg("The stores cannot be read now."), {}, msg("Try again in a moment.")};
}

struct Vault::Machine::BackupJob {
    Callback<BackupContent> done;
    bool unsaved = false;            // with what is not in a store yet
    std::function<Bytes()> present;  // the state as it stands in memory, where not everything can be saved
    BackupContent content;
    std::size_t snapshot = 0;
    std::vector<SnapshotRef> snapshots;
    std::uint64_t end = 0;
    Digest previous{};
    ~BackupJob() { wipe(content); }
};

void Vault::Machine::make_backup(Callback<Backup> done, std::function<Bytes()> present) {
    read_back([weak = weak_from_this(), done = std::move(done)](Result<BackupContent> content) {
        const auto self = weak.lock();
        if (!self) return;
        if (!content) return done(tl::unexpected<Error>(content.error()));
        done(self->seal_all(*content));
        wipe(*content);
    }, std::move(present));
}

void Vault::Machine::read_back(Callback<BackupContent> done, std::function<Bytes()> present) {
    if (state_ != VaultState::Open) return done(tl::unexpected<Error>(unreadable_error()));
    auto job = std::make_shared<BackupJob>();
    job->done = std::move(done);
    // What is not saved yet, or cannot be, is sealed as it would be, so that it can be taken away all the same.
    if (present && !read_only() && !rekeying_ && !pending_.empty()) {
        seal_pending();
        advance();
    }
    job->unsaved = present && !read_only();
    if (error_ && job->unsaved) job->present = std::move(present);
    job->snapshots = head_.snapshots;
    job->end = durable_;
    backup_snapshot(job);
}

void Vault::Machine::backup_snapshot(const BackupRef& job) {
    if (job->snapshot == job->snapshots.size()) return backup_journal(job);
    const SnapshotRef ref = job->snapshots[job->snapshot++];
    if (ref.sequence > job->end) return backup_snapshot(job);
    read_both(telling(), kSnapshotStore, ref.sequence, 1, [job, ref](Machine& self, Both read) {
        for (const Result<Records>& records : read) {
            const Bytes* record = records ? value_at(*records, ref.sequence) : nullptr;
            if (!record || blake2b(*record) != ref.record_hash) continue;
            Result<OpenedEnvelope> opened = open_envelope(*record, Kind::Snapshot, self.vault_id_, self.keys_.snapshot);
            if (!opened) continue;
            job->previous = opened->header.previous;
            job->content.snapshot = std::move(opened->plain);
            job->content.snapshot_sequence = ref.sequence;
            return self.backup_journal(job);
        }
        self.backup_snapshot(job);
    });
}

void Vault::Machine::backup_journal(const BackupRef& job) {
    const std::uint64_t next = job->content.snapshot_sequence + job->content.entries.size() + 1;
    if (next > job->end) return finish_backup(job);
    read_both(telling(), kJournalStore, next, kReadAtOnce, [job](Machine& self, Both read) {
        const Result<void> taken = self.backup_entries(*job, read);
        if (taken) return self.backup_journal(job);
        if (!job->present) return job->done(tl::unexpected<Error>(taken.error()));
        self.finish_backup(job);  // nobody can read it: what is in memory is all there is
    });
}

Result<void> Vault::Machine::backup_entries(BackupJob& job, const Both& read) {
    std::uint64_t sequence = job.content.snapshot_sequence + job.content.entries.size() + 1;
    for (const std::uint64_t stop = sequence + kReadAtOnce; sequence < stop && sequence <= job.end; ++sequence) {
        bool found = false;
        const std::size_t preferred = standing(sequence).value_or(0);  // the other may hold a record torn off an unfinished write
        for (const std::size_t i : {preferred, 1 - preferred}) {
            const Bytes* record = read[i] ? value_at(*read[i], sequence) : nullptr;
            if (!record || found) continue;
            Result<OpenedEnvelope> opened = open_envelope(*record, Kind::Journal, vault_id_, keys_.journal);
            if (!opened || opened->header.sequence != sequence || opened->header.previous != job.previous) continue;
            job.previous = blake2b(*record);
            job.content.entries.push_back(std::move(opened->plain));
            found = true;
        }
        if (!found) return tl::unexpected<Error>(damaged_error(entry_name(sequence)));
    }
    return {};
}

void Vault::Machine::finish_backup(const BackupRef& job) {
    BackupContent& content = job->content;
    // What was saved meanwhile is in the stores now, and perhaps nowhere else.
    if (job->unsaved && durable_ > job->end && content.snapshot_sequence + content.entries.size() == job->end) {
        job->end = durable_;
        return backup_journal(job);
    }
    content.device = content_.device;
    content.made_utc_ms = header_for(Kind::Backup).utc_ms;
    content.journal_hash = job->previous;
    content.sequence = job->end;
    if (job->unsaved) add_unsaved(*job);
    job->done(std::move(content));
}

// What no store has: behind what was read, or, where that does not reach so far and not everything can be saved, the state alone.
void Vault::Machine::add_unsaved(BackupJob& job) {
    BackupContent& content = job.content;
    bool whole = content.snapshot_sequence + content.entries.size() == job.end;
    for (const SealedEntry& entry : sealed_) {
        if (entry.sequence <= job.end || !whole) continue;
        Result<OpenedEnvelope> opened = open_envelope(entry.record, Kind::Journal, vault_id_, keys_.journal);
        whole = opened && entry.sequence == content.sequence + 1 && opened->header.previous == content.journal_hash;
        if (!whole) break;
        content.entries.push_back(std::move(opened->plain));
        content.journal_hash = blake2b(entry.record);
        content.sequence = entry.sequence;
    }
    if (!job.present || (whole && content.sequence == appended_)) return;
    for (Bytes& entry : content.entries) wipe(entry);
    if (content.snapshot) wipe(*content.snapshot);
    content.entries.clear();
    content.snapshot = job.present();
    content.snapshot_sequence = content.sequence = appended_;
    content.journal_hash = head_.journal_hash;
}

Result<Backup> Vault::Machine::seal_all(const BackupContent& content) {
    const Result<LockedHeader> locked = read_locked_header(header_records_[0]);
    if (!locked) return tl::unexpected<Error>(locked.error());
    EnvelopeHeader header = header_for(Kind::Backup);
    header.utc_ms = content.made_utc_ms;
    std::uint64_t bytes = content.snapshot ? content.snapshot->size() : 0;
    for (const Bytes& entry : content.entries) bytes += entry.size() + 8;
    if (bytes > kMaxPlainBytes / 2) {
        return fail(ErrorCode::TooLarge, msg("The workspace is too large for a backup file."), {}, msg("Export it instead."));
    }
    return Backup{seal_backup(header, keys_.backup, content, locked->slot_table), content.sequence, content.journal_hash};
}

}  // namespace entente::vault
