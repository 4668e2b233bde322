// The rows of a plan in a table: each cell read by what its column means, nothing joined yet.
//
// Every text is clean (clean_utf8), on one line but for notes, and cut to the model's limits with a note. A value that cannot be
// read is left out and listed. A row without a name takes its id for one where it says how long it is or what it is linked to, and is left
// out where it does not; so is one with an id that stood before. A row that holds nothing but a name, where no column says the stage, is
// the heading of a stage.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan/calendar.hpp"
#include "exchange/csv.hpp"
#include "exchange/csv_fields.hpp"
#include "exchange/csv_values.hpp"
#include "exchange/problem_list.hpp"

namespace entente::exchange {

struct PlanRow {
    int line = 0;
    std::string code, name, stage, note, owner, wbs, parent, predecessors, successors;
    std::optional<int>
        level;  // from an outline column or from spaces before the name; the outermost is the least
    std::optional<CsvDuration> duration;
    std::optional<CsvDate> start, finish;
    bool coded = true;  // `code` is the file's, and not the number of its row
    bool milestone = false;
    ClientWord client = ClientWord::No;
    int percent_done = 0;
};

std::vector<PlanRow> read_plan_rows(const CsvTable& table, const CsvMapping& mapping, DurationUnits units,
                                    ProblemList& problems);

// How far a name is set in by the spaces before it, as an outline without a column of levels is drawn; a tab counts as four.
int indent_of(std::string_view name);

}  // namespace entente::exchange
