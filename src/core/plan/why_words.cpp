#include "core/plan/why_words.hpp"

namespace entente::plan {

Message working_length(std::int64_t minutes, std::int64_t minutes_per_day) {
    if (minutes % minutes_per_day == 0) return msgn("{n} working day", "{n} working days", minutes / minutes_per_day);
    if (minutes % 60 == 0) return msgn("{n} working hour", "{n} working hours", minutes / 60);
    return msgn("{n} working minute", "{n} working minutes", minutes);
}

Message elapsed_length(std::int64_t minutes) {
    if (minutes % kMinutesPerDay == 0) return msgn("{n} day", "{n} days", minutes / kMinutesPerDay);
    if (minutes % 60 == 0) return msgn("{n} hour", "{n} hours", minutes / 60);
    return msgn("{n} minute", "{n} minutes", minutes);
}

}  // namespace entente::plan
