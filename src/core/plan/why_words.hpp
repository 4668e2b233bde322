// Lengths of time as they stand in the sentences that explain a date.
#pragma once

#include <cstdint>

#include "base/message.hpp"

namespace entente::plan {

// "3 working days", "5 working hours"; `minutes` > 0.
Message working_length(std::int64_t minutes, std::int64_t minutes_per_day);
// "3 days", "12 hours"; `minutes` > 0.
Message elapsed_length(std::int64_t minutes);

}  // namespace entente::plan
