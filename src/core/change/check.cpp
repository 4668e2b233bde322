// What may be done to a change, and why not.
#include <algorithm>

#include "base/text.hpp"
#include "core/change/parts.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

constexpr std::size_t kMaxOptions = 30;

struct Place {
    const plan::Project* project = nullptr;
    const Change* change = nullptr;
};

Result<Place> place(const Model& model, ProjectId project_id, ChangeId change_id) {
    const auto project = need_project(model, project_id);
    if (!project) return tl::unexpected(project.error());
    const auto found = need_change(**project, change_id);
    if (!found) return tl::unexpected(found.error());
    return Place{*project, *found};
}

Result<void> check_open(const Change& change) {
    if (change.state == State::Open) return ok();
    return refuse(msg("What was agreed or declined is not edited."), {}, msg("Write a new change instead."));
}

Result<void> check_lines(const std::vector<CostLine>& lines) {
    for (const CostLine& line : lines) {
        if (auto named = check_name(line.label); !named) return named;
        if (auto internal = check_minor(line.internal_minor); !internal) return internal;
        if (auto charge = check_minor(line.charge_minor); !charge) return charge;
    }
    return ok();
}

Result<void> check_texts(const Change& change) {
    if (trim(change.request).empty()) return refuse(msg("Write down what the client asked for, in the client's words."));
    for (const std::string* text : {&change.request, &change.asked_by, &change.channel}) {
        if (auto checked = check_text(*text); !checked) return checked;
    }
    if (auto day = check_day(change.asked_on); !day) return day;
    if (auto lines = check_lines(change.lines); !lines) return lines;
    if (change.lines.size() > kMaxListed || change.edits.size() > kMaxListed) return refuse(msg("A change cannot hold that much."));
    if (auto stage = check_text(change.stage); !stage) return stage;
    return change.decide_by ? check_day(*change.decide_by) : ok();
}

Result<void> check_quality(const std::vector<QualityEffect>& effects) {
    for (std::size_t i = 0; i < effects.size(); ++i) {
        if (effects[i].steps < -2 || effects[i].steps > 2) return refuse(msg("Quality is judged in steps from -2 to 2."));
        if (auto why = check_text(effects[i].why); !why) return why;
        for (std::size_t j = 0; j < i; ++j) {
            if (effects[j].dimension == effects[i].dimension) return refuse(msg("Each side of quality is judged once."));
        }
    }
    return ok();
}

// Options stand or fall by themselves; one that the plan has left behind is refused when it is agreed, not when another is edited.
Result<void> check_options(const Change& change) {
    if (change.options.size() > kMaxOptions) return refuse(msg("A change cannot hold that much."));
    for (std::size_t i = 0; i < change.options.size(); ++i) {
        const Option& option = change.options[i];
        if (!option.id || find_option(change, option.id) != &option) return refuse(msg("This id is already in use."));
        if (option.edits.size() > kMaxListed || option.lines.size() > kMaxListed) return refuse(msg("A change cannot hold that much."));
        for (const std::string* text : {&option.name, &option.note}) {
            if (auto checked = check_text(*text); !checked) return checked;
        }
        if (auto lines = check_lines(option.lines); !lines) return lines;
        if (auto quality = check_quality(option.quality); !quality) return quality;
        for (const PlanEdit& edit : option.edits) {
            if (auto one = check_crash(edit); !one) return one;
        }
    }
    return ok();
}

// What it is to supersede was agreed or absorbed, and stands.
Result<void> check_superseded(const plan::Project& project, const Change& change) {
    if (!change.supersedes || supersedes(project, change)) return ok();
    const Change* old = find_change(project, change.supersedes);
    const Change* newer = old ? superseded_by(project, *old) : nullptr;
    if (!newer) return refuse(msg("Only what was agreed can be superseded."));
    return refuse(msg("{0} was superseded by {1}.", display_number(old->number), display_number(newer->number)), {},
                  msg("Supersede that one instead."));
}

}  // namespace

Result<void> check_one(const Model& model, const PutChange& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const Change& change = command.change;
    if (change.state != State::Open) return refuse(msg("A change is written open; agree or decline it after that."));
    if (const Change* before = find_change(**project, change.id)) {
        if (auto open = check_open(*before); !open) return open;
        if (before->number != change.number) return refuse(msg("A change keeps its number."));
    } else {
        if (!change.id || id_in_use(model, change.id.n)) return refuse(msg("This id is already in use."));
        if ((*project)->changes.size() >= kMaxListed) return refuse(msg("This project holds more than the program can keep."));
        for (const Change& other : (*project)->changes) {
            if (other.number == change.number) return refuse(msg("This number belongs to another change."));
        }
        if (change.number <= 0) return refuse(msg("A change needs a number."));
    }
    if (auto texts = check_texts(change); !texts) return texts;
    if (auto quality = check_quality(change.quality); !quality) return quality;
    if (auto options = check_options(change); !options) return options;
    const Change* before = find_change(**project, change.id);
    if (!before || before->supersedes != change.supersedes) {
        if (auto replaced = check_superseded(**project, change); !replaced) return replaced;
    }
    return check_edits(model, **project, change, change.edits);
}

Result<void> check_one(const Model& model, const RemoveChange& command) {
    const auto at = place(model, command.project, command.change);
    if (!at) return tl::unexpected(at.error());
    return check_open(*at->change);
}

namespace {

Result<void> check_outcome(const Outcome& outcome) {
    for (const std::string* text : {&outcome.by, &outcome.text, &outcome.allowed_by}) {
        if (auto checked = check_text(*text); !checked) return checked;
    }
    for (const std::int64_t minor : {outcome.charge_minor, outcome.internal_minor, outcome.goodwill_minor}) {
        if (auto checked = check_minor(minor); !checked) return checked;
    }
    if (outcome.look_again) {
        if (auto day = check_day(*outcome.look_again); !day) return day;
    }
    return check_day(outcome.on);
}

// What agreeing and absorbing have in common: the plan moves, and the baseline that says so is this change's.
template <class Done>
Result<Place> check_done(const Model& model, const Done& command) {
    const auto& [project, change, outcome, baseline, patch] = command;
    const auto at = place(model, project, change);
    if (!at) return at;
    if (auto open = check_open(*at->change); !open) return tl::unexpected(open.error());
    if (auto checked = check_outcome(outcome); !checked) return tl::unexpected(checked.error());
    if (trim(outcome.by).empty()) return refuse(msg("Write down who agreed."));
    if (trim(outcome.text).empty()) return refuse(msg("An agreement needs its exact text."));
    if (outcome.option && !find_option(*at->change, outcome.option)) return refuse(msg("This option is no longer here."));
    if (!baseline.id || id_in_use(model, baseline.id.n)) return refuse(msg("This id is already in use."));
    if (baseline.from_change != change || outcome.baseline != baseline.id)
        return refuse(msg("The baseline does not belong to this change."));
    if (auto named = check_name(baseline.name); !named) return tl::unexpected(named.error());
    if (auto replaced = check_superseded(*at->project, *at->change); !replaced) return tl::unexpected(replaced.error());
    const auto moved = patch ? check_patch(model, *at->project, *patch)
                             : check_edits(model, *at->project, *at->change, outcome_edits(*at->change, outcome));
    if (!moved) return tl::unexpected(moved.error());
    return at;
}

Result<void> check_none_given(const Outcome& outcome) {
    if (outcome.goodwill_minor != 0 || !outcome.allowed_by.empty() || outcome.look_again)
        return refuse(msg("Only what was absorbed has a goodwill, and only what is parked comes back."));
    return ok();
}

// A trade gives up as much as it asks for, or the difference is paid: a line that evens it out covers the odd hour, not a gap.
Result<void> check_trade(const Model& model, const Place& at, const Outcome& outcome) {
    const Option* option = find_option(*at.change, outcome.option);
    if (!option || option->kind != OptionKind::Trade) return ok();
    const auto worth = weigh_trade(model, *at.project, *at.change, *option);
    if (!worth) return tl::unexpected(worth.error());
    if (worth->is_even() || worth->is_even(outcome.charge_minor) || !is_charged(at.change->kind)) return ok();
    const Currency currency = at.project->currency;
    return refuse(msg("This is no even trade: {0} is asked for, {1} is given up.", Money{worth->asked_minor, currency},
                      Money{worth->given_minor, currency}),
                  {}, msg("Give up work of the same worth, or let the client pay the difference."));
}

}  // namespace

Result<void> check_one(const Model& model, const Agree& command) {
    const auto at = check_done(model, command);
    if (!at) return tl::unexpected(at.error());
    const Change* old = supersedes(*at->project, *at->change);
    const std::int64_t stands = contract_value_minor(*at->project) - (old ? old->outcome.charge_minor : 0);
    if (!checked_add(stands, command.outcome.charge_minor)) return refuse(msg("The amount is too large."));
    return check_none_given(command.outcome);
}

Result<void> check_one(const Model& model, const Absorb& command) {
    const auto at = check_done(model, command);
    if (!at) return tl::unexpected(at.error());
    const Outcome& outcome = command.outcome;
    if (outcome.charge_minor != 0) return refuse(msg("What is absorbed costs the client nothing."));
    if (outcome.look_again) return check_none_given(outcome);
    if (outcome.goodwill_minor < 0) return refuse(msg("What is given away cannot be worth less than nothing."));
    if (trim(outcome.allowed_by).empty()) return refuse(msg("Write down who in the house gives it away."));
    if (!checked_add(goodwill_minor(*at->project), outcome.goodwill_minor)) return refuse(msg("The amount is too large."));
    return ok();
}

namespace {

// The plan and the money stay: nothing of an agreement may come with it.
Result<void> check_left(const Outcome& outcome) {
    if (outcome.charge_minor != 0 || outcome.internal_minor != 0 || outcome.baseline || outcome.goodwill_minor != 0 ||
        !outcome.allowed_by.empty())
        return refuse(msg("What is declined or parked has no price and no baseline."));
    return check_outcome(outcome);
}

}  // namespace

Result<void> check_one(const Model& model, const Park& command) {
    const auto at = place(model, command.project, command.change);
    if (!at) return tl::unexpected(at.error());
    if (auto open = check_open(*at->change); !open) return open;
    if (trim(command.outcome.text).empty()) return refuse(msg("Say why it is parked, and what it waits for."));
    return check_left(command.outcome);
}

Result<void> check_one(const Model& model, const Decline& command) {
    const auto at = place(model, command.project, command.change);
    if (!at) return tl::unexpected(at.error());
    if (auto open = check_open(*at->change); !open) return open;
    if (trim(command.outcome.text).empty()) return refuse(msg("Say why it is declined; the client will ask."));
    return check_outcome(command.outcome);
}

Result<void> check_one(const Model& model, const TakeBack& command) {
    const auto at = place(model, command.project, command.change);
    if (!at) return tl::unexpected(at.error());
    if (at->change->state == State::Open) return refuse(msg("This change is still open."));
    if (!is_done(at->change->state)) return ok();
    const auto& baselines = at->project->baselines;
    if (baselines.empty() || baselines.back().id != at->change->outcome.baseline) {
        return refuse(msg("A later agreement builds on this one."), {}, msg("Take the later one back first, or write a new change."));
    }
    for (const Change& other : at->project->changes) {
        if (other.state == State::Open && other.supersedes == command.change)
            return refuse(msg("{0} is to take its place.", display_number(other.number)), {}, msg("Remove that request first."));
    }
    if (command.patch) return check_patch(model, *at->project, *command.patch);
    const auto before = undone(*at->project, *at->change);
    if (!before) return tl::unexpected(before.error());
    return plan::check_structure(*before);
}

Result<void> check_terms(const Model& model, const Command& command) {
    const auto* agree = std::get_if<Agree>(&command);
    if (!agree) return ok();
    const auto at = place(model, agree->project, agree->change);
    return at ? check_trade(model, *at, agree->outcome) : tl::unexpected(at.error());
}

}  // namespace entente::change
