// Predecessors of a table's rows -> links between the plan's tasks.
#pragma once

#include <vector>

#include "exchange/csv_outline.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

// The plan's tasks stand parallel to `outline`. Adds the links to the project; lists what could not be linked.
// False where there are more references than kMaxImportReferences: nothing more is read then.
bool add_links(const std::vector<PlanRow>& rows, const std::vector<OutlineRow>& outline, DurationUnits units,
               const NextId& next_id, plan::Project& project, ProblemList& problems);

inline constexpr int kMaxLoops = 25;

// Takes one link out of each circle of tasks that wait for each other: the one whose waiting task stands last in the file. `lines`
// stands parallel to the project's tasks. BadInput where there are more circles than kMaxLoops.
Result<void> drop_loops(plan::Project& project, const std::vector<int>& lines, ProblemList& problems);

}  // namespace entente::exchange
