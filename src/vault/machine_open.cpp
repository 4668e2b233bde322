// Opening: headers, passphrase, heads, the newest whole snapshot, and the journal after it, every record authenticated and
// chained to the one before. Damage is reported with the record's name; a second copy is used where there is one.
#include <algorithm>

#include "vault/machine.hpp"

namespace entente::vault {

void Vault::Machine::unlock(std::string passphrase, Callback<Opened> done) {
    auto job = std::make_shared<Opening>();
    job->passphrase = std::move(passphrase);
    job->done = std::move(done);
    if (state_ != VaultState::Locked) {
        return job->done(fail(ErrorCode::Conflict, msg("The workspace is already open.")));
    }
    if (job->passphrase.empty()) return job->done(fail(ErrorCode::BadInput, msg("Type a passphrase.")));
    if (job->passphrase.size() > kMaxPassphraseBytes) {
        return job->done(fail(ErrorCode::BadInput, msg("The passphrase is too long.")));
    }
    state_ = VaultState::Busy;
    ports_.storage.read(kHeaderStore, 0, 4, later<Records>([job](Machine& self, Result<Records> records) {
        if (!records) return self.fail_opening(job, std::move(records.error()));
        self.with_headers(job, *records);
    }));
}

void Vault::Machine::with_headers(const Job& job, const Records& records) {
    if (records.empty()) return fail_opening(job, missing_error(kHeaderStore));
    std::optional<Error> problem;
    for (const platform::Record& record : records) {
        Result<LockedHeader> locked = read_locked_header(record.value);
        if (locked) {
            job->copies.push_back({record.value, std::move(*locked)});
        } else {
            problem = std::move(locked.error());
        }
    }
    if (job->copies.empty()) return fail_opening(job, std::move(*problem));
    std::stable_sort(job->copies.begin(), job->copies.end(), [](const Opening::Copy& a, const Opening::Copy& b) {
        return a.locked.header.sequence > b.locked.header.sequence;
    });
    for (std::size_t copy = 0; copy < job->copies.size(); ++copy) {
        const LockedHeader& locked = job->copies[copy].locked;
        // The copies normally carry the same slots: one key derivation, not two.
        if (copy > 0 && locked.slot_table == job->copies[0].locked.slot_table) continue;
        for (std::size_t slot = 0; slot < locked.slots.size(); ++slot) {
            if (locked.slots[slot].type == SlotType::Passphrase) job->tries.emplace_back(copy, slot);
        }
    }
    try_next_slot(job);
}

void Vault::Machine::try_next_slot(const Job& job) {
    if (job->tries.empty()) {
        return fail_opening(job, job->slot_error ? std::move(*job->slot_error) : damaged_error(kHeaderStore));
    }
    const auto [copy, slot_index] = job->tries.front();
    job->tries.erase(job->tries.begin());
    const Slot& slot = job->copies[copy].locked.slots[slot_index];
    ports_.worker.run(derive_request(job->passphrase, slot.salt, slot.parameters),
                      later<Bytes>([job, copy = copy, slot](Machine& self, Result<Bytes> answer) {
        if (!answer) return self.fail_opening(job, std::move(answer.error()));
        Result<DerivedKey> derived = read_derived(*answer);
        if (!derived) return self.fail_opening(job, std::move(derived.error()));
        Result<SecretKey> root = open_slot(slot, derived->key, job->copies[copy].locked.header.vault_id);
        if (root) return self.with_root(job, copy, *root);
        // Damage says more than "wrong passphrase": a commitment that holds proves that the passphrase is right.
        if (!job->slot_error || root.error().code == ErrorCode::Damaged) job->slot_error = std::move(root.error());
        self.try_next_slot(job);
    }));
}

void Vault::Machine::with_root(const Job& job, std::size_t copy, const SecretKey& root) {
    wipe(job->passphrase);
    const EnvelopeHeader& found = job->copies[copy].locked.header;
    job->vault_id = found.vault_id;
    job->key_epoch = found.key_epoch;
    job->keys = derive_keys(root, job->vault_id, job->key_epoch);
    std::size_t whole = 0;
    for (const Opening::Copy& candidate : job->copies) {
        const Result<HeaderContent> content = open_header(candidate.record, candidate.locked, job->keys.header);
        if (!content) continue;
        if (whole == 0) job->content = *content;
        ++whole;
    }
    if (whole == 0) return fail_opening(job, damaged_error(kHeaderStore));
    if (whole < 2) {
        job->opened.warnings.push_back({ErrorCode::Damaged, msg("One copy of the workspace's key record is damaged; the other was used."),
                                        kHeaderStore, msg("Make a backup.")});
    }
    ports_.storage.read(kHeadStore, 0, 4, later<Records>([job](Machine& self, Result<Records> records) {
        if (!records) return self.fail_opening(job, std::move(records.error()));
        self.with_heads(job, std::move(*records));
    }));
}

void Vault::Machine::with_heads(const Job& job, Records records) {
    std::size_t whole = 0;
    Error problem = missing_error(kHeadStore);
    for (platform::Record& record : records) {
        if (record.key > 1) return fail_opening(job, damaged_error(kHeadStore));
        Result<Head> head = open_head(record.value, job->vault_id, job->keys.head);
        const auto slot = static_cast<std::size_t>(record.key);
        job->stored_heads[slot] = std::move(record.value);
        if (!head) {
            problem = std::move(head.error());
            continue;
        }
        if (whole == 0 || head->generation > job->head.generation) {
            job->head = std::move(*head);
            job->head_slot = slot;
        }
        ++whole;
    }
    if (whole == 0) return fail_opening(job, std::move(problem));
    if (whole < 2) {
        job->opened.warnings.push_back({ErrorCode::Damaged,
                                        msg("One copy of the record that says where the journal ends is damaged; the other was used."),
                                        kHeadStore, msg("Make a backup.")});
    }
    read_snapshot(job);
}

void Vault::Machine::read_snapshot(const Job& job) {
    if (job->snapshot_index == job->head.snapshots.size()) return read_journal(job);
    const SnapshotRef wanted = job->head.snapshots[job->snapshot_index];
    ports_.storage.read(kSnapshotStore, wanted.sequence, 1,
                        later<Records>([job, wanted](Machine& self, Result<Records> records) {
        if (!records) return self.fail_opening(job, std::move(records.error()));
        if (self.take_snapshot(*job, wanted, *records)) {
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
    }));
}

Result<void> Vault::Machine::take_snapshot(Opening& job, const SnapshotRef& wanted, const Records& records) {
    const auto damaged = [] { return tl::unexpected<Error>(damaged_error(kSnapshotStore)); };
    if (records.empty() || records[0].key != wanted.sequence || blake2b(records[0].value) != wanted.record_hash) {
        return damaged();
    }
    Result<OpenedEnvelope> opened = open_envelope(records[0].value, Kind::Snapshot, job.vault_id, job.keys.snapshot);
    if (!opened || opened->header.sequence != wanted.sequence) return damaged();
    job.opened.snapshot = std::move(opened->plain);
    job.opened.snapshot_sequence = wanted.sequence;
    job.previous = opened->header.previous;
    job.next_sequence = wanted.sequence + 1;
    return {};
}

void Vault::Machine::read_journal(const Job& job) {
    ports_.storage.read(kJournalStore, job->next_sequence, kReadAtOnce,
                        later<Records>([job](Machine& self, Result<Records> records) {
        if (!records) return self.fail_opening(job, std::move(records.error()));
        self.with_journal(job, *records);
    }));
}

void Vault::Machine::with_journal(const Job& job, const Records& records) {
    for (const platform::Record& record : records) {
        if (Result<void> taken = take_entry(*job, record); !taken) return fail_opening(job, std::move(taken.error()));
    }
    if (records.size() == kReadAtOnce) return read_journal(job);

    const std::uint64_t last = job->next_sequence - 1;
    if (last < job->head.sequence) return fail_opening(job, missing_error(entry_name(job->next_sequence)));
    if (last == job->head.sequence && job->previous != job->head.journal_hash) {
        return fail_opening(job, damaged_error(entry_name(last)));
    }
    if (last > job->head.sequence) {
        // Whole and chained, so they are ours: the newest head was lost.
        job->opened.warnings.push_back({ErrorCode::Damaged, msg("The journal goes on beyond its recorded end; all of it was read."),
                                        entry_name(last), msg("Make a backup.")});
        job->head.sequence = last;
        job->head.journal_hash = job->previous;
    }
    finish(job);
}

Result<void> Vault::Machine::take_entry(Opening& job, const platform::Record& record) {
    const std::uint64_t sequence = job.next_sequence;
    if (record.key != sequence) return tl::unexpected<Error>(missing_error(entry_name(sequence)));
    Result<OpenedEnvelope> opened = open_envelope(record.value, Kind::Journal, job.vault_id, job.keys.journal);
    if (!opened) {
        opened.error().where = entry_name(sequence);
        return tl::unexpected<Error>(std::move(opened.error()));
    }
    if (opened->header.sequence != sequence || opened->header.previous != job.previous) {
        return tl::unexpected<Error>(damaged_error(entry_name(sequence)));
    }
    job.journal_bytes += opened->plain.size();
    job.opened.entries.push_back(std::move(opened->plain));
    job.previous = blake2b(record.value);
    if (sequence == job.head.sequence && job.previous != job.head.journal_hash) {
        return tl::unexpected<Error>(damaged_error(entry_name(sequence)));
    }
    ++job.next_sequence;
    return {};
}

void Vault::Machine::compare_witness(Opening& job) const {
    const std::optional<std::string> text = ports_.witness.get();
    const std::optional<WitnessNote> note = text ? read_witness(*text) : std::nullopt;
    if (!note || note->vault_id != job.vault_id) return;
    const bool same_end = std::equal(note->head8.begin(), note->head8.end(), job.head.journal_hash.begin());
    if (note->sequence > job.head.sequence) {
        job.opened.missing_entries = note->sequence - job.head.sequence;
        job.opened.warnings.push_back({ErrorCode::Damaged,
                                       msgn("An older copy of this workspace was found: {n} edit is missing.",
                                            "An older copy of this workspace was found: {n} edits are missing.",
                                            static_cast<std::int64_t>(job.opened.missing_entries)),
                                       entry_name(note->sequence), msg("Restore the newest backup.")});
    } else if (note->sequence == job.head.sequence && !same_end) {
        job.opened.warnings.push_back({ErrorCode::Conflict,
                                       msg("This copy of the workspace differs from the one last used in this browser."),
                                       entry_name(note->sequence), msg("Compare it with your newest backup.")});
    }
}

void Vault::Machine::finish(const Job& job) {
    compare_witness(*job);
    keys_ = std::move(job->keys);
    vault_id_ = job->vault_id;
    key_epoch_ = job->key_epoch;
    head_ = std::move(job->head);
    stored_heads_ = std::move(job->stored_heads);
    head_slot_ = job->head_slot;
    writer_ = false;
    journal_bytes_ = job->journal_bytes;
    appended_ = head_.sequence;
    state_ = VaultState::Open;
    // A workspace without entries is known too; but a longer memory is not overwritten by a shorter store.
    if (head_.sequence == 0 && job->opened.missing_entries == 0) tell_witness();
    job->opened.device = job->content.device;
    job->opened.sequence = head_.sequence;
    job->done(std::move(job->opened));
}

void Vault::Machine::fail_opening(const Job& job, Error error) {
    wipe(job->passphrase);
    state_ = VaultState::Locked;
    job->done(tl::unexpected<Error>(std::move(error)));
}

}  // namespace entente::vault
