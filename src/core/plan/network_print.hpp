// Fingerprints of everything a schedule depends on: how a Scheduler that checks finds out that a change was left out.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plan/schedule.hpp"

namespace entente::plan {

// One number for the project and its calendars, then an id and a number for each task and each link.
std::vector<std::uint64_t> prints_of(const Project& project);

// True where the project differs from the one that `prints` were taken of in anything that `touched` does not name.
bool differs_beyond(const Project& project, const Touched& touched, const std::vector<std::uint64_t>& prints);

}  // namespace entente::plan
