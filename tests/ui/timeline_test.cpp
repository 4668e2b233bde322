// The timeline: what is shown of a plan, the keys, and drags with the pointer, each ending in one command or none.
#include <imgui_internal.h>

#include "core/risk/query.hpp"
#include "stage.hpp"
#include "ui/views/timeline_rows.hpp"
#include "ui/views/timeline_trial.hpp"

using namespace entente;
using namespace entente::test;
using ui::MirrorEventKind;
using ui::NodeRole;
using ui::Room;

namespace {

const SmallPlan kPlan;

Stage& in_plan(Stage& stage, TaskId task = {}) {
    stage.route = {Room::Plan, kPlan.project, task, {}, ui::PlanView::Timeline};
    stage.settle();
    return stage;
}

const plan::Task& task_of(const Stage& stage, TaskId id) { return *find_task(stage.project(), id); }

template <class T>
const T* last_plan_command(const Stage& stage) {
    const auto* edit = stage.commands.empty() ? nullptr : std::get_if<plan::Command>(&stage.commands.back());
    return edit ? std::get_if<T>(edit) : nullptr;
}

int rows_in(Stage& stage) {
    int rows = 0;
    for (const ui::Node& node : stage.semantics().nodes()) rows += node.role == NodeRole::Row ? 1 : 0;
    return rows;
}

// The pointer as a person moves it: down, some steps, up (or Esc).
class Pointer {
public:
    explicit Pointer(Stage& stage) : stage_(stage) {}
    void to(float x, float y) {
        ImGui::GetIO().AddMousePosEvent(x, y);
        stage_.settle();
    }
    void down() {
        ImGui::GetIO().AddMouseButtonEvent(0, true);
        stage_.settle();
    }
    void up() {
        ImGui::GetIO().AddMouseButtonEvent(0, false);
        stage_.settle();
    }
    void drag(float x0, float y0, float x1, float y1) {
        to(x0, y0);
        down();
        to((x0 + x1) * 0.5f, (y0 + y1) * 0.5f);
        to(x1, y1);
    }

private:
    Stage& stage_;
};

ui::NodeRect row_of(Stage& stage, std::string_view name) {
    const ui::Node* node = stage.starting(NodeRole::Row, name);
    REQUIRE_MESSAGE(node != nullptr, std::string(name));
    return node->bounds;
}

// Where a task's bar ends, found as the program says it: the pointer becomes the one that changes lengths. The middle of that place.
float bar_end(Stage& stage, Pointer& pointer, std::string_view name) {
    const ui::NodeRect row = row_of(stage, name);
    const float y = (row.y0 + row.y1) * 0.5f;
    float first = 0;
    for (float x = row.x1 - 4; x > row.x0 + 220; x -= 2) {
        pointer.to(x, y);
        const bool here = ImGui::GetMouseCursor() == ImGuiMouseCursor_ResizeEW;
        if (here && first == 0) first = x;
        if (!here && first != 0) return std::floor((first + x + 2) * 0.5f);
    }
    FAIL("no bar end in " << std::string(name));
    return 0;
}

bool tooltip_shown() {
    const ImGuiWindow* window = ImGui::FindWindowByName("##tooltip");
    return window && window->Active;
}

// How far along the upper part of a row something explains itself: that is where a whisker is drawn.
float explained_width(Stage& stage, Pointer& pointer, std::string_view name) {
    const ui::NodeRect row = row_of(stage, name);
    float width = 0;
    for (float x = row.x0 + 222; x < row.x1 - 20; x += 2) {
        pointer.to(x, row.y0 + 4);
        if (tooltip_shown()) width += 2;
    }
    pointer.to(row.x0 + 4, row.y0 - 60);
    return width;
}

risk::Findings findings_of(const plan::Project& project) {
    auto found = risk::simulate(project, risk::first_spreads(), 2000);
    REQUIRE(found);
    return *found;
}

// What is said of the drag that is under way.
std::string said_of_drag(const Stage& stage) {
    const auto& nodes = const_cast<Stage&>(stage).semantics().nodes();
    for (const ui::Node& node : nodes) {
        if (node.role == NodeRole::Status && node.name.find("Sound") != std::string::npos) return node.name;
    }
    return {};
}

// Goes on with a drag to the right until what is said of it holds that text; all that was said then.
std::string drag_until(Stage& stage, Pointer& pointer, float x, float y, std::string_view text) {
    for (float by = 6; by < 700; by += 3) {
        pointer.to(x + by, y);
        const std::string said = said_of_drag(stage);
        if (said.find(text) != std::string::npos) return said;
    }
    return {};
}

}  // namespace

TEST_CASE("the filter leaves what fits and says how much") {
    Stage stage(small_session());
    in_plan(stage);
    const int all = rows_in(stage);
    stage.click(NodeRole::Button, "Filter");
    stage.type("Find in the plan", "sound", NodeRole::SearchField);
    CHECK(stage.starting(NodeRole::Row, "Sound") != nullptr);
    CHECK(stage.starting(NodeRole::Row, "Edit,") == nullptr);
    CHECK(rows_in(stage) < all);
    CHECK(stage.starting(NodeRole::Button, "Filter: 1 of") != nullptr);
    stage.type("Find in the plan", "nothing is called this", NodeRole::SearchField);
    CHECK(rows_in(stage) == 0);
    stage.click(NodeRole::Button, "Show everything");
    CHECK(rows_in(stage) == all);
    stage.click(NodeRole::Checkbox, "Promised");
    CHECK(rows_in(stage) < all);
    for (const plan::Promise& promise : stage.project().promises)
        CHECK(stage.starting(NodeRole::Row, task_of(stage, promise.task).name) != nullptr);
    stage.check_tree();
}

TEST_CASE("groups by stage and by who does it hold every task once") {
    Stage stage(small_session());
    in_plan(stage);
    stage.click(NodeRole::Button, "Filter");
    std::size_t tasks = 0;
    for (const plan::Task& task : stage.project().tasks) tasks += task.kind == plan::TaskKind::Summary ? 0 : 1;
    for (const char* group : {"By stage", "By who does it"}) {
        stage.choose("Grouped", group);
        std::size_t found = 0;
        for (const plan::Task& task : stage.project().tasks) {
            if (task.kind != plan::TaskKind::Summary) found += stage.starting(NodeRole::Row, task.name + ",") ? 1 : 0;
        }
        CHECK(found == tasks);
        stage.check_tree();
    }
}

TEST_CASE("a group is closed and opened again, by button and by arrow key") {
    Stage stage(small_session());
    in_plan(stage);
    stage.click(NodeRole::Button, "Filter");
    stage.choose("Grouped", "By stage");
    const int all = rows_in(stage);
    const ui::Node* fold = stage.starting(NodeRole::Button, "Hide what is under");
    REQUIRE(fold != nullptr);
    CHECK(fold->state.expanded == true);
    stage.click(NodeRole::Button, "Hide what is under");
    CHECK(rows_in(stage) < all);
    CHECK(stage.starting(NodeRole::Button, "Show what is under")->state.expanded == false);
    stage.click(NodeRole::Button, "Show what is under");
    CHECK(rows_in(stage) == all);
}

TEST_CASE("plus and minus change the length, Shift and the arrows move: one command each") {
    Stage stage(small_session());
    in_plan(stage);
    stage.post(MirrorEventKind::Focus, NodeRole::Row, "Sound");
    const std::int64_t before = task_of(stage, kPlan.sound).duration_minutes;
    stage.commands.clear();
    stage.key(ImGuiKey_Equal);
    CHECK(stage.commands.size() == 1);
    CHECK(task_of(stage, kPlan.sound).duration_minutes == before + kDay);
    stage.key(ImGuiKey_Minus);
    CHECK(task_of(stage, kPlan.sound).duration_minutes == before);
    stage.commands.clear();
    stage.key(ImGuiKey_RightArrow, ImGuiMod_Shift);
    REQUIRE(stage.commands.size() == 1);
    const auto* moved = last_plan_command<plan::SetConstraint>(stage);
    REQUIRE(moved != nullptr);
    CHECK(moved->task == kPlan.sound);
    CHECK(moved->constraint.kind == plan::ConstraintKind::StartNoEarlierThan);
}

TEST_CASE("for those who do not drag: a day earlier and later by button, over the weekend too, for milestones as well") {
    Stage stage(small_session());
    in_plan(stage, kPlan.edit);
    const auto starts = [&](TaskId task) {
        const auto index = static_cast<std::size_t>(find_task(stage.project(), task) - stage.project().tasks.data());
        return day_of(stage.answers().schedule.rows[index].start);
    };
    REQUIRE(starts(kPlan.edit) == *day_from(2026, 3, 2));
    CHECK(stage.find(NodeRole::Button, "1 day earlier")->state.disabled);  // the plan begins then
    for (int i = 0; i < 5; ++i) stage.click(NodeRole::Button, "1 day later");
    CHECK(starts(kPlan.edit) == *day_from(2026, 3, 9));  // Monday, a working week later
    stage.click(NodeRole::Button, "1 day earlier");
    CHECK(starts(kPlan.edit) == *day_from(2026, 3, 6));
    stage.post(MirrorEventKind::Focus, NodeRole::Row, "Edit");
    stage.key(ImGuiKey_RightArrow, ImGuiMod_Shift);
    stage.key(ImGuiKey_LeftArrow, ImGuiMod_Shift);
    CHECK(starts(kPlan.edit) == *day_from(2026, 3, 6));  // Monday and back
    in_plan(stage, kPlan.delivery);
    const Day before = starts(kPlan.delivery);
    stage.click(NodeRole::Button, "1 day later");
    CHECK(plan::working_days(stage.project(), before, starts(kPlan.delivery)) == 1);
    stage.click(NodeRole::Button, "Undo");
    CHECK(starts(kPlan.delivery) == before);
    CHECK(stage.refused == 0);
    stage.check_tree();
}

TEST_CASE("a bar's end is dragged: the length changes once, Esc changes nothing") {
    Stage stage(small_session());
    in_plan(stage);
    Pointer pointer(stage);
    const ui::NodeRect row = row_of(stage, "Sound");
    const float y = (row.y0 + row.y1) * 0.5f, end = bar_end(stage, pointer, "Sound");
    const std::int64_t before = task_of(stage, kPlan.sound).duration_minutes;
    stage.commands.clear();
    pointer.drag(end, y, end + 160, y);
    CHECK(stage.commands.empty());
    stage.key(ImGuiKey_Escape);
    pointer.up();
    CHECK(stage.commands.empty());
    CHECK(task_of(stage, kPlan.sound).duration_minutes == before);
    pointer.drag(end, y, end + 160, y);
    pointer.up();
    REQUIRE(stage.commands.size() == 1);
    CHECK(last_plan_command<plan::SetDuration>(stage) != nullptr);
    CHECK(task_of(stage, kPlan.sound).duration_minutes > before);
}

TEST_CASE("a line from the dot behind a bar to another row links the two; a circle is refused in words") {
    Stage stage(small_session());
    in_plan(stage);
    Pointer pointer(stage);
    const float from = bar_end(stage, pointer, "Edit") + 12;
    const ui::NodeRect edit = row_of(stage, "Edit"), sound = row_of(stage, "Sound");
    const std::size_t links = stage.project().links.size();
    stage.commands.clear();
    pointer.drag(from, (edit.y0 + edit.y1) * 0.5f, from + 40, (sound.y0 + sound.y1) * 0.5f);
    pointer.up();
    REQUIRE(stage.commands.size() == 1);
    const auto* link = last_plan_command<plan::AddLink>(stage);
    REQUIRE(link != nullptr);
    CHECK(link->link.from == kPlan.edit);
    CHECK(link->link.to == kPlan.sound);
    CHECK(stage.refused == 0);
    CHECK(stage.project().links.size() == links + 1);
    const float back = bar_end(stage, pointer, "Sound") + 12;
    pointer.drag(back, (sound.y0 + sound.y1) * 0.5f, back + 5, (edit.y0 + edit.y1) * 0.5f);
    pointer.up();
    CHECK(stage.refused == 1);
    CHECK(stage.project().links.size() == links + 1);
}

TEST_CASE("what a gesture would do equals what it does") {
    Session session = small_session();
    const auto schedule = plan::compute_schedule(session.model().projects.front());
    REQUIRE(schedule);
    const plan::Project& project = session.model().projects.front();
    ui::ProjectAnswers answers;
    answers.schedule = *schedule;
    answers.promises = plan::promise_rows(project, *schedule);
    ui::Route route;
    ui::Theme theme;
    ui::Semantics semantics;
    const Locale locale;
    ui::Frame frame{session, session.model(), locale, theme, semantics, route};
    frame.project = &project;
    frame.answers = &answers;
    const auto index = static_cast<std::size_t>(find_task(project, kPlan.edit) - project.tasks.data());
    ui::TimelineTrial trial(frame);
    for (const std::int64_t days : {3, 25, -4, 0}) {
        const plan::Command longer = plan::SetDuration{project.id, kPlan.edit, project.tasks[index].duration_minutes + days * kDay};
        const ui::TrialOutcome would = trial.with(frame, index, longer);
        REQUIRE(!would.refused);
        plan::Project done = project;
        done.tasks[index].duration_minutes += days * kDay;
        const auto after = plan::compute_schedule(done);
        REQUIRE(after);
        CHECK(would.task.finish == after->rows[index].finish);
        std::size_t moved = 0;
        const auto promises = plan::promise_rows(done, *after);
        for (std::size_t i = 0; i < promises.size(); ++i) moved += promises[i].forecast == answers.promises[i].forecast ? 0 : 1;
        CHECK(would.moved.size() == moved);
        if (days == 0) CHECK(would.moved.empty());
    }
    const plan::Command finished = plan::SetDuration{project.id, kPlan.edit, -5};
    CHECK(trial.with(frame, index, finished).refused);
}

TEST_CASE("the page to print has what is shown") {
    Stage stage(small_session());
    in_plan(stage);
    stage.click(NodeRole::Button, "Make a page to print");
    REQUIRE(!stage.effects.empty());
    const auto* saved = std::get_if<ui::SaveText>(&stage.effects.back());
    REQUIRE(saved != nullptr);
    CHECK(saved->mime == "text/html");
    CHECK(saved->text.find("Picture lock") != std::string::npos);
    CHECK(saved->text.find("Page 1 of 1") != std::string::npos);
    CHECK(saved->text.find("<script") == std::string::npos);
    constexpr std::string_view kWhiskerEnd = "m0 -3v6";
    CHECK(saved->text.find(kWhiskerEnd) == std::string::npos);
    const risk::Findings found = findings_of(stage.project());
    stage.risk.emplace();
    stage.risk->findings = &found;
    stage.risk->current = true;
    stage.click(NodeRole::Button, "Make a page to print");
    CHECK(std::get<ui::SaveText>(stage.effects.back()).text.find(kWhiskerEnd) != std::string::npos);
    stage.risk->current = false;
    stage.click(NodeRole::Button, "Make a page to print");
    CHECK(std::get<ui::SaveText>(stage.effects.back()).text.find(kWhiskerEnd) == std::string::npos);
}

TEST_CASE("milestones and promises carry whiskers where the risk is known, faint once it is old, none where it is not") {
    Stage stage(small_session());
    in_plan(stage);
    Pointer pointer(stage);
    const auto says = [&](std::string_view row, std::string_view words) {
        const ui::Node* node = stage.starting(NodeRole::Row, row);
        REQUIRE(node != nullptr);
        return node->name.find(words) != std::string::npos;
    };
    CHECK_FALSE(says("Delivery,", "8 in 10"));
    CHECK(explained_width(stage, pointer, "Delivery,") == 0);

    const risk::Findings found = findings_of(stage.project());
    const risk::Finish* delivery = found.of(kPlan.delivery);
    REQUIRE(delivery != nullptr);
    REQUIRE(delivery->p50 < delivery->p80);  // else there is nothing to draw
    stage.risk.emplace();
    stage.risk->findings = &found;
    stage.risk->current = true;
    stage.risk->sequence = stage.session().sequence();
    stage.settle();
    const std::string p50 = stage.locale.date_weekday(delivery->p50), p80 = stage.locale.date_weekday(delivery->p80);
    const std::string words = "half the runs by " + p50 + ", 8 in 10 by " + p80;
    CHECK(says("Delivery,", words));
    CHECK(says("Picture lock,", "8 in 10 by"));
    CHECK_FALSE(says("Edit,", "8 in 10"));  // no milestone and no promise
    CHECK_FALSE(says("Delivery,", "before the last change"));
    CHECK(explained_width(stage, pointer, "Delivery,") > 4);
    CHECK(explained_width(stage, pointer, "Edit,") == 0);
    const ui::Node* card = stage.starting(NodeRole::Link, "Delivery, promised");
    REQUIRE(card != nullptr);
    CHECK(card->name.find(words) != std::string::npos);

    // The Risk view says the same of the same figures.
    stage.route.view = ui::PlanView::Risk;
    stage.settle();
    CHECK(stage.starting(NodeRole::Paragraph, "8 in 10 runs finish by " + stage.locale.date(delivery->p80)) != nullptr);

    in_plan(stage);
    stage.risk->current = false;
    stage.settle();
    CHECK(says("Delivery,", "before the last change " + words));
    CHECK(stage.starting(NodeRole::Link, "Delivery, promised")->name.find("8 in 10") == std::string::npos);
    stage.locale = Locale(Language::Welsh);
    stage.settle();
    CHECK_FALSE(says("Delivery,", "8 in 10"));
    CHECK_FALSE(says("Delivery,", "half the runs"));

    stage.locale = Locale();
    stage.risk.reset();
    stage.settle();
    CHECK_FALSE(says("Delivery,", "8 in 10"));
    stage.check_tree();
}

TEST_CASE("what is reached has no whisker any more") {
    Session session = small_session();
    const LocalMinute reached = at_minute(*day_from(2026, 3, 9), 540);
    REQUIRE(session.submit(plan::Command{plan::SetProgress{kPlan.project, kPlan.delivery, 100, reached, reached}}, Instant{4000}));
    Stage stage(std::move(session));
    const risk::Findings found = findings_of(stage.project());
    stage.risk.emplace();
    stage.risk->findings = &found;
    stage.risk->current = true;
    in_plan(stage);
    CHECK(stage.starting(NodeRole::Row, "Delivery,")->name.find("8 in 10") == std::string::npos);
}

TEST_CASE("the wheel zooms about the pointer") {
    Stage stage(small_session());
    in_plan(stage);
    Pointer pointer(stage);
    const ui::NodeRect sound = row_of(stage, "Sound");
    const float y = (sound.y0 + sound.y1) * 0.5f, end = bar_end(stage, pointer, "Sound"), other = bar_end(stage, pointer, "Edit");
    pointer.to(end, y);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
    ImGui::GetIO().AddMouseWheelEvent(0, 2);
    stage.settle();
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
    stage.settle();
    const float end_now = bar_end(stage, pointer, "Sound"), other_now = bar_end(stage, pointer, "Edit");
    CHECK(std::abs(end_now - end) <= 2);
    CHECK((end_now - other_now) > (end - other) * 1.2f);
}

TEST_CASE("while a bar is dragged, days off and every promise that moves are said") {
    Session session = small_session();
    plan::Calendar calendar = session.model().projects[0].calendars[0];
    calendar.holiday_region = plan::HolidayRegion::EnglandAndWales;
    REQUIRE(session.submit(plan::Command{plan::PutCalendar{kPlan.project, calendar, {}}}, Instant{4000}));
    Stage stage(std::move(session));
    in_plan(stage);
    stage.click(NodeRole::Button, "Zoom out");
    Pointer pointer(stage);
    const ui::NodeRect row = row_of(stage, "Sound");
    const float y = (row.y0 + row.y1) * 0.5f, end = bar_end(stage, pointer, "Sound");
    stage.commands.clear();
    // The bar itself: Mon 16 Mar and on.
    pointer.to(end - 20, y);
    pointer.down();
    const std::string weekend = drag_until(stage, pointer, end - 20, y, "Sat 21 Mar is not a working day. Work begins on the next one.");
    CHECK(weekend.find("Delivery: Fri 20 Mar") != std::string::npos);
    CHECK(weekend.find("+5 days") != std::string::npos);
    const std::string holiday = drag_until(stage, pointer, end - 20, y, "Fri 3 Apr is a holiday: Good Friday.");
    CHECK_FALSE(holiday.empty());
    CHECK_FALSE(drag_until(stage, pointer, end - 20, y, "Tue 7 Apr").empty());
    CHECK(said_of_drag(stage).find("holiday") == std::string::npos);  // a worked day again
    stage.key(ImGuiKey_Escape);
    pointer.up();
    CHECK(said_of_drag(stage).empty());
    // Its end.
    pointer.to(end, y);
    pointer.down();
    CHECK_FALSE(drag_until(stage, pointer, end, y, "Sat 28 Mar is not a working day. Work ends on one.").empty());
    CHECK_FALSE(drag_until(stage, pointer, end, y, "Fri 3 Apr is a holiday: Good Friday. Work ends on a working day.").empty());
    stage.key(ImGuiKey_Escape);
    pointer.up();
    CHECK(stage.commands.empty());
}

TEST_CASE("a task with a calendar of its own is warned of its own days off") {
    Session session = small_session();
    plan::Calendar weekend = session.model().projects[0].calendars[0];
    weekend.id = CalendarId{777};
    weekend.name = "Weekends too";
    weekend.week[5] = weekend.week[6] = weekend.week[0];
    weekend.exceptions.push_back({*day_from(2026, 3, 18), *day_from(2026, 3, 18), "The studio is let", {}});
    REQUIRE(session.submit(plan::Command{plan::PutCalendar{kPlan.project, weekend, {}}}, Instant{4000}));
    REQUIRE(session.submit(plan::Command{plan::SetTaskCalendar{kPlan.project, kPlan.sound, weekend.id}}, Instant{4001}));
    Stage stage(std::move(session));
    in_plan(stage);
    Pointer pointer(stage);
    const ui::NodeRect row = row_of(stage, "Sound");
    const float y = (row.y0 + row.y1) * 0.5f, end = bar_end(stage, pointer, "Sound");
    pointer.to(end - 20, y);
    pointer.down();
    const std::string closed = drag_until(stage, pointer, end - 20, y, "is a holiday: The studio is let");
    CHECK_FALSE(closed.empty());
    CHECK(drag_until(stage, pointer, end - 20, y, "not a working day").empty());
    stage.key(ImGuiKey_Escape);
    pointer.up();
}

TEST_CASE("by who does it: what the client owes stands under the one who owes it") {
    Session session = small_session();
    plan::ClientDecision decision = session.model().projects[0].decisions[0];
    decision.owner = "The client's producer";
    REQUIRE(session.submit(plan::Command{plan::PutDecision{kPlan.project, decision, {}}}, Instant{3000}));
    Stage stage(std::move(session));
    in_plan(stage);
    stage.click(NodeRole::Button, "Filter");
    stage.choose("Grouped", "By who does it");
    CHECK(stage.find(NodeRole::Row, "The client's producer") != nullptr);
    CHECK(stage.find(NodeRole::Row, "Editor") != nullptr);
    stage.check_tree();
}
