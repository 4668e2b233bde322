// What one version of a proposal has that another has not.
#include <algorithm>

#include "core/lookup.hpp"
#include "core/money/proposal.hpp"

namespace entente::money {

namespace {

class Comparison {
public:
    void number(Part part, std::int64_t before, std::int64_t after) {
        if (before == after) return;
        Difference one;
        one.part = part;
        one.before_n = before;
        one.after_n = after;
        out.push_back(std::move(one));
    }
    void line(const ProposalLine& line, Delta delta, std::int64_t before, std::int64_t after, std::string old_label) {
        Difference one;
        one.delta = delta;
        one.line = line.id;
        one.name = line.label;
        one.before = std::move(old_label);
        one.after = delta == Delta::Removed ? std::string() : line.label;
        one.before_n = before;
        one.after_n = after;
        out.push_back(std::move(one));
    }
    std::vector<Difference> out;
};

// Lines as the client is shown them, so that the differences of the lines explain the difference of the price.
void lines(Comparison& to, const Proposal& before, const Price& old_price, const Proposal& after, const Price& new_price) {
    for (std::size_t i = 0; i < after.lines.size(); ++i) {
        const ProposalLine& now = after.lines[i];
        const ProposalLine* was = by_id(before.lines, now.id);
        if (!was) {
            to.line(now, Delta::Added, 0, new_price.shown[i], {});
            continue;
        }
        const auto at = static_cast<std::size_t>(was - before.lines.data());
        if (!(*was == now) || old_price.shown[at] != new_price.shown[i]) {
            to.line(now, Delta::Changed, old_price.shown[at], new_price.shown[i], was->label);
        }
    }
    for (std::size_t i = 0; i < before.lines.size(); ++i) {
        if (!by_id(after.lines, before.lines[i].id)) {
            to.line(before.lines[i], Delta::Removed, old_price.shown[i], 0, before.lines[i].label);
        }
    }
}

void texts(Comparison& to, const Proposal& before, const Proposal& after) {
    for (std::size_t i = 0; i < kSections; ++i) {
        if (before.texts[i] == after.texts[i]) continue;
        Difference one;
        one.part = Part::Text;
        one.delta = before.texts[i].empty() ? Delta::Added : after.texts[i].empty() ? Delta::Removed : Delta::Changed;
        one.section = static_cast<Section>(i);
        one.before = before.texts[i];
        one.after = after.texts[i];
        to.out.push_back(std::move(one));
    }
}

void programme(Comparison& to, const Proposal& before, const Proposal& after) {
    const auto row = [](const std::vector<ProgrammeRow>& rows, TaskId task) {
        const auto found = std::find_if(rows.begin(), rows.end(), [task](const ProgrammeRow& one) { return one.task == task; });
        return found == rows.end() ? nullptr : &*found;
    };
    const auto put = [&](const ProgrammeRow& named, Delta delta, const ProgrammeRow* was, const ProgrammeRow* now) {
        Difference one;
        one.part = Part::Programme;
        one.delta = delta;
        one.name = named.name;
        one.before = was ? was->name : std::string();
        one.after = now ? now->name : std::string();
        one.before_n = was ? was->day.n : 0;
        one.after_n = now ? now->day.n : 0;
        to.out.push_back(std::move(one));
    };
    for (const ProgrammeRow& now : after.programme) {
        const ProgrammeRow* was = row(before.programme, now.task);
        if (!was || !(*was == now)) put(now, was ? Delta::Changed : Delta::Added, was, &now);
    }
    for (const ProgrammeRow& was : before.programme) {
        if (!row(after.programme, was.task)) put(was, Delta::Removed, &was, nullptr);
    }
}

void cuts(Comparison& to, const Proposal& before, const Proposal& after) {
    const auto put = [&](const ScopeCut& cut, Delta delta) {
        Difference one;
        one.part = Part::Cut;
        one.delta = delta;
        one.line = cut.line;
        one.name = cut.label;
        to.out.push_back(std::move(one));
    };
    const auto has = [](const std::vector<ScopeCut>& in, const ScopeCut& cut) { return std::find(in.begin(), in.end(), cut) != in.end(); };
    for (const ScopeCut& cut : after.cuts) {
        if (!has(before.cuts, cut)) put(cut, Delta::Added);
    }
    for (const ScopeCut& cut : before.cuts) {
        if (!has(after.cuts, cut)) put(cut, Delta::Removed);
    }
}

}  // namespace

Result<std::vector<Difference>> differences(const Proposal& before, const Proposal& after) {
    const auto old_price = price(before), new_price = price(after);
    if (!old_price) return tl::unexpected(old_price.error());
    if (!new_price) return tl::unexpected(new_price.error());
    Comparison to;
    lines(to, before, *old_price, after, *new_price);
    texts(to, before, after);
    programme(to, before, after);
    to.number(Part::Basis, static_cast<std::int64_t>(before.basis), static_cast<std::int64_t>(after.basis));
    to.number(Part::Overhead, before.overhead_basis_points, after.overhead_basis_points);
    to.number(Part::Profit, before.profit_basis_points, after.profit_basis_points);
    to.number(Part::Contingency, before.contingency_basis_points, after.contingency_basis_points);
    if (before.contingency_basis_points != 0 || after.contingency_basis_points != 0)
        to.number(Part::ContingencyShown, before.contingency_shown, after.contingency_shown);
    to.number(Part::Vat, before.vat_basis_points, after.vat_basis_points);
    to.number(Part::ValidUntil, before.valid_until ? before.valid_until->n : -1, after.valid_until ? after.valid_until->n : -1);
    cuts(to, before, after);
    to.number(Part::Goodwill, old_price->goodwill_minor, new_price->goodwill_minor);
    to.number(Part::Net, old_price->net_minor, new_price->net_minor);
    to.number(Part::Gross, old_price->gross_minor, new_price->gross_minor);
    return std::move(to.out);
}

}  // namespace entente::money
