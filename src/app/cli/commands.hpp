// The commands of the command line. Each prints into an Outcome; an Error is for the caller to print.
#pragma once

#include "app/cli/arguments.hpp"

namespace entente::app {

Result<Outcome> run_schedule(const Arguments& arguments, const World& world, const Locale& locale);
Result<Outcome> run_check(const Arguments& arguments, const World& world, const Locale& locale);
Result<Outcome> run_risk(const Arguments& arguments, const World& world, const Locale& locale);
Result<Outcome> run_convert(const Arguments& arguments, const World& world, const Locale& locale);
Result<Outcome> run_cut_diff(const Arguments& arguments, const World& world, const Locale& locale);
Result<Outcome> run_open(const Arguments& arguments, const World& world, const Locale& locale);
Result<Outcome> run_status(const Arguments& arguments, const World& world, const Locale& locale);

}  // namespace entente::app
