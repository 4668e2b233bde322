// What moved and what moved it, in a sentence.
#include <algorithm>
#include <cstdlib>

#include "base/text.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/plan/variance.hpp"

namespace entente::plan {

namespace {

constexpr std::size_t kRequestBytes = 80;  // of a client's words inside a sentence

// "+3", with a real minus sign.
std::string signed_number(std::int64_t days) {
    if (days < 0) return "\u2212" + std::to_string(-days);
    return days == 0 ? "0" : "+" + std::to_string(days);
}

std::string shortened(std::string_view words) {
    words = trim(words);
    if (words.size() <= kRequestBytes) return std::string(words);
    return std::string(trim(truncate_utf8(words, kRequestBytes))) + "\u2026";
}

Message listed(const std::vector<Message>& parts) {
    Message out = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) out = msg("{0}, {1}", std::move(out), parts[i]);
    return out;
}

Message since_words(const Project& project, const MovePart& part) {
    if (part.movers.size() == 1) return msg("{0} since ({1})", signed_number(part.days), mover_words(project, part.movers.front()));
    std::vector<Mover> movers = part.movers;
    std::stable_sort(movers.begin(), movers.end(), [](const Mover& a, const Mover& b) { return std::abs(a.days) > std::abs(b.days); });
    std::vector<Message> parts;
    for (const Mover& mover : movers) parts.push_back(msg("{0} {1}", mover_words(project, mover), signed_number(mover.days)));
    return msg("{0} since ({1})", signed_number(part.days), listed(parts));
}

Message part_words(const Project& project, const MovePart& part) {
    if (!part.to) return since_words(project, part);
    if (const change::Change* change = by_id(project.changes, part.change))
        return msg("{0} by {1} ({2})", signed_number(part.days), change::display_number(change->number), shortened(change->request));
    const Baseline* made = by_id(project.baselines, part.to);
    return msg("{0} before “{1}” was kept", signed_number(part.days), made ? made->name : std::string());
}

}  // namespace

Message mover_words(const Project& project, const Mover& mover) {
    const Task* task = by_id(project.tasks, mover.task);
    const std::string name = task ? task->name : std::string();
    switch (mover.kind) {
        case MoverKind::Longer: return mover.done ? msg("“{0}” took longer", name) : msg("“{0}” takes longer", name);
        case MoverKind::Shorter: return mover.done ? msg("“{0}” took less time", name) : msg("“{0}” takes less time", name);
        case MoverKind::Later: return msg("“{0}” began later", name);
        case MoverKind::Sooner: return msg("“{0}” began sooner", name);
        case MoverKind::Placed: return msg("“{0}” was given another date", name);
        case MoverKind::Added: return msg("“{0}” was added", name);
        case MoverKind::StatusDate: return msg("work not done by the status date");
        case MoverKind::Other: break;
    }
    return msg("other edits to the plan");
}

Message story_sentence(const Project& project, const MoveStory& story) {
    const Task* task = by_id(project.tasks, story.task);
    const std::string name = task ? task->name : std::string();
    if (story.parts.empty()) return msg("“{0}” has not moved.", name);
    std::vector<Message> parts;
    for (const MovePart& part : story.parts) parts.push_back(part_words(project, part));
    if (story.days == 0) return msg("“{0}” stands where it stood: {1}.", name, listed(parts));
    const std::int64_t size = std::abs(story.days);
    return story.days > 0 ? msgn("“{0}” moved +{n} day: {1}.", "“{0}” moved +{n} days: {1}.", size, name, listed(parts))
                          : msgn("“{0}” moved −{n} day: {1}.", "“{0}” moved −{n} days: {1}.", size, name, listed(parts));
}

}  // namespace entente::plan
