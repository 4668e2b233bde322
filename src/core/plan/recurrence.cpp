#include "core/plan/recurrence.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace entente::plan {

namespace {

constexpr int kSaturday = 5, kSunday = 6;  // Monday is 0
constexpr int kLongestPeriod = 1000;

int days_in_month(int year, int month) {
    for (int day = 31; day > 28; --day)
        if (day_from(year, month, day)) return day;
    return 28;
}

// Whether a weekday (Monday 0) is one of "day", "weekday", "weekend day", "Sunday" .. "Saturday".
bool is_item(int item, int day_of_week) {
    switch (item) {
        case 0: return true;
        case 1: return day_of_week < kSaturday;
        case 2: return day_of_week >= kSaturday;
        default: return day_of_week == (item == 3 ? kSunday : item - 4);
    }
}

// The first to fourth, or the last, such day of a month.
std::optional<Day> positioned(int year, int month, int item, int position) {
    const int length = days_in_month(year, month);
    std::optional<Day> last;
    int count = 0;
    for (int d = 1; d <= length; ++d) {
        const std::optional<Day> day = day_from(year, month, d);
        if (!day || !is_item(item, weekday(*day))) continue;
        last = day;
        if (position < 4 && count++ == position) return day;
    }
    return position >= 4 ? last : std::nullopt;
}

class Collector {
public:
    Collector(Day from, Day to, int most) : from_(from), to_(to), most_(most) {}
    bool full() const { return static_cast<int>(days_.size()) >= most_; }
    void offer(std::optional<Day> day) {
        if (day && *day >= from_ && *day <= to_ && !full()) days_.push_back(*day);
    }
    std::vector<Day> take() { return std::move(days_); }

private:
    Day from_, to_;
    int most_;
    std::vector<Day> days_;
};

void by_month(const Recurrence& rule, Day from, Day to, Collector& out) {
    const bool yearly = rule.kind == Recurrence::Kind::YearlyDay || rule.kind == Recurrence::Kind::YearlyPosition;
    const bool by_position = rule.kind == Recurrence::Kind::YearlyPosition || rule.kind == Recurrence::Kind::MonthlyPosition;
    const YearMonthDay first = year_month_day(from);
    int month = yearly ? first.year * 12 + rule.month : first.year * 12 + first.month - 1;
    for (; !out.full(); month += yearly ? 12 : rule.period) {
        const int year = month / 12, in_year = month % 12 + 1;
        const std::optional<Day> begins = day_from(year, in_year, 1);
        if (!begins || *begins > to) return;
        if (by_position)
            out.offer(positioned(year, in_year, rule.item, rule.position));
        else
            out.offer(day_from(year, in_year, std::clamp(rule.month_day, 1, days_in_month(year, in_year))));
    }
}

// Weeks begin on Sunday, whatever the project's first day of the week.
void by_week(const Recurrence& rule, Day from, Day to, Collector& out) {
    const Day sunday = from - (weekday(from) + 1) % 7;
    for (Day week = sunday; week <= to && !out.full(); week = week + 7 * rule.period)
        for (int d = 0; d < 7; ++d)
            if (rule.days_of_week & (1 << d)) out.offer(week + d);
}

void by_day(const Recurrence& rule, Day from, Day to, Collector& out) {
    const bool every = rule.kind == Recurrence::Kind::Daily;
    int count = 0;
    for (Day day = from; day <= to && !out.full(); day = day + 1) {
        if (!every && weekday(day) >= kSaturday) continue;
        if (count++ % rule.period == 0) out.offer(day);
    }
}

bool within(int value, int low, int high) { return value >= low && value <= high; }

}  // namespace

bool valid(const Recurrence& rule) {
    return within(rule.period, 1, kLongestPeriod) && within(rule.days_of_week, 0, 127) && within(rule.month, 0, 11) &&
           within(rule.month_day, 1, 31) && within(rule.item, 0, 9) && within(rule.position, 0, 4) && rule.occurrences >= 0 &&
           (rule.kind != Recurrence::Kind::Weekly || rule.days_of_week != 0);
}

std::vector<Day> occurrences(const Recurrence& rule, Day from, Day to) {
    Recurrence tidy = rule;
    tidy.period = std::clamp(rule.period, 1, kLongestPeriod);
    from = std::max(from, kFirstDay);
    to = std::min(to, kLastDay);
    Collector out(from, to, rule.occurrences > 0 ? rule.occurrences : kLastDay - kFirstDay + 1);
    switch (tidy.kind) {
        case Recurrence::Kind::Daily:
        case Recurrence::Kind::EachWeekday: by_day(tidy, from, to, out); break;
        case Recurrence::Kind::Weekly: by_week(tidy, from, to, out); break;
        case Recurrence::Kind::YearlyDay:
        case Recurrence::Kind::YearlyPosition:
        case Recurrence::Kind::MonthlyDay:
        case Recurrence::Kind::MonthlyPosition: by_month(tidy, from, to, out); break;
    }
    return out.take();
}

}  // namespace entente::plan
