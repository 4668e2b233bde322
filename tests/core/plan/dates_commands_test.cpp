// A deadline on a task and the project's status date, set and taken out again.
#include <doctest.h>

#include "core/session.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using namespace entente::test;

namespace {

struct World {
    PlanBuilder builder;
    TaskId task = builder.task("Edit", 5);
    Session session{DeviceId{1}};

    World() {
        builder.project.id = ProjectId{7};  // an id of its own: the builder's calendar has 1
        builder.project.currency = Currency{{'G', 'B', 'P'}};
        REQUIRE(session.submit(plan::Command{plan::AddProject{builder.project, {}}}, Instant{1}));
    }
    const plan::Project& now() const { return session.model().projects.front(); }
    plan::ScheduledTask row() const { return plan::compute_schedule(now())->rows.front(); }
    void both_ways(plan::Command command) {
        const Model before = session.model();
        REQUIRE(session.submit(command, Instant{2}));
        const Model after = session.model();
        CHECK_FALSE(before == after);
        REQUIRE(session.undo(Instant{3}));
        CHECK(session.model() == before);
        REQUIRE(session.redo(Instant{4}));
        CHECK(session.model() == after);
    }
};

}  // namespace

TEST_CASE("a deadline moves nothing, and float is counted to it") {
    World world;
    const plan::ScheduledTask free = world.row();
    world.both_ways(plan::SetDeadline{ProjectId{7}, world.task, at("2026-03-04T18:00")});  // two days before the end of the task
    CHECK(world.row().finish == free.finish);
    CHECK(world.row().total_float_minutes == -2 * PlanBuilder::kDay);
    world.both_ways(plan::SetDeadline{ProjectId{7}, world.task, std::nullopt});
    CHECK(world.row().total_float_minutes == free.total_float_minutes);
    CHECK_FALSE(world.session.can(plan::Command{plan::SetDeadline{ProjectId{7}, TaskId{9999}, at("2026-03-04T18:00")}}));
    CHECK_FALSE(world.session.can(plan::Command{plan::SetDeadline{ProjectId{7}, world.task, at_minute(kLastDay + 1, 0)}}));
}

TEST_CASE("what was not done by the status date is planned for after it") {
    World world;
    world.both_ways(plan::SetStatusDay{ProjectId{7}, day("2026-03-03")});
    CHECK(iso(world.row().start) == "2026-03-04T09:00");
    world.both_ways(plan::SetStatusDay{ProjectId{7}, std::nullopt});
    CHECK(iso(world.row().start) == "2026-03-02T09:00");
    CHECK_FALSE(world.session.can(plan::Command{plan::SetStatusDay{ProjectId{7}, kLastDay + 1}}));
    CHECK_FALSE(world.session.can(plan::Command{plan::SetStatusDay{ProjectId{77}, day("2026-03-03")}}));
}
