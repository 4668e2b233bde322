// Small plans for tests, and their dates as text: "2026-03-02T09:00".
//
// The project starts on Monday 2026-03-02 at 09:00; the office works Monday to Friday, 09:00-12:00 and 13:00-18:00 (8 hours).
#pragma once

#include <string>

#include "core/plan/model.hpp"
#include "core/plan/schedule.hpp"

namespace entente::test {

inline LocalMinute at(const char* text) { return *parse_iso_minute(text); }
inline Day day(const char* text) { return *parse_iso_day(text); }

class PlanBuilder {
public:
    static constexpr std::int64_t kDay = 480;

    PlanBuilder() {
        project.id = ProjectId{1};
        project.name = "Test";
        project.start = at("2026-03-02T09:00");
        project.calendar = CalendarId{1};
        plan::Calendar office;
        office.id = CalendarId{1};
        office.name = "Office";
        for (std::size_t d = 0; d < 5; ++d) office.week[d] = {{9 * 60, 12 * 60}, {13 * 60, 18 * 60}};
        project.calendars = {office};
    }

    // A task of so many working days; 0 is a milestone.
    TaskId task(const char* name, double days, TaskId parent = {}) {
        plan::Task task;
        task.id = TaskId{100 + project.tasks.size()};
        task.parent = parent;
        task.name = name;
        task.duration_minutes = static_cast<std::int64_t>(days * kDay);
        if (days == 0) task.kind = plan::TaskKind::Milestone;
        project.tasks.push_back(task);
        return task.id;
    }
    TaskId summary(const char* name, TaskId parent = {}) {
        const TaskId id = task(name, 0, parent);
        project.tasks.back().kind = plan::TaskKind::Summary;
        return id;
    }
    LinkId link(TaskId from, TaskId to, plan::LinkKind kind = plan::LinkKind::FinishToStart, std::int64_t lag = 0,
                plan::LagUnit unit = plan::LagUnit::Working) {
        project.links.push_back({LinkId{10'000 + project.links.size()}, from, to, kind, unit, lag});
        return project.links.back().id;
    }
    plan::Task& of(TaskId id) { return project.tasks[index(id)]; }
    std::size_t index(TaskId id) const {
        std::size_t i = 0;
        while (project.tasks[i].id != id) ++i;
        return i;
    }
    void constrain(TaskId id, plan::ConstraintKind kind, const char* when) { of(id).constraint = {kind, at(when)}; }

    plan::Calendar& add_calendar(const char* name) {
        plan::Calendar calendar;
        calendar.id = CalendarId{1 + project.calendars.size()};
        calendar.name = name;
        project.calendars.push_back(calendar);
        return project.calendars.back();
    }

    // Computes; the rows are then found by task.
    void run() { schedule = *plan::compute_schedule(project); }
    const plan::ScheduledTask& row(TaskId id) const { return schedule.rows[index(id)]; }
    std::string start(TaskId id) const { return iso(row(id).early_start); }
    std::string finish(TaskId id) const { return iso(row(id).early_finish); }
    std::string late_start(TaskId id) const { return iso(row(id).late_start); }
    std::string late_finish(TaskId id) const { return iso(row(id).late_finish); }
    std::int64_t total(TaskId id) const { return row(id).total_float_minutes; }
    std::int64_t free(TaskId id) const { return row(id).free_float_minutes; }

    plan::Project project;
    plan::Schedule schedule;
};

}  // namespace entente::test
