// Tasks and links: the smallest parts of a plan, shared by the plan and by changes to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace entente::plan {

enum class TaskKind : std::uint8_t { Task, Milestone, Summary };

// As Microsoft Project names them. Dates are local; the *NET/*NLT kinds bind the start (S) or the finish (F).
enum class ConstraintKind : std::uint8_t {
    AsSoonAsPossible, AsLateAsPossible, MustStartOn, MustFinishOn,
    StartNoEarlierThan, StartNoLaterThan, FinishNoEarlierThan, FinishNoLaterThan,
};

struct Constraint {
    ConstraintKind kind = ConstraintKind::AsSoonAsPossible;
    LocalMinute at;  // unused by the first two kinds
    friend bool operator==(const Constraint&, const Constraint&) = default;
};

// A role working on a task. `units_permille` 1000 is one person full time.
struct Assignment {
    RoleId role;
    std::int32_t units_permille = 1000;
    std::optional<std::int64_t> work_minutes;  // where the source states it; else duration x units
    friend bool operator==(const Assignment&, const Assignment&) = default;
};

// A length between at best and at worst; the most likely one is the task's own.
struct Estimate {
    std::int64_t optimistic_minutes = 0, pessimistic_minutes = 0;  // optimistic <= duration_minutes <= pessimistic when it is set
    friend bool operator==(const Estimate&, const Estimate&) = default;
};

// What the scheduler reads of every task comes first and lies side by side.
struct Task {
    TaskId id;
    TaskId parent;                       // none: top level
    TaskKind kind = TaskKind::Task;
    bool elapsed = false;
    bool client_visible = false;
    bool active = true;                  // an inactive task takes no part in the schedule
    bool estimated = false;
    bool manual = false;                 // stands where it was put: manual_start, manual_start + duration
    std::int32_t percent_done = 0;       // 0..100 of the duration
    std::int64_t duration_minutes = 0;   // of working time, or of elapsed time where `elapsed`
    std::int64_t pause_minutes = 0;      // of working time inside it in which it rests (a split task)
    CalendarId calendar;                 // none: the project's
    Constraint constraint;
    std::optional<LocalMinute> deadline;
    std::int64_t levelling_delay_minutes = 0;  // elapsed minutes, as Microsoft Project keeps it
    std::optional<LocalMinute> actual_start, actual_finish;
    LocalMinute manual_start, manual_finish;
    std::string code;                    // the source's own id ("12"), shown and used by `entente schedule`
    std::string name;
    std::string stage;                   // "Edit", "Sound": what the timeline groups by
    std::string note;                    // internal
    std::vector<Assignment> assignments;
    std::optional<Estimate> estimate;    // none: the house's spread for its stage

    friend bool operator==(const Task&, const Task&) = default;
};

enum class LinkKind : std::uint8_t { FinishToStart, StartToStart, FinishToFinish, StartToFinish };
enum class LagUnit : std::uint8_t { Working, Elapsed, PercentOfPredecessor };

struct Link {
    LinkId id;
    TaskId from, to;                    // predecessor, successor
    LinkKind kind = LinkKind::FinishToStart;
    LagUnit lag_unit = LagUnit::Working;
    std::int64_t lag_minutes = 0;       // minutes, or whole percent; negative is a lead

    friend bool operator==(const Link&, const Link&) = default;
};

}  // namespace entente::plan
