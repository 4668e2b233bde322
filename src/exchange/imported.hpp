// What an import found: a whole project ready to be added, and everything that is wrong or was left out, by line.
//
// Readers are pure: bytes in, value out; ids come from the caller. Nothing enters the model here: the preview shows this,
// and plan::AddProject{project, new_roles} takes it in with one undo. A file that cannot be read at all is an Error instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/message.hpp"
#include "core/house/model.hpp"
#include "core/plan/model.hpp"

namespace entente::exchange {

// Gives a new id of the workspace on each call (Session::new_id). Never 0.
using NextId = std::function<std::uint64_t()>;

// No import reads more than this; a longer file is refused (TooLarge).
inline constexpr std::size_t kMaxImportBytes = 32u << 20;

// Nor more tasks than this, or predecessors and successors: beyond that it is no plan, and what the plan would take is not spent on it.
inline constexpr std::size_t kMaxImportTasks = 200'000;
inline constexpr std::size_t kMaxImportReferences = 800'000;

struct Problem {
    int line = 0;        // 1-based in the source; 0: the whole file
    Message text;        // what is wrong and what was done about it
    bool error = false;  // something was left out; false: read, but look at it
};

// What the preview shows at its head.
struct ImportCounts {
    int tasks = 0;       // work: neither summary nor milestone
    int milestones = 0, summaries = 0, links = 0, calendars = 0, roles = 0, assignments = 0, baselines = 0, decisions = 0;
};

struct Imported {
    plan::Project project;
    std::vector<house::Role> new_roles;  // roles the tasks use that the house does not have yet
    std::vector<Problem> problems;       // in the order of the source
    ImportCounts counts;

    bool has_errors() const {
        for (const Problem& problem : problems)
            if (problem.error) return true;
        return false;
    }
};

// Counts what `imported` holds, but for roles that the house already had.
ImportCounts count_imported(const Imported& imported);

}  // namespace entente::exchange
