// Edits of a change, put into a plan and taken out again. Both directions are exact, so that what was agreed can be taken
// back and done again without a trace in the plan.
#include <algorithm>

#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

Result<void> put_in(plan::Project& project, const Lengthen& edit) {
    plan::Task* task = by_id(project.tasks, edit.task);
    if (!task) return fail(ErrorCode::NotFound, msg("This task is no longer in the plan."));
    if (task->kind != plan::TaskKind::Task) return refuse(msg("Only a task with a length can be made longer or shorter."), task->name);
    const auto minutes = checked_add(task->duration_minutes, edit.minutes);
    if (!minutes || *minutes < 0 || *minutes > kMaxMinutes)
        return refuse(msg("The length must lie between zero and 100 years."), task->name);
    task->duration_minutes = *minutes;
    return ok();
}

Result<void> put_in(plan::Project& project, const Reopen& edit) {
    plan::Task* task = by_id(project.tasks, edit.task);
    if (!task) return fail(ErrorCode::NotFound, msg("This task is no longer in the plan."));
    if (task->kind == plan::TaskKind::Summary) return refuse(msg("Reopen a task or a milestone, not a summary."), task->name);
    task->percent_done = 0;
    task->actual_start.reset();
    task->actual_finish.reset();
    const auto at = static_cast<std::ptrdiff_t>(place_of(project.tasks, edit.task));
    project.tasks.insert(project.tasks.begin() + at, edit.work);
    project.links.insert(project.links.end(), edit.links.begin(), edit.links.end());
    return ok();
}

Result<void> put_in(plan::Project& project, const AddWork& edit) {
    // After the last task of its stage, so that it stands where a person looks for it.
    auto at = project.tasks.end();
    for (auto task = project.tasks.begin(); task != project.tasks.end(); ++task) {
        if (task->parent == edit.work.parent && task->stage == edit.work.stage) at = task + 1;
    }
    project.tasks.insert(at, edit.work);
    project.links.insert(project.links.end(), edit.links.begin(), edit.links.end());
    if (edit.client_decides) {
        plan::ClientDecision decision;
        decision.id = edit.decision;
        decision.task = edit.work.id;
        decision.owner = edit.owner;
        project.decisions.push_back(std::move(decision));
    }
    return ok();
}

Result<void> put_in(plan::Project& project, const Crash& edit) {
    plan::Task* task = by_id(project.tasks, edit.task);
    if (!task) return fail(ErrorCode::NotFound, msg("This task is no longer in the plan."));
    if (task->kind != plan::TaskKind::Task || task->duration_minutes < edit.saved_minutes)
        return refuse(msg("There is not that much time to save on this task."), task->name);
    task->duration_minutes -= edit.saved_minutes;
    return ok();
}

Result<void> put_in(plan::Project& project, const Constrain& edit) {
    plan::Task* task = by_id(project.tasks, edit.task);
    if (!task) return fail(ErrorCode::NotFound, msg("This task is no longer in the plan."));
    // Taking the edit out must bring back what stood there.
    if (task->constraint != edit.was) return refuse(msg("This task has another constraint now: write the edit again."), task->name);
    task->constraint = edit.constraint;
    return ok();
}

Result<void> put_in(plan::Project& project, const Drop& edit) {
    if (auto fine = check_drop(project, edit.task); !fine) return fine;
    by_id(project.tasks, edit.task)->active = false;
    project.links.insert(project.links.end(), edit.links.begin(), edit.links.end());
    return ok();
}

void erase_links(plan::Project& project, const std::vector<plan::Link>& links) {
    for (const plan::Link& link : links) erase_id(project.links, link.id);
}

void take_out(plan::Project& project, const Lengthen& edit) {
    if (plan::Task* task = by_id(project.tasks, edit.task)) task->duration_minutes -= edit.minutes;
}

void take_out(plan::Project& project, const Reopen& edit) {
    erase_links(project, edit.links);
    erase_id(project.tasks, edit.work.id);
    if (plan::Task* task = by_id(project.tasks, edit.task)) {
        task->percent_done = edit.was_percent;
        task->actual_start = edit.was_started;
        task->actual_finish = edit.was_finished;
    }
}

void take_out(plan::Project& project, const AddWork& edit) {
    erase_links(project, edit.links);
    erase_id(project.tasks, edit.work.id);
    if (edit.client_decides) erase_id(project.decisions, edit.decision);
}

void take_out(plan::Project& project, const Crash& edit) {
    if (plan::Task* task = by_id(project.tasks, edit.task)) task->duration_minutes += edit.saved_minutes;
}

void take_out(plan::Project& project, const Constrain& edit) {
    // Another constraint was set since: it stays.
    plan::Task* task = by_id(project.tasks, edit.task);
    if (task && task->constraint == edit.constraint) task->constraint = edit.was;
}

void take_out(plan::Project& project, const Drop& edit) {
    erase_links(project, edit.links);
    if (plan::Task* task = by_id(project.tasks, edit.task)) task->active = true;
}

bool is_reached(const plan::Task& task) { return task.percent_done == 100 || task.actual_finish.has_value(); }

// The roles that did the work a task stands for: its own, or those of the nearest tasks before it that have any.
std::vector<plan::Assignment> roles_behind(const plan::Project& project, TaskId id) {
    std::vector<TaskId> wave{id}, seen{id};
    while (!wave.empty()) {
        std::vector<plan::Assignment> found;
        std::vector<TaskId> before;
        for (const TaskId at : wave) {
            const plan::Task* task = by_id(project.tasks, at);
            if (!task) continue;
            if (task->kind == plan::TaskKind::Task && !task->assignments.empty()) {
                for (const plan::Assignment& assignment : task->assignments) {
                    const bool known = std::any_of(found.begin(), found.end(),
                                                   [&](const plan::Assignment& other) { return other.role == assignment.role; });
                    if (!known) found.push_back({assignment.role, assignment.units_permille, std::nullopt});
                }
                continue;
            }
            for (const plan::Link& link : project.links) {
                if (link.to != at || std::find(seen.begin(), seen.end(), link.from) != seen.end()) continue;
                seen.push_back(link.from);
                before.push_back(link.from);
            }
        }
        if (!found.empty()) return found;
        wave = std::move(before);
    }
    return {};
}

}  // namespace

Result<plan::Project> with_edits(plan::Project project, const std::vector<PlanEdit>& edits) {
    for (const PlanEdit& edit : edits) {
        if (auto done = std::visit([&](const auto& one) { return put_in(project, one); }, edit); !done) {
            return tl::unexpected(done.error());
        }
    }
    return project;
}

plan::Project without_edits(plan::Project project, const std::vector<PlanEdit>& edits) {
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        std::visit([&](const auto& one) { take_out(project, one); }, *edit);
    }
    return project;
}

std::size_t reopen_links(const plan::Project& project, TaskId task) {
    return 1 + static_cast<std::size_t>(
                   std::count_if(project.links.begin(), project.links.end(), [task](const plan::Link& link) { return link.to == task; }));
}

Reopen make_reopen(const plan::Project& project, TaskId task_id, std::int64_t minutes, std::string name, Day asked_on,
                   TaskId work_id, const std::vector<LinkId>& link_ids) {
    const plan::Task& task = *by_id(project.tasks, task_id);
    Reopen edit;
    edit.task = task_id;
    edit.was_percent = task.percent_done;
    edit.was_started = task.actual_start;
    edit.was_finished = task.actual_finish;
    edit.work.id = work_id;
    edit.work.parent = task.parent;
    edit.work.name = std::move(name);
    edit.work.stage = task.stage;
    edit.work.duration_minutes = minutes;
    edit.work.calendar = task.calendar;
    edit.work.client_visible = task.client_visible;
    edit.work.assignments = roles_behind(project, task_id);
    // What was reached before stays where it was; the new work begins when it was asked, not back then.
    if (is_reached(task)) edit.work.constraint = {plan::ConstraintKind::StartNoEarlierThan, at_minute(asked_on, 0)};

    std::size_t next = 0;
    for (const plan::Link& link : project.links) {
        if (link.to != task_id) continue;
        plan::Link copy = link;
        copy.id = link_ids[next++];
        copy.to = work_id;
        edit.links.push_back(copy);
    }
    plan::Link closing;
    closing.id = link_ids[next];
    closing.from = work_id;
    closing.to = task_id;
    edit.links.push_back(closing);
    return edit;
}

}  // namespace entente::change
