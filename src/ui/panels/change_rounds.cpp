// Rounds of notes: used against included, and the next one priced before it happens.
#include <algorithm>

#include "base/text.hpp"
#include "core/change/rounds.hpp"
#include "core/lookup.hpp"
#include "icons.hpp"
#include "ui/panels/changes_panel.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

Status rounds_status(const Frame& frame, const change::RoundsRow& row) {
    if (row.paid) return {Shape::Tick, Tone::Ok, frame.tr("the next one is agreed")};
    if (row.asked) return {Shape::Dot, Tone::Warn, frame.tr("the next one waits for a decision")};
    if (row.next_is_extra) return {Shape::Triangle, Tone::Warn, frame.tr("the next one is extra")};
    return {Shape::Tick, Tone::Ok, frame.text(msgn("{n} left", "{n} left", row.left))};
}

void use_round(const Frame& frame, Outbox& out, const change::Rounds& rounds, const change::RoundsRow& row) {
    change::RoundUse use;
    use.on = frame.today;
    use.version = frame.text(msg("Version {0}", static_cast<std::int64_t>(row.used) + 1));
    if (row.next_is_extra) use.paid_by = row.paid;
    out.submit(Command{change::Command{change::UseRound{frame.project->id, rounds.id, use}}});
}

void price_round(const Frame& frame, Outbox& out, const change::Rounds& rounds, const change::RoundsRow& row) {
    const std::int64_t number = static_cast<std::int64_t>(row.used) + 1;
    const std::string request = frame.text(msg("Round {0} of notes on {1}", number, rounds.name));
    change::Change made = change::round_change(*frame.project, rounds, out.new_id<ChangeId>(), request,
                                               frame.text(msg("{0}, round {1}", rounds.name, number)), frame.today,
                                               [&out] { return out.new_id<TaskId>().n; });
    if (frame.answers) made.stage = change::stage_at(*frame.project, frame.answers->schedule, frame.today);
    Route route = frame.route;
    route.change = made.id;
    out.submit(put_change(*frame.project, std::move(made)));
    out.go(route);
}

}  // namespace

void ChangesPanel::rounds_table(const Frame& frame, Outbox& out, Flow& flow) {
    const auto rows = change::rounds_rows(frame.model, *frame.project);
    Table grid(frame, flow, "rounds", frame.tr("Rounds of notes"),
               {{frame.tr("Rounds of notes on"), 0},
                {frame.tr("Used"), 96, Align::Right},
                {frame.tr("State"), 216},
                {frame.tr("One more, ex VAT"), 132, Align::Right},
                {frame.tr("What can be done"), 300}},
               static_cast<int>(rows.size()), nullptr, 40);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const change::RoundsRow& row = rows[static_cast<std::size_t>(i)];
        const change::Rounds& one = frame.project->rounds[static_cast<std::size_t>(i)];
        grid.begin_row(i, one.id.n, one.name, false);
        grid.text(0, one.name);
        grid.text(1, frame.text(msg("{0} of {1}", static_cast<std::int64_t>(row.used), static_cast<std::int64_t>(row.included))));
        grid.status(2, rounds_status(frame, row));
        grid.text(3, frame.locale.money_short({row.charge_minor, frame.project->currency}), Tone::Muted);
        const Rect cell = grid.cell(4);
        const Part tools(frame, NodeRole::Cell, "tools", cell, frame.tr("What can be done"), Table::under(4));
        Flow inner{cell.x0, cell.y0 + frame.px(4), cell.w()};
        Row line(inner, button_height(frame), frame.px(4));
        const IdScope scope(one.id.n);
        const std::string record_name = frame.text(msg("Record a round of {0}", one.name));
        const std::string price_name = frame.text(msg("Price the next round of {0}", one.name));
        ButtonSpec record{frame.tr("Record a round"), Look::Quiet};
        record.name = record_name;
        ButtonSpec price{frame.tr("Price the next"), Look::Quiet};
        price.name = price_name;
        if (!row.next_is_extra || row.paid) {
            if (button(frame, line, record)) use_round(frame, out, one, row);
        } else if (!row.asked) {
            if (button(frame, line, price)) price_round(frame, out, one, row);
        }
        const std::string remove = frame.text(msg("Remove the rounds of {0}", one.name));
        if (row.used == 0 && icon_button(frame, line.left(frame.px(30)), kIconTrash, remove))
            out.submit(Command{change::Command{change::RemoveRounds{frame.project->id, one.id}}});
        grid.end_row();
    }
}

void ChangesPanel::add_rounds(const Frame& frame, Outbox& out, Flow& flow) {
    if (!rounds_.open) {
        Row row(flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("Count rounds of notes\u2026"), Look::Normal, kIconPlus})) {
            rounds_ = RoundsDraft{};
            rounds_.included = frame.model.house.terms.rounds_included;
            rounds_.open = true;
        }
        return;
    }
    const plan::Project& project = *frame.project;
    Flow first = flow.column(0, 4, frame.px(12)), second = flow.column(1, 4, frame.px(12)), third = flow.column(2, 4, frame.px(12)),
         fourth = flow.column(3, 4, frame.px(12));
    form_text(frame, first, frame.tr("What is reviewed"), rounds_.name, frame.tr("Picture cut"));
    const Rect task_at = captioned(frame, second, frame.tr("Before which task"), field_height(frame));
    if (const auto picked = task_select(frame, task_at, frame.tr("Before which task"), project, rounds_.task, TaskId{}))
        rounds_.task = *picked;
    const Rect included_at = captioned(frame, third, frame.tr("Rounds included"), field_height(frame));
    if (const auto value = number_field(frame, included_at,
                                        {frame.tr("Rounds included"), rounds_.included, 0, 1, 0, 100, {}, frame.tr("One round less"),
                                         frame.tr("One round more")}))
        rounds_.included = *value;
    const Rect days_at = captioned(frame, fourth, frame.tr("One more takes"), field_height(frame));
    if (const auto value = number_field(frame, days_at,
                                        {frame.tr("One more takes"), rounds_.days_hundredths, 2, 100, 0, 100'000, frame.tr("days"),
                                         frame.tr("One day less"), frame.tr("One day more")}))
        rounds_.days_hundredths = *value;
    flow.y = std::max(std::max(first.y, second.y), std::max(third.y, fourth.y)) + frame.px(12);
    Row row(flow, button_height(frame), frame.px(8));
    ButtonSpec save{frame.tr("Count them"), Look::Primary};
    save.disabled = trim(rounds_.name).empty();
    if (save.disabled) save.reason = frame.tr("Say what is reviewed.");
    if (button(frame, row, save)) {
        change::Rounds made;
        made.id = out.new_id<RoundsId>();
        made.name = std::string(trim(rounds_.name));
        made.task = rounds_.task;
        made.included = static_cast<std::int32_t>(rounds_.included);
        made.minutes = rounds_.days_hundredths * minutes_per_day(project) / 100;
        // The roles that lead to the task do one more round too.
        if (find_task(project, made.task)) {
            std::vector<LinkId> spare(change::reopen_links(project, made.task));
            made.assignments =
                change::make_reopen(project, made.task, made.minutes, made.name, frame.today, TaskId{}, spare).work.assignments;
        }
        out.submit(Command{change::Command{change::PutRounds{project.id, made, {}}}});
        rounds_ = RoundsDraft{};
    }
    if (button(frame, row, {frame.tr("Never mind"), Look::Quiet})) rounds_.open = false;
}

void ChangesPanel::rounds(const Frame& frame, Outbox& out, Flow& flow) {
    heading(frame, flow, 2, frame.tr("Rounds of notes"));
    flow.gap(frame.px(4));
    const std::int64_t goodwill = change::goodwill_minor(*frame.project);
    if (frame.project->rounds.empty()) {
        paragraph(frame, flow, frame.tr("Say how many rounds the price includes, and the next one is priced before it happens."),
                  Tone::Muted, frame.theme.fonts.dense);
    } else {
        rounds_table(frame, out, flow);
    }
    flow.gap(frame.px(8));
    add_rounds(frame, out, flow);
    if (goodwill != 0) {
        flow.gap(frame.px(16));
        paragraph(frame, flow,
                  frame.text(msg("Given away as goodwill so far: {0}. The client does not see this.", money_ex_vat(frame, goodwill))),
                  Tone::Muted, frame.theme.fonts.dense);
    }
}

}  // namespace entente::ui
