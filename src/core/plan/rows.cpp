// From the passes to the rows that are shown: real times, float, critical, summaries rolled up, warnings.
#include <algorithm>

#include "core/plan/network.hpp"

namespace entente::plan {

void Scheduler::Network::find_finish() {
    std::vector<std::int64_t> latest(clocks.size(), -kNever);
    std::vector<std::uint8_t> shown_at_start(clocks.size());
    project_finish = project_start;
    for (std::uint32_t n = 0; n < kinds.size(); ++n) {
        if (kinds[n] != NodeKind::Leaf) continue;
        const std::uint16_t c = clock_of[n];
        if (ef[n] >= latest[c]) {
            shown_at_start[c] = (ef[n] == latest[c] && shown_at_start[c]) || ((flags[n] & kZero) && at_start[n]);
            latest[c] = ef[n];
        }
        if (flags[n] & (kPinned | kFinished)) project_finish = std::max(project_finish, early_finish_time(n));
    }
    for (std::size_t c = 0; c < clocks.size(); ++c) {
        if (latest[c] == -kNever) continue;
        const LocalMinute at = shown_at_start[c] ? clocks[c].start_at(latest[c]) : clocks[c].finish_at(latest[c]);
        project_finish = std::max(project_finish, at);
    }
    for (std::size_t c = 0; c < clocks.size(); ++c) finish_work[c] = clocks[c].work_at(project_finish);
}

void Scheduler::Network::fill_row(std::uint32_t node, ScheduledTask& row) {
    const RowKey key{es[node], ef[node], ls[node], lf[node], flags[node], at_start[node]};
    RowKey& known = row_keys[node];
    constexpr std::uint16_t kFacts = kPinned | kStarted | kFinished;
    const bool same = known.es == key.es && known.ef == key.ef && known.ls == key.ls && known.lf == key.lf &&
                      known.flags == key.flags && known.at_start == key.at_start && !(key.flags & kFacts);
    if (!same) {
        known = key;
        row.early_start = early_start_time(node);
        row.early_finish = early_finish_time(node);
        row.late_start = late_start_time(node);
        row.late_finish = late_finish_time(node);
        const bool late = (key.flags & kLate) && !(key.flags & (kStarted | kPinned));
        row.start = late ? row.late_start : row.early_start;
        row.finish = late ? row.late_finish : row.early_finish;
    }
    const std::int64_t finish_room = lf[node] - ef[node];
    row.total_float_minutes = (key.flags & kStarted) ? finish_room : std::min(ls[node] - es[node], finish_room);
    row.critical = !(key.flags & kDone) && row.total_float_minutes <= project->critical_float_minutes;
    row.driven_by = driven_by[node];
    row.driving = driver[node] == kNone ? LinkId{} : project->links[edges[driver[node]].link].id;
}

// A task that takes no part: where it would stand alone, so that it can still be drawn.
void Scheduler::Network::fill_inactive(std::uint32_t index, ScheduledTask& row) const {
    const Task& task_here = project->tasks[index];
    const WorkClock& by = clocks[clock_of_task[index]];
    const bool pinned = task_here.manual && task_here.manual_start.n != 0;
    const bool dated = task_here.constraint.kind == ConstraintKind::StartNoEarlierThan ||
                       task_here.constraint.kind == ConstraintKind::MustStartOn;
    const LocalMinute at = pinned ? task_here.manual_start : dated ? task_here.constraint.at : project->start;
    const std::int64_t from = by.work_at(at);
    const std::int64_t length = task_here.kind == TaskKind::Task ? std::clamp<std::int64_t>(task_here.duration_minutes, 0, kNever / 2) : 0;
    row = ScheduledTask{};
    row.early_start = row.late_start = row.start = by.start_at(from);
    row.early_finish = row.late_finish = row.finish =
        length == 0 ? row.start : by.finish_at(std::min(from + length, by.work_at(at_minute(kLastDay, 0))));
    row.driven_by = pinned ? DrivenBy::Manual : dated ? DrivenBy::Constraint : DrivenBy::ProjectStart;
}

// Summaries from their children, the innermost first: a parent stands before its children.
void Scheduler::Network::roll_up_rows(std::vector<ScheduledTask>& all) const {
    const std::vector<Task>& tasks = project->tasks;
    const LocalMinute none{kNever};
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (tasks[i].kind != TaskKind::Summary) continue;
        ScheduledTask& row = all[i];
        row = ScheduledTask{};
        row.driven_by = DrivenBy::Children;
        row.early_start = row.late_start = row.start = none;
        row.early_finish = row.late_finish = row.finish = LocalMinute{-kNever};
    }
    for (std::size_t i = tasks.size(); i-- > 0;) {
        ScheduledTask& row = all[i];
        if (tasks[i].kind == TaskKind::Summary) finish_summary(static_cast<std::uint32_t>(i), row);
        const std::uint32_t up = parent_of[i];
        if (up == kNone || !tasks[i].active || tasks[up].kind != TaskKind::Summary) continue;
        ScheduledTask& parent = all[up];
        const bool late = tasks[i].constraint.kind == ConstraintKind::AsLateAsPossible && tasks[i].kind != TaskKind::Summary;
        const bool manual = tasks[i].manual;
        parent.early_start = std::min(parent.early_start, late ? row.late_start : row.early_start);
        parent.early_finish = std::max(parent.early_finish, late ? row.late_finish : row.early_finish);
        parent.late_start = std::min(parent.late_start, manual ? row.early_start : row.late_start);
        parent.late_finish = std::max(parent.late_finish, manual ? row.early_finish : row.late_finish);
        parent.start = std::min(parent.start, row.start);
        parent.finish = std::max(parent.finish, row.finish);
        parent.critical = parent.critical || row.critical;
    }
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
    row.total_float_minutes =
        std::min(by.between(row.early_start, row.late_start), by.between(row.early_finish, row.late_finish));
    if (summary.percent_done >= 100 || summary.actual_finish) row.critical = false;
}

void Scheduler::Network::add_warnings(Schedule& schedule) const {
    for (std::uint32_t n = 0; n < kinds.size(); ++n) {
        if (kinds[n] != NodeKind::Leaf || !(flags[n] & (kConstrained | kDeadline)) || (flags[n] & kDone)) {
            if (kinds[n] == NodeKind::Leaf && ef[n] >= last_work[clock_of[n]])
                schedule.warnings.push_back({msg("“{0}” lies beyond the year 2199, where the calendar ends.", task(n).name), task(n).id});
            continue;
        }
        const Task& what = task(n);
        const ScheduledTask& row = schedule.rows[task_of[n]];
        if (what.deadline && clock(n).work_at(*what.deadline) < ef[n])
            schedule.warnings.push_back({msg("“{0}” is forecast for {1}, after its deadline of {2}.", what.name,
                                             day_of(row.finish), day_of(*what.deadline)),
                                         what.id});
        if ((flags[n] & kConstrained) && row.total_float_minutes < 0 && row.driven_by == DrivenBy::Constraint)
            schedule.warnings.push_back(
                {msg("“{0}” is held to {1} although what it depends on is not ready by then.", what.name, day_of(what.constraint.at)),
                 what.id});
    }
}

Schedule Scheduler::Network::run() {
    project_start = clocks[0].start_at(start_work[0]);
    forward(false);
    find_finish();
    backward();
    if (any_late) forward(true);

    row_keys.resize(kinds.size(), RowKey{-kNever, 0, 0, 0, 0, 0});
    rows.resize(project->tasks.size());
    Schedule schedule;
    schedule.start = project_start;
    schedule.finish = project_finish;
    for (std::uint32_t n = 0; n < kinds.size(); ++n) {
        if (kinds[n] != NodeKind::Leaf) continue;
        ScheduledTask& row = rows[task_of[n]];
        fill_row(n, row);
        schedule.start = std::min(schedule.start, row.start);
        schedule.finish = std::max(schedule.finish, row.finish);
    }
    for (std::uint32_t i = 0; i < rows.size(); ++i)
        if (!project->tasks[i].active && project->tasks[i].kind != TaskKind::Summary) fill_inactive(i, rows[i]);
    roll_up_rows(rows);
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        if (!project->tasks[i].active) continue;
        const std::uint32_t node = node_of[i];
        std::int64_t room = node != kNone ? free_float(node, rows) : clocks[0].between(rows[i].early_finish, project_finish);
        rows[i].free_float_minutes = std::min(room, std::max<std::int64_t>(0, rows[i].total_float_minutes));
    }
    schedule.working_minutes = clocks[0].between(schedule.start, schedule.finish);
    schedule.rows = rows;
    add_warnings(schedule);
    return schedule;
}

}  // namespace entente::plan
