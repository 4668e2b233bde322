#include "ui/panels/changes_panel.hpp"

#include <algorithm>
#include <cmath>

#include "core/change/options.hpp"
#include "icons.hpp"
#include "ui/panels/today_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {

Command put_change(const plan::Project& project, change::Change next) {
    return change::Command{change::PutChange{project.id, std::move(next)}};
}

const Result<change::Impact>* impact_of(const Frame& frame, ChangeId id) {
    if (!frame.answers) return nullptr;
    const auto found = frame.answers->impacts.find(id);
    return found == frame.answers->impacts.end() ? nullptr : &found->second;
}

const change::Option* option_of(const change::Change& one, OptionId id) { return change::find_option(one, id); }

const Result<change::Impact>* impact_of(const Frame& frame, const change::Change& one, OptionId option) {
    if (!option_of(one, option)) return impact_of(frame, one.id);
    if (!frame.answers) return nullptr;
    const auto found = frame.answers->options.find(option);
    return found == frame.answers->options.end() ? nullptr : &found->second;
}

std::string option_title(const Frame& frame, const change::Option& option) {
    return option.name.empty() ? frame.text(change::option_name(option.kind)) : option.name;
}

std::string replaced_text(const Frame& frame, ChangeId id) {
    const change::Change* old = find_change(*frame.project, id);
    if (!old) return {};
    return frame.text(msg("It takes the place of {0}, agreed on {1}.", change::display_number(old->number), old->outcome.on));
}

bool is_weighed(const change::Change& one) {
    return !one.edits.empty() || !one.lines.empty() || one.kind == change::Kind::InScope || one.kind == change::Kind::OursToFix;
}

std::string money_ex_vat(const Frame& frame, std::int64_t minor) {
    return frame.text(msg("{0} ex VAT", frame.locale.money_short({minor, frame.project->currency})));
}

void ChangesPanel::list_row(const Frame& frame, Outbox& out, Table& grid, int row, const change::Change& one) {
    const Result<change::Impact>* impact = impact_of(frame, one.id);
    const std::string number = change::display_number(one.number);
    const Hit hit = grid.begin_row(row, one.id.n, frame.text(msg("{0}: {1}", number, one.request)), true);
    if (hit.clicked) {
        Route route = frame.route;
        route.change = one.id;
        out.go(route);
    }
    grid.text(0, number, Tone::Muted);
    grid.text(1, one.request, Tone::Plain, one.state == change::State::Open);
    grid.status(2, kind_status(frame, one.kind));
    const std::string asked = frame.locale.date_weekday(one.asked_on);
    grid.text(3, asked, Tone::Muted);
    const std::string decide = one.decide_by ? frame.locale.date_weekday(*one.decide_by) : std::string("\u2013");
    const bool over = one.state == change::State::Open && one.decide_by && *one.decide_by < frame.today;
    grid.text(4, decide, over ? Tone::Bad : Tone::Plain);
    if (change::superseded_by(*frame.project, one)) {
        grid.text(5, "\u2013");
    } else if (one.state == change::State::Agreed) {
        grid.text(5, frame.locale.money_short({one.outcome.charge_minor, frame.project->currency}));
    } else if (one.state == change::State::Absorbed) {
        grid.text(5, frame.locale.money_short({0, frame.project->currency}));
    } else if (impact && *impact) {
        const std::string price = frame.locale.money_short({(*impact)->charge_minor, frame.project->currency});
        grid.text(5, one.edits.empty() && one.lines.empty() ? std::string("\u2013") : price);
    }
    if (impact && *impact) grid.text(6, one.edits.empty() ? std::string("\u2013") : moved_text(frame, (*impact)->finish_moved_days));
    grid.status(7, over ? Status{Shape::Square, Tone::Bad, frame.tr("overdue")} : state_status(frame, *frame.project, one));
    grid.end_row();
}

void ChangesPanel::list(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    ScrollArea scroll(frame, "##changes", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(24);
    flow.w -= frame.px(48);
    flow.gap(frame.px(20));
    Row top(flow, frame.px(30), frame.px(8));
    const ButtonSpec fresh{frame.tr("New request\u2026"), Look::Primary, kIconPlus};
    const auto& changes = frame.project->changes;
    if (!changes.empty() && button_right(frame, top, fresh)) desk.request.emplace();
    if (button_right(frame, top, {frame.tr("Compare two cuts\u2026"), Look::Normal, kIconMovie})) out.ask(OpenCuts{});
    heading_in(frame, top.rest(), 1, frame.tr("Changes"));
    const std::string contract = money_ex_vat(frame, change::contract_value_minor(*frame.project));
    paragraph(frame, flow,
              frame.text(msg("What the client asked for, and what came of it. The contract stands at {0}.", contract)),
              Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(16));
    if (changes.empty()) {
        EmptySpec none{kIconMessageCircle, frame.tr("Nobody has asked for a change"), {}, frame.tr("Write down a request\u2026")};
        none.text = frame.tr(
            "When the client asks for something, write it down in their words. What it does to every promised date and to the "
            "price is worked out at once.");
        if (empty_state(frame, flow, none)) desk.request.emplace();
        flow.gap(frame.px(24));
        rounds(frame, out, flow);
        return;
    }
    std::vector<const change::Change*> shown;
    for (const change::Change& one : changes) shown.push_back(&one);
    std::stable_sort(shown.begin(), shown.end(), [](const change::Change* a, const change::Change* b) {
        const bool open_a = a->state == change::State::Open, open_b = b->state == change::State::Open;
        return open_a != open_b ? open_a : a->number > b->number;
    });
    {
        Table grid(frame, flow, "changes", frame.tr("Changes"),
                   {{frame.tr("Number"), 84},
                    {frame.tr("In the client's words"), 0},
                    {frame.tr("Class"), 124},
                    {frame.tr("Asked"), 112},
                    {frame.tr("Decide by"), 112},
                    {frame.tr("Ex VAT"), 96, Align::Right},
                    {frame.tr("Finish"), 100, Align::Right},
                    {frame.tr("State"), 108}},
                   static_cast<int>(shown.size()), nullptr, 40);
        for (int i = grid.first(); i < grid.last(); ++i) list_row(frame, out, grid, i, *shown[static_cast<std::size_t>(i)]);
    }
    flow.gap(frame.px(24));
    rounds(frame, out, flow);
    flow.gap(frame.px(24));
}

void ChangesPanel::head(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one) {
    const ImFont* font = frame.theme.fonts.dense;
    Row row(flow, frame.px(26), frame.px(12));
    Route back = frame.route;
    back.change = ChangeId{};
    const char* all = frame.tr("All changes");
    const Rect back_at = row.left(text_width(font, all) + frame.px(20));
    draw_icon(frame, {back_at.x0 - frame.px(4), back_at.y0, back_at.x0 + frame.px(14), back_at.y1}, frame.theme.palette.muted,
              kIconChevronLeft);
    if (link(frame, {back_at.x0 + frame.px(18), back_at.y0, back_at.x1, back_at.y1}, font, all)) out.go(back);
    const Status kind = kind_status(frame, one.kind);
    chip(frame, row.left(chip_width(frame, kind)), kind);
    if (one.state != change::State::Open) {
        const Status state = state_status(frame, *frame.project, one);
        chip(frame, row.right(chip_width(frame, state)), state);
    } else if (one.decide_by) {
        const bool over = *one.decide_by < frame.today;
        const Status decide{over ? Shape::Square : Shape::Dot, over ? Tone::Bad : Tone::Warn,
                            frame.text(msg("Decide by {0}", frame.locale.date_weekday(*one.decide_by)))};
        chip(frame, row.right(chip_width(frame, decide)), decide);
    }
    std::string meta = change::display_number(one.number);
    if (!one.asked_by.empty()) meta += " \u00B7 " + frame.text(msg("asked by {0}", one.asked_by));
    if (!one.channel.empty()) meta += ", " + one.channel;
    meta += " \u00B7 " + frame.locale.date(one.asked_on);
    const Rect meta_at = row.rest();
    text_in(frame, font, meta_at, frame.theme.palette.muted, meta);
    note(frame, NodeRole::Paragraph, meta_at, meta);
    flow.gap(frame.px(4));
    const std::string quoted = frame.text(msg("\u201C{0}\u201D", one.request));
    const ImFont* display = frame.theme.fonts.display;
    const bool is_long = wrapped_height(frame, display, flow.w, quoted) > line_height(frame, display) * 2.5f;
    const ImFont* words = is_long ? frame.theme.fonts.title : display;
    const float height = draw_wrapped(frame, words, flow.x, flow.y, flow.w, frame.theme.palette.text, quoted);
    note(frame, NodeRole::Heading, flow.take(height), quoted, 1);
}

// Who asked, how, when, and what kind of request it is.
void ChangesPanel::request_fields(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one) {
    if (one.state != change::State::Open || !disclosure(frame, flow, frame.tr("About the request"), request_open_)) return;
    change::Change next = one;
    bool put = false;
    const auto text = [&](Flow& column, const char* name, std::string& value) {
        const Rect area = captioned(frame, column, name, field_height(frame));
        if (const Typed typed = text_field(frame, area, {name, value}); typed.committed) value = typed.text, put = true;
    };
    text(flow, frame.tr("In the client's words"), next.request);
    flow.gap(frame.px(8));
    Flow first = flow.column(0, 2, frame.px(12)), second = flow.column(1, 2, frame.px(12));
    text(first, frame.tr("Asked by"), next.asked_by);
    text(second, frame.tr("How (by phone, in the review)"), next.channel);
    flow.y = std::max(first.y, second.y) + frame.px(8);
    Flow third = flow.column(0, 3, frame.px(12)), fourth = flow.column(1, 3, frame.px(12)), fifth = flow.column(2, 3, frame.px(12));
    const Rect kind_at = captioned(frame, third, frame.tr("Class"), field_height(frame));
    const auto kinds = [&frame] {
        std::vector<std::string> names;
        for (int i = 0; i <= static_cast<int>(change::Kind::Unclear); ++i)
            names.emplace_back(kind_word(frame, static_cast<change::Kind>(i)));
        return names;
    };
    if (const auto picked =
            select(frame, kind_at, {frame.tr("Class"), kind_word(frame, one.kind), static_cast<int>(one.kind)}, kinds))
        next.kind = static_cast<change::Kind>(*picked), put = true;
    if (const auto day = date_field(frame, captioned(frame, fourth, frame.tr("Asked on"), field_height(frame)),
                                    {frame.tr("Asked on"), one.asked_on}))
        next.asked_on = *day, put = true;
    DateSpec decide{frame.tr("Decide by"), one.decide_by, frame.tr("No date")};
    decide.clearable = true;
    if (const auto day = date_field(frame, captioned(frame, fifth, frame.tr("Decide by"), field_height(frame)), decide)) {
        next.decide_by = *day == kNoDay ? std::optional<Day>() : day;
        put = true;
    }
    flow.y = fifth.y + frame.px(8);
    if (checkbox(frame, flow.take(frame.px(28)), frame.tr("The client sees this request in the status"), one.client_visible))
        next.client_visible = !one.client_visible, put = true;
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, {frame.tr("Remove this request"), Look::Quiet, kIconTrash})) {
        out.submit(Command{change::Command{change::RemoveChange{frame.project->id, one.id}}});
        Route back = frame.route;
        back.change = ChangeId{};
        out.go(back);
    }
    flow.gap(frame.px(8));
    if (put) out.submit(put_change(*frame.project, std::move(next)));
}

namespace {

void replacing(const Frame& frame, Flow& flow, const change::Change& one) {
    banner(frame, flow, {Shape::Ring, Tone::Info, replaced_text(frame, one.supersedes)},
           frame.tr("Once it is agreed, the other one's work leaves the plan and its price leaves the contract. Both stay on record."));
    flow.gap(frame.px(16));
}

}  // namespace

void ChangesPanel::detail(const Frame& frame, Outbox& out, Desk& desk, Rect area, const change::Change& one) {
    if (shown_ != one.id) {
        line_ = LineDraft{};
        chosen_ = OptionId{};
        change::Guess guess = change::guess(*frame.project, one.request);
        if (const TaskId from = std::exchange(desk.began_from, TaskId{})) guess.task = from;
        edits_.reset(one.edits.empty() && one.lines.empty(), guess);
        option_edits_.reset(false);
    }
    shown_ = one.id;
    const IdScope scope(one.id.n);
    ScrollArea scroll(frame, "##change", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(24);
    flow.w -= frame.px(48);
    flow.gap(frame.px(16));
    head(frame, out, flow, one);
    flow.gap(frame.px(12));
    if (one.state != change::State::Open || !option_of(one, chosen_)) chosen_ = OptionId{};
    if (one.state == change::State::Open && is_weighed(one)) options(frame, out, desk, flow, one);
    const change::Option* option = option_of(one, chosen_);
    const Result<change::Impact>* computed = impact_of(frame, one, chosen_);
    const change::Impact* impact = computed && *computed ? &**computed : nullptr;
    const float space = frame.px(16);
    const bool two = flow.w > frame.px(820);
    Flow main = flow, side = flow;
    if (two) {
        side.w = std::floor(std::min(frame.px(372), flow.w * 0.36f));
        main.w = flow.w - side.w - space;
        side.x = main.x + main.w + space;
    }
    if (computed && !*computed) {
        banner(frame, main, {Shape::Square, Tone::Bad, frame.text(computed->error().what)}, frame.text(computed->error().remedy));
        main.gap(space);
    }
    if (one.state != change::State::Open) outcome(frame, out, desk, main, one);
    if (one.state == change::State::Open && one.supersedes) replacing(frame, main, one);
    if (impact && is_weighed(one)) effect(frame, main, one, *impact);
    if (option) option_details(frame, out, main, one);
    const PlanEdits::Spec spec{one.edits, one.asked_on, one.state == change::State::Open, frame.tr("What it takes"),
                               frame.tr("Nothing in the plan changes yet. Say what has to be done, and the dates and the price follow."),
                               one.supersedes};
    if (!option) {
        if (auto edits = edits_.draw(frame, out, main, spec)) {
            change::Change next = one;
            next.edits = std::move(*edits);
            next.options.clear();  // they were worked out from other edits
            const Command command = put_change(*frame.project, std::move(next));
            if (frame.can(command)) edits_.reset(false);
            out.submit(command);
        }
    }
    if (impact || one.state != change::State::Open) costs(frame, out, main, one, impact);
    quality(frame, out, main, one);
    request_fields(frame, out, main, one);
    if (!two) side.y = main.y;
    statement(frame, out, desk, side, one, impact);
    contract(frame, side, one, impact);
    flow.y = std::max(main.y, side.y) + frame.px(24);
}

void ChangesPanel::draw(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    if (!frame.project) return draw_no_project(frame, out, desk, area);
    if (draw_problem(frame, area)) return;
    const change::Change* one = find_change(*frame.project, frame.route.change);
    if (one) detail(frame, out, desk, area, *one);
    else if (frame.cuts) cuts_.draw(frame, out, area);
    else list(frame, out, desk, area);
}

}  // namespace entente::ui
