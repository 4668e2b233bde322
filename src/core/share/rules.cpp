#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::share {

namespace {

Result<void> check_one(const Model& model, const Register& command) {
    const auto project = need_project(model, command.project);
    if (!project) return tl::unexpected(project.error());
    const IssuedLink& link = command.link;
    if (!link.id || id_in_use(model, link.id.n)) return refuse(msg("This id is already in use."));
    if (auto to = check_text(link.to); !to) return to;
    if (link.fragment.empty() || link.fragment.size() > kMaxText) return refuse(msg("The link is empty or too long."));
    if (link.expires < link.issued) return refuse(msg("A link cannot expire before it is made."));
    if ((*project)->issued.size() >= kMaxListed) return refuse(msg("The register of links is full."));
    return ok();
}

}  // namespace

Result<void> check(const Model& model, const Command& command) { return check_one(model, std::get<Register>(command)); }

// A link that left the house cannot be called back: the register keeps it.
std::optional<entente::Command> inverse(const Model&, const Command&) { return std::nullopt; }

void apply(Model& model, const Command& command) {
    const auto& entry = std::get<Register>(command);
    by_id(model.projects, entry.project)->issued.push_back(entry.link);
}

Message describe(const Model&, const Command& command) {
    const auto& entry = std::get<Register>(command);
    return entry.link.to.empty() ? msg("Made a status link") : msg("Made a status link for {0}", entry.link.to);
}

}  // namespace entente::share
