// Command: everything that can change a Model, as a variant of each feature's variant.
//
// check() may refuse with a reason a person can read and changes nothing. check_recorded() is the same without the terms of trade (a
// trade is even, a lower price is explained): they may become stricter, but what was accepted under older ones stays accepted when
// the record is replayed, and when a step is taken back or done again. apply() may not fail: call it only after one of the two
// agreed. inverse() is computed before apply and gives the command that takes it back, or none where there is no way back.
#pragma once

#include <optional>
#include <variant>

#include "base/result.hpp"
#include "core/change/command.hpp"
#include "core/house/command.hpp"
#include "core/model.hpp"
#include "core/money/command.hpp"
#include "core/plan/command.hpp"
#include "core/share/command.hpp"

namespace entente {

using Command = std::variant<house::Command, plan::Command, change::Command, share::Command, money::Command>;

Result<void> check(const Model& model, const Command& command);
Result<void> check_recorded(const Model& model, const Command& command);
std::optional<Command> inverse(const Model& model, const Command& command);
void apply(Model& model, const Command& command);

// "Moved picture lock +2 days": what the command does, for the undo notice and the journal. Reads the model before it.
Message describe(const Model& model, const Command& command);

}  // namespace entente
