#include "exchange/decode_text.hpp"

#include <array>

#include "base/text.hpp"

namespace entente::exchange {

namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

// 0x80..0x9F of Windows-1252 (the WHATWG index); the five positions it leaves open are controls there.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

std::size_t size_of(std::uint32_t point) { return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4; }

void append(std::string& out, std::uint32_t point) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6);
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

DecodedText from_utf16(ByteView bytes, bool little_endian, std::size_t most) {
    DecodedText out;
    out.encoding = little_endian ? TextEncoding::Utf16LittleEndian : TextEncoding::Utf16BigEndian;
    const auto unit = [&](std::size_t at) -> std::uint32_t {
        const std::uint32_t first = bytes[at], second = bytes[at + 1];
        return little_endian ? first | second << 8 : first << 8 | second;
    };
    // Half of a pair counts as 3 bytes of its 4 or, alone, as the sign that stands for it: never too few.
    std::size_t size = 3;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) size += size_of(unit(at));
    out.too_large = size > most;
    if (out.too_large) return out;
    out.text.reserve(size);
    std::size_t at = 0;
    for (; at + 1 < bytes.size(); at += 2) {
        std::uint32_t point = unit(at);
        const bool high = point >= 0xD800 && point <= 0xDBFF;
        if (high && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) <= 0xDFFF) {
            point = 0x10000 + ((point - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
            at += 2;
        } else if (point >= 0xD800 && point <= 0xDFFF) {
            point = kReplacement;
            out.replaced = true;
        }
        append(out.text, point);
    }
    if (at < bytes.size()) {
        append(out.text, kReplacement);
        out.replaced = true;
    }
    return out;
}

}  // namespace

DecodedText decode_text(ByteView bytes, std::size_t most) {
    if (bytes.size() >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE) return from_utf16(bytes.subspan(2), true, most);
    if (bytes.size() >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) return from_utf16(bytes.subspan(2), false, most);
    DecodedText out;
    if (bytes.size() >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) {
        bytes = bytes.subspan(3);
        out.replaced = !valid_utf8(text_of(bytes));
    }
    if (out.replaced || valid_utf8(text_of(bytes))) {
        out.too_large = bytes.size() > most;
        if (!out.too_large) out.text = text_of(bytes);
        return out;
    }
    out.encoding = TextEncoding::Windows1252;
    const auto point_of = [](std::uint8_t byte) -> std::uint32_t { return byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte; };
    std::size_t size = 0;
    for (const std::uint8_t byte : bytes) size += size_of(point_of(byte));
    out.too_large = size > most;
    if (out.too_large) return out;
    out.text.reserve(size);
    for (const std::uint8_t byte : bytes) append(out.text, point_of(byte));
    return out;
}

}  // namespace entente::exchange
