// The checks of single things that money's commands and a whole book share. Each knows nothing of ids being new.
#pragma once

#include "core/model.hpp"
#include "core/money/proposal.hpp"
#include "core/rules.hpp"

namespace entente::money {

inline constexpr std::size_t kMaxCosts = 50'000;       // with kMaxMinor each, their sum stays inside 64 bits
inline constexpr std::int32_t kMaxPeople = 1'000;
inline constexpr std::int64_t kMaxBasisPoints = 100'000;  // 1,000 %

Result<void> check_defaults(const Defaults& defaults);
Result<void> check_rates(const std::vector<Rate>& rates);
Result<void> check_card(const RateCard& card);
Result<void> check_line(const BudgetLine& line);
Result<void> check_cost(const Cost& cost);
Result<void> check_commitment(const Commitment& commitment);
Result<void> check_override(const Override& forecast);
Result<void> check_proposal(const Proposal& proposal);
Result<void> check_step(const Step& step);

// The order in which overrides stand.
bool stands_before(const Override& a, const Override& b);
const Override* find_override(const Book& book, const std::string& stage, RoleId role);
// How many of the project's changes are agreed.
std::int32_t agreed_changes(const plan::Project& project);

}  // namespace entente::money
