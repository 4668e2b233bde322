#include "ui/views/timeline_trial.hpp"

#include <algorithm>

#include "core/command.hpp"
#include "ui/views/words.hpp"

namespace entente::ui {

TimelineTrial::TimelineTrial(const Frame& frame) {
    model_.house = frame.model.house;
    model_.projects.push_back(*frame.project);
    plan::Project& project = model_.projects.front();
    project.changes.clear();
    project.baselines.clear();
    project.issued.clear();
    (void)scheduler_.run(project);
}

TrialOutcome TimelineTrial::with(const Frame& frame, std::size_t task, const plan::Command& command) {
    TrialOutcome outcome;
    if (const auto allowed = frame.session.can(Command{command}); !allowed) {
        outcome.refused = allowed.error();
        return outcome;
    }
    const Command whole{command};
    const std::optional<Command> back = inverse(model_, whole);
    apply(model_, whole);
    const plan::Project& project = model_.projects.front();
    const auto schedule = scheduler_.run(project);
    if (!schedule) {
        outcome.refused = schedule.error();
    } else {
        outcome.task = schedule->rows[task];
        outcome.changed = project.tasks[task];
        const std::vector<plan::PromiseRow> after = plan::promise_rows(project, *schedule);
        const std::vector<plan::PromiseRow>& before = frame.answers->promises;
        for (std::size_t i = 0; i < std::min(after.size(), before.size()); ++i) {
            if (after[i].health != plan::PromiseHealth::Done) ++outcome.promises;
            const std::int64_t days = plan::working_days(project, before[i].forecast, after[i].forecast);
            if (days == 0 || after[i].task != before[i].task) continue;
            outcome.moved.push_back(
                {task_name(project, after[i].task), before[i].forecast, after[i].forecast, after[i].promised, days, after[i].health});
        }
        std::stable_sort(outcome.moved.begin(), outcome.moved.end(), [](const MovedPromise& a, const MovedPromise& b) {
            const bool late_a = a.health == plan::PromiseHealth::Missed, late_b = b.health == plan::PromiseHealth::Missed;
            return late_a != late_b ? late_a : a.promised < b.promised;
        });
    }
    if (back) apply(model_, *back);
    return outcome;
}

}  // namespace entente::ui
