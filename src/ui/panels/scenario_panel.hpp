// ScenarioPanel: "what if" beside the live plan. Scenarios stand side by side: each promise, the finish, money and float; the one
// that is chosen can be edited, made a change, or dropped. Nothing of it touches the plan.
#pragma once

#include "ui/frame.hpp"
#include "ui/panels/plan_edits.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class ScenarioPanel {
public:
    void draw(const Frame& frame, Outbox& out, Rect area);

private:
    void top(const Frame& frame, Outbox& out, Flow& flow);
    void comparison(const Frame& frame, Flow& flow);
    void chooser(const Frame& frame, Flow& flow);
    void chosen(const Frame& frame, Outbox& out, Flow& flow, const change::Scenario& scenario);
    void add(const Frame& frame, Outbox& out);

    ScenarioId chosen_;
    PlanEdits edits_;
};

}  // namespace entente::ui
