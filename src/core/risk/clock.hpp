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
        const std::int32_t work = key >> 1, minute = work - 1 + (key & 1);  // the worked minute that the shift must hold
        if (shifts_.empty()) return work;
        if (static_cast<std::uint32_t>(minute - first_work_) >= work_range_) return beyond(work);
        std::size_t i = by_work_[static_cast<std::size_t>((minute - first_work_) >> kWorkBits)];
        i += shifts_[i + 1].before <= minute;  // hardly ever more than one further
        while (shifts_[i + 1].before <= minute) ++i;
        return shifts_[i].from + work - shifts_[i].before;
    }
    // Of a time: its work, and 1 where it lies after the end of the shift with that work.
    std::int32_t key_of(std::int32_t time) const {
        if (shifts_.empty()) return time * 2;
        if (static_cast<std::uint32_t>(time - first_time_) >= time_range_) return key_beyond(time);
        std::size_t i = by_time_[static_cast<std::size_t>((time - first_time_) >> kTimeBits)];
        i += shifts_[i].to <= time;
        while (shifts_[i].to <= time) ++i;
        const Shift& shift = shifts_[i];
        const std::int32_t into = time - shift.from;
        // In a break: after the end of the shift before, unless it is that very minute.
        return into > 0 ? (shift.before + into) * 2 : shift.before * 2 + (shift.last_to != time);
    }
    std::int32_t work_at(std::int32_t time) const { return key_of(time) >> 1; }
    std::int32_t start_at(std::int32_t work) const { return time_of(work * 2 + 1); }
    std::int32_t finish_at(std::int32_t work) const { return time_of(work * 2); }

private:
    struct Shift {
        std::int32_t from, to, before, last_to;  // minutes; worked minutes before it; the end of the shift before
    };
    static constexpr int kTimeBits = 8, kWorkBits = 7;
    std::int32_t beyond(std::int64_t work) const;
    std::int32_t key_beyond(std::int32_t time) const;

    std::vector<Shift> shifts_;                     // and one beyond all times
    std::vector<std::uint32_t> by_time_, by_work_;  // blocks of 2^bits: the first shift that ends after the block begins
    std::int32_t first_work_ = 0, end_work_ = 0, first_time_ = 0, end_time_ = 0;
    std::uint32_t work_range_ = 0, time_range_ = 0;
    std::int64_t early_week_ = 1, late_week_ = 1;   // worked minutes of the first and last week
};

}  // namespace entente::risk
