#include "core/risk/clock.hpp"

#include <algorithm>

namespace entente::risk {

namespace {

constexpr std::int64_t kWeek = 7 * 1440;
constexpr std::int32_t kSearch = -1;
constexpr std::int32_t kLongestBreak = (1 << 23) - 1;  // minutes; what a block's form has room for

std::int32_t limited(std::int64_t minutes) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(minutes, -2 * std::int64_t{kFarthest}, 2 * std::int64_t{kFarthest}));
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - ((a % b != 0 && a < 0) ? 1 : 0); }

// Bases and forms of four blocks; what lies before the first or behind the last is the one behind.
template <class Block>
inline void look_up(const std::vector<Block>& blocks, Int4 number, Int4& base, Int4& form) {
    const Unsigned4 place = reinterpret_cast<Unsigned4>(number), end = reinterpret_cast<Unsigned4>(four(static_cast<std::int32_t>(
        blocks.size() - 1)));
    const Unsigned4 at = place < end ? place : end;
    std::int64_t pairs[4];
    for (int lane = 0; lane < 4; ++lane) __builtin_memcpy(&pairs[lane], &blocks[at[lane]], sizeof pairs[lane]);
    const Wide2 first{pairs[0], pairs[1]}, second{pairs[2], pairs[3]};
    const Int4 a = reinterpret_cast<Int4>(first), b = reinterpret_cast<Int4>(second);
    base = __builtin_shufflevector(a, b, 0, 2, 4, 6);
    form = __builtin_shufflevector(a, b, 1, 3, 5, 7);
}

}  // namespace

LaneClock::LaneClock(const Clock& clock, std::size_t& blocks_left) {
    if (clock.from.empty()) return;
    std::int32_t work = clock.first_work;
    for (std::size_t i = 0; i < clock.from.size(); ++i) {
        shifts_.push_back({clock.from[i], clock.to[i], work, i > 0 ? clock.to[i - 1] : clock.from[i]});
        work += clock.to[i] - clock.from[i];
    }
    first_work_ = clock.first_work;
    end_work_ = work;
    first_time_ = shifts_.front().from;
    end_time_ = shifts_.back().to;
    shifts_.push_back({INT32_MAX, INT32_MAX, INT32_MAX, end_time_});
    early_week_ = std::max(1, (key_of(limited(first_time_ + kWeek)) >> 1) - first_work_);
    late_week_ = std::max(1, end_work_ - (key_of(limited(end_time_ - kWeek)) >> 1));
    const std::size_t needed = static_cast<std::size_t>((end_work_ - first_work_) / kBlock + (end_time_ - first_time_) / kBlock) + 2;
    if (needed <= blocks_left) {
        blocks_left -= needed;
        add_blocks();
    }
    by_work_.push_back({0, kSearch});
    by_time_.push_back({0, kSearch});
}

void LaneClock::add_blocks() {
    std::size_t shift = 0;
    for (std::int32_t at = first_work_; at + kBlock <= end_work_; at += kBlock) by_work_.push_back(work_block(shift, at));
    shift = 0;
    for (std::int32_t at = first_time_; at + kBlock <= end_time_; at += kBlock) by_time_.push_back(time_block(shift, at));
}

// Worked minutes of the block lie at themselves plus the base; from the form's low byte on, later by the rest of it.
LaneClock::Block LaneClock::work_block(std::size_t& shift, std::int32_t work) const {
    while (shifts_[shift + 1].before <= work) ++shift;
    const Shift &here = shifts_[shift], &next = shifts_[shift + 1];
    const std::int32_t base = here.from - here.before;
    if (next.before >= work + kBlock) return {base, kBlock};
    const std::int32_t later = next.from - next.before - base;
    const bool one_break = shifts_[shift + 2].before >= work + kBlock && later <= kLongestBreak;
    return {base, one_break ? later << 8 | (next.before - work) : kSearch};
}

// Of the block's minutes those are worked that lie before the form's low byte or from its second byte on.
LaneClock::Block LaneClock::time_block(std::size_t& shift, std::int32_t time) const {
    while (shifts_[shift].to <= time) ++shift;
    const Shift &here = shifts_[shift], &next = shifts_[shift + 1];
    const std::int32_t end = time + kBlock, base = here.before + std::max(0, time - here.from);
    if (here.from > time) {
        const bool one_break = here.from >= end || here.to >= end;
        return {base, one_break ? (std::min(here.from, end) - time) << 8 : kSearch};
    }
    const bool one_break = next.from >= end || next.to >= end;
    return {base, one_break ? (std::min(next.from, end) - time) << 8 | (std::min(here.to, end) - time) : kSearch};
}

std::int32_t LaneClock::time_of(std::int32_t key) const {
    const std::int32_t work = key >> 1, minute = work - 1 + (key & 1);  // the worked minute that the shift must hold
    if (shifts_.empty()) return work;
    if (minute < first_work_ || minute >= end_work_) return beyond(work);
    const auto after = std::upper_bound(shifts_.begin(), shifts_.end(), minute,
                                        [](std::int32_t at, const Shift& shift) { return at < shift.before; });
    return (after - 1)->from + work - (after - 1)->before;
}

std::int32_t LaneClock::key_of(std::int32_t time) const {
    if (shifts_.empty()) return time * 2;
    if (time < first_time_ || time >= end_time_) return key_beyond(time);
    const Shift& shift = *std::upper_bound(shifts_.begin(), shifts_.end(), time,
                                           [](std::int32_t at, const Shift& s) { return at < s.to; });
    const std::int32_t into = time - shift.from;
    // In a break: after the end of the shift before, unless it is that very minute.
    return into > 0 ? (shift.before + into) * 2 : shift.before * 2 + (shift.last_to != time);
}

inline Int4 LaneClock::times4(Int4 keys) const {
    const Int4 work = half(keys), minute = work + (keys & four(1)) - four(first_work_ + 1);
    Int4 base, form;
    look_up(by_work_, minute >> four(kBits), base, form);
    if (any_negative(form)) return Int4{time_of(keys[0]), time_of(keys[1]), time_of(keys[2]), time_of(keys[3])};
    const Int4 before_break = (minute & four(kBlock - 1)) < (form & four(255));
    return work + base + ((form >> four(8)) & ~before_break);
}

inline Int4 LaneClock::keys4(Int4 times) const {
    const Int4 last = times - four(first_time_ + 1);  // the minute before
    Int4 base, form;
    look_up(by_time_, last >> four(kBits), base, form);
    if (any_negative(form)) return Int4{key_of(times[0]), key_of(times[1]), key_of(times[2]), key_of(times[3])};
    const Int4 minutes = (last & four(kBlock - 1)) + four(1), end = form & four(255), from = form >> four(8);
    const Int4 in_break = (minutes > end) & (minutes <= from);
    return twice(base + least(minutes, end) + most(minutes - from, four(0))) - in_break;
}

void LaneClock::times_of(const Lanes& keys, Lanes& times) const {
    if (shifts_.empty()) return set(times, [&](std::size_t i) { return half(load(keys.n + i)); });
    set(times, [&](std::size_t i) { return times4(load(keys.n + i)); });
}

void LaneClock::keys_of(const Lanes& times, Lanes& keys) const {
    if (shifts_.empty()) return set(keys, [&](std::size_t i) { return twice(load(times.n + i)); });
    set(keys, [&](std::size_t i) { return keys4(load(times.n + i)); });
}

std::int32_t LaneClock::beyond(std::int64_t work) const {
    if (work == first_work_) return first_time_;
    return work < first_work_ ? limited(first_time_ + floor_div((work - first_work_) * kWeek, early_week_))
                              : limited(end_time_ + (work - end_work_) * kWeek / late_week_);
}

std::int32_t LaneClock::key_beyond(std::int32_t time) const {
    if (time < first_time_) return limited(first_work_ + floor_div((std::int64_t{time} - first_time_) * early_week_, kWeek)) * 2;
    return limited(end_work_ + (std::int64_t{time} - end_time_) * late_week_ / kWeek) * 2;
}

}  // namespace entente::risk
