// From the passes to the rows that are shown: real times, float, critical, summaries rolled up, warnings.
#include <algorithm>
#include <utility>

#include "core/plan/network.hpp"

namespace entente::plan {

// The project ends with its last task, even where constraints put all of them before its start.
void Scheduler::Network::find_finish() {
    std::vector<std::int64_t> latest(clocks.size(), -kNever);
    std::vector<std::uint8_t> shown_at_start(clocks.size());
    project_finish = LocalMinute{-kNever};
    for (std::uint32_t n = 0; n < kinds.size(); ++n) {
        if (kinds[n] != NodeKind::Leaf) continue;
        const std::uint16_t c = clock_of[n];
        if (ef[n] >= latest[c]) {
            shown_at_start[c] = (ef[n] == latest[c] && shown_at_start[c]) ||
                                ((flags[n] & kZero) && at_start[n]);
            latest[c] = ef[n];
        }
        if (flags[n] & (kPinned | kFinished)) project_finish = std::max(project_finish, early_finish_time(n));
    }
    for (std::size_t c = 0; c < clocks.size(); ++c) {
        if (latest[c] == -kNever) continue;
        const LocalMinute at = shown_at_start[c] ? clocks[c].start_at(latest[c])
                                                 : clocks[c].finish_at(latest[c]);
        project_finish = std::max(project_finish, at);
    }
    if (project_finish.n == -kNever) project_finish = project_start;
    for (std::size_t c = 0; c < clocks.size(); ++c) {
        const std::int64_t work = clocks[c].work_at(project_finish);
        if (work == finish_work[c]) continue;
        finish_work[c] = work;
        for (Marks* marks : {&backward_marks, &room_marks, &summary_marks}) marks->set_all();
    }
}

void Scheduler::Network::fill_row(std::uint32_t node) {
    ScheduledTask& row = rows[task_of[node]];
    const std::uint16_t flag = flags[node];
    row.early_start = early_start_time(node);
    row.early_finish = early_finish_time(node);
    row.late_start = late_start_time(node);
    row.late_finish = late_finish_time(node);
    const bool late = (flag & kLate) && !(flag & (kStarted | kPinned));
    row.start = late ? row.late_start : row.early_start;
    row.finish = late ? row.late_finish : row.early_finish;
    const std::int64_t finish_room = lf[node] - ef[node];
    row.total_float_minutes = (flag & kStarted) ? finish_room : std::min(ls[node] - es[node], finish_room);
    row.critical = !(flag & kDone) && row.total_float_minutes <= project->critical_float_minutes;
    row.driven_by = driven_by[node];
    row.driving = driver[node] == kNone ? LinkId{} : project->links[edges[driver[node]].link].id;
}

// A task that takes no part: where it would stand alone, so that it can still be drawn.
void Scheduler::Network::fill_inactive(std::uint32_t index) {
    const Task& what = project->tasks[index];
    const WorkClock& by = clocks[clock_of_task[index]];
    const bool pinned = what.manual && what.manual_start.n != 0;
    const bool dated = what.constraint.kind == ConstraintKind::StartNoEarlierThan ||
                       what.constraint.kind == ConstraintKind::MustStartOn;
    const std::int64_t from = by.work_at(pinned  ? what.manual_start
                                         : dated ? what.constraint.at
                                                 : project->start);
    const std::int64_t last = by.work_at(at_minute(kLastDay, 0));
    const std::int64_t length = what.kind == TaskKind::Task
                                    ? std::clamp<std::int64_t>(what.duration_minutes, 0, last)
                                    : 0;
    ScheduledTask& row = rows[index];
    row = ScheduledTask{};
    row.early_start = row.late_start = row.start = by.start_at(from);
    row.early_finish = row.late_finish = row.finish = length == 0
                                                          ? row.start
                                                          : by.finish_at(std::min(from + length, last));
    row.driven_by = pinned ? DrivenBy::Manual : dated ? DrivenBy::Constraint : DrivenBy::ProjectStart;
}

// A summary from its children, whose rows are done.
void Scheduler::Network::roll_up_row(std::uint32_t index) {
    const std::vector<Task>& tasks = project->tasks;
    ScheduledTask row;
    row.driven_by = DrivenBy::Children;
    row.early_start = row.late_start = row.start = LocalMinute{kNever};
    row.early_finish = row.late_finish = row.finish = LocalMinute{-kNever};
    for (std::uint32_t c = child_begin[index]; c < child_begin[index + 1]; ++c) {
        const Task& child = tasks[child_tasks[c]];
        if (!child.active) continue;
        const ScheduledTask& below = rows[child_tasks[c]];
        const bool late = child.constraint.kind == ConstraintKind::AsLateAsPossible &&
                          child.kind != TaskKind::Summary;
        row.early_start = std::min(row.early_start, late ? below.late_start : below.early_start);
        row.early_finish = std::max(row.early_finish, late ? below.late_finish : below.early_finish);
        row.late_start = std::min(row.late_start, child.manual ? below.early_start : below.late_start);
        row.late_finish = std::max(row.late_finish, child.manual ? below.early_finish : below.late_finish);
        row.start = std::min(row.start, below.start);
        row.finish = std::max(row.finish, below.finish);
        row.critical = row.critical || below.critical;
    }
    finish_summary(index, row);
    rows[index] = row;
}

void Scheduler::Network::finish_summary(std::uint32_t index, ScheduledTask& row) const {
    const Task& summary = project->tasks[index];
    const WorkClock& by = clocks[clock_of_task[index]];
    if (row.early_start > row.early_finish) {  // nothing in it takes part
        const LocalMinute at = by.start_at(by.work_at(project->start));
        row.early_start = row.early_finish = row.late_start = row.late_finish = row.start = row.finish = at;
    }
    if (summary.manual && summary.manual_start.n != 0) {
        row.early_start = row.start = summary.manual_start;
        row.early_finish = row.finish = std::max(summary.manual_finish, summary.manual_start);
        row.driven_by = DrivenBy::Manual;
    }
    row.total_float_minutes = std::min(by.between(row.early_start, row.late_start),
                                       by.between(row.early_finish, row.late_finish));
    if (summary.percent_done >= 100 || summary.actual_finish) row.critical = false;
}

void Scheduler::Network::add_warnings(Schedule& schedule) const {
    for (std::uint32_t n = 0; n < kinds.size(); ++n) {
        if (kinds[n] != NodeKind::Leaf || !(flags[n] & (kConstrained | kDeadline)) || (flags[n] & kDone)) {
            if (kinds[n] == NodeKind::Leaf && ef[n] >= last_work[clock_of[n]])
                schedule.warnings.push_back(
                    {msg("“{0}” lies beyond the year 2199, where the calendar ends.", task(n).name),
                     task(n).id});
            continue;
        }
        const Task& what = task(n);
        const ScheduledTask& row = schedule.rows[task_of[n]];
        if (what.deadline && clock(n).work_at(*what.deadline) < ef[n])
            schedule.warnings.push_back({msg("“{0}” is forecast for {1}, after its deadline of {2}.",
                                             what.name, day_of(row.finish), day_of(*what.deadline)),
                                         what.id});
        if ((flags[n] & kConstrained) && row.total_float_minutes < 0 && row.driven_by == DrivenBy::Constraint)
            schedule.warnings.push_back(
                {msg("“{0}” is held to {1} although what it depends on is not ready by then.", what.name,
                     day_of(what.constraint.at)),
                 what.id});
    }
}

void Scheduler::Network::fill_room(std::uint32_t index) {
    ScheduledTask& row = rows[index];
    const std::uint32_t node = node_of[index];
    const std::int64_t room = node != kNone ? free_float(node)
                                            : clocks[0].between(row.early_finish, project_finish);
    row.free_float_minutes = std::min(room, std::max<std::int64_t>(0, row.total_float_minutes));
}

void Scheduler::Network::update_rows() {
    const auto count = static_cast<std::uint32_t>(kinds.size());
    row_marks.sweep_up(count, [&](std::uint32_t n) {
        room_marks.set(n);
        if (kinds[n] != NodeKind::Leaf) return;
        fill_row(n);
        if (parent_of[task_of[n]] != kNone) summary_marks.set(parent_of[task_of[n]]);
    });
    for (std::uint32_t i = 0; i < rows.size(); ++i)
        if (!task_shapes[i].active && task_shapes[i].kind != TaskKind::Summary) fill_inactive(i);
    // The innermost first: a parent stands before its children.
    summary_marks.sweep_down(static_cast<std::uint32_t>(rows.size()), [&](std::uint32_t i) {
        if (task_shapes[i].kind != TaskKind::Summary) return;
        roll_up_row(i);
        if (parent_of[i] != kNone) summary_marks.set(parent_of[i]);
        if (node_of[i] == kNone)
            fill_room(i);
        else
            room_marks.set(node_of[i]);
    });
    room_marks.sweep_up(count, [&](std::uint32_t n) {
        if (kinds[n] != NodeKind::Gate) fill_room(task_of[n]);
    });
}

Schedule Scheduler::Network::run() {
    project_start = clocks[0].start_at(start_work[0]);
    forward();
    find_finish();
    backward();
    EarlyDates first_pass;
    if (any_late) {
        first_pass = *this;
        forward_with_late_dates();
    }
    if (any_late || was_late)
        for (Marks* marks : {&row_marks, &room_marks, &summary_marks}) marks->set_all();
    update_rows();
    Schedule schedule;
    schedule.start = project_start;
    schedule.finish = project_finish;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!task_shapes[i].active || task_shapes[i].kind == TaskKind::Summary) continue;
        schedule.start = std::min(schedule.start, rows[i].start);
        schedule.finish = std::max(schedule.finish, rows[i].finish);
    }
    schedule.working_minutes = clocks[0].between(schedule.start, schedule.finish);
    schedule.rows = rows;
    add_warnings(schedule);
    if (any_late) static_cast<EarlyDates&>(*this) = std::move(first_pass);
    was_late = any_late;
    fresh = false;
    return schedule;
}

}  // namespace entente::plan
