// Answers: schedules, promises, decisions and impacts of every project, computed when they are asked for and kept until
// something they rest on has changed.
#pragma once

#include <map>

#include "core/command.hpp"
#include "ui/frame.hpp"

namespace entente::app {

class Answers {
public:
    // A command was applied: forget what it may have changed.
    void touched(const Command& command);
    // The project whose command comes next was scheduled before it was added: as `schedule`, by `scheduler`.
    void adopt(ProjectId project, plan::Scheduler scheduler, plan::Schedule schedule);
    void forget_all();

    // Brings every project's answers up to date. `today` decides what is overdue.
    const std::map<ProjectId, ui::ProjectAnswers>& update(const Model& model, Day today);
    // Adds what only the place that is looked at needs: the impacts of a change's options, or of the scenarios.
    void look_at(const Model& model, const ui::Route& route);
    const std::map<ProjectId, ui::ProjectAnswers>& all() const { return answers_; }
    const ui::ProjectAnswers* find(ProjectId id) const;

private:
    // Answers that are out of date go, but for what is kept.
    void set_aside(std::map<ProjectId, ui::ProjectAnswers>::iterator known);
    void set_all_aside();
    ui::ProjectAnswers compute(const Model& model, const plan::Project& project);

    // What is still of use of answers that were set aside: brought up to date where it was touched.
    struct Kept {
        plan::Schedule schedule;
        std::vector<plan::PromiseRow> promises;
    };

    std::map<ProjectId, ui::ProjectAnswers> answers_;
    std::map<ProjectId, plan::Scheduler> schedulers_;
    std::map<ProjectId, Kept> kept_;
    std::map<ProjectId, plan::Touched> touched_;  // since the schedule was computed
    ProjectId adopted_;
    std::map<ProjectId, std::uint64_t> shapes_;  // ProjectAnswers::shape
    std::uint64_t next_shape_ = 0;
    Day today_{-1};
};

}  // namespace entente::app
