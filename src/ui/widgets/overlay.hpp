// What lies over a room: dialogs, the list of a select, the month sheet of a date field, notices, explanations.
#pragma once

#include <string_view>

#include "ui/widgets/layout.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

// At the start and at the end of a shell's frame, inside its window. `dialog_open`: a Dialog will be drawn in this frame.
void begin_widgets(const Frame& frame, bool dialog_open);
void draw_overlays(const Frame& frame);
// Closes what is open on the uppermost layer (a list, a calendar); false where there was nothing.
bool close_overlay(const Frame& frame);

// A modal dialog in the middle of the canvas. Draw its content into `flow`. While one is
// drawn, nothing outside it has a node. `closed` is set where the person asked to close it (Esc, the cross).
class Dialog {
public:
    Dialog(const Frame& frame, const char* key, std::string_view title, float width_css);
    ~Dialog();
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;

    Flow flow;
    bool closed = false;

private:
    const Frame& frame_;
    std::uint32_t id_;
    Rect area_;
    float content_top_;
};

// A notice in the middle, `above_bottom` over the lower edge. True when Undo was pressed; `dismissed` when its cross was.
bool toast(const Frame& frame, const Toast& notice, float above_bottom, bool& dismissed);

}  // namespace entente::ui
