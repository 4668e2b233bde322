// Which part of a plan a command touches, for Scheduler::update.
#pragma once

#include "core/command.hpp"
#include "core/plan/schedule.hpp"

namespace entente::plan {

// What the command changes in the schedule of the project it names; empty where it changes nothing a schedule depends on
// (a promise, a decision, who works on a task).
Touched touched_by(const entente::Command& command);

}  // namespace entente::plan
