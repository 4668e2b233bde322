// The card of the Workspace with the house's reminder ladder: how long an answer takes, and when which reminder goes out.
#pragma once

#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

void draw_ladder(const Frame& frame, Outbox& out, Flow& flow);

}  // namespace entente::ui
