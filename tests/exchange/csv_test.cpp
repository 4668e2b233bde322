#include "exchange/csv.hpp"

#include <string>

#include <doctest.h>

#include "exchange/decode_text.hpp"

namespace {

using namespace entente;
using namespace entente::exchange;
using namespace std::string_literals;

CsvTable read(std::string_view text) {
    auto table = read_csv(bytes_of(text));
    REQUIRE(table.has_value());
    return std::move(*table);
}

// The table as text: cells joined by |, rows by /.
std::string flat(const CsvTable& table) {
    std::string out;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (row > 0) out += "/";
        for (std::size_t i = 0; i < table.cells_in(row); ++i)
            out += (i ? "|" : "") + std::string(table.cell(row, i));
    }
    return out;
}

Error refuse(std::string_view text) {
    auto table = read_csv(bytes_of(text));
    REQUIRE_FALSE(table.has_value());
    return table.error();
}

}  // namespace

TEST_CASE("csv: separators are found by what cuts the rows evenly") {
    CHECK(flat(read("a,b\n1,2\n")) == "a|b/1|2");
    CHECK(flat(read("a;b\n1,5;2\n")) == "a|b/1,5|2");
    CHECK(flat(read("a\tb\n1,5\t2;3\n")) == "a|b/1,5|2;3");
    CHECK(flat(read("sep=;\na;b\n1;2\n")) == "a|b/1|2");
    CHECK(flat(read("id,predecessors\n3,1;2\n4,1;2;3\n")) == "id|predecessors/3|1;2/4|1;2;3");
    CHECK(flat(read("one column\nonly\n")) == "one column/only");
}

TEST_CASE("csv: quotes, doubled quotes and line breaks inside") {
    CHECK(flat(read("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n")) == "a|b/x,y|he said \"no\"");
    const CsvTable table = read("a,b\r\n\"one\r\ntwo\",2\r\n3,4\r\n");
    CHECK(flat(table) == "a|b/one\r\ntwo|2/3|4");
    CHECK(table.line(1) == 2);
    CHECK(table.line(2) == 4);
    CHECK(flat(read("a,b\n\"\",x\n")) == "a|b/|x");
    CHECK(flat(read("a,b\n5\" reel,x\n")) == "a|b/5\" reel|x");
}

TEST_CASE("csv: text after a closing quote is kept and noted") {
    const CsvTable table = read("a,b\n\"x\"y,2\n");
    CHECK(flat(table) == "a|b/xy|2");
    REQUIRE(table.problems().size() == 1);
    CHECK(table.problems()[0].line == 2);
    CHECK_FALSE(table.problems()[0].error);
}

TEST_CASE("csv: line ends, blank rows and ragged rows") {
    CHECK(flat(read("a,b\r1,2\r3,4")) == "a|b/1|2/3|4");
    const CsvTable table = read("a,b\n\n , \n1\n2,3,4\n");
    CHECK(flat(table) == "a|b/1/2|3|4");
    CHECK(table.line(1) == 4);
    CHECK(table.ordinal(1) == 3);
    CHECK(table.cell(1, 1).empty());
    CHECK(table.columns() == 3);
    CHECK(flat(read("a,b,\n")) == "a|b|");
    CHECK(read("").rows() == 0);
    CHECK(read("\n\n,,\n").rows() == 0);
}

TEST_CASE("csv: a quote that is never closed is one error with the line it opens on") {
    const Error error = refuse("a,b\n1,2\n3,\"open\n4,5\n");
    CHECK(error.code == ErrorCode::BadInput);
    CHECK(error.where == "3");
    const Error far = refuse("a,b\n\"" + std::string(kMaxCsvCellBytes + 10, 'x') + "\",2\n");
    CHECK(far.code == ErrorCode::BadInput);
    CHECK(far.where == "2");
}

TEST_CASE("csv: limits") {
    const Error wide = refuse("a,b\n" + std::string(kMaxCsvColumns, ',') + "\n");
    CHECK(wide.code == ErrorCode::TooLarge);
    CHECK(wide.where == "2");
    CHECK(read(std::string(kMaxCsvColumns - 1, ',') + "x\n").columns() == kMaxCsvColumns);
    CHECK(refuse("a,b\n" + std::string(kMaxCsvCellBytes + 1, 'x') + ",2\n").code == ErrorCode::TooLarge);
    std::string tall;
    for (std::size_t i = 0; i <= kMaxCsvRows; ++i) tall += "1,2\n";
    CHECK(refuse(tall).code == ErrorCode::TooLarge);
    tall.resize(tall.size() - 4);
    CHECK(read(tall).rows() == kMaxCsvRows);
    CHECK(refuse(std::string(kMaxImportBytes + 1, 'a')).code == ErrorCode::TooLarge);
}

TEST_CASE("csv: encodings") {
    CHECK(flat(read("\xEF\xBB\xBF" "a,b\n1,\xC5\xB7\n")) == "a|b/1|\xC5\xB7");
    const std::string little = "\xFF\xFE" + "a\0,\0b\0\n\0\x77\x01,\0\x3D\xD8\xAC\xDF\n\0"s;
    CHECK(flat(read(little)) == "a|b/\u0177|\U0001F7AC");
    const std::string big = "\xFE\xFF" + "\0a\0,\0b\0\n\x01\x77\0,\0c\0\n"s;
    CHECK(flat(read(big)) == "a|b/\u0177|c");
    const CsvTable latin = read("name,b\nBeyonc\xE9 \x96 cut,2\n");
    CHECK(flat(latin) == "name|b/Beyonc\u00E9 \u2013 cut|2");
    REQUIRE(latin.problems().size() == 1);
    CHECK(latin.problems()[0].line == 0);
    const CsvTable broken = read("\xFF\xFE" + "a\0,\0\x3D\xD8\n\0"s);
    CHECK(flat(broken) == "a|\uFFFD");
    CHECK(broken.problems().size() == 1);
    CHECK(read("a,b\n1,x"s + '\0' + "y\n").problems().size() == 1);
}
