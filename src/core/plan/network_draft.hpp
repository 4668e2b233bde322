// What build() needs on the way: tasks' values by index, links as pairs, the order of the nodes. Nothing of it counts
// afterwards; only its memory is kept for the next build.
//
// Private to network.cpp and network_order.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plan/network.hpp"

namespace entente::plan {

struct Scheduler::Network::Draft {
    struct Implied {
        std::uint32_t from, to;  // a gate and what is below it, or a leaf and its roll-up
    };
    std::vector<std::uint64_t> ids, parents;         // by task
    std::vector<std::uint16_t> flags, clocks;        // of the leaves, where gates and roll-ups come between them
    std::vector<std::int64_t> spans;                 // the same
    std::vector<std::uint32_t> from_task, to_task;   // by link: task indices; none where an end is not in the plan
    std::vector<std::uint8_t> wants_gate;            // by task, where any summary is linked or bound
    std::vector<std::uint32_t> ends_here, ends_too;  // by task: the roll-ups that follow it, as a chain
    std::vector<Edge> edges;                         // in the order of the project's links
    std::vector<Implied> implied;
    bool outer = false;      // there are gates or roll-ups
    bool forward = true;     // every edge leads from a lesser node to a greater one
    bool one_clock = true;   // all tasks have it
    bool all_plain = true;   // no task takes the long way of the backward pass

    void reset();
    // Edges of a plan in which only leaves are linked, counted in in_begin; false where a summary is linked too.
    bool join_leaves(Network& network);
    void read_links(const Project& plan, const IdTable& tasks);
    // Which summaries need a gate or a roll-up.
    void find_summaries(const Network& network);
    // Edges between the nodes as they stand.
    void join(const Network& network);
    // Puts the nodes in order; fails on a loop.
    Result<void> sort(Network& network);

private:
    void renumber(Network& network);
    Error loop_error(const Network& network) const;

    std::vector<std::uint32_t> waiting, first, next, fill, order;  // of the sort
};

}  // namespace entente::plan
