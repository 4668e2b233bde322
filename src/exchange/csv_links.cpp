#include "exchange/csv_links.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "base/text.hpp"
#include "core/rules.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kMaxLoopNames = 12;

class Linker {
public:
    Linker(const std::vector<PlanRow>& rows, const std::vector<OutlineRow>& outline, DurationUnits units,
           const NextId& next_id, plan::Project& project, ProblemList& problems)
        : rows_(rows),
          outline_(outline),
          units_(units),
          next_id_(next_id),
          project_(project),
          problems_(problems) {
        for (std::size_t i = 0; i < outline.size(); ++i) {
            const PlanRow& row = rows[outline[i].row];
            codes_.emplace(row.code, i);
            const auto [found, fresh] = names_.emplace(fold(row.name), i);
            if (!fresh) found->second = kNoParent;  // a name that stands twice tells nothing
        }
    }

    bool link_all() {
        std::size_t count = 0;
        for (const bool successors : {false, true}) {
            for (std::size_t i = 0; i < outline_.size(); ++i) {
                const PlanRow& row = rows_[outline_[i].row];
                const auto refs = read(successors ? row.successors : row.predecessors);
                count += refs.size();
                if (count > kMaxImportReferences) return false;
                for (const PredecessorRef& ref : refs) link(i, row.line, ref, successors);
            }
        }
        return true;
    }

private:
    // By the file's ids alone where they are enough: a task may be called "2SS", and is not meant by it in a table that has a task 2.
    // The numbers of rows are no such ids: where there are no others, "10-20" is the task that is called so.
    std::vector<PredecessorRef> read(std::string_view text) const {
        const auto has_code = [this](std::string_view ref) {
            const auto found = codes_.find(std::string(ref));
            return found != codes_.end() && rows_[outline_[found->second].row].coded;
        };
        std::vector<PredecessorRef> refs = parse_predecessors(text, units_, has_code);
        const bool enough = std::all_of(refs.begin(), refs.end(),
                                        [&](const PredecessorRef& ref) { return !ref.bad_lag && has_code(ref.ref); });
        if (enough && !refs.empty()) return refs;
        return parse_predecessors(text, units_, [this](std::string_view ref) { return find(ref).has_value(); });
    }

    std::optional<std::size_t> find(std::string_view ref) const {
        if (const auto code = codes_.find(std::string(ref)); code != codes_.end()) return code->second;
        const auto name = names_.find(fold(ref));
        if (name == names_.end() || name->second == kNoParent) return std::nullopt;
        return name->second;
    }

    bool stands_under(std::size_t task, std::size_t above) const {
        for (std::size_t at = outline_[task].parent; at != kNoParent; at = outline_[at].parent) {
            if (at == above) return true;
        }
        return false;
    }

    // From what `ref` names to `task`, or from `task` where the reference is to a successor.
    void link(std::size_t task, int line, const PredecessorRef& ref, bool successor) {
        const auto other = find(ref.ref);
        const std::string name = quoted_piece(ref.ref);
        if (!other) {
            problems_.error(line, successor ? msg("The successor \u201c{0}\u201d is not in the file; the link was left out.", name)
                                            : msg("The predecessor \u201c{0}\u201d is not in the file; the link was left out.", name));
            return;
        }
        const std::size_t from = successor ? task : *other, to = successor ? *other : task;
        if (from == to) {
            problems_.error(line, msg("The task waits for itself; the link was left out."));
            return;
        }
        if (stands_under(to, from) || stands_under(from, to)) {
            problems_.error(
                line, msg("The link to \u201c{0}\u201d joins a summary and a task under it; it was left out.",
                          name));
            return;
        }
        if (project_.links.size() >= kMaxLinks) {
            problems_.error(line, msg("A plan holds {0} links at most; this one was left out.",
                                      static_cast<std::int64_t>(kMaxLinks)));
            return;
        }
        if (!seen_.insert({from, to, ref.kind}).second) {
            // A table that states both sides says each link twice.
            if (!successor) problems_.note(line, msg("The link to \u201c{0}\u201d appears twice; the first was kept.", name));
            return;
        }
        if (ref.bad_lag)
            problems_.error(
                line, msg("The lag of the link to \u201c{0}\u201d is not a length; it was left out.", name));
        plan::Link out;
        out.id = LinkId{next_id_()};
        out.from = project_.tasks[from].id;
        out.to = project_.tasks[to].id;
        out.kind = ref.kind;
        out.lag_unit = ref.lag_unit;
        out.lag_minutes = ref.lag_minutes;
        project_.links.push_back(out);
    }

    const std::vector<PlanRow>& rows_;
    const std::vector<OutlineRow>& outline_;
    DurationUnits units_;
    const NextId& next_id_;
    plan::Project& project_;
    ProblemList& problems_;
    std::unordered_map<std::string, std::size_t> codes_, names_;
    std::set<std::tuple<std::size_t, std::size_t, plan::LinkKind>> seen_;
};

using TaskIndex = std::unordered_map<TaskId, std::size_t>;

std::string loop_names(const plan::Project& project, const TaskIndex& index,
                       const std::vector<TaskId>& loop) {
    std::string names;
    for (std::size_t i = 0; i < std::min(loop.size(), kMaxLoopNames); ++i) {
        names += (i ? " \u2192 " : "") + quoted_piece(project.tasks[index.at(loop[i])].name);
    }
    return loop.size() > kMaxLoopNames ? names + " \u2192 \u2026" : names;
}

}  // namespace

bool add_links(const std::vector<PlanRow>& rows, const std::vector<OutlineRow>& outline, DurationUnits units,
               const NextId& next_id, plan::Project& project, ProblemList& problems) {
    return Linker(rows, outline, units, next_id, project, problems).link_all();
}

Result<void> drop_loops(plan::Project& project, const std::vector<int>& lines, ProblemList& problems) {
    TaskIndex index;
    for (std::size_t i = 0; i < project.tasks.size(); ++i) index.emplace(project.tasks[i].id, i);
    for (int round = 0;; ++round) {
        const std::vector<TaskId> loop = plan::find_loop(project);
        if (loop.empty()) return {};
        const std::string names = loop_names(project, index, loop);
        if (round == kMaxLoops) {
            return fail(ErrorCode::BadInput,
                        msg("The tasks wait for each other in more than {0} circles.", kMaxLoops), names,
                        msg("Check which column holds the predecessors."));
        }
        const plan::Link* worst = nullptr;
        for (const plan::Link& link : project.links) {
            const auto at = std::find(loop.begin(), loop.end(), link.from);
            if (at == loop.end() || link.to != (at + 1 == loop.end() ? loop.front() : *(at + 1))) continue;
            if (!worst || lines[index.at(link.to)] >= lines[index.at(worst->to)]) worst = &link;
        }
        if (!worst) {
            return fail(ErrorCode::BadInput, msg("These tasks wait for each other in a circle."), names,
                        msg("Remove one of the links between them."));
        }
        const plan::Link out = *worst;
        const std::size_t from = index.at(out.from), to = index.at(out.to);
        problems.error(lines[to], msg("These tasks wait for each other in a circle: {0}. The link from "
                                      "\u201c{1}\u201d to \u201c{2}\u201d was left out.",
                                      names, quoted_piece(project.tasks[from].name),
                                      quoted_piece(project.tasks[to].name)));
        project.links.erase(std::remove_if(project.links.begin(), project.links.end(),
                                           [&](const plan::Link& link) {
                                               return link.from == out.from && link.to == out.to;
                                           }),
                            project.links.end());
    }
}

}  // namespace entente::exchange
