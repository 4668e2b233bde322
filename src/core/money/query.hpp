// Questions about a project's money, answered to the penny: what it should cost, has cost and will cost, by stage and by role,
// what it is sold for, what is left. Computed, never stored.
//
// Every product and every percentage is rounded once, half away from zero (base/money.hpp), and everything else is a sum, so
// that each table's total is exactly the sum of its rows. Errors are Overflow, with the sentence to show. VAT is nowhere in
// here: it is the client's, and stands apart in price() of proposal.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/model.hpp"
#include "core/money/command.hpp"

namespace entente::money {

// The card that counts: the project's last one; none where it has none.
const RateCard* current_card(const Book& book);
// What an hour of the role costs and is sold for here: the project's card, else the house's. A role nobody knows costs nothing.
Rate rate_of(const Model& model, const plan::Project& project, RoleId role);
// Every role of the house at the rate it has in this project: what AgreeRates freezes.
std::vector<Rate> whole_card(const Model& model, const plan::Project& project);

// Minutes of work that an assignment of a task takes, as planned and as still to do. None on overflow.
std::optional<std::int64_t> planned_minutes(const plan::Task& task, const plan::Assignment& assignment);
std::optional<std::int64_t> remaining_minutes(const plan::Task& task, const plan::Assignment& assignment);

// What a line comes to.
Result<std::int64_t> line_minor(const BudgetLine& line);

// The starting budget: a line for each stage and role that the plan's assignments name, at today's rates; fixed sums that
// stand in the budget stay. A line for the same stage and role keeps its id. `next_id` gives ids for the others.
Result<SetBudget> budget_from_plan(const Model& model, const plan::Project& project, const std::function<std::uint64_t()>& next_id);

// An hour entry at the rate of the day it is written down. Refused where the amount is too large.
Result<Cost> time_entry(const Model& model, const plan::Project& project, Cost draft);
// The entry that takes `wrong` back, complete but for its id, day and label.
Cost reversal_of(const Cost& wrong);
// The entry that has reversed it; none where none has.
const Cost* reversed_by(const Book& book, CostId cost);

// What of an order is still to be paid: never below zero, nothing once it is closed.
std::int64_t open_minor(const Book& book, const Commitment& commitment);

// variance = budget - forecast: what is left over; negative where it will cost more.
struct Figures {
    std::int64_t budget_minor = 0;
    std::int64_t actual_minor = 0;
    std::int64_t committed_minor = 0;   // ordered and not yet paid
    std::int64_t remaining_minor = 0;   // planned and neither spent nor ordered
    std::int64_t forecast_minor = 0;    // at completion
    std::int64_t variance_minor = 0;
    friend bool operator==(const Figures&, const Figures&) = default;
};

// One stage's role, or one stage's fixed costs (no role). forecast = actual + committed + remaining; where a person has put a
// figure of their own it is that one, but never less than what is already spent.
struct Cell {
    std::string stage;
    RoleId role;
    Figures figures;
    std::int64_t budget_minutes = 0, actual_minutes = 0, remaining_minutes = 0;
    bool overridden = false;
};
struct StageRow {
    std::string stage;
    Figures figures;
};
struct RoleRow {
    RoleId role;  // none: fixed costs
    Figures figures;
};

struct Margin {
    std::int64_t minor = 0;
    std::optional<std::int64_t> basis_points;  // of the contract value; none where that is 0
    friend bool operator==(const Margin&, const Margin&) = default;
};

struct Report {
    std::vector<Cell> cells;            // by stage as the plan has them, then by role as the house has them
    std::vector<StageRow> stages;
    std::vector<RoleRow> roles;
    // What agreed changes were to cost us, where the budget's lines do not hold it yet. Part of the total's budget only: their
    // work is in the plan, so actuals and forecast stand in its stages.
    std::int64_t changes_budget_minor = 0;
    Figures total;                      // the sum of `cells` and `changes_budget_minor`
    std::int64_t contract_minor = 0;    // change::contract_value_minor
    std::int64_t base_fee_minor = 0, agreed_changes_minor = 0;  // which it is the sum of
    std::int64_t absorbed_minor = 0;    // goodwill: changes done for nothing
    std::int64_t price_goodwill_minor = 0;  // goodwill: taken off the accepted proposal
    std::optional<Margin> at_budget;    // contract - budget; none while there is no budget
    Margin at_forecast;                 // contract - forecast
};

// Fails where a sum is larger than can be held.
Result<Report> report(const Model& model, const plan::Project& project);

}  // namespace entente::money
