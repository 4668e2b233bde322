#include "core/plan/query.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/lookup.hpp"
#include "core/plan/network.hpp"
#include "core/plan/places.hpp"
#include "core/plan/query_days.hpp"

namespace entente::plan {

WorkClock clock_for(const Project& project, const Task& task) {
    if (task.elapsed && task.kind != TaskKind::Summary) return WorkClock::always();
    const Day near = day_of(project.start);
    for (const CalendarId id : {task.calendar, project.calendar})
        if (const Calendar* calendar = by_id(project.calendars, id); calendar && valid(*calendar)) return WorkClock(*calendar, near);
    return WorkClock(standard_calendar({}, {}), near);
}

namespace {

const Calendar* calendar_of(const Project& project, CalendarId id) {
    const Calendar* calendar = by_id(project.calendars, id ? id : project.calendar);
    return calendar ? calendar : by_id(project.calendars, project.calendar);
}

bool done(const Task& task) { return task.actual_finish.has_value() || task.percent_done >= 100; }

// The working time of tasks; each calendar is compiled once.
class Clocks {
public:
    explicit Clocks(const Project& project) : project_(project) {}

    // Elapsed tasks have every minute.
    const WorkClock& of(const Task& task) {
        if (task.elapsed && task.kind != TaskKind::Summary) return elapsed_;
        const auto known = by_calendar_.find(task.calendar);
        if (known != by_calendar_.end()) return known->second;
        return by_calendar_.emplace(task.calendar, clock_for(project_, task)).first->second;
    }

private:
    const Project& project_;
    WorkClock elapsed_ = WorkClock::always();
    std::unordered_map<CalendarId, WorkClock> by_calendar_;
};

// The end of each promised day, for the promised task and, where that is a summary, for all in it.
std::vector<LocalMinute> promise_anchors(const Project& project, const TaskPlaces& places) {
    std::vector<LocalMinute> anchors(project.tasks.size(), LocalMinute{kNever});
    for (const Promise& promise : project.promises) {
        const std::uint32_t task = places.find(promise.task);
        if (task == TaskPlaces::kAbsent || done(project.tasks[task])) continue;
        LocalMinute& anchor = anchors[task];
        anchor = std::min(anchor, at_minute(promise.promised + 1, 0));
    }
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        const std::uint32_t parent = places.find(project.tasks[i].parent);
        if (parent < i) anchors[i] = std::min(anchors[i], anchors[parent]);
    }
    return anchors;
}

// The plan with one task finishing elsewhere: a copy whose schedule is kept, so that each question costs what it moves.
class WhatIf {
public:
    explicit WhatIf(const Project& project) : project_(project) { taken_back_.everything = true; }

    // The schedule with the task finishing at that very time, until the next question; none where it cannot be computed.
    const Schedule* finishing(std::uint32_t task, LocalMinute at) {
        Task& what = project_.tasks[task];
        const Task before = what;
        what.actual_start.reset();
        what.actual_finish.reset();
        what.percent_done = 0;
        what.manual = false;
        what.constraint = {ConstraintKind::MustFinishOn, at};
        taken_back_.tasks.push_back(what.id);
        const bool known = scheduler_.update(project_, taken_back_, schedule_).has_value();
        what = before;
        taken_back_ = {};
        taken_back_.tasks.push_back(what.id);
        return known ? &schedule_ : nullptr;
    }

private:
    Project project_;
    Scheduler scheduler_;
    Schedule schedule_;
    Touched taken_back_;  // since schedule_ was brought up to date
};

// The last day up to `day` on which the task's people work, or the project's where it has no calendar of its own.
Day last_worked(const Workdays& workdays, const WorkClock& clock, const Task& task, Day day) {
    if (!task.calendar || task.elapsed) return workdays.on_or_before(day);
    for (int back = 0; back <= 366; ++back) {
        if (clock.is_working(day - back)) return day - back;
    }
    return day;
}

struct Slip {
    PromiseId promise;
    std::int64_t days = 0;
};

// The promise that moves first, and by how many working days, when the task comes a day after `latest`.
Slip first_slip(const Project& project, WhatIf& what_if, const WorkClock& clock, const TaskPlaces& places, std::uint32_t task,
                LocalMinute latest) {
    const Calendar* calendar = calendar_of(project, project.tasks[task].calendar);
    const std::int64_t day = project.tasks[task].elapsed || !calendar ? kMinutesPerDay
                                                                      : calendar->minutes_per_day;
    const Schedule* schedule = what_if.finishing(task, latest);
    if (!schedule) return {};
    std::vector<ScheduledTask> in_time;  // parallel to the promises
    in_time.reserve(project.promises.size());
    for (const Promise& promise : project.promises) {
        const std::uint32_t promised = places.find(promise.task);
        in_time.push_back(promised == TaskPlaces::kAbsent ? ScheduledTask{} : schedule->rows[promised]);
    }
    schedule = what_if.finishing(task, clock.add(latest, day));
    if (!schedule) return {};
    const Promise* first = nullptr;
    Day before, after;
    for (std::size_t i = 0; i < project.promises.size(); ++i) {
        const Promise& promise = project.promises[i];
        const std::uint32_t promised = places.find(promise.task);
        if (promised == TaskPlaces::kAbsent) continue;
        const ScheduledTask& late = schedule->rows[promised];
        if (late.finish <= in_time[i].finish || (first && promise.promised >= first->promised)) continue;
        first = &promise;
        before = finish_day(in_time[i]);
        after = finish_day(late);
    }
    return first ? Slip{first->id, working_days(project, before, after)} : Slip{};
}

}  // namespace

Day finish_day(const ScheduledTask& row) {
    const bool at_midnight = minute_of_day(row.finish) == 0 && row.start < row.finish;
    return at_midnight ? day_of(row.finish) - 1 : day_of(row.finish);
}

std::int64_t working_days(const Project& project, Day a, Day b) { return Workdays(project, std::min(a, b), std::max(a, b)).between(a, b); }

Workdays workdays_between(const Project& project, const std::vector<PromiseRow>& rows, const std::vector<PromiseRow>& others) {
    Day first = kLastDay, last = kFirstDay;
    for (const std::vector<PromiseRow>* some : {&rows, &others})
        for (const PromiseRow& row : *some) {
            first = std::min({first, row.promised, row.forecast});
            last = std::max({last, row.promised, row.forecast});
        }
    return Workdays(project, first, last);
}

namespace {

// What the plan makes of promises whose tasks and dates are known.
void judge(const Project& project, const Schedule& schedule, const std::vector<PromiseRow*>& rows) {
    Day first = kLastDay, last = kFirstDay;
    for (PromiseRow* row : rows) {
        row->forecast = finish_day(schedule.rows[row->place]);
        first = std::min({first, row->promised, row->forecast});
        last = std::max({last, row->promised, row->forecast});
    }
    if (rows.empty()) return;
    const Workdays workdays(project, first, last);
    for (PromiseRow* row : rows) {
        row->room_days = workdays.between(row->forecast, row->promised);
        // Two days off that no working day separates are still before and after.
        const bool late = row->forecast > row->promised;
        if (done(project.tasks[row->place]))
            row->health = PromiseHealth::Done;
        else if (late)
            row->health = PromiseHealth::Missed;
        else
            row->health = row->room_days < kTightDays ? PromiseHealth::Tight : PromiseHealth::Kept;
    }
}

}  // namespace

std::vector<PromiseRow> promise_rows(const Project& project, const Schedule& schedule) {
    std::vector<PromiseRow> rows;
    rows.reserve(project.promises.size());
    for (const Promise& promise : project.promises) {
        const Task* task = by_id(project.tasks, promise.task);
        const auto index = static_cast<std::size_t>(task ? task - project.tasks.data() : 0);
        if (!task || index >= schedule.rows.size()) continue;
        PromiseRow row;
        row.promise = promise.id;
        row.task = promise.task;
        row.place = static_cast<std::uint32_t>(index);
        row.promised = promise.promised;
        rows.push_back(row);
    }
    std::vector<PromiseRow*> all;
    all.reserve(rows.size());
    for (PromiseRow& row : rows) all.push_back(&row);
    judge(project, schedule, all);
    return rows;
}

void update_promise_rows(const Project& project, const Schedule& schedule, const std::vector<std::uint32_t>& changed,
                         std::vector<PromiseRow>& rows) {
    std::vector<PromiseRow*> some;
    for (PromiseRow& row : rows) {
        if (std::binary_search(changed.begin(), changed.end(), row.place)) some.push_back(&row);
    }
    judge(project, schedule, some);
}

std::vector<DecisionRow> decision_rows(const Project& project, const Schedule& schedule, Day today) {
    std::vector<DecisionRow> rows;
    if (project.decisions.empty() || schedule.rows.size() != project.tasks.size()) return rows;
    const TaskPlaces places(project);
    const std::vector<LocalMinute> latest = latest_finishes(project, promise_anchors(project, places));
    WhatIf what_if(project);
    Clocks clocks(project);
    const Workdays workdays(project);
    for (const ClientDecision& decision : project.decisions) {
        const std::uint32_t i = places.find(decision.task);
        if (i == TaskPlaces::kAbsent) continue;
        DecisionRow row;
        row.decision = decision.id;
        row.task = decision.task;
        row.forecast = finish_day(schedule.rows[i]);
        row.answered = decision.answered.has_value();
        if (i < latest.size() && latest[i].n < kNever) {
            const LocalMinute by = latest[i];
            const WorkClock& clock = clocks.of(project.tasks[i]);
            row.needed_by = last_worked(workdays, clock, project.tasks[i], minute_of_day(by) == 0 ? day_of(by) - 1 : day_of(by));
            row.float_minutes = clock.between(schedule.rows[i].finish, by);
            const Slip slip = first_slip(project, what_if, clock, places, i, by);
            row.slip_days_per_day = slip.days;
            row.moves = slip.promise;
            row.overdue = !row.answered && *row.needed_by < today;
        }
        rows.push_back(row);
    }
    return rows;
}

}  // namespace entente::plan
