// Result: what many runs say, as days a person can be told.
//
// A percentile is the nearest rank: of 10,000 finishes the P80 is the 8,000th. The probability of a promise is the share of
// runs that finish by its day. The histogram has at most kMostBins bins of as many whole days each. A driver is a task whose
// length goes with the finish: the square of Pearson's correlation over the first kDriverRuns runs, in thousandths, where it is
// beyond what chance gives (three standard errors); drivers are found for the project and the first promises.
// The floating point in here is about chances and always in the same order, so it too is the same everywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "core/risk/kernel.hpp"

namespace entente::risk {

inline constexpr std::size_t kMostBins = 24, kMostDrivers = 5, kDriverTargets = 12;
inline constexpr std::uint32_t kDriverRuns = 1024;

struct Share {
    TaskId task;
    std::int32_t permille = 0;
    friend bool operator==(const Share&, const Share&) = default;
};

struct Bin {
    Day first, last;
    std::uint32_t runs = 0;
    friend bool operator==(const Bin&, const Bin&) = default;
};

struct Finish {
    TaskId task;                       // none: the project
    Day planned, p50, p80, p90;
    std::optional<Day> promised;
    std::int32_t kept_permille = 0;    // of runs that keep the promise
    LocalMinute p80_minute;            // the exact time, for comparisons
    std::vector<Bin> histogram;
    std::vector<Share> drivers;        // the strongest first
    friend bool operator==(const Finish&, const Finish&) = default;
};

struct Findings {
    std::uint64_t seed = 0;
    std::uint32_t runs = 0;
    std::int32_t own = 0, by_house = 0;  // tasks with an estimate of their own; with the house's
    std::vector<Finish> finishes;        // the project first, then promises, then milestones
    std::vector<Share> critical;         // share of runs on the path that decides the project's finish; the highest first

    const Finish* of(TaskId task) const;
    friend bool operator==(const Findings&, const Findings&) = default;
};

// Of a simulation whose runs are all done; at least one.
Findings findings(const Simulation& simulation);

void write(Writer& writer, const Findings& findings);
std::optional<Findings> read_findings(Reader& reader);

}  // namespace entente::risk
