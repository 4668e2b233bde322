#include "ui/panels/share_panel.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/panels/export_card.hpp"
#include "ui/panels/today_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {
namespace {

constexpr std::size_t kShortPassphrase = 8;

void bullet(const Frame& frame, Flow& flow, Shape shape, Tone tone, std::string_view text) {
    const ImFont* font = frame.theme.fonts.body;
    const float lead = frame.px(24), width = flow.w - lead;
    const float height = wrapped_height(frame, font, width, text);
    const Rect area = flow.take(height + frame.px(6));
    draw_shape(shape, area.x0 + frame.px(7), area.y0 + line_height(frame, font) * 0.5f, frame.px(9), tone_colour(frame, tone));
    draw_wrapped(frame, font, area.x0 + lead, area.y0, width, frame.theme.palette.text, text);
    note(frame, NodeRole::ListItem, area, text);
}

std::string address(const Frame& frame, const share::IssuedLink& link) { return frame.base_address + "status.html" + link.fragment; }

Status link_status(const Frame& frame, const share::IssuedLink& link) {
    const int left = link.expires - frame.today;
    if (left < 0) return {Shape::Cross, Tone::Muted, frame.tr("ended")};
    if (left <= 3) return {Shape::Triangle, Tone::Warn, frame.tr("ends soon")};
    return {Shape::Tick, Tone::Ok, frame.tr("open")};
}

}  // namespace

void SharePanel::form(const Frame& frame, Outbox& out, Flow& flow) {
    Card card(frame, flow, "make");
    Flow& in = card.flow;
    heading(frame, in, 2, frame.tr("Make a status link"));
    in.gap(frame.px(4));
    paragraph(frame, in,
              frame.tr("A page the client opens with nothing but the link: no account, no server, nothing to install."),
              Tone::Muted, frame.theme.fonts.dense);
    in.gap(frame.px(16));
    form_text(frame, in, frame.tr("For whom"), to_, frame.tr("Name or role, for your register"));
    in.gap(frame.px(12));
    Flow left = in.column(0, 2, frame.px(16)), right = in.column(1, 2, frame.px(16));
    const Rect days_at = captioned(frame, left, frame.tr("Ends after"), field_height(frame));
    const NumberSpec days{frame.tr("Ends after"),  days_, 0, 1, 1, 365, frame.tr("days"), frame.tr("One day less"),
                          frame.tr("One day more")};
    if (const auto value = number_field(frame, days_at, days)) days_ = *value;
    text_in(frame, frame.theme.fonts.small, right.take(frame.px(18)), frame.theme.palette.muted, frame.tr("Language of the page"));
    right.gap(frame.px(2));
    const bool welsh = welsh_.value_or(frame.locale.language() == Language::Welsh);
    Row languages(right, field_height(frame), frame.px(8));
    welsh_ = segmented(frame, languages, "language", frame.tr("Language of the page"), {"English", "Cymraeg"}, welsh ? 1 : 0) == 1;
    in.y = std::max(left.y, right.y) + frame.px(12);
    if (checkbox(frame, in.take(frame.px(28)), frame.tr("Ask for a passphrase as well"), with_passphrase_))
        with_passphrase_ = !with_passphrase_;
    bool good = !trim(to_).empty();
    if (with_passphrase_) {
        in.gap(frame.px(4));
        const bool is_short = count_code_points(passphrase_) < kShortPassphrase;
        const Rect area = captioned(frame, in, frame.tr("Passphrase, told to the client another way"), field_height(frame));
        FieldSpec spec{frame.tr("Passphrase, told to the client another way"), passphrase_};
        spec.role = NodeRole::PasswordField;
        const Typed typed = text_field(frame, area, spec);
        if (typed.changed || typed.committed) passphrase_ = typed.text;
        in.gap(frame.px(4));
        paragraph(frame, in,
                  is_short ? frame.tr("Use at least eight characters; four words are better.")
                           : frame.tr("Without it nobody can read the page, and nobody can bring it back."),
                  Tone::Muted, frame.theme.fonts.small);
        good = good && !is_short;
    }
    in.gap(frame.px(16));
    Row row(in, button_height(frame), frame.px(12));
    ButtonSpec make{frame.busy ? frame.tr("Making it\u2026") : frame.tr("Make the link"), Look::Primary, kIconLink};
    make.disabled = !good || frame.busy;
    if (make.disabled && !frame.busy)
        make.reason = trim(to_).empty() ? frame.tr("Say for whom it is.") : frame.tr("The passphrase is too short.");
    if (button(frame, row, make)) {
        out.ask(MakeLink{frame.project->id, std::string(trim(to_)), static_cast<int>(days_), *welsh_,
                         with_passphrase_ ? passphrase_ : std::string()});
        passphrase_.clear();
        with_passphrase_ = false;
    }
    if (frame.busy) text_in(frame, frame.theme.fonts.dense, row.rest(), frame.theme.palette.muted, frame.text(frame.busy_text));
}

void SharePanel::contents(const Frame& frame, Flow& flow) const {
    Card card(frame, flow, "contents");
    heading(frame, card.flow, 4, frame.tr("What the client will see"));
    card.flow.gap(frame.px(12));
    const plan::Project& project = *frame.project;
    std::int64_t promises = 0, decisions = 0, changes = 0, tasks = 0;
    for (const plan::Promise& promise : project.promises) promises += promise.client_visible ? 1 : 0;
    for (const plan::ClientDecision& decision : project.decisions) decisions += decision.client_visible ? 1 : 0;
    for (const change::Change& one : project.changes) changes += one.client_visible ? 1 : 0;
    for (const plan::Task& task : project.tasks) tasks += task.client_visible ? 1 : 0;
    const Part list(frame, NodeRole::List, "sees", box(card.flow.x, card.flow.y, card.flow.w, frame.px(100)),
                    frame.tr("What the client will see"));
    bullet(frame, card.flow, Shape::Tick, Tone::Ok,
           frame.text(msgn("{n} promised date, with what the plan has now", "{n} promised dates, with what the plan has now",
                           promises)));
    bullet(frame, card.flow, Shape::Tick, Tone::Ok,
           frame.text(msgn("{n} thing needed from them, by when, and what lateness does",
                           "{n} things needed from them, by when, and what lateness does", decisions)));
    bullet(frame, card.flow, Shape::Tick, Tone::Ok,
           frame.text(msgn("{n} request and what came of it, at the price to them",
                           "{n} requests and what came of them, at the price to them", changes)));
    bullet(frame, card.flow, Shape::Tick, Tone::Ok,
           frame.text(msgn("{n} task that is marked as theirs to see", "{n} tasks that are marked as theirs to see", tasks)));
    bullet(frame, card.flow, Shape::Cross, Tone::Muted,
           frame.tr("Never: costs, rates, notes, float, or anything that is not marked for them"));
    card.flow.gap(-frame.px(6));
}

void SharePanel::limits(const Frame& frame, Flow& flow) const {
    Card card(frame, flow, "limits", 0, false, 16, true);
    heading(frame, card.flow, 4, frame.tr("What a link cannot do"));
    card.flow.gap(frame.px(12));
    const Part list(frame, NodeRole::List, "cannot", box(card.flow.x, card.flow.y, card.flow.w, frame.px(80)),
                    frame.tr("What a link cannot do"));
    bullet(frame, card.flow, Shape::Triangle, Tone::Warn, frame.tr("It cannot be called back: what it carries is in the link itself."));
    bullet(frame, card.flow, Shape::Triangle, Tone::Warn, frame.tr("Whoever has it can read it, unless it asks for a passphrase."));
    bullet(
        frame, card.flow, Shape::Triangle, Tone::Warn,
        frame.tr(
            "It does not change: it shows the plan of the day it was made. Its end is a courtesy the page keeps, not a lock."));
    card.flow.gap(-frame.px(6));
}

// The link that was just made.
void SharePanel::made(const Frame& frame, Outbox& out, Flow& flow) {
    const auto& links = frame.project->issued;
    if (links.size() <= known_links_) return;
    const share::IssuedLink& link_of = links.back();
    {
        Card card(frame, flow, "made", 0, true);
        const Rect head = card.flow.take(frame.px(24));
        draw_shape(Shape::Tick, head.x0 + frame.px(7), head.mid_y(), frame.px(12), frame.theme.palette.ok);
        heading_in(frame, {head.x0 + frame.px(24), head.y0, head.x1, head.y1}, 2, frame.text(msg("The link for {0} is ready", link_of.to)));
        card.flow.gap(frame.px(8));
        const std::string whole = address(frame, link_of);
        const auto size = static_cast<std::int64_t>(whole.size());
        const std::string facts =
            frame.text(msgn("{n} character, ends {0}", "{n} characters, ends {0}", size, frame.locale.date(link_of.expires)));
        paragraph(frame, card.flow, facts, Tone::Muted, frame.theme.fonts.dense);
        card.flow.gap(frame.px(8));
        const Rect shown = card.flow.take(frame.px(32));
        fill(shown, frame.theme.palette.field, frame.px(6));
        outline(frame, shown, frame.theme.palette.line, frame.px(6));
        const std::string_view start = std::string_view(whole).substr(0, 160);
        text_in(frame, frame.theme.fonts.dense, shown.inset(frame.px(10), 0), frame.theme.palette.muted, std::string(start) + "\u2026");
        card.flow.gap(frame.px(12));
        Row row(card.flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("Copy the link"), Look::Primary, kIconCopy})) out.ask(CopyText{whole, msg("The link is copied.")});
        if (button(frame, row, {frame.tr("Open it in a new tab"), Look::Normal, kIconExternalLink})) out.ask(OpenLink{link_of.id});
    }
    flow.gap(frame.px(16));
}

void SharePanel::link_register(const Frame& frame, Outbox& out, Flow& flow) {
    const auto& links = frame.project->issued;
    heading(frame, flow, 2, frame.tr("Links that were made"));
    flow.gap(frame.px(8));
    if (links.empty()) {
        paragraph(frame, flow, frame.tr("None yet. Every link you make is kept here: for whom, what it shows, until when."),
                  Tone::Muted, frame.theme.fonts.dense);
        return;
    }
    Table grid(frame, flow, "links", frame.tr("Links that were made"),
               {{frame.tr("For whom"), 0},
                {frame.tr("Made"), 128},
                {frame.tr("Ends"), 128},
                {frame.tr("Language"), 92},
                {frame.tr("Passphrase"), 104},
                {frame.tr("Revision"), 80, Align::Right},
                {{}, 16},
                {frame.tr("State"), 116},
                {{}, 84}},
               static_cast<int>(links.size()), nullptr, 40);
    for (int i = grid.first(); i < grid.last(); ++i) {
        const share::IssuedLink& one = links[links.size() - 1 - static_cast<std::size_t>(i)];
        grid.begin_row(i, one.id.n, one.to, false);
        grid.text(0, one.to);
        grid.text(1, frame.locale.date_weekday(one.issued), Tone::Muted);
        grid.text(2, frame.locale.date_weekday(one.expires), Tone::Muted);
        grid.text(3, one.welsh ? "Cymraeg" : "English", Tone::Muted);
        grid.text(4, one.passphrase ? frame.tr("yes") : frame.tr("no"), Tone::Muted);
        grid.text(5, frame.locale.number(one.revision), Tone::Muted);
        grid.status(7, link_status(frame, one));
        const Rect cell = grid.cell(8);
        const Part tools(frame, NodeRole::Cell, "tools", cell, frame.tr("What can be done"), Table::under(8));
        const float side = frame.px(32), y = cell.y0 + frame.px(4);
        if (icon_button(frame, box(cell.x1 + frame.px(12) - side * 2, y, side, side), kIconCopy,
                        frame.text(msg("Copy the link for {0}", one.to))))
            out.ask(CopyText{address(frame, one), msg("The link is copied.")});
        if (icon_button(frame, box(cell.x1 + frame.px(12) - side, y, side, side), kIconExternalLink,
                        frame.text(msg("Open the link for {0}", one.to))))
            out.ask(OpenLink{one.id});
        grid.end_row();
    }
}

void SharePanel::draw(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    if (!frame.project) return draw_no_project(frame, out, desk, area);
    if (draw_problem(frame, area)) return;
    if (project_ != frame.project->id || known_links_ > frame.project->issued.size()) {
        project_ = frame.project->id;
        known_links_ = frame.project->issued.size();
    }
    ScrollArea scroll(frame, "##share", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(24);
    flow.w = std::min(flow.w - frame.px(48), frame.px(1160));
    flow.gap(frame.px(20));
    heading(frame, flow, 1, frame.tr("Share"));
    paragraph(frame, flow, frame.tr("Show the client where things stand."), Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(16));
    Flow main = flow, side = flow;
    const bool two = flow.w > frame.px(820);
    if (two) {
        side.w = std::floor(flow.w * 0.4f);
        main.w = flow.w - side.w - frame.px(16);
        side.x = main.x + main.w + frame.px(16);
    }
    made(frame, out, main);
    form(frame, out, main);
    main.gap(frame.px(16));
    if (!two) side.y = main.y;
    contents(frame, side);
    side.gap(frame.px(16));
    limits(frame, side);
    side.gap(frame.px(16));
    export_card(frame, out, side);
    flow.y = std::max(main.y, side.y) + frame.px(24);
    link_register(frame, out, flow);
    flow.gap(frame.px(24));
}

}  // namespace entente::ui
