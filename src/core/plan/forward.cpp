// The forward pass: the earliest start and finish of every task, and what decides them.
//
// The rules are Microsoft Project's. A task without predecessors starts with the project; one with predecessors starts where
// they put it, even before the project (a lead can do that), but for Finish-to-Finish. A constraint wins over a link:
// where both cannot be had, the float turns negative. What was actually done stands.
#include <algorithm>

#include "core/plan/network.hpp"

namespace entente::plan {

namespace {

constexpr int kDaysBeyond = 100;

}  // namespace

// The latest of the times a task must wait for. `raw` keeps the side of the shift's edge: a milestone after work that ends
// on Friday at 17:00 stands there and not on Monday at 08:00.
struct Scheduler::Network::Bound {
    std::int64_t work = -kNever;
    LocalMinute raw{-kNever};
    std::uint32_t edge = kNone;
    DrivenBy by = DrivenBy::ProjectStart;

    void offer(std::int64_t at, LocalMinute exact, std::uint32_t from_edge, DrivenBy why) {
        if (at > work) {
            *this = {at, exact, from_edge, why};
        } else if (at == work && exact > raw) {
            raw = exact;
        }
    }
};

LocalMinute Scheduler::Network::early_start_time(std::uint32_t node) const {
    if (kinds[node] != NodeKind::Leaf) return gate_start[node];
    const std::uint16_t flag = flags[node];
    if (flag & (kPinned | kStarted)) {
        if ((flag & kStarted) && task(node).actual_start) return *task(node).actual_start;
        if ((flag & kPinned) && !(flag & kStarted)) return task(node).manual_start;
    }
    if ((flag & kZero) && !at_start[node]) return clock(node).finish_at(es[node]);
    return clock(node).start_at(es[node]);
}

LocalMinute Scheduler::Network::early_finish_time(std::uint32_t node) const {
    if (kinds[node] != NodeKind::Leaf) return gate_finish[node];
    const std::uint16_t flag = flags[node];
    if (flag & kFinished) return *task(node).actual_finish;
    if ((flag & kPinned) && !(flag & kStarted) && task(node).manual_finish > task(node).manual_start)
        return task(node).manual_finish;
    if (es[node] == ef[node] && (flag & kZero)) return early_start_time(node);
    return clock(node).finish_at(ef[node]);
}

LocalMinute Scheduler::Network::late_start_time(std::uint32_t node) const {
    const std::uint16_t flag = flags[node];
    if ((flag & kStarted) || ((flag & kZero) && ls[node] == es[node])) return early_start_time(node);
    return (flag & kZero) ? clock(node).finish_at(ls[node]) : clock(node).start_at(ls[node]);
}

LocalMinute Scheduler::Network::late_finish_time(std::uint32_t node) const {
    const std::uint16_t flag = flags[node];
    if ((flag & kFinished) || ((flag & kZero) && lf[node] == ef[node])) return early_finish_time(node);
    return clock(node).finish_at(lf[node]);
}

// The time with the edge's lag added, by the successor's clock.
LocalMinute Scheduler::Network::lagged(const Edge& edge, LocalMinute at) const {
    if (edge.lag == 0) return at;
    if (edge.elapsed) return LocalMinute{at.n + edge.lag};
    const WorkClock& by = clock(edge.to);
    const std::int64_t work = by.work_at(at) + edge.lag;
    return edge.lag > 0 ? by.finish_at(work) : by.start_at(work);
}

void Scheduler::Network::take(const Edge& edge, Bound& bound, bool with_late_dates) const {
    if (!edge.plain || (flags[edge.to] & kZero)) return take_across(edge, bound, with_late_dates);
    const bool late = with_late_dates && (flags[edge.from] & kLate) && !(flags[edge.to] & kLate);
    const std::int64_t start = late ? ls[edge.from] : es[edge.from],
                       finish = late ? lf[edge.from] : ef[edge.from];
    std::int64_t work = edge.lag;
    switch (edge.kind) {
        case LinkKind::FinishToStart: work += finish; break;
        case LinkKind::StartToStart: work += start; break;
        case LinkKind::FinishToFinish:
            work = std::max(work + finish - span[edge.to], start_work[clock_of[edge.to]]);
            break;
        case LinkKind::StartToFinish: work += start - span[edge.to]; break;
    }
    if (work <= bound.work) return;
    bound.work = work;
    bound.edge = static_cast<std::uint32_t>(&edge - edges.data());
}

// The same where two calendars, a summary, elapsed time or a milestone's side of the shift make it a question of real time.
void Scheduler::Network::take_across(const Edge& edge, Bound& bound, bool with_late_dates) const {
    const bool of_finish = edge.kind == LinkKind::FinishToStart || edge.kind == LinkKind::FinishToFinish;
    const bool late = with_late_dates && kinds[edge.from] == NodeKind::Leaf && (flags[edge.from] & kLate) &&
                      (kinds[edge.to] != NodeKind::Leaf || !(flags[edge.to] & kLate));
    LocalMinute at = late ? (of_finish ? late_finish_time(edge.from) : late_start_time(edge.from))
                          : (of_finish ? early_finish_time(edge.from) : early_start_time(edge.from));
    at = lagged(edge, at);
    std::int64_t work = clock(edge.to).work_at(at);
    if (edge.kind == LinkKind::FinishToFinish || edge.kind == LinkKind::StartToFinish) work -= span[edge.to];
    if (edge.kind == LinkKind::FinishToFinish) {
        const std::int64_t floor = start_work[clock_of[edge.to]];
        if (work < floor) {
            work = floor;
            at = project->start;
        }
    }
    bound.offer(work, at, static_cast<std::uint32_t>(&edge - edges.data()), DrivenBy::Predecessor);
}

void Scheduler::Network::place_leaf(std::uint32_t node, bool with_late_dates) {
    Bound bound;
    const std::uint32_t first = in_begin[node], end = in_end[node];
    for (std::uint32_t e = first; e < end; ++e) take(edges[e], bound, with_late_dates);
    if (bound.edge != kNone) bound.by = DrivenBy::Predecessor;
    bool linked = first != end;
    if (const std::uint32_t gate = gate_of[node]; gate != kNone) {
        linked = linked || gate_linked[gate];
        const WorkClock& by = clock(node);
        if (gate_start[gate].n > -kNever)
            bound.offer(by.work_at(gate_start[gate]), gate_start[gate], driver[gate], driven_by[gate]);
        if (gate_finish[gate].n > -kNever)
            bound.offer(by.work_at(gate_finish[gate]) - span[node], gate_finish[gate], driver[gate],
                        driven_by[gate]);
    }
    if (!linked || bound.work == -kNever)
        bound.offer(start_work[clock_of[node]], project->start, kNone, DrivenBy::ProjectStart);

    if (flags[node] & kForwardFlags) {
        place_special(node, bound, linked);
    } else {
        const std::int64_t last = last_work[clock_of[node]];
        es[node] = std::min(bound.work, last);
        ef[node] = std::min(bound.work + span[node], last);
        at_start[node] = 0;
    }
    driver[node] = bound.edge;
    driven_by[node] = bound.by;
}

// Constraints on a task that has not begun. `linked`: predecessors, and not the project's start, give its place.
void Scheduler::Network::constrain(std::uint32_t node, Bound& bound, bool linked) const {
    const Constraint& constraint = task(node).constraint;
    const std::int64_t at = clock(node).work_at(constraint.at);
    const std::int64_t by_finish = at - span[node];
    const bool later_only = linked || bound.by == DrivenBy::Constraint;  // also under a summary's constraint
    std::int64_t work = bound.work;
    switch (constraint.kind) {
        case ConstraintKind::StartNoEarlierThan: work = later_only ? std::max(work, at) : at; break;
        case ConstraintKind::FinishNoEarlierThan:
            work = later_only ? std::max(work, by_finish) : by_finish;
            break;
        case ConstraintKind::StartNoLaterThan: work = std::min(work, at); break;
        case ConstraintKind::FinishNoLaterThan: work = std::min(work, by_finish); break;
        case ConstraintKind::MustStartOn: work = at; break;
        case ConstraintKind::MustFinishOn: work = by_finish; break;
        case ConstraintKind::AsSoonAsPossible:
        case ConstraintKind::AsLateAsPossible: return;
    }
    if (work != bound.work) {
        bound = {work, constraint.at, kNone, DrivenBy::Constraint};
    } else if (at == work && constraint.at > bound.raw) {
        bound.raw = constraint.at;
    }
}

// Everything but a plain task: what was actually done, what stands where it was put, delays, constraints, milestones.
void Scheduler::Network::place_special(std::uint32_t node, Bound& bound, bool linked) {
    const Task& what = task(node);
    const WorkClock& by = clock(node);
    const std::uint16_t flag = flags[node];
    const std::int64_t last = last_work[clock_of[node]];
    if (flag & (kStarted | kFinished)) {
        place_actual(node);
        bound = {es[node], {}, kNone, DrivenBy::Actual};
        return;
    }
    if (flag & kPinned) {
        es[node] = std::min(by.work_at(what.manual_start), last);
        ef[node] = what.manual_finish > what.manual_start ? by.work_at(what.manual_finish)
                                                          : es[node] + span[node];
        ef[node] = std::min(std::max(ef[node], es[node]), last);
        span[node] = ef[node] - es[node];
        at_start[node] = what.manual_start > by.finish_at(es[node]);
        bound = {es[node], {}, kNone, DrivenBy::Manual};
        return;
    }
    if (flag & kDelayed) {
        const LocalMinute delayed{by.start_at(bound.work).n + what.levelling_delay_minutes};
        bound.work = by.work_at(delayed);
        bound.raw = delayed;
    }
    if (flag & kConstrained) constrain(node, bound, linked);
    const std::int64_t done = span[node] * what.percent_done / 100;
    if ((flag & kHeld) && done == 0 && bound.work < status_work[clock_of[node]])
        bound = {status_work[clock_of[node]], at_minute(*project->status_day + 1, 0), kNone,
                 DrivenBy::StatusDate};
    es[node] = std::min(bound.work, last);
    ef[node] = es[node] + span[node];
    if ((flag & kHeld) && done > 0)
        ef[node] = std::max(ef[node], status_work[clock_of[node]] + span[node] - done);
    ef[node] = std::min(ef[node], last);
    at_start[node] = (flag & kZero) && bound.raw > by.finish_at(es[node]);
}

// A task that has begun: its start is a fact, and so is its finish once it is done. What is left of it goes on after the
// status date, where the project has one.
void Scheduler::Network::place_actual(std::uint32_t node) {
    const Task& what = task(node);
    const WorkClock& by = clock(node);
    const std::uint16_t flag = flags[node];
    if (flag & kFinished) {
        ef[node] = by.work_at(*what.actual_finish);
        es[node] = what.actual_start ? std::min(by.work_at(*what.actual_start), ef[node])
                                     : ef[node] - span[node];
        at_start[node] = (flag & kZero) && *what.actual_finish > by.finish_at(ef[node]);
        return;
    }
    es[node] = by.work_at(*what.actual_start);
    ef[node] = es[node] + span[node];
    if (what.constraint.kind == ConstraintKind::FinishNoEarlierThan)
        ef[node] = std::max(ef[node], by.work_at(what.constraint.at));
    if (flag & kHeld) {
        const std::int64_t left = span[node] - span[node] * what.percent_done / 100;
        ef[node] = std::max(ef[node], status_work[clock_of[node]] + left);
    }
    ef[node] = std::min(ef[node], last_work[clock_of[node]]);
    at_start[node] = (flag & kZero) && *what.actual_start > by.finish_at(es[node]);
}

// What all of a summary's children wait for.
void Scheduler::Network::place_gate(std::uint32_t node, bool with_late_dates) {
    LocalMinute start{-kNever}, finish{-kNever};
    driver[node] = kNone;
    driven_by[node] = DrivenBy::ProjectStart;
    const auto offer = [&](LocalMinute& bound, LocalMinute at, std::uint32_t edge, DrivenBy why) {
        if (at <= bound) return;
        bound = at;
        driver[node] = edge;
        driven_by[node] = why;
    };
    if (const std::uint32_t above = gate_of[node]; above != kNone) {
        offer(start, gate_start[above], driver[above], driven_by[above]);
        offer(finish, gate_finish[above], driver[above], driven_by[above]);
    }
    span[node] = 0;
    for (std::uint32_t e = in_begin[node]; e < in_end[node]; ++e) {
        Bound bound;
        take_across(edges[e], bound, with_late_dates);
        const bool of_start = edges[e].kind == LinkKind::FinishToStart ||
                              edges[e].kind == LinkKind::StartToStart;
        offer(of_start ? start : finish, bound.raw, e, DrivenBy::Predecessor);
    }
    const Constraint& constraint = task(node).constraint;
    if (constraint.kind == ConstraintKind::StartNoEarlierThan ||
        constraint.kind == ConstraintKind::MustStartOn)
        offer(start, constraint.at, kNone, DrivenBy::Constraint);
    gate_start[node] = start;
    gate_finish[node] = finish;
}

// The earliest start and the latest finish of all tasks in a summary; As Late As Possible counts as it is planned.
void Scheduler::Network::place_roll_up(std::uint32_t node, bool with_late_dates) {
    LocalMinute start{kNever}, finish{-kNever};
    first_leaf[node] = kNone;
    for (std::uint32_t u = under_begin[node]; u < under_begin[node + 1]; ++u) {
        const std::uint32_t leaf = under_nodes[u];
        const bool late = with_late_dates && (flags[leaf] & kLate);
        const LocalMinute begins = late ? late_start_time(leaf) : early_start_time(leaf);
        if (begins < start) {
            start = begins;
            first_leaf[node] = leaf;
        }
        finish = std::max(finish, late ? late_finish_time(leaf) : early_finish_time(leaf));
    }
    const Task& summary = task(node);
    if (summary.manual && summary.manual_start.n != 0) {
        start = summary.manual_start;
        finish = std::max(summary.manual_finish, summary.manual_start);
    } else if (first_leaf[node] == kNone) {
        start = finish = project->start;
    }
    gate_start[node] = start;
    gate_finish[node] = finish;
}

void Scheduler::Network::place(std::uint32_t node, bool with_late_dates) {
    switch (kinds[node]) {
        case NodeKind::Leaf: place_leaf(node, with_late_dates); break;
        case NodeKind::Gate: place_gate(node, with_late_dates); break;
        case NodeKind::RollUp: place_roll_up(node, with_late_dates); break;
    }
}

// The short way, for the task that has nothing but its length, on one clock with all it waits for: additions in worked minutes. A
// milestone also keeps the side of the break on which it stands. False, and nothing done, where it takes the long way.
[[gnu::always_inline]] inline bool Scheduler::Network::place_plain(std::uint32_t node, bool with_late_dates) {
    const std::uint16_t c = clock_of[node];
    const bool zero = flags[node] & kZero;
    const std::int64_t length = span[node], floor = start_work[c];
    const unsigned others = (zero ? unsigned{kFacts} : 0u) | (with_late_dates ? unsigned{kLate} : 0u);
    std::int64_t work = -kNever;
    std::uint32_t by = kNone;
    bool side = false;
    for (std::uint32_t e = in_begin[node]; e < in_end[node]; ++e) {
        const Edge& edge = edges[e];
        const std::uint32_t from = edge.from;
        if (!edge.plain || (flags[from] & others)) return false;
        const bool of_finish = edge.kind == LinkKind::FinishToStart || edge.kind == LinkKind::FinishToFinish;
        std::int64_t at = (of_finish ? ef[from] : es[from]) + edge.lag;
        if (edge.kind == LinkKind::FinishToFinish || edge.kind == LinkKind::StartToFinish) at -= length;
        bool at_side = edge.lag < 0;
        if (edge.lag == 0) at_side = (flags[from] & kZero) ? at_start[from] != 0 : !of_finish;
        if (edge.kind == LinkKind::FinishToFinish && at < floor) {
            at = floor;
            at_side = start_side[c];
        }
        if (at > work) {
            work = at;
            by = e;
            side = at_side;
        } else if (at == work) {
            side = side || at_side;
        }
    }
    if (by == kNone) {
        work = floor;
        side = start_side[c];
    }
    if (work + length > last_work[c] || work < -kNever / 2) return false;
    es[node] = work;
    ef[node] = work + length;
    at_start[node] = zero && side;
    driver[node] = by;
    driven_by[node] = by == kNone ? DrivenBy::ProjectStart : DrivenBy::Predecessor;
    return true;
}

// Places the node again and marks what that changes.
void Scheduler::Network::update_leaf(std::uint32_t node, bool with_late_dates) {
    const std::int64_t start = es[node], finish = ef[node];
    const std::uint8_t side = at_start[node];
    const std::uint32_t edge = driver[node];
    const DrivenBy why = driven_by[node];
    if ((flags[node] & kForwardLong) || !place_plain(node, with_late_dates)) place_leaf(node, with_late_dates);
    const bool facts = flags[node] & kFacts;
    if (edge != driver[node] || why != driven_by[node]) row_marks.set(node);
    // Facts and manual dates have times outside the shifts, which worked minutes do not tell apart.
    if (start == es[node] && finish == ef[node] && side == at_start[node] && !facts) return;
    row_marks.set(node);
    room_marks.set(node);
    mark_successors(node, with_late_dates);
    mark_rooms_before(node);
    if (with_late_dates) return;
    backward_marks.set(node);  // late dates look at early ones where calendars meet
    const std::int64_t latest = latest_work[clock_of[node]];
    finish_open = finish_open || facts || finish >= latest || ef[node] >= latest;
}

void Scheduler::Network::update_gate(std::uint32_t node, bool with_late_dates) {
    const LocalMinute start = gate_start[node], finish = gate_finish[node];
    const std::uint32_t edge = driver[node];
    const DrivenBy why = driven_by[node];
    place_gate(node, with_late_dates);
    if (start == gate_start[node] && finish == gate_finish[node] && edge == driver[node] && why == driven_by[node]) return;
    Marks& marks = with_late_dates ? shown_marks : forward_marks;
    for (std::uint32_t u = under_begin[node]; u < under_begin[node + 1]; ++u) marks.set(under_nodes[u]);
}

void Scheduler::Network::update_roll_up(std::uint32_t node, bool with_late_dates) {
    const LocalMinute start = gate_start[node], finish = gate_finish[node];
    const std::uint32_t first = first_leaf[node];
    place_roll_up(node, with_late_dates);
    if (first != first_leaf[node] && !with_late_dates) {
        if (first != kNone) backward_marks.set(first);
        if (first_leaf[node] != kNone) backward_marks.set(first_leaf[node]);
    }
    if (start == gate_start[node] && finish == gate_finish[node]) return;
    room_marks.set(node);
    if (!with_late_dates) backward_marks.set(node);
    mark_successors(node, with_late_dates);
}

void Scheduler::Network::forward_whole(bool with_late_dates) {
    for (std::uint32_t n = 0; n < node_count(); ++n)
        if ((flags[n] & kForwardLong) || !place_plain(n, with_late_dates)) place(n, with_late_dates);
}

void Scheduler::Network::forward_marked(bool with_late_dates) {
    (with_late_dates ? shown_marks : forward_marks).sweep_up([&](std::uint32_t n) {
        switch (kinds[n]) {
            case NodeKind::Leaf: update_leaf(n, with_late_dates); break;
            case NodeKind::Gate: update_gate(n, with_late_dates); break;
            case NodeKind::RollUp: update_roll_up(n, with_late_dates); break;
        }
    });
}

// The project ends with its last task, even where constraints put all of them before its start. True where it moved.
bool Scheduler::Network::find_finish() {
    std::vector<std::uint8_t> shown_at_start(clocks.size());
    std::fill(latest_work.begin(), latest_work.end(), -kNever);
    LocalMinute finish{-kNever};
    for (std::uint32_t n = 0; n < node_count(); ++n) {
        const std::uint16_t flag = flags[n], c = clock_of[n];
        if (flag & kOuter) continue;
        if (ef[n] >= latest_work[c]) {
            shown_at_start[c] = (ef[n] == latest_work[c] && shown_at_start[c]) || ((flag & kZero) && at_start[n]);
            latest_work[c] = ef[n];
        }
        if (flag & (kPinned | kFinished)) finish = std::max(finish, early_finish_time(n));
    }
    for (std::size_t c = 0; c < clocks.size(); ++c) {
        if (latest_work[c] == -kNever) continue;
        finish = std::max(finish, shown_at_start[c] ? clocks[c].start_at(latest_work[c]) : clocks[c].finish_at(latest_work[c]));
    }
    return set_finish(finish.n == -kNever ? project_start : finish);
}

// Most late dates and many early ones lie between the start and the finish: there the clocks answer from their tables.
void Scheduler::Network::reach_finish() {
    for (WorkClock& one : clocks) one.reach(day_of(project_finish) + kDaysBeyond);
}

bool Scheduler::Network::set_finish(LocalMinute finish) {
    project_finish = finish;
    finish_open = false;
    bool moved = false;
    for (std::size_t c = 0; c < clocks.size(); ++c) {
        const std::int64_t work = clocks[c].work_at(project_finish);
        moved = moved || work != finish_work[c];
        finish_work[c] = work;
    }
    return moved;
}

}  // namespace entente::plan
