// The plan: tasks in outline order, links, promises, client decisions, baselines. Plain values, no behaviour.
//
// Invariants (check() keeps them): ids are unique in the workspace; a parent stands before its children and is a Summary;
// links join two different tasks of the project that are not each other's summaries; no loop; lengths are >= 0; a
// milestone's length is 0. Early and late dates, float, forecasts and impact are derived by queries and never stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/time.hpp"
#include "core/change/model.hpp"
#include "core/house/ladder.hpp"
#include "core/money/model.hpp"
#include "core/plan/calendar.hpp"
#include "core/plan/task.hpp"
#include "core/share/model.hpp"

namespace entente::plan {

// A date we gave our word on, apart from what the plan forecasts. One for each task at most.
struct Promise {
    PromiseId id;
    TaskId task;
    Day promised;
    bool client_visible = true;

    friend bool operator==(const Promise&, const Promise&) = default;
};

enum class ClientPart : std::uint8_t { Decision, Input };

// A reminder that went out, and which step of the house's ladder it was.
struct ReminderSent {
    Day on;
    house::LadderKind step = house::LadderKind::Friendly;

    friend bool operator==(const ReminderSent&, const ReminderSent&) = default;
};

// What we need from the client, tied to the task it completes: a decision (picture lock) or an input (music rights). Where both
// days are known, `requested` is not after `answered`.
struct ClientDecision {
    DecisionId id;
    TaskId task;
    ClientPart part = ClientPart::Decision;
    std::string owner;                // who on the client's side; may be empty until known
    std::string question;             // in words the client reads; empty: the task's name
    std::optional<Day> answered;      // the day the answer came
    std::string answer;
    bool client_visible = true;
    std::optional<Day> requested{};   // the day the request went out
    std::vector<ReminderSent> reminders{};  // in the order they were recorded
    std::string silence{};            // what was agreed to happen without an answer; empty: nothing was, and the work waits

    friend bool operator==(const ClientDecision&, const ClientDecision&) = default;
};

struct BaselineRow {
    TaskId task;
    LocalMinute start, finish;
    friend bool operator==(const BaselineRow&, const BaselineRow&) = default;
};

// The plan as it was agreed: recorded facts, never recomputed.
struct Baseline {
    BaselineId id;
    std::string name;
    ChangeId from_change;  // none: the first baseline
    Day made;
    std::vector<BaselineRow> rows;

    friend bool operator==(const Baseline&, const Baseline&) = default;
};

struct Project {
    ProjectId id;
    std::string name;
    std::string kind;        // "Feature", in the house's words
    std::string client;      // the client organisation's name; may be empty
    bool sample = false;     // the invented project, marked as such wherever it is shown
    LocalMinute start;       // nothing begins before it
    std::optional<Day> status_day;
    Currency currency{};
    std::int64_t base_fee_minor = 0;  // the agreed fee without VAT
    CalendarId calendar;     // one of `calendars`
    std::vector<Calendar> calendars;
    std::vector<Task> tasks;
    std::vector<Link> links;
    std::vector<Promise> promises;
    std::vector<ClientDecision> decisions;
    std::vector<Baseline> baselines;          // oldest first
    std::vector<change::Change> changes;      // in the order they were asked
    std::vector<share::IssuedLink> issued;    // the register of status links
    std::int64_t critical_float_minutes = 0;  // critical: at most this much total float
    bool each_path_critical = false;          // a task nothing waits for is measured against its own finish
    std::vector<change::Scenario> scenarios;  // "what if", beside the live plan
    std::vector<change::Rounds> rounds;       // of notes, by stage
    money::Book money;                        // rates, budget, costs, forecast, fee proposals: internal

    friend bool operator==(const Project&, const Project&) = default;
};

}  // namespace entente::plan
