// Work that is left out: what led to it leads past it, the price falls by what it was sold for, and taking it back leaves no trace.
#include <doctest.h>

#include "core/change/options.hpp"
#include "core/plan/query.hpp"
#include "tests/core/plan/plan_builder.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using namespace entente::change;
using plan::LagUnit;
using plan::LinkKind;
using test::PlanBuilder;
using test::SmallPlan;

namespace {

const SmallPlan kPlan;
constexpr std::int64_t kLong = 480;

struct Ids {
    std::uint64_t last = 50'000;
    std::uint64_t operator()() { return ++last; }
};

plan::Project dropped(const PlanBuilder& p, TaskId task) {
    auto after = with_edits(p.project, {make_drop(p.project, task, Ids{})});
    REQUIRE(after);
    return std::move(*after);
}

// The one link that leads past the task; its ends are the first and the last task of the plan.
plan::Link past(LinkKind in, std::int64_t in_lag, LagUnit in_unit, LinkKind out, std::int64_t out_lag, LagUnit out_unit) {
    PlanBuilder p;
    const TaskId a = p.task("A", 2), b = p.task("B", 4), c = p.task("C", 1);
    p.link(a, b, in, in_lag, in_unit);
    p.link(b, c, out, out_lag, out_unit);
    const Drop edit = make_drop(p.project, b, Ids{});
    REQUIRE(edit.links.size() == 1);
    CHECK(edit.links[0].from == a);
    CHECK(edit.links[0].to == c);
    return edit.links[0];
}

std::string refusal(const PlanBuilder& p, TaskId task) {
    const auto fine = check_drop(p.project, task);
    return fine ? std::string() : std::string(fine.error().what.id);
}

}  // namespace

TEST_CASE("what stood before and after a task that is left out is joined, and the plan moves up") {
    PlanBuilder p;
    const TaskId a = p.task("Edit", 2), b = p.task("Subtitles", 3), c = p.task("Mix", 1), d = p.task("Grade", 1);
    p.link(a, b);
    p.link(b, c);
    p.link(b, d);
    p.link(a, d);  // joined already: no second link
    p.run();
    CHECK(p.finish(c) == "2026-03-09T18:00");
    const plan::Project after = dropped(p, b);
    CHECK(after.links.size() == p.project.links.size() + 1);
    PlanBuilder q;
    q.project = after;
    q.run();
    CHECK(q.start(c) == "2026-03-04T09:00");
    CHECK(q.start(d) == "2026-03-04T09:00");
    CHECK_FALSE(find_task(after, b)->active);
    CHECK(without_edits(after, {make_drop(p.project, b, Ids{})}) == p.project);
}

TEST_CASE("two tasks in a row are left out one past the other") {
    PlanBuilder p;
    const TaskId a = p.task("A", 1), b = p.task("B", 1), c = p.task("C", 1), d = p.task("D", 1);
    p.link(a, b);
    p.link(b, c);
    p.link(c, d);
    const Drop first = make_drop(p.project, b, Ids{});
    const auto so_far = with_edits(p.project, {first});
    REQUIRE(so_far);
    const Drop second = make_drop(*so_far, c, Ids{60'000});
    REQUIRE(second.links.size() == 1);
    CHECK(second.links[0].from == a);
    CHECK(second.links[0].to == d);
    const std::vector<PlanEdit> both{first, second};
    const auto after = with_edits(p.project, both);
    REQUIRE(after);
    CHECK(without_edits(*after, both) == p.project);
}

TEST_CASE("the link past a task keeps which ends it joins, and both lags") {
    const auto fs = LinkKind::FinishToStart, ss = LinkKind::StartToStart, ff = LinkKind::FinishToFinish;
    const auto work = LagUnit::Working, elapsed = LagUnit::Elapsed, share = LagUnit::PercentOfPredecessor;
    CHECK(past(fs, 0, work, fs, 0, work).kind == fs);
    CHECK(past(ss, 0, work, fs, 0, work).kind == ss);
    CHECK(past(fs, 0, work, ff, 0, work).kind == ff);
    CHECK(past(ff, 0, work, ff, 0, work).kind == ff);
    CHECK(past(fs, 60, work, fs, -30, work).lag_minutes == 30);
    const plan::Link wait = past(fs, 0, work, fs, 1440, elapsed);
    CHECK(wait.lag_minutes == 1440);
    CHECK(wait.lag_unit == elapsed);
    const plan::Link kept = past(fs, 50, share, fs, 0, work);
    CHECK(kept.lag_minutes == 50);
    CHECK(kept.lag_unit == share);
    const plan::Link measured = past(fs, 50, share, fs, 25, share);  // half of two days and a quarter of four
    CHECK(measured.lag_unit == work);
    CHECK(measured.lag_minutes == 2 * kLong);

    PlanBuilder p;
    const TaskId a = p.task("A", 2), b = p.task("B", 4), c = p.task("C", 1);
    p.link(a, b, ff);  // A's end holds B's end, and B's start holds C: nothing joined A and C but B's own length
    p.link(b, c, ss);
    CHECK(make_drop(p.project, b, Ids{}).links.empty());
}

TEST_CASE("what has begun, was promised or is the client's is not left out") {
    PlanBuilder p;
    const TaskId over = p.summary("Post");
    const TaskId a = p.task("A", 2, over);
    CHECK(refusal(p, a).empty());
    CHECK(refusal(p, TaskId{9}) == "This task is no longer in the plan.");
    CHECK(refusal(p, over) == "Leave out the tasks under a summary, not the summary.");
    p.of(a).percent_done = 10;
    CHECK(refusal(p, a) == "Work on this has begun; it cannot be left out.");
    p.of(a).percent_done = 0;
    p.of(a).active = false;
    CHECK(refusal(p, a) == "This task is left out already.");
    p.of(a).active = true;
    plan::ClientDecision decision;
    decision.id = DecisionId{77};
    decision.task = a;
    p.project.decisions.push_back(decision);
    CHECK(refusal(p, a) == "The client has a part in this; it cannot be left out.");
    p.project.decisions.clear();
    p.project.promises.push_back({PromiseId{78}, a, test::day("2026-03-10"), true});
    CHECK(refusal(p, a) == "We gave our word on this date; it cannot be left out.");
    CHECK_FALSE(with_edits(p.project, {Drop{a, {}}}));
}

TEST_CASE("left out, it is paid back at what it was sold for, said, agreed and taken back") {
    Session session = test::small_session();
    const plan::Project before = session.model().projects[0];
    Change change;
    change.id = session.new_id<ChangeId>();
    change.number = 1;
    change.request = "We do not need the sound";
    change.kind = Kind::Extra;
    change.asked_on = *day_from(2026, 3, 3);
    const plan::SetAssignments half{kPlan.project, kPlan.sound, {{kPlan.editor, 500, std::nullopt}}};
    REQUIRE(session.submit(plan::Command{half}, Instant{3000}));
    change.edits = {make_drop(session.model().projects[0], kPlan.sound, [&] { return session.new_id<LinkId>().n; })};
    REQUIRE(session.submit(change::Command{PutChange{kPlan.project, change}}, Instant{3001}));
    const plan::Project& project = session.model().projects[0];
    const auto computed = impact(session.model(), project, change);
    REQUIRE(computed);
    CHECK(computed->charge_minor == -20 * 75'00);    // five days at half time
    CHECK(computed->internal_minor == -20 * 40'00);
    CHECK(computed->promises[0].moved_days == -5);
    bool said = false;
    for (const Message& sentence : statement(project, change, *computed)) said = said || sentence.id == "{0} is left out.";
    CHECK(said);

    const Model asked = session.model();
    Outcome outcome{"Producer", *day_from(2026, 3, 4), "Without the sound.", -1500'00, -800'00, session.new_id<BaselineId>()};
    plan::Baseline baseline{outcome.baseline, "Agreed", change.id, outcome.on, {}};
    REQUIRE(session.submit(change::Command{Agree{kPlan.project, change.id, outcome, baseline}}, Instant{3002}));
    CHECK(contract_value_minor(session.model().projects[0]) == before.base_fee_minor - 1500'00);
    CHECK_FALSE(find_task(session.model().projects[0], kPlan.sound)->active);
    REQUIRE(session.undo(Instant{3003}));
    CHECK(session.model() == asked);
}

TEST_CASE("a trade leaves a whole task out where it is worth no more than what is asked for") {
    Session session = test::small_session();
    Model model = session.model();
    plan::Project& project = model.projects[0];
    by_id(project.tasks, kPlan.sound)->assignments.push_back({kPlan.editor, 1000, std::nullopt});  // 40 h at 75.00
    plan::Task extra;
    extra.id = TaskId{15};
    extra.name = "Trailer";
    extra.duration_minutes = 3 * kLong;
    extra.assignments = {{kPlan.editor, 1000, std::nullopt}};
    project.tasks.push_back(extra);
    project.links.push_back({LinkId{24}, kPlan.lock, extra.id, LinkKind::FinishToStart, LagUnit::Working, 0});
    Change change;
    change.id = ChangeId{900};
    change.number = 1;
    change.request = "Six more days of editing";
    change.kind = Kind::Extra;
    change.asked_on = *day_from(2026, 3, 2);
    change.edits = {Lengthen{kPlan.edit, 6 * kLong}};
    const auto options = build_options(model, project, change, {"Later version", "Evened out"}, Ids{70'000});
    REQUIRE(options);
    const Option* trade = nullptr;
    for (const Option& option : *options) {
        if (option.kind == OptionKind::Trade) trade = &option;
    }
    REQUIRE(trade);
    // 48 hours are asked for: the sound's 40 are left out, and 8 hours of the trailer.
    REQUIRE(trade->edits.size() == 3);
    REQUIRE(std::get_if<Drop>(&trade->edits[1]));
    CHECK(std::get<Drop>(trade->edits[1]).task == kPlan.sound);
    CHECK(std::get<Lengthen>(trade->edits[2]) == Lengthen{extra.id, -8 * 60});
    const auto computed = option_impact(model, project, *plan::compute_schedule(project), change, *trade);
    REQUIRE(computed);
    CHECK(computed->charge_minor == 0);
    CHECK(computed->trade.asked_minor == 48 * 75'00);
    CHECK(computed->trade.given_minor == 48 * 75'00);
    CHECK(computed->trade.is_even());
    bool even = false;
    for (const Message& sentence : option_statement(project, change, *trade, *computed))
        even = even || sentence.id == "What you ask for is worth {0}, what is given up {1}: an even trade.";
    CHECK(even);
}
