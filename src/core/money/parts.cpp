#include "core/money/parts.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "core/lookup.hpp"

namespace entente::money {

namespace {

using entente::check_day;

Result<void> check_stage(const std::string& stage) {
    if (stage.size() > kMaxName) return refuse(msg("The name is too long."));
    return check_text(stage);
}

Result<void> check_positive(std::int64_t minor) {
    if (minor < 0) return refuse(msg("An amount cannot be below zero here."));
    return check_minor(minor);
}

Result<void> check_minutes(std::int64_t minutes) {
    if (minutes < 0 || minutes > kMaxMinutes) return refuse(msg("These are more hours than a plan can hold."));
    return ok();
}

Result<void> check_percent(std::int64_t basis_points) {
    if (basis_points < 0 || basis_points > kMaxBasisPoints) return refuse(msg("A percentage must lie between 0 and 1,000."));
    return ok();
}

Result<void> check_proposal_line(const ProposalLine& line) {
    if (!line.id) return refuse(msg("This id is already in use."));
    if (auto label = check_name(line.label); !label) return label;
    if (auto stage = check_stage(line.stage); !stage) return stage;
    if (line.people < 1 || line.people > kMaxPeople) return refuse(msg("A line needs between 1 and 1,000 people."), line.label);
    if (auto minutes = check_minutes(line.minutes); !minutes) return minutes;
    if (line.kind == LineKind::Fixed && (line.role || line.minutes != 0 || line.people != 1)) {
        return refuse(msg("A fixed sum has no hours."), line.label);
    }
    if (auto cost = check_positive(line.cost_minor); !cost) return cost;
    return check_positive(line.sold_minor);
}

Result<void> check_terms(const Proposal& proposal) {
    for (const std::int64_t percent : {proposal.overhead_basis_points, proposal.profit_basis_points,
                                       proposal.contingency_basis_points, proposal.vat_basis_points}) {
        if (auto checked = check_percent(percent); !checked) return checked;
    }
    if (proposal.basis == Basis::Sold && (proposal.overhead_basis_points != 0 || proposal.profit_basis_points != 0)) {
        return refuse(msg("Rates as they are sold hold overhead and profit already."));
    }
    if (auto goodwill = check_positive(proposal.goodwill.amount_minor); !goodwill) return goodwill;
    if (auto by = check_text(proposal.goodwill.allowed_by); !by) return by;
    return check_text(proposal.goodwill.reason);
}

Result<void> check_contents(const Proposal& proposal) {
    std::set<std::uint64_t> ids;
    for (const ProposalLine& line : proposal.lines) {
        if (auto checked = check_proposal_line(line); !checked) return checked;
        if (!ids.insert(line.id.n).second) return refuse(msg("This id is already in use."), line.label);
    }
    for (const ScopeCut& cut : proposal.cuts) {
        if (auto label = check_name(cut.label); !label) return label;
    }
    for (const std::string& text : proposal.texts) {
        if (auto checked = check_text(text); !checked) return checked;
    }
    for (const ProgrammeRow& row : proposal.programme) {
        if (auto name = check_name(row.name); !name) return name;
        if (auto day = check_day(row.day); !day) return day;
    }
    return ok();
}

}  // namespace

Result<void> check_defaults(const Defaults& defaults) {
    for (const std::int64_t percent :
         {defaults.overhead_basis_points, defaults.profit_basis_points, defaults.contingency_basis_points}) {
        if (auto checked = check_percent(percent); !checked) return checked;
    }
    return ok();
}

Result<void> check_rates(const std::vector<Rate>& rates) {
    if (rates.size() > kMaxRoles) return refuse(msg("The rate card is full."));
    std::set<std::uint64_t> roles;
    for (const Rate& rate : rates) {
        if (!rate.role || !roles.insert(rate.role.n).second) return refuse(msg("A role stands on the rate card twice."));
        if (rate.cost_per_hour_minor < 0 || rate.charge_per_hour_minor < 0) return refuse(msg("A rate cannot be below zero."));
        if (auto cost = check_minor(rate.cost_per_hour_minor); !cost) return cost;
        if (auto charge = check_minor(rate.charge_per_hour_minor); !charge) return charge;
    }
    return ok();
}

Result<void> check_card(const RateCard& card) {
    if (auto named = check_name(card.name); !named) return named;
    if (auto by = check_text(card.agreed_by); !by) return by;
    if (card.agreed_on) {
        if (auto day = check_day(*card.agreed_on); !day) return day;
    }
    return check_rates(card.rates);
}

Result<void> check_line(const BudgetLine& line) {
    if (auto stage = check_stage(line.stage); !stage) return stage;
    if (line.label.size() > kMaxName) return refuse(msg("The name is too long."));
    if (auto label = check_text(line.label); !label) return label;
    if (auto minutes = check_minutes(line.minutes); !minutes) return minutes;
    if (auto rate = check_positive(line.cost_per_hour_minor); !rate) return rate;
    if (auto fixed = check_positive(line.fixed_minor); !fixed) return fixed;
    const bool hours = line.minutes != 0 || line.cost_per_hour_minor != 0;
    if (line.role ? line.fixed_minor != 0 : hours) return refuse(msg("A line is either hours of a role or a fixed sum."), line.label);
    const auto minor = line_minor(line);
    if (!minor) return tl::unexpected(minor.error());
    return check_minor(*minor);
}

Result<void> check_cost(const Cost& cost) {
    if (auto day = check_day(cost.day); !day) return day;
    if (auto stage = check_stage(cost.stage); !stage) return stage;
    if (cost.label.size() > kMaxName) return refuse(msg("The name is too long."));
    if (auto label = check_text(cost.label); !label) return label;
    if (auto amount = check_minor(cost.amount_minor); !amount) return amount;
    if (cost.minutes < -kMaxMinutes || cost.minutes > kMaxMinutes) return refuse(msg("These are more hours than a plan can hold."));
    if (!cost.role && cost.minutes != 0) return refuse(msg("Say whose hours these were."));
    if (cost.role && cost.commitment) return refuse(msg("An order is paid with a fixed cost, not with hours."));
    if (cost.role && cost.minutes == 0) return refuse(msg("Say how many hours it took."));
    if (cost.role && !cost.reverses && (cost.minutes < 0 || cost.amount_minor < 0)) {
        return refuse(msg("Hours that were wrong are taken back by reversing their entry."));
    }
    if (!cost.role && trim(cost.label).empty()) return refuse(msg("Say what the money was for."));
    if (!cost.role && cost.amount_minor == 0) return refuse(msg("An amount is needed."));
    return ok();
}

Result<void> check_commitment(const Commitment& commitment) {
    if (auto named = check_name(commitment.label); !named) return named;
    if (auto stage = check_stage(commitment.stage); !stage) return stage;
    if (auto day = check_day(commitment.ordered); !day) return day;
    if (commitment.amount_minor <= 0) return refuse(msg("An amount is needed."));
    return check_minor(commitment.amount_minor);
}

Result<void> check_override(const Override& forecast) {
    if (auto stage = check_stage(forecast.stage); !stage) return stage;
    if (trim(forecast.reason).empty()) return refuse(msg("Say why it will come to this."));
    if (auto reason = check_text(forecast.reason); !reason) return reason;
    if (auto by = check_name(forecast.by); !by) return refuse(msg("Say who reckons so."));
    if (auto day = check_day(forecast.on); !day) return day;
    return check_positive(forecast.at_completion_minor);
}

Result<void> check_proposal(const Proposal& proposal) {
    if (proposal.number <= 0) return refuse(msg("A version needs a number."));
    const std::size_t most = std::max({proposal.lines.size(), proposal.cuts.size(), proposal.programme.size(), proposal.steps.size()});
    if (most > kMaxListed) return refuse(msg("A proposal cannot hold that much."));
    if (auto contents = check_contents(proposal); !contents) return contents;
    if (auto terms = check_terms(proposal); !terms) return terms;
    if (proposal.valid_until) {
        if (auto day = check_day(*proposal.valid_until); !day) return day;
    }
    const auto priced = price(proposal);
    if (!priced) return tl::unexpected(priced.error());
    if (priced->net_minor < 0) return refuse(msg("More is given away than the proposal asks for."));
    return check_minor(priced->gross_minor);
}

Result<void> check_step(const Step& step) {
    if (auto day = check_day(step.on); !day) return day;
    if (auto who = check_name(step.who); !who) {
        return refuse(step.state == State::Sent ? msg("Write down who sent it.") : msg("Write down who answered."));
    }
    return check_text(step.note);
}

bool stands_before(const Override& a, const Override& b) { return a.stage != b.stage ? a.stage < b.stage : a.role < b.role; }

const Override* find_override(const Book& book, const std::string& stage, RoleId role) {
    for (const Override& one : book.overrides) {
        if (one.stage == stage && one.role == role) return &one;
    }
    return nullptr;
}

std::int32_t agreed_changes(const plan::Project& project) {
    return static_cast<std::int32_t>(std::count_if(project.changes.begin(), project.changes.end(), [](const change::Change& one) {
        return one.state == change::State::Agreed;
    }));
}

}  // namespace entente::money
