// Bank holidays of the United Kingdom, computed by rule for any year from 1970 to 2200.
//
// Sources: the Banking and Financial Dealings Act 1971 (schedule 1) and the proclamations made under it, the St Andrew's Day Bank
// Holiday (Scotland) Act 2007, and the lists at gov.uk/bank-holidays. Easter is computed by the Gregorian computus (Meeus, Jones and
// Butcher). A holiday that falls on a weekend has its substitute on the next weekday that is not a holiday itself; the substitute is
// the holiday here, and the day at the weekend is not listed.
// Days proclaimed once, and days that were moved, are in a table that ends with 2023; a later one is added to a calendar as an
// exception. Before 1977 substitutes at Christmas and New Year follow the practice of later years.
// Invariant: a year's days are in order, each a weekday, none twice.
#pragma once

#include <cstdint>
#include <vector>

#include "base/message.hpp"
#include "base/time.hpp"

namespace entente::plan {

enum class HolidayRegion : std::uint8_t { None, EnglandAndWales, Scotland, NorthernIreland };

enum class HolidayKind : std::uint8_t {
    NewYear, SecondOfJanuary, StPatrick, GoodFriday, EasterMonday, EarlyMay, Spring, Boyne, Summer, StAndrew, Christmas, BoxingDay,
    SilverJubilee, WeddingOf1981, MillenniumEve, GoldenJubilee, WeddingOf2011, DiamondJubilee, PlatinumJubilee, StateFuneral, Coronation,
};

struct Holiday {
    Day day;
    HolidayKind kind = HolidayKind::NewYear;
    bool substitute = false;  // in place of a day at the weekend
    friend bool operator==(const Holiday&, const Holiday&) = default;
};

// Of that year, in order; empty for no region and for years outside 1970..2199.
std::vector<Holiday> bank_holidays(HolidayRegion region, int year);
// Those from `first` to `last` (inclusive), in order.
std::vector<Holiday> bank_holidays(HolidayRegion region, Day first, Day last);

// "Good Friday", "Christmas Day (substitute day)".
Message holiday_name(const Holiday& holiday);
// "England and Wales"; "None" for no region.
Message region_name(HolidayRegion region);

// Easter Sunday of a year of the Gregorian calendar, as the month (3 or 4) and the day.
YearMonthDay easter_sunday(int year);

}  // namespace entente::plan
