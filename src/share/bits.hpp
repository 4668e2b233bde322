// Bits and columns of small numbers: what the packed columns of a status document are made of.
//
// A column is a list whose length is known beforehand. Its numbers are written as exponential-Golomb codes of the one order
// (0..15) that makes the column shortest, and the order stands before them in four bits. Flags take two bits where they are all
// alike, else their places of change or one bit each, whichever is shorter. A writer always takes the shortest form, the
// first of equals, so that one list has one encoding; the reader does not check that: the document is encoded again and
// compared.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.hpp"

namespace entente::share {

using Column = std::vector<std::uint64_t>;
using Flags = std::vector<bool>;

class BitWriter {
public:
    void bits(std::uint64_t value, int count);  // most significant first; 0 <= count <= 64
    void golomb(std::uint64_t value, int order);
    void column(const Column& values);
    void flags(const Flags& values);
    // Whole bytes; the last is filled up with zero bits.
    Bytes take();

private:
    Bytes out_;
    int used_ = 8;  // bits of the last byte
};

// After a failure everything reads as zero and ok() stays false.
class BitReader {
public:
    explicit BitReader(ByteView in) : in_(in) {}
    std::uint64_t bits(int count);
    std::uint64_t golomb(int order);
    Column column(std::size_t size);
    Flags flags(std::size_t size);
    bool ok() const { return ok_; }
    // True where nothing is left but the filling of the last byte.
    bool at_end() const;
    void fail() { ok_ = false; }

private:
    ByteView in_;
    std::size_t at_ = 0;  // in bits
    bool ok_ = true;
};

inline std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0);
}
inline std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

}  // namespace entente::share
