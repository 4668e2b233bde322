// What stands beside the changes: scenarios, and the rounds of notes.
#include <algorithm>

#include "base/text.hpp"
#include "core/change/parts.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

// A new thing needs a new id and room; one that is known is replaced where it stands.
template <class T>
Result<void> check_put(const Model& model, const std::vector<T>& items, const T& item) {
    if (by_id(items, item.id)) return ok();
    if (!item.id || id_in_use(model, item.id.n)) return refuse(msg("This id is already in use."));
    if (items.size() >= kMaxListed) return refuse(msg("This project holds more than the program can keep."));
    return ok();
}

Error gone() { return Error{ErrorCode::NotFound, msg("This is no longer here."), {}, {}}; }

Result<void> check_use(const plan::Project& project, const Rounds& rounds, const RoundUse& use) {
    if (auto day = check_day(use.on); !day) return day;
    for (const std::string* text : {&use.version, &use.by}) {
        if (auto checked = check_text(*text); !checked) return checked;
    }
    if (static_cast<std::int32_t>(rounds.used.size()) < rounds.included) {
        return use.paid_by ? refuse(msg("This round is included: no change pays for it.")) : ok();
    }
    const Change* change = find_change(project, use.paid_by);
    if (!change || !is_done(change->state)) {
        return refuse(msg("The rounds included are used up."), rounds.name, msg("Price the next round, and record it when it is agreed."));
    }
    for (const Rounds& other : project.rounds) {
        for (const RoundUse& before : other.used) {
            if (before.paid_by == use.paid_by) return refuse(msg("This change has paid for another round already."));
        }
    }
    return ok();
}

}  // namespace

// ---- scenarios

Result<void> check_one(const Model& model, const PutScenario& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    if (auto put = check_put(model, (*project)->scenarios, command.scenario); !put) return put;
    if (auto named = check_name(command.scenario.name); !named) return named;
    if (auto day = check_day(command.scenario.made); !day) return day;
    if (command.scenario.edits.size() > kMaxListed) return refuse(msg("A scenario cannot hold that much."));
    return check_edits(model, **project, command.scenario.edits);
}
Result<void> check_one(const Model& model, const RemoveScenario& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    return by_id((*project)->scenarios, command.scenario) ? ok() : tl::unexpected(gone());
}

Back inverse_one(const Model& model, const PutScenario& c) {
    const Scenario* before = by_id(find_project(model, c.project)->scenarios, c.scenario.id);
    if (before) return Command{PutScenario{c.project, *before, {}}};
    return Command{RemoveScenario{c.project, c.scenario.id}};
}
Back inverse_one(const Model& model, const RemoveScenario& c) {
    const auto& scenarios = find_project(model, c.project)->scenarios;
    const Scenario* before = by_id(scenarios, c.scenario);
    return Command{PutScenario{c.project, *before, place_of(scenarios, c.scenario)}};
}

void apply_one(Model& model, const PutScenario& c) { put(by_id(model.projects, c.project)->scenarios, c.scenario, c.index); }
void apply_one(Model& model, const RemoveScenario& c) { erase_id(by_id(model.projects, c.project)->scenarios, c.scenario); }

Message describe_one(const Model&, const PutScenario& c) { return msg("Kept the scenario {0}", c.scenario.name); }
Message describe_one(const Model& model, const RemoveScenario& c) {
    const plan::Project* project = find_project(model, c.project);
    const Scenario* scenario = project ? by_id(project->scenarios, c.scenario) : nullptr;
    return msg("Dropped the scenario {0}", scenario ? scenario->name : std::string());
}

// ---- rounds

Result<void> check_one(const Model& model, const PutRounds& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const Rounds& rounds = command.rounds;
    if (auto put = check_put(model, (*project)->rounds, rounds); !put) return put;
    if (auto named = check_name(rounds.name); !named) return named;
    if (rounds.task && !find_task(**project, rounds.task)) return fail(ErrorCode::NotFound, msg("This task is no longer in the plan."));
    if (rounds.included < 0 || rounds.included > 1000) return refuse(msg("Between none and 1000 rounds can be included."));
    if (rounds.minutes < 0 || rounds.minutes > kMaxMinutes) return refuse(msg("The length must lie between zero and 100 years."));
    for (const plan::Assignment& assignment : rounds.assignments) {
        if (!find_role(model, assignment.role)) return fail(ErrorCode::NotFound, msg("This role is no longer on the rate card."));
        if (assignment.units_permille <= 0 || assignment.units_permille > 1'000'000) return refuse(msg("Say how many people work on it."));
    }
    const Rounds* before = by_id((*project)->rounds, rounds.id);
    const std::vector<RoundUse> none;
    if (rounds.used != (before ? before->used : none)) return refuse(msg("Rounds that were used are recorded one by one."));
    return ok();
}

Result<void> check_one(const Model& model, const RemoveRounds& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const Rounds* rounds = by_id((*project)->rounds, command.rounds);
    if (!rounds) return tl::unexpected(gone());
    if (!rounds->used.empty()) return refuse(msg("Rounds were used here: what is on record stays."), rounds->name);
    return ok();
}

Result<void> check_one(const Model& model, const UseRound& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const Rounds* rounds = by_id((*project)->rounds, command.rounds);
    if (!rounds) return tl::unexpected(gone());
    if (rounds->used.size() >= kMaxListed) return refuse(msg("This project holds more than the program can keep."));
    return check_use(**project, *rounds, command.use);
}

Result<void> check_one(const Model& model, const UnuseRound& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const Rounds* rounds = by_id((*project)->rounds, command.rounds);
    return rounds && !rounds->used.empty() ? ok() : tl::unexpected(gone());
}

Back inverse_one(const Model& model, const PutRounds& c) {
    const Rounds* before = by_id(find_project(model, c.project)->rounds, c.rounds.id);
    if (before) return Command{PutRounds{c.project, *before, {}}};
    return Command{RemoveRounds{c.project, c.rounds.id}};
}
Back inverse_one(const Model& model, const RemoveRounds& c) {
    const auto& all = find_project(model, c.project)->rounds;
    const Rounds* before = by_id(all, c.rounds);
    return Command{PutRounds{c.project, *before, place_of(all, c.rounds)}};
}
Back inverse_one(const Model&, const UseRound& c) { return Command{UnuseRound{c.project, c.rounds}}; }
Back inverse_one(const Model& model, const UnuseRound& c) {
    return Command{UseRound{c.project, c.rounds, by_id(find_project(model, c.project)->rounds, c.rounds)->used.back()}};
}

void apply_one(Model& model, const PutRounds& c) { put(by_id(model.projects, c.project)->rounds, c.rounds, c.index); }
void apply_one(Model& model, const RemoveRounds& c) { erase_id(by_id(model.projects, c.project)->rounds, c.rounds); }
void apply_one(Model& model, const UseRound& c) { by_id(by_id(model.projects, c.project)->rounds, c.rounds)->used.push_back(c.use); }
void apply_one(Model& model, const UnuseRound& c) { by_id(by_id(model.projects, c.project)->rounds, c.rounds)->used.pop_back(); }

namespace {

std::string rounds_name(const Model& model, ProjectId project_id, RoundsId id) {
    const plan::Project* project = find_project(model, project_id);
    const Rounds* rounds = project ? by_id(project->rounds, id) : nullptr;
    return rounds ? rounds->name : std::string();
}

}  // namespace

Message describe_one(const Model&, const PutRounds& c) { return msg("Set the rounds of {0}", c.rounds.name); }
Message describe_one(const Model& model, const RemoveRounds& c) {
    return msg("Removed the rounds of {0}", rounds_name(model, c.project, c.rounds));
}
Message describe_one(const Model& model, const UseRound& c) {
    return msg("Recorded a round of {0}", rounds_name(model, c.project, c.rounds));
}
Message describe_one(const Model& model, const UnuseRound& c) {
    return msg("Took back a round of {0}", rounds_name(model, c.project, c.rounds));
}

}  // namespace entente::change
