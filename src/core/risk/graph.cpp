#include "core/risk/graph.hpp"

namespace entente::risk {

using plan::ConstraintKind;
using plan::TaskKind;

Graph::Graph(const plan::Project& project) {
    add_clocks(project);
    add_outline(project);
    add_nodes(project);
    add_edges(project);
    sort();
}

// One clock for each calendar that is used; what cannot be used is the project's.
void Graph::add_clocks(const plan::Project& project) {
    const auto find = [&](CalendarId id) -> const plan::Calendar* {
        for (const plan::Calendar& calendar : project.calendars)
            if (calendar.id == id && plan::valid(calendar)) return &calendar;
        return nullptr;
    };
    const Day near = day_of(project.start);
    const plan::Calendar* base = find(project.calendar);
    clocks.push_back(base ? plan::WorkClock(*base, near) : plan::WorkClock(plan::standard_calendar({}, {}), near));
    clocks.push_back(plan::WorkClock::always());
    std::unordered_map<CalendarId, std::uint32_t> known{{project.calendar, 0}, {CalendarId{}, 0}};
    for (const plan::Task& task : project.tasks) {
        if (task.elapsed && task.kind != TaskKind::Summary) {
            clock_of.push_back(1);
            continue;
        }
        const auto [entry, added] = known.emplace(task.calendar, 0);
        if (const plan::Calendar* calendar = added ? find(task.calendar) : nullptr) {
            entry->second = static_cast<std::uint32_t>(clocks.size());
            clocks.push_back(plan::WorkClock(*calendar, near));
        }
        clock_of.push_back(entry->second);
    }
}

void Graph::add_outline(const plan::Project& project) {
    for (std::uint32_t i = 0; i < project.tasks.size(); ++i) index_of.emplace(project.tasks[i].id, i);
    parent_of.assign(project.tasks.size(), kNoNode);
    children.resize(project.tasks.size());
    for (std::uint32_t i = 0; i < project.tasks.size(); ++i) {
        const auto parent = index_of.find(project.tasks[i].parent);
        if (parent == index_of.end() || parent->second >= i) continue;
        parent_of[i] = parent->second;
        children[parent->second].push_back(i);
    }
}

void Graph::add_nodes(const plan::Project& project) {
    const std::size_t count = project.tasks.size();
    std::vector<std::uint8_t> waits(count), waited_for(count);
    for (const plan::Link& link : project.links) {
        const auto from = index_of.find(link.from), to = index_of.find(link.to);
        if (from == index_of.end() || to == index_of.end()) continue;
        waited_for[from->second] = waits[to->second] = 1;
    }
    node_of.assign(count, kNoNode);
    gate_of.assign(count, kNoNode);
    const auto add = [&](GraphNode::Kind kind, std::uint32_t task) {
        GraphNode node;
        node.kind = kind;
        node.task = task;
        node.gate = gate_above(task);
        nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(nodes.size() - 1);
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        const plan::Task& task = project.tasks[i];
        if (!task.active) continue;
        if (task.kind != TaskKind::Summary) {
            node_of[i] = add(GraphNode::Kind::Leaf, i);
            continue;
        }
        const bool dated = task.constraint.kind != ConstraintKind::AsSoonAsPossible &&
                           task.constraint.kind != ConstraintKind::AsLateAsPossible;
        if (waits[i] || dated) gate_of[i] = add(GraphNode::Kind::Gate, i);
        if (waited_for[i] || dated) node_of[i] = add(GraphNode::Kind::RollUp, i);
    }
}

// A parent stands before its children, so its gate is there already.
std::uint32_t Graph::gate_above(std::uint32_t task) const {
    for (std::uint32_t up = parent_of[task]; up != kNoNode; up = parent_of[up])
        if (gate_of[up] != kNoNode) return gate_of[up];
    return kNoNode;
}

void Graph::add_edges(const plan::Project& project) {
    for (std::uint32_t l = 0; l < project.links.size(); ++l) {
        const auto from = index_of.find(project.links[l].from), to = index_of.find(project.links[l].to);
        if (from == index_of.end() || to == index_of.end()) continue;
        const std::uint32_t a = node_of[from->second];
        const bool summary = project.tasks[to->second].kind == TaskKind::Summary;
        const std::uint32_t b = summary ? gate_of[to->second] : node_of[to->second];
        if (a == kNoNode || b == kNoNode) continue;
        nodes[b].in.push_back(static_cast<std::uint32_t>(edges.size()));
        if (summary) nodes[b].linked = true;
        edges.push_back({a, b, l});
    }
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
        GraphNode& node = nodes[n];
        // Gates stand in the outline's order: the one above is settled.
        if (node.kind == GraphNode::Kind::Gate && node.gate != kNoNode && nodes[node.gate].linked) node.linked = true;
        if (node.kind != GraphNode::Kind::Leaf) continue;
        for (std::uint32_t up = parent_of[node.task]; up != kNoNode; up = parent_of[up])
            if (node_of[up] != kNoNode) nodes[node_of[up]].members.push_back(n);
    }
}

// Kahn's algorithm, over links, gates and roll-ups alike.
void Graph::sort() {
    std::vector<std::vector<std::uint32_t>> after(nodes.size());
    std::vector<std::uint32_t> waiting(nodes.size());
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        after[a].push_back(b);
        ++waiting[b];
    };
    for (const GraphEdge& edge : edges) before(edge.from, edge.to);
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
        if (nodes[n].kind != GraphNode::Kind::RollUp && nodes[n].gate != kNoNode) before(nodes[n].gate, n);
        for (const std::uint32_t member : nodes[n].members) before(member, n);
    }
    for (std::uint32_t n = 0; n < nodes.size(); ++n)
        if (waiting[n] == 0) order.push_back(n);
    for (std::size_t done = 0; done < order.size(); ++done)
        for (const std::uint32_t next : after[order[done]])
            if (--waiting[next] == 0) order.push_back(next);
}

}  // namespace entente::risk
