// Words, amounts and choices that the views of the Money room share.
#pragma once

#include <string>
#include <vector>

#include "core/money/proposal.hpp"
#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

std::string amount(const Frame& frame, std::int64_t minor);        // with pence
std::string short_amount(const Frame& frame, std::int64_t minor);  // pence only where there are some
// "37.5 % of the contract"; empty where there is none.
std::string margin_text(const Frame& frame, const money::Margin& margin);
// "Edit"; "No stage".
std::string stage_name(const Frame& frame, const std::string& stage);
// "Editor"; none: "Fixed costs".
std::string role_name(const Frame& frame, RoleId role);
Status proposal_status(const Frame& frame, const money::Book& book, const money::Proposal& proposal);
// What is left of a budget: a shape and a colour beside the figure.
Status variance_status(const Frame& frame, std::int64_t minor);
// The stages the plan and the money know, in the plan's order.
std::vector<std::string> known_stages(const plan::Project& project);
// One of them, or none; true where `stage` changed.
bool stage_select(const Frame& frame, Rect area, std::string& stage, const char* key = nullptr);
bool role_select(const Frame& frame, Rect area, RoleId& role, const char* key = nullptr);
// A pair of words and amount in one line, for summaries.
void amount_row(const Frame& frame, Flow& flow, std::string_view words, std::string_view figure,
                bool strong = false);
Command money_command(money::Command command);

}  // namespace entente::ui
