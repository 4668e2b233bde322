// Spread: how far lengths usually lie from their estimates, by stage and by who does the work. House figures: defaults that
// the house edits, or takes from its own finished tasks (calibrate.hpp). They are no facts of the trade.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace entente::risk {

enum class SpreadOf : std::uint8_t { Work, ClientPart };  // ClientPart: a decision or an input we wait for

inline constexpr std::int32_t kLeastPermille = 100, kMostPermille = 10'000;

struct Spread {
    SpreadOf of = SpreadOf::Work;
    std::string stage;                       // empty: every stage that has no spread of its own
    std::int32_t optimistic_permille = 1000;   // of the planned length; <= 1000
    std::int32_t pessimistic_permille = 1000;  // >= 1000

    friend bool operator==(const Spread&, const Spread&) = default;
};

// What a house begins with.
inline std::vector<Spread> first_spreads() {
    return {{SpreadOf::Work, {}, 850, 1400}, {SpreadOf::ClientPart, {}, 800, 2000}};
}

// The spread of that stage, or the one for every stage, or none at all.
inline Spread spread_for(const std::vector<Spread>& spreads, SpreadOf of, const std::string& stage) {
    Spread found{of, stage, 1000, 1000};
    for (const Spread& spread : spreads) {
        if (spread.of != of) continue;
        if (spread.stage == stage) return spread;
        if (spread.stage.empty()) found = spread;
    }
    return found;
}

}  // namespace entente::risk
