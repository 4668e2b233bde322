// A fee proposal's price, and what one version has that another has not. Computed, never stored.
//
// work     = people x minutes x rate / 60, rounded once for each line; a fixed sum is itself
// subtotal = the sum of the lines
// overhead = subtotal x overhead; profit = (subtotal + overhead) x profit
// contingency = (subtotal + overhead + profit) x contingency
// net      = subtotal + overhead + profit + contingency - goodwill; VAT = net x VAT; gross = net + VAT
// Each percentage is rounded once, half away from zero. Errors are Overflow.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/model.hpp"
#include "core/money/query.hpp"

namespace entente::money {

struct Price {
    std::vector<std::int64_t> lines;    // parallel to Proposal::lines, before overhead and profit
    std::int64_t subtotal_minor = 0, overhead_minor = 0, profit_minor = 0, contingency_minor = 0, goodwill_minor = 0;
    std::int64_t net_minor = 0, vat_minor = 0, gross_minor = 0;
    // What the client is shown for each line: overhead, profit and a contingency that is not shown are spread over the lines in
    // proportion, so that they add up to all of these to the penny (largest remainder; of equal ones the earlier line).
    std::vector<std::int64_t> shown;
    std::int64_t cost_minor = 0;        // internal: the lines at what they cost us
    Margin margin;                      // internal: net - cost
};
Result<Price> price(const Proposal& proposal);

// A new draft after `project`'s last version: its lines, texts and terms, or the house's percentages where it is the first. The
// programme is the plan's.
Proposal next_version(const Model& model, const plan::Project& project, ProposalId id);
// A line for each stage and role that the plan's assignments name, one person each. `next_id` gives their ids.
Result<std::vector<ProposalLine>> lines_from_plan(const Model& model, const plan::Project& project,
                                                  const std::function<std::uint64_t()>& next_id);
// The milestones that the client may see or that we gave our word on, with the dates the plan has for them, by date.
std::vector<ProgrammeRow> programme_of(const plan::Project& project);

const Proposal* find_proposal(const Book& book, ProposalId id);
// The version before it; none for the first.
const Proposal* previous_of(const Book& book, const Proposal& proposal);
// Sent and still open, but a later version was sent: it cannot be accepted any more.
bool superseded(const Book& book, const Proposal& proposal);
// The texts that are still empty: shown as gaps until they are filled.
std::vector<Section> gaps(const Proposal& proposal);

enum class Part : std::uint8_t {
    Line, Text, Basis, Overhead, Profit, Contingency, Vat, Goodwill, Cut, Programme, ValidUntil, Net, Gross, ContingencyShown
};
enum class Delta : std::uint8_t { Added, Removed, Changed };
// One difference. Texts stand in `before` and `after`; amounts and percentages in `before_n` and `after_n` (minor units, basis
// points, days).
struct Difference {
    Part part = Part::Line;
    Delta delta = Delta::Changed;
    ProposalLineId line;
    Section section = Section::Summary;
    std::string name;                   // a line's or a milestone's
    std::string before, after;
    std::int64_t before_n = 0, after_n = 0;
    friend bool operator==(const Difference&, const Difference&) = default;
};
// Line by line, text by text, term by term, and the totals last. Empty where both offer the same.
Result<std::vector<Difference>> differences(const Proposal& before, const Proposal& after);

// What the named cuts take off the version before, without VAT, its percentages included: lines by the hours (or the fixed sum) that
// are gone, at the rate they had; tasks of the plan at what they are sold for (or cost, as the proposal is built). Each counts
// once. Errors are Overflow.
Result<std::int64_t> cut_worth_minor(const Model& model, const plan::Project& project, const Proposal& before, const Proposal& now);
// Whether a version may be priced as it is after the one before it: lower only by what leaves the scope, to within kCutTolerance
// of the drop, and by goodwill with the person who allowed it. Also refuses a cut that cuts nothing.
Result<void> check_lower_price(const Model& model, const plan::Project& project, const Proposal* before, const Proposal& now);
inline constexpr std::int64_t kCutTolerance = 20;  // a twentieth

}  // namespace entente::money
