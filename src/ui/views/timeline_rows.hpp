// TimelineRows: what stands in which row of the timeline and the task table, worked out once for each state of a project and each way of
// looking at it.
//
// Rows follow the summaries where a plan has them, else its stages in the order they first appear; or stages or roles, as RowChoice says.
// A summary or heading stays while anything under it does. Texts are made when a visible row first asks for them and kept for a few
// hundred rows. A cache of the view, never stored. update() costs nothing while nothing changed; after an edit that leaves the plan's
// shape alone (ProjectAnswers::shape) only what hangs on the rows is renewed. Figures of risk hang on them once there are any.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ui/frame.hpp"

namespace entente::ui {

enum class GroupBy : std::uint8_t { Outline, Stage, Role };

// What is shown, and how it is grouped. A task is shown where all of it fits.
struct RowChoice {
    GroupBy group = GroupBy::Outline;
    std::string text;                   // in the name or the note, without regard to case and accents
    std::optional<std::string> stage;
    bool critical = false, client = false, late = false, promises = false;
    std::set<std::uint64_t> closed;     // summaries (their task) and headings (heading_key) that hide what is under them

    bool filters() const { return !text.empty() || stage || critical || client || late || promises; }
    friend bool operator==(const RowChoice&, const RowChoice&) = default;
};

struct TimelineRow {
    std::int32_t task = -1;        // index into Project::tasks; -1: a heading
    std::int32_t promise = -1;     // index into answers.promises
    std::int32_t decision = -1;    // index into answers.decisions
    std::int32_t baseline = -1;    // index into the newest baseline's rows
    std::int32_t heading = -1;     // index for TimelineRows::heading()
    std::int16_t indent = 0;       // levels
    bool is_group = false;         // a heading or a summary
    bool closed = false;           // hides what is under it
};

class TimelineRows {
public:
    // Brings the rows up to date; cheap where nothing changed.
    void update(const Frame& frame, const RowChoice& choice = {});

    const std::vector<TimelineRow>& rows() const { return rows_; }
    const plan::WorkClock* clock() const { return clock_ ? &*clock_ : nullptr; }
    const std::string& heading(const TimelineRow& row) const { return headings_[static_cast<std::size_t>(row.heading)]; }
    // Names a group in RowChoice::closed.
    std::uint64_t group_key(const Frame& frame, const TimelineRow& row) const;
    // -1: the task has no row.
    int row_of(const Frame& frame, TaskId task) const;
    Day first_day() const { return first_; }
    Day last_day() const { return std::max(last_, likely_last_); }  // whiskers included
    std::int64_t client_count() const { return client_; }
    std::int64_t shown_count() const { return shown_; }  // tasks that fit the choice

    // The whole row in words, for a screen reader.
    const std::string& spoken(const Frame& frame, int row);
    // When it is likely to be reached: of milestones and promises that are not reached yet, where the risk was worked out.
    const risk::Finish* finish(const Frame& frame, const TimelineRow& row) const;
    const risk::Finish* finish_of(const Frame& frame, TaskId task) const;
    // What stands beside its mark: "needs your decision by Thu 4 Jun"; empty where nothing does.
    const std::string& beside(const Frame& frame, int row);

private:
    struct Key {
        std::uint64_t sequence = ~std::uint64_t{0}, shape = 0;
        ProjectId project;
        Language language = Language::English;
        Day today;
        std::size_t tasks = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    // Which figures of risk hang on the rows.
    struct RiskKey {
        bool known = false, current = false;
        std::uint64_t sequence = 0;
        ProjectId project;
        friend bool operator==(const RiskKey&, const RiskKey&) = default;
    };
    struct Texts {
        std::optional<std::string> spoken, beside;
    };
    void build(const Frame& frame);
    void attach(const Frame& frame);
    void renew(const Frame& frame);
    bool attach_risk(const Frame& frame);
    void by_outline(const plan::Project& project);
    void by_stage(const plan::Project& project);
    void by_role(const Frame& frame);
    void add_groups(const std::vector<std::string>& names, const std::vector<std::vector<std::int32_t>>& members);
    void keep_matching(const Frame& frame);
    void hide_closed(const Frame& frame);
    void keep_clock(const plan::Calendar& calendar);
    Texts& texts(int row);

    Key key_;
    RowChoice choice_;
    std::vector<TimelineRow> rows_;
    std::vector<std::string> headings_;
    std::vector<std::int32_t> row_of_task_;   // parallel to the project's tasks
    std::unordered_map<int, Texts> texts_;
    RiskKey risk_key_;
    std::unordered_map<TaskId, std::size_t> finishes_;  // index into the findings; empty where nothing is known
    std::optional<plan::WorkClock> clock_;    // of that calendar over those days
    plan::Calendar clock_calendar_;
    Day clock_first_, clock_last_;
    Day first_, last_, likely_last_;
    Day last_attached_;                       // of promises and the newest baseline
    std::int64_t client_ = 0, shown_ = 0;
};

// Whether the task fits what `choice` asks for; `promise` is the one given on it, or null.
bool fits(const Frame& frame, const RowChoice& choice, std::size_t task, const std::string& folded_text, const plan::PromiseRow* promise);

}  // namespace entente::ui
