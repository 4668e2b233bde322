// What a column of an imported table can mean, and which column means what.
//
// Headers are matched without regard to case, accents, spaces and punctuation, in English, in Welsh, and as Microsoft Project,
// Smartsheet, Asana and Google Sheets write them. Each field is given to one column at most (links to several), the best match first. A
// guess that the column's own values contradict (a "Client" column of company names is no yes/no column) is dropped, and a name column
// of nothing but different numbers is the id. A person's own mapping replaces all guesses.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/message.hpp"
#include "exchange/csv.hpp"

namespace entente::exchange {

enum class CsvField : std::uint8_t {
    None,
    Id,
    Wbs,
    OutlineLevel,
    Parent,
    Name,
    Stage,
    Owner,
    DurationDays,
    DurationHours,
    Start,
    Finish,
    Predecessors,
    Milestone,
    Client,
    PercentDone,
    Note,
    Successors,
};
inline constexpr std::size_t kCsvFieldCount = 18;

// Links may be spread over several columns ("Successor 1", "Successor 2"); every other field is given to one.
constexpr bool may_repeat(CsvField field) { return field == CsvField::Predecessors || field == CsvField::Successors; }

// What a person reads for each field, in the order of CsvField.
std::array<Message, kCsvFieldCount> csv_field_names();

// Where the table's header stands and what its columns mean.
struct CsvMapping {
    bool has_header = true;
    std::size_t header_row = 0;          // meaningful where has_header
    std::vector<CsvField> fields;        // one for each column of the table

    std::size_t first_data_row() const { return has_header ? header_row + 1 : 0; }
    // The first column with that field; npos where there is none.
    std::size_t column(CsvField field) const;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

CsvMapping guess_mapping(const CsvTable& table);

// What a number without a unit in a column of lengths is worth where its header says so: minutes, or working days; 0: it does not.
struct HeaderUnit {
    std::int64_t minutes = 0, days = 0;
};
HeaderUnit header_unit(std::string_view header);

// The guess with its fields replaced by indexes into CsvField, one for each column; indexes out of range mean None, and a field
// that stands twice keeps its first column.
CsvMapping chosen_mapping(const CsvMapping& guess, const std::vector<int>& fields);

}  // namespace entente::exchange
