// Working time shared by calendars: common to two, in either, or the same.
#include <algorithm>
#include <utility>

#include "exchange/mspdi_calendar.hpp"

namespace entente::exchange {

namespace {

using Combine = Shifts (*)(const Shifts&, const Shifts&);

// What is worked on each day from first to last.
class Days {
public:
    Days(const plan::Calendar& calendar, Day first, Day last) : exceptions_(plan::expand_exceptions(calendar, first, last)) {
        for (Day day = first; day <= last; day = day + 1)
            days_.push_back(&calendar.week[static_cast<std::size_t>(weekday(day))]);
        for (const plan::CalendarException& exception : exceptions_)
            for (Day day = std::max(exception.from, first); day <= std::min(exception.to, last); day = day + 1)
                days_[static_cast<std::size_t>(day - first)] = &exception.shifts;
    }
    const Shifts& operator[](std::size_t index) const { return *days_[index]; }
    std::size_t size() const { return days_.size(); }

private:
    std::vector<plan::CalendarException> exceptions_;
    std::vector<const Shifts*> days_;
};

// The days that any exception of the two touches; empty (last before first) where there is none.
std::pair<Day, Day> exceptional_days(const plan::Calendar& a, const plan::Calendar& b) {
    Day first = kLastDay, last = kFirstDay - 1;
    for (const plan::Calendar* calendar : {&a, &b}) {
        if (calendar->holiday_region != plan::HolidayRegion::None) return {kFirstDay, kLastDay};
        for (const plan::CalendarException& exception : calendar->exceptions) {
            first = std::min(first, exception.from);
            last = std::max(last, exception.to);
        }
    }
    return {first, last};
}

plan::Calendar combined(const plan::Calendar& a, const plan::Calendar& b, Combine combine) {
    plan::Calendar result;
    result.minutes_per_day = a.minutes_per_day;
    for (std::size_t d = 0; d < 7; ++d) result.week[d] = combine(a.week[d], b.week[d]);
    const auto [first, last] = exceptional_days(a, b);
    if (last < first) return result;
    const Days in_a(a, first, last), in_b(b, first, last);
    for (Day day = first; day <= last; day = day + 1) {
        const auto i = static_cast<std::size_t>(day - first);
        Shifts shifts = combine(in_a[i], in_b[i]);
        if (shifts == result.week[static_cast<std::size_t>(weekday(day))]) continue;
        if (!result.exceptions.empty() && result.exceptions.back().to + 1 == day &&
            result.exceptions.back().shifts == shifts)
            result.exceptions.back().to = day;
        else
            result.exceptions.push_back({day, day, {}, std::move(shifts)});
    }
    return result;
}

}  // namespace

Shifts tidy_shifts(Shifts shifts) {
    std::sort(shifts.begin(), shifts.end(),
              [](const plan::Shift& a, const plan::Shift& b) { return a.from_minute < b.from_minute; });
    Shifts tidy;
    for (const plan::Shift& shift : shifts) {
        if (shift.to_minute <= shift.from_minute) continue;
        if (!tidy.empty() && shift.from_minute <= tidy.back().to_minute)
            tidy.back().to_minute = std::max(tidy.back().to_minute, shift.to_minute);
        else
            tidy.push_back(shift);
    }
    return tidy;
}

Shifts common_shifts(const Shifts& a, const Shifts& b) {
    Shifts common;
    for (const plan::Shift& x : a)
        for (const plan::Shift& y : b)
            common.push_back({std::max(x.from_minute, y.from_minute), std::min(x.to_minute, y.to_minute)});
    return tidy_shifts(std::move(common));
}

Shifts joined_shifts(const Shifts& a, const Shifts& b) {
    Shifts all = a;
    all.insert(all.end(), b.begin(), b.end());
    return tidy_shifts(std::move(all));
}

plan::Calendar common_calendar(const plan::Calendar& a, const plan::Calendar& b) {
    return combined(a, b, common_shifts);
}
plan::Calendar joined_calendar(const plan::Calendar& a, const plan::Calendar& b) {
    return combined(a, b, joined_shifts);
}

bool same_working_time(const plan::Calendar& a, const plan::Calendar& b) {
    for (std::size_t d = 0; d < 7; ++d)
        if (tidy_shifts(a.week[d]) != tidy_shifts(b.week[d])) return false;
    const auto [first, last] = exceptional_days(a, b);
    if (last < first) return true;
    const Days in_a(a, first, last), in_b(b, first, last);
    for (std::size_t i = 0; i < in_a.size(); ++i)
        if (tidy_shifts(in_a[i]) != tidy_shifts(in_b[i])) return false;
    return true;
}

}  // namespace entente::exchange
