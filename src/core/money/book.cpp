// A whole book at once: what an imported or restored project may bring with it, and which ids it holds.
#include <algorithm>
#include <set>

#include "core/lookup.hpp"
#include "core/money/parts.hpp"

namespace entente::money {

namespace {

Result<void> check_cards(const Book& book) {
    if (book.cards.size() > kMaxListed) return refuse(msg("This project holds more than the program can keep."));
    for (std::size_t i = 0; i < book.cards.size(); ++i) {
        if (auto card = check_card(book.cards[i]); !card) return card;
        if (!book.cards[i].agreed_on && i + 1 < book.cards.size()) return refuse(msg("The last rate card is still open."));
    }
    return ok();
}

Result<void> check_costs(const Book& book) {
    if (book.costs.size() > kMaxCosts) return refuse(msg("This project holds more than the program can keep."));
    std::set<std::uint64_t> reversed;
    for (const Cost& cost : book.costs) {
        if (auto checked = check_cost(cost); !checked) return checked;
        if (!cost.reverses) continue;
        const Cost* wrong = by_id(book.costs, cost.reverses);
        const bool turned = wrong && !wrong->reverses && wrong->amount_minor == -cost.amount_minor && wrong->minutes == -cost.minutes;
        if (!turned || !reversed.insert(cost.reverses.n).second) return refuse(msg("An entry is taken back whole."));
    }
    return ok();
}

Result<void> check_orders(const Book& book) {
    if (std::max({book.budget.size(), book.commitments.size(), book.overrides.size(), book.budget_includes.size()}) > kMaxListed) {
        return refuse(msg("This project holds more than the program can keep."));
    }
    for (const BudgetLine& line : book.budget) {
        if (auto checked = check_line(line); !checked) return checked;
    }
    for (const Commitment& one : book.commitments) {
        if (auto checked = check_commitment(one); !checked) return checked;
    }
    for (std::size_t i = 0; i < book.overrides.size(); ++i) {
        if (auto checked = check_override(book.overrides[i]); !checked) return checked;
        if (i > 0 && !stands_before(book.overrides[i - 1], book.overrides[i])) {
            return refuse(msg("A forecast stands in the book twice."));
        }
    }
    return ok();
}

Result<void> check_steps(const plan::Project& project, const Proposal& proposal, bool last) {
    if (proposal.steps.empty()) return last ? ok() : refuse(msg("The last version is still a draft."));
    if (proposal.steps.front().state != State::Sent || proposal.steps.size() > 2) return refuse(msg("A draft can only be sent."));
    for (const Step& step : proposal.steps) {
        if (auto checked = check_step(step); !checked) return checked;
    }
    if (proposal.steps.size() == 1) return ok();
    const State answer = proposal.steps.back().state;
    if (answer == State::Sent || answer == State::Draft) return refuse(msg("An answer accepts, declines or withdraws."));
    if (answer != State::Accepted) return ok();
    const auto priced = price(proposal);
    const bool agreed = last && priced && priced->net_minor == project.base_fee_minor;
    return agreed ? ok() : refuse(msg("The project's fee is not the one that was accepted."));
}

Result<void> check_versions(const plan::Project& project) {
    const auto& versions = project.money.proposals;
    if (versions.size() > kMaxListed) return refuse(msg("This project holds more than the program can keep."));
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (auto checked = check_proposal(versions[i]); !checked) return checked;
        if (i > 0 && versions[i].number <= versions[i - 1].number) return refuse(msg("Versions are numbered one after another."));
        if (auto steps = check_steps(project, versions[i], i + 1 == versions.size()); !steps) return steps;
    }
    return ok();
}

template <class T>
void collect(const std::vector<T>& items, std::vector<std::uint64_t>& ids) {
    for (const T& item : items) ids.push_back(item.id.n);
}

template <class T>
bool holds(const std::vector<T>& items, std::uint64_t id) {
    return std::any_of(items.begin(), items.end(), [id](const T& item) { return item.id.n == id; });
}

}  // namespace

Result<void> check_book(const plan::Project& project) {
    const Book& book = project.money;
    if (auto cards = check_cards(book); !cards) return cards;
    if (auto orders = check_orders(book); !orders) return orders;
    if (auto costs = check_costs(book); !costs) return costs;
    return check_versions(project);
}

void collect_ids(const Book& book, std::vector<std::uint64_t>& ids) {
    collect(book.cards, ids);
    collect(book.budget, ids);
    collect(book.costs, ids);
    collect(book.commitments, ids);
    collect(book.proposals, ids);
    std::set<std::uint64_t> lines;  // the versions of a proposal share them
    for (const Proposal& one : book.proposals) {
        for (const ProposalLine& line : one.lines) lines.insert(line.id.n);
    }
    ids.insert(ids.end(), lines.begin(), lines.end());
}

bool holds_id(const Book& book, std::uint64_t id) {
    return holds(book.cards, id) || holds(book.budget, id) || holds(book.costs, id) || holds(book.commitments, id) ||
           std::any_of(book.proposals.begin(), book.proposals.end(),
                       [id](const Proposal& one) { return one.id.n == id || holds(one.lines, id); });
}

bool role_is_used(const Book& book, RoleId role) {
    const auto uses = [role](const auto& items) {
        return std::any_of(items.begin(), items.end(), [role](const auto& item) { return item.role == role; });
    };
    return uses(book.budget) || uses(book.costs) || uses(book.overrides) ||
           std::any_of(book.proposals.begin(), book.proposals.end(), [&](const Proposal& one) { return uses(one.lines); });
}

const Proposal* accepted(const Book& book) {
    if (book.proposals.empty() || state_of(book.proposals.back()) != State::Accepted) return nullptr;
    return &book.proposals.back();
}

}  // namespace entente::money
