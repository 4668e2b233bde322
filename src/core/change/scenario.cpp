#include "core/change/scenario.hpp"

#include <algorithm>
#include <unordered_map>

namespace entente::change {

namespace {

class Renamer {
public:
    Renamer(std::vector<PlanEdit>& edits, const std::function<std::uint64_t()>& next_id) : next_id_(next_id) {
        for (PlanEdit& edit : edits) {
            if (auto* reopen = std::get_if<Reopen>(&edit)) rename(reopen->work, reopen->links);
            if (auto* add = std::get_if<AddWork>(&edit)) {
                rename(add->work, add->links);
                if (add->client_decides) add->decision = DecisionId{next_id_()};
            }
            if (auto* drop = std::get_if<Drop>(&edit)) {
                for (plan::Link& link : drop->links) link.id = LinkId{next_id_()};
            }
        }
        // Edits may speak of work that another edit adds.
        for (PlanEdit& edit : edits) std::visit([this](auto& one) { follow(one); }, edit);
    }

private:
    void rename(plan::Task& work, std::vector<plan::Link>& links) {
        const TaskId fresh{next_id_()};
        tasks_[work.id] = fresh;
        work.id = fresh;
        for (plan::Link& link : links) link.id = LinkId{next_id_()};
    }
    void follow(TaskId& task) const {
        const auto found = tasks_.find(task);
        if (found != tasks_.end()) task = found->second;
    }
    void follow(std::vector<plan::Link>& links) const {
        for (plan::Link& link : links) {
            follow(link.from);
            follow(link.to);
        }
    }
    void follow(Lengthen& edit) const { follow(edit.task); }
    void follow(Crash& edit) const { follow(edit.task); }
    void follow(Constrain& edit) const { follow(edit.task); }
    void follow(AddWork& edit) const { follow(edit.links); }
    void follow(Drop& edit) const {
        follow(edit.task);
        follow(edit.links);
    }
    void follow(Reopen& edit) const {
        follow(edit.task);
        follow(edit.links);
    }

    const std::function<std::uint64_t()>& next_id_;
    std::unordered_map<TaskId, TaskId> tasks_;
};

}  // namespace

FloatSummary float_summary(const plan::Project& project, const plan::Schedule& schedule) {
    FloatSummary out;
    bool any = false;
    for (std::size_t i = 0; i < project.tasks.size() && i < schedule.rows.size(); ++i) {
        const plan::Task& task = project.tasks[i];
        if (task.kind == plan::TaskKind::Summary || !task.active || task.percent_done >= 100 || task.actual_finish) continue;
        out.critical += schedule.rows[i].critical ? 1 : 0;
        out.least_float_minutes =
            any ? std::min(out.least_float_minutes, schedule.rows[i].total_float_minutes) : schedule.rows[i].total_float_minutes;
        any = true;
    }
    return out;
}

std::vector<PlanEdit> with_new_ids(std::vector<PlanEdit> edits, const std::function<std::uint64_t()>& next_id) {
    Renamer(edits, next_id);
    return edits;
}

Change superseding(const plan::Project& project, const Change& old, ChangeId id, Day asked_on,
                   const std::function<std::uint64_t()>& next_id) {
    Change out = old;
    out.id = id;
    out.number = next_number(project);
    out.asked_on = asked_on;
    out.decide_by.reset();
    out.state = State::Open;
    out.outcome = Outcome{};
    out.edits = with_new_ids(outcome_edits(old, old.outcome), next_id);
    if (const Option* option = find_option(old, old.outcome.option)) {
        out.lines = option->lines;
        out.quality = option->quality;
    }
    out.options.clear();
    out.supersedes = old.id;
    // A round that was used stays paid for by the one it was recorded with.
    for (const Rounds& rounds : project.rounds) {
        for (const RoundUse& use : rounds.used) {
            if (use.paid_by == old.id) out.asks_round = RoundsId{};
        }
    }
    return out;
}

Change change_from(const plan::Project& project, const Scenario& scenario, ChangeId id, Day asked_on,
                   const std::function<std::uint64_t()>& next_id) {
    Change out;
    out.id = id;
    out.number = next_number(project);
    out.request = scenario.name;
    out.asked_on = asked_on;
    out.edits = with_new_ids(scenario.edits, next_id);
    return out;
}

}  // namespace entente::change
