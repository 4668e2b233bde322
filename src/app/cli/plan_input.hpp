// A plan from a file, with its schedule and everything that is wrong with it: what `schedule` and `check` share.
#pragma once

#include <string>
#include <vector>

#include "app/cli/arguments.hpp"
#include "core/plan/schedule.hpp"
#include "exchange/import.hpp"

namespace entente::app {

struct PlanInput {
    exchange::Imported imported;
    plan::Schedule schedule;
};

// Errors of usage (a bad --start) have ErrorCode::Refused; everything else is wrong with the file.
Result<PlanInput> read_plan(const Arguments& arguments, const World& world);

// A file of at most so many bytes; `where_too_large` says what to do about a larger one.
Result<Bytes> read_sized(const World& world, const std::string& path, std::size_t most, const Message& where_too_large);

// "Line 12: ..."
std::string sentence(const exchange::Problem& problem, const Locale& locale);

// The problems as sentences, then the schedule's own warnings.
std::vector<std::string> warnings_of(const PlanInput& input, const Locale& locale);

// The first Monday after `today`.
Day next_monday(Day today);

}  // namespace entente::app
