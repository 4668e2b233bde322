// A plan as Microsoft Project XML (MSPDI, as versions 2010 to 2021 write it).
//
// Written: settings; calendars with shifts, exceptions and recurring exceptions; tasks with outline, milestones, constraints,
// deadlines, actuals, progress, manual and inactive tasks, notes; links with type, lag and its unit; roles as work resources with
// their rates, and assignments; baselines. Start and finish are those of the schedule, which Microsoft Project computes again. What it
// has no place for goes into its custom text fields (mspdi_own.hpp), and bank holidays by rule go out as exceptions for the
// years of the plan.
// read_mspdi() makes the same project of it again, apart from: ids; spaces around texts and line breaks in names; shifts that
// touch, which become one; the order of links, promises, decisions and baseline rows, which becomes that of the tasks.
// What stays behind altogether is said in `left_out`: it belongs to Entente alone (changes, scenarios, rounds, money, reminders,
// links), or is more than a file can hold.
// Pure, and the same project gives the same bytes. Nothing a person typed can become markup.
#pragma once

#include <string>
#include <vector>

#include "base/message.hpp"
#include "base/result.hpp"
#include "core/house/model.hpp"
#include "core/plan/model.hpp"

namespace entente::exchange {

struct MspdiOut {
    std::string xml;
    std::vector<Message> left_out;
};

// `roles`: the house's rate card (and an import's new roles). Errors: BadInput where the plan has a loop.
Result<MspdiOut> plan_to_mspdi(const plan::Project& project, const std::vector<house::Role>& roles);

}  // namespace entente::exchange
