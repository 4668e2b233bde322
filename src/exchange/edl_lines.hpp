// The lines of an edit decision list, taken apart and not yet understood as time.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/cut/model.hpp"
#include "exchange/problem_list.hpp"

namespace entente::exchange {

struct EdlEvent {
    int line = 0;
    std::string number, reel, channel;
    cut::Transition transition;
    std::array<cut::Label, 4> labels;      // source in, source out, record in, record out
    std::optional<std::int64_t> speed_micro_fps;  // of an M2 line
    std::string from, to, file;            // clip names of the comments
    bool drop_source = false;              // the FCM line that stood over it
};

struct EdlLines {
    std::string title;
    std::deque<EdlEvent> events;           // grows without a second copy of itself
    std::optional<bool> drop;              // the first FCM line: how the record counts
    std::int64_t beyond = 0;               // lines of events beyond those that are kept
};

EdlLines read_edl_lines(std::string_view text, ProblemList& problems);

// The parts of an event's line, or none where it is no such line.
std::optional<EdlEvent> read_edl_event(std::string_view line);

}  // namespace entente::exchange
