// What a change does to promises, price and contract, what we would say, and what was agreed.
#include <cmath>

#include "base/text.hpp"
#include "core/lookup.hpp"
#include "icons.hpp"
#include "report/change_notice.hpp"
#include "ui/panels/changes_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

Status late_status(const Frame& frame, const change::PromiseMove& move) {
    if (move.late_days > 0) return {Shape::Square, Tone::Bad, room_text(frame, -move.late_days)};
    if (move.late_days > -plan::kTightDays) return {Shape::Triangle, Tone::Warn, frame.tr("kept, but tight")};
    return {Shape::Tick, Tone::Ok, frame.tr("kept")};
}

// A page in the client's language, for mail or print.
void save_notice(const Frame& frame, Outbox& out, const change::Change& one, const report::Document& notice) {
    out.ask(SaveText{change::display_number(one.number) + " " + frame.project->name + ".html", "text/html", report::to_html(notice)});
}

std::vector<change::CostLine>& lines_of(change::Change& change, OptionId chosen) {
    change::Option* option = chosen ? by_id(change.options, chosen) : nullptr;
    return option ? option->lines : change.lines;
}

// A line of words and an amount at the right.
void amount_line(const Frame& frame, Flow& flow, std::string_view words, std::string_view amount, bool strong = false) {
    const Palette& p = frame.theme.palette;
    const Rect area = flow.take(frame.px(24));
    const ImFont* font = strong ? frame.theme.fonts.strong : frame.theme.fonts.body;
    const float width = text_width(font, amount);
    text_in(frame, font, {area.x0, area.y0, area.x1 - width - frame.px(12), area.y1}, strong ? p.text : p.muted, words);
    text_in(frame, font, area, p.text, amount, Align::Right);
    note(frame, NodeRole::Paragraph, area, std::string(words) + ": " + std::string(amount));
}

void impact_table(const Frame& frame, Flow& flow, const change::Impact& impact) {
    Table grid(frame, flow, "impact", frame.tr("What it does to each promise"),
               {{frame.tr("Promise"), 0},
                {frame.tr("Promised"), 112, Align::Right},
                {frame.tr("Now"), 112, Align::Right},
                {frame.tr("With the change"), 124, Align::Right},
                {frame.tr("Moves"), 92, Align::Right},
                {{}, 12},
                {frame.tr("Then"), 152}},
               static_cast<int>(impact.promises.size()), nullptr, 32);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const change::PromiseMove& move = impact.promises[static_cast<std::size_t>(i)];
        const std::string name = task_name(*frame.project, move.task);
        grid.begin_row(i, move.promise.n, name, false);
        grid.text(0, name);
        grid.text(1, frame.locale.date_weekday(move.promised), Tone::Muted);
        grid.text(2, frame.locale.date_weekday(move.before), Tone::Muted);
        grid.text(3, frame.locale.date_weekday(move.after));
        grid.text(4, moved_text(frame, move.moved_days), move.moved_days > 0 ? Tone::Warn : Tone::Muted);
        grid.status(6, late_status(frame, move));
        grid.end_row();
    }
}

}  // namespace

void ChangesPanel::effect(const Frame& frame, Flow& flow, const change::Change& one, const change::Impact& impact) {
    const Currency currency = frame.project->currency;
    {
        Card card(frame, flow, "effect");
        heading(frame, card.flow, 4, frame.tr("What it does"));
        card.flow.gap(frame.px(12));
        std::int64_t late = 0;
        for (const change::PromiseMove& move : impact.promises) late += move.late_days > 0 ? 1 : 0;
        const std::string time = moved_text(frame, impact.finish_moved_days),
                          price = frame.locale.money_short({impact.charge_minor, currency});
        const std::string finish = frame.text(msg("finish {0}", frame.locale.date_weekday(impact.finish_after)));
        const std::string vat = frame.text(msg("{0} VAT", frame.locale.money_short({impact.vat_minor, currency})));
        const std::string total = frame.locale.money_short({impact.charge_minor + impact.vat_minor, currency});
        const std::string kept = frame.text(msg("{0} of {1}", static_cast<std::int64_t>(impact.promises.size()) - late,
                                                static_cast<std::int64_t>(impact.promises.size())));
        const Status state = late ? Status{Shape::Square, Tone::Bad, frame.text(msgn("{n} late", "{n} late", late))}
                                  : Status{Shape::Tick, Tone::Ok, frame.tr("none late")};
        const ImFont* number = frame.theme.fonts.number;
        stats(frame, card.flow,
              {{frame.tr("Time"), time, finish, {}, number},
               {frame.tr("Price, ex VAT"), price, vat, {}, number},
               {frame.tr("With VAT"), total, frame.tr("what is invoiced"), {}, number},
               {frame.tr("Promises kept"), kept, {}, state, number}},
              card.flow.w > frame.px(520) ? 4 : 2);
        if (!impact.promises.empty()) {
            card.flow.gap(frame.px(12));
            impact_table(frame, card.flow, impact);
            card.flow.gap(-frame.px(8));
        } else if (!one.edits.empty()) {
            card.flow.gap(frame.px(8));
            paragraph(frame, card.flow, frame.tr("No date was promised yet. Promise one in the plan, and it is measured here."),
                      Tone::Muted, frame.theme.fonts.dense);
        }
        for (const plan::ScheduleWarning& warning : impact.warnings) {
            card.flow.gap(frame.px(4));
            paragraph(frame, card.flow, frame.text(warning.text), Tone::Warn, frame.theme.fonts.dense);
        }
    }
    flow.gap(frame.px(16));
}

void ChangesPanel::cost_table(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one, const change::Impact& impact) {
    const Currency currency = frame.project->currency;
    const bool open = one.state == change::State::Open;
    std::vector<TableColumn> columns = {{frame.tr("For"), 0},
                                        {frame.tr("Role"), 148},
                                        {frame.tr("Work"), 96, Align::Right},
                                        {frame.tr("Ex VAT"), 108, Align::Right}};
    if (our_cost_) columns.push_back({frame.tr("Our cost"), 108, Align::Right});
    columns.push_back({{}, 32});
    const int last = static_cast<int>(columns.size()) - 1;
    const change::Option* option = option_of(one, chosen_);
    const std::size_t written = option ? option->lines.size() : one.lines.size();
    const std::size_t by_hand = impact.lines.size() - std::min(written, impact.lines.size());
    Table grid(frame, flow, "lines", frame.tr("What it costs, line by line"), std::move(columns),
               static_cast<int>(impact.lines.size()), nullptr, 32);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const auto index = static_cast<std::size_t>(i);
        const change::PriceLine& row = impact.lines[index];
        const house::Role* role = find_role(frame.model, row.role);
        const std::string label = row.stage_surcharge ? frame.text(msg("Asked for in the stage {0}", row.label)) : row.label;
        grid.begin_row(i, index + 1, label, false);
        grid.text(0, label);
        grid.text(1, role ? role->name : std::string(), Tone::Muted);
        grid.text(2, row.minutes ? days_text(frame, *frame.project, row.minutes) : std::string(), Tone::Muted);
        grid.text(3, frame.locale.money_short({row.charge_minor, currency}));
        if (our_cost_) grid.text(4, frame.locale.money_short({row.internal_minor, currency}), Tone::Muted);
        if (open && !row.role && index >= by_hand) {
            const Rect cell = grid.cell(last);
            const Part tools(frame, NodeRole::Cell, "tools", cell, frame.tr("What can be done"));
            const Rect cross = box(cell.x0 - frame.px(4), cell.y0 + frame.px(2), frame.px(28), frame.px(28));
            if (icon_button(frame, cross, kIconTrash, frame.text(msg("Remove the line {0}", row.label)))) {
                change::Change next = one;
                auto& lines = lines_of(next, chosen_);
                lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(index - by_hand));
                out.submit(put_change(*frame.project, std::move(next)));
            }
        }
        grid.end_row();
    }
}

void ChangesPanel::add_line(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one) {
    const Currency currency = frame.project->currency;
    if (!line_.open) {
        Row row(flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("Add a cost line"), Look::Normal, kIconPlus})) line_.open = true;
        return;
    }
    flow.gap(frame.px(4));
    Flow first = flow.column(0, 2, frame.px(12)), second = flow.column(1, 2, frame.px(12));
    form_text(frame, first, frame.tr("For what"), line_.label, frame.tr("Room hire, courier, archive fee"));
    Flow charge = second.column(0, 2, frame.px(12)), internal = second.column(1, 2, frame.px(12));
    if (const auto amount = money_field(frame, captioned(frame, charge, frame.tr("Price, ex VAT"), field_height(frame)),
                                        frame.tr("Price, ex VAT"), {line_.charge_minor, currency}))
        line_.charge_minor = *amount;
    if (const auto amount = money_field(frame, captioned(frame, internal, frame.tr("Our cost"), field_height(frame)),
                                        frame.tr("Our cost"), {line_.internal_minor, currency}))
        line_.internal_minor = *amount;
    flow.y = std::max(first.y, std::max(charge.y, internal.y)) + frame.px(12);
    Row row(flow, button_height(frame), frame.px(8));
    ButtonSpec add{frame.tr("Add the line"), Look::Primary};
    add.disabled = trim(line_.label).empty();
    add.reason = add.disabled ? frame.tr("Say what the line is for.") : std::string_view();
    if (button(frame, row, add)) {
        change::Change next = one;
        lines_of(next, chosen_).push_back({line_.label, line_.internal_minor, line_.charge_minor});
        out.submit(put_change(*frame.project, std::move(next)));
        line_ = LineDraft{};
    }
    if (button(frame, row, {frame.tr("Never mind"), Look::Quiet})) line_.open = false;
}

void ChangesPanel::costs(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one, const change::Impact* impact) {
    if (!impact) return;
    {
        Card card(frame, flow, "costs");
        heading(frame, card.flow, 4, frame.tr("What it costs"));
        card.flow.gap(frame.px(4));
        if (impact->lines.empty()) {
            paragraph(frame, card.flow, frame.tr("Nothing yet: the work above and the lines you add make the price."),
                      Tone::Muted, frame.theme.fonts.dense);
        } else {
            cost_table(frame, out, card.flow, one, *impact);
        }
        card.flow.gap(frame.px(12));
        if (one.state == change::State::Open) add_line(frame, out, card.flow, one);
        card.flow.gap(frame.px(8));
        if (disclosure(frame, card.flow, frame.tr("Our cost (not for the client's eyes)"), our_cost_)) {
            const Currency currency = frame.project->currency;
            amount_line(frame, card.flow, frame.tr("What it costs us"), frame.locale.money_short({impact->internal_minor, currency}));
            amount_line(frame, card.flow, frame.tr("Price less our cost"),
                        frame.locale.money_short({impact->charge_minor - impact->internal_minor, currency}));
        }
        card.flow.gap(-frame.px(4));
    }
    flow.gap(frame.px(16));
}

void ChangesPanel::contract(const Frame& frame, Flow& flow, const change::Change& one, const change::Impact* impact) {
    const Currency currency = frame.project->currency;
    const auto money = [&](std::int64_t minor) { return frame.locale.money_short({minor, currency}); };
    std::int64_t agreed = 0, sum = 0;
    const IdSet<ChangeId> superseded = change::all_superseded(*frame.project);
    for (const change::Change& other : frame.project->changes) {
        if (other.state != change::State::Agreed || other.id == one.id || superseded.contains(other.id)) continue;
        if (impact && impact->replaced == other.id) continue;
        ++agreed;
        sum += other.outcome.charge_minor;
    }
    Card card(frame, flow, "contract", 0, false, 16, true);
    heading(frame, card.flow, 4, frame.tr("Contract, ex VAT"));
    card.flow.gap(frame.px(8));
    amount_line(frame, card.flow, frame.tr("Agreed fee"), money(frame.project->base_fee_minor));
    amount_line(frame, card.flow, frame.text(msgn("{n} agreed change", "{n} agreed changes", agreed)), money(sum));
    if (one.state == change::State::Agreed && !superseded.contains(one.id)) {
        amount_line(frame, card.flow, frame.tr("This change"), money(one.outcome.charge_minor));
        amount_line(frame, card.flow, frame.tr("It stands at"), money(change::contract_value_minor(*frame.project)), true);
    } else if (impact && one.state == change::State::Open) {
        amount_line(frame, card.flow, frame.tr("This change"), money(impact->charge_minor));
        amount_line(frame, card.flow, frame.tr("Would be"), money(impact->contract_after_minor), true);
    } else {
        amount_line(frame, card.flow, frame.tr("It stands at"), money(change::contract_value_minor(*frame.project)), true);
    }
}

void ChangesPanel::statement(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, const change::Change& one,
                             const change::Impact* impact) {
    if (one.state != change::State::Open) return;
    {
        Card card(frame, flow, "say", 0, false, 16, true);
        heading(frame, card.flow, 4, frame.tr("What we would say"));
        card.flow.gap(frame.px(8));
        const bool weighed = impact && is_weighed(one);
        const change::Option* option = option_of(one, chosen_);
        const bool declining = option && option->kind == change::OptionKind::Decline;
        const std::string text = weighed ? report::agreement_text(*frame.project, one, option, *impact, frame.locale)
                                         : std::string(frame.tr("Say first what it takes: then this is written for you."));
        paragraph(frame, card.flow, text);
        card.flow.gap(frame.px(16));
        Row row(card.flow, button_height(frame), frame.px(8));
        ButtonSpec agree{frame.tr("Agree\u2026"), Look::Primary};
        agree.disabled = !weighed;
        if (!weighed)
            agree.reason =
                impact ? frame.tr("Say first what it takes.") : frame.tr("It cannot be agreed while it cannot be worked out.");
        const auto open_dialog = [&](OutcomeDraft::Kind kind) {
            OutcomeDraft draft;
            draft.change = one.id;
            draft.option = chosen_;
            draft.by = one.asked_by;
            draft.kind = kind;
            draft.on = frame.today;
            const bool keeps = kind == OutcomeDraft::Kind::Agree || kind == OutcomeDraft::Kind::Absorb || declining;
            draft.text = keeps ? text : std::string();
            desk.outcome = std::move(draft);
        };
        if (!declining && button(frame, row, agree)) open_dialog(OutcomeDraft::Kind::Agree);
        if (button(frame, row, {frame.tr("Decline\u2026"), declining ? Look::Primary : Look::Normal}))
            open_dialog(OutcomeDraft::Kind::Decline);
        Row other(card.flow, button_height(frame), frame.px(4));
        ButtonSpec absorb{frame.tr("Absorb as goodwill\u2026"), Look::Quiet};
        absorb.disabled = agree.disabled;
        absorb.reason = agree.reason;
        if (!declining && button(frame, other, absorb)) open_dialog(OutcomeDraft::Kind::Absorb);
        if (button(frame, other, {frame.tr("Park\u2026"), Look::Quiet})) open_dialog(OutcomeDraft::Kind::Park);
        if (weighed) {
            card.flow.gap(frame.px(4));
            Row more(card.flow, button_height(frame), frame.px(4));
            if (button(frame, more, {frame.tr("Copy the words"), Look::Quiet, kIconCopy}))
                out.ask(CopyText{text, msg("The words are copied.")});
            if (button(frame, more, {frame.tr("Save the notice"), Look::Quiet, kIconDownload})) {
                save_notice(frame, out, one, report::change_notice(frame.model, *frame.project, one, option, *impact, frame.locale));
            }
        }
    }
    flow.gap(frame.px(16));
}

namespace {

// A request that takes this one's place once it is agreed: it begins from what was agreed.
void supersede(Desk& desk, const change::Change& one) {
    RequestDraft& draft = desk.request.emplace();
    draft.request = one.request;
    draft.asked_by = one.asked_by;
    draft.kind = one.kind;
    draft.supersedes = one.id;
}

// What took its place, and whose place it took. Gives the one that took its place.
const change::Change* standing(const Frame& frame, Flow& flow, const change::Change& one) {
    const change::Change* newer = change::superseded_by(*frame.project, one);
    if (newer) {
        const std::string by = frame.text(msg("Superseded by {0} on {1}. What follows is kept as it was agreed, and no longer counts.",
                                              change::display_number(newer->number), newer->outcome.on));
        paragraph(frame, flow, by, Tone::Warn, frame.theme.fonts.dense);
    }
    const std::string old = replaced_text(frame, one.supersedes);
    if (!old.empty()) paragraph(frame, flow, old, Tone::Muted, frame.theme.fonts.dense);
    return newer;
}

}  // namespace

void ChangesPanel::outcome(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, const change::Change& one) {
    {
        Card card(frame, flow, "outcome");
        const bool absorbed = one.state == change::State::Absorbed, parked = one.state == change::State::Parked;
        const bool agreed = one.state == change::State::Agreed || absorbed;
        heading(frame, card.flow, 4,
                absorbed ? frame.tr("Absorbed as goodwill")
                : agreed ? frame.tr("Agreed")
                : parked ? frame.tr("Parked")
                         : frame.tr("Declined"));
        card.flow.gap(frame.px(8));
        const std::string day = frame.locale.date(one.outcome.on);
        const std::string head_text = one.outcome.by.empty()
                                          ? day
                                          : frame.text(agreed ? msg("Agreed by {0} on {1}.", one.outcome.by, day)
                                                              : msg("Told {0} on {1}.", one.outcome.by, day));
        paragraph(frame, card.flow, head_text, Tone::Muted, frame.theme.fonts.dense);
        const change::Change* newer = standing(frame, card.flow, one);
        if (const change::Option* option = option_of(one, one.outcome.option))
            paragraph(frame, card.flow, option_title(frame, *option), Tone::Muted, frame.theme.fonts.dense);
        if (one.outcome.look_again)
            paragraph(frame, card.flow, frame.text(msg("It comes back on {0}.", *one.outcome.look_again)), Tone::Muted,
                      frame.theme.fonts.dense);
        card.flow.gap(frame.px(8));
        const float top = card.flow.y;
        Flow inner{card.flow.x + frame.px(14), card.flow.y, card.flow.w - frame.px(14)};
        paragraph(frame, inner, one.outcome.text);
        card.flow.y = inner.y;
        fill({card.flow.x, top, card.flow.x + frame.px(2), inner.y}, tone_colour(frame, agreed ? Tone::Ok : Tone::Muted));
        if (agreed) {
            card.flow.gap(frame.px(12));
            amount_line(frame, card.flow, frame.tr("Agreed price"), money_ex_vat(frame, one.outcome.charge_minor), true);
            if (absorbed) {
                amount_line(frame, card.flow, frame.tr("Given away (not for the client's eyes)"),
                            money_ex_vat(frame, one.outcome.goodwill_minor));
                amount_line(frame, card.flow, frame.tr("Allowed by"), one.outcome.allowed_by);
            }
        }
        card.flow.gap(frame.px(12));
        const Command back{change::Command{change::TakeBack{frame.project->id, one.id}}};
        // The check tries the plan without the change: worth keeping until something changes.
        if (take_back_.change != one.id || take_back_.sequence != frame.session.sequence()) {
            const auto allowed = frame.session.can(back);
            take_back_ = {one.id, frame.session.sequence(), allowed ? Message() : allowed.error().what};
        }
        const bool refused = !take_back_.refusal.empty();
        const std::string reason =
            refused ? frame.text(take_back_.refusal)
                    : std::string(frame.tr("Only where it was recorded by mistake. The record keeps both entries."));
        ButtonSpec take{frame.tr("Take it back"), Look::Normal, kIconArrowBackUp};
        take.disabled = refused;
        take.reason = reason;
        Row row(card.flow, button_height(frame), frame.px(8));
        if (button(frame, row, take)) out.submit(back);
        if (agreed && !newer && button(frame, row, {frame.tr("Supersede it\u2026"), Look::Normal, kIconPlus})) supersede(desk, one);
        if (button(frame, row, {frame.tr("Save the notice"), Look::Quiet, kIconDownload}))
            save_notice(frame, out, one, report::outcome_notice(*frame.project, one, frame.locale));
    }
    flow.gap(frame.px(16));
}

}  // namespace entente::ui
