// The invariants of a whole plan: outline, links, ids, loops. Used where a command changes its shape.
#include <unordered_set>

#include "core/lookup.hpp"
#include "core/plan/places.hpp"
#include "core/rules.hpp"

namespace entente::plan {

namespace {

// Two nodes for each task: its beginning (2i) and its end (2i+1). A summary's beginning leads to its children's, their ends
// to its own; so a link to a summary binds all of its children, and one graph finds every loop. The edges of a node stand
// together: those of node n are next[first[n]] to next[first[n + 1]].
struct LoopGraph {
    std::vector<std::uint32_t> first, next;

    LoopGraph(const Project& project, const TaskPlaces& places) : first(project.tasks.size() * 2 + 1) {
        each_edge(project, places, [this](std::uint32_t from, std::uint32_t) { ++first[from + 1]; });
        for (std::size_t node = 1; node < first.size(); ++node) first[node] += first[node - 1];
        next.resize(first.back());
        std::vector<std::uint32_t> at(first.begin(), first.end() - 1);
        each_edge(project, places, [&](std::uint32_t from, std::uint32_t to) { next[at[from]++] = to; });
    }

    std::uint32_t nodes() const { return static_cast<std::uint32_t>(first.size() - 1); }

    template <class Edge>
    static void each_edge(const Project& project, const TaskPlaces& places, Edge edge) {
        for (std::uint32_t i = 0; i < project.tasks.size(); ++i) {
            const Task& task = project.tasks[i];
            if (task.kind != TaskKind::Summary) edge(2 * i, 2 * i + 1);
            if (const std::uint32_t parent = places.find(task.parent); parent != TaskPlaces::kAbsent) {
                edge(2 * parent, 2 * i);
                edge(2 * i + 1, 2 * parent + 1);
            }
        }
        for (const Link& link : project.links) {
            const std::uint32_t from = places.find(link.from), to = places.find(link.to);
            if (from != TaskPlaces::kAbsent && to != TaskPlaces::kAbsent) edge(2 * from + 1, 2 * to);
        }
    }
};

// Depth-first without recursion; returns the nodes of the first loop met.
std::vector<std::uint32_t> first_loop(const LoopGraph& graph) {
    enum : std::uint8_t { kNew, kOnPath, kDone };
    std::vector<std::uint8_t> state(graph.nodes(), kNew);
    struct Step {
        std::uint32_t node, at;
    };
    std::vector<Step> path;
    for (std::uint32_t root = 0; root < graph.nodes(); ++root) {
        if (state[root] != kNew) continue;
        path.push_back({root, graph.first[root]});
        state[root] = kOnPath;
        while (!path.empty()) {
            Step& step = path.back();
            if (step.at == graph.first[step.node + 1]) {
                state[step.node] = kDone;
                path.pop_back();
                continue;
            }
            const std::uint32_t to = graph.next[step.at++];
            if (state[to] == kOnPath) {
                std::vector<std::uint32_t> loop;
                auto start = std::find_if(path.begin(), path.end(), [to](const Step& one) { return one.node == to; });
                for (; start != path.end(); ++start) loop.push_back(start->node);
                return loop;
            }
            if (state[to] == kNew) {
                state[to] = kOnPath;
                path.push_back({to, graph.first[to]});
            }
        }
    }
    return {};
}

std::vector<TaskId> find_loop(const Project& project, const TaskPlaces& places) {
    std::vector<TaskId> tasks;
    for (const std::uint32_t node : first_loop(LoopGraph(project, places))) {
        const TaskId id = project.tasks[node / 2].id;
        if (tasks.empty() || tasks.back() != id) tasks.push_back(id);
    }
    if (tasks.size() > 1 && tasks.front() == tasks.back()) tasks.pop_back();
    return tasks;
}

// Whether one more link closes a circle in a plan that has none: whether what begins with its `to` leads to the end of its `from`.
bool closes_circle(const Project& project, const TaskPlaces& places, const Link& link) {
    const std::uint32_t from = places.find(link.from), to = places.find(link.to);
    if (from == TaskPlaces::kAbsent || to == TaskPlaces::kAbsent) return false;
    const LoopGraph graph(project, places);
    std::vector<bool> seen(graph.nodes());
    std::vector<std::uint32_t> ahead{2 * to};
    while (!ahead.empty()) {
        const std::uint32_t node = ahead.back();
        ahead.pop_back();
        if (node == 2 * from + 1) return true;
        if (seen[node]) continue;
        seen[node] = true;
        ahead.insert(ahead.end(), graph.next.begin() + graph.first[node], graph.next.begin() + graph.first[node + 1]);
    }
    return false;
}

// Whether check_task() has nothing to say, found without words: what is so of nearly every task of a plan of a hundred thousand.
bool plainly_fine(const Task& task) {
    const std::string& name = task.name;
    const auto plain = [](char c) { return c > ' ' && c < 0x7F; };
    if (!task.id || name.empty() || name.size() > kMaxName || !plain(name.front())) return false;
    if (!std::all_of(name.begin(), name.end(), [&](char c) { return plain(c) || c == ' '; })) return false;
    return task.note.empty() && task.stage.size() <= kMaxName && task.code.size() <= kMaxName && task.duration_minutes >= 0 &&
           task.duration_minutes <= kMaxMinutes && task.percent_done >= 0 && task.percent_done <= 100 && !task.calendar &&
           task.constraint.kind == ConstraintKind::AsSoonAsPossible && task.constraint.at == LocalMinute{};
}

Result<void> check_outline(const Project& project, const TaskPlaces& places) {
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        const Task& task = project.tasks[i];
        if (!plainly_fine(task)) {
            if (auto checked = check_task(project, task); !checked) return checked;
        }
        if (!task.parent) continue;
        const std::uint32_t parent = places.find(task.parent);  // kAbsent lies behind every task
        if (parent >= i || project.tasks[parent].kind != TaskKind::Summary) {
            return refuse(msg("The outline is broken: a task stands under something that is not a summary above it."), task.name);
        }
    }
    return ok();
}

Result<void> check_values(const Project& project, const Link& link, bool ends_known) {
    if (!ends_known) return refuse(msg("A link leads to a task that is not in the plan."));
    if (link.from == link.to) return refuse(msg("A task cannot wait for itself."), find_task(project, link.from)->name);
    if (link.lag_minutes < -kMaxMinutes || link.lag_minutes > kMaxMinutes) return refuse(msg("A lag is too long."));
    return ok();
}

// Where every link leads from a task to one further down the outline nothing can wait for itself, and no loop is looked for. (What begins
// is numbered by its place, a task's end just after its beginning, the ends of summaries behind all that: every edge of the loop graph
// leads to a higher number.)
Result<void> check_links(const Project& project, const TaskPlaces& places) {
    std::vector<bool> summary(project.tasks.size());
    for (std::size_t i = 0; i < summary.size(); ++i) summary[i] = project.tasks[i].kind == TaskKind::Summary;
    bool onwards = true;
    for (const Link& link : project.links) {
        const std::uint32_t from = places.find(link.from), to = places.find(link.to);
        const bool known = from != TaskPlaces::kAbsent && to != TaskPlaces::kAbsent;
        if (!known || from == to || link.lag_minutes != 0) {
            if (auto values = check_values(project, link, known); !values) return values;
        }
        onwards = onwards && from < to && !summary[from];
    }
    if (onwards) return ok();
    const std::vector<TaskId> loop = find_loop(project, places);
    if (loop.empty()) return ok();
    std::string names;
    for (const TaskId id : loop) names += (names.empty() ? "" : " \u2192 ") + find_task(project, id)->name;
    return refuse(msg("These tasks wait for each other in a circle."), std::move(names), msg("Remove one of the links between them."));
}

Result<void> check_sizes(const Project& project) {
    if (project.tasks.size() > kMaxTasks) return fail(ErrorCode::TooLarge, msg("A plan holds {0} tasks at most.", std::int64_t{kMaxTasks}));
    if (project.links.size() > kMaxLinks) return fail(ErrorCode::TooLarge, msg("A plan holds {0} links at most.", std::int64_t{kMaxLinks}));
    if (project.promises.size() > kMaxListed || project.decisions.size() > kMaxListed || project.changes.size() > kMaxListed ||
        project.baselines.size() > kMaxListed || project.issued.size() > kMaxListed || project.calendars.size() > kMaxListed) {
        return fail(ErrorCode::TooLarge, msg("This project holds more than the program can keep."));
    }
    return ok();
}

// What hangs on tasks must find them, once for each task.
Result<void> check_attached(const Project& project, const TaskPlaces& places) {
    std::unordered_set<TaskId> promised, decided;
    for (const Promise& promise : project.promises) {
        if (!places.contains(promise.task)) return refuse(msg("A promise belongs to a task that is not in the plan."));
        if (!promised.insert(promise.task).second) return refuse(msg("A task has one promised date at most."));
        if (auto day = check_day(promise.promised); !day) return day;
    }
    for (const ClientDecision& decision : project.decisions) {
        if (!places.contains(decision.task)) return refuse(msg("A client decision belongs to a task that is not in the plan."));
        if (!decided.insert(decision.task).second) return refuse(msg("A task has one client decision at most."));
        if (auto values = check_decision(decision); !values) return values;
    }
    return ok();
}

template <class T>
void collect(const std::vector<T>& items, std::vector<std::uint64_t>& ids) {
    for (const T& item : items) ids.push_back(item.id.n);
}

void collect_ids(const Project& project, std::vector<std::uint64_t>& ids) {
    ids.push_back(project.id.n);
    collect(project.tasks, ids);
    collect(project.links, ids);
    collect(project.calendars, ids);
    collect(project.promises, ids);
    collect(project.decisions, ids);
    collect(project.baselines, ids);
    collect(project.changes, ids);
    collect(project.issued, ids);
    money::collect_ids(project.money, ids);
}

// Whether an id stands twice, or is none. Ids that lie close together, as one device gives them, are ticked off; others are sorted.
bool has_twin_or_none(std::vector<std::uint64_t>& ids) {
    const auto [least, greatest] = std::minmax_element(ids.begin(), ids.end());
    if (*least == 0) return true;
    const std::uint64_t base = *least, range = *greatest - base;
    if (range < ids.size() * std::uint64_t{8} + 64) {
        std::vector<bool> met(static_cast<std::size_t>(range) + 1);
        for (const std::uint64_t id : ids) {
            if (met[static_cast<std::size_t>(id - base)]) return true;
            met[static_cast<std::size_t>(id - base)] = true;
        }
        return false;
    }
    std::sort(ids.begin(), ids.end());
    return std::adjacent_find(ids.begin(), ids.end()) != ids.end();
}

}  // namespace

std::vector<TaskId> find_loop(const Project& project) { return find_loop(project, TaskPlaces(project)); }

Result<void> check_task(const Project& project, const Task& task) {
    if (!task.id) return refuse(msg("A task has no id."), task.name);
    if (auto named = check_name(task.name); !named) return named;
    if (auto note = check_text(task.note); !note) return note;
    if (task.stage.size() > kMaxName || task.code.size() > kMaxName) return refuse(msg("The name is too long."), task.name);
    if (task.duration_minutes < 0 || task.duration_minutes > kMaxMinutes)
        return refuse(msg("The length must lie between zero and 100 years."), task.name);
    if (task.percent_done < 0 || task.percent_done > 100) return refuse(msg("Progress lies between 0 and 100 %."), task.name);
    if (task.calendar && !by_id(project.calendars, task.calendar))
        return refuse(msg("A task uses a calendar that is not in the plan."), task.name);
    if (auto at = check_minute(task.constraint.at); !at) return at;
    return ok();
}

Result<void> check_link(const Project& project, const Link& link) {
    const bool known = find_task(project, link.from) && find_task(project, link.to);
    if (auto values = check_values(project, link, known); !values) return values;
    const Link* before = by_id(project.links, link.id);
    if (before && before->from == link.from && before->to == link.to) return ok();  // nothing waits for anything new
    if (!closes_circle(project, TaskPlaces(project), link)) return ok();
    Project trial = project;  // to name the circle
    put(trial.links, link);
    return check_links(trial, TaskPlaces(trial));
}

Result<void> check_structure(const Project& project) {
    if (auto sizes = check_sizes(project); !sizes) return sizes;
    const TaskPlaces places(project);
    if (auto outline = check_outline(project, places); !outline) return outline;
    if (auto links = check_links(project, places); !links) return links;
    return check_attached(project, places);
}

Result<void> check_project(const Model& model, const Project& project, const std::vector<house::Role>& new_roles) {
    if (auto named = check_name(project.name); !named) return named;
    if (auto start = check_minute(project.start); !start) return start;
    if (auto fee = check_minor(project.base_fee_minor); !fee) return fee;
    if (!currency_from(project.currency.view())) return refuse(msg("The currency must be three capital letters, such as GBP."));
    if (model.projects.size() >= kMaxProjects) return refuse(msg("A workspace holds {0} projects at most.", std::int64_t{kMaxProjects}));
    if (!by_id(project.calendars, project.calendar)) return refuse(msg("The project has no calendar."));
    for (const Calendar& calendar : project.calendars) {
        if (!valid(calendar)) return refuse(msg("This calendar cannot be used."), calendar.name);
    }
    if (auto structure = check_structure(project); !structure) return structure;
    if (auto book = money::check_book(project); !book) return book;

    std::vector<std::uint64_t> ids;
    ids.reserve(project.tasks.size() + project.links.size() + 1'000);
    for (const Project& other : model.projects) collect_ids(other, ids);
    collect_ids(project, ids);
    collect(model.house.roles, ids);
    collect(new_roles, ids);
    if (has_twin_or_none(ids)) return refuse(msg("This id is already in use."));
    return ok();
}

}  // namespace entente::plan
