#include "ui/panels/plan_edits.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

using Edits = std::vector<change::PlanEdit>;

// A task of the plan, or of the new work of another edit of the list.
std::string any_task_name(const plan::Project& project, const Edits& edits, TaskId id) {
    if (const plan::Task* task = find_task(project, id)) return task->name;
    for (const change::PlanEdit& edit : edits) {
        if (const auto* reopen = std::get_if<change::Reopen>(&edit); reopen && reopen->work.id == id) return reopen->work.name;
        if (const auto* add = std::get_if<change::AddWork>(&edit); add && add->work.id == id) return add->work.name;
    }
    return {};
}

struct Words {
    const Frame& frame;
    const Edits& edits;

    std::string name(TaskId id) const { return any_task_name(*frame.project, edits, id); }
    std::string days(std::int64_t minutes) const { return days_text(frame, *frame.project, minutes); }

    Message operator()(const change::Lengthen& edit) const {
        const bool longer = edit.minutes >= 0;
        const std::string length = days(longer ? edit.minutes : -edit.minutes);
        return longer ? msg("{0} takes {1} longer", name(edit.task), length) : msg("{0} takes {1} less", name(edit.task), length);
    }
    Message operator()(const change::Reopen& edit) const {
        return msg("{0} is reopened for {1}", name(edit.task), days(edit.work.duration_minutes));
    }
    Message operator()(const change::Crash& edit) const {
        const std::string length = days(edit.saved_minutes);
        return edit.method == change::CrashMethod::Overtime ? msg("{0} in overtime, {1} sooner", name(edit.task), length)
                                                            : msg("{0} with a second shift, {1} sooner", name(edit.task), length);
    }
    Message operator()(const change::Constrain& edit) const {
        const bool free = edit.constraint.kind == plan::ConstraintKind::AsSoonAsPossible;
        return free ? msg("{0} is no longer held to a date", name(edit.task))
                    : msg("{0} begins on {1} at the earliest", name(edit.task), day_of(edit.constraint.at));
    }
    Message operator()(const change::Drop& edit) const { return msg("{0} is left out", name(edit.task)); }
    Message operator()(const change::AddWork& edit) const {
        if (edit.client_decides) return msg("A client decision is added: {0}", edit.work.name);
        return msg("{0} is added, {1}", edit.work.name, days(edit.work.duration_minutes));
    }
};

// What it stands after and before, of added work.
std::string edit_place(const Frame& frame, const Edits& edits, const change::PlanEdit& edit) {
    const auto* add = std::get_if<change::AddWork>(&edit);
    std::string text;
    if (!add) return text;
    for (const plan::Link& link_of : add->links) {
        const bool after = link_of.to == add->work.id;
        const std::string name = any_task_name(*frame.project, edits, after ? link_of.from : link_of.to);
        if (!text.empty()) text += ", ";
        text += frame.text(after ? msg("after {0}", name) : msg("before {0}", name));
    }
    return text;
}

const char* edit_icon(const change::PlanEdit& edit) {
    if (std::holds_alternative<change::Reopen>(edit)) return kIconLockOpen;
    if (std::holds_alternative<change::Drop>(edit)) return kIconMinus;
    return std::holds_alternative<change::AddWork>(edit) ? kIconPlus : kIconClock;
}

}  // namespace

std::string edit_words(const Frame& frame, const std::vector<change::PlanEdit>& edits, const change::PlanEdit& edit) {
    return frame.text(std::visit(Words{frame, edits}, edit));
}

void PlanEdits::reset(bool open, const change::Guess& guess) {
    draft_ = Draft{};
    draft_.open = open;
    if (!guess.task) return;
    draft_.task = guess.task;
    draft_.guessed = guess.days.has_value();
    if (!guess.days) return;
    draft_.kind = Kind::Lengthen;
    draft_.days_hundredths = *guess.days * (guess.fewer ? -100 : 100);
}

bool PlanEdits::row(const Frame& frame, Flow& flow, const Spec& spec, std::size_t index) {
    const Palette& p = frame.theme.palette;
    const IdScope scope(index + 1);
    const change::PlanEdit& edit = spec.edits[index];
    const std::string words = edit_words(frame, spec.edits, edit), place = edit_place(frame, spec.edits, edit);
    const Rect line_area = box(flow.x, flow.y, flow.w, frame.px(32));
    Row line(flow, frame.px(32), frame.px(8));
    const Part entry(frame, NodeRole::ListItem, "edit", line_area, place.empty() ? words : words + ", " + place);
    bool removed = false;
    if (spec.open) removed = icon_button(frame, line.right(frame.px(32)), kIconTrash, frame.text(msg("Take out: {0}", words)));
    const Rect area = line.rest();
    draw_icon(frame, box(area.x0, area.y0, frame.px(18), area.h()), p.muted, edit_icon(edit));
    const float width = text_in(frame, frame.theme.fonts.body, {area.x0 + frame.px(28), area.y0, area.x1, area.y1}, p.text, words);
    if (!place.empty())
        text_in(frame, frame.theme.fonts.dense, {area.x0 + frame.px(40) + width, area.y0, area.x1, area.y1}, p.muted, place);
    return removed;
}

change::PlanEdit PlanEdits::drafted_work(Outbox& out, const plan::Project& project) const {
    change::AddWork add;
    add.work.id = out.new_id<TaskId>();
    add.work.name = draft_.name;
    add.client_decides = draft_.kind == Kind::Decision;
    if (add.client_decides) {
        add.work.kind = plan::TaskKind::Milestone;
        add.decision = out.new_id<DecisionId>();
        add.owner = draft_.owner;
    } else {
        add.work.duration_minutes = draft_.days_hundredths * minutes_per_day(project) / 100;
    }
    add.work.client_visible = true;
    const auto joined = [&](TaskId from, TaskId to) {
        plan::Link made;
        made.id = out.new_id<LinkId>();
        made.from = from;
        made.to = to;
        add.links.push_back(made);
    };
    if (const plan::Task* task = find_task(project, draft_.task)) {
        add.work.stage = task->stage;
        add.work.parent = task->parent;
        if (!add.client_decides) add.work.assignments = task->assignments;
        joined(task->id, add.work.id);
    }
    if (find_task(project, draft_.before) && draft_.before != draft_.task) joined(add.work.id, draft_.before);
    return add;
}

std::optional<change::PlanEdit> PlanEdits::drafted(const Frame& frame, Outbox& out, const Spec& spec) const {
    change::Change asked;
    asked.supersedes = spec.supersedes;
    const plan::Project project = change::plan_under(*frame.project, asked);
    if (draft_.kind == Kind::Work || draft_.kind == Kind::Decision) return drafted_work(out, project);
    const plan::Task* task = find_task(project, draft_.task);
    if (!task) return std::nullopt;
    if (draft_.kind == Kind::LeaveOut) {
        // Past what the other edits of the list leave out or add.
        const auto so_far = change::with_edits(project, spec.edits);
        return change::make_drop(so_far ? *so_far : project, task->id, [&out] { return out.new_id<LinkId>().n; });
    }
    const std::int64_t minutes = draft_.days_hundredths * minutes_per_day(project) / 100;
    if (draft_.kind == Kind::Lengthen) return change::Lengthen{task->id, minutes};
    if (draft_.kind == Kind::Hold) {
        if (!draft_.day) return std::nullopt;
        return change::Constrain{task->id, {plan::ConstraintKind::StartNoEarlierThan, at_minute(*draft_.day, 0)}, task->constraint};
    }
    if (minutes <= 0) return std::nullopt;
    const std::string name = trim(draft_.name).empty() ? frame.text(msg("{0}: further work", task->name)) : draft_.name;
    std::vector<LinkId> ids;
    for (std::size_t i = 0; i < change::reopen_links(project, task->id); ++i) ids.push_back(out.new_id<LinkId>());
    return change::make_reopen(project, task->id, minutes, name, spec.asked_on, out.new_id<TaskId>(), ids);
}

void PlanEdits::length_field(const Frame& frame, Flow& flow) {
    Flow column{flow.x, flow.y, frame.px(220)};
    const Rect days_at = captioned(frame, column, frame.tr("For how long"), field_height(frame));
    const NumberSpec days{frame.tr("For how long"),
                          draft_.days_hundredths,
                          2,
                          100,
                          draft_.kind == Kind::Lengthen ? -100'000 : 0,
                          100'000,
                          frame.tr("days"),
                          frame.tr("One day less"),
                          frame.tr("One day more")};
    if (const auto value = number_field(frame, days_at, days)) draft_.days_hundredths = *value;
    flow.y = column.y + frame.px(8);
}

void PlanEdits::fields(const Frame& frame, Flow& flow) {
    const plan::Project& project = *frame.project;
    const float space = frame.px(12);
    if (draft_.kind == Kind::Work || draft_.kind == Kind::Decision) {
        const char* hint = draft_.kind == Kind::Decision ? frame.tr("What the client has to decide") : frame.tr("What is done");
        Flow name = flow.column(0, 2, space), other = flow.column(1, 2, space);
        form_text(frame, name, frame.tr("Name"), draft_.name, hint);
        if (draft_.kind == Kind::Decision) form_text(frame, other, frame.tr("Who decides"), draft_.owner, frame.tr("Name or role"));
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
        const char* caption_of = draft_.kind == Kind::Reopen ? frame.tr("What is reopened") : frame.tr("Which task");
        const Rect task_at = captioned(frame, column, caption_of, field_height(frame));
        if (const auto picked = task_select(frame, task_at, caption_of, project, draft_.task, TaskId{})) draft_.task = *picked;
        flow.y = column.y;
    }
    flow.gap(frame.px(8));
    if (draft_.kind == Kind::Decision || draft_.kind == Kind::LeaveOut) return;
    if (draft_.kind != Kind::Hold) return length_field(frame, flow);
    Flow column{flow.x, flow.y, frame.px(220)};
    const Rect day_at = captioned(frame, column, frame.tr("Not before"), field_height(frame));
    if (const auto day = date_field(frame, day_at, {frame.tr("Not before"), draft_.day})) draft_.day = *day;
    flow.y = column.y + frame.px(8);
}

bool PlanEdits::ready(const Frame& frame) const {
    if (draft_.kind == Kind::Work || draft_.kind == Kind::Decision) return !trim(draft_.name).empty();
    return find_task(*frame.project, draft_.task) && (draft_.kind != Kind::Hold || draft_.day);
}

std::optional<change::PlanEdit> PlanEdits::add(const Frame& frame, Outbox& out, Flow& flow, const Spec& spec) {
    if (!draft_.open) {
        Row line(flow, button_height(frame), frame.px(8));
        if (button(frame, line, {frame.tr("Add an edit to the plan"), Look::Normal, kIconPlus})) draft_.open = true;
        return std::nullopt;
    }
    if (draft_.guessed) {
        paragraph(frame, flow, frame.tr("Read from the client's words. Check it before you add it."), Tone::Muted, frame.theme.fonts.dense);
        flow.gap(frame.px(8));
    }
    {
        Row kinds(flow, frame.px(30), frame.px(8));
        draft_.kind = static_cast<Kind>(segmented(frame, kinds, "edit-kind", frame.tr("What is to be done"),
                                                  {frame.tr("Reopen a stage"), frame.tr("Make longer"), frame.tr("Add work"),
                                                   frame.tr("Add a decision"), frame.tr("Hold back"), frame.tr("Leave out")},
                                                  static_cast<int>(draft_.kind)));
    }
    flow.gap(frame.px(12));
    fields(frame, flow);
    flow.gap(frame.px(4));
    const bool named = draft_.kind == Kind::Work || draft_.kind == Kind::Decision;
    ButtonSpec add_it{spec.tried ? frame.tr("Try it") : frame.tr("Add to the change"), Look::Primary};
    add_it.disabled = !ready(frame);
    if (add_it.disabled) add_it.reason = named ? frame.tr("Give it a name first.") : frame.tr("Choose a task first.");
    Row line(flow, button_height(frame), frame.px(8));
    std::optional<change::PlanEdit> made;
    if (button(frame, line, add_it)) made = drafted(frame, out, spec);
    if (!spec.edits.empty() && button(frame, line, {frame.tr("Never mind"), Look::Quiet})) draft_.open = false;
    return made;
}

std::optional<Edits> PlanEdits::draw(const Frame& frame, Outbox& out, Flow& flow, const Spec& spec) {
    std::optional<Edits> next;
    {
        Card card(frame, flow, "edits");
        heading(frame, card.flow, 4, spec.title);
        card.flow.gap(frame.px(8));
        if (spec.edits.empty()) {
            paragraph(frame, card.flow, spec.empty, Tone::Muted, frame.theme.fonts.dense);
        } else {
            const Part list_of(frame, NodeRole::List, "edits-list",
                               box(card.flow.x, card.flow.y, card.flow.w, frame.px(32) * static_cast<float>(spec.edits.size())),
                               spec.title);
            for (std::size_t i = 0; i < spec.edits.size(); ++i) {
                if (!row(frame, card.flow, spec, i)) continue;
                next = spec.edits;
                next->erase(next->begin() + static_cast<std::ptrdiff_t>(i));
            }
        }
        if (spec.open) {
            card.flow.gap(frame.px(12));
            if (auto made = add(frame, out, card.flow, spec)) {
                if (!next) next = spec.edits;
                next->push_back(std::move(*made));
            }
        }
    }
    flow.gap(frame.px(16));
    return next;
}

}  // namespace entente::ui
