#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace entente {

namespace {

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t size = 0;  // 0: malformed
};

// One well-formed sequence at `at` (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
CodePoint decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
    const auto continues = [&](std::size_t i) { return at + i < text.size() && (byte(i) & 0xC0) == 0x80; };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    if (lead >= 0xC2 && lead <= 0xDF && continues(1)) {
        return {static_cast<std::uint32_t>((lead & 0x1F) << 6 | (byte(1) & 0x3F)), 2};
    }
    if (lead >= 0xE0 && lead <= 0xEF && continues(1) && continues(2)) {
        const auto value = static_cast<std::uint32_t>((lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F));
        if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) return {value, 3};
    }
    if (lead >= 0xF0 && lead <= 0xF4 && continues(1) && continues(2) && continues(3)) {
        const auto value = static_cast<std::uint32_t>((lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 |
                                                      (byte(3) & 0x3F));
        if (value >= 0x10000 && value <= 0x10FFFF) return {value, 4};
    }
    return {};
}

struct Folded {
    std::uint32_t from, to;  // inclusive
    char letter;
};

// Accented Latin letters by ranges of Unicode's Latin-1 Supplement, Latin Extended-A and the Welsh part of Latin Extended
// Additional, to their base letter. Ascending.
constexpr Folded kFolded[] = {
    {0xC0, 0xC5, 'a'},   {0xC7, 0xC7, 'c'},   {0xC8, 0xCB, 'e'},   {0xCC, 0xCF, 'i'},   {0xD1, 0xD1, 'n'},
    {0xD2, 0xD6, 'o'},   {0xD8, 0xD8, 'o'},   {0xD9, 0xDC, 'u'},   {0xDD, 0xDD, 'y'},   {0xE0, 0xE5, 'a'},
    {0xE7, 0xE7, 'c'},   {0xE8, 0xEB, 'e'},   {0xEC, 0xEF, 'i'},   {0xF1, 0xF1, 'n'},   {0xF2, 0xF6, 'o'},
    {0xF8, 0xF8, 'o'},   {0xF9, 0xFC, 'u'},   {0xFD, 0xFD, 'y'},   {0xFF, 0xFF, 'y'},   {0x100, 0x105, 'a'},
    {0x106, 0x10D, 'c'}, {0x10E, 0x111, 'd'}, {0x112, 0x11B, 'e'}, {0x11C, 0x123, 'g'}, {0x124, 0x127, 'h'},
    {0x128, 0x131, 'i'}, {0x134, 0x135, 'j'}, {0x136, 0x138, 'k'}, {0x139, 0x142, 'l'}, {0x143, 0x14B, 'n'},
    {0x14C, 0x151, 'o'}, {0x154, 0x159, 'r'}, {0x15A, 0x161, 's'}, {0x162, 0x167, 't'}, {0x168, 0x173, 'u'},
    {0x174, 0x175, 'w'}, {0x176, 0x178, 'y'}, {0x179, 0x17E, 'z'}, {0x1E80, 0x1E85, 'w'}, {0x1EF2, 0x1EF3, 'y'},
};

}  // namespace

bool valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<std::uint8_t>(text[at]) < 0x80) {  // nearly all there is
            ++at;
            continue;
        }
        const CodePoint point = decode(text, at);
        if (point.size == 0) return false;
        at += point.size;
    }
    return true;
}

std::string clean_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode(text, at);
        if (point.size == 0) {
            out += "\uFFFD";
            ++at;
            continue;
        }
        const bool control = (point.value < 0x20 && point.value != '\t' && point.value != '\n') ||
                             (point.value >= 0x7F && point.value < 0xA0);
        // Direction overrides can make a name read as something it is not (Unicode TR 36).
        const bool direction = (point.value >= 0x202A && point.value <= 0x202E) || (point.value >= 0x2066 && point.value <= 0x2069);
        if (!control && !direction) out += text.substr(at, point.size);
        at += point.size;
    }
    return out;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char first = text[at];
        if (static_cast<std::uint8_t>(first) < 0x80) {  // nearly all there is
            out += first >= 'A' && first <= 'Z' ? static_cast<char>(first - 'A' + 'a') : first;
            ++at;
            continue;
        }
        const CodePoint point = decode(text, at);
        const std::size_t size = point.size == 0 ? 1 : point.size;
        const auto* row = std::lower_bound(std::begin(kFolded), std::end(kFolded), point.value,
                                           [](const Folded& f, std::uint32_t value) { return f.to < value; });
        if (point.size > 1 && row != std::end(kFolded) && row->from <= point.value) {
            out += row->letter;
        } else {
            out += text.substr(at, size);
        }
        at += size;
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    std::size_t size = max_bytes;
    while (size > 0 && (static_cast<std::uint8_t>(text[size]) & 0xC0) == 0x80) --size;
    return text.substr(0, size);
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0) != 0x80; }));
}

}  // namespace entente
