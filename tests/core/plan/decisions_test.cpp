// What we need from the client: lead times, what waits, the ladder's days, and the words to send.
#include <doctest.h>

#include "base/locale.hpp"
#include "core/plan/decisions.hpp"
#include "support/small_plan.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using namespace entente::plan;
using house::LadderFrom;
using house::LadderKind;
using test::day;
using test::PlanBuilder;

namespace {

std::string english(const Message& message) { return Locale().text(message); }

void answered(Project& project, const char* owner, const char* asked, const char* came) {
    ClientDecision item;
    item.id = DecisionId{700 + project.decisions.size()};
    item.task = TaskId{1000 + project.decisions.size()};
    item.owner = owner;
    if (asked) item.requested = day(asked);
    if (came) item.answered = day(came);
    project.decisions.push_back(item);
}

// A lock the client decides, promised to hold a delivery on Friday 13 March: needed by Tuesday 10 March.
struct Locked : PlanBuilder {
    TaskId edit = task("Edit", 5), lock = task("Picture lock", 0), mix = task("Mix", 3), delivery = task("Delivery", 0);
    Model model;
    Locked() {
        link(edit, lock);
        link(lock, mix);
        link(mix, delivery);
        project.promises.push_back({PromiseId{1}, delivery, day("2026-03-13"), true});
        ClientDecision item;
        item.id = DecisionId{11};
        item.task = lock;
        item.owner = "Mair Ellis";
        item.question = "Is this the cut?";
        project.decisions.push_back(item);
        of(mix).client_visible = true;
        run();
    }
    ClientDecision& decision() { return project.decisions.front(); }
    DecisionRow row(const char* today) const { return decision_rows(project, schedule, day(today)).front(); }
    Chase chase_on(const char* today) {
        Model all = model;
        all.projects.push_back(project);
        return chase(Workdays(project), decision(), row(today), model.house.ladder, LeadTimes(all), day(today));
    }
    std::vector<std::string> words(std::optional<LadderKind> step, const char* today) {
        std::vector<std::string> out;
        for (const Message& line : draft_words(project, decision(), row(today), step, "Tŷ Ffilm", day(today)).lines)
            out.push_back(english(line));
        return out;
    }
};

}  // namespace

TEST_CASE("working days: on or before, so many after or before, and they add up") {
    PlanBuilder p;
    p.project.calendars[0].exceptions.push_back({day("2026-03-04"), day("2026-03-05"), "Closed", {}});
    const Workdays days(p.project), table(p.project, day("2026-02-20"), day("2026-04-20"));
    CHECK(days.on_or_before(day("2026-03-08")) == day("2026-03-06"));
    CHECK(days.on_or_before(day("2026-03-05")) == day("2026-03-03"));
    CHECK(days.add(day("2026-03-03"), 1) == day("2026-03-06"));
    CHECK(days.add(day("2026-03-08"), 0) == day("2026-03-06"));
    CHECK(days.add(day("2026-03-06"), -1) == day("2026-03-03"));
    CHECK(days.add(day("2026-03-06"), -3) == day("2026-02-27"));
    for (int i = 0; i < 60; ++i) {
        const Day a = day("2026-02-10") + i, b = day("2026-03-05"), c = day("2026-04-01") - i;
        CHECK(days.between(a, c) == days.between(a, b) + days.between(b, c));
        CHECK(table.between(a, c) == days.between(a, c));
        CHECK(days.between(a, c) == -days.between(c, a));
        CHECK(days.between(days.on_or_before(a), days.add(a, 7)) == 7);
    }
}

TEST_CASE("a lead time is the median of what that person did, over all projects") {
    Model model;
    model.projects.resize(2);
    for (Project& project : model.projects) project = PlanBuilder().project;
    answered(model.projects[0], "Mair Ellis", "2026-03-02", "2026-03-04");    // 2
    answered(model.projects[0], " mair ellis ", "2026-03-02", "2026-03-10");  // 6
    answered(model.projects[1], "MAIR ELLIS", "2026-03-06", "2026-03-24");    // 12
    answered(model.projects[1], "Mair Ellis", "2026-03-06", nullptr);
    answered(model.projects[1], "Mair Ellis", nullptr, "2026-03-09");
    answered(model.projects[1], "", "2026-03-02", "2026-03-03");
    const LeadTimes times(model);
    const LeadTime mair = times.of("Mair Ellis");
    CHECK(mair.days == 6);
    CHECK(mair.worst_days == 12);
    CHECK(mair.count == 3);
    CHECK(english(lead_sentence(mair)) ==
          "3 answers of theirs are on record: usually after 6 working days, at worst after 12 working days.");
    const LeadTime other = times.of("Somebody else");
    CHECK(other.count == 0);
    CHECK(other.days == model.house.ladder.lead_days);
    CHECK(english(lead_sentence(other)) == "No answer of theirs is on record yet: 5 working days is the house's own figure.");
    CHECK(times.of("").count == 0);
    answered(model.projects[0], "Mair Ellis", "2026-03-02", "2026-03-11");    // 7: of four, the slower one of the middle
    CHECK(LeadTimes(model).of("Mair Ellis").days == 7);
}

TEST_CASE("when to ask: needed by, less what that person usually takes") {
    Locked p;
    REQUIRE(p.row("2026-03-02").needed_by == day("2026-03-10"));
    CHECK(p.chase_on("2026-03-02").ask_by == day("2026-03-03"));
    CHECK(p.chase_on("2026-02-25").due == Due::Nothing);
    CHECK(p.chase_on("2026-02-27").due == Due::Ask);  // two working days before
    CHECK(english(ask_sentence(p.chase_on("2026-03-02"), day("2026-03-02"))) ==
          "Ask by Tue 3 Mar 2026: the house counts on 5 working days for an answer.");
    answered(p.project, "Mair Ellis", "2026-01-05", "2026-01-06");
    CHECK(p.chase_on("2026-03-04").ask_by == day("2026-03-09"));
    CHECK(english(ask_sentence(p.chase_on("2026-03-04"), day("2026-03-04"))) ==
          "Ask by Mon 9 Mar 2026: they usually take 1 working day.");
    CHECK(english(ask_sentence(p.chase_on("2026-03-11"), day("2026-03-11"))) ==
          "This should have been asked by Mon 9 Mar 2026: they usually take 1 working day.");
    p.decision().answered = day("2026-03-05");
    CHECK(p.chase_on("2026-03-11").due == Due::Nothing);
}

TEST_CASE("the ladder: each step on its working day, the latest one that has come is due, once") {
    Locked p;
    p.decision().requested = day("2026-03-02");
    Chase on = p.chase_on("2026-03-02");
    REQUIRE(on.ladder.size() == 4);
    CHECK(on.ladder[0].on == day("2026-03-03"));
    CHECK(on.ladder[1].on == day("2026-03-06"));
    CHECK(on.ladder[2].on == day("2026-03-10"));
    CHECK(on.ladder[3].on == day("2026-03-12"));
    CHECK(on.due == Due::Nothing);
    on = p.chase_on("2026-03-04");
    CHECK(on.due == Due::Remind);
    CHECK(on.ladder[on.step].step.kind == LadderKind::Friendly);
    p.decision().reminders.push_back({day("2026-03-04"), LadderKind::Friendly});
    CHECK(p.chase_on("2026-03-05").due == Due::Nothing);
    CHECK(p.chase_on("2026-03-05").ladder[0].sent == day("2026-03-04"));
    on = p.chase_on("2026-03-10");  // formal was passed over: only the latest is worth sending
    CHECK(on.due == Due::Remind);
    CHECK(on.ladder[on.step].step.kind == LadderKind::Escalation);
    p.decision().requested = day("2026-03-11");
    p.decision().reminders.clear();
    CHECK(p.chase_on("2026-03-11").due == Due::Nothing);  // what lay before the request is not made up for
    CHECK(p.chase_on("2026-03-12").due == Due::Remind);
}

TEST_CASE("steps may count from the request, and need their day to be known") {
    Locked p;
    house::Ladder ladder;
    ladder.steps = {{LadderKind::Friendly, -3, LadderFrom::Requested}, {LadderKind::Formal, 1, LadderFrom::NeededBy}};
    auto dates = ladder_dates(Workdays(p.project), p.decision(), day("2026-03-10"), ladder);
    CHECK(dates[0].step.kind == LadderKind::Formal);
    CHECK_FALSE(dates[1].on.has_value());
    p.decision().requested = day("2026-03-05");
    dates = ladder_dates(Workdays(p.project), p.decision(), std::nullopt, ladder);
    CHECK(dates[0].step.kind == LadderKind::Friendly);
    CHECK(dates[0].on == day("2026-03-10"));
    CHECK_FALSE(dates[1].on.has_value());
}

TEST_CASE("needed by never falls on a day nobody works, and neither does a step") {
    Locked p;
    p.project.promises.front().task = p.lock;
    for (int i = 0; i < 14; ++i) {
        p.project.promises.front().promised = day("2026-03-09") + i;
        const DecisionRow row = p.row("2026-03-02");
        REQUIRE(row.needed_by.has_value());
        CHECK(weekday(*row.needed_by) < 5);
        CHECK(*row.needed_by <= p.project.promises.front().promised);
        for (const LadderDate& date : p.chase_on("2026-03-02").ladder) CHECK(weekday(*date.on) < 5);
    }
}

TEST_CASE("what waits: by links, through summaries, direct ones first, without what is done") {
    PlanBuilder p;
    const TaskId lock = p.task("Lock", 0), sound = p.summary("Sound"), dialogue = p.task("Dialogue", 2, sound),
                 mix = p.task("Mix", 2, sound), grade = p.task("Grade", 2),
                 delivery = p.task("Delivery", 0), poster = p.task("Poster", 2), past = p.task("Notes", 1);
    p.link(lock, sound);
    p.link(lock, grade);
    p.link(sound, delivery);
    p.link(lock, past);
    p.of(past).percent_done = 100;
    p.run();
    const auto waiting = blocked_by(p.project, lock);
    REQUIRE(waiting.size() == 4);
    CHECK(waiting[0].task == dialogue);
    CHECK(waiting[1].task == mix);
    CHECK(waiting[2].task == grade);
    CHECK(waiting[0].directly);
    CHECK(waiting[3].task == delivery);
    CHECK_FALSE(waiting[3].directly);
    CHECK(blocked_by(p.project, dialogue).size() == 1);  // the summary's own link
    CHECK(blocked_by(p.project, poster).empty());
    CHECK(blocked_by(p.project, TaskId{4711}).empty());
}

TEST_CASE("the words: to the owner, what is asked, by when, what it moves, what silence means") {
    Locked p;
    const auto request = p.words({}, "2026-03-03");
    REQUIRE(request.size() == 7);
    CHECK(request[0] == "Dear Mair Ellis,");
    CHECK(request[1] == "For Test we need a decision from you: “Is this the cut?”");
    CHECK(request[2] == "Please let us have it by Tue 10 Mar 2026.");
    CHECK(request[3] == "Until then this waits: “Mix”.");
    CHECK(request[4] == "Each working day after that moves “Delivery” by 1 working day.");
    CHECK(request[5] == "If we hear nothing, the work waits, and the dates behind it move.");
    CHECK(request[6] == "With thanks, Tŷ Ffilm");
    p.decision().requested = day("2026-03-03");
    CHECK(p.words(LadderKind::Friendly, "2026-03-04")[1] ==
          "A friendly reminder about Test: we are looking forward to your decision: “Is this the cut?”");
    CHECK(p.words(LadderKind::Formal, "2026-03-06")[1] ==
          "On Tue 3 Mar 2026 we asked you for a decision on Test, and we do not have it yet: “Is this the cut?”");
    const auto escalation = p.words(LadderKind::Escalation, "2026-03-11");
    CHECK(escalation[1] ==
          "“Is this the cut?” is not decided yet, and work on Test is held up by it. If somebody else can decide, please tell us today "
          "who.");
    CHECK(escalation[2] == "It was needed by Tue 10 Mar 2026.");
    CHECK(p.words(LadderKind::AgreedDefault, "2026-03-12")[5] ==
          "Nothing was agreed for this case, so the work waits until we hear from you.");
    p.decision().silence = "cut 3 is locked.";
    CHECK(p.words(LadderKind::Friendly, "2026-03-04")[5] == "If we hear nothing by then, we go on as agreed: cut 3 is locked.");
    CHECK(p.words(LadderKind::AgreedDefault, "2026-03-12")[5] == "As we agreed for this case, we now go on like this: cut 3 is locked.");
}

TEST_CASE("the words to a client name nothing that the client may not see") {
    Locked p;
    p.of(p.mix).client_visible = false;
    p.project.promises.front().client_visible = false;
    p.decision().owner.clear();
    p.decision().question.clear();
    p.decision().part = ClientPart::Input;
    std::string all;
    for (const std::string& line : p.words({}, "2026-03-03")) all += line + "\n";
    CHECK(all.find("Mix") == std::string::npos);
    CHECK(all.find("Delivery") == std::string::npos);
    CHECK(all.find("moves a promised date by 1 working day") != std::string::npos);
    CHECK(all.find("Hello,\nFor Test we need something from you: “Picture lock”\n") == 0);
}

TEST_CASE("recording: a request, reminders, undone exactly; what cannot be is refused with a reason") {
    const test::SmallPlan plan;
    Session session = test::small_session();
    const auto submit = [&](entente::Command command) { return session.submit(std::move(command), Instant{9000}); };
    const Model before = session.model();
    const Day asked = day("2026-03-03");
    REQUIRE(submit(plan::Command{SetRequested{plan.project, plan.decision, asked}}));
    REQUIRE(submit(plan::Command{AddReminder{plan.project, plan.decision, {day("2026-03-05"), LadderKind::Friendly}}}));
    REQUIRE(submit(plan::Command{AddReminder{plan.project, plan.decision, {day("2026-03-06"), LadderKind::Formal}}}));
    const ClientDecision& now = session.model().projects[0].decisions[0];
    CHECK(now.requested == asked);
    REQUIRE(now.reminders.size() == 2);
    CHECK(now.reminders[1].step == LadderKind::Formal);
    CHECK(english(session.undo_name()) == "Recorded a reminder about Picture lock");
    const Model full = session.model();
    REQUIRE(submit(plan::Command{RemoveReminder{plan.project, plan.decision}}));
    REQUIRE(session.undo(Instant{9100}));
    CHECK(session.model() == full);
    for (int i = 0; i < 3; ++i) REQUIRE(session.undo(Instant{9200}));
    CHECK(session.model() == before);

    CHECK_FALSE(submit(plan::Command{RemoveReminder{plan.project, plan.decision}}));
    CHECK_FALSE(submit(plan::Command{SetRequested{plan.project, DecisionId{4711}, asked}}));
    CHECK_FALSE(submit(plan::Command{SetRequested{plan.project, plan.decision, Day{-5}}}));
    CHECK_FALSE(submit(plan::Command{AddReminder{plan.project, plan.decision, {Day{1'000'000}, LadderKind::Formal}}}));
    ClientDecision answered_early = session.model().projects[0].decisions[0];
    answered_early.answered = day("2026-03-02");
    REQUIRE(submit(plan::Command{PutDecision{plan.project, answered_early, {}}}));
    const auto refused = submit(plan::Command{SetRequested{plan.project, plan.decision, asked}});
    REQUIRE_FALSE(refused);
    CHECK(english(refused.error().what) == "The request cannot have gone out after the answer came.");
}

TEST_CASE("the house's ladder is edited, undone, and kept within reason") {
    Session session = test::small_session();
    const Model before = session.model();
    house::Ladder ladder = before.house.ladder;
    CHECK(ladder.steps.size() == 4);
    ladder.lead_days = 8;
    ladder.steps.push_back({LadderKind::Friendly, -4, LadderFrom::Requested});
    REQUIRE(session.submit(house::Command{house::SetLadder{ladder}}, Instant{9000}));
    CHECK(session.model().house.ladder == ladder);
    REQUIRE(session.undo(Instant{9100}));
    CHECK(session.model() == before);
    ladder.lead_days = -1;
    CHECK_FALSE(session.submit(house::Command{house::SetLadder{ladder}}, Instant{9000}));
    ladder.lead_days = 5;
    ladder.steps.back().days_before = 1;  // before the request it counts from
    CHECK_FALSE(session.submit(house::Command{house::SetLadder{ladder}}, Instant{9000}));
    ladder.steps.assign(house::kMaxLadderSteps + 1, {});
    CHECK_FALSE(session.submit(house::Command{house::SetLadder{ladder}}, Instant{9000}));
}
