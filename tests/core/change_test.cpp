// What a change does to dates and money, against figures worked out by hand.
#include <doctest.h>

#include "core/change/query.hpp"
#include "core/plan/query.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using entente::test::kDay;
using entente::test::small_session;
using entente::test::SmallPlan;

namespace {

const SmallPlan kPlan;

change::Change change_with(change::PlanEdit edit) {
    change::Change change;
    change.id = ChangeId{900};
    change.number = 7;
    change.request = "Please";
    change.edits.push_back(std::move(edit));
    return change;
}

change::Reopen reopen_lock(const plan::Project& project, std::int64_t days) {
    REQUIRE(change::reopen_links(project, kPlan.lock) == 2);
    return change::make_reopen(project, kPlan.lock, days * kDay, "Picture lock, reopened", *day_from(2026, 3, 4), TaskId{901},
                               {LinkId{902}, LinkId{903}});
}

}  // namespace

// The plan: edit 2-13 March, lock on the 13th, sound 16-20 March, delivery on Fri 20 March, promised for that day.
TEST_CASE("reopening the lock by 5 days moves delivery by 5 working days and costs the editor's week") {
    const Session session = small_session();
    const plan::Project& project = *find_project(session.model(), kPlan.project);
    const auto impact = change::impact(session.model(), project, change_with(reopen_lock(project, 5)));
    REQUIRE(impact);
    REQUIRE(impact->promises.size() == 1);
    CHECK(impact->promises[0].before == *day_from(2026, 3, 20));
    CHECK(impact->promises[0].after == *day_from(2026, 3, 27));
    CHECK(impact->promises[0].moved_days == 5);
    CHECK(impact->promises[0].late_days == 5);
    CHECK(impact->finish_moved_days == 5);
    REQUIRE(impact->lines.size() == 1);
    CHECK(impact->lines[0].role == kPlan.editor);
    CHECK(impact->lines[0].minutes == 5 * kDay);
    CHECK(impact->charge_minor == 40 * 75'00);
    CHECK(impact->internal_minor == 40 * 40'00);
    CHECK(impact->vat_minor == 40 * 15'00);
    CHECK(impact->contract_before_minor == 10'000'00);
    CHECK(impact->contract_after_minor == 13'000'00);
    const auto says = change::statement(project, change_with(reopen_lock(project, 5)), *impact);
    CHECK(says.size() >= 3);
}

TEST_CASE("a lock that was reached is open again, and its work begins when it was asked for") {
    Session session = small_session();
    plan::Project project = *find_project(session.model(), kPlan.project);
    for (plan::Task& task : project.tasks) {
        if (task.id != kPlan.edit && task.id != kPlan.lock) continue;
        task.percent_done = 100;
        task.actual_finish = at_minute(*day_from(2026, 3, 13), 17 * 60);
    }
    const change::Reopen edit = change::make_reopen(
        project, kPlan.lock, kDay, "Again", *day_from(2026, 3, 18), TaskId{901}, {LinkId{902}, LinkId{903}});
    const auto after = change::with_edits(project, {edit});
    REQUIRE(after);
    CHECK(find_task(*after, kPlan.lock)->percent_done == 0);
    const auto schedule = plan::compute_schedule(*after);
    REQUIRE(schedule);
    const auto at = static_cast<std::size_t>(find_task(*after, kPlan.lock) - after->tasks.data());
    CHECK(day_of(schedule->rows[at].finish) == *day_from(2026, 3, 18));
    CHECK(change::without_edits(*after, {edit}) == project);
}

TEST_CASE("edits go in and come out without a trace") {
    const plan::Project project = kPlan.make();
    change::AddWork add;
    add.work.id = TaskId{910};
    add.work.name = "Alternate titles";
    add.work.stage = "Stage";
    add.work.duration_minutes = 2 * kDay;
    add.client_decides = true;
    add.decision = DecisionId{911};
    plan::Link link;
    link.id = LinkId{912};
    link.from = kPlan.lock;
    link.to = TaskId{910};
    add.links.push_back(link);
    const std::vector<change::PlanEdit> edits{change::Lengthen{kPlan.edit, kDay}, reopen_lock(project, 5), add};
    const auto after = change::with_edits(project, edits);
    REQUIRE(after);
    CHECK(after->tasks.size() == project.tasks.size() + 2);
    CHECK(after->decisions.size() == 2);
    CHECK(change::without_edits(*after, edits) == project);
}

TEST_CASE("work without a rate or a role is priced at nothing and says so; hand-entered lines count") {
    Session session = small_session();
    const plan::Project& project = *find_project(session.model(), kPlan.project);
    change::Change change = change_with(change::Lengthen{kPlan.sound, kDay});
    change.lines.push_back({"Room hire", 100'00, 150'00});
    change.lines.push_back({"Goodwill", 0, -50'00});
    const auto impact = change::impact(session.model(), project, change);
    REQUIRE(impact);
    CHECK(impact->charge_minor == 100'00);
    CHECK(impact->warnings.size() == 1);
    CHECK(impact->promises[0].moved_days == 1);
}

TEST_CASE("a change that cannot be computed is an error, not a figure") {
    Session session = small_session();
    const plan::Project& project = *find_project(session.model(), kPlan.project);
    CHECK_FALSE(change::impact(session.model(), project, change_with(change::Lengthen{TaskId{999}, kDay})));
    CHECK_FALSE(change::impact(session.model(), project, change_with(change::Lengthen{kPlan.edit, -20 * kDay})));
    change::Change huge = change_with(change::Lengthen{kPlan.edit, kDay});
    for (int i = 0; i < 3; ++i) huge.lines.push_back({"x", 0, std::int64_t{4'000'000'000'000'000'000}});
    CHECK_FALSE(change::impact(session.model(), project, huge));
}
