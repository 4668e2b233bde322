// The risk of a project in the worker: progress, stop, an edit that starts it again, answers of an older plan that never arrive.
#include "app/risk_runner.hpp"

#include <doctest.h>

#include "core/risk/job.hpp"
#include "core/risk/query.hpp"
#include "platform/memory/memory.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;

namespace {

struct World {
    World() : runner(worker) {
        worker.set_long_job([](Bytes request) {
            auto job = std::make_shared<risk::Job>(request);
            return std::function<Bytes()>([job] { return job->next(); });
        });
        model.projects.push_back(test::make_plan({60, 80, 30, true, false}, 3));
        model.projects[0].id = ProjectId{7};
    }
    plan::Project& project() { return model.projects[0]; }
    const ui::RiskView& look(std::uint64_t sequence) {
        runner.look_at(model, project(), sequence);
        return *runner.view(project().id, sequence);
    }

    Model model;
    platform::InlineWorker worker{[](Bytes&) { return Bytes(); }};
    app::RiskRunner runner;
};

}  // namespace

TEST_CASE("nothing runs until a room looks, then progress comes until the findings do") {
    World world;
    CHECK(world.worker.long_jobs() == 0);
    CHECK(world.runner.view(world.project().id, 1) == nullptr);
    CHECK(world.look(1).running);
    CHECK(world.worker.pump_one());
    CHECK(world.look(1).done == risk::kSliceRuns);
    CHECK(world.worker.long_jobs() == 1);
    while (world.worker.pump_one()) {
    }
    const ui::RiskView& view = world.look(1);
    CHECK_FALSE(view.running);
    REQUIRE(view.findings != nullptr);
    CHECK(view.current);
    CHECK(*view.findings == *risk::simulate(world.project(), risk::first_spreads()));
    CHECK(world.worker.long_jobs() == 0);  // looking again asks for nothing
}

TEST_CASE("an edit ends the old run at once and starts another; the old one's answers never arrive") {
    World world;
    world.look(1);
    world.worker.pump_one();
    world.project().tasks[1].duration_minutes += 100 * 480;
    CHECK(world.look(2).done == 0);
    CHECK(world.worker.long_jobs() == 1);
    while (world.worker.pump_one()) {
    }
    REQUIRE(world.look(2).findings != nullptr);
    CHECK(*world.look(2).findings == *risk::simulate(world.project(), risk::first_spreads()));
    // Until the next is there, the last is shown for what it is.
    world.look(3);
    CHECK(world.runner.view(world.project().id, 3)->findings != nullptr);
    CHECK_FALSE(world.runner.view(world.project().id, 3)->current);
}

TEST_CASE("stop works at once, and it starts again when asked or with the next edit") {
    World world;
    world.look(1);
    world.worker.pump_one();
    world.runner.stop();
    CHECK(world.worker.long_jobs() == 0);
    CHECK(world.look(1).stopped);
    CHECK(world.worker.long_jobs() == 0);
    world.runner.again();
    CHECK(world.look(1).running);
    world.runner.stop();
    CHECK(world.look(2).running);
    world.runner.leave();
    CHECK(world.worker.long_jobs() == 0);
    CHECK(world.look(2).running);
    world.runner.forget();
    CHECK(world.worker.long_jobs() == 0);
}

TEST_CASE("a worker that fails and a plan that cannot be run are said") {
    World world;
    world.worker.fail_next();
    world.look(1);
    world.worker.pump_one();
    CHECK(world.look(1).problem.has_value());
    CHECK_FALSE(world.look(1).running);
    world.runner.again();
    CHECK(world.look(1).running);
    CHECK_FALSE(world.look(1).problem.has_value());
    const plan::Link first = world.project().links[0];
    world.project().links.push_back({LinkId{1}, first.to, first.from, {}, {}, 0});
    CHECK(world.look(2).problem.has_value());
    CHECK(world.worker.long_jobs() == 0);
}

TEST_CASE("the whiskers of the timeline follow a plan whose risk was once asked for, unless it is a large one") {
    World world;
    CHECK_FALSE(world.runner.follows(world.project()));
    world.look(1);
    CHECK_FALSE(world.runner.follows(world.project()));  // asked for, not known yet
    while (world.worker.pump_one()) {
    }
    CHECK(world.runner.follows(world.project()));
    CHECK(world.runner.view(world.project().id, 1)->sequence == 1);
    CHECK(world.runner.view(world.project().id, 2)->sequence == 1);  // older than the plan
    CHECK_FALSE(world.runner.view(world.project().id, 2)->current);
    plan::Project other = world.project();
    other.id = ProjectId{8};
    CHECK_FALSE(world.runner.follows(other));
    plan::Project large = world.project();
    while (large.tasks.size() <= app::kMostFollowed) large.tasks.push_back(large.tasks.front());
    CHECK_FALSE(world.runner.follows(large));
    world.runner.forget();
    CHECK_FALSE(world.runner.follows(world.project()));
}
