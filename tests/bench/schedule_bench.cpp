// How long one change of duration takes until the whole schedule, critical path and float are right again.
//
// 10,000 tasks and 13,000 links by a fixed seed. Each round changes the length of another task and runs the kept Scheduler; at the end
// its answer must equal a schedule made from nothing. Prints figures; fails only where the answer is wrong.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "core/plan/schedule.hpp"
#include "tests/bench/plan_generator.hpp"

namespace {

using namespace entente;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

void print(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-44s min %8.3f  median %8.3f  max %8.3f ms  (%zu rounds)\n", what, times.front(),
                times[times.size() / 2], times.back(), times.size());
}

bool same(const plan::Schedule& a, const plan::Schedule& b) {
    if (a.rows.size() != b.rows.size() || a.finish != b.finish) return false;
    return std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(),
                      [](const plan::ScheduledTask& x, const plan::ScheduledTask& y) {
                          return x.early_start == y.early_start && x.early_finish == y.early_finish &&
                                 x.late_start == y.late_start && x.late_finish == y.late_finish &&
                                 x.total_float_minutes == y.total_float_minutes &&
                                 x.free_float_minutes == y.free_float_minutes && x.critical == y.critical;
                      });
}

bool measure(const char* name, const test::PlanShape& shape, int rounds) {
    plan::Project project = test::make_plan(shape, 20260302);
    std::printf("%s: %zu tasks, %zu links\n", name, project.tasks.size(), project.links.size());
    std::vector<double> whole, change;
    for (int i = 0; i < 20; ++i) {
        const auto from = Clock::now();
        const auto schedule = plan::compute_schedule(project);
        whole.push_back(milliseconds(from, Clock::now()));
        if (!schedule) return false;
    }
    plan::Scheduler scheduler;
    test::Random random(7);
    Result<plan::Schedule> last = scheduler.run(project);
    for (int i = 0; i < rounds; ++i) {
        plan::Task& task = project.tasks[random.below(static_cast<std::uint32_t>(project.tasks.size()))];
        if (task.kind != plan::TaskKind::Task) continue;
        task.duration_minutes = 480 * random.between(1, 15);
        const auto from = Clock::now();
        last = scheduler.run(project);
        change.push_back(milliseconds(from, Clock::now()));
        if (!last) return false;
    }
    const auto critical = std::count_if(last->rows.begin(), last->rows.end(),
                                        [](const plan::ScheduledTask& row) { return row.critical; });
    std::printf("  finish %s, %lld critical rows\n", iso(last->finish).c_str(),
                static_cast<long long>(critical));
    print("  from nothing", whole);
    print("  one change of duration, kept scheduler", change);
    const auto fresh = plan::compute_schedule(project);
    return fresh && same(*fresh, *last);
}

}  // namespace

int main() {
    const bool calm = measure("calm plan", {10'000, 13'000, 60, true, false}, 600);
    const bool varied = measure("every kind of link, constraint and calendar",
                                {10'000, 13'000, 60, true, true}, 300);
    if (calm && varied) return 0;
    std::printf("WRONG: the kept scheduler does not agree with a fresh one\n");
    return 1;
}
