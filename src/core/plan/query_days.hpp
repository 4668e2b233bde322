// Counting in the working days of a project's calendar: how far two days lie apart, which day lies so many after another.
//
// Counts are signed and add up: between(a, c) == between(a, b) + between(b, c). Friday to Monday is 1. A project whose calendar
// cannot be used works every day.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/plan/model.hpp"

namespace entente::plan {

class Workdays {
public:
    explicit Workdays(const Project& project);
    // Counts within first..last are then a look-up; outside they stay right.
    Workdays(const Project& project, Day first, Day last);

    bool is_working(Day day) const;
    // Working days from a to b, a not counted; negative backwards.
    std::int64_t between(Day a, Day b) const;
    // The last working day that is not after `day`; `day` itself where there is none within ten years.
    Day on_or_before(Day day) const;
    // So many working days after the last working day that is not after `day`; before it where `days` is negative.
    Day add(Day day, std::int64_t days) const;

private:
    std::optional<WorkClock> clock_;
    Day first_{0}, last_{-1};
    std::vector<std::int32_t> before_;  // working days from first_ to before each day
};

}  // namespace entente::plan
