// What a plan command did, in a few words for the undo notice and the journal.
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::plan {

namespace {

std::string task_name(const Model& model, ProjectId project_id, TaskId task_id) {
    const Project* project = find_project(model, project_id);
    const Task* task = project ? find_task(*project, task_id) : nullptr;
    return task ? task->name : std::string();
}

std::string project_name(const Model& model, ProjectId id) {
    const Project* project = find_project(model, id);
    return project ? project->name : std::string();
}

// A working length as a nested message: whole days where they are whole, else hours.
Message length(const Model& model, ProjectId project_id, std::int64_t minutes) {
    const Project* project = find_project(model, project_id);
    const std::int64_t day = project ? project_calendar(*project).minutes_per_day : 480;
    if (minutes % day == 0) return msgn("{n} day", "{n} days", minutes / day);
    if (minutes % 60 == 0) return msgn("{n} hour", "{n} hours", minutes / 60);
    return msgn("{n} minute", "{n} minutes", minutes);
}

Message describe_one(const Model&, const AddProject& c) { return msg("Added {0}", c.project.name); }
Message describe_one(const Model& model, const RemoveProject& c) { return msg("Removed {0}", project_name(model, c.project)); }
Message describe_one(const Model&, const RestoreProject& c) { return msg("Put {0} back", c.project.name); }
Message describe_one(const Model&, const SetProjectFacts& c) { return msg("Changed the facts of {0}", c.name); }
Message describe_one(const Model&, const InsertTasks& c) {
    if (c.tasks.size() == 1) return msg("Added {0}", c.tasks.front().task.name);
    return msgn("Added {n} task", "Added {n} tasks", static_cast<std::int64_t>(c.tasks.size()));
}
Message describe_one(const Model& model, const RemoveTasks& c) {
    if (c.tasks.size() == 1) return msg("Removed {0}", task_name(model, c.project, c.tasks.front()));
    return msgn("Removed {n} task", "Removed {n} tasks", static_cast<std::int64_t>(c.tasks.size()));
}
Message describe_one(const Model& model, const RenameTask& c) {
    return msg("Renamed {0} to {1}", task_name(model, c.project, c.task), c.name);
}
Message describe_one(const Model& model, const SetStage& c) {
    return msg("Moved {0} to the stage {1}", task_name(model, c.project, c.task), c.stage);
}
Message describe_one(const Model& model, const SetDuration& c) {
    const Project* project = find_project(model, c.project);
    const Task* task = project ? find_task(*project, c.task) : nullptr;
    if (!task) return msg("Changed a length");
    const std::int64_t difference = c.minutes - task->duration_minutes;
    return difference >= 0 ? msg("Made {0} longer by {1}", task->name, length(model, c.project, difference))
                           : msg("Made {0} shorter by {1}", task->name, length(model, c.project, -difference));
}
Message describe_one(const Model& model, const SetEstimate& c) {
    const std::string name = task_name(model, c.project, c.task);
    return c.estimate ? msg("Set how long {0} takes at best and at worst", name) : msg("Took back the estimate of {0}", name);
}
Message describe_one(const Model& model, const SetDeadline& c) {
    const std::string name = task_name(model, c.project, c.task);
    return c.deadline ? msg("Set the deadline of {0}", name) : msg("Took the deadline of {0} out", name);
}
Message describe_one(const Model&, const SetStatusDay& c) {
    return c.day ? msg("Set the status date to {0}", *c.day) : msg("Took the status date out");
}
Message describe_one(const Model& model, const SetConstraint& c) {
    return msg("Changed when {0} may happen", task_name(model, c.project, c.task));
}
Message describe_one(const Model& model, const SetProgress& c) {
    return msg("Set {0} to {1} % done", task_name(model, c.project, c.task), c.percent);
}
Message describe_one(const Model& model, const SetAssignments& c) {
    return msg("Changed who works on {0}", task_name(model, c.project, c.task));
}
Message describe_one(const Model& model, const SetTaskVisible& c) {
    const std::string name = task_name(model, c.project, c.task);
    return c.client_visible ? msg("Showed {0} to the client", name) : msg("Hid {0} from the client", name);
}
Message describe_one(const Model& model, const AddLink& c) {
    return msg("Linked {0} to {1}", task_name(model, c.project, c.link.from), task_name(model, c.project, c.link.to));
}
Message describe_one(const Model& model, const SetLink& c) {
    return msg("Changed the link from {0} to {1}", task_name(model, c.project, c.link.from), task_name(model, c.project, c.link.to));
}
Message describe_one(const Model& model, const RemoveLink& c) {
    const Project* project = find_project(model, c.project);
    const Link* link = project ? by_id(project->links, c.link) : nullptr;
    if (!link) return msg("Removed a link");
    return msg("Removed the link from {0} to {1}", task_name(model, c.project, link->from), task_name(model, c.project, link->to));
}
Message describe_one(const Model& model, const PutPromise& c) {
    return msg("Promised {0} for {1}", task_name(model, c.project, c.promise.task), c.promise.promised);
}
Message describe_one(const Model& model, const RemovePromise& c) {
    const Project* project = find_project(model, c.project);
    const Promise* promise = project ? by_id(project->promises, c.promise) : nullptr;
    return msg("Took back the promise on {0}", promise ? task_name(model, c.project, promise->task) : std::string());
}
Message describe_one(const Model& model, const PutDecision& c) {
    const std::string name = task_name(model, c.project, c.decision.task);
    return c.decision.answered ? msg("Recorded the client's answer on {0}", name)
                               : msg("Changed what we need from the client on {0}", name);
}
Message describe_one(const Model& model, const RemoveDecision& c) {
    const Project* project = find_project(model, c.project);
    const ClientDecision* decision = project ? by_id(project->decisions, c.decision) : nullptr;
    return msg("Took {0} off what we need from the client", decision ? task_name(model, c.project, decision->task) : std::string());
}
std::string decided_name(const Model& model, ProjectId project_id, DecisionId id) {
    const Project* project = find_project(model, project_id);
    const ClientDecision* decision = project ? by_id(project->decisions, id) : nullptr;
    return decision ? task_name(model, project_id, decision->task) : std::string();
}
Message describe_one(const Model& model, const SetRequested& c) {
    const std::string name = decided_name(model, c.project, c.decision);
    return c.on ? msg("Recorded that {0} was asked for", name) : msg("Took back that {0} was asked for", name);
}
Message describe_one(const Model& model, const AddReminder& c) {
    return msg("Recorded a reminder about {0}", decided_name(model, c.project, c.decision));
}
Message describe_one(const Model& model, const RemoveReminder& c) {
    return msg("Took back the last reminder about {0}", decided_name(model, c.project, c.decision));
}
Message describe_one(const Model&, const AddBaseline& c) { return msg("Kept the plan as {0}", c.baseline.name); }
Message describe_one(const Model&, const RemoveBaseline&) { return msg("Took back the newest baseline"); }

std::string calendar_name(const Model& model, ProjectId project_id, CalendarId id) {
    const Project* project = find_project(model, project_id);
    const Calendar* calendar = project ? by_id(project->calendars, id) : nullptr;
    return calendar ? calendar->name : std::string();
}
Message describe_one(const Model& model, const PutCalendar& c) {
    return calendar_name(model, c.project, c.calendar.id).empty() ? msg("Added the calendar {0}", c.calendar.name)
                                                                  : msg("Changed the calendar {0}", c.calendar.name);
}
Message describe_one(const Model& model, const RemoveCalendar& c) {
    return msg("Removed the calendar {0}", calendar_name(model, c.project, c.calendar));
}
Message describe_one(const Model& model, const SetProjectCalendar& c) {
    return msg("The project is worked by the calendar {0}", calendar_name(model, c.project, c.calendar));
}
Message describe_one(const Model& model, const SetTaskCalendar& c) {
    if (!c.calendar) return msg("{0} is worked by the project's calendar", task_name(model, c.project, c.task));
    return msg("{0} is worked by the calendar {1}", task_name(model, c.project, c.task), calendar_name(model, c.project, c.calendar));
}

}  // namespace

Message describe(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return describe_one(model, one); }, command);
}

}  // namespace entente::plan
