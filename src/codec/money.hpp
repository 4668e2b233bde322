// How a project's money and its commands are written. All of it came with schema 2.
#pragma once

#include "codec/base.hpp"
#include "core/money/command.hpp"

namespace entente::codec {

template <class Archive>
void serialize(Archive& archive, money::Defaults& defaults) {
    auto& [overhead_basis_points, profit_basis_points, contingency_basis_points] = defaults;
    ENTENTE_FIELDS(archive, overhead_basis_points, profit_basis_points, contingency_basis_points);
}

template <class Archive>
void serialize(Archive& archive, money::Rate& rate) {
    auto& [role, cost_per_hour_minor, charge_per_hour_minor] = rate;
    ENTENTE_FIELDS(archive, role, cost_per_hour_minor, charge_per_hour_minor);
}

template <class Archive>
void serialize(Archive& archive, money::RateCard& card) {
    auto& [id, name, rates, agreed_on, agreed_by] = card;
    ENTENTE_FIELDS(archive, id, name, rates, agreed_on, agreed_by);
}

template <class Archive>
void serialize(Archive& archive, money::BudgetLine& line) {
    auto& [id, stage, role, label, minutes, cost_per_hour_minor, fixed_minor] = line;
    ENTENTE_FIELDS(archive, id, stage, role, label, minutes, cost_per_hour_minor, fixed_minor);
}

template <class Archive>
void serialize(Archive& archive, money::Cost& cost) {
    auto& [id, day, stage, role, task, minutes, amount_minor, label, commitment, reverses] = cost;
    ENTENTE_FIELDS(archive, id, day, stage, role, task, minutes, amount_minor, label, commitment, reverses);
}

template <class Archive>
void serialize(Archive& archive, money::Commitment& commitment) {
    auto& [id, stage, label, ordered, amount_minor, closed] = commitment;
    ENTENTE_FIELDS(archive, id, stage, label, ordered, amount_minor, closed);
}

template <class Archive>
void serialize(Archive& archive, money::Override& forecast) {
    auto& [stage, role, at_completion_minor, reason, by, on] = forecast;
    ENTENTE_FIELDS(archive, stage, role, at_completion_minor, reason, by, on);
}

template <class Archive>
void serialize(Archive& archive, money::ProposalLine& line) {
    auto& [id, kind, stage, role, label, people, minutes, cost_minor, sold_minor] = line;
    ENTENTE_FIELDS(archive, id, choice(kind, money::LineKind::Fixed), stage, role, label, people, minutes, cost_minor, sold_minor);
}

template <class Archive>
void serialize(Archive& archive, money::ScopeCut& cut) {
    auto& [line, task, label] = cut;
    ENTENTE_FIELDS(archive, line, task, label);
}

template <class Archive>
void serialize(Archive& archive, money::Goodwill& goodwill) {
    auto& [amount_minor, allowed_by, reason] = goodwill;
    ENTENTE_FIELDS(archive, amount_minor, allowed_by, reason);
}

template <class Archive>
void serialize(Archive& archive, money::ProgrammeRow& row) {
    auto& [task, name, day] = row;
    ENTENTE_FIELDS(archive, task, name, day);
}

template <class Archive>
void serialize(Archive& archive, money::Step& step) {
    auto& [state, on, who, note, fee_before_minor, agreed_before] = step;
    ENTENTE_FIELDS(archive, choice(state, money::State::Withdrawn), on, who, note, fee_before_minor, agreed_before);
}

template <class Archive>
void serialize(Archive& archive, money::Proposal& proposal) {
    auto& [id, number, basis, lines, overhead_basis_points, profit_basis_points, contingency_basis_points, vat_basis_points,
           goodwill, cuts, texts, programme, valid_until, steps, contingency_shown] = proposal;
    ENTENTE_FIELDS(archive, id, number, choice(basis, money::Basis::Cost), lines, overhead_basis_points, profit_basis_points,
                   contingency_basis_points, vat_basis_points, goodwill, cuts, texts, programme, valid_until, steps,
                   since(3, contingency_shown));
}

template <class Archive>
void serialize(Archive& archive, money::Book& book) {
    auto& [cards, budget, budget_includes, costs, commitments, overrides, proposals] = book;
    ENTENTE_FIELDS(archive, cards, budget, budget_includes, costs, commitments, overrides, proposals);
}

template <class Archive>
void serialize(Archive& archive, money::SetDefaults& command) {
    auto& [defaults] = command;
    ENTENTE_FIELDS(archive, defaults);
}

template <class Archive>
void serialize(Archive& archive, money::PutRateCard& command) {
    auto& [project, card] = command;
    ENTENTE_FIELDS(archive, project, card);
}

template <class Archive>
void serialize(Archive& archive, money::RemoveRateCard& command) {
    auto& [project, card] = command;
    ENTENTE_FIELDS(archive, project, card);
}

template <class Archive>
void serialize(Archive& archive, money::AgreeRates& command) {
    auto& [project, card, on, by, rates] = command;
    ENTENTE_FIELDS(archive, project, card, on, by, rates);
}

template <class Archive>
void serialize(Archive& archive, money::ReopenRates& command) {
    auto& [project, card, rates] = command;
    ENTENTE_FIELDS(archive, project, card, rates);
}

template <class Archive>
void serialize(Archive& archive, money::SetBudget& command) {
    auto& [project, lines, includes] = command;
    ENTENTE_FIELDS(archive, project, lines, includes);
}

template <class Archive>
void serialize(Archive& archive, money::PutBudgetLine& command) {
    auto& [project, line, index] = command;
    ENTENTE_FIELDS(archive, project, line, index);
}

template <class Archive>
void serialize(Archive& archive, money::RemoveBudgetLine& command) {
    auto& [project, line] = command;
    ENTENTE_FIELDS(archive, project, line);
}

template <class Archive>
void serialize(Archive& archive, money::RecordCost& command) {
    auto& [project, cost] = command;
    ENTENTE_FIELDS(archive, project, cost);
}

template <class Archive>
void serialize(Archive& archive, money::TakeBackCost& command) {
    auto& [project, cost] = command;
    ENTENTE_FIELDS(archive, project, cost);
}

template <class Archive>
void serialize(Archive& archive, money::PutCommitment& command) {
    auto& [project, commitment, index] = command;
    ENTENTE_FIELDS(archive, project, commitment, index);
}

template <class Archive>
void serialize(Archive& archive, money::RemoveCommitment& command) {
    auto& [project, commitment] = command;
    ENTENTE_FIELDS(archive, project, commitment);
}

template <class Archive>
void serialize(Archive& archive, money::SetForecast& command) {
    auto& [project, forecast] = command;
    ENTENTE_FIELDS(archive, project, forecast);
}

template <class Archive>
void serialize(Archive& archive, money::ClearForecast& command) {
    auto& [project, stage, role] = command;
    ENTENTE_FIELDS(archive, project, stage, role);
}

template <class Archive>
void serialize(Archive& archive, money::PutProposal& command) {
    auto& [project, proposal] = command;
    ENTENTE_FIELDS(archive, project, proposal);
}

template <class Archive>
void serialize(Archive& archive, money::RemoveProposal& command) {
    auto& [project, proposal] = command;
    ENTENTE_FIELDS(archive, project, proposal);
}

template <class Archive>
void serialize(Archive& archive, money::SendProposal& command) {
    auto& [project, proposal, step] = command;
    ENTENTE_FIELDS(archive, project, proposal, step);
}

template <class Archive>
void serialize(Archive& archive, money::AnswerProposal& command) {
    auto& [project, proposal, step] = command;
    ENTENTE_FIELDS(archive, project, proposal, step);
}

template <class Archive>
void serialize(Archive& archive, money::TakeBackStep& command) {
    auto& [project, proposal] = command;
    ENTENTE_FIELDS(archive, project, proposal);
}

// Never reused, never renumbered.
template <> inline constexpr std::uint16_t kTag<money::SetDefaults> = 1;
template <> inline constexpr std::uint16_t kTag<money::PutRateCard> = 2;
template <> inline constexpr std::uint16_t kTag<money::RemoveRateCard> = 3;
template <> inline constexpr std::uint16_t kTag<money::AgreeRates> = 4;
template <> inline constexpr std::uint16_t kTag<money::ReopenRates> = 5;
template <> inline constexpr std::uint16_t kTag<money::SetBudget> = 6;
template <> inline constexpr std::uint16_t kTag<money::PutBudgetLine> = 7;
template <> inline constexpr std::uint16_t kTag<money::RemoveBudgetLine> = 8;
template <> inline constexpr std::uint16_t kTag<money::RecordCost> = 9;
template <> inline constexpr std::uint16_t kTag<money::TakeBackCost> = 10;
template <> inline constexpr std::uint16_t kTag<money::PutCommitment> = 11;
template <> inline constexpr std::uint16_t kTag<money::RemoveCommitment> = 12;
template <> inline constexpr std::uint16_t kTag<money::SetForecast> = 13;
template <> inline constexpr std::uint16_t kTag<money::ClearForecast> = 14;
template <> inline constexpr std::uint16_t kTag<money::PutProposal> = 15;
template <> inline constexpr std::uint16_t kTag<money::RemoveProposal> = 16;
template <> inline constexpr std::uint16_t kTag<money::SendProposal> = 17;
template <> inline constexpr std::uint16_t kTag<money::AnswerProposal> = 18;
template <> inline constexpr std::uint16_t kTag<money::TakeBackStep> = 19;

}  // namespace entente::codec
