// What moved against a baseline, and why: dates in working days, and the agreement or the plan edit that moved them.
//
// A baseline holds recorded dates, so a move between two baselines belongs to the change that made the later one (or to the plan
// as it stood when the later one was kept by hand). What moved since the last baseline is found by taking the differences back one
// after the other (the status date, then places and lengths of tasks in the order of their baseline) and scheduling again: each
// difference gets the days that the date comes back by; what none of them explains is named as other edits. Since working days
// add up, the parts of a move always add up to the whole.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plan/query.hpp"

namespace entente::plan {

struct VarianceRow {
    TaskId task;
    bool in_baseline = false;        // false: the task came later; then only start and finish count
    Day baseline_start, baseline_finish, start, finish;
    std::int64_t start_days = 0, finish_days = 0;  // working days; above zero: later than in the baseline
};
// One row for each task, in the plan's order.
std::vector<VarianceRow> variance_rows(const Project& project, const Schedule& schedule, const Baseline& baseline);

// Of the tasks that a baseline holds, how many are no longer in the plan.
std::int64_t tasks_gone(const Project& project, const Baseline& baseline);

enum class MoverKind : std::uint8_t {
    Longer, Shorter,     // the task's length
    Later, Sooner,       // it really began on another day
    Placed,              // a date it was given by hand or by a constraint
    Added,               // it was not in the baseline
    StatusDate,          // work that was not done by the status date
    Other,               // links, calendars, tasks that were taken out
};
struct Mover {
    MoverKind kind = MoverKind::Other;
    TaskId task;         // none for StatusDate and Other
    bool done = false;   // the task is finished
    std::int64_t days = 0;
};

struct MovePart {
    BaselineId to;       // the later baseline; none: since the last one
    ChangeId change;     // what made it; none: it was kept by hand
    std::int64_t days = 0;
    std::vector<Mover> movers;  // since the last baseline: what moved it; they add up to `days`
};

struct MoveStory {
    TaskId task;
    PromiseId promise;   // none: a milestone that nobody promised
    Day before, now;     // finish in the baseline, and as forecast
    std::int64_t days = 0;
    std::vector<MovePart> parts;  // oldest first; only what moved it; they add up to `days`
};

// Every promise and every milestone that the baseline holds, in the plan's order. At most kMostDifferences are taken back, the
// largest ones; smaller ones count as other edits.
inline constexpr std::size_t kMostDifferences = 60;
std::vector<MoveStory> move_stories(const Project& project, const Schedule& schedule, BaselineId from);

// "“Delivery” moved +5 days: +3 by CR-002 (One more week of grade), +2 since (“Online conform” took longer)."
Message story_sentence(const Project& project, const MoveStory& story);
// "“Online conform” took longer"
Message mover_words(const Project& project, const Mover& mover);

}  // namespace entente::plan
