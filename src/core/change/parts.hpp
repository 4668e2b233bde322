// What the files of this feature share among themselves: the rules of each command, and of a list of edits.
#pragma once

#include <optional>
#include <vector>

#include "core/command.hpp"

namespace entente::change {

using Back = std::optional<entente::Command>;

inline constexpr std::int32_t kMaxPermille = 10'000;

// The plan and the baseline moved with it.
inline bool is_done(State state) { return state == State::Agreed || state == State::Absorbed; }

// The task an edit works on; none where it only adds.
TaskId edited_task(const PlanEdit& edit);
// What an hour on the task is sold for in this project, everyone on it.
std::int64_t charge_per_hour(const Model& model, const plan::Project& project, const plan::Task& task);

// What turns `from` into `to`, whose common things stand in the same order.
PlanPatch patch_to(const plan::Project& from, const plan::Project& to);
void put_patch(plan::Project& project, const PlanPatch& patch);

// The plan once the outcome is done, and once it is taken back.
Result<plan::Project> done(const plan::Project& project, const Change& change, const Outcome& outcome);
Result<plan::Project> undone(const plan::Project& project, const Change& change);

Result<void> check_crash(const PlanEdit& edit);
Result<void> check_patch(const Model& model, const plan::Project& project, const PlanPatch& patch);
// The edits bring new ids, can be put into the plan, and leave it whole.
Result<void> check_edits(const Model& model, const plan::Project& project, const std::vector<PlanEdit>& edits);
// The same for edits of a change, which go into the plan without those of the one it supersedes.
Result<void> check_edits(const Model& model, const plan::Project& project, const Change& change, const std::vector<PlanEdit>& edits);

Result<void> check_one(const Model& model, const PutChange& command);
Result<void> check_one(const Model& model, const RemoveChange& command);
Result<void> check_one(const Model& model, const Agree& command);
Result<void> check_one(const Model& model, const Decline& command);
Result<void> check_one(const Model& model, const TakeBack& command);
Result<void> check_one(const Model& model, const Absorb& command);
Result<void> check_one(const Model& model, const Park& command);
Result<void> check_one(const Model& model, const PutScenario& command);
Result<void> check_one(const Model& model, const RemoveScenario& command);
Result<void> check_one(const Model& model, const PutRounds& command);
Result<void> check_one(const Model& model, const RemoveRounds& command);
Result<void> check_one(const Model& model, const UseRound& command);
Result<void> check_one(const Model& model, const UnuseRound& command);

Back inverse_one(const Model& model, const PutChange& c);
Back inverse_one(const Model& model, const RemoveChange& c);
Back inverse_one(const Model& model, const Agree& c);
Back inverse_one(const Model& model, const Decline& c);
Back inverse_one(const Model& model, const TakeBack& c);
Back inverse_one(const Model& model, const Absorb& c);
Back inverse_one(const Model& model, const Park& c);
Back inverse_one(const Model& model, const PutScenario& c);
Back inverse_one(const Model& model, const RemoveScenario& c);
Back inverse_one(const Model& model, const PutRounds& c);
Back inverse_one(const Model& model, const RemoveRounds& c);
Back inverse_one(const Model& model, const UseRound& c);
Back inverse_one(const Model& model, const UnuseRound& c);

void apply_one(Model& model, const PutChange& c);
void apply_one(Model& model, const RemoveChange& c);
void apply_one(Model& model, const Agree& c);
void apply_one(Model& model, const Decline& c);
void apply_one(Model& model, const TakeBack& c);
void apply_one(Model& model, const Absorb& c);
void apply_one(Model& model, const Park& c);
void apply_one(Model& model, const PutScenario& c);
void apply_one(Model& model, const RemoveScenario& c);
void apply_one(Model& model, const PutRounds& c);
void apply_one(Model& model, const RemoveRounds& c);
void apply_one(Model& model, const UseRound& c);
void apply_one(Model& model, const UnuseRound& c);

Message describe_one(const Model& model, const PutChange& c);
Message describe_one(const Model& model, const RemoveChange& c);
Message describe_one(const Model& model, const Agree& c);
Message describe_one(const Model& model, const Decline& c);
Message describe_one(const Model& model, const TakeBack& c);
Message describe_one(const Model& model, const Absorb& c);
Message describe_one(const Model& model, const Park& c);
Message describe_one(const Model& model, const PutScenario& c);
Message describe_one(const Model& model, const RemoveScenario& c);
Message describe_one(const Model& model, const PutRounds& c);
Message describe_one(const Model& model, const RemoveRounds& c);
Message describe_one(const Model& model, const UseRound& c);
Message describe_one(const Model& model, const UnuseRound& c);

}  // namespace entente::change
