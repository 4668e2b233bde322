// What money's commands do, what takes them back, and what they are called.
#include <algorithm>

#include "core/lookup.hpp"
#include "core/money/parts.hpp"

namespace entente::money {

namespace {

using Back = std::optional<entente::Command>;

const Book& book_of(const Model& model, ProjectId id) { return find_project(model, id)->money; }
Book& book_of(Model& model, ProjectId id) { return by_id(model.projects, id)->money; }

Back inverse_one(const Model& model, const SetDefaults&) { return Command{SetDefaults{model.house.money}}; }
Back inverse_one(const Model& model, const PutRateCard& c) {
    const RateCard* before = by_id(book_of(model, c.project).cards, c.card.id);
    if (before) return Command{PutRateCard{c.project, *before}};
    return Command{RemoveRateCard{c.project, c.card.id}};
}
Back inverse_one(const Model& model, const RemoveRateCard& c) {
    return Command{PutRateCard{c.project, *by_id(book_of(model, c.project).cards, c.card)}};
}
Back inverse_one(const Model& model, const AgreeRates& c) {
    return Command{ReopenRates{c.project, c.card, by_id(book_of(model, c.project).cards, c.card)->rates}};
}
Back inverse_one(const Model& model, const ReopenRates& c) {
    const RateCard& card = *by_id(book_of(model, c.project).cards, c.card);
    return Command{AgreeRates{c.project, c.card, *card.agreed_on, card.agreed_by, card.rates}};
}
Back inverse_one(const Model& model, const SetBudget& c) {
    const Book& book = book_of(model, c.project);
    return Command{SetBudget{c.project, book.budget, book.budget_includes}};
}
Back inverse_one(const Model& model, const PutBudgetLine& c) {
    const BudgetLine* before = by_id(book_of(model, c.project).budget, c.line.id);
    if (before) return Command{PutBudgetLine{c.project, *before, {}}};
    return Command{RemoveBudgetLine{c.project, c.line.id}};
}
Back inverse_one(const Model& model, const RemoveBudgetLine& c) {
    const auto& lines = book_of(model, c.project).budget;
    return Command{PutBudgetLine{c.project, *by_id(lines, c.line), place_of(lines, c.line)}};
}
Back inverse_one(const Model&, const RecordCost& c) { return Command{TakeBackCost{c.project, c.cost.id}}; }
Back inverse_one(const Model& model, const TakeBackCost& c) {
    return Command{RecordCost{c.project, *by_id(book_of(model, c.project).costs, c.cost)}};
}
Back inverse_one(const Model& model, const PutCommitment& c) {
    const Commitment* before = by_id(book_of(model, c.project).commitments, c.commitment.id);
    if (before) return Command{PutCommitment{c.project, *before, {}}};
    return Command{RemoveCommitment{c.project, c.commitment.id}};
}
Back inverse_one(const Model& model, const RemoveCommitment& c) {
    const auto& orders = book_of(model, c.project).commitments;
    return Command{PutCommitment{c.project, *by_id(orders, c.commitment), place_of(orders, c.commitment)}};
}
Back inverse_one(const Model& model, const SetForecast& c) {
    const Override* before = find_override(book_of(model, c.project), c.forecast.stage, c.forecast.role);
    if (before) return Command{SetForecast{c.project, *before}};
    return Command{ClearForecast{c.project, c.forecast.stage, c.forecast.role}};
}
Back inverse_one(const Model& model, const ClearForecast& c) {
    return Command{SetForecast{c.project, *find_override(book_of(model, c.project), c.stage, c.role)}};
}
Back inverse_one(const Model& model, const PutProposal& c) {
    const Proposal* before = find_proposal(book_of(model, c.project), c.proposal.id);
    if (before) return Command{PutProposal{c.project, *before}};
    return Command{RemoveProposal{c.project, c.proposal.id}};
}
Back inverse_one(const Model& model, const RemoveProposal& c) {
    return Command{PutProposal{c.project, *find_proposal(book_of(model, c.project), c.proposal)}};
}
Back inverse_one(const Model&, const SendProposal& c) { return Command{TakeBackStep{c.project, c.proposal}}; }
Back inverse_one(const Model&, const AnswerProposal& c) { return Command{TakeBackStep{c.project, c.proposal}}; }
Back inverse_one(const Model& model, const TakeBackStep& c) {
    const Step& last = find_proposal(book_of(model, c.project), c.proposal)->steps.back();
    if (last.state == State::Sent) return Command{SendProposal{c.project, c.proposal, last}};
    return Command{AnswerProposal{c.project, c.proposal, last}};
}

void apply_one(Model& model, const SetDefaults& c) { model.house.money = c.defaults; }
void apply_one(Model& model, const PutRateCard& c) { put(book_of(model, c.project).cards, c.card); }
void apply_one(Model& model, const RemoveRateCard& c) { erase_id(book_of(model, c.project).cards, c.card); }
void apply_one(Model& model, const AgreeRates& c) {
    RateCard& card = *by_id(book_of(model, c.project).cards, c.card);
    card.agreed_on = c.on;
    card.agreed_by = c.by;
    card.rates = c.rates;
}
void apply_one(Model& model, const ReopenRates& c) {
    RateCard& card = *by_id(book_of(model, c.project).cards, c.card);
    card.agreed_on.reset();
    card.agreed_by.clear();
    card.rates = c.rates;
}
void apply_one(Model& model, const SetBudget& c) {
    Book& book = book_of(model, c.project);
    book.budget = c.lines;
    book.budget_includes = c.includes;
}
void apply_one(Model& model, const PutBudgetLine& c) { put(book_of(model, c.project).budget, c.line, c.index); }
void apply_one(Model& model, const RemoveBudgetLine& c) { erase_id(book_of(model, c.project).budget, c.line); }
void apply_one(Model& model, const RecordCost& c) { book_of(model, c.project).costs.push_back(c.cost); }
void apply_one(Model& model, const TakeBackCost& c) { erase_id(book_of(model, c.project).costs, c.cost); }
void apply_one(Model& model, const PutCommitment& c) { put(book_of(model, c.project).commitments, c.commitment, c.index); }
void apply_one(Model& model, const RemoveCommitment& c) { erase_id(book_of(model, c.project).commitments, c.commitment); }
void apply_one(Model& model, const SetForecast& c) {
    auto& overrides = book_of(model, c.project).overrides;
    const auto at = std::lower_bound(overrides.begin(), overrides.end(), c.forecast, stands_before);
    if (at != overrides.end() && at->stage == c.forecast.stage && at->role == c.forecast.role) *at = c.forecast;
    else overrides.insert(at, c.forecast);
}
void apply_one(Model& model, const ClearForecast& c) {
    std::erase_if(book_of(model, c.project).overrides, [&](const Override& one) { return one.stage == c.stage && one.role == c.role; });
}
void apply_one(Model& model, const PutProposal& c) { put(book_of(model, c.project).proposals, c.proposal); }
void apply_one(Model& model, const RemoveProposal& c) { erase_id(book_of(model, c.project).proposals, c.proposal); }
void apply_one(Model& model, const SendProposal& c) { by_id(book_of(model, c.project).proposals, c.proposal)->steps.push_back(c.step); }
void apply_one(Model& model, const AnswerProposal& c) {
    plan::Project& project = *by_id(model.projects, c.project);
    Proposal& proposal = *by_id(project.money.proposals, c.proposal);
    proposal.steps.push_back(c.step);
    // check() has priced it: accepting is agreeing to this fee.
    if (c.step.state == State::Accepted) project.base_fee_minor = price(proposal)->net_minor;
}
void apply_one(Model& model, const TakeBackStep& c) {
    plan::Project& project = *by_id(model.projects, c.project);
    Proposal& proposal = *by_id(project.money.proposals, c.proposal);
    if (state_of(proposal) == State::Accepted) project.base_fee_minor = proposal.steps.back().fee_before_minor;
    proposal.steps.pop_back();
}

std::int64_t version(const Model& model, ProjectId project_id, ProposalId id) {
    const plan::Project* project = find_project(model, project_id);
    const Proposal* proposal = project ? find_proposal(project->money, id) : nullptr;
    return proposal ? proposal->number : 0;
}

Message describe_one(const Model&, const SetDefaults&) { return msg("Changed what the house adds to its costs"); }
Message describe_one(const Model&, const PutRateCard& c) { return msg("Changed the rate card {0}", c.card.name); }
Message describe_one(const Model&, const RemoveRateCard&) { return msg("Removed a rate card"); }
Message describe_one(const Model&, const AgreeRates& c) { return msg("Agreed the rates with {0}", c.by); }
Message describe_one(const Model&, const ReopenRates&) { return msg("Opened the rate card again"); }
Message describe_one(const Model&, const SetBudget& c) {
    return c.lines.empty() ? msg("Emptied the budget") : msg("Took the budget from the plan");
}
Message describe_one(const Model&, const PutBudgetLine& c) { return msg("Changed the budget: {0}", c.line.label); }
Message describe_one(const Model&, const RemoveBudgetLine&) { return msg("Removed a line of the budget"); }
Message describe_one(const Model&, const RecordCost& c) {
    return c.cost.reverses ? msg("Took back a cost of {0}", c.cost.day) : msg("Wrote down a cost of {0}", c.cost.day);
}
Message describe_one(const Model&, const TakeBackCost&) { return msg("Took back the newest cost"); }
Message describe_one(const Model&, const PutCommitment& c) { return msg("Changed the order {0}", c.commitment.label); }
Message describe_one(const Model&, const RemoveCommitment&) { return msg("Removed an order"); }
Message describe_one(const Model&, const SetForecast& c) {
    return c.forecast.stage.empty() ? msg("Set a forecast by hand") : msg("Set a forecast by hand for {0}", c.forecast.stage);
}
Message describe_one(const Model&, const ClearForecast&) { return msg("Went back to the computed forecast"); }
Message describe_one(const Model& model, const PutProposal& c) {
    const bool known = version(model, c.project, c.proposal.id) != 0;
    const std::int64_t number = c.proposal.number;
    return known ? msg("Edited proposal version {0}", number) : msg("Began proposal version {0}", number);
}
Message describe_one(const Model& model, const RemoveProposal& c) {
    return msg("Removed proposal version {0}", version(model, c.project, c.proposal));
}
Message describe_one(const Model& model, const SendProposal& c) {
    return msg("Sent proposal version {0}", version(model, c.project, c.proposal));
}
Message describe_one(const Model& model, const AnswerProposal& c) {
    const std::int64_t number = version(model, c.project, c.proposal);
    if (c.step.state == State::Accepted) return msg("Proposal version {0} was accepted", number);
    return c.step.state == State::Declined ? msg("Proposal version {0} was declined", number)
                                           : msg("Withdrew proposal version {0}", number);
}
Message describe_one(const Model& model, const TakeBackStep& c) {
    return msg("Took back the last step of proposal version {0}", version(model, c.project, c.proposal));
}

}  // namespace

Back inverse(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return inverse_one(model, one); }, command);
}
void apply(Model& model, const Command& command) {
    std::visit([&](const auto& one) { apply_one(model, one); }, command);
}
Message describe(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return describe_one(model, one); }, command);
}

}  // namespace entente::money
