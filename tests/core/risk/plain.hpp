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

namespace entente::test {

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

    // The project's finish for given lengths.
    std::int64_t finish(const std::vector<std::int64_t>& lengths) const {
        std::vector<LocalMinute> begins(lengths.size()), ends(lengths.size());
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
                work = waits ? std::max(work, bound) : bound;
                waits = true;
            }
            if (!waits) work = by.work_at(project.start);
            begins[i] = lengths[i] > 0 ? by.start_at(work) : by.finish_at(work);
            ends[i] = by.finish_at(work + lengths[i]);
            last = std::max(last, ends[i]);
        }
        return last.n;
    }

    // Finishes of the project, in ascending order.
    std::vector<std::int64_t> run(int runs, std::uint32_t seed) const {
        std::mt19937_64 random(seed);
        std::vector<std::int64_t> out, lengths(project.tasks.size());
        for (int r = 0; r < runs; ++r) {
            for (std::size_t i = 0; i < lengths.size(); ++i) {
                const plan::Task& task = project.tasks[i];
                const double low = static_cast<double>(limits[i].optimistic_minutes),
                    high = static_cast<double>(limits[i].pessimistic_minutes),
                             mode = static_cast<double>(task.duration_minutes);
                lengths[i] = task.kind == plan::TaskKind::Milestone ? 0 : task.duration_minutes;
                if (lengths[i] == 0 || high <= low) continue;
                const double u = std::ldexp(static_cast<double>(random() >> 11), -53), turn = (mode - low) / (high - low);
                const double drawn = u < turn ? low + std::sqrt(u * (high - low) * (mode - low))
                    : high - std::sqrt((1 - u) * (high - low) * (high - mode));
                lengths[i] = std::llround(drawn);
            }
            out.push_back(finish(lengths));
        }
        std::sort(out.begin(), out.end());
        return out;
    }
};

}  // namespace entente::test
