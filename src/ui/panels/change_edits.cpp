// What a change does to the plan: the edits it holds, and adding one.
#include <cmath>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/panels/changes_panel.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

// A task of the plan, or of the new work of one of the change's own edits.
std::string any_task_name(const plan::Project& project, const change::Change& one, TaskId id) {
    if (const plan::Task* task = find_task(project, id)) return task->name;
    for (const change::PlanEdit& edit : one.edits) {
        if (const auto* reopen = std::get_if<change::Reopen>(&edit); reopen && reopen->work.id == id) return reopen->work.name;
        if (const auto* add = std::get_if<change::AddWork>(&edit); add && add->work.id == id) return add->work.name;
    }
    return {};
}

std::string edit_words(const Frame& frame, const change::Change& one, const change::PlanEdit& edit) {
    const plan::Project& project = *frame.project;
    if (const auto* lengthen = std::get_if<change::Lengthen>(&edit)) {
        const std::string name = any_task_name(project, one, lengthen->task);
        const bool longer = lengthen->minutes >= 0;
        const std::string days = days_text(frame, project, longer ? lengthen->minutes : -lengthen->minutes);
        return frame.text(longer ? msg("{0} takes {1} longer", name, days) : msg("{0} takes {1} less", name, days));
    }
    if (const auto* reopen = std::get_if<change::Reopen>(&edit)) {
        return frame.text(msg("{0} is reopened for {1}", any_task_name(project, one, reopen->task),
                              days_text(frame, project, reopen->work.duration_minutes)));
    }
    if (const auto* crash = std::get_if<change::Crash>(&edit)) {
        const std::string name = any_task_name(project, one, crash->task), days = days_text(frame, project, crash->saved_minutes);
        return frame.text(crash->method == change::CrashMethod::Overtime ? msg("{0} in overtime, {1} sooner", name, days)
                                                                         : msg("{0} with a second shift, {1} sooner", name, days));
    }
    if (const auto* constrain = std::get_if<change::Constrain>(&edit)) {
        const std::string name = any_task_name(project, one, constrain->task);
        const bool free = constrain->constraint.kind == plan::ConstraintKind::AsSoonAsPossible;
        return frame.text(free ? msg("{0} is no longer held to a date", name)
                               : msg("{0} is held to {1}", name, frame.locale.date_weekday(day_of(constrain->constraint.at))));
    }
    const auto& add = std::get<change::AddWork>(edit);
    if (add.client_decides) return frame.text(msg("A client decision is added: {0}", add.work.name));
    return frame.text(msg("{0} is added, {1}", add.work.name, days_text(frame, project, add.work.duration_minutes)));
}

// What it stands after and before, of added work.
std::string edit_place(const Frame& frame, const change::Change& one, const change::PlanEdit& edit) {
    const auto* add = std::get_if<change::AddWork>(&edit);
    std::string text;
    if (!add) return text;
    for (const plan::Link& link_of : add->links) {
        const bool after = link_of.to == add->work.id;
        const std::string name = any_task_name(*frame.project, one, after ? link_of.from : link_of.to);
        if (!text.empty()) text += ", ";
        text += frame.text(after ? msg("after {0}", name) : msg("before {0}", name));
    }
    return text;
}

}  // namespace

void ChangesPanel::edit_row(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one, std::size_t index) {
    const Palette& p = frame.theme.palette;
    const IdScope scope(index + 1);
    const change::PlanEdit& edit = one.edits[index];
    const std::string words = edit_words(frame, one, edit), place = edit_place(frame, one, edit);
    const Rect line_area = box(flow.x, flow.y, flow.w, frame.px(32));
    Row row(flow, frame.px(32), frame.px(8));
    const Part entry(frame, NodeRole::ListItem, "edit", line_area, place.empty() ? words : words + ", " + place);
    if (one.state == change::State::Open) {
        const Rect cross = row.right(frame.px(32));
        if (icon_button(frame, cross, kIconTrash, frame.text(msg("Take out: {0}", words)))) {
            change::Change next = one;
            next.edits.erase(next.edits.begin() + static_cast<std::ptrdiff_t>(index));
            out.submit(put_change(*frame.project, std::move(next)));
        }
    }
    const Rect area = row.rest();
    const bool opens = std::holds_alternative<change::Reopen>(edit);
    draw_icon(frame, box(area.x0, area.y0, frame.px(18), area.h()), p.muted,
              opens                                           ? kIconLockOpen
              : std::holds_alternative<change::AddWork>(edit) ? kIconPlus
                                                              : kIconClock);
    const float width = text_in(frame, frame.theme.fonts.body, {area.x0 + frame.px(28), area.y0, area.x1, area.y1}, p.text, words);
    if (!place.empty())
        text_in(frame, frame.theme.fonts.dense, {area.x0 + frame.px(40) + width, area.y0, area.x1, area.y1}, p.muted, place);
}

std::optional<change::PlanEdit> ChangesPanel::drafted(const Frame& frame, Outbox& out, const change::Change& one) const {
    const plan::Project& project = *frame.project;
    const std::int64_t minutes = draft_.days_hundredths * minutes_per_day(project) / 100;
    const plan::Task* task = find_task(project, draft_.task);
    if (draft_.kind == EditKind::Lengthen)
        return task ? std::optional<change::PlanEdit>(change::Lengthen{task->id, minutes}) : std::nullopt;
    if (draft_.kind == EditKind::Reopen) {
        if (!task || minutes <= 0) return std::nullopt;
        const std::string name = trim(draft_.name).empty() ? frame.text(msg("{0}: further work", task->name)) : draft_.name;
        std::vector<LinkId> ids;
        for (std::size_t i = 0; i < change::reopen_links(project, task->id); ++i) ids.push_back(out.new_id<LinkId>());
        return change::make_reopen(project, task->id, minutes, name, one.asked_on, out.new_id<TaskId>(), ids);
    }
    if (trim(draft_.name).empty()) return std::nullopt;
    change::AddWork add;
    add.work.id = out.new_id<TaskId>();
    add.work.name = draft_.name;
    add.client_decides = draft_.kind == EditKind::Decision;
    if (add.client_decides) {
        add.work.kind = plan::TaskKind::Milestone;
        add.decision = out.new_id<DecisionId>();
        add.owner = draft_.owner;
    } else {
        add.work.duration_minutes = minutes;
    }
    add.work.client_visible = true;
    const auto joined = [&](TaskId from, TaskId to) {
        plan::Link made;
        made.id = out.new_id<LinkId>();
        made.from = from;
        made.to = to;
        add.links.push_back(made);
    };
    if (task) {
        add.work.stage = task->stage;
        add.work.parent = task->parent;
        add.work.assignments = add.client_decides ? std::vector<plan::Assignment>() : task->assignments;
        joined(task->id, add.work.id);
    }
    if (find_task(project, draft_.before) && draft_.before != draft_.task) joined(add.work.id, draft_.before);
    return add;
}

void ChangesPanel::edit_fields(const Frame& frame, Flow& flow) {
    const plan::Project& project = *frame.project;
    const bool adds = draft_.kind == EditKind::Work || draft_.kind == EditKind::Decision;
    const float space = frame.px(12);
    if (adds) {
        const char* hint = draft_.kind == EditKind::Decision ? frame.tr("What the client has to decide") : frame.tr("What is done");
        Flow name = flow.column(0, 2, space), other = flow.column(1, 2, space);
        form_text(frame, name, frame.tr("Name"), draft_.name, hint);
        if (draft_.kind == EditKind::Decision) form_text(frame, other, frame.tr("Who decides"), draft_.owner, frame.tr("Name or role"));
        flow.y = std::max(name.y, other.y) + frame.px(8);
        Flow after = flow.column(0, 2, space), before = flow.column(1, 2, space);
        const Rect after_at = captioned(frame, after, frame.tr("After"), field_height(frame));
        if (const auto picked = task_select(frame, after_at, frame.tr("After"), project, draft_.task, TaskId{})) draft_.task = *picked;
        const Rect before_at = captioned(frame, before, frame.tr("Before"), field_height(frame));
        if (const auto picked = task_select(frame, before_at, frame.tr("Before"), project, draft_.before, draft_.task))
            draft_.before = *picked;
        flow.y = after.y;
    } else {
        Flow column{flow.x, flow.y, std::floor(std::min(flow.w, frame.px(420)))};
        const char* caption_of = draft_.kind == EditKind::Reopen ? frame.tr("What is reopened") : frame.tr("Which task");
        const Rect task_at = captioned(frame, column, caption_of, field_height(frame));
        if (const auto picked = task_select(frame, task_at, caption_of, project, draft_.task, TaskId{})) draft_.task = *picked;
        flow.y = column.y;
    }
    flow.gap(frame.px(8));
    if (draft_.kind == EditKind::Decision) return;
    Flow column{flow.x, flow.y, frame.px(220)};
    const Rect days_at = captioned(frame, column, frame.tr("For how long"), field_height(frame));
    const NumberSpec days{frame.tr("For how long"),
                          draft_.days_hundredths,
                          2,
                          100,
                          draft_.kind == EditKind::Lengthen ? -100'000 : 0,
                          100'000,
                          frame.tr("days"),
                          frame.tr("One day less"),
                          frame.tr("One day more")};
    if (const auto value = number_field(frame, days_at, days)) draft_.days_hundredths = *value;
    flow.y = column.y + frame.px(8);
}

void ChangesPanel::add_edit(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one) {
    if (!draft_.open) {
        Row row(flow, button_height(frame), frame.px(8));
        if (button(frame, row, {frame.tr("Add an edit to the plan"), Look::Normal, kIconPlus})) draft_.open = true;
        return;
    }
    {
        Row kinds(flow, frame.px(30), frame.px(8));
        draft_.kind = static_cast<EditKind>(
            segmented(frame, kinds, "edit-kind", frame.tr("What is to be done"),
                      {frame.tr("Reopen a stage"), frame.tr("Make longer"), frame.tr("Add work"), frame.tr("Add a decision")},
                      static_cast<int>(draft_.kind)));
    }
    flow.gap(frame.px(12));
    edit_fields(frame, flow);
    flow.gap(frame.px(4));
    const bool adds = draft_.kind == EditKind::Work || draft_.kind == EditKind::Decision;
    ButtonSpec add{frame.tr("Add to the change"), Look::Primary};
    add.disabled = adds ? trim(draft_.name).empty() : !find_task(*frame.project, draft_.task);
    if (add.disabled) add.reason = adds ? frame.tr("Give it a name first.") : frame.tr("Choose a task first.");
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, add)) {
        if (auto edit = drafted(frame, out, one)) {
            change::Change next = one;
            next.edits.push_back(std::move(*edit));
            const Command command = put_change(*frame.project, std::move(next));
            const bool allowed = frame.can(command);
            out.submit(command);
            if (allowed) draft_ = Draft{};
        }
    }
    if (!one.edits.empty() && button(frame, row, {frame.tr("Never mind"), Look::Quiet})) draft_.open = false;
}

void ChangesPanel::edits(const Frame& frame, Outbox& out, Flow& flow, const change::Change& one) {
    {
        Card card(frame, flow, "edits");
        heading(frame, card.flow, 4, frame.tr("What it takes"));
        card.flow.gap(frame.px(8));
        if (one.edits.empty()) {
            paragraph(frame, card.flow,
                      frame.tr("Nothing in the plan changes yet. Say what has to be done, and the dates and the price follow."),
                      Tone::Muted, frame.theme.fonts.dense);
        } else {
            const Part list_of(frame, NodeRole::List, "edits-list",
                               box(card.flow.x, card.flow.y, card.flow.w, frame.px(32) * static_cast<float>(one.edits.size())),
                               frame.tr("What it takes"));
            for (std::size_t i = 0; i < one.edits.size(); ++i) edit_row(frame, out, card.flow, one, i);
        }
        if (one.state == change::State::Open) {
            card.flow.gap(frame.px(12));
            add_edit(frame, out, card.flow, one);
        }
    }
    flow.gap(frame.px(16));
}

}  // namespace entente::ui
