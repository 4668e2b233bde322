// Scenarios beside the live plan: what they are compared by, and how one becomes a change. And the change that supersedes another.
#pragma once

#include <functional>

#include "core/change/query.hpp"

namespace entente::change {

struct FloatSummary {
    std::int64_t critical = 0;             // tasks on the critical path, summaries not counted
    std::int64_t least_float_minutes = 0;  // of the tasks that are not done; negative where a date cannot be met
};
FloatSummary float_summary(const plan::Project& project, const plan::Schedule& schedule);

// The same edits with new ids for all they bring, so that both may stand in one workspace.
std::vector<PlanEdit> with_new_ids(std::vector<PlanEdit> edits, const std::function<std::uint64_t()>& next_id);

// An open change that would take the place of an agreed or absorbed one: what was agreed, to be written over. Its edits have new ids.
Change superseding(const plan::Project& project, const Change& old, ChangeId id, Day asked_on,
                   const std::function<std::uint64_t()>& next_id);

// An open change that asks for what the scenario tries, in its name's words. The scenario stays as it is.
Change change_from(const plan::Project& project, const Scenario& scenario, ChangeId id, Day asked_on,
                   const std::function<std::uint64_t()>& next_id);

}  // namespace entente::change
