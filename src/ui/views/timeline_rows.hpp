// TimelineRows: what stands in which row of the timeline and the task table, worked out once for each state of a project.
//
// Rows follow the summaries where a plan has them, else its stages in the order they first appear. Texts that every visible row
// would need each frame are made when a row is first asked for them and kept. A cache of the view, never stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ui/frame.hpp"

namespace entente::ui {

struct TimelineRow {
    std::int32_t task = -1;        // index into Project::tasks; -1: a stage heading
    std::int32_t indent = 0;       // levels
    std::int32_t promise = -1;     // index into answers.promises
    std::int32_t decision = -1;    // index into answers.decisions
    bool is_group = false;         // a stage heading or a summary
    LocalMinute baseline_start, baseline_finish;
    bool has_baseline = false;
    std::string group;             // the stage, of a stage heading
};

class TimelineRows {
public:
    // Brings the rows up to date; cheap where nothing changed.
    void update(const Frame& frame);

    const std::vector<TimelineRow>& rows() const { return rows_; }
    const plan::WorkClock* clock() const { return clock_ ? &*clock_ : nullptr; }
    // -1: the task has no row.
    int row_of(TaskId task) const;
    int row_of_index(std::int32_t task_index) const { return row_of_task_[static_cast<std::size_t>(task_index)]; }
    Day first_day() const { return first_; }
    Day last_day() const { return last_; }
    std::int64_t critical_count() const { return critical_; }
    std::int64_t client_count() const { return client_; }

    // The whole row in words, for a screen reader.
    const std::string& spoken(const Frame& frame, int row);
    // What stands beside its mark: "needs your decision by Thu 4 Jun"; empty where nothing does.
    const std::string& beside(const Frame& frame, int row);

private:
    struct Key {
        std::uint64_t sequence = ~std::uint64_t{0};
        ProjectId project;
        Language language = Language::English;
        Day today;
        std::size_t tasks = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    void build(const Frame& frame);
    void attach(const Frame& frame);

    Key key_;
    std::vector<TimelineRow> rows_;
    std::vector<std::int32_t> row_of_task_;
    std::vector<std::pair<TaskId, std::int32_t>> by_id_;  // sorted
    std::vector<std::optional<std::string>> spoken_, beside_;
    std::optional<plan::WorkClock> clock_;
    Day first_, last_;
    std::int64_t critical_ = 0, client_ = 0;
};

}  // namespace entente::ui
