// A request becomes options to compare, one of them is agreed; scenarios and rounds beside it: as a screen reader would press it.
#include "core/change/query.hpp"
#include "stage.hpp"

using namespace entente;
using namespace entente::test;
using ui::NodeRole;
using ui::Room;
using ui::Route;

namespace {

// The first request of the plan, open, with nothing to do yet.
change::Change extra(const char* request) {
    change::Change change;
    change.id = ChangeId{990};
    change.number = 1;
    change.request = request;
    change.asked_by = "The producer";
    change.asked_on = *day_from(2026, 3, 2);
    change.kind = change::Kind::Extra;
    return change;
}

const SmallPlan kPlan;

// The small plan, with an hour of sound that is worth something.
Session priced_session() {
    Session session = small_session();
    (void)session.submit(house::Command{house::PutRole{{RoleId{32}, "Mixer", 60'00, 100'00}, {}}}, Instant{2500});
    (void)session.submit(plan::Command{plan::SetAssignments{kPlan.project, kPlan.sound, {{RoleId{32}, 1000, std::nullopt}}}},
                         Instant{2600});
    return session;
}

void ask(Stage& stage, const char* words) {
    stage.route = Route{};
    stage.route.project = kPlan.project;
    stage.route.room = Room::Changes;
    stage.settle();
    stage.click(NodeRole::Button, stage.project().changes.empty() ? "Write down a request" : "New request");
    stage.type("In the client's words", words, NodeRole::TextArea);
    stage.type("Asked by", "The producer");
    stage.choose("Class", "Extra");
    stage.click(NodeRole::Button, "Work out what it does");
}

const change::Change& newest(Stage& stage) { return stage.project().changes.back(); }

}  // namespace

TEST_CASE("a request is read, its options are compared, and one is agreed") {
    Stage stage(priced_session());
    ask(stage, "Can we have two more days of sound?");
    // The form stands ready with what the words say.
    stage.click(NodeRole::Button, "Add to the change");
    REQUIRE(newest(stage).edits.size() == 1);
    const auto& lengthen = std::get<change::Lengthen>(newest(stage).edits.front());
    CHECK(lengthen.task == kPlan.sound);
    CHECK(lengthen.minutes == 2 * kDay);
    stage.click(NodeRole::Button, "Compare the options");
    REQUIRE(newest(stage).options.size() >= 3);
    stage.check_tree();
    CHECK(stage.find(NodeRole::Group, "Option A: Do it, move the dates") != nullptr);
    CHECK(stage.find(NodeRole::Group, "Option B: Do it, hold the dates with overtime") != nullptr);
    stage.click(NodeRole::Button, "Choose B");
    stage.click(NodeRole::Button, "Agree on B");
    REQUIRE(stage.find(NodeRole::Dialog, "Agree to this change") != nullptr);
    stage.click(NodeRole::Button, "Agree");
    CHECK(newest(stage).state == change::State::Agreed);
    CHECK(newest(stage).outcome.option == newest(stage).options[1].id);
    CHECK(newest(stage).outcome.text.find("overtime") != std::string::npos);
    CHECK(change::contract_value_minor(stage.project()) > 10'000'00);
    CHECK(stage.find(NodeRole::Button, "Take it back") != nullptr);
    CHECK(stage.refused == 0);
}

TEST_CASE("editing what a request takes forgets the options that were worked out from it") {
    Stage stage(priced_session());
    ask(stage, "Can we have two more days of sound?");
    stage.click(NodeRole::Button, "Add to the change");
    stage.click(NodeRole::Button, "Compare the options");
    stage.click(NodeRole::Button, "Take out: Sound takes 2 days longer");
    CHECK(newest(stage).options.empty());
    CHECK(stage.refused == 0);
}

TEST_CASE("a change is absorbed by somebody, and parked until a day") {
    Stage stage(priced_session());
    ask(stage, "Can we have two more days of sound?");
    stage.click(NodeRole::Button, "Add to the change");
    stage.click(NodeRole::Button, "Absorb as goodwill");
    CHECK(stage.starting(NodeRole::Button, "Absorb")->state.disabled);
    stage.type("Allowed by, in the house", "Head of post");
    stage.click(NodeRole::Button, "Absorb");
    CHECK(newest(stage).state == change::State::Absorbed);
    CHECK(change::goodwill_minor(stage.project()) == 16 * 100'00);
    CHECK(change::contract_value_minor(stage.project()) == 10'000'00);
    ask(stage, "And a second ending");
    stage.click(NodeRole::Button, "Park");
    stage.type("Why it is parked", "Until the screening", NodeRole::TextArea);
    stage.type("Look at it again on", "16 Mar 2026");
    stage.click(NodeRole::Button, "Park");
    CHECK(newest(stage).state == change::State::Parked);
    CHECK(newest(stage).outcome.look_again == *day_from(2026, 3, 16));
    stage.check_tree();
    CHECK(stage.refused == 0);
}

TEST_CASE("a scenario is tried beside the plan, and made a change") {
    Stage stage(priced_session());
    stage.route.room = Room::Plan;
    stage.route.view = ui::PlanView::Scenarios;
    stage.settle();
    stage.click(NodeRole::Button, "Try something");
    REQUIRE(stage.project().scenarios.size() == 1);
    stage.click(NodeRole::Tab, "Make longer");
    stage.choose("Which task", "Sound");
    stage.click(NodeRole::Button, "Try it");
    REQUIRE(stage.project().scenarios.front().edits.size() == 1);
    stage.check_tree();
    CHECK(stage.starting(NodeRole::Row, "Finish of the project") != nullptr);
    CHECK(find_task(stage.project(), kPlan.sound)->duration_minutes == 5 * kDay);
    stage.click(NodeRole::Button, "Make it a change");
    CHECK(stage.route.room == Room::Changes);
    REQUIRE(stage.project().changes.size() == 1);
    CHECK(newest(stage).edits.size() == 1);
    stage.route = Route{};
    stage.route.project = kPlan.project;
    stage.route.room = Room::Plan;
    stage.route.view = ui::PlanView::Scenarios;
    stage.settle();
    stage.click(NodeRole::Button, "Drop it");
    CHECK(stage.project().scenarios.empty());
    CHECK(stage.refused == 0);
}

TEST_CASE("rounds are counted, and the next one is priced before it happens") {
    Stage stage(priced_session());
    stage.route.room = Room::Changes;
    stage.settle();
    stage.click(NodeRole::Button, "Count rounds of notes");
    stage.type("What is reviewed", "Picture cut");
    stage.choose("Before which task", "Picture lock");
    stage.click(NodeRole::Button, "Count them");
    REQUIRE(stage.project().rounds.size() == 1);
    CHECK(stage.project().rounds.front().assignments.size() == 1);  // the editor's
    stage.click(NodeRole::Button, "Record a round of Picture cut");
    stage.click(NodeRole::Button, "Record a round of Picture cut");
    CHECK(stage.project().rounds.front().used.size() == 2);
    CHECK(stage.find(NodeRole::Button, "Record a round of Picture cut") == nullptr);
    stage.click(NodeRole::Button, "Price the next round of Picture cut");
    REQUIRE(stage.project().changes.size() == 1);
    CHECK(stage.answers().impacts.at(newest(stage).id)->charge_minor == 16 * 75'00);
    CHECK(stage.refused == 0);
}

TEST_CASE("an agreed change is superseded: the new one begins from what was agreed, the old one stays readable") {
    Stage stage(priced_session());
    ask(stage, "Can we have two more days of sound?");
    stage.click(NodeRole::Button, "Add to the change");
    stage.click(NodeRole::Button, "Agree");
    stage.click(NodeRole::Button, "Agree");
    REQUIRE(newest(stage).state == change::State::Agreed);
    const ChangeId old = newest(stage).id;
    const std::int64_t agreed = change::contract_value_minor(stage.project());
    CHECK(agreed == 10'000'00 + 16 * 100'00);

    stage.click(NodeRole::Button, "Supersede it");
    REQUIRE(stage.find(NodeRole::Dialog, "A request from the client") != nullptr);
    stage.check_tree();
    stage.type("In the client's words", "One day is enough", NodeRole::TextArea);
    stage.click(NodeRole::Button, "Work out what it does");
    REQUIRE(stage.project().changes.size() == 2);
    CHECK(newest(stage).supersedes == old);
    CHECK(newest(stage).request == "One day is enough");
    CHECK(newest(stage).edits == find_change(stage.project(), old)->edits);
    CHECK(change::contract_value_minor(stage.project()) == agreed);
    stage.check_tree();
    stage.click(NodeRole::Button, "Agree");
    stage.click(NodeRole::Button, "Agree");
    REQUIRE(newest(stage).state == change::State::Agreed);
    CHECK(newest(stage).outcome.text.find("It takes the place of CR-001") != std::string::npos);
    CHECK(change::contract_value_minor(stage.project()) == agreed);
    CHECK(find_task(stage.project(), kPlan.sound)->duration_minutes == 7 * kDay);
    stage.route.change = old;
    stage.settle();
    CHECK(stage.starting(NodeRole::Paragraph, "Superseded by CR-002") != nullptr);
    CHECK(stage.find(NodeRole::Button, "Supersede it\u2026") == nullptr);
    stage.check_tree();
    CHECK(stage.refused == 0);
}

TEST_CASE("what supersedes is written for the plan without what it supersedes") {
    Session session = priced_session();
    change::Change old = extra("Titles before the sound");
    change::AddWork titles;
    titles.work.id = TaskId{991};
    titles.work.name = "Titles";
    titles.work.duration_minutes = kDay;
    titles.links.resize(1);
    titles.links[0].id = LinkId{992};
    titles.links[0].from = titles.work.id;
    titles.links[0].to = kPlan.sound;
    old.edits = {titles};
    REQUIRE(session.submit(change::Command{change::PutChange{kPlan.project, old}}, Instant{2700}));
    Stage stage(std::move(session));
    stage.route.project = kPlan.project;
    stage.route.room = Room::Changes;
    stage.route.change = old.id;
    stage.settle();
    stage.click(NodeRole::Button, "Agree");
    stage.click(NodeRole::Button, "Agree");
    REQUIRE(newest(stage).state == change::State::Agreed);
    stage.click(NodeRole::Button, "Supersede it");
    stage.click(NodeRole::Button, "Work out what it does");
    REQUIRE(stage.project().changes.size() == 2);
    stage.click(NodeRole::Button, "Take out: Titles is added");
    REQUIRE(newest(stage).edits.empty());
    stage.click(NodeRole::Button, "Add an edit to the plan");
    stage.click(NodeRole::Tab, "Leave out");
    stage.choose("Which task", "Sound");
    stage.click(NodeRole::Button, "Add to the change");
    REQUIRE(newest(stage).edits.size() == 1);
    const auto* drop = std::get_if<change::Drop>(&newest(stage).edits.front());
    REQUIRE(drop);
    REQUIRE(drop->links.size() == 1);  // none from the titles, which leave the plan
    CHECK(drop->links[0].from == kPlan.lock);
    stage.click(NodeRole::Button, "Agree");
    stage.click(NodeRole::Button, "Agree");
    CHECK(newest(stage).state == change::State::Agreed);
    CHECK(find_task(stage.project(), TaskId{991}) == nullptr);
    CHECK(stage.refused == 0);
}

namespace {

// A request for two more days of edit, 1,200.00, with a trade that gives up an hour of sound, 100.00.
Session with_trade(std::vector<change::CostLine> lines) {
    Session session = priced_session();
    change::Change asked = extra("Two more days of edit");
    asked.edits = {change::Lengthen{kPlan.edit, 2 * kDay}};
    change::Option trade;
    trade.id = OptionId{991};
    trade.kind = change::OptionKind::Trade;
    trade.edits = asked.edits;
    trade.edits.push_back(change::Lengthen{kPlan.sound, -60});
    trade.lines = std::move(lines);
    asked.options = {trade};
    REQUIRE(session.submit(change::Command{change::PutChange{kPlan.project, asked}}, Instant{2700}));
    return session;
}

void agree_on_trade(Stage& stage) {
    stage.route.project = kPlan.project;
    stage.route.room = Room::Changes;
    stage.route.change = ChangeId{990};
    stage.settle();
    stage.click(NodeRole::Button, "Choose A");
    stage.click(NodeRole::Button, "Agree on A");
    REQUIRE(stage.find(NodeRole::Dialog, "Agree to this change") != nullptr);
    REQUIRE(stage.find(NodeRole::Button, "Agree") != nullptr);
}

}  // namespace

TEST_CASE("a trade that is not even cannot be agreed to, unless the client pays the difference") {
    Stage hidden(with_trade({{"Evened out", 0, -1100'00}}));
    agree_on_trade(hidden);
    CHECK(hidden.find(NodeRole::Button, "Agree")->state.disabled);
    hidden.check_tree();
    Stage paid(with_trade({}));
    agree_on_trade(paid);
    paid.click(NodeRole::Button, "Agree");
    CHECK(newest(paid).state == change::State::Agreed);
    CHECK(newest(paid).outcome.charge_minor == 1100'00);
    CHECK(paid.refused == 0);
}

TEST_CASE("a task is left out by a request") {
    Stage stage(priced_session());
    ask(stage, "We do not need the sound any more");
    stage.click(NodeRole::Tab, "Leave out");
    stage.choose("Which task", "Sound");
    stage.click(NodeRole::Button, "Add to the change");
    REQUIRE(newest(stage).edits.size() == 1);
    const auto* drop = std::get_if<change::Drop>(&newest(stage).edits.front());
    REQUIRE(drop);
    CHECK(drop->task == kPlan.sound);
    CHECK(drop->links.size() == 1);  // from the lock to the delivery
    CHECK(stage.find(NodeRole::Button, "Take out: Sound is left out") != nullptr);
    stage.check_tree();
    CHECK(stage.refused == 0);
}
