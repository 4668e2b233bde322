#include "ui/widgets/layout.hpp"

#include <imgui.h>

#include <cmath>

namespace entente::ui {

Flow Flow::column(int index, int count, float space) const {
    const float n = static_cast<float>(count), i = static_cast<float>(index);
    const float each = (w - space * (n - 1)) / n;
    const float left = std::floor(x + i * (each + space) + 0.5f);
    return Flow{left, y, std::floor(x + i * (each + space) + each + 0.5f) - left};
}

Row::Row(Flow& flow, float height, float space)
    : flow_(flow), height_(height), space_(space), y_(flow.y), left_(flow.x), right_(flow.x + flow.w), start_(flow.x),
      end_(flow.x + flow.w) {
    flow_.y += height;
}

void Row::next_line() {
    flow_.y += space_;
    y_ = flow_.y;
    left_ = start_;
    right_ = end_;
    flow_.y += height_;
}

Rect Row::left(float width) {
    if (width > room() + 0.5f && (left_ > start_ || right_ < end_)) next_line();
    const Rect r = box(left_, y_, std::min(width, std::max(room(), 1.0f)), height_);
    left_ += width + space_;
    return r;
}

Rect Row::right(float width) {
    if (width > room() + 0.5f && (left_ > start_ || right_ < end_)) next_line();
    const Rect r = box(right_ - width, y_, width, height_);
    right_ -= width + space_;
    return r;
}

Rect Row::rest() {
    const Rect r = box(left_, y_, std::max(room(), 0.0f), height_);
    left_ = right_;
    return r;
}

ScrollArea::ScrollArea(const Frame& frame, const char* key, Rect area) : area_(area) {
    ImGui::SetCursorScreenPos(ImVec2(area.x0, area.y0));
    ImGui::BeginChild(key, ImVec2(std::max(area.w(), 1.0f), std::max(area.h(), 1.0f)), 0,
                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float bar = ImGui::GetScrollMaxY() > 0 ? frame.px(10) : 0.0f;
    flow = Flow{std::floor(at.x), std::floor(at.y), std::floor(area.w() - bar)};
}

ScrollArea::~ScrollArea() {
    ImGui::SetCursorScreenPos(ImVec2(flow.x, flow.y));
    ImGui::Dummy(ImVec2(1, 0));
    ImGui::EndChild();
}

IdScope::IdScope(std::uint64_t id) {
    const char* bytes = reinterpret_cast<const char*>(&id);
    ImGui::PushID(bytes, bytes + sizeof id);
}
IdScope::IdScope(const char* name) { ImGui::PushID(name); }
IdScope::~IdScope() { ImGui::PopID(); }

}  // namespace entente::ui
