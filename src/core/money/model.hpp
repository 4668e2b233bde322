// Money of a project: rate cards, the budget, what was spent, what was ordered, what we think it will come to, and the fee
// proposals. Plain values in whole minor units of the project's currency, without VAT unless a name says so.
//
// Invariants (check() keeps them): ids are unique in the workspace; a rate card that was agreed is never edited, and only the
// last one may be open; what was spent is a fact, corrected by an entry that reverses it and never edited; a proposal that was
// sent is never edited, only the last version may be a draft, and at most one version is accepted. Totals, forecasts and
// margins are derived by money/query.hpp and never stored. All of it is internal but what report/proposal.hpp shows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace entente::money {

// What the house adds to its costs where nothing else was agreed, in basis points (1250 is 12.5 %).
struct Defaults {
    std::int64_t overhead_basis_points = 0;
    std::int64_t profit_basis_points = 0;
    std::int64_t contingency_basis_points = 0;
    friend bool operator==(const Defaults&, const Defaults&) = default;
};

// What an hour of a role costs us and is sold for in this project, in place of the house's rate.
struct Rate {
    RoleId role;
    std::int64_t cost_per_hour_minor = 0;
    std::int64_t charge_per_hour_minor = 0;
    friend bool operator==(const Rate&, const Rate&) = default;
};

struct RateCard {
    RateCardId id;
    std::string name;
    std::vector<Rate> rates;          // each role at most once
    std::optional<Day> agreed_on;     // frozen from then on; a new card supersedes it
    std::string agreed_by;
    friend bool operator==(const RateCard&, const RateCard&) = default;
};

// Hours at what they cost us, or a fixed sum. The rate was resolved when the line was written.
struct BudgetLine {
    BudgetLineId id;
    std::string stage;                // as Task::stage; empty: no stage
    RoleId role;                      // none: a fixed sum
    std::string label;
    std::int64_t minutes = 0;         // of the role
    std::int64_t cost_per_hour_minor = 0;
    std::int64_t fixed_minor = 0;     // where there is no role
    friend bool operator==(const BudgetLine&, const BudgetLine&) = default;
};

// What was really spent: hours of a role on a day, or an invoice. Its amount was resolved when it was written down.
struct Cost {
    CostId id;
    Day day;
    std::string stage;
    RoleId role;                      // none: a fixed cost
    TaskId task;                      // none: not of one task
    std::int64_t minutes = 0;
    std::int64_t amount_minor = 0;
    std::string label;                // what, or who
    CommitmentId commitment;          // the order it pays for, where it does
    CostId reverses;                  // the entry this one takes back: everything the same, minutes and amount negative
    friend bool operator==(const Cost&, const Cost&) = default;
};

// What we have ordered and must pay for: it counts in the forecast until the invoices have used it up, or it is closed.
struct Commitment {
    CommitmentId id;
    std::string stage;
    std::string label;                // what, from whom
    Day ordered;
    std::int64_t amount_minor = 0;
    bool closed = false;              // nothing more will come of it
    friend bool operator==(const Commitment&, const Commitment&) = default;
};

// A person's own figure for what a stage's role, or its fixed costs, will come to in the end.
struct Override {
    std::string stage;
    RoleId role;                      // none: the stage's fixed costs
    std::int64_t at_completion_minor = 0;
    std::string reason;
    std::string by;
    Day on;
    friend bool operator==(const Override&, const Override&) = default;
};

enum class LineKind : std::uint8_t { Work, Fixed };
// Sold: rates as they are sold, with overhead and profit inside them. Cost: rates as they cost us, overhead and profit on top.
enum class Basis : std::uint8_t { Sold, Cost };
enum class State : std::uint8_t { Draft, Sent, Accepted, Declined, Withdrawn };
enum class Section : std::uint8_t { Summary, ClientNeeds, ProjectIssues, Benefits, Experience, Conditions, Method, Fees, Programme };
inline constexpr std::size_t kSections = 9;

// people x minutes x rate, or a fixed sum. `cost` and `sold` are for an hour of one person, or the whole of a fixed sum. The
// same line in a later version keeps its id.
struct ProposalLine {
    ProposalLineId id;
    LineKind kind = LineKind::Work;
    std::string stage;
    RoleId role;                      // none for a fixed sum
    std::string label;                // the client reads it
    std::int32_t people = 1;
    std::int64_t minutes = 0;         // of each of them
    std::int64_t cost_minor = 0;      // internal
    std::int64_t sold_minor = 0;
    friend bool operator==(const ProposalLine&, const ProposalLine&) = default;
};

// Something the previous version held and this one does not: a line of it, or a task of the plan.
struct ScopeCut {
    ProposalLineId line;
    TaskId task;
    std::string label;                // the client reads it
    friend bool operator==(const ScopeCut&, const ScopeCut&) = default;
};

// Taken off the price without taking anything away.
struct Goodwill {
    std::int64_t amount_minor = 0;
    std::string allowed_by;           // of the house
    std::string reason;
    friend bool operator==(const Goodwill&, const Goodwill&) = default;
};

struct ProgrammeRow {
    TaskId task;
    std::string name;
    Day day;
    friend bool operator==(const ProgrammeRow&, const ProgrammeRow&) = default;
};

// What became of a version, and when. The first step is that it was sent.
struct Step {
    State state = State::Sent;
    Day on;
    std::string who;                  // sent by, or answered by
    std::string note;
    std::int64_t fee_before_minor = 0;  // Accepted: the project's fee until then
    std::int32_t agreed_before = 0;     // Accepted: how many changes were agreed by then
    friend bool operator==(const Step&, const Step&) = default;
};

// One version of the offer. A draft has no steps.
struct Proposal {
    ProposalId id;
    std::int32_t number = 0;          // 1, 2, 3: the versions of this project's offer
    Basis basis = Basis::Sold;
    std::vector<ProposalLine> lines;
    std::int64_t overhead_basis_points = 0;    // 0 where the basis is Sold
    std::int64_t profit_basis_points = 0;
    std::int64_t contingency_basis_points = 0;
    std::int64_t vat_basis_points = 0;
    Goodwill goodwill;
    std::vector<ScopeCut> cuts;
    std::array<std::string, kSections> texts;  // by Section
    std::vector<ProgrammeRow> programme;       // as the plan had it when it was last taken over
    std::optional<Day> valid_until;
    std::vector<Step> steps;
    bool contingency_shown = false;            // the client reads it as a line of its own; else it stands inside the lines' prices
    friend bool operator==(const Proposal&, const Proposal&) = default;
};

inline State state_of(const Proposal& proposal) { return proposal.steps.empty() ? State::Draft : proposal.steps.back().state; }

struct Book {
    std::vector<RateCard> cards;               // oldest first; the last one counts
    std::vector<BudgetLine> budget;
    std::vector<ChangeId> budget_includes;     // agreed changes whose work the budget's lines already hold
    std::vector<Cost> costs;                   // in the order they were written down
    std::vector<Commitment> commitments;
    std::vector<Override> overrides;           // by stage, then role
    std::vector<Proposal> proposals;           // by number
    friend bool operator==(const Book&, const Book&) = default;
};

}  // namespace entente::money
