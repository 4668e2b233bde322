// A task's limits: its own estimate, or the house's spread for its stage.
#include <algorithm>

#include "core/risk/compile.hpp"

namespace entente::risk {

Limits limits_of(const plan::Project& project, const plan::Task& task, const std::vector<Spread>& spreads) {
    const std::int64_t likely = task.duration_minutes;
    if (task.estimate)
        return {std::min(task.estimate->optimistic_minutes, likely), std::max(task.estimate->pessimistic_minutes, likely), true};
    const bool client = std::any_of(project.decisions.begin(), project.decisions.end(),
                                    [&](const plan::ClientDecision& decision) { return decision.task == task.id; });
    const Spread spread = spread_for(spreads, client ? SpreadOf::ClientPart : SpreadOf::Work, task.stage);
    const std::int64_t bounded = std::min<std::int64_t>(likely, kFarthest);
    return {bounded - bounded * (1000 - spread.optimistic_permille) / 1000,
            bounded + bounded * (spread.pessimistic_permille - 1000) / 1000, false};
}

}  // namespace entente::risk
