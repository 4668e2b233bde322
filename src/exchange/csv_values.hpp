// The values that plans are written with in tables: yes and no, lengths, dates, percent, predecessors. Pure, no allocation of
// note; none means "not understood" and the caller says so with the line.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "core/plan/task.hpp"

namespace entente::exchange {

// yes, y, true, 1, x, ie, ydy, a tick; no, n, false, 0, -, na. None for anything else.
std::optional<bool> parse_flag(std::string_view text);

// What the client column says of a row.
enum class ClientWord : std::uint8_t { No, Yes, Decision, Input };
// yes and no as parse_flag reads them; decision, penderfyniad; input, mewnbwn. None for anything else.
std::optional<ClientWord> parse_client_word(std::string_view text);

// 0..100. "50%", "50", "0.5" (a fraction where it holds a point and is at most 1).
std::optional<int> parse_percent(std::string_view text);

// Minutes of working time that make a day; weeks are five of them and months twenty, as in Microsoft Project.
struct DurationUnits {
    std::int64_t minutes_per_day = 480;
    bool plain_is_hours = false;  // what a number without a unit means: else days
    std::int64_t plain_minutes = 0;  // above 0: what it means, whatever the line above says
};
struct CsvDuration {
    std::int64_t minutes = 0;  // working minutes; elapsed minutes where `elapsed`
    bool elapsed = false;      // "3ed": around the clock
    bool estimated = false;    // "3d?"
};
inline constexpr std::int64_t kMaxDurationDays = 20'000;

// "5", "5d", "5 days", "1w", "4h", "2.5d", "2,5 d", "1w 2d", "3ed", "30 mins", "2 wythnos". Never negative; none beyond
// kMaxDurationDays. Fractions of a minute are rounded half up.
std::optional<CsvDuration> parse_duration(std::string_view text, DurationUnits units);

enum class DateOrder : std::uint8_t { DayFirst, MonthFirst };
struct CsvDate {
    Day day;
    std::optional<int> minute;  // of the day, where the text says a time
};
// 2026-03-02[T09:00], 2026/03/02, 2 Mar 2026, 2 Mawrth 2026, Mar 2, 2026 9:00 AM, Mon 02/03/26, 2.3.2026, and a spreadsheet's day
// number (46083). Years of two digits: 70..99 are 19xx, others 20xx. A date that only the other order allows is read so.
std::optional<CsvDate> parse_date(std::string_view text, DateOrder order);

// What a date of three numbers tells of the order in which its file writes them.
enum class DateEvidence : std::uint8_t { Nothing, DayFirst, MonthFirst, Ambiguous };
DateEvidence date_evidence(std::string_view text);

struct PredecessorRef {
    std::string ref;  // as written, to be looked up
    plan::LinkKind kind = plan::LinkKind::FinishToStart;
    plan::LagUnit lag_unit = plan::LagUnit::Working;
    std::int64_t lag_minutes = 0;
    bool bad_lag = false;  // a sign is there, but what follows is no length
};
// "12", "12FS+3d", "1;2", "12SS-2 days", "3FF+50%", "5FS+2ed". Parts are separated by semicolons or line feeds, or by commas where
// there are none of them; a part that names nothing, by spaces, bars and slashes too where that makes known parts of it. Brackets and
// quotation marks around them, as programs print lists, fall away, and so does a number's ".0". "-", "none" and the like are no
// reference. `known` tells which references exist, so that ids that hold signs or end in "FS" are not cut.
std::vector<PredecessorRef> parse_predecessors(std::string_view text, DurationUnits units,
                                               const std::function<bool(std::string_view)>& known);

}  // namespace entente::exchange
