// The keyboard in the timeline while its rows come and go.
#include "stage.hpp"

using namespace entente;
using namespace entente::test;
using ui::MirrorEventKind;
using ui::NodeRole;

TEST_CASE("the row that has the keyboard keeps it while it is scrolled out of sight") {
    Stage stage(small_session());
    stage.route = {ui::Room::Plan, SmallPlan{}.project, {}, {}, ui::PlanView::Timeline};
    ImGui::GetIO().DisplaySize.y = 300;
    stage.settle();
    const ui::Node* edit = stage.starting(NodeRole::Row, "Edit");
    REQUIRE(edit != nullptr);
    const ui::NodeRect first = edit->bounds;
    stage.post(MirrorEventKind::Focus, NodeRole::Row, "Edit");
    ImGui::GetIO().AddMousePosEvent((first.x0 + first.x1) * 0.5f, first.y0 + 8);
    for (int i = 0; i < 6; ++i) {
        ImGui::GetIO().AddMouseWheelEvent(0, -3);
        stage.settle();
    }
    const ui::Node* held = stage.starting(NodeRole::Row, "Edit");
    REQUIRE(held != nullptr);
    const int row = held->state.row;
    CHECK(held->state.focused);
    CHECK(held->clip.y1 <= held->clip.y0);  // there, and not to be seen
    stage.check_tree();
    stage.key(ImGuiKey_DownArrow);  // goes on from there, and shows where it is
    const ui::Node* next = nullptr;
    for (const ui::Node& node : stage.semantics().nodes()) {
        if (node.role == NodeRole::Row && node.state.selected == true) next = &node;
    }
    REQUIRE(next != nullptr);
    CHECK(next->state.row == row + 1);
    CHECK(next->clip.y1 > next->clip.y0);
}
