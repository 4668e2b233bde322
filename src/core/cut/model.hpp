// Cut: a version of the picture as a list of events, as an edit decision list or a timeline file says it. Plain values.
//
// Frames count at the cut's rate from timecode zero. Ranges are half open: `out` is the first frame that no longer belongs. An event that
// comes in by a dissolve or wipe begins where the transition begins, and the event it comes from ends there, as in a CMX 3600 list.
// Invariants (the readers keep them): record_out > record_in; tracks and events refer to each other by index; the events of a track stand
// in the order of their record_in. Gaps are where no event lies; a clip that is switched off is a gap. Counts and ranges are bounded by
// kMaxEvents and kMaxFrame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/cut/timecode.hpp"

namespace entente::cut {

inline constexpr std::size_t kMaxEvents = 50'000;
inline constexpr std::size_t kMaxTracks = 500;
inline constexpr std::int64_t kMaxFrame = 1ll << 40;

struct Range {
    std::int64_t in = 0, out = 0;
    std::int64_t length() const { return out - in; }
    friend bool operator==(const Range&, const Range&) = default;
};

enum class TransitionKind : std::uint8_t { None, Dissolve, Wipe, Key };

// How an event comes in.
struct Transition {
    TransitionKind kind = TransitionKind::None;
    std::int32_t code = 0;      // of a wipe
    std::int64_t frames = 0;
    friend bool operator==(const Transition&, const Transition&) = default;
};

inline constexpr std::int64_t kNormalSpeed = 1'000'000;

struct Event {
    std::size_t track = 0;
    std::string number;         // as an edit decision list counts it; empty elsewhere
    std::string name;           // of the clip
    std::string reel;
    bool black = false;         // black or a slug: it has a length and no content
    Range source, record;
    std::int64_t speed_millionths = kNormalSpeed;  // 0: a freeze frame; below zero: backwards
    Transition transition;      // by which it comes in
    Transition fade;            // by which it goes out where nothing follows it

    friend bool operator==(const Event&, const Event&) = default;
};

enum class TrackKind : std::uint8_t { Picture, Sound };

struct Track {
    TrackKind kind = TrackKind::Picture;
    std::string name;           // "V", "A2"
    friend bool operator==(const Track&, const Track&) = default;
};

enum class Format : std::uint8_t { Edl, Otio };

struct Cut {
    std::string title;
    Format format = Format::Edl;
    Rate rate;
    std::int64_t start = 0;     // the frame where the timeline begins: a gap before the first event counts from here
    std::vector<Track> tracks;
    std::vector<Event> events;  // by track, then by record_in

    friend bool operator==(const Cut&, const Cut&) = default;
};

}  // namespace entente::cut
