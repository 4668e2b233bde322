#include <algorithm>

#include "base/text.hpp"

#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

using Back = std::optional<entente::Command>;

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

Result<void> check_texts(const Change& change) {
    if (trim(change.request).empty()) return refuse(msg("Write down what the client asked for, in the client's words."));
    for (const std::string* text : {&change.request, &change.asked_by, &change.channel}) {
        if (auto checked = check_text(*text); !checked) return checked;
    }
    if (auto day = check_day(change.asked_on); !day) return day;
    for (const CostLine& line : change.lines) {
        if (auto named = check_name(line.label); !named) return named;
        if (auto internal = check_minor(line.internal_minor); !internal) return internal;
        if (auto charge = check_minor(line.charge_minor); !charge) return charge;
    }
    if (change.lines.size() > kMaxListed || change.edits.size() > kMaxListed) return refuse(msg("A change cannot hold that much."));
    return change.decide_by ? check_day(*change.decide_by) : ok();
}

// The ids that an edit brings into the plan.
std::vector<std::uint64_t> new_ids(const PlanEdit& edit) {
    std::vector<std::uint64_t> ids;
    const auto from = [&](const plan::Task& work, const std::vector<plan::Link>& links) {
        ids.push_back(work.id.n);
        for (const plan::Link& link : links) ids.push_back(link.id.n);
    };
    if (const auto* reopen = std::get_if<Reopen>(&edit)) from(reopen->work, reopen->links);
    if (const auto* add = std::get_if<AddWork>(&edit)) {
        from(add->work, add->links);
        if (add->client_decides) ids.push_back(add->decision.n);
    }
    return ids;
}

Result<void> check_edits(const Model& model, const plan::Project& project, const Change& change) {
    for (const PlanEdit& edit : change.edits) {
        for (const std::uint64_t id : new_ids(edit)) {
            if (id == 0 || id_in_use(model, id)) return refuse(msg("This id is already in use."));
        }
    }
    const auto after = with_edits(project, change.edits);
    if (!after) return tl::unexpected(after.error());
    return plan::check_structure(*after);
}

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
    return check_edits(model, **project, change);
}

Result<void> check_one(const Model& model, const RemoveChange& command) {
    const auto at = place(model, command.project, command.change);
    if (!at) return tl::unexpected(at.error());
    return check_open(*at->change);
}

Result<void> check_outcome(const Outcome& outcome) {
    if (auto by = check_text(outcome.by); !by) return by;
    if (auto text = check_text(outcome.text); !text) return text;
    if (auto charge = check_minor(outcome.charge_minor); !charge) return charge;
    if (auto internal = check_minor(outcome.internal_minor); !internal) return internal;
    return check_day(outcome.on);
}

Result<void> check_one(const Model& model, const Agree& command) {
    const auto at = place(model, command.project, command.change);
    if (!at) return tl::unexpected(at.error());
    if (auto open = check_open(*at->change); !open) return open;
    if (auto outcome = check_outcome(command.outcome); !outcome) return outcome;
    if (trim(command.outcome.by).empty()) return refuse(msg("Write down who agreed."));
    if (trim(command.outcome.text).empty()) return refuse(msg("An agreement needs its exact text."));
    if (!checked_add(contract_value_minor(*at->project), command.outcome.charge_minor)) return refuse(msg("The amount is too large."));
    const plan::Baseline& baseline = command.baseline;
    if (!baseline.id || id_in_use(model, baseline.id.n)) return refuse(msg("This id is already in use."));
    if (baseline.from_change != command.change || command.outcome.baseline != baseline.id)
        return refuse(msg("The baseline does not belong to this change."));
    if (auto named = check_name(baseline.name); !named) return named;
    return check_edits(model, *at->project, *at->change);
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
    if (at->change->state == State::Declined) return ok();
    const auto& baselines = at->project->baselines;
    if (baselines.empty() || baselines.back().id != at->change->outcome.baseline) {
        return refuse(msg("A later agreement builds on this one."), {}, msg("Take the later one back first, or write a new change."));
    }
    const plan::Project before = without_edits(*at->project, at->change->edits);
    return plan::check_structure(before);
}

Back inverse_one(const Model& model, const PutChange& c) {
    const Change* before = find_change(*find_project(model, c.project), c.change.id);
    if (before) return Command{PutChange{c.project, *before}};
    return Command{RemoveChange{c.project, c.change.id}};
}
Back inverse_one(const Model& model, const RemoveChange& c) {
    return Command{PutChange{c.project, *find_change(*find_project(model, c.project), c.change)}};
}
Back inverse_one(const Model&, const Agree& c) { return Command{TakeBack{c.project, c.change}}; }
Back inverse_one(const Model&, const Decline& c) { return Command{TakeBack{c.project, c.change}}; }
Back inverse_one(const Model& model, const TakeBack& c) {
    const plan::Project& project = *find_project(model, c.project);
    const Change& change = *find_change(project, c.change);
    if (change.state == State::Declined) return Command{Decline{c.project, c.change, change.outcome}};
    return Command{Agree{c.project, c.change, change.outcome, *by_id(project.baselines, change.outcome.baseline)}};
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

void apply_one(Model& model, const Agree& c) {
    plan::Project& project = *by_id(model.projects, c.project);
    const std::vector<PlanEdit> edits = find_change(project, c.change)->edits;
    project = std::move(*with_edits(project, edits));  // check() has agreed that it can be done
    Change& change = *by_id(project.changes, c.change);
    change.state = State::Agreed;
    change.outcome = c.outcome;
    project.baselines.push_back(c.baseline);
}

void apply_one(Model& model, const Decline& c) {
    Change& change = *by_id(by_id(model.projects, c.project)->changes, c.change);
    change.state = State::Declined;
    change.outcome = c.outcome;
}

void apply_one(Model& model, const TakeBack& c) {
    plan::Project& project = *by_id(model.projects, c.project);
    const Change was = *find_change(project, c.change);
    if (was.state == State::Agreed) {
        project = without_edits(project, was.edits);
        erase_id(project.baselines, was.outcome.baseline);
    }
    Change& change = *by_id(project.changes, c.change);
    change.state = State::Open;
    change.outcome = Outcome{};
}

std::string short_name(const Model& model, ProjectId project_id, ChangeId change_id) {
    const plan::Project* project = find_project(model, project_id);
    const Change* change = project ? find_change(*project, change_id) : nullptr;
    return change ? display_number(change->number) : std::string();
}

Message describe_one(const Model& model, const PutChange& c) {
    const plan::Project* project = find_project(model, c.project);
    const bool known = project && find_change(*project, c.change.id);
    return known ? msg("Edited change {0}", display_number(c.change.number)) : msg("Wrote change {0}", display_number(c.change.number));
}
Message describe_one(const Model& model, const RemoveChange& c) {
    return msg("Removed change {0}", short_name(model, c.project, c.change));
}
Message describe_one(const Model& model, const Agree& c) { return msg("Agreed on change {0}", short_name(model, c.project, c.change)); }
Message describe_one(const Model& model, const Decline& c) { return msg("Declined change {0}", short_name(model, c.project, c.change)); }
Message describe_one(const Model& model, const TakeBack& c) {
    return msg("Opened change {0} again", short_name(model, c.project, c.change));
}

}  // namespace

std::string display_number(std::int32_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
    return "CR-" + digits;
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
