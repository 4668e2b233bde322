// Every room draws: with nothing, with a small plan, with ten thousand tasks; and every node has a name and an id of its own.
#include "stage.hpp"

using namespace entente;
using namespace entente::test;
using ui::NodeRole;
using ui::Room;

namespace {

constexpr Room kRooms[] = {Room::Today, Room::Plan, Room::Changes, Room::Money, Room::Share, Room::Workspace};

// It points to `project`, which outlives it.
ui::ImportView import_view(const plan::Project& project) {
    ui::ImportView view;
    view.file_name = "feature.csv";
    view.format = msg("CSV");
    view.project = &project;
    view.schedule = *plan::compute_schedule(project);
    view.tasks = 4;
    view.field_names = {msg("not used"), msg("Name")};
    view.columns = {{"id", 0, {"1", "2"}}, {"name", 1, {"Edit", "Lock"}}};
    view.problems = {{3, msg("There is nothing to import."), true}};
    return view;
}

}  // namespace

TEST_CASE("an empty workspace draws, and offers the first thing") {
    Stage stage;
    for (const Room room : kRooms) {
        stage.route.room = room;
        stage.settle();
        stage.check_tree();
        CHECK(stage.find(NodeRole::Navigation, "Rooms") != nullptr);
    }
    stage.route.room = Room::Plan;
    stage.settle();
    stage.click(NodeRole::Button, "Import a schedule");
    REQUIRE(!stage.effects.empty());
    CHECK(std::holds_alternative<ui::PickImport>(stage.effects.back()));
}

TEST_CASE("every room draws a small plan, in English and Welsh, at 100 and 200 per cent") {
    for (const float scale : {1.0f, 2.0f}) {
        for (const Language language : {Language::English, Language::Welsh}) {
            Stage stage(small_session(), scale);
            stage.locale = Locale(language);
            for (const Room room : kRooms) {
                stage.route.room = room;
                stage.settle();
                stage.check_tree();
            }
            stage.route = {Room::Plan, SmallPlan{}.project, SmallPlan{}.lock, {}, ui::PlanView::Table};
            stage.settle();
            stage.check_tree();
            CHECK(stage.refused == 0);
        }
    }
}

TEST_CASE("the room one is in is marked, and the links lead on") {
    Stage stage(small_session());
    stage.settle();
    CHECK(stage.starting(NodeRole::Link, "Today")->state.current);
    stage.click(NodeRole::Link, "Workspace");
    CHECK(stage.route.room == Room::Workspace);
    CHECK(stage.route.project == SmallPlan{}.project);
    CHECK(stage.find(NodeRole::Link, "Workspace")->state.current);
}

TEST_CASE("ten thousand tasks: only what is in view is drawn and mirrored") {
    Stage stage(big_session(10'000));
    stage.route = {Room::Plan, stage.model().projects.back().id, {}, {}, ui::PlanView::Timeline};
    for (const ui::PlanView view : {ui::PlanView::Timeline, ui::PlanView::Table}) {
        stage.route.view = view;
        stage.settle();
        stage.check_tree();
        int rows = 0;
        for (const ui::Node& node : stage.semantics().nodes()) rows += node.role == NodeRole::Row ? 1 : 0;
        CHECK(rows > 10);
        CHECK(rows <= 60);
    }
}

TEST_CASE("an import stands in the place of the room until it is accepted or left") {
    Stage stage(small_session());
    const plan::Project project = SmallPlan{}.make();
    stage.import = import_view(project);
    stage.settle();
    stage.check_tree();
    CHECK(stage.starting(NodeRole::ListItem, "Line 3") != nullptr);
    stage.choose("What the column id means", "Name");
    const auto* options = std::get_if<ui::SetImportOptions>(&stage.effects.back());
    REQUIRE(options != nullptr);
    CHECK(options->column_fields == std::vector<int>{1, 1});
    stage.click(NodeRole::Button, "Import 4 tasks");
    CHECK(std::holds_alternative<ui::AcceptImport>(stage.effects.back()));
    stage.key(ImGuiKey_Escape);
    CHECK(std::holds_alternative<ui::CancelImport>(stage.effects.back()));
    stage.import->failure = Error{ErrorCode::BadInput, msg("There is nothing to import."), "line 1", {}};
    stage.settle();
    stage.check_tree();
    CHECK(stage.starting(NodeRole::Button, "Import")->state.disabled);
}

TEST_CASE("a file that cannot be read is told at once, and the keyboard goes on where it is told") {
    Stage stage(small_session());
    const auto focused = [&] {
        stage.frame();
        const auto id = stage.semantics().take_focus_request();
        const ui::Node* node = id ? stage.semantics().find(*id) : nullptr;
        return node ? node->name : std::string();
    };
    stage.settle();
    (void)focused();
    const plan::Project project = SmallPlan{}.make();
    stage.import = import_view(project);
    stage.import->failure = Error{ErrorCode::BadInput, msg("There is nothing to import."), "3", msg("Save again as UTF-8.")};
    CHECK(focused() == "Cancel");
    CHECK(stage.find(NodeRole::Alert, "Line 3: There is nothing to import. Save again as UTF-8.") != nullptr);
    CHECK(focused().empty());  // once: what a person does next is theirs
    stage.import.reset();
    stage.settle();
    stage.import = import_view(project);
    CHECK(focused() == "Import 4 tasks");
    CHECK(stage.starting(NodeRole::Alert, "") == nullptr);
}
