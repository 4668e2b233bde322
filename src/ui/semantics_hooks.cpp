#include "ui/semantics_hooks.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include "ui/semantics.hpp"

namespace entente::ui {
namespace {

NodeRect rect_of(const ImRect& rect) { return NodeRect{rect.Min.x, rect.Min.y, rect.Max.x, rect.Max.y}; }

NodeRect visible_part(ImRect rect, const ImRect& clip) {
    rect.ClipWith(clip);
    return rect.IsInverted() ? NodeRect{} : rect_of(rect);
}

// The label as a person sees it: without what follows "##".
std::string_view visible_label(const char* label) {
    const char* end = ImGui::FindRenderedTextEnd(label);
    return std::string_view(label, static_cast<std::size_t>(end - label));
}

Node describe(const ImGuiContext& context, ImGuiID id, std::string_view label, ImGuiItemStatusFlags flags) {
    Node node;
    node.id = id;
    node.role = NodeRole::Button;
    node.name = std::string(label);
    if ((flags & ImGuiItemStatusFlags_Checkable) != 0) {
        node.role = NodeRole::Checkbox;
        node.state.checked = (flags & ImGuiItemStatusFlags_Checked) != 0;
    } else if ((flags & ImGuiItemStatusFlags_Openable) != 0) {
        node.state.expanded = (flags & ImGuiItemStatusFlags_Opened) != 0;
    }
    node.state.disabled = (context.LastItemData.InFlags & ImGuiItemFlags_Disabled) != 0;
    node.bounds = rect_of(context.LastItemData.Rect);
    node.clip = visible_part(context.LastItemData.Rect, context.CurrentWindow->ClipRect);
    return node;
}

}  // namespace

void hook_items(ImGuiContext* context, Semantics* semantics) {
    context->TestEngine = semantics;
    context->TestEngineHookItems = semantics != nullptr;
}

void press_unclaimed(const Semantics& semantics) {
    if (const std::uint32_t id = semantics.unclaimed_click(); id != 0) {
        ImGui::ActivateItemByID(id);
    }
}

}  // namespace entente::ui

// What Dear ImGui declares and leaves to us (imgui_internal.h).

void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID, const ImRect&, const ImGuiLastItemData*) {}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* context, ImGuiID id, const char* label, ImGuiItemStatusFlags flags) {
    auto* semantics = static_cast<entente::ui::Semantics*>(context->TestEngine);
    if (semantics == nullptr || id == 0 || label == nullptr || context->LastItemData.ID != id) {
        return;
    }
    // Text and numbers are edited in fields that our own widgets describe.
    if ((flags & ImGuiItemStatusFlags_Inputable) != 0) {
        return;
    }
    const std::string_view shown = entente::ui::visible_label(label);
    if (!shown.empty()) {
        semantics->item(entente::ui::describe(*context, id, shown, flags));
    }
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return ""; }
