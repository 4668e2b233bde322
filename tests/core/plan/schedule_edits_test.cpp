// The kept scheduler under edits: equal to a whole pass whatever is touched, commands taken back leave it as it was, a change
// that nobody told of is found where it is looked for. A million edits: entente_bench_schedule_edits 1000000.
#include <doctest.h>

#include "core/plan/schedule_touch.hpp"
#include "core/rules.hpp"
#include "tests/bench/schedule_edits.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using namespace entente::plan;
using test::at;
using test::PlanBuilder;
using test::schedule_difference;

namespace {

Touched everything() {
    Touched out;
    out.everything = true;
    return out;
}

// A command on some task or link of the project that is not one of the refused.
entente::Command some_command(const Project& project, test::Random& random, std::uint64_t& next_id) {
    const Task& task = project.tasks[random.below(static_cast<std::uint32_t>(project.tasks.size()))];
    const Link& link = project.links[random.below(static_cast<std::uint32_t>(project.links.size()))];
    switch (random.below(8)) {
        case 0: return plan::Command{SetConstraint{project.id, task.id, {static_cast<ConstraintKind>(random.below(8)),
                                                                    test::generator::some_time(random)}}};
        case 1: return plan::Command{SetProgress{project.id, task.id, static_cast<int>(random.below(101)),
                                           test::generator::some_time(random), std::nullopt}};
        case 2: return plan::Command{RemoveLink{project.id, link.id}};
        case 3: {
            Link changed = link;
            test::generator::vary(changed, random);
            return plan::Command{SetLink{project.id, changed}};
        }
        case 4: return plan::Command{RemoveTasks{project.id, {task.id}}};
        case 5: {
            Link added{LinkId{next_id++}, task.id, link.to, {}, {}, 480};
            return plan::Command{AddLink{project.id, added, random.below(static_cast<std::uint32_t>(project.links.size()))}};
        }
        case 6: return plan::Command{RenameTask{project.id, task.id, "Renamed"}};
        default: return plan::Command{SetDuration{project.id, task.id, test::generator::kDay * random.between(1, 9)}};
    }
}

}  // namespace

TEST_CASE("after every edit the kept schedule is the one a whole pass gives") {
    std::uint64_t edits = 0, mismatches = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const bool large = seed % 8 == 0;
        const test::EditRun run = test::run_edits({large ? std::size_t{200} : std::size_t{40}, large ? 280u : 60u, 15, seed % 3 != 0,
                                                   seed % 4 != 0}, seed, 150);
        edits += run.edits;
        mismatches += run.mismatches;
    }
    CHECK(edits >= 6000);
    CHECK(mismatches == 0);
}

TEST_CASE("a command and its inverse leave the project as it was, and the schedule too") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Model model;
        model.projects.push_back(test::make_plan({50, 70, 15, true, seed % 2 == 0}, seed));
        model.projects.front().currency = *currency_from("GBP");
        const Project& project = model.projects.front();
        test::Random random(seed);
        std::uint64_t next_id = 9'000'000;
        Scheduler scheduler;
        scheduler.check_touched(true);
        Schedule kept;
        REQUIRE(scheduler.update(project, everything(), kept));
        int done = 0;
        for (int i = 0; i < 60; ++i) {
            const entente::Command command = some_command(project, random, next_id);
            if (!check(model, command)) continue;
            const Project before = project;
            const Schedule was = kept;
            const auto back = inverse(model, command);
            REQUIRE(back);
            entente::apply(model, command);
            if (scheduler.update(project, touched_by(command), kept)) CHECK_FALSE(schedule_difference(kept, *compute_schedule(project)));
            entente::apply(model, *back);
            CHECK(project == before);
            REQUIRE(scheduler.update(project, touched_by(*back), kept));
            CHECK_FALSE(schedule_difference(kept, was));
            entente::apply(model, command);
            REQUIRE(scheduler.update(project, touched_by(command), kept));
            ++done;
        }
        CHECK(done > 20);
        CHECK(scheduler.missed() == 0);
    }
}

TEST_CASE("a change that is left out of what was touched is found where it is looked for") {
    Project project = test::make_plan({60, 80, 15, true, false}, 3);
    Scheduler scheduler;
    scheduler.check_touched(true);
    Schedule kept;
    REQUIRE(scheduler.update(project, everything(), kept));
    std::size_t task = 0;
    while (project.tasks[task].kind != TaskKind::Task) ++task;
    project.tasks[task].duration_minutes += 20 * 480;
    REQUIRE(scheduler.update(project, {}, kept));
    CHECK(scheduler.missed() == 1);
    CHECK_FALSE(schedule_difference(kept, *compute_schedule(project)));
    project.links[5].lag_minutes += 960;
    REQUIRE(scheduler.update(project, test::touched_task(project.tasks[task].id), kept));
    CHECK(scheduler.missed() == 2);
    project.calendars[0].exceptions.push_back({test::day("2026-03-05"), test::day("2026-03-06"), "Closed", {}, {}});
    REQUIRE(scheduler.update(project, {}, kept));
    CHECK(scheduler.missed() == 3);
    CHECK_FALSE(schedule_difference(kept, *compute_schedule(project)));
    // Without looking, what the project as a whole rests on is still never missed.
    scheduler.check_touched(false);
    project.status_day = test::day("2026-04-01");
    REQUIRE(scheduler.update(project, {}, kept));
    CHECK_FALSE(schedule_difference(kept, *compute_schedule(project)));
    project.links.pop_back();
    REQUIRE(scheduler.update(project, {}, kept));
    CHECK_FALSE(schedule_difference(kept, *compute_schedule(project)));
}

TEST_CASE("a scheduler knows its own answers from those of any other") {
    Project one = test::make_plan({40, 55, 15, true, true}, 11), other = test::make_plan({40, 55, 15, true, true}, 12);
    Schedule kept;
    Scheduler first;
    REQUIRE(first.update(one, everything(), kept));
    {
        Scheduler second;
        REQUIRE(second.update(other, everything(), kept));  // the same number of rows, the same number of runs
    }
    REQUIRE(first.update(one, {}, kept));
    CHECK_FALSE(schedule_difference(kept, *compute_schedule(one)));
    // One that was moved away begins anew, and the one that took its place goes on.
    Scheduler moved = std::move(first);
    const Schedule copy = kept;
    REQUIRE(first.update(other, everything(), kept));
    CHECK_FALSE(schedule_difference(kept, *compute_schedule(other)));
    REQUIRE(moved.update(one, {}, kept));
    CHECK_FALSE(schedule_difference(kept, copy));
}

TEST_CASE("a scheduler that is used for one plan after another forgets the one before") {
    Scheduler scheduler;
    Schedule kept;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        // Larger and smaller, plain and with everything; now and then one that cannot be scheduled in between.
        const std::size_t tasks = 10 + seed * 7 % 90, links = seed % 4 == 0 ? 0 : 20 + seed * 11 % 120;
        Project project = test::make_plan({tasks, links, 15, seed % 3 != 0, seed % 2 == 0}, seed);
        if (seed % 5 == 0) project.start = LocalMinute{project.start.n + 90 * 1440};
        REQUIRE(scheduler.update(project, everything(), kept));
        CHECK_FALSE(schedule_difference(kept, *compute_schedule(project)));
        if (seed % 7 != 0 || project.links.empty()) continue;
        Project loop = project;
        Link back = loop.links.front();
        back.id = LinkId{9'999'999};
        std::swap(back.from, back.to);
        loop.links.push_back(back);
        const bool circle = !compute_schedule(loop);
        CHECK(scheduler.update(loop, everything(), kept).has_value() == !circle);
        REQUIRE(scheduler.update(project, everything(), kept));
        CHECK_FALSE(schedule_difference(kept, *compute_schedule(project)));
    }
}

TEST_CASE("an edit names the rows it moved and no others") {
    PlanBuilder p;
    const TaskId a = p.task("A", 3), b = p.task("B", 2), c = p.task("C", 1), d = p.task("Long", 30);
    p.link(a, b);
    Scheduler scheduler;
    Schedule kept;
    REQUIRE(scheduler.update(p.project, everything(), kept));
    CHECK(scheduler.changed().size() == 4);
    p.of(a).duration_minutes = 4 * PlanBuilder::kDay;
    REQUIRE(scheduler.update(p.project, test::touched_task(a), kept));
    CHECK(scheduler.changed() == std::vector<std::uint32_t>{0, 1});
    CHECK(iso(kept.rows[p.index(b)].early_start) == "2026-03-06T09:00");
    p.of(d).duration_minutes = 31 * PlanBuilder::kDay;
    REQUIRE(scheduler.update(p.project, test::touched_task(d), kept));
    CHECK(scheduler.changed().size() == 4);  // the project's finish moves every late date
    CHECK(kept.rows[p.index(c)].total_float_minutes == 30 * PlanBuilder::kDay);
    REQUIRE(scheduler.update(p.project, {}, kept));
    CHECK(scheduler.changed().empty());
}

TEST_CASE("a loop leaves the schedule as it was, and is named; without it all is right again") {
    PlanBuilder p;
    const TaskId a = p.task("Edit", 3), b = p.task("Mix", 2);
    p.link(a, b);
    Scheduler scheduler;
    Schedule kept;
    REQUIRE(scheduler.update(p.project, everything(), kept));
    const LinkId back = p.link(b, a);
    const Schedule was = kept;
    const auto looped = scheduler.update(p.project, test::touched_link(back), kept);
    REQUIRE_FALSE(looped.has_value());
    CHECK(looped.error().where == "Edit \u2192 Mix \u2192 Edit");
    CHECK_FALSE(schedule_difference(kept, was));
    p.project.links.pop_back();
    REQUIRE(scheduler.update(p.project, test::touched_link(back), kept));
    CHECK_FALSE(schedule_difference(kept, was));
}

TEST_CASE("near-critical: more float than critical, no more than the limit") {
    PlanBuilder p;
    p.task("Long", 10);
    const TaskId near = p.task("Near", 8), far = p.task("Far", 7);
    p.run();
    CHECK(near_critical(p.project, p.row(near), 2 * PlanBuilder::kDay));
    CHECK_FALSE(near_critical(p.project, p.row(far), 2 * PlanBuilder::kDay));
    CHECK_FALSE(near_critical(p.project, p.schedule.rows[0], 2 * PlanBuilder::kDay));
    p.project.critical_float_minutes = PlanBuilder::kDay;
    p.run();
    CHECK(near_critical(p.project, p.row(far), 2 * PlanBuilder::kDay));
}
