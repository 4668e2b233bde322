// What can be done to a change: write it, edit it while it is open, agree, decline, take an outcome back.
#pragma once

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

using Command = std::variant<PutChange, RemoveChange, Agree, Decline, TakeBack>;

}  // namespace entente::change
