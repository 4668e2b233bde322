#include "ui/panels/export_card.hpp"

#include "icons.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

void export_card(const Frame& frame, Outbox& out, Flow& flow) {
    if (!frame.project) return;
    {
        Card card(frame, flow, "export");
        heading(frame, card.flow, 4, frame.tr("The plan as a file"));
        card.flow.gap(frame.px(4));
        paragraph(frame, card.flow,
                  frame.tr("For other programs. It holds the whole plan, internal notes and costs too: not for the client."), Tone::Muted,
                  frame.theme.fonts.dense);
        card.flow.gap(frame.px(4));
        paragraph(frame, card.flow,
                  frame.tr("Microsoft Project XML holds tasks, links, calendars, people, estimates, baselines, promises and decisions; a "
                           "table holds less. "
                           "Changes, scenarios, rounds of notes, reminders and money stay in Entente."),
                  Tone::Muted, frame.theme.fonts.dense);
        card.flow.gap(frame.px(8));
        Row row(card.flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("Export as Microsoft Project XML"), Look::Normal, kIconDownload}))
            out.ask(ExportPlan{frame.project->id, PlanFormat::ProjectXml});
        if (button(frame, row, {frame.tr("Export as CSV"), Look::Normal, kIconDownload}))
            out.ask(ExportPlan{frame.project->id, PlanFormat::Csv});
    }
    flow.gap(frame.px(16));
}

}  // namespace entente::ui
