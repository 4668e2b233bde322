// Two cuts compared: the rate a person states, the rates they run at, and what the readers had to say.
#include "stage.hpp"

using namespace entente;
using namespace entente::test;
using ui::NodeRole;
using ui::Room;

namespace {

const SmallPlan kPlan;

Stage& with_cuts(Stage& stage, int warnings) {
    stage.cuts.emplace();
    stage.cuts->before_name = "before.edl";
    stage.cuts->after_name = "after.edl";
    stage.cuts->compared = true;
    stage.cuts->diff.rate_before = stage.cuts->diff.rate_after = cut::Rate{25, 1, false};
    for (int i = 0; i < warnings; ++i) stage.cuts->warnings.push_back(msg("Line {0}: {1}", std::to_string(i + 1), "a reel nobody knows"));
    stage.route = {Room::Changes, kPlan.project, {}, {}, {}};
    stage.settle();
    return stage;
}

int warnings_seen(Stage& stage) {
    const auto& nodes = stage.semantics().nodes();
    return static_cast<int>(std::count_if(nodes.begin(), nodes.end(), [](const ui::Node& node) {
        return node.role == NodeRole::Paragraph && node.name.find("a reel nobody knows") != std::string::npos;
    }));
}

}  // namespace

TEST_CASE("the frame rate of two cuts is stated, as the files say unless told otherwise") {
    Stage stage(small_session());
    with_cuts(stage, 0);
    const ui::Node* field = stage.find(NodeRole::ComboBox, "Frames a second");
    REQUIRE(field != nullptr);
    CHECK(field->value == "As the files say");
    CHECK(stage.starting(NodeRole::Paragraph, "The earlier cut: before.edl, 25 frames a second") != nullptr);
    CHECK(stage.starting(NodeRole::Paragraph, "The later cut: after.edl, 25 frames a second") != nullptr);
    for (const char* name : {"23.976", "24", "25", "29.97 NDF", "29.97 DF", "30", "47.952", "48", "50", "59.94 NDF", "59.94 DF", "60",
                             "100", "119.88", "120"}) {
        stage.effects.clear();
        stage.click(NodeRole::ComboBox, "Frames a second");
        if (!stage.find(NodeRole::Option, name)) stage.key(ImGuiKey_End);  // further down the list
        REQUIRE_MESSAGE(stage.find(NodeRole::Option, name) != nullptr, std::string(name));
        const std::uint32_t id = stage.find(NodeRole::Option, name)->id;
        stage.semantics().post({ui::MirrorEventKind::Click, id, {}});
        stage.settle();
        REQUIRE(stage.effects.size() == 1);
        const auto* chosen = std::get_if<ui::SetCutRate>(&stage.effects.back());
        REQUIRE(chosen != nullptr);
        REQUIRE(chosen->rate);
        CHECK(cut::rate_name(*chosen->rate) == name);
    }
    stage.cuts->rate = cut::parse_rate("29.97df");
    stage.settle();
    CHECK(stage.find(NodeRole::ComboBox, "Frames a second")->value == "29.97 DF");
    stage.effects.clear();
    stage.click(NodeRole::ComboBox, "Frames a second");
    stage.key(ImGuiKey_Home);
    stage.click(NodeRole::Option, "As the files say");
    REQUIRE(stage.effects.size() == 1);
    CHECK_FALSE(std::get<ui::SetCutRate>(stage.effects.back()).rate);
    stage.check_tree();
}

TEST_CASE("the readers' warnings are shown, many of them on demand, none where there are none") {
    Stage stage(small_session());
    with_cuts(stage, 0);
    CHECK(stage.find(NodeRole::Heading, "Worth knowing about the files") == nullptr);
    with_cuts(stage, 3);
    CHECK(stage.find(NodeRole::Heading, "Worth knowing about the files") != nullptr);
    CHECK(warnings_seen(stage) == 3);
    with_cuts(stage, 40);
    CHECK(warnings_seen(stage) == 4);
    stage.click(NodeRole::Button, "36 more");
    CHECK(warnings_seen(stage) == 40);
    stage.check_tree();
}
