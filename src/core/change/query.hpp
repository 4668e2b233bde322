// What a change would do: each promise's move, the price line by line, the contract value. Computed, never stored.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
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
};

struct Impact {
    std::vector<PromiseMove> promises;
    Day finish_before, finish_after;
    std::int64_t finish_moved_days = 0;
    std::vector<PriceLine> lines;
    std::int64_t internal_minor = 0, charge_minor = 0, vat_minor = 0;
    std::int64_t contract_before_minor = 0, contract_after_minor = 0;  // without VAT
    plan::Schedule after;             // the schedule with the change, rows parallel to `project_after.tasks`
    plan::Project project_after;      // the plan with the edits applied
    std::vector<plan::ScheduleWarning> warnings;
};

// The project with the edits applied. Pure; edits whose task is gone are refused (NotFound).
Result<plan::Project> with_edits(const plan::Project& project, const std::vector<PlanEdit>& edits);

// The project with the edits of an agreed change taken out again; with_edits' exact inverse.
plan::Project without_edits(const plan::Project& project, const std::vector<PlanEdit>& edits);

// Fails where an edit cannot be applied, makes a loop, or the price overflows.
Result<Impact> impact(const Model& model, const plan::Project& project, const Change& change);

// "CR-007"
std::string display_number(std::int32_t number);

// base fee + agreed changes, without VAT.
std::int64_t contract_value_minor(const plan::Project& project);

// A statement in plain words, positive first: what is possible, what it moves, what it costs, by when to decide.
std::vector<Message> statement(const plan::Project& project, const Change& change, const Impact& impact);

// A Reopen edit of `minutes` for a task: the new work takes over the task's predecessors and the roles that worked on
// them. Where the task was already reached, the new work starts no earlier than the day it was asked. `link_ids` holds
// reopen_links(project, task) new ids.
Reopen make_reopen(const plan::Project& project, TaskId task, std::int64_t minutes, std::string name, Day asked_on,
                   TaskId work_id, const std::vector<LinkId>& link_ids);
// How many link ids make_reopen needs for this task.
std::size_t reopen_links(const plan::Project& project, TaskId task);

}  // namespace entente::change
