// Baselines: how the chosen task stands against them, in the task panel; and the dialog with all of them, what moved, and which
// agreed change moved it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/plan/variance.hpp"
#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

// Variance and attribution against one baseline, worked out once for each state of the plan.
class BaselineAnswers {
public:
    // Against the baseline with that id; the newest one where it is not there any more. False: the plan has none.
    bool update(const Frame& frame, BaselineId against);
    const plan::Baseline& baseline(const Frame& frame) const { return frame.project->baselines[index_]; }
    std::size_t index() const { return index_; }

    const std::vector<plan::VarianceRow>& rows(const Frame& frame);
    const std::vector<plan::MoveStory>& stories(const Frame& frame);
    std::int64_t gone(const Frame& frame) const { return plan::tasks_gone(*frame.project, baseline(frame)); }

private:
    std::uint64_t sequence_ = ~std::uint64_t{0};
    ProjectId project_;
    BaselineId against_;
    std::size_t index_ = 0;
    std::optional<std::vector<plan::VarianceRow>> rows_;
    std::optional<std::vector<plan::MoveStory>> stories_;
};

class BaselineSection {
public:
    void draw(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, std::size_t task);

private:
    BaselineAnswers newest_, first_;
};

// "Kept by hand", "CR-002, agreed with Mair Ellis": what made a baseline.
std::string baseline_source(const Frame& frame, const plan::Baseline& baseline);
// Keeps the plan as it stands, under that name; one a person can tell apart where it is empty.
Command keep_baseline(const Frame& frame, Outbox& out, std::string name);

void baselines_dialog(const Frame& frame, Outbox& out, Desk& desk);

}  // namespace entente::ui
