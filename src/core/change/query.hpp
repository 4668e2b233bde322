// What a change would do: each promise's move, the price line by line, the contract value. Computed, never stored.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/lookup.hpp"
#include "core/model.hpp"
#include "core/plan/schedule.hpp"

namespace entente::change {

struct PromiseMove {
    PromiseId promise;
    TaskId task;
    Day promised, before, after;      // before, after: forecasts without and with the change
    std::int64_t moved_days = 0;      // working days the forecast moves
    std::int64_t late_days = 0;       // working days the new forecast lies beyond the promise; 0 or less: kept
};

struct PriceLine {
    std::string label;                // a task or a hand-entered line
    RoleId role;                      // none for a hand-entered line
    std::int64_t minutes = 0;         // of work
    std::int64_t internal_minor = 0;
    std::int64_t charge_minor = 0;    // without VAT
    bool stage_surcharge = false;     // what the multiplier of the stage `label` adds
};

// A trade, weighed: what is asked for and what is given up for it, both at what they are sold for, without VAT. Lines that even a
// trade out are not counted.
struct TradeWorth {
    std::int64_t asked_minor = 0, given_minor = 0;
    std::int64_t tolerance_minor = 0;  // they are worth the same where they differ by no more
    bool is_even(std::int64_t paid_minor = 0) const;  // paid: what the client pays beside what is given up
    friend bool operator==(const TradeWorth&, const TradeWorth&) = default;
};
// A twentieth of what is asked for, or an hour of the dearest work that is given up: trades are made in whole hours.
inline constexpr std::int64_t kTradeTolerance = 20;

struct Impact {
    std::vector<PromiseMove> promises;
    Day finish_before, finish_after;
    std::int64_t finish_moved_days = 0;
    std::vector<PriceLine> lines;
    std::int64_t worth_minor = 0;     // what the lines add up to, without VAT
    std::int64_t internal_minor = 0;
    std::int64_t charge_minor = 0;    // what the client pays without VAT: nothing for what is ours to fix or in scope, else its worth
    std::int64_t vat_minor = 0;
    std::int32_t stage_permille = 1000;  // the house's multiplier for the stage the project stood in
    std::int64_t contract_before_minor = 0, contract_after_minor = 0;  // without VAT
    ChangeId replaced;                // the agreed or absorbed change whose edits and price leave; none: it supersedes none
    std::int64_t replaced_minor = 0;  // what was agreed for it
    TradeWorth trade;                 // of an option that trades
    plan::Schedule after;             // the schedule with the change, rows parallel to `project_after.tasks`
    plan::Project project_after;      // the plan with the edits applied
    std::vector<plan::ScheduleWarning> warnings;
};

// True where no promise that would have been kept is broken, and none that was late gets later.
bool holds_promises(const Impact& impact);

// The project with the edits applied. Pure; edits whose task is gone are refused (NotFound). By value: a plan that is given away is
// not copied.
Result<plan::Project> with_edits(plan::Project project, const std::vector<PlanEdit>& edits);

// The project with the edits of an agreed change taken out again; with_edits' exact inverse.
plan::Project without_edits(plan::Project project, const std::vector<PlanEdit>& edits);
// The plan that a change's edits go into: without those of the agreed change whose place it takes.
plan::Project plan_under(const plan::Project& project, const Change& change);

// The agreed or absorbed change that took its place; null while it stands.
const Change* superseded_by(const plan::Project& project, const Change& change);
// The one whose place `change` takes, or would take; null where it supersedes none, or where that one does not stand any more.
const Change* supersedes(const plan::Project& project, const Change& change);
// All that were superseded, for whoever goes through every change.
IdSet<ChangeId> all_superseded(const plan::Project& project);

// Fails where an edit cannot be applied, makes a loop, or the price overflows.
Result<Impact> impact(const Model& model, const plan::Project& project, const Change& change);
// The same where the project's schedule is known: `before` is compute_schedule(project).
Result<Impact> impact(const Model& model, const plan::Project& project, const plan::Schedule& before, const Change& change);
// The same of one of its options; a trade is weighed.
Result<Impact> option_impact(const Model& model, const plan::Project& project, const plan::Schedule& before, const Change& change,
                             const Option& option);
Result<TradeWorth> weigh_trade(const Model& model, const plan::Project& project, const Change& change, const Option& option);

// "CR-007"
std::string display_number(std::int32_t number);
// The number of the next change that is written: one more than the highest there is.
std::int32_t next_number(const plan::Project& project);

// base fee + agreed changes that stand, without VAT.
std::int64_t contract_value_minor(const plan::Project& project);
// The goodwill ledger: the worth of what was absorbed, without VAT.
std::int64_t goodwill_minor(const plan::Project& project);

// True where the client pays for a request of this kind.
bool is_charged(Kind kind);

// The change as it would be with this option: its edits, lines and quality are the option's.
Change as_option(const Change& change, const Option& option);
const Option* find_option(const Change& change, OptionId id);
// What an outcome put into the plan: the edits of the option that was agreed, or the change's own.
const std::vector<PlanEdit>& outcome_edits(const Change& change, const Outcome& outcome);

// The stage a project stands in on a day: that of the task that began last by then; empty before the first.
std::string stage_at(const plan::Project& project, const plan::Schedule& schedule, Day day);
std::int32_t stage_permille(const house::Terms& terms, std::string_view stage);

// A statement in plain words, positive first: what is possible, what it moves, what it costs, by when to decide.
std::vector<Message> statement(const plan::Project& project, const Change& change, const Impact& impact);

// A Reopen edit of `minutes` for a task: the new work takes over the task's predecessors and the roles that worked on
// them. Where the task was already reached, the new work starts no earlier than the day it was asked. `link_ids` holds
// reopen_links(project, task) new ids.
Reopen make_reopen(const plan::Project& project, TaskId task, std::int64_t minutes, std::string name, Day asked_on,
                   TaskId work_id, const std::vector<LinkId>& link_ids);
// How many link ids make_reopen needs for this task.
std::size_t reopen_links(const plan::Project& project, TaskId task);

// A Drop edit for a task of `project`, which has the earlier edits of the list: each way through the task becomes a link of its own,
// with both lags, where its two ends are not linked already and the way does not lead through the task's length alone.
Drop make_drop(const plan::Project& project, TaskId task, const std::function<std::uint64_t()>& next_id);
// Why it cannot be left out, or nothing.
Result<void> check_drop(const plan::Project& project, TaskId task);

}  // namespace entente::change
