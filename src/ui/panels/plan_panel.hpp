// PlanPanel: the plan as a timeline or a table, the promises below, the selected task at the right. What is shown of it (filters, groups,
// what is closed) is the panel's own and ends with the project it is about; prints and files take the same rows.
#pragma once

#include <vector>

#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"
#include "ui/panels/risk_panel.hpp"
#include "ui/panels/scenario_panel.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/views/timeline.hpp"
#include "ui/views/timeline_rows.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {

class PlanPanel {
public:
    void draw(const Frame& frame, Outbox& out, Desk& desk, Rect area);

    // Esc belongs to a drag while one is under way.
    bool dragging() const { return timeline_.dragging(); }
    void cancel_drag() { timeline_.cancel_drag(); }

private:
    void toolbar(const Frame& frame, Outbox& out, Desk& desk, Rect area);
    void table(const Frame& frame, Outbox& out, Rect area);
    void order_rows(const Frame& frame);
    void timeline(const Frame& frame, Outbox& out, Rect area);
    float promises(const Frame& frame, Outbox& out, Rect area);
    // plan_filter.cpp: the strip below the toolbar; gives the height it takes.
    float filters(const Frame& frame, Rect area);
    void group_choice(const Frame& frame, Rect area);
    void stage_choice(const Frame& frame, Rect area);
    void print(const Frame& frame, Outbox& out);

    TimelineRows rows_;
    Timeline timeline_;
    TaskPanel task_;
    RiskPanel risk_;
    ScenarioPanel scenarios_;
    TableSort sort_;
    std::vector<int> order_;          // table: shown order, as rows of rows_
    TableSort ordered_by_;
    std::uint64_t ordered_sequence_ = ~std::uint64_t{0};
    ProjectId ordered_project_;
    TaskId last_selected_;
    bool all_promises_ = false;
    RowChoice choice_;
    bool filters_open_ = false;
    ProjectId choice_project_;
    std::uint64_t ordered_serial_ = 0, choice_serial_ = 0;  // the table's order was made for
};

}  // namespace entente::ui
