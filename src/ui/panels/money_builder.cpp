// A proposal's lines, terms, texts and programme: to be edited while it is a draft, to be read once it was sent.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "icons.hpp"
#include "report/proposal.hpp"
#include "ui/panels/money_panel.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

struct LinePlaces {
    Rect cross, total, rate, hours, people, label;
};

LinePlaces places(const Frame& frame, Row& row) {
    LinePlaces at;
    at.cross = row.right(frame.px(32));
    at.total = row.right(frame.px(108));
    at.rate = row.right(frame.px(104));
    at.hours = row.right(frame.px(148));
    at.people = row.right(frame.px(112));
    at.label = row.rest();
    return at;
}

void line_head(const Frame& frame, Flow& flow, bool sold) {
    Row row(flow, frame.px(22), frame.px(8));
    const LinePlaces at = places(frame, row);
    const ImFont* small = frame.theme.fonts.small;
    const std::uint32_t colour = frame.theme.palette.muted;
    text_in(frame, small, at.label, colour, frame.tr("Work or cost"));
    text_in(frame, small, at.people, colour, frame.tr("People"));
    text_in(frame, small, at.hours, colour, frame.tr("Hours each"));
    text_in(frame, small, at.rate, colour, sold ? frame.tr("Sold for") : frame.tr("Costs us"));
    text_in(frame, small, at.total, colour, frame.tr("Amount"), Align::Right);
}

void edit_line(const Frame& frame, const LinePlaces& at, money::ProposalLine& line, money::Basis basis,
               bool& put) {
    const Typed typed = text_field(frame, at.label,
                                   {frame.text(msg("What the client reads: {0}", line.label)),
                                    line.label,
                                    {},
                                    {},
                                    {},
                                    {},
                                    NodeRole::TextField,
                                    "label"});
    if (typed.committed && !trim(typed.text).empty()) line.label = std::string(trim(typed.text)), put = true;
    if (line.kind == money::LineKind::Work) {
        const std::string people_name = frame.text(msg("People: {0}", line.label)),
                          hours_name = frame.text(msg("Hours each: {0}", line.label));
        NumberSpec people{people_name,
                          line.people,
                          0,
                          1,
                          1,
                          1000,
                          {},
                          frame.tr("One person less"),
                          frame.tr("One person more"),
                          "people"};
        if (const auto value = number_field(frame, at.people, people))
            line.people = static_cast<std::int32_t>(*value), put = true;
        NumberSpec hours{hours_name,
                         line.minutes * 100 / 60,
                         2,
                         100,
                         0,
                         100'000'000,
                         {},
                         frame.tr("One hour less"),
                         frame.tr("One hour more"),
                         "hours"};
        if (const auto value = number_field(frame, at.hours, hours))
            line.minutes = *value * 60 / 100, put = true;
    }
    std::int64_t& rate = basis == money::Basis::Sold ? line.sold_minor : line.cost_minor;
    if (const auto minor = money_field(frame, at.rate, frame.text(msg("Rate or amount: {0}", line.label)),
                                       {rate, frame.project->currency}, "rate"))
        rate = *minor, put = true;
}

void read_line(const Frame& frame, const LinePlaces& at, const money::ProposalLine& line, money::Basis basis,
               std::int64_t minor) {
    const Palette& p = frame.theme.palette;
    const ImFont* font = frame.theme.fonts.body;
    text_in(frame, font, at.label, p.text, line.label);
    if (line.kind == money::LineKind::Work) {
        text_in(frame, font, at.people, p.muted, frame.locale.number(line.people));
        text_in(frame, font, at.hours, p.muted, report::hours_text(frame.locale, line.minutes));
    }
    text_in(frame, font, at.rate, p.muted,
            amount(frame, basis == money::Basis::Sold ? line.sold_minor : line.cost_minor));
    note(frame, NodeRole::Paragraph, at.label, line.label + ": " + amount(frame, minor));
}

money::ProposalLine work_line(const Frame& frame, Outbox& out, RoleId role) {
    const money::Rate rate = money::rate_of(frame.model, *frame.project, role);
    money::ProposalLine made;
    made.id = out.new_id<ProposalLineId>();
    made.role = role;
    made.label = role_name(frame, role);
    made.minutes = 480;
    made.cost_minor = rate.cost_per_hour_minor;
    made.sold_minor = rate.charge_per_hour_minor;
    return made;
}

void add_lines(const Frame& frame, Outbox& out, Flow& flow, money::Proposal& next, bool& put) {
    Row row(flow, field_height(frame), frame.px(8));
    const auto options = [&frame] {
        std::vector<std::string> names;
        for (const house::Role& role : frame.model.house.roles) names.push_back(role.name);
        return names;
    };
    if (const auto picked = select(frame, row.left(frame.px(220)),
                                   {frame.tr("Add the work of a role"), frame.tr("Add the work of a role")},
                                   options)) {
        next.lines.push_back(
            work_line(frame, out, frame.model.house.roles[static_cast<std::size_t>(*picked)].id));
        put = true;
    }
    if (button(frame, row, {frame.tr("Add a fixed sum"), Look::Normal, kIconPlus})) {
        money::ProposalLine made;
        made.id = out.new_id<ProposalLineId>();
        made.kind = money::LineKind::Fixed;
        made.label = frame.tr("Fixed sum");
        next.lines.push_back(made);
        put = true;
    }
    if (next.lines.empty() && button(frame, row, {frame.tr("Take the lines from the plan"), Look::Primary})) {
        auto taken = money::lines_from_plan(frame.model, *frame.project,
                                            [&out] { return out.new_id<ProposalLineId>().n; });
        if (taken && taken->empty())
            frame.semantics.announce(frame.tr("No task of the plan has a role yet."), true);
        else if (taken)
            next.lines = std::move(*taken), put = true;
        else
            frame.semantics.announce(frame.text(taken.error().what), true);
    }
}

}  // namespace

void MoneyPanel::line_rows(const Frame& frame, Flow& flow, money::Proposal& next, bool& put, Outbox& out) {
    const bool draft = next.steps.empty(), sold = next.basis == money::Basis::Sold;
    const auto priced = money::price(next);
    Card card(frame, flow, "lines");
    heading(frame, card.flow, 4, frame.tr("What is offered"));
    card.flow.gap(frame.px(4));
    if (next.lines.empty())
        paragraph(frame, card.flow, frame.tr("Nothing yet."), Tone::Muted, frame.theme.fonts.dense);
    else
        line_head(frame, card.flow, sold);
    std::optional<std::size_t> gone;
    for (std::size_t i = 0; i < next.lines.size(); ++i) {
        money::ProposalLine& line = next.lines[i];
        const IdScope scope(line.id.n);
        Row row(card.flow, draft ? field_height(frame) : frame.px(28), frame.px(8));
        const LinePlaces at = places(frame, row);
        const std::int64_t minor = priced && i < priced->lines.size() ? priced->lines[i] : 0;
        text_in(frame, frame.theme.fonts.body, at.total, frame.theme.palette.text, amount(frame, minor),
                Align::Right);
        if (!draft) {
            read_line(frame, at, line, next.basis, minor);
            continue;
        }
        const std::string name = frame.text(msg("Remove the line {0}", line.label));
        edit_line(frame, at, line, next.basis, put);
        if (icon_button(frame, at.cross, kIconTrash, name)) gone = i;
        card.flow.gap(frame.px(4));
    }
    if (gone) next.lines.erase(next.lines.begin() + static_cast<std::ptrdiff_t>(*gone)), put = true;
    if (!draft) return;
    card.flow.gap(frame.px(8));
    add_lines(frame, out, card.flow, next, put);
}

namespace {

// What the price is built on, its percentages, and how long the offer stands. True where one of them was changed.
bool price_terms(const Frame& frame, Flow& flow, money::Proposal& next) {
    bool put = false;
    Row row(flow, button_height(frame), frame.px(8));
    const int basis = segmented(frame, row, "basis", frame.tr("What the price is built on"),
                                {frame.tr("Rates as sold"), frame.tr("Our cost")},
                                static_cast<int>(next.basis));
    if (basis != static_cast<int>(next.basis)) {
        next.basis = static_cast<money::Basis>(basis);
        const money::Defaults& house = frame.model.house.money;
        next.overhead_basis_points = next.basis == money::Basis::Cost ? house.overhead_basis_points : 0;
        next.profit_basis_points = next.basis == money::Basis::Cost ? house.profit_basis_points : 0;
        put = true;
    }
    flow.gap(frame.px(8));
    std::vector<std::pair<const char*, std::int64_t*>> percents;
    if (next.basis == money::Basis::Cost) {
        percents.emplace_back(frame.tr("Overhead"), &next.overhead_basis_points);
        percents.emplace_back(frame.tr("Profit"), &next.profit_basis_points);
    }
    percents.emplace_back(frame.tr("For the unforeseen"), &next.contingency_basis_points);
    percents.emplace_back(frame.tr("VAT"), &next.vat_basis_points);
    for (const auto& [name, value] : percents) {
        if (const auto typed = percent_field(frame, flow, {name, *value})) *value = *typed, put = true;
        flow.gap(frame.px(4));
    }
    if (next.contingency_basis_points != 0 &&
        checkbox(frame, flow.take(frame.px(28)), frame.tr("For the unforeseen, as a line the client reads"), next.contingency_shown))
        next.contingency_shown = !next.contingency_shown, put = true;
    DateSpec until{frame.tr("The offer stands until"), next.valid_until, frame.tr("No date")};
    until.clearable = true;
    if (const auto day = date_field(
            frame, captioned(frame, flow, frame.tr("The offer stands until"), field_height(frame)),
            until))
        next.valid_until = *day == kNoDay ? std::optional<Day>() : day, put = true;
    flow.gap(frame.px(12));
    return put;
}

}  // namespace

void MoneyPanel::terms(const Frame& frame, Flow& flow, money::Proposal& next, bool& put) {
    Card card(frame, flow, "terms");
    heading(frame, card.flow, 4, frame.tr("The price"));
    card.flow.gap(frame.px(8));
    if (next.steps.empty()) put = price_terms(frame, card.flow, next) || put;
    const auto priced = money::price(next);
    if (!priced) return paragraph(frame, card.flow, frame.text(priced.error().what), Tone::Bad);
    const auto row = [&](const char* name, std::int64_t minor, bool strong = false) {
        if (minor != 0 || strong) amount_row(frame, card.flow, name, amount(frame, minor), strong);
    };
    row(frame.tr("Lines"), priced->subtotal_minor);
    row(frame.tr("Overhead"), priced->overhead_minor);
    row(frame.tr("Profit"), priced->profit_minor);
    row(frame.tr("For the unforeseen"), priced->contingency_minor);
    row(frame.tr("Goodwill"), -priced->goodwill_minor);
    row(frame.tr("Without VAT"), priced->net_minor, true);
    row(frame.tr("VAT"), priced->vat_minor);
    row(frame.tr("Total"), priced->gross_minor, true);
    card.flow.gap(frame.px(8));
    rule(frame, card.flow);
    row(frame.tr("What it costs us"), priced->cost_minor);
    amount_row(frame, card.flow, frame.tr("Margin"),
               amount(frame, priced->margin.minor) +
                   (priced->margin.basis_points
                        ? " \u00B7 " + report::percent_text(*priced->margin.basis_points) + " %"
                        : ""));
}

void MoneyPanel::lower_price(const Frame& frame, Flow& flow, money::Proposal& next, bool& put) {
    const money::Proposal* before = money::previous_of(frame.project->money, next);
    if (!next.steps.empty() && next.cuts.empty() && next.goodwill.amount_minor == 0) return;
    flow.gap(frame.px(16));
    Card card(frame, flow, "lower");
    heading(frame, card.flow, 4, frame.tr("If it is lower than before"));
    card.flow.gap(frame.px(4));
    paragraph(frame, card.flow,
              frame.tr("A lower price names what leaves the scope, or is goodwill that somebody allowed."),
              Tone::Muted, frame.theme.fonts.small);
    std::optional<std::size_t> gone;
    for (std::size_t i = 0; i < next.cuts.size(); ++i) {
        const IdScope scope(i + 1);
        Row row(card.flow, frame.px(30), frame.px(8));
        const Rect cross = row.right(frame.px(30)), words = row.rest();
        text_in(frame, frame.theme.fonts.body, words, frame.theme.palette.text, next.cuts[i].label);
        note(frame, NodeRole::Paragraph, words, frame.text(msg("Out of the scope: {0}", next.cuts[i].label)));
        if (next.steps.empty() && icon_button(frame, cross, kIconTrash,
                                              frame.text(msg("Keep in the scope: {0}", next.cuts[i].label))))
            gone = i;
    }
    if (gone) next.cuts.erase(next.cuts.begin() + static_cast<std::ptrdiff_t>(*gone)), put = true;
    if (!next.steps.empty())
        return amount_row(frame, card.flow, frame.tr("Goodwill"), amount(frame, next.goodwill.amount_minor));
    std::vector<money::ScopeCut> offers;
    if (before) {
        for (const money::ProposalLine& line : before->lines) offers.push_back({line.id, {}, line.label});
    }
    for (const plan::Task& task : frame.project->tasks) offers.push_back({{}, task.id, task.name});
    const auto options = [&offers] {
        std::vector<std::string> names;
        for (const money::ScopeCut& one : offers) names.push_back(one.label);
        return names;
    };
    const char* cut = frame.tr("What leaves the scope");
    if (const auto picked = select(frame, captioned(frame, card.flow, cut, field_height(frame)),
                                   {cut, frame.tr("Choose a line or a task")}, options))
        next.cuts.push_back(offers[static_cast<std::size_t>(*picked)]), put = true;
    card.flow.gap(frame.px(8));
    const char* given = frame.tr("Goodwill, taken off the price");
    if (const auto minor = money_field(frame, captioned(frame, card.flow, given, field_height(frame)), given,
                                       {next.goodwill.amount_minor, frame.project->currency}))
        next.goodwill.amount_minor = *minor, put = true;
    const auto text = [&](const char* name, std::string& value) {
        const Typed typed = text_field(frame, captioned(frame, card.flow, name, field_height(frame)),
                                       {name, value});
        if (typed.committed) value = typed.text, put = true;
    };
    text(frame.tr("Who allowed it"), next.goodwill.allowed_by);
    text(frame.tr("Why, for our own record"), next.goodwill.reason);
}

void MoneyPanel::texts(const Frame& frame, Flow& flow, money::Proposal& next, bool& put) {
    const bool draft = next.steps.empty();
    flow.gap(frame.px(16));
    Card card(frame, flow, "texts");
    heading(frame, card.flow, 4, frame.tr("The nine sections"));
    const std::vector<money::Section> gaps = money::gaps(next);
    if (draft && !gaps.empty()) {
        card.flow.gap(frame.px(4));
        const auto count = static_cast<std::int64_t>(gaps.size());
        paragraph(frame, card.flow,
                  frame.text(msgn("{n} section is still empty and will be left out.",
                                  "{n} sections are still empty and will be left out.", count)),
                  Tone::Warn, frame.theme.fonts.dense);
    }
    card.flow.gap(frame.px(8));
    for (std::size_t i = 0; i < money::kSections; ++i) {
        const std::string name = report::section_name(frame.locale, static_cast<money::Section>(i));
        if (draft) {
            FieldSpec spec{name, next.texts[i]};
            spec.role = NodeRole::TextArea;
            const Typed typed = text_field(frame, captioned(frame, card.flow, name, frame.px(76)), spec);
            if (typed.committed) next.texts[i] = typed.text, put = true;
            card.flow.gap(frame.px(8));
        } else if (!next.texts[i].empty()) {
            heading(frame, card.flow, 3, name);
            paragraph(frame, card.flow, next.texts[i]);
            card.flow.gap(frame.px(8));
        }
    }
    Row row(card.flow, button_height(frame), frame.px(8));
    const std::vector<money::ProgrammeRow> now = draft ? money::programme_of(*frame.project) : next.programme;
    if (now != next.programme &&
        button_right(frame, row, {frame.tr("Take the plan's dates of today"), Look::Normal}))
        next.programme = now, put = true;
    heading_in(frame, row.rest(), 3, frame.tr("Programme"));
    if (next.programme.empty())
        paragraph(frame, card.flow, frame.tr("No milestone is promised or marked for the client to see yet."),
                  Tone::Muted, frame.theme.fonts.dense);
    for (const money::ProgrammeRow& one : next.programme)
        amount_row(frame, card.flow, one.name, frame.locale.date_weekday(one.day));
}

void MoneyPanel::builder(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal) {
    money::Proposal next = proposal;
    bool put = false;
    Flow main = flow, side = flow;
    const bool two = flow.w > frame.px(900);
    if (two) {
        side.w = frame.px(300);
        main.w = flow.w - side.w - frame.px(16);
        side.x = main.x + main.w + frame.px(16);
    }
    line_rows(frame, main, next, put, out);
    texts(frame, main, next, put);
    if (!two) side.y = main.y + frame.px(16);
    terms(frame, side, next, put);
    lower_price(frame, side, next, put);
    flow.y = std::max(main.y, side.y);
    if (!put) return;
    const Command changed = money_command(money::PutProposal{frame.project->id, next});
    if (const auto allowed = frame.session.can(changed); !allowed)
        frame.semantics.announce(frame.text(allowed.error().what), true);
    else
        out.submit(changed);
}

}  // namespace entente::ui
