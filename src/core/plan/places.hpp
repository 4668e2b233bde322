// Where each task of a plan stands, by its id: made in one pass over the tasks, and good until one is added, moved or taken out.
#pragma once

#include <optional>

#include "core/lookup.hpp"
#include "core/plan/model.hpp"
#include "core/plan/network_ids.hpp"

namespace entente::plan {

class TaskPlaces {
public:
    static constexpr std::uint32_t kAbsent = IdTable::kAbsent;

    explicit TaskPlaces(const Project& project) {
        std::vector<std::uint64_t> ids;
        ids.reserve(project.tasks.size());
        for (const Task& task : project.tasks) ids.push_back(task.id.n);
        table_.build(ids);
    }
    // kAbsent, which lies behind every task, where there is none.
    std::uint32_t find(TaskId id) const { return table_.find(id.n); }
    bool contains(TaskId id) const { return find(id) != kAbsent; }

private:
    IdTable table_;
};

// The same for a few tasks of many: a place that the id itself tells is taken, and the table is made where one does not. Good until a
// task is added, moved or taken out.
class FewPlaces {
public:
    explicit FewPlaces(const Project& project) : project_(project) {}
    std::uint32_t find(TaskId id) {
        if (!id) return TaskPlaces::kAbsent;
        const Task* met = table_ ? nullptr : lookup::counted(project_.tasks, id);
        if (met) return static_cast<std::uint32_t>(met - project_.tasks.data());
        if (!table_) table_.emplace(project_);
        return table_->find(id);
    }

private:
    const Project& project_;
    std::optional<TaskPlaces> table_;
};

}  // namespace entente::plan
