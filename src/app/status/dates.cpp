// What is needed, the dates, and what moved them.
#include <algorithm>

#include "app/status/parts.hpp"

namespace entente::status {

namespace {

constexpr int kSoonDays = 5;

Node by_when(const Context& c, const share::Need& need) {
    const Locale& locale = c.locale;
    if (!need.by) return state("quiet", kCircle, locale.tr("no date depends on it"));
    const std::string when = locale.date_weekday(*need.by) + ", " + locale.relative(*need.by, c.today);
    if (*need.by < c.today) return state("bad", kSquare, locale.text(msg("overdue since {0}", when)));
    const std::string text = locale.text(msgc("date", "by {0}", when));
    return *need.by - c.today <= kSoonDays ? state("warn", kTriangle, text) : state("quiet", kCircle, text);
}

// What lateness does: in the house's words, else computed.
std::string lateness(const Context& c, const share::Need& need) {
    if (!need.moves || need.slip_days_per_day == 0) return {};
    const std::string& what = c.status.milestones[*need.moves].name;
    return c.locale.text(msgn("Each day after that moves {0} by {n} working day.", "Each day after that moves {0} by {n} working days.",
                              need.slip_days_per_day, what));
}

Node need_card(const Context& c, const share::Need& need) {
    Node card = make("li", "card");
    card.add(house_text(c, "h3", "", need.question));
    card.add(make("p")).add(by_when(c, need));
    if (!need.if_late.empty()) {
        card.add(house_text(c, "p", "quiet", need.if_late));
    } else if (const std::string text = lateness(c, need); !text.empty()) {
        card.add(make("p", "quiet", text));
    }
    if (!need.owner.empty()) card.add(make("p", "quiet", c.locale.text(msgc("person", "from {0}", need.owner))));
    return card;
}

Node answered_item(const Context& c, const share::Need& need) {
    Node item = make("li");
    item.add(house_text(c, "span", "", need.question));
    const std::string when = c.locale.date_weekday(*need.answered);
    item.add(state("ok", kTick, need.kind == share::NeedKind::Input ? c.locale.text(msg("received {0}", when))
                                                                    : c.locale.text(msg("answered {0}", when))));
    if (!need.answer.empty()) item.add(house_text(c, "span", "quiet", need.answer));
    return item;
}

Node health(const Context& c, share::Health health) {
    switch (health) {
        case share::Health::OnTime: return state("ok", kTick, c.locale.trc("date", "on time"));
        case share::Health::Tight: return state("warn", kTriangle, c.locale.trc("date", "tight"));
        case share::Health::Late: return state("bad", kSquare, c.locale.trc("date", "late"));
        case share::Health::Done: return state("quiet", kTick, c.locale.trc("date", "done"));
    }
    return state("quiet", kCircle, {});
}

// Roles are written out because a table that is laid out as a list in a narrow column would lose them.
Node cell(std::string_view style, std::string text) {
    Node node = make("td", style, std::move(text));
    node.set("role", "cell");
    return node;
}

Node heading_cell(std::string_view style, std::string text) {
    Node node = make("th", style, std::move(text));
    node.set("scope", "col").set("role", "columnheader");
    return node;
}

Node date_row(const Context& c, const share::Milestone& milestone) {
    const Locale& locale = c.locale;
    Node row = make("tr");
    row.set("role", "row");
    row.add(house_text(c, "th", "", milestone.name)).set("scope", "row").set("role", "rowheader");
    if (milestone.promised) {
        row.add(cell("wide", locale.date_weekday(*milestone.promised)));
    } else {
        Node& none = row.add(cell("wide", {}));
        none.add(make("span", "", "\xE2\x80\x93")).set("aria-hidden", "true");
        none.add(make("span", "unseen", locale.tr("not promised")));
    }
    Node& forecast = row.add(cell({}, locale.date_weekday(milestone.forecast)));
    if (milestone.promised && *milestone.promised != milestone.forecast) {
        forecast.add(make("span", "narrow", locale.text(msg("promised {0}", locale.date_short(*milestone.promised)))));
    }
    row.add(cell({}, {})).add(health(c, milestone.health));
    return row;
}

}  // namespace

Node house_text(const Context& c, std::string_view tag, std::string_view style, const std::string& text) {
    Node node = make(tag, style, text);
    if (!c.text_language.empty()) node.set("lang", c.text_language);
    return node;
}

Node state(std::string_view style, std::string_view shape, std::string word) {
    Node node = make("span", style);
    node.add(make("span", "shape", std::string(shape))).set("aria-hidden", "true");
    node.add(make("span", "", std::move(word)));
    return node;
}

void add_needs(const Context& c, Node& main) {
    const auto& needs = c.status.needs;
    Node section = make("section", "needs");
    section.add(make("h2", "", c.locale.tr("We need from you")));
    Node open = make("ul", "cards"), answered = make("ul", "answered");
    for (const share::Need& need : needs) {
        if (need.answered) {
            answered.add(answered_item(c, need));
        } else {
            open.add(need_card(c, need));
        }
    }
    if (open.children.empty()) {
        section.add(make("p")).add(state("ok", kTick, c.locale.tr("Nothing at the moment.")));
    } else {
        section.add(std::move(open));
    }
    if (!answered.children.empty()) section.add(std::move(answered));
    main.add(std::move(section));
}

void add_dates(const Context& c, Node& main) {
    if (c.status.milestones.empty()) return;
    Node& section = main.add(make("section"));
    section.add(make("h2", "", c.locale.tr("Dates"))).set("id", "dates");
    Node& table = section.add(make("table"));
    table.set("aria-labelledby", "dates").set("role", "table");
    Node& head_group = table.add(make("thead"));
    head_group.set("role", "rowgroup");
    Node& head = head_group.add(make("tr"));
    head.set("role", "row");
    head.add(heading_cell({}, c.locale.tr("Milestone")));
    head.add(heading_cell("wide", c.locale.tr("Promised")));
    head.add(heading_cell({}, c.locale.tr("Forecast")));
    head.add(heading_cell({}, c.locale.tr("State")));
    Node& body = table.add(make("tbody"));
    body.set("role", "rowgroup");
    for (const share::Milestone& milestone : c.status.milestones) body.add(date_row(c, milestone));
    if (c.status.contract_value_minor) {
        section.add(make("p", "quiet", c.locale.text(msg("Contract value {0} without VAT",
                                                         Money{*c.status.contract_value_minor, c.status.currency}))));
    }
}

void add_moves(const Context& c, Node& main) {
    const auto moved = [](const share::Milestone& m) { return m.was && *m.was != m.forecast; };
    if (std::none_of(c.status.milestones.begin(), c.status.milestones.end(), moved)) return;
    Node& section = main.add(make("section"));
    section.add(make("h2", "", c.locale.tr("What moved")));
    Node& list = section.add(make("ul", "lines"));
    for (const share::Milestone& milestone : c.status.milestones) {
        if (!moved(milestone)) continue;
        Node& item = list.add(make("li"));
        item.add(house_text(c, "span", "", milestone.name));
        const bool later = milestone.forecast > *milestone.was;
        item.add(state(later ? "warn" : "ok", later ? "\xE2\x86\x92" : "\xE2\x86\x90",
                       c.locale.text(msg("from {0} to {1}", c.locale.date_weekday(*milestone.was),
                                         c.locale.date_weekday(milestone.forecast)))));
    }
}

}  // namespace entente::status
