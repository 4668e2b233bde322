// Promises for a plan that has just been read: the client's milestones as they fall, and the last milestone, which is delivery in
// whatever words the file has for it. Who promises a date shows it: a promised task is client-visible from then on.
#pragma once

#include "core/plan/schedule.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

// Adds a promise on the early finish of each client-visible active milestone and of the milestone that comes last (the later row of
// two on one day), where there is none yet. `schedule` is that of the project. At most the model's limit of promises.
void promise_milestones(plan::Project& project, const plan::Schedule& schedule, const NextId& next_id);

}  // namespace entente::exchange
