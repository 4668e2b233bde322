#include "core/plan/calendar.hpp"

#include <algorithm>
#include <utility>

namespace entente::plan {

namespace {

constexpr int kDaysBefore = 92, kDaysAfter = 366;  // compiled around its start; reach() goes on
constexpr int kHolidayDaysBefore = 366, kHolidayDaysAfter = 40 * 366;  // the same where bank holidays follow a rule
constexpr std::int64_t kFarMinute = std::int64_t{1} << 60;
constexpr std::int64_t kMonday = -3;  // 1969-12-29, where the plain week's pattern begins to count

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - ((a % b != 0 && (a < 0) != (b < 0)) ? 1 : 0);
}

std::int64_t floor_day(LocalMinute at) { return floor_div(at.n, kMinutesPerDay); }

bool valid_shifts(const std::vector<Shift>& shifts) {
    int end = 0;
    for (const Shift& shift : shifts) {
        if (shift.from_minute < end || shift.to_minute <= shift.from_minute ||
            shift.to_minute > kMinutesPerDay)
            return false;
        end = shift.to_minute;
    }
    return true;
}

std::int64_t minutes_of(const std::vector<Shift>& shifts) {
    std::int64_t sum = 0;
    for (const Shift& shift : shifts) sum += shift.to_minute - shift.from_minute;
    return sum;
}

}  // namespace

Calendar standard_calendar(CalendarId id, std::string name) {
    Calendar calendar;
    calendar.id = id;
    calendar.name = std::move(name);
    for (std::size_t day = 0; day < 5; ++day) calendar.week[day] = {Shift{9 * 60, 17 * 60}};
    return calendar;
}

bool valid(const Calendar& calendar) {
    bool works = false;
    for (const std::vector<Shift>& day : calendar.week) {
        if (!valid_shifts(day)) return false;
        works = works || !day.empty();
    }
    for (const CalendarException& exception : calendar.exceptions)
        if (exception.from > exception.to || exception.from < kFirstDay || exception.to > kLastDay ||
            !valid_shifts(exception.shifts) || (exception.rule && !valid(*exception.rule)))
            return false;
    return works && calendar.minutes_per_day > 0;
}

namespace {

void add_holidays(std::vector<CalendarException>& out, HolidayRegion region, Day first, Day last) {
    for (const Holiday& holiday : bank_holidays(region, first, last)) {
        const Message name = holiday_name(holiday);
        const bool nested = !name.args.empty() && !name.args.front().nested.empty();
        std::string words(nested ? name.args.front().nested.front().id : name.id);
        if (nested) words += " (substitute day)";
        out.push_back({holiday.day, holiday.day, std::move(words), {}});
    }
}

}  // namespace

std::vector<CalendarException> expand_exceptions(const Calendar& calendar, Day first, Day last) {
    std::vector<CalendarException> out;
    if (last < first) return out;
    add_holidays(out, calendar.holiday_region, first, last);
    for (const CalendarException& exception : calendar.exceptions) {
        if (exception.to < first || exception.from > last) continue;
        if (!exception.rule) {
            out.push_back(exception);
            continue;
        }
        for (const Day day : occurrences(*exception.rule, exception.from, std::min(exception.to, last)))
            if (day >= first) out.push_back({day, day, exception.name, exception.shifts});
    }
    return out;
}

WorkClock::WorkClock(const Calendar& calendar, Day first, Day last)
    : first_(first), last_(std::max(last, first - 1)) {
    compile(calendar);
}

WorkClock::WorkClock(const Calendar& calendar) {
    if (calendar.holiday_region != HolidayRegion::None) {
        first_ = kFirstDay;
        last_ = kLastDay;
    } else if (!calendar.exceptions.empty()) {
        first_ = kLastDay;
        last_ = kFirstDay;
        cover_exceptions(calendar);
    }
    compile(calendar);
}

WorkClock::WorkClock(const Calendar& calendar, Day near) {
    near = std::clamp(near, kFirstDay, kLastDay);
    const bool holidays = calendar.holiday_region != HolidayRegion::None;
    first_ = std::max(near - (holidays ? kHolidayDaysBefore : kDaysBefore), kFirstDay);
    last_ = std::min(near + (holidays ? kHolidayDaysAfter : kDaysAfter), kLastDay);
    cover_exceptions(calendar);
    compile(calendar);
}

void WorkClock::cover_exceptions(const Calendar& calendar) {
    for (const CalendarException& exception : calendar.exceptions) {
        first_ = std::min(first_, std::max(exception.from, kFirstDay));
        last_ = std::max(last_, std::min(exception.to, kLastDay));
    }
}

WorkClock WorkClock::always() {
    Calendar calendar;
    for (std::vector<Shift>& day : calendar.week) day = {Shift{0, static_cast<std::int16_t>(kMinutesPerDay)}};
    WorkClock clock;
    clock.compile(calendar);
    clock.always_ = true;
    return clock;
}

void WorkClock::compile(const Calendar& calendar) {
    week_ = calendar.week;
    for (std::size_t day = 0; day < 7; ++day)
        week_before_[day + 1] = week_before_[day] + minutes_of(week_[day]);
    week_minutes_ = week_before_[7];

    const std::size_t days = last_ < first_ ? 0 : static_cast<std::size_t>(last_ - first_ + 1);
    // Which shifts each day has: of its weekday (0..6), or of an exception (7 and up); later exceptions win.
    std::vector<std::uint32_t> worked(days);
    std::uint32_t on = days > 0 ? static_cast<std::uint32_t>(weekday(first_)) : 0;
    for (std::size_t i = 0; i < days; ++i) {
        worked[i] = on;
        on = on == 6 ? 0 : on + 1;
    }
    const std::vector<CalendarException> exceptions = expand_exceptions(calendar, first_, last_);
    for (std::size_t e = 0; e < exceptions.size(); ++e) {
        const CalendarException& exception = exceptions[e];
        const Day from = std::max(exception.from, first_), to = std::min(exception.to, last_);
        for (Day day = from; day <= to; day = day + 1)
            worked[static_cast<std::size_t>(day - first_)] = static_cast<std::uint32_t>(7 + e);
    }
    shifts_.reserve(days);
    day_shift_.resize(days);
    std::int64_t midnight = std::int64_t{first_.n} * kMinutesPerDay;
    for (std::size_t i = 0; i < days; ++i, midnight += kMinutesPerDay) {
        day_shift_[i] = static_cast<std::uint32_t>(shifts_.size());
        for (const Shift& shift : worked[i] < 7 ? week_[worked[i]] : exceptions[worked[i] - 7].shifts)
            add_shift(midnight + shift.from_minute, midnight + shift.to_minute, i);
    }
    index();
}

// Behind the last compiled day there are no exceptions.
void WorkClock::reach(Day last) {
    last = std::min(last, kLastDay);
    if (always_ || last <= last_ || day_shift_.empty() || last_ < first_) return;
    shifts_.pop_back();  // the stop
    const Day from = last_ + 1;
    auto day = static_cast<std::size_t>(weekday(from));
    std::int64_t midnight = std::int64_t{from.n} * kMinutesPerDay;
    for (std::int32_t n = from.n; n <= last.n; ++n, midnight += kMinutesPerDay) {
        day_shift_.push_back(static_cast<std::uint32_t>(shifts_.size()));
        for (const Shift& shift : week_[day]) add_shift(midnight + shift.from_minute, midnight + shift.to_minute, day_shift_.size() - 1);
        day = day == 6 ? 0 : day + 1;
    }
    last_ = last;
    index();
}

// A shift that begins where the one before ends goes on with it.
void WorkClock::add_shift(std::int64_t from, std::int64_t to, std::size_t day) {
    if (to <= from || (!shifts_.empty() && from < shifts_.back().to)) return;  // never from a valid() calendar
    if (!shifts_.empty() && shifts_.back().to == from) {
        shifts_.back().to = to;
        day_shift_[day] = std::min(day_shift_[day], static_cast<std::uint32_t>(shifts_.size() - 1));
    } else {
        shifts_.push_back({from, to, total_});
    }
    total_ += to - from;
}

void WorkClock::index() {
    pattern_first_ = pattern_work_at(at_minute(first_, 0));
    pattern_end_ = pattern_work_at(at_minute(last_ + 1, 0));
    // What was there before reach() stands, but for the last block.
    std::size_t block = work_shift_.empty() ? 0 : work_shift_.size() - 1;
    std::uint32_t next = block > 0 ? work_shift_[block] : 0;
    work_shift_.resize(static_cast<std::size_t>(total_ >> kBlockBits) + 1);
    for (; block < work_shift_.size(); ++block) {
        const std::int64_t work = static_cast<std::int64_t>(block) << kBlockBits;
        while (next + 1 < shifts_.size() && shifts_[next + 1].before <= work) ++next;
        work_shift_[block] = next;
    }
    // One more behind the last, so that looking a shift up needs no bounds.
    shifts_.push_back({kFarMinute, kFarMinute, kFarMinute});
}

std::int64_t WorkClock::pattern_work_at(LocalMinute at) const {
    const std::int64_t day = floor_day(at) - kMonday;
    const std::int64_t week = floor_div(day, 7);
    const std::size_t weekday_index = static_cast<std::size_t>(day - week * 7);
    const std::int64_t minute = at.n - floor_day(at) * kMinutesPerDay;
    std::int64_t work = week * week_minutes_ + week_before_[weekday_index];
    for (const Shift& shift : week_[weekday_index])
        work += std::clamp<std::int64_t>(minute - shift.from_minute, 0, shift.to_minute - shift.from_minute);
    return work;
}

LocalMinute WorkClock::pattern_at(std::int64_t work, bool at_start) const {
    if (week_minutes_ <= 0) return at_minute(work <= 0 ? first_ : last_ + 1, 0);
    // A finish with no work left over lies in the week before, at its last shift's end.
    const std::int64_t week = floor_div(at_start ? work : work - 1, week_minutes_);
    std::int64_t left = work - week * week_minutes_;  // start: 0..week-1; finish: 1..week
    std::size_t day = 0;
    while (at_start ? week_before_[day + 1] <= left : week_before_[day + 1] < left) ++day;
    left -= week_before_[day];
    const std::int64_t midnight = (kMonday + week * 7 + static_cast<std::int64_t>(day)) * kMinutesPerDay;
    for (const Shift& shift : week_[day]) {
        const std::int64_t length = shift.to_minute - shift.from_minute;
        if (at_start ? left < length : left <= length)
            return LocalMinute{midnight + shift.from_minute + left};
        left -= length;
    }
    return LocalMinute{midnight + kMinutesPerDay};  // unreachable: the day holds what is left
}

std::int64_t WorkClock::work_at(LocalMinute at) const {
    if (always_) return at.n;
    const std::int64_t minute = at.n - std::int64_t{first_.n} * kMinutesPerDay;
    if (minute < 0) return pattern_work_at(at) - pattern_first_;
    // In 32 bits: a plain division by a constant, in WebAssembly too.
    const std::uint32_t day = minute > 0x7fffffff ? 0xffffffffu
                                                  : static_cast<std::uint32_t>(minute) / static_cast<std::uint32_t>(kMinutesPerDay);
    if (day >= day_shift_.size()) return total_ + pattern_work_at(at) - pattern_end_;
    std::size_t i = day_shift_[day];
    while (shifts_[i].to <= at.n) ++i;
    if (i + 1 == shifts_.size()) return total_;
    return shifts_[i].before + std::max<std::int64_t>(0, at.n - shifts_[i].from);
}

LocalMinute WorkClock::start_beyond(std::int64_t work) const {
    if (always_) return LocalMinute{work};
    if (work < 0) return pattern_at(work + pattern_first_, true);
    return std::max(pattern_at(work - total_ + pattern_end_, true), at_minute(last_ + 1, 0));
}

LocalMinute WorkClock::finish_beyond(std::int64_t work) const {
    if (always_) return LocalMinute{work};
    if (work <= 0) return std::min(pattern_at(work + pattern_first_, false), at_minute(first_, 0));
    return pattern_at(work - total_ + pattern_end_, false);
}

std::int64_t WorkClock::minutes_on(Day day) const {
    return work_at(at_minute(day + 1, 0)) - work_at(at_minute(day, 0));
}

bool WorkClock::is_working(Day day) const { return minutes_on(day) > 0; }

}  // namespace entente::plan
