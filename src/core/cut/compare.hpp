// What changed between two versions of a cut, as an assistant editor's change list says it.
//
// An event is known again by its clip (name and reel), its source range and its speed. What only ripples, because something before it
// became longer or shorter, is no change; such events are counted in `shifted`. The events that stay are those that leave the fewest
// changes, and of equally few the fewest frames; black exactly where something was taken out is no second change; an event found again
// elsewhere in the order (or alone in time) is moved. Of one event several things can change: it can be moved and trimmed, trimmed and come
// in by another transition.
//
// `frames` of a change, in frames of the record:
//   added, removed   the event's length
//   moved            its length
//   trimmed          frames that came in or went out at its head and its tail
//   retimed          the longer of its two lengths: every frame of it is made again, and none of the old ones stays
//   transition       the length of the longer of the two transitions
// `frames_changed` is their sum over picture changes: the frames of picture that have to be made, moved or taken out. Changes of events
// that are sound only are listed and summed apart; only where neither cut has picture they are the sum.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/cut/model.hpp"

namespace entente::cut {

enum class Kind : std::uint8_t { Added, Removed, Moved, Trimmed, Retimed, Transition };

// "added", "removed", ...: of machines; what a person reads is in the views.
std::string_view kind_code(Kind kind);

struct EventChange {
    Kind kind = Kind::Added;
    bool sound = false;            // of a sound track
    bool gap = false;              // black (or silence) between events became longer (added) or shorter (removed)
    std::string number, name;      // as the earlier cut calls the event, if it has it
    std::optional<Range> before, after;  // of the record, each in its own cut
    std::int64_t frames = 0;

    friend bool operator==(const EventChange&, const EventChange&) = default;
};

struct Diff {
    Rate rate_before, rate_after;
    std::int64_t events_before = 0, events_after = 0;
    std::int64_t frames_before = 0, frames_after = 0;  // lengths from the first event to the end of the last
    std::int64_t frames_changed = 0;                   // see above
    std::int64_t picture_changes = 0, sound_changes = 0;
    std::int64_t sound_frames = 0;                     // frames of the changes that are sound only
    std::int64_t shifted = 0;                          // events that only stand elsewhere in time
    std::vector<EventChange> changes;                  // in the order of the later cut
    std::vector<Message> notes;                        // what a person should know about how they were compared

    bool empty() const { return changes.empty(); }
};

// Refuses cuts that count timecode in different nominal rates: their frames are not the same frames.
Result<Diff> compare(const Cut& before, const Cut& after);

}  // namespace entente::cut
