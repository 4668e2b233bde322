// The small values of a table: whatever the text, lengths stay within their limits and references hold no separator.
#include <cstdlib>
#include <string>

#include "exchange/csv_values.hpp"

namespace {

using namespace entente::exchange;

constexpr std::int64_t kMostMinutes = kMaxDurationDays * entente::kMinutesPerDay;

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto known = [](std::string_view ref) { return ref == "1" || ref == "12" || ref == "E-12"; };
    for (const PredecessorRef& ref : parse_predecessors(text, {}, known)) {
        require(ref.lag_minutes >= -kMostMinutes && ref.lag_minutes <= kMostMinutes);
        require(!ref.ref.empty());
    }
    for (const bool hours : {false, true}) {
        const auto length = parse_duration(text, {480, hours});
        require(!length || (length->minutes >= 0 && length->minutes <= kMostMinutes));
    }
    for (const DateOrder order : {DateOrder::DayFirst, DateOrder::MonthFirst}) {
        const auto date = parse_date(text, order);
        require(!date || (date->day >= entente::kFirstDay && date->day < entente::kLastDay));
        require(!date || !date->minute || (*date->minute >= 0 && *date->minute < entente::kMinutesPerDay));
    }
    (void)date_evidence(text);
    (void)parse_flag(text);
    (void)parse_client_word(text);
    const auto percent = parse_percent(text);
    require(!percent || (*percent >= 0 && *percent <= 100));
    return 0;
}
