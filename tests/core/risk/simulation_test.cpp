// Whole simulations: against a plain one, cut into slices, the same numbers everywhere, messages, stops and impacts.
#include <doctest.h>

#include <cmath>

#include "core/plan/query.hpp"
#include "core/risk/job.hpp"
#include "core/risk/query.hpp"
#include "tests/bench/plan_generator.hpp"
#include "tests/core/risk/plain.hpp"

using namespace entente;
using namespace entente::plan;
using test::calm_plan;
using test::make_plan;

TEST_CASE("P80 agrees with a plain simulation within half a per cent of the project's length") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const Project project = calm_plan(seed, 60);
        const auto found = risk::simulate(project, risk::first_spreads(), 10'000, seed);
        REQUIRE(found.has_value());
        const std::vector<std::int64_t> plain = test::PlainSimulation(project, risk::first_spreads()).run(4'000,
            static_cast<std::uint32_t>(seed));
        const double length = static_cast<double>(plain[plain.size() / 2] - project.start.n);
        const double p80 = static_cast<double>(found->finishes.front().p80_minute.n),
            expected = static_cast<double>(plain[plain.size() * 8 / 10 - 1]);
        CAPTURE(seed);
        CHECK(std::abs(p80 - expected) / length < 0.005);
    }
}

TEST_CASE("how the runs are cut changes nothing, and runs that do not fill a block count as they are") {
    const Project project = make_plan({60, 80, 30, true, true}, 11);
    const auto program = risk::compile(project, risk::first_spreads());
    REQUIRE(program.has_value());
    for (const std::uint32_t runs : {1u, 63u, 64u, 1000u, 1001u}) {
        risk::Simulation whole(*program, 5, runs), sliced(*program, 5, runs);
        CHECK_FALSE(whole.step(runs));
        std::uint32_t last = 0;
        while (sliced.step(100)) {
            CHECK(sliced.done() > last);
            last = sliced.done();
        }
        CHECK(whole.done() == runs);
        CHECK(risk::findings(whole) == risk::findings(sliced));
    }
}

TEST_CASE("the same seed gives these numbers, on every machine") {
    const Project project = make_plan({200, 260, 40, true, true}, 3);
    const auto program = risk::compile(project, risk::first_spreads());
    REQUIRE(program.has_value());
    risk::Simulation simulation(*program, 42, 1000);
    while (simulation.step(500)) {
    }
    std::uint64_t sum = 0;
    for (std::size_t t = 0; t < program->targets.size(); ++t)
        for (const std::int32_t finish : simulation.finishes(t)) sum = sum * 31 + static_cast<std::uint64_t>(simulation.minute_of(t,
            finish));
    for (const std::uint32_t often : simulation.driving()) sum = sum * 31 + often;
    CHECK(sum == 2159214471325460374u);
    Writer writer;
    risk::write(writer, risk::findings(simulation));
    std::uint64_t bytes = 0;
    for (const std::uint8_t byte : writer.bytes()) bytes = bytes * 31 + byte;
    CHECK(bytes == 424412788409344546u);
    risk::Simulation other(*program, 43, 1000);
    other.step(1000);
    CHECK(other.finishes(0) != simulation.finishes(0));
}

TEST_CASE("what is finished does not vary, and what is under way varies in what remains") {
    Project project = calm_plan(2, 3);
    project.links.clear();
    for (Task& task : project.tasks) {
        task.kind = TaskKind::Task;
        task.elapsed = false;
        task.calendar = {};
        task.duration_minutes = 4800;
        task.estimate = Estimate{2400, 9600};
    }
    project.tasks[1].percent_done = 75;
    project.tasks[2].percent_done = 100;
    project.tasks[2].actual_start = project.start;
    project.tasks[2].actual_finish = LocalMinute{project.start.n + 3 * 1440};
    const auto program = risk::compile(project, {});
    REQUIRE(program.has_value());
    REQUIRE(program->steps.size() == 3);
    CHECK(program->steps[0].low == 2400);
    CHECK(program->steps[0].high == 9600);
    CHECK(program->steps[1].low == 4800 - 2400 / 4);
    CHECK(program->steps[1].high == 4800 + 4800 / 4);
    CHECK(program->steps[2].low == program->steps[2].high);
    CHECK(program->own == 2);
    CHECK(program->by_house == 0);
}

TEST_CASE("a single task's spread is the triangle it was given") {
    Project project = calm_plan(2, 1);
    project.links.clear();
    project.tasks[0].kind = TaskKind::Task;
    project.tasks[0].elapsed = true;
    project.tasks[0].duration_minutes = 10'000;
    project.tasks[0].estimate = Estimate{8'000, 20'000};
    project.promises.push_back({PromiseId{9}, project.tasks[0].id, day_of(LocalMinute{project.start.n + 14'000}), true});
    const auto found = risk::simulate(project, {}, 50'000);
    REQUIRE(found.has_value());
    // The inverse of the triangle at 0.8, by hand: high - sqrt(0.2 * (high - low) * (high - mode)).
    const double p80 = 20'000 - std::sqrt(0.2 * 12'000 * 10'000);
    CHECK(std::abs(static_cast<double>(found->finishes.front().p80_minute.n - project.start.n) - p80) < 60);
    REQUIRE(found->finishes.size() == 2);
    const risk::Finish& promise = found->finishes[1];
    CHECK(promise.promised.has_value());
    std::uint32_t all = 0, kept = 0;
    for (const risk::Bin& bin : promise.histogram) {
        all += bin.runs;
        if (bin.last <= *promise.promised) kept += bin.runs;
    }
    CHECK(all == 50'000);
    CHECK(promise.histogram.size() <= risk::kMostBins + 1);
    CHECK(promise.kept_permille == static_cast<std::int32_t>(kept / 50));
    REQUIRE(found->finishes.front().drivers.size() == 1);
    CHECK(found->finishes.front().drivers[0].permille == 1000);
    REQUIRE(found->critical.size() == 1);
    CHECK(found->critical[0].permille == 1000);
}

TEST_CASE("the longer of two ways is critical as often as it is longer") {
    Project project = calm_plan(2, 3);
    project.links.clear();
    for (Task& task : project.tasks) {
        task.kind = TaskKind::Task;
        task.elapsed = true;
        task.duration_minutes = 10'000;
        task.estimate = Estimate{5'000, 15'000};
    }
    project.tasks[2].duration_minutes = 1;
    project.tasks[2].estimate.reset();
    project.links.push_back({LinkId{1}, project.tasks[0].id, project.tasks[2].id, LinkKind::FinishToStart, LagUnit::Working, 0});
    project.links.push_back({LinkId{2}, project.tasks[1].id, project.tasks[2].id, LinkKind::FinishToStart, LagUnit::Working, 0});
    const auto found = risk::simulate(project, {}, 20'000);
    REQUIRE(found.has_value());
    std::map<TaskId, std::int32_t> critical;
    for (const risk::Share& share : found->critical) critical[share.task] = share.permille;
    CHECK(critical[project.tasks[2].id] == 1000);
    CHECK(std::abs(critical[project.tasks[0].id] - 500) < 15);
    CHECK(critical[project.tasks[0].id] + critical[project.tasks[1].id] >= 998);
}

TEST_CASE("programs and findings come through the worker's messages unharmed, and nothing else does") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Project project = make_plan({80, 100, 30, true, true}, seed);
        const auto program = risk::compile(project, risk::first_spreads());
        REQUIRE(program.has_value());
        Writer writer;
        risk::write(writer, *program);
        Reader reader(writer.bytes());
        const auto again = risk::read_program(reader);
        REQUIRE(again.has_value());
        CHECK(*again == *program);
        CHECK(reader.at_end());
    }
    const auto program = risk::compile(make_plan({40, 50, 30, true, true}, 2), risk::first_spreads());
    Bytes request = risk::job_request(*program, 7, 2000);
    CHECK(risk::is_job_request(request));
    risk::Job job(request);
    std::uint32_t parts = 0, done = 0;
    std::optional<risk::Findings> found;
    while (job.more()) {
        const auto answer = risk::read_job_answer(job.next());
        REQUIRE(answer.has_value());
        ++parts;
        if (const auto* progress = std::get_if<risk::JobProgress>(&*answer)) {
            CHECK(progress->done > done);
            done = progress->done;
        } else {
            found = std::get<risk::Findings>(*answer);
        }
    }
    CHECK(parts == 4);
    REQUIRE(found.has_value());
    risk::Simulation whole(*program, 7, 2000);
    whole.step(2000);
    CHECK(*found == risk::findings(whole));
    // Any byte changed, or the end missing: refused or another program, never a crash.
    test::Random random(5);
    for (int i = 0; i < 3000; ++i) {
        Bytes damaged = request;
        damaged[14 + random.below(static_cast<std::uint32_t>(damaged.size() - 14))] = static_cast<std::uint8_t>(random.next());
        if (random.one_in(10)) damaged.resize(random.below(static_cast<std::uint32_t>(damaged.size())));
        risk::Job hostile(damaged);
        (void)hostile.next();
    }
    Bytes other = request;
    other[1] = 2;
    risk::Job refused(other);
    CHECK_FALSE(risk::read_job_answer(refused.next()).has_value());
    CHECK_FALSE(refused.more());
}

TEST_CASE("an impact compares the same draws: what is not touched does not move") {
    Project before = calm_plan(4, 40);
    Project after = before;
    const auto same = risk::impact_p80(before, after, risk::first_spreads());
    REQUIRE(same.has_value());
    for (const risk::P80Move& move : *same) CHECK(move.move_days == 0);
    const auto schedule = compute_schedule(before);
    REQUIRE(schedule.has_value());
    for (std::size_t i = 0; i < after.tasks.size(); ++i)
        if (schedule->rows[i].critical && after.tasks[i].kind == TaskKind::Task) after.tasks[i].duration_minutes += 20 * 480;
    const auto moved = risk::impact_p80(before, after, risk::first_spreads());
    REQUIRE(moved.has_value());
    CHECK(moved->front().move_days > 0);
    after.links.push_back({LinkId{1}, after.links[0].to, after.links[0].from, {}, {}, 0});
    CHECK_FALSE(risk::impact_p80(before, after, risk::first_spreads()).has_value());
}

TEST_CASE("finished tasks say what the house's estimates are worth") {
    Project project = calm_plan(2, 12);
    const WorkClock clock(project.calendars[0]);
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        Task& task = project.tasks[i];
        task.kind = TaskKind::Task;
        task.elapsed = false;
        task.calendar = {};
        task.stage = i < 10 ? "Grade" : "Sound";
        task.duration_minutes = 4800;
        task.percent_done = 100;
        task.actual_start = clock.start_at(clock.work_at(project.start));
        // 90 %, 100 %, ... 180 % of the estimate.
        task.actual_finish = clock.add(*task.actual_start, 4800 * (9 + static_cast<std::int64_t>(i % 10)) / 10);
    }
    const auto all = risk::calibrated_spreads({project});
    REQUIRE(all.size() == 2);  // two finished sound tasks are not enough
    CHECK(all[0].spread.stage.empty());
    CHECK(all[0].finished == 12);
    CHECK(all[1].spread == risk::Spread{risk::SpreadOf::Work, "Grade", 900, 1700});
    CHECK(all[1].finished == 10);
    CHECK(all[1].median_permille == 1300);
    // What was estimated when it was agreed counts, not what the length was made later.
    Baseline baseline;
    baseline.id = BaselineId{77};
    for (const Task& task : project.tasks) baseline.rows.push_back({task.id, *task.actual_start, clock.add(*task.actual_start, 2400)});
    project.baselines.push_back(baseline);
    CHECK(risk::calibrated_spreads({project})[1].median_permille == 2600);
    CHECK(risk::calibrated_spreads({}).empty());
}
