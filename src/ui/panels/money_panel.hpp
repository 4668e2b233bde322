// MoneyPanel: what the project is sold for, has cost and will cost: budget and forecast by stage and role, costs and orders,
// fee proposals and their versions, rates. All of it is the house's own; only a proposal that is saved leaves it.
#pragma once

#include <optional>
#include <string>

#include "core/money/proposal.hpp"
#include "ui/frame.hpp"
#include "ui/panels/desk.hpp"
#include "ui/views/money.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class MoneyPanel {
public:
    void draw(const Frame& frame, Outbox& out, Desk& desk, Rect area);

private:
    struct CostDraft {
        bool hours = true;
        std::string stage, label;
        RoleId role;
        TaskId task;
        CommitmentId order;
        std::int64_t hours_hundredths = 100, minor = 0;
        std::optional<Day> day;
    };
    struct OrderDraft {
        std::string stage, label;
        std::int64_t minor = 0;
        bool open = false;
    };
    struct ForecastDraft {
        std::string stage, reason, by;
        RoleId role;
        std::int64_t minor = 0;
        bool open = false;
    };
    struct StepDraft {
        money::State state = money::State::Draft;  // Draft: nothing is being recorded
        std::string who, note;
        std::optional<Day> on;
    };

    // money_panel.cpp
    const Result<money::Report>& figures(const Frame& frame);
    void tiles(const Frame& frame, Flow& flow, const money::Report& report) const;
    void views(const Frame& frame, Outbox& out, Flow& flow);
    // money_budget.cpp
    void budget(const Frame& frame, Outbox& out, Flow& flow, const money::Report& report);
    void budget_tools(const Frame& frame, Outbox& out, Flow& flow);
    void budget_table(const Frame& frame, Flow& flow, const money::Report& report);
    void forecast_form(const Frame& frame, Outbox& out, Flow& flow, const money::Report& report);
    void budget_lines(const Frame& frame, Outbox& out, Flow& flow);
    void fixed_form(const Frame& frame, Outbox& out, Flow& flow);
    // money_costs.cpp
    void costs(const Frame& frame, Outbox& out, Flow& flow);
    void cost_form(const Frame& frame, Outbox& out, Flow& flow);
    void hours_fields(const Frame& frame, Flow& flow);
    void invoice_fields(const Frame& frame, Flow& flow);
    std::optional<money::Cost> drafted_cost(const Frame& frame) const;
    void cost_list(const Frame& frame, Outbox& out, Flow& flow);
    void orders(const Frame& frame, Outbox& out, Flow& flow);
    void order_form(const Frame& frame, Outbox& out, Flow& flow);
    // money_rates.cpp
    void rates(const Frame& frame, Outbox& out, Flow& flow);
    void card_roles(const Frame& frame, Outbox& out, Flow& flow, const money::RateCard* card);
    void agree_rates(const Frame& frame, Outbox& out, Flow& flow, const money::RateCard& card);
    void additions(const Frame& frame, Outbox& out, Flow& flow);
    // money_proposals.cpp
    void proposals(const Frame& frame, Outbox& out, Flow& flow);
    void versions(const Frame& frame, Outbox& out, Flow& flow);
    void version(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal);
    void version_head(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal);
    void version_steps(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal);
    void step_form(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal);
    void compare(const Frame& frame, Flow& flow, const money::Proposal& proposal);
    // money_builder.cpp
    void builder(const Frame& frame, Outbox& out, Flow& flow, const money::Proposal& proposal);
    void line_rows(const Frame& frame, Flow& flow, money::Proposal& next, bool& put, Outbox& out);
    void terms(const Frame& frame, Flow& flow, money::Proposal& next, bool& put);
    void lower_price(const Frame& frame, Flow& flow, money::Proposal& next, bool& put);
    void texts(const Frame& frame, Flow& flow, money::Proposal& next, bool& put);

    ProjectId project_;
    std::uint64_t sequence_ = ~std::uint64_t{0};
    std::optional<Result<money::Report>> figures_;
    bool by_role_ = false, lines_open_ = false, compare_open_ = false;
    std::string fixed_stage_, fixed_label_, agreed_by_;
    std::int64_t fixed_minor_ = 0;
    CostDraft cost_;
    OrderDraft order_;
    ForecastDraft forecast_;
    StepDraft step_;
    ProposalId shown_, other_;
};

}  // namespace entente::ui
