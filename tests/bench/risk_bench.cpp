// Risk: 1,000 tasks, 10,000 runs, in slices as the worker makes them, with the findings at the end; plans with one calendar, and with
// half of their links between calendars. Prints milliseconds; fails only where a plan cannot be run.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "core/risk/query.hpp"
#include "core/risk/job.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;

namespace {

double now_ms() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// Links of all kinds and calendars of their own, but nothing begun and no dates set.
plan::Project with_calendars(std::uint64_t seed) {
    plan::Project project = test::make_plan({1000, 1300, 60, false, true}, seed);
    for (plan::Task& task : project.tasks) {
        task.constraint = {};
        task.manual = false;
        task.actual_start.reset();
        task.actual_finish.reset();
        task.percent_done = 0;
        task.active = true;
    }
    project.status_day.reset();
    return project;
}

bool measure(const char* name, const plan::Project& project) {
    const double begun = now_ms();
    const auto program = risk::compile(project, risk::first_spreads());
    if (!program) return false;
    const double compiled = now_ms();
    std::vector<double> runs_ms, slices_ms, findings_ms;
    std::int32_t check = 0;
    for (int again = 0; again < 11; ++again) {
        risk::Simulation simulation(*program, risk::kSeed, risk::kRuns);
        const double start = now_ms();
        for (bool more = true; more;) {
            const double slice = now_ms();
            more = simulation.step(risk::kSliceRuns);
            slices_ms.push_back(now_ms() - slice);
        }
        const double run = now_ms();
        const risk::Findings found = risk::findings(simulation);
        findings_ms.push_back(now_ms() - run);
        runs_ms.push_back(run - start);
        check = static_cast<std::int32_t>(found.finishes.front().p80_minute.n);
    }
    const double first = runs_ms.front();
    for (std::vector<double>* all : {&runs_ms, &slices_ms, &findings_ms}) std::sort(all->begin(), all->end());
    const auto median = [](const std::vector<double>& sorted) { return sorted[sorted.size() / 2]; };
    std::printf("%-25s compile %.2f ms  10,000 runs: least %.1f ms, median %.1f ms, the first %.1f ms  a slice of %u: median %.2f ms, most "
                "%.2f ms  findings %.1f ms  P80 %d\n",
                name, compiled - begun, runs_ms.front(), median(runs_ms), first, risk::kSliceRuns, median(slices_ms), slices_ms.back(),
                findings_ms.front(), check);
    return check > 0;
}

}  // namespace

int main() {
    const bool plain = measure("one calendar", test::make_plan({1000, 1300, 60, false, false}, 5));
    const bool mixed = measure("tasks of other calendars", with_calendars(5));
    return plain && mixed ? 0 : 1;
}
