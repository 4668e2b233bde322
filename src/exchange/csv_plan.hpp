// A table of tasks -> a plan.
//
// Columns are guessed (csv_fields.hpp) or given by the person; rows are read (csv_rows.hpp), put into an outline where the file has
// one (csv_outline.hpp), and joined by their predecessors. Predecessors name ids, or names that stand once. What cannot be used is
// left out and listed with its line: unknown predecessors, links to oneself or to one's own summary, double links, and one link of
// each circle. Only what makes the whole unusable is an Error: no table, or more tasks, roles or links than a plan holds.
//
// Lengths: as stated; else the working time from start to finish; else nothing for a milestone and one day (estimated) for a task.
// A task without a length is a milestone where it says 0 or the milestone column says yes. Stated dates become constraints (start no
// earlier, or finish no earlier where only the finish is stated) where the links alone would put the task earlier, and are dropped
// where the links explain them. The project starts where the person says, else with the earliest stated start, else on the default day,
// at the beginning of the first working shift. The calendar is the house's, else Monday to Friday, 8 hours, no holidays.
//
// An owner is one or more roles: the house's where the name is the same, else new ones without rates. Client rows: client_part.hpp.
#pragma once

#include <string>
#include <vector>

#include "exchange/csv_fields.hpp"
#include "exchange/import_options.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

struct CsvColumn {
    std::string header;                // clean; "Column 3" where the file has none
    CsvField field = CsvField::None;
    std::vector<std::string> samples;  // up to three values, clean and short
};

struct CsvPlan {
    Imported imported;
    std::vector<CsvColumn> columns;
};

Result<CsvPlan> read_csv_plan(ByteView bytes, const ImportOptions& options, const house::House& house,
                              const NextId& next_id);

}  // namespace entente::exchange
