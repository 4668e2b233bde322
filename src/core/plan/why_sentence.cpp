// Why a date is what it is, in one sentence: of the driving chain only the links that matter to somebody who was not there.
#include <algorithm>
#include "core/lookup.hpp"
#include "core/plan/places.hpp"
#include "core/plan/query.hpp"
#include "core/plan/why_words.hpp"

namespace entente::plan {

namespace {

constexpr std::size_t kLinksSaid = 3;

// One task of the chain, nearest to the question first; never a summary.
struct Step {
    std::size_t task = 0;
    LinkId link;            // the link by which the step before waits for it; none at the task that was asked about
    bool last = false;      // the chain ends here: a fact
};

class Sentence {
public:
    Sentence(const Project& project, const Schedule& schedule) : project_(project), schedule_(schedule), places_(project) {
        if (const Calendar* calendar = by_id(project.calendars, project.calendar))
            minutes_per_day_ = std::max<std::int64_t>(calendar->minutes_per_day, 1);
    }

    Message say(TaskId asked, WhyOf of) const {
        const std::size_t task = places_.find(asked);
        if (task >= project_.tasks.size() || schedule_.rows.size() != project_.tasks.size()) return {};
        const bool finish = of == WhyOf::Finish;
        const std::size_t leaf = leaf_of(task, finish);
        const std::vector<WhyStep> steps = why(project_, schedule_, project_.tasks[leaf].id);
        if (steps.empty()) return {};
        const std::vector<Step> chain = tasks_of(steps);
        if (chain.empty()) return steps.back().text;  // an empty summary
        if (leaf != task) {
            const Message inner = with_rest(named(chain, 0, !finish), chosen(chain, 1), chain);
            return finish ? msg("{0} because its last task is {1}.", head(task, true), inner)
                          : msg("{0} because its first task is {1}.", head(task, false), inner);
        }
        if (chain.size() == 1 && (!finish || !has_length(task) || project_.tasks[task].actual_finish)) return steps.back().text;
        const Message because = chain.size() == 1 ? by_fact(task) : waiting(chain);
        if (finish && has_length(task) && !finish_is_linked(chain) && !finish_is_fixed(task))
            return msg("{0} because it takes {1} and {2}.", head(task, true), length_of(task), because);
        return msg("{0} because {1}.", head(task, finish), because);
    }

private:
    const Task& of(std::size_t i) const { return project_.tasks[i]; }
    Day start_day(std::size_t i) const { return day_of(schedule_.rows[i].start); }
    Day end_day(std::size_t i) const { return finish_day(schedule_.rows[i]); }
    bool has_length(std::size_t i) const { return of(i).kind == TaskKind::Task && of(i).duration_minutes > 0; }

    // Where a summary's date comes from: down to the task that begins first, or ends last.
    std::size_t leaf_of(std::size_t task, bool finish) const {
        std::size_t at = task;
        while (of(at).kind == TaskKind::Summary && schedule_.rows[at].driven_by == DrivenBy::Children) {
            std::size_t next = at;
            for (std::size_t i = at + 1; i < project_.tasks.size() && next == at; ++i) {
                if (of(i).parent != of(at).id || !of(i).active) continue;
                const ScheduledTask &child = schedule_.rows[i], &row = schedule_.rows[at];
                if (finish ? child.finish == row.finish : child.start == row.start) next = i;
            }
            if (next == at) break;
            at = next;
        }
        return at;
    }

    std::vector<Step> tasks_of(const std::vector<WhyStep>& steps) const {
        std::vector<Step> chain;
        LinkId by;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const std::size_t task = places_.find(steps[i].task);
            if (of(task).kind != TaskKind::Summary) chain.push_back({task, by, i + 1 == steps.size()});
            if (steps[i].link) by = steps[i].link;
        }
        return chain;
    }

    const ClientDecision* decision(std::size_t task) const {
        const auto found = std::find_if(project_.decisions.begin(), project_.decisions.end(),
                                        [&](const ClientDecision& one) { return one.task == of(task).id; });
        return found == project_.decisions.end() ? nullptr : &*found;
    }

    // A fact that says more than that the project began then.
    bool telling_fact(const Step& step) const {
        if (!step.last) return false;
        return schedule_.rows[step.task].driven_by != DrivenBy::ProjectStart || of(step.task).actual_start;
    }

    std::int64_t weight(const Step& step) const {
        constexpr std::int64_t kDecision = std::int64_t{1} << 40, kFact = std::int64_t{1} << 39;
        if (decision(step.task)) return kDecision;
        if (telling_fact(step)) return kFact;
        return has_length(step.task) ? of(step.task).duration_minutes : 0;
    }

    // The places in the chain that are said, in order: what comes right before, then the weightiest.
    std::vector<std::size_t> chosen(const std::vector<Step>& chain, std::size_t from) const {
        std::vector<std::size_t> places;
        for (std::size_t i = from; i < chain.size(); ++i) places.push_back(i);
        if (places.size() <= 1) return places;
        std::stable_sort(places.begin() + 1, places.end(),
                         [&](std::size_t a, std::size_t b) { return weight(chain[a]) > weight(chain[b]); });
        // A milestone right before that nobody decides says nothing that its own reason does not say.
        if (weight(chain[places.front()]) == 0 && !chain[places.front()].last) places.erase(places.begin());
        if (places.size() > kLinksSaid) places.resize(kLinksSaid);
        while (places.size() > 1 && weight(chain[places.back()]) == 0) places.pop_back();
        std::sort(places.begin(), places.end());
        return places;
    }

    Message head(std::size_t task, bool finish) const {
        const std::string& name = of(task).name;
        if (of(task).kind == TaskKind::Milestone) return msg("“{0}” is on {1}", name, end_day(task));
        if (!finish) return msg("“{0}” starts on {1}", name, start_day(task));
        return of(task).actual_finish ? msg("“{0}” ended on {1}", name, end_day(task)) : msg("“{0}” ends on {1}", name, end_day(task));
    }

    Message length_of(std::size_t task) const {
        const std::int64_t minutes = of(task).duration_minutes;
        return of(task).elapsed ? elapsed_length(minutes) : working_length(minutes, minutes_per_day_);
    }

    bool finish_is_linked(const std::vector<Step>& chain) const {
        const Link* link = chain.size() > 1 ? by_id(project_.links, chain[1].link) : nullptr;
        return link && (link->kind == LinkKind::FinishToFinish || link->kind == LinkKind::StartToFinish);
    }
    bool finish_is_fixed(std::size_t task) const {
        const ConstraintKind kind = of(task).constraint.kind;
        const bool bound = kind == ConstraintKind::MustFinishOn || kind == ConstraintKind::FinishNoEarlierThan ||
                           kind == ConstraintKind::FinishNoLaterThan;
        return of(task).manual || (bound && schedule_.rows[task].driven_by == DrivenBy::Constraint);
    }

    // "“Mix”, done on Wed 22 Jul": a task as others wait for it. `begins`: for its beginning.
    Message named(const std::vector<Step>& chain, std::size_t place, bool begins) const {
        const Step& step = chain[place];
        const std::string& name = of(step.task).name;
        if (const ClientDecision* asked = decision(step.task)) return asked_of_client(name, *asked, end_day(step.task));
        if (step.last) return named_fact(step.task, begins);
        if (begins) return msg("“{0}”, which starts on {1}", name, start_day(step.task));
        if (of(step.task).kind == TaskKind::Milestone) return msg("“{0}”, reached on {1}", name, end_day(step.task));
        return msg("“{0}”, done on {1}", name, end_day(step.task));
    }

    Message asked_of_client(const std::string& name, const ClientDecision& asked, Day day) const {
        if (asked.part == ClientPart::Input)
            return asked.answered ? msg("“{0}”, which the client gave on {1}", name, *asked.answered)
                                  : msg("“{0}”, which the client gives on {1}", name, day);
        return asked.answered ? msg("“{0}”, which the client decided on {1}", name, *asked.answered)
                              : msg("“{0}”, which the client decides on {1}", name, day);
    }

    Message named_fact(std::size_t i, bool begins) const {
        const std::string& name = of(i).name;
        if (of(i).actual_finish) return msg("“{0}”, which was done on {1}", name, day_of(*of(i).actual_finish));
        if (of(i).actual_start) return msg("“{0}”, begun on {1} and done on {2}", name, day_of(*of(i).actual_start), end_day(i));
        const Day at = day_of(of(i).constraint.at);
        switch (schedule_.rows[i].driven_by) {
            case DrivenBy::Constraint:
                switch (of(i).constraint.kind) {
                    case ConstraintKind::MustStartOn: return msg("“{0}”, which is fixed to start on {1}", name, at);
                    case ConstraintKind::MustFinishOn: return msg("“{0}”, which is fixed to finish on {1}", name, at);
                    case ConstraintKind::StartNoEarlierThan: return msg("“{0}”, which may not start before {1}", name, at);
                    case ConstraintKind::FinishNoEarlierThan: return msg("“{0}”, which may not finish before {1}", name, at);
                    default: break;
                }
                return msg("“{0}”, set to start on {1}", name, start_day(i));
            case DrivenBy::Manual: return msg("“{0}”, put on {1} by hand", name, start_day(i));
            case DrivenBy::StatusDate: return msg("“{0}”, which has not begun and can start on {1} at the earliest", name, start_day(i));
            default: break;
        }
        if (begins || of(i).kind != TaskKind::Task)
            return msg("“{0}”, which starts with the project on {1}", name, start_day(i));
        return msg("“{0}”, which starts with the project and is done on {1}", name, end_day(i));
    }

    // "it waits for ...": what the asked task itself waits for.
    Message waiting(const std::vector<Step>& chain) const {
        const std::vector<std::size_t> places = chosen(chain, 1);
        return msg("it waits for {0}", with_rest(one(chain, places.front()), {places.begin() + 1, places.end()}, chain));
    }

    Message with_rest(Message text, const std::vector<std::size_t>& places, const std::vector<Step>& chain) const {
        for (const std::size_t place : places) text = msg("{0}, which waits for {1}", text, one(chain, place));
        return text;
    }

    // The task as the one before it waits for it, with the wait in between where that is a day or more.
    Message one(const std::vector<Step>& chain, std::size_t place) const {
        const Link* link = by_id(project_.links, chain[place].link);
        const bool begins = link && (link->kind == LinkKind::StartToStart || link->kind == LinkKind::StartToFinish);
        const Message name = named(chain, place, begins);
        if (!link || link->lag_minutes <= 0) return name;
        if (link->lag_unit == LagUnit::Working && link->lag_minutes >= minutes_per_day_)
            return msg("{0}, plus {1}", name, working_length(link->lag_minutes, minutes_per_day_));
        if (link->lag_unit == LagUnit::Elapsed && link->lag_minutes >= kMinutesPerDay)
            return msg("{0}, plus {1}", name, elapsed_length(link->lag_minutes));
        return name;
    }

    // The asked task is a fact itself.
    Message by_fact(std::size_t i) const {
        if (of(i).actual_start) return msg("it was begun on {0}", day_of(*of(i).actual_start));
        const Day at = day_of(of(i).constraint.at);
        switch (schedule_.rows[i].driven_by) {
            case DrivenBy::Constraint:
                switch (of(i).constraint.kind) {
                    case ConstraintKind::MustStartOn: return msg("it is fixed to start on {0}", at);
                    case ConstraintKind::MustFinishOn: return msg("it is fixed to finish on {0}", at);
                    case ConstraintKind::StartNoEarlierThan: return msg("it may not start before {0}", at);
                    case ConstraintKind::FinishNoEarlierThan: return msg("it may not finish before {0}", at);
                    default: break;
                }
                return msg("it is set to start on {0}", start_day(i));
            case DrivenBy::Manual: return msg("it was put on {0} by hand", start_day(i));
            case DrivenBy::StatusDate: return msg("it has not begun and can start on {0} at the earliest", start_day(i));
            default: break;
        }
        if (of(i).constraint.kind == ConstraintKind::AsLateAsPossible)
            return msg("it starts on {0}, as late as it can without moving the end of the project", start_day(i));
        return msg("it starts with the project on {0}", start_day(i));
    }

    const Project& project_;
    const Schedule& schedule_;
    mutable FewPlaces places_;  // finds; knows nothing of its own
    std::int64_t minutes_per_day_ = 480;
};

}  // namespace

Message why_sentence(const Project& project, const Schedule& schedule, TaskId task, WhyOf of) {
    return Sentence(project, schedule).say(task, of);
}

}  // namespace entente::plan
