// What a new workspace begins with: the house's name, a Monday-to-Friday calendar, a rate card and a signing key.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/command.hpp"
#include "platform/ports.hpp"

namespace entente::app {

// The commands that make it, in order. The rates are house defaults to be edited, not facts of the trade.
std::vector<Command> first_commands(const std::string& house_name, const std::function<std::uint64_t()>& next_id,
                                    platform::Random& random);

}  // namespace entente::app
