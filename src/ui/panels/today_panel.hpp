// Today: the short list of what needs a person now. Each line leads to where it is dealt with.
#pragma once

#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"
#include "ui/widgets/rect.hpp"

namespace entente::ui {

struct TodayPanel {
    void draw(const Frame& frame, Outbox& out, Desk& desk, Rect area);
};

// Where there is no project yet: import one, start one, or try the sample. Shared by the rooms.
void draw_no_project(const Frame& frame, Outbox& out, Desk& desk, Rect area);
// Where the plan cannot be computed: the reason, and where to look.
bool draw_problem(const Frame& frame, Rect area);

}  // namespace entente::ui
