// Change: a request in the client's words, the edits to the plan it would take, and what it costs.
//
// A change that was agreed or declined is never edited; it is superseded by another. Its impact on dates and money is
// computed by change/query.hpp while it is open; what was agreed is recorded as it was agreed. One that names another in
// `supersedes` takes that one's edits out of the plan and its price out of the contract when it is agreed; the other stays on record.
// A change may hold several options (move the dates, hold them, trade, later, decline): each a whole list of edits, of which one is
// agreed. A scenario is such a list that nobody asked for: a "what if" of our own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "core/plan/task.hpp"

namespace entente::change {

enum class Kind : std::uint8_t { OursToFix, InScope, Extra, Preference, Unclear };
// Absorbed: done, and given away: its worth stands in the goodwill ledger. Parked: nobody decides it now.
enum class State : std::uint8_t { Open, Agreed, Declined, Absorbed, Parked };

// Makes a task longer or shorter by working minutes.
struct Lengthen {
    TaskId task;
    std::int64_t minutes = 0;
    friend bool operator==(const Lengthen&, const Lengthen&) = default;
};

// Reopens a stage that was done or locked: new work of that length stands between the task's predecessors and the task
// itself, so that it is reached again later and everything behind it moves. The ids are resolved when it is written.
struct Reopen {
    TaskId task;
    plan::Task work;                    // the new task, complete
    std::vector<plan::Link> links;      // from the task's predecessors to `work`, and `work` to the task
    // What the task had reached before: reopening clears it, taking the change back restores it.
    std::int32_t was_percent = 0;
    std::optional<LocalMinute> was_started, was_finished;
    friend bool operator==(const Reopen&, const Reopen&) = default;
};

// Adds a task with its links; with `decision`, it is one the client has to take.
struct AddWork {
    plan::Task work;
    std::vector<plan::Link> links;
    bool client_decides = false;
    DecisionId decision;                // resolved where client_decides
    std::string owner;
    friend bool operator==(const AddWork&, const AddWork&) = default;
};

enum class CrashMethod : std::uint8_t { Overtime, SecondShift };

// Crashing: the task gets done in less time at a premium, by longer days or by a second crew after the first.
struct Crash {
    TaskId task;
    CrashMethod method = CrashMethod::Overtime;
    std::int64_t saved_minutes = 0;     // the task's length is that much shorter
    std::int64_t paid_minutes = 0;      // worked at the premium, by each person on the task
    std::int32_t premium_permille = 1000;  // of the ordinary rate
    friend bool operator==(const Crash&, const Crash&) = default;
};

// Another constraint: a task is held back, or its date no longer binds.
struct Constrain {
    TaskId task;
    plan::Constraint constraint;
    plan::Constraint was;               // what taking the edit out brings back
    friend bool operator==(const Constrain&, const Constrain&) = default;
};

// Leaves a task out: it takes no part in the plan any more, and what came before it leads to what came after it. It stays on record,
// and taking the edit out brings it back. Not for what has begun, what we gave our word on, or what the client decides.
struct Drop {
    TaskId task;
    std::vector<plan::Link> links;      // from the task's predecessors to its successors; ids are resolved when it is written
    friend bool operator==(const Drop&, const Drop&) = default;
};

using PlanEdit = std::variant<Lengthen, Reopen, AddWork, Crash, Constrain, Drop>;

// What a change does to the quality of the work, judged by a person: in steps from -2 (much worse) to 2 (much better).
enum class Quality : std::uint8_t { Picture, Sound, Story, Compliance, Accessibility };
struct QualityEffect {
    Quality dimension = Quality::Picture;
    std::int32_t steps = 0;
    std::string why;
    friend bool operator==(const QualityEffect&, const QualityEffect&) = default;
};

// A line of the price that was entered by hand (a room, a hire, a courier). Lines for work follow from the edits.
struct CostLine {
    std::string label;
    std::int64_t internal_minor = 0;
    std::int64_t charge_minor = 0;      // without VAT
    friend bool operator==(const CostLine&, const CostLine&) = default;
};

enum class OptionKind : std::uint8_t { MoveDates, Overtime, SecondShift, Trade, LaterVersion, Decline, ByHand };

// One way to answer a request: built by build_options() and edited by hand.
struct Option {
    OptionId id;
    OptionKind kind = OptionKind::ByHand;
    std::string name;                   // empty: what its kind is called
    std::vector<PlanEdit> edits;        // all it takes, the request's own edits included
    std::vector<CostLine> lines;
    std::vector<QualityEffect> quality;
    std::string note;                   // in words the client reads; for Decline: the reason and what could be done instead
    friend bool operator==(const Option&, const Option&) = default;
};

// What was agreed or declined, as it was said. Recorded facts.
struct Outcome {
    std::string by;                     // who on the client's side
    Day on;
    std::string text;                   // the exact words shown when it was agreed, or the reason for declining
    std::int64_t charge_minor = 0;      // agreed price without VAT
    std::int64_t internal_minor = 0;
    BaselineId baseline;                // the baseline this agreement made
    OptionId option{};                  // which option; none: the request as it stood
    std::int64_t goodwill_minor = 0;    // Absorbed: what it would have cost the client, without VAT
    std::string allowed_by{};           // Absorbed: who in the house gave it away
    std::optional<Day> look_again{};    // Parked: when it comes back to the table
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

struct Change {
    ChangeId id;
    std::int32_t number = 0;            // shown as CR-007; counts up in a project
    std::string request;                // the client's words
    std::string asked_by;
    Day asked_on;
    std::string channel;                // by phone, in the review, ...
    Kind kind = Kind::Unclear;
    std::optional<Day> decide_by;
    std::vector<PlanEdit> edits;
    std::vector<CostLine> lines;
    State state = State::Open;
    Outcome outcome;                    // meaningful once it is not Open
    bool client_visible = true;
    std::string stage{};                // where the project stood when it was asked: the house's multiplier for it prices late work
    std::vector<QualityEffect> quality{};
    std::vector<Option> options{};
    ChangeId supersedes{};              // the agreed or absorbed change whose place it takes once it is agreed; none: it stands beside all
    RoundsId asks_round{};              // one more round of these is what it asks for; none: it is not about rounds

    friend bool operator==(const Change&, const Change&) = default;
};

// A "what if" beside the live plan.
struct Scenario {
    ScenarioId id;
    std::string name;
    Day made;
    std::vector<PlanEdit> edits;

    friend bool operator==(const Scenario&, const Scenario&) = default;
};

// A version that the client reviewed and gave notes on: one round.
struct RoundUse {
    Day on;
    std::string version;                // "Cut 3"
    std::string by;                     // who gave the notes
    ChangeId paid_by;                   // beyond the rounds included: the change that was agreed, or absorbed, for it
    friend bool operator==(const RoundUse&, const RoundUse&) = default;
};

// How many rounds of notes a stage includes, how many were used, and what one more takes.
struct Rounds {
    RoundsId id;
    std::string name;                   // "Picture cut"
    TaskId task;                        // one more round stands between this task's predecessors and it; none: priced by hand
    std::int32_t included = 2;
    std::int64_t minutes = 0;           // working minutes of one more round
    std::vector<plan::Assignment> assignments;  // who works on it
    std::vector<RoundUse> used;         // in the order they were given

    friend bool operator==(const Rounds&, const Rounds&) = default;
};

}  // namespace entente::change
