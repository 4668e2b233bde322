// Money: whole minor units (pence, cents) of one currency. Never floating point; every operation is checked.
//
// Rates are money per working hour; work is minutes. Rounding, where a division cannot be avoided, is half away from
// zero, which is how an invoice is rounded by hand.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

// An ISO 4217 code in capitals ("GBP"). All zero means none was set.
struct Currency {
    std::array<char, 3> code{};

    friend bool operator==(Currency, Currency) = default;
    friend bool operator<(Currency a, Currency b) { return a.code < b.code; }
    std::string_view view() const { return code[0] ? std::string_view(code.data(), 3) : std::string_view(); }
};

// None where the text is not three capital letters.
std::optional<Currency> currency_from(std::string_view code);
// Digits after the point: 2 for most, 0 for JPY and its like, 3 for KWD and its like (ISO 4217).
int minor_digits(Currency currency);
// "£", "€", "$", or the code and a space.
std::string currency_sign(Currency currency);

struct Money {
    std::int64_t minor = 0;
    Currency currency{};

    friend bool operator==(Money, Money) = default;
};

// None on overflow, or where the currencies differ.
std::optional<Money> add(Money a, Money b);
std::optional<Money> subtract(Money a, Money b);
// `per_hour_minor` times `minutes` / 60, rounded half away from zero; none on overflow.
std::optional<std::int64_t> times_minutes(std::int64_t per_hour_minor, std::int64_t minutes);
// `minor` times basis points / 10,000 (VAT, mark-up); none on overflow.
std::optional<std::int64_t> times_basis_points(std::int64_t minor, std::int64_t basis_points);
// What part of `whole` `part` is, in basis points, rounded half away from zero; none where whole is 0, and on overflow.
std::optional<std::int64_t> basis_points_of(std::int64_t part, std::int64_t whole);
// None on overflow.
std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b);

// Reads "1,240.50", "£1240.5", "1240" into minor units of the currency. None where it is not an amount or holds more
// digits than the currency has.
std::optional<std::int64_t> parse_minor(std::string_view text, Currency currency);
// "7440.00": plain digits for machines and editing.
std::string plain_amount(Money amount);

}  // namespace entente
