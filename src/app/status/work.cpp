// Changes, tasks, actions, risks, rounds and agreements.
#include <algorithm>

#include "app/status/parts.hpp"

namespace entente::status {

namespace {

constexpr int kMaxRoundBars = 12;

std::string change_name(std::int32_t number) {
    const std::string digits = std::to_string(number);
    return "CR-" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

std::string moved_text(const Locale& locale, std::int64_t days) {
    if (days == 0) return locale.tr("no change to dates");
    return locale.text(days > 0 ? msgn("{n} working day later", "{n} working days later", days)
                                : msgn("{n} working day sooner", "{n} working days sooner", -days));
}

std::string price_text(const Context& c, std::int64_t minor) {
    if (minor == 0) return c.locale.tr("no extra cost");
    const Money amount{minor < 0 ? -minor : minor, c.status.currency};
    return c.locale.text(minor > 0 ? msg("{0} without VAT", amount) : msg("saves {0} without VAT", amount));
}

Node change_state(const Context& c, const share::StatusChange& change) {
    const std::string when = c.locale.date_weekday(change.on);
    switch (change.state) {
        case share::ChangeState::Agreed: return state("ok", kTick, c.locale.text(msg("agreed {0}", when)));
        case share::ChangeState::Declined: return state("quiet", "\xC3\x97", c.locale.text(msg("not done, settled {0}", when)));
        case share::ChangeState::Open: break;
    }
    if (!change.decide_by) return state("warn", kCircle, c.locale.text(msg("asked {0}, open", when)));
    return state("warn", kTriangle, c.locale.text(msg("open, decide by {0}", c.locale.date_weekday(*change.decide_by))));
}

Node change_item(const Context& c, const share::StatusChange& change) {
    Node item = make("li", "change");
    Node& title = item.add(make("p"));
    title.add(make("span", "number", change_name(change.number)));
    title.add(house_text(c, "strong", "", change.request));
    if (!change.effect.empty()) item.add(house_text(c, "p", "quiet", change.effect));
    Node& facts = item.add(make("p", "facts"));
    facts.add(change_state(c, change));
    if (change.moved_days) facts.add(make("span", "", moved_text(c.locale, *change.moved_days)));
    if (change.price_minor) facts.add(make("span", "", price_text(c, *change.price_minor)));
    if (!change.by.empty()) facts.add(make("span", "", c.locale.text(msgc("person", "by {0}", change.by))));
    return item;
}

std::string span_text(const Locale& locale, Day start, Day finish) {
    if (start == finish) return locale.date_short(start);
    return locale.date_short(start) + " \xE2\x80\x93 " + locale.date_short(finish);
}

Node task_item(const Context& c, const share::StatusTask& task) {
    Node item = make("li", "task");
    item.add(house_text(c, "span", "name", task.name));
    item.add(make("span", "quiet", span_text(c.locale, task.start, task.finish)));
    if (task.percent_done == 100) {
        item.add(state("ok", kTick, c.locale.trc("task", "done")));
        return item;
    }
    Node& progress = item.add(make("progress"));
    progress.set("max", "100").set("value", std::to_string(task.percent_done)).set("aria-label", task.name);
    item.add(make("span", "percent", std::to_string(task.percent_done) + " %"));
    return item;
}

Node action_item(const Context& c, const share::Action& action) {
    Node item = make("li");
    item.add(house_text(c, "span", "", action.text));
    if (action.done) {
        item.add(state("ok", kTick, c.locale.trc("action", "done")));
    } else if (action.due) {
        const bool late = *action.due < c.today;
        const std::string when = c.locale.date_weekday(*action.due);
        item.add(state(late ? "bad" : "quiet", late ? kSquare : kCircle,
                       c.locale.text(late ? msg("overdue since {0}", when) : msgc("date", "by {0}", when))));
    } else {
        item.add(state("quiet", kCircle, c.locale.trc("action", "open")));
    }
    if (!action.owner.empty()) item.add(make("span", "quiet", action.owner));
    return item;
}

void add_action_list(const Context& c, Node& section, bool ours, std::string heading) {
    Node list = make("ul", "lines");
    for (const share::Action& action : c.status.actions) {
        if (action.ours == ours) list.add(action_item(c, action));
    }
    if (list.children.empty()) return;
    section.add(make("h3", "", std::move(heading)));
    section.add(std::move(list));
}

Node risk_level(const Context& c, share::RiskLevel level) {
    switch (level) {
        case share::RiskLevel::High: return state("bad", kSquare, c.locale.trc("risk", "high"));
        case share::RiskLevel::Medium: return state("warn", kTriangle, c.locale.trc("risk", "medium"));
        case share::RiskLevel::Low: return state("quiet", kCircle, c.locale.trc("risk", "low"));
    }
    return state("quiet", kCircle, {});
}

}  // namespace

void add_changes(const Context& c, Node& main) {
    if (c.status.changes.empty()) return;
    Node& section = main.add(make("section"));
    section.add(make("h2", "", c.locale.tr("Changes")));
    Node& list = section.add(make("ul", "lines"));
    for (const share::StatusChange& change : c.status.changes) list.add(change_item(c, change));
}

void add_tasks(const Context& c, Node& main) {
    if (c.status.tasks.empty()) return;
    Node& section = main.add(make("section"));
    section.add(make("h2", "", c.locale.trc("section", "Work")));
    std::vector<std::string> stages;
    for (const share::StatusTask& task : c.status.tasks) {
        if (std::find(stages.begin(), stages.end(), task.stage) == stages.end()) stages.push_back(task.stage);
    }
    for (const std::string& stage : stages) {
        section.add(stage.empty() ? make("h3", "", c.locale.tr("Other work")) : house_text(c, "h3", "", stage));
        Node& list = section.add(make("ul", "tasks"));
        for (const share::StatusTask& task : c.status.tasks) {
            if (task.stage == stage) list.add(task_item(c, task));
        }
    }
}

void add_actions(const Context& c, Node& main) {
    if (c.status.actions.empty()) return;
    Node& section = main.add(make("section"));
    section.add(make("h2", "", c.locale.tr("Actions")));
    add_action_list(c, section, false, c.locale.tr("Yours"));
    add_action_list(c, section, true, c.locale.tr("Ours"));
}

void add_risks(const Context& c, Node& main) {
    if (c.status.risks.empty()) return;
    Node& section = main.add(make("section"));
    section.add(make("h2", "", c.locale.tr("Risks")));
    Node& list = section.add(make("ul", "lines"));
    for (const share::Risk& risk : c.status.risks) {
        Node& item = list.add(make("li", "risk"));
        item.add(house_text(c, "span", "", risk.text));
        item.add(risk_level(c, risk.level));
        if (!risk.response.empty()) item.add(house_text(c, "span", "quiet", risk.response));
    }
}

void add_rounds(const Context& c, Node& main) {
    if (c.status.rounds.empty()) return;
    Node& section = main.add(make("section"));
    section.add(make("h2", "", c.locale.tr("Rounds")));
    Node& list = section.add(make("ul", "rounds"));
    for (const share::Rounds& rounds : c.status.rounds) {
        Node& item = list.add(make("li"));
        item.add(house_text(c, "span", "name", rounds.name));
        const int bars = std::max(rounds.agreed, rounds.used);
        if (bars <= kMaxRoundBars) {
            Node& meter = item.add(make("span", "meter"));
            meter.set("aria-hidden", "true");
            for (int i = 0; i < bars; ++i) {
                meter.add(make("span", i >= rounds.agreed ? "bar over" : i < rounds.used ? "bar used" : "bar"));
            }
        }
        const bool over = rounds.used > rounds.agreed;
        const std::string text = c.locale.text(msg("{0} of {1} used", rounds.used, rounds.agreed));
        item.add(over ? state("bad", kSquare, text) : make("span", "quiet", text));
    }
}

void add_agreements(const Context& c, Node& main) {
    if (c.status.agreements.empty()) return;
    Node& section = main.add(make("section"));
    section.add(make("h2", "", c.locale.tr("Agreed lately")));
    Node& list = section.add(make("ul", "lines"));
    for (const share::AgreementNote& note : c.status.agreements) {
        Node& item = list.add(make("li"));
        item.add(house_text(c, "blockquote", "", note.text));
        const std::string when = c.locale.date(note.on);
        item.add(make("span", "quiet", note.by.empty() ? when : c.locale.text(msg("{0}, {1}", note.by, when))));
    }
}

}  // namespace entente::status
