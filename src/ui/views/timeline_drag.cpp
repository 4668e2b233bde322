// Dragging on the timeline: what is under the pointer, what would become of it, and the one command at the end.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "core/lookup.hpp"
#include "ui/views/timeline.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/item.hpp"
#include "ui/widgets/paint.hpp"

namespace entente::ui {
namespace {

constexpr std::size_t kShownPromises = 7;
// Stands for the link that is not made yet; no device gives out such an id.
constexpr LinkId kTrialLink{~std::uint64_t{0}};

// Why a day is not worked: the name of what it is, empty where it is an ordinary one, as a weekend is; none where it is worked.
std::optional<std::string> day_off(const Frame& frame, const plan::Calendar& calendar, Day day) {
    const auto* shifts = &calendar.week[static_cast<std::size_t>(weekday(day))];
    std::string name;
    const std::vector<plan::CalendarException> exceptions = plan::expand_exceptions(calendar, day, day);
    for (const plan::CalendarException& one : exceptions) {
        if (one.from > day || day > one.to) continue;
        shifts = &one.shifts;
        name = one.name;
    }
    if (!shifts->empty()) return std::nullopt;
    // Bank holidays stand first among the exceptions, under their English names.
    const std::vector<plan::Holiday> holidays = plan::bank_holidays(calendar.holiday_region, day, day);
    if (!holidays.empty() && name == exceptions.front().name) name = frame.text(plan::holiday_name(holidays.front()));
    return name;
}

}  // namespace

Timeline::Grip Timeline::grip_at(const Frame& frame, const TimelineRows& rows, int row, float x) const {
    const TimelineRow& at = rows.rows()[static_cast<std::size_t>(row)];
    if (at.task < 0 || x < plot_.x0) return Grip::None;
    const plan::Task& task = frame.project->tasks[static_cast<std::size_t>(at.task)];
    if (task.kind == plan::TaskKind::Summary) return Grip::None;
    const Rect bar = bar_of(frame, box(0, 0, 1, row_height_), frame.answers->schedule.rows[static_cast<std::size_t>(at.task)]);
    const float reach = frame.px(5), end = task.kind == plan::TaskKind::Milestone ? bar.x0 + frame.px(9) : bar.x1 + reach;
    if (x > end && x <= end + frame.px(14)) return Grip::Link;
    if (task.percent_done == 100) return Grip::None;
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

void Timeline::cancel_drag() {
    drag_.given_up = true;
    drag_.started = false;
    drag_.outcome.reset();
    trial_.reset();
}

void Timeline::move_drag(const Frame& frame, const TimelineRows& rows, float x, float y) {
    if (drag_.given_up) return;
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
    if (drag_.grip == Grip::Link) {
        const auto row = static_cast<int>(std::floor(std::min(std::max((y - rows_top_) / row_height_, -1.0f), 1e6f)));
        const bool usable = row >= 0 && row < static_cast<int>(rows.rows().size()) && row != drag_.row &&
                            rows.rows()[static_cast<std::size_t>(row)].task >= 0;
        const int target = usable ? row : -1;
        if (target == drag_.target) return;
        drag_.target = target;
        return preview(frame, rows);
    }
    const auto days = static_cast<int>(std::floor(static_cast<double>(x - drag_.from_x) / px_per_day_ + 0.5));
    std::int64_t wanted = days;
    // An undo by key may take the row away under the pointer.
    if (drag_.row < 0 || drag_.row >= static_cast<int>(rows.rows().size()) || rows.rows()[static_cast<std::size_t>(drag_.row)].task < 0)
        return cancel_drag();
    const auto task = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(drag_.row)].task);
    if (drag_.grip == Grip::Length && !frame.project->tasks[task].elapsed) {
        const Day finish = day_of(frame.answers->schedule.rows[task].finish);
        wanted = plan::working_days(*frame.project, finish, finish + days);
    }
    if (wanted == drag_.days && days == drag_.pointer_days) return;
    const bool moved = std::exchange(drag_.days, wanted) != wanted;
    drag_.pointer_days = days;
    drag_.warning = day_off_warning(frame, rows);
    if (moved) preview(frame, rows);
}

std::optional<plan::Command> Timeline::dragged_command(const Frame& frame, const TimelineRows& rows) const {
    if (drag_.row < 0 || drag_.row >= static_cast<int>(rows.rows().size()) || rows.rows()[static_cast<std::size_t>(drag_.row)].task < 0)
        return std::nullopt;
    const auto index = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(drag_.row)].task);
    const plan::Task& task = frame.project->tasks[index];
    if (drag_.grip == Grip::Link) {
        if (drag_.target < 0 || drag_.target >= static_cast<int>(rows.rows().size())) return std::nullopt;
        plan::Link link;
        link.id = kTrialLink;
        link.from = task.id;
        link.to = frame.project->tasks[static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(drag_.target)].task)].id;
        return plan::AddLink{frame.project->id, link, {}};
    }
    if (drag_.days == 0) return std::nullopt;
    if (drag_.grip == Grip::Length) {
        const std::int64_t day = task.elapsed ? kMinutesPerDay : minutes_per_day(*frame.project);
        return plan::SetDuration{frame.project->id, task.id, std::max(task.duration_minutes + drag_.days * day, day / 2)};
    }
    const plan::ScheduledTask& at = frame.answers->schedule.rows[index];
    return held_to(*frame.project, task, at, day_of(at.start) + static_cast<int>(drag_.days));
}

// The day a bar, or its end, would be let go on is not worked in the calendar the task is worked by: which day, and why, where that is
// known.
std::string Timeline::day_off_warning(const Frame& frame, const TimelineRows& rows) const {
    if (drag_.grip != Grip::Move && drag_.grip != Grip::Length) return {};
    const auto index = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(drag_.row)].task);
    const plan::Task& task = frame.project->tasks[index];
    if (task.elapsed) return {};
    const bool moves = drag_.grip == Grip::Move;
    const plan::ScheduledTask& at = frame.answers->schedule.rows[index];
    const Day day = day_of(moves ? at.start : at.finish) + drag_.pointer_days;
    if (day < kFirstDay || day > kLastDay) return {};
    const plan::Calendar* own = by_id(frame.project->calendars, task.calendar);
    const auto reason = day_off(frame, own ? *own : project_calendar(*frame.project), day);
    if (!reason) return {};
    const std::string date = frame.locale.date_weekday(day);
    if (!moves && !reason->empty()) return frame.text(msg("{0} is a holiday: {1}. Work ends on a working day.", date, *reason));
    if (!moves) return frame.text(msg("{0} is not a working day. Work ends on one.", date));
    if (!reason->empty()) return frame.text(msg("{0} is a holiday: {1}. Work begins on the next working day.", date, *reason));
    return frame.text(msg("{0} is not a working day. Work begins on the next one.", date));
}

// The plan with the drag done: what the bar and the promises would be.
void Timeline::preview(const Frame& frame, const TimelineRows& rows) {
    drag_.outcome.reset();
    const auto command = dragged_command(frame, rows);
    if (!command) return;
    // What a link is about is the task that would follow.
    const int row = drag_.grip == Grip::Link ? drag_.target : drag_.row;
    const auto index = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(row)].task);
    if (!trial_) trial_ = std::make_unique<TimelineTrial>(frame);
    drag_.outcome = trial_->with(frame, index, *command);
}

void Timeline::end_drag(const Frame& frame, const TimelineRows& rows, TimelineAsk& ask) {
    if (drag_.started && !drag_.given_up && drag_.grip != Grip::Pan) {
        // What the rules refuse is asked for all the same: whoever submits it says why not.
        const auto command = dragged_command(frame, rows);
        if (command && drag_.grip == Grip::Link) {
            const plan::Link& link = std::get<plan::AddLink>(*command).link;
            ask.link.emplace(link.from, link.to);
        } else if (command) {
            ask.edit = command;
        }
    }
    drag_ = Drag{};
    trial_.reset();
}

// The dot from which a link is dragged.
void Timeline::draw_handle(const Frame& frame, Rect line_of, const TimelineRow& row) const {
    if (row.task < 0) return;
    const auto index = static_cast<std::size_t>(row.task);
    const plan::Task& task = frame.project->tasks[index];
    if (task.kind == plan::TaskKind::Summary) return;
    const Rect bar = bar_of(frame, line_of, frame.answers->schedule.rows[index]);
    const float x = (task.kind == plan::TaskKind::Milestone ? bar.x0 + frame.px(9) : bar.x1 + frame.px(5)) + frame.px(7);
    draw_shape(Shape::Ring, std::floor(x) + 0.5f, std::floor(line_of.mid_y()) + 0.5f, frame.px(9), frame.theme.palette.accent);
}

void Timeline::draw_drag(const Frame& frame, Rect body, const TimelineRows& rows) const {
    if (!dragging() || drag_.row < 0 || drag_.row >= static_cast<int>(rows.rows().size())) return;
    const Palette& p = frame.theme.palette;
    const auto line_at = [&](int row) { return box(body.x0, rows_top_ + row_height_ * static_cast<float>(row), body.w(), row_height_); };
    if (drag_.grip == Grip::Link) {
        const auto task = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(drag_.row)].task);
        const Rect bar = bar_of(frame, line_at(drag_.row), frame.answers->schedule.rows[task]);
        const ImVec2 mouse = ImGui::GetMousePos();
        const bool refused = drag_.outcome && drag_.outcome->refused;
        const std::uint32_t colour = refused ? tone_colour(frame, Tone::Bad) : p.accent;
        if (drag_.target >= 0) outline(frame, line_at(drag_.target).inset(1, 1), colour, frame.px(4));
        ImGui::GetWindowDrawList()->AddLine(ImVec2(bar.x1, std::floor(bar.mid_y()) + 0.5f), mouse, colour, std::max(2.0f, frame.px(2)));
        draw_shape(refused ? Shape::Cross : Shape::Dot, mouse.x, mouse.y, frame.px(9), colour);
    }
    if (drag_.outcome && !drag_.outcome->refused) {
        const int row = drag_.grip == Grip::Link ? drag_.target : drag_.row;
        const Rect bar = bar_of(frame, line_at(row), drag_.outcome->task);
        outline(frame, {std::max(bar.x0, plot_.x0), bar.y0 - 1, std::max(bar.x1, plot_.x0 + 1), bar.y1 + 1}, p.text, frame.px(3));
    }
    draw_effect(frame, body, rows);
}

// A sheet beside the pointer: the task as it would stand, warnings, and each promise that would move.
struct Timeline::EffectLine {
    std::string text, figure;
    std::uint32_t colour;
    Shape shape = Shape::None;
};

// What letting go would do, in lines; none where there is nothing to say.
std::vector<Timeline::EffectLine> Timeline::effect_lines(const Frame& frame, const TimelineRows& rows) const {
    const Palette& p = frame.theme.palette;
    std::vector<EffectLine> lines;
    if (!drag_.outcome) {
        if (drag_.grip != Grip::Link) return lines;
        lines.push_back({frame.tr("Let go on the task that is to follow."), {}, p.text});
    } else if (drag_.outcome->refused) {
        const Error& error = *drag_.outcome->refused;
        lines.push_back({frame.text(error.what), {}, tone_colour(frame, Tone::Bad), Shape::Cross});
        if (!error.where.empty()) lines.push_back({error.where, {}, p.text});
    } else {
        const TrialOutcome& done = *drag_.outcome;
        lines.push_back({task_in_words(frame, *frame.project, done.changed, done.task), {}, p.text});
        if (drag_.grip == Grip::Link)
            lines.push_back(
                {frame.text(
                     msg("Follows {0}",
                         frame.project->tasks[static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(drag_.row)].task)].name)),
                 {},
                 p.muted});
        if (!drag_.warning.empty()) lines.push_back({drag_.warning, {}, tone_colour(frame, Tone::Warn), Shape::Triangle});
        for (std::size_t i = 0; i < std::min(done.moved.size(), kShownPromises); ++i) {
            const MovedPromise& one = done.moved[i];
            const Status status = promise_status(frame, one.health);
            lines.push_back({frame.text(msg("{0}: {1} \u2192 {2}, {3}", one.name, frame.locale.date_weekday(one.before),
                                            frame.locale.date_weekday(one.after), status.word)),
                             moved_text(frame, one.days), tone_colour(frame, status.tone), status.shape});
        }
        if (done.moved.size() > kShownPromises)
            lines.push_back(
                {frame.text(msgn("and {n} more", "and {n} more", static_cast<std::int64_t>(done.moved.size() - kShownPromises))),
                 {},
                 p.muted});
        if (done.moved.empty() && done.promises > 0) lines.push_back({frame.tr("No promise moves."), {}, p.muted});
    }
    return lines;
}

void Timeline::draw_effect(const Frame& frame, Rect body, const TimelineRows& rows) const {
    const Palette& p = frame.theme.palette;
    const std::vector<EffectLine> lines = effect_lines(frame, rows);
    if (lines.empty()) return;
    const ImFont* font = frame.theme.fonts.dense;
    const float step = line_height(frame, font), lead = frame.px(18), gap = frame.px(16);
    float width = 0, figures = 0;
    for (const EffectLine& one : lines) {
        width = std::max(width, text_width(font, one.text) + (one.shape == Shape::None ? 0.0f : lead));
        if (!one.figure.empty()) figures = std::max(figures, text_width(font, one.figure) + gap);
    }
    width = std::min(width + figures + frame.px(24), body.w() - frame.px(16));
    const float height = step * static_cast<float>(lines.size()) + frame.px(16);
    const ImVec2 mouse = ImGui::GetMousePos();
    const float x = std::max(body.x0, std::min(mouse.x + frame.px(16), body.x1 - width - frame.px(16))), below = mouse.y + frame.px(20);
    const Rect sheet = box(std::floor(x), std::floor(below + height < body.y1 ? below : std::max(body.y0, mouse.y - height - frame.px(12))),
                           width, height);
    fill(sheet, p.panel2, frame.px(6));
    outline(frame, sheet, p.edge, frame.px(6));
    std::string spoken;
    for (const EffectLine& one : lines) {
        spoken += (spoken.empty() ? "" : "\n") + one.text;
        if (!one.figure.empty()) spoken += ", " + one.figure;
    }
    note(frame, NodeRole::Status, sheet, spoken);
    float y = sheet.y0 + frame.px(8);
    for (const EffectLine& one : lines) {
        const Rect line_of{sheet.x0 + frame.px(12), y, sheet.x1 - frame.px(12), y + step};
        const bool marked = one.shape != Shape::None;
        if (marked) draw_shape(one.shape, line_of.x0 + frame.px(5), std::floor(line_of.mid_y()) + 0.5f, frame.px(10), one.colour);
        text_in(frame, font, {line_of.x0 + (marked ? lead : 0.0f), line_of.y0, line_of.x1 - figures, line_of.y1},
                marked ? p.text : one.colour, one.text);
        if (!one.figure.empty()) text_in(frame, frame.theme.fonts.dense_strong, line_of, one.colour, one.figure, Align::Right);
        y += step;
    }
}

}  // namespace entente::ui
