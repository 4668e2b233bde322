// What a request probably takes, guessed from its words so that nobody starts from an empty form: "one more week of grade" is
// five working days more on the task called Grade. A guess is offered to be confirmed, never put into a plan by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/plan/model.hpp"

namespace entente::change {

struct Guess {
    TaskId task;                        // the one whose name shares the most telling words with the request; none: no such task
    std::optional<std::int64_t> days;   // working days that are asked for, "a week" being five; none: not said
    bool fewer = false;                 // they ask for less, not for more
};

// English and Welsh. Pure; a summary or something done is never guessed.
Guess guess(const plan::Project& project, std::string_view request);

}  // namespace entente::change
