#include <doctest.h>

#include "core/plan/calendar.hpp"
#include "tests/bench/plan_generator.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using plan::Calendar;
using plan::Shift;
using plan::WorkClock;
using test::at;
using test::day;

namespace {

Calendar office() { return test::PlanBuilder().project.calendars[0]; }

Calendar nights() {  // Monday to Friday 22:00-24:00, Tuesday to Saturday 00:00-06:00
    Calendar calendar;
    for (std::size_t d = 0; d < 6; ++d) {
        if (d > 0) calendar.week[d].push_back({0, 360});
        if (d < 5) calendar.week[d].push_back({1320, 1440});
    }
    return calendar;
}

// What a clock must answer, minute by minute.
bool worked(const Calendar& calendar, std::int64_t minute) {
    const Day on = day_of(LocalMinute{minute});
    const auto* shifts = &calendar.week[static_cast<std::size_t>(weekday(on))];
    for (const auto& exception : calendar.exceptions)
        if (exception.from <= on && on <= exception.to) shifts = &exception.shifts;
    const int of_day = minute_of_day(LocalMinute{minute});
    for (const Shift& shift : *shifts)
        if (of_day >= shift.from_minute && of_day < shift.to_minute) return true;
    return false;
}

}  // namespace

TEST_CASE("the standard calendar is Monday to Friday, 09:00 to 17:00") {
    const Calendar calendar = plan::standard_calendar(CalendarId{7}, "Standard");
    CHECK(calendar.minutes_per_day == 480);
    CHECK(plan::valid(calendar));
    const WorkClock clock(calendar);
    CHECK(clock.minutes_on(day("2026-03-06")) == 480);
    CHECK(clock.minutes_on(day("2026-03-07")) == 0);
    CHECK_FALSE(clock.is_working(day("2026-03-08")));
    CHECK(iso(clock.add(at("2026-03-02T09:00"), 480)) == "2026-03-02T17:00");
    CHECK(iso(clock.add(at("2026-03-02T09:00"), 481)) == "2026-03-03T09:01");
}

TEST_CASE("a finish stands at a shift's end, a start at the next one's beginning") {
    const WorkClock clock(office());
    const std::int64_t friday_evening = clock.work_at(at("2026-03-06T18:00"));
    CHECK(friday_evening == clock.work_at(at("2026-03-09T09:00")));
    CHECK(friday_evening == clock.work_at(at("2026-03-08T12:34")));
    CHECK(iso(clock.finish_at(friday_evening)) == "2026-03-06T18:00");
    CHECK(iso(clock.start_at(friday_evening)) == "2026-03-09T09:00");
    CHECK(iso(clock.add(at("2026-03-02T11:30"), 60)) == "2026-03-02T13:30");
    CHECK(iso(clock.add(at("2026-03-09T09:30"), -60)) == "2026-03-06T17:30");
    CHECK(clock.between(at("2026-03-06T17:00"), at("2026-03-09T10:00")) == 120);
    CHECK(clock.between(at("2026-03-09T10:00"), at("2026-03-06T17:00")) == -120);
}

TEST_CASE("shifts that cross midnight are one shift") {
    const WorkClock clock(nights());
    CHECK(clock.minutes_on(day("2026-03-03")) == 480);
    CHECK(iso(clock.add(at("2026-03-02T22:00"), 480)) == "2026-03-03T06:00");
    CHECK(iso(clock.add(at("2026-03-02T22:00"), 120)) == "2026-03-03T00:00");
    CHECK(iso(clock.start_at(clock.work_at(at("2026-03-03T00:00")))) == "2026-03-03T00:00");
    CHECK(iso(clock.start_at(clock.work_at(at("2026-03-07T06:00")))) == "2026-03-09T22:00");
}

TEST_CASE("exceptions take days out and put days in; the later one wins") {
    Calendar calendar = office();
    calendar.exceptions.push_back({day("2026-03-04"), day("2026-03-10"), "Closed", {}});
    calendar.exceptions.push_back({day("2026-03-07"), day("2026-03-07"), "Saturday shift", {{600, 900}}});
    CHECK(plan::valid(calendar));
    const WorkClock clock(calendar);
    CHECK_FALSE(clock.is_working(day("2026-03-04")));
    CHECK(clock.minutes_on(day("2026-03-07")) == 300);
    CHECK(iso(clock.add(at("2026-03-02T09:00"), 960 + 300)) == "2026-03-07T15:00");
    CHECK(iso(clock.add(at("2026-03-02T09:00"), 960 + 301)) == "2026-03-11T09:01");
}

TEST_CASE("around the clock every minute counts") {
    Calendar calendar;
    for (auto& shifts : calendar.week) shifts = {{0, 1440}};
    const WorkClock clock(calendar), always = WorkClock::always();
    CHECK(iso(clock.add(at("2026-03-06T17:30"), 3 * 1440 + 5)) == "2026-03-09T17:35");
    CHECK(always.between(at("2026-03-06T00:00"), at("2026-03-08T00:01")) == 2881);
    CHECK(always.start_at(always.work_at(at("1999-12-31T23:59"))) == at("1999-12-31T23:59"));
    CHECK(always.finish_at(always.work_at(at("2199-12-31T23:59"))) == at("2199-12-31T23:59"));
}

TEST_CASE("a clock agrees with counting minute by minute, inside and outside the compiled days") {
    test::Random random(11);
    for (int round = 0; round < 40; ++round) {
        Calendar calendar;
        for (auto& shifts : calendar.week) {
            int from = static_cast<int>(random.below(300));
            while (from < 1400 && random.below(3) != 0) {
                const int to = std::min<int>(1440, from + 1 + static_cast<int>(random.below(500)));
                shifts.push_back({static_cast<std::int16_t>(from), static_cast<std::int16_t>(to)});
                from = to + static_cast<int>(random.below(3)) * 60;  // sometimes without a gap
            }
        }
        if (calendar.week[0].empty()) calendar.week[0] = {{0, 1440}};
        const Day first = day("2026-03-01") + static_cast<int>(random.below(30));
        for (std::uint32_t e = random.below(4); e > 0; --e) {
            const Day from = first + static_cast<int>(random.below(20));
            const Day to = from + static_cast<int>(random.below(3));
            calendar.exceptions.push_back(
                {from, to, "", random.one_in(2) ? calendar.week[0] : std::vector<Shift>{}});
        }
        REQUIRE(plan::valid(calendar));
        const WorkClock clock(calendar);
        const std::int64_t begin = at_minute(first - 20, 0).n;
        std::int64_t work = clock.work_at(LocalMinute{begin});
        bool good = true;
        std::int64_t last_end = -1;  // the end of the last worked minute
        for (std::int64_t minute = begin; minute < begin + 60 * 1440; ++minute) {
            good = good && clock.work_at(LocalMinute{minute}) == work;
            if (worked(calendar, minute)) {
                good = good && clock.start_at(work).n == minute;
                ++work;
                last_end = minute + 1;
                good = good && clock.finish_at(work).n == last_end;
            } else if (last_end >= 0) {
                good = good && clock.finish_at(work).n == last_end;
            }
        }
        CHECK_MESSAGE(good, "round " << round);
    }
}

TEST_CASE("a calendar without working time, with broken shifts or exceptions is not valid") {
    Calendar calendar;
    CHECK_FALSE(plan::valid(calendar));
    calendar = office();
    CHECK(plan::valid(calendar));
    calendar.week[1] = {{600, 500}};
    CHECK_FALSE(plan::valid(calendar));
    calendar.week[1] = {{500, 700}, {600, 800}};
    CHECK_FALSE(plan::valid(calendar));
    calendar.week[1] = {{500, 1441}};
    CHECK_FALSE(plan::valid(calendar));
    calendar = office();
    calendar.exceptions.push_back({day("2026-03-05"), day("2026-03-04"), "", {}});
    CHECK_FALSE(plan::valid(calendar));
    calendar.exceptions = {{day("2026-03-05"), kLastDay + 1, "", {}}};
    CHECK_FALSE(plan::valid(calendar));
}
