// codec_table: what src/codec writes, as a table: every type with its fields in their order, what each is, and the schema it came with.
//
// The table is made by an "archive" that walks the same lists of fields (ENTENTE_FIELDS) as reading and writing do, so that it cannot
// say anything else than the code. It is kept in src/codec/FORMAT.md for people and in tests/data/vectors/codec.json for programs.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "codec/plain_archive.hpp"
#include "codec/session.hpp"

namespace entente::vectors {

struct TableField {
    std::string name, type;
    int since = 1;
    std::string missing;  // what an older record is read as, in JSON; only where since > 1
};
// One of the three: a struct, an enumeration or a variant.
struct TableType {
    std::string name;
    std::vector<TableField> fields;
    std::vector<std::string> values;                               // 0, 1, 2, ...
    std::vector<std::pair<std::uint16_t, std::string>> alternatives;  // tag and type
};
using CodecTable = std::vector<TableType>;

// From the entry and the snapshot on, each type where it is first met.
CodecTable make_codec_table();

std::string text_of(const CodecTable& table);  // for FORMAT.md
std::string json_of(const CodecTable& table);  // codec.json

}  // namespace entente::vectors
