// Status: what a client may see of a project, as a type of its own.
//
// It holds no id, no cost, no rate, no note, no float and no calendar: what it has no field for, a link cannot carry.
// make_status (share/make_status.hpp) fills it from client-visible items only. Texts are one line or a few, without control
// characters but line feed; days are the house's own; money is without VAT, in minor units of `currency`.
//
// A Status is in order when valid(status) says so; only such a one can be put into a link or comes out of one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"

namespace entente::share {

inline constexpr std::size_t kMaxItems = 4096;        // of each list
inline constexpr std::size_t kMaxTextBytes = 20'000;  // of each text
inline constexpr std::size_t kMaxOwners = 256;        // distinct people, and distinct stages
inline constexpr std::int64_t kMaxMinor = 1'000'000'000'000'000;

enum class Health : std::uint8_t { OnTime, Tight, Late, Done };

// A date that matters to the client.
struct Milestone {
    std::string name;
    std::optional<Day> promised;  // where we gave our word
    Day forecast;                 // where the plan has it now; the day it happened, where Done
    std::optional<Day> was;       // the forecast before the last agreed change, where that moved it
    Health health = Health::OnTime;
    friend bool operator==(const Milestone&, const Milestone&) = default;
};

struct StatusTask {
    std::string name;
    std::string stage;            // may be empty
    Day start, finish;            // start <= finish
    std::int32_t percent_done = 0;
    friend bool operator==(const StatusTask&, const StatusTask&) = default;
};

enum class NeedKind : std::uint8_t { Decision, Input };

// What we need from the client.
struct Need {
    NeedKind kind = NeedKind::Decision;
    std::string question;
    std::string owner;                       // who on the client's side; may be empty
    std::optional<Day> by;                   // the last day that moves nothing; none: nothing waits for it
    std::int64_t slip_days_per_day = 0;      // working days lost for each working day beyond `by`; 0: not known or none
    std::optional<std::uint32_t> moves;      // index into milestones: what moves first
    std::string if_late;                     // what lateness does, in words of the house; may be empty
    std::optional<Day> answered;
    std::string answer;                      // only where answered
    friend bool operator==(const Need&, const Need&) = default;
};

enum class ChangeState : std::uint8_t { Open, Agreed, Declined };

struct StatusChange {
    std::int32_t number = 0;                 // shown as CR-007
    std::string request;                     // the client's words
    std::string effect;                      // what it did or would do, in words; may be empty
    ChangeState state = ChangeState::Open;
    Day on;                                  // asked, or where not Open: agreed or declined
    std::string by;                          // who agreed or declined; may be empty
    std::optional<Day> decide_by;            // only where Open
    std::optional<std::int64_t> moved_days;  // working days the last promised date (else the finish) moves; none: not stated
    std::optional<std::int64_t> price_minor; // without VAT; none: not stated
    friend bool operator==(const StatusChange&, const StatusChange&) = default;
};

struct Action {
    std::string text;
    std::string owner;                       // may be empty
    bool ours = true;                        // ours or the client's to do
    std::optional<Day> due;
    bool done = false;
    friend bool operator==(const Action&, const Action&) = default;
};

enum class RiskLevel : std::uint8_t { Low, Medium, High };

struct Risk {
    std::string text;                        // in client wording
    std::string response;                    // what is done about it; may be empty
    RiskLevel level = RiskLevel::Medium;
    friend bool operator==(const Risk&, const Risk&) = default;
};

// Versions reviewed, counted against what was agreed.
struct Rounds {
    std::string name;
    std::int32_t used = 0, agreed = 0;
    friend bool operator==(const Rounds&, const Rounds&) = default;
};

struct AgreementNote {
    std::string text;
    std::string by;                          // may be empty
    Day on;
    friend bool operator==(const AgreementNote&, const AgreementNote&) = default;
};

struct Status {
    std::string house, project, client;      // client may be empty
    bool sample = false;                     // the invented project: said so wherever it is shown
    Currency currency{};
    std::optional<std::int64_t> contract_value_minor;  // only where the house chose to show it
    std::vector<Milestone> milestones;
    std::vector<StatusTask> tasks;
    std::vector<Need> needs;
    std::vector<StatusChange> changes;
    std::vector<Action> actions;
    std::vector<Risk> risks;
    std::vector<Rounds> rounds;
    std::vector<AgreementNote> agreements;
    friend bool operator==(const Status&, const Status&) = default;
};

// Every text is UTF-8 without controls but line feed, within the limits above; days lie between kFirstDay and kLastDay;
// start <= finish; 0..100 %; indexes point at something; what belongs to a state stands only with that state.
bool valid(const Status& status);

}  // namespace entente::share
