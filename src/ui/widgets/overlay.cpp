#include "ui/widgets/overlay.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

#include "icons.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

// No focus on appearing: a tooltip that comes up during a press would take the press away from its button.
constexpr ImGuiWindowFlags kOverlayFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav |
                                           ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove |
                                           ImGuiWindowFlags_NoFocusOnAppearing;

// A window over the whole canvas, above everything drawn so far. It takes the pointer.
void begin_layer(const Frame& frame, const char* name) {
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImVec2(frame.width, frame.height));
    ImGui::Begin(name, nullptr, kOverlayFlags | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
}

void shadow(const Frame& frame, Rect r, float radius) {
    for (int i = 3; i >= 1; --i) {
        const float grow = frame.px(static_cast<float>(i) * 2);
        fill({r.x0 - grow, r.y0 - grow + frame.px(2), r.x1 + grow, r.y1 + grow + frame.px(2)},
             with_alpha(0xFF000000u, frame.theme.dark ? 0.12f : 0.05f), radius + grow);
    }
}

void draw_sheet(const Frame& frame, Rect r) {
    shadow(frame, r, frame.px(6));
    fill(r, frame.theme.palette.panel, frame.px(6));
    outline(frame, r, frame.theme.palette.line, frame.px(6));
}

// Below its anchor, or above it where there is no room below.
Rect sheet_at(const Frame& frame, Rect anchor, float width, float height) {
    const float gap = frame.px(4), edge = frame.px(8);
    float y = anchor.y1 + gap;
    if (y + height > frame.height - edge && anchor.y0 - gap - height > edge) y = anchor.y0 - gap - height;
    y = std::max(edge, std::min(y, frame.height - edge - height));
    const float x = std::max(edge, std::min(anchor.x0, frame.width - edge - width));
    return box(std::floor(x), std::floor(y), width, height);
}

void leave_list(const Frame& frame) {
    frame.semantics.focus(frame.widgets->list->owner);
    frame.widgets->list.reset();
    frame.widgets->redraw = true;
}

// The highlighted line follows the arrow keys and typed letters. True where it moved.
bool move_highlight(OpenList& list) {
    const int count = static_cast<int>(list.options.size());
    int at = list.highlighted;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) ++at;
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) --at;
    if (ImGui::IsKeyPressed(ImGuiKey_PageDown)) at += 8;
    if (ImGui::IsKeyPressed(ImGuiKey_PageUp)) at -= 8;
    if (ImGui::IsKeyPressed(ImGuiKey_Home)) at = 0;
    if (ImGui::IsKeyPressed(ImGuiKey_End)) at = count - 1;
    for (const ImWchar typed : ImGui::GetIO().InputQueueCharacters) {
        for (int i = 1; i <= count; ++i) {
            const std::string& option = list.options[static_cast<std::size_t>((at + i) % count)];
            if (!option.empty() && (option[0] | 32) == static_cast<int>(typed | 32)) {
                at = (at + i) % count;
                break;
            }
        }
    }
    at = std::max(0, std::min(at, count - 1));
    return std::exchange(list.highlighted, at) != at;
}

void option_row(const Frame& frame, OpenList& list, int index, Rect area, bool take_focus) {
    const Palette& p = frame.theme.palette;
    const std::string& text = list.options[static_cast<std::size_t>(index)];
    const IdScope scope(static_cast<std::uint64_t>(index));
    Node node = make_node(NodeRole::Option, text);
    node.state.selected = index == list.selected;
    node.state.row = index + 1;
    node.state.rows = static_cast<std::int32_t>(list.options.size());
    const Hit hit = item(frame, "option", area, std::move(node));
    if (take_focus && index == list.highlighted) frame.semantics.focus(hit.id);
    if (hit.focused && hit.id) list.highlighted = index;
    if (index == list.highlighted || hit.hovered) fill(area.inset(frame.px(4), 0), p.panel2, frame.px(4));
    const Rect words{area.x0 + frame.px(30), area.y0, area.x1 - frame.px(10), area.y1};
    if (index == list.selected) draw_shape(Shape::Tick, area.x0 + frame.px(18), area.mid_y(), frame.px(9), p.accent);
    text_in(frame, frame.theme.fonts.body, words, p.text, text);
    if (hit.clicked) frame.widgets->picked_option = std::pair<std::uint32_t, int>(list.owner, index);
}

void draw_list(const Frame& frame) {
    WidgetState& state = *frame.widgets;
    OpenList& list = *state.list;
    const float row = frame.px(30), pad = frame.px(4);
    float width = list.anchor.w();
    const std::size_t measured = std::min<std::size_t>(list.options.size(), 200);
    for (std::size_t i = 0; i < measured; ++i) width = std::max(width, text_width(frame.theme.fonts.body, list.options[i]) + frame.px(52));
    width = std::min(width, frame.px(420));
    const float content = row * static_cast<float>(list.options.size());
    const Rect sheet = sheet_at(frame, list.anchor, width, std::min(content, row * 9.5f) + pad * 2);
    begin_layer(frame, "##list");
    draw_sheet(frame, sheet);
    const bool moved = move_highlight(list);
    {
        const Part part(frame, NodeRole::ListBox, "listbox", sheet, list.name);
        if (std::exchange(list.listbox, part.id) != part.id) state.redraw = true;
        ScrollArea area(frame, "##options", sheet.inset(1, pad));
        const float top = area.flow.y, y = row * static_cast<float>(list.highlighted);
        const float scroll = ImGui::GetScrollY(), view = sheet.h() - pad * 2;
        if (moved || list.take_focus) {
            if (y < scroll) ImGui::SetScrollY(y);
            else if (y + row > scroll + view) ImGui::SetScrollY(y + row - view);
        }
        const int first = std::max(0, static_cast<int>(scroll / row) - 1);
        const int last = std::min(static_cast<int>(list.options.size()), first + static_cast<int>(view / row) + 3);
        const bool focus = moved || list.take_focus;
        list.take_focus = list.take_focus && (list.highlighted < first || list.highlighted >= last);
        if (list.take_focus) state.redraw = true;
        for (int i = first; i < last; ++i)
            option_row(frame, list, i, box(area.flow.x, top + row * static_cast<float>(i), area.flow.w, row), focus);
        area.flow.y = top + content;
    }
    const bool outside = ImGui::IsMouseClicked(0) && !sheet.contains(ImGui::GetMousePos().x, ImGui::GetMousePos().y);
    ImGui::End();
    state.cover = sheet;
    if (state.picked_option && state.picked_option->first == list.owner) leave_list(frame);
    else if (outside) state.list.reset(), state.redraw = true;
}

Day month_start(Day day) {
    const YearMonthDay d = year_month_day(day);
    return *day_from(d.year, d.month, 1);
}

Day month_moved(Day day, int months) {
    YearMonthDay d = year_month_day(day);
    const int index = d.year * 12 + d.month - 1 + months;
    return day_from(index / 12, index % 12 + 1, 1).value_or(day);
}

void month_header(const Frame& frame, OpenCalendar& calendar, Rect strip) {
    const float side = strip.h();
    if (icon_button(frame, {strip.x0, strip.y0, strip.x0 + side, strip.y1}, kIconChevronLeft, frame.tr("Month before")))
        calendar.shown = month_moved(calendar.shown, -1);
    if (icon_button(frame, {strip.x1 - side, strip.y0, strip.x1, strip.y1}, kIconChevronRight, frame.tr("Month after")))
        calendar.shown = month_moved(calendar.shown, 1);
    const std::string name = frame.locale.month(calendar.shown);
    note(frame, NodeRole::Heading, strip, name, 2);
    text_in(frame, frame.theme.fonts.strong, {strip.x0 + side, strip.y0, strip.x1 - side, strip.y1}, frame.theme.palette.text,
            name, Align::Centre);
}

void day_cell(const Frame& frame, OpenCalendar& calendar, Day day, Rect area, bool take_focus) {
    const Palette& p = frame.theme.palette;
    const IdScope scope(static_cast<std::uint64_t>(day.n));
    const bool working = calendar.working[static_cast<std::size_t>(weekday(day))];
    Node node = make_node(NodeRole::Button, frame.locale.date(day));
    node.state.pressed = day == calendar.selected;
    if (!working) node.description = frame.tr("Not a working day");
    const Hit hit = item(frame, "day", area, std::move(node));
    if (take_focus && day == calendar.selected) frame.semantics.focus(hit.id);
    const bool chosen = day == calendar.selected;
    if (chosen) fill(area.inset(1, 1), p.accent, frame.px(6));
    else if (hit.hovered) fill(area.inset(1, 1), p.panel2, frame.px(6));
    if (day == calendar.today && !chosen) outline(frame, area.inset(1, 1), p.edge, frame.px(6));
    const std::uint32_t colour = chosen ? p.on_accent : working ? p.text : p.faint;
    text_in(frame, frame.theme.fonts.dense, area, colour, std::to_string(year_month_day(day).day), Align::Centre);
    draw_ring(frame, hit, frame.px(6));
    if (hit.clicked) frame.widgets->picked_day = std::pair<std::uint32_t, Day>(calendar.owner, day);
}

bool move_day(OpenCalendar& calendar) {
    int step = 0;
    if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) step = -1;
    if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) step = 1;
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) step = -7;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) step = 7;
    const Day next = calendar.selected + step;
    if (step == 0 || next < kFirstDay || next > kLastDay) return false;
    calendar.selected = calendar.shown = next;
    return true;
}

void draw_calendar(const Frame& frame) {
    WidgetState& state = *frame.widgets;
    OpenCalendar& calendar = *state.calendar;
    const float cell = frame.px(34), pad = frame.px(12);
    const bool moved = move_day(calendar), focus = moved || std::exchange(calendar.take_focus, false);
    const Day first = month_start(calendar.shown), monday = first - weekday(first);
    const int weeks = (month_moved(first, 1) - monday + 6) / 7;
    const Rect sheet = sheet_at(frame, calendar.anchor, cell * 7 + pad * 2, pad * 2 + frame.px(56) + cell * static_cast<float>(weeks));
    begin_layer(frame, "##calendar");
    draw_sheet(frame, sheet);
    {
        const Part part(frame, NodeRole::Group, "month", sheet, frame.tr("Choose a date"));
        month_header(frame, calendar, {sheet.x0 + pad, sheet.y0 + pad, sheet.x1 - pad, sheet.y0 + pad + frame.px(28)});
        for (int i = 0; i < 7; ++i) {
            const Rect head = box(sheet.x0 + pad + cell * static_cast<float>(i), sheet.y0 + pad + frame.px(32), cell, frame.px(20));
            const std::string text = frame.locale.date_weekday(monday + i);
            const std::string_view name = std::string_view(text).substr(0, text.find(' '));
            text_in(frame, frame.theme.fonts.small, head, frame.theme.palette.muted, name, Align::Centre);
        }
        const int month = year_month_day(first).month;
        for (int i = 0; i < 42; ++i) {
            const Day day = monday + i;
            if (day < kFirstDay || day > kLastDay || year_month_day(day).month != month) continue;
            day_cell(frame, calendar, day,
                     box(sheet.x0 + pad + cell * static_cast<float>(i % 7),
                         sheet.y0 + pad + frame.px(56) + cell * static_cast<float>(i / 7), cell, cell),
                     focus);
        }
    }
    const bool outside = ImGui::IsMouseClicked(0) && !sheet.contains(ImGui::GetMousePos().x, ImGui::GetMousePos().y);
    ImGui::End();
    state.cover = sheet;
    if (state.picked_day || outside) {
        if (state.picked_day) frame.semantics.focus(calendar.owner);
        state.calendar.reset();
        state.redraw = true;
    }
}

void draw_tooltip(const Frame& frame) {
    WidgetState& state = *frame.widgets;
    if (state.tooltip.empty()) return;
    const ImFont* font = frame.theme.fonts.dense;
    const float width = std::min(text_width(font, state.tooltip) + 1, frame.px(320));
    const float height = wrapped_height(frame, font, width, state.tooltip);
    const Rect sheet = sheet_at(frame, state.tooltip_anchor, std::ceil(width) + frame.px(20), height + frame.px(12));
    ImGui::SetNextWindowPos(ImVec2(0, 0));
    ImGui::SetNextWindowSize(ImVec2(frame.width, frame.height));
    ImGui::Begin("##tooltip", nullptr, kOverlayFlags | ImGuiWindowFlags_NoInputs);
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    draw_sheet(frame, sheet);
    draw_wrapped(frame, font, sheet.x0 + frame.px(10), sheet.y0 + frame.px(6), width, frame.theme.palette.text, state.tooltip);
    ImGui::End();
}

}  // namespace

void begin_widgets(const Frame& frame, bool dialog_open) {
    WidgetState& state = *frame.widgets;
    state.ids.clear();
    state.tooltip.clear();
    state.redraw = false;
    state.dialog_open = dialog_open;
    state.in_dialog = false;
    if (!dialog_open && state.dialog) {
        if (state.return_focus) frame.semantics.focus(state.return_focus);
        state.dialog = state.return_focus = 0;
    }
    if (ImGui::IsMouseClicked(0)) state.keyboard = false;
    for (const ImGuiKey key :
         {ImGuiKey_Tab, ImGuiKey_UpArrow, ImGuiKey_DownArrow, ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_Enter}) {
        if (ImGui::IsKeyPressed(key)) state.keyboard = true;
    }
    if (!state.list && !state.calendar) state.cover = Rect{};
}

void draw_overlays(const Frame& frame) {
    WidgetState& state = *frame.widgets;
    if (state.list) draw_list(frame);
    else if (state.calendar) draw_calendar(frame);
    // What nobody took by now is meant for a field that is not there any more.
    state.focus_first = state.focus_first && state.redraw;
    draw_tooltip(frame);
}

bool close_overlay(const Frame& frame) {
    WidgetState& state = *frame.widgets;
    if (state.list) {
        leave_list(frame);
        return true;
    }
    if (state.calendar) {
        frame.semantics.focus(state.calendar->owner);
        state.calendar.reset();
        state.redraw = true;
        return true;
    }
    return false;
}

Dialog::Dialog(const Frame& frame, const char* key, std::string_view title, float width_css) : frame_(frame) {
    WidgetState& state = *frame.widgets;
    begin_layer(frame, key);
    state.in_dialog = true;
    id_ = item_id(frame, "dialog");
    if (state.dialog != id_) {
        state.dialog = id_;
        state.return_focus = state.focused;
        state.focus_first = true;
    }
    const auto known = state.heights.find(id_);
    const float head = frame.px(56), most = frame.height - frame.px(48);
    const float content = known == state.heights.end() ? frame.px(240) : known->second;
    const float width = std::min(frame.px(width_css), frame.width - frame.px(32)), height = std::min(head + content, most);
    area_ = box(std::floor((frame.width - width) * 0.5f), std::floor((frame.height - height) * 0.45f), width, height);
    fill({0, 0, frame.width, frame.height}, with_alpha(0xFF000000u, frame.theme.dark ? 0.55f : 0.35f));
    shadow(frame, area_, frame.px(8));
    fill(area_, frame.theme.palette.panel, frame.px(8));
    outline(frame, area_, frame.theme.palette.line, frame.px(8));
    Node node = make_node(NodeRole::Dialog, title);
    node.id = id_;
    node.state.modal = true;
    node.state.focusable = false;
    node.bounds = node.clip = node_rect(area_);
    frame.semantics.open(std::move(node));
    const float pad = frame.px(24);
    heading_in(frame, {area_.x0 + pad, area_.y0 + frame.px(16), area_.x1 - frame.px(56), area_.y0 + frame.px(48)}, 1, title);
    ImGui::SetCursorScreenPos(ImVec2(area_.x0, area_.y0 + head));
    ImGui::BeginChild("##content", ImVec2(area_.w(), std::max(area_.h() - head - frame.px(4), 1.0f)), 0,
                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    content_top_ = at.y;
    flow = Flow{at.x + pad, at.y + frame.px(4), area_.w() - pad * 2};
    if (std::exchange(state.escape, false)) closed = true;
}

Dialog::~Dialog() {
    WidgetState& state = *frame_.widgets;
    const float content = std::ceil(flow.y - content_top_ + frame_.px(24));
    float& known = state.heights[id_];
    if (known != content) {
        known = content;
        state.redraw = true;
    }
    ImGui::SetCursorScreenPos(ImVec2(flow.x, flow.y + frame_.px(12)));
    ImGui::Dummy(ImVec2(1, 0));
    ImGui::EndChild();
    const float side = frame_.px(32);
    const Rect cross = box(area_.x1 - side - frame_.px(16), area_.y0 + frame_.px(16), side, side);
    if (icon_button(frame_, cross, kIconX, frame_.tr("Close"), false, "Escape")) closed = true;
    if (state.list || state.calendar) draw_overlays(frame_);
    frame_.semantics.close();
    state.in_dialog = false;
    ImGui::End();
}

bool toast(const Frame& frame, const Toast& notice, float above_bottom, bool& dismissed) {
    const Palette& p = frame.theme.palette;
    const std::string text = frame.text(notice.text);
    const ButtonSpec undo{frame.tr("Undo"), Look::Quiet, nullptr, false, nullptr, "Control+Z"};
    const float undo_w = notice.can_undo ? button_width(frame, undo) + frame.px(4) : 0.0f;
    const float text_w = std::min(text_width(frame.theme.fonts.body, text), frame.width * 0.6f);
    const float width = text_w + undo_w + frame.px(16 + 20 + 12 + 36), height = frame.px(44);
    const Rect area = box(std::floor((frame.width - width) * 0.5f), frame.height - height - above_bottom, width, height);
    ImGui::SetNextWindowPos(ImVec2(area.x0 - frame.px(8), area.y0 - frame.px(8)));
    ImGui::SetNextWindowSize(ImVec2(area.w() + frame.px(16), area.h() + frame.px(16)));
    ImGui::Begin("##toast", nullptr, kOverlayFlags);
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    draw_sheet(frame, area);
    outline(frame, area, p.edge, frame.px(6));
    frame.widgets->notice_cover = area;
    const Part part(frame, notice.is_error ? NodeRole::Alert : NodeRole::Status, "notice", area, text);
    draw_shape(notice.is_error ? Shape::Triangle : Shape::Tick, area.x0 + frame.px(22), area.mid_y(), frame.px(11),
               notice.is_error ? p.bad : p.ok);
    text_in(frame, frame.theme.fonts.body, {area.x0 + frame.px(36), area.y0, area.x0 + frame.px(36) + text_w + 1, area.y1}, p.text, text);
    bool pressed = false;
    const float side = frame.px(30), y = area.mid_y() - side * 0.5f;
    if (notice.can_undo) pressed = button(frame, box(area.x1 - frame.px(40) - undo_w, y, undo_w, side), undo);
    dismissed = icon_button(frame, box(area.x1 - frame.px(38), y, side, side), kIconX, frame.tr("Dismiss"));
    ImGui::End();
    return pressed;
}

}  // namespace entente::ui
