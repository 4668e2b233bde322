// Draw: random lengths of tasks, the same for the same seed everywhere.
//
// Numbers: PCG32 (M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random
// Number Generation", HMC-CS-2014-0905). There is one stream for each (seed, task, block of 64 runs), so that a length depends
// neither on how the runs are cut into slices nor on the rest of the plan: two plans that share a task draw the same lengths
// for it, and the difference between them is not noise.
//
// Lengths: the triangular distribution by its inverse (Law, "Simulation Modeling and Analysis", 5th edition, 8.3.15). It is
// what "at best, most likely, at worst" says and no more; a PERT-beta with the same three numbers is narrower, and hides what
// the house does not know. The inverse takes one square root, so native code and wasm agree in every bit.
#pragma once

#include "core/risk/lanes.hpp"

namespace entente::risk {

inline constexpr std::uint32_t kBlockRuns = 64;

// A length of `low`..`high` minutes, most likely `mode`; low < high.
struct Triangle {
    float low = 0, high = 0;
    float turn = 0;               // the probability of a length below the mode
    float rise = 0, fall = 0;     // (high - low) * (mode - low), (high - low) * (high - mode)

    static Triangle of(std::int32_t low, std::int32_t mode, std::int32_t high);
};

inline Triangle Triangle::of(std::int32_t low, std::int32_t mode, std::int32_t high) {
    const float width = static_cast<float>(high - low), left = static_cast<float>(mode - low), right = static_cast<float>(high - mode);
    return {static_cast<float>(low), static_cast<float>(high), left / width, width * left, width * right};
}

class Stream {
public:
    Stream() = default;
    Stream(std::uint64_t seed, std::uint64_t task, std::uint64_t block) : step_(task * 2 + 1) {
        state_ = step_ + mixed(seed + mixed(block + 1));
        state_ = state_ * kMultiplier + step_;
    }
    std::uint32_t next() {
        const std::uint64_t old = state_;
        state_ = old * kMultiplier + step_;
        const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
        const auto turn = static_cast<std::uint32_t>(old >> 59);
        return (shifted >> turn) | (shifted << ((32 - turn) & 31));
    }

private:
    static constexpr std::uint64_t kMultiplier = 6364136223846793005ull;
    // splitmix64's finalizer (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
    static std::uint64_t mixed(std::uint64_t z) {
        z += 0x9E3779B97F4A7C15ull;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    std::uint64_t state_ = 0, step_ = 1;
};

inline Int4 drawn(const Triangle& t, Unsigned4 bits) {
    // 24 bits of chance: what a float holds exactly.
    const Float4 chance = __builtin_convertvector(reinterpret_cast<Int4>(bits >> 8), Float4) * four(1.0f / 16777216.0f);
    const auto below = chance < four(t.turn);
    const Float4 area = below ? chance * four(t.rise) : (four(1.0f) - chance) * four(t.fall);
    const Float4 reach = root(area);
    const Float4 length = below ? four(t.low) + reach : four(t.high) - reach;
    return __builtin_convertvector(length + four(0.5f), Int4);
}

// The next lengths of the stream, whole minutes.
inline void draw(const Triangle& triangle, Stream& stream, Lanes& lengths) {
    set(lengths, [&](std::size_t) {
        const std::uint32_t a = stream.next(), b = stream.next(), c = stream.next(), d = stream.next();
        const Unsigned4 bits{a, b, c, d};
        return drawn(triangle, bits);
    });
}

}  // namespace entente::risk
