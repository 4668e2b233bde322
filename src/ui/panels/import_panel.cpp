#include "ui/panels/import_panel.hpp"

#include <algorithm>
#include <cmath>

#include "icons.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/state.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

constexpr std::size_t kShownProblems = 5;
constexpr int kShownTasks = 12;

SetImportOptions options_of(const ImportView& view) {
    SetImportOptions options{view.project->name, day_of(view.project->start), view.promise_milestones, {}};
    for (const ImportColumn& column : view.columns) options.column_fields.push_back(column.field);
    return options;
}

std::int64_t errors(const ImportView& view) {
    return std::count_if(view.problems.begin(), view.problems.end(), [](const ImportProblem& problem) { return problem.error; });
}

// What is wrong, and where: a line of a table, a place in a document. The file itself is named above.
Message what_failed(const ImportView& view) {
    const Error& failure = *view.failure;
    if (failure.where.empty() || failure.where == view.file_name) return failure.what;
    const bool line = failure.where.find_first_not_of("0123456789") == std::string::npos;
    return line ? msg("Line {0}: {1}", failure.where, failure.what) : msg("{0} ({1})", failure.what, failure.where);
}

}  // namespace

void ImportPanel::options(const Frame& frame, Outbox& out, Flow& flow, const ImportView& view) {
    Card card(frame, flow, "options");
    heading(frame, card.flow, 4, frame.tr("As which project"));
    card.flow.gap(frame.px(8));
    SetImportOptions next = options_of(view);
    bool put = false;
    const Rect name_at = captioned(frame, card.flow, frame.tr("Name"), field_height(frame));
    if (const Typed typed = text_field(frame, name_at, {frame.tr("Name"), view.project->name}); typed.committed)
        next.name = typed.text, put = true;
    card.flow.gap(frame.px(8));
    const Rect start_at = captioned(frame, card.flow, frame.tr("Begins on"), field_height(frame));
    if (const auto day = date_field(frame, start_at, {frame.tr("Begins on"), next.start})) next.start = *day, put = true;
    card.flow.gap(frame.px(8));
    const char* promise = frame.tr("Promise the client's milestones as they fall");
    if (checkbox(frame, card.flow.take(frame.px(28)), promise, view.promise_milestones))
        next.promise_milestones = !view.promise_milestones, put = true;
    if (put) out.ask(std::move(next));
}

void ImportPanel::columns(const Frame& frame, Outbox& out, Flow& flow, const ImportView& view) {
    if (view.columns.empty()) return;
    flow.gap(frame.px(16));
    Card card(frame, flow, "columns");
    heading(frame, card.flow, 4, frame.tr("What the columns mean"));
    card.flow.gap(frame.px(8));
    const auto names = [&] {
        std::vector<std::string> texts;
        for (const Message& name : view.field_names) texts.push_back(frame.text(name));
        return texts;
    };
    for (std::size_t i = 0; i < view.columns.size(); ++i) {
        const ImportColumn& column = view.columns[i];
        const IdScope scope(i + 1);
        Row row(card.flow, field_height(frame), frame.px(12));
        const Rect choice = row.right(std::floor(card.flow.w * 0.5f)), words = row.rest();
        text_in(frame, frame.theme.fonts.dense_strong, {words.x0, words.y0, words.x1, words.mid_y()}, frame.theme.palette.text,
                column.header);
        std::string samples;
        for (const std::string& sample : column.samples) samples += (samples.empty() || sample.empty() ? "" : ", ") + sample;
        text_in(frame, frame.theme.fonts.small, {words.x0, words.mid_y(), words.x1, words.y1}, frame.theme.palette.muted, samples);
        const auto field = static_cast<std::size_t>(column.field);
        const std::string shown = field < view.field_names.size() ? frame.text(view.field_names[field]) : std::string();
        const std::string name = frame.text(msg("What the column {0} means", column.header));
        if (const auto picked = select(frame, choice, {name, shown, column.field, "means"}, names)) {
            SetImportOptions next = options_of(view);
            next.column_fields[i] = *picked;
            out.ask(std::move(next));
        }
        card.flow.gap(frame.px(6));
    }
}

void ImportPanel::problems(const Frame& frame, Flow& flow, const ImportView& view) {
    if (view.problems.empty()) return;
    {
        Card card(frame, flow, "problems");
        const auto count = static_cast<std::int64_t>(view.problems.size());
        heading(frame, card.flow, 4, frame.text(msgn("{n} thing to know", "{n} things to know", count)));
        card.flow.gap(frame.px(8));
        const std::size_t shown = all_problems_ ? view.problems.size() : std::min(view.problems.size(), kShownProblems);
        const Part list(frame, NodeRole::List, "list",
                        box(card.flow.x, card.flow.y, card.flow.w, frame.px(24) * static_cast<float>(shown)),
                        frame.tr("Things to know"));
        for (std::size_t i = 0; i < shown; ++i) {
            const ImportProblem& problem = view.problems[i];
            const std::string text = problem.line ? frame.text(msg("Line {0}: {1}", problem.line, frame.text(problem.text)))
                                                  : frame.text(problem.text);
            const float lead = frame.px(20), height = wrapped_height(frame, frame.theme.fonts.dense, card.flow.w - lead, text);
            const Rect area = card.flow.take(height + frame.px(4));
            const Tone tone = problem.error ? Tone::Bad : Tone::Warn;
            draw_shape(problem.error ? Shape::Square : Shape::Triangle, area.x0 + frame.px(6), area.y0 + frame.px(9),
                       frame.px(9), tone_colour(frame, tone));
            draw_wrapped(frame, frame.theme.fonts.dense, area.x0 + lead, area.y0, card.flow.w - lead, frame.theme.palette.text, text);
            note(frame, NodeRole::ListItem, area, text);
        }
        if (view.problems.size() > kShownProblems) {
            card.flow.gap(frame.px(4));
            Row row(card.flow, button_height(frame), frame.px(8));
            if (button(frame, row, {all_problems_ ? frame.tr("Show fewer") : frame.tr("Show all"), Look::Quiet}))
                all_problems_ = !all_problems_;
        }
    }
    flow.gap(frame.px(16));
}

void ImportPanel::preview(const Frame& frame, Flow& flow, const ImportView& view) {
    Card card(frame, flow, "preview");
    heading(frame, card.flow, 4, frame.tr("What was read"));
    card.flow.gap(frame.px(8));
    const auto figure = [&](std::int64_t value) { return frame.locale.number(value); };
    const std::string tasks = figure(view.tasks), links = figure(view.links), milestones = figure(view.milestones),
                      client = figure(view.client_items);
    stats(frame, card.flow,
          {{frame.tr("Tasks"), tasks},
           {frame.tr("Links"), links},
           {frame.tr("Milestones"), milestones},
           {frame.tr("From the client"), client}},
          4);
    card.flow.gap(frame.px(12));
    const bool dated = view.schedule.rows.size() == view.project->tasks.size() && !view.schedule.rows.empty();
    if (dated) {
        const std::string start = frame.locale.date(day_of(view.schedule.start)), finish = frame.locale.date(day_of(view.schedule.finish));
        const std::string days = days_text(frame, *view.project, view.schedule.working_minutes);
        const std::string calendars = figure(view.calendars), people = figure(view.assignments);
        stats(frame, card.flow,
              {{frame.tr("Begins"), start},
               {frame.tr("Ends"), finish, days},
               {frame.tr("Calendars"), calendars},
               {frame.tr("Assignments"), people}},
              4);
        card.flow.gap(frame.px(12));
    }
    const int count = std::min(static_cast<int>(view.project->tasks.size()), kShownTasks);
    Table grid(frame, card.flow, "rows", frame.tr("The first tasks"),
               {{frame.tr("Task"), 0},
                {frame.tr("Stage"), 120},
                {frame.tr("Length"), 88, Align::Right},
                {frame.tr("Starts"), 112, Align::Right},
                {frame.tr("Ends"), 112, Align::Right}},
               count, nullptr, 28);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const auto index = static_cast<std::size_t>(i);
        const plan::Task& task = view.project->tasks[index];
        grid.begin_row(i, task.id.n, task.name, false);
        grid.text(0, task.name, Tone::Plain, task.kind == plan::TaskKind::Summary);
        grid.text(1, task.stage, Tone::Muted);
        grid.text(2, task_length(frame, *view.project, task), Tone::Muted);
        if (dated) grid.text(3, frame.locale.date_weekday(day_of(view.schedule.rows[index].start)));
        if (dated) grid.text(4, frame.locale.date_weekday(day_of(view.schedule.rows[index].finish)));
        grid.end_row();
    }
    const std::size_t more = view.project->tasks.size() - static_cast<std::size_t>(count);
    if (more > 0) {
        card.flow.gap(frame.px(8));
        paragraph(frame, card.flow, frame.text(msgn("and {n} more", "and {n} more", static_cast<std::int64_t>(more))),
                  Tone::Muted, frame.theme.fonts.dense);
    }
}

void ImportPanel::buttons(const Frame& frame, Outbox& out, Rect area, const ImportView& view) {
    const Palette& p = frame.theme.palette;
    fill(area, p.panel);
    line(area.x0, area.y0, area.x1, area.y0, p.line, 1);
    Flow flow{area.x0 + frame.px(24), area.y0 + frame.px(13), area.w() - frame.px(48)};
    Row row(flow, button_height(frame), frame.px(8));
    const std::string label = frame.text(msgn("Import {n} task", "Import {n} tasks", view.tasks));
    ButtonSpec accept{label, Look::Primary, kIconCheck};
    accept.key = "accept";
    // The button that picked the file is gone: the focus goes on with the file, to the first button that can be used here.
    if (!std::exchange(focus_given_, true)) frame.widgets->focus_first = true;
    accept.disabled = view.failure.has_value() || view.tasks == 0;
    if (accept.disabled) accept.reason = frame.tr("There is nothing to import.");
    if (button_right(frame, row, accept)) out.ask(AcceptImport{});
    if (button_right(frame, row, {frame.tr("Cancel"), Look::Normal})) out.ask(CancelImport{});
    const std::int64_t left_out = errors(view);
    const std::string words =
        left_out
            ? frame.text(msgn(
                  "{n} row cannot be read and is left out. Nothing is changed until you import; one undo takes it all away.",
                  "{n} rows cannot be read and are left out. Nothing is changed until you import; one undo takes it all away.",
                  left_out))
            : std::string(frame.tr("Nothing is changed until you import; one undo takes it all away."));
    text_in(frame, frame.theme.fonts.dense, row.rest(), p.muted, words);
}

void ImportPanel::draw(const Frame& frame, Outbox& out, Rect area) {
    const ImportView& view = *frame.import;
    const float foot = frame.px(56);
    {
        ScrollArea scroll(frame, "##import", {area.x0, area.y0, area.x1, area.y1 - foot});
        Flow& flow = scroll.flow;
        flow.x += frame.px(24);
        flow.w = std::min(flow.w - frame.px(48), frame.px(1240));
        flow.gap(frame.px(20));
        heading(frame, flow, 1, frame.text(msg("Import {0}", view.file_name)));
        paragraph(frame, flow, frame.text(view.format), Tone::Muted, frame.theme.fonts.dense);
        flow.gap(frame.px(16));
        if (view.failure) {
            const std::string what = frame.text(what_failed(view)), remedy = frame.text(view.failure->remedy);
            banner(frame, flow, {Shape::Square, Tone::Bad, what}, remedy, NodeRole::Alert);
            flow.gap(frame.px(16));
            problems(frame, flow, view);
            columns(frame, out, flow, view);
        } else {
            const bool two = flow.w > frame.px(820);
            Flow main = flow, side = flow;
            if (two) {
                side.w = std::floor(std::min(frame.px(400), flow.w * 0.38f));
                main.w = flow.w - side.w - frame.px(16);
                side.x = main.x + main.w + frame.px(16);
            }
            problems(frame, main, view);
            preview(frame, main, view);
            if (!two) side.y = main.y + frame.px(16);
            options(frame, out, side, view);
            columns(frame, out, side, view);
            flow.y = std::max(main.y, side.y);
        }
        flow.gap(frame.px(24));
    }
    buttons(frame, out, {area.x0, area.y1 - foot, area.x1, area.y1}, view);
    if (std::exchange(frame.widgets->escape, false)) out.ask(CancelImport{});
}

}  // namespace entente::ui
