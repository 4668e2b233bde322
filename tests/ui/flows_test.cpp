// Pressing what a screen reader would press, and seeing the command that comes of it.
#include "stage.hpp"
#include "ui/actions.hpp"
#include "ui/widgets/field.hpp"

using namespace entente;
using namespace entente::test;
using ui::MirrorEventKind;
using ui::NodeRole;
using ui::Room;

namespace {

const SmallPlan kPlan;

Stage& at_task(Stage& stage, TaskId task) {
    stage.route = {Room::Plan, kPlan.project, task, {}, ui::PlanView::Timeline};
    stage.settle();
    return stage;
}

const plan::Task& task_of(const Stage& stage, TaskId id) { return *find_task(stage.project(), id); }

}  // namespace

TEST_CASE("a row of the timeline is chosen and its task stands at the right") {
    Stage stage(small_session());
    stage.route.room = Room::Plan;
    stage.settle();
    stage.click(NodeRole::Row, "Sound");
    CHECK(stage.route.task == kPlan.sound);
    CHECK(stage.find(NodeRole::Region, "About Sound") != nullptr);
    CHECK(stage.starting(NodeRole::Row, "Sound")->state.selected == true);
    stage.key(ImGuiKey_Escape);
    CHECK(!stage.route.task);
}

TEST_CASE("arrow keys move through the rows that have the keyboard") {
    Stage stage(small_session());
    stage.route.room = Room::Plan;
    stage.settle();
    stage.post(MirrorEventKind::Focus, NodeRole::Row, "Edit");
    stage.click(NodeRole::Row, "Edit");
    stage.key(ImGuiKey_DownArrow);
    CHECK(stage.route.task == kPlan.lock);
    const auto wanted = stage.semantics().take_focus_request();
    REQUIRE(wanted);
    CHECK(*wanted == stage.starting(NodeRole::Row, "Picture lock")->id);
}

TEST_CASE("a task is made longer by a day, by typing, and undone by name") {
    Stage stage(small_session());
    at_task(stage, kPlan.edit);
    stage.click(NodeRole::Button, "One day longer");
    CHECK(task_of(stage, kPlan.edit).duration_minutes == 11 * kDay);
    stage.type("Length", "7.5");
    CHECK(task_of(stage, kPlan.edit).duration_minutes == 7 * kDay + kDay / 2);
    stage.type("Length", "many");
    CHECK(task_of(stage, kPlan.edit).duration_minutes == 7 * kDay + kDay / 2);
    CHECK(!stage.semantics().take_announcements().empty());
    stage.click(NodeRole::Button, "Undo");
    stage.click(NodeRole::Button, "Undo");
    CHECK(task_of(stage, kPlan.edit).duration_minutes == 10 * kDay);
    stage.key(ImGuiKey_Y, ImGuiMod_Ctrl);
    CHECK(task_of(stage, kPlan.edit).duration_minutes == 11 * kDay);
    CHECK(stage.refused == 0);
}

TEST_CASE("a name being typed is not the name until it is committed; Escape takes it back") {
    Stage stage(small_session());
    at_task(stage, kPlan.edit);
    stage.post(MirrorEventKind::Focus, NodeRole::TextField, "Name");
    stage.post(MirrorEventKind::Input, NodeRole::TextField, "Name", "Rough");
    CHECK(stage.find(NodeRole::TextField, "Name")->value == "Rough");
    CHECK(stage.commands.empty());
    stage.post(MirrorEventKind::Cancel, NodeRole::TextField, "Name");
    CHECK(stage.find(NodeRole::TextField, "Name")->value == "Edit");
    CHECK(stage.route.task == kPlan.edit);
    stage.type("Name", "Rough cut");
    CHECK(task_of(stage, kPlan.edit).name == "Rough cut");
    CHECK(stage.commands.size() == 1);
}

TEST_CASE("a promise is given, moved and taken out") {
    Stage stage(small_session());
    at_task(stage, kPlan.sound);
    stage.click(NodeRole::Button, "Promise ");
    const auto given = std::find_if(stage.project().promises.begin(), stage.project().promises.end(),
                                    [](const auto& p) { return p.task == kPlan.sound; });
    REQUIRE(given != stage.project().promises.end());
    CHECK(given->promised == day_of(stage.answers().schedule.rows[2].finish));
    stage.type("Promised date", "24 Mar");
    CHECK(stage.project().promises.back().promised == *day_from(2026, 3, 24));
    stage.click(NodeRole::Button, "Take the promise out");
    CHECK(stage.project().promises.size() == 1);
}

TEST_CASE("a client decision gets an owner and an answer") {
    Stage stage(small_session());
    at_task(stage, kPlan.lock);
    stage.type("Who decides", "The producer");
    CHECK(stage.project().decisions.front().owner == "The producer");
    stage.click(NodeRole::Button, "Answered today");
    CHECK(stage.project().decisions.front().answered == stage.today);
    stage.type("Answered on", "");
    CHECK(!stage.project().decisions.front().answered);
}

TEST_CASE("links are listed, changed, removed and added") {
    Stage stage(small_session());
    at_task(stage, kPlan.sound);
    stage.click(NodeRole::Button, "2 links to other tasks");
    stage.choose("How it is linked with Picture lock", "starts when it starts");
    CHECK(stage.project().links[1].kind == plan::LinkKind::StartToStart);
    stage.type("Wait in between, Picture lock", "2");
    CHECK(stage.project().links[1].lag_minutes == 2 * kDay);
    stage.click(NodeRole::Button, "Remove the link with Picture lock");
    CHECK(stage.project().links.size() == 2);
    stage.choose("Let it follow another task", "Edit");
    CHECK(stage.project().links.back().from == kPlan.edit);
    stage.choose("When it may stand", "Start no earlier than");
    CHECK(task_of(stage, kPlan.sound).constraint.kind == plan::ConstraintKind::StartNoEarlierThan);
    stage.type("On which date", "2 Apr 2026");
    CHECK(day_of(task_of(stage, kPlan.sound).constraint.at) == *day_from(2026, 4, 2));
    stage.type("Deadline", "3 Apr 2026");
    REQUIRE(task_of(stage, kPlan.sound).deadline);
    CHECK(day_of(*task_of(stage, kPlan.sound).deadline) == *day_from(2026, 4, 3));
    stage.type("Deadline", "");
    CHECK_FALSE(task_of(stage, kPlan.sound).deadline);
    CHECK(stage.refused == 0);
}

TEST_CASE("a request is written down, priced, agreed, taken back") {
    Stage stage(small_session());
    at_task(stage, kPlan.lock);
    stage.click(NodeRole::Button, "Ask for a change");
    REQUIRE(stage.find(NodeRole::Dialog, "A request from the client") != nullptr);
    CHECK(stage.find(NodeRole::Navigation, "Rooms") == nullptr);  // nothing behind a dialog can be reached
    CHECK(stage.find(NodeRole::Button, "Work out what it does")->state.disabled);
    stage.type("In the client's words", "Could we look at the lock again?", NodeRole::TextArea);
    stage.type("Asked by", "The producer");
    stage.choose("Class", "Extra");
    stage.type("Decide by", "13 Mar 2026");
    stage.click(NodeRole::Button, "Work out what it does");
    REQUIRE(stage.project().changes.size() == 1);
    const change::Change& open = stage.project().changes.front();
    CHECK(open.kind == change::Kind::Extra);
    CHECK(open.decide_by == *day_from(2026, 3, 13));
    CHECK(stage.route.room == Room::Changes);
    CHECK(stage.route.change == open.id);

    stage.choose("What is reopened", "Picture lock");
    stage.click(NodeRole::Button, "Add to the change");
    REQUIRE(stage.project().changes.front().edits.size() == 1);
    stage.check_tree();
    const auto& impact = stage.answers().impacts.at(stage.route.change);
    REQUIRE(impact);
    CHECK(impact->promises.front().moved_days == 5);
    CHECK(impact->charge_minor == 5 * 8 * 75'00);
    CHECK(stage.starting(NodeRole::Row, "Delivery") != nullptr);
    CHECK(stage.starting(NodeRole::Paragraph, "Price, ex VAT: \u00A33,000") != nullptr);

    stage.click(NodeRole::Button, "Agree");
    stage.click(NodeRole::Button, "Agree");
    CHECK(stage.project().changes.front().state == change::State::Agreed);
    CHECK(stage.project().changes.front().outcome.by == "The producer");
    CHECK(stage.project().baselines.size() == 1);
    CHECK(stage.project().baselines.front().rows.size() == 5);
    CHECK(change::contract_value_minor(stage.project()) == 13'000'00);
    CHECK(stage.find(NodeRole::Dialog, "Agree to this change") == nullptr);
    stage.click(NodeRole::Button, "Take it back");
    CHECK(stage.project().changes.front().state == change::State::Open);
    CHECK(stage.refused == 0);
}

TEST_CASE("a change is declined with a reason, or not at all") {
    Stage stage(small_session());
    stage.route.room = Room::Changes;
    stage.settle();
    stage.click(NodeRole::Button, "Write down a request");
    stage.type("In the client's words", "A second ending", NodeRole::TextArea);
    stage.click(NodeRole::Button, "Work out what it does");
    stage.click(NodeRole::Button, "Decline");
    CHECK(stage.starting(NodeRole::Button, "Decline")->state.disabled);
    stage.type("The reason", "There is no footage for it.", NodeRole::TextArea);
    stage.click(NodeRole::Button, "Decline");
    CHECK(stage.project().changes.front().state == change::State::Declined);
    CHECK(stage.project().changes.front().outcome.text == "There is no footage for it.");
}

TEST_CASE("a dialog closes on Escape and gives the keyboard back") {
    Stage stage(small_session());
    stage.route.room = Room::Changes;
    stage.settle();
    const std::uint32_t button = stage.starting(NodeRole::Button, "Write down a request")->id;
    stage.post(MirrorEventKind::Focus, NodeRole::Button, "Write down a request");
    stage.click(NodeRole::Button, "Write down a request");
    const auto inside = stage.semantics().take_focus_request();
    REQUIRE(inside);
    CHECK(*inside == stage.starting(NodeRole::TextArea, "In the client's words")->id);
    stage.key(ImGuiKey_Escape);
    CHECK(stage.find(NodeRole::Dialog, "A request from the client") == nullptr);
    CHECK(stage.semantics().take_focus_request() == button);
}

TEST_CASE("a status link is asked for with everything that was chosen") {
    Stage stage(small_session());
    stage.route.room = Room::Share;
    stage.settle();
    CHECK(stage.find(NodeRole::Button, "Make the link")->state.disabled);
    stage.type("For whom", "The producer");
    stage.click(NodeRole::Button, "One day more");
    stage.click(NodeRole::Tab, "Cymraeg");
    stage.click(NodeRole::Checkbox, "Ask for a passphrase as well");
    CHECK(stage.find(NodeRole::Button, "Make the link")->state.disabled);
    stage.type("Passphrase", "four words are better", NodeRole::PasswordField);
    stage.click(NodeRole::Button, "Make the link");
    const auto* made = std::get_if<ui::MakeLink>(&stage.effects.back());
    REQUIRE(made != nullptr);
    CHECK(made->to == "The producer");
    CHECK(made->days == 15);
    CHECK(made->welsh);
    CHECK(made->passphrase == "four words are better");
    const ui::Node* passphrase = stage.starting(NodeRole::PasswordField, "Passphrase");
    CHECK((passphrase == nullptr || passphrase->value.empty()));
}

TEST_CASE("the house: rates, days, projects") {
    Stage stage(small_session());
    stage.route.room = Room::Workspace;
    stage.settle();
    stage.type("Editor: an hour is sold for", "90.50");
    CHECK(stage.model().house.roles.front().charge_per_hour_minor == 90'50);
    stage.type("Editor: an hour is sold for", "ninety");
    CHECK(stage.model().house.roles.front().charge_per_hour_minor == 90'50);
    stage.click(NodeRole::Button, "Sat");
    CHECK(stage.model().house.calendar.week[5] == stage.model().house.calendar.week[0]);
    stage.type("First day off", "25 Dec 2026");
    stage.click(NodeRole::Button, "Add the days off");
    REQUIRE(stage.model().house.calendar.exceptions.size() == 1);
    CHECK(stage.model().house.calendar.exceptions.front().to == *day_from(2026, 12, 25));
    stage.type("From", "8.30");
    CHECK(stage.model().house.calendar.week[0].front().from_minute == 510);
    stage.click(NodeRole::Button, "Forget this workspace");
    CHECK(stage.effects.empty());  // it is asked twice
    stage.click(NodeRole::Button, "Erase it for good");
    CHECK(std::holds_alternative<ui::ForgetWorkspace>(stage.effects.back()));
    stage.click(NodeRole::Button, "Remove Test feature");
    stage.click(NodeRole::Button, "Remove the project");
    CHECK(stage.model().projects.empty());
    CHECK(stage.refused == 0);
}

TEST_CASE("the day that progress is written down as of is set and taken out again") {
    Stage stage(small_session());
    stage.route.room = Room::Workspace;
    stage.settle();
    stage.type("Progress is as of", "10 Mar 2026");
    CHECK(stage.project().status_day == *day_from(2026, 3, 10));
    stage.check_tree();
    stage.type("Progress is as of", "");
    CHECK_FALSE(stage.project().status_day);
    CHECK(stage.refused == 0);
}

TEST_CASE("a project is begun from nothing and gets its first tasks") {
    Session session(DeviceId{3});
    REQUIRE(session.submit(house::Command{house::SetCalendar{plan::standard_calendar(CalendarId{62}, "House")}}, Instant{1}));
    Stage stage(std::move(session));
    stage.route.room = Room::Plan;
    stage.settle();
    stage.click(NodeRole::Button, "New project");
    stage.type("Name", "The Short Field");
    stage.type("Agreed fee, ex VAT", "12,000");
    stage.click(NodeRole::Button, "Begin the project");
    REQUIRE(stage.model().projects.size() == 1);
    CHECK(stage.project().base_fee_minor == 12'000'00);
    stage.click(NodeRole::Button, "Add the first task");
    stage.type("Name", "Edit");
    stage.type("Length", "4");
    stage.click(NodeRole::Button, "Add it to the plan");
    CHECK(stage.project().tasks.front().duration_minutes == 4 * kDay);
    stage.click(NodeRole::Button, "Add a task");
    stage.type("Name", "Lock");
    stage.choose("It follows", "Edit");
    stage.click(NodeRole::Checkbox, "A milestone");
    stage.click(NodeRole::Checkbox, "The client has to decide it");
    stage.click(NodeRole::Button, "Add it to the plan");
    REQUIRE(stage.project().tasks.size() == 2);
    CHECK(stage.project().links.size() == 1);
    CHECK(stage.project().decisions.front().task == stage.project().tasks[1].id);
    CHECK(stage.refused == 0);
}

TEST_CASE("today lists what is late and leads to it") {
    Stage stage(small_session());
    stage.today = *day_from(2026, 3, 30);
    stage.settle();
    const ui::Node* decision = stage.starting(NodeRole::Link, "Picture lock, overdue");
    REQUIRE(decision != nullptr);
    stage.click(NodeRole::Link, "Picture lock, overdue");
    CHECK(stage.route.room == Room::Plan);
    CHECK(stage.route.task == kPlan.lock);
}

TEST_CASE("keys: rooms, the list of keys, colours; none of them while typing") {
    Stage stage(small_session());
    stage.settle();
    stage.key(ImGuiKey_3, ImGuiMod_Alt);
    CHECK(stage.route.room == Room::Changes);
    stage.key(ImGuiKey_Slash, ImGuiMod_Shift);
    CHECK(stage.find(NodeRole::Dialog, "Keys") != nullptr);
    stage.key(ImGuiKey_Escape);
    CHECK(stage.find(NodeRole::Dialog, "Keys") == nullptr);
    stage.key(ImGuiKey_F8);
    const auto* theme = std::get_if<ui::SetThemeChoice>(&stage.effects.back());
    REQUIRE(theme != nullptr);
    CHECK(theme->choice == ui::ThemeChoice::Light);
    for (const ui::Action& action : ui::kActions) CHECK(ui::wants_key(action.chord));
    for (const int chord : {ImGuiMod_Ctrl | ImGuiKey_Minus, ImGuiMod_Ctrl | ImGuiKey_Equal, ImGuiMod_Ctrl | ImGuiKey_0,
                            ImGuiMod_Ctrl | ImGuiKey_R})
        CHECK(!ui::wants_key(chord));
}

TEST_CASE("dates as people type them") {
    const Locale english, welsh(Language::Welsh);
    const Day today = *day_from(2026, 4, 28);
    const Day lock = *day_from(2026, 6, 4);
    for (const char* text : {"2026-06-04", "4 Jun", "4 June 2026", "Thu 4 Jun 2026", "4 jun 26", "4/6/2026", "4.6.", " 4 Jun "}) {
        CAPTURE(text);
        CHECK(ui::parse_day(english, text, today) == lock);
    }
    CHECK(ui::parse_day(welsh, welsh.date(lock), today) == lock);
    CHECK(ui::parse_day(english, "28 Dec", *day_from(2026, 1, 5)) == *day_from(2025, 12, 28));
    for (const char* text : {"", "tomorrow", "31 Feb 2026", "4", "4 Jux", "4 Jun 2026 5"}) {
        CAPTURE(text);
        CHECK(!ui::parse_day(english, text, today));
    }
    for (int i = 0; i < 365; ++i) CHECK(ui::parse_day(english, english.date(today + i), today) == today + i);
}

TEST_CASE("numbers as people type them") {
    CHECK(ui::parse_fixed("1.5", 2) == 150);
    CHECK(ui::parse_fixed("1,25 days", 2) == 125);
    CHECK(ui::parse_fixed("-3", 2) == -300);
    CHECK(ui::parse_fixed("40 %", 0) == 40);
    CHECK(!ui::parse_fixed("", 2));
    CHECK(!ui::parse_fixed("five", 2));
    CHECK(ui::fixed_text(150, 2) == "1.5");
    CHECK(ui::fixed_text(-5, 2) == "-0.05");
    CHECK(ui::fixed_text(300, 2) == "3");
}

TEST_CASE("dragging: the right end of a bar changes its length in one command, empty ground pans and changes nothing") {
    Stage stage(small_session());
    stage.route.room = Room::Plan;
    stage.settle();
    ImGuiIO& io = ImGui::GetIO();
    const ui::NodeRect row = stage.starting(NodeRole::Row, "Edit")->bounds;
    const float y = (row.y0 + row.y1) * 0.5f;
    const auto cursor_at = [&](float x) {
        io.AddMousePosEvent(x, y);
        stage.frame();
        stage.frame();
        return ImGui::GetMouseCursor();
    };
    float end = row.x1;
    while (end > row.x0 && cursor_at(end) != ImGuiMouseCursor_ResizeEW) end -= 3;
    REQUIRE(end > row.x0);
    const auto drag = [&](float from, float by) {
        (void)cursor_at(from);
        io.AddMouseButtonEvent(0, true);
        stage.frame();
        for (int i = 1; i <= 4; ++i) (void)cursor_at(from + by * static_cast<float>(i) / 4);
        CHECK(stage.commands.empty());  // nothing is recorded before it is let go
        io.AddMouseButtonEvent(0, false);
        stage.settle();
    };
    drag(row.x1 - 40, -60);
    CHECK(stage.commands.empty());
    CHECK(!stage.route.task);
    end = row.x1;
    while (end > row.x0 && cursor_at(end) != ImGuiMouseCursor_ResizeEW) end -= 3;
    drag(end, 120);
    REQUIRE(stage.commands.size() == 1);
    CHECK(task_of(stage, kPlan.edit).duration_minutes > 10 * kDay);
    CHECK(task_of(stage, kPlan.edit).duration_minutes % kDay == 0);
    stage.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    CHECK(task_of(stage, kPlan.edit).duration_minutes == 10 * kDay);
}
