// Vectors: small files for anyone who writes a reader of our formats, each with the one thing that must come of it.
//
// All are made from fixed numbers by make_*.cpp, so that they have the same bytes wherever they are made. `expect` is what a reader
// says: ok, damaged, unsupported, wrong_secret, bad_input, too_large, expired, conflict (src/vault/FORMAT.md). `why` is the first rule
// of FORMAT.md that fails: the second reader (tests/reader) names it too.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/memory/memory.hpp"
#include "vault/backup.hpp"
#include "vault/envelope.hpp"
#include "vault/records.hpp"

namespace entente::vectors {

struct Vector {
    std::string file, kind, expect, why;
    Bytes bytes;
};
using Vectors = std::vector<Vector>;

inline constexpr const char* kPassphrase = "Cwm-glas 7 yn y bore";
inline constexpr const char* kOtherPassphrase = "Cwm-glas 7 yn y bora";
inline constexpr vault::KdfParameters kQuick{19 * 1024, 1};  // the least that a reader accepts
inline constexpr const char* kToday = "2026-05-25";

// The keys that everything is made with.
struct Kit {
    Kit();
    vault::SecretKey root{Bytes(vault::kKeyBytes, 0x42)};
    vault::VaultId vault_id{};
    vault::VaultKeys keys;
    vault::RecoveryKey recovery{Bytes(vault::kKeyBytes, 0x24)};
    Bytes table;  // a slot for the passphrase, one for the recovery key

    vault::Slot passphrase_slot(const char* passphrase = kPassphrase) const;
    vault::Slot recovery_slot() const;
};

// A header as it stands in a record, its parts one by one, so that they can be wrong.
struct Record {
    vault::EnvelopeHeader header;
    Bytes slots;    // kinds hdr and backup
    Bytes content;  // what is padded
};

// Header bytes, slots, and `padded` sealed as it is under the kind's label; kinds hdr and backup get their checksum.
Bytes seal_as_is(Bytes header, const Bytes& slots, const Bytes& padded, std::string_view label, const vault::SecretKey& key);
Bytes padded_as_told(const Bytes& content);
std::string_view label_of(vault::Kind kind);
const vault::SecretKey& key_of(const Kit& kit, vault::Kind kind);

void add_envelopes(Vectors& out, const Kit& kit);  // every kind: header, padding, seal
void add_slots(Vectors& out, const Kit& kit);
void add_contents(Vectors& out, const Kit& kit);   // hdr, head and backup inside
void add_texts(Vectors& out, const Kit& kit);      // recovery keys, witnesses
void add_stores(Vectors& out, const Kit& kit);     // headers, heads, snapshots and a journal together
void add_pairs(Vectors& out, const Kit& kit);      // both stores and the witness
void add_mirrors(Vectors& out, const Kit& kit);    // the same as the two files that the mirror keeps
void add_links(Vectors& out);
void add_codec(Vectors& out);

// The records of a store by name and key; a whole workspace of four entries and a snapshot.
using Store = std::map<std::string, std::map<std::uint64_t, Bytes>>;
Store usual_store(const Kit& kit);
Bytes listing_of(const Store& store);

// All of them, and the index (vectors.json).
Vectors make_all();
std::string index_of(const Vectors& all, const Kit& kit);

}  // namespace entente::vectors
