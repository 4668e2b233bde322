// plain_tables: everything a project (or the house) holds as tables for a spreadsheet, driven by the same lists of fields as the plain
// JSON, so that no field can be left out.
//
// Each list is a table, a list inside a list's items another one ("changes", "changes_lines"), whose rows say in `belongs_to` whose they
// are and in `place` where they stand. A member that is itself a group gives columns "constraint.kind". What names a thing is two
// columns: `role`, its name, and `role_id`. Money is in whole units with its point: "amount" for `amount_minor`. Cells are plain: whoever
// writes a file escapes them.
#pragma once

#include <string>
#include <vector>

#include "core/model.hpp"

namespace entente::codec {

struct PlainTable {
    std::string name;  // "tasks"
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  // some shorter than `columns`
};

// Empty lists have no table. The first is the project itself, one row.
std::vector<PlainTable> plain_tables(const Model& model, const plan::Project& project);
std::vector<PlainTable> plain_tables(const house::House& house);

}  // namespace entente::codec
