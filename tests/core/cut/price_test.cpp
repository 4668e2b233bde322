// The price of a new cut, and the change that it becomes.
#include <doctest.h>

#include <algorithm>

#include "core/cut/to_change.hpp"
#include "core/lookup.hpp"
#include "core/change/query.hpp"
#include "core/rules.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using namespace entente::cut;

namespace {

house::House with_roles() {
    house::House house;
    house.roles = {
        {RoleId{1}, "Online editor", 3000, 6000}, {RoleId{2}, "Colourist", 5000, 12'000}, {RoleId{3}, "Re-recording mixer", 4500, 9000}};
    for (DisciplineRate& rate : house.cut_rates.of) rate = {};
    return house;
}

Diff changed(std::int64_t events, std::int64_t frames) {
    Diff diff;
    diff.rate_before = diff.rate_after = {25, 1, false};
    diff.picture_changes = events;
    diff.frames_changed = frames;
    diff.changes.resize(static_cast<std::size_t>(events));
    return diff;
}

}  // namespace

TEST_CASE("fixed minutes, minutes for each event, minutes for each minute of picture, rounded up") {
    house::House house = with_roles();
    house.cut_rates.of[0] = {{}, 60, 6, 10};
    house.cut_rates.of[2] = {{}, 0, 0, 20};
    const auto lines = price_lines(changed(12, 1501), house);
    REQUIRE(lines.has_value());
    REQUIRE(lines->size() == 2);
    // 60 + 12 x 6 + 1501 / 1500 x 10, rounded up
    CHECK((*lines)[0] == WorkLine{Discipline::Conform, RoleId{1}, 143, 7150, 14'300});
    CHECK((*lines)[1] == WorkLine{Discipline::Grade, RoleId{2}, 21, 1750, 4200});
}

TEST_CASE("nothing changed costs nothing; sound alone concerns sound and QC; a role that fits nobody has no price") {
    house::House house = with_roles();
    for (DisciplineRate& rate : house.cut_rates.of) rate.fixed_minutes = 30;
    CHECK(price_lines(changed(0, 0), house)->empty());
    Diff sound = changed(0, 0);
    sound.sound_changes = 2;
    sound.frames_changed = sound.sound_frames = 50;
    const auto lines = price_lines(sound, house);
    REQUIRE(lines->size() == 2);
    CHECK((*lines)[0].discipline == Discipline::Sound);
    CHECK((*lines)[0].role == RoleId{3});
    CHECK((*lines)[1].discipline == Discipline::Qc);
    CHECK((*lines)[1].role == RoleId{});
    CHECK((*lines)[1].charge_minor == 0);
}

TEST_CASE("the role that the rates name is used; one that left the rate card is not") {
    house::House house = with_roles();
    house.cut_rates.of[0].role = RoleId{2};
    CHECK(role_for(Discipline::Conform, house) == RoleId{2});
    house.cut_rates.of[0].role = RoleId{99};
    CHECK(role_for(Discipline::Conform, house) == RoleId{1});
}

TEST_CASE("a picture that is too long to price is refused") {
    house::House house = with_roles();
    house.cut_rates.of[0] = {{}, 0, 0, 10};
    CHECK_FALSE(price_lines(changed(1, INT64_MAX / 8), house).has_value());
}

TEST_CASE("a new cut becomes a change: the lock opens again, and the work stands behind it") {
    const test::SmallPlan plan;
    Model model;
    model.house = with_roles();
    model.projects.push_back(plan.make());
    const plan::Project& project = model.projects[0];
    CHECK(locks_of(project).front() == plan.lock);
    const std::vector<WorkLine> lines = {{Discipline::Conform, RoleId{1}, 480, 0, 0}, {Discipline::Grade, RoleId{2}, 960, 0, 0},
                                         {Discipline::Sound, RoleId{3}, 480, 0, 0},   {Discipline::Qc, {}, 240, 0, 0}};
    std::uint64_t last = 1000;
    const ChangeWords words{"The new cut changes 3 events",
                            {"Conform the new cut", "Grade the new cut", "Sound for the new cut", "QC of the new cut"}};
    auto made = change_of(project, plan.lock, lines, words, *day_from(2026, 3, 10), [&] { return ++last; });
    REQUIRE(made.has_value());
    REQUIRE(made->edits.size() == 4);
    const auto& reopen = std::get<change::Reopen>(made->edits[0]);
    CHECK(reopen.task == plan.lock);
    CHECK(reopen.work.duration_minutes == 480);
    CHECK(reopen.work.assignments == std::vector<plan::Assignment>{{RoleId{1}, 1000, std::nullopt}});
    const auto links_of = [&](std::size_t edit, TaskId from, TaskId to) {
        const auto& links = std::get<change::AddWork>(made->edits[edit]).links;
        return std::count_if(links.begin(), links.end(), [&](const plan::Link& link) { return link.from == from && link.to == to; });
    };
    const auto work = [&](std::size_t edit) { return std::get<change::AddWork>(made->edits[edit]).work.id; };
    CHECK(links_of(1, plan.lock, work(1)) == 1);
    CHECK(links_of(1, work(1), plan.delivery) == 1);
    CHECK(links_of(2, plan.sound, work(2)) == 1);      // follows the plan's own sound work
    CHECK(links_of(2, work(2), plan.delivery) == 1);   // and what waited for that waits for both
    CHECK(links_of(3, work(1), work(3)) == 1);
    CHECK(links_of(3, work(2), work(3)) == 1);
    made->id = ChangeId{900};
    made->number = 1;
    CHECK(check(model, Command{change::Command{change::PutChange{plan.project, *made}}}).has_value());
    const auto impact = change::impact(model, project, *made);
    REQUIRE(impact.has_value());
    CHECK(impact->charge_minor == 8 * 6000 + 16 * 12'000 + 8 * 9000);
    CHECK(impact->finish_moved_days > 0);
}

TEST_CASE("a change needs a milestone and work") {
    const test::SmallPlan plan;
    std::uint64_t last = 1000;
    const auto next = [&] { return ++last; };
    const std::vector<WorkLine> lines = {{Discipline::Grade, {}, 60, 0, 0}};
    CHECK_FALSE(change_of(plan.make(), TaskId{77}, lines, {"x", {"y"}}, Day{20'000}, next).has_value());
    CHECK_FALSE(change_of(plan.make(), plan.lock, {}, {"x", {}}, Day{20'000}, next).has_value());
    const auto made = change_of(plan.make(), plan.lock, lines, {"x", {"y"}}, Day{20'000}, next);
    REQUIRE(made.has_value());
    CHECK(std::get<change::Reopen>(made->edits[0]).work.duration_minutes == 60);  // no conform: the first work there is reopens the lock
}
