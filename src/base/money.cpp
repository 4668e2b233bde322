#include "base/money.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"

namespace entente {

namespace {

struct KnownCurrency {
    std::string_view code;
    std::string_view sign;
    int digits;
};

// ISO 4217 minor units; only currencies that have a usual sign or do not have two digits need a row.
constexpr KnownCurrency kKnown[] = {
    {"GBP", "£", 2}, {"EUR", "€", 2}, {"USD", "$", 2},  {"JPY", "¥", 0},   {"AUD", "A$", 2}, {"CAD", "C$", 2},
    {"NZD", "NZ$", 2}, {"ISK", "", 0}, {"KRW", "", 0},  {"CLP", "", 0},    {"VND", "", 0},   {"XAF", "", 0},
    {"XOF", "", 0},  {"XPF", "", 0},  {"UGX", "", 0},   {"RWF", "", 0},    {"PYG", "", 0},   {"KWD", "", 3},
    {"BHD", "", 3},  {"OMR", "", 3},  {"JOD", "", 3},   {"TND", "", 3},    {"LYD", "", 3},   {"IQD", "", 3},
};

const KnownCurrency* known(Currency currency) {
    const auto* found = std::find_if(std::begin(kKnown), std::end(kKnown),
                                     [&](const KnownCurrency& row) { return row.code == currency.view(); });
    return found == std::end(kKnown) ? nullptr : found;
}

// a * b / divisor, rounded half away from zero. 128-bit intermediate, as clang and gcc both have on every target we build.
std::optional<std::int64_t> scaled(std::int64_t a, std::int64_t b, std::int64_t divisor) {
    __extension__ using Wide = __int128;
    const Wide product = static_cast<Wide>(a) * b;
    const Wide half = product >= 0 ? divisor / 2 : -(divisor / 2);
    const Wide rounded = (product + half) / divisor;
    if (rounded > std::numeric_limits<std::int64_t>::max() || rounded < std::numeric_limits<std::int64_t>::min()) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(rounded);
}

}  // namespace

std::optional<Currency> currency_from(std::string_view code) {
    if (code.size() != 3) return std::nullopt;
    Currency currency;
    for (std::size_t i = 0; i < 3; ++i) {
        if (code[i] < 'A' || code[i] > 'Z') return std::nullopt;
        currency.code[i] = code[i];
    }
    return currency;
}

int minor_digits(Currency currency) {
    const KnownCurrency* row = known(currency);
    return row ? row->digits : 2;
}

std::string currency_sign(Currency currency) {
    const KnownCurrency* row = known(currency);
    if (row && !row->sign.empty()) return std::string(row->sign);
    if (currency.view().empty()) return {};
    return std::string(currency.view()) + "\u00A0";
}

std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
    return sum;
}

std::optional<Money> add(Money a, Money b) {
    if (a.currency != b.currency) return std::nullopt;
    const auto sum = checked_add(a.minor, b.minor);
    if (!sum) return std::nullopt;
    return Money{*sum, a.currency};
}

std::optional<Money> subtract(Money a, Money b) {
    std::int64_t difference = 0;
    if (a.currency != b.currency || __builtin_sub_overflow(a.minor, b.minor, &difference)) return std::nullopt;
    return Money{difference, a.currency};
}

std::optional<std::int64_t> times_minutes(std::int64_t per_hour_minor, std::int64_t minutes) {
    return scaled(per_hour_minor, minutes, 60);
}

std::optional<std::int64_t> times_basis_points(std::int64_t minor, std::int64_t basis_points) {
    return scaled(minor, basis_points, 10000);
}

std::optional<std::int64_t> basis_points_of(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return std::nullopt;
    __extension__ using Wide = __int128;
    const Wide scaled_part = static_cast<Wide>(part) * 10000;
    const Wide wide_whole = whole;
    const Wide half = (wide_whole < 0 ? -wide_whole : wide_whole) / 2;
    // The sign of the answer decides which way a half goes; the division cuts towards zero.
    const bool negative = (scaled_part < 0) != (wide_whole < 0);
    const Wide magnitude = ((scaled_part < 0 ? -scaled_part : scaled_part) + half) / (wide_whole < 0 ? -wide_whole : wide_whole);
    if (magnitude > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return static_cast<std::int64_t>(negative ? -magnitude : magnitude);
}

std::optional<std::int64_t> parse_minor(std::string_view text, Currency currency) {
    text = trim(text);
    bool negative = false;
    if (!text.empty() && text.front() == '-') {
        negative = true;
        text = trim(text.substr(1));
    }
    std::string sign = currency_sign(currency);
    if (!sign.empty() && text.substr(0, sign.size()) == sign) text = trim(text.substr(sign.size()));
    if (const auto code = currency.view(); !code.empty() && text.substr(0, 3) == code) text = trim(text.substr(3));

    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    const int scale = minor_digits(currency);
    if (whole.empty() || whole.front() == ',' || static_cast<int>(fraction.size()) > scale) return std::nullopt;
    if (point != std::string_view::npos && fraction.empty()) return std::nullopt;

    std::int64_t value = 0;
    const auto push = [&](char c) {
        return c >= '0' && c <= '9' && !__builtin_mul_overflow(value, 10, &value) &&
               !__builtin_add_overflow(value, static_cast<std::int64_t>(c - '0'), &value);
    };
    for (const char c : whole) {
        if (c != ',' && !push(c)) return std::nullopt;
    }
    for (int i = 0; i < scale; ++i) {
        if (!push(static_cast<std::size_t>(i) < fraction.size() ? fraction[static_cast<std::size_t>(i)] : '0')) return std::nullopt;
    }
    return negative ? -value : value;
}

std::string plain_amount(Money amount) {
    const int scale = minor_digits(amount.currency);
    const bool negative = amount.minor < 0;
    std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(amount.minor) : static_cast<std::uint64_t>(amount.minor);
    std::string digits = std::to_string(magnitude);
    if (static_cast<int>(digits.size()) <= scale) digits.insert(0, static_cast<std::size_t>(scale) + 1 - digits.size(), '0');
    if (scale > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
    return negative ? "-" + digits : digits;
}

}  // namespace entente
