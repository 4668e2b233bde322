#include "core/money/proposal.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/lookup.hpp"
#include "core/plan/query.hpp"
#include "core/rules.hpp"

namespace entente::money {

namespace {

__extension__ using Wide = __int128;

tl::unexpected<Error> too_large(const std::string& where) {
    return fail(ErrorCode::Overflow, msg("The amount is too large."), where, msg("Look for a rate or an amount that was mistyped."));
}

// A line at one of its two rates; none on overflow.
std::optional<std::int64_t> at_rate(const ProposalLine& line, std::int64_t rate_minor) {
    if (line.kind == LineKind::Fixed) return rate_minor;
    std::int64_t minutes = 0;
    if (__builtin_mul_overflow(line.minutes, std::int64_t{line.people}, &minutes)) return std::nullopt;
    return times_minutes(rate_minor, minutes);
}

// Shares `extra` out over `weights` in proportion, to the last penny: each gets the whole part of its share, and what is left
// over goes to the largest remainders (Hamilton's method). Weights and extra are >= 0.
std::vector<std::int64_t> shared_out(const std::vector<std::int64_t>& weights, std::int64_t total, std::int64_t extra) {
    std::vector<std::int64_t> out = weights;
    if (total <= 0 || extra <= 0) return out;
    std::vector<std::pair<std::int64_t, std::size_t>> remainders;
    std::int64_t left = extra;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = static_cast<Wide>(weights[i]) * extra;
        const auto share = static_cast<std::int64_t>(product / total);
        out[i] += share;
        left -= share;
        remainders.emplace_back(static_cast<std::int64_t>(product % total), i);
    }
    std::stable_sort(remainders.begin(), remainders.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; left > 0; ++i, --left) ++out[remainders[i].second];
    return out;
}

// The sums of a price; `add` fails once for all.
struct Adding {
    bool good = true;
    std::int64_t plus(std::int64_t a, std::int64_t b) {
        const auto sum = checked_add(a, b);
        good = good && sum;
        return sum.value_or(0);
    }
    std::int64_t percent(std::int64_t minor, std::int64_t basis_points) {
        const auto part = times_basis_points(minor, basis_points);
        good = good && part;
        return part.value_or(0);
    }
};

const ProposalLine* find_line(const Proposal& proposal, ProposalLineId id) { return by_id(proposal.lines, id); }

// What is left of a line in the next version, at the rate it had: a lower rate takes nothing out of the scope.
std::int64_t left_of(const ProposalLine& was, const ProposalLine* is, std::int64_t ProposalLine::*rate) {
    if (!is) return 0;
    return at_rate(*is, is->kind == LineKind::Fixed ? is->*rate : was.*rate).value_or(0);
}

// What leaves the scope of a line; 0 where it holds as much as before.
std::int64_t out_of(const ProposalLine& was, const ProposalLine* is, std::int64_t ProposalLine::*rate) {
    return std::max<std::int64_t>(0, at_rate(was, was.*rate).value_or(0) - left_of(was, is, rate));
}

}  // namespace

Result<Price> price(const Proposal& proposal) {
    Price out;
    Adding adding;
    for (const ProposalLine& line : proposal.lines) {
        const auto cost = at_rate(line, line.cost_minor), sold = at_rate(line, line.sold_minor);
        if (!cost || !sold) return too_large(line.label);
        out.lines.push_back(proposal.basis == Basis::Cost ? *cost : *sold);
        out.subtotal_minor = adding.plus(out.subtotal_minor, out.lines.back());
        out.cost_minor = adding.plus(out.cost_minor, *cost);
    }
    out.overhead_minor = adding.percent(out.subtotal_minor, proposal.overhead_basis_points);
    const std::int64_t with_overhead = adding.plus(out.subtotal_minor, out.overhead_minor);
    out.profit_minor = adding.percent(with_overhead, proposal.profit_basis_points);
    const std::int64_t with_profit = adding.plus(with_overhead, out.profit_minor);
    out.contingency_minor = adding.percent(with_profit, proposal.contingency_basis_points);
    out.goodwill_minor = proposal.goodwill.amount_minor;
    out.net_minor = adding.plus(adding.plus(with_profit, out.contingency_minor), -out.goodwill_minor);
    out.vat_minor = adding.percent(out.net_minor, proposal.vat_basis_points);
    out.gross_minor = adding.plus(out.net_minor, out.vat_minor);
    out.margin.minor = adding.plus(out.net_minor, -out.cost_minor);
    out.margin.basis_points = basis_points_of(out.margin.minor, out.net_minor);
    if (!adding.good) return too_large({});
    const std::int64_t inside = proposal.contingency_shown ? 0 : out.contingency_minor;
    out.shown = shared_out(out.lines, out.subtotal_minor, with_profit - out.subtotal_minor + inside);
    return out;
}

Proposal next_version(const Model& model, const plan::Project& project, ProposalId id) {
    Proposal out;
    const auto& versions = project.money.proposals;
    if (!versions.empty()) {
        out = versions.back();
        out.cuts.clear();
        out.steps.clear();
        out.valid_until.reset();
    } else {
        out.contingency_basis_points = model.house.money.contingency_basis_points;
        out.vat_basis_points = model.house.vat_basis_points;
    }
    out.id = id;
    out.number = versions.empty() ? 1 : versions.back().number + 1;
    out.programme = programme_of(project);
    return out;
}

Result<std::vector<ProposalLine>> lines_from_plan(const Model& model, const plan::Project& project,
                                                  const std::function<std::uint64_t()>& next_id) {
    const auto budget = budget_from_plan(model, project, next_id);
    if (!budget) return tl::unexpected(budget.error());
    std::vector<ProposalLine> out;
    for (const BudgetLine& line : budget->lines) {
        if (!line.role || line.minutes <= 0) continue;
        const Rate rate = rate_of(model, project, line.role);
        const house::Role* role = find_role(model, line.role);
        out.push_back({ProposalLineId{next_id()}, LineKind::Work, line.stage, line.role, role ? role->name : line.label, 1,
                       line.minutes, rate.cost_per_hour_minor, rate.charge_per_hour_minor});
    }
    return out;
}

std::vector<ProgrammeRow> programme_of(const plan::Project& project) {
    std::vector<ProgrammeRow> out;
    const auto schedule = plan::compute_schedule(project);
    if (!schedule) return out;
    for (std::size_t i = 0; i < project.tasks.size() && i < schedule->rows.size(); ++i) {
        const plan::Task& task = project.tasks[i];
        if (!task.active || task.kind != plan::TaskKind::Milestone) continue;
        const bool promised = std::any_of(project.promises.begin(), project.promises.end(), [&](const plan::Promise& one) {
            return one.task == task.id && one.client_visible;
        });
        if (task.client_visible || promised) out.push_back({task.id, task.name, plan::finish_day(schedule->rows[i])});
    }
    std::stable_sort(out.begin(), out.end(), [](const ProgrammeRow& a, const ProgrammeRow& b) { return a.day < b.day; });
    return out;
}

const Proposal* find_proposal(const Book& book, ProposalId id) { return by_id(book.proposals, id); }

const Proposal* previous_of(const Book& book, const Proposal& proposal) {
    const Proposal* before = nullptr;
    for (const Proposal& one : book.proposals) {
        if (one.number < proposal.number) before = &one;
    }
    return before;
}

bool superseded(const Book& book, const Proposal& proposal) {
    if (state_of(proposal) != State::Sent) return false;
    return std::any_of(book.proposals.begin(), book.proposals.end(),
                       [&](const Proposal& one) { return one.number > proposal.number && !one.steps.empty(); });
}

std::vector<Section> gaps(const Proposal& proposal) {
    std::vector<Section> out;
    for (std::size_t i = 0; i < kSections; ++i) {
        const auto section = static_cast<Section>(i);
        const bool filled = !trim(proposal.texts[i]).empty() || (section == Section::Fees && !proposal.lines.empty()) ||
                            (section == Section::Programme && !proposal.programme.empty());
        if (!filled) out.push_back(section);
    }
    return out;
}

Result<std::int64_t> cut_worth_minor(const Model& model, const plan::Project& project, const Proposal& before, const Proposal& now) {
    const auto priced = price(before);
    if (!priced) return tl::unexpected(priced.error());
    const bool sold = before.basis == Basis::Sold;
    std::int64_t sum = 0;
    std::vector<ScopeCut> counted = before.cuts;  // nothing leaves twice
    for (const ScopeCut& cut : now.cuts) {
        const auto same = [&](const ScopeCut& one) { return one.line == cut.line && one.task == cut.task; };
        if (std::any_of(counted.begin(), counted.end(), same)) continue;
        counted.push_back(cut);
        if (const ProposalLine* was = find_line(before, cut.line)) {
            const auto rate = sold ? &ProposalLine::sold_minor : &ProposalLine::cost_minor;
            const std::int64_t out = out_of(*was, find_line(now, cut.line), rate);
            sum = checked_add(sum, out).value_or(sum);
        } else if (const plan::Task* task = find_task(project, cut.task)) {
            for (const plan::Assignment& assignment : task->assignments) {
                const Rate rate = rate_of(model, project, assignment.role);
                const auto minor = times_minutes(sold ? rate.charge_per_hour_minor : rate.cost_per_hour_minor,
                                                 planned_minutes(*task, assignment).value_or(0));
                sum = checked_add(sum, minor.value_or(0)).value_or(sum);
            }
        }
    }
    if (priced->subtotal_minor <= 0) return sum;
    // The percentages that stand on every line, in proportion.
    const Wide whole = static_cast<Wide>(sum) * (priced->net_minor + priced->goodwill_minor) / priced->subtotal_minor;
    if (whole > INT64_MAX) return too_large({});
    return static_cast<std::int64_t>(whole);
}

namespace {

// Each cut names something that the version before held, and that this one holds less of.
Result<void> check_cuts(const plan::Project& project, const Proposal* before, const Proposal& now) {
    for (const ScopeCut& cut : now.cuts) {
        const ProposalLine* was = before ? find_line(*before, cut.line) : nullptr;
        const ProposalLine* is = find_line(now, cut.line);
        const bool less =
            was && (!is || out_of(*was, is, &ProposalLine::sold_minor) > 0 || out_of(*was, is, &ProposalLine::cost_minor) > 0);
        const bool task = cut.task && find_task(project, cut.task);
        if (!less && !task) return refuse(msg("\u201C{0}\u201D takes nothing out of the scope.", cut.label));
    }
    return ok();
}

}  // namespace

Result<void> check_lower_price(const Model& model, const plan::Project& project, const Proposal* before, const Proposal& now) {
    if (auto cuts = check_cuts(project, before, now); !cuts) return cuts;
    if (!before) return ok();
    const auto old_price = price(*before), new_price = price(now);
    if (!old_price) return tl::unexpected(old_price.error());
    if (!new_price) return tl::unexpected(new_price.error());
    const std::int64_t drop = old_price->net_minor - new_price->net_minor;
    if (drop <= 0) return ok();
    const auto cut = cut_worth_minor(model, project, *before, now);
    if (!cut) return tl::unexpected(cut.error());
    const std::int64_t given = now.goodwill.amount_minor - before->goodwill.amount_minor;
    const bool allowed = given > 0 && !trim(now.goodwill.allowed_by).empty();
    const std::int64_t explained = checked_add(*cut, allowed ? given : 0).value_or(drop);
    const std::int64_t tolerance = now.cuts.empty() ? 0 : drop / kCutTolerance;
    if (explained + tolerance >= drop) return ok();
    const Message remedy = msg("Name what leaves the scope, or record it as goodwill with the person who allowed it.");
    if (now.cuts.empty()) {
        return refuse(msg("This version costs {0} less than the one before, and nothing says why.", Money{drop, project.currency}), {},
                      remedy);
    }
    return refuse(msg("This version costs {0} less than the one before; what leaves the scope is worth {1}.",
                      Money{drop, project.currency}, Money{*cut, project.currency}),
                  {}, remedy);
}

}  // namespace entente::money
