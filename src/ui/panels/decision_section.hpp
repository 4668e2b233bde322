// What we ask the client for, in the task panel: when to ask, which reminder is due on which day, the words ready to copy, what was
// sent, and what waits meanwhile. Each recording is one command.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/plan/decisions.hpp"
#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class DecisionSection {
public:
    // `row` is the decision's own; null where its dates are not known.
    void draw(const Frame& frame, Outbox& out, Flow& flow, const plan::ClientDecision& decision, const plan::DecisionRow* row);

private:
    void work_out(const Frame& frame, const plan::ClientDecision& decision, const plan::DecisionRow& row);
    void request(const Frame& frame, Outbox& out, Flow& flow, const plan::ClientDecision& decision, const plan::DecisionRow& row);
    void steps(const Frame& frame, Outbox& out, Flow& flow, const plan::ClientDecision& decision, const plan::DecisionRow& row);
    void waiting(const Frame& frame, Outbox& out, Flow& flow);

    // Worked out once for each decision and state of the workspace.
    std::uint64_t sequence_ = ~std::uint64_t{0};
    Day today_{-1};
    DecisionId decision_;
    plan::Chase chase_;
    std::vector<plan::Blocked> blocked_;
    bool steps_open_ = false, waiting_open_ = false;
};

// The words as they go into a mail: subject, then paragraphs.
std::string draft_text(const Frame& frame, const plan::Draft& draft);
// Copies the words of a request (no step) or a reminder.
void copy_words(const Frame& frame, Outbox& out, const plan::Project& project, const plan::ClientDecision& decision,
                const plan::DecisionRow& row, std::optional<house::LadderKind> step);
// "I sent it", today: the command that records it.
Command sent_command(ProjectId project, DecisionId decision, std::optional<house::LadderKind> step, Day today);

}  // namespace entente::ui
