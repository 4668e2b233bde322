#include "core/risk/compile.hpp"

#include <algorithm>
#include <unordered_set>

#include "core/risk/graph.hpp"
#include "core/risk/kernel.hpp"

namespace entente::risk {

namespace {

using plan::ConstraintKind;
using plan::LinkKind;

constexpr std::int64_t kDaysAround = 400;
constexpr std::int64_t kLongestMinutes = std::int64_t{kLastDay.n} * kMinutesPerDay;  // as in the scheduler

std::int64_t clamp_minutes(std::int64_t minutes) { return std::clamp(minutes, -kLongestMinutes, kLongestMinutes); }

// What a task brings along that changes how it is placed; as the scheduler reads it.
struct Nature {
    bool started = false, finished = false, done = false, pinned = false, late = false, held = false, dated = false;
    std::int64_t span = 0;

    Nature(const plan::Project& project, const plan::Task& task) {
        late = task.constraint.kind == ConstraintKind::AsLateAsPossible;
        dated = !late && task.constraint.kind != ConstraintKind::AsSoonAsPossible;
        finished = task.actual_finish.has_value();
        started = finished || task.actual_start.has_value();
        done = finished || task.percent_done >= 100;
        pinned = !started && task.manual && task.manual_start.n != 0;
        held = project.status_day && !done;
        const std::int64_t length = task.kind == plan::TaskKind::Milestone ? 0 : std::max<std::int64_t>(0,
            clamp_minutes(task.duration_minutes));
        span = length > 0 ? length + std::max<std::int64_t>(0, clamp_minutes(task.pause_minutes)) : 0;
    }
};

std::int32_t limited(std::int64_t minutes) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(minutes, -kFarthest, kFarthest));
}

std::int32_t key_at(const plan::WorkClock& clock, LocalMinute at) {
    const std::int64_t work = clock.work_at(at);
    return limited(work) * 2 + (at > clock.finish_at(work) ? 1 : 0);
}

tl::unexpected<Error> too_large() {
    return fail(ErrorCode::TooLarge, msg("This plan is too large for its risk to be computed."));
}

// The worked shifts between two times, found by asking the clock.
Clock shifts_of(const plan::WorkClock& clock, std::int64_t first, std::int64_t end) {
    Clock out;
    std::int64_t work = clock.work_at(LocalMinute{first});
    out.first_work = limited(work);
    while (out.from.size() < kMostShifts) {
        const std::int64_t from = clock.start_at(work).n;
        if (from >= end) break;
        // The longest stretch in which each minute is worked.
        const auto worked = [&](std::int64_t to) { return clock.work_at(LocalMinute{to}) - work == to - from; };
        std::int64_t step = 60, to = from;
        while (to < end && worked(to + step)) {
            to += step;
            step *= 2;
        }
        for (; step > 0; step /= 2)
            while (to < end && worked(to + step)) to += step;
        out.from.push_back(limited(from));
        out.to.push_back(limited(to));
        work += to - from;
    }
    return out;
}

class Compiler {
public:
    Compiler(const plan::Project& project, const std::vector<Spread>* spreads)
        : project_(project), spreads_(spreads), graph_(project) {}
    // `with_early`: the project's finish counts As Late As Possible tasks by their early dates as well.
    Result<Program> run(bool with_early);

private:
    void add_steps();
    void add_clocks();
    void add_leaf(std::uint32_t node);
    void add_begun(const plan::Task& task, const Nature& nature, Step& step) const;
    void add_put(const plan::Task& task, Step& step) const;
    void add_variation(const plan::Task& task, const Nature& nature, Step& step);
    void add_place(const GraphNode& node, const Nature& nature, Step& step);
    void add_edges(const GraphNode& node, Step& step);
    std::int32_t lag_of(const plan::Link& link) const;
    void add_shifted(const Step& early);
    void add_gate(std::uint32_t node);
    void add_roll_up(std::uint32_t node);
    void settle_shifted();
    void add_targets();
    void add_target(std::uint32_t task, std::int32_t promised_day);
    void add_project();
    std::vector<bool> followed_steps() const;
    void add_members(std::vector<std::int32_t> steps, std::int32_t& first, std::int32_t& end);
    void collect(std::uint32_t summary, std::vector<std::int32_t>& steps, std::int64_t& least) const;
    std::int32_t push(const Step& step);

    const plan::Task& task_of(std::uint32_t node) const { return project_.tasks[graph_.nodes[node].task]; }
    const plan::WorkClock& clock(const Step& step) const { return graph_.clocks[static_cast<std::size_t>(step.clock)]; }

    const plan::Project& project_;
    const std::vector<Spread>* spreads_;  // none: nothing varies
    Graph graph_;
    plan::Schedule schedule_;
    Program out_;
    bool early_ = false;                  // As Late As Possible counts as As Soon
    std::vector<std::int32_t> early_of_;  // node -> its step with early dates only, where they are asked for
    std::vector<std::int32_t> step_of_;   // node -> its step
    std::vector<std::int32_t> seen_of_;   // node -> the step its successors see: the planned late dates of As Late As Possible
    std::vector<std::int32_t> shown_of_;  // node -> the step whose dates are shown
};

std::int32_t Compiler::push(const Step& step) {
    out_.steps.push_back(step);
    return static_cast<std::int32_t>(out_.steps.size() - 1);
}

void Compiler::add_clocks() {
    std::int64_t first = project_.start.n, end = project_.start.n;
    const auto cover = [&](LocalMinute at) {
        if (at.n <= -kFarthest || at.n >= kFarthest) return;
        first = std::min(first, at.n);
        end = std::max(end, at.n);
    };
    for (const plan::ScheduledTask& row : schedule_.rows)
        for (const LocalMinute at : {row.early_start, row.early_finish, row.late_start, row.late_finish, row.start, row.finish}) cover(at);
    for (const plan::Task& task : project_.tasks)
        if (task.constraint.at.n != 0) cover(task.constraint.at);
    if (project_.status_day) cover(at_minute(*project_.status_day + 1, 0));
    const std::int64_t around = kDaysAround * kMinutesPerDay;
    const std::int64_t from = first - around, to = end + 2 * (end - first) + 2 * around;
    for (std::size_t c = 0; c < graph_.clocks.size(); ++c) {
        const plan::WorkClock& by = graph_.clocks[c];
        Clock flat = c == 1 ? Clock{} : shifts_of(by, from, to);
        flat.start_key = key_at(by, project_.start);
        if (project_.status_day) flat.status_key = key_at(by, at_minute(*project_.status_day + 1, 0));
        flat.last = limited(by.work_at(at_minute(kLastDay, 0)));
        out_.clocks.push_back(std::move(flat));
    }
}

void Compiler::add_variation(const plan::Task& task, const Nature& nature, Step& step) {
    step.low = step.high = step.span;
    step.done = limited(std::int64_t{step.span} * std::clamp(task.percent_done, 0, 100) / 100);
    if (!spreads_ || nature.done || step.span == 0 || task.kind != plan::TaskKind::Task) return;
    const Limits limits = limits_of(project_, task, *spreads_);
    // Of what is under way, what remains; in whole minutes, never below one.
    const std::int64_t left = step.span - step.done;
    const auto share = [&](std::int64_t minutes) { return std::min<std::int64_t>(minutes, kFarthest / 4) * left / step.span; };
    const std::int64_t low = step.span - share(task.duration_minutes - limits.optimistic_minutes);
    step.low = limited(std::clamp<std::int64_t>(low, std::max(1, step.done), step.span));
    step.high = limited(step.span + share(limits.pessimistic_minutes - task.duration_minutes));
    if (step.low < step.high) ++(limits.own ? out_.own : out_.by_house);
}

// Percent of the predecessor's length, rounded half away from zero.
std::int32_t Compiler::lag_of(const plan::Link& link) const {
    if (link.lag_unit != plan::LagUnit::PercentOfPredecessor) return limited(clamp_minutes(link.lag_minutes));
    const plan::Task& from = project_.tasks[graph_.index_of.at(link.from)];
    const std::int64_t part = clamp_minutes(from.duration_minutes) * std::clamp<std::int64_t>(link.lag_minutes, -100000, 100000);
    return limited(clamp_minutes((part + (part < 0 ? -50 : 50)) / 100));
}

void Compiler::add_edges(const GraphNode& node, Step& step) {
    const bool leaf = node.kind == GraphNode::Kind::Leaf;
    const bool to_late = leaf && !early_ && project_.tasks[node.task].constraint.kind == ConstraintKind::AsLateAsPossible;
    step.first_edge = static_cast<std::int32_t>(out_.edges.size());
    for (const std::uint32_t e : node.in) {
        const GraphEdge& given = graph_.edges[e];
        const plan::Link& link = project_.links[given.link];
        const GraphNode& from = graph_.nodes[given.from];
        Edge edge;
        edge.from = to_late ? step_of_[given.from] : seen_of_[given.from];
        edge.of_finish = link.kind == LinkKind::FinishToStart || link.kind == LinkKind::FinishToFinish;
        edge.to_finish = link.kind == LinkKind::FinishToFinish || link.kind == LinkKind::StartToFinish;
        edge.elapsed = link.lag_unit == plan::LagUnit::Elapsed ||
                       (link.lag_unit == plan::LagUnit::PercentOfPredecessor && project_.tasks[from.task].elapsed);
        edge.across = edge.elapsed || !leaf || from.kind != GraphNode::Kind::Leaf ||
                      graph_.clock_of[from.task] != graph_.clock_of[node.task];
        edge.lag = lag_of(link);
        out_.edges.push_back(edge);
        if ((edge.across || edge.to_finish) && leaf) step.kind = kAnything;
    }
    step.end_edge = static_cast<std::int32_t>(out_.edges.size());
}

// What is known of a task that has begun or is done. `finish_key` of what is only begun comes from its run.
void Compiler::add_begun(const plan::Task& task, const Nature& nature, Step& step) const {
    const plan::WorkClock& by = clock(step);
    step.kind = nature.finished ? kFact : kBegun;
    if (task.actual_start) step.start_time = limited(task.actual_start->n);
    if (!nature.finished) {
        step.start_key = key_at(by, *task.actual_start);
        step.finish_key = step.start_key;
        if (step.span == 0) step.finish_time = step.start_time;
        return;
    }
    step.finish_time = limited(task.actual_finish->n);
    step.finish_key = key_at(by, *task.actual_finish);
    const std::int32_t end = step.finish_key >> 1;
    if (task.actual_start && by.work_at(*task.actual_start) <= end) {
        step.start_key = key_at(by, *task.actual_start);
    } else {
        const std::int32_t begin = task.actual_start ? end : limited(std::int64_t{end} - step.span);
        step.start_key = begin * 2 + (step.span > 0 ? 1 : step.finish_key & 1);
    }
}

// Stands where it was put by hand.
void Compiler::add_put(const plan::Task& task, Step& step) const {
    const plan::WorkClock& by = clock(step);
    const std::int32_t last = out_.clocks[static_cast<std::size_t>(step.clock)].last;
    step.kind = kPut;
    step.start_time = limited(task.manual_start.n);
    step.start_key = key_at(by, task.manual_start);
    const std::int32_t begin = std::min(step.start_key >> 1, last);
    std::int32_t end = begin + step.span;
    if (task.manual_finish > task.manual_start) {
        step.finish_time = limited(task.manual_finish.n);
        end = limited(by.work_at(task.manual_finish));
    }
    end = std::min(std::max(end, begin), last);
    step.finish_key = end * 2;
    if (step.finish_time != kNoTime) step.finish_key = end * 2 + (LocalMinute{step.finish_time} > by.finish_at(end) ? 1 : 0);
    else if (step.span == 0) {
        step.finish_key = step.start_key;
        step.finish_time = step.start_time;
    }
    step.span = end - begin;
}

// Where the links, the gate above and the dates of its own put what has not begun.
void Compiler::add_place(const GraphNode& node, const Nature& nature, Step& step) {
    const plan::Task& task = project_.tasks[node.task];
    const GraphNode* gate = node.gate == kNoNode ? nullptr : &graph_.nodes[node.gate];
    add_edges(node, step);
    const bool linked = !node.in.empty() || (gate && gate->linked);
    if (task.levelling_delay_minutes > 0) step.delay = limited(task.levelling_delay_minutes);
    if (gate) step.gate = step_of_[node.gate];
    step.from_start = !linked;
    if (step.held || step.delay || nature.dated || gate) step.kind = kAnything;
    step.later_only = linked;
    if (linked || !gate) return;
    // A gate that only dates bound, later than the project's start, holds its tasks as a constraint of their own would.
    std::int64_t bound = std::int64_t{kNoTime};
    for (const GraphNode* up = gate; up; up = up->gate == kNoNode ? nullptr : &graph_.nodes[up->gate])
        bound = std::max<std::int64_t>(bound, out_.steps[static_cast<std::size_t>(step_of_[graph_.gate_of[up->task]])].constraint_key);
    step.later_only = bound != kNoTime && clock(step).work_at(LocalMinute{bound}) > clock(step).work_at(project_.start);
}

void Compiler::add_leaf(std::uint32_t node) {
    const GraphNode& at = graph_.nodes[node];
    const plan::Task& task = project_.tasks[at.task];
    const Nature nature(project_, task);
    Step step;
    step.task = static_cast<std::int32_t>(at.task);
    step.clock = static_cast<std::int32_t>(graph_.clock_of[at.task]);
    step.span = limited(nature.span);
    step.kind = step.span == 0 ? kPoint : kWork;
    step.held = nature.held;
    if (nature.dated) {
        step.constraint = static_cast<std::int32_t>(task.constraint.kind);
        step.constraint_key = key_at(clock(step), task.constraint.at);
    }
    if (nature.started) add_begun(task, nature, step);
    else if (nature.pinned) add_put(task, step);
    else add_place(at, nature, step);
    if (nature.span == 0 && (nature.started || nature.pinned)) step.end_side = (nature.finished ? step.finish_key : step.start_key) & 1;
    add_variation(task, nature, step);
    step_of_[node] = seen_of_[node] = shown_of_[node] = push(step);
    if (nature.late && !early_) {
        add_shifted(step);
        seen_of_[node] = static_cast<std::int32_t>(out_.steps.size() - 1);
        if (!nature.started && !nature.pinned) shown_of_[node] = seen_of_[node];
    }
}

// As Late As Possible: from the schedule's late dates.
void Compiler::add_shifted(const Step& early) {
    const plan::ScheduledTask& row = schedule_.rows[static_cast<std::size_t>(early.task)];
    Step step;
    step.kind = kShifted;
    step.task = early.task;
    step.clock = early.clock;
    step.source = static_cast<std::int32_t>(out_.steps.size() - 1);
    step.start_key = key_at(clock(step), row.late_start);
    step.finish_key = key_at(clock(step), row.late_finish);
    step.start_time = limited(row.late_start.n);
    step.finish_time = limited(row.late_finish.n);
    push(step);
}

void Compiler::add_gate(std::uint32_t node) {
    const GraphNode& at = graph_.nodes[node];
    Step step;
    step.kind = kGate;
    step.task = static_cast<std::int32_t>(at.task);
    step.clock = static_cast<std::int32_t>(graph_.clock_of[at.task]);
    step.start_time = limited(project_.start.n);
    step.constraint_key = kNoTime;
    if (at.gate != kNoNode) step.gate = step_of_[at.gate];
    const plan::Constraint& constraint = project_.tasks[at.task].constraint;
    if (constraint.kind == ConstraintKind::StartNoEarlierThan || constraint.kind == ConstraintKind::MustStartOn)
        step.constraint_key = limited(constraint.at.n);
    add_edges(at, step);
    step_of_[node] = seen_of_[node] = shown_of_[node] = push(step);
}

void Compiler::add_roll_up(std::uint32_t node) {
    const GraphNode& at = graph_.nodes[node];
    const plan::Task& summary = project_.tasks[at.task];
    Step step;
    step.kind = kRollUp;
    step.task = static_cast<std::int32_t>(at.task);
    step.clock = static_cast<std::int32_t>(graph_.clock_of[at.task]);
    if (summary.manual && summary.manual_start.n != 0) {
        step.start_time = limited(summary.manual_start.n);
        step.finish_time = limited(std::max(summary.manual_finish, summary.manual_start).n);
    } else if (at.members.empty()) {
        step.start_time = step.finish_time = limited(project_.start.n);
    } else {
        std::vector<std::int32_t> steps;
        for (const std::uint32_t leaf : at.members) steps.push_back(seen_of_[leaf]);
        add_members(std::move(steps), step.first_member, step.end_member);
    }
    step_of_[node] = seen_of_[node] = shown_of_[node] = push(step);
}

// Members of one clock stand together.
void Compiler::add_members(std::vector<std::int32_t> steps, std::int32_t& first, std::int32_t& end) {
    std::stable_sort(steps.begin(), steps.end(), [&](std::int32_t a, std::int32_t b) {
        return out_.steps[static_cast<std::size_t>(a)].clock < out_.steps[static_cast<std::size_t>(b)].clock;
    });
    first = static_cast<std::int32_t>(out_.members.size());
    out_.members.insert(out_.members.end(), steps.begin(), steps.end());
    end = static_cast<std::int32_t>(out_.members.size());
}

// From where on As Late As Possible tasks are pushed: their planned late dates, or their early ones where those are later.
void Compiler::settle_shifted() {
    const bool any = std::any_of(out_.steps.begin(), out_.steps.end(), [](const Step& step) { return step.kind == kShifted; });
    if (!any) return;
    const std::vector<std::int32_t> planned = Simulation::planned(out_);
    for (Step& step : out_.steps) {
        if (step.kind != kShifted) continue;
        const auto source = static_cast<std::size_t>(step.source);
        step.source_start = std::max(step.start_key, planned[2 * source]);
        step.source_finish = std::max(step.finish_key, planned[2 * source + 1]);
    }
}

// The rows of a summary that count for its finish, as the scheduler rolls them up.
void Compiler::collect(std::uint32_t summary, std::vector<std::int32_t>& steps, std::int64_t& least) const {
    bool any = false;
    for (const std::uint32_t child : graph_.children[summary]) {
        const plan::Task& task = project_.tasks[child];
        if (!task.active) continue;
        any = true;
        if (task.kind != plan::TaskKind::Summary) steps.push_back(shown_of_[graph_.node_of[child]]);
        else if (task.manual && task.manual_start.n != 0) least = std::max(least, std::max(task.manual_finish, task.manual_start).n);
        else collect(child, steps, least);
    }
    if (any) return;
    const plan::WorkClock& by = graph_.clocks[graph_.clock_of[summary]];
    least = std::max(least, by.start_at(by.work_at(project_.start)).n);
}

void Compiler::add_target(std::uint32_t task, std::int32_t promised_day) {
    const plan::Task& what = project_.tasks[task];
    if (out_.targets.size() >= kMostTargets || !what.active) return;
    Target target;
    target.task = static_cast<std::int32_t>(task);
    target.promised_day = promised_day;
    target.planned = limited(schedule_.rows[task].finish.n);
    target.midnight_before = schedule_.rows[task].start < schedule_.rows[task].finish;
    if (what.kind != plan::TaskKind::Summary) {
        target.step = shown_of_[graph_.node_of[task]];
    } else if (what.manual && what.manual_start.n != 0) {
        target.least_time = target.planned;
    } else {
        std::vector<std::int32_t> steps;
        std::int64_t least = std::int64_t{kNoTime};
        collect(task, steps, least);
        target.least_time = least == kNoTime ? kNoTime : limited(least);
        add_members(std::move(steps), target.first_member, target.end_member);
    }
    out_.targets.push_back(target);
}

void Compiler::add_project() {
    Target target;
    target.planned = limited(schedule_.finish.n);
    target.midnight_before = schedule_.start < schedule_.finish;
    const std::vector<bool> followed = followed_steps();
    std::vector<std::int32_t> steps;
    for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
        if (graph_.nodes[n].kind != GraphNode::Kind::Leaf) continue;
        steps.push_back(shown_of_[n]);
        if (!early_of_.empty()) steps.push_back(early_of_[n]);
    }
    std::erase_if(steps, [&](std::int32_t s) { return followed[static_cast<std::size_t>(s)]; });
    if (steps.empty()) target.least_time = target.planned;
    add_members(std::move(steps), target.first_member, target.end_member);
    out_.targets.push_back(target);
}

// Steps after whose finish another one always stands: the project cannot end with them alone.
std::vector<bool> Compiler::followed_steps() const {
    std::vector<bool> followed(out_.steps.size());
    for (const Step& step : out_.steps) {
        if (step.kind > kAnything || step.constraint != 0) continue;
        for (std::int32_t e = step.first_edge; e < step.end_edge; ++e) {
            const Edge& edge = out_.edges[static_cast<std::size_t>(e)];
            if (edge.of_finish && !edge.to_finish && !edge.across && edge.lag >= 0) followed[static_cast<std::size_t>(edge.from)] = true;
        }
    }
    return followed;
}

void Compiler::add_targets() {
    add_project();
    std::unordered_set<TaskId> promised;
    for (const plan::Promise& promise : project_.promises) {
        const auto found = graph_.index_of.find(promise.task);
        if (found == graph_.index_of.end() || !promised.insert(promise.task).second) continue;
        add_target(found->second, promise.promised.n);
    }
    for (std::uint32_t i = 0; i < project_.tasks.size(); ++i)
        if (project_.tasks[i].kind == plan::TaskKind::Milestone && !promised.contains(project_.tasks[i].id)) add_target(i, kNothing);
}

void Compiler::add_steps() {
    out_.own = out_.by_house = 0;
    step_of_.assign(graph_.nodes.size(), kNothing);
    seen_of_ = shown_of_ = step_of_;
    for (const std::uint32_t node : graph_.order) {
        switch (graph_.nodes[node].kind) {
            case GraphNode::Kind::Leaf: add_leaf(node); break;
            case GraphNode::Kind::Gate: add_gate(node); break;
            case GraphNode::Kind::RollUp: add_roll_up(node); break;
        }
    }
}

Result<Program> Compiler::run(bool with_early) {
    Result<plan::Schedule> schedule = plan::compute_schedule(project_);
    if (!schedule) return tl::unexpected<Error>(std::move(schedule.error()));
    schedule_ = std::move(*schedule);
    const std::size_t count = graph_.nodes.size();
    if (count > kMostSteps / 4 || graph_.edges.size() > kMostEdges / 2 || graph_.clocks.size() > kMostClocks ||
        graph_.order.size() != count)
        return too_large();
    add_clocks();
    for (const plan::Task& task : project_.tasks) out_.task_ids.push_back(task.id.n);
    if (with_early) {
        early_ = true;
        add_steps();
        early_of_ = step_of_;
        early_ = false;
    }
    add_steps();
    add_targets();
    if (out_.members.size() > kMostMembers || !valid(out_)) return too_large();
    settle_shifted();
    return std::move(out_);
}

// Dates that contradict each other can put an As Late As Possible task before its early dates. The schedule then ends with the early
// ones, and so must the runs.
Result<Program> compiled(const plan::Project& project, const std::vector<Spread>* spreads) {
    Result<Program> program = Compiler(project, spreads).run(false);
    if (!program) return program;
    const bool any = std::any_of(program->steps.begin(), program->steps.end(), [](const Step& step) { return step.kind == kShifted; });
    if (!any || Simulation::planned_finish(*program) == program->targets.front().planned) return program;
    return Compiler(project, spreads).run(true);
}

}  // namespace

Result<Program> compile(const plan::Project& project, const std::vector<Spread>& spreads) {
    return compiled(project, &spreads);
}

Result<Program> compile_without_variation(const plan::Project& project) { return compiled(project, nullptr); }

}  // namespace entente::risk
