// The backward pass: the latest finish and start of every task that move neither the project's finish nor a date that was
// asked for, and the float that follows.
//
// As Microsoft Project does: nothing may end after the project's forecast finish, a lead included; tasks that are finished
// bind nobody; a task that has begun is bound at its finish only; a deadline binds like Finish No Later Than.
#include <algorithm>

#include "core/plan/network.hpp"

namespace entente::plan {

namespace {

bool binds_start_of_successor(LinkKind kind) {
    return kind == LinkKind::FinishToStart || kind == LinkKind::StartToStart;
}
bool binds_finish_of_predecessor(LinkKind kind) {
    return kind == LinkKind::FinishToStart || kind == LinkKind::FinishToFinish;
}

}  // namespace

// Whether the successor holds the predecessor back from ending later.
bool Scheduler::Network::binds_late(const Edge& edge) const {
    if (kinds[edge.to] == NodeKind::Gate)
        return (binds_start_of_successor(edge.kind) ? late_start : late_finish)[edge.to].n < kNever;
    if (flags[edge.to] & kFinished) return false;
    if (anchors && lf[edge.to] > kUnbound) return false;
    if (binds_finish_of_predecessor(edge.kind)) return true;
    // The start of a task that has begun is a fact: nothing about it can be too late any more.
    if (kinds[edge.from] == NodeKind::Leaf && (flags[edge.from] & kStarted)) return false;
    // A successor that has begun although its predecessor has not: only what comes after it still waits.
    if (edge.kind == LinkKind::StartToStart && (flags[edge.to] & kStarted))
        return out_begin[edge.to] != out_end[edge.to];
    return true;
}

// The latest time of the predecessor's start or finish that the edge allows.
//
// A finish may lie anywhere in the break after a shift, as far as the successor's calendar can tell. The shift's end is taken,
// unless the predecessor, on another calendar, ends in that break itself: it is not late for that.
LocalMinute Scheduler::Network::latest_time(const Edge& edge) const {
    const bool gate = kinds[edge.to] == NodeKind::Gate;
    const WorkClock& by = clock(edge.to);
    const auto before_lag = [&](LocalMinute at, bool to_start) {
        if (edge.lag == 0) return at;
        if (edge.elapsed) return LocalMinute{at.n - edge.lag};
        const std::int64_t work = by.work_at(at) - edge.lag;
        return to_start ? by.start_at(work) : by.finish_at(work);
    };
    if (binds_start_of_successor(edge.kind)) {
        if (!gate && edge.kind == LinkKind::StartToStart && (flags[edge.to] & kStarted))
            return by.start_at(es[edge.to] + span[edge.to] * task(edge.to).percent_done / 100);
        return before_lag(gate ? late_start[edge.to] : by.start_at(link_ls[edge.to]), true);
    }
    const LocalMinute shift_end = before_lag(gate ? late_finish[edge.to] : by.finish_at(lf[edge.to]), false);
    const LocalMinute next_shift = before_lag(gate ? late_finish_most[edge.to] : by.start_at(lf[edge.to]),
                                              true);
    const LocalMinute own = binds_finish_of_predecessor(edge.kind) ? early_finish_time(edge.from)
                                                                   : early_start_time(edge.from);
    return std::clamp(own, shift_end, std::max(shift_end, next_shift));
}

// The latest finish of the predecessor that the edge allows, in the predecessor's worked minutes.
std::int64_t Scheduler::Network::latest_finish(const Edge& edge) const {
    const std::int64_t length = binds_finish_of_predecessor(edge.kind) ? 0 : span[edge.from];
    if (edge.plain && !(edge.kind == LinkKind::StartToStart && (flags[edge.to] & kStarted)))
        return (binds_start_of_successor(edge.kind) ? link_ls[edge.to] : lf[edge.to]) - edge.lag + length;
    return clock(edge.from).work_at(latest_time(edge)) + length;
}

void Scheduler::Network::limit_leaf(std::uint32_t node) {
    const std::int64_t project_end = finish_work[clock_of[node]];
    std::int64_t finish = project_end;
    bool bound = false;
    for (std::uint32_t i = out_begin[node]; i < out_end[node]; ++i) {
        const Edge& edge = edges[out_edges[i]];
        if (!binds_late(edge)) continue;
        finish = std::min(finish, latest_finish(edge));
        bound = true;
    }
    const bool rolled = flags[node] & kRolled;
    for (std::uint32_t r = rolled ? roll_begin[node] : 0; rolled && r < roll_begin[node + 1]; ++r) {
        const std::uint32_t roll = roll_nodes[r];
        if (late_finish[roll].n < kNever) {
            finish = std::min(finish, clock(node).work_at(late_finish[roll]));
            bound = true;
        }
        if (late_start[roll].n < kNever && first_leaf[roll] == node) {
            finish = std::min(finish, clock(node).work_at(late_start[roll]) + span[node]);
            bound = true;
        }
    }
    if (!bound && project->each_path_critical && !anchors) finish = ef[node];
    if (anchors && (*anchors)[task_of[node]].n < kNever)
        finish = std::min(finish, clock(node).work_at((*anchors)[task_of[node]]));

    if (flags[node] & kBackwardFlags) {
        limit_special(node, finish, bound);
    } else {
        lf[node] = finish;
        ls[node] = link_ls[node] = finish - span[node];
    }
}

void Scheduler::Network::limit_special(std::uint32_t node, std::int64_t finish, bool bound) {
    const Task& what = task(node);
    const WorkClock& by = clock(node);
    const std::uint16_t flag = flags[node];
    if (flag & kFinished) {
        lf[node] = link_ls[node] = ef[node];
        ls[node] = es[node];
        return;
    }
    if ((flag & kZero) && (flag & kStarted) && bound) finish = es[node];
    if (flag & kConstrained) {
        const std::int64_t at = by.work_at(what.constraint.at);
        switch (what.constraint.kind) {
            case ConstraintKind::MustStartOn: finish = at + span[node]; break;
            case ConstraintKind::MustFinishOn: finish = at; break;
            case ConstraintKind::StartNoLaterThan: finish = std::min(finish, at + span[node]); break;
            case ConstraintKind::FinishNoLaterThan: finish = std::min(finish, at); break;
            default: break;
        }
    }
    if (what.deadline) finish = std::min(finish, by.work_at(*what.deadline));
    lf[node] = finish;
    ls[node] = link_ls[node] = finish - span[node];
    if (flag & kStarted) {
        link_ls[node] += span[node] * what.percent_done / 100;
        ls[node] = es[node];
    }
}

// The late dates that the predecessors of a summary see: the earliest of its children's.
void Scheduler::Network::limit_gate(std::uint32_t node) {
    LocalMinute start{kNever}, finish{kNever}, most{kNever};
    for (std::uint32_t u = under_begin[node]; u < under_begin[node + 1]; ++u) {
        const std::uint32_t below = under_nodes[u];
        if (kinds[below] == NodeKind::Gate) {
            start = std::min(start, late_start[below]);
            finish = std::min(finish, late_finish[below]);
            most = std::min(most, late_finish_most[below]);
        } else if (!(flags[below] & kFinished) && lf[below] <= kUnbound) {
            start = std::min(start, clock(below).start_at(link_ls[below]));
            finish = std::min(finish, clock(below).finish_at(lf[below]));
            most = std::min(most, clock(below).start_at(lf[below]));
        }
    }
    late_start[node] = start;
    late_finish[node] = finish;
    late_finish_most[node] = most;
}

// What a summary's successors and its own constraint allow, for the tasks in it.
void Scheduler::Network::limit_roll_up(std::uint32_t node) {
    LocalMinute start{kNever}, finish{kNever};
    for (std::uint32_t i = out_begin[node]; i < out_end[node]; ++i) {
        const Edge& edge = edges[out_edges[i]];
        if (!binds_late(edge)) continue;
        LocalMinute& bound = binds_finish_of_predecessor(edge.kind) ? finish : start;
        bound = std::min(bound, latest_time(edge));
    }
    const Constraint& constraint = task(node).constraint;
    const bool limited = constraint.kind == ConstraintKind::FinishNoLaterThan ||
                         constraint.kind == ConstraintKind::MustFinishOn;
    if (limited && !anchors) finish = std::min(finish, constraint.at);
    late_start[node] = start;
    late_finish[node] = finish;
}

// The short way, for the task without dates or facts whose successors are such tasks too, on one clock. False, and nothing
// done, where it takes the long way.
bool Scheduler::Network::limit_plain(std::uint32_t node) {
    const std::int64_t length = span[node];
    std::int64_t finish = finish_work[clock_of[node]];
    const std::uint32_t first = out_begin[node], last = out_end[node];
    for (std::uint32_t i = first; i < last; ++i) {
        const Edge& edge = edges[out_edges[i]];
        if (!edge.plain || (flags[edge.to] & (kStarted | kFinished))) return false;
        std::int64_t at = (binds_start_of_successor(edge.kind) ? link_ls : lf)[edge.to] - edge.lag;
        if (!binds_finish_of_predecessor(edge.kind)) at += length;
        finish = std::min(finish, at);
    }
    if (first == last && project->each_path_critical) finish = ef[node];
    lf[node] = finish;
    ls[node] = link_ls[node] = finish - length;
    return true;
}

// Limits the node again and marks what that changes.
void Scheduler::Network::update_late(std::uint32_t node) {
    if (kinds[node] == NodeKind::Leaf) {
        const std::int64_t start = ls[node], finish = lf[node], link_start = link_ls[node];
        if ((flags[node] & kBackwardLong) || !limit_plain(node)) limit_leaf(node);
        if (start == ls[node] && finish == lf[node] && link_start == link_ls[node] && !(flags[node] & kStarted)) return;
        row_marks.set(node);
        mark_predecessors(node);
        if (flags[node] & kLate) {
            shown_marks.set(node);
            mark_successors(node, true);
        }
        return;
    }
    const LocalMinute start = late_start[node], finish = late_finish[node], most = late_finish_most[node];
    if (kinds[node] == NodeKind::Gate)
        limit_gate(node);
    else
        limit_roll_up(node);
    if (start == late_start[node] && finish == late_finish[node] && most == late_finish_most[node]) return;
    if (kinds[node] == NodeKind::Gate) {
        mark_predecessors(node);
    } else {
        for (std::uint32_t u = under_begin[node]; u < under_begin[node + 1]; ++u) backward_marks.set(under_nodes[u]);
    }
}

void Scheduler::Network::backward_whole() {
    index_out();
    for (std::uint32_t n = node_count(); n-- > 0;) {
        if (!(flags[n] & kBackwardLong) && !anchors && limit_plain(n)) continue;
        switch (kinds[n]) {
            case NodeKind::Leaf: limit_leaf(n); break;
            case NodeKind::Gate: limit_gate(n); break;
            case NodeKind::RollUp: limit_roll_up(n); break;
        }
    }
}

void Scheduler::Network::backward_marked() {
    backward_marks.sweep_down([&](std::uint32_t n) { update_late(n); });
}

std::vector<LocalMinute> Scheduler::Network::latest_finishes(const Project& plan,
                                                             const std::vector<LocalMinute>& at) {
    std::vector<LocalMinute> latest(plan.tasks.size(), LocalMinute{kNever});
    project = &plan;
    forward_whole(false);
    for (std::uint16_t& flag : flags) flag = static_cast<std::uint16_t>(flag & ~(kConstrained | kDeadline));
    for (const ClientDecision& decision : plan.decisions) {
        // What was answered is asked about as if it were still open.
        const std::uint32_t found = task_index.find(decision.task.n);
        if (found == IdTable::kAbsent || node_of[found] == kNone) continue;
        std::uint16_t& flag = flags[node_of[found]];
        flag = static_cast<std::uint16_t>(flag & ~(kStarted | kFinished));
    }
    std::fill(finish_work.begin(), finish_work.end(), kNever);
    anchors = &at;
    backward_whole();
    anchors = nullptr;
    for (std::uint32_t n = 0; n < kinds.size(); ++n)
        if (kinds[n] == NodeKind::Leaf && lf[n] <= kUnbound) latest[task_of[n]] = clock(n).finish_at(lf[n]);
    return latest;
}

// Free float where everything that follows stands on the same clock; `room` is kNever where nothing does. False: it does not.
bool Scheduler::Network::plain_room(std::uint32_t node, std::int64_t& room) const {
    room = kNever;
    for (std::uint32_t i = out_begin[node]; i < out_end[node]; ++i) {
        const Edge& edge = edges[out_edges[i]];
        if (!edge.plain) return false;
        if (flags[edge.to] & kFinished) continue;
        const std::int64_t from = (binds_finish_of_predecessor(edge.kind) ? ef : es)[node];
        room = std::min(room, (binds_start_of_successor(edge.kind) ? es : ef)[edge.to] - edge.lag - from);
    }
    return true;
}

// How far the node can slip before any successor's early date moves; to the project's finish where nothing waits for it.
std::int64_t Scheduler::Network::free_float(std::uint32_t node) const {
    const bool leaf = kinds[node] == NodeKind::Leaf;
    const WorkClock& by = clock(node);
    const std::int64_t start = leaf ? es[node] : by.work_at(gate_start[node]);
    const std::int64_t finish = leaf ? ef[node] : by.work_at(gate_finish[node]);
    std::int64_t room = kNever;
    if (!leaf || !plain_room(node, room)) {
        room = kNever;
        for (std::uint32_t i = out_begin[node]; i < out_end[node]; ++i) {
            const Edge& edge = edges[out_edges[i]];
            if (kinds[edge.to] == NodeKind::Leaf && (flags[edge.to] & kFinished)) continue;
            room = std::min(room, room_across(edge, binds_finish_of_predecessor(edge.kind) ? finish : start));
        }
    }
    if (room == kNever) room = finish_work[clock_of[node]] - finish;
    return std::max<std::int64_t>(0, room);
}

// The room that one successor leaves, in the predecessor's worked minutes.
std::int64_t Scheduler::Network::room_across(const Edge& edge, std::int64_t from) const {
    const bool of_start = binds_start_of_successor(edge.kind);
    if (edge.plain) return (of_start ? es[edge.to] : ef[edge.to]) - edge.lag - from;
    const WorkClock& other = clock(edge.to);
    const ScheduledTask& row = (*rows)[task_of[edge.to]];
    LocalMinute at = of_start ? row.early_start : row.early_finish;
    if (edge.elapsed)
        at = LocalMinute{at.n - edge.lag};
    else if (edge.lag != 0)
        at = of_start ? other.start_at(other.work_at(at) - edge.lag) : other.finish_at(other.work_at(at) - edge.lag);
    return clock(edge.from).work_at(at) - from;
}

}  // namespace entente::plan
