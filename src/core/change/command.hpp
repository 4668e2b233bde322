// What can be done to a change: write it, edit it while it is open, agree, absorb, park, decline, take an outcome back; to the
// scenarios beside the plan; and to the rounds of notes.
#pragma once

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

#include "core/change/model.hpp"
#include "core/plan/command.hpp"

namespace entente::change {

// What brings a plan back exactly to what it was, place by place: carried by a command that takes another one back.
struct PlanPatch {
    std::vector<TaskId> tasks_out;
    std::vector<LinkId> links_out;
    std::vector<DecisionId> decisions_out;
    // What is put in, or replaced where it stands. Places ascend, as they are afterwards.
    std::vector<plan::PlacedTask> tasks;
    std::vector<plan::Link> links;
    std::vector<plan::ClientDecision> decisions;
    std::vector<std::size_t> link_places, decision_places;
};

// Adds the change, or replaces the open one with its id.
struct PutChange { ProjectId project; Change change; };
// An open change that was never put to the client can be taken out.
struct RemoveChange { ProjectId project; ChangeId change; };
// The plan, the baseline and the contract value move in one entry. `baseline` holds the rows of the plan with the edits. The edits of
// a change that is superseded leave the plan. `patch`: the plan becomes what this says instead.
struct Agree { ProjectId project; ChangeId change; Outcome outcome; plan::Baseline baseline; std::optional<PlanPatch> patch{}; };
struct Decline { ProjectId project; ChangeId change; Outcome outcome; };
// The outcome was recorded by mistake: the change is open again and its edits leave the plan. The journal keeps both
// entries. What it superseded stands again. Refused when a later agreed change builds on it.
struct TakeBack { ProjectId project; ChangeId change; std::optional<PlanPatch> patch{}; };

// Done at our expense: the plan and the baseline move, the contract does not, the goodwill ledger does.
struct Absorb { ProjectId project; ChangeId change; Outcome outcome; plan::Baseline baseline; std::optional<PlanPatch> patch{}; };
// Nobody decides it now; TakeBack opens it again.
struct Park { ProjectId project; ChangeId change; Outcome outcome; };

// Adds the scenario (at `index`, or last), or replaces the one with its id.
struct PutScenario { ProjectId project; Scenario scenario; std::optional<std::size_t> index; };
struct RemoveScenario { ProjectId project; ScenarioId scenario; };

// Adds the rounds of a stage, or replaces them; the rounds used stay as they are recorded.
struct PutRounds { ProjectId project; Rounds rounds; std::optional<std::size_t> index; };
struct RemoveRounds { ProjectId project; RoundsId rounds; };
// A round of notes was given. Beyond the rounds included it needs the change that was agreed or absorbed for it.
struct UseRound { ProjectId project; RoundsId rounds; RoundUse use; };
// The last round was recorded by mistake.
struct UnuseRound { ProjectId project; RoundsId rounds; };

using Command = std::variant<PutChange, RemoveChange, Agree, Decline, TakeBack, Absorb, Park, PutScenario, RemoveScenario, PutRounds,
                             RemoveRounds, UseRound, UnuseRound>;

}  // namespace entente::change
