#include "core/command.hpp"

#include "core/rules.hpp"

namespace entente {

Result<void> check(const Model& model, const Command& command) {
    if (auto possible = check_recorded(model, command); !possible) return possible;
    if (const auto* change = std::get_if<change::Command>(&command)) return change::check_terms(model, *change);
    if (const auto* money = std::get_if<money::Command>(&command)) return money::check_terms(model, *money);
    return ok();
}

Result<void> check_recorded(const Model& model, const Command& command) {
    return std::visit([&](const auto& part) { return check(model, part); }, command);
}

std::optional<Command> inverse(const Model& model, const Command& command) {
    return std::visit([&](const auto& part) { return inverse(model, part); }, command);
}

void apply(Model& model, const Command& command) {
    std::visit([&](const auto& part) { apply(model, part); }, command);
}

Message describe(const Model& model, const Command& command) {
    return std::visit([&](const auto& part) { return describe(model, part); }, command);
}

}  // namespace entente
