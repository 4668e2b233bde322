#include <doctest.h>

#include "core/plan/calendar.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using plan::Recurrence;
using test::day;

TEST_CASE("recurring exceptions fall on the days Microsoft Project shows") {
    using Kind = Recurrence::Kind;
    const auto last_of = [](Recurrence rule, const char* from, int most) {
        rule.occurrences = most;
        const auto days = occurrences(rule, day(from), day("2199-12-31"));
        return std::to_string(days.size()) + " " + (days.empty() ? "" : iso(days.back()));
    };
    Recurrence rule;
    rule.kind = Kind::Daily;
    rule.period = 3;
    CHECK(last_of(rule, "2000-02-01", 4) == "4 2000-02-10");
    rule = {};
    rule.kind = Kind::Weekly;
    rule.period = 7;
    rule.days_of_week = 1;  // Sundays; the first week began on the Sunday before
    CHECK(last_of(rule, "2001-01-01", 9) == "9 2002-03-17");
    rule.period = 2;
    rule.days_of_week = 4;  // Tuesdays
    CHECK(last_of(rule, "2001-01-01", 4) == "4 2001-02-13");
    rule = {};
    rule.kind = Kind::MonthlyPosition;
    rule.period = 2;
    rule.item = 4;  // the first Monday
    CHECK(last_of(rule, "2002-01-01", 3) == "3 2002-05-06");
    rule.period = 6;
    rule.item = 8;  // the last Friday
    rule.position = 4;
    CHECK(last_of(rule, "2002-01-01", 7) == "7 2005-01-28");
    rule = {};
    rule.kind = Kind::MonthlyDay;
    rule.month_day = 31;
    CHECK(last_of(rule, "2003-01-01", 2) == "2 2003-02-28");
    rule = {};
    rule.kind = Kind::YearlyDay;
    rule.month = 1;
    rule.month_day = 2;
    CHECK(last_of(rule, "2005-01-01", 4) == "4 2008-02-02");
    rule.kind = Kind::YearlyPosition;
    rule.month = 4;
    rule.item = 7;
    rule.position = 2;
    CHECK(last_of(rule, "2004-01-01", 6) == "6 2009-05-21");
    rule = {};
    rule.kind = Kind::EachWeekday;
    CHECK(last_of(rule, "2026-03-05", 3) == "3 2026-03-09");
    CHECK(occurrences(rule, day("2026-03-05"), day("2026-03-06")).size() == 2);
    rule.kind = Kind::Daily;
    CHECK(occurrences(rule, kFirstDay, kLastDay + 10).size() == static_cast<std::size_t>(kLastDay.n) + 1);
}

TEST_CASE("a rule whose fields lie outside their ranges makes a calendar invalid") {
    plan::Calendar calendar = plan::standard_calendar(CalendarId{1}, "Standard");
    const auto with = [&](auto change) {
        Recurrence rule;
        change(rule);
        calendar.exceptions = {{day("2026-01-01"), day("2026-12-31"), "Rule", {}, rule}};
        return plan::valid(calendar);
    };
    CHECK(with([](Recurrence&) {}));
    CHECK_FALSE(with([](Recurrence& r) { r.period = 0; }));
    CHECK_FALSE(with([](Recurrence& r) { r.period = 1001; }));
    CHECK_FALSE(with([](Recurrence& r) { r.kind = Recurrence::Kind::Weekly; }));
    CHECK_FALSE(with([](Recurrence& r) { r.month = 12; }));
    CHECK_FALSE(with([](Recurrence& r) { r.month_day = 0; }));
    CHECK_FALSE(with([](Recurrence& r) { r.item = 10; }));
    CHECK_FALSE(with([](Recurrence& r) { r.position = 5; }));
    CHECK_FALSE(with([](Recurrence& r) { r.occurrences = -1; }));
}

TEST_CASE("the clock works by rules: bank holidays, recurring exceptions, and a later exception wins") {
    plan::Calendar calendar = plan::standard_calendar(CalendarId{1}, "Standard");
    calendar.holiday_region = plan::HolidayRegion::EnglandAndWales;
    Recurrence first_friday;
    first_friday.kind = Recurrence::Kind::MonthlyPosition;
    first_friday.item = 8;
    calendar.exceptions.push_back({day("2026-01-01"), day("2026-12-31"), "Maintenance", {}, first_friday});
    calendar.exceptions.push_back({day("2026-08-31"), day("2026-08-31"), "We work", {{540, 780}}});
    for (const plan::WorkClock& clock : {plan::WorkClock(calendar), plan::WorkClock(calendar, day("2026-03-02")),
                                         plan::WorkClock(calendar, day("2026-01-01"), day("2030-12-31"))}) {
        CHECK_FALSE(clock.is_working(day("2026-04-06")));  // Easter Monday
        CHECK_FALSE(clock.is_working(day("2026-12-28")));  // for Boxing Day
        CHECK_FALSE(clock.is_working(day("2026-06-05")));
        CHECK(clock.is_working(day("2026-06-12")));
        CHECK(clock.is_working(day("2027-06-04")));        // the rule has ended
        CHECK(clock.minutes_on(day("2026-08-31")) == 240); // the exception wins over the bank holiday
        CHECK_FALSE(clock.is_working(day("2029-03-30")));  // Good Friday, years ahead
    }
    // Far beyond what is compiled around a plan the exact clock still knows.
    CHECK_FALSE(plan::WorkClock(calendar).is_working(day("2150-12-25")));
    CHECK_FALSE(plan::WorkClock(calendar, day("2026-03-02")).is_working(day("2065-12-25")));
}

TEST_CASE("exceptions are expanded for a range of days only") {
    plan::Calendar calendar = plan::standard_calendar(CalendarId{1}, "Standard");
    calendar.holiday_region = plan::HolidayRegion::Scotland;
    calendar.exceptions.push_back({day("2026-03-04"), day("2026-03-10"), "Closed", {}});
    Recurrence weekly;
    weekly.kind = Recurrence::Kind::Weekly;
    weekly.days_of_week = 8;  // Wednesdays
    calendar.exceptions.push_back({day("2026-01-01"), day("2026-12-31"), "Short", {{540, 720}}, weekly});
    const auto found = plan::expand_exceptions(calendar, day("2026-03-05"), day("2026-04-05"));
    REQUIRE(found.size() == 6);
    CHECK(found[0].name == "Good Friday");
    CHECK(found[1].name == "Closed");
    CHECK(found[1].from == day("2026-03-04"));  // not cut
    for (std::size_t i = 2; i < found.size(); ++i) {
        CHECK(found[i].name == "Short");
        CHECK(weekday(found[i].from) == 2);
        CHECK_FALSE(found[i].rule);
    }
    CHECK(plan::expand_exceptions(calendar, day("2022-12-24"), day("2022-12-31")).back().name == "Christmas Day (substitute day)");
    CHECK(plan::expand_exceptions(calendar, day("2026-03-06"), day("2026-03-05")).empty());
}
