// What build() needs on the way and throws away: tasks' values by index, links as pairs, the order of the nodes.
//
// Private to network.cpp and network_order.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plan/network.hpp"

namespace entente::plan {

struct Scheduler::Network::Draft {
    struct DraftEdge {
        std::uint32_t from, to, link;  // nodes; index into Project::links
    };
    struct Implied {
        std::uint32_t from, to;  // a gate and what is below it, or a leaf and its roll-up
    };
    std::vector<std::uint16_t> flags;                // by task
    std::vector<std::int64_t> spans;                 // by task
    std::vector<std::uint32_t> from_task, to_task;   // by link: task indices; none where an end is not in the plan
    std::vector<std::uint8_t> wants_gate;            // by task, where any summary is linked or bound
    std::vector<std::uint32_t> ends_here, ends_too;  // by task: the roll-ups that follow it, as a chain
    std::vector<DraftEdge> edges;
    std::vector<Implied> implied;
    bool outer = false;    // there are gates or roll-ups
    bool forward = true;   // every edge leads from a lesser node to a greater one

    void read_links(const Project& plan, const IdTable& tasks);
    void find_summaries(const Network& network);
    // Edges between the nodes as they stand.
    void join(const Network& network);
    // Puts the nodes in order; fails on a loop.
    Result<void> sort(Network& network);

private:
    void renumber(Network& network, const std::vector<std::uint32_t>& order);
    Error loop_error(const Network& network, const std::vector<std::uint32_t>& waiting) const;
};

}  // namespace entente::plan
