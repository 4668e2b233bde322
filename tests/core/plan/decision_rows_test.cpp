// Many decisions asked about one after the other: each gets the answer that it gets alone.
#include <doctest.h>

#include "core/plan/query.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;
using namespace entente::plan;

TEST_CASE("what one decision moves does not depend on those that were asked about before it") {
    int moving = 0;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        Project project = test::make_plan({70, 100, 15, true, false}, seed);
        test::Random random(seed + 90);
        const auto some = [&] { return random.below(static_cast<std::uint32_t>(project.tasks.size())); };
        for (int i = 0; i < 6; ++i) {
            Task& task = project.tasks[some()];
            if (task.kind != TaskKind::Summary) task.constraint = {ConstraintKind::StartNoEarlierThan, test::generator::some_time(random)};
        }
        const auto schedule = compute_schedule(project);
        REQUIRE(schedule);
        for (std::uint32_t i = 0; i < 6; ++i) {
            Promise promise;
            promise.id = PromiseId{50 + i};
            promise.task = project.tasks[some()].id;
            promise.promised = day_of(schedule->finish) + static_cast<int>(random.below(20)) - 10;
            project.promises.push_back(promise);
            ClientDecision decision;
            decision.id = DecisionId{70 + i};
            decision.task = project.tasks[some()].id;
            project.decisions.push_back(decision);
        }
        const Day today = day_of(project.start) + 40;
        const std::vector<DecisionRow> together = decision_rows(project, *schedule, today);
        REQUIRE(together.size() == project.decisions.size());
        for (std::size_t i = 0; i < together.size(); ++i) {
            Project one = project;
            one.decisions = {project.decisions[i]};
            const std::vector<DecisionRow> alone = decision_rows(one, *schedule, today);
            REQUIRE(alone.size() == 1);
            CHECK(alone[0].needed_by == together[i].needed_by);
            CHECK(alone[0].float_minutes == together[i].float_minutes);
            CHECK(alone[0].slip_days_per_day == together[i].slip_days_per_day);
            CHECK(alone[0].moves == together[i].moves);
            CHECK(alone[0].overdue == together[i].overdue);
            if (together[i].moves) ++moving;
        }
    }
    CHECK(moving > 20);
}

TEST_CASE("a promise's room is counted as between two days alone, however many there are") {
    Project project = test::make_plan({40, 60, 12, true, false}, 5);
    const auto schedule = compute_schedule(project);
    REQUIRE(schedule);
    for (std::uint32_t i = 0; i < 40; i += 3)
        project.promises.push_back({PromiseId{60 + i}, project.tasks[i].id, day_of(project.start) + static_cast<int>(i * 17), true});
    const std::vector<PromiseRow> rows = promise_rows(project, *schedule);
    REQUIRE(rows.size() == project.promises.size());
    for (const PromiseRow& row : rows) CHECK(row.room_days == working_days(project, row.forecast, row.promised));
}
