#include "ui/panels/money_panel.hpp"

#include <algorithm>
#include <cmath>

#include "report/proposal.hpp"
#include "ui/panels/today_panel.hpp"

namespace entente::ui {

const Result<money::Report>& MoneyPanel::figures(const Frame& frame) {
    if (!figures_ || sequence_ != frame.session.sequence() || project_ != frame.project->id) {
        if (project_ != frame.project->id) *this = MoneyPanel{};
        project_ = frame.project->id;
        sequence_ = frame.session.sequence();
        figures_ = money::report(frame.model, *frame.project);
    }
    return *figures_;
}

void MoneyPanel::tiles(const Frame& frame, Flow& flow, const money::Report& report) const {
    const std::string contract = short_amount(frame, report.contract_minor),
                      spent = short_amount(frame, report.total.actual_minor),
                      forecast = short_amount(frame, report.total.forecast_minor),
                      margin = short_amount(frame, report.at_forecast.minor),
                      goodwill = short_amount(frame, report.absorbed_minor + report.price_goodwill_minor);
    const std::string contract_more = frame.text(msg("fee {0} + {1} agreed",
                                                     short_amount(frame, report.base_fee_minor),
                                                     short_amount(frame, report.agreed_changes_minor)));
    const std::string spent_more = frame.text(
        msg("and {0} ordered", short_amount(frame, report.total.committed_minor)));
    const Status over{
        report.total.variance_minor < 0 ? Shape::Triangle : Shape::Tick,
        report.total.variance_minor < 0 ? Tone::Bad : Tone::Ok,
        report.total.variance_minor < 0
            ? frame.text(msg("{0} over the budget", short_amount(frame, -report.total.variance_minor)))
            : frame.text(msg("{0} within the budget", short_amount(frame, report.total.variance_minor)))};
    std::string margin_more = margin_text(frame, report.at_forecast);
    if (report.at_budget) {
        const std::string at_budget = frame.text(
            msg("{0} at the budget", short_amount(frame, report.at_budget->minor)));
        margin_more += (margin_more.empty() ? "" : ", ") + at_budget;
    }
    const std::string goodwill_more = frame.text(msg("changes {0}, off the price {1}",
                                                     short_amount(frame, report.absorbed_minor),
                                                     short_amount(frame, report.price_goodwill_minor)));
    StatSpec forecast_stat{frame.tr("Forecast at completion"), forecast};
    if (report.at_budget)
        forecast_stat.status = over;
    else
        forecast_stat.below = frame.tr("no budget yet");
    {
        Card card(frame, flow, "tiles");
        const int columns = card.flow.w > frame.px(900) ? 5 : card.flow.w > frame.px(560) ? 3 : 2;
        stats(frame, card.flow,
              {{frame.tr("Contract value, ex VAT"), contract, contract_more},
               {frame.tr("Cost to date"), spent, spent_more},
               forecast_stat,
               {frame.tr("Margin at the forecast"), margin, margin_more},
               {frame.tr("Goodwill given"), goodwill, goodwill_more}},
              columns);
    }
    flow.gap(frame.px(16));
}

void MoneyPanel::views(const Frame& frame, Outbox& out, Flow& flow) {
    Row row(flow, button_height(frame), frame.px(8));
    const int chosen = segmented(
        frame, row, "views", frame.tr("What to look at"),
        {frame.tr("Budget"), frame.tr("Costs"), frame.tr("Proposals"), frame.tr("Rates")},
        static_cast<int>(frame.route.money));
    if (chosen != static_cast<int>(frame.route.money)) {
        Route route = frame.route;
        route.money = static_cast<MoneyView>(chosen);
        route.proposal = ProposalId{};
        out.go(route);
    }
    flow.gap(frame.px(16));
}

void MoneyPanel::draw(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    if (!frame.project) return draw_no_project(frame, out, desk, area);
    const Result<money::Report>& found = figures(frame);
    ScrollArea scroll(frame, "##money", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(24);
    flow.w -= frame.px(48);
    flow.gap(frame.px(20));
    heading(frame, flow, 1, frame.tr("Money"));
    paragraph(
        frame, flow,
        frame.tr(
            "What it is sold for, what it has cost and what it will cost. The client sees none of this."),
        Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(16));
    if (!found) {
        banner(frame, flow, {Shape::Square, Tone::Bad, frame.text(found.error().what)},
               frame.text(found.error().remedy));
        flow.gap(frame.px(16));
    } else {
        tiles(frame, flow, *found);
    }
    views(frame, out, flow);
    switch (frame.route.money) {
        case MoneyView::Budget:
            if (found) budget(frame, out, flow, *found);
            break;
        case MoneyView::Costs: costs(frame, out, flow); break;
        case MoneyView::Proposals: proposals(frame, out, flow); break;
        case MoneyView::Rates: rates(frame, out, flow); break;
    }
    flow.gap(frame.px(32));
}

}  // namespace entente::ui
