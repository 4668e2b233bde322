// What can be done to a plan. Each command is one gesture with resolved values; `project` names where. An `index` says where a
// thing stands among its like; without one it is added at the end.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/house/model.hpp"
#include "core/plan/model.hpp"

namespace entente::plan {

// A whole project at once: an import, the sample, a new empty one. One undo takes all of it away again.
struct AddProject {
    Project project;
    std::vector<house::Role> new_roles;  // roles the project uses that the house did not have
};
struct RemoveProject {
    ProjectId project;
    std::vector<RoleId> roles;  // removed along with it: what AddProject added
};
// Puts a project back where it stood: the inverse of RemoveProject.
struct RestoreProject {
    Project project;
    std::vector<house::Role> roles;
    std::size_t index = 0;
};
struct SetProjectFacts {
    ProjectId project;
    std::string name, kind, client;
    LocalMinute start;
    std::int64_t base_fee_minor = 0;
};

// A task with everything that hangs on it, and where it stands in the outline (index into Project::tasks).
struct PlacedTask {
    std::size_t index = 0;
    Task task;
};
struct InsertTasks {
    ProjectId project;
    std::vector<PlacedTask> tasks;  // ascending index, as they stand after insertion
    std::vector<Link> links;
    std::vector<Promise> promises;
    std::vector<ClientDecision> decisions;
    // Where the links, promises and decisions stand in the project's vectors; shorter or empty: at the end.
    std::vector<std::size_t> link_places, promise_places, decision_places;
};
// Removes the tasks with their links, promises and decisions. Children go with their summary (list all of them).
struct RemoveTasks {
    ProjectId project;
    std::vector<TaskId> tasks;
};

struct RenameTask { ProjectId project; TaskId task; std::string name; };
struct SetStage { ProjectId project; TaskId task; std::string stage; };
struct SetDuration { ProjectId project; TaskId task; std::int64_t minutes = 0; };
// At best and at worst; none: the house's spread counts.
struct SetEstimate { ProjectId project; TaskId task; std::optional<Estimate> estimate; };
struct SetConstraint { ProjectId project; TaskId task; Constraint constraint; };
// A day by which it is to be done: nothing is moved for it, but float is counted to it and a miss is said. None: there is none.
struct SetDeadline { ProjectId project; TaskId task; std::optional<LocalMinute> deadline; };
// Progress was written down as of the end of that day: what was not done by then is planned for after it. None: it was not.
struct SetStatusDay { ProjectId project; std::optional<Day> day; };
// Progress, and when it really began and ended where that is known.
struct SetProgress {
    ProjectId project;
    TaskId task;
    std::int32_t percent = 0;
    std::optional<LocalMinute> actual_start, actual_finish;
};
struct SetAssignments { ProjectId project; TaskId task; std::vector<Assignment> assignments; };
struct SetTaskVisible { ProjectId project; TaskId task; bool client_visible = false; };

struct AddLink { ProjectId project; Link link; std::optional<std::size_t> index; };
struct SetLink { ProjectId project; Link link; };  // kind and lag of the link with that id
struct RemoveLink { ProjectId project; LinkId link; };

// Gives our word on a task's date, or a new date for it; RemovePromise takes it out.
struct PutPromise { ProjectId project; Promise promise; std::optional<std::size_t> index; };
struct RemovePromise { ProjectId project; PromiseId promise; };

struct PutDecision { ProjectId project; ClientDecision decision; std::optional<std::size_t> index; };
struct RemoveDecision { ProjectId project; DecisionId decision; };
// The request went out to the client on that day; none: it did not.
struct SetRequested { ProjectId project; DecisionId decision; std::optional<Day> on; };
// A reminder went out; RemoveReminder takes the one recorded last back.
struct AddReminder { ProjectId project; DecisionId decision; ReminderSent reminder; };
struct RemoveReminder { ProjectId project; DecisionId decision; };

// Keeps the plan as it stands under a name.
struct AddBaseline { ProjectId project; Baseline baseline; };
struct RemoveBaseline { ProjectId project; BaselineId baseline; };

// A working calendar of the project: a new one, or another form of the one with that id. One that is used is not removed.
struct PutCalendar { ProjectId project; Calendar calendar; std::optional<std::size_t> index; };
struct RemoveCalendar { ProjectId project; CalendarId calendar; };
struct SetProjectCalendar { ProjectId project; CalendarId calendar; };
struct SetTaskCalendar { ProjectId project; TaskId task; CalendarId calendar; };  // none: the project's

using Command =
    std::variant<AddProject, RemoveProject, RestoreProject, SetProjectFacts, InsertTasks, RemoveTasks, RenameTask, SetStage,
                 SetDuration, SetConstraint, SetProgress, SetAssignments, SetTaskVisible, AddLink, SetLink, RemoveLink,
                 PutPromise, RemovePromise, PutDecision, RemoveDecision, AddBaseline, RemoveBaseline, PutCalendar,
                 RemoveCalendar, SetProjectCalendar, SetTaskCalendar, SetEstimate, SetRequested, AddReminder, RemoveReminder,
                 SetDeadline, SetStatusDay>;

}  // namespace entente::plan
