// A backup of small_session(): made with fixed numbers, so that it has the same bytes wherever it is made.
#pragma once

#include "codec/codec.hpp"
#include "platform/memory/memory.hpp"
#include "tests/support/small_plan.hpp"
#include "vault/backup.hpp"

namespace entente::test {

inline constexpr const char* kBackupPassphrase = "Cwm-glas 7 yn y bore";

inline vault::RecoveryKey backup_recovery_key() {
    platform::SeededRandom random(99);
    return vault::RecoveryKey::make(random);
}

// The session of which it is made: with what hostile names look like, and a change that was agreed.
inline Session backup_session() {
    Session session = small_session();
    const SmallPlan plan;
    (void)session.submit(plan::Command{plan::RenameTask{plan.project, plan.edit, "=1+1 <b>*T\u0177*</b> | cell"}}, Instant{3000});
    change::Change change;
    change.id = ChangeId{71};
    change.number = 1;
    change.request = "A second ending";
    change.asked_by = "Siwan";
    change.asked_on = *day_from(2026, 3, 4);
    change.kind = change::Kind::Extra;
    change.lines.push_back({"Room", 10'00, 20'50});
    (void)session.submit(change::Command{change::PutChange{plan.project, change}}, Instant{1'772'438'400'000});
    return session;
}

// A snapshot after two entries, and the entries after it.
inline Bytes small_backup(const vault::KdfParameters& parameters) {
    using namespace vault;
    Session all = backup_session();
    const std::vector<Entry> entries = all.take_pending();
    Session early(all.device());
    BackupContent content;
    content.device = all.device();
    content.made_utc_ms = 1'772'438'460'000;
    for (const Entry& entry : entries) {
        if (early.sequence() < 2) {
            (void)early.replay(entry);
        } else {
            content.entries.push_back(codec::encode_entry(entry));
        }
    }
    content.snapshot = codec::encode_snapshot(early.model(), early.sequence(), early.time(), early.last_id());
    content.snapshot_sequence = early.sequence();
    content.sequence = all.sequence();
    content.journal_hash = blake2b(content.entries.back());

    platform::SeededRandom random(2026);
    EnvelopeHeader header;
    random.fill(header.vault_id);
    random.fill(header.nonce);
    header.utc_ms = content.made_utc_ms;
    Salt salt{};
    random.fill(salt);
    const SecretKey root(Bytes(kKeyBytes, 0x42));
    const Result<SecretKey> kek = derive_key(kBackupPassphrase, salt, parameters);
    if (!kek) return {};
    const std::vector<Slot> slots = {make_slot(SlotType::Passphrase, parameters, salt, *kek, root, header.vault_id, random),
                                     make_recovery_slot(backup_recovery_key(), root, header.vault_id, random)};
    return seal_backup(header, derive_keys(root, header.vault_id, header.key_epoch).backup, content, encode_slots(slots));
}

}  // namespace entente::test
