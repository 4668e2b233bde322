// Why a date is what it is: from a task along the links that decide it, back to a fact.
#include "core/lookup.hpp"
#include "core/plan/query.hpp"
#include "core/plan/why_words.hpp"

namespace entente::plan {

namespace {

class Explainer {
public:
    Explainer(const Project& project, const Schedule& schedule) : project_(project), schedule_(schedule) {
        for (const Calendar& calendar : project.calendars)
            if (calendar.id == project.calendar) minutes_per_day_ = calendar.minutes_per_day;
    }

    std::vector<WhyStep> explain(TaskId task) const {
        std::vector<WhyStep> steps;
        const Task* found = by_id(project_.tasks, task);
        if (!found || schedule_.rows.size() != project_.tasks.size()) return steps;
        std::size_t at = index_of(*found);
        bool finish = false;  // a summary is asked about its finish where a successor waits for that
        while (steps.size() <= 2 * project_.tasks.size()) {
            const ScheduledTask& row = schedule_.rows[at];
            if (project_.tasks[at].kind == TaskKind::Summary) {
                const std::size_t child = deciding_child(at, finish);
                if (child == at) {
                    steps.push_back({project_.tasks[at].id, {}, fact(at)});
                    break;
                }
                steps.push_back({project_.tasks[at].id, {}, with_child(at, child, finish)});
                at = child;
                continue;
            }
            const Link* link = row.driven_by == DrivenBy::Predecessor ? by_id(project_.links, row.driving) : nullptr;
            const Task* from = link ? by_id(project_.tasks, link->from) : nullptr;
            if (!from || as_late_as_possible(at)) {
                steps.push_back({project_.tasks[at].id, {}, fact(at)});
                break;
            }
            const Link& by = *link;
            const std::size_t before = index_of(*from);
            steps.push_back({project_.tasks[at].id, by.id, because(at, by, before)});
            finish = by.kind == LinkKind::FinishToStart || by.kind == LinkKind::FinishToFinish;
            at = before;
        }
        return steps;
    }

private:
    // Nothing is indexed beforehand: a chain has few steps, and a plan of 100,000 tasks is asked after every edit.
    std::size_t index_of(const Task& task) const { return static_cast<std::size_t>(&task - project_.tasks.data()); }
    Day start_day(std::size_t i) const { return day_of(schedule_.rows[i].start); }
    Day end_day(std::size_t i) const { return finish_day(schedule_.rows[i]); }
    const std::string& name(std::size_t i) const { return project_.tasks[i].name; }

    bool as_late_as_possible(std::size_t i) const {
        const Task& task = project_.tasks[i];
        return task.constraint.kind == ConstraintKind::AsLateAsPossible && !task.actual_start && !task.manual;
    }

    // The child whose start (or finish) is the summary's; the summary itself where its own dates stand.
    std::size_t deciding_child(std::size_t summary, bool finish) const {
        const ScheduledTask& row = schedule_.rows[summary];
        if (row.driven_by != DrivenBy::Children) return summary;
        for (std::size_t i = summary + 1; i < project_.tasks.size(); ++i) {
            if (project_.tasks[i].parent != project_.tasks[summary].id || !project_.tasks[i].active) continue;
            const ScheduledTask& child = schedule_.rows[i];
            if (finish ? child.finish == row.finish : child.start == row.start) return i;
        }
        return summary;
    }

    Message with_child(std::size_t summary, std::size_t child, bool finish) const {
        if (finish)
            return msg("“{0}” finishes on {1} with “{2}”, the last of its tasks.", name(summary),
                       end_day(summary), name(child));
        return msg("“{0}” starts on {1} with “{2}”, the first of its tasks.", name(summary),
                   start_day(summary), name(child));
    }

    // The lag in words; empty where there is none.
    Message lag(const Link& link) const {
        const std::int64_t size = link.lag_minutes < 0 ? -link.lag_minutes : link.lag_minutes;
        if (size == 0) return {};
        switch (link.lag_unit) {
            case LagUnit::Working: return working_length(size, minutes_per_day_);
            case LagUnit::Elapsed: return elapsed_length(size);
            case LagUnit::PercentOfPredecessor: break;
        }
        return msg("{0} % of its length", size);
    }

    Message because(std::size_t i, const Link& link, std::size_t before) const {
        const bool after = link.lag_minutes >= 0;
        const Message wait = lag(link);
        const bool milestone = project_.tasks[i].kind == TaskKind::Milestone;
        switch (link.kind) {
            case LinkKind::FinishToStart:
                return milestone ? reached(i, before, wait, after) : starts_after(i, before, wait, after);
            case LinkKind::StartToStart: return starts_with(i, before, wait, after);
            case LinkKind::FinishToFinish: return finishes_with(i, before, wait, after);
            case LinkKind::StartToFinish: break;
        }
        return finishes_at_start(i, before, wait, after);
    }

    Message reached(std::size_t i, std::size_t before, const Message& wait, bool after) const {
        if (wait.empty())
            return msg("“{0}” is reached on {1}, when “{2}” is done.", name(i), end_day(i), name(before));
        if (after)
            return msg("“{0}” is reached on {1}, {2} after “{3}” finishes on {4}.", name(i), end_day(i), wait,
                       name(before), end_day(before));
        return msg("“{0}” is reached on {1}, {2} before “{3}” finishes on {4}.", name(i), end_day(i), wait,
                   name(before), end_day(before));
    }

    Message starts_after(std::size_t i, std::size_t before, const Message& wait, bool after) const {
        if (wait.empty())
            return msg("“{0}” starts on {1}, once “{2}” is done on {3}.", name(i), start_day(i), name(before),
                       end_day(before));
        if (after)
            return msg("“{0}” starts on {1}, {2} after “{3}” finishes on {4}.", name(i), start_day(i), wait,
                       name(before), end_day(before));
        return msg("“{0}” starts on {1}, {2} before “{3}” finishes on {4}.", name(i), start_day(i), wait,
                   name(before), end_day(before));
    }

    Message starts_with(std::size_t i, std::size_t before, const Message& wait, bool after) const {
        if (wait.empty())
            return msg("“{0}” starts on {1}, together with “{2}”.", name(i), start_day(i), name(before));
        if (after)
            return msg("“{0}” starts on {1}, {2} after “{3}” starts on {4}.", name(i), start_day(i), wait,
                       name(before), start_day(before));
        return msg("“{0}” starts on {1}, {2} before “{3}” starts on {4}.", name(i), start_day(i), wait,
                   name(before), start_day(before));
    }

    Message finishes_with(std::size_t i, std::size_t before, const Message& wait, bool after) const {
        if (wait.empty())
            return msg("“{0}” finishes on {1}, together with “{2}”.", name(i), end_day(i), name(before));
        if (after)
            return msg("“{0}” finishes on {1}, {2} after “{3}” finishes on {4}.", name(i), end_day(i), wait,
                       name(before), end_day(before));
        return msg("“{0}” finishes on {1}, {2} before “{3}” finishes on {4}.", name(i), end_day(i), wait,
                   name(before), end_day(before));
    }

    Message finishes_at_start(std::size_t i, std::size_t before, const Message& wait, bool after) const {
        if (wait.empty())
            return msg("“{0}” finishes on {1}, when “{2}” starts on {3}.", name(i), end_day(i), name(before),
                       start_day(before));
        if (after)
            return msg("“{0}” finishes on {1}, {2} after “{3}” starts on {4}.", name(i), end_day(i), wait,
                       name(before), start_day(before));
        return msg("“{0}” finishes on {1}, {2} before “{3}” starts on {4}.", name(i), end_day(i), wait,
                   name(before), start_day(before));
    }

    Message constrained(std::size_t i) const {
        const Constraint& constraint = project_.tasks[i].constraint;
        const Day at = day_of(constraint.at);
        switch (constraint.kind) {
            case ConstraintKind::MustStartOn: return msg("“{0}” is fixed to start on {1}.", name(i), at);
            case ConstraintKind::MustFinishOn: return msg("“{0}” is fixed to finish on {1}.", name(i), at);
            case ConstraintKind::StartNoEarlierThan:
                return msg("“{0}” may not start before {1}.", name(i), at);
            case ConstraintKind::StartNoLaterThan: return msg("“{0}” has to start by {1}.", name(i), at);
            case ConstraintKind::FinishNoEarlierThan:
                return msg("“{0}” may not finish before {1}.", name(i), at);
            case ConstraintKind::FinishNoLaterThan: return msg("“{0}” has to finish by {1}.", name(i), at);
            case ConstraintKind::AsSoonAsPossible:
            case ConstraintKind::AsLateAsPossible: break;
        }
        // Not its own: a summary above it holds it back.
        const auto parent = [&](const Task& task) { return task.parent ? by_id(project_.tasks, task.parent) : nullptr; };
        for (const Task* up = parent(project_.tasks[i]); up; up = parent(*up)) {
            const Constraint& above = up->constraint;
            if (above.kind == ConstraintKind::StartNoEarlierThan || above.kind == ConstraintKind::MustStartOn)
                return msg("“{0}” is part of “{1}”, which may not start before {2}.", name(i), up->name,
                           day_of(above.at));
        }
        return msg("“{0}” starts on {1}, a date that was set.", name(i), start_day(i));
    }

    Message fact(std::size_t i) const {
        const Task& task = project_.tasks[i];
        if (task.actual_finish)
            return msg("“{0}” was finished on {1}.", name(i), day_of(*task.actual_finish));
        if (task.actual_start) return msg("“{0}” was started on {1}.", name(i), day_of(*task.actual_start));
        if (as_late_as_possible(i))
            return msg("“{0}” starts on {1}, as late as it can without moving the end of the project.",
                       name(i), start_day(i));
        switch (schedule_.rows[i].driven_by) {
            case DrivenBy::Constraint: return constrained(i);
            case DrivenBy::Manual:
                return msg("“{0}” stands on {1}, where it was put by hand.", name(i), start_day(i));
            case DrivenBy::StatusDate:
                return msg("“{0}” has not begun, so it can start on {1} at the earliest.", name(i),
                           start_day(i));
            case DrivenBy::ProjectStart:
            case DrivenBy::Predecessor:
            case DrivenBy::Actual:
            case DrivenBy::Children: break;
        }
        if (task.kind == TaskKind::Milestone)
            return msg("“{0}” is reached on {1}: nothing comes before it.", name(i), start_day(i));
        return msg("“{0}” starts on {1} with the project: nothing comes before it.", name(i), start_day(i));
    }

    const Project& project_;
    const Schedule& schedule_;
    std::int64_t minutes_per_day_ = 480;
};

}  // namespace

std::vector<WhyStep> why(const Project& project, const Schedule& schedule, TaskId task) {
    return Explainer(project, schedule).explain(task);
}

}  // namespace entente::plan
