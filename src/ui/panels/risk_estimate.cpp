// The task panel's estimate: at best, most likely (the length), at worst.
#include <algorithm>

#include "core/risk/query.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

void TaskPanel::estimate(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    const std::int64_t day = at.task.elapsed ? kMinutesPerDay : minutes_per_day(at.project);
    const risk::Limits limits = risk::limits_of(at.project, at.task, risk::spreads_of(frame.model));
    const auto submit = [&](std::optional<plan::Estimate> estimate) {
        out.submit(Command{plan::Command{plan::SetEstimate{at.project.id, at.task.id, estimate}}});
    };
    const bool settled = at.task.percent_done == 100 || at.task.actual_finish || at.task.duration_minutes < 1;
    Flow best = flow.column(0, 2, frame.px(8)), worst = flow.column(1, 2, frame.px(8));
    const auto limit = [&](Flow& column, const char* name, std::int64_t minutes, std::int64_t low, std::int64_t high, const char* key) {
        const Rect area = captioned(frame, column, name, field_height(frame));
        const std::string fewer = frame.text(msg("{0}: less", name)), further = frame.text(msg("{0}: more", name));
        NumberSpec spec{name, minutes * 100 / day, 2, 100, low, high, frame.tr("days"), fewer, further};
        spec.key = key;
        spec.disabled = settled;
        return number_field(frame, area, spec);
    };
    const std::int64_t length = at.task.duration_minutes * 100 / day;
    const auto less = limit(best, frame.tr("At best"), limits.optimistic_minutes, 1, length, "at-best");
    const auto more = limit(worst, frame.tr("At worst"), limits.pessimistic_minutes, length, 1'000'000, "at-worst");
    flow.y = best.y + frame.px(4);
    if (less || more) {
        plan::Estimate next{limits.optimistic_minutes, limits.pessimistic_minutes};
        if (less) next.optimistic_minutes = *less * day / 100;
        if (more) next.pessimistic_minutes = *more * day / 100;
        next.optimistic_minutes = std::clamp<std::int64_t>(next.optimistic_minutes, 1, at.task.duration_minutes);
        next.pessimistic_minutes = std::max(next.pessimistic_minutes, at.task.duration_minutes);
        submit(next);
    }
    if (at.task.estimate) {
        Row row(flow, frame.px(28), frame.px(8));
        if (button(frame, row, {frame.tr("Use the house's figures"), Look::Quiet})) submit(std::nullopt);
    } else if (!settled) {
        paragraph(frame, flow, frame.tr("Taken from the house's figures; type your own to replace them."), Tone::Muted,
            frame.theme.fonts.small);
    }
    flow.gap(frame.px(8));
}

}  // namespace entente::ui
