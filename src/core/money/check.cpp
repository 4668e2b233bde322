// Which commands a project's money allows. Each refusal says why in a sentence a person can read.
#include <algorithm>

#include "base/text.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/money/parts.hpp"

namespace entente::money {

namespace {

Result<const Book*> need_book(const Model& model, ProjectId id) {
    const auto project = need_project(model, id);
    if (!project) return tl::unexpected(project.error());
    return &(*project)->money;
}

template <class T>
Result<void> check_new(const Model& model, const std::vector<T>& items, std::uint64_t id,
                       std::size_t most = kMaxListed) {
    if (id == 0 || id_in_use(model, id)) return refuse(msg("This id is already in use."));
    if (items.size() >= most) return refuse(msg("This project holds more than the program can keep."));
    return ok();
}

Result<void> check_role(const Model& model, RoleId role) {
    if (!role || find_role(model, role)) return ok();
    return fail(ErrorCode::NotFound, msg("This role is no longer on the rate card."));
}

tl::unexpected<Error> gone() { return fail(ErrorCode::NotFound, msg("This entry is no longer here.")); }

Result<void> check_open_card(const Book& book, RateCardId id) {
    const RateCard* card = by_id(book.cards, id);
    if (!card) return gone();
    if (card->agreed_on)
        return refuse(msg("Rates that were agreed are not edited."), {},
                      msg("Make a new rate card; it takes their place."));
    return ok();
}

Result<void> check_one(const Model&, const SetDefaults& c) { return check_defaults(c.defaults); }

Result<void> check_one(const Model& model, const PutRateCard& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (c.card.agreed_on || !c.card.agreed_by.empty())
        return refuse(msg("A rate card is written open; agree it after that."));
    if (by_id((*book)->cards, c.card.id)) {
        if (auto open = check_open_card(**book, c.card.id); !open) return open;
    } else {
        if (auto fresh = check_new(model, (*book)->cards, c.card.id.n); !fresh) return fresh;
        const RateCard* last = current_card(**book);
        if (last && !last->agreed_on)
            return refuse(msg("The last rate card is still open."), {},
                          msg("Edit that one, or agree it first."));
    }
    for (const Rate& rate : c.card.rates) {
        if (auto role = check_role(model, rate.role); !role) return role;
    }
    return check_card(c.card);
}

Result<void> check_one(const Model& model, const RemoveRateCard& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    return check_open_card(**book, c.card);
}

Result<void> check_one(const Model& model, const AgreeRates& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (auto open = check_open_card(**book, c.card); !open) return open;
    if (auto by = check_name(c.by); !by) return refuse(msg("Write down who agreed."));
    if (auto day = check_day(c.on); !day) return day;
    if (auto rates = check_rates(c.rates); !rates) return rates;
    const std::vector<Rate>& own = by_id((*book)->cards, c.card)->rates;
    const bool kept = std::all_of(own.begin(), own.end(), [&](const Rate& rate) {
        return std::find(c.rates.begin(), c.rates.end(), rate) != c.rates.end();
    });
    if (!kept) return refuse(msg("What is agreed must be what stands on the card."));
    return ok();
}

Result<void> check_one(const Model& model, const ReopenRates& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    const RateCard* card = by_id((*book)->cards, c.card);
    if (!card) return gone();
    if (!card->agreed_on) return refuse(msg("This rate card is still open."));
    if (card != current_card(**book) || accepted(**book))
        return refuse(msg("A later agreement builds on this one."));
    const bool held = std::all_of(c.rates.begin(), c.rates.end(), [&](const Rate& rate) {
        return std::find(card->rates.begin(), card->rates.end(), rate) != card->rates.end();
    });
    if (!held) return refuse(msg("Rates that were agreed are not edited."));
    return check_rates(c.rates);
}

Result<void> check_one(const Model& model, const SetBudget& c) {
    const auto project = need_project(model, c.project);
    if (!project) return tl::unexpected(project.error());
    if (c.lines.size() > kMaxListed || c.includes.size() > kMaxListed)
        return refuse(msg("This project holds more than the program can keep."));
    std::vector<std::uint64_t> ids;
    for (const BudgetLine& line : c.lines) {
        if (auto checked = check_line(line); !checked) return checked;
        if (auto role = check_role(model, line.role); !role) return role;
        const bool known = by_id((*project)->money.budget, line.id) != nullptr;
        if (!known && (!line.id || id_in_use(model, line.id.n)))
            return refuse(msg("This id is already in use."));
        ids.push_back(line.id.n);
    }
    std::sort(ids.begin(), ids.end());
    if (std::adjacent_find(ids.begin(), ids.end()) != ids.end())
        return refuse(msg("This id is already in use."));
    return ok();
}

Result<void> check_one(const Model& model, const PutBudgetLine& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (auto line = check_line(c.line); !line) return line;
    if (auto role = check_role(model, c.line.role); !role) return role;
    if (by_id((*book)->budget, c.line.id)) return ok();
    return check_new(model, (*book)->budget, c.line.id.n);
}

Result<void> check_one(const Model& model, const RemoveBudgetLine& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (!by_id((*book)->budget, c.line)) return gone();
    return ok();
}

// A reversal is the wrong entry once more, with the signs turned; its day and its label are its own.
Result<void> check_reversal(const Book& book, const Cost& cost) {
    const Cost* wrong = by_id(book.costs, cost.reverses);
    if (!wrong) return gone();
    if (wrong->reverses)
        return refuse(msg("What takes an entry back is not taken back itself."), {},
                      msg("Write the entry down again."));
    if (reversed_by(book, wrong->id)) return refuse(msg("This entry has been taken back already."));
    Cost same = reversal_of(*wrong);
    same.id = cost.id;
    same.day = cost.day;
    same.label = cost.label;
    if (!(same == cost)) return refuse(msg("An entry is taken back whole."));
    return ok();
}

Result<void> check_one(const Model& model, const RecordCost& c) {
    const auto project = need_project(model, c.project);
    if (!project) return tl::unexpected(project.error());
    const Book& book = (*project)->money;
    if (auto cost = check_cost(c.cost); !cost) return cost;
    if (auto fresh = check_new(model, book.costs, c.cost.id.n, kMaxCosts); !fresh) return fresh;
    if (c.cost.reverses) return check_reversal(book, c.cost);
    if (auto role = check_role(model, c.cost.role); !role) return role;
    if (c.cost.task) {
        if (auto task = need_task(**project, c.cost.task); !task) return tl::unexpected(task.error());
    }
    if (c.cost.commitment) {
        const Commitment* order = by_id(book.commitments, c.cost.commitment);
        if (!order) return gone();
        if (order->stage != c.cost.stage)
            return refuse(msg("The order belongs to another stage."), order->label);
    }
    return ok();
}

Result<void> check_one(const Model& model, const TakeBackCost& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (!by_id((*book)->costs, c.cost)) return gone();
    if ((*book)->costs.back().id == c.cost) return ok();
    return refuse(msg("Only the newest entry can simply go."), {},
                  msg("Take an older one back with an entry that reverses it."));
}

Result<void> check_one(const Model& model, const PutCommitment& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (auto order = check_commitment(c.commitment); !order) return order;
    const Commitment* before = by_id((*book)->commitments, c.commitment.id);
    if (!before) return check_new(model, (*book)->commitments, c.commitment.id.n);
    const bool paid = std::any_of((*book)->costs.begin(), (*book)->costs.end(),
                                  [&](const Cost& one) { return one.commitment == before->id; });
    if (paid && before->stage != c.commitment.stage)
        return refuse(msg("Something was paid on this order; its stage stays."));
    return ok();
}

Result<void> check_one(const Model& model, const RemoveCommitment& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (!by_id((*book)->commitments, c.commitment)) return gone();
    const bool paid = std::any_of((*book)->costs.begin(), (*book)->costs.end(),
                                  [&](const Cost& one) { return one.commitment == c.commitment; });
    if (paid) return refuse(msg("Something was paid on this order."), {}, msg("Close it instead."));
    return ok();
}

Result<void> check_one(const Model& model, const SetForecast& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (auto forecast = check_override(c.forecast); !forecast) return forecast;
    if (auto role = check_role(model, c.forecast.role); !role) return role;
    if (!find_override(**book, c.forecast.stage, c.forecast.role) &&
        (*book)->overrides.size() >= kMaxListed) {
        return refuse(msg("This project holds more than the program can keep."));
    }
    return ok();
}

Result<void> check_one(const Model& model, const ClearForecast& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    if (!find_override(**book, c.stage, c.role)) return gone();
    return ok();
}

Result<const Proposal*> need_draft(const Book& book, ProposalId id) {
    const Proposal* proposal = find_proposal(book, id);
    if (!proposal) return fail(ErrorCode::NotFound, msg("This proposal is no longer here."));
    if (!proposal->steps.empty()) {
        return fail(ErrorCode::Refused, msg("A proposal that was sent is not edited."), {},
                    msg("Make a new version; it takes its place."));
    }
    return proposal;
}

// New lines need new ids; a line that an earlier version holds keeps its own.
Result<void> check_line_ids(const Model& model, const Book& book, const Proposal& proposal) {
    for (const ProposalLine& line : proposal.lines) {
        const bool known = std::any_of(
            book.proposals.begin(), book.proposals.end(),
            [&](const Proposal& one) { return by_id(one.lines, line.id) != nullptr; });
        if (line.id.n == proposal.id.n || (!known && id_in_use(model, line.id.n))) {
            return refuse(msg("This id is already in use."), line.label);
        }
    }
    return ok();
}

Result<void> check_one(const Model& model, const PutProposal& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    const auto& versions = (*book)->proposals;
    if (!c.proposal.steps.empty())
        return refuse(msg("A proposal is written as a draft; send it after that."));
    if (auto proposal = check_proposal(c.proposal); !proposal) return proposal;
    for (const ProposalLine& line : c.proposal.lines) {
        if (auto role = check_role(model, line.role); !role) return role;
    }
    if (auto ids = check_line_ids(model, **book, c.proposal); !ids) return ids;
    if (find_proposal(**book, c.proposal.id)) {
        const auto draft = need_draft(**book, c.proposal.id);
        if (!draft) return tl::unexpected(draft.error());
        if ((*draft)->number != c.proposal.number) return refuse(msg("A version keeps its number."));
        return ok();
    }
    if (auto fresh = check_new(model, versions, c.proposal.id.n); !fresh) return fresh;
    if (accepted(**book))
        return refuse(msg("A proposal was accepted."), {},
                      msg("Write a change: it is priced against what was agreed."));
    if (!versions.empty() && versions.back().steps.empty())
        return refuse(msg("The last version is still a draft."), {}, msg("Edit that one."));
    if (c.proposal.number != (versions.empty() ? 1 : versions.back().number + 1))
        return refuse(msg("Versions are numbered one after another."));
    return ok();
}

Result<void> check_one(const Model& model, const RemoveProposal& c) {
    const auto book = need_book(model, c.project);
    if (!book) return tl::unexpected(book.error());
    const auto draft = need_draft(**book, c.proposal);
    return draft ? ok() : tl::unexpected(draft.error());
}

Result<void> check_one(const Model& model, const SendProposal& c) {
    const auto project = need_project(model, c.project);
    if (!project) return tl::unexpected(project.error());
    const Book& book = (*project)->money;
    const auto draft = need_draft(book, c.proposal);
    if (!draft) return tl::unexpected(draft.error());
    if (c.step.state != State::Sent || c.step.fee_before_minor != 0 || c.step.agreed_before != 0) {
        return refuse(msg("A draft can only be sent."));
    }
    if (auto step = check_step(c.step); !step) return step;
    const Proposal& proposal = **draft;
    if (proposal.lines.empty())
        return refuse(msg("There is nothing in it to pay for."), {}, msg("Add a line first."));
    if (proposal.goodwill.amount_minor > 0 && trim(proposal.goodwill.allowed_by).empty()) {
        return refuse(msg("Goodwill needs the person who allowed it."));
    }
    if (proposal.valid_until && *proposal.valid_until < c.step.on)
        return refuse(msg("It would have run out before it was sent."));
    return ok();
}

Result<void> check_acceptance(const plan::Project& project, const Proposal& proposal, const Step& step) {
    if (project.money.proposals.back().id != proposal.id)
        return refuse(msg("A newer version takes its place."));
    if (step.fee_before_minor != project.base_fee_minor || step.agreed_before != agreed_changes(project)) {
        return refuse(msg("The project has moved on since this was written."));
    }
    const auto priced = price(proposal);
    if (!priced) return tl::unexpected(priced.error());
    const std::int64_t changes = change::contract_value_minor(project) - project.base_fee_minor;
    const auto contract = checked_add(priced->net_minor, changes);
    if (!contract) return fail(ErrorCode::Overflow, msg("The amount is too large."));
    return check_minor(*contract);
}

Result<void> check_one(const Model& model, const AnswerProposal& c) {
    const auto project = need_project(model, c.project);
    if (!project) return tl::unexpected(project.error());
    const Proposal* proposal = find_proposal((*project)->money, c.proposal);
    if (!proposal) return fail(ErrorCode::NotFound, msg("This proposal is no longer here."));
    if (state_of(*proposal) != State::Sent)
        return refuse(msg("Only a proposal that was sent and not answered can be answered."));
    if (auto step = check_step(c.step); !step) return step;
    if (c.step.on < proposal->steps.back().on)
        return refuse(msg("The answer cannot come before it was sent."));
    switch (c.step.state) {
        case State::Accepted: return check_acceptance(**project, *proposal, c.step);
        case State::Declined:
        case State::Withdrawn:
            if (c.step.fee_before_minor != 0 || c.step.agreed_before != 0)
                return refuse(msg("Only accepting changes the fee."));
            return ok();
        case State::Draft:
        case State::Sent: break;
    }
    return refuse(msg("An answer accepts, declines or withdraws."));
}

Result<void> check_one(const Model& model, const TakeBackStep& c) {
    const auto project = need_project(model, c.project);
    if (!project) return tl::unexpected(project.error());
    const Book& book = (*project)->money;
    const Proposal* proposal = find_proposal(book, c.proposal);
    if (!proposal) return fail(ErrorCode::NotFound, msg("This proposal is no longer here."));
    if (proposal->steps.empty()) return refuse(msg("This proposal is still a draft."));
    if (book.proposals.back().id != c.proposal) return refuse(msg("A newer version takes its place."));
    if (state_of(*proposal) != State::Accepted) return ok();
    if (agreed_changes(**project) > proposal->steps.back().agreed_before) {
        return refuse(msg("A later agreement builds on this one."), {},
                      msg("Take the later one back first, or write a new change."));
    }
    return ok();
}

}  // namespace

Result<void> check(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return check_one(model, one); }, command);
}

Result<void> check_terms(const Model& model, const Command& command) {
    const auto* send = std::get_if<SendProposal>(&command);
    if (!send) return ok();
    const auto project = need_project(model, send->project);
    if (!project) return tl::unexpected(project.error());
    const Book& book = (*project)->money;
    const auto draft = need_draft(book, send->proposal);
    if (!draft) return tl::unexpected(draft.error());
    return check_lower_price(model, **project, previous_of(book, **draft), **draft);
}

}  // namespace entente::money
