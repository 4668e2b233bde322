// The scheduler on small plans that were worked out by hand.
#include <doctest.h>

#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using namespace entente::plan;
using test::at;
using test::PlanBuilder;

namespace {

constexpr std::int64_t kDay = PlanBuilder::kDay;

}  // namespace

TEST_CASE("a chain of tasks: early and late dates, float, what is critical") {
    PlanBuilder p;
    const TaskId a = p.task("A", 3), b = p.task("B", 2), c = p.task("C", 1), d = p.task("D", 0);
    p.link(a, b);
    p.link(a, c);
    p.link(b, d);
    p.link(c, d);
    p.run();
    CHECK(p.start(a) == "2026-03-02T09:00");
    CHECK(p.finish(a) == "2026-03-04T18:00");
    CHECK(p.start(b) == "2026-03-05T09:00");
    CHECK(p.finish(b) == "2026-03-06T18:00");
    CHECK(p.finish(c) == "2026-03-05T18:00");
    CHECK(p.start(d) == "2026-03-06T18:00");
    CHECK(p.finish(d) == "2026-03-06T18:00");
    CHECK(p.late_start(c) == "2026-03-06T09:00");
    CHECK(p.late_finish(c) == "2026-03-06T18:00");
    CHECK(p.total(c) == kDay);
    CHECK(p.free(c) == kDay);
    for (const TaskId critical : {a, b, d}) {
        CHECK(p.total(critical) == 0);
        CHECK(p.row(critical).critical);
    }
    CHECK_FALSE(p.row(c).critical);
    CHECK(iso(p.schedule.start) == "2026-03-02T09:00");
    CHECK(iso(p.schedule.finish) == "2026-03-06T18:00");
    CHECK(p.schedule.working_minutes == 5 * kDay);
    CHECK(p.row(a).driven_by == DrivenBy::ProjectStart);
    CHECK(p.row(d).driven_by == DrivenBy::Predecessor);
    CHECK(p.row(d).driving == p.project.links[2].id);
}

TEST_CASE("each kind of link, without lag, with lag and with lead") {
    struct Case {
        LinkKind kind;
        std::int64_t lag_days;
        const char* start;  // of a 2-day successor of a 3-day task that starts on Monday 2 March
        const char* finish;
    };
    // The predecessor: Monday 2 March 09:00 to Wednesday 4 March 18:00.
    const Case cases[] = {
        {LinkKind::FinishToStart, 0, "2026-03-05T09:00", "2026-03-06T18:00"},
        {LinkKind::FinishToStart, 2, "2026-03-09T09:00", "2026-03-10T18:00"},
        {LinkKind::FinishToStart, -1, "2026-03-04T09:00", "2026-03-05T18:00"},
        {LinkKind::StartToStart, 0, "2026-03-02T09:00", "2026-03-03T18:00"},
        {LinkKind::StartToStart, 4, "2026-03-06T09:00", "2026-03-09T18:00"},
        {LinkKind::FinishToFinish, 0, "2026-03-03T09:00", "2026-03-04T18:00"},
        {LinkKind::FinishToFinish, 3, "2026-03-06T09:00", "2026-03-09T18:00"},
        {LinkKind::FinishToFinish, -2, "2026-03-02T09:00", "2026-03-03T18:00"},  // never before the project
        {LinkKind::StartToFinish, 5, "2026-03-05T09:00", "2026-03-06T18:00"},
    };
    for (const Case& one : cases) {
        PlanBuilder p;
        const TaskId a = p.task("A", 3), b = p.task("B", 2);
        p.link(a, b, one.kind, one.lag_days * kDay);
        p.run();
        CAPTURE(static_cast<int>(one.kind));
        CAPTURE(one.lag_days);
        CHECK(p.start(b) == one.start);
        CHECK(p.finish(b) == one.finish);
    }
}

TEST_CASE("the backward pass goes through each kind of link") {
    struct Case {
        LinkKind kind;
        std::int64_t lag_days;
        const char*
            late_start;  // of the 1-day predecessor; a 10-day task ends the project on Friday 13 March
    };
    const Case cases[] = {
        {LinkKind::FinishToStart, 0, "2026-03-11T09:00"},  // before B, 2 days, 12 and 13 March
        {LinkKind::FinishToStart, 2, "2026-03-09T09:00"},  {LinkKind::StartToStart, 0, "2026-03-12T09:00"},
        {LinkKind::StartToStart, 3, "2026-03-09T09:00"},   {LinkKind::FinishToFinish, 0, "2026-03-13T09:00"},
        {LinkKind::FinishToFinish, 4, "2026-03-09T09:00"}, {LinkKind::StartToFinish, 5, "2026-03-09T09:00"},
        {LinkKind::FinishToStart, -9, "2026-03-13T09:00"},  // a lead: but nothing ends after the project
    };
    for (const Case& one : cases) {
        PlanBuilder p;
        p.task("Long", 10);
        const TaskId a = p.task("A", 1), b = p.task("B", 2);
        p.link(a, b, one.kind, one.lag_days * kDay);
        p.run();
        CAPTURE(static_cast<int>(one.kind));
        CAPTURE(one.lag_days);
        CHECK(iso(p.schedule.finish) == "2026-03-13T18:00");
        CHECK(p.late_start(a) == one.late_start);
    }
}

TEST_CASE("lags in elapsed time and in per cent of the predecessor") {
    PlanBuilder p;
    const TaskId a = p.task("A", 5), b = p.task("B", 1), c = p.task("C", 1), d = p.task("D", 1);
    p.link(a, b, LinkKind::FinishToStart, 2 * 1440, LagUnit::Elapsed);  // Friday 18:00 + 48 h is Sunday
    p.link(a, c, LinkKind::FinishToStart, 3 * 1440, LagUnit::Elapsed);  // Monday 18:00
    p.link(a, d, LinkKind::StartToStart, 50, LagUnit::PercentOfPredecessor);
    p.run();
    CHECK(p.start(b) == "2026-03-09T09:00");
    CHECK(p.start(c) == "2026-03-10T09:00");
    CHECK(p.start(d) == "2026-03-04T14:00");
    p.of(a).duration_minutes = 4 * kDay;
    p.run();
    CHECK(p.start(d) == "2026-03-04T09:00");
}

TEST_CASE("every constraint on a task that follows another") {
    struct Case {
        ConstraintKind kind;
        const char* at;
        const char* start;
        const char* finish;
        std::int64_t total_days;
    };
    // A: 2 to 4 March. B: 2 days after it, 5 and 6 March. The project ends on Friday 13 March.
    const Case cases[] = {
        {ConstraintKind::AsSoonAsPossible, "2026-03-02T09:00", "2026-03-05T09:00", "2026-03-06T18:00", 5},
        {ConstraintKind::StartNoEarlierThan, "2026-03-10T09:00", "2026-03-10T09:00", "2026-03-11T18:00", 2},
        {ConstraintKind::StartNoEarlierThan, "2026-03-03T09:00", "2026-03-05T09:00", "2026-03-06T18:00", 5},
        {ConstraintKind::FinishNoEarlierThan, "2026-03-10T18:00", "2026-03-09T09:00", "2026-03-10T18:00", 3},
        {ConstraintKind::StartNoLaterThan, "2026-03-09T09:00", "2026-03-05T09:00", "2026-03-06T18:00", 2},
        {ConstraintKind::StartNoLaterThan, "2026-03-04T09:00", "2026-03-04T09:00", "2026-03-05T18:00", 0},
        {ConstraintKind::FinishNoLaterThan, "2026-03-10T18:00", "2026-03-05T09:00", "2026-03-06T18:00", 2},
        {ConstraintKind::FinishNoLaterThan, "2026-03-05T18:00", "2026-03-04T09:00", "2026-03-05T18:00", 0},
        {ConstraintKind::MustStartOn, "2026-03-11T09:00", "2026-03-11T09:00", "2026-03-12T18:00", 0},
        {ConstraintKind::MustStartOn, "2026-03-03T09:00", "2026-03-03T09:00", "2026-03-04T18:00", 0},
        {ConstraintKind::MustFinishOn, "2026-03-10T18:00", "2026-03-09T09:00", "2026-03-10T18:00", 0},
    };
    for (const Case& one : cases) {
        PlanBuilder p;
        p.task("Long", 10);
        const TaskId a = p.task("A", 3), b = p.task("B", 2);
        p.link(a, b);
        p.constrain(b, one.kind, one.at);
        p.run();
        CAPTURE(static_cast<int>(one.kind));
        CAPTURE(one.at);
        CHECK(p.start(b) == one.start);
        CHECK(p.finish(b) == one.finish);
        CHECK(p.total(b) == one.total_days * kDay);
    }
}

TEST_CASE("a constraint that the predecessor breaks turns the predecessor's float negative, and says so") {
    PlanBuilder p;
    const TaskId a = p.task("A", 3), b = p.task("B", 2);
    p.link(a, b);
    p.constrain(b, ConstraintKind::MustStartOn, "2026-03-03T09:00");
    p.run();
    CHECK(p.late_finish(a) == "2026-03-02T18:00");
    CHECK(p.total(a) == -2 * kDay);
    CHECK(p.row(a).critical);
    CHECK(p.free(a) == 0);
    CHECK(p.row(b).driven_by == DrivenBy::Constraint);
}

TEST_CASE("a deadline makes float, and negative float, without moving the task") {
    PlanBuilder p;
    p.task("Long", 10);
    const TaskId a = p.task("A", 3);
    p.of(a).deadline = at("2026-03-06T18:00");
    p.run();
    CHECK(p.total(a) == 2 * kDay);
    CHECK(p.start(a) == "2026-03-02T09:00");
    CHECK(p.schedule.warnings.empty());
    p.of(a).deadline = at("2026-03-03T18:00");
    p.run();
    CHECK(p.finish(a) == "2026-03-04T18:00");
    CHECK(p.total(a) == -kDay);
    REQUIRE(p.schedule.warnings.size() == 1);
    CHECK(p.schedule.warnings[0].task == a);
}

TEST_CASE("as late as possible takes all the float there is and pushes what follows") {
    PlanBuilder p;
    p.task("Long", 10);
    const TaskId a = p.task("A", 2), b = p.task("B", 3);
    p.link(a, b);
    p.of(a).constraint.kind = ConstraintKind::AsLateAsPossible;
    p.run();
    CHECK(p.start(a) == "2026-03-02T09:00");
    CHECK(iso(p.row(a).start) == "2026-03-09T09:00");
    CHECK(iso(p.row(a).finish) == "2026-03-10T18:00");
    CHECK(p.start(b) == "2026-03-11T09:00");
    CHECK(p.total(b) == 0);
    p.of(a).constraint.kind = ConstraintKind::AsSoonAsPossible;
    p.run();
    CHECK(p.start(b) == "2026-03-04T09:00");
}

TEST_CASE("a start that was asked for may lie before the project, as in Microsoft Project") {
    PlanBuilder p;
    const TaskId a = p.task("A", 1);
    p.constrain(a, ConstraintKind::StartNoEarlierThan, "2026-02-26T09:00");
    p.run();
    CHECK(p.start(a) == "2026-02-26T09:00");
    CHECK(iso(p.schedule.start) == "2026-02-26T09:00");
    CHECK(iso(p.schedule.finish) == "2026-02-26T18:00");
    CHECK(p.total(a) == 0);
    CHECK(p.row(a).critical);
}

TEST_CASE("what was done stands; a finished task binds nobody") {
    PlanBuilder p;
    const TaskId a = p.task("A", 3), b = p.task("B", 2), c = p.task("C", 1);
    p.link(a, b);
    p.link(b, c);
    p.of(a).actual_start = at("2026-03-03T10:00");
    p.of(a).actual_finish = at("2026-03-09T11:00");
    p.of(a).percent_done = 100;
    p.of(b).actual_start = at("2026-03-10T13:00");
    p.of(b).percent_done = 50;
    p.run();
    CHECK(p.start(a) == "2026-03-03T10:00");
    CHECK(p.finish(a) == "2026-03-09T11:00");
    CHECK_FALSE(p.row(a).critical);
    CHECK(p.total(a) == 0);
    CHECK(p.row(a).driven_by == DrivenBy::Actual);
    CHECK(p.start(b) == "2026-03-10T13:00");
    CHECK(p.finish(b) == "2026-03-12T12:00");
    CHECK(p.late_start(b) == "2026-03-10T13:00");
    CHECK(p.row(b).critical);
    CHECK(p.start(c) == "2026-03-12T13:00");
}

TEST_CASE("work that is not done goes on after the status date") {
    PlanBuilder p;
    const TaskId a = p.task("A", 4), b = p.task("B", 1), c = p.task("C", 1);
    p.of(a).actual_start = at("2026-03-02T09:00");
    p.of(a).percent_done = 50;
    p.of(c).percent_done = 100;
    p.project.status_day = test::day("2026-03-06");
    p.run();
    CHECK(p.finish(a) == "2026-03-10T18:00");  // two days left, from Monday 9 March
    CHECK(p.start(b) == "2026-03-09T09:00");
    CHECK(p.row(b).driven_by == DrivenBy::StatusDate);
    CHECK(p.start(c) == "2026-03-02T09:00");
}

TEST_CASE("summaries roll up, and links to and from them bind their children") {
    PlanBuilder p;
    const TaskId before = p.task("Before", 2), s = p.summary("S"), x = p.task("X", 1, s),
                 inner = p.summary("Inner", s), y = p.task("Y", 3, inner), z = p.task("Z", 1, inner),
                 after = p.task("After", 1);
    p.link(before, s);
    p.link(y, z);
    p.link(s, after);
    p.run();
    CHECK(p.start(x) == "2026-03-04T09:00");
    CHECK(p.start(y) == "2026-03-04T09:00");
    CHECK(p.finish(z) == "2026-03-09T18:00");
    CHECK(p.start(s) == "2026-03-04T09:00");
    CHECK(p.finish(s) == "2026-03-09T18:00");
    CHECK(p.start(inner) == "2026-03-04T09:00");
    CHECK(p.row(s).driven_by == DrivenBy::Children);
    CHECK(p.row(s).critical);
    CHECK(p.start(after) == "2026-03-10T09:00");
    CHECK(p.row(after).driving == p.project.links[2].id);
    CHECK(p.row(x).driving == p.project.links[0].id);
    CHECK(p.late_finish(x) == "2026-03-09T18:00");
    CHECK(p.total(x) == 3 * kDay);
    CHECK(p.total(before) == 0);
    CHECK(p.total(s) == 0);
    CHECK(p.free(x) == 3 * kDay);
    p.constrain(s, ConstraintKind::StartNoEarlierThan, "2026-03-06T09:00");
    p.run();
    CHECK(p.start(x) == "2026-03-06T09:00");
    CHECK(p.row(x).driven_by == DrivenBy::Constraint);
    CHECK(p.total(before) == 2 * kDay);
}

TEST_CASE("a finish no later than on a summary limits every task in it") {
    PlanBuilder p;
    p.task("Long", 10);
    const TaskId s = p.summary("S"), x = p.task("X", 1, s), y = p.task("Y", 4, s);
    p.constrain(s, ConstraintKind::FinishNoLaterThan, "2026-03-04T18:00");
    p.run();
    CHECK(p.late_finish(x) == "2026-03-04T18:00");
    CHECK(p.total(x) == 2 * kDay);
    CHECK(p.total(y) == -kDay);
}

TEST_CASE("manual tasks stand where they were put, and push what follows") {
    PlanBuilder p;
    const TaskId a = p.task("A", 2), b = p.task("B", 1), c = p.task("C", 1);
    p.link(a, b);
    p.link(b, c);
    p.of(b).manual = true;
    p.of(b).manual_start = at("2026-03-07T10:00");  // a Saturday
    p.of(b).manual_finish = at("2026-03-09T12:00");
    p.run();
    CHECK(p.start(b) == "2026-03-07T10:00");
    CHECK(p.finish(b) == "2026-03-09T12:00");
    CHECK(p.row(b).driven_by == DrivenBy::Manual);
    CHECK(p.start(c) == "2026-03-09T13:00");
}

TEST_CASE("inactive tasks take no part") {
    PlanBuilder p;
    const TaskId a = p.task("A", 2), b = p.task("B", 20), c = p.task("C", 1);
    p.link(a, b);
    p.link(b, c);
    p.of(b).active = false;
    p.run();
    CHECK(p.start(c) == "2026-03-02T09:00");
    CHECK(iso(p.schedule.finish) == "2026-03-03T18:00");
    CHECK_FALSE(p.row(b).critical);
}

TEST_CASE("milestones stand at the end of the shift before them, or where a date puts them") {
    PlanBuilder p;
    const TaskId a = p.task("A", 5), m = p.task("M", 0), first = p.task("First", 0), n = p.task("N", 0),
                 b = p.task("B", 1);
    p.link(a, m);
    p.link(m, b);
    p.constrain(n, ConstraintKind::StartNoEarlierThan, "2026-03-09T09:00");
    p.run();
    CHECK(p.start(m) == "2026-03-06T18:00");
    CHECK(p.finish(m) == "2026-03-06T18:00");
    CHECK(p.start(first) == "2026-03-02T09:00");
    CHECK(p.start(n) == "2026-03-09T09:00");
    CHECK(p.start(b) == "2026-03-09T09:00");
}

TEST_CASE("task calendars, and times where two calendars meet") {
    PlanBuilder p;
    Calendar& always = p.add_calendar("Always");
    for (auto& shifts : always.week) shifts = {{0, 1440}};
    const TaskId a = p.task("A", 5), render = p.task("Render", 2), b = p.task("B", 1);
    p.of(render).calendar = CalendarId{2};
    p.of(render).duration_minutes = 2 * 1440;
    p.link(a, render);
    p.link(render, b);
    p.run();
    CHECK(p.start(render) == "2026-03-06T18:00");
    CHECK(p.finish(render) == "2026-03-08T18:00");
    CHECK(p.start(b) == "2026-03-09T09:00");
    CHECK(p.late_finish(render) == "2026-03-09T09:00");
    CHECK(p.total(render) == 15 * 60);
    CHECK(p.total(a) == 0);
}

TEST_CASE("elapsed lengths run through nights and weekends") {
    PlanBuilder p;
    const TaskId a = p.task("A", 5), cure = p.task("Cure", 1), b = p.task("B", 1);
    p.of(cure).elapsed = true;
    p.of(cure).duration_minutes = 3 * 1440;
    p.link(a, cure);
    p.link(cure, b);
    p.run();
    CHECK(p.start(cure) == "2026-03-06T18:00");
    CHECK(p.finish(cure) == "2026-03-09T18:00");
    CHECK(p.start(b) == "2026-03-10T09:00");
}

TEST_CASE("split tasks rest, levelled ones are delayed") {
    PlanBuilder p;
    const TaskId a = p.task("A", 2), b = p.task("B", 1);
    p.of(a).pause_minutes = 3 * kDay;
    p.of(b).levelling_delay_minutes = 2 * 1440;
    p.run();
    CHECK(p.finish(a) == "2026-03-06T18:00");
    CHECK(p.start(b) == "2026-03-04T09:00");
}

TEST_CASE("the project's limit says what is critical") {
    PlanBuilder p;
    const TaskId a = p.task("A", 5), b = p.task("B", 3);
    p.project.critical_float_minutes = 2 * kDay;
    p.run();
    CHECK(p.row(b).critical);
    p.project.critical_float_minutes = 2 * kDay - 1;
    p.run();
    CHECK_FALSE(p.row(b).critical);
    CHECK(p.row(a).critical);
    p.project.each_path_critical = true;
    p.run();
    CHECK(p.total(b) == 0);
}

TEST_CASE("a loop is refused and its tasks are named in order") {
    PlanBuilder p;
    const TaskId a = p.task("Edit", 1), b = p.task("Mix", 1), c = p.task("Grade", 1), d = p.task("Out", 1);
    p.link(d, a);
    p.link(a, b);
    p.link(b, c, LinkKind::StartToStart);
    p.link(c, a);
    const auto schedule = compute_schedule(p.project);
    REQUIRE_FALSE(schedule.has_value());
    CHECK(schedule.error().code == ErrorCode::BadInput);
    CHECK(schedule.error().where == "Edit → Mix → Grade → Edit");
    CHECK_FALSE(schedule.error().remedy.empty());
}

TEST_CASE("a loop through a summary is refused too") {
    PlanBuilder p;
    const TaskId s = p.summary("Sound"), x = p.task("Foley", 1, s), y = p.task("Music", 1);
    p.link(s, y);
    p.link(y, x);
    const auto schedule = compute_schedule(p.project);
    REQUIRE_FALSE(schedule.has_value());
    CHECK(schedule.error().where.find("Foley") != std::string::npos);
    CHECK(schedule.error().where.find("Music") != std::string::npos);
}

TEST_CASE("nothing to schedule, and lengths beyond the calendar") {
    PlanBuilder p;
    p.run();
    CHECK(p.schedule.rows.empty());
    CHECK(iso(p.schedule.start) == "2026-03-02T09:00");
    CHECK(iso(p.schedule.finish) == "2026-03-02T09:00");
    CHECK(p.schedule.working_minutes == 0);
    const TaskId a = p.task("A", 1), b = p.task("B", 1);
    p.of(a).duration_minutes = std::int64_t{1} << 50;
    p.link(a, b);
    p.run();
    CHECK(p.row(b).early_finish <= at_minute(kLastDay, 0));
    CHECK(p.schedule.warnings.size() == 2);
}
