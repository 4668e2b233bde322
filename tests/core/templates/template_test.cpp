// Every template that is shipped schedules without a warning, in its bounds, from any day; and the reader refuses what is not one.
#include <doctest.h>

#include <algorithm>
#include <set>

#include "base/locale.hpp"
#include "core/plan/query.hpp"
#include "core/session.hpp"
#include "core/templates/template.hpp"
#include "template_data.hpp"

using namespace entente;
using namespace entente::templates;

namespace {

struct Shipped {
    const char* name;
    std::string_view text;
};
constexpr Shipped kShipped[] = {
    {"feature", assets::kFeatureTxt},       {"episode", assets::kTvEpisodeTxt}, {"series", assets::kTvSeriesTxt},
    {"commercial", assets::kCommercialTxt}, {"documentary", assets::kDocumentaryTxt},
    {"promo", assets::kPromoTxt},           {"corporate", assets::kCorporateTxt},
};

Say english() {
    return [](const Message& message) { return Locale().text(message); };
}

plan::AddProject made(const Template& from, Day start, const house::House& house = {}, const Say& say = english()) {
    std::uint64_t id = 100;
    return build(from, {"Film", "The client", start, 5000}, house, say, [&id] { return ++id; });
}

house::House house_with(plan::HolidayRegion region) {
    house::House house;
    house.calendar = plan::standard_calendar({}, "House");
    house.calendar.holiday_region = region;
    return house;
}

bool refused(std::string_view body) {
    const std::string text = "entente template 1\nname: X\n" + std::string(body);
    return !parse(text).has_value();
}

}  // namespace

TEST_CASE("every template schedules without a warning, within its bounds, from any day of the week and year") {
    for (const Shipped& one : kShipped) {
        CAPTURE(one.name);
        const auto from = parse(one.text);
        REQUIRE(from.has_value());
        for (int offset = 0; offset < 372; offset += 31) {
            const Day start = *day_from(2026, 1, 1) + offset;
            const plan::AddProject added = made(*from, start);
            Model model;
            REQUIRE(check(model, Command{plan::Command{added}}));  // which refuses a loop
            const auto schedule = plan::compute_schedule(added.project);
            REQUIRE(schedule.has_value());
            CHECK(schedule->warnings.empty());
            CHECK(schedule->working_minutes >= std::int64_t{from->low_days} * 480);
            CHECK(schedule->working_minutes <= std::int64_t{from->high_days} * 480);
            for (const plan::ScheduledTask& row : schedule->rows) CHECK(row.total_float_minutes >= 0);
        }
    }
}

TEST_CASE("every template asks the client, promises what it says, and ends with one delivery") {
    for (const Shipped& one : kShipped) {
        CAPTURE(one.name);
        const auto from = parse(one.text);
        REQUIRE(from.has_value());
        CHECK(from->rounds == 2);
        REQUIRE(made(*from, *day_from(2026, 3, 2)).project.rounds.size() == 1);
        CHECK(made(*from, *day_from(2026, 3, 2)).project.rounds.front().included == 2);
        const plan::AddProject added = made(*from, *day_from(2026, 3, 2));
        const plan::Project& project = added.project;
        const auto schedule = plan::compute_schedule(project);
        REQUIRE(schedule.has_value());
        CHECK(project.base_fee_minor == 5000);
        CHECK(project.decisions.size() >= 5);
        CHECK(project.promises.size() >= 3);
        CHECK_FALSE(added.new_roles.empty());
        for (const plan::ClientDecision& decision : project.decisions) {
            CHECK(decision.owner == "The client");
            CHECK_FALSE(decision.question.empty());
        }
        for (const plan::PromiseRow& row : plan::promise_rows(project, *schedule)) CHECK(row.health != plan::PromiseHealth::Missed);
        // Whatever nothing waits for must be a delivery: else work would lead nowhere.
        std::set<TaskId> waited;
        for (const plan::Link& link : project.links) waited.insert(link.from);
        for (const plan::Task& task : project.tasks)
            if (!waited.count(task.id)) CHECK_MESSAGE(task.name == "Delivery", task.name);
        for (const plan::Task& task : project.tasks)
            CHECK_MESSAGE((task.kind == plan::TaskKind::Milestone || !task.assignments.empty() || task.client_visible), task.name);
    }
}

TEST_CASE("a series has eight episodes that follow each other") {
    const auto from = parse(assets::kTvSeriesTxt);
    REQUIRE(from.has_value());
    const plan::AddProject added = made(*from, *day_from(2026, 3, 2));
    std::set<std::string> stages;
    for (const plan::Task& task : added.project.tasks) stages.insert(task.stage);
    CHECK(stages.size() == 9);
    CHECK(stages.count("Episode 1") == 1);
    CHECK(stages.count("Episode 8") == 1);
    const auto schedule = plan::compute_schedule(added.project);
    REQUIRE(schedule.has_value());
    LocalMinute before{};
    int deliveries = 0;
    for (std::size_t i = 0; i < added.project.tasks.size(); ++i) {
        if (added.project.tasks[i].name != "Delivery") continue;
        CHECK(before < schedule->rows[i].finish);
        before = schedule->rows[i].finish;
        ++deliveries;
    }
    CHECK(deliveries == 8);
}

TEST_CASE("the house's calendar, roles and language are taken") {
    const auto from = parse(assets::kCommercialTxt);
    REQUIRE(from.has_value());
    house::House house = house_with(plan::HolidayRegion::EnglandAndWales);
    house.roles = {{RoleId{7}, "EDITOR", 4000, 9000}};
    const plan::AddProject added = made(*from, *day_from(2026, 3, 30), house);  // before Easter
    CHECK(added.project.tasks.front().assignments.front().role == RoleId{7});
    CHECK(std::none_of(added.new_roles.begin(), added.new_roles.end(), [](const auto& role) { return role.name == "Editor"; }));
    CHECK(added.project.calendars.front().holiday_region == plan::HolidayRegion::EnglandAndWales);
    const plan::AddProject plain = made(*from, *day_from(2026, 3, 30));
    CHECK(plan::compute_schedule(plain.project)->finish < plan::compute_schedule(added.project)->finish);
    const Locale welsh(Language::Welsh);
    const plan::AddProject cymraeg = made(*from, *day_from(2026, 3, 30), house, [&](const Message& m) { return welsh.text(m); });
    for (std::size_t i = 0; i < cymraeg.project.tasks.size(); ++i)
        CHECK_MESSAGE(cymraeg.project.tasks[i].name == welsh.text(said(from->steps[i].name)), added.project.tasks[i].name);
}

TEST_CASE("what is no template is refused with its line") {
    CHECK_FALSE(parse("").has_value());
    CHECK_FALSE(parse("entente template 2\nname: X\nstage: A\n1 | B | 1d | | | |\n").has_value());
    CHECK_FALSE(refused("stage: A\n1 | B | 1d | | | |\n"));
    CHECK(refused("1 | B | 1d | | | |\n"));                                            // no stage
    CHECK(refused("stage: A\n1 | B | 1d | | |\n"));                                    // a part too few
    CHECK(refused("stage: A\n1 | B | 1w | | | |\n"));                                  // no such unit
    CHECK(refused("stage: A\n1 | B | 99999d | | | |\n"));
    CHECK(refused("stage: A\n1 | B | 1d | | 2 | |\n"));                                // no such step
    CHECK(refused("stage: A\n1 | B | 1d | | | |\n1 | C | 1d | | | |\n"));              // twice
    CHECK(refused("stage: A\n1 | B | 1d | | | knows |\n"));
    CHECK(refused("stage: A\n1 | B | 1d | | 1SS+ | |\n"));
    CHECK(refused("stage: A\nrepeat: 3\n%1 | B | 1d | | | |\n"));                      // no end
    CHECK(refused("stage: A\nrepeat: 51\n%1 | B | 1d | | | |\nend\n"));
    CHECK(refused("stage: A\nrepeat: 3\n1 | B | 1d | | | |\nend\n"));                  // the same code three times
    CHECK(refused("stage: A\n1 | B | 1d | | | |\nend\n"));
    CHECK(refused("days: 9 3\nstage: A\n1 | B | 1d | | | |\n"));
    CHECK(refused("name: Y\nstage: A\n1 | B | 1d | | | |\n"));
    CHECK(refused("colour: blue\nstage: A\n1 | B | 1d | | | |\n"));
    CHECK(refused("stage: A\n1 | \xFF | 1d | | | |\n"));
    CHECK(refused(std::string(70'000, '#')));
    const auto failure = parse("entente template 1\nname: X\nstage: A\n1 | B | 1x | | | |\n");
    REQUIRE_FALSE(failure.has_value());
    CHECK(failure.error().where == "line 4");
}
