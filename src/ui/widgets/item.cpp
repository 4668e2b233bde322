#include "ui/widgets/item.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

#include "ui/widgets/paint.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

bool is_text_role(NodeRole role) {
    return role == NodeRole::TextField || role == NodeRole::TextArea || role == NodeRole::SearchField ||
           role == NodeRole::PasswordField || role == NodeRole::DateField;
}

// A focused item outside the visible part of its scroll area comes into view.
void reveal(const Frame& frame, Rect area) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    if (window->ScrollMax.y <= 0) return;
    const float margin = frame.px(8);
    const float top = window->InnerRect.Min.y, bottom = window->InnerRect.Max.y;
    if (area.y0 < top + margin) ImGui::SetScrollY(window, std::max(window->Scroll.y + area.y0 - top - margin, 0.0f));
    else if (area.y1 > bottom - margin) ImGui::SetScrollY(window, window->Scroll.y + area.y1 - bottom + margin);
    else return;
    frame.widgets->redraw = true;
}

void take_focus_events(const Frame& frame, std::uint32_t id, NodeRole role, Rect area) {
    WidgetState& state = *frame.widgets;
    if (frame.semantics.take(MirrorEventKind::Focus, id)) {
        state.focused = id;
        state.focused_is_text = is_text_role(role);
        state.redraw = true;
        reveal(frame, area);
    }
    if (frame.semantics.take(MirrorEventKind::Scroll, id)) reveal(frame, area);
    if (frame.semantics.take(MirrorEventKind::Blur, id)) {
        if (state.focused == id) state.focused = 0;
        state.redraw = true;
    }
}

}  // namespace

bool readable(const Frame& frame) { return !frame.widgets->dialog_open || frame.widgets->in_dialog; }

Rect visible_part(Rect area) {
    const ImRect& clip = ImGui::GetCurrentWindow()->ClipRect;
    return area.cut({clip.Min.x, clip.Min.y, clip.Max.x, clip.Max.y});
}

NodeRect node_rect(Rect r) { return {r.x0, r.y0, r.x1, r.y1}; }

Node make_node(NodeRole role, std::string_view name) {
    Node node;
    node.role = role;
    node.name = std::string(name);
    return node;
}

std::uint32_t item_id(const Frame& frame, const char* key) {
    std::uint32_t id = ImGui::GetID(key);
    while (id == 0 || !frame.widgets->ids.insert(id).second) id = id * 33u + 1u;
    return id;
}

Hit item(const Frame& frame, const char* key, Rect area, Node node, Nest nest) {
    return item(frame, item_id(frame, key), area, std::move(node), nest);
}

Hit item(const Frame& frame, std::uint32_t id, Rect area, Node node, Nest nest) {
    WidgetState& state = *frame.widgets;
    Hit hit{id, area};
    const Rect seen = visible_part(area);
    hit.visible = !seen.empty();
    const float grow = std::max(0.0f, std::ceil((frame.px(24) - area.h()) * 0.5f));
    const ImRect touch(area.x0, area.y0 - grow, area.x1, area.y1 + grow);
    if (node.state.disabled) {
        hit.hovered = pointer_in(area);
        if (hit.hovered && !node.description.empty()) tooltip(frame, area, node.description);
    } else if (ImGui::ItemAdd(touch, id, nullptr, ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop)) {
        hit.clicked = ImGui::ButtonBehavior(touch, id, &hit.hovered, &hit.held, ImGuiButtonFlags_NoNavFocus);
        hit.pressed = hit.hovered && ImGui::IsMouseClicked(0);
        if (hit.hovered && !is_text_role(node.role)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    if (!readable(frame)) return hit;
    take_focus_events(frame, id, node.role, area);
    if (hit.clicked && !is_text_role(node.role) && node.state.focusable) frame.semantics.focus(id);
    if (frame.semantics.take(MirrorEventKind::Click, id) && !node.state.disabled) {
        hit.clicked = true;
        state.keyboard = true;
        state.redraw = true;
    }
    if (state.focus_first && !node.state.disabled && node.state.focusable && node.role != NodeRole::Row) {
        state.focus_first = false;
        frame.semantics.focus(id);
    }
    hit.focused = state.focused == id;
    hit.ring = hit.focused && state.keyboard;
    node.id = id;
    node.bounds = node_rect(area);
    node.clip = node_rect(seen);
    node.state.focused = hit.focused;
    if (nest == Nest::Open) frame.semantics.open(std::move(node));
    else frame.semantics.leaf(std::move(node));
    return hit;
}

void note(const Frame& frame, NodeRole role, Rect area, std::string_view name, int level, std::string_view value) {
    if (!readable(frame) || name.empty()) return;
    Node node = make_node(role, name);
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    std::uint32_t id = window->GetID(name.data(), name.data() + name.size());
    while (id == 0 || !frame.widgets->ids.insert(id).second) id = id * 33u + 1u;
    node.id = id;
    node.value = std::string(value);
    node.state.level = level;
    node.state.focusable = false;
    node.bounds = node_rect(area);
    node.clip = node_rect(visible_part(area));
    frame.semantics.leaf(std::move(node));
}

Part::Part(const Frame& frame, NodeRole role, const char* key, Rect area, std::string_view name, NodeState state)
    : id(item_id(frame, key)), semantics_(readable(frame) ? &frame.semantics : nullptr) {
    if (!semantics_) return;
    Node node = make_node(role, name);
    node.id = id;
    node.state = state;
    node.state.focusable = false;
    node.bounds = node_rect(area);
    node.clip = node_rect(visible_part(area));
    semantics_->open(std::move(node));
}

Part::~Part() {
    if (semantics_) semantics_->close();
}

void draw_ring(const Frame& frame, const Hit& hit, float radius) {
    if (!hit.ring) return;
    const float out = frame.px(2);
    ImGui::GetWindowDrawList()->AddRect(ImVec2(hit.area.x0 - out, hit.area.y0 - out), ImVec2(hit.area.x1 + out, hit.area.y1 + out),
                                        frame.theme.palette.accent, radius + out, 0, frame.px(2));
}

}  // namespace entente::ui
