// Dates as people and programs write them in tables (csv_values.hpp).
#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "exchange/csv_values.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kMaxDateBytes = 64;
// Day 25569 of a spreadsheet is 1970-01-01; 109574 is 2199-12-31.
constexpr int kSerialOfFirstDay = 25569;
constexpr int kSerialOfLastDay = 109574;

// Three letters tell the months apart in English; Welsh needs more, and its names come first where both fit.
struct MonthName {
    std::string_view
        name;  // folded; a date's word must begin with it, or be its beginning of three letters or more
    int month;
};
constexpr MonthName kMonths[] = {
    {"january", 1},  {"february", 2},  {"march", 3},     {"april", 4},     {"may", 5},
    {"june", 6},     {"july", 7},      {"august", 8},    {"september", 9}, {"sept", 9},
    {"october", 10}, {"november", 11}, {"december", 12}, {"ionawr", 1},    {"chwefror", 2},
    {"mawrth", 3},   {"ebrill", 4},    {"mai", 5},       {"mehefin", 6},   {"gorffennaf", 7},
    {"awst", 8},     {"medi", 9},      {"hydref", 10},   {"tachwedd", 11}, {"rhagfyr", 12},
};
constexpr std::string_view kWeekdays[] = {"monday",   "tuesday", "wednesday", "thursday", "friday",
                                          "saturday", "sunday",  "llun",      "mawrth",   "mercher",
                                          "iau",      "gwener",  "sadwrn",    "sul",      "dydd"};
constexpr std::string_view kOrdinals[] = {"st", "nd", "rd", "th", "of", "ain", "af", "fed", "ydd", "eg"};

bool begins(std::string_view whole, std::string_view word) {
    return word.size() >= 3 && whole.substr(0, word.size()) == word;
}

int month_of(std::string_view word) {
    const auto found = std::find_if(std::begin(kMonths), std::end(kMonths),
                                    [&](const MonthName& m) { return begins(m.name, word); });
    return found == std::end(kMonths) ? 0 : found->month;
}

bool is_weekday_or_ordinal(std::string_view word) {
    return std::any_of(std::begin(kWeekdays), std::end(kWeekdays),
                       [&](std::string_view day) { return begins(day, word); }) ||
           std::find(std::begin(kOrdinals), std::end(kOrdinals), word) != std::end(kOrdinals);
}

struct Number {
    int value = 0;
    int digits = 0;
};

struct Parts {
    std::array<Number, 3> numbers{};
    std::size_t count = 0;
    int month = 0;  // named by a word
};

// Numbers and words of the date's part; false where something in it belongs to no date.
bool cut_parts(std::string_view text, Parts& out) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const char c = text[0];
        std::size_t size = 1;
        if (c >= '0' && c <= '9') {
            size = std::min(text.size(), text.find_first_not_of("0123456789"));
            if (out.count == 3 || size > 6) return false;
            Number number{0, static_cast<int>(size)};
            for (const char digit : text.substr(0, size)) number.value = number.value * 10 + (digit - '0');
            out.numbers[out.count++] = number;
        } else if (c >= 'a' && c <= 'z') {
            size = std::min(text.size(), text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"));
            words.emplace_back(text.substr(0, size));
        } else if (std::string_view(" ,./-'\t").find(c) == std::string_view::npos) {
            return false;
        }
        text.remove_prefix(size);
    }
    // The last month's name counts: in Welsh the third weekday and the third month have the same name.
    for (const std::string& word : words) {
        const int month = out.count < 3 ? month_of(word) : 0;
        if (month == 0 && !is_weekday_or_ordinal(word)) return false;
        if (month != 0) out.month = month;
    }
    return true;
}

int full_year(Number year) {
    if (year.digits > 2) return year.value;
    return year.value + (year.value >= 70 ? 1900 : 2000);
}

std::optional<Day> day_of_parts(const Parts& parts, DateOrder order) {
    const auto& n = parts.numbers;
    if (parts.month != 0) {
        if (parts.count != 2) return std::nullopt;
        const bool year_first = n[0].digits == 4;
        return day_from(full_year(n[year_first ? 0 : 1]), parts.month, n[year_first ? 1 : 0].value);
    }
    if (parts.count == 1 && n[0].value >= kSerialOfFirstDay && n[0].value <= kSerialOfLastDay) {
        return Day{n[0].value - kSerialOfFirstDay};
    }
    if (parts.count != 3) return std::nullopt;
    if (n[0].digits == 4) return day_from(n[0].value, n[1].value, n[2].value);
    if (n[2].digits != 2 && n[2].digits != 4) return std::nullopt;
    const int year = full_year(n[2]);
    const int a = n[0].value, b = n[1].value;
    const auto day_first = day_from(year, b, a), month_first = day_from(year, a, b);
    if (order == DateOrder::DayFirst) return day_first ? day_first : month_first;
    return month_first ? month_first : day_first;
}

// Takes "9:00", "09:00:00", "9:00 am", "09:00Z" off the end of the text. False where a colon is there but no time.
bool cut_time(std::string& text, std::optional<int>& minute) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return true;
    std::size_t begin = colon;
    while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
    std::string_view rest = std::string_view(text).substr(colon + 1);
    const auto two_digits = [&]() -> int {
        if (rest.size() < 2 || rest[0] < '0' || rest[0] > '5' || rest[1] < '0' || rest[1] > '9') return -1;
        const int value = (rest[0] - '0') * 10 + (rest[1] - '0');
        rest.remove_prefix(2);
        return value;
    };
    if (begin == colon || colon - begin > 2) return false;
    int hour = 0;
    for (std::size_t i = begin; i < colon; ++i) hour = hour * 10 + (text[i] - '0');
    const int minutes = two_digits();
    if (minutes < 0) return false;
    if (!rest.empty() && rest[0] == ':') {
        rest.remove_prefix(1);
        if (two_digits() < 0) return false;
        if (!rest.empty() && rest[0] == '.')
            rest = rest.substr(std::min(rest.size(), rest.find_first_not_of("0123456789", 1)));
    }
    rest = trim(rest);
    if (rest == "pm" || rest == "am") {
        if (hour < 1 || hour > 12) return false;
        hour = hour % 12 + (rest == "pm" ? 12 : 0);
    } else if (!rest.empty() && rest != "z") {
        return false;
    }
    if (hour > 23) return false;
    minute = hour * 60 + minutes;
    if (begin > 0 && text[begin - 1] == 't') --begin;
    text.resize(begin);
    return true;
}

std::optional<Parts> parts_of(std::string_view text, std::optional<int>& minute) {
    text = trim(text);
    if (text.empty() || text.size() > kMaxDateBytes) return std::nullopt;
    std::string lowered = fold(text);
    Parts parts;
    if (!cut_time(lowered, minute) || !cut_parts(lowered, parts)) return std::nullopt;
    return parts;
}

}  // namespace

std::optional<CsvDate> parse_date(std::string_view text, DateOrder order) {
    CsvDate out;
    const auto parts = parts_of(text, out.minute);
    if (!parts) return std::nullopt;
    const auto day = day_of_parts(*parts, order);
    if (!day) return std::nullopt;
    out.day = *day;
    return out;
}

DateEvidence date_evidence(std::string_view text) {
    std::optional<int> minute;
    const auto parts = parts_of(text, minute);
    if (!parts || parts->count != 3 || parts->numbers[0].digits == 4) return DateEvidence::Nothing;
    const int a = parts->numbers[0].value, b = parts->numbers[1].value;
    if (a > 12 && b <= 12) return DateEvidence::DayFirst;
    if (b > 12 && a <= 12) return DateEvidence::MonthFirst;
    return a == b || a > 12 ? DateEvidence::Nothing : DateEvidence::Ambiguous;
}

}  // namespace entente::exchange
