// Recurring calendar exceptions: on which days a rule falls, as Microsoft Project counts them.
//
// A rule is kept as a rule and never as a list of days, so that it goes out again as it came in. Weeks begin on Sunday; a day of the
// month that a month does not have is its last; "first" to "fourth" and "last" count the days that are meant (any day, a weekday, a
// weekend day, or one day of the week). Source: the MSPDI schema's Exception element (Type, Period, DaysOfWeek, MonthItem,
// MonthPosition, Month, MonthDay, Occurrences), checked against files that Microsoft Project saved.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace entente::plan {

struct Recurrence {
    enum class Kind : std::uint8_t { YearlyDay, YearlyPosition, MonthlyDay, MonthlyPosition, Weekly, Daily, EachWeekday };
    Kind kind = Kind::YearlyDay;
    std::int32_t period = 1;        // every so many months, weeks or days; years are always every one; 1..1000
    std::int32_t days_of_week = 0;  // Weekly: bit 0 is Sunday .. bit 6 Saturday
    std::int32_t month = 0;         // Yearly*: 0..11
    std::int32_t month_day = 1;     // *Day: 1..31
    std::int32_t item = 0;          // *Position: 0 any day, 1 weekday, 2 weekend day, 3 Sunday .. 9 Saturday
    std::int32_t position = 0;      // *Position: 0 first .. 3 fourth, 4 last
    std::int32_t occurrences = 0;   // that many and no more; 0: until the exception ends

    friend bool operator==(const Recurrence&, const Recurrence&) = default;
};

// True where every field lies inside its range.
bool valid(const Recurrence& rule);

// The days of a rule that begins on `from` and ends on `to` (inclusive), in order.
std::vector<Day> occurrences(const Recurrence& rule, Day from, Day to);

}  // namespace entente::plan
