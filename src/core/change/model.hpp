// Change: a request in the client's words, the edits to the plan it would take, and what it costs.
//
// A change that was agreed or declined is never edited; it is superseded by another. Its impact on dates and money is
// computed by change/query.hpp while it is open; what was agreed is recorded as it was agreed.
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
enum class State : std::uint8_t { Open, Agreed, Declined };

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

using PlanEdit = std::variant<Lengthen, Reopen, AddWork>;

// A line of the price that was entered by hand (a room, a hire, a courier). Lines for work follow from the edits.
struct CostLine {
    std::string label;
    std::int64_t internal_minor = 0;
    std::int64_t charge_minor = 0;      // without VAT
    friend bool operator==(const CostLine&, const CostLine&) = default;
};

// What was agreed or declined, as it was said. Recorded facts.
struct Outcome {
    std::string by;                     // who on the client's side
    Day on;
    std::string text;                   // the exact words shown when it was agreed, or the reason for declining
    std::int64_t charge_minor = 0;      // agreed price without VAT
    std::int64_t internal_minor = 0;
    BaselineId baseline;                // the baseline this agreement made
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

    friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace entente::change
