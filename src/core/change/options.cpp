#include "core/change/options.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/change/parts.hpp"
#include "core/lookup.hpp"
#include "core/money/query.hpp"
#include "core/plan/query.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

constexpr std::size_t kMostTraded = 3;       // tasks: a trade of crumbs is no offer
constexpr std::int64_t kTradeMinutes = 60;   // whole hours are given up

class Builder {
public:
    Builder(const Model& model, const plan::Project& project, const Change& change, const OptionWords& words,
            const std::function<std::uint64_t()>& next_id)
        : model_(model), project_(project), change_(change), words_(words), next_id_(next_id) {}

    Result<std::vector<Option>> run() {
        auto base = impact(model_, project_, change_);
        if (!base) return tl::unexpected(base.error());
        base_ = std::move(*base);
        add(OptionKind::MoveDates, change_.edits, change_.lines);
        if (!holds_promises(base_)) {
            hold(OptionKind::Overtime, CrashMethod::Overtime);
            hold(OptionKind::SecondShift, CrashMethod::SecondShift);
        }
        if (is_charged(change_.kind) && base_.worth_minor > 0) trade();
        later_version();
        add(OptionKind::Decline, {}, {});
        return std::move(out_);
    }

private:
    Option& add(OptionKind kind, std::vector<PlanEdit> edits, std::vector<CostLine> lines) {
        Option option;
        option.id = OptionId{next_id_()};
        option.kind = kind;
        option.edits = std::move(edits);
        option.lines = std::move(lines);
        if (kind != OptionKind::Decline) option.quality = change_.quality;
        return out_.emplace_back(std::move(option));
    }

    void hold(OptionKind kind, CrashMethod method) {
        std::vector<PlanEdit> edits = change_.edits;
        for (PlanEdit& crash : crashes_for(model_, project_, change_, method)) edits.push_back(std::move(crash));
        add(kind, std::move(edits), change_.lines);
    }

    // Work that has not begun, is ours, and is not what was asked for.
    bool can_be_traded(const plan::Task& task, const plan::ScheduledTask& row) const {
        if (task.kind != plan::TaskKind::Task || task.elapsed || task.manual || !task.active || task.duration_minutes < kTradeMinutes)
            return false;
        if (task.percent_done > 0 || task.actual_start || row.start < at_minute(change_.asked_on, 0)) return false;
        if (charge_per_hour(model_, project_, task) <= 0 || !find_task(project_, task.id)) return false;
        for (const plan::ClientDecision& decision : project_.decisions) {
            if (decision.task == task.id) return false;
        }
        return std::none_of(change_.edits.begin(), change_.edits.end(), [&](const PlanEdit& edit) { return edited_task(edit) == task.id; });
    }

    // Tasks on the way to a promise that would be broken come first, for giving them up also holds the date; then the largest.
    std::vector<std::size_t> traded_in_order() const {
        std::vector<TaskId> on_the_way;
        for (const PromiseMove& move : base_.promises) {
            if (move.after <= std::max(move.promised, move.before)) continue;
            for (const plan::WhyStep& step : plan::why(base_.project_after, base_.after, move.task)) on_the_way.push_back(step.task);
        }
        const auto& tasks = base_.project_after.tasks;
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            if (can_be_traded(tasks[i], base_.after.rows[i])) order.push_back(i);
        }
        const auto rank = [&](std::size_t i) {
            const bool helps = std::find(on_the_way.begin(), on_the_way.end(), tasks[i].id) != on_the_way.end();
            return std::pair(helps ? 0 : 1, -charge_per_hour(model_, project_, tasks[i]) * (tasks[i].duration_minutes / 60));
        };
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
        return order;
    }

    // What the whole of a task is sold for.
    std::int64_t whole_worth(const plan::Task& task) const {
        std::int64_t sum = 0;
        for (const plan::Assignment& assignment : task.assignments) {
            const std::int64_t minutes = money::planned_minutes(task, assignment).value_or(0);
            const std::int64_t rate = money::rate_of(model_, project_, assignment.role).charge_per_hour_minor;
            sum = checked_add(sum, times_minutes(rate, minutes).value_or(0)).value_or(sum);
        }
        return sum;
    }

    // The task is left out where that is not worth more than what is still needed, else it gets fewer hours. Gives what that is worth.
    std::int64_t give_up(const plan::Task& task, std::int64_t need, const plan::Project& so_far, PlanEdit& edit) const {
        if (const std::int64_t whole = whole_worth(task); whole > 0 && whole <= need && check_drop(so_far, task.id)) {
            edit = make_drop(so_far, task.id, next_id_);
            return whole;
        }
        const std::int64_t per_hour = charge_per_hour(model_, project_, task);
        const std::int64_t hours = std::min((need + per_hour - 1) / per_hour, task.duration_minutes / kTradeMinutes);
        edit = Lengthen{task.id, -hours * kTradeMinutes};
        return hours * per_hour;
    }

    void trade() {
        std::vector<PlanEdit> edits = change_.edits;
        // At the ordinary rate: what late work costs more, it is worth more where it is given up.
        std::int64_t need = base_.worth_minor;
        if (base_.stage_permille > 0) need = (need * 1000 + base_.stage_permille - 1) / base_.stage_permille;
        std::size_t used = 0;
        plan::Project so_far = base_.project_after;
        for (const std::size_t i : traded_in_order()) {
            if (need <= 0 || used == kMostTraded) break;
            PlanEdit edit;
            need -= give_up(base_.project_after.tasks[i], need, so_far, edit);
            auto next = with_edits(std::move(so_far), {edit});
            if (!next) return;
            so_far = std::move(*next);
            edits.push_back(std::move(edit));
            ++used;
        }
        if (need > 0) return;
        Change traded = change_;
        traded.edits = edits;
        const auto computed = impact(model_, project_, traded);
        if (!computed) return;
        std::vector<CostLine> lines = change_.lines;
        if (computed->worth_minor != 0) lines.push_back({words_.even_out, 0, -computed->worth_minor});
        add(OptionKind::Trade, std::move(edits), std::move(lines));
    }

    // The same work after the last task of the plan, where it moves nothing that was promised.
    void later_version() {
        if (project_.promises.empty()) return;
        const plan::Task* last = nullptr;
        LocalMinute finish{};
        for (std::size_t i = 0; i < project_.tasks.size(); ++i) {
            const plan::Task& task = project_.tasks[i];
            if (task.kind == plan::TaskKind::Summary || !task.active) continue;
            const plan::Task* in_after = by_id(base_.project_after.tasks, task.id);
            if (!in_after) continue;
            const LocalMinute ends = base_.after.rows[static_cast<std::size_t>(in_after - base_.project_after.tasks.data())].finish;
            if (!last || ends >= finish) last = &task, finish = ends;
        }
        if (!last) return;
        TaskId behind = last->id;
        std::vector<PlanEdit> edits;
        for (const PlanEdit& edit : change_.edits) {
            auto work = work_later(edit);
            if (!work) continue;
            plan::Link link;
            link.id = LinkId{next_id_()};
            link.from = behind;
            link.to = behind = work->id;
            AddWork& added = std::get<AddWork>(edits.emplace_back(std::in_place_type<AddWork>));
            added.work = std::move(*work);
            added.links.push_back(link);
        }
        if (!edits.empty()) add(OptionKind::LaterVersion, std::move(edits), change_.lines);
    }

    std::optional<plan::Task> work_later(const PlanEdit& edit) {
        plan::Task work;
        if (const auto* lengthen = std::get_if<Lengthen>(&edit)) {
            const plan::Task* task = find_task(project_, lengthen->task);
            if (!task || lengthen->minutes <= 0) return std::nullopt;
            work.name = task->name;
            work.assignments = task->assignments;
            work.duration_minutes = lengthen->minutes;
        } else if (const auto* reopen = std::get_if<Reopen>(&edit)) {
            work = reopen->work;
        } else if (const auto* added = std::get_if<AddWork>(&edit); added && !added->client_decides) {
            work = added->work;
        } else {
            return std::nullopt;
        }
        plan::Task later;
        later.id = TaskId{next_id_()};
        later.name = work.name;
        later.stage = words_.later;
        later.duration_minutes = work.duration_minutes;
        later.assignments = work.assignments;
        for (plan::Assignment& assignment : later.assignments) assignment.work_minutes.reset();
        later.client_visible = true;
        return later;
    }

    const Model& model_;
    const plan::Project& project_;
    const Change& change_;
    const OptionWords& words_;
    const std::function<std::uint64_t()>& next_id_;
    Impact base_;
    std::vector<Option> out_;
};

}  // namespace

Result<std::vector<Option>> build_options(const Model& model, const plan::Project& project, const Change& change,
                                          const OptionWords& words, const std::function<std::uint64_t()>& next_id) {
    return Builder(model, project, change, words, next_id).run();
}

Message option_name(OptionKind kind) {
    switch (kind) {
        case OptionKind::MoveDates: return msg("Do it, move the dates");
        case OptionKind::Overtime: return msg("Do it, hold the dates with overtime");
        case OptionKind::SecondShift: return msg("Do it, hold the dates with a second shift");
        case OptionKind::Trade: return msg("Trade it for other work");
        case OptionKind::LaterVersion: return msg("Do it later, as another version");
        case OptionKind::Decline: return msg("Leave it as it is");
        case OptionKind::ByHand: break;
    }
    return msg("Another way");
}

}  // namespace entente::change
