#include "core/plan/query_days.hpp"

#include <algorithm>

#include "core/lookup.hpp"

namespace entente::plan {

namespace {

constexpr int kFar = 3660;  // days: a calendar that rests that long has no working day worth looking for

}  // namespace

Workdays::Workdays(const Project& project) {
    const Calendar* calendar = by_id(project.calendars, project.calendar);
    if (calendar && valid(*calendar)) clock_.emplace(*calendar, day_of(project.start));
}

Workdays::Workdays(const Project& project, Day first, Day last) : Workdays(project) {
    if (last < first || last - first > 10 * kFar) return;
    first_ = first;
    last_ = last;
    before_.reserve(static_cast<std::size_t>(last - first) + 2);
    std::int32_t count = 0;
    for (Day day = first; day <= last; day = day + 1) {
        before_.push_back(count);
        if (is_working(day)) ++count;
    }
    before_.push_back(count);
}

bool Workdays::is_working(Day day) const { return !clock_ || clock_->is_working(day); }

std::int64_t Workdays::between(Day a, Day b) const {
    if (b < a) return -between(b, a);
    if (a >= first_ && b <= last_)
        return before_[static_cast<std::size_t>(b - first_) + 1] - before_[static_cast<std::size_t>(a - first_) + 1];
    std::int64_t days = 0;
    for (Day day = a + 1; day <= b; day = day + 1) days += is_working(day) ? 1 : 0;
    return days;
}

Day Workdays::on_or_before(Day day) const {
    for (int back = 0; back <= kFar; ++back) {
        if (is_working(day - back)) return day - back;
    }
    return day;
}

Day Workdays::add(Day day, std::int64_t days) const {
    Day at = on_or_before(day);
    const int step = days < 0 ? -1 : 1;
    int idle = 0;
    for (std::int64_t left = days < 0 ? -days : days; left > 0 && idle <= kFar; ++idle) {
        at = at + step;
        if (!is_working(at)) continue;
        --left;
        idle = -1;
    }
    return std::clamp(at, kFirstDay, kLastDay);
}

}  // namespace entente::plan
