// CutPanel: two versions of a cut side by side: what changed, what that costs in each discipline, and the change it makes of the plan.
//
// It stands in the place of the list of changes while frame.cuts is there.
#pragma once

#include <vector>

#include "core/cut/price.hpp"
#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class CutPanel {
public:
    void draw(const Frame& frame, Outbox& out, Rect area);

private:
    void files(const Frame& frame, Outbox& out, Flow& flow);
    void rate(const Frame& frame, Outbox& out, Flow& flow);
    void warnings(const Frame& frame, Flow& flow);
    void changes(const Frame& frame, Flow& flow);
    void work(const Frame& frame, Flow& flow, const std::vector<cut::WorkLine>& lines);
    void make(const Frame& frame, Outbox& out, Flow& flow, const std::vector<cut::WorkLine>& lines);

    TaskId lock_;   // the milestone to reopen; none: the likeliest
    bool all_warnings_ = false;
};

const char* cut_kind_word(const Frame& frame, cut::Kind kind);

// The house's figures for a changed cut, a card of the Workspace.
void draw_cut_rates(const Frame& frame, Outbox& out, Flow& flow);

}  // namespace entente::ui
