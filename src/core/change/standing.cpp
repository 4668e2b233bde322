// What stands of all that was agreed: a change that was superseded stays on record, but neither its price nor its edits count.
#include "core/change/parts.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"

namespace entente::change {

IdSet<ChangeId> all_superseded(const plan::Project& project) {
    std::vector<ChangeId> ids;
    for (const Change& one : project.changes) {
        if (one.supersedes && is_done(one.state)) ids.push_back(one.supersedes);
    }
    return IdSet<ChangeId>(std::move(ids));
}

const Change* superseded_by(const plan::Project& project, const Change& change) {
    for (const Change& one : project.changes) {
        if (one.supersedes == change.id && is_done(one.state)) return &one;
    }
    return nullptr;
}

const Change* supersedes(const plan::Project& project, const Change& change) {
    if (!change.supersedes || change.supersedes == change.id) return nullptr;
    const Change* old = find_change(project, change.supersedes);
    if (!old || !is_done(old->state)) return nullptr;
    const Change* newer = superseded_by(project, *old);
    return !newer || newer->id == change.id ? old : nullptr;
}

plan::Project plan_under(const plan::Project& project, const Change& change) {
    const Change* old = supersedes(project, change);
    return old ? without_edits(project, outcome_edits(*old, old->outcome)) : project;
}

Result<plan::Project> done(const plan::Project& project, const Change& change, const Outcome& outcome) {
    return with_edits(plan_under(project, change), outcome_edits(change, outcome));
}

Result<plan::Project> undone(const plan::Project& project, const Change& change) {
    plan::Project before = without_edits(project, outcome_edits(change, change.outcome));
    const Change* old = supersedes(project, change);
    if (!old) return before;
    return with_edits(std::move(before), outcome_edits(*old, old->outcome));
}

std::int64_t contract_value_minor(const plan::Project& project) {
    const IdSet<ChangeId> replaced = all_superseded(project);
    std::int64_t value = project.base_fee_minor;
    for (const Change& change : project.changes) {
        // Agreeing refuses a sum that would overflow, so the sum of what was agreed does not.
        if (change.state == State::Agreed && !replaced.contains(change.id)) value += change.outcome.charge_minor;
    }
    return value;
}

std::int64_t goodwill_minor(const plan::Project& project) {
    const IdSet<ChangeId> replaced = all_superseded(project);
    std::int64_t sum = 0;
    for (const Change& change : project.changes) {
        // Absorbing refuses what would overflow.
        if (change.state == State::Absorbed && !replaced.contains(change.id)) sum += change.outcome.goodwill_minor;
    }
    return sum;
}

}  // namespace entente::change
