#include "ui/views/timeline.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/views/words.hpp"
#include "ui/widgets/item.hpp"
#include "ui/widgets/paint.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

constexpr double kLeastPxPerDay = 0.4, kMostPxPerDay = 120.0;

// The first shift's begin and the last one's end on the calendar's first worked weekday.
void working_hours(const plan::Calendar& calendar, int& begin, int& end) {
    for (const auto& shifts : calendar.week) {
        if (shifts.empty()) continue;
        begin = shifts.front().from_minute;
        end = shifts.back().to_minute;
        return;
    }
}

// Where the header's dates stand: every 1, 2, 7, 14 or 28 days on a Monday, or the first of every 1, 3 or 12 months.
struct Ticks {
    int days = 0, months = 0;
};

Ticks choose_ticks(double px_per_day, float wanted_px) {
    for (const int days : {1, 2, 7, 14, 28}) {
        if (days * px_per_day >= wanted_px) return {days, 0};
    }
    for (const int months : {2, 3, 6}) {
        if (months * 30.4 * px_per_day >= wanted_px) return {0, months};
    }
    return {0, 12};
}

Day first_tick(Day from, Ticks ticks) {
    if (ticks.days == 1) return from;
    if (ticks.days == 2) return from - (((from.n % 2) + 2) % 2);
    if (ticks.days) {
        const Day monday = from - weekday(from);
        const int weeks = ticks.days / 7, week = monday.n / 7;
        return monday - (week % weeks) * 7;
    }
    const YearMonthDay date = year_month_day(std::max(from, kFirstDay));
    return *day_from(date.year, (date.month - 1) / ticks.months * ticks.months + 1, 1);
}

Day next_tick(Day at, Ticks ticks) {
    if (ticks.days) return at + ticks.days;
    const YearMonthDay date = year_month_day(at);
    const int index = date.year * 12 + date.month - 1 + ticks.months;
    return day_from(index / 12, index % 12 + 1, 1).value_or(kLastDay);
}

}  // namespace

double Timeline::place(LocalMinute at) const {
    const Day day = day_of(at);
    const double span = std::max(day_end_ - day_begin_, 1);
    const double part = (minute_of_day(at) - day_begin_) / span;
    return day.n + std::min(std::max(part, 0.0), 1.0);
}

Rect Timeline::bar_of(const Frame& frame, Rect line, const plan::ScheduledTask& at) const {
    const float y = std::floor(line.mid_y() - frame.px(6));
    const float x0 = std::floor(x_of(place(at.start))), x1 = std::floor(x_of(place(at.finish)));
    return {x0, y, std::max(x1, x0 + frame.px(3)), y + frame.px(11)};
}

void Timeline::zoom(float factor, float about) {
    const float x = plot_.x0 + plot_.w() * about;
    const double day = day_at(x);
    touched_ = true;
    px_per_day_ = std::min(std::max(px_per_day_ * factor, kLeastPxPerDay), kMostPxPerDay);
    day0_ = day - static_cast<double>(x - plot_.x0) / px_per_day_;
}

void Timeline::pan(float by) {
    day0_ += static_cast<double>(by) / px_per_day_;
    touched_ = true;
}

void Timeline::fit_now(const Frame& frame, const TimelineRows& rows) {
    const double days = std::max(rows.last_day() - rows.first_day(), 7) + 1;
    // Room at the right for what stands beside the last marks.
    const double room = std::max(plot_.w() - frame.px(96), frame.px(120));
    px_per_day_ = std::min(std::max(room / days, kLeastPxPerDay), static_cast<double>(frame.px(36)));
    day0_ = rows.first_day().n - frame.px(16) / px_per_day_;
    fitted_ = true;
    fitted_width_ = plot_.w();
}

// Pans so that the end of the row's bar is in view.
void Timeline::reveal_bar(const Frame& frame, const TimelineRow& row) {
    if (row.task < 0) return;
    const double finish = place(frame.answers->schedule.rows[static_cast<std::size_t>(row.task)].finish);
    const float x = x_of(finish);
    if (x < plot_.x0 + frame.px(16) || x > plot_.x1 - frame.px(16)) day0_ = finish - static_cast<double>(plot_.w() * 0.5f) / px_per_day_;
}

void Timeline::draw_head(const Frame& frame, Rect head) const {
    const Palette& p = frame.theme.palette;
    const Ticks ticks = choose_ticks(px_per_day_, frame.px(66));
    const auto clamp_day = [](double day) { return Day{static_cast<std::int32_t>(std::min(std::max(day, 0.0), 84000.0))}; };
    const Day from = clamp_day(day0_), to = clamp_day(day_at(plot_.x1) + 1);
    const float today_x = x_of(frame.today.n + 0.5);
    const char* today = frame.tr("today");
    const float today_w = text_width(frame.theme.fonts.small, today);
    for (Day day = first_tick(from, ticks); day <= to && day < kLastDay; day = next_tick(day, ticks)) {
        const float x = x_of(day.n);
        const std::string text = ticks.months ? frame.locale.month(day) : frame.locale.date_short(day);
        const float width = text_width(frame.theme.fonts.small, text);
        const bool under_today = x + width + frame.px(4) > today_x - today_w * 0.5f && x < today_x + today_w * 0.5f + frame.px(4);
        if (x < head.x0 || x + width > head.x1 || under_today) continue;
        draw_text(frame.theme.fonts.small, x, head.mid_y() - font_height(frame.theme.fonts.small) * 0.5f, p.muted, text);
    }
    if (today_x - today_w * 0.5f >= head.x0 && today_x + today_w * 0.5f <= head.x1) {
        draw_text(frame.theme.fonts.small, today_x - today_w * 0.5f, head.mid_y() - font_height(frame.theme.fonts.small) * 0.5f,
                  p.accent, today);
    }
    line(head.x0 - names_, head.y1 - 1, head.x1, head.y1 - 1, p.line, 1);
}

void Timeline::wheel(const Frame& frame, Rect body) {
    const ImGuiIO& io = ImGui::GetIO();
    if (!pointer_in(body)) return;
    if (io.KeyCtrl && io.MouseWheel != 0) {
        const float about = (io.MousePos.x - plot_.x0) / std::max(plot_.w(), 1.0f);
        zoom(std::pow(1.15f, io.MouseWheel), std::min(std::max(about, 0.0f), 1.0f));
    } else if (io.KeyShift && io.MouseWheel != 0) {
        pan(-io.MouseWheel * frame.px(60));
    } else if (io.MouseWheel != 0) {
        ImGui::SetScrollY(ImGui::GetScrollY() - io.MouseWheel * row_height_ * 3);
    }
    if (io.MouseWheelH != 0) pan(-io.MouseWheelH * frame.px(60));
}

// A press without a drag: the arrow of a group opens or closes it, else the row is chosen. `x` counts from the row's left end.
void Timeline::click(const Frame& frame, const TimelineRows& rows, int index, float x, TimelineAsk& ask) {
    const TimelineRow& row = rows.rows()[static_cast<std::size_t>(index)];
    const float arrow = frame.px(static_cast<float>(12 * row.indent)) + frame.px(20);
    if (row.is_group && (x <= arrow || row.task < 0) && x < names_) {
        ask.fold = rows.group_key(frame, row);
    } else if (row.task >= 0) {
        ask.select = frame.project->tasks[static_cast<std::size_t>(row.task)].id;
        focus_row_ = index;
    }
}

void Timeline::pointer(const Frame& frame, Rect body, TimelineRows& rows, TimelineAsk& ask) {
    const ImRect box_of(body.x0, body.y0, body.x1, body.y1);
    bool hovered = false, held = false;
    canvas_ = item_id(frame, "canvas");
    const ImGuiIO& io = ImGui::GetIO();
    if (!ImGui::ItemAdd(box_of, canvas_, nullptr, ImGuiItemFlags_NoNav)) return;
    ImGui::ButtonBehavior(box_of, canvas_, &hovered, &held, ImGuiButtonFlags_NoNavFocus);
    ImGui::SetItemKeyOwner(ImGuiKey_MouseWheelY);
    wheel(frame, body);
    // A pointer that is nowhere has a position that no int can hold.
    const float row_at = ImGui::IsMousePosValid() ? std::floor((io.MousePos.y - rows_top_) / row_height_) : -1.0f;
    const bool on_row = row_at >= 0 && row_at < static_cast<float>(rows.rows().size());
    const int row = on_row ? static_cast<int>(row_at) : -1;
    if (hovered && ImGui::IsMouseClicked(0)) begin_drag(frame, rows, row, io.MousePos.x, io.MousePos.y);
    if (held && drag_.grip != Grip::None) move_drag(frame, rows, io.MousePos.x, io.MousePos.y);
    if (!held && drag_.grip != Grip::None) {
        if (!drag_.started && !drag_.given_up && on_row && hovered) click(frame, rows, row, io.MousePos.x - body.x0, ask);
        end_drag(frame, rows, ask);
    }
    hover_row_ = hovered && drag_.grip == Grip::None ? row : -1;
    const Grip grip = drag_.grip != Grip::None ? drag_.grip : hovered && on_row ? grip_at(frame, rows, row, io.MousePos.x) : Grip::None;
    if (grip == Grip::Length) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    else if (grip == Grip::Link) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
    else if (grip == Grip::Move || (hovered && on_row && io.MousePos.x < plot_.x0)) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

TimelineAsk Timeline::draw(const Frame& frame, Rect area, TimelineRows& rows, TaskId selected) {
    TimelineAsk ask;
    if (!frame.project || area.w() < frame.px(200)) return ask;
    names_ = std::min(frame.px(220), std::floor(area.w() * 0.37f));
    row_height_ = frame.px(24);
    const float head = frame.px(28);
    plot_ = {area.x0 + names_, area.y0 + head, area.x1, area.y1};
    working_hours(project_calendar(*frame.project), day_begin_, day_end_);
    if (project_ != frame.project->id) touched_ = false;
    if (!fitted_ || project_ != frame.project->id || (!touched_ && fitted_width_ != plot_.w())) fit_now(frame, rows);
    project_ = frame.project->id;
    draw_head(frame, {plot_.x0, area.y0, plot_.x1, area.y0 + head});
    const Rect body{area.x0, area.y0 + head, area.x1, area.y1};
    ImGui::SetCursorScreenPos(ImVec2(body.x0, body.y0));
    ImGui::BeginChild("##rows", ImVec2(body.w(), std::max(body.h(), 1.0f)), 0,
                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse |
                          ImGuiWindowFlags_NoSavedSettings);
    const float content = row_height_ * static_cast<float>(rows.rows().size()) + frame.px(12);
    if (std::exchange(reveal_, false)) {
        const int row = rows.row_of(frame, ask.select.value_or(selected));
        const float y = row_height_ * static_cast<float>(std::max(row, 0)), scroll = ImGui::GetScrollY();
        if (row >= 0 && (y < scroll || y + row_height_ > scroll + body.h())) ImGui::SetScrollY(std::max(0.0f, y - body.h() * 0.4f));
        if (row >= 0) reveal_bar(frame, rows.rows()[static_cast<std::size_t>(row)]);
    }
    rows_top_ = std::floor(ImGui::GetCursorScreenPos().y);
    const Part part(frame, NodeRole::Table, "schedule", body, frame.tr("Schedule"), [&] {
        NodeState state;
        state.rows = static_cast<std::int32_t>(rows.rows().size());
        return state;
    }());
    draw_shading(frame, {plot_.x0, body.y0, body.x1, std::min(body.y1, rows_top_ + content)}, rows);
    find_chain(frame, selected);
    pointer(frame, body, rows, ask);
    draw_rows(frame, body, rows, selected, ask);
    draw_drag(frame, body, rows);
    ImGui::SetCursorScreenPos(ImVec2(body.x0, rows_top_ + content));
    ImGui::Dummy(ImVec2(1, 0));
    ImGui::EndChild();
    return ask;
}

}  // namespace entente::ui
