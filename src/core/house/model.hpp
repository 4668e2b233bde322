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
#include "core/cut/rates.hpp"
#include "core/house/ladder.hpp"
#include "core/money/model.hpp"
#include "core/plan/calendar.hpp"
#include "core/risk/spread.hpp"

namespace entente::house {

struct Role {
    RoleId id;
    std::string name;
    std::int64_t cost_per_hour_minor = 0;    // what an hour costs us
    std::int64_t charge_per_hour_minor = 0;  // what an hour is sold for, without VAT

    friend bool operator==(const Role&, const Role&) = default;
};

// Work that is asked for late costs more: this many thousandths of the ordinary price while a project stands in that stage.
struct StageMultiplier {
    std::string stage;
    std::int32_t permille = 1000;

    friend bool operator==(const StageMultiplier&, const StageMultiplier&) = default;
};

// What the house does by habit when a change is priced and dates are held. All of these are house figures: defaults to edit, not
// facts of the trade. Two hours of overtime on an eight-hour day are 1250 thousandths of a day's work.
struct Terms {
    std::int32_t overtime_pace_permille = 1250;     // how much of a day's work gets done in a day of overtime
    std::int32_t overtime_premium_permille = 1500;  // what an hour of overtime costs, of an ordinary one
    std::int32_t shift_pace_permille = 1800;        // with a second shift; less than double, for the handover
    std::int32_t shift_premium_permille = 1330;     // what an hour of the second shift costs
    std::int32_t rounds_included = 2;
    std::int32_t review_days = 5;                   // working days a client has to give notes
    std::vector<StageMultiplier> multipliers;       // stages that are not named have none

    friend bool operator==(const Terms&, const Terms&) = default;
};

struct House {
    std::string name;
    Currency currency{{'G', 'B', 'P'}};
    std::int64_t vat_basis_points = 2000;  // 20 %
    plan::Calendar calendar;               // the default for new projects
    std::vector<Role> roles;               // the rate card, in the order the house keeps it
    int auto_lock_minutes = 5;             // 0: never
    std::array<std::uint8_t, 32> signing_seed{};  // Ed25519; all zero until the workspace is made
    Terms terms;
    money::Defaults money;                 // what is added to costs in new proposals
    cut::CutRates cut_rates;               // what a changed cut costs each discipline
    std::vector<risk::Spread> spreads;     // how far lengths lie from estimates; empty: risk::first_spreads()
    Ladder ladder;                         // how answers are asked for

    friend bool operator==(const House&, const House&) = default;
};

}  // namespace entente::house
