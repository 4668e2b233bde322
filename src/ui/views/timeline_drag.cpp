// Dragging on the timeline: what is under the pointer, what would become of it, and the one command at the end.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "ui/views/timeline.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/paint.hpp"

namespace entente::ui {

Timeline::Grip Timeline::grip_at(const Frame& frame, const TimelineRows& rows, int row, float x) const {
    const TimelineRow& at = rows.rows()[static_cast<std::size_t>(row)];
    if (at.task < 0 || x < plot_.x0) return Grip::None;
    const plan::Task& task = frame.project->tasks[static_cast<std::size_t>(at.task)];
    if (task.kind == plan::TaskKind::Summary || task.percent_done == 100) return Grip::None;
    const Rect bar = bar_of(frame, box(0, 0, 1, row_height_), frame.answers->schedule.rows[static_cast<std::size_t>(at.task)]);
    const float reach = frame.px(5);
    if (task.kind == plan::TaskKind::Milestone) return std::abs(x - bar.x0) <= frame.px(9) ? Grip::Move : Grip::None;
    if (std::abs(x - bar.x1) <= reach) return Grip::Length;
    return x >= bar.x0 && x <= bar.x1 ? Grip::Move : Grip::None;
}

void Timeline::begin_drag(const Frame& frame, const TimelineRows& rows, int row, float x, float y) {
    drag_ = Drag{};
    drag_.grip = row >= 0 ? grip_at(frame, rows, row, x) : Grip::None;
    if (drag_.grip == Grip::None) drag_.grip = Grip::Pan;
    drag_.row = row;
    drag_.from_x = x;
    drag_.from_y = y;
    drag_.day_from = day0_;
    drag_.scroll_from = ImGui::GetScrollY();
}

void Timeline::move_drag(const Frame& frame, const TimelineRows& rows, float x, float y) {
    if (!drag_.started && std::abs(x - drag_.from_x) < frame.px(4) && std::abs(y - drag_.from_y) < frame.px(4)) return;
    drag_.started = true;
    if (drag_.grip == Grip::Pan) {
        if (drag_.from_x >= plot_.x0) {
            day0_ = drag_.day_from - static_cast<double>(x - drag_.from_x) / px_per_day_;
            touched_ = true;
        }
        ImGui::SetScrollY(std::max(0.0f, drag_.scroll_from - (y - drag_.from_y)));
        return;
    }
    const auto days = static_cast<int>(std::floor(static_cast<double>(x - drag_.from_x) / px_per_day_ + 0.5));
    std::int64_t wanted = days;
    if (drag_.grip == Grip::Length) {
        const TimelineRow& row = rows.rows()[static_cast<std::size_t>(drag_.row)];
        const Day finish = day_of(frame.answers->schedule.rows[static_cast<std::size_t>(row.task)].finish);
        wanted = plan::working_days(*frame.project, finish, finish + days);
    }
    if (wanted == drag_.days) return;
    drag_.days = wanted;
    preview(frame, rows);
}

std::optional<plan::Command> Timeline::dragged_command(const Frame& frame, const TimelineRows& rows) const {
    if (drag_.row < 0 || drag_.days == 0) return std::nullopt;
    const auto index = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(drag_.row)].task);
    const plan::Task& task = frame.project->tasks[index];
    const plan::ScheduledTask& at = frame.answers->schedule.rows[index];
    if (drag_.grip == Grip::Length) {
        const std::int64_t day = task.elapsed ? kMinutesPerDay : minutes_per_day(*frame.project);
        return plan::SetDuration{frame.project->id, task.id, std::max(task.duration_minutes + drag_.days * day, day / 2)};
    }
    const Day day = day_of(at.start) + static_cast<int>(drag_.days);
    return plan::SetConstraint{frame.project->id, task.id, {plan::ConstraintKind::StartNoEarlierThan, at_minute(day, day_begin_)}};
}

// The plan with the drag done: what the bar and the promises would be.
void Timeline::preview(const Frame& frame, const TimelineRows& rows) {
    drag_.effect.clear();
    drag_.preview.reset();
    const auto command = dragged_command(frame, rows);
    const auto index = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(drag_.row)].task);
    if (!command || !frame.can(Command{*command})) return;
    plan::Project trial = *frame.project;
    if (const auto* length = std::get_if<plan::SetDuration>(&*command)) trial.tasks[index].duration_minutes = length->minutes;
    if (const auto* moved = std::get_if<plan::SetConstraint>(&*command)) trial.tasks[index].constraint = moved->constraint;
    const auto schedule = plan::compute_schedule(trial);
    if (!schedule) {
        drag_.effect.push_back(frame.text(schedule.error().what));
        return;
    }
    drag_.preview = schedule->rows[index];
    drag_.effect.push_back(task_in_words(frame, trial, trial.tasks[index], schedule->rows[index]));
    const auto after = plan::promise_rows(trial, *schedule);
    for (std::size_t i = 0; i < after.size() && i < frame.answers->promises.size() && drag_.effect.size() < 5; ++i) {
        const std::int64_t moved = plan::working_days(*frame.project, frame.answers->promises[i].forecast, after[i].forecast);
        if (moved == 0) continue;
        drag_.effect.push_back(frame.text(msg("{0}: {1}, {2}, {3}", task_name(trial, after[i].task), moved_text(frame, moved),
                                              frame.locale.date_weekday(after[i].forecast), room_text(frame, after[i].room_days))));
    }
    if (drag_.effect.size() == 1 && !after.empty()) drag_.effect.emplace_back(frame.tr("No promise moves."));
}

void Timeline::end_drag(const Frame& frame, const TimelineRows& rows, TimelineAsk& ask) {
    if (drag_.started && drag_.grip != Grip::Pan) {
        auto command = dragged_command(frame, rows);
        if (command && frame.can(Command{*command})) ask.edit = std::move(command);
    }
    drag_ = Drag{};
}

void Timeline::draw_drag(const Frame& frame, Rect body) const {
    if (!drag_.started || drag_.effect.empty()) return;
    const Palette& p = frame.theme.palette;
    const ImFont* font = frame.theme.fonts.dense;
    const float step = line_height(frame, font);
    if (drag_.preview) {
        const Rect bar =
            bar_of(frame, box(body.x0, rows_top_ + row_height_ * static_cast<float>(drag_.row), body.w(), row_height_),
                   *drag_.preview);
        outline(frame, {std::max(bar.x0, plot_.x0), bar.y0 - 1, bar.x1, bar.y1 + 1}, p.text, frame.px(3));
    }
    float width = 0;
    for (const std::string& text : drag_.effect) width = std::max(width, text_width(font, text));
    const float height = step * static_cast<float>(drag_.effect.size()) + frame.px(16);
    const ImVec2 mouse = ImGui::GetMousePos();
    const float x = std::max(body.x0, std::min(mouse.x + frame.px(16), body.x1 - width - frame.px(40)));
    const float below = mouse.y + frame.px(20);
    const float y = below + height < body.y1 ? below : mouse.y - height - frame.px(12);
    const Rect sheet = box(std::floor(x), std::floor(y), width + frame.px(24), height);
    fill(sheet, p.panel2, frame.px(6));
    outline(frame, sheet, p.edge, frame.px(6));
    float line_y = sheet.y0 + frame.px(8);
    bool first = true;
    for (const std::string& text : drag_.effect) {
        draw_text(font, sheet.x0 + frame.px(12), line_y + frame.px(1), first ? p.text : p.muted, text);
        line_y += step;
        first = false;
    }
}

}  // namespace entente::ui
