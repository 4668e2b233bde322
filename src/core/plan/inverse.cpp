// The command that takes a plan command back, computed before it is applied.
#include <algorithm>

#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::plan {

namespace {

using Back = std::optional<entente::Command>;

const Project& project_of(const Model& model, ProjectId id) { return *by_id(model.projects, id); }
const Task& task_of(const Model& model, ProjectId project, TaskId task) { return *by_id(project_of(model, project).tasks, task); }

Back inverse_one(const Model&, const AddProject& c) {
    RemoveProject back{c.project.id, {}};
    for (const house::Role& role : c.new_roles) back.roles.push_back(role.id);
    return Command{std::move(back)};
}

Back inverse_one(const Model& model, const RemoveProject& c) {
    RestoreProject back{project_of(model, c.project), {}, place_of(model.projects, c.project)};
    for (const RoleId role : c.roles) back.roles.push_back(*find_role(model, role));
    return Command{std::move(back)};
}

Back inverse_one(const Model&, const RestoreProject& c) {
    RemoveProject back{c.project.id, {}};
    for (const house::Role& role : c.roles) back.roles.push_back(role.id);
    return Command{std::move(back)};
}

Back inverse_one(const Model& model, const SetProjectFacts& c) {
    const Project& before = project_of(model, c.project);
    return Command{SetProjectFacts{c.project, before.name, before.kind, before.client, before.start, before.base_fee_minor}};
}

Back inverse_one(const Model&, const InsertTasks& c) {
    RemoveTasks back{c.project, {}};
    for (const PlacedTask& placed : c.tasks) back.tasks.push_back(placed.task.id);
    return Command{std::move(back)};
}

template <class T, class Test>
void keep(const std::vector<T>& items, std::vector<T>& kept, std::vector<std::size_t>& places, Test test) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!test(items[i])) continue;
        kept.push_back(items[i]);
        places.push_back(i);
    }
}

Back inverse_one(const Model& model, const RemoveTasks& c) {
    const Project& project = project_of(model, c.project);
    const IdSet gone(c.tasks);
    const auto going = [&](TaskId id) { return gone.contains(id); };
    InsertTasks back;
    back.project = c.project;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        if (going(project.tasks[i].id)) back.tasks.push_back({i, project.tasks[i]});
    }
    keep(project.links, back.links, back.link_places, [&](const Link& link) { return going(link.from) || going(link.to); });
    keep(project.promises, back.promises, back.promise_places, [&](const Promise& promise) { return going(promise.task); });
    keep(project.decisions, back.decisions, back.decision_places, [&](const ClientDecision& d) { return going(d.task); });
    return Command{std::move(back)};
}

Back inverse_one(const Model& model, const RenameTask& c) {
    return Command{RenameTask{c.project, c.task, task_of(model, c.project, c.task).name}};
}
Back inverse_one(const Model& model, const SetStage& c) {
    return Command{SetStage{c.project, c.task, task_of(model, c.project, c.task).stage}};
}
Back inverse_one(const Model& model, const SetDuration& c) {
    return Command{SetDuration{c.project, c.task, task_of(model, c.project, c.task).duration_minutes}};
}
Back inverse_one(const Model& model, const SetEstimate& c) {
    return Command{SetEstimate{c.project, c.task, task_of(model, c.project, c.task).estimate}};
}
Back inverse_one(const Model& model, const SetDeadline& c) {
    return Command{SetDeadline{c.project, c.task, task_of(model, c.project, c.task).deadline}};
}
Back inverse_one(const Model& model, const SetStatusDay& c) {
    return Command{SetStatusDay{c.project, project_of(model, c.project).status_day}};
}
Back inverse_one(const Model& model, const SetConstraint& c) {
    return Command{SetConstraint{c.project, c.task, task_of(model, c.project, c.task).constraint}};
}
Back inverse_one(const Model& model, const SetProgress& c) {
    const Task& before = task_of(model, c.project, c.task);
    return Command{SetProgress{c.project, c.task, before.percent_done, before.actual_start, before.actual_finish}};
}
Back inverse_one(const Model& model, const SetAssignments& c) {
    return Command{SetAssignments{c.project, c.task, task_of(model, c.project, c.task).assignments}};
}
Back inverse_one(const Model& model, const SetTaskVisible& c) {
    return Command{SetTaskVisible{c.project, c.task, task_of(model, c.project, c.task).client_visible}};
}

Back inverse_one(const Model&, const AddLink& c) { return Command{RemoveLink{c.project, c.link.id}}; }
Back inverse_one(const Model& model, const SetLink& c) {
    return Command{SetLink{c.project, *by_id(project_of(model, c.project).links, c.link.id)}};
}
Back inverse_one(const Model& model, const RemoveLink& c) {
    const auto& links = project_of(model, c.project).links;
    return Command{AddLink{c.project, *by_id(links, c.link), place_of(links, c.link)}};
}

Back inverse_one(const Model& model, const PutPromise& c) {
    const auto& promises = project_of(model, c.project).promises;
    if (const Promise* before = by_id(promises, c.promise.id)) return Command{PutPromise{c.project, *before, {}}};
    return Command{RemovePromise{c.project, c.promise.id}};
}
Back inverse_one(const Model& model, const RemovePromise& c) {
    const auto& promises = project_of(model, c.project).promises;
    return Command{PutPromise{c.project, *by_id(promises, c.promise), place_of(promises, c.promise)}};
}
Back inverse_one(const Model& model, const PutDecision& c) {
    const auto& decisions = project_of(model, c.project).decisions;
    if (const ClientDecision* before = by_id(decisions, c.decision.id)) return Command{PutDecision{c.project, *before, {}}};
    return Command{RemoveDecision{c.project, c.decision.id}};
}
Back inverse_one(const Model& model, const RemoveDecision& c) {
    const auto& decisions = project_of(model, c.project).decisions;
    return Command{PutDecision{c.project, *by_id(decisions, c.decision), place_of(decisions, c.decision)}};
}
Back inverse_one(const Model& model, const SetRequested& c) {
    return Command{SetRequested{c.project, c.decision, by_id(project_of(model, c.project).decisions, c.decision)->requested}};
}
Back inverse_one(const Model&, const AddReminder& c) { return Command{RemoveReminder{c.project, c.decision}}; }
Back inverse_one(const Model& model, const RemoveReminder& c) {
    return Command{AddReminder{c.project, c.decision, by_id(project_of(model, c.project).decisions, c.decision)->reminders.back()}};
}
Back inverse_one(const Model&, const AddBaseline& c) { return Command{RemoveBaseline{c.project, c.baseline.id}}; }
Back inverse_one(const Model& model, const RemoveBaseline& c) {
    return Command{AddBaseline{c.project, *by_id(project_of(model, c.project).baselines, c.baseline)}};
}

Back inverse_one(const Model& model, const PutCalendar& c) {
    const auto& calendars = project_of(model, c.project).calendars;
    if (const Calendar* before = by_id(calendars, c.calendar.id)) return Command{PutCalendar{c.project, *before, {}}};
    return Command{RemoveCalendar{c.project, c.calendar.id}};
}
Back inverse_one(const Model& model, const RemoveCalendar& c) {
    const auto& calendars = project_of(model, c.project).calendars;
    return Command{PutCalendar{c.project, *by_id(calendars, c.calendar), place_of(calendars, c.calendar)}};
}
Back inverse_one(const Model& model, const SetProjectCalendar& c) {
    return Command{SetProjectCalendar{c.project, project_of(model, c.project).calendar}};
}
Back inverse_one(const Model& model, const SetTaskCalendar& c) {
    return Command{SetTaskCalendar{c.project, c.task, task_of(model, c.project, c.task).calendar}};
}

}  // namespace

Back inverse(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return inverse_one(model, one); }, command);
}

}  // namespace entente::plan
