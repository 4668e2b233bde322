#include "core/plan/holidays.hpp"

#include <algorithm>
#include <optional>

namespace entente::plan {

namespace {

constexpr int kFirstYear = 1970, kLastYear = 2199;
constexpr int kMonday = 0, kSaturday = 5;

// When a holiday began in a region, where that is later than 1970.
constexpr int kNewYearSince = 1974, kEarlyMaySince = 1978, kBoxingDayInScotlandSince = 1974, kMayInScotlandSince = 1971,
              kSpringInScotlandSince = 1978, kStAndrewSince = 2007;

struct Moved {
    int year;
    HolidayKind kind;
    int month, day;
};
constexpr Moved kMoved[] = {
    {1995, HolidayKind::EarlyMay, 5, 8},  // fifty years after the war in Europe
    {2002, HolidayKind::Spring, 6, 4},
    {2012, HolidayKind::Spring, 6, 4},
    {2020, HolidayKind::EarlyMay, 5, 8},  // seventy-five years
    {2022, HolidayKind::Spring, 6, 2},
};

// Proclaimed once, for the whole of the United Kingdom.
constexpr Moved kOnce[] = {
    {1977, HolidayKind::SilverJubilee, 6, 7},    {1981, HolidayKind::WeddingOf1981, 7, 29},
    {1999, HolidayKind::MillenniumEve, 12, 31},  {2002, HolidayKind::GoldenJubilee, 6, 3},
    {2011, HolidayKind::WeddingOf2011, 4, 29},   {2012, HolidayKind::DiamondJubilee, 6, 5},
    {2022, HolidayKind::PlatinumJubilee, 6, 3},  {2022, HolidayKind::StateFuneral, 9, 19},
    {2023, HolidayKind::Coronation, 5, 8},
};

Day date(int year, int month, int day) { return day_from(year, month, day).value_or(kFirstDay); }

Day first_monday(int year, int month) {
    const Day first = date(year, month, 1);
    return first + (7 - weekday(first)) % 7;
}
Day last_monday(int year, int month, int days) {
    const Day last = date(year, month, days);
    return last - weekday(last);
}

class Year {
public:
    Year(HolidayRegion region, int year) : region_(region), year_(year) {}

    std::vector<Holiday> list() {
        add_new_year();
        add_easter();
        add_mondays();
        add_of_region();
        add_christmas();
        for (const Moved& once : kOnce)
            if (once.year == year_) holidays_.push_back({date(year_, once.month, once.day), once.kind, false});
        std::sort(holidays_.begin(), holidays_.end(), [](const Holiday& a, const Holiday& b) { return a.day < b.day; });
        return std::move(holidays_);
    }

private:
    bool scotland() const { return region_ == HolidayRegion::Scotland; }

    void add(HolidayKind kind, Day day) {
        for (const Moved& moved : kMoved)
            if (moved.year == year_ && moved.kind == kind) day = date(year_, moved.month, moved.day);
        holidays_.push_back({day, kind, false});
    }
    bool taken(Day day) const {
        return std::any_of(holidays_.begin(), holidays_.end(), [day](const Holiday& one) { return one.day == day; });
    }
    // On its day, or on the next weekday that is free.
    void add_or_substitute(HolidayKind kind, Day day) {
        const Day wanted = day;
        while (weekday(day) >= kSaturday || taken(day)) day = day + 1;
        holidays_.push_back({day, kind, day != wanted});
    }
    // Two days side by side: the one that falls on a weekday keeps it, and the other one's substitute comes after it.
    void add_pair(HolidayKind first, Day first_day, HolidayKind second, Day second_day) {
        if (weekday(first_day) >= kSaturday && weekday(second_day) == kMonday) {
            add_or_substitute(second, second_day);
            add_or_substitute(first, first_day);
        } else {
            add_or_substitute(first, first_day);
            add_or_substitute(second, second_day);
        }
    }

    void add_new_year() {
        const Day day = date(year_, 1, 1);
        if (scotland()) add_pair(HolidayKind::NewYear, day, HolidayKind::SecondOfJanuary, day + 1);
        else if (year_ >= kNewYearSince) add_or_substitute(HolidayKind::NewYear, day);
    }

    void add_easter() {
        const YearMonthDay easter = easter_sunday(year_);
        const Day sunday = date(year_, easter.month, easter.day);
        add(HolidayKind::GoodFriday, sunday - 2);
        if (!scotland()) add(HolidayKind::EasterMonday, sunday + 1);
    }

    void add_mondays() {
        if (year_ >= (scotland() ? kMayInScotlandSince : kEarlyMaySince)) add(HolidayKind::EarlyMay, first_monday(year_, 5));
        if (!scotland() || year_ >= kSpringInScotlandSince) add(HolidayKind::Spring, last_monday(year_, 5, 31));
        add(HolidayKind::Summer, scotland() ? first_monday(year_, 8) : last_monday(year_, 8, 31));
    }

    void add_of_region() {
        if (region_ == HolidayRegion::NorthernIreland) {
            add_or_substitute(HolidayKind::StPatrick, date(year_, 3, 17));
            add_or_substitute(HolidayKind::Boyne, date(year_, 7, 12));
        }
        if (scotland() && year_ >= kStAndrewSince) add_or_substitute(HolidayKind::StAndrew, date(year_, 11, 30));
    }

    void add_christmas() {
        const Day christmas = date(year_, 12, 25);
        if (scotland() && year_ < kBoxingDayInScotlandSince) add_or_substitute(HolidayKind::Christmas, christmas);
        else add_pair(HolidayKind::Christmas, christmas, HolidayKind::BoxingDay, christmas + 1);
    }

    HolidayRegion region_;
    int year_;
    std::vector<Holiday> holidays_;
};

Message kind_name(HolidayKind kind) {
    switch (kind) {
        case HolidayKind::NewYear: return msg("New Year's Day");
        case HolidayKind::SecondOfJanuary: return msg("2nd January");
        case HolidayKind::StPatrick: return msg("St Patrick's Day");
        case HolidayKind::GoodFriday: return msg("Good Friday");
        case HolidayKind::EasterMonday: return msg("Easter Monday");
        case HolidayKind::EarlyMay: return msg("Early May bank holiday");
        case HolidayKind::Spring: return msg("Spring bank holiday");
        case HolidayKind::Boyne: return msg("Battle of the Boyne");
        case HolidayKind::Summer: return msg("Summer bank holiday");
        case HolidayKind::StAndrew: return msg("St Andrew's Day");
        case HolidayKind::Christmas: return msg("Christmas Day");
        case HolidayKind::BoxingDay: return msg("Boxing Day");
        case HolidayKind::SilverJubilee: return msg("Silver Jubilee");
        case HolidayKind::WeddingOf1981:
        case HolidayKind::WeddingOf2011: return msg("Royal wedding");
        case HolidayKind::MillenniumEve: return msg("Millennium holiday");
        case HolidayKind::GoldenJubilee: return msg("Golden Jubilee");
        case HolidayKind::DiamondJubilee: return msg("Diamond Jubilee");
        case HolidayKind::PlatinumJubilee: return msg("Platinum Jubilee");
        case HolidayKind::StateFuneral: return msg("State funeral of Queen Elizabeth II");
        case HolidayKind::Coronation: return msg("Coronation of King Charles III");
    }
    return {};
}

}  // namespace

YearMonthDay easter_sunday(int year) {
    const int a = year % 19, b = year / 100, c = year % 100;
    const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return {year, n / 31, n % 31 + 1};
}

std::vector<Holiday> bank_holidays(HolidayRegion region, int year) {
    if (region == HolidayRegion::None || year < kFirstYear || year > kLastYear) return {};
    return Year(region, year).list();
}

std::vector<Holiday> bank_holidays(HolidayRegion region, Day first, Day last) {
    std::vector<Holiday> out;
    if (region == HolidayRegion::None || last < first) return out;
    const int from = year_month_day(std::max(first, kFirstDay)).year, to = year_month_day(std::min(last, kLastDay)).year;
    for (int year = from; year <= to; ++year)
        for (const Holiday& holiday : bank_holidays(region, year))
            if (holiday.day >= first && holiday.day <= last) out.push_back(holiday);
    return out;
}

Message holiday_name(const Holiday& holiday) {
    return holiday.substitute ? msg("{0} (substitute day)", kind_name(holiday.kind)) : kind_name(holiday.kind);
}

Message region_name(HolidayRegion region) {
    switch (region) {
        case HolidayRegion::None: return msgc("bank holidays", "None");
        case HolidayRegion::EnglandAndWales: return msg("England and Wales");
        case HolidayRegion::Scotland: return msg("Scotland");
        case HolidayRegion::NorthernIreland: return msg("Northern Ireland");
    }
    return {};
}

}  // namespace entente::plan
