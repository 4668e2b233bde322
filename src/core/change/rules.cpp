#include <algorithm>

#include "core/change/parts.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::change {

Back inverse_one(const Model& model, const PutChange& c) {
    const Change* before = find_change(*find_project(model, c.project), c.change.id);
    if (before) return Command{PutChange{c.project, *before}};
    return Command{RemoveChange{c.project, c.change.id}};
}
Back inverse_one(const Model& model, const RemoveChange& c) {
    return Command{PutChange{c.project, *find_change(*find_project(model, c.project), c.change)}};
}

namespace {

// The plan after a command that moves it: check() has agreed that it can be done.
template <class Moving>
plan::Project moved(const plan::Project& project, const Moving& c) {
    if (c.patch) {
        plan::Project after = project;
        put_patch(after, *c.patch);
        return after;
    }
    const Change& change = *find_change(project, c.change);
    if constexpr (requires { c.outcome; }) return *done(project, change, c.outcome);
    else return *undone(project, change);
}

// What makes the plan after the command into what it is before it.
template <class Moving>
PlanPatch way_back(const Model& model, const Moving& c) {
    const plan::Project& before = *find_project(model, c.project);
    return patch_to(moved(before, c), before);
}

}  // namespace

Back inverse_one(const Model& model, const Agree& c) { return Command{TakeBack{c.project, c.change, way_back(model, c)}}; }
Back inverse_one(const Model& model, const Absorb& c) { return Command{TakeBack{c.project, c.change, way_back(model, c)}}; }
Back inverse_one(const Model&, const Park& c) { return Command{TakeBack{c.project, c.change}}; }
Back inverse_one(const Model&, const Decline& c) { return Command{TakeBack{c.project, c.change}}; }
Back inverse_one(const Model& model, const TakeBack& c) {
    const plan::Project& project = *find_project(model, c.project);
    const Change& change = *find_change(project, c.change);
    if (change.state == State::Declined) return Command{Decline{c.project, c.change, change.outcome}};
    if (change.state == State::Parked) return Command{Park{c.project, c.change, change.outcome}};
    const plan::Baseline& baseline = *by_id(project.baselines, change.outcome.baseline);
    PlanPatch patch = way_back(model, c);
    if (change.state == State::Absorbed) return Command{Absorb{c.project, c.change, change.outcome, baseline, std::move(patch)}};
    return Command{Agree{c.project, c.change, change.outcome, baseline, std::move(patch)}};
}

void apply_one(Model& model, const PutChange& c) {
    auto& changes = by_id(model.projects, c.project)->changes;
    if (Change* found = by_id(changes, c.change.id)) {
        *found = c.change;
        return;
    }
    const auto at = std::find_if(changes.begin(), changes.end(), [&](const Change& other) { return other.number > c.change.number; });
    changes.insert(at, c.change);
}
void apply_one(Model& model, const RemoveChange& c) { erase_id(by_id(model.projects, c.project)->changes, c.change); }

namespace {

void settle(Model& model, ProjectId project, ChangeId id, State state, const Outcome& outcome) {
    Change& change = *by_id(by_id(model.projects, project)->changes, id);
    change.state = state;
    change.outcome = outcome;
}

template <class Done>
void carry_out(Model& model, const Done& c, State state) {
    plan::Project& project = *by_id(model.projects, c.project);
    project = moved(project, c);
    settle(model, c.project, c.change, state, c.outcome);
    project.baselines.push_back(c.baseline);
}

}  // namespace

void apply_one(Model& model, const Agree& c) { carry_out(model, c, State::Agreed); }
void apply_one(Model& model, const Absorb& c) { carry_out(model, c, State::Absorbed); }
void apply_one(Model& model, const Decline& c) { settle(model, c.project, c.change, State::Declined, c.outcome); }
void apply_one(Model& model, const Park& c) { settle(model, c.project, c.change, State::Parked, c.outcome); }

void apply_one(Model& model, const TakeBack& c) {
    plan::Project& project = *by_id(model.projects, c.project);
    if (const Change& was = *find_change(project, c.change); is_done(was.state)) {
        const BaselineId baseline = was.outcome.baseline;
        project = moved(project, c);
        erase_id(project.baselines, baseline);
    }
    Change& change = *by_id(project.changes, c.change);
    change.state = State::Open;
    change.outcome = Outcome{};
}

namespace {

std::string short_name(const Model& model, ProjectId project_id, ChangeId change_id) {
    const plan::Project* project = find_project(model, project_id);
    const Change* change = project ? find_change(*project, change_id) : nullptr;
    return change ? display_number(change->number) : std::string();
}

}  // namespace

Message describe_one(const Model& model, const PutChange& c) {
    const plan::Project* project = find_project(model, c.project);
    const bool known = project && find_change(*project, c.change.id);
    return known ? msg("Edited change {0}", display_number(c.change.number)) : msg("Wrote change {0}", display_number(c.change.number));
}
Message describe_one(const Model& model, const RemoveChange& c) {
    return msg("Removed change {0}", short_name(model, c.project, c.change));
}
Message describe_one(const Model& model, const Agree& c) { return msg("Agreed on change {0}", short_name(model, c.project, c.change)); }
Message describe_one(const Model& model, const Absorb& c) { return msg("Absorbed change {0}", short_name(model, c.project, c.change)); }
Message describe_one(const Model& model, const Park& c) { return msg("Parked change {0}", short_name(model, c.project, c.change)); }
Message describe_one(const Model& model, const Decline& c) { return msg("Declined change {0}", short_name(model, c.project, c.change)); }
Message describe_one(const Model& model, const TakeBack& c) {
    return msg("Opened change {0} again", short_name(model, c.project, c.change));
}

std::string display_number(std::int32_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
    return "CR-" + digits;
}

std::int32_t next_number(const plan::Project& project) {
    std::int32_t next = 1;
    for (const Change& one : project.changes) next = std::max(next, one.number + 1);
    return next;
}

TaskId edited_task(const PlanEdit& edit) {
    return std::visit(
        [](const auto& one) {
            if constexpr (requires { one.task; }) return one.task;
            else return TaskId{};
        },
        edit);
}

const Option* find_option(const Change& change, OptionId id) { return id ? by_id(change.options, id) : nullptr; }

Change as_option(const Change& change, const Option& option) {
    Change out = change;
    out.edits = option.edits;
    out.lines = option.lines;
    out.quality = option.quality;
    return out;
}

const std::vector<PlanEdit>& outcome_edits(const Change& change, const Outcome& outcome) {
    const Option* option = find_option(change, outcome.option);
    return option ? option->edits : change.edits;
}

Result<void> check(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return check_one(model, one); }, command);
}
Back inverse(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return inverse_one(model, one); }, command);
}
void apply(Model& model, const Command& command) {
    std::visit([&](const auto& one) { apply_one(model, one); }, command);
}
Message describe(const Model& model, const Command& command) {
    return std::visit([&](const auto& one) { return describe_one(model, one); }, command);
}

}  // namespace entente::change
