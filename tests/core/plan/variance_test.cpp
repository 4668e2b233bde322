// What moved against a baseline, and which agreement or edit moved it.
#include <doctest.h>

#include <random>

#include "base/locale.hpp"
#include "core/plan/query_days.hpp"
#include "core/plan/variance.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using namespace entente::plan;
using namespace entente::test;

namespace {

constexpr std::int64_t kDay = PlanBuilder::kDay;

BaselineId keep(PlanBuilder& p, const char* name, ChangeId change = {}) {
    p.run();
    Baseline made;
    made.id = BaselineId{500 + p.project.baselines.size()};
    made.name = name;
    made.from_change = change;
    made.made = day("2026-03-02");
    for (std::size_t i = 0; i < p.project.tasks.size(); ++i)
        made.rows.push_back({p.project.tasks[i].id, p.schedule.rows[i].start, p.schedule.rows[i].finish});
    p.project.baselines.push_back(made);
    return made.id;
}

ChangeId agree(PlanBuilder& p, int number, const char* request) {
    change::Change made;
    made.id = ChangeId{static_cast<std::uint64_t>(800 + number)};
    made.number = number;
    made.request = request;
    made.state = change::State::Agreed;
    p.project.changes.push_back(made);
    return made.id;
}

struct Feature : PlanBuilder {
    TaskId grade = task("Grade", 5), conform = task("Online conform", 2), mix = task("Mix", 3), delivery = task("Delivery", 0);
    Feature() {
        link(grade, conform);
        link(conform, mix);
        link(mix, delivery);
        project.promises.push_back({PromiseId{1}, delivery, day("2026-03-31"), true});
    }
    const MoveStory story(BaselineId from) {
        run();
        const auto stories = move_stories(project, schedule, from);
        REQUIRE(stories.size() == 1);
        return stories.front();
    }
    std::string said(BaselineId from) { return Locale().text(story_sentence(project, story(from))); }
};

std::int64_t sum(const MoveStory& story) {
    std::int64_t days = 0;
    for (const MovePart& part : story.parts) days += part.days;
    return days;
}

// One edit of any kind to one of the tasks.
void edit_somehow(PlanBuilder& p, const std::vector<TaskId>& tasks, std::mt19937& random) {
    const auto below = [&](std::uint32_t limit) { return static_cast<std::int64_t>(random() % limit); };
    Task& task = p.of(tasks[static_cast<std::size_t>(below(14))]);
    switch (below(6)) {
        case 0:
            task.constraint = {ConstraintKind::StartNoEarlierThan, at("2026-03-02T09:00")};
            task.constraint.at.n += below(30) * kMinutesPerDay;
            break;
        case 1:
            task.actual_start = p.row(task.id).start;
            task.actual_start->n += below(4) * kMinutesPerDay;
            break;
        case 2: {
            const Day from = day("2026-03-02") + static_cast<int>(below(20));
            p.project.calendars[0].exceptions.push_back({from, from + static_cast<int>(below(4)), "", {}});
            break;
        }
        case 3:
            if (!p.project.links.empty()) p.project.links.pop_back();
            break;
        case 4: p.project.status_day = day("2026-03-02") + static_cast<int>(below(10)); break;
        default:
            if (task.kind == TaskKind::Task) task.duration_minutes = (1 + below(9)) * kDay;
            break;
    }
    p.run();
}

}  // namespace

TEST_CASE("a promise that moved: by which change, and by what since") {
    Feature p;
    const BaselineId first = keep(p, "Agreed at the start");
    CHECK(p.said(first) == "“Delivery” has not moved.");
    p.of(p.grade).duration_minutes += 3 * kDay;
    keep(p, "CR-002", agree(p, 2, "one more week of grade"));
    CHECK(p.said(first) == "“Delivery” moved +3 days: +3 by CR-002 (one more week of grade).");
    p.of(p.conform).duration_minutes += 2 * kDay;
    CHECK(p.said(first) ==
          "“Delivery” moved +5 days: +3 by CR-002 (one more week of grade), +2 since (“Online conform” takes longer).");
    p.of(p.conform).actual_start = p.row(p.conform).start;
    p.of(p.conform).actual_finish = p.row(p.conform).finish;
    p.of(p.conform).percent_done = 100;
    CHECK(p.said(first).find("+2 since (“Online conform” took longer)") != std::string::npos);
    const MoveStory story = p.story(first);
    CHECK(story.days == 5);
    CHECK(story.promise == PromiseId{1});
    CHECK(sum(story) == 5);
    CHECK(story.parts[0].change == ChangeId{802});
    CHECK_FALSE(story.parts[1].to);
}

TEST_CASE("several edits since, those that gain and those that lose, named by their weight") {
    Feature p;
    const BaselineId first = keep(p, "Agreed");
    p.of(p.grade).duration_minutes += 4 * kDay;
    p.of(p.mix).duration_minutes -= kDay;
    CHECK(p.said(first) == "“Delivery” moved +3 days: +3 since (“Grade” takes longer +4, “Mix” takes less time −1).");
    p.of(p.mix).duration_minutes -= 2 * kDay;
    p.of(p.grade).duration_minutes -= kDay;
    CHECK(p.story(first).days == 0);
    CHECK(p.said(first) == "“Delivery” stands where it stood: 0 since (“Grade” takes longer +3, “Mix” takes less time −3).");
}

TEST_CASE("a late beginning, a date by hand, a new task, and what nothing explains") {
    Feature p;
    const BaselineId first = keep(p, "Agreed");
    p.of(p.grade).actual_start = at("2026-03-04T09:00");
    CHECK(p.said(first) == "“Delivery” moved +2 days: +2 since (“Grade” began later).");
    p.of(p.grade).actual_start.reset();
    p.constrain(p.mix, ConstraintKind::StartNoEarlierThan, "2026-03-16T09:00");
    CHECK(p.said(first) == "“Delivery” moved +3 days: +3 since (“Mix” was given another date).");
    p.of(p.mix).constraint = {};
    const TaskId extra = p.task("Extra shots", 2);
    p.link(p.conform, extra);
    p.link(extra, p.mix);
    CHECK(p.said(first) == "“Delivery” moved +2 days: +2 since (“Extra shots” was added).");
    p.of(extra).duration_minutes = 0;
    p.project.links[1].lag_minutes = kDay;
    CHECK(p.said(first) == "“Delivery” moved +1 day: +1 since (other edits to the plan).");
}

TEST_CASE("baselines kept by hand and moves back") {
    Feature p;
    const BaselineId first = keep(p, "Agreed");
    p.of(p.grade).duration_minutes += kDay;
    const BaselineId second = keep(p, "Week 2");
    p.of(p.grade).duration_minutes -= 2 * kDay;
    CHECK(p.said(first) == "“Delivery” moved −1 day: +1 before “Week 2” was kept, −2 since (“Grade” takes less time).");
    CHECK(p.said(second) == "“Delivery” moved −2 days: −2 since (“Grade” takes less time).");
    p.run();
    CHECK(move_stories(p.project, p.schedule, BaselineId{4711}).empty());
}

TEST_CASE("variance: every task in working days, new ones and lost ones counted") {
    Feature p;
    keep(p, "Agreed");
    const TaskId gone = p.project.tasks.back().id;
    p.of(p.grade).duration_minutes += 2 * kDay;
    p.project.links.pop_back();
    p.project.promises.clear();
    p.project.tasks.pop_back();
    const TaskId fresh = p.task("Trailer", 2);
    CHECK(fresh == gone);  // the builder counts its ids: give the new one another
    p.project.tasks.back().id = TaskId{999};
    p.run();
    const Baseline& agreed = p.project.baselines.front();
    const auto rows = variance_rows(p.project, p.schedule, agreed);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].start_days == 0);
    CHECK(rows[0].finish_days == 2);
    CHECK(rows[0].baseline_finish == day("2026-03-06"));
    CHECK(rows[0].finish == day("2026-03-10"));
    CHECK(rows[1].start_days == 2);
    CHECK(rows[2].finish_days == 2);
    CHECK_FALSE(rows[3].in_baseline);
    CHECK(rows[3].finish_days == 0);
    CHECK(tasks_gone(p.project, agreed) == 1);
}

TEST_CASE("the parts of a move add up to the whole, whatever was done to the plan") {
    std::mt19937 random(20260302);
    const auto below = [&](std::uint32_t limit) { return static_cast<std::int64_t>(random() % limit); };
    int moved = 0;
    for (int round = 0; round < 60; ++round) {
        PlanBuilder p;
        std::vector<TaskId> tasks;
        for (int i = 0; i < 14; ++i) {
            tasks.push_back(p.task(("T" + std::to_string(i)).c_str(), i % 5 == 4 ? 0.0 : static_cast<double>(1 + below(6))));
            for (int k = 0; k < 2 && i > 0; ++k) {
                const auto before = static_cast<std::size_t>(below(static_cast<std::uint32_t>(i)));
                p.link(tasks[before], tasks.back());
            }
        }
        p.project.promises.push_back({PromiseId{1}, tasks.back(), day("2026-05-01"), true});
        keep(p, "First");
        for (int step = 0; step < 3; ++step) {
            for (int i = 0; i < 3; ++i) edit_somehow(p, tasks, random);
            keep(p, "Next", step == 1 ? agree(p, round * 10 + step, "more") : ChangeId{});
        }
        for (int i = 0; i < 4; ++i) edit_somehow(p, tasks, random);
        const Workdays days(p.project);
        for (const Baseline& baseline : p.project.baselines) {
            for (const MoveStory& story : move_stories(p.project, p.schedule, baseline.id)) {
                CHECK(sum(story) == story.days);
                CHECK(story.days == days.between(story.before, story.now));
                for (const MovePart& part : story.parts) {
                    if (part.to) continue;
                    std::int64_t movers = 0;
                    for (const Mover& mover : part.movers) movers += mover.days;
                    CHECK(movers == part.days);
                }
                if (story.days != 0) ++moved;
                CHECK(!Locale().text(story_sentence(p.project, story)).empty());
            }
        }
    }
    CHECK(moved > 100);
}
