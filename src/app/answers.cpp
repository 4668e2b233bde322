#include "app/answers.hpp"

#include "core/plan/schedule_touch.hpp"

namespace entente::app {

namespace {

// The P80 of an option or a scenario is worked out within a frame: some 10 ms for a plan of 1,000 tasks (risk/query.hpp).
constexpr std::size_t kMostRiskTasks = 1'000;

// The project a command names, where it names one.
template <class One>
ProjectId project_named(const One& one) {
    if constexpr (requires { one.project.id; }) {
        return one.project.id;
    } else if constexpr (requires { one.project; }) {
        return one.project;
    } else {
        return {};
    }
}

// Lengths, dates and progress: every task keeps its place in the outline, its name and its links.
bool keeps_shape(const Command& command) {
    const auto* edit = std::get_if<plan::Command>(&command);
    return edit && (std::holds_alternative<plan::SetDuration>(*edit) || std::holds_alternative<plan::SetConstraint>(*edit) ||
                    std::holds_alternative<plan::SetProgress>(*edit));
}

// `schedule` is the last one of this project; only what was touched is computed again.
ui::ProjectAnswers compute(const Model& model, const plan::Project& project, plan::Scheduler& scheduler,
                           const plan::Touched& touched, plan::Schedule schedule, Day today) {
    ui::ProjectAnswers out;
    out.contract_minor = change::contract_value_minor(project);
    if (auto updated = scheduler.update(project, touched, schedule); !updated) {
        out.problem = updated.error();
        return out;
    }
    out.schedule = std::move(schedule);
    out.promises = plan::promise_rows(project, out.schedule);
    out.decisions = plan::decision_rows(project, out.schedule, today);
    for (const change::Change& change : project.changes) {
        if (change.state == change::State::Open) out.impacts.emplace(change.id, change::impact(model, project, out.schedule, change));
    }
    return out;
}

// What an impact does to the P80 of each promise, where the plan is small enough.
template <class Id>
void add_p80(std::map<Id, std::vector<risk::P80Move>>& all, Id id, const Model& model, const plan::Project& project,
             const Result<change::Impact>& impact) {
    if (!impact || project.tasks.size() > kMostRiskTasks) return;
    if (auto moves = risk::impact_p80(project, impact->project_after, risk::spreads_of(model))) all.emplace(id, std::move(*moves));
}

}  // namespace

void Answers::touched(const Command& command) {
    const ProjectId project = std::visit(
        [](const auto& part) { return std::visit([](const auto& one) { return project_named(one); }, part); }, command);
    if (!keeps_shape(command)) shapes_.erase(project);
    if (project && project == std::exchange(adopted_, ProjectId{})) return;
    if (project) {
        touched_[project].add(plan::touched_by(command));
        if (const auto known = answers_.find(project); known != answers_.end()) set_aside(known);
    } else {
        set_all_aside();  // the house: rates price every open change
    }
}

void Answers::adopt(ProjectId project, plan::Scheduler scheduler, plan::Schedule schedule) {
    schedulers_.insert_or_assign(project, std::move(scheduler));
    schedules_.insert_or_assign(project, std::move(schedule));
    adopted_ = project;
}

void Answers::set_aside(std::map<ProjectId, ui::ProjectAnswers>::iterator known) {
    schedules_[known->first] = std::move(known->second.schedule);
    answers_.erase(known);
}

void Answers::set_all_aside() {
    while (!answers_.empty()) set_aside(answers_.begin());
}

void Answers::forget_all() {
    answers_.clear();
    schedulers_.clear();
    schedules_.clear();
    touched_.clear();
    shapes_.clear();
    adopted_ = {};
}

const std::map<ProjectId, ui::ProjectAnswers>& Answers::update(const Model& model, Day today) {
    if (today != today_) set_all_aside();
    today_ = today;
    std::erase_if(answers_, [&](const auto& entry) { return !find_project(model, entry.first); });
    std::erase_if(schedulers_, [&](const auto& entry) { return !find_project(model, entry.first); });
    std::erase_if(schedules_, [&](const auto& entry) { return !find_project(model, entry.first); });
    std::erase_if(touched_, [&](const auto& entry) { return !find_project(model, entry.first); });
    for (const plan::Project& project : model.projects) {
        if (answers_.contains(project.id)) continue;
        ui::ProjectAnswers& made =
            answers_.emplace(project.id, compute(model, project, schedulers_[project.id], touched_[project.id],
                                                 std::move(schedules_[project.id]), today)).first->second;
        touched_.erase(project.id);
        std::uint64_t& shape = shapes_[project.id];
        if (shape == 0) shape = ++next_shape_;
        made.shape = shape;
    }
    return answers_;
}

void Answers::look_at(const Model& model, const ui::Route& route) {
    const plan::Project* project = find_project(model, route.project);
    const auto found = answers_.find(route.project);
    if (!project || found == answers_.end() || found->second.problem) return;
    ui::ProjectAnswers& answers = found->second;
    const change::Change* looked_at = route.room == ui::Room::Changes ? find_change(*project, route.change) : nullptr;
    if (looked_at && looked_at->state == change::State::Open) {
        for (const change::Option& option : looked_at->options) {
            if (answers.options.contains(option.id)) continue;
            auto computed = change::option_impact(model, *project, answers.schedule, *looked_at, option);
            const auto& made = answers.options.emplace(option.id, std::move(computed)).first->second;
            add_p80(answers.option_p80, option.id, model, *project, made);
        }
    }
    if (route.room != ui::Room::Plan || route.view != ui::PlanView::Scenarios) return;
    const std::size_t count = project->scenarios.size();
    for (std::size_t i = 0; i < count; ++i) {
        const change::Scenario& scenario = project->scenarios[i];
        if (answers.scenarios.contains(scenario.id)) continue;
        change::Change asked;
        asked.kind = change::Kind::Extra;
        asked.edits = scenario.edits;
        const auto& made =
            answers.scenarios.emplace(scenario.id, change::impact(model, *project, answers.schedule, asked)).first->second;
        if (i + ui::kScenariosSideBySide >= count) add_p80(answers.scenario_p80, scenario.id, model, *project, made);
    }
}

const ui::ProjectAnswers* Answers::find(ProjectId id) const {
    const auto found = answers_.find(id);
    return found == answers_.end() ? nullptr : &found->second;
}

}  // namespace entente::app
