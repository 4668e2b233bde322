// Simulation's inside, for its own files: kernel_wire.cpp lays out the program, kernel.cpp places the steps, kernel_runs.cpp makes
// the runs and keeps what they say.
//
// A row holds one time for every run of a group: each step's start and finish, and what other calendars make of them. Where a
// link, a gate or a lag leads from one calendar to another, a View turns the whole row once, before the first step that looks at
// it; steps that look at the same time by the same calendar share it. After that a step is placed by additions and maxima alone.
#pragma once

#include <cstdint>
#include <vector>

#include "core/risk/clock.hpp"
#include "core/risk/draw.hpp"
#include "core/risk/kernel.hpp"

namespace entente::risk {

struct Simulation::Kernel {
    // What holds a step: the key (gates: the minute) in a row.
    struct Tie {
        std::uint32_t row = 0;
        std::int32_t lag = 0;        // worked minutes
        std::int32_t from = 0;       // the step it comes from
        std::uint8_t of_finish = 0;  // the finish of that step
        std::uint8_t to_finish = 0;  // holds the finish
        std::uint8_t floored = 0;    // but lets the start be no earlier than the project's
        std::uint8_t of_gate = 0;
    };
    // A step as the runs need it.
    struct Place {
        std::int32_t kind = 0, task = 0;
        std::uint32_t first_tie = 0, end_tie = 0, end_view = 0;  // the views up to there come first
        std::int32_t bound = kNoTime;   // of the project's start, where that counts
        std::int32_t floor = 0;         // the project's start as a key; gates: as a minute
        std::int32_t last = 0;          // key at which all calendars end
        std::int32_t span = 0, triangle = kNothing;
        bool special = false;           // a constraint, a delay or a status date
        bool starts = false, finishes = false;  // roll-ups: which of its ends is looked at; gates: which it holds
    };
    struct View {
        std::uint32_t from = 0, to = 0;                        // rows
        std::int32_t from_clock = kNothing, to_clock = kNothing;  // none: minutes
        std::int32_t known_key = 0, known_time = kNoTime;      // this key stands for exactly that time
        std::int32_t lag_before = 0, lag = 0;                  // worked minutes of from_clock; minutes
    };

    class Wiring;

    Kernel(Program given, std::uint64_t given_seed, std::uint32_t given_runs);

    Program program;
    std::uint64_t seed = 0;
    std::uint32_t runs = 0, done = 0;
    bool vary = true;
    std::vector<LaneClock> clocks;
    std::vector<Lanes> rows;            // by step: start and finish; then the views
    std::vector<Place> places;          // by step
    std::vector<Tie> ties;
    std::vector<View> views;
    std::vector<Triangle> triangles;    // of the steps that vary
    std::vector<std::uint64_t> stream_ids;
    std::vector<Stream> streams;
    std::vector<Lanes> spans;           // of the steps that vary
    Lanes same_span{};                  // of one that does not
    std::vector<std::vector<std::int32_t>> finishes;
    std::vector<std::uint32_t> driving;

    void wire();
    void run_block(std::uint64_t block, std::uint32_t count);
    void run_group();
    void look(const View& view);
    const Lanes& span_row(const Place& place);
    void place_task(const Place& place, const Step& step, Lanes& start, Lanes& finish);
    void place_point(const Place& place, const Step& step, Lanes& start, Lanes& finish);
    void adjust(const Step& step, const Lanes& span, Lanes& bound) const;
    void delay(const Step& step, Lanes& bound) const;
    void place_begun(const Place& place, const Step& step, Lanes& finish);
    void place_put(const Place& place, const Step& step, Lanes& finish);
    void place_shifted(const Step& step, Lanes& start, Lanes& finish) const;
    void place_gate(const Place& place, const Step& step, Lanes& start, Lanes& finish) const;
    void place_roll_up(const Place& place, const Step& step, Lanes& start, Lanes& finish) const;
    void exact_times(std::size_t s, bool of_finish, Lanes& times) const;
    void latest(std::int32_t first, std::int32_t end, bool with_keys, std::int32_t least_time, Lanes& result) const;
    void earliest(std::int32_t first, std::int32_t end, Lanes& result) const;
    void keep(std::uint32_t first, std::uint32_t count);
    // the driving path
    std::int32_t time_at(std::size_t s, bool of_finish, std::size_t lane) const;
    std::int32_t deciding_member(const Step& step, bool of_finish, std::int32_t time, std::size_t lane) const;
    std::int32_t driver_of(std::size_t s, std::size_t lane, bool& of_finish) const;
    std::int32_t driver_of_gate(const Place& place, const Step& step, std::size_t lane, bool& of_finish) const;
    void follow(std::int32_t s, std::size_t lane);
    void last_steps(Lanes& found) const;

    Lanes& start(std::size_t s) { return rows[2 * s]; }
    Lanes& finish(std::size_t s) { return rows[2 * s + 1]; }
    const Lanes& start(std::size_t s) const { return rows[2 * s]; }
    const Lanes& finish(std::size_t s) const { return rows[2 * s + 1]; }
    const LaneClock& clock(const Step& step) const { return clocks[static_cast<std::size_t>(step.clock)]; }
    const Clock& facts(const Step& step) const { return program.clocks[static_cast<std::size_t>(step.clock)]; }
    const Step& step_at(std::int32_t s) const { return program.steps[static_cast<std::size_t>(s)]; }
    std::size_t member(std::int32_t m) const { return static_cast<std::size_t>(program.members[static_cast<std::size_t>(m)]); }
};

}  // namespace entente::risk
