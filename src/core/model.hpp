// Model: everything a workspace holds, as one plain value.
//
// Only Session::submit (and replay) holds it mutable. It is rebuilt from the journal, compared by ==, and snapshotted by
// codec. Nothing in it is derived.
#pragma once

#include <cstdint>
#include <vector>

#include "core/house/model.hpp"
#include "core/plan/model.hpp"

namespace entente {

struct Model {
    house::House house;
    std::vector<plan::Project> projects;  // in the order they were added

    friend bool operator==(const Model&, const Model&) = default;
};

const plan::Project* find_project(const Model& model, ProjectId id);
const plan::Task* find_task(const plan::Project& project, TaskId id);
const house::Role* find_role(const Model& model, RoleId id);
const change::Change* find_change(const plan::Project& project, ChangeId id);
const plan::Calendar& project_calendar(const plan::Project& project);
// What "1 day" means when a length is typed or shown; at least 1.
std::int64_t minutes_per_day(const plan::Project& project);

}  // namespace entente
