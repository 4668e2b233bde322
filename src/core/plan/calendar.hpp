// Working calendars: shifts for each weekday, bank holidays of a region by rule, and exceptions by date or by a recurring rule.
//
// A calendar answers two questions: which minutes are worked, and what is the working distance between two times.
// WorkClock is a Calendar compiled for that: prefix sums over the days of a range, so that each answer is a binary search.
// "17:00 and the next 08:00 are one instant": working distance cannot tell them apart, so a start is shown at the beginning
// of a shift (start_at) and a finish at the end of one (finish_at).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "core/plan/holidays.hpp"
#include "core/plan/recurrence.hpp"

namespace entente::plan {

struct Shift {
    std::int16_t from_minute = 0;  // of the day, 0..1440
    std::int16_t to_minute = 0;    // exclusive; from < to
    friend bool operator==(const Shift&, const Shift&) = default;
};

// Days from..to (inclusive) are worked in these shifts instead; no shifts is a holiday. Later exceptions win. With a rule only the
// days on which it falls are meant: whoever wants days asks expand_exceptions().
struct CalendarException {
    Day from, to;
    std::string name;
    std::vector<Shift> shifts;
    std::optional<Recurrence> rule = std::nullopt;
    friend bool operator==(const CalendarException&, const CalendarException&) = default;
};

struct Calendar {
    CalendarId id;
    std::string name;
    std::array<std::vector<Shift>, 7> week;  // Monday first; sorted, not overlapping
    std::vector<CalendarException> exceptions;
    std::int64_t minutes_per_day = 480;      // what "1 day" means when a length is typed or shown
    HolidayRegion holiday_region = HolidayRegion::None;  // its bank holidays are not worked, in every year; exceptions win over them

    friend bool operator==(const Calendar&, const Calendar&) = default;
};

// Monday to Friday, eight hours without a gap, 09:00-17:00, as the
// command line promises for a plan without a calendar.
Calendar standard_calendar(CalendarId id, std::string name);

// True where a calendar can be used: sorted shifts inside the day, exceptions in order and in range with rules that can be, at
// least one worked shift in the week.
bool valid(const Calendar& calendar);

// The exceptions that touch first..last as spans of days without rules: bank holidays first (under their English names), then the
// calendar's own in their order, so that a later one wins. Spans are not cut to the range.
std::vector<CalendarException> expand_exceptions(const Calendar& calendar, Day first, Day last);

class WorkClock {
public:
    // Compiles days first..last (inclusive). Times outside are extended by the week's pattern without exceptions.
    WorkClock(const Calendar& calendar, Day first, Day last);
    // Compiles the days that the exceptions touch, so that it is exact at every time; and, for speed, some years from `near` on,
    // where bank holidays by rule are counted from a year before to forty years after it.
    explicit WorkClock(const Calendar& calendar);
    WorkClock(const Calendar& calendar, Day near);
    // Compiles on to that day, for speed: the answers stay the same.
    void reach(Day last);
    // Every minute is worked: elapsed time.
    static WorkClock always();

    // Worked minutes from the first compiled day's midnight to `at`; negative before it.
    std::int64_t work_at(LocalMinute at) const;
    // The earliest time with that much work before it and a worked minute after it (where a task starts).
    LocalMinute start_at(std::int64_t work) const { return compiled(work) ? at_work(work, work) : start_beyond(work); }
    // The earliest time with that much work before it (where a task finishes).
    LocalMinute finish_at(std::int64_t work) const { return compiled(work - 1) ? at_work(work, work - 1) : finish_beyond(work); }
    bool is_working(Day day) const;
    std::int64_t minutes_on(Day day) const;

    LocalMinute add(LocalMinute from, std::int64_t minutes) const { return finish_at(work_at(from) + minutes); }
    std::int64_t between(LocalMinute from, LocalMinute to) const { return from == to ? 0 : work_at(to) - work_at(from); }

private:
    static constexpr int kBlockBits = 8;  // blocks of 256 worked minutes: about half a day
    struct WorkedShift {
        std::int64_t from, to;   // LocalMinute
        std::int64_t before;     // worked minutes before it
    };
    WorkClock() = default;
    void cover_exceptions(const Calendar& calendar);
    void compile(const Calendar& calendar);
    void add_shift(std::int64_t from, std::int64_t to, std::size_t day);
    void index();
    std::int64_t pattern_work_at(LocalMinute at) const;   // worked minutes of the plain week since Monday 1969-12-29
    LocalMinute pattern_at(std::int64_t work, bool at_start) const;
    LocalMinute start_beyond(std::int64_t work) const;
    LocalMinute finish_beyond(std::int64_t work) const;
    // Whether the worked minute of that number lies in the compiled range; never of a clock to which every minute is worked.
    bool compiled(std::int64_t minute) const { return static_cast<std::uint64_t>(minute) < static_cast<std::uint64_t>(total_); }
    // The time with that much work before it, in the shift that holds that worked minute.
    LocalMinute at_work(std::int64_t work, std::int64_t minute) const {
        const WorkedShift* shift = shifts_.data() + work_shift_[static_cast<std::size_t>(minute >> kBlockBits)];
        shift += shift[1].before <= minute;  // without a branch: it goes either way
        while (shift[1].before <= minute) ++shift;
        return LocalMinute{shift->from + (work - shift->before)};
    }

    std::vector<WorkedShift> shifts_;  // over the compiled range, in order, merged where they touch; and a stop
    std::vector<std::uint32_t> day_shift_;   // for each compiled day: the first shift that ends after its midnight
    std::vector<std::uint32_t> work_shift_;  // for each block of 256 worked minutes: the shift that holds its beginning
    std::int64_t total_ = 0;                 // worked minutes of the compiled range
    std::int64_t week_minutes_ = 0;
    bool always_ = false;                    // worked minutes are minutes
    std::array<std::vector<Shift>, 7> week_;
    std::array<std::int64_t, 8> week_before_{};  // worked minutes of the week before each weekday
    std::int64_t pattern_first_ = 0, pattern_end_ = 0;  // pattern work at both ends of the range
    Day first_{0}, last_{-1};
};

}  // namespace entente::plan
