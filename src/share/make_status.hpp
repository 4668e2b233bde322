// From a project to what its client may see of it: the one place where internal things and a share meet.
//
// Only items marked client-visible are taken, and of those only the fields that a client reads. Costs, rates, notes, float,
// constraints, calendars, assignments and what a change costs the house have no way in. Actions, rounds and risks stay
// empty until the features that keep them exist.
#pragma once

#include "core/model.hpp"
#include "core/plan/schedule.hpp"
#include "share/link.hpp"
#include "share/status.hpp"

namespace entente::share {

struct StatusOptions {
    Day today;                          // decides what is recent
    Profile profile = Profile::Full;    // Dates: no tasks, changes or agreements
    bool contract_value = false;        // show base fee + agreed changes
    bool change_prices = true;          // show what each agreed change costs
    int agreements_days = 60;           // how far back an agreement is recent
};

// `schedule` is that of `project`. Fails (TooLarge) where there is more to show than a Status can hold.
// Numbers of a change are shown once it is agreed; while it is open its price is the house's own business.
Result<Status> make_status(const Model& model, const plan::Project& project, const plan::Schedule& schedule,
                           const StatusOptions& options);

}  // namespace entente::share
