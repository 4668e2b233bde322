#include "ui/views/timeline_trial.hpp"

#include <algorithm>

#include "core/command.hpp"
#include "core/lookup.hpp"
#include "core/plan/query_days.hpp"
#include "core/plan/schedule_touch.hpp"
#include "ui/views/words.hpp"

namespace entente::ui {

TimelineTrial::TimelineTrial(const Frame& frame) {
    model_.house = frame.model.house;
    model_.projects.push_back(*frame.project);
    plan::Project& project = model_.projects.front();
    project.changes.clear();
    project.baselines.clear();
    project.issued.clear();
    taken_back_.everything = true;
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
    taken_back_.add(plan::touched_by(whole));
    if (const auto updated = scheduler_.update(project, taken_back_, schedule_); !updated) {
        outcome.refused = updated.error();
    } else {
        taken_back_ = {};
        outcome.task = schedule_.rows[task];
        outcome.changed = project.tasks[task];
        const std::vector<plan::PromiseRow> after = plan::promise_rows(project, schedule_);
        const std::vector<plan::PromiseRow>& before = frame.answers->promises;
        const plan::Workdays workdays = plan::workdays_between(project, before, after);
        for (std::size_t i = 0; i < std::min(after.size(), before.size()); ++i) {
            if (after[i].health != plan::PromiseHealth::Done) ++outcome.promises;
            const std::int64_t days = workdays.between(before[i].forecast, after[i].forecast);
            if (days == 0 || after[i].task != before[i].task) continue;
            outcome.moved.push_back(
                {task_name(project, after[i].task), before[i].forecast, after[i].forecast, after[i].promised, days, after[i].health});
        }
        std::stable_sort(outcome.moved.begin(), outcome.moved.end(), [](const MovedPromise& a, const MovedPromise& b) {
            const bool late_a = a.health == plan::PromiseHealth::Missed, late_b = b.health == plan::PromiseHealth::Missed;
            return late_a != late_b ? late_a : a.promised < b.promised;
        });
    }
    if (back) {
        apply(model_, *back);
        taken_back_.add(plan::touched_by(*back));
    }
    return outcome;
}

plan::Command held_to(const plan::Project& project, const plan::Task& task, const plan::ScheduledTask& at, Day day) {
    int begins = 0, ends = 0;
    for (const auto& shifts : project_calendar(project).week) {
        if (shifts.empty()) continue;
        begins = shifts.front().from_minute;
        ends = shifts.back().to_minute;
        break;
    }
    // The end of a day and the beginning of the next are one instant: what is reached at the end of a day goes on being reached there.
    const bool at_end = task.kind == plan::TaskKind::Milestone && minute_of_day(at.start) > begins;
    return plan::SetConstraint{
        project.id, task.id, {plan::ConstraintKind::StartNoEarlierThan, at_minute(day, at_end ? ends : begins)}};
}

plan::Command moved_by(const plan::Project& project, const plan::Task& task, const plan::ScheduledTask& at, std::int64_t days) {
    return held_to(project, task, at, plan::Workdays(project).add(day_of(at.start), days));
}

}  // namespace entente::ui
