#include "app/answers.hpp"

#include <algorithm>

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

// The places of the tasks whose rows are others than before, or that were edited themselves; ascending.
std::vector<std::uint32_t> changed_places(const plan::Project& project, const plan::Scheduler& scheduler, const plan::Touched& touched) {
    std::vector<std::uint32_t> places = scheduler.changed();
    for (const TaskId id : touched.tasks) {
        const plan::Task* task = find_task(project, id);
        if (!task) continue;
        const auto place = static_cast<std::uint32_t>(task - project.tasks.data());
        const auto at = std::lower_bound(places.begin(), places.end(), place);
        if (at == places.end() || *at != place) places.insert(at, place);
    }
    return places;
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
    kept_.insert_or_assign(project, Kept{std::move(schedule), {}});
    adopted_ = project;
}

void Answers::set_aside(std::map<ProjectId, ui::ProjectAnswers>::iterator known) {
    kept_[known->first] = {std::move(known->second.schedule), std::move(known->second.promises)};
    answers_.erase(known);
}

void Answers::set_all_aside() {
    while (!answers_.empty()) set_aside(answers_.begin());
}

void Answers::forget_all() {
    answers_.clear();
    schedulers_.clear();
    kept_.clear();
    touched_.clear();
    shapes_.clear();
    adopted_ = {};
}

// Only what was touched since the last answers of this project is computed again.
ui::ProjectAnswers Answers::compute(const Model& model, const plan::Project& project) {
    const auto kept = kept_.extract(project.id);
    const auto touched_then = touched_.extract(project.id);
    const plan::Touched touched = touched_then ? touched_then.mapped() : plan::Touched{};
    plan::Scheduler& scheduler = schedulers_[project.id];
    ui::ProjectAnswers out;
    out.contract_minor = change::contract_value_minor(project);
    plan::Schedule schedule = kept ? std::move(kept.mapped().schedule) : plan::Schedule{};
    if (auto updated = scheduler.update(project, touched, schedule); !updated) {
        out.problem = updated.error();
        return out;
    }
    out.schedule = std::move(schedule);
    if (kept && shapes_.contains(project.id) && kept.mapped().promises.size() == project.promises.size()) {
        out.promises = std::move(kept.mapped().promises);
        plan::update_promise_rows(project, out.schedule, changed_places(project, scheduler, touched), out.promises);
    } else {
        out.promises = plan::promise_rows(project, out.schedule);
    }
    out.decisions = plan::decision_rows(project, out.schedule, today_);
    for (const change::Change& change : project.changes) {
        if (change.state == change::State::Open) out.impacts.emplace(change.id, change::impact(model, project, out.schedule, change));
    }
    return out;
}

const std::map<ProjectId, ui::ProjectAnswers>& Answers::update(const Model& model, Day today) {
    if (today != today_) set_all_aside();
    today_ = today;
    std::erase_if(answers_, [&](const auto& entry) { return !find_project(model, entry.first); });
    std::erase_if(schedulers_, [&](const auto& entry) { return !find_project(model, entry.first); });
    std::erase_if(kept_, [&](const auto& entry) { return !find_project(model, entry.first); });
    std::erase_if(touched_, [&](const auto& entry) { return !find_project(model, entry.first); });
    for (const plan::Project& project : model.projects) {
        if (answers_.contains(project.id)) continue;
        ui::ProjectAnswers& made = answers_.emplace(project.id, compute(model, project)).first->second;
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
