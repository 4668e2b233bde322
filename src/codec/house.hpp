// How the house profile and its commands are written.
#pragma once

#include "codec/money.hpp"
#include "codec/task.hpp"
#include "core/house/command.hpp"

namespace entente::codec {

template <class Archive>
void serialize(Archive& archive, house::Role& role) {
    auto& [id, name, cost_per_hour_minor, charge_per_hour_minor] = role;
    ENTENTE_FIELDS(archive, id, name, cost_per_hour_minor, charge_per_hour_minor);
}

template <class Archive>
void serialize(Archive& archive, house::StageMultiplier& multiplier) {
    auto& [stage, permille] = multiplier;
    ENTENTE_FIELDS(archive, stage, permille);
}

template <class Archive>
void serialize(Archive& archive, house::Terms& terms) {
    auto& [overtime_pace_permille, overtime_premium_permille, shift_pace_permille, shift_premium_permille, rounds_included,
           review_days, multipliers] = terms;
    ENTENTE_FIELDS(archive, overtime_pace_permille, overtime_premium_permille, shift_pace_permille, shift_premium_permille,
                   rounds_included, review_days, multipliers);
}

template <class Archive>
void serialize(Archive& archive, cut::DisciplineRate& rate) {
    auto& [role, fixed_minutes, minutes_per_event, minutes_per_picture_minute] = rate;
    ENTENTE_FIELDS(archive, role, fixed_minutes, minutes_per_event, minutes_per_picture_minute);
}

template <class Archive>
void serialize(Archive& archive, cut::CutRates& rates) {
    auto& [of] = rates;
    ENTENTE_FIELDS(archive, of);
}

template <class Archive>
void serialize(Archive& archive, risk::Spread& spread) {
    auto& [of, stage, optimistic_permille, pessimistic_permille] = spread;
    ENTENTE_FIELDS(archive, choice(of, risk::SpreadOf::ClientPart), stage, optimistic_permille, pessimistic_permille);
}

template <class Archive>
void serialize(Archive& archive, house::LadderStep& step) {
    auto& [kind, days_before, from] = step;
    ENTENTE_FIELDS(archive, choice(kind, house::LadderKind::AgreedDefault), days_before, choice(from, house::LadderFrom::Requested));
}

template <class Archive>
void serialize(Archive& archive, house::Ladder& ladder) {
    auto& [lead_days, steps] = ladder;
    ENTENTE_FIELDS(archive, lead_days, steps);
}

template <class Archive>
void serialize(Archive& archive, house::House& house) {
    static_assert(sizeof(int) == sizeof(std::int32_t));
    auto& [name, currency, vat_basis_points, calendar, roles, auto_lock_minutes, signing_seed, terms, money, cut_rates, spreads,
           ladder] = house;
    ENTENTE_FIELDS(archive, name, currency, vat_basis_points, calendar, roles, auto_lock_minutes, signing_seed, since(2, terms),
                   since(2, money), since(2, cut_rates), since(2, spreads), since(2, ladder));
}

template <class Archive>
void serialize(Archive& archive, house::SetProfile& command) {
    auto& [name, currency, vat_basis_points] = command;
    ENTENTE_FIELDS(archive, name, currency, vat_basis_points);
}

template <class Archive>
void serialize(Archive& archive, house::SetCalendar& command) {
    auto& [calendar] = command;
    ENTENTE_FIELDS(archive, calendar);
}

template <class Archive>
void serialize(Archive& archive, house::PutRole& command) {
    auto& [role, index] = command;
    ENTENTE_FIELDS(archive, role, index);
}

template <class Archive>
void serialize(Archive& archive, house::RemoveRole& command) {
    auto& [role] = command;
    ENTENTE_FIELDS(archive, role);
}

template <class Archive>
void serialize(Archive& archive, house::SetAutoLock& command) {
    auto& [minutes] = command;
    ENTENTE_FIELDS(archive, minutes);
}

template <class Archive>
void serialize(Archive& archive, house::SetSigningSeed& command) {
    auto& [seed] = command;
    ENTENTE_FIELDS(archive, seed);
}

template <class Archive>
void serialize(Archive& archive, house::SetTerms& command) {
    auto& [terms] = command;
    ENTENTE_FIELDS(archive, terms);
}

template <class Archive>
void serialize(Archive& archive, house::SetCutRates& command) {
    auto& [rates] = command;
    ENTENTE_FIELDS(archive, rates);
}

template <class Archive>
void serialize(Archive& archive, house::SetSpreads& command) {
    auto& [spreads] = command;
    ENTENTE_FIELDS(archive, spreads);
}

template <class Archive>
void serialize(Archive& archive, house::SetLadder& command) {
    auto& [ladder] = command;
    ENTENTE_FIELDS(archive, ladder);
}

// Never reused, never renumbered.
template <> inline constexpr std::uint16_t kTag<house::SetProfile> = 1;
template <> inline constexpr std::uint16_t kTag<house::SetCalendar> = 2;
template <> inline constexpr std::uint16_t kTag<house::PutRole> = 3;
template <> inline constexpr std::uint16_t kTag<house::RemoveRole> = 4;
template <> inline constexpr std::uint16_t kTag<house::SetAutoLock> = 5;
template <> inline constexpr std::uint16_t kTag<house::SetSigningSeed> = 6;
template <> inline constexpr std::uint16_t kTag<house::SetTerms> = 7;
template <> inline constexpr std::uint16_t kTag<house::SetCutRates> = 8;
template <> inline constexpr std::uint16_t kTag<house::SetSpreads> = 9;
template <> inline constexpr std::uint16_t kTag<house::SetLadder> = 10;

}  // namespace entente::codec
