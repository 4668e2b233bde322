// Random schedules, each from its own number: as many as a variable of the environment says, or the one that ENTENTE_SEED names, to play
// a failure again.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

#include <doctest.h>

namespace entente::vault::testing {

inline std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

struct SchedulesRun {
    std::uint64_t wanted = 0;
    int failed = 0;         // it stops at ten
    bool only_one = false;  // that of ENTENTE_SEED
};

// `run` plays the schedule of a number and says what went wrong; empty: nothing.
template <class Run>
SchedulesRun run_schedules(const char* how_many, std::uint64_t otherwise, Run run) {
    const std::uint64_t only = number_from("ENTENTE_SEED", 0);
    const std::uint64_t first = only ? only : 1, last = only ? only : number_from(how_many, otherwise);
    SchedulesRun done{last - first + 1, 0, only != 0};
    for (std::uint64_t seed = first; seed <= last && done.failed < 10; ++seed) {
        const std::string problem = run(seed);
        if (problem.empty()) continue;
        ++done.failed;
        FAIL_CHECK("ENTENTE_SEED=" << seed << ": " << problem);
    }
    return done;
}

}  // namespace entente::vault::testing
