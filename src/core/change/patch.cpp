// The exact way back: which tasks, links and decisions of a plan differ from another, and where they stand.
#include <algorithm>
#include <unordered_map>

#include "core/change/parts.hpp"
#include "core/lookup.hpp"

namespace entente::change {

namespace {

template <class T>
auto by_ids(const std::vector<T>& items) {
    std::unordered_map<decltype(T::id), const T*> out;
    out.reserve(items.size());
    for (const T& item : items) out.emplace(item.id, &item);
    return out;
}

// The ids that only `from` holds, and calls keep(place, item) for what only `to` holds or holds differently.
template <class T, class Keep>
auto compare(const std::vector<T>& from, const std::vector<T>& to, Keep keep) {
    std::vector<decltype(T::id)> out;
    const auto before = by_ids(from), after = by_ids(to);
    for (const T& item : from) {
        if (!after.contains(item.id)) out.push_back(item.id);
    }
    for (std::size_t i = 0; i < to.size(); ++i) {
        const auto was = before.find(to[i].id);
        if (was == before.end() || !(*was->second == to[i])) keep(i, to[i]);
    }
    return out;
}

template <class T, class IdType>
void take(std::vector<T>& items, const std::vector<IdType>& gone) {
    if (gone.empty()) return;
    const IdSet<IdType> going(gone);
    std::erase_if(items, [&](const T& item) { return going.contains(item.id); });
}

}  // namespace

PlanPatch patch_to(const plan::Project& from, const plan::Project& to) {
    PlanPatch out;
    out.tasks_out = compare(from.tasks, to.tasks, [&](std::size_t i, const plan::Task& task) { out.tasks.push_back({i, task}); });
    out.links_out = compare(from.links, to.links, [&](std::size_t i, const plan::Link& link) {
        out.links.push_back(link);
        out.link_places.push_back(i);
    });
    out.decisions_out = compare(from.decisions, to.decisions, [&](std::size_t i, const plan::ClientDecision& decision) {
        out.decisions.push_back(decision);
        out.decision_places.push_back(i);
    });
    return out;
}

void put_patch(plan::Project& project, const PlanPatch& patch) {
    take(project.tasks, patch.tasks_out);
    take(project.links, patch.links_out);
    take(project.decisions, patch.decisions_out);
    for (const plan::PlacedTask& one : patch.tasks) put(project.tasks, one.task, one.index);
    for (std::size_t i = 0; i < patch.links.size() && i < patch.link_places.size(); ++i)
        put(project.links, patch.links[i], patch.link_places[i]);
    for (std::size_t i = 0; i < patch.decisions.size() && i < patch.decision_places.size(); ++i)
        put(project.decisions, patch.decisions[i], patch.decision_places[i]);
}

}  // namespace entente::change
