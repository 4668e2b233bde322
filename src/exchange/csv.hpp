// A bounded reader of comma, semicolon or tab separated text (RFC 4180, and what spreadsheets make of it).
//
// Read: quoted cells with doubled quotes and line breaks inside, LF, CRLF or CR, a byte order mark, UTF-8, UTF-16 and
// Windows-1252 (decode_text.hpp), a leading "sep=;" line. The separator is the one that cuts the first records into the same
// number of columns most often. Text after a closing quote is kept and noted. Blank records are left out, but lines are counted.
// Refused, each with its line: a quote that is never closed (BadInput), and anything beyond the limits below (TooLarge).
// Cells are the file's text unchanged: whoever shows one cleans it first (clean_utf8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

inline constexpr std::size_t kMaxCsvRows = 250'000;
inline constexpr std::size_t kMaxCsvColumns = 256;
inline constexpr std::size_t kMaxCsvCells = 2'000'000;
inline constexpr std::size_t kMaxCsvCellBytes = 64u << 10;

class CsvTable {
public:
    std::size_t rows() const { return rows_.size(); }
    std::size_t columns() const { return columns_; }  // of the widest row
    // Empty where the row is shorter. Lives as long as the table.
    std::string_view cell(std::size_t row, std::size_t column) const;
    std::size_t cells_in(std::size_t row) const { return rows_[row].count; }
    int line(std::size_t row) const { return rows_[row].line; }  // 1-based, where the row begins
    // The row's place among all records of the file, blank ones counted: what a sheet calls its row number, from 0.
    int ordinal(std::size_t row) const { return rows_[row].ordinal; }
    char separator() const { return separator_; }
    const std::vector<Problem>& problems() const { return problems_; }

private:
    friend class CsvReader;
    struct Span {
        std::uint32_t at = 0, size = 0;
    };
    struct Row {
        std::uint32_t first = 0, count = 0;
        int line = 0, ordinal = 0;
    };
    std::string text_;  // the cells' text, unquoted in place
    std::vector<Span> cells_;
    std::vector<Row> rows_;
    std::vector<Problem> problems_;
    std::size_t columns_ = 0;
    char separator_ = ',';
};

Result<CsvTable> read_csv(ByteView bytes);

}  // namespace entente::exchange
