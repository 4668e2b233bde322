// The task panel's edits: promise, what the client owes, and the task's own facts. Each is one command.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/panels/calendar_card.hpp"
#include "ui/panels/task_panel.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

constexpr std::array<plan::ConstraintKind, 8> kConstraints = {
    plan::ConstraintKind::AsSoonAsPossible,    plan::ConstraintKind::AsLateAsPossible,  plan::ConstraintKind::StartNoEarlierThan,
    plan::ConstraintKind::FinishNoLaterThan,   plan::ConstraintKind::MustStartOn,       plan::ConstraintKind::MustFinishOn,
    plan::ConstraintKind::StartNoLaterThan,    plan::ConstraintKind::FinishNoEarlierThan};

bool needs_date(plan::ConstraintKind kind) {
    return kind != plan::ConstraintKind::AsSoonAsPossible && kind != plan::ConstraintKind::AsLateAsPossible;
}

bool binds_finish(plan::ConstraintKind kind) {
    return kind == plan::ConstraintKind::MustFinishOn || kind == plan::ConstraintKind::FinishNoEarlierThan ||
           kind == plan::ConstraintKind::FinishNoLaterThan;
}

// Starts bind the beginning of a day's work, finishes its end.
LocalMinute constraint_minute(const plan::Project& project, plan::ConstraintKind kind, Day day) {
    for (const auto& shifts : project_calendar(project).week) {
        if (!shifts.empty()) return at_minute(day, binds_finish(kind) ? shifts.back().to_minute : shifts.front().from_minute);
    }
    return at_minute(day, 0);
}

void submit(const Frame& frame, Outbox& out, plan::Command command) {
    const Command whole{std::move(command)};
    if (const auto allowed = frame.session.can(whole); !allowed) frame.semantics.announce(frame.text(allowed.error().what), true);
    out.submit(whole);
}

// The task with everything under it: parents stand before their children.
plan::Command removal_of(const plan::Project& project, TaskId task) {
    plan::RemoveTasks removal{project.id, {task}};
    for (const plan::Task& other : project.tasks) {
        const auto& going = removal.tasks;
        if (other.parent && std::find(going.begin(), going.end(), other.parent) != going.end()) removal.tasks.push_back(other.id);
    }
    return removal;
}

// Work that has begun keeps the day it began on, work that is done the day it ended: from then on they are facts.
plan::Command progressed(const plan::Project& project, const plan::Task& task, const plan::ScheduledTask& at, std::int32_t percent) {
    plan::SetProgress set{project.id, task.id, percent, task.actual_start, task.actual_finish};
    if (percent == 0) set.actual_start.reset();
    if (percent > 0 && !set.actual_start) set.actual_start = at.start;
    if (percent < 100) set.actual_finish.reset();
    if (percent == 100 && !set.actual_finish) set.actual_finish = at.finish;
    return set;
}

}  // namespace

void TaskPanel::promise(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    rule(frame, flow);
    flow.gap(frame.px(12));
    heading(frame, flow, 4, frame.tr("Promise"));
    flow.gap(frame.px(4));
    const plan::Promise* given = promise_at(at.project, at.task.id);
    if (!given) {
        paragraph(frame, flow, frame.tr("No date was promised for this."), Tone::Muted, frame.theme.fonts.dense);
        flow.gap(frame.px(8));
        Row row(flow, button_height(frame), frame.px(8));
        const Day day = day_of(at.dates.finish);
        const std::string label = frame.text(msg("Promise {0}", frame.locale.date_weekday(day)));
        if (button(frame, row, {label, Look::Normal, kIconFlag}))
            submit(frame, out, plan::PutPromise{at.project.id, {out.new_id<PromiseId>(), at.task.id, day, true}, {}});
        flow.gap(frame.px(16));
        return;
    }
    for (const plan::PromiseRow& row : frame.answers->promises) {
        if (row.promise != given->id) continue;
        Status status = promise_status(frame, row.health);
        status.word += ", " + room_text(frame, row.room_days);
        const Rect line_of = flow.take(frame.px(22));
        draw_status(frame, line_of, status, frame.theme.fonts.dense);
        note(frame, NodeRole::Paragraph, line_of, status.word);
    }
    flow.gap(frame.px(4));
    Row row(flow, field_height(frame), frame.px(4));
    const Rect cross = row.right(frame.px(32));
    if (const auto day = date_field(frame, row.rest(), {frame.tr("Promised date"), given->promised})) {
        plan::Promise moved = *given;
        moved.promised = *day;
        submit(frame, out, plan::PutPromise{at.project.id, moved, {}});
    }
    if (stepper_button(frame, cross, kIconTrash, frame.tr("Take the promise out"), false))
        submit(frame, out, plan::RemovePromise{at.project.id, given->id});
    flow.gap(frame.px(16));
}

void TaskPanel::client(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    if (at.task.kind == plan::TaskKind::Summary) return;
    const plan::ClientDecision* found = decision_at(at.project, at.task.id);
    rule(frame, flow);
    flow.gap(frame.px(12));
    heading(frame, flow, 4, frame.tr("From the client"));
    flow.gap(frame.px(4));
    if (!found) {
        paragraph(frame, flow, frame.tr("Nothing is needed from the client for this."), Tone::Muted, frame.theme.fonts.dense);
        flow.gap(frame.px(8));
        Row row(flow, button_height(frame), frame.px(8));
        plan::ClientDecision fresh;
        fresh.task = at.task.id;
        const auto put = [&](plan::ClientPart part) {
            fresh.id = out.new_id<DecisionId>();
            fresh.part = part;
            submit(frame, out, plan::PutDecision{at.project.id, fresh, {}});
        };
        if (button(frame, row, {frame.tr("Needs a decision"), Look::Normal, kIconDiamond})) put(plan::ClientPart::Decision);
        if (button(frame, row, {frame.tr("Needs input"), Look::Normal, kIconInbox})) put(plan::ClientPart::Input);
        flow.gap(frame.px(16));
        return;
    }
    plan::ClientDecision next = *found;
    const auto field = [&](const char* name, std::string& text, std::string_view hint) {
        const Rect area = captioned(frame, flow, name, field_height(frame));
        const Typed typed = text_field(frame, area, {name, text, hint});
        flow.gap(frame.px(8));
        if (!typed.committed) return;
        text = typed.text;
        submit(frame, out, plan::PutDecision{at.project.id, next, {}});
    };
    field(frame.tr("Who decides"), next.owner, frame.tr("Name or role"));
    field(frame.tr("The question, in words the client reads"), next.question, at.task.name);
    const auto& rows = frame.answers->decisions;
    const auto row_of = std::find_if(rows.begin(), rows.end(), [&](const plan::DecisionRow& one) { return one.decision == found->id; });
    decision_.draw(frame, out, flow, *found, row_of == rows.end() ? nullptr : &*row_of);
    if (found->answered) field(frame.tr("The answer"), next.answer, frame.tr("What was said"));
    const Rect caption_of = captioned(frame, flow, frame.tr("Answered on"), field_height(frame));
    DateSpec answered{frame.tr("Answered on"), found->answered, frame.tr("Not yet")};
    answered.clearable = true;
    if (const auto day = date_field(frame, caption_of, answered)) {
        next.answered = *day == kNoDay ? std::optional<Day>() : day;
        submit(frame, out, plan::PutDecision{at.project.id, next, {}});
    }
    flow.gap(frame.px(8));
    Row row(flow, button_height(frame), frame.px(8));
    if (!found->answered && button(frame, row, {frame.tr("Answered today"), Look::Normal, kIconCheck})) {
        next.answered = frame.today;
        submit(frame, out, plan::PutDecision{at.project.id, next, {}});
    }
    if (button(frame, row, {frame.tr("Not needed"), Look::Quiet})) submit(frame, out, plan::RemoveDecision{at.project.id, found->id});
    flow.gap(frame.px(16));
}

void TaskPanel::details(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    rule(frame, flow);
    flow.gap(frame.px(8));
    if (!disclosure(frame, flow, frame.tr("Details"), edit_open_)) return;
    flow.gap(frame.px(4));
    const ProjectId project = at.project.id;
    const TaskId task = at.task.id;
    const Rect name_at = captioned(frame, flow, frame.tr("Name"), field_height(frame));
    if (const Typed typed = text_field(frame, name_at, {frame.tr("Name"), at.task.name}); typed.committed)
        submit(frame, out, plan::RenameTask{project, task, typed.text});
    flow.gap(frame.px(8));
    const Rect stage_at = captioned(frame, flow, frame.tr("Stage"), field_height(frame));
    if (const Typed typed = text_field(frame, stage_at, {frame.tr("Stage"), at.task.stage}); typed.committed)
        submit(frame, out, plan::SetStage{project, task, typed.text});
    flow.gap(frame.px(8));
    if (at.task.kind == plan::TaskKind::Task) {
        const std::int64_t day = at.task.elapsed ? kMinutesPerDay : minutes_per_day(at.project);
        const Rect length_at = captioned(frame, flow, frame.tr("Length"), field_height(frame));
        NumberSpec length{frame.tr("Length"), at.task.duration_minutes * 100 / day, 2, 100, 0, 1'000'000, frame.tr("days"),
                          frame.tr("One day shorter"), frame.tr("One day longer")};
        length.key = "length";
        length.disabled = at.task.percent_done == 100;
        if (const auto value = number_field(frame, length_at, length))
            submit(frame, out, plan::SetDuration{project, task, *value * day / 100});
        flow.gap(frame.px(8));
        estimate(frame, out, flow, at);
    }
    if (at.task.kind != plan::TaskKind::Summary) {
        const Rect done_at = captioned(frame, flow, frame.tr("Done"), field_height(frame));
        const NumberSpec done{frame.tr("Done"),
                              at.task.percent_done,
                              0,
                              10,
                              0,
                              100,
                              "%",
                              frame.tr("Ten per cent less done"),
                              frame.tr("Ten per cent more done")};
        if (const auto value = number_field(frame, done_at, done))
            submit(frame, out, progressed(at.project, at.task, at.dates, static_cast<std::int32_t>(*value)));
        flow.gap(frame.px(8));
        constraint(frame, out, flow, at);
        flow.gap(frame.px(8));
        task_calendar(frame, out, flow, at.project, at.task);
    }
    flow.gap(frame.px(4));
    if (checkbox(frame, flow.take(frame.px(28)), frame.tr("The client may see it"), at.task.client_visible))
        submit(frame, out, plan::SetTaskVisible{project, task, !at.task.client_visible});
    flow.gap(frame.px(8));
    roles(frame, out, flow, at);
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, {frame.tr("Remove the task"), Look::Quiet, kIconTrash})) {
        submit(frame, out, removal_of(at.project, task));
        Route route = frame.route;
        route.task = TaskId{};
        out.go(route);
    }
    flow.gap(frame.px(16));
}

void TaskPanel::constraint(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    const plan::Constraint& now = at.task.constraint;
    const Rect kind_at = captioned(frame, flow, frame.tr("When it may stand"), field_height(frame));
    int chosen = 0;
    for (std::size_t i = 0; i < kConstraints.size(); ++i) {
        if (kConstraints[i] == now.kind) chosen = static_cast<int>(i);
    }
    const auto options = [&frame] {
        std::vector<std::string> texts;
        for (const plan::ConstraintKind kind : kConstraints) texts.emplace_back(constraint_word(frame, kind));
        return texts;
    };
    if (const auto picked = select(frame, kind_at, {frame.tr("When it may stand"), constraint_word(frame, now.kind), chosen}, options)) {
        const plan::ConstraintKind kind = kConstraints[static_cast<std::size_t>(*picked)];
        const Day day = day_of(binds_finish(kind) ? at.dates.finish : at.dates.start);
        submit(frame, out, plan::SetConstraint{at.project.id, at.task.id, {kind, constraint_minute(at.project, kind, day)}});
    }
    if (needs_date(now.kind)) {
        flow.gap(frame.px(4));
        if (const auto day = date_field(frame, flow.take(field_height(frame)), {frame.tr("On which date"), day_of(now.at)})) {
            submit(frame, out, plan::SetConstraint{at.project.id, at.task.id, {now.kind, constraint_minute(at.project, now.kind, *day)}});
        }
    }
    flow.gap(frame.px(8));
    DateSpec deadline{frame.tr("Deadline"), at.task.deadline ? std::optional<Day>(day_of(*at.task.deadline)) : std::nullopt,
                      frame.tr("No date")};
    deadline.clearable = true;
    if (const auto day = date_field(frame, captioned(frame, flow, deadline.name, field_height(frame)), deadline)) {
        std::optional<LocalMinute> by;
        if (*day != kNoDay) by = constraint_minute(at.project, plan::ConstraintKind::FinishNoLaterThan, *day);
        submit(frame, out, plan::SetDeadline{at.project.id, at.task.id, by});
    }
    flow.gap(frame.px(8));
}

// Who works on it, and how many.
void TaskPanel::roles(const Frame& frame, Outbox& out, Flow& flow, const At& at) {
    if (at.task.kind != plan::TaskKind::Task) return;
    if (!disclosure(frame, flow,
                    frame.text(msgn("Who works on it: {n} role", "Who works on it: {n} roles",
                                    static_cast<std::int64_t>(at.task.assignments.size()))),
                    roles_open_))
        return;
    for (std::size_t i = 0; i < at.task.assignments.size(); ++i) {
        const plan::Assignment& one = at.task.assignments[i];
        const house::Role* role = find_role(frame.model, one.role);
        const IdScope scope(one.role.n);
        Row row(flow, field_height(frame), frame.px(4));
        const Rect cross = row.right(frame.px(32)), units = row.right(frame.px(124));
        text_in(frame, frame.theme.fonts.dense, row.rest(), frame.theme.palette.text, role ? role->name : std::string());
        std::vector<plan::Assignment> next = at.task.assignments;
        const NumberSpec people{frame.tr("How many people"), one.units_permille / 10, 2, 100, 1, 100'000, {},
                                frame.tr("One fewer"),       frame.tr("One more")};
        if (const auto value = number_field(frame, units, people)) {
            next[i].units_permille = static_cast<std::int32_t>(*value * 10);
            next[i].work_minutes.reset();
            submit(frame, out, plan::SetAssignments{at.project.id, at.task.id, std::move(next)});
        } else if (stepper_button(frame, cross, kIconX, frame.tr("Take this role off the task"), false)) {
            next.erase(next.begin() + static_cast<std::ptrdiff_t>(i));
            submit(frame, out, plan::SetAssignments{at.project.id, at.task.id, std::move(next)});
        }
        flow.gap(frame.px(4));
    }
    std::vector<RoleId> free;
    for (const house::Role& role : frame.model.house.roles) {
        const bool used = std::any_of(at.task.assignments.begin(), at.task.assignments.end(),
                                      [&](const plan::Assignment& a) { return a.role == role.id; });
        if (!used) free.push_back(role.id);
    }
    const auto options = [&] {
        std::vector<std::string> names;
        for (const RoleId id : free) names.push_back(find_role(frame.model, id)->name);
        return names;
    };
    const SelectSpec add{frame.tr("Add a role"),
                         frame.model.house.roles.empty() ? frame.tr("The rate card is empty") : frame.tr("Add a role"), -1,
                         nullptr, free.empty()};
    if (const auto picked = select(frame, flow.take(field_height(frame)), add, options)) {
        std::vector<plan::Assignment> next = at.task.assignments;
        next.push_back({free[static_cast<std::size_t>(*picked)], 1000, std::nullopt});
        submit(frame, out, plan::SetAssignments{at.project.id, at.task.id, std::move(next)});
    }
    flow.gap(frame.px(12));
}

}  // namespace entente::ui
