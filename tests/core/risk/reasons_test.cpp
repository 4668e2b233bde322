// Why a finish lies where it lies: how often a task is critical and what drives the spread, each against plain arithmetic.
#include <doctest.h>

#include <cmath>
#include <numeric>

#include "core/plan/schedule.hpp"
#include "core/risk/query.hpp"
#include "tests/core/risk/plain.hpp"

using namespace entente;
using namespace entente::plan;

namespace {

std::vector<double> critical_shares(const Project& project, const risk::Findings& found) {
    std::vector<double> shares(project.tasks.size());
    for (std::size_t i = 0; i < shares.size(); ++i)
        for (const risk::Share& share : found.critical)
            if (share.task == project.tasks[i].id) shares[i] = share.permille / 1000.0;
    return shares;
}

void check_shares(const Project& project, const risk::Findings& found, const std::vector<double>& expected) {
    const std::vector<double> shares = critical_shares(project, found);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        CAPTURE(i);
        CHECK(std::abs(shares[i] - expected[i]) < 0.05);
    }
}

// Places in ascending order; equals share the middle of theirs.
std::vector<double> ranks(const std::vector<double>& numbers) {
    std::vector<std::size_t> order(numbers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
    std::vector<double> places(numbers.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first;
        while (end < order.size() && numbers[order[end]] == numbers[order[first]]) ++end;
        for (std::size_t i = first; i < end; ++i) places[order[i]] = static_cast<double>(first + end - 1) / 2;
        first = end;
    }
    return places;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const double n = static_cast<double>(a.size());
    const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n, mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double both = 0, of_a = 0, of_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        both += (a[i] - mean_a) * (b[i] - mean_b);
        of_a += (a[i] - mean_a) * (a[i] - mean_a);
        of_b += (b[i] - mean_b) * (b[i] - mean_b);
    }
    return of_a > 0 && of_b > 0 ? both / std::sqrt(of_a * of_b) : 0;
}

}  // namespace

TEST_CASE("with one calendar and plain links, a task is critical as often as the scheduler gives it no float") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Project project = test::make_plan({40, 60, 25, false, false}, seed);
        const auto found = risk::simulate(project, risk::first_spreads(), 10'000, seed);
        REQUIRE(found.has_value());
        const test::PlainSimulation plain(project, risk::first_spreads());
        std::mt19937_64 random(seed);
        std::vector<double> expected(project.tasks.size());
        constexpr int kTries = 2'000;
        for (int r = 0; r < kTries; ++r) {
            const std::vector<std::int64_t> lengths = plain.draw(random);
            Project drawn = project;
            for (std::size_t i = 0; i < lengths.size(); ++i) drawn.tasks[i].duration_minutes = lengths[i];
            const auto schedule = compute_schedule(drawn);
            REQUIRE(schedule.has_value());
            for (std::size_t i = 0; i < lengths.size(); ++i) expected[i] += schedule->rows[i].critical ? 1.0 / kTries : 0;
        }
        CAPTURE(seed);
        check_shares(project, *found, expected);
    }
}

TEST_CASE("with calendars and links of all kinds, a task is critical as often as a plain simulation finds it on the way") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const Project project = test::calm_plan(seed, 60);
        const auto found = risk::simulate(project, risk::first_spreads(), 10'000, seed);
        REQUIRE(found.has_value());
        const test::PlainSimulation plain(project, risk::first_spreads());
        std::mt19937_64 random(seed);
        std::vector<double> expected(project.tasks.size());
        std::vector<std::uint8_t> driving;
        constexpr int kTries = 2'000;
        for (int r = 0; r < kTries; ++r) {
            plain.finish(plain.draw(random), &driving);
            for (std::size_t i = 0; i < driving.size(); ++i) expected[i] += driving[i] ? 1.0 / kTries : 0;
        }
        CAPTURE(seed);
        check_shares(project, *found, expected);
    }
}

TEST_CASE("what waits for a summary's start waits for the task that begins first in it, not for the one that ends last") {
    Project project = test::calm_plan(2, 4);
    project.links.clear();
    for (Task& task : project.tasks) {
        task.kind = TaskKind::Task;
        task.parent = {};
        task.calendar = {};
        task.elapsed = false;
        task.duration_minutes = 4800;
    }
    std::vector<Task>& tasks = project.tasks;
    tasks[0].kind = TaskKind::Summary;
    tasks[1].parent = tasks[2].parent = tasks[0].id;
    project.links.push_back({LinkId{1}, tasks[1].id, tasks[2].id, LinkKind::FinishToStart, LagUnit::Working, 0});
    project.links.push_back({LinkId{2}, tasks[0].id, tasks[3].id, LinkKind::StartToStart, LagUnit::Working, 60 * 480});
    const auto found = risk::simulate(project, risk::first_spreads(), 640);
    REQUIRE(found.has_value());
    const std::vector<double> shares = critical_shares(project, *found);
    CHECK(shares[1] == 1.0);
    CHECK(shares[2] == 0.0);
    CHECK(shares[3] == 1.0);
}

TEST_CASE("what drives the spread is what a plain rank correlation names, and as strongly") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const Project project = test::calm_plan(seed, 50);
        const auto found = risk::simulate(project, risk::first_spreads(), 10'000, seed);
        REQUIRE(found.has_value());
        const test::PlainSimulation plain(project, risk::first_spreads());
        std::mt19937_64 random(seed);
        constexpr std::size_t kTries = 4'000;
        std::vector<double> finishes;
        std::vector<std::vector<double>> lengths(project.tasks.size());
        for (std::size_t r = 0; r < kTries; ++r) {
            const std::vector<std::int64_t> drawn = plain.draw(random);
            finishes.push_back(static_cast<double>(plain.finish(drawn)));
            for (std::size_t i = 0; i < drawn.size(); ++i) lengths[i].push_back(static_cast<double>(drawn[i]));
        }
        const std::vector<double> places = ranks(finishes);
        const std::vector<risk::Share>& drivers = found->finishes.front().drivers;
        REQUIRE(!drivers.empty());
        double strongest = 0, first = 0;
        CAPTURE(seed);
        for (std::size_t i = 0; i < lengths.size(); ++i) {
            const double rank = correlation(ranks(lengths[i]), places), share = rank > 0 ? rank * rank : 0;
            const auto named =
                std::find_if(drivers.begin(), drivers.end(), [&](const risk::Share& s) { return s.task == project.tasks[i].id; });
            CAPTURE(i);
            if (named != drivers.end()) CHECK(std::abs(named->permille / 1000.0 - share) < 0.1);
            else CHECK(share < drivers.back().permille / 1000.0 + 0.1);
            if (drivers.front().task == project.tasks[i].id) first = share;
            strongest = std::max(strongest, share);
        }
        CHECK(first > strongest - 0.1);
    }
}
