// The smallest parts of reading Microsoft Project XML: recurring days, numbers, lengths, times.
#include <doctest.h>

#include "exchange/mspdi_calendar.hpp"
#include "exchange/xml_file.hpp"

using namespace entente;
using namespace entente::exchange;

TEST_CASE("mspdi: recurring exceptions fall on the days Microsoft Project shows") {
    using Kind = Recurrence::Kind;
    const auto day = [](const char* text) { return *parse_iso_day(text); };
    const auto last_of = [&](Recurrence rule, const char* from, int most) {
        const auto days = occurrences(rule, day(from), day("2199-12-31"), most);
        return std::to_string(days.size()) + " " + (days.empty() ? "" : iso(days.back()));
    };
    Recurrence rule;
    rule.kind = Kind::DayCount;
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
    rule.kind = Kind::WeekdayCount;
    CHECK(last_of(rule, "2026-03-05", 3) == "3 2026-03-09");
    CHECK(occurrences(rule, day("2026-03-05"), day("2026-03-06"), 100).size() == 2);
    CHECK(occurrences(rule, day("1970-01-01"), day("2199-12-31"), 1'000'000).size() == kMaxOccurrences);
}

TEST_CASE("mspdi: numbers and lengths are read exactly or not at all") {
    CHECK(parse_scaled("12.5", 2) == 1250);
    CHECK(parse_scaled("-0.005", 2) == -1);
    CHECK(parse_scaled(".5", 0) == 1);
    CHECK(parse_scaled("7", 3) == 7000);
    for (const char* bad : {"", "-", ".", "1e3", "1,5", "12 ", "99999999999999999999"})
        CHECK_FALSE(parse_scaled(bad, 2).has_value());
    CHECK(parse_xml_seconds("PT8H30M0S") == 30600);
    CHECK(parse_xml_seconds("P1DT2H") == 93600);
    CHECK(parse_xml_seconds("PT24000H0M0S") == 86'400'000);
    CHECK(parse_xml_seconds("P0Y0M0DT1H") == 3600);
    CHECK(parse_xml_seconds("PT0.5H") == 1800);
    for (const char* bad : {"", "8h", "P1Y", "PT8", "PTXH", "PT99999999999999999H"})
        CHECK_FALSE(parse_xml_seconds(bad).has_value());
    CHECK(iso(*parse_xml_time("2026-03-02T08:00:59.5+01:00")) == "2026-03-02T08:00");
    CHECK(iso(*parse_xml_time("2026-03-02")) == "2026-03-02T00:00");
    CHECK_FALSE(parse_xml_time("NA").has_value());
    CHECK_FALSE(parse_xml_time("2026-13-02T08:00:00").has_value());
}
