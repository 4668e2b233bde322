// The outline of a table's rows: which row stands under which, in an order in which a summary comes before what it holds.
//
// In this order of preference: a parent column (an id or a unique name), outline levels or indents, dotted numbers in a WBS column
// ("1.2.3" stands under "1.2"), dotted ids where each has its parent in the file. Without any of these the plan is flat: stages group
// it, and no summary is invented. Parents in a circle, and outlines deeper than kMaxOutlineDepth, are noted and flattened.
#pragma once

#include <cstddef>
#include <vector>

#include "exchange/csv_rows.hpp"
#include "exchange/problem_list.hpp"

namespace entente::exchange {

inline constexpr std::size_t kMaxOutlineDepth = 50;

struct OutlineRow {
    std::size_t row = 0;            // index into the rows
    std::size_t parent = 0;         // index into the outline (an earlier one); kNoParent at the top
    bool summary = false;           // something stands under it
};
inline constexpr std::size_t kNoParent = static_cast<std::size_t>(-1);

std::vector<OutlineRow> arrange_outline(const std::vector<PlanRow>& rows, ProblemList& problems);

}  // namespace entente::exchange
