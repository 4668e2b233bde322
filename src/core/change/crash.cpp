// Crashing: which tasks are worked faster so that promises hold, at what premium.
//
// Kelley and Walker, "Critical-Path Planning and Scheduling", 1959: time is bought where the longest path is cheapest to shorten.
// Here one task at a time, each promise in turn, until it holds or nothing on its way can be shortened further.
#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/change/options.hpp"
#include "core/change/parts.hpp"
#include "core/lookup.hpp"
#include "core/plan/query.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

constexpr std::int64_t kStepMinutes = 30;
constexpr int kMaxSteps = 500;

std::int64_t round_up(std::int64_t minutes) { return (minutes + kStepMinutes - 1) / kStepMinutes * kStepMinutes; }

class Crasher {
public:
    Crasher(const Model& model, const plan::Project& project, const Change& change, CrashMethod method)
        : model_(model), project_(project), method_(method) {
        const house::Terms& terms = model.house.terms;
        pace_ = method == CrashMethod::Overtime ? terms.overtime_pace_permille : terms.shift_pace_permille;
        premium_ = method == CrashMethod::Overtime ? terms.overtime_premium_permille : terms.shift_premium_permille;
        auto after = with_edits(plan_under(project, change), change.edits);
        if (after) after_ = std::move(*after);
        for (const plan::ClientDecision& decision : project.decisions) theirs_.push_back(decision.task);
    }

    std::vector<PlanEdit> run() {
        const auto before = plan::compute_schedule(project_);
        if (!after_ || !before || pace_ <= 1000) return {};
        for (const plan::PromiseRow& row : plan::promise_rows(project_, *before))
            limits_.push_back({row.task, std::max(row.promised, row.forecast)});
        plan::Schedule schedule;
        touched_.everything = true;
        for (int step = 0; step < kMaxSteps; ++step) {
            if (!scheduler_.update(*after_, std::exchange(touched_, {}), schedule) || !shorten_one(schedule)) break;
        }
        std::vector<PlanEdit> out;
        for (const plan::Task& task : after_->tasks) {  // in the plan's order
            const auto found = crashes_.find(task.id);
            if (found != crashes_.end()) out.push_back(found->second);
        }
        return out;
    }

private:
    struct Limit {
        TaskId task;
        Day day;
    };

    // Working minutes by which a task ends beyond its limit.
    std::int64_t beyond(const plan::WorkClock& clock, const plan::Schedule& schedule, const Limit& limit) const {
        const plan::Task* task = by_id(after_->tasks, limit.task);
        if (!task) return 0;
        const plan::ScheduledTask& row = schedule.rows[static_cast<std::size_t>(task - after_->tasks.data())];
        return std::max<std::int64_t>(0, clock.between(at_minute(limit.day + 1, 0), row.finish));
    }

    bool shorten_one(const plan::Schedule& schedule) {
        const plan::WorkClock clock(project_calendar(*after_), day_of(schedule.start));
        std::int64_t need = 0;
        const Limit* worst = nullptr;
        for (const Limit& limit : limits_) {
            const std::int64_t over = beyond(clock, schedule, limit);
            if (over > need && std::find(hopeless_.begin(), hopeless_.end(), limit.task) == hopeless_.end()) {
                need = over;
                worst = &limit;
            }
        }
        if (!worst) return false;
        const plan::Task* pick = cheapest_on_the_way(schedule, worst->task);
        if (!pick) {
            hopeless_.push_back(worst->task);  // the next promise may still be helped
            return true;
        }
        shorten(pick->id, std::min(round_up(need), room(*pick)));
        return true;
    }

    // The driving chain as far as shortening a task brings the promise forward.
    const plan::Task* cheapest_on_the_way(const plan::Schedule& schedule, TaskId promised) const {
        const plan::Task* best = nullptr;
        std::int64_t best_cost = 0;
        bool length_counts = true;
        for (const plan::WhyStep& step : plan::why(*after_, schedule, promised)) {
            const plan::Task* task = by_id(after_->tasks, step.task);
            if (task && length_counts && room(*task) > 0) {
                const std::int64_t cost = charge_per_hour(model_, project_, *task);
                if (!best || cost < best_cost) {
                    best = task;
                    best_cost = cost;
                }
            }
            const plan::Link* link = by_id(after_->links, step.link);
            // A successor that waits for a start is not helped by an earlier finish.
            length_counts = !link || link->kind == plan::LinkKind::FinishToStart || link->kind == plan::LinkKind::FinishToFinish;
        }
        return best;
    }

    // How much of a task can still be saved, in whole steps.
    std::int64_t room(const plan::Task& task) const {
        if (task.kind != plan::TaskKind::Task || task.elapsed || task.manual || !task.active || task.assignments.empty()) return 0;
        if (task.percent_done >= 100 || task.actual_finish) return 0;
        if (std::find(theirs_.begin(), theirs_.end(), task.id) != theirs_.end()) return 0;
        const auto found = crashes_.find(task.id);
        const std::int64_t saved = found == crashes_.end() ? 0 : found->second.saved_minutes;
        const std::int64_t whole = task.duration_minutes + saved;
        const std::int64_t left = whole * (100 - task.percent_done) / 100;
        const std::int64_t most = left - left * 1000 / pace_;
        return (most - saved) / kStepMinutes * kStepMinutes;
    }

    void shorten(TaskId id, std::int64_t minutes) {
        plan::Task* task = by_id(after_->tasks, id);
        Crash& crash = crashes_[id];
        crash.task = id;
        crash.method = method_;
        crash.premium_permille = premium_;
        crash.saved_minutes += minutes;
        task->duration_minutes -= minutes;
        touched_.tasks.push_back(id);
        // Overtime does in an hour what an hour does; a second shift loses some to the handover.
        crash.paid_minutes =
            method_ == CrashMethod::Overtime ? crash.saved_minutes : (crash.saved_minutes * 1000 + pace_ - 1001) / (pace_ - 1000);
    }

    const Model& model_;
    const plan::Project& project_;
    CrashMethod method_;
    std::int32_t pace_ = 1000, premium_ = 1000;
    std::optional<plan::Project> after_;
    plan::Scheduler scheduler_;
    plan::Touched touched_;  // since the last schedule
    std::vector<TaskId> theirs_, hopeless_;
    std::vector<Limit> limits_;
    std::unordered_map<TaskId, Crash> crashes_;
};

}  // namespace

std::vector<PlanEdit> crashes_for(const Model& model, const plan::Project& project, const Change& change, CrashMethod method) {
    return Crasher(model, project, change, method).run();
}

std::int64_t premium_minutes(const plan::Project& after, const std::vector<PlanEdit>& edits) {
    std::int64_t sum = 0;
    for (const PlanEdit& edit : edits) {
        const auto* crash = std::get_if<Crash>(&edit);
        const plan::Task* task = crash ? by_id(after.tasks, crash->task) : nullptr;
        if (!task) continue;
        for (const plan::Assignment& assignment : task->assignments) sum += crash->paid_minutes * assignment.units_permille / 1000;
    }
    return sum;
}

}  // namespace entente::change
