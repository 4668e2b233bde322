// Leaving a task out of the plan: whether it can be, and the links that lead past it.
#include <algorithm>
#include <set>

#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

using plan::LagUnit;
using plan::Link;
using plan::LinkKind;

bool leads_to_start(const Link& link) { return link.kind == LinkKind::FinishToStart || link.kind == LinkKind::StartToStart; }
bool leads_from_start(const Link& link) { return link.kind == LinkKind::StartToStart || link.kind == LinkKind::StartToFinish; }

// A share of the predecessor's length as the length it is.
Link measured(const plan::Project& project, Link link) {
    if (link.lag_unit != LagUnit::PercentOfPredecessor) return link;
    const plan::Task* from = find_task(project, link.from);
    link.lag_unit = from && from->elapsed ? LagUnit::Elapsed : LagUnit::Working;
    link.lag_minutes = from ? from->duration_minutes * link.lag_minutes / 100 : 0;
    return link;
}

// The lags of both, in the unit of the second where they differ.
void add_lags(const plan::Project& project, const Link& in, const Link& out, Link& made) {
    const Link after = measured(project, out);
    const Link& only = after.lag_minutes == 0 ? in : after;
    made.lag_unit = only.lag_unit;
    made.lag_minutes = only.lag_minutes;
    if (after.lag_minutes != 0) made.lag_minutes += measured(project, in).lag_minutes;
}

// The link that stands for the way through a task without length; none where the task's own length joined its ends.
std::optional<Link> past(const plan::Project& project, const Link& in, const Link& out) {
    if (!leads_to_start(in) && leads_from_start(out)) return std::nullopt;
    Link made;
    made.from = in.from;
    made.to = out.to;
    const bool to_start = leads_to_start(out);
    made.kind = leads_from_start(in) ? (to_start ? LinkKind::StartToStart : LinkKind::StartToFinish)
                                     : (to_start ? LinkKind::FinishToStart : LinkKind::FinishToFinish);
    add_lags(project, in, out, made);
    return made;
}

bool takes_part(const plan::Project& project, TaskId id) {
    const plan::Task* task = find_task(project, id);
    return task && task->active;
}

}  // namespace

Result<void> check_drop(const plan::Project& project, TaskId id) {
    const plan::Task* task = find_task(project, id);
    if (!task) return fail(ErrorCode::NotFound, msg("This task is no longer in the plan."));
    if (task->kind == plan::TaskKind::Summary) return refuse(msg("Leave out the tasks under a summary, not the summary."), task->name);
    if (!task->active) return refuse(msg("This task is left out already."), task->name);
    if (task->percent_done > 0 || task->actual_start) return refuse(msg("Work on this has begun; it cannot be left out."), task->name);
    const auto on_it = [id](const auto& one) { return one.task == id; };
    if (std::any_of(project.promises.begin(), project.promises.end(), on_it))
        return refuse(msg("We gave our word on this date; it cannot be left out."), task->name);
    if (std::any_of(project.decisions.begin(), project.decisions.end(), on_it))
        return refuse(msg("The client has a part in this; it cannot be left out."), task->name);
    return ok();
}

Drop make_drop(const plan::Project& project, TaskId id, const std::function<std::uint64_t()>& next_id) {
    Drop edit{id, {}};
    std::set<std::pair<TaskId, TaskId>> joined;
    for (const Link& link : project.links) joined.emplace(link.from, link.to);
    for (const Link& in : project.links) {
        if (in.to != id || !takes_part(project, in.from)) continue;
        for (const Link& out : project.links) {
            if (out.from != id || out.to == in.from || !takes_part(project, out.to)) continue;
            auto made = past(project, in, out);
            if (!made || !joined.emplace(made->from, made->to).second) continue;
            made->id = LinkId{next_id()};
            edit.links.push_back(*made);
        }
    }
    return edit;
}

}  // namespace entente::change
