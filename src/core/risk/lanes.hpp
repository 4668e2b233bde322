// Lanes: eight runs side by side, as two vectors of four, in the compiler's own vector types: one source for SSE, NEON and
// wasm SIMD, and plain code where there is none.
//
// The results are the same bits everywhere: integers, and of float only + - * comparison, square root and conversion, which
// IEEE 754 rounds in one way only. The kernel's file is compiled without contraction to fused operations. Money and dates are
// never in floating point; a random length is, because it is no fact but a draw, and is rounded to whole minutes at once.
// Eight lanes: with sixteen clang 14 falls back to scalar code.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::risk {

inline constexpr std::size_t kLanes = 8;

using Int4 = std::int32_t __attribute__((vector_size(16)));
using Float4 = float __attribute__((vector_size(16)));

struct Ints {
    Int4 low, high;

    std::int32_t at(std::size_t lane) const { return lane < 4 ? low[lane] : high[lane - 4]; }
    void set(std::size_t lane, std::int32_t value) {
        if (lane < 4) {
            low[lane] = value;
        } else {
            high[lane - 4] = value;
        }
    }
};

inline Int4 four(std::int32_t value) { return Int4{value, value, value, value}; }
inline Float4 four(float value) { return Float4{value, value, value, value}; }
inline Ints eight(std::int32_t value) { return {four(value), four(value)}; }

inline Int4 most(Int4 a, Int4 b) { return a > b ? a : b; }
inline Int4 least(Int4 a, Int4 b) { return a < b ? a : b; }
inline Ints most(Ints a, Ints b) { return {most(a.low, b.low), most(a.high, b.high)}; }
inline Ints least(Ints a, Ints b) { return {least(a.low, b.low), least(a.high, b.high)}; }
inline Ints most(Ints a, std::int32_t b) { return {most(a.low, four(b)), most(a.high, four(b))}; }
inline Ints least(Ints a, std::int32_t b) { return {least(a.low, four(b)), least(a.high, four(b))}; }

inline Ints operator+(Ints a, Ints b) { return {a.low + b.low, a.high + b.high}; }
inline Ints operator-(Ints a, Ints b) { return {a.low - b.low, a.high - b.high}; }
inline Ints operator+(Ints a, std::int32_t b) { return {a.low + four(b), a.high + four(b)}; }
inline Ints operator|(Ints a, std::int32_t b) { return {a.low | four(b), a.high | four(b)}; }
inline Ints operator&(Ints a, std::int32_t b) { return {a.low & four(b), a.high & four(b)}; }
inline Ints half(Ints a) { return {a.low >> four(1), a.high >> four(1)}; }
inline Ints twice(Ints a) { return {a.low + a.low, a.high + a.high}; }
// Where a < b (== b): x, else y.
inline Ints where_less(Ints a, Ints b, Ints x, Ints y) {
    return {a.low < b.low ? x.low : y.low, a.high < b.high ? x.high : y.high};
}
inline Ints where_equal(Ints a, Ints b, Ints x, Ints y) {
    return {a.low == b.low ? x.low : y.low, a.high == b.high ? x.high : y.high};
}

// Correctly rounded: IEEE 754 says so, and so do sqrtps, fsqrt and f32x4.sqrt.
inline Float4 root(Float4 x) {
    Float4 result;
    for (int i = 0; i < 4; ++i) result[i] = __builtin_sqrtf(x[i]);
    return result;
}

}  // namespace entente::risk
