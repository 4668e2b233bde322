// What can be done to the register of links: enter one. A link that left the house stays in it (no inverse).
#pragma once

#include <variant>

#include "base/id.hpp"
#include "core/share/model.hpp"

namespace entente::share {

struct Register { ProjectId project; IssuedLink link; };

using Command = std::variant<Register>;

}  // namespace entente::share
