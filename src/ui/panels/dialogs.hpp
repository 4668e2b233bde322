// The dialogs that any room may ask for through the Desk.
#pragma once

#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"

namespace entente::ui {

// Draws the one that is open, if any.
void draw_dialogs(const Frame& frame, Outbox& out, Desk& desk);

void request_dialog(const Frame& frame, Outbox& out, Desk& desk);
void outcome_dialog(const Frame& frame, Outbox& out, Desk& desk);
void project_dialog(const Frame& frame, Outbox& out, Desk& desk);
void task_dialog(const Frame& frame, Outbox& out, Desk& desk);
void removal_dialog(const Frame& frame, Outbox& out, Desk& desk);
void baselines_dialog(const Frame& frame, Outbox& out, Desk& desk);
void shortcuts_dialog(const Frame& frame, Desk& desk);

}  // namespace entente::ui
