#include "core/cut/timecode.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

#include "base/text.hpp"

namespace entente::cut {

namespace {

struct Named {
    std::string_view name;
    Rate rate;
};
// The rates of picture, and the ways their names are written.
constexpr std::array<Named, 23> kNames = {{
    {"23.976", {24000, 1001, false}}, {"23.98", {24000, 1001, false}},  {"24", {24, 1, false}},
    {"25", {25, 1, false}},           {"29.97", {30000, 1001, false}},  {"29.97df", {30000, 1001, true}},
    {"29.97ndf", {30000, 1001, false}}, {"30", {30, 1, false}},         {"30df", {30000, 1001, true}},
    {"30ndf", {30, 1, false}},        {"47.952", {48000, 1001, false}}, {"47.95", {48000, 1001, false}},
    {"48", {48, 1, false}},           {"50", {50, 1, false}},           {"59.94", {60000, 1001, false}},
    {"59.94df", {60000, 1001, true}}, {"59.94ndf", {60000, 1001, false}}, {"60", {60, 1, false}},
    {"60df", {60000, 1001, true}},    {"60ndf", {60, 1, false}},        {"119.88", {120000, 1001, false}},
    {"100", {100, 1, false}},         {"120", {120, 1, false}},
}};

std::string plain(std::string_view text) {
    std::string out;
    if (!text.empty() && text[0] == '-') return out;
    for (const char c : lower_ascii(trim(text))) {
        if (c != ' ' && c != '-' && c != '_') out += c == ',' ? '.' : c;
    }
    if (out.size() > 3 && out.substr(out.size() - 3) == "fps") out.resize(out.size() - 3);
    // "24.0", "25.000"
    const std::size_t point = out.find('.');
    if (point != std::string::npos && out.find_first_not_of('0', point + 1) == std::string::npos) out.resize(point);
    return out;
}

// Labels left out at the beginning of each minute but every tenth.
std::int64_t dropped(const Rate& rate) { return rate.drop ? rate.nominal() / 15 : 0; }

std::int64_t per_ten_minutes(const Rate& rate) { return std::int64_t{rate.nominal()} * 600 - 9 * dropped(rate); }

std::string two(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string label_text(std::int64_t frame, const Rate& rate) {
    const std::int64_t nominal = rate.nominal(), drop = dropped(rate);
    if (drop > 0) {
        const std::int64_t tens = frame / per_ten_minutes(rate), rest = frame % per_ten_minutes(rate);
        const std::int64_t first = nominal * 60, other = first - drop;
        const std::int64_t minutes = rest < first ? 0 : 1 + (rest - first) / other;
        frame += drop * (9 * tens + minutes);
    }
    const std::int64_t seconds = frame / nominal;
    const char* mark = rate.drop ? ";" : ":";
    return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60) + mark + two(frame % nominal);
}

}  // namespace

std::optional<Rate> parse_rate(std::string_view text) {
    const std::string name = plain(text);
    for (const Named& one : kNames) {
        if (one.name == name) return one.rate;
    }
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) return std::nullopt;
    for (const Named& one : kNames) {
        if (std::to_string(one.rate.numerator) + "/" + std::to_string(one.rate.denominator) == name) return one.rate;
    }
    return std::nullopt;
}

std::string rate_name(const Rate& rate) {
    for (const Named& one : kNames) {
        if (one.rate.numerator != rate.numerator || one.rate.denominator != rate.denominator) continue;
        if (rate.denominator == 1 || rate.nominal() % 30 != 0 || rate.nominal() > 60) return std::string(one.name);
        return std::string(one.name) + (rate.drop ? " DF" : " NDF");
    }
    return std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator);
}

std::optional<Label> parse_label(std::string_view text) {
    std::array<std::int32_t, 4> parts{};
    std::size_t part = 0, digits = 0;
    Label label;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (++digits > 3) return std::nullopt;
            parts[part] = parts[part] * 10 + (c - '0');
        } else if ((c == ':' || c == ';' || c == '.' || c == ',') && digits > 0 && part < 3) {
            label.semicolon = c == ';' || c == '.' || c == ',';
            ++part;
            digits = 0;
        } else {
            return std::nullopt;
        }
    }
    if (part != 3 || digits == 0 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
    label.hours = parts[0];
    label.minutes = parts[1];
    label.seconds = parts[2];
    label.frames = parts[3];
    return label;
}

bool label_exists(const Label& label, const Rate& rate) {
    if (label.frames >= rate.nominal()) return false;
    return !(rate.drop && label.seconds == 0 && label.minutes % 10 != 0 && label.frames < dropped(rate));
}

std::int64_t frames_of(const Label& label, const Rate& rate) {
    const std::int64_t minutes = std::int64_t{label.hours} * 60 + label.minutes;
    const std::int64_t frames = (minutes * 60 + label.seconds) * rate.nominal() + label.frames;
    return frames - dropped(rate) * (minutes - minutes / 10);
}

std::int64_t day_frames(const Rate& rate) { return 144 * per_ten_minutes(rate); }

std::string timecode(std::int64_t frame, const Rate& rate) {
    const std::int64_t day = day_frames(rate);
    return label_text((frame % day + day) % day, rate);
}

std::string length_text(std::int64_t frames, const Rate& rate) { return label_text(std::max<std::int64_t>(frames, 0), rate); }

std::optional<std::int64_t> rescale(std::int64_t value, const Rate& from, const Rate& to) {
    std::int64_t up = std::int64_t{to.numerator} * from.denominator, down = std::int64_t{to.denominator} * from.numerator;
    const std::int64_t common = std::gcd(up, down);
    up /= common;
    down /= common;
    if (up == down) return value;
    // Half the range stays free for the rounding below.
    const std::int64_t most = std::numeric_limits<std::int64_t>::max() / 4 / std::max(up, down);
    if (value > most || value < -most) return std::nullopt;
    const std::int64_t twice = 2 * value * up + down, whole = 2 * down;
    return twice >= 0 ? twice / whole : -((-twice + whole - 1) / whole);
}

}  // namespace entente::cut
