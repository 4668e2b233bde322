// Simulation's inside, for its own two files: kernel.cpp places the steps, kernel_runs.cpp makes the runs and keeps what they say.
#pragma once

#include <cstdint>
#include <vector>

#include "core/risk/clock.hpp"
#include "core/risk/draw.hpp"
#include "core/risk/kernel.hpp"

namespace entente::risk {

struct Simulation::Kernel {
    Kernel(Program given, std::uint64_t given_seed, std::uint32_t given_runs);

    Program program;
    std::uint64_t seed = 0;
    std::uint32_t runs = 0, done = 0;
    bool vary = true;
    std::vector<LaneClock> clocks;
    std::vector<Ints> times;            // by step: start and finish of this group of runs
    std::vector<Triangle> triangles;    // of the steps that vary
    std::vector<std::int32_t> triangle_of;  // step -> index; none: its length is known
    std::vector<std::uint64_t> stream_ids;
    std::vector<Stream> streams;
    std::vector<Ints> spans;            // of the steps that vary
    std::vector<std::uint32_t> plain_slots;   // by edge: where the predecessor's time stands in `times`
    std::vector<std::vector<std::int32_t>> finishes;
    std::vector<std::uint32_t> driving;

    void prepare();
    void run_block(std::uint64_t block, std::uint32_t count);
    void run_group();
    void place_work(std::size_t s);
    void place_point(std::size_t s);
    void place_anything(std::size_t s);
    void place_begun(std::size_t s);
    void place_put(std::size_t s);
    void place_shifted(std::size_t s);
    void place_gate(std::size_t s);
    void place_roll_up(std::size_t s);
    void constrain(const Step& step, Ints span, Ints& bound) const;
    Ints bound_of(std::size_t s, Ints span) const;
    Ints span_of(std::size_t s) const {
        const std::int32_t t = triangle_of[s];
        return t == kNothing || !vary ? eight(program.steps[s].span) : spans[static_cast<std::size_t>(t)];
    }
    std::int32_t time_at(std::size_t s, bool finish, std::size_t lane) const;
    std::int32_t lagged(const Step& to, const Edge& edge, std::size_t lane) const;
    Ints across(const Step& to, const Edge& edge) const;
    Ints candidate(const Step& to, const Edge& edge, Ints span) const;
    std::int32_t work_from(const Step& to, const Edge& edge, std::int32_t span, std::size_t lane) const;
    std::int32_t gate_bound(const Step& step, std::int32_t span, std::size_t lane) const;
    Ints latest(std::int32_t first, std::int32_t end, bool with_keys, std::int32_t least) const;
    Ints earliest(std::int32_t first, std::int32_t end) const;
    void keep(std::uint32_t first, std::uint32_t count);
    // the driving path
    std::int32_t last_member(std::int32_t first, std::int32_t end, bool finish, std::size_t lane) const;
    std::int32_t driver_of(std::int32_t s, std::size_t lane) const;
    void follow(std::int32_t s, std::size_t lane);
    Ints last_steps() const;

    Ints& start(std::size_t s) { return times[2 * s]; }
    Ints& finish(std::size_t s) { return times[2 * s + 1]; }
    const Ints& start(std::size_t s) const { return times[2 * s]; }
    const Ints& finish(std::size_t s) const { return times[2 * s + 1]; }
    const LaneClock& clock(const Step& step) const { return clocks[static_cast<std::size_t>(step.clock)]; }
    const Clock& facts(const Step& step) const { return program.clocks[static_cast<std::size_t>(step.clock)]; }
    const Step& step_at(std::int32_t s) const { return program.steps[static_cast<std::size_t>(s)]; }
};

}  // namespace entente::risk
