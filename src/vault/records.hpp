// Records: what stands inside the header ("hdr") and head envelopes, and how both are found in the store.
//
// Two copies of each (keys 0 and 1). The header copies are written together and carry the same slots; the heads are written
// in turn, so that one whole head remains whatever happens to the other. FORMAT.md gives the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "vault/envelope.hpp"
#include "vault/keys.hpp"

namespace entente::vault {

// Names of the stores.
inline constexpr const char* kHeaderStore = "hdr";
inline constexpr const char* kHeadStore = "head";
inline constexpr const char* kSnapshotStore = "snap";
inline constexpr const char* kJournalStore = "jrnl";

// The checksum in prev_hash of kinds 1 and 4: what tells damage from a wrong passphrase before any key is known.
Digest header_check(ByteView header, ByteView slot_table);

// A header record, or a backup, before any key is known: whole as far as the checksum goes, and of our format.
struct LockedHeader {
    EnvelopeHeader header;
    Bytes slot_table;
    std::vector<Slot> slots;
};

struct HeaderContent {
    DeviceId device;
    std::uint64_t made_utc_ms = 0;
};

Bytes seal_header(EnvelopeHeader header, const SecretKey& key, const HeaderContent& content, const std::vector<Slot>& slots);
Result<LockedHeader> read_locked_header(ByteView record, Kind kind = Kind::Header);
Result<HeaderContent> open_header(ByteView record, const LockedHeader& locked, const SecretKey& key);

// A snapshot that the head names: newest first in Head::snapshots.
struct SnapshotRef {
    std::uint64_t sequence = 0;
    Digest record_hash{};
    std::uint32_t day = 0;  // made on this day since 1970, UTC; 0: not noted, the record itself says when
    friend bool operator==(const SnapshotRef& a, const SnapshotRef& b) {
        return a.sequence == b.sequence && a.record_hash == b.record_hash;
    }
};

inline constexpr std::size_t kKeptSnapshots = 3;
inline constexpr std::uint32_t kKeptDays = 14;
inline constexpr std::size_t kMaxSnapshotRefs = 64;

// Which are kept, of snapshots newest first: three, and beyond those the newest of each of the last fourteen days.
std::vector<SnapshotRef> kept_snapshots(const std::vector<SnapshotRef>& snapshots, std::uint32_t today);

// Where the journal ends. The newest of the two valid ones (highest generation) counts.
struct Head {
    std::uint64_t generation = 0;
    std::uint32_t writer_epoch = 0;
    std::uint64_t sequence = 0;          // of the newest journal record; 0: none yet
    Digest journal_hash{};               // of that record; zeros where none
    std::uint64_t base = 0;              // the journal's records 1 to `base` are not kept; a snapshot of them is
    std::vector<SnapshotRef> snapshots;  // newest first
    friend bool operator==(const Head&, const Head&) = default;

    std::uint64_t snapshot_sequence() const { return snapshots.empty() ? 0 : snapshots.front().sequence; }
};

Bytes seal_head(EnvelopeHeader header, const SecretKey& key, const Head& head);
Result<Head> open_head(ByteView record, const VaultId& vault_id, const SecretKey& key);

// What the witness keeps: enough to know that a workspace was here, and how far it had come.
struct WitnessNote {
    VaultId vault_id{};
    std::uint64_t sequence = 0;
    std::array<std::uint8_t, 8> head8{};  // the first bytes of the newest journal record's hash
    friend bool operator==(const WitnessNote&, const WitnessNote&) = default;
};
std::string write_witness(const WitnessNote& note);
std::optional<WitnessNote> read_witness(const std::string& text);

}  // namespace entente::vault
