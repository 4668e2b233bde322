// TimelineTrial: what a gesture would do, before it is done. A scratch copy of the project and its scheduler are made once, when a drag
// begins; each try applies one command to the copy, brings its schedule up to date and takes it back, so that a pointer can move freely.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model.hpp"
#include "ui/frame.hpp"

namespace entente::ui {

// A promise that would be reached on another day.
struct MovedPromise {
    std::string name;
    Day before, after, promised;
    std::int64_t days = 0;  // working days, later is positive
    plan::PromiseHealth health = plan::PromiseHealth::Kept;
};

struct TrialOutcome {
    std::optional<Error> refused;       // the rules or the scheduler say no; then the rest is empty
    plan::ScheduledTask task;           // the gesture's task as it would stand
    plan::Task changed;                 // its own values then
    std::vector<MovedPromise> moved;    // the worst first
    std::size_t promises = 0;           // that the project has, not counting those already kept
};

class TimelineTrial {
public:
    explicit TimelineTrial(const Frame& frame);

    // `task`: whose dates are asked for.
    TrialOutcome with(const Frame& frame, std::size_t task, const plan::Command& command);

private:
    Model model_;   // of one project
    plan::Scheduler scheduler_;
    plan::Schedule schedule_;
    plan::Touched taken_back_;   // since schedule_ was brought up to date
};

// Moves a task to a day: it starts not before it.
plan::Command held_to(const plan::Project& project, const plan::Task& task, const plan::ScheduledTask& at, Day day);
// The same by so many working days of the project, for those who do not drag.
plan::Command moved_by(const plan::Project& project, const plan::Task& task, const plan::ScheduledTask& at, std::int64_t days);

}  // namespace entente::ui
