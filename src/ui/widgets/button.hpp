// Buttons, links, tabs, checkboxes. A name is always given; what is disabled says why.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "ui/widgets/item.hpp"
#include "ui/widgets/layout.hpp"
#include "ui/widgets/paint.hpp"

namespace entente::ui {

enum class Look : std::uint8_t { Normal, Primary, Quiet, Danger };

struct ButtonSpec {
    std::string_view label;         // what is written on it
    Look look = Look::Normal;
    const char* icon = nullptr;
    bool icon_after = false;        // as a select's arrow
    const char* shortcut = nullptr; // "Ctrl Z", shown small; aria_shortcut for machines
    const char* aria_shortcut = nullptr;
    std::string_view name = {};     // for a screen reader, where the label alone does not say it
    bool disabled = false;
    std::string_view reason = {};   // why it is disabled, or what it does: shown under the pointer
    bool pressed = false;           // a toggle that is on
    bool toggle = false;
    const char* key = nullptr;      // identity where labels repeat; the label otherwise
};

float button_height(const Frame& frame);
float button_width(const Frame& frame, const ButtonSpec& spec);
bool button(const Frame& frame, Rect area, const ButtonSpec& spec);
// Of its own width at the left (right) end of the row.
bool button(const Frame& frame, Row& row, const ButtonSpec& spec);
bool button_right(const Frame& frame, Row& row, const ButtonSpec& spec);
// A square with an icon only; `name` is its tooltip too.
bool icon_button(const Frame& frame, Rect area, const char* icon, std::string_view name, bool disabled = false,
                 const char* aria_shortcut = nullptr);

// Text that leads somewhere. True when it was followed.
bool link(const Frame& frame, Rect area, const ImFont* font, std::string_view label, const char* key = nullptr);

// One of several; gives the chosen index.
int segmented(const Frame& frame, Row& row, const char* key, std::string_view name,
              std::initializer_list<const char*> labels, int chosen);
float segmented_width(const Frame& frame, std::initializer_list<const char*> labels);

// True when it was switched over.
bool checkbox(const Frame& frame, Rect area, std::string_view label, bool checked, bool disabled = false);
float checkbox_width(const Frame& frame, std::string_view label);

}  // namespace entente::ui
