// From a comparison of two cuts to a change of the plan: the lock is reopened, and the work that the new cut makes stands behind it.
//
// The conform reopens the lock (change::Reopen): it stands between what led to the lock and the lock itself. Every other discipline is a
// new task behind the lock. Where the plan already has work of that discipline behind the lock, the new task follows it and what waited
// for that work waits for both; else it runs from the lock to the last thing that hangs on the lock. QC comes after all the others. Pure:
// ids come from the caller; the same plan, lines and ids give the same change.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/cut/price.hpp"
#include "core/model.hpp"

namespace entente::cut {

struct ChangeWords {
    std::string request;                           // what is written down as the request
    std::vector<std::string> work_names;           // one for each line, parallel to it
};

// Milestones that a new cut can reopen, in the plan's order, the likeliest (picture lock, by its name) first.
std::vector<TaskId> locks_of(const plan::Project& project);

// An open change without number, class and dates beyond `asked_on`. Refused where the milestone is gone or there is no work at all.
Result<change::Change> change_of(const plan::Project& project, TaskId lock, const std::vector<WorkLine>& lines, const ChangeWords& words,
                                 Day asked_on, const std::function<std::uint64_t()>& next_id);

}  // namespace entente::cut
