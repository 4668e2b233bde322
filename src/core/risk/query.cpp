#include "core/risk/query.hpp"

#include <algorithm>

#include "core/model.hpp"
#include "core/plan/query.hpp"

namespace entente::risk {

Result<Findings> simulate(const plan::Project& project, const std::vector<Spread>& spreads, std::uint32_t runs, std::uint64_t seed) {
    Result<Program> program = compile(project, spreads);
    if (!program) return tl::unexpected<Error>(std::move(program.error()));
    Simulation simulation(std::move(*program), seed, std::max<std::uint32_t>(runs, 1));
    while (simulation.step(kRuns)) {
    }
    return findings(simulation);
}

Result<std::vector<P80Move>> impact_p80(const plan::Project& before, const plan::Project& after, const std::vector<Spread>& spreads,
                                        std::uint32_t runs, std::uint64_t seed) {
    const Result<Findings> was = simulate(before, spreads, runs, seed);
    if (!was) return tl::unexpected<Error>(was.error());
    const Result<Findings> is = simulate(after, spreads, runs, seed);
    if (!is) return tl::unexpected<Error>(is.error());
    std::vector<P80Move> moves;
    for (const Finish& old : was->finishes) {
        const Finish* now = is->of(old.task);
        if (!now) continue;
        moves.push_back({old.task, old.p80, now->p80, plan::working_days(before, old.p80, now->p80), old.kept_permille,
            now->kept_permille});
    }
    return moves;
}

std::vector<Spread> spreads_of(const Model& model) { return model.house.spreads.empty() ? first_spreads() : model.house.spreads; }

namespace {

// The working minutes that were estimated: the oldest baseline that has the task, else its own length.
std::int64_t estimated_minutes(const plan::Project& project, const plan::Task& task, const plan::WorkClock& clock) {
    for (const plan::Baseline& baseline : project.baselines)
        for (const plan::BaselineRow& row : baseline.rows)
            if (row.task == task.id && row.finish > row.start) return clock.between(row.start, row.finish);
    return task.duration_minutes;
}

void add_ratio(std::vector<Ratios>& all, SpreadOf of, const std::string& stage, std::int32_t permille) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Ratios& r) { return r.of == of && r.stage == stage; });
    Ratios& ratios = found == all.end() ? all.emplace_back(Ratios{of, stage, {}}) : *found;
    ratios.permille.push_back(permille);
}

std::int32_t at_rank(const std::vector<std::int32_t>& sorted, std::size_t percent) {
    const std::size_t place = (sorted.size() * percent + 99) / 100;
    return sorted[place > 0 ? place - 1 : 0];
}

}  // namespace

std::vector<Ratios> estimate_ratios(const std::vector<plan::Project>& projects) {
    std::vector<Ratios> all;
    for (const plan::Project& project : projects) {
        for (const plan::Task& task : project.tasks) {
            if (task.kind != plan::TaskKind::Task || !task.active || !task.actual_start || !task.actual_finish) continue;
            const plan::WorkClock clock = plan::clock_for(project, task);
            const std::int64_t estimated = estimated_minutes(project, task, clock);
            const std::int64_t actual = clock.between(*task.actual_start, *task.actual_finish);
            if (estimated <= 0 || actual <= 0) continue;
            const bool client = std::any_of(project.decisions.begin(), project.decisions.end(),
                                            [&](const plan::ClientDecision& decision) { return decision.task == task.id; });
            const SpreadOf of = client ? SpreadOf::ClientPart : SpreadOf::Work;
            const auto permille = static_cast<std::int32_t>(std::clamp<std::int64_t>(actual * 1000 / estimated, kLeastPermille,
                kMostPermille));
            add_ratio(all, of, {}, permille);
            if (!task.stage.empty()) add_ratio(all, of, task.stage, permille);
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Ratios& a, const Ratios& b) { return a.of < b.of || (a.of == b.of &&
        a.stage.empty() && !b.stage.empty()); });
    for (Ratios& ratios : all) std::sort(ratios.permille.begin(), ratios.permille.end());
    return all;
}

std::vector<Calibrated> calibrated_spreads(const std::vector<plan::Project>& projects) {
    std::vector<Calibrated> out;
    for (const Ratios& ratios : estimate_ratios(projects)) {
        if (ratios.permille.size() < kLeastFinished) continue;
        const std::int32_t low = std::min(at_rank(ratios.permille, 10), 1000), high = std::max(at_rank(ratios.permille, 90), 1000);
        out.push_back({{ratios.of, ratios.stage, low, high}, ratios.permille.size(), at_rank(ratios.permille, 50)});
    }
    return out;
}

}  // namespace entente::risk
