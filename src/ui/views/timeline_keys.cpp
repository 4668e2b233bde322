// The timeline's keys, while one of its rows has the keyboard (kKeyHints in actions.hpp lists them).
#include <imgui.h>

#include <algorithm>

#include "ui/views/timeline.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

bool pressed(ImGuiKey key) { return ImGui::IsKeyPressed(key) && !ImGui::GetIO().KeyCtrl && !ImGui::GetIO().KeyAlt; }

// The next row in that direction that can be chosen; -1: none.
int next_row(const TimelineRows& rows, int from, int step) {
    const int count = static_cast<int>(rows.rows().size());
    int next = from;
    do next += step;
    while (next >= 0 && next < count && rows.rows()[static_cast<std::size_t>(next)].task < 0);
    return next >= 0 && next < count ? next : -1;
}

}  // namespace

void Timeline::keys(const Frame& frame, TimelineRows& rows, int index, TimelineAsk& ask) {
    const TimelineRow& row = rows.rows()[static_cast<std::size_t>(index)];
    const bool shift = ImGui::GetIO().KeyShift;
    const bool left = pressed(ImGuiKey_LeftArrow), right = pressed(ImGuiKey_RightArrow);
    if (!shift && row.is_group && ((left && !row.closed) || (right && row.closed))) {
        ask.fold = rows.group_key(frame, row);
        focus_row_ = index;
    } else if (!shift && left) {
        pan(-frame.px(60));
    } else if (!shift && right) {
        pan(frame.px(60));
    }
    if (pressed(ImGuiKey_I)) zoom(1.25f);
    if (pressed(ImGuiKey_O)) zoom(0.8f);
    if (pressed(ImGuiKey_F)) fit();
    if (row.task >= 0) edit_keys(frame, row, ask);
    const int count = static_cast<int>(rows.rows().size()), page = std::max(1, static_cast<int>(plot_.h() / row_height_) - 2);
    int next = -1;
    if (pressed(ImGuiKey_UpArrow)) next = next_row(rows, index, -1);
    else if (pressed(ImGuiKey_DownArrow)) next = next_row(rows, index, 1);
    else if (pressed(ImGuiKey_Home)) next = next_row(rows, -1, 1);
    else if (pressed(ImGuiKey_End)) next = next_row(rows, count, -1);
    else if (pressed(ImGuiKey_PageUp)) next = next_row(rows, std::max(index - page, 0) - 1, 1);
    else if (pressed(ImGuiKey_PageDown)) next = next_row(rows, std::min(index + page, count - 1) + 1, -1);
    if (next < 0 || next == index) return;
    ask.select = frame.project->tasks[static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(next)].task)].id;
    focus_row_ = next;
    reveal_ = true;
}

// + and - change the length by a day, Shift with the arrows moves it by one; what the rules refuse is said.
void Timeline::edit_keys(const Frame& frame, const TimelineRow& row, TimelineAsk& ask) const {
    const auto index = static_cast<std::size_t>(row.task);
    const plan::Task& task = frame.project->tasks[index];
    const bool shift = ImGui::GetIO().KeyShift;
    const int longer = (pressed(ImGuiKey_Equal) || pressed(ImGuiKey_KeypadAdd) ? 1 : 0) -
                       (pressed(ImGuiKey_Minus) || pressed(ImGuiKey_KeypadSubtract) ? 1 : 0);
    const int later = shift ? (pressed(ImGuiKey_RightArrow) ? 1 : 0) - (pressed(ImGuiKey_LeftArrow) ? 1 : 0) : 0;
    std::optional<plan::Command> command;
    if (longer != 0 && task.kind == plan::TaskKind::Task) {
        const std::int64_t day = task.elapsed ? kMinutesPerDay : minutes_per_day(*frame.project);
        command = plan::SetDuration{frame.project->id, task.id, std::max(task.duration_minutes + longer * day, day / 2)};
    } else if (later != 0 && task.kind != plan::TaskKind::Summary) {
        command = moved_by(*frame.project, task, frame.answers->schedule.rows[index], later);
    }
    if (!command) return;
    if (const auto allowed = frame.session.can(Command{*command}); !allowed) {
        frame.semantics.announce(frame.text(allowed.error().what), true);
        return;
    }
    ask.edit = std::move(command);
}

}  // namespace entente::ui
