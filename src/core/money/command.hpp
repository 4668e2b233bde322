// What can be done to a project's money. Each command is one gesture with resolved values; an `index` says where a thing
// stands among its like, without one it is added at the end.
#pragma once

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

#include "core/money/model.hpp"

namespace entente::money {

// The house's own percentages, for new proposals.
struct SetDefaults { Defaults defaults; };

// Adds a rate card or replaces the open one with its id.
struct PutRateCard { ProjectId project; RateCard card; };
struct RemoveRateCard { ProjectId project; RateCardId card; };
// Freezes the open card. `rates` is the whole of it by then, roles that follow the house's card included, so that a later
// change of the house's rates moves nothing here.
struct AgreeRates { ProjectId project; RateCardId card; Day on; std::string by; std::vector<Rate> rates; };
// It was recorded as agreed by mistake: `rates` are those it had before. Refused once another card or an accepted proposal
// came after it.
struct ReopenRates { ProjectId project; RateCardId card; std::vector<Rate> rates; };

// The whole budget at once: taken from the plan, or put back. `includes`: the agreed changes whose work its lines hold.
struct SetBudget { ProjectId project; std::vector<BudgetLine> lines; std::vector<ChangeId> includes; };
struct PutBudgetLine { ProjectId project; BudgetLine line; std::optional<std::size_t> index; };
struct RemoveBudgetLine { ProjectId project; BudgetLineId line; };

// A fact. With Cost::reverses it takes an earlier one back, and both stay on record.
struct RecordCost { ProjectId project; Cost cost; };
// The newest entry was a slip of the hand; anything older is reversed instead.
struct TakeBackCost { ProjectId project; CostId cost; };

struct PutCommitment { ProjectId project; Commitment commitment; std::optional<std::size_t> index; };
struct RemoveCommitment { ProjectId project; CommitmentId commitment; };

// A person's figure in place of the computed forecast, or the computed one again.
struct SetForecast { ProjectId project; Override forecast; };
struct ClearForecast { ProjectId project; std::string stage; RoleId role; };

// Adds the next version as a draft, or replaces the draft.
struct PutProposal { ProjectId project; Proposal proposal; };
struct RemoveProposal { ProjectId project; ProposalId proposal; };
struct SendProposal { ProjectId project; ProposalId proposal; Step step; };
// Accepted, declined, withdrawn. Accepting sets the project's fee to the version's price in the same gesture.
struct AnswerProposal { ProjectId project; ProposalId proposal; Step step; };
// The last step was recorded by mistake. Refused once something builds on it.
struct TakeBackStep { ProjectId project; ProposalId proposal; };

using Command = std::variant<SetDefaults, PutRateCard, RemoveRateCard, AgreeRates, ReopenRates, SetBudget, PutBudgetLine,
                             RemoveBudgetLine, RecordCost, TakeBackCost, PutCommitment, RemoveCommitment, SetForecast,
                             ClearForecast, PutProposal, RemoveProposal, SendProposal, AnswerProposal, TakeBackStep>;

}  // namespace entente::money
