#include "core/cut/to_change.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "core/change/query.hpp"
#include "core/lookup.hpp"
#include "core/rules.hpp"

namespace entente::cut {

namespace {

using plan::Link;
using plan::Task;

// Words in the stage or the name of a plan's work, in lower case without accents.
constexpr std::array<std::array<std::string_view, 5>, kDisciplines> kStageWords = {{
    {"conform", "online", "cydffurfio", "", ""},
    {"vfx", "visual effects", "effeithiau", "", ""},
    {"grad", "colour", "color", "lliw", ""},
    {"mix", "sound", "dub", "audio", "sain"},
    {"music", "score", "cerdd", "", ""},
    {"qc", "quality", "ansawdd", "", ""},
}};

bool speaks_of(const std::string& text, Discipline discipline) {
    const std::string folded = fold(text);
    const auto& words = kStageWords[static_cast<std::size_t>(discipline)];
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return !word.empty() && folded.find(word) != std::string::npos; });
}

class Maker {
public:
    Maker(const plan::Project& project, TaskId lock, const std::function<std::uint64_t()>& next_id)
        : project_(project), lock_(lock), next_id_(next_id) {
        behind_ = reachable(lock);
    }

    change::Change make(const std::vector<WorkLine>& lines, const ChangeWords& words, Day asked_on) {
        change::Change out;
        out.request = words.request;
        out.asked_on = asked_on;
        const WorkLine* first = &lines.front();
        for (const WorkLine& line : lines) {
            if (line.discipline == Discipline::Conform) first = &line;
        }
        out.edits.push_back(reopened(*first, words.work_names[static_cast<std::size_t>(first - lines.data())], asked_on));
        std::vector<TaskId> made;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (&lines[i] == first) continue;
            const bool last = lines[i].discipline == Discipline::Qc;
            change::AddWork edit = added(lines[i], words.work_names[i], last ? made : std::vector<TaskId>{});
            made.push_back(edit.work.id);
            out.edits.push_back(std::move(edit));
        }
        return out;
    }

private:
    std::vector<TaskId> reachable(TaskId from) const {
        std::vector<TaskId> out, wave{from};
        while (!wave.empty()) {
            const TaskId at = wave.back();
            wave.pop_back();
            for (const Link& link : project_.links) {
                if (link.from != at || std::find(out.begin(), out.end(), link.to) != out.end()) continue;
                out.push_back(link.to);
                wave.push_back(link.to);
            }
        }
        return out;
    }

    bool is_behind(TaskId id) const { return std::find(behind_.begin(), behind_.end(), id) != behind_.end(); }

    change::Reopen reopened(const WorkLine& line, const std::string& name, Day asked_on) const {
        const TaskId work{next_id_()};
        std::vector<LinkId> links;
        for (std::size_t i = change::reopen_links(project_, lock_); i > 0; --i) links.push_back(LinkId{next_id_()});
        change::Reopen edit = change::make_reopen(project_, lock_, line.minutes, name, asked_on, work, links);
        if (line.role) edit.work.assignments = {{line.role, 1000, std::nullopt}};
        return edit;
    }

    // The plan's own work of the discipline behind the lock: its last task in the plan's order that is not a part of another discipline's.
    const Task* existing(Discipline discipline) const {
        const Task* found = nullptr;
        for (const Task& task : project_.tasks) {
            if (task.kind != plan::TaskKind::Task || !task.active || !is_behind(task.id)) continue;
            if (speaks_of(task.name, discipline) || (!found && speaks_of(task.stage, discipline))) found = &task;
        }
        return found;
    }

    // The last thing that hangs on the lock: a milestone that nothing waits for, better one that is promised.
    const Task* last_behind() const {
        const Task* found = nullptr;
        bool promised = false;
        for (const Task& task : project_.tasks) {
            if (!is_behind(task.id) || task.kind == plan::TaskKind::Summary) continue;
            const bool waited_for =
                std::any_of(project_.links.begin(), project_.links.end(), [&](const Link& link) { return link.from == task.id; });
            const bool has_promise = std::any_of(project_.promises.begin(), project_.promises.end(),
                                                 [&](const plan::Promise& promise) { return promise.task == task.id; });
            if (waited_for || (promised && !has_promise)) continue;
            found = &task;
            promised = has_promise;
        }
        return found;
    }

    void join(change::AddWork& edit, TaskId from, TaskId to) const {
        for (const Link& link : edit.links) {
            if (link.from == from && link.to == to) return;
        }
        Link link;
        link.id = LinkId{next_id_()};
        link.from = from;
        link.to = to;
        edit.links.push_back(link);
    }

    change::AddWork added(const WorkLine& line, const std::string& name, const std::vector<TaskId>& after) const {
        change::AddWork edit;
        edit.work.id = TaskId{next_id_()};
        edit.work.name = name;
        edit.work.duration_minutes = line.minutes;
        const Task* model = existing(line.discipline);
        const Task& lock = *by_id(project_.tasks, lock_);
        edit.work.parent = model ? model->parent : lock.parent;
        edit.work.stage = model ? model->stage : lock.stage;
        edit.work.calendar = model ? model->calendar : lock.calendar;
        edit.work.client_visible = lock.client_visible;
        if (line.role) edit.work.assignments = {{line.role, 1000, std::nullopt}};
        join(edit, lock_, edit.work.id);
        for (const TaskId before : after) join(edit, before, edit.work.id);
        if (model) join(edit, model->id, edit.work.id);
        bool closed = false;
        for (const Link& link : project_.links) {
            if (!model || link.from != model->id || link.kind != plan::LinkKind::FinishToStart) continue;
            // What is made after other new work must not hold up what that work waits for.
            if (!after.empty() && !is_last(link.to)) continue;
            join(edit, edit.work.id, link.to);
            closed = true;
        }
        const Task* end = last_behind();
        if (!closed && end && (!model || end->id != model->id)) join(edit, edit.work.id, end->id);
        return edit;
    }

    bool is_last(TaskId id) const {
        return std::none_of(project_.links.begin(), project_.links.end(), [&](const Link& link) { return link.from == id; });
    }

    const plan::Project& project_;
    TaskId lock_;
    const std::function<std::uint64_t()>& next_id_;
    std::vector<TaskId> behind_;
};

}  // namespace

std::vector<TaskId> locks_of(const plan::Project& project) {
    std::vector<TaskId> likely, others;
    for (const Task& task : project.tasks) {
        if (task.kind != plan::TaskKind::Milestone || !task.active) continue;
        const std::string name = fold(task.name);
        const bool lock =
            name.find("lock") != std::string::npos || name.find("cloi") != std::string::npos || name.find("clo ") != std::string::npos;
        const bool picture = name.find("picture") != std::string::npos || name.find("llun") != std::string::npos;
        if (lock && picture) {
            likely.insert(likely.begin(), task.id);
        } else {
            (lock ? likely : others).push_back(task.id);
        }
    }
    likely.insert(likely.end(), others.begin(), others.end());
    return likely;
}

Result<change::Change> change_of(const plan::Project& project, TaskId lock, const std::vector<WorkLine>& lines, const ChangeWords& words,
                                 Day asked_on, const std::function<std::uint64_t()>& next_id) {
    if (!by_id(project.tasks, lock)) return fail(ErrorCode::NotFound, msg("This task is no longer in the plan."));
    if (lines.empty()) return refuse(msg("Nothing changed that would make work."));
    change::Change made = Maker(project, lock, next_id).make(lines, words, asked_on);
    // A plan with unusual links could be tied into a loop by what closes behind the new work: then that work closes nothing.
    const auto fits = [&] {
        const auto after = change::with_edits(project, made.edits);
        return after && plan::find_loop(*after).empty();
    };
    if (!fits()) {
        for (change::PlanEdit& edit : made.edits) {
            if (auto* work = std::get_if<change::AddWork>(&edit))
                std::erase_if(work->links, [&](const Link& link) { return link.from == work->work.id; });
        }
    }
    if (!fits()) return refuse(msg("This milestone cannot be reopened as the plan is linked."));
    return made;
}

}  // namespace entente::cut
