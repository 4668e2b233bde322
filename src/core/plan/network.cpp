// Building the network: tasks become nodes, links become edges, both in compact arrays.
//
// Most plans are written in the order in which they are done, so the outline's order is tried first; only where a link leads
// backwards are the nodes put in order (network_order.cpp).
#include "core/plan/network.hpp"

#include <algorithm>
#include <utility>

#include "core/plan/network_draft.hpp"

namespace entente::plan {

namespace {

constexpr std::int64_t kLongestMinutes = std::int64_t{kLastDay.n} * kMinutesPerDay;  // no length or lag counts for more

std::int64_t clamp_minutes(std::int64_t minutes) { return std::clamp(minutes, -kLongestMinutes, kLongestMinutes); }

bool bounds_summary(ConstraintKind kind) {
    return kind != ConstraintKind::AsSoonAsPossible && kind != ConstraintKind::AsLateAsPossible;
}

// From counts behind each index to where each index begins.
void add_up(std::vector<std::uint32_t>& begin) {
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
}

}  // namespace

// Kind, active, elapsed, and of a summary its constraint: what decides whether a task has nodes and which.
std::uint16_t Scheduler::Network::shape(const Task& task) {
    const bool summary = task.kind == TaskKind::Summary;
    const unsigned constraint = summary ? static_cast<unsigned>(task.constraint.kind) : 0;
    return static_cast<std::uint16_t>((summary ? 1u : 0u) | (task.active ? 2u : 0u) | (!summary && task.elapsed ? 4u : 0u) |
                                      (constraint << 4));
}

std::uint16_t Scheduler::Network::read_flags(const Task& task, std::int64_t length) const {
    unsigned flag = 0;
    if (task.constraint.kind == ConstraintKind::AsLateAsPossible)
        flag |= kLate;
    else if (task.constraint.kind != ConstraintKind::AsSoonAsPossible)
        flag |= kConstrained;
    if (task.deadline) flag |= kDeadline;
    if (task.actual_finish) flag |= kFinished | kStarted | kDone;
    if (task.actual_start) flag |= kStarted;
    if (task.percent_done >= 100) flag |= kDone;
    if (task.manual && task.manual_start.n != 0) flag |= kPinned;
    if (task.manual) flag |= kManual;
    if (task.levelling_delay_minutes > 0) flag |= kDelayed;
    if (project->status_day && !(flag & (kFinished | kDone))) flag |= kHeld;
    if (length == 0) flag |= kZero;
    return static_cast<std::uint16_t>(flag);
}

std::int64_t Scheduler::Network::read_span(const Task& task) {
    if (task.kind == TaskKind::Milestone) return 0;
    const std::int64_t length = std::max<std::int64_t>(0, clamp_minutes(task.duration_minutes));
    return length > 0 ? length + std::max<std::int64_t>(0, clamp_minutes(task.pause_minutes)) : 0;
}

void Scheduler::Network::set_kind(Edge& edge, const Link& link, std::uint32_t from_task, std::uint32_t to_task) const {
    edge.kind = link.kind;
    edge.percent = link.lag_unit == LagUnit::PercentOfPredecessor;
    // Percent of elapsed time is elapsed time.
    edge.elapsed = link.lag_unit == LagUnit::Elapsed || (edge.percent && (shape_of[from_task] & 4));
    const bool leaves = !((shape_of[from_task] | shape_of[to_task]) & 1);
    edge.plain = !edge.elapsed && leaves && clock_of_task[from_task] == clock_of_task[to_task];
}

void Scheduler::Network::set_lag(Edge& edge, const Link& link, std::uint32_t from_task) const {
    std::int64_t lag = clamp_minutes(link.lag_minutes);
    if (edge.percent) {
        // Percent of the predecessor's length, rounded half away from zero.
        const std::int64_t part = clamp_minutes(project->tasks[from_task].duration_minutes) *
                                  std::clamp<std::int64_t>(link.lag_minutes, -100000, 100000);
        lag = clamp_minutes((part + (part < 0 ? -50 : 50)) / 100);
    }
    edge.lag = static_cast<std::int32_t>(lag);
}

Scheduler::Network::Network() = default;
Scheduler::Network::~Network() = default;

Result<void> Scheduler::Network::build(const Project& plan) {
    reset(plan);
    add_clocks();
    read_tasks();
    if (draft->outer || !draft->join_leaves(*this)) {
        draft->outer = true;
        draft->read_links(plan, task_index);
        draft->find_summaries(*this);
        add_nodes();
        draft->join(*this);
    }
    if (!draft->forward) {
        if (Result<void> sorted = draft->sort(*this); !sorted) return sorted;
    }
    if (draft->outer || !draft->forward) count_edges();
    size_values();
    load_clocks();
    add_edges();
    if (draft->outer) index_implied();
    plain_throughout = draft->all_plain && !draft->outer;
    return {};
}

// As after construction, but for the memory and the clocks.
void Scheduler::Network::reset(const Project& plan) {
    if (!draft) draft = std::make_unique<Draft>();
    draft->reset();
    project = &plan;
    project_calendar = plan.calendar;
    link_count = static_cast<std::uint32_t>(plan.links.size());
    link_index.reset();
    gate_node_of.clear();
    first_child.clear();
    next_child.clear();
    summaries.clear();
    late_count = 0;
    idle = second_pass = finish_open = ends_open = every_row_changed = false;
    idle_tasks.clear();
    warned.clear();
    for (std::vector<std::int64_t>* values : {&start_work, &finish_work, &status_work, &last_work, &latest_work}) values->clear();
    start_side.clear();
}

// One walk over the tasks, which are large; everything after it reads compact arrays. The nodes are those of a plan whose summaries
// nothing waits for: one for each task that counts, in the outline's order.
void Scheduler::Network::read_tasks() {
    const std::size_t count = project->tasks.size();
    for (std::vector<std::uint64_t>* values : {&draft->ids, &draft->parents}) values->resize(count);
    for (std::vector<std::uint16_t>* values : {&shape_of, &clock_of_task, &flags, &clock_of}) values->resize(count);
    for (std::vector<std::uint32_t>* values : {&node_of, &task_of}) values->resize(count);
    span.resize(count);
    std::uint64_t *const ids = draft->ids.data(), *const parents = draft->parents.data();
    std::uint16_t *const forms = shape_of.data(), *const clocks_of_tasks = clock_of_task.data();
    std::uint16_t *const leaf_flags = flags.data(), *const leaf_clocks = clock_of.data();
    std::uint32_t *const nodes = node_of.data(), *const leaf_tasks = task_of.data();
    std::int64_t* const leaf_spans = span.data();
    std::uint32_t leaves = 0, late = 0, clocks_used = 0, flags_used = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const Task& task = project->tasks[i];
        ids[i] = task.id.n;
        parents[i] = task.parent.n;
        const std::uint16_t form = shape(task);
        const std::uint16_t by = task.calendar || task.elapsed ? clock_for(task) : std::uint16_t{0};
        forms[i] = form;
        clocks_of_tasks[i] = by;
        nodes[i] = kNone;
        if ((form & 3) == 2) {
            const std::int64_t length = read_span(task);
            const std::uint16_t flag = read_flags(task, length);
            nodes[i] = leaves;
            leaf_tasks[leaves] = i;
            leaf_clocks[leaves] = by;
            leaf_flags[leaves] = flag;
            leaf_spans[leaves++] = length;
            clocks_used |= by;
            flags_used |= flag;
            late += flag & kLate ? 1u : 0u;
        } else if (form & 1) {
            summaries.push_back(i);
            draft->outer = draft->outer || ((form & 2) && bounds_summary(task.constraint.kind));
        } else {
            idle = true;
        }
    }
    late_count = late;
    draft->one_clock = clocks_used == 0;
    draft->all_plain = !(flags_used & kBackwardLong);
    for (std::vector<std::uint16_t>* values : {&flags, &clock_of}) values->resize(leaves);
    task_of.resize(leaves);
    span.resize(leaves);
    if (!leaves_only || kinds.size() != leaves) {
        kinds.assign(leaves, NodeKind::Leaf);
        gate_of.assign(leaves, kNone);
        gate_linked.assign(leaves, 0);
        leaves_only = true;
    }
    task_index.build(draft->ids);
    read_parents();
}

void Scheduler::Network::read_parents() {
    const std::vector<std::uint64_t>& parents = draft->parents;
    const auto count = static_cast<std::uint32_t>(parents.size());
    parent_of.resize(count);
    std::uint64_t last_id = 0;
    std::uint32_t last_place = kNone;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (parents[i] != last_id) {
            last_id = parents[i];
            last_place = task_index.find(last_id);
        }
        // A parent stands before its children; anything else would be a loop of parents.
        parent_of[i] = last_place < i ? last_place : kNone;
    }
}

// One clock for each calendar that is used.
void Scheduler::Network::add_clocks() {
    const Calendar* base = nullptr;
    for (const Calendar& calendar : project->calendars)
        if (!base && calendar.id == project->calendar && valid(calendar)) base = &calendar;
    std::swap(clocks, clocks_before);
    std::swap(clock_calendars, calendars_before);
    clocks.clear();
    clock_calendars.clear();
    // A clock's range begins near the project's start.
    if (day_of(known_start) != day_of(project->start)) calendars_before.clear();
    add_clock(base ? *base : standard_calendar({}, {}));
    clocks.push_back(WorkClock::always());
    clock_calendars.emplace_back();
    clock_ids = {{CalendarId{}, 0}, {project->calendar, 0}};
    known_start = project->start;
}

// Compiled anew only where the calendar is not one of the build before. (Elapsed time's is empty and equals none that is valid.)
void Scheduler::Network::add_clock(const Calendar& calendar) {
    const auto known = std::find(calendars_before.begin(), calendars_before.end(), calendar);
    if (known == calendars_before.end()) {
        clocks.push_back(WorkClock(calendar, day_of(project->start)));
        clock_calendars.push_back(calendar);
        return;
    }
    clocks.push_back(std::move(clocks_before[static_cast<std::size_t>(known - calendars_before.begin())]));
    clock_calendars.push_back(std::move(*known));
    *known = Calendar{};  // taken
}

std::uint16_t Scheduler::Network::clock_for(const Task& task) {
    if (task.elapsed && task.kind != TaskKind::Summary) return 1;
    for (const auto& [id, known] : clock_ids)
        if (id == task.calendar) return known;
    std::uint16_t made = 0;
    for (const Calendar& calendar : project->calendars) {
        if (calendar.id != task.calendar || !valid(calendar) || clocks.size() >= 0xffff) continue;
        made = static_cast<std::uint16_t>(clocks.size());
        add_clock(calendar);
        break;
    }
    clock_ids.emplace_back(task.calendar, made);
    return made;
}

// Leaves for the tasks that count; gates and roll-ups for the summaries that a link or a constraint touches. In the outline's
// order, a gate before all that is in its summary and a roll-up after it.
void Scheduler::Network::add_nodes() {
    const auto count = static_cast<std::uint32_t>(project->tasks.size());
    leaves_only = false;
    node_of.assign(count, kNone);
    kinds.clear();
    task_of.clear();
    const auto add = [&](NodeKind kind, std::uint32_t task) {
        kinds.push_back(kind);
        task_of.push_back(task);
        return node_count() - 1;
    };
    gate_node_of.assign(count, kNone);
    std::vector<std::uint32_t> above(count, kNone);  // the nearest gate above each task
    for (std::uint32_t i = 0; i < count; ++i) {
        if (const std::uint32_t parent = parent_of[i]; parent != kNone)
            above[i] = gate_node_of[parent] != kNone ? gate_node_of[parent] : above[parent];
        if ((shape_of[i] & 3) == 2) node_of[i] = add(NodeKind::Leaf, i);
        if (draft->wants_gate[i]) gate_node_of[i] = add(NodeKind::Gate, i);
        for (std::uint32_t s = draft->ends_here[i]; s != kNone; s = draft->ends_too[s])
            node_of[s] = add(NodeKind::RollUp, s);
    }
    // The leaves' values were read in this order.
    std::swap(flags, draft->flags);
    std::swap(clock_of, draft->clocks);
    std::swap(span, draft->spans);
    for (std::vector<std::uint16_t>* values : {&flags, &clock_of}) values->resize(kinds.size());
    gate_of.resize(kinds.size());
    span.resize(kinds.size());
    std::size_t leaf = 0;
    for (std::uint32_t n = 0; n < node_count(); ++n) {
        gate_of[n] = above[task_of[n]];
        clock_of[n] = clock_of_task[task_of[n]];
        const bool outer = kinds[n] != NodeKind::Leaf;
        span[n] = outer ? 0 : draft->spans[leaf];
        flags[n] = static_cast<std::uint16_t>(outer ? kOuter : draft->flags[leaf++] | (gate_of[n] != kNone ? kGated : 0));
    }
}

void Scheduler::Network::count_edges() {
    in_begin.assign(kinds.size() + 1, 0);
    for (const Edge& edge : draft->edges) ++in_begin[edge.to + 1];
}

// The edges by their end, in the order of the project's links; from the counts.
void Scheduler::Network::add_edges() {
    const std::size_t count = kinds.size();
    in_end.resize(count);
    std::uint32_t sum = 0;
    for (std::size_t n = 0; n < count; ++n) {
        in_end[n] = sum;
        in_begin[n + 1] = sum += in_begin[n + 1];
    }
    live_edges = static_cast<std::uint32_t>(draft->edges.size());
    edges.resize(live_edges);
    for (const Edge& edge : draft->edges) edges[in_end[edge.to]++] = edge;
    out_known = false;
    if (!draft->outer) return;
    gate_linked.assign(count, 0);
    for (std::uint32_t n = 0; n < count; ++n) {
        if (kinds[n] != NodeKind::Gate) continue;
        const std::uint32_t above = gate_of[n];
        gate_linked[n] = in_begin[n] != in_end[n] || (above != kNone && gate_linked[above]);
    }
}

// The edges by their beginning. A plain plan's whole passes do without; the first edit or the first look-up makes them.
void Scheduler::Network::index_out() {
    if (out_known) return;
    const std::size_t count = kinds.size();
    out_begin.assign(count + 1, 0);
    for (const Edge& edge : edges) ++out_begin[edge.from + 1];
    add_up(out_begin);
    out_end.assign(out_begin.begin(), out_begin.end() - 1);
    out_edges.resize(edges.size());
    for (std::uint32_t e = 0; e < edges.size(); ++e) out_edges[out_end[edges[e].from]++] = e;
    out_known = true;
}

// What stands under a gate or is rolled up, both ways.
void Scheduler::Network::index_implied() {
    const std::size_t count = kinds.size();
    roll_begin.assign(count + 1, 0);
    under_begin.assign(count + 1, 0);
    for (const Draft::Implied& pair : draft->implied) {
        const bool rolls = kinds[pair.to] == NodeKind::RollUp;
        if (rolls) ++roll_begin[pair.from + 1];
        ++under_begin[(rolls ? pair.to : pair.from) + 1];
    }
    add_up(roll_begin);
    add_up(under_begin);
    roll_nodes.resize(roll_begin.back());
    under_nodes.resize(under_begin.back());
    std::vector<std::uint32_t> roll_fill(roll_begin.begin(), roll_begin.end() - 1);
    std::vector<std::uint32_t> under_fill(under_begin.begin(), under_begin.end() - 1);
    for (const Draft::Implied& pair : draft->implied) {
        if (kinds[pair.to] == NodeKind::RollUp) {
            roll_nodes[roll_fill[pair.from]++] = pair.to;
            under_nodes[under_fill[pair.to]++] = pair.from;
            flags[pair.from] |= kRolled;
        } else {
            under_nodes[under_fill[pair.from]++] = pair.to;
        }
    }
}

// The outline's children as chains.
void Scheduler::Network::index_outline() {
    first_child.assign(parent_of.size(), kNone);
    next_child.assign(parent_of.size(), kNone);
    for (auto i = static_cast<std::uint32_t>(parent_of.size()); i-- > 0;) {
        if (parent_of[i] == kNone) continue;
        next_child[i] = first_child[parent_of[i]];
        first_child[parent_of[i]] = i;
    }
}

// Room for the values. The passes write every leaf's before they read it; gates and roll-ups have some that they never write.
void Scheduler::Network::size_values() {
    const std::size_t count = kinds.size();
    for (std::vector<std::int64_t>* values : {&es, &ef, &ls, &lf, &link_ls}) {
        if (draft->outer) values->clear();
        values->resize(count);
    }
    at_start.resize(count);
    driver.resize(count);
    driven_by.resize(count);
    if (draft->outer) {
        for (std::vector<LocalMinute>* times : {&gate_start, &gate_finish, &late_start, &late_finish, &late_finish_most})
            times->assign(count, LocalMinute{0});
        first_leaf.assign(count, kNone);
        std::fill(at_start.begin(), at_start.end(), std::uint8_t{0});
        std::fill(driver.begin(), driver.end(), kNone);
        std::fill(driven_by.begin(), driven_by.end(), DrivenBy::ProjectStart);
    }
    for (Marks* marks : {&forward_marks, &shown_marks, &backward_marks, &row_marks, &room_marks}) marks->resize(count);
    for (Marks* marks : {&summary_marks, &warning_marks, &change_marks}) marks->resize(project->tasks.size());
}

void Scheduler::Network::load_clocks() {
    known_status = project->status_day;
    known_critical = project->critical_float_minutes;
    known_each_path = project->each_path_critical;
    for (const WorkClock& one : clocks) {
        start_work.push_back(one.work_at(project->start));
        start_side.push_back(project->start > one.finish_at(start_work.back()));
        last_work.push_back(one.work_at(at_minute(kLastDay, 0)));
        status_work.push_back(project->status_day ? one.work_at(at_minute(*project->status_day + 1, 0)) : -kNever);
    }
    finish_work.assign(clocks.size(), -kNever);
    latest_work.assign(clocks.size(), -kNever);
    project_start = clocks[0].start_at(start_work[0]);
}

void Scheduler::Network::Draft::find_summaries(const Network& network) {
    const auto count = static_cast<std::uint32_t>(network.shape_of.size());
    const auto summary = [&](std::uint32_t i) { return (network.shape_of[i] & 3) == 3; };  // an active one
    const auto bound = [&](std::uint32_t i) { return bounds_summary(static_cast<ConstraintKind>(network.shape_of[i] >> 4)); };
    std::vector<std::uint8_t> wants_roll(count);
    wants_gate.assign(count, 0);
    for (std::uint32_t i = 0; i < count; ++i) wants_gate[i] = wants_roll[i] = summary(i) && bound(i);
    for (std::size_t l = 0; l < from_task.size(); ++l) {
        if (from_task[l] == kNone) continue;
        if (summary(from_task[l])) wants_roll[from_task[l]] = 1;
        if (summary(to_task[l])) wants_gate[to_task[l]] = 1;
    }
    std::vector<std::uint32_t> last(count);  // the last row of what is in it
    for (std::uint32_t i = count; i-- > 0;) {
        last[i] = std::max(last[i], i);
        if (const std::uint32_t parent = network.parent_of[i]; parent != kNone) last[parent] = std::max(last[parent], last[i]);
    }
    ends_here.assign(count, kNone);
    ends_too.assign(count, kNone);
    for (std::uint32_t i = 0; i < count; ++i) {  // the innermost comes first
        if (!wants_roll[i]) continue;
        ends_too[i] = ends_here[last[i]];
        ends_here[last[i]] = i;
    }
}

}  // namespace entente::plan
