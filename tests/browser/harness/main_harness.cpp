// The web platform without the program: a page of widgets that exercises each part of it, driven by platform.test.mjs. What
// arrives from the browser is said back as status texts, so that a test reads it by role.
#include <imgui.h>
#include <imgui_internal.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "platform/web/first_screen.hpp"
#include "platform/web/ports_web.hpp"
#include "platform/web/window.hpp"
#include "ui/semantics.hpp"
#include "ui/theme/theme.hpp"
#include "ui/views/bars.hpp"

namespace {

using namespace entente;
using ui::MirrorEventKind;
using ui::Node;
using ui::NodeRole;

// All the harness remembers.
struct Harness {
    ui::Semantics semantics;
    ui::Theme theme;
    ui::BarBatch bars;
    platform::FirstScreen first;
    std::unique_ptr<platform::Window> window;
    std::array<Bytes, 4> fonts;
    int count = 0, scrolled_clicks = 0, right_clicks = 0, flushes = 0, inputs = 0;
    bool ticked = false, plain_ticked = false, dialog = false, choice_two = false;
    std::string text = "first", area = "one\ntwo", draft, heard, navigated, key;
    std::string chosen = "Alpha";
    int selected_row = 3;
    float zoom = 0, pinch_x = 0;
    bool remove_focused = false;
};

Harness g;

float px(float css) { return g.theme.px(css); }

Node make(NodeRole role, const std::string& name) {
    Node node;
    node.role = role;
    node.name = name;
    return node;
}

void add(Node node, ImGuiID id, const ImRect& area, bool open = false) {
    node.id = id;
    node.bounds = {area.Min.x, area.Min.y, area.Max.x, area.Max.y};
    ImRect seen = area;
    seen.ClipWith(ImGui::GetCurrentWindow()->ClipRect);
    node.clip = seen.IsInverted() ? ui::NodeRect{} : ui::NodeRect{seen.Min.x, seen.Min.y, seen.Max.x, seen.Max.y};
    if (open) g.semantics.open(std::move(node));
    else g.semantics.leaf(std::move(node));
}

ImRect take(float css_width, float css_height) {
    const ImVec2 at = ImGui::GetCursorScreenPos(), size(px(css_width), px(css_height));
    ImGui::ItemSize(size);
    return ImRect(at, ImVec2(at.x + size.x, at.y + size.y));
}

void say(NodeRole role, const std::string& text, int level = 0) {
    const ImRect area = take(420, 20);
    ImGui::GetWindowDrawList()->AddText(g.theme.fonts.body, g.theme.fonts.body->FontSize, area.Min, g.theme.palette.text, text.c_str());
    Node node = make(role, text);
    node.state.level = level;
    add(std::move(node), ImGui::GetID((text.substr(0, text.find(':')) + std::to_string(static_cast<int>(role))).c_str()), area);
}

// A described item: true when pressed, by the pointer or through the mirror.
bool item(Node node, float css_width = 180, float css_height = 28) {
    const ImRect area = take(css_width, css_height);
    const ImGuiID id = ImGui::GetID(node.name.c_str());
    bool hovered = false, held = false, pressed = false;
    if (ImGui::ItemAdd(area, id, nullptr, ImGuiItemFlags_NoNav) && !node.state.disabled) {
        pressed = ImGui::ButtonBehavior(area, id, &hovered, &held);
        if (ImGui::IsItemClicked(ImGuiMouseButton_Right)) ++g.right_clicks;
        if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    const std::uint32_t colour = held ? g.theme.palette.accent : hovered ? g.theme.palette.hover : g.theme.palette.panel2;
    ImGui::GetWindowDrawList()->AddRectFilled(area.Min, area.Max, colour, px(6));
    ImGui::GetWindowDrawList()->AddText(g.theme.fonts.body, g.theme.fonts.body->FontSize, ImVec2(area.Min.x + px(8), area.Min.y + px(4)),
                                        g.theme.palette.text, node.name.c_str());
    if (g.semantics.take(MirrorEventKind::Click, id)) pressed = true;
    if (g.semantics.take(MirrorEventKind::Scroll, id) || g.semantics.take(MirrorEventKind::Focus, id)) {
        ImGui::ScrollToRect(ImGui::GetCurrentWindow(), area);
    }
    add(std::move(node), id, area);
    return pressed;
}

bool button(const std::string& name, bool disabled = false) {
    Node node = make(NodeRole::Button, name);
    node.state.disabled = disabled;
    return item(std::move(node));
}

void field(NodeRole role, const std::string& name, std::string& value, float css_height = 32) {
    const ImRect area = take(300, css_height);
    ImGui::GetWindowDrawList()->AddRectFilled(area.Min, area.Max, g.theme.palette.field, px(6));
    const ImGuiID id = ImGui::GetID(name.c_str());
    if (g.semantics.take(MirrorEventKind::Input, id)) {
        g.draft = g.semantics.text();
    } else if (g.semantics.take(MirrorEventKind::Commit, id)) {
        value = g.semantics.text();
        g.draft.clear();
        g.heard = name + " = " + value;
    } else if (g.semantics.take(MirrorEventKind::Cancel, id)) {
        g.heard = name + " cancelled";
    }
    Node node = make(role, name);
    node.value = value;
    node.placeholder = "Type here";
    node.font_px = 14 * g.theme.scale;
    node.text_rgba = 0xECE8E1FF;
    add(std::move(node), id, ImRect(area.Min.x + px(10), area.Min.y, area.Max.x - px(10), area.Max.y));
}

void draw_fields() {
    field(NodeRole::TextField, "Title", g.text);
    field(NodeRole::TextArea, "Notes", g.area, 72);
    Node combo = make(NodeRole::ComboBox, "Letter");
    const ImRect area = take(300, 32);
    ImGui::GetWindowDrawList()->AddRectFilled(area.Min, area.Max, g.theme.palette.field, px(6));
    add(std::move(combo), ImGui::GetID("letter"), area, true);
    for (const char* name : {"Alpha", "Beta", "Gamma"}) {
        Node option = make(NodeRole::Option, name);
        option.state.selected = g.chosen == name;
        const ImGuiID id = ImGui::GetID(name);
        add(std::move(option), id, area);
        if (g.semantics.take(MirrorEventKind::Click, id)) g.chosen = name;
    }
    g.semantics.close();
    say(NodeRole::Status, "Chosen: " + g.chosen);
}

void draw_buttons() {
    if (button("Add one")) ++g.count;
    say(NodeRole::Status, "Count: " + std::to_string(g.count));
    button("Never", true);
    if (ImGui::Button("Plain button")) ++g.count;
    ImGui::Checkbox("Plain check", &g.plain_ticked);
    Node check = make(NodeRole::Checkbox, "Described check");
    check.state.checked = g.ticked;
    if (item(std::move(check))) g.ticked = !g.ticked;
    say(NodeRole::Status, std::string("Ticked: ") + (g.ticked ? "yes" : "no") + (g.plain_ticked ? " and plain" : ""));
    Node link = make(NodeRole::Link, "A link");
    link.value = "#/plan/7";
    if (item(std::move(link))) g.window->set_fragment("/plan/7");
    if (button("Announce")) g.semantics.announce("Said once");
    if (button("Announce now")) g.semantics.announce("Said at once", true);
    if (!g.remove_focused && button("Remove me")) g.remove_focused = true;
    if (button("Copy text")) g.window->copy_text("from the canvas", [](bool done) { g.heard = done ? "copied" : "not copied"; });
    if (button("Open dialog")) g.dialog = true;
}

void draw_scroll() {
    ImGui::BeginChild("scroll", ImVec2(px(220), px(140)));
    for (int row = 1; row <= 60; ++row) {
        if (button("Far " + std::to_string(row))) g.scrolled_clicks = row;
    }
    ImGui::EndChild();
    say(NodeRole::Status, "Far clicked: " + std::to_string(g.scrolled_clicks));
}

void draw_table() {
    const ImRect whole = take(300, 120);
    Node table = make(NodeRole::Table, "Tasks");
    table.state.rows = 5;
    add(std::move(table), ImGui::GetID("table"), whole, true);
    for (int row = 1; row <= 5; ++row) {
        const float top = whole.Min.y + px(24.0f) * static_cast<float>(row - 1);
        const ImRect area(whole.Min.x, top, whole.Max.x, top + px(24.0f));
        Node node = make(NodeRole::Row, "");
        node.state.row = row;
        if (row > 1) node.state.selected = row == g.selected_row;
        const ImGuiID id = ImGui::GetID(std::to_string(row).c_str());
        if (g.semantics.take(MirrorEventKind::Click, id)) g.selected_row = row;
        add(std::move(node), id, area, true);
        for (int column = 1; column <= 2; ++column) {
            Node cell = make(row == 1 ? NodeRole::ColumnHeader : NodeRole::Cell, (column == 1 ? "Task " : "Days ") + std::to_string(row));
            cell.state.column = column;
            const float half = area.GetWidth() * 0.5f, left = area.Min.x + (column == 1 ? 0.0f : half);
            const std::string key = std::to_string(row) + "/" + std::to_string(column);
            add(std::move(cell), ImGui::GetID(key.c_str()), ImRect(left, area.Min.y, left + half, area.Max.y));
        }
        g.semantics.close();
    }
    g.semantics.close();
    say(NodeRole::Status, "Row: " + std::to_string(g.selected_row));
}

void draw_bars() {
    const ImRect area = take(300, 40);
    g.bars.clear();
    g.bars.add({area.Min.x, area.Min.y, area.Max.x, area.Min.y + px(16), px(4), 0.5f, g.theme.palette.bar, g.theme.palette.bar_done});
    g.bars.add({area.Min.x, area.Min.y + px(20), area.Max.x - px(40), area.Min.y + px(36), px(8), 0.0f, g.theme.palette.critical, 0});
    g.bars.draw(ImGui::GetWindowDrawList());
    const ImGuiID id = ImGui::GetID("bars");
    bool hovered = false, held = false;
    if (ImGui::ItemAdd(area, id, nullptr, ImGuiItemFlags_NoNav)) ImGui::ButtonBehavior(area, id, &hovered, &held);
    const ImGuiIO& io = ImGui::GetIO();
    if (hovered) {
        ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
        if (io.KeyCtrl && io.MouseWheel != 0) g.zoom += io.MouseWheel;
    }
    add(make(NodeRole::Image, "Bars"), id, area);
}

void draw_said() {
    say(NodeRole::Status, "Heard: " + g.heard);
    say(NodeRole::Status, "Draft: " + g.draft);
    say(NodeRole::Status, "Address: " + g.navigated);
    say(NodeRole::Status, "Key: " + g.key);
    say(NodeRole::Status, "Right clicks: " + std::to_string(g.right_clicks));
    say(NodeRole::Status, "Zoom: " + std::string(g.zoom > 0 ? "in" : g.zoom < 0 ? "out" : "none"));
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsKeyPressed(ImGuiKey_K) && io.KeyCtrl) g.key = "Ctrl+K";
    if (ImGui::IsKeyPressed(ImGuiKey_Escape)) g.key = "Escape";
    if (ImGui::IsKeyPressed(ImGuiKey_Slash) && io.KeyShift) g.key = "?";
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) g.key = "Down";
}

void draw_dialog() {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const ImRect area(size.x * 0.3f, size.y * 0.3f, size.x * 0.7f, size.y * 0.7f);
    ImGui::SetNextWindowPos(area.Min);
    ImGui::SetNextWindowSize(area.GetSize());
    ImGui::SetNextWindowFocus();
    ImGui::Begin("dialog", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
    Node dialog = make(NodeRole::Dialog, "Are you sure?");
    dialog.state.modal = true;
    add(std::move(dialog), ImGui::GetID("dialog"), area, true);
    say(NodeRole::Heading, "Are you sure?", 2);
    if (button("Yes")) g.dialog = false;
    if (button("No")) g.dialog = false;
    g.semantics.close();
    ImGui::End();
}

void frame() {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(size);
    ImGui::Begin("harness", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    Node main = make(NodeRole::Main, "");
    add(std::move(main), ImGui::GetID("main"), ImRect(ImVec2(0, 0), size), true);
    ImGui::BeginGroup();
    say(NodeRole::Heading, "Harness", 1);
    say(NodeRole::Paragraph, "Widgets of every kind, ŵ and ŷ too.");
    draw_buttons();
    ImGui::EndGroup();
    ImGui::SetCursorScreenPos(ImVec2(origin.x + px(460), origin.y));
    ImGui::BeginGroup();
    draw_fields();
    draw_scroll();
    draw_table();
    draw_bars();
    ImGui::EndGroup();
    ImGui::SetCursorScreenPos(ImVec2(origin.x + px(800), origin.y));
    ImGui::BeginGroup();
    draw_said();
    ImGui::EndGroup();
    g.semantics.close();
    ImGui::End();
    if (g.dialog) draw_dialog();
    g.window->stats().sequence = static_cast<std::uint64_t>(g.count);
}

void apply_media() {
    ui::set_dark(g.theme, g.window->media().dark);
    g.theme.forced_colors = g.window->media().forced_colors;
    g.window->set_background(g.theme.palette.bg);
    g.window->set_theme("system", g.theme.dark);
    ui::apply_style(g.theme);
}

platform::WindowHooks hooks() {
    platform::WindowHooks result;
    result.frame = frame;
    result.fonts = [](float scale) {
        if (!ui::build_fonts(g.theme, {g.fonts[0], g.fonts[1], g.fonts[2], g.fonts[3]}, scale)) return;
        ui::apply_style(g.theme);
    };
    result.media_changed = apply_media;
    result.navigated = [](std::string fragment) { g.navigated = std::move(fragment); };
    result.flush = [] { g.window->set_preference("flushed", std::to_string(++g.flushes)); };
    result.wants_key = [](int chord) { return chord == (ImGuiKey_K | ImGuiMod_Ctrl) || chord == (ImGuiKey_Equal | ImGuiMod_Ctrl); };
    return result;
}

platform::FirstScreenActions actions() {
    platform::FirstScreenActions result;
    const auto enter = [] {
        g.first.hide();
        g.window->show();
    };
    result.sample = enter;
    result.unlock = [](std::string passphrase) {
        if (passphrase == "wrong") g.first.show_error("This passphrase does not open the workspace.", "Try again.");
        else g.first.show_busy("Opening for " + std::to_string(passphrase.size()));
    };
    result.create = [](std::string house, std::string passphrase) {
        g.window->set_title(house + " " + std::to_string(passphrase.size()));
        g.first.show_unlock(house);
    };
    return result;
}

}  // namespace

int main() {
    g.window = std::make_unique<platform::Window>(g.semantics, hooks());
    g.fonts = {g.window->font("inter-400"), g.window->font("inter-500"), g.window->font("inter-600"), g.window->font("icons")};
    if (const auto opened = g.window->open(); !opened) {
        g.first.show_fatal(opened.error().what.id, opened.error().remedy.id);
        return 0;
    }
    apply_media();
    g.first.connect(actions());
    return 0;
}
