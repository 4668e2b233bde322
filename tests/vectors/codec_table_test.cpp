// What src/codec/FORMAT.md and codec.json say is what the code does. With ENTENTE_WRITE_VECTORS=1 in the environment both are written.
#include "tests/vectors/codec_table.hpp"

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>

#include <doctest.h>

#include "tests/support/golden.hpp"

using namespace entente;
using namespace entente::vectors;

namespace {

const std::string kText = std::string(ENTENTE_SOURCE_DIR) + "/src/codec/FORMAT.md";
const std::string kJson = std::string(ENTENTE_TEST_DATA) + "/vectors/codec.json";
constexpr std::string_view kBegin = "<!-- table: written by entente_test_vectors with ENTENTE_WRITE_VECTORS=1 -->\n";
constexpr std::string_view kEnd = "<!-- end -->\n";

std::string read(const std::string& path) { return std::string(text_of(test::read_file(path))); }

void write(const std::string& path, const std::string& text) {
    std::FILE* file = std::fopen(path.c_str(), "wb");
    REQUIRE(file);
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
}

// The text with the table in its place; empty where it has no place for one.
std::string with_table(const std::string& text, const std::string& table) {
    const std::size_t begin = text.find(kBegin), end = text.find(kEnd);
    if (begin == std::string::npos || end == std::string::npos) return {};
    return text.substr(0, begin + kBegin.size()) + table + text.substr(end);
}

}  // namespace

TEST_CASE("codec table: the description of the codec's bytes is what the code does") {
    const CodecTable table = make_codec_table();
    const std::string json = json_of(table), text = with_table(read(kText), text_of(table));
    REQUIRE_MESSAGE(!text.empty(), "FORMAT.md has no place for the table");
    if (const char* wanted = std::getenv("ENTENTE_WRITE_VECTORS"); wanted && std::string(wanted) == "1") {
        write(kJson, json);
        write(kText, text);
    }
    // Not CHECK(a == b): the texts are long.
    CHECK_MESSAGE((read(kJson) == json), "tests/data/vectors/codec.json says otherwise");
    CHECK_MESSAGE((read(kText) == text), "src/codec/FORMAT.md says otherwise");
    CHECK(text.rfind("# The codec's bytes, schema " + std::to_string(codec::kSchema) + "\n", 0) == 0);
    std::size_t fields = 0;
    for (const TableType& type : table) fields += type.fields.size();
    std::printf("figure: codec table: %zu types, %zu fields\n", table.size(), fields);
}

TEST_CASE("codec table: each type has a name of its own, each field of it too, and no words are empty") {
    std::set<std::string> types;
    for (const TableType& type : make_codec_table()) {
        INFO(type.name);
        CHECK(types.insert(type.name).second);
        CHECK((!type.fields.empty()) + (!type.values.empty()) + (!type.alternatives.empty()) == 1);
        std::set<std::string> names;
        for (const TableField& field : type.fields) {
            CHECK_MESSAGE(names.insert(field.name).second, field.name);
            CHECK(field.since >= 1);
            CHECK(field.since <= static_cast<int>(codec::kSchema));
        }
        for (const std::string& value : type.values) CHECK(!value.empty());
    }
}
