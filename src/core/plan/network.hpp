// The network behind Scheduler: tasks as nodes in an order in which every predecessor comes first, links as edges.
//
// Private to the scheduler (schedule, network, forward, backward and rows .cpp). Times are kept as worked minutes of each
// task's own clock, because a link between two tasks of one calendar is then a plain addition; they are turned into
// LocalMinute where two calendars meet, at elapsed lags, and in the rows.
//
// A run computes only what can have changed since the last: load() marks the nodes whose own values differ, and each pass marks
// on from what it changed. Nodes with dates or facts of their own are always marked. The result is that of a whole pass.
//
// A summary is up to two nodes: its gate (what the summary waits for, its children wait for) and its roll-up (what
// waits for the summary waits for its children). A gate exists only where a link or a constraint needs it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/plan/schedule.hpp"

namespace entente::plan {

inline constexpr std::uint32_t kNone = 0xffffffffu;
inline constexpr std::int64_t kNever = std::int64_t{1} << 60;  // later than every time; negated: earlier

// Which nodes a pass has to look at.
class Marks {
public:
    void resize(std::size_t count) { words_.assign((count + 63) / 64, 0); }
    void set(std::uint32_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
    void set_all() { std::fill(words_.begin(), words_.end(), ~std::uint64_t{0}); }
    bool test(std::uint32_t i) const { return (words_[i / 64] >> (i % 64)) & 1; }
    void clear() { std::fill(words_.begin(), words_.end(), 0); }

    // Calls visit(i) for each marked i, upwards or downwards, and clears it; visit may mark further on in that direction.
    template <class Visit>
    void sweep_up(std::uint32_t count, Visit visit) {
        for (std::size_t w = 0; w < words_.size(); ++w)
            while (words_[w]) {
                const auto i = static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(__builtin_ctzll(words_[w])));
                words_[w] &= words_[w] - 1;
                if (i < count) visit(i);
            }
    }
    template <class Visit>
    void sweep_down(std::uint32_t count, Visit visit) {
        for (std::size_t w = words_.size(); w-- > 0;)
            while (words_[w]) {
                const auto bit = static_cast<std::size_t>(63 - __builtin_clzll(words_[w]));
                words_[w] &= ~(std::uint64_t{1} << bit);
                const auto i = static_cast<std::uint32_t>(w * 64 + bit);
                if (i < count) visit(i);
            }
    }

private:
    std::vector<std::uint64_t> words_;
};

// What the forward pass finds. Kept apart, because As Late As Possible takes a second pass whose answer is shown but from
// which the next run must not begin.
struct EarlyDates {
    std::vector<std::int64_t> es, ef;              // worked minutes of the node's clock
    std::vector<std::uint8_t> at_start;            // milestones: shown at the next shift's start, not at the last one's end
    std::vector<std::uint32_t> driver;             // node -> edge that decides its start
    std::vector<DrivenBy> driven_by;
    std::vector<LocalMinute> gate_start, gate_finish;    // gates and roll-ups: early bounds, early dates
    std::vector<std::uint32_t> first_leaf;         // roll-up -> its leaf that starts first
};

struct Scheduler::Network : EarlyDates {
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
    // Dates and facts of its own, beyond length and links: looked at on every run.
    static constexpr std::uint16_t kDatedFlags = kConstrained | kDeadline | kStarted | kFinished | kPinned | kDelayed | kHeld | kLate;
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
        LinkId id;
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
    std::vector<std::uint32_t> under_begin, under_nodes;  // roll-up -> its leaves; gate -> leaves and gates just below it
    std::vector<std::uint32_t> child_begin, child_tasks;  // task index -> its children's indices
    std::vector<std::uint32_t> parent_of;          // task index -> parent's index

    // ---- values of one run
    const Project* project = nullptr;
    std::vector<std::int64_t> span;                // node -> working minutes from start to finish
    std::vector<std::uint16_t> flags;
    std::vector<std::int64_t> ls, lf;              // worked minutes of the node's clock
    std::vector<std::int64_t> link_ls;             // the late start that predecessors see: less done work
    std::vector<LocalMinute> late_start, late_finish;    // gates and roll-ups: late bounds
    std::vector<LocalMinute> late_finish_most;     // gates: the same finish, at the next shift's beginning
    std::vector<std::int64_t> start_work, finish_work, status_work, last_work;  // by clock
    LocalMinute project_start, project_finish;
    bool any_late = false, was_late = false;       // a task is As Late As Possible, now and in the last run
    const std::vector<LocalMinute>* anchors = nullptr;  // by task index: an anchored backward pass
    static constexpr std::int64_t kUnbound = kNever / 2;  // late dates beyond are not bound by any anchor

    // What this run has to look at.
    Marks forward_marks, backward_marks, row_marks, room_marks, summary_marks;  // the last by task index, the others by node
    bool fresh = true;              // nothing of the last run can be used
    LocalMinute known_start;        // the values that all nodes depend on, as the last run had them
    std::optional<Day> known_status;
    std::int64_t known_critical = 0;
    bool known_each_path = false;
    std::vector<ScheduledTask> rows;  // of the last run

    // Builds the shape; fails on a loop.
    Result<void> build(const Project& plan);
    // Takes the values of this run; false where the shape is no longer that of `plan`.
    bool load(const Project& plan);
    Schedule run();

    // The latest finish of every task (by index) for which no task ends after its anchor (by index; kNever: none). Only
    // links and facts count, not constraints, deadlines or the project's finish. kNever: nothing anchored waits for it.
    std::vector<LocalMinute> latest_finishes(const Project& plan, const std::vector<LocalMinute>& anchors);

    void forward();
    void forward_with_late_dates();
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
    void index_under(const Draft& draft, const std::vector<std::uint32_t>& place);
    void add_clocks(const Project& plan);
    void size_values();
    bool load_task(std::uint32_t index);
    void set_values(std::uint32_t node, std::uint16_t flag, std::int64_t length);
    bool load_links();
    void load_clocks();
    void mark_all();
    void mark_successors(std::uint32_t node);
    void mark_predecessors(std::uint32_t node);
    // forward.cpp
    void update_leaf(std::uint32_t node, bool with_late_dates);
    void update_gate(std::uint32_t node, bool with_late_dates);
    void update_roll_up(std::uint32_t node, bool with_late_dates);
    void place_leaf(std::uint32_t node, bool with_late_dates);
    void place_special(std::uint32_t node, Bound& bound, bool linked);
    void place_actual(std::uint32_t node);
    void place_gate(std::uint32_t node, bool with_late_dates);
    void place_roll_up(std::uint32_t node, bool with_late_dates);
    void constrain(std::uint32_t node, Bound& bound, bool linked) const;
    void take(const Edge& edge, Bound& bound, bool with_late_dates) const;
    void take_across(const Edge& edge, Bound& bound, bool with_late_dates) const;
    LocalMinute lagged(const Edge& edge, LocalMinute at) const;
    // backward.cpp
    void update_late(std::uint32_t node);
    void limit_leaf(std::uint32_t node);
    void limit_special(std::uint32_t node, std::int64_t finish, bool bound);
    void limit_gate(std::uint32_t node);
    void limit_roll_up(std::uint32_t node);
    std::int64_t latest_finish(const Edge& edge) const;
    LocalMinute latest_time(const Edge& edge) const;
    bool binds_late(const Edge& edge) const;
    std::int64_t free_float(std::uint32_t node) const;
    // rows.cpp
    void find_finish();
    void update_rows();
    void fill_row(std::uint32_t node);
    void fill_room(std::uint32_t index);
    void fill_inactive(std::uint32_t index);
    void roll_up_row(std::uint32_t index);
    void finish_summary(std::uint32_t index, ScheduledTask& row) const;
    void add_warnings(Schedule& schedule) const;
};

// Network::latest_finishes for a plan; empty where the plan has a loop.
std::vector<LocalMinute> latest_finishes(const Project& plan, const std::vector<LocalMinute>& anchors);

}  // namespace entente::plan
