// Questions about a plan, answered from a project and its schedule: promises, client decisions, why a date is what it is.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/plan/query_days.hpp"
#include "core/plan/schedule.hpp"

namespace entente::plan {

enum class PromiseHealth : std::uint8_t { Kept, Tight, Missed, Done };  // Tight: fewer than `kTightDays` working days of room

inline constexpr int kTightDays = 2;

struct PromiseRow {
    PromiseId promise;
    TaskId task;
    std::uint32_t place = 0;     // where the task stands in Project::tasks
    Day promised, forecast;
    std::int64_t room_days = 0;  // working days from forecast to promise; negative: late
    PromiseHealth health = PromiseHealth::Kept;

    friend bool operator==(const PromiseRow&, const PromiseRow&) = default;
};
std::vector<PromiseRow> promise_rows(const Project& project, const Schedule& schedule);
// Brings the rows of the same tasks and promises up to date: those of the tasks (by place, ascending) that are scheduled otherwise or were
// edited. Equal to promise_rows() as long as none is left out.
void update_promise_rows(const Project& project, const Schedule& schedule, const std::vector<std::uint32_t>& changed,
                         std::vector<PromiseRow>& rows);
// Working days as a table over every day that the rows name.
Workdays workdays_between(const Project& project, const std::vector<PromiseRow>& rows, const std::vector<PromiseRow>& others = {});

struct DecisionRow {
    DecisionId decision;
    TaskId task;
    std::optional<Day> needed_by;    // the latest working day that moves no promise; none where nothing waits for it
    Day forecast;                    // when the plan has it
    std::int64_t float_minutes = 0;  // working minutes from forecast to needed_by
    std::int64_t slip_days_per_day = 0;  // working days the first moved promise slips for one working day beyond needed_by
    PromiseId moves;                 // the first promise that would move; none where none
    bool answered = false;
    bool overdue = false;            // not answered and needed_by is before `today`
};
// `today` decides only what is overdue.
std::vector<DecisionRow> decision_rows(const Project& project, const Schedule& schedule, Day today);

// The driving chain of a task's start, from the task back to a fact (the project's start, a fixed date, something done), in
// order; each step as one plain sentence. A summary leads to the child that decides it.
struct WhyStep {
    TaskId task;
    LinkId link;      // none at the fact
    Message text;
};
std::vector<WhyStep> why(const Project& project, const Schedule& schedule, TaskId task);

// The same in one sentence that a client follows: the two or three links of the chain that matter (what the client decides or
// gives, fixed dates and facts, the longest tasks, what comes right before). Empty where the plan has no such task.
enum class WhyOf : std::uint8_t { Start, Finish };
Message why_sentence(const Project& project, const Schedule& schedule, TaskId task, WhyOf of);

// The working time of a task, as the scheduler reads it: every minute where it is elapsed; else its own calendar, the project's
// where that is missing or cannot be used, and a standard one where neither can.
WorkClock clock_for(const Project& project, const Task& task);

// Working days from a to b in the project's calendar, a not counted; negative backwards. Friday to Monday is 1.
std::int64_t working_days(const Project& project, Day a, Day b);

// The day on which a task is done: a finish at midnight belongs to the day before.
Day finish_day(const ScheduledTask& row);

}  // namespace entente::plan
