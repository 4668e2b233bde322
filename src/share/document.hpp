// The status document: a Status as packed columns and a list of texts. Version 1; written down in share/FORMAT.md.
//
// The columns are sections `tag u8, length varint, payload`, tags ascending, empty lists left out. A section is its list column
// by column: all dates as differences, then all states, and so on, as bits (share/bits.hpp). The texts stand apart so that
// they compress together: one a line, in the order in which the sections ask for them, the first letter of most made small
// (a flag tells), because phrases repeat inside sentences.
//
// Nesting ends at two levels, section and column: there is nothing that a document could nest deeper.
#pragma once

#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "share/status.hpp"

namespace entente::share {

struct Document {
    Bytes columns;
    std::string texts;
    friend bool operator==(const Document&, const Document&) = default;
};

// `base` is the day that dates are counted from: the day of issue. The status must be valid().
Document encode_document(const Status& status, Day base);

// Damaged where the document is not exactly what encode_document makes of the result, Unsupported where it holds a section
// that this version does not know.
Result<Status> decode_document(const Document& document, Day base);

}  // namespace entente::share
