#include "core/plan/network_print.hpp"

#include <algorithm>

namespace entente::plan {

namespace {

class Print {
public:
    template <class T>
    Print& operator<<(T value) {
        value_ = (value_ ^ static_cast<std::uint64_t>(value)) * 0x9E3779B97F4A7C15ull;
        value_ ^= value_ >> 29;
        return *this;
    }
    Print& operator<<(const std::string& text) {
        for (const char letter : text) *this << letter;
        return *this << text.size();
    }
    Print& operator<<(const std::vector<Shift>& shifts) {
        for (const Shift& shift : shifts) *this << shift.from_minute << shift.to_minute;
        return *this << shifts.size();
    }
    Print& operator<<(const std::optional<LocalMinute>& at) { return *this << (at ? at->n : -1); }
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325ull;
};

std::uint64_t print_of(const Task& task) {
    Print print;
    print << task.id.n << task.parent.n << static_cast<int>(task.kind) << task.name << task.duration_minutes << task.elapsed
          << task.active << task.calendar.n << static_cast<int>(task.constraint.kind) << task.constraint.at.n << task.deadline
          << task.manual << task.manual_start.n << task.manual_finish.n << task.actual_start << task.actual_finish
          << task.percent_done << task.levelling_delay_minutes << task.pause_minutes;
    return print.value();
}

std::uint64_t print_of(const Link& link) {
    Print print;
    print << link.from.n << link.to.n << static_cast<int>(link.kind) << static_cast<int>(link.lag_unit) << link.lag_minutes;
    return print.value();
}

std::uint64_t print_of_facts(const Project& project) {
    Print print;
    print << project.start.n << (project.status_day ? project.status_day->n : -1) << project.calendar.n
          << project.critical_float_minutes << project.each_path_critical;
    for (const Calendar& calendar : project.calendars) {
        print << calendar.id.n;
        for (const std::vector<Shift>& shifts : calendar.week) print << shifts;
        for (const CalendarException& exception : calendar.exceptions)
            print << exception.from.n << exception.to.n << exception.shifts;
    }
    return print.value();
}

// Whether two runs of (id, print) pairs are the same, in order, but for the ids named.
template <class IdType>
bool differ(const std::uint64_t* before, std::size_t before_count, const std::vector<std::uint64_t>& after, std::size_t at,
            const std::vector<IdType>& named) {
    const auto is_named = [&](std::uint64_t id) { return std::find(named.begin(), named.end(), IdType{id}) != named.end(); };
    std::size_t b = 0;
    while (true) {
        while (b < before_count && is_named(before[2 * b])) ++b;
        while (at < after.size() && is_named(after[at])) at += 2;
        if (b == before_count || at >= after.size()) return b != before_count || at < after.size();
        if (before[2 * b] != after[at] || before[2 * b + 1] != after[at + 1]) return true;
        ++b;
        at += 2;
    }
}

}  // namespace

std::vector<std::uint64_t> prints_of(const Project& project) {
    std::vector<std::uint64_t> prints;
    prints.reserve(2 + 2 * (project.tasks.size() + project.links.size()));
    prints.push_back(print_of_facts(project));
    prints.push_back(project.tasks.size());
    for (const Task& task : project.tasks) {
        prints.push_back(task.id.n);
        prints.push_back(print_of(task));
    }
    for (const Link& link : project.links) {
        prints.push_back(link.id.n);
        prints.push_back(print_of(link));
    }
    return prints;
}

bool differs_beyond(const Project& project, const Touched& touched, const std::vector<std::uint64_t>& prints) {
    const std::vector<std::uint64_t> now = prints_of(project);
    if (now[0] != prints[0] || now[1] != prints[1]) return true;
    const std::size_t links = 2 + 2 * project.tasks.size();
    std::vector<std::uint64_t> tasks(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(links));
    return differ(prints.data() + 2, project.tasks.size(), tasks, 2, touched.tasks) ||
           differ(prints.data() + links, (prints.size() - links) / 2, now, links, touched.links);
}

}  // namespace entente::plan
