// Envelope: one encrypted record. A 124-byte header, all of it authenticated, then ciphertext and tag (FORMAT.md).
//
//   0 "ENT1" | 4 fmt u8 | 5 kind u8 | 6 suite u8 | 7 flags u8 | 8 vault_id 16 | 24 key_epoch u32 | 28 writer_epoch u32
//   32 seq u64 | 40 base_seq u64 | 48 utc_ms u64 | 56 schema u32 | 60 plain_len u64 | 68 prev_hash 32 | 100 nonce 24 | 124 ct | tag
//
// XChaCha20-Poly1305, AAD = "entente/1/" || kind label || header (kinds 1 and 4: || slot table). Nonces are random. The plain
// text is padded with zeros to its Padme length before it is encrypted; a length or padding of any other form is refused, so
// that one record has one encoding. Pure: the nonce and the time come from the caller.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "vault/keys.hpp"
#include "vault/secret.hpp"

namespace entente::vault {

enum class Kind : std::uint8_t { Header = 1, Snapshot = 2, Journal = 3, Backup = 4, Share = 5, Agreed = 6, Head = 7 };

inline constexpr std::size_t kHeaderBytes = 124;
inline constexpr std::size_t kTagBytes = 16;
inline constexpr std::uint64_t kMaxPlainBytes = 512ull << 20;

using Nonce = std::array<std::uint8_t, 24>;

struct EnvelopeHeader {
    Kind kind = Kind::Journal;
    VaultId vault_id{};
    std::uint32_t key_epoch = 1;
    std::uint32_t writer_epoch = 0;
    std::uint64_t sequence = 0;
    std::uint64_t base_sequence = 0;
    std::uint64_t utc_ms = 0;       // for information only
    std::uint32_t schema = 1;       // of what is inside
    std::uint64_t plain_bytes = 0;
    Digest previous{};
    Nonce nonce{};
    friend bool operator==(const EnvelopeHeader&, const EnvelopeHeader&) = default;
};

// The Padme length: at most 12 % more, and only a few distinct lengths are seen from outside
// (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019).
std::uint64_t padme(std::uint64_t size);

// Damaged where it is not one of our records or cut short; Unsupported for an unknown fmt, suite, flag or schema.
Result<EnvelopeHeader> parse_header(ByteView record);

// The 124 bytes, as `header` stands.
Bytes header_bytes(const EnvelopeHeader& header);

// The whole record. `slots` is written between header and ciphertext and authenticated (kinds 1 and 4; else empty).
// `header.plain_bytes` is set from `plain`.
Bytes seal(EnvelopeHeader header, const SecretKey& key, ByteView plain, ByteView slots = {});

struct OpenedEnvelope {
    EnvelopeHeader header;
    Bytes plain;
};
// Damaged where any bit differs from what was sealed. `slot_bytes`: how long the slot table is.
Result<OpenedEnvelope> open_envelope(ByteView record, Kind kind, const VaultId& vault_id, const SecretKey& key,
                                     std::size_t slot_bytes = 0);

}  // namespace entente::vault
