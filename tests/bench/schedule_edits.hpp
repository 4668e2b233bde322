// Random edits of random plans, with what each touched, and a schedule held against one made from nothing after every edit.
//
// Used by the tests with a few thousand edits and by entente_bench_schedule_edits with a million.
#pragma once

#include <cstdint>
#include <optional>

#include "core/plan/schedule.hpp"
#include "tests/bench/plan_generator.hpp"

namespace entente::test {

inline bool same_text(const Message& a, const Message& b) {
    if (a.id != b.id || a.args.size() != b.args.size()) return false;
    for (std::size_t i = 0; i < a.args.size(); ++i)
        if (a.args[i].text != b.args[i].text || a.args[i].number != b.args[i].number) return false;
    return true;
}

// The first row that differs; the number of rows where something else does; none where nothing does.
inline std::optional<std::size_t> schedule_difference(const plan::Schedule& a, const plan::Schedule& b) {
    if (a.rows.size() != b.rows.size()) return 0;
    for (std::size_t i = 0; i < a.rows.size(); ++i)
        if (!(a.rows[i] == b.rows[i])) return i;
    if (a.start != b.start || a.finish != b.finish || a.working_minutes != b.working_minutes) return a.rows.size();
    if (a.critical_tasks != b.critical_tasks) return a.rows.size();
    if (a.warnings.size() != b.warnings.size()) return a.rows.size();
    for (std::size_t w = 0; w < a.warnings.size(); ++w)
        if (a.warnings[w].task != b.warnings[w].task || !same_text(a.warnings[w].text, b.warnings[w].text)) return a.rows.size();
    return std::nullopt;
}

inline plan::Touched touched_task(TaskId id) { return {{id}, {}, false}; }
inline plan::Touched touched_link(LinkId id) { return {{}, {id}, false}; }

// A new link from an earlier row to a later one, at some place among the links; nothing where the two are linked already.
inline plan::Touched add_random_link(plan::Project& project, Random& random, std::uint64_t id) {
    const auto count = static_cast<std::uint32_t>(project.tasks.size());
    const std::uint32_t to = 1 + random.below(count - 1), from = random.below(to);
    plan::Link link;
    link.id = LinkId{id};
    link.from = project.tasks[from].id;
    link.to = project.tasks[to].id;
    generator::vary(link, random);
    for (const plan::Link& other : project.links)
        if (other.from == link.from && other.to == link.to) return {};
    const std::uint32_t place = random.one_in(2) ? static_cast<std::uint32_t>(project.links.size())
                                                 : random.below(static_cast<std::uint32_t>(project.links.size()) + 1);
    project.links.insert(project.links.begin() + place, link);
    return touched_link(link.id);
}

// One random edit as the commands make it; `next_id` gives new links their ids. The plan may get a loop through a summary: then
// there is no schedule, from either way, until the link goes.
inline plan::Touched touching_edit(plan::Project& project, Random& random, std::uint64_t& next_id) {
    using namespace generator;
    const auto some = [&](std::size_t count) { return random.below(static_cast<std::uint32_t>(count)); };
    plan::Task& task = project.tasks[some(project.tasks.size())];
    const plan::Touched touched = touched_task(task.id);
    plan::Touched everything;
    everything.everything = true;
    switch (random.below(20)) {
        case 0:
        case 1: vary(task, random); return touched;
        case 2:
        case 3: {
            if (project.links.empty()) return {};
            plan::Link& link = project.links[some(project.links.size())];
            vary(link, random);
            return touched_link(link.id);
        }
        case 4: {
            if (project.links.size() < 4) return {};
            const std::uint32_t place = some(project.links.size());
            const LinkId gone = project.links[place].id;
            project.links.erase(project.links.begin() + place);
            return touched_link(gone);
        }
        case 5: return add_random_link(project, random, next_id++);
        case 6:
            task.percent_done = static_cast<int>(random.below(101));
            task.actual_start = random.one_in(2) ? std::optional<LocalMinute>(some_time(random)) : std::nullopt;
            task.actual_finish.reset();
            return touched;
        case 7: task.constraint = {}; return touched;
        case 8: task.deadline = random.one_in(2) ? std::optional<LocalMinute>(some_time(random)) : std::nullopt; return touched;
        case 9: {
            task.name += "'";
            plan::Task& other = project.tasks[some(project.tasks.size())];
            if (other.kind == plan::TaskKind::Task) other.duration_minutes = random.between(0, 9) * kDay;
            return {{task.id, other.id}, {}, false};
        }
        case 10: {
            if (!random.one_in(8)) return {};
            random_edit(project, random);
            return everything;
        }
        default:
            if (task.kind == plan::TaskKind::Task) task.duration_minutes = random.between(0, 12) * kDay / 2;
            return touched;
    }
}

struct EditRun {
    std::uint64_t edits = 0, mismatches = 0;
};

// Makes that many edits in a plan of that shape, up to three between two updates.
inline EditRun run_edits(const PlanShape& shape, std::uint64_t seed, std::uint64_t edits) {
    EditRun run;
    plan::Project project = make_plan(shape, seed);
    project.each_path_critical = seed % 5 == 0;
    Random random(seed + 1000);
    std::uint64_t next_id = 9'000'000;
    plan::Scheduler scheduler;
    scheduler.check_touched(false);
    plan::Schedule kept;
    plan::Touched first;
    first.everything = true;
    if (!scheduler.update(project, first, kept)) ++run.mismatches;
    while (run.edits < edits) {
        plan::Touched touched;
        for (std::uint32_t together = random.one_in(3) ? 1 + random.below(3) : 1; together > 0; --together, ++run.edits)
            touched.add(touching_edit(project, random, next_id));
        const std::vector<plan::ScheduledTask> before = kept.rows;
        const auto updated = scheduler.update(project, touched, kept);
        const auto whole = plan::compute_schedule(project);
        if (updated.has_value() != whole.has_value()) ++run.mismatches;
        if (!updated || !whole) {
            project.links.pop_back();  // a loop
            continue;
        }
        if (schedule_difference(kept, *whole)) ++run.mismatches;
        // Rows that are not listed as changed have not changed.
        std::size_t at = 0;
        for (std::uint32_t i = 0; i < kept.rows.size(); ++i) {
            const bool listed = at < scheduler.changed().size() && scheduler.changed()[at] == i;
            if (listed) ++at;
            if (!listed && before.size() == kept.rows.size() && !(before[i] == kept.rows[i])) ++run.mismatches;
        }
        // The schedule may be a copy, or another one.
        if (random.one_in(50)) kept = plan::Schedule(kept);
        if (random.one_in(50)) kept = plan::Schedule{};
    }
    return run;
}

}  // namespace entente::test
