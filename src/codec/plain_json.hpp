// plain_json: everything a workspace holds as one JSON document that any program can read: "entente-export", version 1 (EXPORT.md).
//
// It is driven by the same lists of fields as snapshots are, so that no field can be left out; only the house's signing key is.
// Pure: the time comes from the caller. Not encrypted, and not read back: the backup is for that.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "core/model.hpp"
#include "core/session.hpp"

namespace entente::codec {

// A line of the record: an entry, and what it did as a sentence.
struct RecordRow {
    std::uint64_t sequence = 0;
    std::int64_t utc_ms = 0;
    DeviceId device;
    EntryKind kind = EntryKind::Do;
    std::uint64_t of_sequence = 0;
    std::string what;
};

struct PlainWorkspace {
    const Model& model;
    std::uint64_t sequence = 0;             // of the newest entry
    std::int64_t changed_utc_ms = 0;        // when that was written; 0: nothing was
    Instant made;                           // when the export was
    const std::vector<RecordRow>& record;   // what is known of it, oldest first
};

std::string to_plain_json(const PlainWorkspace& workspace);

}  // namespace entente::codec
