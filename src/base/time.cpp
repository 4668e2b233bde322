#include "base/time.hpp"

#include <array>

namespace entente {

namespace {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

void append_padded(std::string& out, int value, int width) {
    std::string text = std::to_string(value);
    if (static_cast<int>(text.size()) < width) out.append(static_cast<std::size_t>(width) - text.size(), '0');
    out += text;
}

}  // namespace

YearMonthDay year_month_day(Day day) {
    const int z = day.n + 719468;
    const int era = (z >= 0 ? z : z - 146096) / 146097;
    const int day_of_era = z - era * 146097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int shifted_month = (5 * day_of_year + 2) / 153;  // March is 0
    const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

std::optional<Day> day_from(int year, int month, int day) {
    if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
        return std::nullopt;
    }
    const int y = month <= 2 ? year - 1 : year;
    const int era = y / 400;
    const int year_of_era = y - era * 400;
    const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    const Day result{era * 146097 + day_of_era - 719468};
    if (result > kLastDay) return std::nullopt;
    return result;
}

int weekday(Day day) {
    const int shifted = (day.n + 3) % 7;  // 1970-01-01 was a Thursday
    return shifted < 0 ? shifted + 7 : shifted;
}

std::optional<Day> parse_iso_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return day_from(*year, *month, *day);
}

std::optional<LocalMinute> parse_iso_minute(std::string_view text) {
    if (text.size() != 16 && text.size() != 19) return std::nullopt;
    if (text[10] != 'T' || text[13] != ':') return std::nullopt;
    const auto day = parse_iso_day(text.substr(0, 10));
    const auto hour = digits(text.substr(11, 2)), minute = digits(text.substr(14, 2));
    if (!day || !hour || !minute || *hour > 24 || *minute > 59 || (*hour == 24 && *minute != 0)) return std::nullopt;
    if (text.size() == 19) {
        const auto second = digits(text.substr(17, 2));
        if (text[16] != ':' || !second || *second > 59) return std::nullopt;
    }
    return at_minute(*day, *hour * 60 + *minute);
}

std::string iso(Day day) {
    const YearMonthDay date = year_month_day(day);
    std::string out;
    append_padded(out, date.year, 4);
    out += '-';
    append_padded(out, date.month, 2);
    out += '-';
    append_padded(out, date.day, 2);
    return out;
}

std::string iso(LocalMinute at) {
    std::string out = iso(day_of(at));
    const int minute = minute_of_day(at);
    out += 'T';
    append_padded(out, minute / 60, 2);
    out += ':';
    append_padded(out, minute % 60, 2);
    return out;
}

std::string iso(Instant at) {
    const std::int64_t minute = at.utc_ms >= 0 ? at.utc_ms / 60'000 : (at.utc_ms - 59'999) / 60'000;
    const int rest = static_cast<int>(at.utc_ms - minute * 60'000);
    std::string out = iso(LocalMinute{minute});
    out += ':';
    append_padded(out, rest / 1000, 2);
    out += '.';
    append_padded(out, rest % 1000, 3);
    return out + 'Z';
}

}  // namespace entente
