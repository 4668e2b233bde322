// The rail at the left (rooms and save state) and the bar at the top (project, undo and redo, language, colours, lock).
#pragma once

#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"
#include "ui/widgets/rect.hpp"

namespace entente::ui {

void draw_rail(const Frame& frame, Outbox& out, Rect area);
void draw_top_bar(const Frame& frame, Outbox& out, Desk& desk, Rect area);

}  // namespace entente::ui
