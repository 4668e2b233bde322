#include <doctest.h>

#include <functional>

#include "core/plan/query.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using namespace entente::plan;
using namespace entente::test;

namespace {

constexpr std::int64_t kDay = PlanBuilder::kDay;

// The English text with its arguments filled in: names as they are, dates as ISO.
std::string plain(const Message& message) {
    const std::string_view form = message.plural.empty() || message.count == 1 ? message.id : message.plural;
    std::string out;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] != '{') {
            out += form[i];
            continue;
        }
        const std::size_t end = form.find('}', i);
        const std::string key(form.substr(i + 1, end - i - 1));
        i = end;
        if (key == "n") {
            out += std::to_string(message.count);
            continue;
        }
        const Arg& arg = message.args.at(static_cast<std::size_t>(std::stoul(key)));
        switch (arg.kind) {
            case Arg::Kind::Text: out += arg.text; break;
            case Arg::Kind::Number: out += std::to_string(arg.number); break;
            case Arg::Kind::Date: out += iso(Day{static_cast<std::int32_t>(arg.number)}); break;
            case Arg::Kind::Nested: out += plain(arg.nested.at(0)); break;
            case Arg::Kind::Money: out += "?"; break;
        }
    }
    return out;
}

std::vector<std::string> why_texts(const PlanBuilder& p, TaskId task) {
    std::vector<std::string> texts;
    for (const WhyStep& step : why(p.project, p.schedule, task)) texts.push_back(plain(step.text));
    return texts;
}

void promise(PlanBuilder& p, std::uint64_t id, TaskId task, const char* when) {
    p.project.promises.push_back({PromiseId{id}, task, day(when), true});
}
void decision(PlanBuilder& p, std::uint64_t id, TaskId task) {
    ClientDecision item;
    item.id = DecisionId{id};
    item.task = task;
    p.project.decisions.push_back(item);
}

}  // namespace

TEST_CASE("working days between two days") {
    PlanBuilder p;
    CHECK(working_days(p.project, day("2026-03-02"), day("2026-03-06")) == 4);
    CHECK(working_days(p.project, day("2026-03-06"), day("2026-03-09")) == 1);
    CHECK(working_days(p.project, day("2026-03-09"), day("2026-03-06")) == -1);
    CHECK(working_days(p.project, day("2026-03-07"), day("2026-03-08")) == 0);
    CHECK(working_days(p.project, day("2026-03-04"), day("2026-03-04")) == 0);
    p.project.calendars[0].exceptions.push_back({day("2026-03-04"), day("2026-03-05"), "Closed", {}});
    CHECK(working_days(p.project, day("2026-03-02"), day("2026-03-06")) == 2);
}

TEST_CASE("promises: kept, tight, missed, done") {
    PlanBuilder p;
    const TaskId a = p.task("A", 3), b = p.task("B", 3), c = p.task("C", 3), d = p.task("D", 3);
    promise(p, 1, a, "2026-03-06");
    promise(p, 2, b, "2026-03-05");
    promise(p, 3, c, "2026-03-03");
    promise(p, 4, d, "2026-03-03");
    p.of(d).percent_done = 100;
    p.of(d).actual_start = at("2026-03-02T09:00");
    p.of(d).actual_finish = at("2026-03-05T12:00");
    p.run();
    const auto rows = promise_rows(p.project, p.schedule);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].health == PromiseHealth::Kept);
    CHECK(rows[0].room_days == 2);
    CHECK(rows[0].forecast == day("2026-03-04"));
    CHECK(rows[1].health == PromiseHealth::Tight);
    CHECK(rows[1].room_days == 1);
    CHECK(rows[2].health == PromiseHealth::Missed);
    CHECK(rows[2].room_days == -1);
    CHECK(rows[3].health == PromiseHealth::Done);
}

TEST_CASE("a decision is needed by the last day that keeps the promise, and each later day costs a day") {
    PlanBuilder p;
    const TaskId edit = p.task("Edit", 5), lock = p.task("Picture lock", 0), mix = p.task("Mix", 3),
                 out = p.task("Delivery", 0), other = p.task("Press kit", 0);
    p.link(edit, lock);
    p.link(lock, mix);
    p.link(mix, out);
    promise(p, 1, out, "2026-03-13");
    decision(p, 11, lock);
    decision(p, 12, other);
    p.run();
    const auto rows = decision_rows(p.project, p.schedule, day("2026-03-04"));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].forecast == day("2026-03-06"));
    REQUIRE(rows[0].needed_by.has_value());
    CHECK(*rows[0].needed_by == day("2026-03-10"));  // three days of mix before the end of Friday 13 March
    CHECK(rows[0].float_minutes == 2 * kDay);
    CHECK(rows[0].slip_days_per_day == 1);
    CHECK(rows[0].moves == PromiseId{1});
    CHECK_FALSE(rows[0].overdue);
    CHECK_FALSE(rows[1].needed_by.has_value());
    CHECK(rows[1].slip_days_per_day == 0);
    CHECK(decision_rows(p.project, p.schedule, day("2026-03-11"))[0].overdue);
    p.project.decisions[0].answered = day("2026-03-05");
    CHECK_FALSE(decision_rows(p.project, p.schedule, day("2026-03-11"))[0].overdue);
}

TEST_CASE("the weekend makes a late day cost what it costs") {
    PlanBuilder p;
    Calendar& studio = p.add_calendar("Studio on Mondays");
    studio.week[0] = {{9 * 60, 17 * 60}};
    const TaskId lock = p.task("Lock", 0), mix = p.task("Mix", 1);
    p.of(mix).calendar = CalendarId{2};
    p.link(lock, mix);
    promise(p, 1, mix, "2026-03-09");
    decision(p, 11, lock);
    p.run();
    const auto rows = decision_rows(p.project, p.schedule, day("2026-03-02"));
    REQUIRE(rows[0].needed_by.has_value());
    CHECK(*rows[0].needed_by == day("2026-03-06"));
    CHECK(rows[0].slip_days_per_day == 5);  // the next Monday in the studio is a week later
}

TEST_CASE("a promise that is already broken needs the decision in the past") {
    PlanBuilder p;
    const TaskId lock = p.task("Lock", 0), mix = p.task("Mix", 5);
    p.link(lock, mix);
    promise(p, 1, mix, "2026-03-04");
    decision(p, 11, lock);
    p.run();
    const auto rows = decision_rows(p.project, p.schedule, day("2026-03-02"));
    REQUIRE(rows[0].needed_by.has_value());
    CHECK(*rows[0].needed_by == day("2026-02-25"));
    CHECK(rows[0].float_minutes == -2 * kDay);
    CHECK(rows[0].overdue);
}

TEST_CASE("a promise on a summary binds the decisions that its tasks wait for") {
    PlanBuilder p;
    const TaskId lock = p.task("Lock", 0), sound = p.summary("Sound"), mix = p.task("Mix", 2, sound);
    p.link(lock, mix);
    promise(p, 1, sound, "2026-03-06");
    decision(p, 11, lock);
    p.run();
    const auto rows = decision_rows(p.project, p.schedule, day("2026-03-02"));
    REQUIRE(rows[0].needed_by.has_value());
    CHECK(*rows[0].needed_by == day("2026-03-04"));
    CHECK(rows[0].moves == PromiseId{1});
}

TEST_CASE("of several promises the first that moves counts, and deadlines are not promises") {
    PlanBuilder p;
    const TaskId lock = p.task("Lock", 0), mix = p.task("Mix", 2), grade = p.task("Grade", 1);
    p.link(lock, mix);
    p.link(lock, grade);
    p.of(grade).deadline = at("2026-03-02T18:00");
    promise(p, 1, mix, "2026-03-20");
    promise(p, 2, grade, "2026-03-10");
    decision(p, 11, lock);
    p.run();
    const auto rows = decision_rows(p.project, p.schedule, day("2026-03-02"));
    CHECK(*rows[0].needed_by == day("2026-03-09"));
    CHECK(rows[0].moves == PromiseId{2});
}

TEST_CASE("why: the chain from a task back to a fact, one sentence each") {
    PlanBuilder p;
    const TaskId edit = p.task("Edit", 5), lock = p.task("Lock", 0), mix = p.task("Mix", 3),
                 grade = p.task("Grade", 2);
    p.link(edit, lock);
    p.link(lock, mix, LinkKind::FinishToStart, 2 * kDay);
    p.link(mix, grade, LinkKind::StartToStart, 60);
    p.run();
    const auto steps = why(p.project, p.schedule, grade);
    REQUIRE(steps.size() == 4);
    CHECK(steps[0].task == grade);
    CHECK(steps[0].link == p.project.links[2].id);
    CHECK(steps[3].task == edit);
    CHECK_FALSE(steps[3].link);
    const auto texts = why_texts(p, grade);
    CHECK(texts[0] == "“Grade” starts on 2026-03-11, 1 working hour after “Mix” starts on 2026-03-11.");
    CHECK(texts[1] == "“Mix” starts on 2026-03-11, 2 working days after “Lock” finishes on 2026-03-06.");
    CHECK(texts[2] == "“Lock” is reached on 2026-03-06, when “Edit” is done.");
    CHECK(texts[3] == "“Edit” starts on 2026-03-02 with the project: nothing comes before it.");
}

TEST_CASE("why ends at a constraint, at what was done, at a date set by hand") {
    PlanBuilder p;
    const TaskId a = p.task("A", 2), b = p.task("B", 1), s = p.summary("S"), x = p.task("X", 1, s),
                 late = p.task("Late", 1);
    p.link(a, b);
    p.constrain(a, ConstraintKind::StartNoEarlierThan, "2026-03-04T09:00");
    p.constrain(s, ConstraintKind::StartNoEarlierThan, "2026-03-05T09:00");
    p.of(late).constraint.kind = ConstraintKind::AsLateAsPossible;
    p.run();
    CHECK(why_texts(p, b).back() == "“A” may not start before 2026-03-04.");
    CHECK(why_texts(p, x).back() == "“X” is part of “S”, which may not start before 2026-03-05.");
    CHECK(why_texts(p, s).front() == "“S” starts on 2026-03-05 with “X”, the first of its tasks.");
    CHECK(why_texts(p, late).size() == 1);
    p.of(a).actual_start = at("2026-03-02T09:00");
    p.run();
    CHECK(why_texts(p, b).back() == "“A” was started on 2026-03-02.");
    p.of(a).actual_start.reset();
    p.of(a).manual = true;
    p.of(a).manual_start = at("2026-03-03T09:00");
    p.of(a).manual_finish = at("2026-03-04T18:00");
    p.run();
    CHECK(why_texts(p, b).back() == "“A” stands on 2026-03-03, where it was put by hand.");
    CHECK(why(p.project, p.schedule, TaskId{999}).empty());
}

TEST_CASE("why goes on through a summary to the child that decides its finish") {
    PlanBuilder p;
    const TaskId s = p.summary("S"), x = p.task("X", 1, s), y = p.task("Y", 3, s), after = p.task("After", 1);
    (void)x;
    p.link(s, after);
    p.run();
    const auto texts = why_texts(p, after);
    REQUIRE(texts.size() == 3);
    CHECK(texts[0] == "“After” starts on 2026-03-05, once “S” is done on 2026-03-04.");
    CHECK(texts[1] == "“S” finishes on 2026-03-04 with “Y”, the last of its tasks.");
    CHECK(texts[2] == "“Y” starts on 2026-03-02 with the project: nothing comes before it.");
    CHECK(why(p.project, p.schedule, after)[2].task == y);
}
