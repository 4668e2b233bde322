#include "exchange/promises.hpp"

#include <algorithm>
#include <unordered_set>

#include "core/plan/query.hpp"
#include "core/rules.hpp"

namespace entente::exchange {

void promise_milestones(plan::Project& project, const plan::Schedule& schedule, const NextId& next_id) {
    const std::size_t none = project.tasks.size();
    std::size_t last = none;
    const auto is_milestone = [&](std::size_t i) {
        return project.tasks[i].kind == plan::TaskKind::Milestone && project.tasks[i].active;
    };
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        if (is_milestone(i) && (last == none || schedule.rows[i].finish >= schedule.rows[last].finish))
            last = i;
    }
    std::unordered_set<TaskId> promised;
    for (const plan::Promise& promise : project.promises) promised.insert(promise.task);
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        plan::Task& task = project.tasks[i];
        if (!is_milestone(i) || (!task.client_visible && i != last) || project.promises.size() >= kMaxListed)
            continue;
        const Day day = plan::finish_day(schedule.rows[i]);
        if (day < kFirstDay || day > kLastDay || !promised.insert(task.id).second) continue;
        task.client_visible = true;
        project.promises.push_back({PromiseId{next_id()}, task.id, day, true});
    }
}

}  // namespace entente::exchange
