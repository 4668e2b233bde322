// What a change would do to the promises and to the price.
#include <algorithm>
#include <cstdlib>

#include "core/change/parts.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/money/query.hpp"
#include "core/plan/query.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

// What an edit is paid for: minutes at the ordinary rate, and minutes at a premium.
struct Work {
    std::string label;
    const std::vector<plan::Assignment>* assignments = nullptr;
    std::int64_t minutes = 0;
    std::int64_t premium_minutes = 0;
    std::int32_t premium_permille = 1000;
    const plan::Task* left_out = nullptr;  // as much as each assignment of it was planned for is given up
};

Work work_of(const plan::Project& after, const Lengthen& edit) {
    const plan::Task* task = find_task(after, edit.task);
    return task ? Work{task->name, &task->assignments, edit.minutes} : Work{};
}
Work work_of(const plan::Project&, const Reopen& edit) { return {edit.work.name, &edit.work.assignments, edit.work.duration_minutes}; }
Work work_of(const plan::Project&, const AddWork& edit) { return {edit.work.name, &edit.work.assignments, edit.work.duration_minutes}; }
// What is saved was paid for already; the premium hours take its place.
Work work_of(const plan::Project& after, const Crash& edit) {
    const plan::Task* task = find_task(after, edit.task);
    return task ? Work{task->name, &task->assignments, -edit.saved_minutes, edit.paid_minutes, edit.premium_permille} : Work{};
}
Work work_of(const plan::Project&, const Constrain&) { return {}; }
Work work_of(const plan::Project& after, const Drop& edit) {
    const plan::Task* task = find_task(after, edit.task);
    return task ? Work{task->name, &task->assignments, -task->duration_minutes, 0, 1000, task} : Work{};
}

Error too_large() { return Error{ErrorCode::Overflow, msg("The amount is too large."), {}, {}}; }

std::int64_t ordinary_minutes(const Work& work, const plan::Assignment& assignment) {
    if (work.left_out) return -money::planned_minutes(*work.left_out, assignment).value_or(0);
    return work.minutes * assignment.units_permille / 1000;
}

// Rate x units x (ordinary minutes + premium minutes x premium), rounded once.
std::optional<std::int64_t> amount(std::int64_t per_hour_minor, const Work& work, const plan::Assignment& assignment) {
    const std::int64_t extra = work.premium_minutes * assignment.units_permille / 1000;
    return times_minutes(per_hour_minor, ordinary_minutes(work, assignment) + extra * work.premium_permille / 1000);
}

// One line for each role that works on an edit.
Result<void> add_work_lines(const Model& model, const plan::Project& project, const Work& work, Impact& impact) {
    if (!work.assignments || (work.minutes == 0 && work.premium_minutes == 0)) return ok();
    if (work.assignments->empty()) {
        impact.warnings.push_back({msg("Nobody is assigned to {0}, so its work has no price.", work.label), {}});
    }
    for (const plan::Assignment& assignment : *work.assignments) {
        const house::Role* role = find_role(model, assignment.role);
        if (!role) continue;
        const std::int64_t minutes = ordinary_minutes(work, assignment) + work.premium_minutes * assignment.units_permille / 1000;
        const money::Rate rate = money::rate_of(model, project, assignment.role);
        const auto cost = amount(rate.cost_per_hour_minor, work, assignment);
        const auto charge = amount(rate.charge_per_hour_minor, work, assignment);
        if (!cost || !charge) return tl::unexpected(too_large());
        if (rate.charge_per_hour_minor == 0) {
            impact.warnings.push_back({msg("{0} has no rate on the rate card, so this work is priced at nothing.", role->name), {}});
        }
        impact.lines.push_back({work.label, role->id, minutes, *cost, *charge});
    }
    return ok();
}

Result<void> add_up(Impact& impact) {
    impact.internal_minor = impact.worth_minor = 0;
    for (const PriceLine& line : impact.lines) {
        const auto internal = checked_add(impact.internal_minor, line.internal_minor);
        const auto worth = checked_add(impact.worth_minor, line.charge_minor);
        if (!internal || !worth) return tl::unexpected(too_large());
        impact.internal_minor = *internal;
        impact.worth_minor = *worth;
    }
    return ok();
}

// Late work costs more of the same: a line of its own, so that it can be read. Lines entered by hand are what they are.
Result<void> add_stage_line(const Model& model, const Change& change, Impact& impact) {
    impact.stage_permille = stage_permille(model.house.terms, change.stage);
    if (impact.stage_permille == 1000) return ok();
    if (auto added = add_up(impact); !added) return added;
    const std::int64_t over_basis_points = (impact.stage_permille - 1000) * 10;
    const auto internal = times_basis_points(impact.internal_minor, over_basis_points);
    const auto charge = times_basis_points(impact.worth_minor, over_basis_points);
    if (!internal || !charge) return tl::unexpected(too_large());
    if (*internal == 0 && *charge == 0) return ok();
    impact.lines.push_back({change.stage, {}, 0, *internal, *charge, true});
    return ok();
}

Result<void> price(const Model& model, const plan::Project& project, const Change& change, Impact& impact) {
    for (const PlanEdit& edit : change.edits) {
        const Work work = std::visit([&](const auto& one) { return work_of(impact.project_after, one); }, edit);
        if (auto added = add_work_lines(model, project, work, impact); !added) return added;
    }
    if (auto staged = add_stage_line(model, change, impact); !staged) return staged;
    for (const CostLine& line : change.lines) impact.lines.push_back({line.label, {}, 0, line.internal_minor, line.charge_minor});
    if (auto added = add_up(impact); !added) return added;
    impact.charge_minor = is_charged(change.kind) ? impact.worth_minor : 0;
    const auto vat = times_basis_points(impact.charge_minor, model.house.vat_basis_points);
    impact.contract_before_minor = contract_value_minor(project);
    const auto contract = checked_add(impact.contract_before_minor - impact.replaced_minor, impact.charge_minor);
    if (!vat || !contract) return tl::unexpected(too_large());
    impact.vat_minor = *vat;
    impact.contract_after_minor = *contract;
    return ok();
}

void move_promises(const plan::Project& project, const plan::Schedule& before, Impact& impact) {
    const auto rows_before = plan::promise_rows(project, before);
    const auto rows_after = plan::promise_rows(impact.project_after, impact.after);
    const plan::Workdays workdays = plan::workdays_between(project, rows_before, rows_after);
    for (const plan::PromiseRow& was : rows_before) {
        const auto now = std::find_if(rows_after.begin(), rows_after.end(),
                                      [&](const plan::PromiseRow& row) { return row.promise == was.promise; });
        if (now == rows_after.end()) continue;
        PromiseMove move{was.promise, was.task, was.promised, was.forecast, now->forecast, 0, 0};
        move.moved_days = workdays.between(was.forecast, now->forecast);
        move.late_days = workdays.between(was.promised, now->forecast);
        impact.promises.push_back(move);
    }
    impact.finish_before = day_of(before.finish);
    impact.finish_after = day_of(impact.after.finish);
    impact.finish_moved_days = plan::working_days(project, impact.finish_before, impact.finish_after);
}

}  // namespace

std::int64_t charge_per_hour(const Model& model, const plan::Project& project, const plan::Task& task) {
    std::int64_t sum = 0;
    for (const plan::Assignment& assignment : task.assignments)
        sum += money::rate_of(model, project, assignment.role).charge_per_hour_minor * assignment.units_permille / 1000;
    return sum;
}

bool is_charged(Kind kind) { return kind != Kind::OursToFix && kind != Kind::InScope; }

bool holds_promises(const Impact& impact) {
    return std::all_of(impact.promises.begin(), impact.promises.end(),
                       [](const PromiseMove& move) { return move.after <= std::max(move.promised, move.before); });
}

std::string stage_at(const plan::Project& project, const plan::Schedule& schedule, Day day) {
    const LocalMinute end = at_minute(day + 1, 0);
    const plan::Task* last = nullptr;
    LocalMinute last_start{};
    for (std::size_t i = 0; i < project.tasks.size() && i < schedule.rows.size(); ++i) {
        const plan::Task& task = project.tasks[i];
        if (task.kind == plan::TaskKind::Summary || !task.active || task.stage.empty() || schedule.rows[i].start >= end) continue;
        if (!last || schedule.rows[i].start >= last_start) {
            last = &task;
            last_start = schedule.rows[i].start;
        }
    }
    return last ? last->stage : std::string();
}

std::int32_t stage_permille(const house::Terms& terms, std::string_view stage) {
    for (const house::StageMultiplier& one : terms.multipliers) {
        if (one.stage == stage) return one.permille;
    }
    return 1000;
}

Result<Impact> impact(const Model& model, const plan::Project& project, const Change& change) {
    const auto before = plan::compute_schedule(project);
    if (!before) return tl::unexpected(before.error());
    return impact(model, project, *before, change);
}

Result<Impact> impact(const Model& model, const plan::Project& project, const plan::Schedule& before, const Change& change) {
    const Change* old = supersedes(project, change);
    auto after_project = with_edits(plan_under(project, change), change.edits);
    if (!after_project) return tl::unexpected(after_project.error());
    auto after = plan::compute_schedule(*after_project);
    if (!after) return tl::unexpected(after.error());

    Impact result;
    result.project_after = std::move(*after_project);
    result.after = std::move(*after);
    if (old) {
        result.replaced = old->id;
        result.replaced_minor = old->outcome.charge_minor;
    }
    move_promises(project, before, result);
    if (auto priced = price(model, project, change, result); !priced) return tl::unexpected(priced.error());
    return result;
}

bool TradeWorth::is_even(std::int64_t paid_minor) const {
    return std::abs(asked_minor - given_minor - paid_minor) <= tolerance_minor;
}

namespace {

// `after` is the plan with the option's edits.
Result<TradeWorth> weigh(const Model& model, const plan::Project& project, const plan::Project& after, const Change& change,
                         const Option& option) {
    Impact asked, given;
    std::int64_t dearest_hour = 0;
    for (const PlanEdit& edit : option.edits) {
        const Work work = std::visit([&](const auto& one) { return work_of(after, one); }, edit);
        const bool own = std::find(change.edits.begin(), change.edits.end(), edit) != change.edits.end();
        const bool less = !own && work.minutes < 0 && work.premium_minutes == 0;
        if (auto added = add_work_lines(model, project, work, less ? given : asked); !added) return tl::unexpected(added.error());
        const plan::Task* task = less ? find_task(after, edited_task(edit)) : nullptr;
        if (task) dearest_hour = std::max(dearest_hour, charge_per_hour(model, project, *task));
    }
    for (Impact* side : {&asked, &given}) {
        if (auto staged = add_stage_line(model, change, *side); !staged) return tl::unexpected(staged.error());
    }
    for (const CostLine& line : change.lines) asked.lines.push_back({line.label, {}, 0, line.internal_minor, line.charge_minor});
    for (Impact* side : {&asked, &given}) {
        if (auto added = add_up(*side); !added) return tl::unexpected(added.error());
    }
    const std::int32_t permille = stage_permille(model.house.terms, change.stage);
    const auto hour = times_basis_points(dearest_hour, std::int64_t{permille} * 10);
    return TradeWorth{asked.worth_minor, -given.worth_minor,
                      std::max(std::abs(asked.worth_minor) / kTradeTolerance, hour.value_or(dearest_hour))};
}

}  // namespace

Result<TradeWorth> weigh_trade(const Model& model, const plan::Project& project, const Change& change, const Option& option) {
    const auto after = with_edits(plan_under(project, change), option.edits);
    if (!after) return tl::unexpected(after.error());
    return weigh(model, project, *after, change, option);
}

Result<Impact> option_impact(const Model& model, const plan::Project& project, const plan::Schedule& before, const Change& change,
                             const Option& option) {
    auto out = impact(model, project, before, as_option(change, option));
    if (!out || option.kind != OptionKind::Trade) return out;
    const auto worth = weigh(model, project, out->project_after, change, option);
    if (!worth) return tl::unexpected(worth.error());
    out->trade = *worth;
    return out;
}

}  // namespace entente::change
