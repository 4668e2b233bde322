// Where each task of a plan stands, by its id: made in one pass over the tasks, and good until one is added, moved or taken out.
#pragma once

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

}  // namespace entente::plan
