// Whether a list of edits can go into a plan.
#include "core/change/parts.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::change {

namespace {

// The ids that an edit brings into the plan.
std::vector<std::uint64_t> new_ids(const PlanEdit& edit) {
    std::vector<std::uint64_t> ids;
    const auto from = [&](const plan::Task& work, const std::vector<plan::Link>& links) {
        ids.push_back(work.id.n);
        for (const plan::Link& link : links) ids.push_back(link.id.n);
    };
    if (const auto* reopen = std::get_if<Reopen>(&edit)) from(reopen->work, reopen->links);
    if (const auto* drop = std::get_if<Drop>(&edit)) {
        for (const plan::Link& link : drop->links) ids.push_back(link.id.n);
    }
    if (const auto* add = std::get_if<AddWork>(&edit)) {
        from(add->work, add->links);
        if (add->client_decides) ids.push_back(add->decision.n);
    }
    return ids;
}

}  // namespace

Result<void> check_crash(const PlanEdit& edit) {
    const auto* crash = std::get_if<Crash>(&edit);
    if (!crash) return ok();
    if (crash->saved_minutes < 0 || crash->saved_minutes > kMaxMinutes || crash->paid_minutes < 0 || crash->paid_minutes > kMaxMinutes)
        return refuse(msg("The length must lie between zero and 100 years."));
    if (crash->premium_permille < 0 || crash->premium_permille > kMaxPermille)
        return refuse(msg("A premium lies between nothing and ten times the rate."));
    return ok();
}

Result<void> check_edits(const Model& model, const plan::Project& project, const std::vector<PlanEdit>& edits) {
    for (const PlanEdit& edit : edits) {
        for (const std::uint64_t id : new_ids(edit)) {
            if (id == 0 || id_in_use(model, id)) return refuse(msg("This id is already in use."));
        }
        if (auto crash = check_crash(edit); !crash) return crash;
    }
    const auto after = with_edits(project, edits);
    if (!after) return tl::unexpected(after.error());
    return plan::check_structure(*after);
}

Result<void> check_edits(const Model& model, const plan::Project& project, const Change& change, const std::vector<PlanEdit>& edits) {
    if (!supersedes(project, change)) return check_edits(model, project, edits);
    return check_edits(model, plan_under(project, change), edits);
}

Result<void> check_patch(const Model& model, const plan::Project& project, const PlanPatch& patch) {
    if (patch.links.size() != patch.link_places.size() || patch.decisions.size() != patch.decision_places.size())
        return refuse(msg("This way back does not fit the plan."));
    plan::Project after = project;
    put_patch(after, patch);
    // What it brings is its own: an id that another thing has is refused.
    const auto fresh = [&](std::uint64_t id, const auto* before) { return id != 0 && (before || !id_in_use(model, id)); };
    bool own = true;
    for (const plan::PlacedTask& one : patch.tasks) own = own && fresh(one.task.id.n, by_id(project.tasks, one.task.id));
    for (const plan::Link& one : patch.links) own = own && fresh(one.id.n, by_id(project.links, one.id));
    for (const plan::ClientDecision& one : patch.decisions) own = own && fresh(one.id.n, by_id(project.decisions, one.id));
    if (!own) return refuse(msg("This id is already in use."));
    return plan::check_structure(after);
}

}  // namespace entente::change
