// Which commands a plan allows. Each refusal says why in a sentence a person can read.
#include <algorithm>

#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::plan {

namespace {

using entente::check_day;
using entente::check_minute;

constexpr std::size_t kMaxExceptions = 20'000;  // of one calendar
constexpr std::size_t kMaxReminders = 1000;     // of one decision

// The project and the task of a command, or why not.
struct Place {
    const Project* project = nullptr;
    const Task* task = nullptr;
};

Result<Place> place(const Model& model, ProjectId project_id, TaskId task_id) {
    const auto project = need_project(model, project_id);
    if (!project) return tl::unexpected(project.error());
    const auto task = need_task(**project, task_id);
    if (!task) return tl::unexpected(task.error());
    return Place{*project, *task};
}

Result<void> check_new_id(const Model& model, std::uint64_t id) {
    if (id == 0 || id_in_use(model, id)) return refuse(msg("This id is already in use."));
    return ok();
}

Result<void> check_one(const Model& model, const AddProject& command) {
    if (model.house.roles.size() + command.new_roles.size() > kMaxRoles) return refuse(msg("The rate card is full."));
    return check_project(model, command.project, command.new_roles);
}

Result<void> check_one(const Model& model, const RemoveProject& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    for (const RoleId role : command.roles) {
        if (!find_role(model, role)) return fail(ErrorCode::NotFound, msg("This role is no longer on the rate card."));
        for (const Project& other : model.projects) {
            if (other.id == command.project) continue;
            if (money::role_is_used(other.money, role)) return refuse(msg("{0} still works on a plan.", find_role(model, role)->name));
            for (const Task& task : other.tasks) {
                const bool used = std::any_of(task.assignments.begin(), task.assignments.end(),
                                              [role](const Assignment& a) { return a.role == role; });
                if (used) return refuse(msg("{0} still works on a plan.", find_role(model, role)->name));
            }
        }
    }
    return ok();
}

Result<void> check_one(const Model& model, const RestoreProject& command) {
    if (command.index > model.projects.size())
        return refuse(
            msg("The outline is broken: a task stands under something that is not a summary above it."));
    return check_project(model, command.project, command.roles);
}

Result<void> check_one(const Model& model, const SetProjectFacts& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (auto named = check_name(command.name); !named) return named;
    if (auto kind = check_text(command.kind); !kind) return kind;
    if (auto client = check_text(command.client); !client) return client;
    if (auto start = check_minute(command.start); !start) return start;
    if (command.base_fee_minor != (*project)->base_fee_minor && money::accepted((*project)->money)) {
        return refuse(msg("The fee was agreed with a proposal."), {}, msg("Agree a change to it instead."));
    }
    return check_minor(command.base_fee_minor);
}

Result<void> check_one(const Model& model, const InsertTasks& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (command.tasks.empty()) return refuse(msg("There is nothing to add."));
    std::size_t size = (*project)->tasks.size();
    for (const PlacedTask& placed : command.tasks) {
        if (placed.index > size++) return refuse(msg("A task would stand beyond the end of the plan."), placed.task.name);
        if (auto id = check_new_id(model, placed.task.id.n); !id) return id;
    }
    for (const Link& link : command.links) {
        if (auto id = check_new_id(model, link.id.n); !id) return id;
    }
    Model trial;
    trial.projects.push_back(**project);
    plan::apply(trial, Command{command});
    return check_structure(trial.projects.front());
}

Result<void> check_one(const Model& model, const RemoveTasks& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (command.tasks.empty()) return refuse(msg("There is nothing to remove."));
    const IdSet gone(command.tasks);
    const auto going = [&](TaskId id) { return gone.contains(id); };
    for (const TaskId id : command.tasks) {
        if (auto task = need_task(**project, id); !task) return tl::unexpected(task.error());
    }
    for (const Task& task : (*project)->tasks) {
        if (going(task.parent) && !going(task.id)) return refuse(msg("A summary goes together with the tasks under it."), task.name);
    }
    return ok();
}

Result<void> check_one(const Model& model, const RenameTask& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    return check_name(command.name);
}

Result<void> check_one(const Model& model, const SetStage& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    if (command.stage.size() > kMaxName) return refuse(msg("The name is too long."));
    return check_text(command.stage);
}

Result<void> check_one(const Model& model, const SetDuration& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    const Task& task = *at->task;
    if (task.kind == TaskKind::Summary) return refuse(msg("The length of a summary comes from its tasks."), task.name);
    if (task.kind == TaskKind::Milestone && command.minutes != 0) return refuse(msg("A milestone has no length."), task.name);
    if (task.percent_done == 100) return refuse(msg("This task is finished; its length is a fact."), task.name);
    if (command.minutes < 0 || command.minutes > kMaxMinutes)
        return refuse(msg("The length must lie between zero and 100 years."), task.name);
    return ok();
}

Result<void> check_one(const Model& model, const SetEstimate& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    const Task& task = *at->task;
    if (!command.estimate) return ok();
    if (task.kind != TaskKind::Task) return refuse(msg("Only a task with a length has an estimate."), task.name);
    const Estimate& estimate = *command.estimate;
    if (estimate.optimistic_minutes < 1 || estimate.pessimistic_minutes > kMaxMinutes)
        return refuse(msg("The length must lie between zero and 100 years."), task.name);
    if (estimate.optimistic_minutes > task.duration_minutes)
        return refuse(msg("At best it takes no longer than the length that is planned."), task.name);
    if (estimate.pessimistic_minutes < task.duration_minutes)
        return refuse(msg("At worst it takes no less than the length that is planned."), task.name);
    return ok();
}

Result<void> check_one(const Model& model, const SetConstraint& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    if (at->task->kind == TaskKind::Summary) return refuse(msg("Give the date to a task, not to a summary."), at->task->name);
    return check_minute(command.constraint.at);
}

Result<void> check_one(const Model& model, const SetDeadline& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    return command.deadline ? check_minute(*command.deadline) : ok();
}

Result<void> check_one(const Model& model, const SetStatusDay& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    return command.day ? check_day(*command.day) : ok();
}

Result<void> check_one(const Model& model, const SetProgress& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    if (at->task->kind == TaskKind::Summary) return refuse(msg("The progress of a summary comes from its tasks."), at->task->name);
    if (command.percent < 0 || command.percent > 100) return refuse(msg("Progress lies between 0 and 100 %."));
    return ok();
}

Result<void> check_one(const Model& model, const SetAssignments& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    if (command.assignments.size() > kMaxRoles) return refuse(msg("The rate card is full."));
    for (const Assignment& assignment : command.assignments) {
        if (!find_role(model, assignment.role)) return fail(ErrorCode::NotFound, msg("This role is no longer on the rate card."));
        if (assignment.units_permille <= 0 || assignment.units_permille > 1'000'000)
            return refuse(msg("Give how many people work on it, from 0.001 to 1,000."));
    }
    return ok();
}

Result<void> check_one(const Model& model, const SetTaskVisible& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    return ok();
}

Result<void> check_one(const Model& model, const AddLink& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (auto id = check_new_id(model, command.link.id.n); !id) return id;
    for (const Link& link : (*project)->links) {
        if (link.from == command.link.from && link.to == command.link.to) return refuse(msg("These two tasks are already linked."));
    }
    return check_link(**project, command.link);
}

Result<void> check_one(const Model& model, const SetLink& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const Link* before = by_id((*project)->links, command.link.id);
    if (!before) return fail(ErrorCode::NotFound, msg("This link is no longer in the plan."));
    if (before->from != command.link.from || before->to != command.link.to)
        return refuse(msg("A link keeps its two tasks; remove it and add another."));
    return check_link(**project, command.link);
}

Result<void> check_one(const Model& model, const RemoveLink& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (!by_id((*project)->links, command.link)) return fail(ErrorCode::NotFound, msg("This link is no longer in the plan."));
    return ok();
}

// A thing that hangs on a task, one for each task: new with a new id, or the same thing again.
template <class T>
Result<void> check_attached(const Model& model, const Project& project, const std::vector<T>& items, const T& item) {
    const auto task = need_task(project, item.task);
    if (!task) return tl::unexpected(task.error());
    for (const T& other : items) {
        if (other.task == item.task && other.id != item.id) return refuse(msg("This task already has one."), (*task)->name);
    }
    if (by_id(items, item.id)) return ok();
    if (items.size() >= kMaxListed) return refuse(msg("This project holds more than the program can keep."));
    return check_new_id(model, item.id.n);
}

Result<void> check_one(const Model& model, const PutPromise& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (auto day = check_day(command.promise.promised); !day) return day;
    return check_attached(model, **project, (*project)->promises, command.promise);
}

Result<void> check_one(const Model& model, const RemovePromise& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (!by_id((*project)->promises, command.promise)) return fail(ErrorCode::NotFound, msg("This promise is no longer here."));
    return ok();
}

Result<void> check_one(const Model& model, const PutDecision& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const ClientDecision& decision = command.decision;
    if (auto values = check_decision(decision); !values) return values;
    return check_attached(model, **project, (*project)->decisions, decision);
}

Result<void> check_one(const Model& model, const RemoveDecision& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (!by_id((*project)->decisions, command.decision)) return fail(ErrorCode::NotFound, msg("This client decision is no longer here."));
    return ok();
}

// The client decision of a command, to try its new values on.
Result<ClientDecision> decision_of(const Model& model, ProjectId project_id, DecisionId id) {
    const auto project = need_project(model, project_id);
    if (!project) return tl::unexpected(project.error());
    const ClientDecision* decision = by_id((*project)->decisions, id);
    if (!decision) return fail(ErrorCode::NotFound, msg("This client decision is no longer here."));
    return *decision;
}

Result<void> check_one(const Model& model, const SetRequested& command) {
    auto decision = decision_of(model, command.project, command.decision);
    if (!decision) return tl::unexpected(decision.error());
    decision->requested = command.on;
    return check_decision(*decision);
}

Result<void> check_one(const Model& model, const AddReminder& command) {
    auto decision = decision_of(model, command.project, command.decision);
    if (!decision) return tl::unexpected(decision.error());
    decision->reminders.push_back(command.reminder);
    return check_decision(*decision);
}

Result<void> check_one(const Model& model, const RemoveReminder& command) {
    const auto decision = decision_of(model, command.project, command.decision);
    if (!decision) return tl::unexpected(decision.error());
    if (decision->reminders.empty()) return refuse(msg("No reminder was recorded."));
    return ok();
}

Result<void> check_one(const Model& model, const AddBaseline& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (auto named = check_name(command.baseline.name); !named) return named;
    if ((*project)->baselines.size() >= kMaxListed) return refuse(msg("This project holds more than the program can keep."));
    if (command.baseline.from_change) return refuse(msg("A baseline of a change is made by agreeing on the change."));
    return check_new_id(model, command.baseline.id.n);
}

Result<void> check_one(const Model& model, const RemoveBaseline& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const Baseline* baseline = by_id((*project)->baselines, command.baseline);
    if (!baseline) return fail(ErrorCode::NotFound, msg("This baseline is no longer here."));
    if (baseline->from_change) return refuse(msg("This baseline belongs to an agreed change."));
    if ((*project)->baselines.back().id != baseline->id) return refuse(msg("Only the newest baseline can be taken back."));
    return ok();
}

Result<void> check_one(const Model& model, const PutCalendar& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (auto named = check_name(command.calendar.name); !named) return named;
    if (command.calendar.exceptions.size() > kMaxExceptions) return refuse(msg("This project holds more than the program can keep."));
    if (!valid(command.calendar)) return refuse(msg("This calendar cannot be used."), command.calendar.name);
    if (by_id((*project)->calendars, command.calendar.id)) return ok();
    if ((*project)->calendars.size() >= kMaxListed) return refuse(msg("This project holds more than the program can keep."));
    return check_new_id(model, command.calendar.id.n);
}

Result<void> need_calendar(const Project& project, CalendarId id) {
    if (!by_id(project.calendars, id)) return fail(ErrorCode::NotFound, msg("This calendar is no longer in the plan."));
    return ok();
}

// Work that a change would add, if it were agreed, needs its calendar too.
bool change_uses(const change::Change& change, CalendarId calendar) {
    return std::any_of(change.edits.begin(), change.edits.end(), [calendar](const change::PlanEdit& edit) {
        return std::visit(
            [calendar](const auto& one) {
                if constexpr (requires { one.work.calendar; }) return one.work.calendar == calendar;
                else return false;
            },
            edit);
    });
}

Result<void> check_one(const Model& model, const RemoveCalendar& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (auto found = need_calendar(**project, command.calendar); !found) return found;
    if ((*project)->calendar == command.calendar) return refuse(msg("The project is worked by this calendar."));
    for (const Task& task : (*project)->tasks) {
        if (task.calendar == command.calendar) return refuse(msg("{0} is worked by this calendar.", task.name));
    }
    for (const change::Change& change : (*project)->changes) {
        if (change_uses(change, command.calendar)) return refuse(msg("A change has work by this calendar."));
    }
    return ok();
}

Result<void> check_one(const Model& model, const SetProjectCalendar& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    return need_calendar(**project, command.calendar);
}

Result<void> check_one(const Model& model, const SetTaskCalendar& command) {
    const auto at = place(model, command.project, command.task);
    if (!at) return tl::unexpected(at.error());
    if (!command.calendar) return ok();
    return need_calendar(*at->project, command.calendar);
}

}  // namespace

Result<void> check_decision(const ClientDecision& decision) {
    for (const std::string* text : {&decision.owner, &decision.question, &decision.answer, &decision.silence}) {
        if (auto fine = check_text(*text); !fine) return fine;
    }
    if (decision.reminders.size() > kMaxReminders) return refuse(msg("This project holds more than the program can keep."));
    for (const std::optional<Day>& day : {decision.answered, decision.requested}) {
        if (!day) continue;
        if (auto fine = check_day(*day); !fine) return fine;
    }
    for (const ReminderSent& sent : decision.reminders) {
        if (auto fine = check_day(sent.on); !fine) return fine;
    }
    if (decision.answered && decision.requested && *decision.answered < *decision.requested)
        return refuse(msg("The request cannot have gone out after the answer came."));
    return ok();
}

Result<void> check(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return check_one(model, one); }, command);
}

}  // namespace entente::plan
