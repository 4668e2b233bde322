// Program: a plan made flat for the kernel: steps in an order in which every predecessor comes first.
//
// A time on a calendar is a key: its worked minutes times two, plus 1 where the beginning of the next shift is meant and 0 where the
// end of the last one is ("17:00 and the next 08:00 are one instant", and a milestone stands on one side of it). Keys of one
// calendar compare as times do, links between tasks of one calendar are additions, and only where two calendars meet is a
// key turned into minutes since 1970 and back. Gates and roll-ups of summaries are in minutes since 1970.
//
// Invariants, checked by valid(): every index lies in its vector, edges and members come from earlier steps, and numbers lie
// within kFarthest, so that no sum of two leaves 32 bits. A program that was decoded has been checked.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"

namespace entente::risk {

inline constexpr std::int32_t kFarthest = 1 << 28;   // minutes: beyond every date the program knows
inline constexpr std::int32_t kNoTime = -(1 << 30);  // earlier than every time and every key
inline constexpr std::int32_t kNothing = -1;         // no index
inline constexpr std::size_t kMostSteps = 150'000, kMostEdges = 400'000, kMostMembers = 4'000'000, kMostClocks = 4'096,
                             kMostTargets = 1'000, kMostShifts = 400'000;

enum StepKind : std::int32_t {
    kWork,      // a task with a length and nothing else of its own: links of one calendar only
    kPoint,     // a milestone, likewise
    kAnything,  // a task with constraints, gates, other calendars, ...
    kFact,      // both dates are known
    kBegun,     // the start is a fact
    kPut,       // the start is where it was put by hand
    kShifted,   // the dates of an As Late As Possible task as its successors see them: planned, later where its own start is
    kGate,      // what a summary waits for; minutes
    kRollUp,    // what waits for a summary; minutes
};

struct Step {
    std::int32_t kind = kWork;
    std::int32_t task = 0;              // index into Project::tasks
    std::int32_t clock = 0;
    std::int32_t span = 0;              // working minutes, pauses included
    std::int32_t done = 0;              // of them
    std::int32_t low = 0, high = 0;     // the span's limits; equal: it does not vary
    std::int32_t first_edge = 0, end_edge = 0;
    std::int32_t first_member = 0, end_member = 0;  // roll-ups
    std::int32_t gate = kNothing;       // the step of the gate above
    std::int32_t from_start = 0;        // the project's start counts
    std::int32_t constraint = 0;        // plan::ConstraintKind
    std::int32_t constraint_key = 0;    // gates: minutes, kNoTime: none
    std::int32_t later_only = 0;
    std::int32_t held = 0;              // open, and the project has a status date
    std::int32_t delay = 0;             // elapsed minutes
    std::int32_t start_key = 0, finish_key = 0;                    // kFact, kBegun, kPut, kShifted
    std::int32_t start_time = kNoTime, finish_time = kNoTime;      // the exact minute of those, where it was recorded
    std::int32_t end_side = 0;          // of those, a milestone's: which side of the shift the project ends on with it
    std::int32_t source = kNothing;                                // kShifted: the step it follows
    std::int32_t source_start = 0, source_finish = 0;              // keys beyond which that one pushes it
    friend bool operator==(const Step&, const Step&) = default;
};

struct Edge {
    std::int32_t from = 0;       // step
    std::int32_t of_finish = 1, to_finish = 0;
    std::int32_t across = 0;     // through minutes since 1970
    std::int32_t elapsed = 0;    // the lag is
    std::int32_t lag = 0;
    friend bool operator==(const Edge&, const Edge&) = default;
};

// A calendar as its worked shifts, in order, merged where they touch, over the time that the runs can reach; beyond it the work
// of the first or last week goes on evenly. Without shifts: every minute is worked, a minute's work is its time.
struct Clock {
    std::vector<std::int32_t> from, to;  // minutes since 1970
    std::int32_t first_work = 0;         // worked minutes before the first shift
    std::int32_t start_key = 0;          // of the project's start
    std::int32_t status_key = kNoTime;   // of the first minute after the status date
    std::int32_t last = 0;               // worked minutes where all calendars end
    friend bool operator==(const Clock&, const Clock&) = default;
};

// A finish that is asked about: a milestone, a promise, the project.
struct Target {
    std::int32_t task = kNothing;       // index into Project::tasks; none: the project
    std::int32_t promised_day = kNothing;
    std::int32_t step = kNothing;       // its task's
    std::int32_t first_member = 0, end_member = 0;  // a summary or the project: the latest of these
    std::int32_t least_time = kNoTime;  // and not before this
    std::int32_t midnight_before = 0;   // a finish at midnight belongs to the day before
    std::int32_t planned = 0;           // the schedule's own finish, minutes
    friend bool operator==(const Target&, const Target&) = default;
};

struct Program {
    std::vector<Clock> clocks;
    std::vector<std::uint64_t> task_ids;    // by task
    std::vector<Step> steps;
    std::vector<Edge> edges;
    std::vector<std::int32_t> members;      // steps
    std::vector<Target> targets;
    std::int32_t own = 0, by_house = 0;     // tasks that vary by an estimate of their own, and by the house's figures

    friend bool operator==(const Program&, const Program&) = default;
};

bool valid(const Program& program);
void write(Writer& writer, const Program& program);
std::optional<Program> read_program(Reader& reader);

}  // namespace entente::risk
