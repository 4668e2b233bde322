// What was spent: hours and invoices, each a fact, taken back by another; and what is ordered.
#include <algorithm>

#include "base/text.hpp"
#include "icons.hpp"
#include "report/proposal.hpp"
#include "ui/panels/money_panel.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

std::vector<const plan::Task*> tasks_of(const plan::Project& project) {
    std::vector<const plan::Task*> out;
    for (const plan::Task& task : project.tasks) {
        if (task.kind != plan::TaskKind::Summary) out.push_back(&task);
    }
    return out;
}

std::string why_not(const Frame& frame, const Command& command) {
    const auto allowed = frame.session.can(command);
    return allowed ? std::string() : frame.text(allowed.error().what);
}

}  // namespace

void MoneyPanel::hours_fields(const Frame& frame, Flow& flow) {
    Flow one = flow.column(0, 3, frame.px(12)), two = flow.column(1, 3, frame.px(12)),
         three = flow.column(2, 3, frame.px(12));
    (void)role_select(frame, captioned(frame, one, frame.tr("Role"), field_height(frame)), cost_.role);
    NumberSpec hours{
        frame.tr("Hours worked"),      cost_.hours_hundredths,       2, 50, 25, 10'000'000, frame.tr("hours"),
        frame.tr("Half an hour less"), frame.tr("Half an hour more")};
    if (const auto value = number_field(
            frame, captioned(frame, two, frame.tr("Hours worked"), field_height(frame)), hours))
        cost_.hours_hundredths = *value;
    const plan::Task* task = find_task(*frame.project, cost_.task);
    const std::string shown = task ? task->name : std::string(frame.tr("No one task"));
    const auto options = [&frame] {
        std::vector<std::string> names = {frame.tr("No one task")};
        for (const plan::Task* known : tasks_of(*frame.project)) names.push_back(known->name);
        return names;
    };
    if (const auto picked = select(frame, captioned(frame, three, frame.tr("Task"), field_height(frame)),
                                   {frame.tr("Task"), shown}, options)) {
        const plan::Task* chosen = *picked == 0
                                       ? nullptr
                                       : tasks_of(*frame.project)[static_cast<std::size_t>(*picked) - 1];
        cost_.task = chosen ? chosen->id : TaskId{};
        if (chosen) cost_.stage = chosen->stage;
    }
    flow.y = std::max(one.y, three.y) + frame.px(8);
}

void MoneyPanel::invoice_fields(const Frame& frame, Flow& flow) {
    Flow one = flow.column(0, 2, frame.px(12)), two = flow.column(1, 2, frame.px(12));
    if (const auto minor = money_field(frame,
                                       captioned(frame, one, frame.tr("Amount, ex VAT"), field_height(frame)),
                                       frame.tr("Amount, ex VAT"), {cost_.minor, frame.project->currency}))
        cost_.minor = *minor;
    std::vector<const money::Commitment*> open;
    for (const money::Commitment& order : frame.project->money.commitments) {
        if (!order.closed) open.push_back(&order);
    }
    std::string shown = frame.tr("No order");
    for (const money::Commitment* order : open) {
        if (order->id == cost_.order) shown = order->label;
    }
    const auto options = [&frame, &open] {
        std::vector<std::string> names = {frame.tr("No order")};
        for (const money::Commitment* order : open) names.push_back(order->label);
        return names;
    };
    if (const auto picked = select(frame,
                                   captioned(frame, two, frame.tr("Pays for the order"), field_height(frame)),
                                   {frame.tr("Pays for the order"), shown}, options)) {
        const money::Commitment* order = *picked == 0 ? nullptr : open[static_cast<std::size_t>(*picked) - 1];
        cost_.order = order ? order->id : CommitmentId{};
        if (order) cost_.stage = order->stage;
    }
    flow.y = std::max(one.y, two.y) + frame.px(8);
}

std::optional<money::Cost> MoneyPanel::drafted_cost(const Frame& frame) const {
    money::Cost made;
    made.day = cost_.day.value_or(frame.today);
    made.stage = cost_.stage;
    made.label = std::string(trim(cost_.label));
    if (!cost_.hours) {
        made.amount_minor = cost_.minor;
        made.commitment = cost_.order;
        return made;
    }
    made.role = cost_.role;
    made.task = cost_.task;
    made.minutes = cost_.hours_hundredths * 60 / 100;
    const auto priced = money::time_entry(frame.model, *frame.project, made);
    return priced ? std::optional<money::Cost>(*priced) : std::nullopt;
}

void MoneyPanel::cost_form(const Frame& frame, Outbox& out, Flow& flow) {
    {
        Card card(frame, flow, "cost");
        heading(frame, card.flow, 4, frame.tr("Write down a cost"));
        card.flow.gap(frame.px(8));
        Row kinds(card.flow, button_height(frame), frame.px(8));
        cost_.hours = segmented(frame, kinds, "kind", frame.tr("What kind of cost"),
                                {frame.tr("Hours"), frame.tr("Invoice")}, cost_.hours ? 0 : 1) == 0;
        card.flow.gap(frame.px(8));
        if (cost_.hours)
            hours_fields(frame, card.flow);
        else
            invoice_fields(frame, card.flow);
        Flow one = card.flow.column(0, 3, frame.px(12)), two = card.flow.column(1, 3, frame.px(12)),
             three = card.flow.column(2, 3, frame.px(12));
        if (const auto day = date_field(frame, captioned(frame, one, frame.tr("Day"), field_height(frame)),
                                        {frame.tr("Day"), cost_.day.value_or(frame.today)}))
            cost_.day = *day;
        (void)stage_select(frame, captioned(frame, two, frame.tr("Stage"), field_height(frame)), cost_.stage,
                           "cost-stage");
        form_text(frame, three, cost_.hours ? frame.tr("Note") : frame.tr("What for"), cost_.label);
        card.flow.y = std::max(one.y, three.y) + frame.px(12);
        Row row(card.flow, button_height(frame), frame.px(12));
        const std::optional<money::Cost> made = drafted_cost(frame);
        money::Cost trial = made.value_or(money::Cost{});
        trial.id = CostId{~std::uint64_t{0}};
        const std::string why = made ? why_not(frame,
                                               money_command(money::RecordCost{frame.project->id, trial}))
                                     : std::string(frame.tr("The amount is too large."));
        ButtonSpec save{frame.tr("Write it down"), Look::Primary};
        save.disabled = !why.empty();
        save.reason = why;
        if (button(frame, row, save)) {
            trial.id = out.new_id<CostId>();
            out.submit(money_command(money::RecordCost{frame.project->id, trial}));
            cost_.label.clear();
            cost_.minor = 0;
        }
        if (made && why.empty())
            text_in(frame, frame.theme.fonts.dense, row.rest(), frame.theme.palette.muted,
                    amount(frame, made->amount_minor));
    }
    flow.gap(frame.px(16));
}

void MoneyPanel::cost_list(const Frame& frame, Outbox& out, Flow& flow) {
    const money::Book& book = frame.project->money;
    heading(frame, flow, 2, frame.tr("What was spent"));
    flow.gap(frame.px(8));
    if (book.costs.empty()) {
        paragraph(
            frame, flow,
            frame.tr(
                "Nothing yet. Every entry is kept; a wrong one is taken back by another, and both stay."),
            Tone::Muted, frame.theme.fonts.dense);
        return;
    }
    Table grid(frame, flow, "costs", frame.tr("What was spent"),
               {{frame.tr("Day"), 104},
                {frame.tr("Stage"), 120},
                {frame.tr("Who or what"), 0},
                {frame.tr("Hours"), 84, Align::Right},
                {frame.tr("Amount"), 112, Align::Right},
                {{}, 12},
                {frame.tr("State"), 116},
                {{}, 44}},
               static_cast<int>(book.costs.size()), nullptr, 36,
               std::min(frame.px(420), frame.px(36) * static_cast<float>(book.costs.size() + 2)));
    for (int i = grid.first(); i < grid.last(); ++i) {
        const money::Cost& one = book.costs[book.costs.size() - 1 - static_cast<std::size_t>(i)];
        const bool undone = money::reversed_by(book, one.id) != nullptr;
        const std::string what = one.role ? role_name(frame, one.role) +
                                                (one.label.empty() ? "" : ", " + one.label)
                                          : one.label;
        grid.begin_row(i, one.id.n, what, false);
        grid.text(0, frame.locale.date_short(one.day), Tone::Muted);
        grid.text(1, stage_name(frame, one.stage), Tone::Muted);
        grid.text(2, what, undone || one.reverses ? Tone::Muted : Tone::Plain);
        grid.text(3, one.minutes ? report::hours_text(frame.locale, one.minutes) : std::string(),
                  Tone::Muted);
        grid.text(4, amount(frame, one.amount_minor), undone || one.reverses ? Tone::Muted : Tone::Plain);
        if (one.reverses)
            grid.status(6, {Shape::Cross, Tone::Muted, frame.tr("takes back")});
        else if (undone)
            grid.status(6, {Shape::Cross, Tone::Muted, frame.tr("taken back")});
        if (!one.reverses && !undone) {
            const Rect cell = grid.cell(7);
            const Part tools(frame, NodeRole::Cell, "tools", cell, frame.tr("What can be done"), Table::under(7));
            const Rect at = box(cell.x0, cell.y0 + frame.px(2), frame.px(32), frame.px(32));
            if (icon_button(frame, at, kIconArrowBackUp,
                            frame.text(msg("Take back: {0}, {1}", what, one.day)))) {
                money::Cost back = money::reversal_of(one);
                back.id = out.new_id<CostId>();
                back.day = frame.today;
                out.submit(money_command(money::RecordCost{frame.project->id, back}));
            }
        }
        grid.end_row();
    }
}

void MoneyPanel::order_form(const Frame& frame, Outbox& out, Flow& flow) {
    flow.gap(frame.px(8));
    if (!order_.open) {
        Row row(flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("Write down an order"), Look::Normal, kIconPlus}))
            order_.open = true;
        return;
    }
    Flow one = flow.column(0, 3, frame.px(12)), two = flow.column(1, 3, frame.px(12)),
         three = flow.column(2, 3, frame.px(12));
    form_text(frame, one, frame.tr("What is ordered, from whom"), order_.label);
    (void)stage_select(frame, captioned(frame, two, frame.tr("Stage"), field_height(frame)), order_.stage,
                       "order-stage");
    if (const auto minor = money_field(frame,
                                       captioned(frame, three, frame.tr("Ordered for"), field_height(frame)),
                                       frame.tr("Ordered for"), {order_.minor, frame.project->currency}))
        order_.minor = *minor;
    flow.y = std::max(one.y, three.y) + frame.px(8);
    Row row(flow, button_height(frame), frame.px(8));
    ButtonSpec add{frame.tr("Order it"), Look::Primary};
    add.disabled = trim(order_.label).empty() || order_.minor <= 0;
    if (add.disabled) add.reason = frame.tr("Say what is ordered and for how much.");
    if (button(frame, row, add)) {
        const money::Commitment made{out.new_id<CommitmentId>(),
                                     order_.stage,
                                     std::string(trim(order_.label)),
                                     frame.today,
                                     order_.minor,
                                     false};
        out.submit(money_command(money::PutCommitment{frame.project->id, made, {}}));
        order_ = {};
    }
    if (button(frame, row, {frame.tr("Never mind"), Look::Quiet})) order_ = {};
}

void MoneyPanel::orders(const Frame& frame, Outbox& out, Flow& flow) {
    const money::Book& book = frame.project->money;
    Card card(frame, flow, "orders");
    heading(frame, card.flow, 4, frame.tr("Orders"));
    card.flow.gap(frame.px(4));
    if (book.commitments.empty())
        paragraph(frame, card.flow,
                  frame.tr("What is ordered counts in the forecast until its invoices have come."),
                  Tone::Muted, frame.theme.fonts.dense);
    for (const money::Commitment& one : book.commitments) {
        const IdScope scope(one.id.n);
        Row row(card.flow, frame.px(36), frame.px(8));
        const Rect cross = row.right(frame.px(32));
        money::Commitment next = one;
        next.closed = !one.closed;
        const ButtonSpec close{one.closed ? frame.tr("Open again") : frame.tr("Close"), Look::Quiet};
        if (button_right(frame, row, close))
            out.submit(money_command(money::PutCommitment{frame.project->id, next, {}}));
        const std::string open = one.closed ? std::string(frame.tr("closed"))
                                            : frame.text(msg("{0} still to pay",
                                                             amount(frame, money::open_minor(book, one))));
        const std::string words = one.label + " \u00B7 " + stage_name(frame, one.stage) + " \u00B7 " +
                                  amount(frame, one.amount_minor) + " \u00B7 " + open;
        const Rect area = row.rest();
        text_in(frame, frame.theme.fonts.body, area,
                one.closed ? frame.theme.palette.muted : frame.theme.palette.text, words);
        note(frame, NodeRole::Paragraph, area, words);
        const Command remove = money_command(money::RemoveCommitment{frame.project->id, one.id});
        if (icon_button(frame, cross, kIconTrash, frame.text(msg("Remove the order {0}", one.label)),
                        !frame.can(remove)))
            out.submit(remove);
    }
    order_form(frame, out, card.flow);
}

void MoneyPanel::costs(const Frame& frame, Outbox& out, Flow& flow) {
    cost_form(frame, out, flow);
    orders(frame, out, flow);
    flow.gap(frame.px(24));
    cost_list(frame, out, flow);
}

}  // namespace entente::ui
