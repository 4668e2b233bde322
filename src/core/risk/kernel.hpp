// Simulation: runs a Program many times with drawn lengths, eight runs at a time.
//
// step() goes on by whole blocks of 64 runs and stops where it was told to; how the runs are cut changes nothing. What is
// kept: each run's finish of every target, and how often each task lay on the path that decided the project's finish. The
// same program, seed and number of runs give the same result on every machine (draw.hpp, lanes.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/risk/program.hpp"

namespace entente::risk {

inline constexpr std::uint32_t kMostRuns = 100'000;
inline constexpr std::uint64_t kMostSamples = 24'000'000;  // targets times runs: what stays in memory, four bytes each

class Simulation {
public:
    // The program is valid() and is kept. `runs` is cut to kMostRuns and to kMostSamples.
    Simulation(Program program, std::uint64_t seed, std::uint32_t runs);
    ~Simulation();
    Simulation(Simulation&&) noexcept;
    Simulation& operator=(Simulation&&) noexcept;

    // At least `runs` more (whole blocks); true while there are more to come.
    bool step(std::uint32_t runs);

    const Program& program() const;
    std::uint64_t seed() const;
    std::uint32_t runs() const;
    std::uint32_t done() const;

    // Finishes of a target by run, as numbers that compare as times do; minute_of gives such a number's minutes since 1970.
    const std::vector<std::int32_t>& finishes(std::size_t target) const;
    std::int32_t minute_of(std::size_t target, std::int32_t finish) const;
    // By task: in how many runs it was on the driving path of the project's finish.
    const std::vector<std::uint32_t>& driving() const;
    // The lengths a step's task had in runs 0..runs-1, drawn again.
    void lengths(std::size_t step, std::uint32_t runs, std::vector<std::int32_t>& out) const;

    // Start and finish of every step without any variation, one after the other: keys of its clock (gates, roll-ups: minutes).
    static std::vector<std::int32_t> planned(const Program& program);
    // The first target's finish then, in minutes since 1970.
    static std::int32_t planned_finish(const Program& program);

private:
    struct Kernel;
    std::unique_ptr<Kernel> kernel_;
};

}  // namespace entente::risk
