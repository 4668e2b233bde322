// The network behind Scheduler: tasks as nodes in an order in which every predecessor comes first, links as edges.
//
// Private to the scheduler (schedule, network, forward, backward, whole and rows .cpp). Times are kept as worked minutes of each
// task's own clock, because a link between two tasks of one calendar is then a plain addition; they are turned into
// LocalMinute where two calendars meet, at elapsed lags, and in the rows.
//
// build() makes everything from nothing, in the memory of the network before. touch() takes what a command changed into a network that
// stands and marks the nodes that it concerns; each pass then looks at marked nodes only and marks on from what really changed. The
// result is that of a whole pass. What touch() cannot take in (another shape) it refuses, and the caller builds again.
//
// A summary is up to two nodes: its gate (what the summary waits for, its children wait for) and its roll-up (what
// waits for the summary waits for its children). A gate exists only where a link or a constraint needs it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/plan/network_ids.hpp"
#include "core/plan/network_marks.hpp"
#include "core/plan/schedule.hpp"

namespace entente::plan {

inline constexpr std::uint32_t kNone = 0xffffffffu;
inline constexpr std::int64_t kNever = std::int64_t{1} << 60;  // later than every time; negated: earlier

// What the forward pass finds. Kept twice where a task is As Late As Possible: that takes a second pass whose answer is
// shown but from which the late dates must not be counted.
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
        kManual = 8192,     // manual, even where it was put nowhere
        // Of the shape, not of the task's values:
        kOuter = 1024,      // a gate or a roll-up
        kGated = 2048,      // a leaf under a gate
        kRolled = 4096,     // a leaf that a roll-up waits for
    };
    static constexpr std::uint16_t kStructure = kOuter | kGated | kRolled;
    static constexpr std::uint16_t kFacts = kStarted | kFinished | kPinned;
    // The flags that change where a task is placed; tasks without any take the short way.
    static constexpr std::uint16_t kForwardLong = kConstrained | kFacts | kDelayed | kHeld | kOuter | kGated;
    static constexpr std::uint16_t kBackwardLong = kConstrained | kDeadline | kFacts | kOuter | kRolled;
    static constexpr std::uint16_t kForwardFlags = kConstrained | kFacts | kDelayed | kZero | kHeld;
    static constexpr std::uint16_t kBackwardFlags = kConstrained | kDeadline | kFacts | kZero;

    struct Edge {
        LinkId link;
        std::uint32_t from = kNone, to = kNone;  // nodes; none: a free place
        std::int32_t lag = 0;                    // clamped: no lag counts for more than the calendar holds
        LinkKind kind = LinkKind::FinishToStart;
        bool plain = false;              // both ends are tasks on one clock, and the lag is working time
        bool elapsed = false;            // the lag is elapsed time
        bool percent = false;            // the lag follows the predecessor's length
    };

    struct Draft;
    // What the successors met so far allow a task, in worked minutes: the latest finish, and where it may end without moving them.
    struct Limit {
        std::int64_t finish, room;
    };
    Network();
    ~Network();

    // ---- shape (network.cpp)
    CalendarId project_calendar;
    std::vector<WorkClock> clocks;                 // 0: the project's; 1: elapsed time; then the others that are used
    std::vector<std::pair<CalendarId, std::uint16_t>> clock_ids;  // calendars met so far, unknown ones too -> clock
    std::vector<Calendar> clock_calendars;         // what each clock was made from, so that the next build need not make it again
    IdTable task_index;                            // task -> index
    std::vector<std::uint16_t> shape_of;           // task index -> kind, active, elapsed, a summary's constraint
    std::vector<NodeKind> kinds;                   // by node, in order
    std::vector<std::uint32_t> task_of;            // node -> task index
    std::vector<std::uint32_t> node_of;            // task index -> node (roll-up for summaries; none for the inactive)
    std::vector<std::uint32_t> gate_node_of;       // task index -> a summary's gate; empty where there is no gate at all
    std::vector<std::uint32_t> gate_of;            // node -> the nearest gate above it
    std::vector<std::uint16_t> clock_of;           // node -> clock
    std::vector<std::uint16_t> clock_of_task;      // task index -> clock
    std::vector<std::uint8_t> gate_linked;         // node of a gate: a link reaches it or a gate above it
    std::vector<Edge> edges;                       // those of one `to` together, in the order of the project's links
    std::vector<std::uint32_t> in_begin, in_end;   // node -> its edges in `edges`
    std::vector<std::uint32_t> out_begin, out_end, out_edges;  // node -> indices into `edges`; none: a free place
    bool out_known = false;                        // else out_... are still to be made
    bool leaves_only = false;                      // neither gates nor roll-ups
    bool plain_throughout = false;                 // at build(): both passes are additions on one clock
    std::vector<std::uint32_t> roll_begin, roll_nodes;    // leaf -> the roll-ups that wait for it
    std::vector<std::uint32_t> under_begin, under_nodes;  // roll-up -> its leaves; gate -> leaves and gates just below it
    std::vector<std::uint32_t> first_child, next_child;   // task index -> its first child; the next sibling. Made when first asked
    std::vector<std::uint32_t> parent_of;          // task index -> parent's index
    std::vector<std::uint32_t> summaries;          // task indices
    bool idle = false;                             // there are inactive tasks
    std::uint32_t link_count = 0;
    std::uint32_t live_edges = 0;                  // the others are free places
    std::optional<IdTable> link_index;             // link -> place in Project::links; made when first asked

    // ---- values
    const Project* project = nullptr;
    std::vector<std::int64_t> span;                // node -> working minutes from start to finish
    std::vector<std::uint16_t> flags;
    std::vector<std::int64_t> ls, lf;              // worked minutes of the node's clock
    std::vector<std::int64_t> link_ls;             // the late start that predecessors see: less done work
    std::vector<LocalMinute> late_start, late_finish;    // gates and roll-ups: late bounds
    std::vector<LocalMinute> late_finish_most;     // gates: the same finish, at the next shift's beginning
    std::vector<std::int64_t> start_work, finish_work, status_work, last_work;  // by clock
    std::vector<std::int64_t> latest_work;         // by clock: the latest early finish
    std::vector<std::uint8_t> start_side;          // by clock: the project starts after a break, not at a shift's end
    std::vector<WorkClock> clocks_before;          // of the build before, while the next one is made
    std::vector<Calendar> calendars_before;
    LocalMinute project_start, project_finish;
    std::uint32_t late_count = 0;                  // tasks that are As Late As Possible
    EarlyDates shown;                              // the second pass; valid where second_pass
    bool second_pass = false;
    const std::vector<LocalMinute>* anchors = nullptr;  // by task index: an anchored backward pass
    static constexpr std::int64_t kUnbound = kNever / 2;  // late dates beyond are not bound by any anchor

    // What this run has to look at, by node; summaries, warnings and changes by task index.
    Marks forward_marks, shown_marks, backward_marks, row_marks, room_marks, summary_marks, warning_marks, change_marks;
    std::vector<std::uint32_t> idle_tasks;         // inactive tasks that were touched
    bool every_row_changed = false;                // instead of change_marks
    std::vector<Limit> limits;                     // by node, of a whole backward pass
    std::vector<ScheduledTask> rows_before;        // parallel to summaries, where changes are looked for
    std::unique_ptr<Draft> draft;                  // what build() needs on the way; its memory is kept
    bool finish_open = false;                      // the latest finish may have moved
    bool ends_open = false;                        // the schedule's first start or last finish may have moved
    LocalMinute known_start;        // the values that all nodes depend on
    std::optional<Day> known_status;
    std::int64_t known_critical = 0;
    bool known_each_path = false;
    std::vector<ScheduledTask>* rows = nullptr;    // of the schedule that this run fills
    std::vector<std::uint32_t> warned;             // parallel to its warnings: task indices, ascending

    // Builds the shape and takes the values; fails on a loop.
    Result<void> build(const Project& plan);
    // Takes in what was touched; false where only build() can.
    bool touch(const Project& plan, const Touched& touched);
    // Passes and rows: of everything, after build(); or of what is marked. `kept` holds the answer of the run before.
    void run_whole(Schedule& kept);
    void run_marked(Schedule& kept, bool known);  // not known: another schedule, every row of which is filled
    void take_changes(std::vector<std::uint32_t>& changed);

    // The latest finish of every task (by index) for which no task ends after its anchor (by index; kNever: none). Only
    // links and facts count, not constraints, deadlines or the project's finish. kNever: nothing anchored waits for it.
    std::vector<LocalMinute> latest_finishes(const Project& plan, const std::vector<LocalMinute>& anchors);

    const WorkClock& clock(std::uint32_t node) const { return clocks[clock_of[node]]; }
    const Task& task(std::uint32_t node) const { return project->tasks[task_of[node]]; }
    std::uint32_t node_count() const { return static_cast<std::uint32_t>(kinds.size()); }
    LocalMinute early_start_time(std::uint32_t node) const;
    LocalMinute early_finish_time(std::uint32_t node) const;
    LocalMinute late_start_time(std::uint32_t node) const;
    LocalMinute late_finish_time(std::uint32_t node) const;

private:
    struct Bound;
    // network.cpp
    void reset(const Project& plan);
    void read_tasks();
    void read_parents();
    void add_clocks();
    void add_clock(const Calendar& calendar);
    std::uint16_t clock_for(const Task& task);
    void add_nodes();
    void add_edges();
    void count_edges();
    void index_out();
    void index_outline();
    void index_implied();
    void size_values();
    void load_clocks();
    static std::uint16_t shape(const Task& task);
    std::uint16_t read_flags(const Task& task, std::int64_t length) const;
    static std::int64_t read_span(const Task& task);
    void set_lag(Edge& edge, const Link& link, std::uint32_t from_task) const;
    void set_kind(Edge& edge, const Link& link, std::uint32_t from_task, std::uint32_t to_task) const;
    // network_touch.cpp
    bool same_project() const;
    bool touch_task(TaskId id);
    bool touch_leaf(std::uint32_t index, std::uint32_t node);
    bool touch_lags(std::uint32_t node);
    bool touch_link(LinkId id);
    std::uint32_t place_of_link(LinkId id);
    std::uint32_t edge_of(const Link& link) const;
    bool add_link(LinkId id);
    bool remove_link(LinkId id);
    void insert_edge(std::uint32_t at, const Edge& edge);
    void insert_out(std::uint32_t node, std::uint32_t edge);
    void move_out(std::uint32_t from, std::uint32_t old_edge, std::uint32_t new_edge);
    void mark_edge(std::uint32_t from, std::uint32_t to);
    void mark_node(std::uint32_t node);
    void mark_successors(std::uint32_t node, bool in_second);
    void mark_predecessors(std::uint32_t node);
    void mark_rooms_before(std::uint32_t node);
    // forward.cpp
    void forward_whole(bool with_late_dates);
    void forward_marked(bool with_late_dates);
    bool place_plain(std::uint32_t node, bool with_late_dates);
    void update_leaf(std::uint32_t node, bool with_late_dates);
    void update_gate(std::uint32_t node, bool with_late_dates);
    void update_roll_up(std::uint32_t node, bool with_late_dates);
    void place(std::uint32_t node, bool with_late_dates);
    void place_leaf(std::uint32_t node, bool with_late_dates);
    void place_special(std::uint32_t node, Bound& bound, bool linked);
    void place_actual(std::uint32_t node);
    void place_gate(std::uint32_t node, bool with_late_dates);
    void place_roll_up(std::uint32_t node, bool with_late_dates);
    void constrain(std::uint32_t node, Bound& bound, bool linked) const;
    void take(const Edge& edge, Bound& bound, bool with_late_dates) const;
    void take_across(const Edge& edge, Bound& bound, bool with_late_dates) const;
    LocalMinute lagged(const Edge& edge, LocalMinute at) const;
    bool find_finish();
    bool set_finish(LocalMinute finish);
    void reach_finish();
    // backward.cpp
    void backward_whole();
    void backward_marked();
    bool limit_plain(std::uint32_t node);
    void update_late(std::uint32_t node);
    void limit_leaf(std::uint32_t node);
    void limit_special(std::uint32_t node, std::int64_t finish, bool bound);
    void limit_gate(std::uint32_t node);
    void limit_roll_up(std::uint32_t node);
    std::int64_t latest_finish(const Edge& edge) const;
    LocalMinute latest_time(const Edge& edge) const;
    bool binds_late(const Edge& edge) const;
    bool plain_room(std::uint32_t node, std::int64_t& room) const;
    std::int64_t free_float(std::uint32_t node) const;
    std::int64_t room_across(const Edge& edge, std::int64_t from) const;
    // whole.cpp
    template <bool compare>
    void backward_with_rows(Schedule& kept);
    void backward_and_all(Schedule& kept);
    void backward_and_changed(Schedule& kept);
    void limit_before(std::uint32_t node);
    void fill_all(Schedule& kept);
    void begin_rows(Schedule& kept, bool compare);
    template <bool compare>
    void put_row(std::uint32_t node, bool room_known, std::int64_t room, Schedule& kept);
    void put_summary(std::uint32_t place, bool compare);
    void end_rows(Schedule& kept, bool compare);
    void fill_row(std::uint32_t node, ScheduledTask& row) const;
    void row_values(std::uint32_t node, ScheduledTask& row) const;
    static void begin_summary(ScheduledTask& row);
    // As Late As Possible counts as it is planned; what stands where it was put has no other dates.
    static void take_child(ScheduledTask& row, const ScheduledTask& below, bool late, bool manual) {
        row.early_start = std::min(row.early_start, late ? below.late_start : below.early_start);
        row.early_finish = std::max(row.early_finish, late ? below.late_finish : below.early_finish);
        row.late_start = std::min(row.late_start, manual ? below.early_start : below.late_start);
        row.late_finish = std::max(row.late_finish, manual ? below.early_finish : below.late_finish);
        row.start = std::min(row.start, below.start);
        row.finish = std::max(row.finish, below.finish);
        row.critical = row.critical || below.critical;
    }
    void finish_summary(std::uint32_t index, ScheduledTask& row) const;
    // rows.cpp
    void second_forward();
    void fill_marked(Schedule& kept);
    void update_row(std::uint32_t node, Schedule& kept);
    void fill_room(std::uint32_t index);
    void fill_inactive(std::uint32_t index);
    void roll_up_row(std::uint32_t index, ScheduledTask& row) const;
    void update_summary(std::uint32_t index);
    void find_ends(Schedule& kept);
    bool may_warn(std::uint32_t node) const {
        return (flags[node] & (kConstrained | kDeadline)) || ef[node] >= last_work[clock_of[node]];
    }
    void update_warnings(Schedule& kept);
    void warnings_of(std::uint32_t index, std::vector<ScheduleWarning>& out) const;
};

// Network::latest_finishes for a plan; empty where the plan has a loop.
std::vector<LocalMinute> latest_finishes(const Project& plan, const std::vector<LocalMinute>& anchors);

}  // namespace entente::plan
