// The house: who does the work, in which currency, at which rates, on which working days.
//
// Numbers marked "house" in the domain (rounds, review window, VAT) are editable defaults kept here, not facts of the
// trade. Rates are money per working hour. Everything here is internal: a client never sees a role's cost.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "core/plan/calendar.hpp"

namespace entente::house {

struct Role {
    RoleId id;
    std::string name;
    std::int64_t cost_per_hour_minor = 0;    // what an hour costs us
    std::int64_t charge_per_hour_minor = 0;  // what an hour is sold for, without VAT

    friend bool operator==(const Role&, const Role&) = default;
};

struct House {
    std::string name;
    Currency currency{{'G', 'B', 'P'}};
    std::int64_t vat_basis_points = 2000;  // 20 %
    plan::Calendar calendar;               // the default for new projects
    std::vector<Role> roles;               // the rate card, in the order the house keeps it
    int auto_lock_minutes = 5;             // 0: never
    std::array<std::uint8_t, 32> signing_seed{};  // Ed25519; all zero until the workspace is made

    friend bool operator==(const House&, const House&) = default;
};

}  // namespace entente::house
