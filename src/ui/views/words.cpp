#include "ui/views/words.hpp"

namespace entente::ui {

std::string days_text(const Frame& frame, const plan::Project& project, std::int64_t working_minutes) {
    return frame.locale.duration(working_minutes, minutes_per_day(project));
}

std::string task_length(const Frame& frame, const plan::Project& project, const plan::Task& task) {
    if (task.kind == plan::TaskKind::Milestone) return frame.tr("milestone");
    if (task.elapsed) return frame.locale.duration(task.duration_minutes, kMinutesPerDay);
    return days_text(frame, project, task.duration_minutes);
}

std::string task_in_words(const Frame& frame, const plan::Project& project, const plan::Task& task, const plan::ScheduledTask& at) {
    const Locale& locale = frame.locale;
    std::string text;
    if (task.kind == plan::TaskKind::Milestone) {
        text = frame.text(msg("{0}, {1}", task.name, locale.date_weekday(day_of(at.finish))));
    } else {
        text = frame.text(msg("{0}, {1} to {2}", task.name, locale.date_weekday(day_of(at.start)), locale.date_weekday(day_of(at.finish))));
        if (task.kind == plan::TaskKind::Task) text += ", " + task_length(frame, project, task);
    }
    if (task.percent_done > 0 && task.kind == plan::TaskKind::Task) text += ", " + frame.text(msg("{0} % done", task.percent_done));
    if (at.critical && task.kind != plan::TaskKind::Summary) text += std::string(", ") + frame.tr("critical");
    return text;
}

std::string decision_question(const plan::Project& project, const plan::ClientDecision& decision) {
    return decision.question.empty() ? task_name(project, decision.task) : decision.question;
}

std::string decision_flag(const Frame& frame, const plan::Project& project, const plan::DecisionRow& row) {
    const plan::ClientDecision* decision = decision_of(project, row.decision);
    if (!decision) return {};
    if (row.answered) return frame.text(msg("answered {0}", frame.locale.date_short(decision->answered.value_or(row.forecast))));
    const std::string day = frame.locale.date_weekday(row.needed_by.value_or(row.forecast));
    if (decision->part == plan::ClientPart::Input) return frame.text(msg("needs this from the client by {0}", day));
    return frame.text(msg("needs the client's decision by {0}", day));
}

Message slip_sentence(const plan::Project& project, const plan::DecisionRow& row, const std::vector<plan::PromiseRow>& promises) {
    for (const plan::PromiseRow& promise : promises) {
        if (promise.promise != row.moves) continue;
        return msgn("Each day after that moves {0} by {n} day.", "Each day after that moves {0} by {n} days.", row.slip_days_per_day,
                    task_name(project, promise.task));
    }
    return msg("No promise waits for it.");
}

Status promise_status(const Frame& frame, plan::PromiseHealth health) {
    switch (health) {
        case plan::PromiseHealth::Kept: return {Shape::Tick, Tone::Ok, frame.tr("on time")};
        case plan::PromiseHealth::Tight: return {Shape::Triangle, Tone::Warn, frame.tr("tight")};
        case plan::PromiseHealth::Missed: return {Shape::Square, Tone::Bad, frame.tr("late")};
        case plan::PromiseHealth::Done: break;
    }
    return {Shape::Dot, Tone::Ok, frame.tr("done")};
}

std::string room_text(const Frame& frame, std::int64_t days) {
    if (days < 0) return frame.text(msgn("{n} day late", "{n} days late", -days));
    if (days == 0) return frame.tr("no day to spare");
    return frame.text(msgn("{n} day to spare", "{n} days to spare", days));
}

Status float_status(const Frame& frame, const plan::Project& project, const plan::ScheduledTask& at) {
    if (at.total_float_minutes < 0)
        return {Shape::Square, Tone::Bad, frame.text(msg("{0} short", days_text(frame, project, -at.total_float_minutes)))};
    if (at.critical) return {Shape::Dot, Tone::Warn, frame.tr("critical")};
    return {Shape::Tick, Tone::Ok, frame.tr("has room")};
}

Status decision_status(const Frame& frame, const plan::DecisionRow& row) {
    if (row.answered) return {Shape::Tick, Tone::Ok, frame.tr("answered")};
    if (row.overdue) return {Shape::Square, Tone::Bad, frame.tr("overdue")};
    if (!row.needed_by) return {Shape::Dot, Tone::Muted, frame.tr("nothing waits")};
    if (*row.needed_by - frame.today <= 7) return {Shape::Triangle, Tone::Warn, frame.tr("due soon")};
    return {Shape::Dot, Tone::Info, frame.tr("open")};
}

const char* kind_word(const Frame& frame, change::Kind kind) {
    switch (kind) {
        case change::Kind::OursToFix: return frame.tr("Ours to fix");
        case change::Kind::InScope: return frame.tr("In scope");
        case change::Kind::Extra: return frame.tr("Extra");
        case change::Kind::Preference: return frame.tr("Preference");
        case change::Kind::Unclear: break;
    }
    return frame.tr("Not yet clear");
}

Status kind_status(const Frame& frame, change::Kind kind) {
    const char* word = kind_word(frame, kind);
    switch (kind) {
        case change::Kind::OursToFix: return {Shape::Square, Tone::Bad, word};
        case change::Kind::InScope: return {Shape::Tick, Tone::Ok, word};
        case change::Kind::Extra: return {Shape::Triangle, Tone::Info, word};
        case change::Kind::Preference: return {Shape::Diamond, Tone::Accent, word};
        case change::Kind::Unclear: break;
    }
    return {Shape::Ring, Tone::Muted, word};
}

Status state_status(const Frame& frame, const plan::Project& project, const change::Change& one) {
    const change::State state = one.state;
    if (change::superseded_by(project, one)) return {Shape::Ring, Tone::Muted, frame.tr("superseded")};
    if (state == change::State::Agreed) return {Shape::Tick, Tone::Ok, frame.tr("agreed")};
    if (state == change::State::Absorbed) return {Shape::Diamond, Tone::Info, frame.tr("absorbed")};
    if (state == change::State::Parked) return {Shape::Ring, Tone::Muted, frame.tr("parked")};
    if (state == change::State::Declined) return {Shape::Cross, Tone::Muted, frame.tr("declined")};
    return {Shape::Dot, Tone::Warn, frame.tr("waiting")};
}

const char* constraint_word(const Frame& frame, plan::ConstraintKind kind) {
    switch (kind) {
        case plan::ConstraintKind::AsSoonAsPossible: return frame.tr("As soon as possible");
        case plan::ConstraintKind::AsLateAsPossible: return frame.tr("As late as possible");
        case plan::ConstraintKind::MustStartOn: return frame.tr("Must start on");
        case plan::ConstraintKind::MustFinishOn: return frame.tr("Must finish on");
        case plan::ConstraintKind::StartNoEarlierThan: return frame.tr("Start no earlier than");
        case plan::ConstraintKind::StartNoLaterThan: return frame.tr("Start no later than");
        case plan::ConstraintKind::FinishNoEarlierThan: return frame.tr("Finish no earlier than");
        case plan::ConstraintKind::FinishNoLaterThan: break;
    }
    return frame.tr("Finish no later than");
}

const char* link_word(const Frame& frame, plan::LinkKind kind) {
    switch (kind) {
        case plan::LinkKind::FinishToStart: return frame.tr("starts when it ends");
        case plan::LinkKind::StartToStart: return frame.tr("starts when it starts");
        case plan::LinkKind::FinishToFinish: return frame.tr("ends when it ends");
        case plan::LinkKind::StartToFinish: break;
    }
    return frame.tr("ends when it starts");
}

const char* ladder_word(const Frame& frame, house::LadderKind kind) {
    switch (kind) {
        case house::LadderKind::Friendly: return frame.tr("Friendly reminder");
        case house::LadderKind::Formal: return frame.tr("Formal reminder");
        case house::LadderKind::Escalation: return frame.tr("Escalation");
        case house::LadderKind::AgreedDefault: break;
    }
    return frame.tr("What was agreed for silence");
}

std::string moved_text(const Frame& frame, std::int64_t days) {
    if (days > 0) return frame.text(msgn("+{n} day", "+{n} days", days));
    if (days < 0) return frame.text(msgn("\u2212{n} day", "\u2212{n} days", -days));
    return frame.tr("0 days");
}

std::string project_subtitle(const plan::Project& project) {
    std::string text = project.kind;
    if (!project.client.empty()) text += (text.empty() ? "" : " \u00B7 ") + project.client;
    return text;
}

const plan::ClientDecision* decision_of(const plan::Project& project, DecisionId id) {
    for (const plan::ClientDecision& decision : project.decisions) {
        if (decision.id == id) return &decision;
    }
    return nullptr;
}

const plan::ClientDecision* decision_at(const plan::Project& project, TaskId task) {
    for (const plan::ClientDecision& decision : project.decisions) {
        if (decision.task == task) return &decision;
    }
    return nullptr;
}

const plan::Promise* promise_at(const plan::Project& project, TaskId task) {
    for (const plan::Promise& promise : project.promises) {
        if (promise.task == task) return &promise;
    }
    return nullptr;
}

std::string task_name(const plan::Project& project, TaskId id) {
    const plan::Task* task = find_task(project, id);
    return task ? task->name : std::string();
}

}  // namespace entente::ui
