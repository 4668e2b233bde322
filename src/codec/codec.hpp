// codec: entries and snapshots as bytes, for the vault to keep.
//
// Little-endian, fixed width, 64-bit sizes; begins with the schema's number. Decoding is bounded (an element count is never
// more than what the remaining bytes could hold, depth is at most 32) and strict: booleans are 0 or 1, tags and enumerations
// known, texts valid UTF-8, nothing left over; what was decoded is encoded again in its own schema and must give the same bytes. An
// older record is then said as today (upgrade.hpp). Errors:
// Unsupported for an unknown schema, Damaged for everything else. Nothing here throws.
// Golden files of every released schema are in tests/data/golden and must decode for ever.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "core/model.hpp"
#include "core/session.hpp"

namespace entente::codec {

// Malformed UTF-8 in a text is written as clean_utf8() makes it, so that what is written can always be read.
Bytes encode_entry(const Entry& entry);
Result<Entry> decode_entry(ByteView bytes);

// The model after `sequence` entries, the newest of them stamped `time`.
struct Snapshot {
    Model model;
    std::uint64_t sequence = 0;
    HybridTime time;
    std::uint64_t last_id = 0;  // low 40 bits of the newest id ever given out, also of things that are gone
};

Bytes encode_snapshot(const Model& model, std::uint64_t sequence, HybridTime time, std::uint64_t last_id);
Result<Snapshot> decode_snapshot(ByteView bytes);

}  // namespace entente::codec
