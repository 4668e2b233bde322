#include "core/plan/variance.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "core/lookup.hpp"
#include "core/plan/query_days.hpp"

namespace entente::plan {

namespace {

Day finish_of(const BaselineRow& row) {
    const bool at_midnight = minute_of_day(row.finish) == 0 && row.start < row.finish;
    return at_midnight ? day_of(row.finish) - 1 : day_of(row.finish);
}

using RowOf = std::unordered_map<TaskId, const BaselineRow*>;
RowOf rows_of(const Baseline& baseline) {
    RowOf rows;
    for (const BaselineRow& row : baseline.rows) rows.emplace(row.task, &row);
    return rows;
}

// Counts over all days that the plan and its baselines know.
Workdays workdays_of(const Project& project, const Schedule& schedule) {
    Day first = day_of(project.start), last = first;
    const auto cover = [&](LocalMinute from, LocalMinute to) {
        first = std::min(first, day_of(from) - 1);
        last = std::max(last, day_of(to) + 1);
    };
    for (const ScheduledTask& row : schedule.rows) cover(row.start, row.finish);
    for (const Baseline& baseline : project.baselines) {
        for (const BaselineRow& row : baseline.rows) cover(row.start, row.finish);
    }
    return {project, first, last};
}

// A difference to the last baseline that can be taken back by itself.
struct Difference {
    MoverKind kind = MoverKind::Other;
    std::size_t task = 0;
    LocalMinute order;             // differences are taken back in this order
    std::int64_t size = 0;         // in minutes: the largest are taken
};

class Differences {
public:
    Differences(const Project& project, const Schedule& schedule, const Baseline& last)
        : project_(project), schedule_(schedule), rows_(rows_of(last)) {
        for (const Calendar& calendar : project.calendars) {
            if (valid(calendar)) clocks_.emplace(calendar.id, WorkClock(calendar, day_of(project.start)));
        }
        for (std::size_t i = 0; i < project.tasks.size(); ++i) look_at(i);
        largest_first();
        std::stable_sort(found_.begin(), found_.end(), [](const Difference& a, const Difference& b) {
            return a.order != b.order ? a.order < b.order : a.kind > b.kind;  // the place before the length
        });
        if (project.status_day) found_.insert(found_.begin(), Difference{MoverKind::StatusDate, 0, {}, 0});
    }

    const std::vector<Difference>& all() const { return found_; }

    // Brings one difference of `trial` (a copy of the project) back to what the baseline says.
    void take_back(Project& trial, const Difference& one) const {
        if (one.kind == MoverKind::StatusDate) {
            trial.status_day.reset();
            return;
        }
        Task& task = trial.tasks[one.task];
        if (one.kind == MoverKind::Added) {
            task.duration_minutes = 0;
            clear_facts(task);
            task.manual = false;
            task.constraint = {};
            return;
        }
        const BaselineRow& row = *rows_.at(task.id);
        switch (one.kind) {
            case MoverKind::Later:
            case MoverKind::Sooner:
                task.duration_minutes = work(one.task, schedule_.rows[one.task].start, schedule_.rows[one.task].finish);
                clear_facts(task);
                break;
            case MoverKind::Placed: place_as(task, row); break;
            default:
                task.duration_minutes = work(one.task, row.start, row.finish);
                task.actual_finish.reset();
                task.percent_done = 0;
                if (task.manual) task.manual_finish = row.finish;
                break;
        }
    }

private:
    static void clear_facts(Task& task) {
        task.actual_start.reset();
        task.actual_finish.reset();
        task.percent_done = 0;
    }
    static void place_as(Task& task, const BaselineRow& row) {
        if (task.manual) {
            task.manual_start = row.start;
            task.manual_finish = row.finish;
            return;
        }
        const ConstraintKind kind = task.constraint.kind;
        const bool finish = kind == ConstraintKind::MustFinishOn || kind == ConstraintKind::FinishNoEarlierThan ||
                            kind == ConstraintKind::FinishNoLaterThan;
        task.constraint.at = finish ? row.finish : row.start;
    }

    // Worked (or elapsed) minutes between two times, as the task counts its length.
    std::int64_t work(std::size_t i, LocalMinute from, LocalMinute to) const {
        const Task& task = project_.tasks[i];
        if (task.kind == TaskKind::Milestone) return 0;
        if (task.elapsed) return std::max<std::int64_t>(to.n - from.n, 0);
        auto clock = clocks_.find(task.calendar ? task.calendar : project_.calendar);
        if (clock == clocks_.end()) clock = clocks_.find(project_.calendar);
        if (clock == clocks_.end()) return task.duration_minutes;
        return std::max<std::int64_t>(clock->second.between(from, to), 0);
    }

    void look_at(std::size_t i) {
        const Task& task = project_.tasks[i];
        if (task.kind == TaskKind::Summary || !task.active || i >= schedule_.rows.size()) return;
        const ScheduledTask& now = schedule_.rows[i];
        const auto found = rows_.find(task.id);
        if (found == rows_.end()) {
            if (task.kind == TaskKind::Task) found_.push_back({MoverKind::Added, i, now.start, work(i, now.start, now.finish)});
            return;
        }
        const BaselineRow& row = *found->second;
        const std::int64_t shift = now.start.n - row.start.n, length = work(i, now.start, now.finish) - work(i, row.start, row.finish);
        if (shift != 0 && task.actual_start)
            found_.push_back({shift > 0 ? MoverKind::Later : MoverKind::Sooner, i, row.start, std::abs(shift)});
        else if (shift != 0 && (now.driven_by == DrivenBy::Constraint || now.driven_by == DrivenBy::Manual))
            found_.push_back({MoverKind::Placed, i, row.start, std::abs(shift)});
        if (length != 0) found_.push_back({length > 0 ? MoverKind::Longer : MoverKind::Shorter, i, row.start, std::abs(length)});
    }

    void largest_first() {
        if (found_.size() <= kMostDifferences) return;
        std::stable_sort(found_.begin(), found_.end(), [](const Difference& a, const Difference& b) { return a.size > b.size; });
        found_.resize(kMostDifferences);
    }

    const Project& project_;
    const Schedule& schedule_;
    RowOf rows_;
    std::unordered_map<CalendarId, WorkClock> clocks_;
    std::vector<Difference> found_;
};

struct Target {
    std::size_t task = 0;
    PromiseId promise;
    Day recorded;                   // finish in the newest baseline that holds it
    Day at;                         // finish as far as differences have been taken back
    MovePart since;
};

// Takes the differences to `last` back one after the other and notes by how many days each target comes back.
void explain_since(const Project& project, const Schedule& schedule, const Baseline& last, const Workdays& workdays,
                   std::vector<Target>& targets) {
    const Differences differences(project, schedule, last);
    Project trial = project;
    trial.baselines.clear();
    trial.changes.clear();
    trial.scenarios.clear();
    Scheduler scheduler;
    Schedule without;
    Touched touched;
    touched.everything = true;
    for (const Difference& one : differences.all()) {
        differences.take_back(trial, one);
        if (one.kind != MoverKind::StatusDate) touched.tasks.push_back(trial.tasks[one.task].id);
        if (!scheduler.update(trial, touched, without)) continue;
        touched = {};
        for (Target& target : targets) {
            const Day back = finish_day(without.rows[target.task]);
            const std::int64_t days = workdays.between(back, target.at);
            target.at = back;
            if (days == 0) continue;
            const bool whose = one.kind != MoverKind::StatusDate;
            const Task& task = project.tasks[one.task];
            target.since.movers.push_back({one.kind, whose ? task.id : TaskId{}, whose && task.actual_finish.has_value(), days});
        }
    }
    for (Target& target : targets) {
        const std::int64_t rest = workdays.between(target.recorded, target.at);
        if (rest != 0) target.since.movers.push_back({MoverKind::Other, {}, false, rest});
    }
}

std::vector<Target> targets_of(const Project& project, const Schedule& schedule, const RowOf& from) {
    std::unordered_map<TaskId, PromiseId> promised;
    for (const Promise& promise : project.promises) promised.emplace(promise.task, promise.id);
    std::vector<Target> targets;
    for (std::size_t i = 0; i < project.tasks.size() && i < schedule.rows.size(); ++i) {
        const Task& task = project.tasks[i];
        const auto promise = promised.find(task.id);
        if ((task.kind != TaskKind::Milestone && promise == promised.end()) || !from.contains(task.id)) continue;
        Target target;
        target.task = i;
        if (promise != promised.end()) target.promise = promise->second;
        target.at = finish_day(schedule.rows[i]);
        targets.push_back(std::move(target));
    }
    return targets;
}

}  // namespace

std::vector<VarianceRow> variance_rows(const Project& project, const Schedule& schedule, const Baseline& baseline) {
    std::vector<VarianceRow> rows;
    if (schedule.rows.size() != project.tasks.size()) return rows;
    const RowOf recorded = rows_of(baseline);
    const Workdays workdays = workdays_of(project, schedule);
    rows.reserve(project.tasks.size());
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        VarianceRow row;
        row.task = project.tasks[i].id;
        row.start = day_of(schedule.rows[i].start);
        row.finish = finish_day(schedule.rows[i]);
        if (const auto found = recorded.find(row.task); found != recorded.end()) {
            row.in_baseline = true;
            row.baseline_start = day_of(found->second->start);
            row.baseline_finish = finish_of(*found->second);
            row.start_days = workdays.between(row.baseline_start, row.start);
            row.finish_days = workdays.between(row.baseline_finish, row.finish);
        }
        rows.push_back(row);
    }
    return rows;
}

std::int64_t tasks_gone(const Project& project, const Baseline& baseline) {
    RowOf recorded = rows_of(baseline);
    for (const Task& task : project.tasks) recorded.erase(task.id);
    return static_cast<std::int64_t>(recorded.size());
}

std::vector<MoveStory> move_stories(const Project& project, const Schedule& schedule, BaselineId from) {
    const auto begin = std::find_if(project.baselines.begin(), project.baselines.end(),
                                    [&](const Baseline& baseline) { return baseline.id == from; });
    if (begin == project.baselines.end() || schedule.rows.size() != project.tasks.size()) return {};
    std::vector<RowOf> recorded;
    for (auto baseline = begin; baseline != project.baselines.end(); ++baseline) recorded.push_back(rows_of(*baseline));
    std::vector<Target> targets = targets_of(project, schedule, recorded.front());
    const Workdays workdays = workdays_of(project, schedule);
    std::vector<MoveStory> stories;
    for (Target& target : targets) {
        MoveStory story;
        story.task = project.tasks[target.task].id;
        story.promise = target.promise;
        story.before = target.recorded = finish_of(*recorded.front().at(story.task));
        story.now = target.at;
        story.days = workdays.between(story.before, story.now);
        for (std::size_t i = 1; i < recorded.size(); ++i) {
            const auto row = recorded[i].find(story.task);
            if (row == recorded[i].end()) continue;
            const Baseline& made = *(begin + static_cast<std::ptrdiff_t>(i));
            const std::int64_t days = workdays.between(target.recorded, finish_of(*row->second));
            target.recorded = finish_of(*row->second);
            if (days != 0) story.parts.push_back({made.id, made.from_change, days, {}});
        }
        stories.push_back(std::move(story));
    }
    explain_since(project, schedule, project.baselines.back(), workdays, targets);
    for (std::size_t i = 0; i < targets.size(); ++i) {
        targets[i].since.days = workdays.between(targets[i].recorded, stories[i].now);
        // Differences that cancel out are still worth a word.
        if (!targets[i].since.movers.empty()) stories[i].parts.push_back(std::move(targets[i].since));
    }
    return stories;
}

}  // namespace entente::plan
