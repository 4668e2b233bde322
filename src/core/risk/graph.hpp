// Graph: a plan's tasks and links in an order in which every predecessor comes first, for compile().
//
// The rules are the scheduler's (core/plan): a summary has a gate where something it waits for, or a date of its own, holds its
// children, and a roll-up where something waits for it; links between summaries' ends count for the tasks under them.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/plan/schedule.hpp"

namespace entente::risk {

struct GraphNode {
    enum class Kind : std::uint8_t { Leaf, Gate, RollUp };
    Kind kind = Kind::Leaf;
    std::uint32_t task = 0;
    std::uint32_t gate = 0;                // nearest gate above, kNoNode: none
    bool linked = false;                   // gates: a link reaches it or one above it
    std::vector<std::uint32_t> in;         // indices into Graph::edges, in the order of the plan's links
    std::vector<std::uint32_t> members;    // roll-ups: their leaves
};

struct GraphEdge {
    std::uint32_t from = 0, to = 0, link = 0;
};

inline constexpr std::uint32_t kNoNode = 0xffffffffu;

struct Graph {
    explicit Graph(const plan::Project& project);

    std::vector<plan::WorkClock> clocks;      // 0: the project's; 1: elapsed time; then the others that are used
    std::vector<std::uint32_t> clock_of;      // by task
    std::unordered_map<TaskId, std::uint32_t> index_of;
    std::vector<std::uint32_t> parent_of;     // by task; kNoNode: top level
    std::vector<std::vector<std::uint32_t>> children;  // by task
    std::vector<GraphNode> nodes;
    std::vector<GraphEdge> edges;
    std::vector<std::uint32_t> node_of;       // by task: its leaf or roll-up; kNoNode: none
    std::vector<std::uint32_t> gate_of;       // by task: its own gate
    std::vector<std::uint32_t> order;         // nodes, predecessors first; fewer than all where there is a loop

private:
    void add_clocks(const plan::Project& project);
    void add_outline(const plan::Project& project);
    void add_nodes(const plan::Project& project);
    void add_edges(const plan::Project& project);
    void sort();
    std::uint32_t gate_above(std::uint32_t task) const;
};

}  // namespace entente::risk
