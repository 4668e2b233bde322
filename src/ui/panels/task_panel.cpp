#include "ui/panels/task_panel.hpp"

#include <cmath>

#include "icons.hpp"
#include "ui/views/timeline_trial.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/state.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

constexpr std::size_t kShortChain = 4;

const char* what_it_is(const Frame& frame, const plan::Project& project, const plan::Task& task) {
    if (const plan::ClientDecision* decision = decision_at(project, task.id)) {
        return decision->part == plan::ClientPart::Input ? frame.tr("Client input") : frame.tr("Client decision");
    }
    if (task.kind == plan::TaskKind::Summary) return frame.tr("Summary");
    return task.kind == plan::TaskKind::Milestone ? frame.tr("Milestone") : frame.tr("Task");
}

const plan::DecisionRow* decision_row(const Frame& frame, TaskId task) {
    for (const plan::DecisionRow& row : frame.answers->decisions) {
        if (row.task == task) return &row;
    }
    return nullptr;
}

}  // namespace

plan::Command lengthened(const plan::Project& project, const plan::Task& task, std::int64_t minutes) {
    return plan::SetDuration{project.id, task.id, std::max<std::int64_t>(task.duration_minutes + minutes, 0)};
}

void TaskPanel::head(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    const Rect line_of = flow.take(frame.px(28));
    draw_label(frame, line_of.x0, line_of.y0 + frame.px(7), line_of.w() - frame.px(36), frame.theme.palette.muted,
               what_it_is(frame, at.project, at.task));
    Route route = frame.route;
    route.task = TaskId{};
    if (icon_button(frame, {line_of.x1 - frame.px(28), line_of.y0, line_of.x1, line_of.y1}, kIconX, frame.tr("Close the task")))
        out.go(route);
    const float height = draw_wrapped(frame, frame.theme.fonts.title, flow.x, flow.y, flow.w, frame.theme.palette.text, at.task.name);
    note(frame, NodeRole::Heading, flow.take(height), at.task.name, 2);
    flow.gap(frame.px(2));
    const plan::ClientDecision* decision = decision_at(at.project, at.task.id);
    std::string line_text = at.task.stage;
    if (decision) line_text = decision->owner.empty() ? frame.tr("Owner not yet known") : frame.text(msg("Owner: {0}", decision->owner));
    else if (at.task.kind == plan::TaskKind::Task)
        line_text += (line_text.empty() ? "" : " \u00B7 ") + task_length(frame, at.project, at.task);
    paragraph(frame, flow, line_text, Tone::Muted, frame.theme.fonts.dense);
}

void TaskPanel::figures(const Frame& frame, Flow& flow, const At& at) {
    const Locale& locale = frame.locale;
    const plan::DecisionRow* row = decision_row(frame, at.task.id);
    const Day start = day_of(at.dates.start), finish = day_of(at.dates.finish);
    if (row && !row->answered) {
        const Day needed = row->needed_by.value_or(row->forecast);
        const std::string when = locale.date_weekday(needed), relative = locale.relative(needed, frame.today);
        const std::string room = days_text(frame, at.project, row->float_minutes);
        const std::string late = frame.text(msgn("{n} day", "{n} days", row->slip_days_per_day));
        const std::string plan_day = locale.date_weekday(row->forecast);
        Status tight = row->float_minutes <= 0 ? Status{Shape::Dot, Tone::Warn, frame.tr("critical")} : decision_status(frame, *row);
        stats(frame, flow,
              {{frame.tr("Needed by"), when, relative},
               {frame.tr("Float"), room, {}, tight},
               {frame.tr("In the plan"), plan_day, locale.relative(row->forecast, frame.today)},
               {frame.tr("Each day late"), late, row->moves ? frame.tr("of the first promise") : frame.tr("no promise waits")}},
              2);
        if (row->moves) {
            flow.gap(frame.px(12));
            Card box_of(frame, flow, "slip", 0, false, 12, true);
            paragraph(frame, box_of.flow, frame.text(slip_sentence(at.project, *row, frame.answers->promises)), Tone::Muted,
                      frame.theme.fonts.dense);
        }
        return;
    }
    const std::string from = locale.date_weekday(start), to = locale.date_weekday(finish);
    const std::string room = days_text(frame, at.project, std::max<std::int64_t>(at.dates.total_float_minutes, 0));
    const std::string free = days_text(frame, at.project, std::max<std::int64_t>(at.dates.free_float_minutes, 0));
    const std::string since = locale.relative(start, frame.today), until = locale.relative(finish, frame.today);
    const StatSpec room_stat{frame.tr("Float"), room, {}, float_status(frame, at.project, at.dates)};
    if (at.task.kind == plan::TaskKind::Milestone) {
        stats(frame, flow, {{frame.tr("On"), to, until}, room_stat}, 2);
    } else {
        stats(frame, flow, {{frame.tr("Starts"), from, since}, {frame.tr("Ends"), to, until}, room_stat,
                            {frame.tr("Free float"), free, frame.tr("moves nobody else")}}, 2);
    }
}

// The sentence that a client follows, of the start or of the finish, ready to copy.
void TaskPanel::why_sentence(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    const bool both = at.task.kind != plan::TaskKind::Milestone;
    if (both) {
        Row choice(flow, button_height(frame), frame.px(8));
        const int chosen = segmented(frame, choice, "why-of", frame.tr("Which date"), {frame.tr("Start"), frame.tr("End")},
                                     why_of_start_ ? 0 : 1);
        why_of_start_ = chosen == 0;
        flow.gap(frame.px(6));
    }
    const std::string& text = both && why_of_start_ ? why_start_ : why_finish_;
    if (text.empty()) return;
    paragraph(frame, flow, text);
    flow.gap(frame.px(4));
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, {frame.tr("Copy the sentence"), Look::Quiet, kIconCopy})) out.ask(CopyText{text, msg("The words are copied.")});
    flow.gap(frame.px(8));
}

void TaskPanel::why(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    if (why_sequence_ != frame.session.sequence() || why_task_ != at.task.id || why_language_ != frame.locale.language()) {
        const auto said = [&](plan::WhyOf of) {
            return frame.text(plan::why_sentence(at.project, frame.answers->schedule, at.task.id, of));
        };
        why_start_ = said(plan::WhyOf::Start);
        why_finish_ = said(plan::WhyOf::Finish);
        why_language_ = frame.locale.language();
        why_steps_ = plan::why(at.project, frame.answers->schedule, at.task.id);
        why_sequence_ = frame.session.sequence();
        why_task_ = at.task.id;
    }
    const std::vector<plan::WhyStep>& steps = why_steps_;
    if (steps.empty()) return;
    caption(frame, flow, frame.tr("Why this date?"));
    flow.gap(frame.px(4));
    why_sentence(frame, out, flow, at);
    const float top = flow.y;
    Flow inner{flow.x + frame.px(12), flow.y, flow.w - frame.px(12)};
    const std::size_t shown = all_why_ ? steps.size() : std::min(steps.size(), kShortChain);
    std::optional<Part> list(std::in_place, frame, NodeRole::List, "why",
                             box(flow.x, flow.y, flow.w, frame.px(20) * static_cast<float>(shown)), frame.tr("Why this date?"));
    const ImFont* font = frame.theme.fonts.dense;
    for (std::size_t i = 0; i < shown; ++i) {
        const std::string text = frame.text(steps[i].text);
        const float height = wrapped_height(frame, font, inner.w, text);
        const Rect line_of = inner.take(height + frame.px(2));
        draw_wrapped(frame, font, line_of.x0, line_of.y0, inner.w, i == 0 ? frame.theme.palette.text : frame.theme.palette.muted, text);
        note(frame, NodeRole::ListItem, line_of, text);
    }
    list.reset();  // what follows is no item of it
    flow.y = inner.y;
    fill({flow.x, top, flow.x + frame.px(2), flow.y}, frame.theme.palette.accent);
    if (steps.size() > kShortChain) {
        const std::string more =
            all_why_
                ? frame.tr("Show less")
                : frame.text(msgn("Show {n} more", "Show {n} more", static_cast<std::int64_t>(steps.size() - kShortChain)));
        flow.gap(frame.px(4));
        if (link(frame, box(flow.x + frame.px(12), flow.y, text_width(font, more), frame.px(24)), font, more, "more-why"))
            all_why_ = !all_why_;
        flow.gap(frame.px(24));
    }
}

void TaskPanel::acts(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, const At& at) {
    Row row(flow, button_height(frame), frame.px(8));
    const ButtonSpec ask{frame.tr("Ask for a change\u2026"), Look::Primary};
    if (button(frame, row, ask)) {
        desk.request.emplace();
        desk.request->about = at.task.id;
        desk.request->asked_on = frame.today;
    }
    if (at.task.kind == plan::TaskKind::Summary) return;
    if (!at.task.actual_start && at.task.percent_done == 0) {
        flow.gap(frame.px(8));
        Row moves(flow, button_height(frame), frame.px(8));
        ButtonSpec earlier{frame.tr("1 day earlier")}, later{frame.tr("1 day later")};
        // Only what its own date holds back can be let go earlier.
        const plan::Constraint& held = at.task.constraint;
        earlier.disabled = held.kind != plan::ConstraintKind::StartNoEarlierThan || day_of(held.at) < day_of(at.dates.start);
        if (earlier.disabled) earlier.reason = frame.tr("What it waits for, or the plan's beginning, holds it there.");
        if (button(frame, moves, earlier)) out.submit(Command{moved_by(at.project, at.task, at.dates, -1)});
        if (button(frame, moves, later)) out.submit(Command{moved_by(at.project, at.task, at.dates, 1)});
    }
    if (at.task.kind != plan::TaskKind::Task) return;
    flow.gap(frame.px(8));
    Row steps(flow, button_height(frame), frame.px(8));
    const std::int64_t day = at.task.elapsed ? kMinutesPerDay : minutes_per_day(at.project);
    const plan::Command shorter = lengthened(at.project, at.task, -day), longer = lengthened(at.project, at.task, day);
    ButtonSpec less{frame.tr("\u22121 day")}, more{frame.tr("+1 day")};
    less.name = frame.tr("One day shorter");
    more.name = frame.tr("One day longer");
    less.disabled = at.task.duration_minutes < day || !frame.can(Command{shorter});
    more.disabled = !frame.can(Command{longer});
    if (button(frame, steps, less)) out.submit(Command{shorter});
    if (button(frame, steps, more)) out.submit(Command{longer});
}

void TaskPanel::draw(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    const plan::Project& project = *frame.project;
    const plan::Task* chosen = find_task(project, frame.route.task);
    const auto index = static_cast<std::size_t>(chosen ? chosen - project.tasks.data() : 0);
    if (!chosen || index >= frame.answers->schedule.rows.size()) return;
    const At at{project, project.tasks[index], frame.answers->schedule.rows[index]};
    if (shown_ != at.task.id) all_why_ = false;
    shown_ = at.task.id;
    const Palette& p = frame.theme.palette;
    fill(area, p.panel);
    line(area.x0, area.y0, area.x0, area.y1, p.line, 1);
    const IdScope scope(at.task.id.n);
    const Part part(frame, NodeRole::Region, "task", area, frame.text(msg("About {0}", at.task.name)));
    ScrollArea scroll(frame, "##task", {area.x0 + 1, area.y0, area.x1, area.y1});
    Flow& flow = scroll.flow;
    flow.x += frame.px(16);
    flow.w -= frame.px(32);
    flow.gap(frame.px(12));
    head(frame, out, flow, at);
    flow.gap(frame.px(16));
    figures(frame, flow, at);
    flow.gap(frame.px(20));
    why(frame, out, flow, at);
    flow.gap(frame.px(16));
    acts(frame, out, desk, flow, at);
    flow.gap(frame.px(20));
    promise(frame, out, flow, at);
    client(frame, out, flow, at);
    baselines_.draw(frame, out, desk, flow, index);
    details(frame, out, flow, at);
    links(frame, out, flow, at);
    flow.gap(frame.px(24));
}

std::optional<TaskId> task_select(const Frame& frame, Rect area, std::string_view name, const plan::Project& project, TaskId chosen,
                                  TaskId without, bool summaries) {
    std::vector<TaskId> ids;
    const auto takes = [&](const plan::Task& task) { return task.id != without && (summaries || task.kind != plan::TaskKind::Summary); };
    const std::string shown = chosen ? task_name(project, chosen) : std::string(frame.tr("Choose a task"));
    int at = -1, count = 0;
    for (const plan::Task& task : project.tasks) {
        if (!takes(task)) continue;
        if (task.id == chosen) at = count;
        ++count;
    }
    const auto options = [&] {
        std::vector<std::string> texts;
        for (const plan::Task& task : project.tasks) {
            if (takes(task)) texts.push_back(task.stage.empty() ? task.name : task.name + " \u00B7 " + task.stage);
        }
        return texts;
    };
    const auto picked = select(frame, area, {name, shown, at}, options);
    if (!picked) return std::nullopt;
    int index = 0;
    for (const plan::Task& task : project.tasks) {
        if (takes(task) && index++ == *picked) return task.id;
    }
    return std::nullopt;
}

}  // namespace entente::ui
