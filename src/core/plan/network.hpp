// The network behind Scheduler: tasks as nodes in an order in which every predecessor comes first, links as edges.
//
// Private to the scheduler (schedule, network, forward, backward and rows .cpp). Times are kept as worked minutes of each
// task's own clock, because a link between two tasks of one calendar is then a plain addition; they are turned into
// LocalMinute where two calendars meet, at elapsed lags, and in the rows.
//
// A summary is up to two nodes: its gate (what the summary waits for, its children wait for) and its roll-up (what
// waits for the summary waits for its children). A gate exists only where a link or a constraint needs it.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/plan/schedule.hpp"

namespace entente::plan {

inline constexpr std::uint32_t kNone = 0xffffffffu;
inline constexpr std::int64_t kNever = std::int64_t{1} << 60;  // later than every time; negated: earlier

struct Scheduler::Network {
    enum class NodeKind : std::uint8_t { Leaf, Gate, RollUp };

    enum Flag : std::uint16_t {
        kConstrained = 1,   // any constraint but As Soon As Possible
        kDeadline = 2,
        kStarted = 4,       // has an actual start
        kFinished = 8,      // has an actual finish
        kPinned = 16,       // manual: stands where it was put
        kDelayed = 32,      // levelling delay
        kLate = 64,         // As Late As Possible
        kZero = 128,        // no length
        kDone = 256,        // finished, or 100 % done: never critical
        kHeld = 512,        // not finished and the project has a status date
    };
    // The flags that change where a task is placed; tasks without any take the short way.
    static constexpr std::uint16_t kForwardFlags = kConstrained | kStarted | kFinished | kPinned | kDelayed | kZero | kHeld;
    static constexpr std::uint16_t kBackwardFlags = kConstrained | kDeadline | kStarted | kFinished | kPinned | kZero;

    struct Edge {
        std::uint32_t from = 0, to = 0;  // nodes
        std::uint32_t link = 0;          // index into Project::links
        LinkKind kind = LinkKind::FinishToStart;
        bool plain = false;              // both ends are tasks on one clock, and the lag is working time
        bool elapsed = false;            // the lag is elapsed time
        std::int64_t lag = 0;
    };

    // What decides the shape; compared on every run, exactly, so that a stale network is never used.
    struct TaskShape {
        TaskId id, parent;
        CalendarId calendar;
        TaskKind kind;
        ConstraintKind summary_constraint;  // of summaries only
        bool active, elapsed;
    };
    struct LinkShape {
        TaskId from, to;
        LinkKind kind;
        LagUnit unit;
    };

    // ---- shape (network.cpp)
    CalendarId project_calendar;
    std::vector<Calendar> calendars;
    std::vector<TaskShape> task_shapes;
    std::vector<LinkShape> link_shapes;
    std::vector<WorkClock> clocks;                 // 0: the project's; 1: elapsed time; then the others that are used
    std::unordered_map<TaskId, std::uint32_t> index_of;  // task -> index
    std::vector<NodeKind> kinds;                   // by node, in order
    std::vector<std::uint32_t> task_of;            // node -> task index
    std::vector<std::uint32_t> node_of;            // task index -> node (roll-up for summaries; none for the inactive)
    std::vector<std::uint32_t> gate_of;            // node -> the nearest gate above it
    std::vector<std::uint16_t> clock_of;           // node -> clock
    std::vector<std::uint16_t> clock_of_task;      // task index -> clock
    std::vector<std::uint8_t> gate_linked;         // node of a gate: a link reaches it or a gate above it
    std::vector<Edge> edges;                       // by `to`, in the order of the project's links
    std::vector<std::uint32_t> in_begin;           // node -> its first edge in `edges`; one past the end at the back
    std::vector<std::uint32_t> out_begin, out_edges;      // node -> indices into `edges`
    std::vector<std::uint32_t> roll_begin, roll_nodes;    // leaf -> the roll-ups that wait for it
    std::vector<std::uint32_t> parent_of;          // task index -> parent's index

    // ---- values of one run
    const Project* project = nullptr;
    std::vector<std::int64_t> span;                // node -> working minutes from start to finish
    std::vector<std::uint16_t> flags;
    std::vector<std::int64_t> es, ef, ls, lf;      // worked minutes of the node's clock
    std::vector<std::int64_t> link_ls;             // the late start that predecessors see: less done work
    std::vector<std::uint8_t> at_start;            // milestones: shown at the next shift's start, not at the last one's end
    std::vector<std::uint32_t> driver;             // node -> edge that decides its start
    std::vector<DrivenBy> driven_by;
    std::vector<LocalMinute> gate_start, gate_finish;    // gates and roll-ups: early bounds, early dates
    std::vector<LocalMinute> late_start, late_finish;    // gates and roll-ups: late bounds
    std::vector<std::uint32_t> first_leaf;         // roll-up -> its leaf that starts first
    std::vector<std::int64_t> start_work, finish_work, status_work, last_work;  // by clock
    LocalMinute project_start, project_finish;
    bool any_late = false;
    const std::vector<LocalMinute>* anchors = nullptr;  // by task index: an anchored backward pass
    static constexpr std::int64_t kUnbound = kNever / 2;  // late dates beyond are not bound by any anchor

    // The rows of the last run, and the times they were made from: unchanged rows are not computed again.
    struct RowKey {
        std::int64_t es, ef, ls, lf;
        std::uint16_t flags;
        std::uint8_t at_start;
    };
    std::vector<RowKey> row_keys;
    std::vector<ScheduledTask> rows;

    // Builds the shape; fails on a loop.
    Result<void> build(const Project& plan);
    // Takes the values of this run; false where the shape is no longer that of `plan`.
    bool load(const Project& plan);
    Schedule run();

    // The latest finish of every task (by index) for which no task ends after its anchor (by index; kNever: none). Only
    // links and facts count, not constraints, deadlines or the project's finish. kNever: nothing anchored waits for it.
    std::vector<LocalMinute> latest_finishes(const Project& plan, const std::vector<LocalMinute>& anchors);

    void forward(bool with_late_dates);
    void backward();

    const WorkClock& clock(std::uint32_t node) const { return clocks[clock_of[node]]; }
    const Task& task(std::uint32_t node) const { return project->tasks[task_of[node]]; }
    LocalMinute early_start_time(std::uint32_t node) const;
    LocalMinute early_finish_time(std::uint32_t node) const;
    LocalMinute late_start_time(std::uint32_t node) const;
    LocalMinute late_finish_time(std::uint32_t node) const;

private:
    struct Draft;
    struct Bound;
    // network.cpp
    void order_nodes(const Draft& draft, const Project& plan);
    void index_edges(const Draft& draft, const std::vector<std::uint32_t>& place);
    void add_clocks(const Project& plan);
    bool load_task(std::uint32_t index);
    bool load_links();
    void load_clocks();
    // forward.cpp
    void place_leaf(std::uint32_t node, bool with_late_dates);
    void place_special(std::uint32_t node, Bound& bound, bool linked);
    void place_actual(std::uint32_t node);
    void place_gate(std::uint32_t node, bool with_late_dates);
    void place_roll_up(std::uint32_t node);
    void constrain(std::uint32_t node, Bound& bound, bool linked) const;
    void take(const Edge& edge, Bound& bound, bool with_late_dates) const;
    void take_across(const Edge& edge, Bound& bound, bool with_late_dates) const;
    LocalMinute lagged(const Edge& edge, LocalMinute at) const;
    // backward.cpp
    void limit_leaf(std::uint32_t node);
    void limit_special(std::uint32_t node, std::int64_t finish, bool bound);
    void limit_summary(std::uint32_t node);
    std::int64_t latest_finish(const Edge& edge) const;
    LocalMinute latest_time(const Edge& edge) const;
    bool binds_late(const Edge& edge) const;
    std::int64_t free_float(std::uint32_t node, const std::vector<ScheduledTask>& all) const;
    // rows.cpp
    void find_finish();
    void fill_row(std::uint32_t node, ScheduledTask& row);
    void fill_inactive(std::uint32_t index, ScheduledTask& row) const;
    void roll_up_rows(std::vector<ScheduledTask>& all) const;
    void finish_summary(std::uint32_t index, ScheduledTask& row) const;
    void add_warnings(Schedule& schedule) const;
};

// Network::latest_finishes for a plan; empty where the plan has a loop.
std::vector<LocalMinute> latest_finishes(const Project& plan, const std::vector<LocalMinute>& anchors);

}  // namespace entente::plan
