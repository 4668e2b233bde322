#include "core/plan/decisions.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"

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

std::vector<Blocked> blocked_by(const Project& project, TaskId task) {
    std::unordered_map<TaskId, std::size_t> index;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) index.emplace(project.tasks[i].id, i);
    if (!index.contains(task)) return {};
    std::unordered_map<TaskId, std::vector<TaskId>> after, children;
    for (const Link& link : project.links) after[link.from].push_back(link.to);
    for (const Task& one : project.tasks) {
        if (one.parent) children[one.parent].push_back(one.id);
    }
    constexpr std::uint8_t kDirect = 1, kLater = 2;
    std::vector<std::uint8_t> waits(project.tasks.size(), 0);
    std::vector<TaskId> wave{task}, next;
    std::unordered_set<TaskId> seen{task};
    for (std::uint8_t mark = kDirect; !wave.empty(); mark = kLater) {
        next.clear();
        const auto reach = [&](TaskId id) {
            std::vector<TaskId> below{id};
            while (!below.empty()) {
                const TaskId at = below.back();
                below.pop_back();
                if (!index.contains(at) || !seen.insert(at).second) continue;
                waits[index[at]] = mark;
                next.push_back(at);
                if (const auto found = children.find(at); found != children.end())
                    below.insert(below.end(), found->second.begin(), found->second.end());
            }
        };
        for (const TaskId from : wave) {
            // What waits for a summary waits for everything in it.
            for (auto at = index.find(from); at != index.end(); at = index.find(project.tasks[at->second].parent)) {
                if (const auto found = after.find(at->first); found != after.end())
                    for (const TaskId to : found->second) reach(to);
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
