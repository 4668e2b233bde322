// TaskPanel: everything about the selected task: its dates and why they are what they are, what the client owes, the promise,
// and every edit that the timeline's drags can make, without dragging.
#pragma once

#include <string>

#include "ui/frame.hpp"
#include "ui/panels/baseline_section.hpp"
#include "ui/panels/decision_section.hpp"
#include "ui/panels/desk.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

struct TaskPanel {
    void draw(const Frame& frame, Outbox& out, Desk& desk, Rect area);

private:
    struct At {
        const plan::Project& project;
        const plan::Task& task;
        const plan::ScheduledTask& dates;
    };
    // task_panel.cpp
    void head(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    void figures(const Frame& frame, Flow& flow, const At& at);
    void why(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    void why_sentence(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    void acts(const Frame& frame, Outbox& out, Desk& desk, Flow& flow, const At& at);
    // task_edit.cpp
    void promise(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    void client(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    void details(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    // risk_estimate.cpp
    void estimate(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    void constraint(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    void roles(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    // task_links.cpp
    void links(const Frame& frame, Outbox& out, Flow& flow, const At& at);
    void link_row(const Frame& frame, Outbox& out, Flow& flow, const At& at, const plan::Link& link, bool before);
    void add_link(const Frame& frame, Outbox& out, Flow& flow, const At& at);

    // Worked out once for each task and state of the plan.
    std::vector<plan::WhyStep> why_steps_;
    std::uint64_t why_sequence_ = ~std::uint64_t{0};
    TaskId why_task_;
    std::string why_start_, why_finish_;
    Language why_language_ = Language::English;
    DecisionSection decision_;
    BaselineSection baselines_;
    TaskId shown_;
    bool all_why_ = false, why_of_start_ = false, edit_open_ = true, links_open_ = false, roles_open_ = false;
};

// Another task of the same plan, with the edit that `minutes` more or less working time makes.
plan::Command lengthened(const plan::Project& project, const plan::Task& task, std::int64_t minutes);
// "Choose a task": a select over all tasks but `without`. Gives the chosen one.
std::optional<TaskId> task_select(const Frame& frame, Rect area, std::string_view name, const plan::Project& project, TaskId chosen,
                                  TaskId without, bool summaries = false);

}  // namespace entente::ui
