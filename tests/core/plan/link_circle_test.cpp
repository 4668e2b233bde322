// A new link is refused exactly where it closes a circle, whether through tasks or through the summaries above them.
#include <doctest.h>

#include "core/rules.hpp"
#include "tests/bench/plan_generator.hpp"

using namespace entente;
using namespace entente::plan;

TEST_CASE("a link is refused where the plan with it has a circle, and nowhere else") {
    int refused = 0, allowed = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Project project = test::make_plan({50, 70, 12, true, seed % 2 == 0}, seed);
        REQUIRE(find_loop(project).empty());
        test::Random random(seed + 500);
        const auto count = static_cast<std::uint32_t>(project.tasks.size());
        for (int i = 0; i < 60; ++i) {
            Link link;
            link.id = LinkId{8'000'000 + static_cast<std::uint64_t>(i)};
            link.from = project.tasks[random.below(count)].id;
            link.to = project.tasks[random.below(count)].id;
            Project trial = project;
            trial.links.push_back(link);
            const bool circle = link.from == link.to || !find_loop(trial).empty();
            const auto checked = check_link(project, link);
            CHECK(checked.has_value() == !circle);
            if (checked)
                ++allowed;
            else
                ++refused;
            // The plan grows, so that ways through many links are met.
            if (checked && random.one_in(3)) project = std::move(trial);
        }
    }
    CHECK(refused > 200);
    CHECK(allowed > 200);
}

TEST_CASE("the refusal names the circle; a link's own values are looked at first") {
    Project project = test::make_plan({12, 0, 5, false, false}, 1);
    const auto link = [&](std::size_t from, std::size_t to) {
        Link made;
        made.id = LinkId{100 + from};
        made.from = project.tasks[from].id;
        made.to = project.tasks[to].id;
        return made;
    };
    for (std::size_t i = 0; i < 3; ++i) project.links.push_back(link(i, i + 1));
    const auto refused = check_link(project, link(3, 0));
    REQUIRE_FALSE(refused);
    for (std::size_t i = 0; i < 4; ++i) CHECK(refused.error().where.find(project.tasks[i].name) != std::string::npos);
    CHECK_FALSE(check_link(project, link(4, 4)));
    Link gone = link(4, 5);
    gone.to = TaskId{77};
    CHECK_FALSE(check_link(project, gone));
    Link long_lag = link(4, 5);
    long_lag.lag_minutes = std::int64_t{1} << 40;
    CHECK_FALSE(check_link(project, long_lag));
    // A link that stands may get another kind or lag: its two tasks waited for each other before.
    Link again = project.links[1];
    again.kind = LinkKind::StartToStart;
    CHECK(check_link(project, again));
}
