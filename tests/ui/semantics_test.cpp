#include "ui/semantics.hpp"

#include <doctest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "ui/semantics_hooks.hpp"

using namespace entente::ui;

namespace {

Node node(std::uint32_t id, NodeRole role, const char* name) {
    Node made;
    made.id = id;
    made.role = role;
    made.name = name;
    return made;
}

// A Dear ImGui context of 800 x 600 without a screen, its items hooked.
class Context {
public:
    explicit Context(Semantics& semantics) : semantics_(semantics), context_(ImGui::CreateContext()) {
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = ImVec2(800, 600);
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        hook_items(context_, &semantics);
    }
    ~Context() { ImGui::DestroyContext(context_); }

    template <class Draw>
    void frame(Draw draw) {
        ImGui::GetIO().DeltaTime = 0.016f;
        semantics_.begin_frame();
        ImGui::NewFrame();
        ImGui::SetNextWindowPos(ImVec2(0, 0));
        ImGui::SetNextWindowSize(ImVec2(400, 300));
        ImGui::Begin("window", nullptr, ImGuiWindowFlags_NoDecoration);
        draw();
        ImGui::End();
        press_unclaimed(semantics_);
        semantics_.end_frame();
        ImGui::Render();
    }

private:
    Semantics& semantics_;
    ImGuiContext* context_;
};

}  // namespace

TEST_CASE("nodes between open and close are children, in the order of drawing") {
    Semantics semantics;
    semantics.begin_frame();
    semantics.open(node(1, NodeRole::List, "Tasks"));
    semantics.leaf(node(2, NodeRole::ListItem, "Grade"));
    semantics.open(node(3, NodeRole::ListItem, "Mix"));
    semantics.leaf(node(4, NodeRole::Button, "Open"));
    semantics.close();
    semantics.close();
    semantics.leaf(node(5, NodeRole::Button, "Undo"));
    semantics.end_frame();
    REQUIRE(semantics.nodes().size() == 5);
    CHECK(semantics.nodes()[0].parent == 0);
    CHECK(semantics.nodes()[1].parent == 1);
    CHECK(semantics.nodes()[2].parent == 1);
    CHECK(semantics.nodes()[3].parent == 3);
    CHECK(semantics.nodes()[4].parent == 0);
    REQUIRE(semantics.find(4) != nullptr);
    CHECK(semantics.find(4)->name == "Open");
    CHECK(semantics.find(99) == nullptr);
}

TEST_CASE("the version grows only when the tree differs from the frame before") {
    Semantics semantics;
    const auto draw = [&semantics](const char* name) {
        semantics.begin_frame();
        semantics.leaf(node(1, NodeRole::Button, name));
        semantics.end_frame();
        return semantics.version();
    };
    const std::uint64_t first = draw("Undo");
    CHECK(draw("Undo") == first);
    CHECK(draw("Redo") == first + 1);
    CHECK(draw("Redo") == first + 1);
    semantics.begin_frame();
    semantics.leaf(node(1, NodeRole::Button, "Redo"));
    semantics.last()->state.disabled = true;
    semantics.end_frame();
    CHECK(semantics.version() == first + 2);
    semantics.begin_frame();
    semantics.end_frame();
    CHECK(semantics.version() == first + 3);
}

TEST_CASE("events wait and are taken one a frame, each once") {
    Semantics semantics;
    semantics.post({MirrorEventKind::Click, 7, {}});
    semantics.post({MirrorEventKind::Click, 7, {}});
    semantics.post({MirrorEventKind::Commit, 8, "Grade"});
    CHECK(semantics.has_events());
    CHECK(semantics.pending(7));

    semantics.begin_frame();
    CHECK_FALSE(semantics.take(MirrorEventKind::Click, 8));
    CHECK_FALSE(semantics.take(MirrorEventKind::Focus, 7));
    CHECK(semantics.take(MirrorEventKind::Click, 7));
    CHECK_FALSE(semantics.take(MirrorEventKind::Click, 7));
    CHECK(semantics.pending(7));
    semantics.end_frame();

    semantics.begin_frame();
    CHECK(semantics.take(MirrorEventKind::Click, 7));
    semantics.end_frame();
    CHECK_FALSE(semantics.pending(7));

    semantics.begin_frame();
    CHECK(semantics.take(MirrorEventKind::Commit, 8));
    CHECK(semantics.text() == "Grade");
    semantics.end_frame();
    CHECK_FALSE(semantics.has_events());
}

TEST_CASE("the focus stays until the keys before it are through; what is pressed does not wait for them") {
    Semantics semantics;
    semantics.post({MirrorEventKind::Blur, 7, {}});
    semantics.post({MirrorEventKind::Click, 8, {}});
    CHECK(semantics.posted() == 2);
    CHECK(semantics.answered() == 0);
    semantics.begin_frame(true);
    CHECK_FALSE(semantics.take(MirrorEventKind::Blur, 7));
    CHECK_FALSE(semantics.take(MirrorEventKind::Click, 8));  // nor does anything overtake it
    semantics.end_frame();
    CHECK(semantics.answered() == 0);
    CHECK(semantics.has_events());

    semantics.begin_frame(false);
    CHECK(semantics.take(MirrorEventKind::Blur, 7));
    semantics.end_frame();
    CHECK(semantics.answered() == 1);

    semantics.begin_frame(true);
    CHECK(semantics.take(MirrorEventKind::Click, 8));
    semantics.end_frame();
    CHECK(semantics.answered() == semantics.posted());
    CHECK_FALSE(semantics.has_events());
}

TEST_CASE("letters that come quicker than frames are one event, the last text") {
    Semantics semantics;
    for (const char* text : {"t", "th", "the"}) semantics.post({MirrorEventKind::Input, 7, text});
    semantics.post({MirrorEventKind::Input, 8, "x"});  // another field is another event
    semantics.post({MirrorEventKind::Commit, 8, "x"});
    semantics.begin_frame();
    CHECK(semantics.take(MirrorEventKind::Input, 7));
    CHECK(semantics.text() == "the");
    semantics.end_frame();
    semantics.begin_frame();
    CHECK(semantics.take(MirrorEventKind::Input, 8));
    semantics.end_frame();
    semantics.begin_frame();
    CHECK(semantics.take(MirrorEventKind::Commit, 8));
    semantics.end_frame();
    CHECK_FALSE(semantics.has_events());
}

TEST_CASE("an event that nobody takes is gone with its frame") {
    Semantics semantics;
    semantics.post({MirrorEventKind::Focus, 7, {}});
    semantics.begin_frame();
    semantics.end_frame();
    CHECK_FALSE(semantics.has_events());
    semantics.begin_frame();
    CHECK_FALSE(semantics.take(MirrorEventKind::Focus, 7));
    semantics.end_frame();
}

TEST_CASE("focus requests and announcements are given out once") {
    Semantics semantics;
    semantics.focus(3);
    semantics.focus(4);
    CHECK(semantics.take_focus_request() == 4u);
    CHECK_FALSE(semantics.take_focus_request().has_value());
    semantics.announce("Saved");
    semantics.announce("Not saved", true);
    const auto said = semantics.take_announcements();
    REQUIRE(said.size() == 2);
    CHECK(said[0] == std::pair<std::string, bool>("Saved", false));
    CHECK(said[1] == std::pair<std::string, bool>("Not saved", true));
    CHECK(semantics.take_announcements().empty());
}

#ifdef NDEBUG
TEST_CASE("a second node with an id is dropped, and what it contains stays with the first") {
    Semantics semantics;
    semantics.begin_frame();
    semantics.leaf(node(1, NodeRole::Button, "Undo"));
    semantics.open(node(1, NodeRole::Group, "Again"));
    semantics.leaf(node(2, NodeRole::Button, "Inside"));
    semantics.close();
    semantics.end_frame();
    REQUIRE(semantics.nodes().size() == 2);
    CHECK(semantics.nodes()[0].name == "Undo");
    CHECK(semantics.nodes()[1].parent == 1);
}
#endif

TEST_CASE("an item of Dear ImGui that no widget describes becomes a node with its visible label") {
    Semantics semantics;
    Context context(semantics);
    bool ticked = true;
    const auto draw = [&ticked] {
        ImGui::Button("Add##first");
        ImGui::Checkbox("Tick", &ticked);
        ImGui::BeginDisabled();
        ImGui::Button("Never");
        ImGui::EndDisabled();
        ImGui::InvisibleButton("##nameless", ImVec2(20, 20));
    };
    context.frame(draw);
    context.frame(draw);
    REQUIRE(semantics.nodes().size() == 3);
    CHECK(semantics.nodes()[0].role == NodeRole::Button);
    CHECK(semantics.nodes()[0].name == "Add");
    CHECK(semantics.nodes()[0].bounds.x1 > semantics.nodes()[0].bounds.x0);
    CHECK(semantics.nodes()[0].clip == semantics.nodes()[0].bounds);
    CHECK(semantics.nodes()[1].role == NodeRole::Checkbox);
    CHECK(semantics.nodes()[1].state.checked == true);
    CHECK(semantics.nodes()[2].name == "Never");
    CHECK(semantics.nodes()[2].state.disabled);
}

TEST_CASE("an item that a widget describes, before or after its hook, appears once") {
    Semantics semantics;
    Context context(semantics);
    context.frame([&semantics] {
        semantics.leaf(node(ImGui::GetID("Before"), NodeRole::Tab, "Before, described"));
        ImGui::Button("Before");
        ImGui::Button("After");
        semantics.leaf(node(ImGui::GetItemID(), NodeRole::Tab, "After, described"));
    });
    REQUIRE(semantics.nodes().size() == 2);
    CHECK(semantics.nodes()[0].name == "Before, described");
    CHECK(semantics.nodes()[1].name == "After, described");
    CHECK(semantics.nodes()[1].role == NodeRole::Tab);
}

TEST_CASE("the visible part of an item ends where its window ends") {
    Semantics semantics;
    Context context(semantics);
    context.frame([] {
        ImGui::SetCursorPosY(285);
        ImGui::Button("Half", ImVec2(100, 30));
    });
    REQUIRE(semantics.nodes().size() == 1);
    CHECK(semantics.nodes()[0].bounds.y1 == 315);
    CHECK(semantics.nodes()[0].clip.y0 == 285);
    CHECK(semantics.nodes()[0].clip.y1 <= 300);
    CHECK(semantics.nodes()[0].clip.y1 > 285);
}

TEST_CASE("a click through the mirror presses an undescribed item, once") {
    Semantics semantics;
    Context context(semantics);
    int pressed = 0;
    std::uint32_t id = 0;
    const auto draw = [&pressed, &id] {
        if (ImGui::Button("Add")) ++pressed;
        id = ImGui::GetItemID();
    };
    context.frame(draw);
    semantics.post({MirrorEventKind::Click, id, {}});
    for (int frames = 0; frames < 5; ++frames) {
        context.frame(draw);
    }
    CHECK(pressed == 1);
}
