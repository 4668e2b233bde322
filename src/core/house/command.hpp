// What can be done to the house profile. Each command is one fact with resolved values.
#pragma once

#include <cstddef>
#include <optional>
#include <variant>

#include "core/house/model.hpp"

namespace entente::house {

struct SetProfile {
    std::string name;
    Currency currency{};
    std::int64_t vat_basis_points = 0;
};
struct SetCalendar {
    plan::Calendar calendar;
};
// Adds the role (at `index`, or last), or replaces the one with its id where it stands.
struct PutRole {
    Role role;
    std::optional<std::size_t> index;
};
struct RemoveRole {
    RoleId role;
};
struct SetAutoLock {
    int minutes = 5;
};
// Once, when the workspace is made. Has no inverse.
struct SetSigningSeed {
    std::array<std::uint8_t, 32> seed{};
};

struct SetTerms {
    Terms terms;
};
struct SetCutRates {
    cut::CutRates rates;
};
// How far lengths lie from their estimates, all of them at once; none: those a house begins with.
struct SetSpreads {
    std::vector<risk::Spread> spreads;
};
struct SetLadder {
    Ladder ladder;
};

using Command = std::variant<SetProfile, SetCalendar, PutRole, RemoveRole, SetAutoLock, SetSigningSeed, SetTerms, SetCutRates,
                             SetSpreads, SetLadder>;

}  // namespace entente::house
