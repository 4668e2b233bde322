// Questions about risk: a whole simulation at once, what a change does to P80, and what the house's own estimates are worth.
#pragma once

#include <cstdint>
#include <vector>

#include "core/risk/compile.hpp"
#include "core/risk/result.hpp"

namespace entente {
struct Model;
}

namespace entente::risk {

inline constexpr std::uint32_t kRuns = 10'000;  // what a room shows
inline constexpr std::uint64_t kSeed = 2014;    // fixed: the same plan always gives the same numbers; it is shown with them

// All runs at once, for the command line and for tests. Fails as compile() does.
Result<Findings> simulate(const plan::Project& project, const std::vector<Spread>& spreads, std::uint32_t runs = kRuns,
                          std::uint64_t seed = kSeed);

// What changing `before` into `after` does to each promised or asked-for finish both plans have. The same task draws the same
// lengths in both (draw.hpp), so that a few thousand runs tell the two apart. About 10 ms for 1,000 tasks and kImpactRuns runs:
// call it where an impact is looked at, not in every frame. Fails where one of the plans has a loop.
inline constexpr std::uint32_t kImpactRuns = 2'000;
struct P80Move {
    TaskId task;                 // none: the project
    Day before, after;           // P80 finishes
    std::int64_t move_days = 0;  // working days of the project's calendar; negative: earlier
    std::int32_t kept_before_permille = 0, kept_after_permille = 0;  // of the promise, where there is one; else 0
};
Result<std::vector<P80Move>> impact_p80(const plan::Project& before, const plan::Project& after, const std::vector<Spread>& spreads,
                                        std::uint32_t runs = kImpactRuns, std::uint64_t seed = kSeed);

// The spreads that count for a house: its own, or those a house begins with.
std::vector<Spread> spreads_of(const Model& model);

// How the house's estimates come out: actual length over estimated, of finished tasks with both actual dates, in working time of the
// task's calendar. What was estimated is the oldest baseline that has the task, else the task's own length. Ratios beyond
// kLeastPermille..kMostPermille count as those.
struct Ratios {
    SpreadOf of = SpreadOf::Work;
    std::string stage;               // empty: all stages together
    std::vector<std::int32_t> permille;  // ascending
};
// By stage in the order of the plans, after one for all stages; stages and kinds without a finished task are left out.
std::vector<Ratios> estimate_ratios(const std::vector<plan::Project>& projects);

// What those ratios say a spread should be: from the 10th to the 90th percentile of the ratios (nearest rank), taken as the limits.
// Offered only where at least kLeastFinished tasks stand behind it.
inline constexpr std::size_t kLeastFinished = 5;
struct Calibrated {
    Spread spread;
    std::size_t finished = 0;            // tasks it rests on
    std::int32_t median_permille = 1000; // half of the tasks took no longer than this
};
std::vector<Calibrated> calibrated_spreads(const std::vector<plan::Project>& projects);

}  // namespace entente::risk
