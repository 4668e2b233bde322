// The parts of compare(): which event of the later cut is which event of the earlier one.
#pragma once

#include <cstdint>
#include <vector>

#include "core/cut/compare.hpp"

namespace entente::cut {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// What an event is known by. Equal identities are the same picture.
struct Identity {
    std::int32_t clip = 0;   // clips of both cuts share one numbering
    Range source;            // black: from 0 to its length
    std::int64_t length = 0;
    std::int64_t speed = 0;
    friend bool operator==(const Identity&, const Identity&) = default;
    friend auto operator<=>(const Identity& a, const Identity& b) {
        if (const auto order = a.clip <=> b.clip; order != 0) return order;
        if (const auto order = a.source.in <=> b.source.in; order != 0) return order;
        if (const auto order = a.source.out <=> b.source.out; order != 0) return order;
        if (const auto order = a.length <=> b.length; order != 0) return order;
        return a.speed <=> b.speed;
    }
};

struct Identities {
    std::vector<Identity> before, after;  // parallel to the cuts' events
    std::vector<Message> notes;
};
Identities identify(const Cut& before, const Cut& after);

struct Candidate {
    std::size_t before = 0, after = 0;    // places in two sequences
    std::int64_t weight = 1;
};
// The candidates of the heaviest chain in which both places rise, in order. O(n log n).
std::vector<Candidate> heaviest_chain(std::vector<Candidate> candidates);

struct Pair {
    std::size_t before = kNone, after = kNone;  // places in the cuts' events
};

// How far two events of one clip show the same frames; 0 where they are different events.
std::int64_t shared_frames(const Identity& a, const Identity& b);

// The events that stay in order: first those that are equal, then between them those that show some of the same frames of a clip.
std::vector<Pair> align(const std::vector<std::size_t>& before, const std::vector<std::size_t>& after, const Identities& identities);

// Tracks of the two cuts that belong together, by name and then by order; kNone where one has no partner.
std::vector<Pair> pair_tracks(const Cut& before, const Cut& after, TrackKind kind);

}  // namespace entente::cut
