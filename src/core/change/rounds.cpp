#include "core/change/rounds.hpp"

#include <algorithm>

#include "core/change/parts.hpp"
#include "core/lookup.hpp"
#include "core/money/query.hpp"

namespace entente::change {

std::vector<RoundsRow> rounds_rows(const Model& model, const plan::Project& project) {
    std::vector<RoundsRow> rows;
    for (const Rounds& rounds : project.rounds) {
        RoundsRow row;
        row.rounds = rounds.id;
        row.used = static_cast<std::int32_t>(rounds.used.size());
        row.included = rounds.included;
        row.left = std::max(0, row.included - row.used);
        row.next_is_extra = row.left == 0;
        for (const plan::Assignment& assignment : rounds.assignments) {
            const money::Rate rate = money::rate_of(model, project, assignment.role);
            const std::int64_t minutes = rounds.minutes * assignment.units_permille / 1000;
            const auto internal = times_minutes(rate.cost_per_hour_minor, minutes),
                       charge = times_minutes(rate.charge_per_hour_minor, minutes);
            row.internal_minor = checked_add(row.internal_minor, internal.value_or(0)).value_or(0);
            row.charge_minor = checked_add(row.charge_minor, charge.value_or(0)).value_or(0);
        }
        for (const Change& change : project.changes) {
            if (change.asks_round != rounds.id || superseded_by(project, change)) continue;
            const bool spent =
                std::any_of(rounds.used.begin(), rounds.used.end(), [&](const RoundUse& use) { return use.paid_by == change.id; });
            if (is_done(change.state) && !spent) row.paid = change.id;
            if (change.state == State::Open) row.asked = change.id;
        }
        rows.push_back(row);
    }
    return rows;
}

Change round_change(const plan::Project& project, const Rounds& rounds, ChangeId id, std::string request, std::string work_name,
                    Day asked_on, const std::function<std::uint64_t()>& next_id) {
    Change out;
    out.id = id;
    out.number = next_number(project);
    out.request = std::move(request);
    out.asked_on = asked_on;
    out.kind = Kind::Extra;
    out.asks_round = rounds.id;
    AddWork add;
    add.work.id = TaskId{next_id()};
    add.work.name = std::move(work_name);
    add.work.duration_minutes = rounds.minutes;
    add.work.assignments = rounds.assignments;
    add.work.client_visible = true;
    if (const plan::Task* task = find_task(project, rounds.task)) {
        add.work.stage = task->stage;
        add.work.parent = task->parent;
        const auto join = [&](TaskId from, TaskId to) {
            plan::Link link;
            link.id = LinkId{next_id()};
            link.from = from;
            link.to = to;
            add.links.push_back(link);
        };
        for (const plan::Link& link : project.links) {
            if (link.to == task->id) join(link.from, add.work.id);
        }
        join(add.work.id, task->id);
    }
    out.edits.emplace_back(std::in_place_type<AddWork>, std::move(add));
    return out;
}

}  // namespace entente::change
