// Days and times. A plan lives in the project's own local time, without zones: 17:00 at the house is 17:00.
// Only the journal's stamps (Instant) are UTC. Everything lies between 1970-01-01 and 2200-01-01.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

inline constexpr std::int64_t kMinutesPerDay = 1440;

// Days since 1970-01-01 (a Thursday).
struct Day {
    std::int32_t n = 0;
    friend bool operator==(Day, Day) = default;
    friend auto operator<=>(Day, Day) = default;
};
inline Day operator+(Day d, int days) { return Day{d.n + days}; }
inline Day operator-(Day d, int days) { return Day{d.n - days}; }
inline int operator-(Day a, Day b) { return a.n - b.n; }

inline constexpr Day kFirstDay{0};
inline constexpr Day kLastDay{84006};  // 2200-01-01

// Minutes since 1970-01-01T00:00 in the project's local time.
struct LocalMinute {
    std::int64_t n = 0;
    friend bool operator==(LocalMinute, LocalMinute) = default;
    friend auto operator<=>(LocalMinute, LocalMinute) = default;
};

// Milliseconds since 1970-01-01T00:00Z. For information and ordering hints only; order is by sequence.
struct Instant {
    std::int64_t utc_ms = 0;
    friend bool operator==(Instant, Instant) = default;
    friend auto operator<=>(Instant, Instant) = default;
};

struct YearMonthDay {
    int year, month, day;  // month 1..12, day 1..31
};

// Proleptic Gregorian (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
YearMonthDay year_month_day(Day day);
// None where the date does not exist or lies outside 1970..2200.
std::optional<Day> day_from(int year, int month, int day);
// Monday 0 .. Sunday 6.
int weekday(Day day);

inline Day day_of(LocalMinute at) {
    return Day{static_cast<std::int32_t>(at.n >= 0 ? at.n / kMinutesPerDay : (at.n - kMinutesPerDay + 1) / kMinutesPerDay)};
}
inline int minute_of_day(LocalMinute at) { return static_cast<int>(at.n - std::int64_t{day_of(at).n} * kMinutesPerDay); }
inline LocalMinute at_minute(Day day, int minute) { return LocalMinute{std::int64_t{day.n} * kMinutesPerDay + minute}; }

// 2026-03-02 and 2026-03-02T09:00[:00]; none for anything else.
std::optional<Day> parse_iso_day(std::string_view text);
std::optional<LocalMinute> parse_iso_minute(std::string_view text);
std::string iso(Day day);          // 2026-03-02
std::string iso(LocalMinute at);   // 2026-03-02T09:00
std::string iso(Instant at);       // 2026-03-02T09:00:00.000Z

}  // namespace entente
