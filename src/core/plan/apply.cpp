// What plan commands do. Never fails: check() has agreed.
#include <algorithm>
#include <functional>

#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::plan {

namespace {

Project& project_of(Model& model, ProjectId id) { return *by_id(model.projects, id); }
Task& task_of(Model& model, ProjectId project, TaskId task) { return *by_id(project_of(model, project).tasks, task); }

void apply_one(Model& model, const AddProject& command) {
    auto& roles = model.house.roles;
    roles.insert(roles.end(), command.new_roles.begin(), command.new_roles.end());
    model.projects.push_back(command.project);
}

void apply_one(Model& model, const RemoveProject& command) {
    erase_id(model.projects, command.project);
    for (const RoleId role : command.roles) erase_id(model.house.roles, role);
}

void apply_one(Model& model, const RestoreProject& command) {
    auto& roles = model.house.roles;
    roles.insert(roles.end(), command.roles.begin(), command.roles.end());
    model.projects.insert(model.projects.begin() + static_cast<std::ptrdiff_t>(command.index), command.project);
}

void apply_one(Model& model, const SetProjectFacts& command) {
    Project& project = project_of(model, command.project);
    project.name = command.name;
    project.kind = command.kind;
    project.client = command.client;
    project.start = command.start;
    project.base_fee_minor = command.base_fee_minor;
}

// The same in one walk, where the places (as they are after insertion) ascend: many at once do not move what follows many times.
template <class T>
void merge_placed(std::vector<T>& items, const std::vector<T>& added, const std::vector<std::size_t>& places) {
    std::vector<T> merged;
    merged.reserve(items.size() + added.size());
    std::size_t from = 0;
    for (std::size_t i = 0; i < added.size(); ++i) {
        while (merged.size() < places[i] && from < items.size()) merged.push_back(std::move(items[from++]));
        merged.push_back(added[i]);
    }
    while (from < items.size()) merged.push_back(std::move(items[from++]));
    items = std::move(merged);
}

// Puts things back where they stood, so that undo gives the same plan and not one that only looks the same.
template <class T>
void insert_placed(std::vector<T>& items, const std::vector<T>& added, const std::vector<std::size_t>& places) {
    const bool ascending = std::is_sorted(places.begin(), places.end(), std::less_equal<>());
    if (ascending && places.size() == added.size() && added.size() > 8) {
        merge_placed(items, added, places);
        return;
    }
    for (std::size_t i = 0; i < added.size(); ++i) {
        const std::size_t at = i < places.size() ? std::min(places[i], items.size()) : items.size();
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(at), added[i]);
    }
}

void apply_one(Model& model, const InsertTasks& command) {
    Project& project = project_of(model, command.project);
    std::vector<Task> tasks;
    std::vector<std::size_t> task_places;
    for (const PlacedTask& placed : command.tasks) {
        tasks.push_back(placed.task);
        task_places.push_back(placed.index);
    }
    insert_placed(project.tasks, tasks, task_places);
    insert_placed(project.links, command.links, command.link_places);
    insert_placed(project.promises, command.promises, command.promise_places);
    insert_placed(project.decisions, command.decisions, command.decision_places);
}

void apply_one(Model& model, const RemoveTasks& command) {
    Project& project = project_of(model, command.project);
    const IdSet going(command.tasks);
    const auto gone = [&](TaskId id) { return going.contains(id); };
    std::erase_if(project.tasks, [&](const Task& task) { return gone(task.id); });
    std::erase_if(project.links, [&](const Link& link) { return gone(link.from) || gone(link.to); });
    std::erase_if(project.promises, [&](const Promise& promise) { return gone(promise.task); });
    std::erase_if(project.decisions, [&](const ClientDecision& decision) { return gone(decision.task); });
}

void apply_one(Model& model, const RenameTask& c) { task_of(model, c.project, c.task).name = c.name; }
void apply_one(Model& model, const SetStage& c) { task_of(model, c.project, c.task).stage = c.stage; }
void apply_one(Model& model, const SetDuration& c) { task_of(model, c.project, c.task).duration_minutes = c.minutes; }
void apply_one(Model& model, const SetEstimate& c) { task_of(model, c.project, c.task).estimate = c.estimate; }
void apply_one(Model& model, const SetDeadline& c) { task_of(model, c.project, c.task).deadline = c.deadline; }
void apply_one(Model& model, const SetStatusDay& c) { project_of(model, c.project).status_day = c.day; }
void apply_one(Model& model, const SetConstraint& c) { task_of(model, c.project, c.task).constraint = c.constraint; }
void apply_one(Model& model, const SetAssignments& c) { task_of(model, c.project, c.task).assignments = c.assignments; }
void apply_one(Model& model, const SetTaskVisible& c) { task_of(model, c.project, c.task).client_visible = c.client_visible; }

void apply_one(Model& model, const SetProgress& c) {
    Task& task = task_of(model, c.project, c.task);
    task.percent_done = c.percent;
    task.actual_start = c.actual_start;
    task.actual_finish = c.actual_finish;
}

void apply_one(Model& model, const AddLink& c) { put(project_of(model, c.project).links, c.link, c.index); }
void apply_one(Model& model, const SetLink& c) { put(project_of(model, c.project).links, c.link); }
void apply_one(Model& model, const RemoveLink& c) { erase_id(project_of(model, c.project).links, c.link); }

void apply_one(Model& model, const PutPromise& c) { put(project_of(model, c.project).promises, c.promise, c.index); }
void apply_one(Model& model, const RemovePromise& c) { erase_id(project_of(model, c.project).promises, c.promise); }
void apply_one(Model& model, const PutDecision& c) { put(project_of(model, c.project).decisions, c.decision, c.index); }
void apply_one(Model& model, const RemoveDecision& c) { erase_id(project_of(model, c.project).decisions, c.decision); }
void apply_one(Model& model, const SetRequested& c) {
    by_id(project_of(model, c.project).decisions, c.decision)->requested = c.on;
}
void apply_one(Model& model, const AddReminder& c) {
    by_id(project_of(model, c.project).decisions, c.decision)->reminders.push_back(c.reminder);
}
void apply_one(Model& model, const RemoveReminder& c) {
    by_id(project_of(model, c.project).decisions, c.decision)->reminders.pop_back();
}
void apply_one(Model& model, const AddBaseline& c) { project_of(model, c.project).baselines.push_back(c.baseline); }
void apply_one(Model& model, const RemoveBaseline& c) { erase_id(project_of(model, c.project).baselines, c.baseline); }

void apply_one(Model& model, const PutCalendar& c) { put(project_of(model, c.project).calendars, c.calendar, c.index); }
void apply_one(Model& model, const RemoveCalendar& c) { erase_id(project_of(model, c.project).calendars, c.calendar); }
void apply_one(Model& model, const SetProjectCalendar& c) { project_of(model, c.project).calendar = c.calendar; }
void apply_one(Model& model, const SetTaskCalendar& c) { task_of(model, c.project, c.task).calendar = c.calendar; }

}  // namespace

void apply(Model& model, const Command& command) {
    std::visit([&](const auto& one) { apply_one(model, one); }, command);
}

}  // namespace entente::plan
