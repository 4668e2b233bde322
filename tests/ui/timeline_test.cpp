// The timeline: what is shown of a plan, the keys, and drags with the pointer, each ending in one command or none.
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

// Where a task's bar ends, found as the program says it: the pointer becomes the one that changes lengths.
float bar_end(Stage& stage, Pointer& pointer, std::string_view name) {
    const ui::NodeRect row = row_of(stage, name);
    const float y = (row.y0 + row.y1) * 0.5f;
    for (float x = row.x1 - 4; x > row.x0 + 220; x -= 3) {
        pointer.to(x, y);
        if (ImGui::GetMouseCursor() == ImGuiMouseCursor_ResizeEW) return x;
    }
    FAIL("no bar end in " << std::string(name));
    return 0;
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
}
