#include "core/risk/clock.hpp"

#include <algorithm>

namespace entente::risk {

namespace {

constexpr std::int64_t kWeek = 7 * 1440;

std::int32_t limited(std::int64_t minutes) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(minutes, -2 * std::int64_t{kFarthest}, 2 * std::int64_t{kFarthest}));
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - ((a % b != 0 && a < 0) ? 1 : 0); }

}  // namespace

LaneClock::LaneClock(const Clock& clock) {
    if (clock.from.empty()) return;
    std::int32_t work = clock.first_work;
    for (std::size_t i = 0; i < clock.from.size(); ++i) {
        shifts_.push_back({clock.from[i], clock.to[i], work});
        work += clock.to[i] - clock.from[i];
    }
    first_work_ = clock.first_work;
    end_work_ = work;
    first_time_ = shifts_.front().from;
    end_time_ = shifts_.back().to;
    std::uint32_t next = 0;
    for (std::int32_t at = first_time_; at <= end_time_; at += 1 << kTimeBits) {
        while (next < shifts_.size() && shifts_[next].to <= at) ++next;
        by_time_.push_back(next);
    }
    next = 0;
    for (std::int32_t at = first_work_; at <= end_work_; at += 1 << kWorkBits) {
        while (next + 1 < shifts_.size() && shifts_[next + 1].before <= at) ++next;
        by_work_.push_back(next);
    }
    early_week_ = std::max(1, work_at(limited(first_time_ + kWeek)) - first_work_);
    late_week_ = std::max(1, end_work_ - work_at(limited(end_time_ - kWeek)));
}

std::int32_t LaneClock::key_of(std::int32_t time) const {
    if (shifts_.empty()) return time * 2;
    if (time < first_time_)
        return limited(first_work_ + floor_div((std::int64_t{time} - first_time_) * early_week_, kWeek)) * 2;
    if (time > end_time_) return limited(end_work_ + (std::int64_t{time} - end_time_) * late_week_ / kWeek) * 2;
    std::size_t i = by_time_[static_cast<std::size_t>((time - first_time_) >> kTimeBits)];
    while (i < shifts_.size() && shifts_[i].to <= time) ++i;
    if (i == shifts_.size()) return end_work_ * 2;
    const Shift& shift = shifts_[i];
    if (time > shift.from) return (shift.before + time - shift.from) * 2;
    const bool at_end = i > 0 && time == shifts_[i - 1].to;  // else in the break before the shift
    return shift.before * 2 + (at_end ? 0 : 1);
}

std::size_t LaneClock::with(std::int32_t minute) const {
    std::size_t i = by_work_[static_cast<std::size_t>((minute - first_work_) >> kWorkBits)];
    while (i + 1 < shifts_.size() && shifts_[i + 1].before <= minute) ++i;
    return i;
}

std::int32_t LaneClock::beyond(std::int64_t work) const {
    return work < first_work_ ? limited(first_time_ + floor_div((work - first_work_) * kWeek, early_week_))
                              : limited(end_time_ + (work - end_work_) * kWeek / late_week_);
}

std::int32_t LaneClock::start_at(std::int32_t work) const {
    if (shifts_.empty()) return work;
    if (work < first_work_ || work >= end_work_) return beyond(work);
    const Shift& shift = shifts_[with(work)];
    return shift.from + work - shift.before;
}

std::int32_t LaneClock::finish_at(std::int32_t work) const {
    if (shifts_.empty()) return work;
    if (work <= first_work_ || work > end_work_) return beyond(work);
    const Shift& shift = shifts_[with(work - 1)];
    return shift.from + work - shift.before;
}

}  // namespace entente::risk
