// From the passes to the rows that are shown: real times, float, critical, summaries rolled up, warnings.
#include <algorithm>
#include <numeric>
#include <utility>

#include "core/plan/network.hpp"

namespace entente::plan {

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
    ScheduledTask row;
    row.early_start = row.late_start = row.start = by.start_at(from);
    row.early_finish = row.late_finish = row.finish = length == 0
                                                          ? row.start
                                                          : by.finish_at(std::min(from + length, last));
    row.driven_by = pinned ? DrivenBy::Manual : dated ? DrivenBy::Constraint : DrivenBy::ProjectStart;
    if ((*rows)[index] == row) return;
    (*rows)[index] = row;
    change_marks.set(index);
}

// A summary from its children, whose rows are done; its free float is still that of before.
void Scheduler::Network::roll_up_row(std::uint32_t index, ScheduledTask& row) const {
    begin_summary(row);
    for (std::uint32_t c = first_child[index]; c != kNone; c = next_child[c]) {
        const std::uint16_t child = shape_of[c];
        if (!(child & 2)) continue;
        const bool late = !(child & 1) && (flags[node_of[c]] & kLate);
        const bool manual = (child & 1) ? project->tasks[c].manual : (flags[node_of[c]] & kManual) != 0;
        take_child(row, (*rows)[c], late, manual);
    }
    finish_summary(index, row);
}

// Free float is never more than total float.
void Scheduler::Network::fill_room(std::uint32_t index) {
    ScheduledTask& row = (*rows)[index];
    const std::uint32_t node = node_of[index];
    const std::int64_t room = node != kNone ? free_float(node) : clocks[0].between(row.early_finish, project_finish);
    const std::int64_t free = std::min(room, std::max<std::int64_t>(0, row.total_float_minutes));
    if (free == row.free_float_minutes) return;
    row.free_float_minutes = free;
    change_marks.set(index);
}

// As Late As Possible pushes what waits for it: the same once more with the late dates of those tasks. Its answer is put in the
// place of the first pass's for the rows; the caller puts that back.
void Scheduler::Network::second_forward() {
    const bool from_first = !second_pass;
    if (from_first) shown = *this;
    std::swap(static_cast<EarlyDates&>(*this), shown);
    if (from_first) {
        shown_marks.clear_all();
        forward_whole(true);
        for (Marks* marks : {&row_marks, &room_marks, &summary_marks}) marks->set_all();
    } else {
        forward_marked(true);
    }
    second_pass = true;
}

void Scheduler::Network::update_row(std::uint32_t node, Schedule& kept) {
    const std::uint32_t index = task_of[node];
    ScheduledTask& before = kept.rows[index];
    ScheduledTask row;
    fill_row(node, row);
    row.free_float_minutes = before.free_float_minutes;
    room_marks.set(node);
    if (may_warn(node) || !warned.empty()) warning_marks.set(index);
    if (row == before) return;
    ends_open = ends_open || row.start < kept.start || row.finish > kept.finish ||
                (before.start != row.start && before.start <= kept.start) ||
                (before.finish != row.finish && before.finish >= kept.finish);
    kept.critical_tasks += row.critical - before.critical;
    before = row;
    change_marks.set(index);
    if (parent_of[index] != kNone) summary_marks.set(parent_of[index]);
}

void Scheduler::Network::update_summary(std::uint32_t index) {
    if (first_child.empty()) index_outline();
    ScheduledTask& row = (*rows)[index];
    const ScheduledTask before = row;
    roll_up_row(index, row);
    if (!(before == row)) {
        change_marks.set(index);
        if (parent_of[index] != kNone) summary_marks.set(parent_of[index]);
        if (!gate_node_of.empty() && gate_node_of[index] != kNone) mark_rooms_before(gate_node_of[index]);
    }
    if (node_of[index] == kNone)
        fill_room(index);
    else
        room_marks.set(node_of[index]);
}

void Scheduler::Network::fill_marked(Schedule& kept) {
    rows = &kept.rows;
    row_marks.sweep_up([&](std::uint32_t n) {
        if (!(flags[n] & kOuter)) update_row(n, kept);
    });
    for (const std::uint32_t i : idle_tasks) fill_inactive(i);
    idle_tasks.clear();
    summary_marks.sweep_down([&](std::uint32_t i) {
        if (shape_of[i] & 1) update_summary(i);
    });
    room_marks.sweep_up([&](std::uint32_t n) {
        if (kinds[n] != NodeKind::Gate) fill_room(task_of[n]);
    });
    if (ends_open) find_ends(kept);
    update_warnings(kept);
}

void Scheduler::Network::find_ends(Schedule& kept) {
    kept.start = project_start;
    kept.finish = project_finish;
    for (std::size_t i = 0; i < kept.rows.size(); ++i) {
        if ((shape_of[i] & 3) != 2) continue;
        kept.start = std::min(kept.start, kept.rows[i].start);
        kept.finish = std::max(kept.finish, kept.rows[i].finish);
    }
    kept.working_minutes = clocks[0].between(kept.start, kept.finish);
    ends_open = false;
}

void Scheduler::Network::warnings_of(std::uint32_t index, std::vector<ScheduleWarning>& out) const {
    const std::uint32_t node = node_of[index];
    if (node == kNone || (flags[node] & kOuter)) return;
    const Task& what = project->tasks[index];
    if (!(flags[node] & (kConstrained | kDeadline)) || (flags[node] & kDone)) {
        if (ef[node] >= last_work[clock_of[node]])
            out.push_back({msg("“{0}” lies beyond the year 2199, where the calendar ends.", what.name), what.id});
        return;
    }
    const ScheduledTask& row = (*rows)[index];
    if (what.deadline && clock(node).work_at(*what.deadline) < ef[node])
        out.push_back({msg("“{0}” is forecast for {1}, after its deadline of {2}.", what.name, day_of(row.finish),
                           day_of(*what.deadline)),
                       what.id});
    if ((flags[node] & kConstrained) && row.total_float_minutes < 0 && row.driven_by == DrivenBy::Constraint)
        out.push_back({msg("“{0}” is held to {1} although what it depends on is not ready by then.", what.name,
                           day_of(what.constraint.at)),
                       what.id});
}

// The marked tasks' warnings anew, each in its place in the order of the tasks.
void Scheduler::Network::update_warnings(Schedule& kept) {
    std::vector<ScheduleWarning> now;
    warning_marks.sweep_up([&](std::uint32_t i) {
        now.clear();
        warnings_of(i, now);
        if (now.empty() && warned.empty()) return;
        const auto [low, high] = std::equal_range(warned.begin(), warned.end(), i);
        const auto at = low - warned.begin(), gone = high - low;
        if (gone == 0 && now.empty()) return;
        kept.warnings.erase(kept.warnings.begin() + at, kept.warnings.begin() + at + gone);
        kept.warnings.insert(kept.warnings.begin() + at, now.begin(), now.end());
        warned.erase(warned.begin() + at, warned.begin() + at + gone);
        warned.insert(warned.begin() + at, now.size(), i);
    });
}

void Scheduler::Network::run_whole(Schedule& kept) {
    forward_whole(false);
    find_finish();
    reach_finish();
    if (late_count == 0) {
        backward_and_all(kept);
    } else {
        backward_whole();
        second_forward();
        fill_all(kept);
        std::swap(static_cast<EarlyDates&>(*this), shown);
    }
    for (Marks* marks : {&forward_marks, &shown_marks, &backward_marks}) marks->clear_all();
}

void Scheduler::Network::run_marked(Schedule& kept, bool known) {
    forward_marked(false);
    bool moved = false;
    if (finish_open) {
        const LocalMinute before = project_finish;
        moved = find_finish();
        ends_open = ends_open || before != project_finish;
    }
    if (late_count == 0 && !second_pass && (moved || !known)) {
        // Every late date is counted from the project's finish.
        if (known)
            backward_and_changed(kept);
        else
            backward_and_all(kept);
        shown_marks.clear_all();
        backward_marks.clear_all();
        return;
    }
    if (moved)
        for (Marks* marks : {&backward_marks, &room_marks, &summary_marks}) marks->set_all();
    backward_marked();
    if (late_count > 0) {
        second_forward();
    } else if (second_pass) {
        second_pass = false;
        for (Marks* marks : {&row_marks, &room_marks, &summary_marks}) marks->set_all();
    }
    if (known)
        fill_marked(kept);
    else
        fill_all(kept);
    if (second_pass) std::swap(static_cast<EarlyDates&>(*this), shown);
    shown_marks.clear_all();
}

void Scheduler::Network::take_changes(std::vector<std::uint32_t>& changed) {
    if (every_row_changed) {
        every_row_changed = false;
        change_marks.clear_all();
        changed.resize(shape_of.size());
        std::iota(changed.begin(), changed.end(), 0u);
        return;
    }
    changed.clear();
    change_marks.sweep_up([&](std::uint32_t i) { changed.push_back(i); });
}

}  // namespace entente::plan
