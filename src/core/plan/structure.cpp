// The invariants of a whole plan: outline, links, ids, loops. Used where a command changes its shape.
#include <unordered_map>
#include <unordered_set>

#include "core/lookup.hpp"
#include "core/plan/network_ids.hpp"
#include "core/rules.hpp"

namespace entente::plan {

namespace {

using Index = std::unordered_map<TaskId, std::size_t>;

Index index_of(const Project& project) {
    Index index;
    index.reserve(project.tasks.size());
    for (std::size_t i = 0; i < project.tasks.size(); ++i) index.emplace(project.tasks[i].id, i);
    return index;
}

// Two nodes for each task: its beginning (2i) and its end (2i+1). A summary's beginning leads to its children's, their ends
// to its own; so a link to a summary binds all of its children, and one graph finds every loop.
struct LoopGraph {
    std::vector<std::vector<std::uint32_t>> next;

    explicit LoopGraph(const Project& project) : next(project.tasks.size() * 2) {
        const Index index = index_of(project);
        for (std::size_t i = 0; i < project.tasks.size(); ++i) {
            const Task& task = project.tasks[i];
            if (task.kind != TaskKind::Summary) edge(2 * i, 2 * i + 1);
            if (const auto parent = index.find(task.parent); task.parent && parent != index.end()) {
                edge(2 * parent->second, 2 * i);
                edge(2 * i + 1, 2 * parent->second + 1);
            }
        }
        for (const Link& link : project.links) {
            const auto from = index.find(link.from), to = index.find(link.to);
            if (from != index.end() && to != index.end()) edge(2 * from->second + 1, 2 * to->second);
        }
    }

    void edge(std::size_t from, std::size_t to) { next[from].push_back(static_cast<std::uint32_t>(to)); }
};

// Depth-first without recursion; returns the nodes of the first loop met.
std::vector<std::uint32_t> first_loop(const LoopGraph& graph) {
    enum : std::uint8_t { kNew, kOnPath, kDone };
    std::vector<std::uint8_t> state(graph.next.size(), kNew);
    std::vector<std::pair<std::uint32_t, std::size_t>> path;
    for (std::uint32_t root = 0; root < graph.next.size(); ++root) {
        if (state[root] != kNew) continue;
        path.emplace_back(root, 0);
        state[root] = kOnPath;
        while (!path.empty()) {
            auto& [node, at] = path.back();
            if (at == graph.next[node].size()) {
                state[node] = kDone;
                path.pop_back();
                continue;
            }
            const std::uint32_t to = graph.next[node][at++];
            if (state[to] == kOnPath) {
                std::vector<std::uint32_t> loop;
                auto start = std::find_if(path.begin(), path.end(), [to](const auto& step) { return step.first == to; });
                for (; start != path.end(); ++start) loop.push_back(start->first);
                return loop;
            }
            if (state[to] == kNew) {
                state[to] = kOnPath;
                path.emplace_back(to, 0);
            }
        }
    }
    return {};
}

// Whether one more link closes a circle in a plan that has none: whether what begins with its `to` leads to the end of its `from`.
// LoopGraph's rules, walked from there, without a list for each node.
class Circle {
public:
    explicit Circle(const Project& project) : project_(project), first_child_(project.tasks.size(), kNone), first_link_(first_child_) {
        const auto count = static_cast<std::uint32_t>(project.tasks.size());
        std::vector<std::uint64_t> ids(count);
        for (std::uint32_t i = 0; i < count; ++i) ids[i] = project.tasks[i].id.n;
        index_.build(ids);
        parent_.resize(count);
        next_child_.resize(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            parent_[i] = index_.find(project.tasks[i].parent.n);
            if (parent_[i] == kNone) continue;
            next_child_[i] = first_child_[parent_[i]];
            first_child_[parent_[i]] = i;
        }
        next_link_.resize(project.links.size());
        for (std::uint32_t l = 0; l < project.links.size(); ++l) {
            const std::uint32_t from = index_.find(project.links[l].from.n);
            if (from == kNone) continue;
            next_link_[l] = first_link_[from];
            first_link_[from] = l;
        }
    }

    bool closed_by(const Link& link) {
        const std::uint32_t from = index_.find(link.from.n), to = index_.find(link.to.n);
        if (from == kNone || to == kNone) return false;
        seen_.assign(parent_.size() * 2, 0);
        begin(to);
        while (!ahead_.empty()) {
            const std::uint32_t node = ahead_.back(), task = node / 2;
            ahead_.pop_back();
            if (node % 2 == 0) {
                if (project_.tasks[task].kind != TaskKind::Summary) end(task);
                for (std::uint32_t c = first_child_[task]; c != kNone; c = next_child_[c]) begin(c);
                continue;
            }
            if (task == from) return true;
            if (parent_[task] != kNone) end(parent_[task]);
            for (std::uint32_t l = first_link_[task]; l != kNone; l = next_link_[l]) {
                const std::uint32_t next = index_.find(project_.links[l].to.n);
                if (next != kNone) begin(next);
            }
        }
        return false;
    }

private:
    static constexpr std::uint32_t kNone = IdTable::kAbsent;

    void begin(std::uint32_t task) { go(2 * task); }
    void end(std::uint32_t task) { go(2 * task + 1); }
    void go(std::uint32_t node) {
        if (seen_[node]) return;
        seen_[node] = 1;
        ahead_.push_back(node);
    }

    const Project& project_;
    IdTable index_;
    std::vector<std::uint32_t> parent_, first_child_, next_child_, first_link_, next_link_, ahead_;
    std::vector<std::uint8_t> seen_;
};

Result<void> check_outline(const Project& project) {
    const Index index = index_of(project);
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        const Task& task = project.tasks[i];
        if (auto checked = check_task(project, task); !checked) return checked;
        if (!task.parent) continue;
        const auto parent = index.find(task.parent);
        if (parent == index.end() || parent->second >= i || project.tasks[parent->second].kind != TaskKind::Summary) {
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

Result<void> check_links(const Project& project) {
    const Index index = index_of(project);
    for (const Link& link : project.links) {
        const bool known = index.contains(link.from) && index.contains(link.to);
        if (auto values = check_values(project, link, known); !values) return values;
    }
    const std::vector<TaskId> loop = find_loop(project);
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
Result<void> check_attached(const Project& project) {
    const Index index = index_of(project);
    std::unordered_set<TaskId> promised, decided;
    for (const Promise& promise : project.promises) {
        if (!index.contains(promise.task)) return refuse(msg("A promise belongs to a task that is not in the plan."));
        if (!promised.insert(promise.task).second) return refuse(msg("A task has one promised date at most."));
        if (auto day = check_day(promise.promised); !day) return day;
    }
    for (const ClientDecision& decision : project.decisions) {
        if (!index.contains(decision.task)) return refuse(msg("A client decision belongs to a task that is not in the plan."));
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

}  // namespace

std::vector<TaskId> find_loop(const Project& project) {
    std::vector<TaskId> tasks;
    for (const std::uint32_t node : first_loop(LoopGraph(project))) {
        const TaskId id = project.tasks[node / 2].id;
        if (tasks.empty() || tasks.back() != id) tasks.push_back(id);
    }
    if (tasks.size() > 1 && tasks.front() == tasks.back()) tasks.pop_back();
    return tasks;
}

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
    if (!Circle(project).closed_by(link)) return ok();
    Project trial = project;  // to name the circle
    put(trial.links, link);
    return check_links(trial);
}

Result<void> check_structure(const Project& project) {
    if (auto sizes = check_sizes(project); !sizes) return sizes;
    if (auto outline = check_outline(project); !outline) return outline;
    if (auto links = check_links(project); !links) return links;
    return check_attached(project);
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
    for (const Project& other : model.projects) collect_ids(other, ids);
    collect_ids(project, ids);
    collect(model.house.roles, ids);
    collect(new_roles, ids);
    std::sort(ids.begin(), ids.end());
    if (ids.front() == 0 || std::adjacent_find(ids.begin(), ids.end()) != ids.end()) return refuse(msg("This id is already in use."));
    return ok();
}

}  // namespace entente::plan
