// Building the network: tasks become nodes, links become edges, both in compact arrays.
//
// Most plans are written in the order in which they are done, so the outline's order is tried first; only where a link leads
// backwards are the nodes put in order (network_order.cpp).
#include "core/plan/network.hpp"

#include <algorithm>
#include <utility>

#include "core/plan/network_draft.hpp"

namespace entente::plan {

namespace {

bool bounds_summary(ConstraintKind kind) {
    return kind != ConstraintKind::AsSoonAsPossible && kind != ConstraintKind::AsLateAsPossible;
}

// From counts behind each index to where each index begins.
void add_up(std::vector<std::uint32_t>& begin) {
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
}

}  // namespace

// Kind, active, elapsed, and of a summary its constraint: what decides whether a task has nodes and which.
std::uint16_t Scheduler::Network::shape(const Task& task) {
    const bool summary = task.kind == TaskKind::Summary;
    const unsigned constraint = summary ? static_cast<unsigned>(task.constraint.kind) : 0;
    return static_cast<std::uint16_t>((summary ? 1u : 0u) | (task.active ? 2u : 0u) | (!summary && task.elapsed ? 4u : 0u) |
                                      (constraint << 4));
}

Result<void> Scheduler::Network::build(const Project& plan) {
    *this = Network();
    project = &plan;
    project_calendar = plan.calendar;
    link_count = static_cast<std::uint32_t>(plan.links.size());
    add_clocks();
    Draft draft;
    read_tasks(draft);
    draft.read_links(plan, task_index);
    add_nodes(draft);
    draft.join(*this);
    if (!draft.forward) {
        if (Result<void> sorted = draft.sort(*this); !sorted) return sorted;
    }
    size_values();
    load_clocks();
    for (std::uint32_t n = 0; n < node_count(); ++n) {
        if (kinds[n] != NodeKind::Leaf) {
            flags[n] = kOuter;
            continue;
        }
        flags[n] = draft.flags[task_of[n]];
        span[n] = draft.spans[task_of[n]];
        if (gate_of[n] != kNone) flags[n] |= kGated;
        if (flags[n] & kLate) ++late_count;
    }
    add_edges(draft);
    index_implied(draft);
    index_outline();
    return {};
}

// One walk over the tasks, which are large; everything after it reads compact arrays.
void Scheduler::Network::read_tasks(Draft& draft) {
    const std::size_t count = project->tasks.size();
    std::vector<std::uint64_t> ids(count), parents(count);
    draft.flags.resize(count);
    draft.spans.resize(count);
    shape_of.resize(count);
    clock_of_task.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Task& task = project->tasks[i];
        ids[i] = task.id.n;
        parents[i] = task.parent.n;
        shape_of[i] = shape(task);
        clock_of_task[i] = clock_for(task);
        draft.flags[i] = read_flags(task);
        draft.spans[i] = read_span(task);
    }
    task_index.build(ids);
    parent_of.assign(count, kNone);
    std::uint64_t last_id = 0;
    std::uint32_t last_place = kNone;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (parents[i] == 0) continue;
        if (parents[i] != last_id) {
            last_id = parents[i];
            last_place = task_index.find(last_id);
        }
        // A parent stands before its children; anything else would be a loop of parents.
        if (last_place != kNone && last_place < i) parent_of[i] = last_place;
    }
}

// One clock for each calendar that is used; the same calendar is compiled once.
void Scheduler::Network::add_clocks() {
    const Calendar* base = nullptr;
    for (const Calendar& calendar : project->calendars)
        if (!base && calendar.id == project->calendar && valid(calendar)) base = &calendar;
    const Day near = day_of(project->start);
    clocks.push_back(base ? WorkClock(*base, near) : WorkClock(standard_calendar({}, {}), near));
    clocks.push_back(WorkClock::always());
    clock_ids = {{CalendarId{}, 0}, {project->calendar, 0}};
}

std::uint16_t Scheduler::Network::clock_for(const Task& task) {
    if (task.elapsed && task.kind != TaskKind::Summary) return 1;
    for (const auto& [id, known] : clock_ids)
        if (id == task.calendar) return known;
    std::uint16_t made = 0;
    for (const Calendar& calendar : project->calendars) {
        if (calendar.id != task.calendar || !valid(calendar) || clocks.size() >= 0xffff) continue;
        made = static_cast<std::uint16_t>(clocks.size());
        clocks.push_back(WorkClock(calendar, day_of(project->start)));
        break;
    }
    clock_ids.emplace_back(task.calendar, made);
    return made;
}

// Leaves for the tasks that count; gates and roll-ups for the summaries that a link or a constraint touches. In the outline's
// order, a gate before all that is in its summary and a roll-up after it.
void Scheduler::Network::add_nodes(Draft& draft) {
    const auto count = static_cast<std::uint32_t>(project->tasks.size());
    node_of.assign(count, kNone);
    kinds.reserve(count);
    task_of.reserve(count);
    const auto add = [&](NodeKind kind, std::uint32_t task) {
        kinds.push_back(kind);
        task_of.push_back(task);
        return node_count() - 1;
    };
    draft.find_summaries(*this);
    if (!draft.outer) {
        for (std::uint32_t i = 0; i < count; ++i)
            if ((shape_of[i] & 3) == 2) node_of[i] = add(NodeKind::Leaf, i);
        gate_of.assign(kinds.size(), kNone);
        return;
    }
    gate_node_of.assign(count, kNone);
    std::vector<std::uint32_t> above(count, kNone);  // the nearest gate above each task
    for (std::uint32_t i = 0; i < count; ++i) {
        if (const std::uint32_t parent = parent_of[i]; parent != kNone)
            above[i] = gate_node_of[parent] != kNone ? gate_node_of[parent] : above[parent];
        if ((shape_of[i] & 3) == 2) node_of[i] = add(NodeKind::Leaf, i);
        if (draft.wants_gate[i]) gate_node_of[i] = add(NodeKind::Gate, i);
        for (std::uint32_t s = draft.ends_here[i]; s != kNone; s = draft.ends_too[s])
            node_of[s] = add(NodeKind::RollUp, s);
    }
    gate_of.resize(kinds.size());
    for (std::uint32_t n = 0; n < node_count(); ++n) gate_of[n] = above[task_of[n]];
}

// The edges by their end, in the order of the project's links, and the way back.
void Scheduler::Network::add_edges(const Draft& draft) {
    const std::size_t count = kinds.size();
    in_begin.assign(count + 1, 0);
    out_begin.assign(count + 1, 0);
    for (const Draft::DraftEdge& edge : draft.edges) {
        ++in_begin[edge.to + 1];
        ++out_begin[edge.from + 1];
    }
    add_up(in_begin);
    add_up(out_begin);
    in_end.assign(in_begin.begin(), in_begin.end() - 1);
    out_end.assign(out_begin.begin(), out_begin.end() - 1);
    live_edges = static_cast<std::uint32_t>(draft.edges.size());
    edges.resize(live_edges);
    out_edges.resize(live_edges);
    for (const Draft::DraftEdge& from_draft : draft.edges) {
        const Link& link = project->links[from_draft.link];
        const std::uint32_t at = in_end[from_draft.to]++;
        Edge& edge = edges[at];
        edge.link = link.id;
        edge.from = from_draft.from;
        edge.to = from_draft.to;
        set_kind(edge, link);
        set_lag(edge, link);
        out_edges[out_end[edge.from]++] = at;
    }
    gate_linked.assign(count, 0);
    if (!draft.outer) return;
    for (std::uint32_t n = 0; n < count; ++n) {
        if (kinds[n] != NodeKind::Gate) continue;
        const std::uint32_t above = gate_of[n];
        gate_linked[n] = in_begin[n] != in_end[n] || (above != kNone && gate_linked[above]);
    }
}

// What stands under a gate or is rolled up, both ways.
void Scheduler::Network::index_implied(const Draft& draft) {
    if (!draft.outer) return;
    const std::size_t count = kinds.size();
    roll_begin.assign(count + 1, 0);
    under_begin.assign(count + 1, 0);
    for (const Draft::Implied& pair : draft.implied) {
        const bool rolls = kinds[pair.to] == NodeKind::RollUp;
        if (rolls) ++roll_begin[pair.from + 1];
        ++under_begin[(rolls ? pair.to : pair.from) + 1];
    }
    add_up(roll_begin);
    add_up(under_begin);
    roll_nodes.resize(roll_begin.back());
    under_nodes.resize(under_begin.back());
    std::vector<std::uint32_t> roll_fill(roll_begin.begin(), roll_begin.end() - 1);
    std::vector<std::uint32_t> under_fill(under_begin.begin(), under_begin.end() - 1);
    for (const Draft::Implied& pair : draft.implied) {
        if (kinds[pair.to] == NodeKind::RollUp) {
            roll_nodes[roll_fill[pair.from]++] = pair.to;
            under_nodes[under_fill[pair.to]++] = pair.from;
            flags[pair.from] |= kRolled;
        } else {
            under_nodes[under_fill[pair.from]++] = pair.to;
        }
    }
}

// The outline's children as chains.
void Scheduler::Network::index_outline() {
    first_child.assign(parent_of.size(), kNone);
    next_child.assign(parent_of.size(), kNone);
    for (auto i = static_cast<std::uint32_t>(parent_of.size()); i-- > 0;) {
        if (parent_of[i] == kNone) continue;
        next_child[i] = first_child[parent_of[i]];
        first_child[parent_of[i]] = i;
    }
}

void Scheduler::Network::size_values() {
    const std::size_t count = kinds.size();
    clock_of.resize(count);
    for (std::size_t n = 0; n < count; ++n) clock_of[n] = clock_of_task[task_of[n]];
    flags.assign(count, 0);
    for (std::vector<std::int64_t>* values : {&span, &es, &ef, &ls, &lf, &link_ls}) values->assign(count, 0);
    at_start.assign(count, 0);
    driver.assign(count, kNone);
    driven_by.assign(count, DrivenBy::ProjectStart);
    if (!gate_node_of.empty()) {
        for (std::vector<LocalMinute>* times : {&gate_start, &gate_finish, &late_start, &late_finish, &late_finish_most})
            times->assign(count, LocalMinute{0});
        first_leaf.assign(count, kNone);
    }
    for (Marks* marks : {&forward_marks, &shown_marks, &backward_marks, &row_marks, &room_marks}) marks->resize(count);
    for (Marks* marks : {&summary_marks, &warning_marks, &change_marks}) marks->resize(project->tasks.size());
}

void Scheduler::Network::load_clocks() {
    known_start = project->start;
    known_status = project->status_day;
    known_critical = project->critical_float_minutes;
    known_each_path = project->each_path_critical;
    for (const WorkClock& one : clocks) {
        start_work.push_back(one.work_at(project->start));
        start_side.push_back(project->start > one.finish_at(start_work.back()));
        last_work.push_back(one.work_at(at_minute(kLastDay, 0)));
        status_work.push_back(project->status_day ? one.work_at(at_minute(*project->status_day + 1, 0)) : -kNever);
    }
    finish_work.assign(clocks.size(), -kNever);
    latest_work.assign(clocks.size(), -kNever);
    project_start = clocks[0].start_at(start_work[0]);
}

void Scheduler::Network::Draft::find_summaries(const Network& network) {
    const auto count = static_cast<std::uint32_t>(network.shape_of.size());
    const auto summary = [&](std::uint32_t i) { return (network.shape_of[i] & 3) == 3; };  // an active one
    const auto bound = [&](std::uint32_t i) { return bounds_summary(static_cast<ConstraintKind>(network.shape_of[i] >> 4)); };
    for (std::uint32_t i = 0; i < count && !outer; ++i) outer = summary(i) && bound(i);
    for (std::size_t l = 0; l < from_task.size() && !outer; ++l)
        outer = from_task[l] != kNone && (summary(from_task[l]) || summary(to_task[l]));
    if (!outer) return;
    std::vector<std::uint8_t> wants_roll(count);
    wants_gate.assign(count, 0);
    for (std::uint32_t i = 0; i < count; ++i) wants_gate[i] = wants_roll[i] = summary(i) && bound(i);
    for (std::size_t l = 0; l < from_task.size(); ++l) {
        if (from_task[l] == kNone) continue;
        if (summary(from_task[l])) wants_roll[from_task[l]] = 1;
        if (summary(to_task[l])) wants_gate[to_task[l]] = 1;
    }
    std::vector<std::uint32_t> last(count);  // the last row of what is in it
    for (std::uint32_t i = count; i-- > 0;) {
        last[i] = std::max(last[i], i);
        if (const std::uint32_t parent = network.parent_of[i]; parent != kNone) last[parent] = std::max(last[parent], last[i]);
    }
    ends_here.assign(count, kNone);
    ends_too.assign(count, kNone);
    for (std::uint32_t i = 0; i < count; ++i) {  // the innermost comes first
        if (!wants_roll[i]) continue;
        ends_too[i] = ends_here[last[i]];
        ends_here[last[i]] = i;
    }
}

}  // namespace entente::plan
