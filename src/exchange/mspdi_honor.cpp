// "Tasks will always honor their constraint dates", switched off: where a link and a fixed or latest date cannot both be kept,
// Microsoft Project keeps the link (its help on scheduling options; HonorConstraints in the schema). A plan here always honours its
// constraints, so such a task gets what comes to the same: the link moves it, and the date that it should have met stays as its deadline.
#include <algorithm>

#include "core/plan/query.hpp"
#include "core/plan/schedule.hpp"
#include "exchange/mspdi_parts.hpp"

namespace entente::exchange {

namespace {

using plan::ConstraintKind;

bool is_hard(const plan::Task& task) {
    if (task.kind == plan::TaskKind::Summary || task.manual || task.actual_start) return false;
    const ConstraintKind kind = task.constraint.kind;
    return kind == ConstraintKind::MustStartOn || kind == ConstraintKind::MustFinishOn ||
           kind == ConstraintKind::StartNoLaterThan || kind == ConstraintKind::FinishNoLaterThan;
}

plan::Constraint softened(plan::Constraint hard) {
    switch (hard.kind) {
        case ConstraintKind::MustStartOn: return {ConstraintKind::StartNoEarlierThan, hard.at};
        case ConstraintKind::MustFinishOn: return {ConstraintKind::FinishNoEarlierThan, hard.at};
        default: return {};
    }
}

bool binds_finish(ConstraintKind kind) {
    return kind == ConstraintKind::MustFinishOn || kind == ConstraintKind::FinishNoLaterThan;
}

}  // namespace

void loosen_constraints(MspdiReading& reading, pugi::xml_node root) {
    plan::Project& project = reading.project();
    if (reading.xml.flag(root, "HonorConstraints", true) || std::none_of(project.tasks.begin(), project.tasks.end(), is_hard)) return;
    plan::Project soft = project;
    for (plan::Task& task : soft.tasks) {
        if (is_hard(task)) task.constraint = softened(task.constraint);
    }
    const Result<plan::Schedule> schedule = plan::compute_schedule(soft);
    if (!schedule) return;  // the same error is met, and told, with the constraints as they are
    std::int64_t loosened = 0;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        plan::Task& task = project.tasks[i];
        const plan::Constraint hard = task.constraint;
        const bool finish = binds_finish(hard.kind);
        const plan::ScheduledTask& row = schedule->rows[i];
        if (!is_hard(task) || (finish ? row.early_finish : row.early_start) <= hard.at) continue;
        const LocalMinute latest = finish ? hard.at : plan::clock_for(project, task).add(hard.at, task.duration_minutes);
        task.constraint = soft.tasks[i].constraint;
        task.deadline = task.deadline ? std::min(*task.deadline, latest) : latest;
        ++loosened;
    }
    if (loosened == 0) return;
    reading.problems.note(reading.xml.line(root),
                          msg("The file lets links move tasks past their fixed dates. {0} such dates became deadlines.", loosened));
}

}  // namespace entente::exchange
