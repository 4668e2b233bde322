#include "core/rules.hpp"

#include "base/text.hpp"
#include "core/lookup.hpp"

namespace entente {

Result<void> check_name(std::string_view name) {
    if (trim(name).empty()) return refuse(msg("A name is needed."));
    if (name.size() > kMaxName)
        return refuse(msg("The name is too long."), {},
                      msg("Keep it under {0} characters.", std::int64_t{kMaxName}));
    if (!valid_utf8(name)) return refuse(msg("The text is not valid Unicode."));
    return ok();
}

Result<void> check_text(std::string_view text) {
    if (text.size() > kMaxText)
        return refuse(msg("The text is too long."), {},
                      msg("Keep it under {0} characters.", std::int64_t{kMaxText}));
    if (!valid_utf8(text)) return refuse(msg("The text is not valid Unicode."));
    return ok();
}

Result<void> check_minor(std::int64_t minor) {
    if (minor < -kMaxMinor || minor > kMaxMinor) return refuse(msg("The amount is too large."));
    return ok();
}

Result<void> check_day(Day day) {
    if (day < kFirstDay || day > kLastDay) return refuse(msg("The date must lie between 1970 and 2200."));
    return ok();
}

Result<void> check_minute(LocalMinute at) { return check_day(day_of(at)); }

Result<const plan::Project*> need_project(const Model& model, ProjectId id) {
    if (const plan::Project* project = find_project(model, id)) return project;
    return fail(ErrorCode::NotFound, msg("This project is no longer here."));
}

Result<const plan::Task*> need_task(const plan::Project& project, TaskId id) {
    if (const plan::Task* task = find_task(project, id)) return task;
    return fail(ErrorCode::NotFound, msg("This task is no longer in the plan."));
}

Result<const change::Change*> need_change(const plan::Project& project, ChangeId id) {
    if (const change::Change* found = find_change(project, id)) return found;
    return fail(ErrorCode::NotFound, msg("This change is no longer here."));
}

namespace {

template <class T>
bool holds(const std::vector<T>& items, std::uint64_t id) {
    return std::any_of(items.begin(), items.end(), [id](const T& item) { return item.id.n == id; });
}

bool project_uses(const plan::Project& project, std::uint64_t id) {
    return project.id.n == id || holds(project.tasks, id) || holds(project.links, id) || holds(project.calendars, id) ||
           holds(project.promises, id) || holds(project.decisions, id) || holds(project.baselines, id) ||
           holds(project.changes, id) || holds(project.issued, id) || money::holds_id(project.money, id);
}

}  // namespace

bool id_in_use(const Model& model, std::uint64_t id) {
    return holds(model.house.roles, id) ||
           std::any_of(model.projects.begin(), model.projects.end(),
                       [id](const plan::Project& project) { return project_uses(project, id); });
}

}  // namespace entente
