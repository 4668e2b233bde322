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
        shifts_.push_back({clock.from[i], clock.to[i], work, i > 0 ? clock.to[i - 1] : clock.from[i]});
        work += clock.to[i] - clock.from[i];
    }
    first_work_ = clock.first_work;
    end_work_ = work;
    first_time_ = shifts_.front().from;
    end_time_ = shifts_.back().to;
    work_range_ = static_cast<std::uint32_t>(end_work_ - first_work_);
    time_range_ = static_cast<std::uint32_t>(end_time_ - first_time_);
    shifts_.push_back({INT32_MAX, INT32_MAX, INT32_MAX, end_time_});
    std::uint32_t next = 0;
    for (std::int32_t at = first_time_; at <= end_time_; at += 1 << kTimeBits) {
        while (shifts_[next].to <= at) ++next;
        by_time_.push_back(next);
    }
    next = 0;
    for (std::int32_t at = first_work_; at <= end_work_; at += 1 << kWorkBits) {
        while (shifts_[next + 1].before <= at) ++next;
        by_work_.push_back(next);
    }
    early_week_ = std::max(1, work_at(limited(first_time_ + kWeek)) - first_work_);
    late_week_ = std::max(1, end_work_ - work_at(limited(end_time_ - kWeek)));
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
