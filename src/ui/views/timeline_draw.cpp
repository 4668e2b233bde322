// How the rows of the timeline look and what a screen reader hears of them.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "icons.hpp"
#include "ui/views/risk_words.hpp"
#include "ui/views/timeline.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/paint.hpp"
#include "ui/widgets/state.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

std::uint32_t health_colour(const Frame& frame, plan::PromiseHealth health) {
    return tone_colour(frame, promise_status(frame, health).tone);
}

}  // namespace

void Timeline::draw_shading(const Frame& frame, Rect body, const TimelineRows& rows) const {
    // Below this zoom single days cannot be told apart, and every fill costs the machine.
    if (!rows.clock() || px_per_day_ < static_cast<double>(frame.px(2))) return;
    const auto from = static_cast<std::int32_t>(std::floor(day0_)), to = static_cast<std::int32_t>(std::ceil(day_at(plot_.x1)));
    for (std::int32_t day = from; day < to; ++day) {
        if (rows.clock()->is_working(Day{day})) continue;
        std::int32_t end = day + 1;
        while (end < to && !rows.clock()->is_working(Day{end})) ++end;
        fill({std::floor(std::max(x_of(day), body.x0)), body.y0, std::floor(std::min(x_of(end), body.x1)), body.y1},
             frame.theme.palette.weekend);
        day = end;
    }
}

void Timeline::draw_name(const Frame& frame, Rect line_of, const TimelineRows& rows, const TimelineRow& row, bool selected) const {
    const Palette& p = frame.theme.palette;
    const Fonts& fonts = frame.theme.fonts;
    Rect text{line_of.x0 + frame.px(static_cast<float>(12 * row.indent)), line_of.y0, plot_.x0 - frame.px(10), line_of.y1};
    if (row.is_group) text.x0 += frame.px(18);  // the arrow that opens and closes it
    if (row.task < 0) {
        text_in(frame, fonts.dense_strong, text, p.text, rows.heading(row));
        return;
    }
    const plan::Task& task = frame.project->tasks[static_cast<std::size_t>(row.task)];
    if (row.is_group) {
        text_in(frame, fonts.dense_strong, text, p.text, task.name);
        return;
    }
    std::uint32_t colour = p.text;
    const float mid = std::floor(text.mid_y()) + 0.5f;
    if (row.decision >= 0) {
        const bool answered = frame.answers->decisions[static_cast<std::size_t>(row.decision)].answered;
        colour = answered ? p.ok : p.accent;
        draw_shape(Shape::Diamond, text.x0 + frame.px(6), mid, frame.px(11), colour);
        text.x0 += frame.px(17);
    } else if (row.promise >= 0) {
        colour = health_colour(frame, frame.answers->promises[static_cast<std::size_t>(row.promise)].health);
        draw_shape(Shape::Flag, text.x0 + frame.px(6), mid, frame.px(11), colour);
        text.x0 += frame.px(17);
    }
    if (task.percent_done == 100 && row.decision < 0 && row.promise < 0) colour = p.muted;
    text_in(frame, selected ? fonts.dense_strong : fonts.dense, text, colour, task.name);
}

void Timeline::draw_bar(const Frame& frame, Rect line_of, const TimelineRow& row) {
    const Palette& p = frame.theme.palette;
    const plan::Task& task = frame.project->tasks[static_cast<std::size_t>(row.task)];

    const plan::ScheduledTask& at = frame.answers->schedule.rows[static_cast<std::size_t>(row.task)];
    if (row.baseline >= 0 && task.kind == plan::TaskKind::Task) {
        const plan::BaselineRow& agreed = frame.project->baselines.back().rows[static_cast<std::size_t>(row.baseline)];
        const float x0 = std::floor(x_of(place(agreed.start))), x1 = std::floor(x_of(place(agreed.finish)));
        const float y = std::floor(line_of.mid_y()) + frame.px(6);
        if (x1 > plot_.x0 && x0 < plot_.x1)
            bars_.add({x0, y, std::max(x1, x0 + 2), y + frame.px(3), frame.px(1.5f), 0, p.baseline, p.baseline});
    }
    Rect bar = bar_of(frame, line_of, at);
    if (bar.x1 < plot_.x0 || bar.x0 > plot_.x1 || task.kind == plan::TaskKind::Milestone) return;
    if (task.kind == plan::TaskKind::Summary) {
        bar.y0 = std::floor(line_of.mid_y()) - frame.px(2);
        bar.y1 = bar.y0 + frame.px(4);
        bars_.add({bar.x0, bar.y0, bar.x1, bar.y1, frame.px(2), 0, p.muted, p.muted});
        return;
    }
    const bool inactive = !task.active;
    const std::uint32_t colour = inactive ? p.baseline : at.critical ? p.critical : p.bar;
    const std::uint32_t done = at.critical ? p.critical_done : p.bar_done;
    if (chain_.tasks.count(task.id))  // what decides the date of the chosen task is lit
        bars_.add(
            {bar.x0 - frame.px(2), bar.y0 - frame.px(2), bar.x1 + frame.px(2), bar.y1 + frame.px(2), frame.px(5), 0, p.accent, p.accent});
    bars_.add({bar.x0, bar.y0, bar.x1, bar.y1, frame.px(3), static_cast<float>(task.percent_done) / 100.0f, colour, done});
}

// Words from `right` on, or before `left` where they fit only there; shortened on the wider side where they fit on neither.
void Timeline::draw_beside(const Frame& frame, float left, float right, float y, std::uint32_t colour, std::string_view text) const {
    const ImFont* font = frame.theme.fonts.small;
    const float width = text_width(font, text), top = std::floor(y - font_height(font) * 0.5f);
    const float after = plot_.x1 - frame.px(12) - right, before = left - plot_.x0 - frame.px(4);
    if (width <= after) draw_text(font, right, top, colour, text);
    else if (width <= before) draw_text(font, left - width, top, colour, text);
    else if (after >= before && after > frame.px(64)) draw_text(font, right, top, colour, fitted(font, text, after));
    else if (before > frame.px(64)) {
        const std::string cut = fitted(font, text, before);
        draw_text(font, left - text_width(font, cut), top, colour, cut);
    }
}

void Timeline::draw_promise(const Frame& frame, Rect line_of, const TimelineRow& row, TimelineRows& rows, int index) const {
    const plan::PromiseRow& promise = frame.answers->promises[static_cast<std::size_t>(row.promise)];
    const std::uint32_t colour = health_colour(frame, promise.health);
    const float x = std::floor(x_of(promise.promised.n + 1.0));
    const float forecast = std::floor(x_of(place(frame.answers->schedule.rows[static_cast<std::size_t>(row.task)].finish)));
    const float y = std::floor(line_of.mid_y());
    const bool late = promise.room_days < 0;
    if (late) line(std::min(x, forecast), y, std::max(x, forecast), y, colour, frame.px(2));
    line(x, line_of.y0 + frame.px(3), x, line_of.y1 - frame.px(3), colour, frame.px(2));
    if (row.decision >= 0) return;  // its own words already stand there
    const std::string& text = rows.beside(frame, index);
    draw_beside(frame, std::min(x, forecast) - frame.px(14), std::max(x, forecast) + frame.px(12), y, colour, text);
}

// Over the mark, from the day that half of the runs keep to the day that 8 in 10 keep, which a tick ends; the colour of the promise's
// meter in the Risk view. Faint where the plan has changed since.
void Timeline::draw_whisker(const Frame& frame, Rect line_of, const TimelineRows& rows, int index) const {
    const risk::Finish* finish = rows.finish(frame, rows.rows()[static_cast<std::size_t>(index)]);
    if (!finish) return;
    const float x50 = std::floor(x_of(finish->p50.n + 1.0)), x80 = std::floor(x_of(finish->p80.n + 1.0)), reach = frame.px(4);
    if (x80 + reach < plot_.x0 || x50 - reach > plot_.x1) return;
    const bool current = frame.risk->current;
    std::uint32_t colour = finish->promised ? tone_colour(frame, promise_chance(frame, *finish).tone) : frame.theme.palette.text;
    if (!current) colour = with_alpha(colour, 0.45f);
    const float width = std::max(1.0f, std::floor(frame.px(1))), y = std::floor(line_of.mid_y() - frame.px(8));
    fill({x50, y, std::max(x80, x50 + width), y + width}, colour);
    fill({x80, y - frame.px(3), x80 + std::max(width, std::floor(frame.px(2))), y + width + frame.px(3)}, colour);
    const Rect around{std::max(x50 - reach, plot_.x0), line_of.y0, std::min(x80 + reach, plot_.x1), y + frame.px(5)};
    if (hover_row_ != index || !pointer_in(around)) return;
    std::string words = whisker_words(frame, *finish);
    if (finish->promised) words = frame.text(msg("{0}; {1}", words, promise_chance(frame, *finish).word));
    if (!current) words = frame.text(msg("before the last change {0}", words));
    tooltip(frame, around, std::move(words));
}

// Diamonds of milestones and of what the client owes, with the words beside them.
void Timeline::draw_marks(const Frame& frame, Rect line_of, TimelineRows& rows, int index) const {
    const TimelineRow& row = rows.rows()[static_cast<std::size_t>(index)];
    const Palette& p = frame.theme.palette;
    const plan::Task& task = frame.project->tasks[static_cast<std::size_t>(row.task)];
    const plan::ScheduledTask& at = frame.answers->schedule.rows[static_cast<std::size_t>(row.task)];
    const float x = std::floor(x_of(place(at.finish))), y = std::floor(line_of.mid_y()) + 0.5f;
    const bool milestone = task.kind == plan::TaskKind::Milestone;
    const bool answered = row.decision >= 0 && frame.answers->decisions[static_cast<std::size_t>(row.decision)].answered;
    std::uint32_t colour = at.critical ? p.critical : p.bar_done;
    if (row.decision >= 0) colour = answered ? p.ok : p.accent;
    if (x < plot_.x0 - frame.px(8) || x > plot_.x1 + frame.px(8)) return;
    if (milestone || row.decision >= 0) draw_shape(Shape::Diamond, x, y, frame.px(row.decision >= 0 ? 14 : 11), colour);
    if (row.decision < 0) return;
    const std::string& text = rows.beside(frame, index);
    float begin = std::min(bar_of(frame, line_of, at).x0, x);
    if (row.baseline >= 0)
        begin =
            std::min(begin, std::floor(x_of(place(frame.project->baselines.back().rows[static_cast<std::size_t>(row.baseline)].start))));
    draw_beside(frame, begin - frame.px(13), x + frame.px(13), y, colour, text);
}

void Timeline::row_node(const Frame& frame, Rect line_of, TimelineRows& rows, int index, bool selected, TimelineAsk& ask) {
    if (!readable(frame)) return;
    const TimelineRow& row = rows.rows()[static_cast<std::size_t>(index)];
    const std::uint64_t identity =
        rows.group_key(frame, row);
    const IdScope scope(identity);
    const std::string& words = rows.spoken(frame, index);
    NodeState state;
    state.row = index + 1;
    state.rows = static_cast<std::int32_t>(rows.rows().size());
    const std::uint32_t id = item_id(frame, "row");
    WidgetState& widgets = *frame.widgets;
    Node node = make_node(NodeRole::Row, words);
    node.id = id;
    node.bounds = node_rect(line_of);
    node.clip = node_rect(visible_part(line_of));
    node.state = state;
    node.state.level = row.indent + 1;
    node.state.focusable = row.task >= 0;
    if (row.task >= 0) node.state.selected = selected;
    if (frame.semantics.take(MirrorEventKind::Focus, id)) {
        widgets.focused = id;
        widgets.focused_is_text = false;
        ask.redraw = true;
    }
    if (frame.semantics.take(MirrorEventKind::Blur, id) && widgets.focused == id) widgets.focused = 0;
    if (row.task >= 0 && frame.semantics.take(MirrorEventKind::Click, id)) {
        ask.select = frame.project->tasks[static_cast<std::size_t>(row.task)].id;
        widgets.keyboard = true;
    }
    if (focus_row_ == index) {
        frame.semantics.focus(id);
        widgets.focused = id;  // at once: the next key may come before the page has moved its focus
        focus_row_ = -1;
    }
    node.state.focused = widgets.focused == id;
    const bool ring = node.state.focused && widgets.keyboard;
    frame.semantics.open(std::move(node));
    {
        const Part header(frame, NodeRole::RowHeader, "header", line_of, words);
        if (row.is_group) fold_button(frame, line_of, rows, row, ask);
    }
    frame.semantics.close();
    if (ring) outline(frame, line_of.inset(1, 1), frame.theme.palette.accent, frame.px(4));
    if (widgets.focused != id) return;
    held_row_ = index;
    held_id_ = id;
    if (!std::exchange(ask.keyed, true)) keys(frame, rows, index, ask);
}

// The id that row_node gives it, without taking it.
std::uint32_t Timeline::row_id(const Frame& frame, const TimelineRows& rows, int index) const {
    const IdScope scope(rows.group_key(frame, rows.rows()[static_cast<std::size_t>(index)]));
    return ImGui::GetID("row");
}

// The arrow before a group's name: shows or hides what is under it.
void Timeline::fold_button(const Frame& frame, Rect line_of, const TimelineRows& rows, const TimelineRow& row, TimelineAsk& ask) const {
    const float x = line_of.x0 + frame.px(static_cast<float>(12 * row.indent)) - frame.px(4);
    const Rect area = box(x, line_of.y0, frame.px(22), line_of.h());
    const std::string name = row.task < 0 ? rows.heading(row) : frame.project->tasks[static_cast<std::size_t>(row.task)].name;
    Node node =
        make_node(NodeRole::Button, frame.text(row.closed ? msg("Show what is under {0}", name) : msg("Hide what is under {0}", name)));
    node.state.expanded = !row.closed;
    const Hit hit = item(frame, "fold", area, std::move(node));
    draw_icon(frame, area, hit.hovered ? frame.theme.palette.text : frame.theme.palette.muted,
              row.closed ? kIconChevronRight : kIconChevronDown);
    draw_ring(frame, hit, frame.px(4));
    if (hit.clicked) ask.fold = rows.group_key(frame, row);
}

void Timeline::find_chain(const Frame& frame, TaskId selected) {
    if (chain_.task == selected && chain_.sequence == frame.session.sequence()) return;
    chain_ = {frame.session.sequence(), selected, {}, {}};
    if (!selected || !find_task(*frame.project, selected)) return;
    chain_.steps = plan::why(*frame.project, frame.answers->schedule, selected);
    for (const plan::WhyStep& step : chain_.steps) chain_.tasks.insert(step.task);
}

void Timeline::draw_chain(const Frame& frame, const TimelineRows& rows, float top) const {
    const auto& tasks = frame.answers->schedule.rows;
    for (std::size_t i = 0; i + 1 < chain_.steps.size(); ++i) {
        const int to = rows.row_of(frame, chain_.steps[i].task), from = rows.row_of(frame, chain_.steps[i + 1].task);
        if (to < 0 || from < 0 || from == to) continue;
        const auto to_task = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(to)].task);
        const auto from_task = static_cast<std::size_t>(rows.rows()[static_cast<std::size_t>(from)].task);
        const float y0 = std::floor(top + row_height_ * (static_cast<float>(from) + 0.5f)),
                    y1 = std::floor(top + row_height_ * (static_cast<float>(to) + 0.5f));
        if (std::max(y0, y1) < plot_.y0 || std::min(y0, y1) > plot_.y1) continue;
        const float x0 = std::floor(x_of(place(tasks[from_task].finish))), x1 = std::floor(x_of(place(tasks[to_task].start)));
        const float out = frame.px(5), width = std::max(1.0f, frame.px(1)), head = frame.px(4);
        const std::uint32_t colour = frame.theme.palette.accent;
        const float bend = std::max(x0 + out, plot_.x0), end = x1 - frame.px(2);
        line(x0, y0, bend, y0, colour, width);
        if (end > bend + head) {
            line(bend, std::min(y0, y1), bend, std::max(y0, y1) + width, colour, width);
            line(bend, y1, end - head, y1, colour, width);
        } else {
            const float between = std::floor(y0 + (y1 > y0 ? row_height_ * 0.5f : -row_height_ * 0.5f));
            line(bend, std::min(y0, between), bend, std::max(y0, between), colour, width);
            line(end - out - head, between, bend + width, between, colour, width);
            line(end - out - head, std::min(between, y1), end - out - head, std::max(between, y1) + width, colour, width);
            line(end - out - head, y1, end - head, y1, colour, width);
        }
        ImGui::GetWindowDrawList()->AddTriangleFilled(ImVec2(end, y1 + 0.5f), ImVec2(end - head, y1 + 0.5f - head),
                                                      ImVec2(end - head, y1 + 0.5f + head), colour);
    }
}

void Timeline::draw_rows(const Frame& frame, Rect body, TimelineRows& rows, TaskId selected, TimelineAsk& ask) {
    const Palette& p = frame.theme.palette;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto [first, last] = visible_rows(rows_top_, row_height_, static_cast<int>(rows.rows().size()));
    const int chosen = rows.row_of(frame, selected);
    bars_.clear();
    const auto line_at = [&](int row) { return box(body.x0, rows_top_ + row_height_ * static_cast<float>(row), body.w(), row_height_); };
    for (int i = first; i < last; ++i) {
        const TimelineRow& row = rows.rows()[static_cast<std::size_t>(i)];
        if (row.is_group && row.indent == 0 && i > 0) line(body.x0, line_at(i).y0, body.x1, line_at(i).y0, p.line, 1);
        if (i == chosen)
            fill({body.x0 - frame.px(8), line_at(i).y0 + 1, body.x1, line_at(i).y1},
                 with_alpha(p.accent, frame.theme.dark ? 0.10f : 0.12f));
    }
    list->PushClipRect(ImVec2(plot_.x0, body.y0), ImVec2(body.x1, body.y1), true);
    for (int i = first; i < last; ++i) {
        if (rows.rows()[static_cast<std::size_t>(i)].task >= 0) draw_bar(frame, line_at(i), rows.rows()[static_cast<std::size_t>(i)]);
    }
    bars_.draw(list);
    const float today = std::floor(x_of(frame.today.n + 0.5));
    const float bottom = std::min(body.y1, rows_top_ + row_height_ * static_cast<float>(rows.rows().size()));
    line(today, body.y0, today, bottom, p.accent, std::max(1.0f, frame.px(1)));
    draw_chain(frame, rows, rows_top_);
    if (hover_row_ >= first && hover_row_ < last)
        draw_handle(frame, line_at(hover_row_), rows.rows()[static_cast<std::size_t>(hover_row_)]);
    for (int i = first; i < last; ++i) {
        const TimelineRow& row = rows.rows()[static_cast<std::size_t>(i)];
        if (row.task < 0) continue;
        draw_marks(frame, line_at(i), rows, i);
        if (row.promise >= 0) draw_promise(frame, line_at(i), row, rows, i);
        draw_whisker(frame, line_at(i), rows, i);
    }
    list->PopClipRect();
    const bool out_of_sight = held_row_ >= 0 && held_row_ < static_cast<int>(rows.rows().size()) &&
                              (held_row_ < first || held_row_ >= last) && frame.widgets->focused == held_id_ &&
                              row_id(frame, rows, held_row_) == held_id_;
    if (out_of_sight && held_row_ < first) row_node(frame, line_at(held_row_), rows, held_row_, held_row_ == chosen, ask);
    for (int i = first; i < last; ++i) {
        draw_name(frame, line_at(i), rows, rows.rows()[static_cast<std::size_t>(i)], i == chosen);
        row_node(frame, line_at(i), rows, i, i == chosen, ask);
    }
    if (out_of_sight && held_row_ >= last)
        row_node(frame, line_at(held_row_), rows, held_row_, held_row_ == chosen, ask);
}

}  // namespace entente::ui
