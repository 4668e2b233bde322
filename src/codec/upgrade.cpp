#include "codec/upgrade.hpp"

#include <optional>
#include <string>
#include <variant>

namespace entente::codec {

namespace {

constexpr std::string_view kMark = "rounds:";

// The rounds that a note marks its work with; none where it is another note.
std::optional<RoundsId> marked(const std::string& note) {
    if (note.size() <= kMark.size() || note.size() > kMark.size() + 20 || note.compare(0, kMark.size(), kMark) != 0) return std::nullopt;
    std::uint64_t n = 0;
    for (const char c : note.substr(kMark.size())) {
        if (c < '0' || c > '9') return std::nullopt;
        n = n * 10 + static_cast<std::uint64_t>(c - '0');
    }
    // As it was written, and no other number: no zeros before it, no overflow.
    if (n == 0 || std::string(kMark) + std::to_string(n) != note) return std::nullopt;
    return RoundsId{n};
}

void unmark(plan::Task& task) {
    if (marked(task.note)) task.note.clear();
}

// Gives the last rounds that an edit of the list is marked with.
RoundsId unmark(std::vector<change::PlanEdit>& edits) {
    RoundsId found;
    for (change::PlanEdit& edit : edits) {
        auto* add = std::get_if<change::AddWork>(&edit);
        if (!add) continue;
        if (const auto rounds = marked(add->work.note)) found = *rounds;
        unmark(add->work);
    }
    return found;
}

void upgrade(change::Change& change) {
    if (const RoundsId found = unmark(change.edits)) change.asks_round = found;
    for (change::Option& option : change.options) unmark(option.edits);
}

void upgrade(money::Proposal& proposal) { proposal.contingency_shown = proposal.contingency_basis_points != 0; }

void upgrade(plan::Project& project) {
    for (plan::Task& task : project.tasks) unmark(task);
    for (change::Change& change : project.changes) upgrade(change);
    for (change::Scenario& scenario : project.scenarios) unmark(scenario.edits);
    for (money::Proposal& proposal : project.money.proposals) upgrade(proposal);
}

template <class Other>
void upgrade_one(Other&) {}
void upgrade_one(plan::AddProject& command) { upgrade(command.project); }
void upgrade_one(plan::RestoreProject& command) { upgrade(command.project); }
void upgrade_one(plan::InsertTasks& command) {
    for (plan::PlacedTask& placed : command.tasks) unmark(placed.task);
}
void upgrade_one(change::PutChange& command) { upgrade(command.change); }
void upgrade_one(money::PutProposal& command) { upgrade(command.proposal); }
void upgrade_one(change::PutScenario& command) { unmark(command.scenario.edits); }

}  // namespace

void upgrade(Entry& entry, std::uint16_t schema) {
    if (schema >= 3) return;
    std::visit([](auto& feature) { std::visit([](auto& one) { upgrade_one(one); }, feature); }, entry.command);
}

void upgrade(Model& model, std::uint16_t schema) {
    if (schema >= 3) return;
    for (plan::Project& project : model.projects) upgrade(project);
}

}  // namespace entente::codec
