#include "share/make_status.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/plan/query.hpp"

namespace entente::share {

namespace {

// Everything the parts below need to look at.
struct Source {
    const Model& model;
    const plan::Project& project;
    const plan::Schedule& schedule;
    const StatusOptions& options;

    // None where the task is gone.
    const plan::ScheduledTask* row(TaskId task) const {
        for (std::size_t i = 0; i < project.tasks.size() && i < schedule.rows.size(); ++i) {
            if (project.tasks[i].id == task) return &schedule.rows[i];
        }
        return nullptr;
    }
    bool recent(Day day) const { return options.today - day <= options.agreements_days; }
};

// What a Status can hold: no control characters but line feeds, no endless text.
std::string shown(std::string_view text) {
    std::string clean = clean_utf8(truncate_utf8(trim(text), kMaxTextBytes / 3));
    std::replace(clean.begin(), clean.end(), '\t', ' ');
    return clean;
}

bool is_done(const plan::Task& task) { return task.actual_finish.has_value() || task.percent_done >= 100; }

const plan::BaselineRow* row_of(const plan::Baseline& baseline, TaskId task) {
    const auto found = std::find_if(baseline.rows.begin(), baseline.rows.end(),
                                    [task](const plan::BaselineRow& row) { return row.task == task; });
    return found == baseline.rows.end() ? nullptr : &*found;
}

// The day it was done by: midnight belongs to the day before.
Day finish_day(const plan::BaselineRow& row) {
    const Day day = day_of(row.finish);
    return minute_of_day(row.finish) == 0 && row.start < row.finish ? day - 1 : day;
}

// A baseline that an agreed change made, and the one that stood before it.
struct Step {
    const plan::Baseline* before = nullptr;
    const plan::Baseline* after = nullptr;
};
Step step_of(const plan::Project& project, BaselineId id) {
    for (std::size_t i = 1; i < project.baselines.size(); ++i) {
        if (project.baselines[i].id == id) return {&project.baselines[i - 1], &project.baselines[i]};
    }
    return {};
}

const change::Change* last_agreed(const plan::Project& project) {
    const change::Change* last = nullptr;
    const IdSet<ChangeId> superseded = change::all_superseded(project);
    for (const change::Change& change : project.changes) {
        if (!change.client_visible || change.state != change::State::Agreed || superseded.contains(change.id)) continue;
        if (!last || change.outcome.on >= last->outcome.on) last = &change;
    }
    return last;
}

// Where the last agreed change found the task; none where it did not move it.
std::optional<Day> was_before(const Step& step, TaskId task) {
    if (!step.before) return std::nullopt;
    const plan::BaselineRow* before = row_of(*step.before, task);
    const plan::BaselineRow* after = row_of(*step.after, task);
    if (!before || !after || finish_day(*before) == finish_day(*after)) return std::nullopt;
    return finish_day(*before);
}

Health health_of(plan::PromiseHealth health) {
    switch (health) {
        case plan::PromiseHealth::Kept: return Health::OnTime;
        case plan::PromiseHealth::Tight: return Health::Tight;
        case plan::PromiseHealth::Missed: return Health::Late;
        case plan::PromiseHealth::Done: return Health::Done;
    }
    return Health::OnTime;
}

struct PlacedMilestone {
    Milestone milestone;
    PromiseId promise;  // none: a milestone without one
    TaskId task;
};

// Visible promises, and visible milestones nothing was promised for, by date.
std::vector<PlacedMilestone> milestones_of(const Source& source) {
    const change::Change* agreed = last_agreed(source.project);
    const Step step = agreed ? step_of(source.project, agreed->outcome.baseline) : Step{};
    std::vector<PlacedMilestone> placed;
    for (const plan::PromiseRow& row : plan::promise_rows(source.project, source.schedule)) {
        const plan::Promise* promise = by_id(source.project.promises, row.promise);
        const plan::Task* task = find_task(source.project, row.task);
        if (!promise || !promise->client_visible || !task) continue;
        placed.push_back({{shown(task->name), row.promised, row.forecast, was_before(step, row.task), health_of(row.health)},
                          row.promise, row.task});
    }
    for (const plan::Task& task : source.project.tasks) {
        const auto same = [&](const PlacedMilestone& other) { return other.task == task.id; };
        if (task.kind != plan::TaskKind::Milestone || !task.client_visible || !task.active) continue;
        if (std::any_of(placed.begin(), placed.end(), same)) continue;
        const plan::ScheduledTask* row = source.row(task.id);
        if (!row) continue;
        placed.push_back({{shown(task.name), std::nullopt, plan::finish_day(*row), was_before(step, task.id),
                           is_done(task) ? Health::Done : Health::OnTime}, {}, task.id});
    }
    std::stable_sort(placed.begin(), placed.end(), [](const PlacedMilestone& a, const PlacedMilestone& b) {
        return a.milestone.forecast < b.milestone.forecast;
    });
    return placed;
}

std::vector<StatusTask> tasks_of(const Source& source) {
    std::vector<StatusTask> tasks;
    for (std::size_t i = 0; i < source.project.tasks.size() && i < source.schedule.rows.size(); ++i) {
        const plan::Task& task = source.project.tasks[i];
        const plan::ScheduledTask& row = source.schedule.rows[i];
        if (task.kind != plan::TaskKind::Task || !task.client_visible || !task.active) continue;
        const bool is_need = std::any_of(source.project.decisions.begin(), source.project.decisions.end(),
                                         [&](const plan::ClientDecision& d) { return d.client_visible && d.task == task.id; });
        if (is_need) continue;
        const Day start = day_of(row.start);
        tasks.push_back({shown(task.name), shown(task.stage), start, std::max(start, plan::finish_day(row)),
                         std::clamp(is_done(task) ? 100 : task.percent_done, 0, 100)});
    }
    return tasks;
}

std::vector<Need> needs_of(const Source& source, const std::vector<PlacedMilestone>& milestones) {
    std::vector<Need> needs;
    for (const plan::DecisionRow& row : plan::decision_rows(source.project, source.schedule, source.options.today)) {
        const plan::ClientDecision* decision = by_id(source.project.decisions, row.decision);
        const plan::Task* task = find_task(source.project, row.task);
        if (!decision || !decision->client_visible || !task || !task->active) continue;
        if (decision->answered && !source.recent(*decision->answered)) continue;
        Need need;
        need.kind = decision->part == plan::ClientPart::Input ? NeedKind::Input : NeedKind::Decision;
        need.question = shown(decision->question.empty() ? task->name : decision->question);
        need.owner = shown(decision->owner);
        need.answered = decision->answered;
        if (decision->answered) {
            need.answer = shown(decision->answer);
        } else {
            need.by = row.needed_by;
            need.slip_days_per_day = std::max<std::int64_t>(row.slip_days_per_day, 0);
            for (std::size_t i = 0; row.moves && i < milestones.size(); ++i) {
                if (milestones[i].promise == row.moves) need.moves = static_cast<std::uint32_t>(i);
            }
        }
        needs.push_back(std::move(need));
    }
    // What is open and due first stands first; what needs no date after that, what is answered last.
    std::stable_sort(needs.begin(), needs.end(), [](const Need& a, const Need& b) {
        if (a.answered.has_value() != b.answered.has_value()) return !a.answered.has_value();
        return a.by.value_or(kLastDay) < b.by.value_or(kLastDay);
    });
    return needs;
}

Day last_finish(const plan::Baseline& baseline) {
    Day last = kFirstDay;
    for (const plan::BaselineRow& row : baseline.rows) last = std::max(last, finish_day(row));
    return last;
}

// Working days by which the agreement moved the last promised date, or the finish where nothing is promised.
std::optional<std::int64_t> days_moved(const Source& source, const change::Change& change,
                                       const std::vector<PlacedMilestone>& milestones) {
    const Step step = step_of(source.project, change.outcome.baseline);
    if (!step.before) return std::nullopt;
    for (auto at = milestones.rbegin(); at != milestones.rend(); ++at) {
        const plan::BaselineRow* before = row_of(*step.before, at->task);
        const plan::BaselineRow* after = row_of(*step.after, at->task);
        if (!at->promise || !before || !after) continue;
        return plan::working_days(source.project, finish_day(*before), finish_day(*after));
    }
    return plan::working_days(source.project, last_finish(*step.before), last_finish(*step.after));
}

std::vector<StatusChange> changes_of(const Source& source, const std::vector<PlacedMilestone>& milestones) {
    std::vector<StatusChange> changes;
    const IdSet<ChangeId> superseded = change::all_superseded(source.project);
    for (const change::Change& change : source.project.changes) {
        // What was superseded no longer counts: the one that took its place is there.
        if (!change.client_visible || superseded.contains(change.id)) continue;
        StatusChange out;
        out.number = std::max(change.number, 0);
        out.request = shown(change.request);
        if (change.state == change::State::Open) {
            out.on = change.asked_on;
            out.decide_by = change.decide_by;
        } else {
            out.on = change.outcome.on;
            out.by = shown(change.outcome.by);
        }
        if (change.state == change::State::Agreed) {
            out.state = ChangeState::Agreed;
            out.moved_days = days_moved(source, change, milestones);
            if (source.options.change_prices) out.price_minor = change.outcome.charge_minor;
        } else if (change.state == change::State::Declined) {
            out.state = ChangeState::Declined;
            out.effect = shown(change.outcome.text);
        }
        changes.push_back(std::move(out));
    }
    return changes;
}

// The exact words of what was agreed lately, newest first.
std::vector<AgreementNote> agreements_of(const Source& source) {
    std::vector<AgreementNote> notes;
    const IdSet<ChangeId> superseded = change::all_superseded(source.project);
    for (const change::Change& change : source.project.changes) {
        if (!change.client_visible || change.state != change::State::Agreed || change.outcome.text.empty()) continue;
        if (superseded.contains(change.id)) continue;
        if (source.recent(change.outcome.on)) {
            notes.push_back({shown(change.outcome.text), shown(change.outcome.by), change.outcome.on});
        }
    }
    std::stable_sort(notes.begin(), notes.end(),
                     [](const AgreementNote& a, const AgreementNote& b) { return a.on > b.on; });
    return notes;
}

}  // namespace

Result<Status> make_status(const Model& model, const plan::Project& project, const plan::Schedule& schedule,
                           const StatusOptions& options) {
    const Source source{model, project, schedule, options};
    const std::vector<PlacedMilestone> milestones = milestones_of(source);
    Status status;
    status.house = shown(model.house.name);
    status.project = shown(project.name);
    status.client = shown(project.client);
    status.sample = project.sample;
    status.currency = project.currency;
    if (options.contract_value) status.contract_value_minor = change::contract_value_minor(project);
    for (const PlacedMilestone& placed : milestones) status.milestones.push_back(placed.milestone);
    status.needs = needs_of(source, milestones);
    if (options.profile == Profile::Full) {
        status.tasks = tasks_of(source);
        status.changes = changes_of(source, milestones);
        // The words of an agreement may name its price.
        if (options.change_prices) status.agreements = agreements_of(source);
    }
    if (!valid(status)) {
        return fail(ErrorCode::TooLarge, msg("There is more in this project than a status can show."), project.name,
                    msg("Make fewer tasks visible to the client."));
    }
    return status;
}

}  // namespace entente::share
