// Fee proposals: the versions, one of them, what became of it, and what is different from another.
#include <algorithm>

#include "base/text.hpp"
#include "core/rules.hpp"
#include "icons.hpp"
#include "report/proposal.hpp"
#include "ui/panels/money_panel.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

std::string version_name(const Frame& frame, const money::Proposal& proposal) {
    return frame.text(msg("Version {0}", std::int64_t{proposal.number}));
}

void begin_version(const Frame& frame, Outbox& out) {
    const money::Proposal made = money::next_version(frame.model, *frame.project, out.new_id<ProposalId>());
    out.submit(money_command(money::PutProposal{frame.project->id, made}));
    Route route = frame.route;
    route.proposal = made.id;
    out.go(route);
}

void save_proposal(const Frame& frame, Outbox& out, const money::Proposal& proposal, bool markdown) {
    const auto made = report::proposal_document(frame.model, *frame.project, proposal, frame.locale);
    if (!made) return frame.semantics.announce(frame.text(made.error().what), true);
    const std::string name = frame.project->name + " " + frame.tr("fee proposal") + " " +
                             std::to_string(proposal.number);
    if (markdown)
        out.ask(SaveText{name + ".md", "text/markdown", report::to_markdown(*made)});
    else
        out.ask(SaveText{name + ".html", "text/html", report::to_html(*made)});
}

const char* part_word(const Frame& frame, money::Part part) {
    switch (part) {
        case money::Part::Line: return frame.tr("Line");
        case money::Part::Text: return frame.tr("Text");
        case money::Part::Basis: return frame.tr("Built on");
        case money::Part::Overhead: return frame.tr("Overhead");
        case money::Part::Profit: return frame.tr("Profit");
        case money::Part::Contingency: return frame.tr("For the unforeseen");
        case money::Part::ContingencyShown: return frame.tr("For the unforeseen, as a line the client reads");
        case money::Part::Vat: return frame.tr("VAT");
        case money::Part::Goodwill: return frame.tr("Goodwill");
        case money::Part::Cut: return frame.tr("Out of the scope");
        case money::Part::Programme: return frame.tr("Milestone");
        case money::Part::ValidUntil: return frame.tr("Stands until");
        case money::Part::Net: return frame.tr("Without VAT");
        case money::Part::Gross: return frame.tr("Total");
    }
    return "";
}

// How one side of a difference reads.
std::string side(const Frame& frame, const money::Difference& one, bool after) {
    const std::int64_t n = after ? one.after_n : one.before_n;
    const bool absent = one.delta == (after ? money::Delta::Removed : money::Delta::Added);
    if (absent) return "\u2013";
    switch (one.part) {
        case money::Part::Line:
        case money::Part::Goodwill:
        case money::Part::Net:
        case money::Part::Gross: return amount(frame, n);
        case money::Part::Overhead:
        case money::Part::Profit:
        case money::Part::Contingency:
        case money::Part::Vat: return report::percent_text(n) + " %";
        case money::Part::Basis: return n == 0 ? frame.tr("rates as sold") : frame.tr("what it costs us");
        case money::Part::ContingencyShown: return n == 0 ? frame.tr("no") : frame.tr("yes");
        case money::Part::ValidUntil:
            return n < 0 ? std::string("\u2013") : frame.locale.date(Day{static_cast<std::int32_t>(n)});
        case money::Part::Programme: return frame.locale.date(Day{static_cast<std::int32_t>(n)});
        case money::Part::Text: return after ? one.after : one.before;
        case money::Part::Cut: return one.name;
    }
    return {};
}

std::string difference_name(const Frame& frame, const money::Difference& one) {
    const std::string part = part_word(frame, one.part);
    if (one.part == money::Part::Text) return part + ": " + report::section_name(frame.locale, one.section);
    return one.name.empty() ? part : part + ": " + one.name;
}

}  // namespace

void MoneyPanel::versions(const Frame& frame, Outbox& out, Flow& flow) {
    const money::Book& book = frame.project->money;
    const bool may_begin = !money::accepted(book) &&
                           !(!book.proposals.empty() && book.proposals.back().steps.empty());
    Row top(flow, button_height(frame), frame.px(8));
    if (may_begin && button_right(frame, top, {frame.tr("New version"), Look::Primary, kIconPlus}))
        begin_version(frame, out);
    heading_in(frame, top.rest(), 2, frame.tr("Fee proposals"));
    flow.gap(frame.px(8));
    Table grid(frame, flow, "versions", frame.tr("Fee proposals"),
               {{frame.tr("Version"), 120},
                {frame.tr("State"), 140},
                {frame.tr("Ex VAT"), 132, Align::Right},
                {{}, 16},
                {frame.tr("Sent"), 140},
                {frame.tr("Answer"), 0}},
               static_cast<int>(book.proposals.size()), nullptr, 40);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const money::Proposal& one = book.proposals[book.proposals.size() - 1 - static_cast<std::size_t>(i)];
        const Hit hit = grid.begin_row(i, one.id.n, version_name(frame, one), true);
        grid.text(0, version_name(frame, one), Tone::Plain, true);
        grid.status(1, proposal_status(frame, book, one));
        const auto priced = money::price(one);
        grid.text(2, priced ? amount(frame, priced->net_minor) : std::string("\u2013"));
        grid.text(4, one.steps.empty() ? std::string("\u2013") : frame.locale.date(one.steps.front().on),
                  Tone::Muted);
        if (one.steps.size() > 1)
            grid.text(5, frame.text(msg("{0}, {1}", one.steps.back().who, one.steps.back().on)), Tone::Muted);
        grid.end_row();
        if (hit.clicked) {
            Route route = frame.route;
            route.proposal = one.id;
            out.go(route);
        }
    }
}

void MoneyPanel::version_head(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal) {
    const money::Book& book = frame.project->money;
    Row row(flow, button_height(frame), frame.px(8));
    Route back = frame.route;
    back.proposal = ProposalId{};
    const char* all = frame.tr("All versions");
    const ImFont* font = frame.theme.fonts.dense;
    if (link(frame, row.left(text_width(font, all) + frame.px(4)), font, all)) out.go(back);
    if (button_right(frame, row, {frame.tr("Save as a page"), Look::Normal, kIconDownload}))
        save_proposal(frame, out, proposal, false);
    if (button_right(frame, row, {frame.tr("Save as Markdown"), Look::Quiet}))
        save_proposal(frame, out, proposal, true);
    if (proposal.steps.empty() && button_right(frame, row, {frame.tr("Drop this draft"), Look::Quiet})) {
        out.submit(money_command(money::RemoveProposal{frame.project->id, proposal.id}));
        out.go(back);
    }
    const Status status = proposal_status(frame, book, proposal);
    chip(frame, row.left(chip_width(frame, status)), status);
    heading_in(frame, row.rest(), 2, version_name(frame, proposal));
    flow.gap(frame.px(12));
}

void MoneyPanel::step_form(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal) {
    flow.gap(frame.px(12));
    Flow one = flow.column(0, 3, frame.px(12)), two = flow.column(1, 3, frame.px(12)),
         three = flow.column(2, 3, frame.px(12));
    const bool sending = step_.state == money::State::Sent;
    form_text(frame, one, sending ? frame.tr("Sent by") : frame.tr("Answered by"), step_.who,
              frame.tr("Name or role"));
    if (const auto day = date_field(frame, captioned(frame, two, frame.tr("On"), field_height(frame)),
                                    {frame.tr("On"), step_.on.value_or(frame.today)}))
        step_.on = *day;
    form_text(frame, three, frame.tr("Note for the record"), step_.note);
    flow.y = std::max(one.y, three.y) + frame.px(8);
    money::Step made;
    made.state = step_.state;
    made.on = step_.on.value_or(frame.today);
    made.who = std::string(trim(step_.who));
    made.note = step_.note;
    if (made.state == money::State::Accepted) {
        made.fee_before_minor = frame.project->base_fee_minor;
        for (const change::Change& change : frame.project->changes)
            made.agreed_before += change.state == change::State::Agreed ? 1 : 0;
    }
    const Command put = sending ? money_command(money::SendProposal{frame.project->id, proposal.id, made})
                                : money_command(money::AnswerProposal{frame.project->id, proposal.id, made});
    const auto allowed = frame.session.can(put);
    if (!allowed) {
        const std::string what = frame.text(allowed.error().what), more = frame.text(allowed.error().remedy);
        banner(frame, flow, {Shape::Triangle, Tone::Warn, what}, more);
        flow.gap(frame.px(8));
    }
    Row row(flow, button_height(frame), frame.px(8));
    const char* name = sending                                ? frame.tr("It was sent")
                       : made.state == money::State::Accepted ? frame.tr("Accept and set the fee")
                       : made.state == money::State::Declined ? frame.tr("It was declined")
                                                              : frame.tr("Withdraw it");
    ButtonSpec save{name, Look::Primary};
    save.disabled = !allowed;
    const std::string why = allowed ? std::string() : frame.text(allowed.error().what);
    save.reason = why;
    if (button(frame, row, save)) {
        out.submit(put);
        step_ = {};
    }
    if (button(frame, row, {frame.tr("Never mind"), Look::Quiet})) step_ = {};
}

void MoneyPanel::version_steps(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal) {
    const money::Book& book = frame.project->money;
    {
        Card card(frame, flow, "steps", 0, false, 16, true);
        heading(frame, card.flow, 4, frame.tr("What became of it"));
        card.flow.gap(frame.px(8));
        for (const money::Step& one : proposal.steps) {
            money::Proposal trial;
            trial.steps = {one};
            const Status status = proposal_status(frame, money::Book{}, trial);
            std::string words = frame.text(msg("{0}: {1}, {2}", status.word, one.who, one.on));
            if (!one.note.empty()) words += ". " + one.note;
            paragraph(frame, card.flow, words, Tone::Plain, frame.theme.fonts.dense);
        }
        if (proposal.steps.empty())
            paragraph(frame, card.flow,
                      frame.tr("A draft: nobody outside has seen it. Once it was sent it stays as it is."),
                      Tone::Muted, frame.theme.fonts.dense);
        const money::State state = money::state_of(proposal);
        const bool open = state == money::State::Sent && !money::superseded(book, proposal);
        card.flow.gap(frame.px(8));
        Row row(card.flow, button_height(frame), frame.px(8));
        const auto begin = [&](const char* name, money::State to, Look look) {
            if (button(frame, row, {name, look})) step_ = {to, {}, {}, {}};
        };
        if (state == money::State::Draft)
            begin(frame.tr("Record that it was sent\u2026"), money::State::Sent, Look::Primary);
        if (open) {
            begin(frame.tr("Accepted\u2026"), money::State::Accepted, Look::Primary);
            begin(frame.tr("Declined\u2026"), money::State::Declined, Look::Normal);
            begin(frame.tr("Withdrawn\u2026"), money::State::Withdrawn, Look::Quiet);
        }
        if (step_.state != money::State::Draft) step_form(frame, out, card.flow, proposal);
    }
    flow.gap(frame.px(16));
}

void MoneyPanel::compare(const Frame& frame, Flow& flow, const money::Proposal& proposal) {
    const money::Book& book = frame.project->money;
    if (book.proposals.size() < 2) return;
    const money::Proposal* other = money::find_proposal(book, other_);
    if (!other || other == &proposal) other = money::previous_of(book, proposal);
    if (!other) other = &book.proposals.back();
    flow.gap(frame.px(16));
    Card card(frame, flow, "compare");
    if (!disclosure(frame, card.flow, frame.tr("Compare with another version"), compare_open_)) return;
    std::vector<const money::Proposal*> others;
    for (const money::Proposal& one : book.proposals) {
        if (one.id != proposal.id) others.push_back(&one);
    }
    card.flow.gap(frame.px(8));
    Flow narrow{card.flow.x, card.flow.y, std::min(card.flow.w, frame.px(240))};
    const auto options = [&] {
        std::vector<std::string> names;
        for (const money::Proposal* one : others) names.push_back(version_name(frame, *one));
        return names;
    };
    const std::string shown = version_name(frame, *other);
    if (const auto picked = select(frame,
                                   captioned(frame, narrow, frame.tr("Compare with"), field_height(frame)),
                                   {frame.tr("Compare with"), shown}, options))
        other_ = others[static_cast<std::size_t>(*picked)]->id;
    card.flow.y = narrow.y + frame.px(12);
    const bool forward = other->number < proposal.number;
    const money::Proposal& before = forward ? *other : proposal;
    const money::Proposal& after = forward ? proposal : *other;
    const auto found = money::differences(before, after);
    if (!found) return banner(frame, card.flow, {Shape::Square, Tone::Bad, frame.text(found.error().what)});
    if (found->empty())
        return paragraph(frame, card.flow, frame.tr("Both offer the same at the same price."), Tone::Muted);
    Table grid(frame, card.flow, "differences", frame.tr("What is different"),
               {{frame.tr("What"), 0},
                {version_name(frame, before), 260, Align::Right},
                {version_name(frame, after), 260, Align::Right}},
               static_cast<int>(found->size()), nullptr, 32);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const money::Difference& one = (*found)[static_cast<std::size_t>(i)];
        const std::string name = difference_name(frame, one);
        grid.begin_row(i, static_cast<std::uint64_t>(i) + 1, name, false);
        const bool strong = one.part == money::Part::Net || one.part == money::Part::Gross;
        grid.text(0, name, Tone::Plain, strong);
        grid.text(1, side(frame, one, false), one.delta == money::Delta::Removed ? Tone::Bad : Tone::Muted,
                  strong);
        grid.text(2, side(frame, one, true), one.delta == money::Delta::Added ? Tone::Ok : Tone::Plain,
                  strong);
        grid.end_row();
    }
}

void MoneyPanel::version(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal) {
    if (shown_ != proposal.id) {
        shown_ = proposal.id;
        step_ = {};
    }
    version_head(frame, out, flow, proposal);
    version_steps(frame, out, flow, proposal);
    builder(frame, out, flow, proposal);
    compare(frame, flow, proposal);
}

void MoneyPanel::proposals(const Frame& frame, Outbox& out, Flow& flow) {
    const money::Book& book = frame.project->money;
    if (const money::Proposal* one = money::find_proposal(book, frame.route.proposal))
        return version(frame, out, flow, *one);
    if (!book.proposals.empty()) return versions(frame, out, flow);
    EmptySpec none{kIconCoins, frame.tr("No fee proposal yet"), {}, frame.tr("Write the first proposal")};
    none.text = frame.tr(
        "Lines of people, hours and rates, nine sections of words, the dates of the plan. When the client "
        "accepts it, its price becomes the fee.");
    if (empty_state(frame, flow, none)) begin_version(frame, out);
}

}  // namespace entente::ui
