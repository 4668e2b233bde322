// RiskPanel: how likely the plan's dates are: each promise against its P80, how the finishes spread, what drives that, and the house's
// figures it rests on where a task has no estimate of its own. Read from Frame::risk, which is worked out while this is shown.
#pragma once

#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

class RiskPanel {
public:
    void draw(const Frame& frame, Outbox& out, Rect area);

private:
    void head(const Frame& frame, Outbox& out, Flow& flow);
    void basis(const Frame& frame, Flow& flow, const risk::Findings& found);
    void meter(const Frame& frame, Flow& flow, const risk::Finish& finish);
    void spread(const Frame& frame, Outbox& out, Flow& flow, const risk::Findings& found);
    void bars(const Frame& frame, Flow& flow, const risk::Finish& finish, const std::string& name);
    void drivers(const Frame& frame, Outbox& out, Flow& flow, const risk::Findings& found, const risk::Finish& finish);
    void milestones(const Frame& frame, Outbox& out, Flow& flow, const risk::Findings& found);
    // risk_figures.cpp
    void figures(const Frame& frame, Outbox& out, Flow& flow);
    void figure_row(const Frame& frame, Outbox& out, Flow& flow, const std::vector<risk::Spread>& spreads, std::size_t index);
    void calibration(const Frame& frame, Outbox& out, Flow& flow, const std::vector<risk::Spread>& spreads);

    TaskId chosen_;                   // the finish whose spread is shown; none: the project's
    bool figures_open_ = false;
};

}  // namespace entente::ui
