// What we would say: a change and its options in plain words, what is possible first.
#include <algorithm>

#include "core/change/options.hpp"
#include "core/lookup.hpp"
#include "core/plan/query.hpp"

namespace entente::change {

namespace {

std::string name_of(const plan::Project& project, TaskId id) {
    const plan::Task* task = find_task(project, id);
    return task ? task->name : std::string();
}

void say_dates(const plan::Project& project, const Impact& impact, std::vector<Message>& out) {
    const auto moved = [](const PromiseMove& move) { return move.moved_days != 0; };
    if (std::none_of(impact.promises.begin(), impact.promises.end(), moved)) {
        out.push_back(impact.promises.empty() && impact.finish_moved_days != 0
                          ? msg("The project would end on {0} instead of {1}.", impact.finish_after, impact.finish_before)
                          : msg("No promised date moves."));
    }
    for (const PromiseMove& move : impact.promises) {
        if (!moved(move)) continue;
        const std::string name = name_of(project, move.task);
        out.push_back(move.moved_days > 0
                          ? msgn("{0} moves by {n} working day, to {1}.", "{0} moves by {n} working days, to {1}.", move.moved_days, name,
                                 move.after)
                          : msgn("{0} comes {n} working day sooner, on {1}.", "{0} comes {n} working days sooner, on {1}.",
                                 -move.moved_days, name, move.after));
    }
}

void say_price(const plan::Project& project, const Change& change, const Impact& impact, std::vector<Message>& out) {
    const Money charge{impact.charge_minor, project.currency};
    if (change.kind == Kind::OursToFix && impact.worth_minor != 0) {
        out.push_back(msg("It is ours to put right, and costs you nothing."));
    } else if (change.kind == Kind::InScope && impact.worth_minor != 0) {
        out.push_back(msg("It is part of what was agreed, and costs nothing extra."));
    } else if (impact.charge_minor > 0) {
        out.push_back(msg("It costs {0} without VAT.", charge));
    } else if (impact.charge_minor < 0) {
        out.push_back(msg("It saves {0} without VAT.", Money{-impact.charge_minor, project.currency}));
    } else {
        out.push_back(msg("It costs nothing extra."));
    }
}

// What it takes the place of, and what that does to the contract.
void say_replaced(const plan::Project& project, const Impact& impact, std::vector<Message>& out) {
    const Change* old = find_change(project, impact.replaced);
    if (!old) return;
    out.push_back(msg("It takes the place of {0}, agreed on {1}.", display_number(old->number), old->outcome.on));
    const std::int64_t more = impact.contract_after_minor - impact.contract_before_minor;
    if (more > 0) out.push_back(msg("The contract rises by {0}.", Money{more, project.currency}));
    else if (more < 0) out.push_back(msg("The contract falls by {0}.", Money{-more, project.currency}));
    else out.push_back(msg("The contract value stays as it is."));
}

void say_left_out(const plan::Project& project, const std::vector<PlanEdit>& edits, std::vector<Message>& out) {
    for (const PlanEdit& edit : edits) {
        if (const auto* drop = std::get_if<Drop>(&edit)) out.push_back(msg("{0} is left out.", name_of(project, drop->task)));
    }
}

Message quality_words(Quality dimension, std::int32_t steps) {
    const bool better = steps > 0;
    switch (dimension) {
        case Quality::Picture: return better ? msg("The picture gets better.") : msg("The picture has less time to get right.");
        case Quality::Sound: return better ? msg("The sound gets better.") : msg("The sound has less time to get right.");
        case Quality::Story: return better ? msg("The story gains.") : msg("The story loses.");
        case Quality::Compliance: return better ? msg("Delivery checks get safer.") : msg("Delivery checks get riskier.");
        case Quality::Accessibility: break;
    }
    return better ? msg("More people can follow it.") : msg("Fewer people can follow it.");
}

void say_quality(const std::vector<QualityEffect>& effects, std::vector<Message>& out) {
    for (const QualityEffect& effect : effects) {
        if (effect.steps != 0) out.push_back(quality_words(effect.dimension, effect.steps));
    }
}

void say_silence(const Change& change, std::vector<Message>& out) {
    if (change.decide_by) out.push_back(msg("If we hear nothing by {0}, the plan stays as it is.", *change.decide_by));
}

// The tasks a list of crashes shortens, "Grade, Final mix".
std::string crashed_names(const plan::Project& after, const std::vector<PlanEdit>& edits) {
    std::string names;
    for (const PlanEdit& edit : edits) {
        if (const auto* crash = std::get_if<Crash>(&edit)) names += (names.empty() ? "" : ", ") + name_of(after, crash->task);
    }
    return names;
}

void say_held(const Option& option, const Impact& impact, std::vector<Message>& out) {
    const bool overtime = option.kind == OptionKind::Overtime;
    const std::string names = crashed_names(impact.project_after, option.edits);
    if (names.empty()) {
        out.push_back(overtime ? msg("It can be done, but overtime cannot hold the dates: nothing on the way to them can be worked longer.")
                               : msg("It can be done, but a second shift cannot hold the dates: nothing on the way to them takes one."));
        return;
    }
    const std::int64_t hours = (premium_minutes(impact.project_after, option.edits) + 59) / 60;
    const bool holds = holds_promises(impact);
    if (holds) out.push_back(msg("Yes, this can be done, and no promise is broken."));
    out.push_back(overtime ? msgn("It takes {n} hour of overtime: {0}.", "It takes {n} hours of overtime: {0}.", hours, names)
                           : msgn("It takes {n} hour of a second shift: {0}.", "It takes {n} hours of a second shift: {0}.", hours, names));
    if (!holds) out.push_back(msg("Even so, not every promised date can be held."));
}

void say_traded(const plan::Project& project, const Change& change, const Option& option, const Impact& impact,
                std::vector<Message>& out) {
    out.push_back(msg("Yes, this can be done in exchange for other work."));
    for (const PlanEdit& edit : option.edits) {
        if (std::find(change.edits.begin(), change.edits.end(), edit) != change.edits.end()) continue;
        if (const auto* drop = std::get_if<Drop>(&edit)) out.push_back(msg("{0} is dropped.", name_of(project, drop->task)));
        const auto* less = std::get_if<Lengthen>(&edit);
        const plan::Task* task = less && less->minutes < 0 ? find_task(project, less->task) : nullptr;
        if (!task) continue;
        const std::int64_t hours = -less->minutes / 60;
        out.push_back(task->duration_minutes + less->minutes <= 0
                          ? msg("{0} is dropped.", task->name)
                          : msgn("{0} gets {n} hour less.", "{0} gets {n} hours less.", hours, task->name));
    }
    const TradeWorth& worth = impact.trade;
    if (worth == TradeWorth{}) return;
    const Money asked{worth.asked_minor, project.currency}, given{worth.given_minor, project.currency};
    out.push_back(worth.is_even() ? msg("What you ask for is worth {0}, what is given up {1}: an even trade.", asked, given)
                                  : msg("What you ask for is worth {0}, what is given up {1}: not an even trade.", asked, given));
}

// What can be done in place of nothing: the other answers that were worked out.
void say_alternatives(const Change& change, const Option& declined, std::vector<Message>& out) {
    for (const Option& other : change.options) {
        if (other.id == declined.id) continue;
        switch (other.kind) {
            case OptionKind::MoveDates: out.push_back(msg("It could be done if the dates move.")); break;
            case OptionKind::Overtime: out.push_back(msg("It could be done with overtime.")); break;
            case OptionKind::SecondShift: out.push_back(msg("It could be done with a second shift.")); break;
            case OptionKind::Trade: out.push_back(msg("It could be done in exchange for other work.")); break;
            case OptionKind::LaterVersion: out.push_back(msg("It could be done later, as another version.")); break;
            case OptionKind::Decline:
            case OptionKind::ByHand: break;
        }
    }
}

void say_opening(const plan::Project& project, const Change& change, const Option& option, const Impact& impact,
                 std::vector<Message>& out) {
    switch (option.kind) {
        case OptionKind::Overtime:
        case OptionKind::SecondShift: return say_held(option, impact, out);
        case OptionKind::Trade: return say_traded(project, change, option, impact, out);
        case OptionKind::LaterVersion: return out.push_back(msg("Yes, as another version once this one is delivered."));
        case OptionKind::Decline: return out.push_back(msg("We would rather leave this as it is."));
        case OptionKind::MoveDates:
        case OptionKind::ByHand: return out.push_back(msg("Yes, this can be done."));
    }
}

}  // namespace

std::vector<Message> statement(const plan::Project& project, const Change& change, const Impact& impact) {
    std::vector<Message> out{msg("Yes, this can be done.")};
    say_left_out(project, change.edits, out);
    say_dates(project, impact, out);
    say_price(project, change, impact, out);
    say_replaced(project, impact, out);
    say_quality(change.quality, out);
    say_silence(change, out);
    return out;
}

std::vector<Message> option_statement(const plan::Project& project, const Change& change, const Option& option, const Impact& impact) {
    std::vector<Message> out;
    say_opening(project, change, option, impact, out);
    if (!option.note.empty()) out.push_back(msg("{0}", option.note));
    if (option.kind == OptionKind::Decline) {
        out.push_back(msg("No promised date moves."));
        say_alternatives(change, option, out);
        return out;
    }
    if (option.kind != OptionKind::Trade) say_left_out(project, option.edits, out);
    say_dates(project, impact, out);
    say_price(project, change, impact, out);
    say_replaced(project, impact, out);
    say_quality(option.quality, out);
    say_silence(change, out);
    return out;
}

}  // namespace entente::change
