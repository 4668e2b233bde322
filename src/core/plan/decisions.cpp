#include "core/plan/decisions.hpp"

#include <algorithm>
#include <span>

#include "base/text.hpp"
#include "core/plan/places.hpp"

namespace entente::plan {

namespace {

std::string person(std::string_view name) { return fold(trim(name)); }

bool is_done(const Task& task) { return task.actual_finish.has_value() || task.percent_done >= 100; }

// The step's own day; none where the day it counts from is not known.
std::optional<Day> day_of_step(const Workdays& workdays, const house::LadderStep& step, std::optional<Day> needed_by,
                               std::optional<Day> requested) {
    const std::optional<Day> from = step.from == house::LadderFrom::Requested ? requested : needed_by;
    if (!from) return std::nullopt;
    return workdays.add(*from, -std::int64_t{step.days_before});
}

// The step whose turn it is; none where that has been sent, or none has come.
std::optional<std::size_t> step_due(const std::vector<LadderDate>& ladder, const ClientDecision& decision, Day today) {
    std::optional<std::size_t> due;
    for (std::size_t i = 0; i < ladder.size(); ++i) {
        const LadderDate& date = ladder[i];
        if (date.sent) due.reset();
        if (date.sent || !date.on || *date.on > today) continue;
        if (decision.requested && *date.on <= *decision.requested) continue;
        due = i;
    }
    return due;
}

}  // namespace

LeadTimes::LeadTimes(const Model& model) : house_days_(model.house.ladder.lead_days) {
    for (const Project& project : model.projects) {
        std::optional<Workdays> workdays;
        for (const ClientDecision& decision : project.decisions) {
            if (!decision.requested || !decision.answered || *decision.answered < *decision.requested) continue;
            if (trim(decision.owner).empty()) continue;
            if (!workdays) workdays.emplace(project);
            days_[person(decision.owner)].push_back(workdays->between(*decision.requested, *decision.answered));
        }
    }
    for (auto& [owner, days] : days_) std::sort(days.begin(), days.end());
}

LeadTime LeadTimes::of(std::string_view owner) const {
    const auto found = days_.find(person(owner));
    if (found == days_.end()) return {house_days_, house_days_, 0};
    const std::vector<std::int64_t>& days = found->second;
    return {days[days.size() / 2], days.back(), static_cast<std::int64_t>(days.size())};
}

namespace {

// For each task the places of others, those of one task together: what waits for it, or what stands under it.
class Others {
public:
    // each(put) calls put(task, other) for every pair, twice the same.
    template <class Each>
    Others(std::size_t tasks, const Each& each) : first_(tasks + 1) {
        each([this](std::uint32_t task, std::uint32_t) { ++first_[task + 1]; });
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
        places_.resize(first_.back());
        std::vector<std::uint32_t> at(first_.begin(), first_.end() - 1);
        each([&](std::uint32_t task, std::uint32_t other) { places_[at[task]++] = other; });
    }
    std::span<const std::uint32_t> of(std::uint32_t task) const {
        return std::span(places_).subspan(first_[task], first_[task + 1] - first_[task]);
    }

private:
    std::vector<std::uint32_t> first_, places_;
};

}  // namespace

std::vector<Blocked> blocked_by(const Project& project, TaskId task) {
    const TaskPlaces places(project);
    const std::uint32_t asked = places.find(task);
    if (asked == TaskPlaces::kAbsent) return {};
    const std::size_t count = project.tasks.size();
    const Others after(count, [&](auto put) {
        for (const Link& link : project.links) {
            const std::uint32_t from = places.find(link.from), to = places.find(link.to);
            if (from < count && to < count) put(from, to);
        }
    });
    const Others children(count, [&](auto put) {
        for (std::uint32_t i = 0; i < count; ++i) {
            if (const std::uint32_t parent = places.find(project.tasks[i].parent); parent < count) put(parent, i);
        }
    });
    constexpr std::uint8_t kNot = 0, kDirect = 1, kLater = 2, kAsked = 3;
    std::vector<std::uint8_t> waits(count, kNot);
    waits[asked] = kAsked;
    std::vector<std::uint32_t> wave{asked}, next;
    for (std::uint8_t mark = kDirect; !wave.empty(); mark = kLater) {
        next.clear();
        const auto reach = [&](std::uint32_t place) {
            std::vector<std::uint32_t> below{place};
            while (!below.empty()) {
                const std::uint32_t at = below.back();
                below.pop_back();
                if (waits[at] != kNot) continue;
                waits[at] = mark;
                next.push_back(at);
                const auto inside = children.of(at);
                below.insert(below.end(), inside.begin(), inside.end());
            }
        };
        for (const std::uint32_t from : wave) {
            // What waits for a summary waits for everything in it.
            for (std::uint32_t at = from; at < count; at = places.find(project.tasks[at].parent)) {
                for (const std::uint32_t to : after.of(at)) reach(to);
            }
        }
        wave.swap(next);
    }
    std::vector<Blocked> out;
    for (const std::uint8_t mark : {kDirect, kLater}) {
        for (std::size_t i = 0; i < project.tasks.size(); ++i) {
            const Task& one = project.tasks[i];
            if (waits[i] == mark && one.kind != TaskKind::Summary && one.active && !is_done(one)) out.push_back({one.id, mark == kDirect});
        }
    }
    return out;
}

std::vector<LadderDate> ladder_dates(const Workdays& workdays, const ClientDecision& decision, std::optional<Day> needed_by,
                                     const house::Ladder& ladder) {
    std::vector<LadderDate> dates;
    for (const house::LadderStep& step : ladder.steps)
        dates.push_back({step, day_of_step(workdays, step, needed_by, decision.requested), std::nullopt});
    std::stable_sort(dates.begin(), dates.end(), [](const LadderDate& a, const LadderDate& b) {
        if (a.on.has_value() != b.on.has_value()) return a.on.has_value();
        return a.on && *a.on < *b.on;
    });
    // A reminder that went out belongs to the first step of its kind that has none yet.
    for (const ReminderSent& sent : decision.reminders) {
        const auto open = std::find_if(dates.begin(), dates.end(), [&](const LadderDate& date) {
            return date.step.kind == sent.step && !date.sent;
        });
        if (open != dates.end()) open->sent = sent.on;
    }
    return dates;
}

Chase chase(const Workdays& workdays, const ClientDecision& decision, const DecisionRow& row, const house::Ladder& ladder,
            const LeadTimes& lead_times, Day today) {
    Chase out;
    out.lead = lead_times.of(decision.owner);
    out.ladder = ladder_dates(workdays, decision, row.needed_by, ladder);
    if (row.needed_by) out.ask_by = workdays.add(*row.needed_by, -out.lead.days);
    if (decision.answered) return out;
    const bool asked = decision.requested.has_value() || !decision.reminders.empty();
    if (!asked) {
        if (out.ask_by && today >= workdays.add(*out.ask_by, -kAskSoonDays)) out.due = Due::Ask;
        return out;
    }
    if (const auto step = step_due(out.ladder, decision, today)) {
        out.due = Due::Remind;
        out.step = *step;
    }
    return out;
}

}  // namespace entente::plan
