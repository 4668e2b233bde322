// Choosing what a new project begins from: nothing, or a template, with its length and its milestones shown before it is made.
#pragma once

#include <optional>

#include "core/plan/command.hpp"
#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

// The choice, and below it the plan that the draft would make.
void template_choice(const Frame& frame, Flow& flow, ProjectDraft& draft);

// The project of the chosen template in the language of the interface; none where nothing is chosen.
std::optional<plan::AddProject> project_from_template(const Frame& frame, Outbox& out, const ProjectDraft& draft);

}  // namespace entente::ui
