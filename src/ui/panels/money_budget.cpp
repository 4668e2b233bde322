// Budget, forecast and what is left, by stage and role; a person's own forecast; the lines of the budget.
#include <algorithm>

#include "base/text.hpp"
#include "icons.hpp"
#include "report/proposal.hpp"
#include "ui/panels/money_panel.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/state.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

// One line of the table: a stage with its roles under it, or a role; the last is the total.
struct BudgetRow {
    std::string name;
    money::Figures figures;
    bool strong = false, indented = false, overridden = false, total = false;
    const money::Cell* cell = nullptr;
};

std::vector<BudgetRow> rows_of(const Frame& frame, const money::Report& report, bool by_role) {
    std::vector<BudgetRow> rows;
    if (by_role) {
        for (const money::RoleRow& one : report.roles)
            rows.push_back({role_name(frame, one.role), one.figures});
    } else {
        for (const money::StageRow& stage : report.stages) {
            rows.push_back({stage_name(frame, stage.stage), stage.figures, true});
            for (const money::Cell& cell : report.cells) {
                if (cell.stage == stage.stage)
                    rows.push_back({role_name(frame, cell.role), cell.figures, false, true, cell.overridden,
                                    false, &cell});
            }
        }
    }
    if (report.changes_budget_minor != 0) {
        money::Figures changes;
        changes.budget_minor = changes.variance_minor = report.changes_budget_minor;
        rows.push_back({frame.tr("Changes agreed since the budget"), changes});
    }
    rows.push_back({frame.tr("Total"), report.total, true, false, false, true});
    return rows;
}

// Without a budget nothing is left over and nothing is overspent.
void row_cells(const Frame& frame, Table& grid, const BudgetRow& row, bool has_budget) {
    const Rect name = grid.cell(0);
    const Palette& p = frame.theme.palette;
    const ImFont* font = row.strong ? frame.theme.fonts.strong : frame.theme.fonts.body;
    const float lead = row.indented ? frame.px(18) : 0;
    text_in(frame, font, {name.x0 + lead, name.y0, name.x1, name.y1}, row.indented ? p.muted : p.text,
            row.name);
    grid.node(0, row.name);
    const money::Figures& f = row.figures;
    if (has_budget) grid.text(1, amount(frame, f.budget_minor), Tone::Plain, row.strong);
    else grid.text(1, "\u2013", Tone::Muted);
    grid.text(2, amount(frame, f.actual_minor), Tone::Plain, row.strong);
    grid.text(3, amount(frame, f.committed_minor), Tone::Muted, row.strong);
    grid.text(4, amount(frame, f.remaining_minor), Tone::Muted, row.strong);
    grid.text(5, amount(frame, f.forecast_minor), row.overridden ? Tone::Accent : Tone::Plain, row.strong);
    if (has_budget) grid.status(7, variance_status(frame, f.variance_minor));
    else grid.text(7, "\u2013", Tone::Muted);
    if (row.overridden) grid.text(8, frame.tr("by hand"), Tone::Accent);
}

}  // namespace

void MoneyPanel::budget_tools(const Frame& frame, Outbox& out, Flow& flow) {
    Row row(flow, button_height(frame), frame.px(8));
    const char* name = frame.tr("Take the budget from the plan");
    if (button_right(frame, row, {name, Look::Normal, kIconDownload})) {
        const auto taken = money::budget_from_plan(frame.model, *frame.project,
                                                   [&out] { return out.new_id<BudgetLineId>().n; });
        if (taken)
            out.submit(money_command(*taken));
        else
            frame.semantics.announce(frame.text(taken.error().what), true);
    }
    by_role_ = segmented(frame, row, "by", frame.tr("How the table is grouped"),
                         {frame.tr("By stage"), frame.tr("By role")}, by_role_) == 1;
    flow.gap(frame.px(8));
}

void MoneyPanel::budget_table(const Frame& frame, Flow& flow, const money::Report& report) {
    const std::vector<BudgetRow> rows = rows_of(frame, report, by_role_);
    Table grid(frame, flow, "budget", frame.tr("Budget and forecast"),
               {{by_role_ ? frame.tr("Role") : frame.tr("Stage and role"), 0},
                {frame.tr("Budget"), 118, Align::Right},
                {frame.tr("Spent"), 118, Align::Right},
                {frame.tr("Ordered"), 110, Align::Right},
                {frame.tr("Still to do"), 118, Align::Right},
                {frame.tr("Forecast"), 118, Align::Right},
                {{}, 12},
                {frame.tr("Left over"), 132},
                {{}, 76}},
               static_cast<int>(rows.size()), nullptr, 32);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const BudgetRow& row = rows[static_cast<std::size_t>(i)];
        const bool chosen = row.cell && forecast_.open && forecast_.stage == row.cell->stage &&
                            forecast_.role == row.cell->role;
        const std::string name = row.cell ? frame.text(msg("{0}, {1}: set the forecast",
                                                           stage_name(frame, row.cell->stage), row.name))
                                          : row.name;
        const Hit hit = grid.begin_row(i, static_cast<std::uint64_t>(i) + 1, name, row.cell != nullptr,
                                       chosen);
        row_cells(frame, grid, row, report.at_budget.has_value());
        if (hit.clicked && row.cell) {
            forecast_ = {row.cell->stage, {}, {}, row.cell->role, row.figures.forecast_minor, true};
            for (const money::Override& own : frame.project->money.overrides) {
                if (own.stage == row.cell->stage && own.role == row.cell->role)
                    forecast_.reason = own.reason, forecast_.by = own.by;
            }
            frame.widgets->redraw = true;
        }
        grid.end_row();
    }
}

void MoneyPanel::forecast_form(const Frame& frame, Outbox& out, Flow& flow, const money::Report& report) {
    const auto cell = std::find_if(report.cells.begin(), report.cells.end(), [this](const money::Cell& one) {
        return one.stage == forecast_.stage && one.role == forecast_.role;
    });
    if (!forecast_.open || cell == report.cells.end()) return;
    flow.gap(frame.px(16));
    Card card(frame, flow, "forecast", 0, true);
    heading(frame, card.flow, 3,
            frame.text(
                msg("Forecast for {0}, {1}", stage_name(frame, cell->stage), role_name(frame, cell->role))));
    card.flow.gap(frame.px(8));
    const Currency currency = frame.project->currency;
    Flow one = card.flow.column(0, 3, frame.px(12)), two = card.flow.column(1, 3, frame.px(12)),
         three = card.flow.column(2, 3, frame.px(12));
    if (const auto minor = money_field(
            frame, captioned(frame, one, frame.tr("It will come to"), field_height(frame)),
            frame.tr("It will come to"), {forecast_.minor, currency}))
        forecast_.minor = *minor;
    form_text(frame, two, frame.tr("Because"), forecast_.reason, frame.tr("What the plan does not know"));
    form_text(frame, three, frame.tr("Who reckons so"), forecast_.by, frame.tr("Name or role"));
    card.flow.y = std::max(one.y, three.y) + frame.px(12);
    Row row(card.flow, button_height(frame), frame.px(8));
    const money::Override made{forecast_.stage,  forecast_.role, forecast_.minor,
                               forecast_.reason, forecast_.by,   frame.today};
    const Command put = money_command(money::SetForecast{frame.project->id, made});
    const auto allowed = frame.session.can(put);
    const std::string why = allowed ? std::string() : frame.text(allowed.error().what);
    ButtonSpec save{frame.tr("Set the forecast"), Look::Primary};
    save.disabled = !allowed;
    save.reason = why;
    if (button(frame, row, save)) {
        out.submit(put);
        forecast_ = {};
    }
    if (cell->overridden && button(frame, row, {frame.tr("Use the computed one"), Look::Normal})) {
        out.submit(money_command(money::ClearForecast{frame.project->id, cell->stage, cell->role}));
        forecast_ = {};
    }
    if (button(frame, row, {frame.tr("Never mind"), Look::Quiet})) forecast_ = {};
}

void MoneyPanel::fixed_form(const Frame& frame, Outbox& out, Flow& flow) {
    Flow one = flow.column(0, 3, frame.px(12)), two = flow.column(1, 3, frame.px(12)),
         three = flow.column(2, 3, frame.px(12));
    form_text(frame, one, frame.tr("A fixed sum for"), fixed_label_, frame.tr("Drives, a hire, a courier"));
    (void)stage_select(frame, captioned(frame, two, frame.tr("Stage"), field_height(frame)), fixed_stage_);
    if (const auto minor = money_field(
            frame, captioned(frame, three, frame.tr("Amount, ex VAT"), field_height(frame)),
            frame.tr("Amount, ex VAT"), {fixed_minor_, frame.project->currency}))
        fixed_minor_ = *minor;
    flow.y = std::max(one.y, three.y) + frame.px(8);
    Row row(flow, button_height(frame), frame.px(8));
    ButtonSpec add{frame.tr("Add it to the budget"), Look::Normal, kIconPlus};
    add.disabled = trim(fixed_label_).empty() || fixed_minor_ <= 0;
    if (add.disabled) add.reason = frame.tr("Say what it is for and how much.");
    if (!button(frame, row, add)) return;
    const money::BudgetLine line{
        out.new_id<BudgetLineId>(), fixed_stage_, {}, std::string(trim(fixed_label_)), 0, 0, fixed_minor_};
    out.submit(money_command(money::PutBudgetLine{frame.project->id, line, {}}));
    fixed_label_.clear();
    fixed_minor_ = 0;
}

void MoneyPanel::budget_lines(const Frame& frame, Outbox& out, Flow& flow) {
    const auto& lines = frame.project->money.budget;
    for (const money::BudgetLine& line : lines) {
        const IdScope scope(line.id.n);
        Row row(flow, field_height(frame), frame.px(8));
        const Rect cross = row.right(frame.px(32)), total = row.right(frame.px(112)),
                   field = row.right(frame.px(160));
        const std::string name = stage_name(frame, line.stage) + ", " +
                                 (line.role ? role_name(frame, line.role) : line.label);
        const Rect words = row.rest();
        text_in(frame, frame.theme.fonts.body, words, frame.theme.palette.text, name);
        note(frame, NodeRole::Paragraph, words, name);
        money::BudgetLine next = line;
        if (line.role) {
            const std::string hours_name = frame.text(msg("Hours: {0}", name));
            NumberSpec hours{hours_name,
                             line.minutes * 100 / 60,
                             2,
                             100,
                             0,
                             100'000'000,
                             frame.tr("hours"),
                             frame.tr("One hour less"),
                             frame.tr("One hour more")};
            if (const auto value = number_field(frame, field, hours)) next.minutes = *value * 60 / 100;
        } else if (const auto minor = money_field(frame, field, frame.text(msg("Amount: {0}", name)),
                                                  {line.fixed_minor, frame.project->currency}, "fixed")) {
            next.fixed_minor = *minor;
        }
        if (const auto minor = money::line_minor(line))
            text_in(frame, frame.theme.fonts.body, total, frame.theme.palette.muted, amount(frame, *minor),
                    Align::Right);
        if (!(next == line)) out.submit(money_command(money::PutBudgetLine{frame.project->id, next, {}}));
        if (icon_button(frame, cross, kIconTrash, frame.text(msg("Remove from the budget: {0}", name))))
            out.submit(money_command(money::RemoveBudgetLine{frame.project->id, line.id}));
        flow.gap(frame.px(4));
    }
    flow.gap(frame.px(8));
    fixed_form(frame, out, flow);
}

void MoneyPanel::budget(const Frame& frame, Outbox& out, Flow& flow, const money::Report& report) {
    if (report.cells.empty() || frame.project->money.budget.empty()) {
        EmptySpec none{kIconCoins, frame.tr("There is no budget yet"), {}, {}};
        none.text = report.cells.empty() ? frame.tr(
                                               "Give the plan's tasks roles and hours: the budget is taken "
                                               "from them, at your rates. Or add a "
                                               "fixed sum below.")
                                         : frame.tr(
                                               "The plan knows the work and the rate card what it costs: the "
                                               "budget is taken from both, and "
                                               "stays as it is while the plan moves on.");
        if (!report.cells.empty()) none.offer = frame.tr("Take the budget from the plan");
        if (empty_state(frame, flow, none)) {
            const auto taken = money::budget_from_plan(frame.model, *frame.project,
                                                       [&out] { return out.new_id<BudgetLineId>().n; });
            if (taken)
                out.submit(money_command(*taken));
            else
                frame.semantics.announce(frame.text(taken.error().what), true);
        }
        flow.gap(frame.px(16));
    } else {
        budget_tools(frame, out, flow);
    }
    if (!report.cells.empty()) budget_table(frame, flow, report);
    forecast_form(frame, out, flow, report);
    flow.gap(frame.px(16));
    Card card(frame, flow, "lines");
    if (disclosure(frame, card.flow, frame.tr("Lines of the budget"), lines_open_)) {
        card.flow.gap(frame.px(8));
        budget_lines(frame, out, card.flow);
    }
}

}  // namespace entente::ui
