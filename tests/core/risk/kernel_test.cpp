// The kernel against the schedule (no variation: the same dates, for every task of plans of all kinds).
#include <doctest.h>

#include "core/risk/compile.hpp"
#include "core/risk/kernel.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;
using namespace entente::plan;
using test::make_plan;

namespace {

// Every task is asked about.
Project promising(Project project) {
    std::uint64_t id = 500'000;
    for (const Task& task : project.tasks) project.promises.push_back({PromiseId{id++}, task.id, Day{21000}, true});
    return project;
}

}  // namespace

TEST_CASE("without variation the runs give the schedule's own dates, for every task") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        const Project project = promising(make_plan({80, 110, 30, true, true}, seed));
        const auto schedule = compute_schedule(project);
        REQUIRE(schedule.has_value());
        const auto program = risk::compile_without_variation(project);
        REQUIRE(program.has_value());
        risk::Simulation simulation(*program, seed, 8);
        while (simulation.step(8)) {
        }
        for (std::size_t t = 0; t < program->targets.size(); ++t) {
            const risk::Target& target = program->targets[t];
            const LocalMinute expected = target.task == risk::kNothing
                                             ? schedule->finish
                                             : schedule->rows[static_cast<std::size_t>(target.task)].finish;
            for (const std::int32_t finish : simulation.finishes(t)) {
                CAPTURE(seed);
                CAPTURE(target.task);
                CAPTURE(program->steps[std::max(0, target.step)].kind);
                REQUIRE(simulation.minute_of(t, finish) == expected.n);
            }
        }
    }
}
