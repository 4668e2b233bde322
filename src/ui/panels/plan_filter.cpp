// What of the plan is shown, and the page to print of it.
#include <array>
#include <set>

#include "report/plan_sheet.hpp"
#include "ui/panels/plan_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

// In the order in which the plan first has them.
std::vector<std::string> stages_of(const plan::Project& project) {
    std::vector<std::string> names;
    std::set<std::string> seen;
    for (const plan::Task& task : project.tasks) {
        if (!task.stage.empty() && seen.insert(task.stage).second) names.push_back(task.stage);
    }
    return names;
}

const char* group_word(const Frame& frame, GroupBy group) {
    switch (group) {
        case GroupBy::Stage: return frame.tr("By stage");
        case GroupBy::Role: return frame.tr("By who does it");
        case GroupBy::Outline: break;
    }
    return frame.tr("As the plan stands");
}

report::SheetMark mark_of(const Frame& frame, const plan::Task& task, const TimelineRow& row) {
    if (row.decision >= 0 && !frame.answers->decisions[static_cast<std::size_t>(row.decision)].answered) return report::SheetMark::Client;
    if (task.kind == plan::TaskKind::Milestone) return report::SheetMark::Milestone;
    return task.kind == plan::TaskKind::Summary ? report::SheetMark::Summary : report::SheetMark::Bar;
}

}  // namespace

void PlanPanel::stage_choice(const Frame& frame, Rect area) {
    const char* all = frame.tr("Every stage");
    const std::string shown = choice_.stage.value_or(all);
    const auto options = [&] {
        std::vector<std::string> names = stages_of(*frame.project);
        names.insert(names.begin(), all);
        return names;
    };
    const int selected = choice_.stage ? -1 : 0;
    if (const auto picked = select(frame, area, {frame.tr("Stage shown"), shown, selected, "stage"}, options)) {
        const std::vector<std::string> names = stages_of(*frame.project);
        choice_.stage.reset();
        if (*picked > 0 && *picked <= static_cast<int>(names.size())) choice_.stage = names[static_cast<std::size_t>(*picked - 1)];
    }
}

void PlanPanel::group_choice(const Frame& frame, Rect area) {
    constexpr std::array<GroupBy, 3> kGroups = {GroupBy::Outline, GroupBy::Stage, GroupBy::Role};
    const auto options = [&] {
        std::vector<std::string> words;
        for (const GroupBy group : kGroups) words.emplace_back(group_word(frame, group));
        return words;
    };
    const SelectSpec spec{frame.tr("Grouped"), group_word(frame, choice_.group), static_cast<int>(choice_.group), "group"};
    if (const auto picked = select(frame, area, spec, options)) choice_.group = kGroups[static_cast<std::size_t>(*picked)];
}

float PlanPanel::filters(const Frame& frame, Rect area) {
    const RowChoice before = choice_;
    Flow flow{area.x0 + frame.px(16), area.y0, area.w() - frame.px(28)};
    const Part part(frame, NodeRole::Region, "filters", {area.x0, area.y0, area.x1, area.y0 + frame.px(40)}, frame.tr("What is shown"));
    Row row(flow, field_height(frame), frame.px(10));
    FieldSpec search{frame.tr("Find in the plan"), choice_.text, frame.tr("Find in the plan")};
    search.role = NodeRole::SearchField;
    const Typed typed = text_field(frame, row.left(frame.px(170)), search);
    if (typed.changed || typed.committed) choice_.text = typed.text;
    stage_choice(frame, row.left(frame.px(136)));
    group_choice(frame, row.left(frame.px(160)));
    const auto toggle = [&](const char* label, bool& on) {
        if (checkbox(frame, row.left(checkbox_width(frame, label)), label, on)) on = !on;
    };
    toggle(frame.tr("Critical"), choice_.critical);
    toggle(frame.tr("Late"), choice_.late);
    toggle(frame.tr("Promised"), choice_.promises);
    toggle(frame.tr("The client sees it"), choice_.client);
    if (choice_.filters() && button(frame, row, {frame.tr("Show everything"), Look::Quiet})) {
        choice_ = RowChoice{};
        choice_.group = before.group;
        choice_.closed = before.closed;
    }
    if (!(before == choice_)) {
        ++choice_serial_;
        frame.widgets->redraw = true;
    }
    flow.gap(frame.px(8));
    return flow.y - area.y0;
}

// A file of its own: it prints from any browser, can be mailed, and needs no window that a browser might hold back.
void PlanPanel::print(const Frame& frame, Outbox& out) {
    report::PlanSheet sheet;
    const plan::Project& project = *frame.project;
    sheet.title = project.name;
    sheet.subtitle = project_subtitle(project);
    sheet.today = frame.today;
    sheet.first = rows_.first_day();
    sheet.last = rows_.last_day();
    for (std::size_t i = 0; i < rows_.rows().size(); ++i) {
        const TimelineRow& row = rows_.rows()[i];
        report::SheetRow& made = sheet.rows.emplace_back();
        made.indent = row.indent;
        if (row.task < 0) {
            made.name = rows_.heading(row);
            continue;
        }
        const plan::Task& task = project.tasks[static_cast<std::size_t>(row.task)];
        const plan::ScheduledTask& at = frame.answers->schedule.rows[static_cast<std::size_t>(row.task)];
        made.name = task.name;
        made.mark = mark_of(frame, task, row);
        made.start = day_of(at.start);
        made.finish = plan::finish_day(at);
        made.critical = at.critical;
        made.percent_done = task.percent_done;
        made.beside = rows_.beside(frame, static_cast<int>(i));
        if (row.promise >= 0) made.promised = frame.answers->promises[static_cast<std::size_t>(row.promise)].promised;
        const risk::Finish* finish = frame.risk && frame.risk->current ? rows_.finish(frame, row) : nullptr;
        if (finish) made.likely.emplace(finish->p50, finish->p80);
        if (row.baseline >= 0) {
            const plan::BaselineRow& agreed = project.baselines.back().rows[static_cast<std::size_t>(row.baseline)];
            made.agreed.emplace(day_of(agreed.start), day_of(agreed.finish));
        }
        if (sheet.rows.size() == report::kMostSheetRows) {
            sheet.left_out = static_cast<std::int64_t>(rows_.rows().size() - sheet.rows.size());
            break;
        }
    }
    out.ask(SaveText{project.name + ".html", "text/html", report::plan_sheet_html(sheet, frame.locale)});
}

}  // namespace entente::ui
