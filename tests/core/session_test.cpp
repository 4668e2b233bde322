// Standing properties of the record: a command and its inverse leave no trace, a refused command changes nothing, replay gives
// the same model, undo and redo only add entries.
#include <doctest.h>

#include <random>

#include "core/change/query.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;
using entente::test::kDay;
using entente::test::small_session;
using entente::test::SmallPlan;

namespace {

const SmallPlan kPlan;

plan::Command plan_command(auto one) { return plan::Command{std::move(one)}; }

change::Change open_change(ChangeId id, std::int32_t number) {
    change::Change change;
    change.id = id;
    change.number = number;
    change.request = "Could we have three more days?";
    change.asked_on = *day_from(2026, 3, 4);
    change.edits.push_back(change::Lengthen{kPlan.edit, 3 * kDay});
    change.lines.push_back({"Courier", 10'00, 25'00});
    return change;
}

change::Agree agree(ChangeId id, BaselineId baseline) {
    change::Agree command;
    command.project = kPlan.project;
    command.change = id;
    command.outcome = {"The client's producer", *day_from(2026, 3, 5), "Yes.", 1825'00, 970'00, baseline};
    command.baseline = {baseline, "CR", id, *day_from(2026, 3, 5), {{kPlan.edit, LocalMinute{1}, LocalMinute{2}}}};
    return command;
}

plan::InsertTasks insert_one() {
    plan::InsertTasks command;
    command.project = kPlan.project;
    plan::Task task;
    task.id = TaskId{101};
    task.name = "Titles";
    task.duration_minutes = kDay;
    command.tasks.push_back({2, task});
    plan::Link link;
    link.id = LinkId{102};
    link.from = kPlan.lock;
    link.to = TaskId{101};
    command.links.push_back(link);
    return command;
}

plan::SetProjectFacts facts() {
    return {kPlan.project, "Other", "Episode", "Client", at_minute(*day_from(2026, 4, 1), 540), 5'00};
}

// One of each command that has an inverse, allowed on the small session.
std::vector<Command> reversible() {
    const ProjectId p = kPlan.project;
    plan::Link other_lag;
    other_lag = kPlan.make().links[1];
    other_lag.lag_minutes = 2 * kDay;
    plan::Link skip;
    skip.id = LinkId{201};
    skip.from = kPlan.edit;
    skip.to = kPlan.delivery;
    plan::ClientDecision answered = kPlan.make().decisions[0];
    answered.answered = *day_from(2026, 3, 16);
    plan::Project second = kPlan.make();
    second.id = ProjectId{300};
    second.tasks.clear();
    second.links.clear();
    second.promises.clear();
    second.decisions.clear();
    second.calendars[0].id = second.calendar = CalendarId{301};
    return {
        house::Command{house::SetProfile{"New house", Currency{{'E', 'U', 'R'}}, 500}},
        house::Command{house::SetCalendar{plan::standard_calendar(CalendarId{302}, "Other")}},
        house::Command{house::PutRole{{RoleId{303}, "Colourist", 1, 2}, {}}},
        house::Command{house::PutRole{{kPlan.editor, "Editor", 1, 2}, {}}},
        house::Command{house::SetAutoLock{15}},
        plan_command(plan::AddProject{second, {house::Role{RoleId{304}, "Composer", 0, 0}}}),
        plan_command(plan::RemoveProject{p, {}}),
        plan_command(plan::RemoveProject{p, {kPlan.editor}}),
        plan_command(facts()),
        plan_command(insert_one()),
        plan_command(plan::RemoveTasks{p, {kPlan.lock, kPlan.edit}}),
        plan_command(plan::RenameTask{p, kPlan.edit, "Offline edit"}),
        plan_command(plan::SetStage{p, kPlan.edit, "Edit"}),
        plan_command(plan::SetDuration{p, kPlan.edit, 3 * kDay}),
        plan_command(plan::SetEstimate{p, kPlan.edit, plan::Estimate{8 * kDay, 15 * kDay}}),
        plan_command(plan::SetConstraint{p, kPlan.edit, {plan::ConstraintKind::StartNoEarlierThan, LocalMinute{29'000'000}}}),
        plan_command(plan::SetProgress{p, kPlan.edit, 50, LocalMinute{29'000'000}, {}}),
        plan_command(plan::SetAssignments{p, kPlan.sound, {{kPlan.editor, 500, std::nullopt}}}),
        plan_command(plan::SetTaskVisible{p, kPlan.edit, true}),
        plan_command(plan::AddLink{p, skip, {}}),
        plan_command(plan::SetLink{p, other_lag}),
        plan_command(plan::RemoveLink{p, kPlan.edit_lock}),
        plan_command(plan::PutPromise{p, {kPlan.promise, kPlan.delivery, *day_from(2026, 4, 1), true}, {}}),
        plan_command(plan::PutPromise{p, {PromiseId{305}, kPlan.lock, *day_from(2026, 4, 1), true}, {}}),
        plan_command(plan::RemovePromise{p, kPlan.promise}),
        plan_command(plan::PutDecision{p, answered, {}}),
        plan_command(plan::RemoveDecision{p, kPlan.decision}),
        plan_command(plan::AddBaseline{p, {BaselineId{306}, "As agreed", {}, *day_from(2026, 3, 2), {}}}),
        change::Command{change::PutChange{p, open_change(ChangeId{307}, 1)}},
    };
}

}  // namespace

TEST_CASE("a command and its inverse leave the model as it was, and a description is there for each") {
    const Session before = small_session();
    for (const Command& command : reversible()) {
        Model model = before.model();
        const auto allowed = check(model, command);
        REQUIRE_MESSAGE(allowed.has_value(), describe(model, command).id << ": " << (allowed ? "" : allowed.error().what.id));
        CHECK_FALSE(describe(model, command).empty());
        const auto back = inverse(model, command);
        REQUIRE(back);
        entente::apply(model, command);
        CHECK_FALSE(model == before.model());
        REQUIRE(check(model, *back));
        entente::apply(model, *back);
        CHECK(model == before.model());
    }
}

TEST_CASE("undo and redo walk through everything and only ever add to the record") {
    Session session = small_session();
    std::vector<Model> states{session.model()};
    for (const Command& command : reversible()) {
        if (!session.can(command)) continue;  // one before it may have taken its ground away
        REQUIRE(session.submit(command, Instant{5000}));
        states.push_back(session.model());
    }
    const std::uint64_t length = session.sequence();
    for (std::size_t i = states.size() - 1; i > 0; --i) {
        REQUIRE(session.undo(Instant{6000}));
        REQUIRE(session.model() == states[i - 1]);
    }
    for (std::size_t i = 1; i < states.size(); ++i) {
        REQUIRE(session.redo(Instant{7000}));
        REQUIRE(session.model() == states[i]);
    }
    CHECK(session.sequence() == length + 2 * (states.size() - 1));
    CHECK_FALSE(session.redo(Instant{8000}));
}

TEST_CASE("replaying the record gives the same model, sequence and ids") {
    Session session = small_session();
    for (const Command& command : reversible()) (void)session.submit(command, Instant{5000});
    (void)session.undo(Instant{5500});
    const TaskId made = session.new_id<TaskId>();
    (void)session.redo(Instant{5600});
    Session again(DeviceId{7});
    HybridTime last;
    for (const Entry& entry : session.take_pending()) {
        CHECK(entry.time > last);
        last = entry.time;
        REQUIRE(again.replay(entry));
    }
    CHECK(again.model() == session.model());
    CHECK(again.sequence() == session.sequence());
    CHECK(again.parked().empty());
    CHECK(again.new_id<TaskId>().n > made.n);
}

TEST_CASE("the clock may run backwards, the record does not") {
    Session session(DeviceId{7});
    (void)session.submit(house::Command{house::SetAutoLock{1}}, Instant{9000});
    (void)session.submit(house::Command{house::SetAutoLock{2}}, Instant{100});
    (void)session.submit(house::Command{house::SetAutoLock{3}}, Instant{9000});
    const auto entries = session.take_pending();
    CHECK(entries[0].time < entries[1].time);
    CHECK(entries[1].time < entries[2].time);
    CHECK(entries[2].time.utc_ms == 9000);
}

TEST_CASE("replay refuses a gap and parks what the rules refuse") {
    Session session(DeviceId{7});
    Entry entry;
    entry.sequence = 2;
    entry.command = house::Command{house::SetAutoLock{1}};
    CHECK_FALSE(session.replay(entry));
    entry.sequence = 1;
    entry.command = plan::Command{plan::RenameTask{ProjectId{1}, TaskId{1}, "x"}};
    REQUIRE(session.replay(entry));
    CHECK(session.parked().size() == 1);
    CHECK(session.sequence() == 1);
}

TEST_CASE("what the rules refuse changes nothing and says why") {
    const ProjectId p = kPlan.project;
    plan::Link loop;
    loop.id = LinkId{400};
    loop.from = kPlan.delivery;
    loop.to = kPlan.edit;
    plan::Link self = loop;
    self.to = self.from;
    change::Change no_words = open_change(ChangeId{401}, 1);
    no_words.request = "  ";
    change::Change gone = open_change(ChangeId{401}, 1);
    gone.edits = {change::Lengthen{TaskId{999}, 1}};
    change::Change too_short = open_change(ChangeId{401}, 1);
    too_short.edits = {change::Lengthen{kPlan.edit, -11 * kDay}};
    const std::vector<Command> refused{
        plan_command(plan::RenameTask{p, TaskId{999}, "x"}),
        plan_command(plan::RenameTask{ProjectId{999}, kPlan.edit, "x"}),
        plan_command(plan::RenameTask{p, kPlan.edit, ""}),
        plan_command(plan::RenameTask{p, kPlan.edit, std::string(401, 'x')}),
        plan_command(plan::RenameTask{p, kPlan.edit, "\xFF"}),
        plan_command(plan::SetDuration{p, kPlan.lock, kDay}),
        plan_command(plan::SetEstimate{p, kPlan.edit, plan::Estimate{0, 99 * kDay}}),
        plan_command(plan::SetEstimate{p, kPlan.edit, plan::Estimate{98 * kDay, 99 * kDay}}),
        plan_command(plan::SetEstimate{p, kPlan.edit, plan::Estimate{1, 2}}),
        plan_command(plan::SetEstimate{p, kPlan.lock, plan::Estimate{1, 2}}),
        plan_command(plan::SetDuration{p, kPlan.edit, -1}),
        plan_command(plan::SetProgress{p, kPlan.edit, 101, {}, {}}),
        plan_command(plan::AddLink{p, loop, {}}),
        plan_command(plan::AddLink{p, self, {}}),
        plan_command(plan::AddLink{p, kPlan.make().links[0], {}}),
        plan_command(plan::RemoveTasks{p, {}}),
        plan_command(plan::PutPromise{p, {PromiseId{402}, kPlan.delivery, *day_from(2026, 4, 1), true}, {}}),
        plan_command(plan::PutPromise{p, {kPlan.promise, kPlan.delivery, Day{-5}, true}, {}}),
        plan_command(kPlan.add()),
        plan_command(plan::SetAssignments{p, kPlan.edit, {{RoleId{999}, 1000, std::nullopt}}}),
        house::Command{house::RemoveRole{kPlan.editor}},
        house::Command{house::SetProfile{"", Currency{{'G', 'B', 'P'}}, 0}},
        house::Command{house::SetProfile{"House", Currency{}, 0}},
        house::Command{house::SetSigningSeed{}},
        change::Command{change::PutChange{p, no_words}},
        change::Command{change::PutChange{p, gone}},
        change::Command{change::PutChange{p, too_short}},
        change::Command{change::Decline{p, ChangeId{999}, {}}},
    };
    for (const Command& command : refused) {
        Session session = small_session();
        const Model before = session.model();
        const std::uint64_t sequence = session.sequence();
        const auto done = session.submit(command, Instant{5000});
        REQUIRE_MESSAGE(!done.has_value(), describe(before, command).id);
        CHECK_FALSE(done.error().what.empty());
        CHECK(session.model() == before);
        CHECK(session.sequence() == sequence);
    }
}

TEST_CASE("a loop is refused with its tasks named") {
    Session session = small_session();
    plan::Link loop;
    loop.id = LinkId{400};
    loop.from = kPlan.delivery;
    loop.to = kPlan.lock;
    const auto done = session.submit(plan_command(plan::AddLink{kPlan.project, loop, {}}), Instant{5000});
    REQUIRE_FALSE(done);
    for (const char* name : {"Picture lock", "Sound", "Delivery"}) CHECK(done.error().where.find(name) != std::string::npos);
    CHECK(done.error().where.find("Edit") == std::string::npos);
}

TEST_CASE("agreeing moves plan, baseline and contract in one entry; taking back and doing again is exact") {
    Session session = small_session();
    const ChangeId id{501};
    REQUIRE(session.submit(change::Command{change::PutChange{kPlan.project, open_change(id, 1)}}, Instant{3000}));
    const Model open = session.model();
    const std::uint64_t sequence = session.sequence();
    REQUIRE(session.submit(change::Command{agree(id, BaselineId{502})}, Instant{4000}));
    CHECK(session.sequence() == sequence + 1);
    const Model agreed = session.model();
    const plan::Project& project = *find_project(agreed, kPlan.project);
    CHECK(find_task(project, kPlan.edit)->duration_minutes == 13 * kDay);
    CHECK(project.baselines.size() == 1);
    CHECK(change::contract_value_minor(project) == 10'000'00 + 1825'00);

    // What was agreed is not edited.
    CHECK_FALSE(session.can(change::Command{change::PutChange{kPlan.project, open_change(id, 1)}}));
    CHECK_FALSE(session.can(change::Command{change::RemoveChange{kPlan.project, id}}));
    CHECK_FALSE(session.can(change::Command{agree(id, BaselineId{503})}));
    CHECK_FALSE(session.can(plan_command(plan::RemoveBaseline{kPlan.project, BaselineId{502}})));

    REQUIRE(session.undo(Instant{5000}));
    CHECK(session.model() == open);
    REQUIRE(session.redo(Instant{6000}));
    CHECK(session.model() == agreed);

    // A later agreement builds on it: it cannot be taken back from under that.
    REQUIRE(session.submit(change::Command{change::PutChange{kPlan.project, open_change(ChangeId{511}, 2)}}, Instant{7000}));
    REQUIRE(session.submit(change::Command{agree(ChangeId{511}, BaselineId{512})}, Instant{7000}));
    CHECK_FALSE(session.can(change::Command{change::TakeBack{kPlan.project, id}}));
    CHECK(session.can(change::Command{change::TakeBack{kPlan.project, ChangeId{511}}}));
}

TEST_CASE("a link that left the house stays in the register; what came before it can still be undone") {
    Session session = small_session();
    REQUIRE(session.submit(plan_command(plan::RenameTask{kPlan.project, kPlan.edit, "Offline"}), Instant{3000}));
    share::IssuedLink link;
    link.id = ShareId{601};
    link.fragment = "#e1i.x.y";
    link.issued = link.expires = *day_from(2026, 3, 2);
    REQUIRE(session.submit(share::Command{share::Register{kPlan.project, link}}, Instant{3000}));
    REQUIRE(session.undo(Instant{4000}));
    const plan::Project& project = *find_project(session.model(), kPlan.project);
    CHECK(find_task(project, kPlan.edit)->name == "Edit");
    CHECK(project.issued.size() == 1);
}

TEST_CASE("random sequences of commands, undo and redo always agree with a replay") {
    std::mt19937 random(20260302);
    const std::vector<Command> commands = reversible();
    for (int round = 0; round < 40; ++round) {
        Session session = small_session();
        for (int step = 0; step < 60; ++step) {
            const std::uint32_t choice = random() % 10;
            if (choice < 2) {
                (void)session.undo(Instant{step});
            } else if (choice < 3) {
                (void)session.redo(Instant{step});
            } else {
                (void)session.submit(commands[random() % commands.size()], Instant{step});
            }
        }
        Session again(DeviceId{7});
        for (const Entry& entry : session.take_pending()) REQUIRE(again.replay(entry));
        REQUIRE(again.model() == session.model());
        REQUIRE(again.parked().empty());
    }
}

TEST_CASE("a prepared command is done as submit does it; what was done in between counts") {
    const Instant now{1'772'000'000'000};
    Session plain = small_session(), waited = small_session();
    Command command{plan_command(insert_one())};
    auto prepared = waited.prepare(command);
    REQUIRE(prepared.has_value());
    CHECK(std::get<plan::InsertTasks>(std::get<plan::Command>(prepared->command())).tasks.size() == 1);
    REQUIRE(waited.submit(std::move(*prepared), now).has_value());
    REQUIRE(plain.submit(plan_command(insert_one()), now).has_value());
    CHECK(waited.model() == plain.model());
    CHECK(waited.sequence() == plain.sequence());
    REQUIRE(waited.undo(now).has_value());
    CHECK(waited.model() == small_session().model());

    // The same ids were used meanwhile: it is refused now, and nothing has changed.
    Session late = small_session();
    Command again{plan_command(insert_one())};
    auto kept = late.prepare(again);
    REQUIRE(kept.has_value());
    REQUIRE(late.submit(plan_command(insert_one()), now).has_value());
    const Model before = late.model();
    CHECK_FALSE(late.submit(std::move(*kept), now).has_value());
    CHECK(late.model() == before);

    // One that is refused stays with the caller.
    Command refused{plan_command(insert_one())};
    CHECK_FALSE(late.prepare(refused).has_value());
    CHECK(std::get<plan::InsertTasks>(std::get<plan::Command>(refused)).tasks.size() == 1);
}
