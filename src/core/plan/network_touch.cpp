// Taking what a command touched into a network that stands: values of tasks and links, a link more or less.
//
// Everything that the touched thing can decide directly is marked here; the passes mark on from what then differs. A change of
// shape (another kind, calendar, parent, a link against the order) is refused: building again is cheap and always right.
#include <algorithm>

#include "core/plan/network.hpp"

namespace entente::plan {

void Scheduler::Network::mark_node(std::uint32_t node) {
    forward_marks.set(node);
    shown_marks.set(node);
    backward_marks.set(node);
}

// Everything that is placed after this node, or by it.
void Scheduler::Network::mark_successors(std::uint32_t node, bool in_second) {
    Marks& marks = in_second ? shown_marks : forward_marks;
    for (std::uint32_t i = out_begin[node]; i < out_end[node]; ++i) marks.set(edges[out_edges[i]].to);
    if (!(flags[node] & kRolled)) return;
    for (std::uint32_t r = roll_begin[node]; r < roll_begin[node + 1]; ++r) marks.set(roll_nodes[r]);
}

// Everything whose late dates come from this node's.
void Scheduler::Network::mark_predecessors(std::uint32_t node) {
    for (std::uint32_t e = in_begin[node]; e < in_end[node]; ++e) backward_marks.set(edges[e].from);
    if (gate_of[node] != kNone) backward_marks.set(gate_of[node]);
}

// Everything whose free float is counted to this node.
void Scheduler::Network::mark_rooms_before(std::uint32_t node) {
    for (std::uint32_t e = in_begin[node]; e < in_end[node]; ++e) room_marks.set(edges[e].from);
}

bool Scheduler::Network::same_project() const {
    return project->calendar == project_calendar && project->start == known_start && project->status_day == known_status &&
           project->critical_float_minutes == known_critical && project->each_path_critical == known_each_path &&
           project->tasks.size() == shape_of.size();
}

bool Scheduler::Network::touch(const Project& plan, const Touched& touched) {
    project = &plan;
    if (touched.everything || !same_project()) return false;
    if (!touched.links.empty() || !touched.tasks.empty()) index_out();
    for (const LinkId id : touched.links)
        if (!touch_link(id)) return false;
    if (plan.links.size() != link_count) return false;
    for (const TaskId id : touched.tasks)
        if (!touch_task(id)) return false;
    return true;
}

bool Scheduler::Network::touch_task(TaskId id) {
    const std::uint32_t index = task_index.find(id.n);
    if (index == IdTable::kAbsent) return false;
    const Task& what = project->tasks[index];
    std::uint32_t parent = task_index.find(what.parent.n);
    if (parent >= index) parent = kNone;
    const bool same_clock = clock_of_task[index] == clock_for(what) && start_work.size() == clocks.size();
    if (what.id != id || shape(what) != shape_of[index] || !same_clock || parent != parent_of[index]) return false;
    if (parent_of[index] != kNone) summary_marks.set(parent_of[index]);
    const std::uint32_t node = node_of[index];
    if (what.kind != TaskKind::Summary && what.active) return touch_leaf(index, node);
    if (what.kind != TaskKind::Summary) {
        idle_tasks.push_back(index);
        return true;
    }
    if (node != kNone) mark_node(node);
    if (!gate_node_of.empty() && gate_node_of[index] != kNone) mark_node(gate_node_of[index]);
    summary_marks.set(index);
    return true;
}

bool Scheduler::Network::touch_leaf(std::uint32_t index, std::uint32_t node) {
    const Task& what = project->tasks[index];
    const std::uint16_t before = flags[node];
    const std::int64_t length = read_span(what);
    const auto flag = static_cast<std::uint16_t>(read_flags(what, length) | (before & kStructure));
    warning_marks.set(index);  // its name may have changed
    if (!touch_lags(node)) return false;
    // Without dates or facts of its own a task is its length and its links.
    if (flag == before && length == span[node] && !(flag & ~(kStructure | kZero))) return true;
    if (flag != before) {
        // What a finished or begun task no longer binds, and where a milestone stands, concerns its neighbours too.
        mark_predecessors(node);
        mark_successors(node, false);
        mark_successors(node, true);
        mark_rooms_before(node);
        late_count += (flag & kLate ? 1u : 0u) - (before & kLate ? 1u : 0u);
        finish_open = true;
    }
    flags[node] = flag;
    span[node] = length;
    mark_node(node);
    row_marks.set(node);
    return true;
}

// Lags that are a part of the task's length.
bool Scheduler::Network::touch_lags(std::uint32_t node) {
    for (std::uint32_t i = out_begin[node]; i < out_end[node]; ++i) {
        Edge& edge = edges[out_edges[i]];
        if (!edge.percent) continue;
        const std::uint32_t place = place_of_link(edge.link);
        if (place >= project->links.size() || project->links[place].id != edge.link) return false;
        set_lag(edge, project->links[place], task_of[node]);
        mark_edge(edge.from, edge.to);
    }
    return true;
}

// The values of a link changed, or it is new or gone.
void Scheduler::Network::mark_edge(std::uint32_t from, std::uint32_t to) {
    forward_marks.set(to);
    shown_marks.set(to);
    backward_marks.set(from);
    room_marks.set(from);
    row_marks.set(to);  // another link may stand in the driving one's place
    // Whether a task that has begun binds what must start before it depends on whether anything comes after it.
    mark_predecessors(from);
}

std::uint32_t Scheduler::Network::place_of_link(LinkId id) {
    if (!link_index) {
        std::vector<std::uint64_t> ids(project->links.size());
        for (std::size_t l = 0; l < ids.size(); ++l) ids[l] = project->links[l].id.n;
        link_index.emplace().build(ids);
    }
    return link_index->find(id.n);
}

// The edge of a link by its id; none where an end takes no part.
std::uint32_t Scheduler::Network::edge_of(const Link& link) const {
    const std::uint32_t task = task_index.find(link.to.n);
    if (task == IdTable::kAbsent) return kNone;
    const bool summary = shape_of[task] & 1;
    const std::uint32_t node = !summary ? node_of[task] : gate_node_of.empty() ? kNone : gate_node_of[task];
    if (node == kNone) return kNone;
    for (std::uint32_t e = in_begin[node]; e < in_end[node]; ++e)
        if (edges[e].link == link.id) return e;
    return kNone;
}

bool Scheduler::Network::touch_link(LinkId id) {
    if (project->links.size() == link_count + 1) return add_link(id);
    if (project->links.size() + 1 == link_count) return remove_link(id);
    const std::uint32_t place = place_of_link(id);
    if (place >= project->links.size() || project->links[place].id != id) return false;
    const Link& link = project->links[place];
    const std::uint32_t at = edge_of(link);
    const std::uint32_t from = task_index.find(link.from.n);
    if (at == kNone || from == IdTable::kAbsent || node_of[from] != edges[at].from) return false;
    set_kind(edges[at], link, from, task_of[edges[at].to]);
    set_lag(edges[at], link, from);
    mark_edge(edges[at].from, edges[at].to);
    return true;
}

// A link between two tasks that already stand in that order. The others make the shape anew.
bool Scheduler::Network::add_link(LinkId id) {
    const std::vector<Link>& links = project->links;
    std::size_t place = links.size();
    while (place > 0 && links[place - 1].id != id) --place;
    if (place == 0 || edges.size() > 2 * std::size_t{live_edges} + 64) return false;
    const Link& link = links[--place];
    const std::uint32_t from_task = task_index.find(link.from.n), to_task = task_index.find(link.to.n);
    if (from_task == IdTable::kAbsent || to_task == IdTable::kAbsent) return false;
    const std::uint32_t from = node_of[from_task], to = node_of[to_task];
    if (edge_of(link) != kNone || from == kNone || to == kNone || from >= to) return false;
    if (kinds[from] != NodeKind::Leaf || kinds[to] != NodeKind::Leaf) return false;
    // Its place among the links of the same successor: where two put it on the same date, the first is named.
    std::uint32_t before = in_end[to] - in_begin[to];
    for (std::size_t l = place + 1; l < links.size(); ++l) {
        if (links[l].to != link.to) continue;
        const std::uint32_t other = task_index.find(links[l].from.n);
        if (other != IdTable::kAbsent && node_of[other] != kNone) --before;
    }
    if (before > in_end[to] - in_begin[to]) return false;  // never: the links are those that were known, and one more
    Edge edge;
    edge.link = id;
    edge.from = from;
    edge.to = to;
    set_kind(edge, link, from_task, to_task);
    set_lag(edge, link, from_task);
    insert_edge(before, edge);
    ++link_count;
    link_index.reset();
    return true;
}

bool Scheduler::Network::remove_link(LinkId id) {
    const std::vector<Link>& links = project->links;
    if (std::any_of(links.begin(), links.end(), [id](const Link& link) { return link.id == id; })) return false;
    const auto found = std::find_if(edges.begin(), edges.end(), [id](const Edge& e) { return e.link == id && e.from != kNone; });
    if (found == edges.end()) return false;
    const std::uint32_t from = found->from, to = found->to;
    if (kinds[from] != NodeKind::Leaf || kinds[to] != NodeKind::Leaf) return false;
    const auto at = static_cast<std::uint32_t>(found - edges.begin());
    mark_edge(from, to);
    std::uint32_t out = out_begin[from];
    while (out_edges[out] != at) ++out;
    out_edges[out] = out_edges[--out_end[from]];
    out_edges[out_end[from]] = kNone;
    for (std::uint32_t e = at; e + 1 < in_end[to]; ++e) {
        edges[e] = edges[e + 1];
        move_out(edges[e].from, e + 1, e);
    }
    edges[--in_end[to]] = Edge{};
    --live_edges;
    --link_count;
    link_index.reset();
    return true;
}

// The successor's edges stand together: where the place behind them is taken, they move to the end.
void Scheduler::Network::insert_edge(std::uint32_t before, const Edge& edge) {
    const std::uint32_t to = edge.to;
    const std::uint32_t count = in_end[to] - in_begin[to];
    if (in_end[to] == edges.size()) {
        edges.emplace_back();
    } else if (edges[in_end[to]].from != kNone) {
        const auto begin = static_cast<std::uint32_t>(edges.size());
        edges.resize(edges.size() + count + 4);
        for (std::uint32_t e = 0; e < count; ++e) {
            edges[begin + e] = edges[in_begin[to] + e];
            move_out(edges[begin + e].from, in_begin[to] + e, begin + e);
            edges[in_begin[to] + e] = Edge{};
        }
        in_begin[to] = begin;
        in_end[to] = begin + count;
    }
    for (std::uint32_t e = in_end[to]; e > in_begin[to] + before; --e) {
        edges[e] = edges[e - 1];
        move_out(edges[e].from, e - 1, e);
    }
    ++in_end[to];
    ++live_edges;
    edges[in_begin[to] + before] = edge;
    insert_out(edge.from, in_begin[to] + before);
    mark_edge(edge.from, to);
}

void Scheduler::Network::insert_out(std::uint32_t node, std::uint32_t edge) {
    const std::uint32_t count = out_end[node] - out_begin[node];
    if (out_end[node] == out_edges.size()) {
        out_edges.push_back(kNone);
    } else if (out_edges[out_end[node]] != kNone) {
        const auto begin = static_cast<std::uint32_t>(out_edges.size());
        out_edges.resize(out_edges.size() + count + 4, kNone);
        for (std::uint32_t i = 0; i < count; ++i) {
            out_edges[begin + i] = out_edges[out_begin[node] + i];
            out_edges[out_begin[node] + i] = kNone;
        }
        out_begin[node] = begin;
        out_end[node] = begin + count;
    }
    out_edges[out_end[node]++] = edge;
}

void Scheduler::Network::move_out(std::uint32_t from, std::uint32_t old_edge, std::uint32_t new_edge) {
    for (std::uint32_t i = out_begin[from]; i < out_end[from]; ++i)
        if (out_edges[i] == old_edge) {
            out_edges[i] = new_edge;
            return;
        }
}

}  // namespace entente::plan
