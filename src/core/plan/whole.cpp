// The late dates and every row in one walk: for a plan that is scheduled from nothing, and for one whose finish has moved.
//
// The walk goes against the order. Each task hands its limits on to what it waits for, along its own edges, which lie side by side;
// when a task is reached all that follows it has done so, and its row can be filled and taken into its summary's. What is not
// additions on one clock (another calendar, a summary, a fact in the way) is marked, and looks its successors up as a single edit does.
#include <algorithm>
#include <utility>

#include "core/plan/network.hpp"

namespace entente::plan {

namespace {

constexpr std::int64_t kLookUp = -kNever;  // a limit that is not known from the edges alone

}  // namespace

// Hands the limits of a node that is done on to all that it waits for.
[[gnu::always_inline]] inline void Scheduler::Network::limit_before(std::uint32_t node) {
    const std::uint16_t flag = flags[node];
    if (flag & kFinished) return;  // it binds nobody
    const std::int64_t early_start = es[node], early_finish = ef[node], late_start_here = link_ls[node], late_finish_here = lf[node];
    for (std::uint32_t e = in_begin[node], end = in_end[node]; e < end; ++e) {
        const Edge& edge = edges[e];
        Limit& limit = limits[edge.from];
        const bool of_start = edge.kind == LinkKind::StartToStart || edge.kind == LinkKind::StartToFinish;  // of what comes before
        if (!edge.plain || (of_start && (flag & kStarted))) {
            limit.finish = kLookUp;
            continue;
        }
        const bool to_start = edge.kind == LinkKind::FinishToStart || edge.kind == LinkKind::StartToStart;
        std::int64_t finish = (to_start ? late_start_here : late_finish_here) - edge.lag;
        std::int64_t room = (to_start ? early_start : early_finish) - edge.lag;
        if (of_start) {
            finish += span[edge.from];
            room += ef[edge.from] - es[edge.from];
        }
        limit.finish = std::min(limit.finish, finish);
        limit.room = std::min(limit.room, room);
    }
}

[[gnu::always_inline]] inline void Scheduler::Network::row_values(std::uint32_t node, ScheduledTask& row) const {
    const std::uint16_t flag = flags[node];
    const WorkClock& by = clock(node);
    if (!(flag & (kFacts | kZero))) {
        row.early_start = by.start_at(es[node]);
        row.early_finish = by.finish_at(ef[node]);
        row.late_start = ls[node] == es[node] ? row.early_start : by.start_at(ls[node]);
        row.late_finish = lf[node] == ef[node] ? row.early_finish : by.finish_at(lf[node]);
    } else if (!(flag & kFacts) && es[node] == ef[node]) {  // a milestone
        row.early_start = row.early_finish = at_start[node] ? by.start_at(es[node]) : by.finish_at(es[node]);
        row.late_start = ls[node] == es[node] ? row.early_start : by.finish_at(ls[node]);
        row.late_finish = lf[node] == ls[node] && ls[node] != es[node] ? row.late_start
                          : lf[node] == ef[node]                       ? row.early_finish
                                                                       : by.finish_at(lf[node]);
    } else {
        row.early_start = early_start_time(node);
        row.early_finish = early_finish_time(node);
        row.late_start = late_start_time(node);
        row.late_finish = late_finish_time(node);
    }
    const bool late = (flag & kLate) && !(flag & (kStarted | kPinned));
    row.start = late ? row.late_start : row.early_start;
    row.finish = late ? row.late_finish : row.early_finish;
    const std::int64_t finish_room = lf[node] - ef[node];
    row.total_float_minutes = (flag & kStarted) ? finish_room : std::min(ls[node] - es[node], finish_room);
    row.critical = !(flag & kDone) && row.total_float_minutes <= known_critical;
    row.driven_by = driven_by[node];
    row.driving = driver[node] == kNone ? LinkId{} : edges[driver[node]].link;
}

void Scheduler::Network::fill_row(std::uint32_t node, ScheduledTask& row) const { row_values(node, row); }

// A task's row, and its part in its summary's. Its free float is counted at the end where its room is not known.
template <bool compare>
[[gnu::always_inline]] inline void Scheduler::Network::put_row(std::uint32_t node, bool room_known, std::int64_t room, Schedule& kept) {
    const std::uint32_t index = task_of[node];
    ScheduledTask& place = kept.rows[index];
    [[maybe_unused]] ScheduledTask before;
    if constexpr (compare) before = place;
    row_values(node, place);
    if (room_known)
        place.free_float_minutes = std::min(std::max<std::int64_t>(0, room), std::max<std::int64_t>(0, place.total_float_minutes));
    else
        room_marks.set(node);
    if (may_warn(node)) warning_marks.set(index);
    kept.critical_tasks += place.critical;
    kept.start = std::min(kept.start, place.start);
    kept.finish = std::max(kept.finish, place.finish);
    if (const std::uint32_t parent = parent_of[index]; parent != kNone)
        take_child(kept.rows[parent], place, flags[node] & kLate, flags[node] & kManual);
    if constexpr (compare)
        if (!(place == before)) change_marks.set(index);
}

// With `compare` the rows hold the answer of before, and those that differ are marked as changed.
template <bool compare>
void Scheduler::Network::backward_with_rows(Schedule& kept) {
    begin_rows(kept, compare);
    if (!plain_throughout) index_out();
    limits.assign(node_count(), Limit{kNever, kNever});
    const bool each_path = project->each_path_critical;
    for (std::uint32_t n = node_count(); n-- > 0;) {
        const std::uint16_t flag = flags[n];
        const Limit limit = limits[n];
        if (flag & kOuter) {
            if (kinds[n] == NodeKind::Gate)
                limit_gate(n);
            else
                limit_roll_up(n);
            limit_before(n);
            continue;
        }
        const bool alone = limit.finish == kNever;
        const std::int64_t last = finish_work[clock_of[n]];
        if ((flag & kBackwardLong) || limit.finish == kLookUp) {
            limit_leaf(n);
        } else {
            lf[n] = alone ? (each_path ? ef[n] : last) : std::min(limit.finish, last);
            ls[n] = link_ls[n] = lf[n] - span[n];
        }
        limit_before(n);
        put_row<compare>(n, limit.finish != kLookUp, (alone ? last : limit.room) - ef[n], kept);
    }
    end_rows(kept, compare);
}

void Scheduler::Network::backward_and_all(Schedule& kept) { backward_with_rows<false>(kept); }
void Scheduler::Network::backward_and_changed(Schedule& kept) { backward_with_rows<true>(kept); }

// The rows alone, where the late dates are known already.
void Scheduler::Network::fill_all(Schedule& kept) {
    index_out();
    begin_rows(kept, false);
    for (std::uint32_t n = node_count(); n-- > 0;) {
        if (flags[n] & kOuter) continue;
        std::int64_t room;
        const bool plain = plain_room(n, room);
        put_row<false>(n, plain, room == kNever ? finish_work[clock_of[n]] - ef[n] : room, kept);
    }
    end_rows(kept, false);
}

void Scheduler::Network::begin_rows(Schedule& kept, bool compare) {
    kept.rows.resize(project->tasks.size());  // every one is written
    kept.warnings.clear();
    rows = &kept.rows;
    warned.clear();
    for (Marks* marks : {&row_marks, &room_marks, &summary_marks, &warning_marks}) marks->clear_all();
    kept.start = project_start;
    kept.finish = project_finish;
    kept.critical_tasks = 0;
    if (compare) rows_before.resize(summaries.size());
    for (std::size_t s = 0; s < summaries.size(); ++s) {
        ScheduledTask& row = kept.rows[summaries[s]];
        if (compare) rows_before[s] = row;
        row = ScheduledTask{};
        begin_summary(row);
    }
}

// A summary whose children are all in its row, and its part in the one above.
void Scheduler::Network::put_summary(std::uint32_t place, bool compare) {
    const std::uint32_t index = summaries[place];
    ScheduledTask& row = (*rows)[index];
    finish_summary(index, row);
    if (compare) {
        row.free_float_minutes = rows_before[place].free_float_minutes;
        if (!(row == rows_before[place])) change_marks.set(index);
    }
    if (node_of[index] == kNone)
        fill_room(index);
    else
        room_marks.set(node_of[index]);
    const std::uint32_t parent = parent_of[index];
    if (parent != kNone && (shape_of[index] & 2)) take_child((*rows)[parent], row, false, project->tasks[index].manual);
}

void Scheduler::Network::end_rows(Schedule& kept, bool compare) {
    if (idle)
        for (std::uint32_t i = 0; i < shape_of.size(); ++i)
            if ((shape_of[i] & 3) == 0) fill_inactive(i);
    for (auto s = static_cast<std::uint32_t>(summaries.size()); s-- > 0;) put_summary(s, compare);  // a parent stands before its children
    room_marks.sweep_up([&](std::uint32_t n) {
        if (kinds[n] != NodeKind::Gate) fill_room(task_of[n]);
    });
    kept.working_minutes = clocks[0].between(kept.start, kept.finish);
    ends_open = false;
    update_warnings(kept);
    idle_tasks.clear();
    every_row_changed = !compare;
}

void Scheduler::Network::begin_summary(ScheduledTask& row) {
    row.driven_by = DrivenBy::Children;
    row.critical = false;
    row.early_start = row.late_start = row.start = LocalMinute{kNever};
    row.early_finish = row.late_finish = row.finish = LocalMinute{-kNever};
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

}  // namespace entente::plan
