// The dialog of a plan's baselines: all of them with who, when and which change; one of them against the plan as it stands. Side by side
// where there is room, else below each other; lists scroll in themselves, so that the tasks are in view without scrolling the dialog.
#include <algorithm>
#include <cmath>
#include <memory>

#include "icons.hpp"
#include "ui/panels/baseline_section.hpp"
#include "ui/panels/dialogs.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/overlay.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

constexpr float kLeastTaskRows = 8, kMostTaskRows = 16;  // in view without scrolling

void list_all(const Frame& frame, Outbox& out, BaselinesDraft& draft, Flow& flow, std::size_t chosen, bool wide) {
    const auto& all = frame.project->baselines;
    const auto count = static_cast<int>(all.size());
    const float height = frame.px(32) + frame.px(34) * std::min(wide ? 9.0f : 3.0f, static_cast<float>(count));
    {
        Table grid(frame, flow, "baselines", frame.tr("Baselines"),
                   {{frame.tr("Baseline")}, {frame.tr("Made on"), 92}, {frame.tr("By"), wide ? 144.0f : 240.0f}}, count, nullptr, 34,
                   height);
        for (int i = grid.first(); i < grid.last(); ++i) {
            const std::size_t at = all.size() - 1 - static_cast<std::size_t>(i);  // newest first
            const plan::Baseline& one = all[at];
            const std::string source = baseline_source(frame, one), made = frame.locale.date_weekday(one.made);
            const Hit hit = grid.begin_row(i, one.id.n, frame.text(msg("{0}, {1}, {2}", one.name, made, source)), true, at == chosen);
            if (hit.clicked) {
                draft.against = one.id;
                out.redraw();
            }
            grid.text(0, one.name, Tone::Plain, at == chosen);
            grid.text(1, made, Tone::Muted);
            grid.text(2, source, Tone::Muted);
            grid.end_row();
        }
    }
    flow.gap(frame.px(8));
}

void keep_row(const Frame& frame, Outbox& out, BaselinesDraft& draft, Flow& flow) {
    const FieldSpec name{frame.tr("Name of the baseline"), draft.name, frame.tr("The plan as it stands today")};
    const Rect name_at = flow.take(field_height(frame));
    if (const Typed typed = text_field(frame, name_at, name); typed.changed || typed.committed) draft.name = typed.text;
    flow.gap(frame.px(8));
    Row row(flow, button_height(frame), frame.px(8));
    const ButtonSpec keep{frame.tr("Keep the plan as it stands"), Look::Normal, kIconLock};
    if (button(frame, row, keep)) {
        out.submit(keep_baseline(frame, out, draft.name));
        draft.name.clear();
        draft.against = BaselineId{};
    }
    const Command back{plan::Command{plan::RemoveBaseline{
        frame.project->id, frame.project->baselines.empty() ? BaselineId{} : frame.project->baselines.back().id}}};
    ButtonSpec remove{frame.tr("Take the newest back"), Look::Quiet};
    remove.disabled = !frame.can(back);
    remove.reason = frame.tr("Only the newest baseline can be taken back, and only one that was kept by hand.");
    if (button(frame, row, remove)) out.submit(back);
    flow.gap(frame.px(12));
}

void tell_moves(const Frame& frame, BaselinesDraft& draft, Flow& flow, bool wide) {
    heading(frame, flow, 3, frame.text(msg("What moved since “{0}”", draft.answers->baseline(frame).name)));
    flow.gap(frame.px(4));
    const ImFont* font = frame.theme.fonts.dense;
    std::vector<std::string> sentences;
    float height = 0;
    for (const plan::MoveStory& story : draft.answers->stories(frame)) {
        if (story.parts.empty()) continue;
        sentences.push_back(frame.text(plan::story_sentence(*frame.project, story)));
        height += wrapped_height(frame, font, flow.w - frame.px(12), sentences.back()) + frame.px(4);
    }
    if (sentences.empty()) paragraph(frame, flow, frame.tr("No promise and no milestone has moved."), Tone::Muted, font);
    if (!sentences.empty()) {
        const Rect area = flow.take(std::min(height, frame.px(wide ? 132 : 72)));
        ScrollArea scroll(frame, "##moves", area);
        scroll.flow.w = std::min(scroll.flow.w, flow.w - frame.px(12));
        for (const std::string& sentence : sentences) {
            paragraph(frame, scroll.flow, sentence, Tone::Plain, font);
            scroll.flow.gap(frame.px(4));
        }
    }
    flow.gap(frame.px(12));
}

std::string baseline_day(const Frame& frame, const plan::VarianceRow& row, Day day) {
    return row.in_baseline ? frame.locale.date_weekday(day) : std::string("\u2013");
}

// `bottom`: how far down the table may reach without the dialog having to scroll.
void tell_tasks(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, float bottom) {
    BaselinesDraft& draft = *desk.baselines;
    const auto& rows = draft.answers->rows(frame);
    std::vector<int> shown;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const plan::VarianceRow& row = rows[i];
        const bool moved = !row.in_baseline || row.start_days != 0 || row.finish_days != 0;
        if (draft.all_tasks || moved) shown.push_back(static_cast<int>(i));
    }
    if (checkbox(frame, flow.take(frame.px(28)), frame.tr("Show tasks that have not moved too"), draft.all_tasks))
        draft.all_tasks = !draft.all_tasks;
    if (const std::int64_t gone = draft.answers->gone(frame); gone > 0)
        paragraph(frame, flow, frame.text(msgn("{n} task of the baseline is no longer in the plan.",
                                               "{n} tasks of the baseline are no longer in the plan.", gone)),
                  Tone::Muted, frame.theme.fonts.dense);
    if (shown.empty()) return paragraph(frame, flow, frame.tr("Every task stands where it stood."), Tone::Muted, frame.theme.fonts.dense);
    const float fitting = std::floor((bottom - flow.y - frame.px(32)) / frame.px(28));
    const float seen = std::min(std::max(fitting, kLeastTaskRows), kMostTaskRows);
    const float height = frame.px(32) + frame.px(28) * std::min(seen, static_cast<float>(shown.size())) + frame.px(8);
    Table grid(frame, flow, "variance", frame.tr("Tasks against the baseline"),
               {{frame.tr("Task")}, {frame.tr("Started"), 96, Align::Right}, {frame.tr("Ended"), 96, Align::Right},
                {frame.tr("Starts"), 96, Align::Right}, {frame.tr("Ends"), 96, Align::Right}, {frame.tr("Moved"), 92, Align::Right}},
               static_cast<int>(shown.size()), nullptr, 28, height);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const plan::VarianceRow& row = rows[static_cast<std::size_t>(shown[static_cast<std::size_t>(i)])];
        const std::string name = task_name(*frame.project, row.task);
        const std::string moved = row.in_baseline ? moved_text(frame, row.finish_days) : frame.tr("new");
        const Hit hit = grid.begin_row(i, row.task.n, frame.text(msg("{0}, {1}", name, moved)), true);
        if (hit.clicked) {
            Route route = frame.route;
            route.room = Room::Plan;
            route.task = row.task;
            out.go(route);
            desk.close();
            grid.end_row();
            return;
        }
        grid.text(0, name);
        grid.text(1, baseline_day(frame, row, row.baseline_start), Tone::Muted);
        grid.text(2, baseline_day(frame, row, row.baseline_finish), Tone::Muted);
        grid.text(3, frame.locale.date_weekday(row.start));
        grid.text(4, frame.locale.date_weekday(row.finish));
        grid.text(5, moved, row.finish_days > 0 ? Tone::Warn : Tone::Plain);
        grid.end_row();
    }
}

}  // namespace

void baselines_dialog(const Frame& frame, Outbox& out, Desk& desk) {
    if (!frame.project || !frame.answers || frame.answers->problem) return desk.close();
    BaselinesDraft& draft = *desk.baselines;
    if (!draft.answers) draft.answers = std::make_shared<BaselineAnswers>();
    Dialog dialog(frame, "##baselines", frame.tr("Baselines"), frame.project->baselines.empty() ? 760 : 1180);
    Flow& flow = dialog.flow;
    // What the dialog shows without scrolling ends here: its head and its edges are taken off.
    const float bottom = flow.y + frame.height - frame.px(48 + 56 + 36);
    paragraph(frame, flow,
              frame.tr("The plan as it was agreed, each time it was. The newest stands in grey beneath the bars of the timeline; choose "
                       "one here to see what moved since."),
              Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(12));
    const bool any = draft.answers->update(frame, draft.against), wide = any && flow.w >= frame.px(1040);
    Flow left = flow;
    if (wide) left.w = frame.px(392);
    if (any) list_all(frame, out, draft, left, draft.answers->index(), wide);
    keep_row(frame, out, draft, left);
    Flow right = wide ? Flow{left.x + left.w + frame.px(28), flow.y, flow.w - left.w - frame.px(28)} : left;
    if (any) {
        tell_moves(frame, draft, right, wide);
        tell_tasks(frame, out, desk, right, bottom);
    }
    flow.y = std::max(left.y, right.y);
    if (dialog.closed) desk.close();
}

}  // namespace entente::ui
