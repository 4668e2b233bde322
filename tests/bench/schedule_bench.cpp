// How long the scheduler needs from nothing, and for one edit of a plan whose network it keeps.
//
// Plans of 1,000, 10,000 and 100,000 tasks with 1.3 links a task by a fixed seed. Whole: ids, order, both passes, float and every row, from
// the project alone, by a Scheduler that has scheduled it before: its memory and the compiled calendars are kept, nothing else. All new:
// compute_schedule(), with calendars and memory too. A few rounds go before, unmeasured, so that the engine has compiled its best code.
// An edit: the length, the link, the progress or the date of one task changes, and every row is right again; edits that
// move the project's finish are counted apart, because they move every late date. Each answer is held against one made from nothing.
// Prints figures; fails only where an answer is wrong. With --figures, one line for each figure: "N METRIC MILLISECONDS". With
// --plan N, the calm plan of that size and its length for other programs: "task ROW MINUTES", "link FROM TO LAG", "length MINUTES".
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <vector>

#include "core/plan/schedule.hpp"
#include "tests/bench/plan_generator.hpp"

namespace {

using namespace entente;
using Clock = std::chrono::steady_clock;

bool figures_only = false;

double milliseconds(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

double median(std::vector<double>& times) {
    if (times.empty()) return 0;
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void print(std::size_t tasks, const char* metric, const char* what, std::vector<double> times) {
    if (times.empty()) return;
    const double middle = median(times);
    if (figures_only) {
        if (metric) std::printf("%zu %s %.6f\n", tasks, metric, middle);
        return;
    }
    std::printf("  %-46s min %9.4f  median %9.4f  90 %% %9.4f ms  (%zu rounds)\n", what, times.front(), middle,
                times[times.size() * 9 / 10], times.size());
}

bool same(const plan::Schedule& a, const plan::Schedule& b) {
    return a.rows == b.rows && a.start == b.start && a.finish == b.finish && a.working_minutes == b.working_minutes &&
           a.warnings.size() == b.warnings.size();
}

// One edit as a person makes it, and what it touched.
plan::Touched edit(plan::Project& project, test::Random& random) {
    plan::Task* task = nullptr;
    do task = &project.tasks[random.below(static_cast<std::uint32_t>(project.tasks.size()))];
    while (task->kind != plan::TaskKind::Task);
    plan::Touched touched;
    touched.tasks = {task->id};
    switch (random.below(8)) {
        case 0: task->percent_done = static_cast<int>(random.below(100)); break;
        case 1:
            task->constraint = task->constraint.kind == plan::ConstraintKind::AsSoonAsPossible
                                   ? plan::Constraint{plan::ConstraintKind::StartNoEarlierThan,
                                                      LocalMinute{project.start.n + 1440 * random.between(0, 200)}}
                                   : plan::Constraint{};
            break;
        case 2: {
            plan::Link& link = project.links[random.below(static_cast<std::uint32_t>(project.links.size()))];
            link.lag_unit = plan::LagUnit::Working;
            link.lag_minutes = 480 * random.between(0, 3);
            touched = {{}, {link.id}, false};
            break;
        }
        default: task->duration_minutes = 480 * random.between(1, 10); break;
    }
    return touched;
}

bool measure(const char* name, const test::PlanShape& shape, int wholes, int edits) {
    plan::Project project = test::make_plan(shape, 20260302);
    const std::size_t n = project.tasks.size();
    const bool calm = !shape.varied;
    if (!figures_only) std::printf("%s: %zu tasks, %zu links\n", name, n, project.links.size());
    std::vector<double> whole, fresh, small, moving, changed;
    plan::Schedule kept;
    plan::Scheduler scheduler;
    plan::Touched all;
    all.everything = true;
    const int warm = std::min(wholes / 2, 50);
    for (int i = -warm; i < wholes; ++i) {
        const auto from = Clock::now();
        if (!scheduler.update(project, all, kept)) return false;
        if (i >= 0) whole.push_back(milliseconds(from, Clock::now()));
    }
    for (int i = 0; i < wholes / 2; ++i) {
        const auto from = Clock::now();
        const auto made = plan::compute_schedule(project);
        fresh.push_back(milliseconds(from, Clock::now()));
        if (!made || !same(*made, kept)) return false;
    }
    test::Random random(7);
    for (int i = 0; i < edits; ++i) {
        const plan::Touched touched = edit(project, random);
        const LocalMinute finish = kept.finish;
        const auto from = Clock::now();
        if (!scheduler.update(project, touched, kept)) return false;
        const double took = milliseconds(from, Clock::now());
        (kept.finish == finish ? small : moving).push_back(took);
        changed.push_back(static_cast<double>(scheduler.changed().size()));
        if (i % (edits / 8) != 0) continue;
        const auto made = plan::compute_schedule(project);
        if (!made || !same(*made, kept)) return false;
    }
    const auto critical = std::count_if(kept.rows.begin(), kept.rows.end(), [](const plan::ScheduledTask& row) { return row.critical; });
    if (!figures_only)
        std::printf("  finish %s, %lld critical rows; an edit changes %.0f rows (median)\n", iso(kept.finish).c_str(),
                    static_cast<long long>(critical), median(changed));
    print(n, calm ? "full" : nullptr, "whole: build and both passes", whole);
    print(n, nullptr, "all new: with memory and calendars", fresh);
    print(n, calm ? "edit" : nullptr, "one edit that leaves the project's finish", small);
    print(n, calm ? "edit_finish" : nullptr, "one edit that moves the project's finish", moving);
    return true;
}

test::PlanShape calm(std::size_t tasks) { return {tasks, tasks * 13 / 10, 60, true, false}; }

int print_plan(std::size_t tasks) {
    const plan::Project project = test::make_plan(calm(tasks), 20260302);
    std::map<TaskId, std::size_t> row;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        row.emplace(project.tasks[i].id, i);
        if (project.tasks[i].kind != plan::TaskKind::Summary)
            std::printf("task %zu %lld\n", i, static_cast<long long>(project.tasks[i].duration_minutes));
    }
    for (const plan::Link& link : project.links)
        std::printf("link %zu %zu %lld\n", row.at(link.from), row.at(link.to), static_cast<long long>(link.lag_minutes));
    const auto schedule = plan::compute_schedule(project);
    if (!schedule) return 1;
    std::printf("length %lld\n", static_cast<long long>(schedule->working_minutes));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 2 && std::strcmp(argv[1], "--plan") == 0) return print_plan(std::strtoull(argv[2], nullptr, 10));
    figures_only = argc > 1 && std::strcmp(argv[1], "--figures") == 0;
    bool right = measure("calm plan", calm(1'000), 400, 2000);
    right = measure("calm plan", calm(10'000), 200, 2000) && right;
    right = measure("calm plan", calm(100'000), 20, 800) && right;
    if (!figures_only)
        right = measure("every kind of link, constraint and calendar", {10'000, 13'000, 60, true, true}, 60, 800) && right;
    if (right) return 0;
    std::printf("WRONG: an edited schedule does not agree with a fresh one\n");
    return 1;
}
