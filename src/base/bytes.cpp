#include "base/bytes.hpp"

#include <array>

namespace entente {

namespace {

constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int base64url_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '-') return 62;
    if (c == '_') return 63;
    return -1;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

template <class T>
void put_little_endian(Bytes& out, T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

}  // namespace

void Writer::u16(std::uint16_t value) { put_little_endian(out_, value); }
void Writer::u32(std::uint32_t value) { put_little_endian(out_, value); }
void Writer::u64(std::uint64_t value) { put_little_endian(out_, value); }

void Writer::varint(std::uint64_t value) {
    while (value >= 0x80) {
        out_.push_back(static_cast<std::uint8_t>(value | 0x80));
        value >>= 7;
    }
    out_.push_back(static_cast<std::uint8_t>(value));
}

void Writer::zigzag(std::int64_t value) {
    varint((static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void Writer::text(std::string_view value) {
    varint(value.size());
    raw(bytes_of(value));
}

ByteView Reader::raw(std::size_t size) {
    if (!ok_ || size > in_.size() - at_) {
        ok_ = false;
        return {};
    }
    const ByteView part = in_.subspan(at_, size);
    at_ += size;
    return part;
}

std::uint8_t Reader::u8() {
    const ByteView part = raw(1);
    return part.empty() ? std::uint8_t{0} : part[0];
}

std::uint16_t Reader::u16() {
    const ByteView part = raw(2);
    return part.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(part[0] | (part[1] << 8));
}

std::uint32_t Reader::u32() {
    const ByteView part = raw(4);
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < part.size(); ++i) value |= std::uint32_t{part[i]} << (8 * i);
    return value;
}

std::uint64_t Reader::u64() {
    const ByteView part = raw(8);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < part.size(); ++i) value |= std::uint64_t{part[i]} << (8 * i);
    return value;
}

std::uint64_t Reader::varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
        const std::uint8_t byte = u8();
        if (!ok_) return 0;
        const std::uint64_t part = byte & 0x7F;
        if (shift == 63 && part > 1) break;
        value |= part << shift;
        if ((byte & 0x80) == 0) {
            if (byte == 0 && shift > 0) break;  // longer than needed
            return value;
        }
    }
    ok_ = false;
    return 0;
}

std::int64_t Reader::zigzag() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>((value >> 1) ^ (0 - (value & 1)));
}

std::string Reader::text(std::size_t max_bytes) {
    const std::uint64_t size = varint();
    if (!ok_ || size > max_bytes || size > remaining()) {
        ok_ = false;
        return {};
    }
    return std::string(text_of(raw(static_cast<std::size_t>(size))));
}

std::string to_hex(ByteView bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]), low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

std::string to_base64url(ByteView bytes) {
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t pending = 0;
    int bits = 0;
    for (const std::uint8_t byte : bytes) {
        pending = (pending << 8) | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out += kBase64Url[(pending >> bits) & 63];
        }
    }
    if (bits > 0) out += kBase64Url[(pending << (6 - bits)) & 63];
    return out;
}

std::optional<Bytes> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    Bytes out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t pending = 0;
    int bits = 0;
    for (const char c : text) {
        const int value = base64url_value(c);
        if (value < 0) return std::nullopt;
        pending = (pending << 6) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<std::uint8_t>(pending >> bits));
        }
    }
    // The bits left over must be zero, or two texts would mean the same bytes.
    if (bits > 0 && (pending & ((1u << bits) - 1)) != 0) return std::nullopt;
    return out;
}

}  // namespace entente
