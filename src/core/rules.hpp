// What each feature must provide to the command pipeline, and the limits and helpers their checks share.
//
// A feature's check() refuses what apply() cannot do or what would break the model; it holds for the record as well, so it never
// becomes stricter about what an older one may hold. check_terms() judges what is done now, once check() agreed.
// A feature is added by writing these four functions for its variant and naming it in core/command.hpp; nothing else changes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/command.hpp"

namespace entente {

// Limits that keep a hostile or broken entry from growing the model beyond use. Generous for people.
inline constexpr std::size_t kMaxName = 400;          // bytes of a name or label
inline constexpr std::size_t kMaxText = 20'000;       // bytes of a note, a request, an agreed text
inline constexpr std::size_t kMaxTasks = 200'000;
inline constexpr std::size_t kMaxLinks = 400'000;
inline constexpr std::size_t kMaxProjects = 500;
inline constexpr std::size_t kMaxRoles = 2'000;
inline constexpr std::size_t kMaxListed = 5'000;      // promises, decisions, changes, issued links of a project
inline constexpr std::int64_t kMaxMinutes = 100ll * 366 * kMinutesPerDay;
inline constexpr std::int64_t kMaxMinor = 1'000'000'000'000'00;  // a million millions of pounds

inline Result<void> ok() { return {}; }
inline tl::unexpected<Error> refuse(Message what, std::string where = {}, Message remedy = {}) {
    return fail(ErrorCode::Refused, std::move(what), std::move(where), std::move(remedy));
}

Result<void> check_name(std::string_view name);   // not empty, UTF-8, not too long
Result<void> check_text(std::string_view text);   // may be empty
Result<void> check_minor(std::int64_t minor);
Result<void> check_day(Day day);
Result<void> check_minute(LocalMinute at);

// NotFound with a sentence a person can read, or the thing.
Result<const plan::Project*> need_project(const Model& model, ProjectId id);
Result<const plan::Task*> need_task(const plan::Project& project, TaskId id);
Result<const change::Change*> need_change(const plan::Project& project, ChangeId id);

// True where the id names anything at all in the workspace: new things must not reuse one.
bool id_in_use(const Model& model, std::uint64_t id);

namespace house {
Result<void> check(const Model& model, const Command& command);
std::optional<entente::Command> inverse(const Model& model, const Command& command);
void apply(Model& model, const Command& command);
Message describe(const Model& model, const Command& command);
}  // namespace house

namespace plan {
Result<void> check(const Model& model, const Command& command);
std::optional<entente::Command> inverse(const Model& model, const Command& command);
void apply(Model& model, const Command& command);
Message describe(const Model& model, const Command& command);

// The parts of a plan's rules that changes need as well.
Result<void> check_task(const Project& project, const Task& task);
Result<void> check_link(const Project& project, const Link& link);
Result<void> check_decision(const ClientDecision& decision);  // its own values, whatever task it belongs to
// Refuses a whole project that breaks an invariant of plan/model.hpp, a loop included.
Result<void> check_project(const Model& model, const Project& project, const std::vector<house::Role>& new_roles);
// The invariants of plan/model.hpp without the ids: for a plan whose shape a command would change.
Result<void> check_structure(const Project& project);
// The tasks of a loop that the links make, in order; empty where there is none. Summaries' links count for their children.
std::vector<TaskId> find_loop(const Project& project);
}  // namespace plan

namespace change {
Result<void> check(const Model& model, const Command& command);
Result<void> check_terms(const Model& model, const Command& command);
std::optional<entente::Command> inverse(const Model& model, const Command& command);
void apply(Model& model, const Command& command);
Message describe(const Model& model, const Command& command);
}  // namespace change

namespace share {
Result<void> check(const Model& model, const Command& command);
std::optional<entente::Command> inverse(const Model& model, const Command& command);
void apply(Model& model, const Command& command);
Message describe(const Model& model, const Command& command);
}  // namespace share

namespace money {
Result<void> check(const Model& model, const Command& command);
Result<void> check_terms(const Model& model, const Command& command);
std::optional<entente::Command> inverse(const Model& model, const Command& command);
void apply(Model& model, const Command& command);
Message describe(const Model& model, const Command& command);

// The parts of money's rules that the house and the plan need as well.
// The invariants of money/model.hpp within one book, without the ids being new.
Result<void> check_book(const plan::Project& project);
// Every id a book holds, once.
void collect_ids(const Book& book, std::vector<std::uint64_t>& ids);
bool holds_id(const Book& book, std::uint64_t id);
// True where the budget, what was spent, the forecast or a proposal names the role.
bool role_is_used(const Book& book, RoleId role);
// The version that was accepted; none where none was.
const Proposal* accepted(const Book& book);
}  // namespace money

}  // namespace entente
