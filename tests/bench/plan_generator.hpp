// Plans made by a fixed seed: for benchmarks and for tests that try many plans. The same numbers give the same plan everywhere.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/plan/model.hpp"

namespace entente::test {

// PCG32 (O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms", 2014).
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) { next(); }
    std::uint32_t next() {
        const std::uint64_t old = state_;
        state_ = old * 6364136223846793005ull + 1442695040888963407ull;
        const auto shifted = static_cast<std::uint32_t>(((old >> 18) ^ old) >> 27);
        const auto turn = static_cast<std::uint32_t>(old >> 59);
        return (shifted >> turn) | (shifted << ((32 - turn) & 31));
    }
    // 0 .. below - 1
    std::uint32_t below(std::uint32_t limit) {
        return limit == 0 ? 0 : static_cast<std::uint32_t>((std::uint64_t{next()} * limit) >> 32);
    }
    bool one_in(std::uint32_t n) { return below(n) == 0; }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + below(static_cast<std::uint32_t>(high - low + 1));
    }

private:
    std::uint64_t state_;
};

struct PlanShape {
    std::size_t tasks = 100;
    std::size_t links = 130;
    std::uint32_t reach = 60;  // how far back in the outline predecessors lie
    bool summaries = true;     // one row in ten
    bool varied =
        false;  // all link kinds and lags, constraints, deadlines, actuals, calendars, ...; else a calm plan
};

namespace generator {

using namespace plan;

inline constexpr std::int64_t kDay = 480;
inline const Day kStart = *day_from(2026, 3, 2);  // a Monday

inline Calendar office() {
    Calendar calendar = standard_calendar(CalendarId{1}, "Office");
    for (int year = 2026; year < 2046; ++year) {
        calendar.exceptions.push_back({*day_from(year, 12, 24), *day_from(year, 12, 31), "Winter", {}});
        calendar.exceptions.push_back({*day_from(year, 5, 1), *day_from(year, 5, 1), "May", {}});
    }
    return calendar;
}

inline Calendar nights() {
    Calendar calendar;
    calendar.id = CalendarId{2};
    calendar.name = "Nights";
    for (std::size_t day = 0; day < 6; ++day) {
        if (day > 0) calendar.week[day].push_back({0, 6 * 60});
        if (day < 5) calendar.week[day].push_back({22 * 60, 24 * 60});
    }
    return calendar;
}

inline Calendar always() {
    Calendar calendar;
    calendar.id = CalendarId{3};
    calendar.name = "Always";
    for (auto& day : calendar.week) day = {{0, 24 * 60}};
    return calendar;
}

// Drawn one after the other: the order in which a compiler evaluates arguments is its own.
inline LocalMinute some_time(Random& random) {
    const Day day = kStart + static_cast<int>(random.below(200));
    return at_minute(day, static_cast<int>(random.below(1440)));
}

inline void vary(Task& task, Random& random) {
    if (task.kind == TaskKind::Summary) {
        if (random.one_in(8)) task.constraint = {ConstraintKind::StartNoEarlierThan, some_time(random)};
        if (random.one_in(12)) task.constraint = {ConstraintKind::FinishNoLaterThan, some_time(random)};
        return;
    }
    if (random.one_in(6)) task.constraint = {static_cast<ConstraintKind>(random.below(8)), some_time(random)};
    if (random.one_in(10)) task.deadline = some_time(random);
    if (random.one_in(8)) task.calendar = CalendarId{2 + random.below(2)};
    if (random.one_in(15) && task.kind == TaskKind::Task) task.elapsed = true;
    if (random.one_in(20)) task.active = false;
    if (random.one_in(15)) task.pause_minutes = random.below(1000);
    if (random.one_in(15)) task.levelling_delay_minutes = random.below(5000);
    if (random.one_in(20)) {
        task.manual = true;
        task.manual_start = some_time(random);
        task.manual_finish = LocalMinute{task.manual_start.n + random.below(5000)};
    }
    if (random.one_in(12)) {
        task.actual_start = some_time(random);
        task.percent_done = static_cast<int>(random.below(100));
        if (random.one_in(2)) {
            task.actual_finish = LocalMinute{task.actual_start->n + random.below(6000)};
            task.percent_done = 100;
        }
    }
}

inline void vary(Link& link, Random& random) {
    if (random.one_in(2)) link.kind = static_cast<LinkKind>(random.below(4));
    if (random.one_in(3)) {
        link.lag_unit = static_cast<LagUnit>(random.below(3));
        link.lag_minutes = link.lag_unit == LagUnit::PercentOfPredecessor ? random.between(-100, 150)
                                                                          : random.between(-1500, 3000);
    }
}

inline bool above(const Project& project, const std::unordered_map<TaskId, std::size_t>& index,
                  std::size_t summary, std::size_t task) {
    for (TaskId at = project.tasks[task].parent; at; at = project.tasks[index.at(at)].parent)
        if (index.at(at) == summary) return true;
    return false;
}

// Links lead from earlier rows to later ones; those that touch a summary leave it whole behind, so that no loop can be made.
inline void add_links(Project& project, const PlanShape& shape, Random& random) {
    std::unordered_map<TaskId, std::size_t> index;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) index.emplace(project.tasks[i].id, i);
    std::vector<std::size_t> last(project.tasks.size());  // the last row of each row's subtree
    for (std::size_t i = project.tasks.size(); i-- > 0;) {
        last[i] = std::max(last[i], i);
        if (project.tasks[i].parent)
            last[index.at(project.tasks[i].parent)] = std::max(last[index.at(project.tasks[i].parent)],
                                                               last[i]);
    }
    std::set<std::pair<std::size_t, std::size_t>> taken;
    std::uint64_t next = 2'000'000;
    for (std::size_t tries = 0;
         project.links.size() < shape.links && tries < shape.links * 40 && project.tasks.size() > 1;
         ++tries) {
        const std::size_t to = 1 + random.below(static_cast<std::uint32_t>(project.tasks.size() - 1));
        const std::size_t from = to - 1 -
                                 random.below(
                                     static_cast<std::uint32_t>(std::min<std::size_t>(to, shape.reach)));
        const bool summary = project.tasks[from].kind == TaskKind::Summary ||
                             project.tasks[to].kind == TaskKind::Summary;
        if (summary && !shape.varied) continue;
        if (last[from] >= to || above(project, index, to, from) || !taken.emplace(from, to).second) continue;
        Link link;
        link.id = LinkId{next++};
        link.from = project.tasks[from].id;
        link.to = project.tasks[to].id;
        if (shape.varied)
            vary(link, random);
        else if (random.one_in(10))
            link.lag_minutes = kDay * random.between(1, 3);
        project.links.push_back(link);
    }
}

}  // namespace generator

// Valid: outline, links and ids as plan/model.hpp demands; no loop. Starts on Monday 2026-03-02 at 09:00.
inline plan::Project make_plan(const PlanShape& shape, std::uint64_t seed) {
    using namespace generator;
    Random random(seed);
    Project project;
    project.id = ProjectId{4};
    project.name = "Generated";
    project.start = at_minute(kStart, 9 * 60);
    project.calendar = CalendarId{1};
    project.calendars = {office()};
    if (shape.varied) {
        project.calendars.push_back(nights());
        project.calendars.push_back(always());
        if (random.one_in(4)) project.status_day = kStart + static_cast<int>(random.below(60));
    }
    project.tasks.reserve(shape.tasks);
    std::vector<TaskId> open;  // summaries that may still get children
    for (std::size_t i = 0; i < shape.tasks; ++i) {
        Task task;
        task.id = TaskId{1000 + i};
        task.code = std::to_string(i + 1);
        task.name = "Task " + task.code;
        if (shape.summaries && i % 10 == 0) {
            if (!open.empty() && (open.size() > 2 || random.one_in(2))) open.pop_back();
            if (!open.empty()) task.parent = open.back();
            task.kind = TaskKind::Summary;
            open.push_back(task.id);
        } else {
            if (!open.empty()) task.parent = open.back();
            if (random.one_in(12)) task.kind = TaskKind::Milestone;
            task.duration_minutes = task.kind == TaskKind::Milestone ? 0 : kDay * random.between(1, 10);
        }
        if (shape.varied) vary(task, random);
        project.tasks.push_back(std::move(task));
    }
    add_links(project, shape, random);
    return project;
}

// One random change to a plan as a person might make it: mostly lengths, now and then links, dates, calendars, rows.
// The plan stays valid.
inline void random_edit(plan::Project& project, Random& random) {
    using namespace generator;
    Task& task = project.tasks[random.below(static_cast<std::uint32_t>(project.tasks.size()))];
    switch (random.below(16)) {
        case 0: vary(task, random); break;
        case 1:
            if (!project.links.empty())
                vary(project.links[random.below(static_cast<std::uint32_t>(project.links.size()))], random);
            break;
        case 2:
            if (!project.links.empty())
                project.links.erase(project.links.begin() +
                                    random.below(static_cast<std::uint32_t>(project.links.size())));
            break;
        case 3: task.active = !task.active; break;
        case 4: project.start = some_time(random); break;
        case 5: task.constraint = {}; break;
        case 6:
            if (task.kind != TaskKind::Summary)
                task.kind = task.kind == TaskKind::Task ? TaskKind::Milestone : TaskKind::Task;
            if (task.kind == TaskKind::Milestone) task.duration_minutes = 0;
            break;
        case 7: {
            const Day day = kStart + static_cast<int>(random.below(300));
            if (random.one_in(4)) project.calendars[0].exceptions.push_back({day, day + 2, "Closed", {}});
            break;
        }
        case 8:
            project.status_day = random.one_in(2) ? std::optional<Day>()
                                                  : kStart + static_cast<int>(random.below(80));
            break;
        case 9: project.critical_float_minutes = random.below(2000); break;
        default:
            if (task.kind == TaskKind::Task) task.duration_minutes = random.between(0, 12) * kDay / 2;
            break;
    }
}

// Leaves nothing but lengths, links, lags and calendars.
inline void only_links(plan::Project& project) {
    for (plan::Task& task : project.tasks) {
        task.constraint = {};
        task.deadline.reset();
        task.manual = false;
        task.actual_start.reset();
        task.actual_finish.reset();
        task.percent_done = 0;
    }
    project.status_day.reset();
}

}  // namespace entente::test
