#include "share/bits.hpp"

#include <bit>

namespace entente::share {

namespace {

constexpr int kOrderBits = 4;
constexpr int kMaxOrder = 15;
constexpr int kPlaceOrder = 2;  // of the distances between changes in a list of flags

enum class FlagForm : std::uint8_t { AllFalse, AllTrue, Plain, Places };

int bit_length(std::uint64_t value) { return value ? 64 - std::countl_zero(value) : 0; }

// Exponential-Golomb of order k: value >> k in the universal code, then the low k bits.
int golomb_cost(std::uint64_t value, int order) {
    const std::uint64_t high = value >> order;
    const int length = high == ~std::uint64_t{0} ? 65 : bit_length(high + 1);
    return 2 * length - 1 + order;
}

std::size_t cost(const Column& values, int order) {
    std::size_t total = 0;
    for (const std::uint64_t value : values) total += static_cast<std::size_t>(golomb_cost(value, order));
    return total;
}

// How many flags stand before each one that differs from the rare value's opposite: `rare` marks which value is listed.
Column places_of(const Flags& values, bool rare) {
    Column places;
    std::uint64_t run = 0;
    for (const bool value : values) {
        if (value == rare) {
            places.push_back(run);
            run = 0;
        } else {
            ++run;
        }
    }
    return places;
}

}  // namespace

void BitWriter::bits(std::uint64_t value, int count) {
    for (int bit = count - 1; bit >= 0; --bit) {
        if (used_ == 8) {
            out_.push_back(0);
            used_ = 0;
        }
        out_.back() = static_cast<std::uint8_t>(out_.back() | (((value >> bit) & 1u) << (7 - used_)));
        ++used_;
    }
}

void BitWriter::golomb(std::uint64_t value, int order) {
    const std::uint64_t high = value >> order;
    if (high == ~std::uint64_t{0}) {  // order 0 and the largest value: high + 1 would not fit
        bits(0, 64);
        bits(1, 1);
        bits(0, 64);
        return;
    }
    const int length = bit_length(high + 1);
    bits(0, length - 1);
    bits(high + 1, length);
    bits(value, order);
}

void BitWriter::column(const Column& values) {
    if (values.empty()) return;
    int best = 0;
    for (int order = 1; order <= kMaxOrder; ++order) {
        if (cost(values, order) < cost(values, best)) best = order;
    }
    bits(static_cast<std::uint64_t>(best), kOrderBits);
    for (const std::uint64_t value : values) golomb(value, best);
}

void BitWriter::flags(const Flags& values) {
    if (values.empty()) return;
    std::size_t count_true = 0;
    for (const bool value : values) count_true += value;
    const auto form = [this](FlagForm f) { bits(static_cast<std::uint64_t>(f), 2); };
    if (count_true == 0) return form(FlagForm::AllFalse);
    if (count_true == values.size()) return form(FlagForm::AllTrue);
    const bool rare = count_true * 2 <= values.size();
    const Column places = places_of(values, rare);
    const int places_cost = 1 + golomb_cost(places.size(), kPlaceOrder);
    if (static_cast<std::size_t>(places_cost) + cost(places, kPlaceOrder) < values.size()) {
        form(FlagForm::Places);
        bits(rare, 1);
        golomb(places.size(), kPlaceOrder);
        for (const std::uint64_t place : places) golomb(place, kPlaceOrder);
        return;
    }
    form(FlagForm::Plain);
    for (const bool value : values) bits(value, 1);
}

Bytes BitWriter::take() {
    used_ = 8;
    return std::move(out_);
}

std::uint64_t BitReader::bits(int count) {
    if (!ok_ || static_cast<std::size_t>(count) > in_.size() * 8 - at_) {
        ok_ = false;
        return 0;
    }
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i, ++at_) value = value << 1 | ((in_[at_ / 8] >> (7 - at_ % 8)) & 1u);
    return value;
}

std::uint64_t BitReader::golomb(int order) {
    int zeros = 0;
    while (ok_ && bits(1) == 0) {
        if (++zeros > 64) ok_ = false;
    }
    if (!ok_) return 0;
    if (zeros == 64) {
        if (order != 0 || bits(64) != 0) ok_ = false;
        return ok_ ? ~std::uint64_t{0} : 0;
    }
    const std::uint64_t high = (std::uint64_t{1} << zeros | bits(zeros)) - 1;
    if (order > 0 && high >> (64 - order)) ok_ = false;
    const std::uint64_t low = bits(order);
    return ok_ ? high << order | low : 0;
}

Column BitReader::column(std::size_t size) {
    Column values(size);
    if (size == 0) return values;
    const int order = static_cast<int>(bits(kOrderBits));
    for (std::uint64_t& value : values) {
        if (!ok_) break;
        value = golomb(order);
    }
    return values;
}

Flags BitReader::flags(std::size_t size) {
    Flags values(size);
    if (size == 0) return values;
    const auto form = static_cast<FlagForm>(bits(2));
    if (form == FlagForm::AllTrue) {
        values.assign(size, true);
    } else if (form == FlagForm::Plain) {
        for (std::size_t i = 0; i < size && ok_; ++i) values[i] = bits(1) != 0;
    } else if (form == FlagForm::Places) {
        const bool rare = bits(1) != 0;
        values.assign(size, !rare);
        const std::uint64_t count = golomb(kPlaceOrder);
        std::uint64_t at = 0;
        for (std::uint64_t i = 0; i < count && ok_; ++i, ++at) {
            const std::uint64_t skip = golomb(kPlaceOrder);
            if (skip >= size || (at += skip) >= size) {
                ok_ = false;
            } else {
                values[at] = rare;
            }
        }
    }
    return values;
}

bool BitReader::at_end() const {
    if (!ok_ || in_.size() * 8 - at_ >= 8) return false;
    return at_ % 8 == 0 || (in_.back() & ((1u << (8 - at_ % 8)) - 1)) == 0;
}

}  // namespace entente::share
