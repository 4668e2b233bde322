#include "ui/panels/decision_section.hpp"

#include <algorithm>

#include "icons.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

constexpr std::size_t kShownWaiting = 12;

Status step_status(const Frame& frame, const plan::Chase& chase, std::size_t i) {
    const plan::LadderDate& step = chase.ladder[i];
    if (step.sent) return {Shape::Tick, Tone::Ok, frame.text(msg("sent {0}", frame.locale.date_short(*step.sent)))};
    if (chase.due == plan::Due::Remind && chase.step == i) return {Shape::Triangle, Tone::Warn, frame.tr("due")};
    if (!step.on) return {Shape::Ring, Tone::Muted, frame.tr("no date yet")};
    if (*step.on < frame.today) return {Shape::Ring, Tone::Muted, frame.tr("passed")};
    return {Shape::Dot, Tone::Info, frame.tr("to come")};
}

// One request on its way: its words, and the record that it went out.
void words_row(const Frame& frame, Outbox& out, Flow& flow, const plan::ClientDecision& decision, const plan::DecisionRow& row,
               std::optional<house::LadderKind> step, std::string_view what, bool primary) {
    const std::string copy = frame.text(msg("Copy the words: {0}", what)), sent = frame.text(msg("I sent it: {0}", what));
    ButtonSpec copy_spec{frame.tr("Copy the words"), Look::Normal, kIconCopy}, sent_spec{frame.tr("I sent it"), Look::Quiet, kIconCheck};
    if (primary) copy_spec.look = Look::Primary;
    copy_spec.name = copy;
    sent_spec.name = sent;
    Row line_of(flow, button_height(frame), frame.px(8));
    if (button(frame, line_of, copy_spec)) copy_words(frame, out, *frame.project, decision, row, step);
    const Command command = sent_command(frame.project->id, decision.id, step, frame.today);
    sent_spec.disabled = !frame.can(command);
    if (button(frame, line_of, sent_spec)) out.submit(command);
}

}  // namespace

std::string draft_text(const Frame& frame, const plan::Draft& draft) {
    std::string text = frame.text(draft.subject);
    for (const Message& paragraph_of : draft.lines) text += "\n\n" + frame.text(paragraph_of);
    return text + "\n";
}

void copy_words(const Frame& frame, Outbox& out, const plan::Project& project, const plan::ClientDecision& decision,
                const plan::DecisionRow& row, std::optional<house::LadderKind> step) {
    const plan::Draft draft = plan::draft_words(project, decision, row, step, frame.model.house.name, frame.today);
    out.ask(CopyText{draft_text(frame, draft), msg("The words are copied.")});
}

Command sent_command(ProjectId project, DecisionId decision, std::optional<house::LadderKind> step, Day today) {
    if (step) return Command{plan::Command{plan::AddReminder{project, decision, {today, *step}}}};
    return Command{plan::Command{plan::SetRequested{project, decision, today}}};
}

void DecisionSection::work_out(const Frame& frame, const plan::ClientDecision& decision, const plan::DecisionRow& row) {
    if (sequence_ == frame.session.sequence() && today_ == frame.today && decision_ == decision.id) return;
    if (decision_ != decision.id) steps_open_ = waiting_open_ = false;
    sequence_ = frame.session.sequence();
    today_ = frame.today;
    decision_ = decision.id;
    chase_ = plan::chase(plan::Workdays(*frame.project), decision, row, frame.model.house.ladder, plan::LeadTimes(frame.model),
                         frame.today);
    blocked_ = plan::blocked_by(*frame.project, decision.task);
    if (chase_.due == plan::Due::Remind) steps_open_ = true;
}

void DecisionSection::request(const Frame& frame, Outbox& out, Flow& flow, const plan::ClientDecision& decision,
                              const plan::DecisionRow& row) {
    if (!decision.answered) {
        const Message ask = plan::ask_sentence(chase_, frame.today);
        if (!decision.requested && !ask.empty())
            paragraph(frame, flow, frame.text(ask), chase_.due == plan::Due::Ask ? Tone::Warn : Tone::Plain, frame.theme.fonts.dense);
        paragraph(frame, flow, frame.text(plan::lead_sentence(chase_.lead)), Tone::Muted, frame.theme.fonts.dense);
        flow.gap(frame.px(8));
    }
    const Rect at = captioned(frame, flow, frame.tr("Asked on"), field_height(frame));
    DateSpec asked{frame.tr("Asked on"), decision.requested, frame.tr("Not yet")};
    asked.clearable = true;
    if (const auto day = date_field(frame, at, asked)) {
        const Command command{plan::Command{plan::SetRequested{frame.project->id, decision.id,
                                                               *day == kNoDay ? std::optional<Day>() : day}}};
        if (const auto allowed = frame.session.can(command); !allowed) frame.semantics.announce(frame.text(allowed.error().what), true);
        out.submit(command);
    }
    flow.gap(frame.px(8));
    if (!decision.answered && !decision.requested)
        words_row(frame, out, flow, decision, row, std::nullopt, frame.tr("Request"), chase_.due == plan::Due::Ask);
    flow.gap(frame.px(8));
}

void DecisionSection::steps(const Frame& frame, Outbox& out, Flow& flow, const plan::ClientDecision& decision,
                            const plan::DecisionRow& row) {
    if (decision.answered || chase_.ladder.empty()) return;
    if (!disclosure(frame, flow, frame.tr("Reminders"), steps_open_)) return;
    flow.gap(frame.px(4));
    for (std::size_t i = 0; i < chase_.ladder.size(); ++i) {
        const IdScope scope(i + 1);
        const plan::LadderDate& step = chase_.ladder[i];
        const Status status = step_status(frame, chase_, i);
        const std::string what = ladder_word(frame, step.step.kind);
        const std::string when = step.on ? frame.locale.date_weekday(*step.on) : std::string();
        const Rect line_of = flow.take(frame.px(22));
        note(frame, NodeRole::Paragraph, line_of,
             when.empty() ? frame.text(msg("{0}, {1}", what, status.word)) : frame.text(msg("{0}, {1}, {2}", what, when, status.word)));
        const float right = draw_status(frame, line_of, status, frame.theme.fonts.dense, Align::Right);
        const std::string shown = when.empty() ? what : what + " \u00B7 " + when;
        text_in(frame, frame.theme.fonts.dense, {line_of.x0, line_of.y0, line_of.x1 - right - frame.px(8), line_of.y1},
                frame.theme.palette.text, shown);
        const bool due = chase_.due == plan::Due::Remind && chase_.step == i;
        if (!step.sent) words_row(frame, out, flow, decision, row, step.step.kind, what, due);
        flow.gap(frame.px(6));
    }
    if (!decision.reminders.empty()) {
        Row last(flow, button_height(frame), frame.px(8));
        if (button(frame, last, {frame.tr("Take the last reminder back"), Look::Quiet}))
            out.submit(Command{plan::Command{plan::RemoveReminder{frame.project->id, decision.id}}});
    }
    flow.gap(frame.px(8));
}

void DecisionSection::waiting(const Frame& frame, Outbox& out, Flow& flow) {
    if (blocked_.empty()) return;
    const auto count = static_cast<std::int64_t>(blocked_.size());
    if (!disclosure(frame, flow, frame.text(msgn("{n} task waits for it", "{n} tasks wait for it", count)), waiting_open_)) return;
    for (std::size_t i = 0; i < std::min(blocked_.size(), kShownWaiting); ++i) {
        const IdScope scope(blocked_[i].task.n);
        Route route = frame.route;
        route.task = blocked_[i].task;
        const std::string name = task_name(*frame.project, blocked_[i].task);
        const std::string shown = blocked_[i].directly ? name : frame.text(msg("{0}, later", name));
        if (link(frame, flow.take(frame.px(26)), frame.theme.fonts.dense, shown, "waits")) out.go(route);
    }
    if (blocked_.size() > kShownWaiting) {
        const auto more = static_cast<std::int64_t>(blocked_.size() - kShownWaiting);
        paragraph(frame, flow, frame.text(msgn("and {n} more", "and {n} more", more)), Tone::Muted, frame.theme.fonts.dense);
    }
    flow.gap(frame.px(8));
}

void DecisionSection::draw(const Frame& frame, Outbox& out, Flow& flow, const plan::ClientDecision& decision,
                           const plan::DecisionRow* row) {
    if (!row) return;
    const IdScope scope("decision-section");
    work_out(frame, decision, *row);
    request(frame, out, flow, decision, *row);
    if (!decision.answered) {
        const Rect at = captioned(frame, flow, frame.tr("If they say nothing"), field_height(frame));
        if (const Typed typed = text_field(frame, at, {frame.tr("If they say nothing"), decision.silence, frame.tr("What was agreed")});
            typed.committed) {
            plan::ClientDecision next = decision;
            next.silence = typed.text;
            out.submit(Command{plan::Command{plan::PutDecision{frame.project->id, next, {}}}});
        }
        flow.gap(frame.px(8));
    }
    steps(frame, out, flow, decision, *row);
    waiting(frame, out, flow);
}

}  // namespace entente::ui
