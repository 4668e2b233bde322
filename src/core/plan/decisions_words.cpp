// The words about a client decision: to ourselves when to ask, to the client what is asked, by when, and what a delay moves.
#include "base/text.hpp"
#include "core/lookup.hpp"
#include "core/plan/decisions.hpp"

namespace entente::plan {

namespace {

using house::LadderKind;

constexpr std::size_t kNamed = 3;  // waiting tasks that are named

struct Asked {
    const Project& project;
    const ClientDecision& decision;
    const DecisionRow& row;
    Day today;

    bool input() const { return decision.part == ClientPart::Input; }
    std::string question() const {
        if (!trim(decision.question).empty()) return std::string(trim(decision.question));
        const Task* task = by_id(project.tasks, decision.task);
        return task ? task->name : std::string();
    }
};

Message opening(const Asked& a, std::optional<LadderKind> step) {
    const std::string question = a.question(), &project = a.project.name;
    if (!step)
        return a.input() ? msg("For {0} we need something from you: “{1}”", project, question)
                         : msg("For {0} we need a decision from you: “{1}”", project, question);
    switch (*step) {
        case LadderKind::Friendly:
            return a.input() ? msg("A friendly reminder about {0}: we are looking forward to getting this from you: “{1}”", project,
                                   question)
                             : msg("A friendly reminder about {0}: we are looking forward to your decision: “{1}”", project, question);
        case LadderKind::Formal:
            if (a.decision.requested)
                return a.input() ? msg("On {0} we asked you for something that {1} needs, and we do not have it yet: “{2}”",
                                       *a.decision.requested, project, question)
                                 : msg("On {0} we asked you for a decision on {1}, and we do not have it yet: “{2}”",
                                       *a.decision.requested, project, question);
            break;
        case LadderKind::Escalation:
            return a.input() ? msg("“{1}” has not come yet, and work on {0} is held up by it. If somebody else can send it, please tell us "
                                   "today who.",
                                   project, question)
                             : msg("“{1}” is not decided yet, and work on {0} is held up by it. If somebody else can decide, please tell "
                                   "us today who.",
                                   project, question);
        case LadderKind::AgreedDefault: break;
    }
    return a.input() ? msg("We still do not have what {0} needs from you: “{1}”", project, question)
                     : msg("We still do not have your decision on {0}: “{1}”", project, question);
}

void say_when(const Asked& a, std::vector<Message>& lines) {
    if (!a.row.needed_by) return;
    lines.push_back(*a.row.needed_by < a.today ? msg("It was needed by {0}.", *a.row.needed_by)
                                               : msg("Please let us have it by {0}.", *a.row.needed_by));
}

// What waits, of that which the client may see; and the promise that moves.
void say_cost(const Asked& a, std::vector<Message>& lines) {
    std::string names;
    std::size_t count = 0;
    for (const Blocked& blocked : blocked_by(a.project, a.decision.task)) {
        const Task* task = by_id(a.project.tasks, blocked.task);
        if (!blocked.directly || !task || !task->client_visible) continue;
        if (++count <= kNamed) names += (names.empty() ? "“" : ", “") + task->name + "”";
    }
    if (count > kNamed)
        lines.push_back(msgn("Until then these wait: {0} and {n} more.", "Until then these wait: {0} and {n} more.",
                             static_cast<std::int64_t>(count - kNamed), names));
    else if (count > 0)
        lines.push_back(msgn("Until then this waits: {0}.", "Until then these wait: {0}.", static_cast<std::int64_t>(count), names));
    const Promise* promise = by_id(a.project.promises, a.row.moves);
    if (!promise || a.row.slip_days_per_day <= 0) return;
    const Task* promised = promise->client_visible ? by_id(a.project.tasks, promise->task) : nullptr;
    if (promised)
        lines.push_back(msgn("Each working day after that moves “{0}” by {n} working day.",
                             "Each working day after that moves “{0}” by {n} working days.", a.row.slip_days_per_day, promised->name));
    else
        lines.push_back(msgn("Each working day after that moves a promised date by {n} working day.",
                             "Each working day after that moves a promised date by {n} working days.", a.row.slip_days_per_day));
}

void say_silence(const Asked& a, std::optional<LadderKind> step, std::vector<Message>& lines) {
    const std::string silence(trim(a.decision.silence));
    if (step == LadderKind::AgreedDefault)
        lines.push_back(silence.empty() ? msg("Nothing was agreed for this case, so the work waits until we hear from you.")
                                        : msg("As we agreed for this case, we now go on like this: {0}", silence));
    else
        lines.push_back(silence.empty() ? msg("If we hear nothing, the work waits, and the dates behind it move.")
                                        : msg("If we hear nothing by then, we go on as agreed: {0}", silence));
}

}  // namespace

Message ask_sentence(const Chase& chase, Day today) {
    if (!chase.ask_by) return {};
    const bool late = *chase.ask_by < today;
    if (chase.lead.count == 0)
        return late ? msgn("This should have been asked by {0}: the house counts on {n} working day for an answer.",
                           "This should have been asked by {0}: the house counts on {n} working days for an answer.", chase.lead.days,
                           *chase.ask_by)
                    : msgn("Ask by {0}: the house counts on {n} working day for an answer.",
                           "Ask by {0}: the house counts on {n} working days for an answer.", chase.lead.days, *chase.ask_by);
    return late ? msgn("This should have been asked by {0}: they usually take {n} working day.",
                       "This should have been asked by {0}: they usually take {n} working days.", chase.lead.days, *chase.ask_by)
                : msgn("Ask by {0}: they usually take {n} working day.", "Ask by {0}: they usually take {n} working days.",
                       chase.lead.days, *chase.ask_by);
}

Message lead_sentence(const LeadTime& lead) {
    if (lead.count == 0)
        return msgn("No answer of theirs is on record yet: {n} working day is the house's own figure.",
                    "No answer of theirs is on record yet: {n} working days is the house's own figure.", lead.days);
    return msgn("{n} answer of theirs is on record: usually after {0}, at worst after {1}.",
                "{n} answers of theirs are on record: usually after {0}, at worst after {1}.", lead.count,
                msgn("{n} working day", "{n} working days", lead.days), msgn("{n} working day", "{n} working days", lead.worst_days));
}

Draft draft_words(const Project& project, const ClientDecision& decision, const DecisionRow& row, std::optional<LadderKind> step,
                  std::string_view house, Day today) {
    const Asked a{project, decision, row, today};
    Draft out;
    out.subject = row.needed_by ? msg("{0}: {1}, by {2}", project.name, a.question(), *row.needed_by)
                                : msg("{0}: {1}", project.name, a.question());
    const std::string owner(trim(decision.owner));
    out.lines.push_back(owner.empty() ? msg("Hello,") : msg("Dear {0},", owner));
    out.lines.push_back(opening(a, step));
    say_when(a, out.lines);
    say_cost(a, out.lines);
    say_silence(a, step, out.lines);
    out.lines.push_back(trim(house).empty() ? msg("With thanks") : msg("With thanks, {0}", std::string(trim(house))));
    return out;
}

}  // namespace entente::plan
