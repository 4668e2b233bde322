// What we need from the client: what waits for it, when to ask, when to remind, and the words to send.
//
// Everything is derived from the plan, the house's ladder and what was recorded (requested, answered, reminders sent). Days are
// working days of the project's calendar, so nothing is ever due on a day nobody works. The words go to the client: they name
// only tasks and promises that the client may see.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.hpp"
#include "core/plan/query.hpp"
#include "core/plan/query_days.hpp"

namespace entente::plan {

// How long a person takes from a request to the answer, in working days.
struct LeadTime {
    std::int64_t days = 0;        // the median; of an even number of answers the slower one of the middle
    std::int64_t worst_days = 0;
    std::int64_t count = 0;       // answers it rests on; 0: the house's own figure
};

// Learnt from every decision and input of the workspace that was requested and answered, by the owner's name without regard to
// case and accents.
class LeadTimes {
public:
    explicit LeadTimes(const Model& model);
    LeadTime of(std::string_view owner) const;

private:
    std::map<std::string, std::vector<std::int64_t>> days_;  // ascending
    std::int64_t house_days_ = 0;
};

// A task that waits for another one; `directly`: by a link of its own or of a summary it is in. Direct ones first, then in the
// order of the plan. What is done or out of the plan does not wait.
struct Blocked {
    TaskId task;
    bool directly = false;
};
std::vector<Blocked> blocked_by(const Project& project, TaskId task);

struct LadderDate {
    house::LadderStep step;
    std::optional<Day> on;        // none: the day it counts from is not known
    std::optional<Day> sent;      // the reminder of this kind that was recorded
};
// The house's steps for a decision, earliest first (those without a date last).
std::vector<LadderDate> ladder_dates(const Workdays& workdays, const ClientDecision& decision, std::optional<Day> needed_by,
                                     const house::Ladder& ladder);

// What to do about a decision now.
enum class Due : std::uint8_t { Nothing, Ask, Remind };
struct Chase {
    LeadTime lead;
    std::optional<Day> ask_by;    // needed_by less the lead time; none where nothing waits for the answer
    std::vector<LadderDate> ladder;
    Due due = Due::Nothing;
    std::size_t step = 0;         // Remind: index into `ladder`
};
inline constexpr int kAskSoonDays = 2;  // working days before `ask_by` from which it is time to ask

// `row` is the decision's own. Ask: it was not asked for and ask_by is near or past. Remind: a step's day has come, it lies after
// the request, and neither it nor a later one was sent. `workdays` are the project's.
Chase chase(const Workdays& workdays, const ClientDecision& decision, const DecisionRow& row, const house::Ladder& ladder,
            const LeadTimes& lead_times, Day today);

// "Ask by Tue 3 Mar 2026: they usually take 6 working days." Empty without an ask_by.
Message ask_sentence(const Chase& chase, Day today);
// "5 answers are on record: usually within 6 working days, 12 at worst."
Message lead_sentence(const LeadTime& lead);

struct Draft {
    Message subject;
    std::vector<Message> lines;   // paragraphs
};
// The words of a request (no step) or a reminder, to the owner by name.
Draft draft_words(const Project& project, const ClientDecision& decision, const DecisionRow& row,
                  std::optional<house::LadderKind> step, std::string_view house, Day today);

}  // namespace entente::plan
