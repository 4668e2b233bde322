// Bytes: plain byte strings, little-endian reading and writing with bounds, hex and base64url.
//
// A Reader never reads past its end: after a failure every further read gives zero and ok() stays false, so that a parser
// checks once at the end of each step instead of at each byte.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView bytes_of(std::string_view text) {
    return ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}
inline std::string_view text_of(ByteView bytes) {
    return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

class Writer {
public:
    void u8(std::uint8_t value) { out_.push_back(value); }
    void u16(std::uint16_t value);
    void u32(std::uint32_t value);
    void u64(std::uint64_t value);
    void varint(std::uint64_t value);  // LEB128, shortest form
    void zigzag(std::int64_t value);
    void raw(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
    void text(std::string_view value);  // varint length, bytes
    const Bytes& bytes() const { return out_; }
    Bytes take() { return std::move(out_); }

private:
    Bytes out_;
};

class Reader {
public:
    explicit Reader(ByteView in) : in_(in) {}
    std::uint8_t u8();
    std::uint16_t u16();
    std::uint32_t u32();
    std::uint64_t u64();
    std::uint64_t varint();  // fails on a form longer than needed
    std::int64_t zigzag();
    ByteView raw(std::size_t size);
    std::string text(std::size_t max_bytes);
    bool ok() const { return ok_; }
    bool at_end() const { return ok_ && at_ == in_.size(); }
    std::size_t remaining() const { return in_.size() - at_; }
    void fail() { ok_ = false; }

private:
    ByteView in_;
    std::size_t at_ = 0;
    bool ok_ = true;
};

std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);
std::string to_base64url(ByteView bytes);                      // no padding
std::optional<Bytes> from_base64url(std::string_view text);    // strict: canonical, no padding

}  // namespace entente
