// What can be done to a change: write it, edit it while it is open, agree, absorb, park, decline, take an outcome back; to the
// scenarios beside the plan; and to the rounds of notes.
#pragma once

#include <cstddef>
#include <optional>
#include <variant>

#include "core/change/model.hpp"
#include "core/plan/model.hpp"

namespace entente::change {

// Adds the change, or replaces the open one with its id.
struct PutChange { ProjectId project; Change change; };
// An open change that was never put to the client can be taken out.
struct RemoveChange { ProjectId project; ChangeId change; };
// The plan, the baseline and the contract value move in one entry. `baseline` holds the rows of the plan with the edits.
struct Agree { ProjectId project; ChangeId change; Outcome outcome; plan::Baseline baseline; };
struct Decline { ProjectId project; ChangeId change; Outcome outcome; };
// The outcome was recorded by mistake: the change is open again and its edits leave the plan. The journal keeps both
// entries. Refused when a later agreed change builds on it.
struct TakeBack { ProjectId project; ChangeId change; };

// Done at our expense: the plan and the baseline move, the contract does not, the goodwill ledger does.
struct Absorb { ProjectId project; ChangeId change; Outcome outcome; plan::Baseline baseline; };
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
