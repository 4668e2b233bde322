// compile: from a project to a Program, by the rules of the scheduler (core/plan/network.hpp), whose network it reads.
//
// What varies: the length of every task that is not finished, within its own estimate or else within the house's spread for its
// stage. Of a task under way only what remains varies, in proportion. Milestones, lags, dates that were set and facts do
// not vary; a percentage lag stays what the planned length makes it. A task As Late As Possible begins when the plan says it
// begins, or later where what comes before it is late.
//
// Without variation a run gives the schedule's own dates, exactly; a test proves it on random plans of all kinds.
#pragma once

#include "base/result.hpp"
#include "core/plan/schedule.hpp"
#include "core/risk/program.hpp"
#include "core/risk/spread.hpp"

namespace entente::risk {

// Fails as compute_schedule does on a loop, and with TooLarge where the plan is beyond the limits of Program.
// Targets: the project first, then promises in their order, then milestones in the plan's, at most kMostTargets.
Result<Program> compile(const plan::Project& project, const std::vector<Spread>& spreads);

// An estimate's limits around the planned length: `optimistic` is never above it, `pessimistic` never below.
struct Limits {
    std::int64_t optimistic_minutes = 0, pessimistic_minutes = 0;
    bool own = false;  // the task's own estimate
};
Limits limits_of(const plan::Project& project, const plan::Task& task, const std::vector<Spread>& spreads);

// A plan in which no task varies: for comparison with the schedule.
Result<Program> compile_without_variation(const plan::Project& project);

}  // namespace entente::risk
