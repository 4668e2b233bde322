// Lanes: many runs side by side, as vectors of four, in the compiler's own vector types: one source for SSE, NEON and wasm SIMD,
// and plain code where there is none.
//
// The results are the same bits everywhere: integers, and of float only + - * comparison, square root and conversion, which
// IEEE 754 rounds in one way only. The kernel's file is compiled without contraction to fused operations. Money and dates are
// never in floating point; a random length is, because it is no fact but a draw, and is rounded to whole minutes at once.
// A row of 64: what a step costs besides its arithmetic is paid once for them all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::risk {

inline constexpr std::size_t kLanes = 64;

using Int4 = std::int32_t __attribute__((vector_size(16)));
using Unsigned4 = std::uint32_t __attribute__((vector_size(16)));
using Wide2 = std::int64_t __attribute__((vector_size(16)));
using Float4 = float __attribute__((vector_size(16)));

// One number for each run.
struct alignas(16) Lanes {
    std::int32_t n[kLanes];
};

inline Int4 load(const std::int32_t* from) {
    Int4 four;
    __builtin_memcpy(&four, from, sizeof four);
    return four;
}
inline void store(std::int32_t* to, Int4 four) { __builtin_memcpy(to, &four, sizeof four); }

inline Int4 four(std::int32_t value) { return Int4{value, value, value, value}; }
inline Float4 four(float value) { return Float4{value, value, value, value}; }
inline Int4 most(Int4 a, Int4 b) { return a > b ? a : b; }
inline Int4 least(Int4 a, Int4 b) { return a < b ? a : b; }
inline Int4 half(Int4 a) { return a >> four(1); }
inline Int4 twice(Int4 a) { return a + a; }
inline bool any_negative(Int4 a) {
    Wide2 wide;
    __builtin_memcpy(&wide, &a, sizeof wide);
    return ((wide[0] | wide[1]) & static_cast<std::int64_t>(0x8000000080000000u)) != 0;
}

// Sets every four numbers of a row; `make` is told where they begin.
template <class Make>
inline void set(Lanes& row, Make make) {
#ifdef __clang__
#pragma clang loop unroll_count(2)  // all sixteen side by side are no faster, and the page is downloaded
#endif
    for (std::size_t i = 0; i < kLanes; i += 4) store(row.n + i, make(i));
}
inline void set_all(Lanes& row, std::int32_t value) {
    set(row, [&](std::size_t) { return four(value); });
}

// Correctly rounded: IEEE 754 says so, and so do sqrtps, fsqrt and f32x4.sqrt.
inline Float4 root(Float4 x) {
#ifdef __wasm_simd128__
    return __builtin_wasm_sqrt_f32x4(x);
#else
    Float4 result;
    for (int i = 0; i < 4; ++i) result[i] = __builtin_sqrtf(x[i]);
    return result;
#endif
}

}  // namespace entente::risk
