// LaneClock: a Program's calendar ready for look-ups: from keys to minutes since 1970 and back.
//
// The answers are those of plan::WorkClock wherever the shifts reach: start_at() is the earliest time with that much work before
// it and a worked minute after it, finish_at() the earliest with that much work before it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/risk/program.hpp"

namespace entente::risk {

class LaneClock {
public:
    explicit LaneClock(const Clock& clock);

    std::int32_t time_of(std::int32_t key) const {
        if (shifts_.empty()) return key >> 1;
        return (key & 1) ? start_at(key >> 1) : finish_at(key >> 1);
    }
    // Of a time: its work, and 1 where it lies after the end of the shift with that work.
    std::int32_t key_of(std::int32_t time) const;
    std::int32_t work_at(std::int32_t time) const { return key_of(time) >> 1; }
    std::int32_t start_at(std::int32_t work) const;
    std::int32_t finish_at(std::int32_t work) const;

private:
    struct Shift {
        std::int32_t from, to, before;  // minutes; worked minutes before it
    };
    static constexpr int kTimeBits = 11, kWorkBits = 9;
    std::size_t with(std::int32_t minute) const;  // the shift that holds that worked minute
    std::int32_t beyond(std::int64_t work) const;

    std::vector<Shift> shifts_;
    std::vector<std::uint32_t> by_time_, by_work_;  // blocks of 2^bits: the first shift that ends after the block begins
    std::int32_t first_work_ = 0, end_work_ = 0, first_time_ = 0, end_time_ = 0;
    std::int64_t early_week_ = 1, late_week_ = 1;   // worked minutes of the first and last week
};

}  // namespace entente::risk
