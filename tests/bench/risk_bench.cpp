// Risk: 1,000 tasks, 10,000 runs, in slices as the worker makes them, with the findings at the end; plans with one calendar, and with
// half of their links between calendars. Prints milliseconds; fails only where a plan cannot be run.
#include <algorithm>
#include <chrono>
#include <cstdio>

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
    double runs_ms = 1e9, findings_ms = 1e9;
    std::int32_t check = 0;
    for (int again = 0; again < 7; ++again) {
        risk::Simulation simulation(*program, risk::kSeed, risk::kRuns);
        const double start = now_ms();
        while (simulation.step(risk::kSliceRuns)) {
        }
        const double run = now_ms();
        const risk::Findings found = risk::findings(simulation);
        findings_ms = std::min(findings_ms, now_ms() - run);
        runs_ms = std::min(runs_ms, run - start);
        check = static_cast<std::int32_t>(found.finishes.front().p80_minute.n);
    }
    std::printf("%-28s %zu steps  compile %.2f ms  10,000 runs %.1f ms  findings %.1f ms  P80 %d\n", name, program->steps.size(),
                compiled - begun, runs_ms, findings_ms, check);
    return check > 0;
}

}  // namespace

int main() {
    const bool plain = measure("one calendar", test::make_plan({1000, 1300, 60, false, false}, 5));
    const bool mixed = measure("tasks of other calendars", with_calendars(5));
    return plain && mixed ? 0 : 1;
}
