// LaneClock: whole rows, single look-ups and plan::WorkClock agree, for calendars with all sorts of breaks, within the shifts and
// beyond them, with tables and without.
#include <doctest.h>

#include "core/plan/calendar.hpp"
#include "core/risk/clock.hpp"
#include "core/risk/compile.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;
using namespace entente::plan;

namespace {

struct Tried {
    Project project;
    WorkClock by;
    risk::Clock flat;

    explicit Tried(Project given)
        : project(std::move(given)), by(project.calendars[0], day_of(project.start)),
          flat(risk::compile(project, {})->clocks.front()) {}
};

Tried with_shifts(const std::vector<Shift>& shifts, Day closed_from, Day closed_to) {
    Project project = test::make_plan({20, 26, 10, false, false}, 3);
    Calendar& calendar = project.calendars[0];
    calendar.exceptions.clear();
    for (std::size_t day = 0; day < 5; ++day) calendar.week[day] = shifts;
    for (std::size_t day = 5; day < 7; ++day) calendar.week[day].clear();
    calendar.exceptions.push_back({closed_from, closed_to, "Closed", {}});
    return Tried(std::move(project));
}

std::vector<Tried> all_sorts() {
    std::vector<Shift> short_ones;
    for (int hour = 8; hour < 20; ++hour)
        short_ones.push_back({static_cast<std::int16_t>(hour * 60), static_cast<std::int16_t>(hour * 60 + 45)});
    const Day start = test::generator::kStart;
    std::vector<Tried> all;
    all.emplace_back(test::make_plan({20, 26, 10, false, false}, 3));
    all.push_back(with_shifts({{9 * 60, 10 * 60 + 30}, {10 * 60 + 45, 13 * 60}, {13 * 60 + 30, 18 * 60}}, start + 30, start + 120));
    all.push_back(with_shifts(short_ones, start + 9, start + 9));
    all.push_back(with_shifts({{10 * 60 + 7, 10 * 60 + 9}, {23 * 60 + 59, 24 * 60}}, start + 40, start + 41));
    all.push_back(with_shifts({{0, 24 * 60}}, start + 40, start + 41));
    all.push_back(with_shifts({{0, 1}, {12 * 60, 24 * 60}}, start + 20, start + 25));
    return all;
}

}  // namespace

TEST_CASE("a calendar made flat answers as the calendar does") {
    for (const Tried& tried : all_sorts()) {
        std::size_t blocks = 1'000'000;
        const risk::LaneClock flat(tried.flat, blocks);
        CHECK(blocks < 1'000'000);
        for (std::int64_t at = tried.project.start.n - 60 * 1440; at < tried.project.start.n + 150 * 1440; at += 29) {
            const auto time = static_cast<std::int32_t>(at);
            const std::int64_t work = tried.by.work_at(LocalMinute{at});
            REQUIRE(flat.key_of(time) == work * 2 + (LocalMinute{at} > tried.by.finish_at(work) ? 1 : 0));
            REQUIRE(flat.time_of(static_cast<std::int32_t>(work * 2)) == tried.by.finish_at(work).n);
            REQUIRE(flat.time_of(static_cast<std::int32_t>(work * 2 + 1)) == tried.by.start_at(work).n);
        }
    }
}

TEST_CASE("a row gives in every lane what a single look-up gives, with tables, without them and beyond all shifts") {
    test::Random random(17);
    for (const Tried& tried : all_sorts()) {
        std::size_t many = 1'000'000, few = 3;
        const risk::LaneClock with(tried.flat, many), without(tried.flat, few);
        CHECK(few == 3);
        const std::int32_t first = tried.flat.from.front(), end = tried.flat.to.back();
        for (int row = 0; row < 600; ++row) {
            // Wide, close together, or about one of the ends.
            const std::int64_t far = row % 3 == 0 ? 3 * std::int64_t{end - first} : row % 3 == 1 ? 3000 : 400;
            const std::int64_t middle = row % 3 == 0 ? first : row % 3 == 1 ? random.between(first, end) : row % 2 ? first : end;
            risk::Lanes times, keys, same;
            for (std::int32_t& time : times.n) time = static_cast<std::int32_t>(random.between(middle - far / 2, middle + far));
            with.keys_of(times, keys);
            without.keys_of(times, same);
            for (std::size_t lane = 0; lane < risk::kLanes; ++lane) {
                REQUIRE(keys.n[lane] == with.key_of(times.n[lane]));
                REQUIRE(keys.n[lane] == same.n[lane]);
                keys.n[lane] += static_cast<std::int32_t>(random.between(-3, 3));
            }
            with.times_of(keys, times);
            without.times_of(keys, same);
            for (std::size_t lane = 0; lane < risk::kLanes; ++lane) {
                REQUIRE(times.n[lane] == with.time_of(keys.n[lane]));
                REQUIRE(times.n[lane] == same.n[lane]);
            }
        }
    }
}
