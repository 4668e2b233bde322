#include "app/answers.hpp"

namespace entente::app {

namespace {

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

ui::ProjectAnswers compute(const Model& model, const plan::Project& project, plan::Scheduler& scheduler, Day today) {
    ui::ProjectAnswers out;
    out.contract_minor = change::contract_value_minor(project);
    auto schedule = scheduler.run(project);
    if (!schedule) {
        out.problem = schedule.error();
        return out;
    }
    out.schedule = std::move(*schedule);
    out.promises = plan::promise_rows(project, out.schedule);
    out.decisions = plan::decision_rows(project, out.schedule, today);
    for (const change::Change& change : project.changes) {
        if (change.state == change::State::Open) out.impacts.emplace(change.id, change::impact(model, project, change));
    }
    return out;
}

}  // namespace

void Answers::touched(const Command& command) {
    const ProjectId project = std::visit(
        [](const auto& part) { return std::visit([](const auto& one) { return project_named(one); }, part); }, command);
    if (!keeps_shape(command)) shapes_.erase(project);
    if (project) {
        answers_.erase(project);
    } else {
        answers_.clear();  // the house: rates price every open change
    }
}

void Answers::forget_all() {
    answers_.clear();
    schedulers_.clear();
    shapes_.clear();
}

const std::map<ProjectId, ui::ProjectAnswers>& Answers::update(const Model& model, Day today) {
    if (today != today_) answers_.clear();
    today_ = today;
    std::erase_if(answers_, [&](const auto& entry) { return !find_project(model, entry.first); });
    std::erase_if(schedulers_, [&](const auto& entry) { return !find_project(model, entry.first); });
    for (const plan::Project& project : model.projects) {
        if (answers_.contains(project.id)) continue;
        ui::ProjectAnswers& made = answers_.emplace(project.id, compute(model, project, schedulers_[project.id], today)).first->second;
        std::uint64_t& shape = shapes_[project.id];
        if (shape == 0) shape = ++next_shape_;
        made.shape = shape;
    }
    return answers_;
}

const ui::ProjectAnswers* Answers::find(ProjectId id) const {
    const auto found = answers_.find(id);
    return found == answers_.end() ? nullptr : &found->second;
}

}  // namespace entente::app
