// LaneClock: a Program's calendar ready for look-ups: from keys to minutes since 1970 and back.
//
// The answers are those of plan::WorkClock wherever the shifts reach: start_at() is the earliest time with that much work before
// it and a worked minute after it, finish_at() the earliest with that much work before it.
//
// For whole rows of runs there are two tables, of 128 worked minutes a block one way and of 128 minutes the other: in nearly
// every block a calendar has at most one break, and then the answer is a sum that four lanes make at once. Blocks with more,
// and times beyond the shifts, are marked and answered one lane after the other, by a search among the shifts. Integers alone.
#pragma once

#include <cstdint>
#include <vector>

#include "core/risk/lanes.hpp"
#include "core/risk/program.hpp"

namespace entente::risk {

class LaneClock {
public:
    // Takes what its tables need from `blocks_left`, and does without them where that is not enough.
    LaneClock(const Clock& clock, std::size_t& blocks_left);

    std::int32_t time_of(std::int32_t key) const;
    // Of a time: its work, and 1 where it lies after the end of the shift with that work.
    std::int32_t key_of(std::int32_t time) const;
    std::int32_t finish_at(std::int32_t work) const { return time_of(work * 2); }

    // The same for every lane; both rows may be the same.
    void times_of(const Lanes& keys, Lanes& times) const;
    void keys_of(const Lanes& times, Lanes& keys) const;

private:
    struct Shift {
        std::int32_t from, to, before, last_to;  // minutes; worked minutes before it; the end of the shift before
    };
    struct Block {
        std::int32_t base, form;  // form below zero: search
    };
    static constexpr int kBits = 7;
    static constexpr std::int32_t kBlock = 1 << kBits;
    void add_blocks();
    Block work_block(std::size_t& shift, std::int32_t work) const;
    Block time_block(std::size_t& shift, std::int32_t time) const;
    std::int32_t beyond(std::int64_t work) const;
    std::int32_t key_beyond(std::int32_t time) const;
    Int4 times4(Int4 keys) const;
    Int4 keys4(Int4 times) const;

    std::vector<Shift> shifts_;             // and one beyond all times
    std::vector<Block> by_work_, by_time_;  // from the first shift's; and one beyond them to search
    std::int32_t first_work_ = 0, end_work_ = 0, first_time_ = 0, end_time_ = 0;
    std::int64_t early_week_ = 1, late_week_ = 1;  // worked minutes of the first and last week
};

}  // namespace entente::risk
