// The plan as a file for other programs: Microsoft Project XML, or a table.
#pragma once

#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

void export_card(const Frame& frame, Outbox& out, Flow& flow);

}  // namespace entente::ui
