// Between compare() and its parts: what stays in order on a track, and where it stands in time without a change explaining it.
#pragma once

#include <vector>

#include "core/cut/align.hpp"

namespace entente::cut {

// Events of one pair of tracks that stay in order. `touched`: one that itself changed, which explains a different distance.
struct Kept {
    Pair events;
    bool touched = false;
    bool after_change = false;  // something was added, removed or moved between the one before and this one
};

// How far an event stands from where it stood.
inline std::int64_t shift_of(const Cut& before, const Cut& after, const Pair& pair) {
    return after.events[pair.after].record.in - before.events[pair.before].record.in;
}

// Adds what only time shows: an event that slid between its neighbours (moved), black that became longer (added) or shorter
// (removed). Where everything behind a place moves together with the leading track, it only ripples. `leading`: the pairs of the first
// picture track; empty for that track itself.
void add_spacing(const Cut& before, const Cut& after, const std::vector<Kept>& kept, const std::vector<Pair>& leading, bool sound,
                 std::vector<EventChange>& out);

}  // namespace entente::cut
