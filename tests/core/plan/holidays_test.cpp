// Held against the lists that were published at gov.uk/bank-holidays.
#include <doctest.h>

#include <set>

#include "base/locale.hpp"
#include "core/plan/holidays.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using plan::HolidayRegion;
using test::day;

namespace {

// "01-02 04-06 ...": months and days of a year.
std::string days_of(HolidayRegion region, int year) {
    std::string out;
    for (const plan::Holiday& holiday : bank_holidays(region, year)) out += (out.empty() ? "" : " ") + iso(holiday.day).substr(5);
    return out;
}

struct Published {
    int year;
    const char* days;
};

constexpr Published kEnglandAndWales[] = {
    {2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"},
    {2013, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"},
    {2014, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"},
    {2015, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"},
    {2016, "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27"},
    {2017, "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26"},
    {2018, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26"},
    {2019, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"},
    {2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"},
    {2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"},
    {2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"},
    {2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"},
    {2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"},
    {2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"},
    {2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"},
    {2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"},
};

constexpr Published kScotland[] = {
    {2012, "01-02 01-03 04-06 05-07 06-04 06-05 08-06 11-30 12-25 12-26"},
    {2013, "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26"},
    {2016, "01-01 01-04 03-25 05-02 05-30 08-01 11-30 12-26 12-27"},
    {2017, "01-02 01-03 04-14 05-01 05-29 08-07 11-30 12-25 12-26"},
    {2019, "01-01 01-02 04-19 05-06 05-27 08-05 12-02 12-25 12-26"},
    {2020, "01-01 01-02 04-10 05-08 05-25 08-03 11-30 12-25 12-28"},
    {2021, "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28"},
    {2022, "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27"},
    {2023, "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26"},
    {2024, "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26"},
    {2025, "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26"},
};

constexpr Published kNorthernIreland[] = {
    {2012, "01-02 03-19 04-06 04-09 05-07 06-04 06-05 07-12 08-27 12-25 12-26"},
    {2014, "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26"},
    {2018, "01-01 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26"},
    {2019, "01-01 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26"},
    {2020, "01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28"},
    {2022, "01-03 03-17 04-15 04-18 05-02 06-02 06-03 07-12 08-29 09-19 12-26 12-27"},
    {2024, "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"},
    {2025, "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26"},
};

bool holds(HolidayRegion region, const char* date) {
    const auto found = bank_holidays(region, day(date), day(date));
    return found.size() == 1;
}

}  // namespace

TEST_CASE("bank holidays are those that were published") {
    for (const Published& one : kEnglandAndWales) CHECK(days_of(HolidayRegion::EnglandAndWales, one.year) == one.days);
    for (const Published& one : kScotland) CHECK(days_of(HolidayRegion::Scotland, one.year) == one.days);
    for (const Published& one : kNorthernIreland) CHECK(days_of(HolidayRegion::NorthernIreland, one.year) == one.days);
}

TEST_CASE("holidays begin in the year they were made, and single days stand in their year alone") {
    using enum HolidayRegion;
    CHECK_FALSE(holds(EnglandAndWales, "1973-01-01"));
    CHECK(holds(EnglandAndWales, "1974-01-01"));
    CHECK(holds(Scotland, "1973-01-01"));
    CHECK_FALSE(holds(EnglandAndWales, "1977-05-02"));
    CHECK(holds(EnglandAndWales, "1978-05-01"));
    CHECK_FALSE(holds(Scotland, "2006-11-30"));
    CHECK(holds(Scotland, "2007-11-30"));
    for (const char* once : {"1977-06-07", "1981-07-29", "1999-12-31", "2002-06-03", "2002-06-04", "2011-04-29", "2012-06-05",
                             "2022-06-03", "2022-09-19", "2023-05-08", "1995-05-08", "2020-05-08"}) {
        for (const HolidayRegion region : {EnglandAndWales, Scotland, NorthernIreland}) CHECK_MESSAGE(holds(region, once), once);
    }
    CHECK_FALSE(holds(EnglandAndWales, "1995-05-01"));
    CHECK_FALSE(holds(EnglandAndWales, "2002-05-27"));
    CHECK_FALSE(holds(EnglandAndWales, "2020-05-04"));
    CHECK_FALSE(holds(EnglandAndWales, "2022-05-30"));
    CHECK(bank_holidays(EnglandAndWales, 1969).empty());
    CHECK(bank_holidays(EnglandAndWales, 2200).empty());
    CHECK(bank_holidays(None, 2026).empty());
}

TEST_CASE("Easter is where it was and will be") {
    const auto easter = [](int year) {
        const YearMonthDay at = plan::easter_sunday(year);
        return iso(*day_from(at.year, at.month, at.day)).substr(5);
    };
    CHECK(easter(1970) == "03-29");
    CHECK(easter(2000) == "04-23");
    CHECK(easter(2008) == "03-23");
    CHECK(easter(2011) == "04-24");
    CHECK(easter(2024) == "03-31");
    CHECK(easter(2025) == "04-20");
    CHECK(easter(2026) == "04-05");
    CHECK(easter(2038) == "04-25");  // the latest there is
    CHECK(easter(2160) == "03-23");
}

TEST_CASE("in every year the days are weekdays, in order, and none stands twice") {
    for (const HolidayRegion region : {HolidayRegion::EnglandAndWales, HolidayRegion::Scotland, HolidayRegion::NorthernIreland}) {
        for (int year = 1970; year < 2200; ++year) {
            const auto days = bank_holidays(region, year);
            REQUIRE(days.size() >= 5);  // Scotland had five in 1970
            for (std::size_t i = 0; i < days.size(); ++i) {
                REQUIRE(weekday(days[i].day) < 5);
                REQUIRE(year_month_day(days[i].day).year == year);
                if (i > 0) REQUIRE(days[i - 1].day < days[i].day);
                REQUIRE_FALSE(holiday_name(days[i]).empty());
            }
        }
    }
}

TEST_CASE("a substitute says so") {
    const auto days = bank_holidays(HolidayRegion::EnglandAndWales, day("2021-12-20"), day("2021-12-31"));
    REQUIRE(days.size() == 2);
    CHECK(days[0].substitute);
    CHECK(Locale().text(holiday_name(days[0])) == "Christmas Day (substitute day)");
    CHECK(Locale().text(holiday_name(days[1])) == "Boxing Day (substitute day)");
}
