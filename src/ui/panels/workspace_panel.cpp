#include "ui/panels/workspace_panel.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "icons.hpp"
#include "ui/panels/cut_panel.hpp"
#include "ui/panels/decision_ladder.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

// The facts of the project one is in. Each field is one command.
void WorkspacePanel::project_facts(const Frame& frame, Outbox& out, Flow& flow) {
    if (!frame.project) return;
    const plan::Project& project = *frame.project;
    plan::SetProjectFacts facts{project.id, project.name, project.kind, project.client, project.start, project.base_fee_minor};
    bool put = false;
    {
        Card card(frame, flow, "facts");
        heading(frame, card.flow, 4, frame.tr("This project"));
        card.flow.gap(frame.px(8));
        const auto text = [&](Flow& column, const char* name, std::string& value) {
            const Typed typed = text_field(frame, captioned(frame, column, name, field_height(frame)), {name, value});
            if (typed.committed) value = typed.text, put = true;
        };
        text(card.flow, frame.tr("Name"), facts.name);
        card.flow.gap(frame.px(8));
        Flow left = card.flow.column(0, 2, frame.px(12)), right = card.flow.column(1, 2, frame.px(12));
        text(left, frame.tr("What kind"), facts.kind);
        text(right, frame.tr("Client"), facts.client);
        left.gap(frame.px(8));
        right.gap(frame.px(8));
        const Rect start_at = captioned(frame, left, frame.tr("Begins on"), field_height(frame));
        if (const auto day = date_field(frame, start_at, {frame.tr("Begins on"), day_of(project.start)}))
            facts.start = at_minute(*day, minute_of_day(project.start)), put = true;
        const Rect fee_at = captioned(frame, right, frame.tr("Agreed fee, ex VAT"), field_height(frame));
        if (const auto fee =
                money_field(frame, fee_at, frame.tr("Agreed fee, ex VAT"), {project.base_fee_minor, project.currency}))
            facts.base_fee_minor = *fee, put = true;
        card.flow.y = std::max(left.y, right.y) + frame.px(8);
        DateSpec status{frame.tr("Progress is as of"), project.status_day, frame.tr("No date")};
        status.clearable = true;
        Flow half = card.flow.column(0, 2, frame.px(12));
        if (const auto day = date_field(frame, captioned(frame, half, status.name, field_height(frame)), status))
            out.submit(Command{plan::Command{plan::SetStatusDay{project.id, *day == kNoDay ? std::optional<Day>() : day}}});
        card.flow.y = half.y;
    }
    flow.gap(frame.px(16));
    if (put) out.submit(Command{plan::Command{std::move(facts)}});
}

void WorkspacePanel::projects(const Frame& frame, Outbox& out, Desk& desk, Flow& flow) {
    {
        Card card(frame, flow, "projects");
        heading(frame, card.flow, 4, frame.tr("Projects"));
        card.flow.gap(frame.px(4));
        if (frame.model.projects.empty())
            paragraph(frame, card.flow,
                      frame.tr("None yet. Import a schedule, begin an empty project, or look around in the sample."),
                      Tone::Muted, frame.theme.fonts.dense);
        bool has_sample = false;
        std::optional<Part> list(std::in_place, frame, NodeRole::List, "list",
                                 box(card.flow.x, card.flow.y, card.flow.w, frame.px(40)), frame.tr("Projects"));
        for (const plan::Project& project : frame.model.projects) {
            const IdScope scope(project.id.n);
            has_sample = has_sample || project.sample;
            const Part line_part(frame, NodeRole::ListItem, "item", box(card.flow.x, card.flow.y, card.flow.w, frame.px(36)), project.name);
            Row row(card.flow, frame.px(36), frame.px(8));
            const Rect remove = row.right(frame.px(32));
            if (icon_button(frame, remove.inset(0, frame.px(2)), kIconTrash, frame.text(msg("Remove {0}", project.name))))
                desk.removing = project.id;
            Route route;
            route.room = Room::Plan;
            route.project = project.id;
            if (link(frame, row.left(std::min(text_width(frame.theme.fonts.strong, project.name) + 1, row.room())),
                     frame.theme.fonts.strong, project.name, "open"))
                out.go(route);
            if (project.sample) {
                const Status sample{Shape::Ring, Tone::Info, frame.tr("sample")};
                chip(frame, row.left(chip_width(frame, sample)), sample);
            }
            text_in(frame, frame.theme.fonts.dense, row.rest(), frame.theme.palette.muted, project_subtitle(project));
        }
        list.reset();  // the buttons are no items of it
        card.flow.gap(frame.px(12));
        Row row(card.flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("New project\u2026"), Look::Normal, kIconPlus})) desk.project.emplace();
        if (button(frame, row, {frame.tr("Import a schedule\u2026"), Look::Normal, kIconFileImport})) out.ask(PickImport{});
        if (!has_sample && button(frame, row, {frame.tr("Add the sample"), Look::Quiet, kIconMovie})) out.ask(AddSample{});
    }
    flow.gap(frame.px(16));
}

void WorkspacePanel::looks(const Frame& frame, Outbox& out, Flow& flow) {
    {
        Card card(frame, flow, "looks");
        heading(frame, card.flow, 4, frame.tr("How it looks"));
        card.flow.gap(frame.px(8));
        const auto caption_of = [&](const char* text) {
            text_in(frame, frame.theme.fonts.small, card.flow.take(frame.px(18)), frame.theme.palette.muted, text);
            card.flow.gap(frame.px(2));
        };
        caption_of(frame.tr("Colours"));
        {
            Row row(card.flow, frame.px(30), frame.px(8));
            const int theme = segmented(frame, row, "theme", frame.tr("Colours"),
                                        {frame.tr("As the system"), frame.tr("Dark"), frame.tr("Light")},
                                        static_cast<int>(frame.theme_choice));
            if (theme != static_cast<int>(frame.theme_choice)) out.ask(SetThemeChoice{static_cast<ThemeChoice>(theme)});
        }
        card.flow.gap(frame.px(12));
        caption_of(frame.tr("Language"));
        {
            Row row(card.flow, frame.px(30), frame.px(8));
            const int now = frame.locale.language() == Language::Welsh ? 1 : 0;
            const int language = segmented(frame, row, "language", frame.tr("Language"), {"English", "Cymraeg"}, now);
            if (language != now) out.ask(SetLanguage{language == 1 ? Language::Welsh : Language::English});
        }
        card.flow.gap(frame.px(12));
        Flow column{card.flow.x, card.flow.y, std::min(card.flow.w, frame.px(220))};
        const Rect size_at = captioned(frame, column, frame.tr("Text size"), field_height(frame));
        const NumberSpec size{frame.tr("Text size"),    frame.text_scale_percent, 0, 10, 100, 200, "%",
                              frame.tr("Smaller text"), frame.tr("Larger text")};
        if (const auto value = number_field(frame, size_at, size)) out.ask(SetTextScale{static_cast<int>(*value)});
        card.flow.y = column.y;
    }
    flow.gap(frame.px(16));
}

void WorkspacePanel::draw(const Frame& frame, Outbox& out, Desk& desk, Rect area) {
    ScrollArea scroll(frame, "##workspace", area);
    Flow& flow = scroll.flow;
    flow.x += frame.px(24);
    flow.w = std::min(flow.w - frame.px(48), frame.px(1160));
    flow.gap(frame.px(20));
    heading(frame, flow, 1, frame.tr("Workspace"));
    const bool kept = frame.save.kind != SaveState::Kind::MemoryOnly;
    paragraph(frame, flow, kept ? frame.tr("Your house, its rates and its days. Kept on this laptop, encrypted.")
                                : frame.tr("A house, its rates and its days, to try things out. Nothing of it is kept."),
              Tone::Muted, frame.theme.fonts.dense);
    flow.gap(frame.px(16));
    const bool two = flow.w > frame.px(820);
    Flow main = two ? flow.column(0, 2, frame.px(16)) : flow, side = two ? flow.column(1, 2, frame.px(16)) : flow;
    projects(frame, out, desk, main);
    project_facts(frame, out, main);
    house(frame, out, main);
    if (!two) side.y = main.y;
    rates(frame, out, side);
    draw_cut_rates(frame, out, main);
    main.gap(frame.px(16));
    draw_terms(frame, out, side);
    calendar(frame, out, side);
    draw_ladder(frame, out, main);
    project_calendars_.draw(frame, out, two ? main : side);
    Flow& lower = two && side.y > main.y ? main : side;
    looks(frame, out, lower);
    Flow& last = two && side.y > main.y ? main : side;
    safety_.draw(frame, out, last);
    flow.y = std::max(main.y, side.y) + frame.px(24);
}

}  // namespace entente::ui
