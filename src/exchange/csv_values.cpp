#include "exchange/csv_values.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace entente::exchange {

namespace {

constexpr std::int64_t kMicro = 1'000'000;
constexpr std::int64_t kMaxWhole = 100'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view take_while(std::string_view& text, bool (*keep)(char)) {
    const auto end = std::find_if_not(text.begin(), text.end(), keep);
    const auto size = static_cast<std::size_t>(end - text.begin());
    const std::string_view taken = text.substr(0, size);
    text.remove_prefix(size);
    return taken;
}

void skip_spaces(std::string_view& text) {
    text = text.substr(std::min(text.size(), text.find_first_not_of(" \t\xC2\xA0")));
}

// A decimal number at the front of the text in millionths; digits beyond the sixth after the point are dropped.
std::optional<std::int64_t> take_micro(std::string_view& text) {
    const std::string_view whole = take_while(text, is_digit);
    std::int64_t value = 0;
    for (const char c : whole) {
        value = value * 10 + (c - '0');
        if (value > kMaxWhole) return std::nullopt;
    }
    value *= kMicro;
    std::string_view fraction;
    if (text.size() >= 2 && (text[0] == '.' || text[0] == ',') && is_digit(text[1])) {
        text.remove_prefix(1);
        fraction = take_while(text, is_digit);
        std::int64_t unit = kMicro / 10;
        for (const char c : fraction) {
            value += (c - '0') * unit;
            unit /= 10;
        }
    }
    if (whole.empty() && fraction.empty()) return std::nullopt;
    return value;
}

enum class UnitKind : std::uint8_t { Minute, Hour, Day, Week, Month };
struct UnitName {
    std::string_view name;
    UnitKind kind;
};
constexpr UnitName kUnits[] = {
    {"m", UnitKind::Minute},       {"min", UnitKind::Minute},     {"mins", UnitKind::Minute},
    {"minute", UnitKind::Minute},  {"minutes", UnitKind::Minute}, {"munud", UnitKind::Minute},
    {"munudau", UnitKind::Minute}, {"h", UnitKind::Hour},         {"hr", UnitKind::Hour},
    {"hrs", UnitKind::Hour},       {"hour", UnitKind::Hour},      {"hours", UnitKind::Hour},
    {"awr", UnitKind::Hour},       {"oriau", UnitKind::Hour},     {"d", UnitKind::Day},
    {"dy", UnitKind::Day},         {"dys", UnitKind::Day},        {"day", UnitKind::Day},
    {"days", UnitKind::Day},       {"dydd", UnitKind::Day},       {"dyddiau", UnitKind::Day},
    {"diwrnod", UnitKind::Day},    {"diwrnodau", UnitKind::Day},  {"ddiwrnod", UnitKind::Day},
    {"niwrnod", UnitKind::Day},    {"w", UnitKind::Week},         {"wk", UnitKind::Week},
    {"wks", UnitKind::Week},       {"week", UnitKind::Week},      {"weeks", UnitKind::Week},
    {"wythnos", UnitKind::Week},   {"wythnosau", UnitKind::Week}, {"mo", UnitKind::Month},
    {"mon", UnitKind::Month},      {"mons", UnitKind::Month},     {"month", UnitKind::Month},
    {"months", UnitKind::Month},   {"mis", UnitKind::Month},      {"misoedd", UnitKind::Month},
};

struct Unit {
    std::int64_t minutes = 0;
    bool elapsed = false;
};

std::optional<Unit> unit_of(std::string_view word, DurationUnits units) {
    if (word.empty() && units.plain_minutes > 0) return Unit{units.plain_minutes, false};
    if (word.empty()) return Unit{units.plain_is_hours ? 60 : units.minutes_per_day, false};
    const std::string name = lower_ascii(word);
    const auto find = [](std::string_view text) {
        return std::find_if(std::begin(kUnits), std::end(kUnits),
                            [&](const UnitName& unit) { return unit.name == text; });
    };
    auto found = find(name);
    const bool elapsed = found == std::end(kUnits) && name.size() > 1 && name[0] == 'e';
    if (elapsed) found = find(std::string_view(name).substr(1));
    if (found == std::end(kUnits)) return std::nullopt;
    const std::int64_t day = elapsed ? kMinutesPerDay : units.minutes_per_day;
    const std::array<std::int64_t, 5> minutes{1, 60, day, day * (elapsed ? 7 : 5), day * (elapsed ? 30 : 20)};
    return Unit{minutes[static_cast<std::size_t>(found->kind)], elapsed};
}

}  // namespace

std::optional<bool> parse_flag(std::string_view text) {
    constexpr std::string_view kYes[] = {"yes", "y",   "true", "t",      "1",      "x",
                                         "ie",  "ydy", "oes",  "\u2713", "\u2714", "\u2611"};
    constexpr std::string_view kNo[] = {"no", "n",    "false",   "f",       "0",      "-",
                                        "na", "nage", "nac ydy", "nac oes", "\u2717", "\u2610"};
    const std::string word = lower_ascii(trim(text));
    if (std::find(std::begin(kYes), std::end(kYes), word) != std::end(kYes)) return true;
    if (std::find(std::begin(kNo), std::end(kNo), word) != std::end(kNo)) return false;
    return std::nullopt;
}

std::optional<ClientWord> parse_client_word(std::string_view text) {
    if (const auto flag = parse_flag(text)) return *flag ? ClientWord::Yes : ClientWord::No;
    const std::string word = lower_ascii(trim(text));
    if (word == "decision" || word == "penderfyniad") return ClientWord::Decision;
    if (word == "input" || word == "mewnbwn") return ClientWord::Input;
    return std::nullopt;
}

std::optional<int> parse_percent(std::string_view text) {
    text = trim(text);
    const bool point = text.find_first_of(".,") != std::string_view::npos;
    auto value = take_micro(text);
    if (!value) return std::nullopt;
    skip_spaces(text);
    const bool sign = text == "%";
    if (!sign && !text.empty()) return std::nullopt;
    if (!sign && point && *value <= kMicro) *value *= 100;
    const std::int64_t percent = (*value + kMicro / 2) / kMicro;
    if (percent > 100) return std::nullopt;
    return static_cast<int>(percent);
}

std::optional<CsvDuration> parse_duration(std::string_view text, DurationUnits units) {
    text = trim(text);
    CsvDuration out;
    if (!text.empty() && text.back() == '?') {
        out.estimated = true;
        text = trim(text.substr(0, text.size() - 1));
    }
    if (text.empty()) return std::nullopt;
    const std::int64_t most = kMaxDurationDays *
                              std::max<std::int64_t>(units.minutes_per_day, kMinutesPerDay);
    for (int part = 0; !text.empty(); ++part) {
        if (part == 5) return std::nullopt;
        const auto value = take_micro(text);
        if (!value) return std::nullopt;
        skip_spaces(text);
        const std::string_view word = take_while(text, is_letter);
        const auto unit = unit_of(word, units);
        // A second part without a unit ("3d 4") says nothing, and clock time cannot be added to working time.
        if (!unit || (part > 0 && (word.empty() || unit->elapsed != out.elapsed))) return std::nullopt;
        out.elapsed = unit->elapsed;
        if (*value / kMicro > most / unit->minutes) return std::nullopt;
        // In two steps: the whole and the fraction, so that the product cannot overflow.
        out.minutes += *value / kMicro * unit->minutes +
                       (*value % kMicro * unit->minutes + kMicro / 2) / kMicro;
        if (out.minutes > most) return std::nullopt;
        skip_spaces(text);
        if (word.empty() && !text.empty()) return std::nullopt;
    }
    return out;
}

namespace {

using plan::LagUnit;
using plan::LinkKind;

struct KindName {
    std::string_view name;
    LinkKind kind;
};
constexpr KindName kKinds[] = {{"fs", LinkKind::FinishToStart}, {"ss", LinkKind::StartToStart},
                               {"ff", LinkKind::FinishToFinish}, {"sf", LinkKind::StartToFinish}};

// Reads a sign and a length or a percentage into the reference; false where it is neither.
bool read_lag(std::string_view text, DurationUnits units, PredecessorRef& out) {
    const bool negative = text[0] == '-';
    std::string_view rest = text.substr(1);
    skip_spaces(rest);
    std::string_view number = rest;
    if (!rest.empty() && rest.back() == '%') {
        const auto percent = take_micro(number);
        skip_spaces(number);
        if (!percent || number != "%" || *percent % kMicro != 0 || *percent > 1000 * kMicro) return false;
        out.lag_unit = LagUnit::PercentOfPredecessor;
        out.lag_minutes = *percent / kMicro * (negative ? -1 : 1);
        return true;
    }
    const auto length = parse_duration(rest, units);
    if (!length) return false;
    out.lag_unit = length->elapsed ? LagUnit::Elapsed : LagUnit::Working;
    out.lag_minutes = negative ? -length->minutes : length->minutes;
    return true;
}

// Cuts a link kind off the end where one is there.
void cut_kind(std::string_view& text, PredecessorRef& out) {
    if (text.size() <= 2) return;
    const std::string tail = lower_ascii(text.substr(text.size() - 2));
    for (const KindName& kind : kKinds) {
        if (tail != kind.name) continue;
        out.kind = kind.kind;
        text = trim(text.substr(0, text.size() - 2));
        return;
    }
}

// "12FS+x": the reference and its kind are sound, only the length is not.
std::optional<PredecessorRef> with_bad_lag(std::string_view before, const std::function<bool(std::string_view)>& known) {
    PredecessorRef bad;
    cut_kind(before, bad);
    if (!known(before)) return std::nullopt;
    bad.ref = before;
    bad.bad_lag = true;
    return bad;
}

PredecessorRef read_predecessor(std::string_view token, DurationUnits units,
                                const std::function<bool(std::string_view)>& known) {
    if (token.size() > 1 && token[0] == '#') token = trim(token.substr(1));
    // From the whole to its parts: an id may itself hold signs and end in the letters of a kind.
    PredecessorRef out;
    std::string_view head = token;
    if (!known(head)) cut_kind(head, out);
    out.ref = head;
    const std::size_t sign = token.find_last_of("+-");
    if (known(head) || sign == std::string_view::npos || sign == 0) return out;

    PredecessorRef lagged;
    head = trim(token.substr(0, sign));
    if (!read_lag(token.substr(sign), units, lagged)) return with_bad_lag(head, known).value_or(out);
    if (!known(head)) cut_kind(head, lagged);
    lagged.ref = head;
    return lagged;
}

using Known = std::function<bool(std::string_view)>;

bool sound(const PredecessorRef& ref, const Known& known) { return !ref.bad_lag && known(ref.ref); }

// Without the marks that programs put around and behind what they list: '2', "2", 2.0.
std::string_view bare(std::string_view token, const Known& known) {
    if (known(token)) return token;
    if (token.size() > 2 && (token[0] == '\'' || token[0] == '"') && token.back() == token[0])
        token = trim(token.substr(1, token.size() - 2));
    const std::size_t point = token.find('.');
    const bool whole = point != std::string_view::npos && point > 0 && point + 1 < token.size() &&
                       token.find_first_not_of('0', point + 1) == std::string_view::npos && known(token.substr(0, point));
    return whole && !known(token) ? token.substr(0, point) : token;
}

// "2 3 5", "2|3|5", "2,3" of a part that is none as a whole; empty where some piece is not known either.
std::vector<PredecessorRef> read_pieces(std::string_view token, DurationUnits units, const Known& known) {
    constexpr std::string_view kBetween = " \t|,/&";
    std::vector<PredecessorRef> out;
    while (!token.empty()) {
        const std::size_t end = std::min(token.size(), token.find_first_of(kBetween));
        const std::string_view piece = token.substr(0, end);
        token.remove_prefix(std::min(token.size(), end + 1));
        if (piece.empty()) continue;
        out.push_back(read_predecessor(bare(piece, known), units, known));
        if (!sound(out.back(), known)) return {};
    }
    return out;
}

// What people and programs write where there is nothing.
bool says_none(std::string_view text) {
    constexpr std::string_view kNone[] = {"-",   "--", "\u2013", "\u2014", "none", "nil", "null", "nan",
                                          "n/a", "na", "0",      "[]",     "{}",   "()",  "dim"};
    const std::string word = lower_ascii(text);
    return std::find(std::begin(kNone), std::end(kNone), word) != std::end(kNone);
}

std::string_view without_brackets(std::string_view text) {
    constexpr std::string_view kPairs[] = {"[]", "{}", "()"};
    for (const std::string_view pair : kPairs) {
        if (text.size() > 2 && text[0] == pair[0] && text.back() == pair[1] && text.find(pair[1]) == text.size() - 1)
            return trim(text.substr(1, text.size() - 2));
    }
    return text;
}

// The minus of typography is a minus.
std::string plain_minus(std::string_view text) {
    std::string out(text);
    for (std::size_t at = 0; (at = out.find("\u2212", at)) != std::string::npos;) out.replace(at, 3, "-");
    return out;
}

}  // namespace

std::vector<PredecessorRef> parse_predecessors(std::string_view written, DurationUnits units, const Known& known) {
    std::vector<PredecessorRef> out;
    if (known(trim(written)) && written.find_first_of(";\n\r") == std::string_view::npos)
        return {PredecessorRef{std::string(trim(written))}};
    const std::string kept = plain_minus(trim(written));
    std::string_view text = without_brackets(kept);
    if (text.empty() || says_none(text)) return out;
    const bool strong = text.find_first_of(";\n\r") != std::string_view::npos;
    if (!strong && known(text)) return {PredecessorRef{std::string(text)}};
    const std::string_view separators = strong ? ";\n\r" : ",";
    while (!text.empty()) {
        const std::size_t end = std::min(text.size(), text.find_first_of(separators));
        const std::string_view token = bare(trim(text.substr(0, end)), known);
        text.remove_prefix(std::min(text.size(), end + 1));
        if (token.empty()) continue;
        PredecessorRef whole = read_predecessor(token, units, known);
        std::vector<PredecessorRef> pieces;
        if (!sound(whole, known)) pieces = read_pieces(token, units, known);
        if (pieces.empty()) pieces.push_back(std::move(whole));
        for (PredecessorRef& piece : pieces) out.push_back(std::move(piece));
    }
    return out;
}

}  // namespace entente::exchange
