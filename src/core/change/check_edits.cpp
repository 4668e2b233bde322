// Whether a list of edits can go into a plan.
#include "core/change/parts.hpp"
#include "core/change/query.hpp"
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

}  // namespace entente::change
