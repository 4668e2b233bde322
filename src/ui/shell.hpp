// Shell: the whole canvas of the opened workspace: rail, top bar, the room the route names, and what lies over it (import
// preview, dialogs, lists, notices). It owns what is transient in every panel and nothing else.
//
// draw() covers Frame::width x Frame::height and must run between ImGui::NewFrame() and ImGui::Render(), between
// Semantics::begin_frame() and end_frame(). It fills no background: the renderer clears to Theme::palette.bg. Before the first
// draw, and again whenever the scale changes, the app calls build_fonts() and apply_style() (theme/theme.hpp) and uploads the
// font atlas. Keys: Ctrl+Z, Ctrl+Shift+Z, Ctrl+Y, Ctrl+S, Alt+1..6, ?, Esc and F8 (theme) are handled here; all others and
// Ctrl with + - 0 are the browser's.
#pragma once

#include <memory>

#include "ui/frame.hpp"

namespace entente::ui {

class Shell {
public:
    Shell();
    ~Shell();
    Shell(Shell&&) noexcept;
    Shell& operator=(Shell&&) noexcept;

    void draw(const Frame& frame, Outbox& out);
    // Drops every draft and open dialog: the workspace was locked.
    void forget();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace entente::ui
