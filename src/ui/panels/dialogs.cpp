#include "ui/panels/dialogs.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "ui/actions.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/panels/template_choice.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/overlay.hpp"

namespace entente::ui {
namespace {

plan::Project project_of(const Frame& frame, Outbox& out, const ProjectDraft& draft) {
    plan::Project made;
    made.id = out.new_id<ProjectId>();
    made.name = std::string(trim(draft.name));
    made.kind = std::string(trim(draft.kind));
    made.client = std::string(trim(draft.client));
    made.currency = frame.model.house.currency;
    made.base_fee_minor = draft.fee_minor;
    plan::Calendar calendar = frame.model.house.calendar;
    if (!plan::valid(calendar)) calendar = plan::standard_calendar(CalendarId{}, frame.tr("Monday to Friday"));
    calendar.id = out.new_id<CalendarId>();
    made.calendar = calendar.id;
    made.calendars.push_back(std::move(calendar));
    int opens = 0;
    for (const auto& shifts : made.calendars.front().week) {
        if (!shifts.empty()) {
            opens = shifts.front().from_minute;
            break;
        }
    }
    made.start = at_minute(draft.start.value_or(frame.today), opens);
    return made;
}

// Cancel and the main button at the right end. Gives what was pressed.
struct Pressed {
    bool main = false, cancel = false;
};
Pressed buttons(const Frame& frame, Flow& flow, const ButtonSpec& main) {
    flow.gap(frame.px(20));
    Row row(flow, button_height(frame), frame.px(8));
    Pressed pressed;
    pressed.main = button_right(frame, row, main);
    pressed.cancel = button_right(frame, row, {frame.tr("Cancel"), Look::Quiet});
    return pressed;
}

plan::InsertTasks insertion(const Frame& frame, Outbox& out, const TaskDraft& draft) {
    const plan::Project& project = *frame.project;
    plan::PlacedTask placed;
    placed.index = project.tasks.size();
    placed.task.id = out.new_id<TaskId>();
    placed.task.name = std::string(trim(draft.name));
    placed.task.stage = std::string(trim(draft.stage));
    placed.task.kind = draft.milestone ? plan::TaskKind::Milestone : plan::TaskKind::Task;
    if (!draft.milestone) placed.task.duration_minutes = draft.days_hundredths * minutes_per_day(project) / 100;
    plan::InsertTasks command;
    command.project = project.id;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        if (project.tasks[i].id != draft.after) continue;
        placed.index = i + 1;
        placed.task.parent = project.tasks[i].parent;
        plan::Link follows;
        follows.id = out.new_id<LinkId>();
        follows.from = draft.after;
        follows.to = placed.task.id;
        if (project.tasks[i].kind != plan::TaskKind::Summary) command.links.push_back(follows);
        else placed.task.parent = project.tasks[i].id;
    }
    if (draft.client_decides) {
        plan::ClientDecision decision;
        decision.id = out.new_id<DecisionId>();
        decision.task = placed.task.id;
        command.decisions.push_back(std::move(decision));
    }
    command.tasks.push_back(std::move(placed));
    return command;
}

}  // namespace

void project_dialog(const Frame& frame, Outbox& out, Desk& desk) {
    ProjectDraft& draft = *desk.project;
    Dialog dialog(frame, "##project", frame.tr("A new project"), 560);
    Flow& flow = dialog.flow;
    form_text(frame, flow, frame.tr("Name"), draft.name, frame.tr("The working title"));
    flow.gap(frame.px(12));
    Flow left = flow.column(0, 2, frame.px(12)), right = flow.column(1, 2, frame.px(12));
    form_text(frame, left, frame.tr("What kind"), draft.kind, frame.tr("Feature, series, commercial"));
    form_text(frame, right, frame.tr("Client"), draft.client);
    flow.y = std::max(left.y, right.y) + frame.px(12);
    left.y = right.y = flow.y;
    const Rect start_at = captioned(frame, left, frame.tr("Begins on"), field_height(frame));
    if (const auto day = date_field(frame, start_at, {frame.tr("Begins on"), draft.start.value_or(frame.today)})) draft.start = *day;
    const Rect fee_at = captioned(frame, right, frame.tr("Agreed fee, ex VAT"), field_height(frame));
    if (const auto fee =
            money_field(frame, fee_at, frame.tr("Agreed fee, ex VAT"), {draft.fee_minor, frame.model.house.currency}))
        draft.fee_minor = *fee;
    flow.y = std::max(left.y, right.y) + frame.px(12);
    template_choice(frame, flow, draft);
    ButtonSpec make{frame.tr("Begin the project"), Look::Primary};
    make.disabled = trim(draft.name).empty();
    if (make.disabled) make.reason = frame.tr("Give it a name first.");
    const Pressed pressed = buttons(frame, flow, make);
    if (pressed.main) {
        auto made = project_from_template(frame, out, draft);
        if (!made) made = plan::AddProject{project_of(frame, out, draft), {}};
        Route route;
        route.room = Room::Plan;
        route.project = made->project.id;
        out.submit(Command{std::move(*made)});
        out.go(route);
    }
    if (pressed.main || pressed.cancel || dialog.closed) desk.close();
}

void task_dialog(const Frame& frame, Outbox& out, Desk& desk) {
    if (!frame.project) return desk.close();
    TaskDraft& draft = *desk.task;
    Dialog dialog(frame, "##new-task", frame.tr("A new task"), 520);
    Flow& flow = dialog.flow;
    form_text(frame, flow, frame.tr("Name"), draft.name, frame.tr("What is done"));
    flow.gap(frame.px(12));
    Flow left = flow.column(0, 2, frame.px(12)), right = flow.column(1, 2, frame.px(12));
    form_text(frame, left, frame.tr("Stage"), draft.stage, frame.tr("Edit, Sound, Picture"));
    const Rect days_at = captioned(frame, right, frame.tr("Length"), field_height(frame));
    NumberSpec days{frame.tr("Length"),
                    draft.milestone ? 0 : draft.days_hundredths,
                    2,
                    100,
                    0,
                    1'000'000,
                    frame.tr("days"),
                    frame.tr("One day shorter"),
                    frame.tr("One day longer")};
    days.disabled = draft.milestone;
    if (const auto value = number_field(frame, days_at, days)) draft.days_hundredths = *value;
    flow.y = std::max(left.y, right.y) + frame.px(12);
    const Rect after_at = captioned(frame, flow, frame.tr("It follows"), field_height(frame));
    if (!frame.project->tasks.empty()) {
        if (const auto picked =
                task_select(frame, after_at, frame.tr("It follows"), *frame.project, draft.after, TaskId{}, true))
            draft.after = *picked;
    } else {
        text_in(frame, frame.theme.fonts.body, after_at, frame.theme.palette.muted, frame.tr("Nothing: it is the first."));
    }
    flow.gap(frame.px(8));
    if (checkbox(frame, flow.take(frame.px(28)), frame.tr("A milestone: a moment without a length"), draft.milestone))
        draft.milestone = !draft.milestone;
    if (checkbox(frame, flow.take(frame.px(28)), frame.tr("The client has to decide it"), draft.client_decides))
        draft.client_decides = !draft.client_decides;
    ButtonSpec make{frame.tr("Add it to the plan"), Look::Primary};
    make.disabled = trim(draft.name).empty();
    if (make.disabled) make.reason = frame.tr("Give it a name first.");
    const Pressed pressed = buttons(frame, flow, make);
    if (pressed.main) {
        plan::InsertTasks command = insertion(frame, out, draft);
        Route route = frame.route;
        route.task = command.tasks.front().task.id;
        out.submit(Command{std::move(command)});
        out.go(route);
    }
    if (pressed.main || pressed.cancel || dialog.closed) desk.close();
}

void removal_dialog(const Frame& frame, Outbox& out, Desk& desk) {
    const plan::Project* project = find_project(frame.model, *desk.removing);
    if (!project) return desk.close();
    Dialog dialog(frame, "##removal", frame.tr("Remove this project?"), 480);
    paragraph(
        frame, dialog.flow,
        frame.text(msg(
            "{0}, with its plan, its changes and its register of links, is taken out of the workspace. Undo brings it back.",
            project->name)));
    const Pressed pressed = buttons(frame, dialog.flow, {frame.tr("Remove the project"), Look::Danger});
    if (pressed.main) {
        out.submit(Command{plan::RemoveProject{project->id, {}}});
        Route route = frame.route;
        if (route.project == project->id) route = Route{route.room, {}, {}, {}, PlanView::Timeline};
        out.go(route);
    }
    if (pressed.main || pressed.cancel || dialog.closed) desk.close();
}

void shortcuts_dialog(const Frame& frame, Desk& desk) {
    const Palette& p = frame.theme.palette;
    Dialog dialog(frame, "##shortcuts", frame.tr("Keys"), 480);
    const auto key_line = [&](const char* keys, const char* name) {
        const Rect area = dialog.flow.take(frame.px(30));
        const float width = text_width(frame.theme.fonts.small, keys) + frame.px(14);
        const Rect cap{area.x1 - width, area.y0 + frame.px(4), area.x1, area.y1 - frame.px(4)};
        outline(frame, cap, p.edge, frame.px(4));
        text_in(frame, frame.theme.fonts.small, cap, p.text, keys, Align::Centre);
        const char* words = frame.tr(name);
        text_in(frame, frame.theme.fonts.body, {area.x0, area.y0, cap.x0 - frame.px(12), area.y1}, p.text, words);
        note(frame, NodeRole::ListItem, area, std::string(words) + ": " + keys);
        line(area.x0, area.y1 - 1, area.x1, area.y1 - 1, with_alpha(p.line, 0.55f), 1);
    };
    {
        const Part list(frame, NodeRole::List, "keys", box(dialog.flow.x, dialog.flow.y, dialog.flow.w, frame.px(30) * 16),
                        frame.tr("Keys"));
        for (const Action& action : kActions) {
            if (action.id != ActionId::RedoToo) key_line(action.shown, action.name);
        }
        for (const KeyHint& hint : kKeyHints) key_line(hint.shown, hint.name);
    }
    if (dialog.closed) desk.close();
}

void draw_dialogs(const Frame& frame, Outbox& out, Desk& desk) {
    if (desk.outcome) outcome_dialog(frame, out, desk);
    else if (desk.request) request_dialog(frame, out, desk);
    else if (desk.project) project_dialog(frame, out, desk);
    else if (desk.task) task_dialog(frame, out, desk);
    else if (desk.removing) removal_dialog(frame, out, desk);
    else if (desk.baselines) baselines_dialog(frame, out, desk);
    else if (desk.shortcuts) shortcuts_dialog(frame, desk);
}

}  // namespace entente::ui
