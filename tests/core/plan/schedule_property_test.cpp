// What must hold of any plan: the kept scheduler equals a fresh one after any edits; dates respect links; float is the distance between
// early and late dates; and on plain plans the dates equal those of a naive longest path that knows nothing of the scheduler.
#include <doctest.h>

#include <algorithm>
#include <map>

#include "core/plan/schedule.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;
using namespace entente::plan;
using test::make_plan;
using test::PlanShape;
using test::Random;

namespace {

bool same(const ScheduledTask& a, const ScheduledTask& b) {
    return a.early_start == b.early_start && a.early_finish == b.early_finish &&
           a.late_start == b.late_start && a.late_finish == b.late_finish && a.start == b.start &&
           a.finish == b.finish && a.total_float_minutes == b.total_float_minutes &&
           a.free_float_minutes == b.free_float_minutes && a.critical == b.critical &&
           a.driven_by == b.driven_by && a.driving == b.driving;
}

// The first row that differs, or none.
std::optional<std::size_t> difference(const Schedule& a, const Schedule& b) {
    if (a.rows.size() != b.rows.size()) return 0;
    for (std::size_t i = 0; i < a.rows.size(); ++i)
        if (!same(a.rows[i], b.rows[i])) return i;
    if (a.start != b.start || a.finish != b.finish || a.working_minutes != b.working_minutes || a.critical_tasks != b.critical_tasks)
        return a.rows.size();
    if (a.warnings.size() != b.warnings.size()) return a.rows.size();
    for (std::size_t w = 0; w < a.warnings.size(); ++w)
        if (a.warnings[w].task != b.warnings[w].task || a.warnings[w].text.id != b.warnings[w].text.id)
            return a.rows.size();
    return std::nullopt;
}

void edit_and_compare(const PlanShape& shape, std::uint64_t seed, int edits) {
    Project project = make_plan(shape, seed);
    Random random(seed + 1000);
    Scheduler scheduler;
    REQUIRE(scheduler.run(project).has_value());
    for (int e = 0; e < edits; ++e) {
        for (std::uint32_t together = 1 + random.below(3); together > 0; --together)
            test::random_edit(project, random);
        const auto kept = scheduler.run(project), whole = compute_schedule(project);
        REQUIRE(kept.has_value() == whole.has_value());
        if (!kept) continue;
        const auto where = difference(*kept, *whole);
        REQUIRE_MESSAGE(!where, "seed " << seed << ", edit " << e << ", row " << *where);
    }
}

}  // namespace

TEST_CASE("after any edits the kept scheduler gives exactly what a fresh one gives") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) edit_and_compare({40, 60, 15, true, true}, seed, 40);
    for (std::uint64_t seed = 100; seed < 110; ++seed) edit_and_compare({400, 600, 60, true, true}, seed, 40);
    for (std::uint64_t seed = 200; seed < 210; ++seed)
        edit_and_compare({300, 390, 40, true, false}, seed, 60);
}

TEST_CASE("a scheduler that is given another project is not confused") {
    Scheduler scheduler;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const Project project = make_plan({static_cast<std::size_t>(30 + seed % 3), 40, 15, true, seed % 2 == 0}, seed % 4);
        const auto kept = scheduler.run(project), whole = compute_schedule(project);
        REQUIRE(kept.has_value());
        CHECK_FALSE(difference(*kept, *whole).has_value());
    }
    Project looped = make_plan({30, 40, 15, true, false}, 3);
    std::swap(looped.links[0].from, looped.links[0].to);
    looped.links.push_back({LinkId{1}, looped.links[0].to, looped.links[0].from, {}, {}, 0});
    CHECK_FALSE(scheduler.run(looped).has_value());
    CHECK(scheduler.run(make_plan({30, 40, 15, true, false}, 3)).has_value());
}

TEST_CASE("links are respected and float is the distance between early and late dates") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Project project = make_plan({200, 300, 40, true, true}, seed);
        test::only_links(project);
        const auto schedule = compute_schedule(project);
        REQUIRE(schedule.has_value());
        std::map<CalendarId, WorkClock> clocks;
        for (const Calendar& calendar : project.calendars) clocks.emplace(calendar.id, WorkClock(calendar));
        clocks.emplace(CalendarId{99}, WorkClock::always());
        const auto clock_of = [&](const Task& task) -> const WorkClock& {
            if (task.elapsed && task.kind == TaskKind::Task) return clocks.at(CalendarId{99});
            return clocks.at(task.calendar ? task.calendar : project.calendar);
        };
        std::map<TaskId, std::size_t> index;
        for (std::size_t i = 0; i < project.tasks.size(); ++i) index.emplace(project.tasks[i].id, i);
        for (std::size_t i = 0; i < project.tasks.size(); ++i) {
            const Task& task = project.tasks[i];
            if (task.kind == TaskKind::Summary || !task.active) continue;
            const ScheduledTask& row = schedule->rows[i];
            const WorkClock& clock = clock_of(task);
            CAPTURE(seed);
            CAPTURE(i);
            CHECK(row.early_start <= row.late_start);
            CHECK(row.early_finish <= row.late_finish);
            CHECK(row.total_float_minutes == clock.between(row.early_start, row.late_start));
            CHECK(row.total_float_minutes == clock.between(row.early_finish, row.late_finish));
            CHECK(row.free_float_minutes >= 0);
            CHECK(row.free_float_minutes <= row.total_float_minutes);
            CHECK(clock.between(row.early_start, row.early_finish) ==
                  (task.duration_minutes ? task.duration_minutes + task.pause_minutes : 0));
        }
        for (const Link& link : project.links) {
            const Task& from = project.tasks[index[link.from]];
            const Task& to = project.tasks[index[link.to]];
            if (!from.active || !to.active || from.kind == TaskKind::Summary || to.kind == TaskKind::Summary)
                continue;
            const ScheduledTask& a = schedule->rows[index[link.from]];
            const ScheduledTask& b = schedule->rows[index[link.to]];
            const bool of_finish = link.kind == LinkKind::FinishToStart ||
                                   link.kind == LinkKind::FinishToFinish;
            const bool to_start = link.kind == LinkKind::FinishToStart || link.kind == LinkKind::StartToStart;
            const WorkClock& clock = clock_of(to);
            const LocalMinute anchor = of_finish ? a.early_finish : a.early_start,
                              reached = to_start ? b.early_start : b.early_finish;
            if (link.lag_unit == LagUnit::Working)
                CHECK(clock.between(anchor, reached) >= link.lag_minutes);
            else if (link.lag_unit == LagUnit::Elapsed)
                CHECK(clock.work_at(reached) >= clock.work_at(LocalMinute{anchor.n + link.lag_minutes}));
        }
    }
}

TEST_CASE("on plain plans the dates equal a naive longest path, day by day") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Project project = make_plan({60, 90, 20, false, false}, seed);
        Random random(seed);
        for (Link& link : project.links) {
            link.kind = static_cast<LinkKind>(
                random.below(3));  // start to finish may lead before the project
            link.lag_minutes = 480 * random.between(0, 3);
        }
        const auto schedule = compute_schedule(project);
        REQUIRE(schedule.has_value());
        // In whole days from the start: relax until nothing changes.
        const std::size_t count = project.tasks.size();
        std::map<TaskId, std::size_t> index;
        std::vector<std::int64_t> length(count), start(count, 0), late_finish(count);
        for (std::size_t i = 0; i < count; ++i) {
            index.emplace(project.tasks[i].id, i);
            length[i] = project.tasks[i].duration_minutes / 480;
        }
        for (std::size_t round = 0; round < count; ++round)
            for (const Link& link : project.links) {
                const std::size_t a = index[link.from], b = index[link.to];
                const std::int64_t lag = link.lag_minutes / 480;
                const std::int64_t from = link.kind == LinkKind::StartToStart ? start[a]
                                                                              : start[a] + length[a];
                start[b] = std::max(start[b],
                                    from + lag - (link.kind == LinkKind::FinishToFinish ? length[b] : 0));
            }
        std::int64_t end = 0;
        for (std::size_t i = 0; i < count; ++i) end = std::max(end, start[i] + length[i]);
        late_finish.assign(count, end);
        for (std::size_t round = 0; round < count; ++round)
            for (const Link& link : project.links) {
                const std::size_t a = index[link.from], b = index[link.to];
                const std::int64_t lag = link.lag_minutes / 480;
                const std::int64_t to = (link.kind == LinkKind::FinishToFinish ? late_finish[b]
                                                                               : late_finish[b] - length[b]) -
                                        lag;
                late_finish[a] = std::min(late_finish[a],
                                          link.kind == LinkKind::StartToStart ? to + length[a] : to);
            }
        const WorkClock clock(project.calendars[0]);
        const std::int64_t begin = clock.work_at(project.start);
        for (std::size_t i = 0; i < count; ++i) {
            const ScheduledTask& row = schedule->rows[i];
            CHECK(clock.work_at(row.early_start) - begin == start[i] * 480);
            CHECK(clock.work_at(row.early_finish) - begin == (start[i] + length[i]) * 480);
            CHECK(clock.work_at(row.late_finish) - begin == late_finish[i] * 480);
            CHECK(row.total_float_minutes == (late_finish[i] - length[i] - start[i]) * 480);
            CHECK(row.critical == (late_finish[i] - length[i] == start[i]));
        }
    }
}
