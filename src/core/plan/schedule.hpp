// The scheduler: forward and backward pass over a project's tasks and links, working calendars respected.
//
// Purpose: early and late dates, total and free float, critical tasks, each date's driving predecessor. Results are derived
// and never stored. Rows stand parallel to Project::tasks. Pure: the same project gives the same schedule.
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
};

struct ScheduleWarning {
    Message text;
    TaskId task;
};

struct Schedule {
    std::vector<ScheduledTask> rows;
    LocalMinute start, finish;              // of the project
    std::int64_t working_minutes = 0;       // between them, in the project's calendar
    std::vector<ScheduleWarning> warnings;
};

// Fails (BadInput) on a loop, naming the tasks in it.
Result<Schedule> compute_schedule(const Project& project);

// A schedule that is asked for again and again while only lengths, dates and progress change: the network (order,
// adjacency, calendars) is kept as long as tasks, links and calendars keep their shape.
class Scheduler {
public:
    Scheduler();
    ~Scheduler();
    Scheduler(Scheduler&&) noexcept;
    Scheduler& operator=(Scheduler&&) noexcept;

    // Always equal to compute_schedule(project).
    Result<Schedule> run(const Project& project);

    struct Network;  // network.hpp, for the scheduler's own files

private:
    std::unique_ptr<Network> network_;
};

}  // namespace entente::plan
