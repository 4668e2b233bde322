#include "core/plan/network.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace entente::plan {

namespace {

constexpr std::int64_t kLongestMinutes = std::int64_t{kLastDay.n} *
                                         kMinutesPerDay;  // no length or lag counts for more

bool bounds_summary(ConstraintKind kind) {
    return kind != ConstraintKind::AsSoonAsPossible && kind != ConstraintKind::AsLateAsPossible;
}

std::int64_t clamp_minutes(std::int64_t minutes) {
    return std::clamp(minutes, -kLongestMinutes, kLongestMinutes);
}

}  // namespace

// Nodes and edges before they are put in order.
struct Scheduler::Network::Draft {
    struct DraftNode {
        NodeKind kind;
        std::uint32_t task;
    };
    struct DraftEdge {
        std::uint32_t from, to, link;  // link: none for the edges that only order
    };
    std::vector<DraftNode> nodes;
    std::vector<DraftEdge> edges;
    std::vector<std::uint32_t> end_of;   // task index -> its node (leaf or roll-up)
    std::vector<std::uint32_t> gate_at;  // task index of a summary -> its gate
    std::vector<std::uint32_t> order;    // nodes, predecessors first

    void add_tasks(const Network& network);
    void add_links(const Network& network, const Project& plan);
    Result<void> sort(const Project& plan);
    Error loop_error(const Project& plan, const std::vector<std::uint32_t>& waiting) const;
    std::uint32_t gate_above(const Network& network, std::uint32_t task) const;
};

std::uint32_t Scheduler::Network::Draft::gate_above(const Network& network, std::uint32_t task) const {
    for (std::uint32_t up = network.parent_of[task]; up != kNone; up = network.parent_of[up])
        if (gate_at[up] != kNone) return gate_at[up];
    return kNone;
}

// Leaves for the tasks that count; gates and roll-ups for the summaries that a link or a constraint touches.
void Scheduler::Network::Draft::add_tasks(const Network& network) {
    const std::size_t count = network.task_shapes.size();
    std::vector<std::uint8_t> waits(count), waited_for(count);
    for (const LinkShape& link : network.link_shapes) {
        const auto from = network.index_of.find(link.from), to = network.index_of.find(link.to);
        if (from == network.index_of.end() || to == network.index_of.end()) continue;
        waited_for[from->second] = 1;
        waits[to->second] = 1;
    }
    end_of.assign(count, kNone);
    gate_at.assign(count, kNone);
    for (std::uint32_t i = 0; i < count; ++i) {
        const TaskShape& shape = network.task_shapes[i];
        if (!shape.active) continue;
        const auto add = [&](NodeKind kind) {
            nodes.push_back({kind, i});
            return static_cast<std::uint32_t>(nodes.size() - 1);
        };
        if (shape.kind != TaskKind::Summary) {
            end_of[i] = add(NodeKind::Leaf);
            continue;
        }
        const bool bound = bounds_summary(shape.summary_constraint);
        if (waits[i] || bound) gate_at[i] = add(NodeKind::Gate);
        if (waited_for[i] || bound) end_of[i] = add(NodeKind::RollUp);
    }
}

void Scheduler::Network::Draft::add_links(const Network& network, const Project& plan) {
    for (std::uint32_t l = 0; l < plan.links.size(); ++l) {
        const auto from = network.index_of.find(plan.links[l].from),
                   to = network.index_of.find(plan.links[l].to);
        if (from == network.index_of.end() || to == network.index_of.end()) continue;
        const std::uint32_t a = end_of[from->second];
        const bool into_summary = network.task_shapes[to->second].kind == TaskKind::Summary;
        const std::uint32_t b = into_summary ? gate_at[to->second] : end_of[to->second];
        if (a != kNone && b != kNone) edges.push_back({a, b, l});
    }
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
        if (nodes[n].kind == NodeKind::RollUp) continue;
        const std::uint32_t gate = gate_above(network, nodes[n].task);
        if (gate != kNone) edges.push_back({gate, n, kNone});
        if (nodes[n].kind != NodeKind::Leaf) continue;
        for (std::uint32_t up = network.parent_of[nodes[n].task]; up != kNone; up = network.parent_of[up])
            if (end_of[up] != kNone) edges.push_back({n, end_of[up], kNone});
    }
}

// Kahn's algorithm; nodes that are free at the same time keep the plan's order.
Result<void> Scheduler::Network::Draft::sort(const Project& plan) {
    const std::size_t count = nodes.size();
    std::vector<std::uint32_t> waiting(count), first(count + 1), next(edges.size());
    for (const DraftEdge& edge : edges) {
        ++waiting[edge.to];
        ++first[edge.from + 1];
    }
    for (std::size_t n = 0; n < count; ++n) first[n + 1] += first[n];
    std::vector<std::uint32_t> fill(first.begin(), first.end() - 1);
    for (const DraftEdge& edge : edges) next[fill[edge.from]++] = edge.to;

    order.reserve(count);
    for (std::uint32_t n = 0; n < count; ++n)
        if (waiting[n] == 0) order.push_back(n);
    for (std::size_t done = 0; done < order.size(); ++done) {
        const std::uint32_t n = order[done];
        for (std::uint32_t e = first[n]; e < first[n + 1]; ++e)
            if (--waiting[next[e]] == 0) order.push_back(next[e]);
    }
    if (order.size() == count) return {};
    return tl::unexpected<Error>(loop_error(plan, waiting));
}

// Walks back along edges between nodes that still wait until one is met again: that is a loop.
Error Scheduler::Network::Draft::loop_error(const Project& plan,
                                            const std::vector<std::uint32_t>& waiting) const {
    std::vector<std::uint32_t> before(nodes.size(), kNone);
    for (const DraftEdge& edge : edges)
        if (waiting[edge.from] > 0 && waiting[edge.to] > 0 && before[edge.to] == kNone)
            before[edge.to] = edge.from;
    std::uint32_t at = 0;
    while (waiting[at] == 0) ++at;
    std::vector<std::uint8_t> seen(nodes.size());
    while (!seen[at]) {
        seen[at] = 1;
        at = before[at];
    }
    std::vector<std::uint32_t> tasks;  // against the direction of the links
    const std::uint32_t stop = at;
    do {
        if (tasks.empty() || tasks.back() != nodes[at].task) tasks.push_back(nodes[at].task);
        at = before[at];
    } while (at != stop);
    if (tasks.size() > 1 && tasks.front() == tasks.back()) tasks.pop_back();
    std::rotate(tasks.begin(), std::min_element(tasks.begin(), tasks.end()), tasks.end());
    std::reverse(tasks.begin() + 1, tasks.end());
    std::string names;
    for (const std::uint32_t task : tasks) names += plan.tasks[task].name + " \u2192 ";
    names += plan.tasks[tasks.front()].name;
    return Error{ErrorCode::BadInput, msg("These tasks wait for each other in a circle: {0}", names), names,
                 msg("Remove one of the links between them.")};
}

Result<void> Scheduler::Network::build(const Project& plan) {
    *this = Network();
    project_calendar = plan.calendar;
    calendars = plan.calendars;
    task_shapes.reserve(plan.tasks.size());
    index_of.reserve(plan.tasks.size());
    for (std::uint32_t i = 0; i < plan.tasks.size(); ++i) {
        const Task& task = plan.tasks[i];
        const bool summary = task.kind == TaskKind::Summary;
        task_shapes.push_back({task.id, task.parent, task.calendar, task.kind,
                               summary ? task.constraint.kind : ConstraintKind::AsSoonAsPossible, task.active,
                               task.elapsed});
        index_of.emplace(task.id, i);
    }
    for (const Link& link : plan.links)
        link_shapes.push_back({link.id, link.from, link.to, link.kind, link.lag_unit});
    parent_of.resize(plan.tasks.size(), kNone);
    for (std::uint32_t i = 0; i < plan.tasks.size(); ++i) {
        const auto parent = index_of.find(plan.tasks[i].parent);
        // A parent stands before its children; anything else would be a loop of parents.
        if (parent != index_of.end() && parent->second < i) parent_of[i] = parent->second;
    }
    Draft draft;
    draft.add_tasks(*this);
    draft.add_links(*this, plan);
    if (Result<void> sorted = draft.sort(plan); !sorted) return sorted;
    order_nodes(draft, plan);
    return {};
}

// Renumbers the draft's nodes in their order, so that a pass walks its arrays from one end to the other.
void Scheduler::Network::order_nodes(const Draft& draft, const Project& plan) {
    const std::size_t count = draft.order.size();
    std::vector<std::uint32_t> place(count);
    for (std::uint32_t n = 0; n < count; ++n) place[draft.order[n]] = n;
    const auto placed = [&](std::uint32_t node) { return node == kNone ? kNone : place[node]; };

    node_of.resize(plan.tasks.size());
    for (std::size_t i = 0; i < plan.tasks.size(); ++i) node_of[i] = placed(draft.end_of[i]);
    add_clocks(plan);
    for (std::uint32_t n = 0; n < count; ++n) {
        const Draft::DraftNode& node = draft.nodes[draft.order[n]];
        kinds.push_back(node.kind);
        task_of.push_back(node.task);
        clock_of.push_back(clock_of_task[node.task]);
        gate_of.push_back(placed(draft.gate_above(*this, node.task)));
        gate_linked.push_back(0);
    }
    for (const Draft::DraftEdge& edge : draft.edges) {
        if (edge.link == kNone) continue;
        const Link& link = plan.links[edge.link];
        Edge placed_edge{place[edge.from], place[edge.to], edge.link, link.kind, false, false, 0};
        placed_edge.elapsed = link.lag_unit == LagUnit::Elapsed ||
                              (link.lag_unit == LagUnit::PercentOfPredecessor &&
                               task_shapes[task_of[placed_edge.from]].elapsed);
        placed_edge.plain = !placed_edge.elapsed && clock_of[placed_edge.from] == clock_of[placed_edge.to] &&
                            kinds[placed_edge.from] == NodeKind::Leaf &&
                            kinds[placed_edge.to] == NodeKind::Leaf;
        edges.push_back(placed_edge);
    }
    std::stable_sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.to < b.to; });
    index_edges(draft, place);
}

void Scheduler::Network::index_edges(const Draft& draft, const std::vector<std::uint32_t>& place) {
    const std::size_t count = kinds.size();
    in_begin.assign(count + 1, 0);
    out_begin.assign(count + 1, 0);
    roll_begin.assign(count + 1, 0);
    for (const Edge& edge : edges) {
        ++in_begin[edge.to + 1];
        ++out_begin[edge.from + 1];
        if (kinds[edge.to] == NodeKind::Gate) gate_linked[edge.to] = 1;
    }
    const auto rolls = [&](const Draft::DraftEdge& edge) {
        return edge.link == kNone && draft.nodes[edge.to].kind == NodeKind::RollUp;
    };
    for (const Draft::DraftEdge& edge : draft.edges)
        if (rolls(edge)) ++roll_begin[place[edge.from] + 1];
    for (std::size_t n = 0; n < count; ++n) {
        in_begin[n + 1] += in_begin[n];
        out_begin[n + 1] += out_begin[n];
        roll_begin[n + 1] += roll_begin[n];
        if (kinds[n] == NodeKind::Gate && gate_of[n] != kNone && gate_linked[gate_of[n]]) gate_linked[n] = 1;
    }
    std::vector<std::uint32_t> out_fill(out_begin.begin(), out_begin.end() - 1);
    std::vector<std::uint32_t> roll_fill(roll_begin.begin(), roll_begin.end() - 1);
    out_edges.resize(edges.size());
    roll_nodes.resize(roll_begin.back());
    for (std::uint32_t e = 0; e < edges.size(); ++e) out_edges[out_fill[edges[e].from]++] = e;
    for (const Draft::DraftEdge& edge : draft.edges)
        if (rolls(edge)) roll_nodes[roll_fill[place[edge.from]]++] = place[edge.to];
    index_under(draft, place);
}

// The edges without a link, the other way round, and the outline's children.
void Scheduler::Network::index_under(const Draft& draft, const std::vector<std::uint32_t>& place) {
    const auto owner = [&](const Draft::DraftEdge& edge) {
        return draft.nodes[edge.to].kind == NodeKind::RollUp ? place[edge.to] : place[edge.from];
    };
    const auto member = [&](const Draft::DraftEdge& edge) {
        return draft.nodes[edge.to].kind == NodeKind::RollUp ? place[edge.from] : place[edge.to];
    };
    under_begin.assign(kinds.size() + 1, 0);
    for (const Draft::DraftEdge& edge : draft.edges)
        if (edge.link == kNone) ++under_begin[owner(edge) + 1];
    for (std::size_t n = 0; n < kinds.size(); ++n) under_begin[n + 1] += under_begin[n];
    std::vector<std::uint32_t> fill(under_begin.begin(), under_begin.end() - 1);
    under_nodes.resize(under_begin.back());
    for (const Draft::DraftEdge& edge : draft.edges)
        if (edge.link == kNone) under_nodes[fill[owner(edge)]++] = member(edge);

    child_begin.assign(parent_of.size() + 1, 0);
    for (const std::uint32_t parent : parent_of)
        if (parent != kNone) ++child_begin[parent + 1];
    for (std::size_t i = 0; i < parent_of.size(); ++i) child_begin[i + 1] += child_begin[i];
    fill.assign(child_begin.begin(), child_begin.end() - 1);
    child_tasks.resize(child_begin.back());
    for (std::uint32_t i = 0; i < parent_of.size(); ++i)
        if (parent_of[i] != kNone) child_tasks[fill[parent_of[i]]++] = i;
}

// One clock for each calendar that is used; the same calendar is compiled once.
void Scheduler::Network::add_clocks(const Project& plan) {
    const auto find = [&](CalendarId id) -> const Calendar* {
        for (const Calendar& calendar : plan.calendars)
            if (calendar.id == id && valid(calendar)) return &calendar;
        return nullptr;
    };
    const Calendar* base = find(plan.calendar);
    const Day near = day_of(plan.start);
    clocks.push_back(base ? WorkClock(*base, near) : WorkClock(standard_calendar({}, {}), near));
    clocks.push_back(WorkClock::always());
    std::unordered_map<CalendarId, std::uint16_t> known{{plan.calendar, 0}, {CalendarId{}, 0}};
    clock_of_task.resize(plan.tasks.size());
    for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
        if (plan.tasks[i].elapsed && plan.tasks[i].kind != TaskKind::Summary) {
            clock_of_task[i] = 1;
            continue;
        }
        const auto [entry, added] = known.emplace(plan.tasks[i].calendar, 0);
        const Calendar* calendar = added ? find(plan.tasks[i].calendar) : nullptr;
        if (calendar && clocks.size() < 0xffff) {
            entry->second = static_cast<std::uint16_t>(clocks.size());
            clocks.push_back(WorkClock(*calendar, near));
        }
        clock_of_task[i] = entry->second;
    }
}

bool Scheduler::Network::load(const Project& plan) {
    if (plan.tasks.size() != task_shapes.size() || plan.links.size() != link_shapes.size() ||
        plan.calendar != project_calendar || plan.calendars != calendars)
        return false;
    project = &plan;
    if (fresh) size_values();
    any_late = false;
    for (std::uint32_t i = 0; i < plan.tasks.size(); ++i)
        if (!load_task(i)) return false;
    if (!load_links()) return false;
    const bool same = !fresh && known_start == plan.start && known_status == plan.status_day &&
                      known_critical == plan.critical_float_minutes &&
                      known_each_path == plan.each_path_critical;
    if (!same) {
        load_clocks();
        mark_all();
    }
    return true;
}

void Scheduler::Network::size_values() {
    const std::size_t count = kinds.size();
    span.assign(count, 0);
    flags.assign(count, 0);
    for (std::vector<std::int64_t>* times : {&es, &ef, &ls, &lf, &link_ls}) times->assign(count, 0);
    at_start.assign(count, 0);
    driver.assign(count, kNone);
    driven_by.assign(count, DrivenBy::ProjectStart);
    for (std::vector<LocalMinute>* times :
         {&gate_start, &gate_finish, &late_start, &late_finish, &late_finish_most})
        times->assign(count, LocalMinute{0});
    first_leaf.assign(count, kNone);
    finish_work.assign(clocks.size(), -kNever);
    for (Marks* marks : {&forward_marks, &backward_marks, &row_marks, &room_marks}) marks->resize(count);
    summary_marks.resize(task_shapes.size());
    rows.assign(task_shapes.size(), ScheduledTask{});
}

void Scheduler::Network::mark_all() {
    for (Marks* marks : {&forward_marks, &backward_marks, &row_marks, &room_marks, &summary_marks})
        marks->set_all();
}

// Everything that is placed after this node, or by it.
void Scheduler::Network::mark_successors(std::uint32_t node) {
    for (std::uint32_t i = out_begin[node]; i < out_begin[node + 1]; ++i)
        forward_marks.set(edges[out_edges[i]].to);
    for (std::uint32_t r = roll_begin[node]; r < roll_begin[node + 1]; ++r) forward_marks.set(roll_nodes[r]);
}

// Everything whose late dates come from this node's.
void Scheduler::Network::mark_predecessors(std::uint32_t node) {
    for (std::uint32_t e = in_begin[node]; e < in_begin[node + 1]; ++e) backward_marks.set(edges[e].from);
    if (gate_of[node] != kNone) backward_marks.set(gate_of[node]);
}

bool Scheduler::Network::load_task(std::uint32_t index) {
    const Task& task = project->tasks[index];
    const TaskShape& shape = task_shapes[index];
    if (task.id != shape.id || task.parent != shape.parent || task.kind != shape.kind ||
        task.calendar != shape.calendar || task.active != shape.active || task.elapsed != shape.elapsed)
        return false;
    if (task.kind == TaskKind::Summary) return task.constraint.kind == shape.summary_constraint;
    const std::uint32_t node = node_of[index];
    if (node == kNone) return true;
    std::uint16_t flag = 0;
    if (task.constraint.kind == ConstraintKind::AsLateAsPossible) {
        flag |= kLate;
        any_late = true;
    } else if (task.constraint.kind != ConstraintKind::AsSoonAsPossible) {
        flag |= kConstrained;
    }
    if (task.deadline) flag |= kDeadline;
    if (task.actual_finish) flag |= kFinished | kStarted | kDone;
    if (task.actual_start) flag |= kStarted;
    if (task.percent_done >= 100) flag |= kDone;
    if (task.manual && task.manual_start.n != 0) flag |= kPinned;
    if (task.levelling_delay_minutes > 0) flag |= kDelayed;
    if (project->status_day && !(flag & (kFinished | kDone))) flag |= kHeld;
    const std::int64_t length = task.kind == TaskKind::Milestone
                                    ? 0
                                    : std::max<std::int64_t>(0, clamp_minutes(task.duration_minutes));
    set_values(node, flag,
               length > 0 ? length + std::max<std::int64_t>(0, clamp_minutes(task.pause_minutes)) : 0);
    return true;
}

void Scheduler::Network::set_values(std::uint32_t node, std::uint16_t flag, std::int64_t length) {
    if (length == 0) flag |= kZero;
    const bool changed = flags[node] != flag || span[node] != length;
    if (!changed && !(flag & kDatedFlags)) return;
    if (flags[node] != flag) {
        // What a finished or begun task no longer binds, and where a milestone stands, concerns its neighbours too.
        mark_predecessors(node);
        mark_successors(node);
        for (std::uint32_t e = in_begin[node]; e < in_begin[node + 1]; ++e) room_marks.set(edges[e].from);
    }
    flags[node] = flag;
    span[node] = length;
    forward_marks.set(node);
    backward_marks.set(node);
    row_marks.set(node);
}

bool Scheduler::Network::load_links() {
    const std::vector<Link>& links = project->links;
    for (std::size_t l = 0; l < links.size(); ++l) {
        const LinkShape& shape = link_shapes[l];
        if (links[l].id != shape.id || links[l].from != shape.from || links[l].to != shape.to ||
            links[l].kind != shape.kind || links[l].lag_unit != shape.unit)
            return false;
    }
    for (Edge& edge : edges) {
        const Link& link = links[edge.link];
        std::int64_t lag = clamp_minutes(link.lag_minutes);
        if (link.lag_unit == LagUnit::PercentOfPredecessor) {
            // Percent of the predecessor's length, rounded half away from zero.
            const std::int64_t part = clamp_minutes(project->tasks[task_of[edge.from]].duration_minutes) *
                                      std::clamp<std::int64_t>(link.lag_minutes, -100000, 100000);
            lag = clamp_minutes((part + (part < 0 ? -50 : 50)) / 100);
        }
        if (lag == edge.lag) continue;
        edge.lag = lag;
        forward_marks.set(edge.to);
        backward_marks.set(edge.from);
        room_marks.set(edge.from);
    }
    // Summaries are few and their own constraint's date is read where they are placed.
    for (std::uint32_t n = 0; n < kinds.size(); ++n) {
        if (kinds[n] == NodeKind::Leaf) continue;
        forward_marks.set(n);
        backward_marks.set(n);
    }
    return true;
}

void Scheduler::Network::load_clocks() {
    known_start = project->start;
    known_status = project->status_day;
    known_critical = project->critical_float_minutes;
    known_each_path = project->each_path_critical;
    start_work.resize(clocks.size());
    status_work.resize(clocks.size());
    last_work.resize(clocks.size());
    for (std::size_t c = 0; c < clocks.size(); ++c) {
        start_work[c] = clocks[c].work_at(project->start);
        last_work[c] = clocks[c].work_at(at_minute(kLastDay, 0));
        status_work[c] = project->status_day ? clocks[c].work_at(at_minute(*project->status_day + 1, 0))
                                             : -kNever;
    }
}

}  // namespace entente::plan
