// The order of the network's nodes, and the loops that refuse to have one.
#include <algorithm>
#include <string>
#include <utility>

#include "core/plan/network_draft.hpp"

namespace entente::plan {

void Scheduler::Network::Draft::reset() {
    edges.clear();
    implied.clear();
    outer = false;
    forward = one_clock = all_plain = true;
}

bool Scheduler::Network::Draft::join_leaves(Network& network) {
    const std::vector<Link>& links = network.project->links;
    network.in_begin.assign(network.kinds.size() + 1, 0);
    edges.resize(links.size());
    Edge* edge = edges.data();
    bool ordered = true, alike = true;
    for (const Link& link : links) {
        const std::uint32_t before = network.task_index.find(link.from.n), after = network.task_index.find(link.to.n);
        if (before == kNone || after == kNone) continue;
        const std::uint32_t from = network.node_of[before], to = network.node_of[after];
        if (from == kNone || to == kNone) {
            if ((network.shape_of[before] & 3) != 3 && (network.shape_of[after] & 3) != 3) continue;
            edges.clear();
            return false;
        }
        ordered = ordered && from < to;
        ++network.in_begin[to + 1];
        *edge = Edge{link.id, from, to, 0, link.kind, true, false, false};
        if (!one_clock || link.lag_unit != LagUnit::Working) network.set_kind(*edge, link, before, after);
        if (link.lag_minutes != 0) network.set_lag(*edge, link, before);
        alike = alike && edge->plain;
        ++edge;
    }
    edges.resize(static_cast<std::size_t>(edge - edges.data()));
    forward = ordered;
    all_plain = all_plain && alike;
    return true;
}

void Scheduler::Network::Draft::read_links(const Project& plan, const IdTable& tasks) {
    const std::size_t count = plan.links.size();
    from_task.resize(count);
    to_task.resize(count);
    for (std::size_t l = 0; l < count; ++l) {
        from_task[l] = tasks.find(plan.links[l].from.n);
        to_task[l] = tasks.find(plan.links[l].to.n);
        if (to_task[l] == kNone) from_task[l] = kNone;
    }
}

void Scheduler::Network::Draft::join(const Network& network) {
    edges.reserve(from_task.size());
    for (std::uint32_t l = 0; l < from_task.size(); ++l) {
        if (from_task[l] == kNone) continue;
        const bool into_summary = network.shape_of[to_task[l]] & 1;
        const std::uint32_t from = network.node_of[from_task[l]];
        const std::uint32_t to = into_summary ? network.gate_node_of[to_task[l]] : network.node_of[to_task[l]];
        if (from == kNone || to == kNone) continue;
        const Link& link = network.project->links[l];
        edges.push_back({link.id, from, to, 0, link.kind, false, false, false});
        network.set_kind(edges.back(), link, from_task[l], to_task[l]);
        network.set_lag(edges.back(), link, from_task[l]);
        forward = forward && from < to;
    }
    for (std::uint32_t n = 0; n < network.node_count(); ++n) {
        if (network.kinds[n] == NodeKind::RollUp) continue;
        if (network.gate_of[n] != kNone) implied.push_back({network.gate_of[n], n});
        if (network.kinds[n] != NodeKind::Leaf) continue;
        for (std::uint32_t up = network.parent_of[network.task_of[n]]; up != kNone; up = network.parent_of[up])
            if (network.node_of[up] != kNone) implied.push_back({n, network.node_of[up]});
    }
}

// Kahn's algorithm; nodes that are free at the same time keep the plan's order.
Result<void> Scheduler::Network::Draft::sort(Network& network) {
    const std::size_t count = network.kinds.size();
    waiting.assign(count, 0);
    first.assign(count + 1, 0);
    next.resize(edges.size() + implied.size());
    const auto each = [&](auto visit) {
        for (const Edge& edge : edges) visit(edge.from, edge.to);
        for (const Implied& pair : implied) visit(pair.from, pair.to);
    };
    each([&](std::uint32_t from, std::uint32_t to) {
        ++waiting[to];
        ++first[from + 1];
    });
    for (std::size_t n = 0; n < count; ++n) first[n + 1] += first[n];
    fill.assign(first.begin(), first.end() - 1);
    each([&](std::uint32_t from, std::uint32_t to) { next[fill[from]++] = to; });

    order.clear();
    for (std::uint32_t n = 0; n < count; ++n)
        if (waiting[n] == 0) order.push_back(n);
    for (std::size_t done = 0; done < order.size(); ++done) {
        const std::uint32_t n = order[done];
        for (std::uint32_t e = first[n]; e < first[n + 1]; ++e)
            if (--waiting[next[e]] == 0) order.push_back(next[e]);
    }
    if (order.size() < count) return tl::unexpected<Error>(loop_error(network));
    renumber(network);
    return {};
}

// Gives the nodes their numbers in that order, so that a pass walks its arrays from one end to the other.
void Scheduler::Network::Draft::renumber(Network& network) {
    std::vector<std::uint32_t>& number = waiting;  // nothing waits any more
    for (std::uint32_t n = 0; n < order.size(); ++n) number[order[n]] = n;
    const auto renamed = [&](std::uint32_t node) { return node == kNone ? kNone : number[node]; };
    std::vector<NodeKind> new_kinds(order.size());
    std::vector<std::uint32_t>&new_tasks = first, &new_gates = fill;
    new_tasks.resize(order.size());
    new_gates.resize(order.size());
    flags = network.flags;
    clocks = network.clock_of;
    spans = network.span;
    for (std::size_t n = 0; n < order.size(); ++n) {
        network.flags[n] = flags[order[n]];
        network.clock_of[n] = clocks[order[n]];
        network.span[n] = spans[order[n]];
        new_kinds[n] = network.kinds[order[n]];
        new_tasks[n] = network.task_of[order[n]];
        new_gates[n] = renamed(network.gate_of[order[n]]);
    }
    network.kinds = std::move(new_kinds);
    std::swap(network.task_of, new_tasks);
    std::swap(network.gate_of, new_gates);
    for (std::uint32_t& node : network.node_of) node = renamed(node);
    for (std::uint32_t& node : network.gate_node_of) node = renamed(node);
    for (Edge& edge : edges) {
        edge.from = number[edge.from];
        edge.to = number[edge.to];
    }
    for (Implied& pair : implied) pair = {number[pair.from], number[pair.to]};
}

// Walks back along edges between nodes that still wait until one is met again: that is a loop.
Error Scheduler::Network::Draft::loop_error(const Network& network) const {
    std::vector<std::uint32_t> before(network.kinds.size(), kNone);
    const auto look = [&](std::uint32_t from, std::uint32_t to) {
        if (waiting[from] > 0 && waiting[to] > 0 && before[to] == kNone) before[to] = from;
    };
    for (const Edge& edge : edges) look(edge.from, edge.to);
    for (const Implied& pair : implied) look(pair.from, pair.to);
    std::uint32_t at = 0;
    while (waiting[at] == 0) ++at;
    std::vector<std::uint8_t> seen(network.kinds.size());
    while (!seen[at]) {
        seen[at] = 1;
        at = before[at];
    }
    std::vector<std::uint32_t> tasks;  // against the direction of the links
    const std::uint32_t stop = at;
    do {
        if (tasks.empty() || tasks.back() != network.task_of[at]) tasks.push_back(network.task_of[at]);
        at = before[at];
    } while (at != stop);
    if (tasks.size() > 1 && tasks.front() == tasks.back()) tasks.pop_back();
    std::rotate(tasks.begin(), std::min_element(tasks.begin(), tasks.end()), tasks.end());
    std::reverse(tasks.begin() + 1, tasks.end());
    std::string names;
    for (const std::uint32_t task : tasks) names += network.project->tasks[task].name + " \u2192 ";
    names += network.project->tasks[tasks.front()].name;
    return Error{ErrorCode::BadInput, msg("These tasks wait for each other in a circle: {0}", names), names,
                 msg("Remove one of the links between them.")};
}

}  // namespace entente::plan
