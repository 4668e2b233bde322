// The scheduler: forward and backward pass over a project's tasks and links, working calendars respected.
//
// Purpose: early and late dates, total and free float, critical tasks, each date's driving predecessor. Results are derived
// and never stored. Rows stand parallel to Project::tasks. Pure: the same project gives the same schedule, however it was reached.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/message.hpp"
#include "base/result.hpp"
#include "core/plan/model.hpp"

namespace entente::plan {

// Why a task starts when it does.
enum class DrivenBy : std::uint8_t { ProjectStart, Predecessor, Constraint, Actual, Manual, Children, StatusDate };

struct ScheduledTask {
    LocalMinute early_start, early_finish, late_start, late_finish;  // starts at a shift's start, finishes at its end
    LocalMinute start, finish;              // what is shown: early dates, or late for As Late As Possible
    std::int64_t total_float_minutes = 0;   // working minutes; negative where a date cannot be met
    std::int64_t free_float_minutes = 0;
    bool critical = false;                  // total float <= the project's limit (0) and not done
    DrivenBy driven_by = DrivenBy::ProjectStart;
    LinkId driving;                         // where driven_by is Predecessor

    friend bool operator==(const ScheduledTask&, const ScheduledTask&) = default;
};

struct ScheduleWarning {
    Message text;
    TaskId task;
};

// Which run of which Scheduler filled a schedule, so that it knows its own answer again. Copies of the schedule keep it.
struct ScheduleMark {
    std::shared_ptr<const char> scheduler;  // none: nobody's. Held, so that no later one can be taken for it
    std::uint64_t run = 0;
    friend bool operator==(const ScheduleMark&, const ScheduleMark&) = default;
};

struct Schedule {
    std::vector<ScheduledTask> rows;
    LocalMinute start, finish;              // of the project
    std::int64_t working_minutes = 0;       // between them, in the project's calendar
    std::int64_t critical_tasks = 0;        // how many rows are critical, summaries not counted
    std::vector<ScheduleWarning> warnings;  // in the order of the tasks
    ScheduleMark mark;
};

// Near-critical: not critical, but no more than `limit_minutes` of total float above the project's own limit.
inline bool near_critical(const Project& project, const ScheduledTask& row, std::int64_t limit_minutes) {
    return !row.critical && row.total_float_minutes > project.critical_float_minutes &&
           row.total_float_minutes <= project.critical_float_minutes + limit_minutes;
}

// What a command changed in a project. Tasks: any of their own values. Links: values of a link, or a link that was added or
// removed. Everything else (tasks added, removed or moved in the outline, calendars, the project's own facts) is `everything`.
// Names count too where they stand in a warning. core/plan/schedule_touch.hpp makes it from a Command.
struct Touched {
    std::vector<TaskId> tasks;
    std::vector<LinkId> links;
    bool everything = false;

    void add(const Touched& other);
};

// Fails (BadInput) on a loop, naming the tasks in it.
Result<Schedule> compute_schedule(const Project& project);

// A schedule that is asked for again and again while a plan is edited: the network is kept, and an edit costs only what it moves.
class Scheduler {
public:
    Scheduler();
    ~Scheduler();
    Scheduler(Scheduler&&) noexcept;
    Scheduler& operator=(Scheduler&&) noexcept;

    // Always equal to compute_schedule(project): builds from nothing.
    Result<Schedule> run(const Project& project);

    // Brings `kept` up to date with the project, given all that was touched since the last run or update. `kept` is the schedule
    // of that run (or a copy of it, or any other: then every row is filled), and is written in place. Equal to
    // compute_schedule(project) as long as nothing touched is left out. On an error `kept` stays as it is.
    Result<void> update(const Project& project, const Touched& touched, Schedule& kept);

    // The rows (ascending) that the last update changed; every row where it had to start from nothing.
    const std::vector<std::uint32_t>& changed() const { return changed_; }

    // Compares every task and link with what is known before each update, and starts from nothing where a change was left out of
    // `touched`. On in builds with assertions, off in others, where it would cost as much as a whole pass. Such updates are counted.
    void check_touched(bool on) { checking_ = on; }
    std::uint64_t missed() const { return missed_; }

    struct Network;  // network.hpp, for the scheduler's own files

private:
    Result<void> rebuild(const Project& project, Schedule& kept);
    void remember(const Project& project, Schedule& kept);
    bool overlooked(const Project& project, const Touched& touched) const;

    std::unique_ptr<Network> network_;
    std::vector<std::uint32_t> changed_;
    std::vector<std::uint64_t> prints_;  // where checking: of the project, then of each task, then of each link
    ScheduleMark mark_;  // of the last run
    bool built_ = false;  // the network is that of the last run; else only its memory counts
    std::uint64_t missed_ = 0;
#ifdef NDEBUG
    bool checking_ = false;
#else
    bool checking_ = true;
#endif
};

}  // namespace entente::plan
