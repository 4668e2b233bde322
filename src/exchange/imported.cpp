#include "exchange/imported.hpp"

namespace entente::exchange {

ImportCounts count_imported(const Imported& imported) {
    const plan::Project& project = imported.project;
    ImportCounts counts;
    for (const plan::Task& task : project.tasks) {
        switch (task.kind) {
            case plan::TaskKind::Task: ++counts.tasks; break;
            case plan::TaskKind::Milestone: ++counts.milestones; break;
            case plan::TaskKind::Summary: ++counts.summaries; break;
        }
        counts.assignments += static_cast<int>(task.assignments.size());
    }
    counts.links = static_cast<int>(project.links.size());
    counts.calendars = static_cast<int>(project.calendars.size());
    counts.roles = static_cast<int>(imported.new_roles.size());
    counts.baselines = static_cast<int>(project.baselines.size());
    counts.decisions = static_cast<int>(project.decisions.size());
    return counts;
}

}  // namespace entente::exchange
