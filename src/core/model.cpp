#include "core/model.hpp"

#include <algorithm>

#include "core/lookup.hpp"

namespace entente {

const plan::Project* find_project(const Model& model, ProjectId id) { return by_id(model.projects, id); }
const plan::Task* find_task(const plan::Project& project, TaskId id) { return by_id(project.tasks, id); }
const house::Role* find_role(const Model& model, RoleId id) { return by_id(model.house.roles, id); }
const change::Change* find_change(const plan::Project& project, ChangeId id) { return by_id(project.changes, id); }

const plan::Calendar& project_calendar(const plan::Project& project) {
    // check() refuses a project whose calendar is not among its calendars.
    return *by_id(project.calendars, project.calendar);
}

std::int64_t minutes_per_day(const plan::Project& project) {
    return std::max<std::int64_t>(1, project_calendar(project).minutes_per_day);
}

}  // namespace entente
