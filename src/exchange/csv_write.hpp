// Tables out: RFC 4180 with CRLF, UTF-8 with a byte order mark (spreadsheets need it), safe from formulas.
//
// A text that begins with = + - @ (also the wide ones of East Asian keyboards), a tab or a line end is taken for a formula by spreadsheets,
// so it goes out with an apostrophe before it; so does a text of apostrophes and then one of these, and the reader takes exactly one off
// again. The same holds after every semicolon, tab and line end inside a text, but for blanks: a spreadsheet whose separator is the
// semicolon does not see that the text is in quotation marks, and begins a cell there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/message.hpp"
#include "core/house/model.hpp"
#include "core/plan/model.hpp"

namespace entente::exchange {

// The text as it stands in a cell before quoting: with its guards where it needs some.
std::string guard_formula(std::string_view text);
// Takes the guards off a cell's text.
std::string without_formula_guard(std::string_view text);
// Guarded, and in quotation marks where it holds a separator, a quotation mark or a line break.
void append_csv_cell(std::string& out, std::string_view text);
void append_csv_row(std::string& out, const std::vector<std::string>& cells);

// The plan as a table that read_csv_plan reads back to the same plan, as far as a table tells of it: ids, outline, names, stages,
// owners, lengths, start and finish dates that bind, links with lags, milestones, client parts, progress, notes. Calendars, promises,
// baselines, costs and other constraints are not in it. Ids that would not read back are replaced by row numbers. `roles` names the
// roles of the assignments: the house's, and an import's new ones.
std::string plan_to_csv(const plan::Project& project, const std::vector<house::Role>& roles);

// What of this project a table does not tell; empty where it tells all.
std::vector<Message> left_out_of_csv(const plan::Project& project);

}  // namespace entente::exchange
