// Time in a timeline file: every value has its own rate. Here it is whole flicks, 1/705,600,000 of a second, of which each frame of the
// common rates (the fractional ones too) and each sample of the common audio rates is a whole number.
#pragma once

#include <cstdint>
#include <optional>

#include "core/cut/timecode.hpp"
#include "exchange/json.hpp"

namespace entente::exchange {

inline constexpr std::int64_t kFlicks = 705'600'000;
inline constexpr std::int64_t kMostFlicks = kFlicks * 10'000'000;  // of a single value: 115 days

// 23.976023976 is 24000/1001, 29.97 is 30000/1001. None where it is no rate.
std::optional<cut::Rate>
snapped(double frequency);

// A RationalTime; none where it is not there, not a number or beyond reason.
std::optional<std::int64_t> flicks_of(const JsonTree::Value& rational_time);

struct Span {
    std::int64_t in = 0, length = 0;
    std::int64_t out() const { return in + length; }
};
// A TimeRange of no less than zero.
std::optional<Span> span_of(const JsonTree::Value& time_range);

// The nearest frame.
std::int64_t frames_of_flicks(std::int64_t flicks, const cut::Rate& rate);

}  // namespace entente::exchange
