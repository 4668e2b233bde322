// PlanPanel: the plan as a timeline or a table, the promises below, the selected task at the right.
#pragma once

#include <vector>

#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"
#include "ui/panels/risk_panel.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/views/timeline.hpp"
#include "ui/views/timeline_rows.hpp"
#include "ui/widgets/table.hpp"

namespace entente::ui {

class PlanPanel {
public:
    void draw(const Frame& frame, Outbox& out, Desk& desk, Rect area);

private:
    void toolbar(const Frame& frame, Outbox& out, Desk& desk, Rect area);
    void table(const Frame& frame, Outbox& out, Rect area);
    void order_rows(const Frame& frame);
    void timeline(const Frame& frame, Outbox& out, Rect area);
    float promises(const Frame& frame, Outbox& out, Rect area);

    TimelineRows rows_;
    Timeline timeline_;
    TaskPanel task_;
    RiskPanel risk_;
    TableSort sort_;
    std::vector<int> order_;          // table: shown order, as rows of rows_
    TableSort ordered_by_;
    std::uint64_t ordered_sequence_ = ~std::uint64_t{0};
    ProjectId ordered_project_;
    TaskId last_selected_;
    bool all_promises_ = false;
};

}  // namespace entente::ui
