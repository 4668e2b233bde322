// WorkspacePanel: the house: its name, money, working days, rates, how the program looks, projects, and its safety.
#pragma once

#include <optional>
#include <string>

#include "ui/frame.hpp"
#include "ui/panels/calendar_card.hpp"
#include "ui/panels/desk.hpp"
#include "ui/panels/safety_card.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class WorkspacePanel {
public:
    void draw(const Frame& frame, Outbox& out, Desk& desk, Rect area);

private:
    // workspace_panel.cpp
    void projects(const Frame& frame, Outbox& out, Desk& desk, Flow& flow);
    void project_facts(const Frame& frame, Outbox& out, Flow& flow);
    void looks(const Frame& frame, Outbox& out, Flow& flow);
    // workspace_house.cpp
    void house(const Frame& frame, Outbox& out, Flow& flow);
    void rates(const Frame& frame, Outbox& out, Flow& flow);
    void calendar(const Frame& frame, Outbox& out, Flow& flow);
    void holidays(const Frame& frame, Outbox& out, Flow& flow);

    CalendarCard project_calendars_;
    SafetyCard safety_;
    std::string holiday_name_, role_name_;
    std::optional<Day> holiday_from_, holiday_to_;
};

// The card with the house's terms for changes (workspace_terms.cpp).
void draw_terms(const Frame& frame, Outbox& out, Flow& flow);

}  // namespace entente::ui
