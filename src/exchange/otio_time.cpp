#include "exchange/otio_time.hpp"

#include <cmath>

namespace entente::exchange {

std::optional<cut::Rate>
snapped(double frequency) {
    if (!(frequency >= 0.001) || frequency > 1'000'000) return std::nullopt;
    const double whole = std::round(frequency);
    if (std::abs(frequency - whole) < 1e-4 && whole >= 1) return cut::Rate{static_cast<std::int32_t>(whole), 1, false};
    const double nominal = std::round(frequency * 1.001);
    if (nominal >= 1 && nominal <= 240 && std::abs(frequency * 1.001 - nominal) < 0.006)
        return cut::Rate{static_cast<std::int32_t>(nominal) * 1000, 1001, false};
    return cut::Rate{static_cast<std::int32_t>(std::round(frequency * 1000)), 1000, false};
}

std::optional<std::int64_t> flicks_of(const JsonTree::Value& time) {
    const JsonTree::Value value = time["value"], rate_value = time["rate"];
    if (!value.is_number() || !rate_value.is_number()) return std::nullopt;
    const auto rate = snapped(rate_value.number());
    const double number = value.number();
    if (!rate || !(std::abs(number) <= 5e10)) return std::nullopt;
    const cut::Rate& unit = *rate;
    const double seconds = number * unit.denominator / unit.numerator;
    if (!(std::abs(seconds) < 1e7)) return std::nullopt;
    if (number != std::floor(number)) return std::llround(seconds * static_cast<double>(kFlicks));
    const std::int64_t scaled = static_cast<std::int64_t>(number) * rate->denominator;
    const std::int64_t rest = scaled % rate->numerator;
    return scaled / rate->numerator * kFlicks + rest * kFlicks / rate->numerator;
}

std::optional<Span> span_of(const JsonTree::Value& range) {
    const auto length = flicks_of(range["duration"]);
    if (!length || *length < 0) return std::nullopt;
    const auto in = flicks_of(range["start_time"]);
    return Span{in.value_or(0), *length};
}

std::int64_t frames_of_flicks(std::int64_t flicks, const cut::Rate& rate) {
    // whole seconds apart, so that the product stays small
    const std::int64_t unit = kFlicks * rate.denominator;
    std::int64_t whole = flicks / unit, rest = flicks % unit;
    if (rest < 0) --whole, rest += unit;
    return whole * rate.numerator + (rest * rate.numerator + unit / 2) / unit;
}

}  // namespace entente::exchange
