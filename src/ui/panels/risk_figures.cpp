// The house's figures behind the risk: how far lengths usually lie from their estimates, edited here, or taken from what
// finished tasks say.
#include <algorithm>

#include "core/risk/query.hpp"
#include "ui/panels/risk_panel.hpp"
#include "ui/widgets/field.hpp"

namespace entente::ui {
namespace {

std::string spread_name(const Frame& frame, const risk::Spread& spread) {
    const bool work = spread.of == risk::SpreadOf::Work;
    if (spread.stage.empty()) return work ? frame.tr("Work, every other stage") : frame.tr("What we wait for from the client");
    return work ? spread.stage : frame.text(msg("{0}, waiting for the client", spread.stage));
}

Command with_spreads(std::vector<risk::Spread> spreads) { return Command{house::Command{house::SetSpreads{std::move(spreads)}}}; }

}  // namespace

void RiskPanel::figure_row(const Frame& frame, Outbox& out, Flow& flow, const std::vector<risk::Spread>& spreads, std::size_t index) {
    const risk::Spread& spread = spreads[index];
    const IdScope scope(index + 1);
    const std::string name = spread_name(frame, spread);
    heading(frame, flow, 4, name);
    Flow best = flow.column(0, 2, frame.px(12)), worst = flow.column(1, 2, frame.px(12));
    const auto limit = [&](Flow& column, const char* caption_text, std::int32_t permille, std::int64_t low, std::int64_t high,
        bool is_best) {
        const Rect at = captioned(frame, column, caption_text, field_height(frame));
        const std::string spoken = frame.text(msg("{0}: {1}", name, std::string(caption_text)));
        NumberSpec number{spoken, permille / 10, 0, 5, low, high, "%", frame.tr("Five per cent less"), frame.tr("Five per cent more")};
        number.key = is_best ? "best" : "worst";
        const auto value = number_field(frame, at, number);
        if (!value) return;
        std::vector<risk::Spread> next = spreads;
        (is_best ? next[index].optimistic_permille : next[index].pessimistic_permille) = static_cast<std::int32_t>(*value * 10);
        out.submit(with_spreads(std::move(next)));
    };
    limit(best, frame.tr("At best, of its length"), spread.optimistic_permille, 10, 100, true);
    limit(worst, frame.tr("At worst, of its length"), spread.pessimistic_permille, 100, 1000, false);
    flow.y = std::max(best.y, worst.y) + frame.px(8);
}

// What finished tasks say the figures should be, with the number of tasks it rests on.
void RiskPanel::calibration(const Frame& frame, Outbox& out, Flow& flow, const std::vector<risk::Spread>& spreads) {
    heading(frame, flow, 4, frame.tr("From finished tasks"));
    const std::vector<risk::Calibrated> all = risk::calibrated_spreads(frame.model.projects);
    if (all.empty()) {
        paragraph(frame, flow,
                  frame.text(msg("Once {0} tasks are finished with their actual dates, what they took is compared here with what was "
                                 "estimated.",
                                 static_cast<std::int64_t>(risk::kLeastFinished))),
                  Tone::Muted, frame.theme.fonts.dense);
        return;
    }
    std::vector<risk::Spread> next = spreads;
    for (const risk::Calibrated& one : all) {
        const std::string basis = frame.text(msgn("{n} finished task", "{n} finished tasks", static_cast<std::int64_t>(one.finished)));
        paragraph(frame, flow,
                  frame.text(msg("{0}: from {1} % to {2} % of the estimate, half of them within {3} % ({4}).", spread_name(frame,
                      one.spread),
                                 one.spread.optimistic_permille / 10, one.spread.pessimistic_permille / 10, one.median_permille / 10,
                                     basis)),
                  Tone::Plain, frame.theme.fonts.dense);
        const auto found = std::find_if(next.begin(), next.end(), [&](const risk::Spread& s) { return s.of == one.spread.of &&
            s.stage == one.spread.stage; });
        if (found == next.end()) next.push_back(one.spread);
        else *found = one.spread;
    }
    flow.gap(frame.px(6));
    Row row(flow, frame.px(34), frame.px(8));
    ButtonSpec use{frame.tr("Use these figures")};
    use.disabled = next == spreads;
    use.reason = use.disabled ? frame.tr("They are the house's figures already.") : "";
    if (button(frame, row, use)) out.submit(with_spreads(std::move(next)));
}

void RiskPanel::figures(const Frame& frame, Outbox& out, Flow& flow) {
    if (!disclosure(frame, flow, frame.tr("House figures: how far lengths usually lie from estimates"), figures_open_)) return;
    flow.gap(frame.px(6));
    paragraph(frame, flow,
              frame.tr("These are the house's own figures, not facts of the trade. A task with an estimate of its own does not use "
                        "them."),
              Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(8));
    const std::vector<risk::Spread> spreads = risk::spreads_of(frame.model);
    for (std::size_t i = 0; i < spreads.size(); ++i) figure_row(frame, out, flow, spreads, i);
    calibration(frame, out, flow, spreads);
    if (frame.model.house.spreads.empty()) return;
    flow.gap(frame.px(6));
    Row row(flow, frame.px(34), frame.px(8));
    if (button(frame, row, {frame.tr("Back to the first figures"), Look::Quiet})) out.submit(with_spreads({}));
}

}  // namespace entente::ui
