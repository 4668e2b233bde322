// WidgetState: what the widgets of a shell remember between two frames, all of it transient: who has the keyboard, texts being
// typed, the list or calendar that is open, heights measured last time. Owned by Shell; Frame::widgets points to it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "ui/widgets/rect.hpp"

namespace entente::ui {

// The list of a select, laid over everything else.
struct OpenList {
    std::uint32_t owner = 0;
    std::uint32_t listbox = 0;       // its node, once it was drawn
    std::string name;
    std::vector<std::string> options;
    int selected = -1;
    int highlighted = 0;
    bool take_focus = true;
    Rect anchor;
};

// The month sheet of a date field.
struct OpenCalendar {
    std::uint32_t owner = 0;
    Day selected, shown, today;  // shown: some day of the month on show
    bool take_focus = true;
    Rect anchor;
    std::vector<bool> working;   // Monday first
};

struct WidgetState {
    std::uint32_t focused = 0;        // the node that has the keyboard; 0: none
    bool focused_is_text = false;
    bool keyboard = false;            // the last thing used was the keyboard: show the focus ring
    std::map<std::uint32_t, std::string> drafts;   // text typed into a field and not yet committed
    std::map<std::uint32_t, float> heights;        // content heights measured in the frame before
    std::set<std::uint32_t> ids;                   // given out in this frame

    std::optional<OpenList> list;
    std::optional<std::pair<std::uint32_t, int>> picked_option;
    std::optional<OpenCalendar> calendar;
    std::optional<std::pair<std::uint32_t, Day>> picked_day;

    bool dialog_open = false;         // a dialog is drawn in this frame: what is drawn outside it has no nodes
    bool in_dialog = false;
    std::uint32_t dialog = 0;         // the dialog that was open in the frame before
    std::uint32_t return_focus = 0;   // who had the keyboard when it opened
    bool focus_first = false;         // the next item that can takes the keyboard
    bool escape = false;              // Esc, from a key or from a field that had nothing to cancel

    Rect cover;                       // what a list or a calendar covered in the frame before
    Rect notice_cover;                // what the notice at the bottom covered in the frame before
    std::string tooltip;
    Rect tooltip_anchor;
    bool redraw = false;              // one more frame is wanted
};

}  // namespace entente::ui
