// A plain simulation to hold the kernel against: nothing of core/risk but its draws' shape; dates by day arithmetic of its own.
//
// It knows tasks, milestones, all link kinds with working and elapsed lags, and calendars, one minute at a time where it must, and is
// as slow as it looks. Its random numbers are of another generator.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <vector>

#include "core/plan/model.hpp"
#include "core/plan/calendar.hpp"
#include "core/risk/compile.hpp"
#include "tests/bench/plan_generator.hpp"

namespace entente::test {

// Links of all kinds, calendars of their own and elapsed time; no constraints and nothing begun.
inline plan::Project calm_plan(std::uint64_t seed, std::size_t tasks) {
    plan::Project project = make_plan({tasks, tasks * 13 / 10, 40, false, true}, seed);
    only_links(project);
    for (plan::Task& task : project.tasks) {
        task.active = true;
        task.levelling_delay_minutes = task.pause_minutes = 0;
    }
    for (plan::Link& link : project.links)
        if (link.lag_unit == plan::LagUnit::PercentOfPredecessor)
            link = {link.id, link.from, link.to, link.kind, plan::LagUnit::Working, 480};
    return project;
}

struct PlainSimulation {
    const plan::Project& project;
    std::map<CalendarId, plan::WorkClock> clocks;
    plan::WorkClock always = plan::WorkClock::always();
    std::map<TaskId, std::size_t> index;
    std::vector<std::size_t> order;
    std::vector<risk::Limits> limits;

    PlainSimulation(const plan::Project& given, const std::vector<risk::Spread>& spreads) : project(given) {
        for (const plan::Calendar& calendar : project.calendars) clocks.emplace(calendar.id, plan::WorkClock(calendar,
            day_of(project.start)));
        for (std::size_t i = 0; i < project.tasks.size(); ++i) {
            index.emplace(project.tasks[i].id, i);
            limits.push_back(risk::limits_of(project, project.tasks[i], spreads));
        }
        std::vector<int> waiting(project.tasks.size());
        for (const plan::Link& link : project.links) ++waiting[index.at(link.to)];
        for (bool more = true; more;) {
            more = false;
            for (std::size_t i = 0; i < waiting.size(); ++i) {
                if (waiting[i] != 0) continue;
                waiting[i] = -1;
                order.push_back(i);
                more = true;
                for (const plan::Link& link : project.links)
                    if (index.at(link.from) == i) --waiting[index.at(link.to)];
            }
        }
    }

    const plan::WorkClock& clock(const plan::Task& task) const {
        if (task.elapsed && task.kind == plan::TaskKind::Task) return always;
        return clocks.at(task.calendar ? task.calendar : project.calendar);
    }

    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    // The project's finish for given lengths. `driving`, where it is given: marks the tasks on the way that led to it.
    std::int64_t finish(const std::vector<std::int64_t>& lengths, std::vector<std::uint8_t>* driving = nullptr) const {
        std::vector<LocalMinute> begins(lengths.size()), ends(lengths.size());
        std::vector<std::size_t> driver(lengths.size(), kNone);
        std::size_t last_task = kNone;
        LocalMinute last = project.start;
        for (const std::size_t i : order) {
            const plan::WorkClock& by = clock(project.tasks[i]);
            bool waits = false;
            std::int64_t work = 0;
            for (const plan::Link& link : project.links) {
                if (index.at(link.to) != i) continue;
                const std::size_t from = index.at(link.from);
                const bool of_finish = link.kind == plan::LinkKind::FinishToStart || link.kind == plan::LinkKind::FinishToFinish;
                const bool to_finish = link.kind == plan::LinkKind::FinishToFinish || link.kind == plan::LinkKind::StartToFinish;
                LocalMinute at = of_finish ? ends[from] : begins[from];
                if (link.lag_unit == plan::LagUnit::Elapsed) at.n += link.lag_minutes;
                std::int64_t bound = by.work_at(at) + (link.lag_unit == plan::LagUnit::Working ? link.lag_minutes : 0);
                if (to_finish) bound -= lengths[i];
                if (link.kind == plan::LinkKind::FinishToFinish) bound = std::max(bound, by.work_at(project.start));
                if (!waits || bound > work) driver[i] = from;
                work = waits ? std::max(work, bound) : bound;
                waits = true;
            }
            if (!waits) work = by.work_at(project.start);
            begins[i] = lengths[i] > 0 ? by.start_at(work) : by.finish_at(work);
            ends[i] = by.finish_at(work + lengths[i]);
            if (last_task == kNone || ends[i] > last) last_task = i;
            last = std::max(last, ends[i]);
        }
        if (driving) driving->assign(lengths.size(), 0);
        for (std::size_t i = last_task; driving && i != kNone; i = driver[i]) (*driving)[i] = 1;
        return last.n;
    }

    std::vector<std::int64_t> draw(std::mt19937_64& random) const {
        std::vector<std::int64_t> lengths(project.tasks.size());
        for (std::size_t i = 0; i < lengths.size(); ++i) {
            const plan::Task& task = project.tasks[i];
            const double low = static_cast<double>(limits[i].optimistic_minutes), mode = static_cast<double>(task.duration_minutes),
                         high = static_cast<double>(limits[i].pessimistic_minutes);
            lengths[i] = task.kind == plan::TaskKind::Milestone ? 0 : task.duration_minutes;
            if (lengths[i] == 0 || high <= low) continue;
            const double u = std::ldexp(static_cast<double>(random() >> 11), -53), turn = (mode - low) / (high - low);
            lengths[i] = std::llround(u < turn ? low + std::sqrt(u * (high - low) * (mode - low))
                                               : high - std::sqrt((1 - u) * (high - low) * (high - mode)));
        }
        return lengths;
    }

    // Finishes of the project, in ascending order.
    std::vector<std::int64_t> run(int runs, std::uint32_t seed) const {
        std::mt19937_64 random(seed);
        std::vector<std::int64_t> out;
        for (int r = 0; r < runs; ++r) out.push_back(finish(draw(random)));
        std::sort(out.begin(), out.end());
        return out;
    }
};

}  // namespace entente::test
