// Backup: a whole workspace in one file that opens alone, with the passphrase or the recovery key (FORMAT.md, kind 4).
//
// Pure: bytes in, bytes out. It holds the newest snapshot and the entries after it; not the journal before that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "vault/envelope.hpp"
#include "vault/keys.hpp"
#include "vault/records.hpp"
#include "vault/recovery_key.hpp"

namespace entente::vault {

inline constexpr std::uint64_t kMaxBackupBytes = kMaxPlainBytes + (64u << 20);  // padding takes at most 12 %

struct BackupContent {
    DeviceId device;
    std::uint64_t made_utc_ms = 0;         // when the backup was made
    Digest journal_hash{};                 // of the newest journal record; zeros for none
    std::optional<Bytes> snapshot;         // plain; the state after `snapshot_sequence` entries
    std::uint64_t snapshot_sequence = 0;
    std::vector<Bytes> entries;            // plain, in order: snapshot_sequence + 1 .. sequence
    std::uint64_t sequence = 0;
};

void wipe(BackupContent& content);

// `header` gives vault_id, the epochs, the time and the nonce; kind, sequences and checksum are set here.
Bytes seal_backup(EnvelopeHeader header, const SecretKey& key, const BackupContent& content, ByteView slot_table);
// Damaged, Unsupported, or TooLarge beyond what an envelope may hold.
Result<LockedHeader> read_locked_backup(ByteView file);
Result<BackupContent> open_backup(ByteView file, const LockedHeader& locked, const SecretKey& root);
Result<BackupContent> open_backup_with(ByteView file, const LockedHeader& locked, const SecretKey& key);  // the subkey "backup"
// Everything at once, on the calling thread: about a second for a passphrase. WrongSecret where it opens no slot.
Result<BackupContent> open_backup(ByteView file, const Secret& secret);

// NAME_seq1234_ab12cd34.entente: what may stand in a file name of `name` (letters, digits, - and _; at most 60 bytes, "workspace"
// where nothing is left), the sequence, and the first 8 hex digits of the journal hash.
std::string backup_name(std::string_view name, std::uint64_t sequence, const Digest& journal_hash);
// NAME_auto_1a2b_mon.entente: one for each day of the week, so that seven days back are kept and no more. 0: Monday. `mark` is the
// browser's: several of a house may share a folder, and none writes over another's.
std::string automatic_backup_name(std::string_view name, std::string_view mark, int weekday);

}  // namespace entente::vault
