// Answers that are kept from edit to edit are those that are worked out from nothing.
#include "app/answers.hpp"

#include <doctest.h>

#include <algorithm>

#include "core/command.hpp"
#include "tests/bench/schedule_edits.hpp"

using namespace entente;
using test::Random;

namespace {

// A plan with a promise on every fourth row.
Model promised_plan(std::uint64_t seed) {
    Model model;
    model.projects.push_back(test::make_plan({120, 160, 40, true, true}, seed));
    plan::Project& project = model.projects.back();
    project.id = ProjectId{1};
    for (std::size_t i = 0; i < project.tasks.size(); i += 4)
        project.promises.push_back({PromiseId{50'000 + i}, project.tasks[i].id, day_of(project.start) + static_cast<int>(i), true});
    return model;
}

plan::Command random_command(const Model& model, Random& random) {
    const plan::Project& project = model.projects.front();
    const plan::Task& task = project.tasks[random.below(static_cast<std::uint32_t>(project.tasks.size()))];
    switch (random.below(8)) {
        case 0: return plan::SetProgress{project.id, task.id, static_cast<int>(random.below(101)), task.actual_start, {}};
        case 1: {
            plan::Constraint held;
            held.kind = plan::ConstraintKind::StartNoEarlierThan;
            held.at = at_minute(day_of(project.start) + static_cast<int>(random.below(90)), 600);
            return plan::SetConstraint{project.id, task.id, held};
        }
        case 2: return plan::SetDeadline{project.id, task.id, at_minute(day_of(project.start) + 30, 0)};
        case 3: {
            plan::Promise promise = project.promises[random.below(static_cast<std::uint32_t>(project.promises.size()))];
            promise.promised = promise.promised + static_cast<int>(random.below(9)) - 4;
            return plan::PutPromise{project.id, promise, {}};
        }
        default: return plan::SetDuration{project.id, task.id, random.between(0, 20) * 240};
    }
}

}  // namespace

TEST_CASE("answers kept through random edits equal those made from nothing") {
    const Day today{20'000};
    int compared = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        Model model = promised_plan(seed);
        Random random(seed + 500);
        app::Answers kept;
        kept.update(model, today);
        for (int edit = 0; edit < 60; ++edit) {
            for (std::uint32_t together = 1 + random.below(2); together > 0; --together) {
                const Command command{random_command(model, random)};
                if (!check(model, command)) continue;
                apply(model, command);
                kept.touched(command);
            }
            app::Answers fresh;
            const ui::ProjectAnswers& a = kept.update(model, today).at(ProjectId{1});
            const ui::ProjectAnswers& b = fresh.update(model, today).at(ProjectId{1});
            REQUIRE(a.problem.has_value() == b.problem.has_value());
            REQUIRE_FALSE(test::schedule_difference(a.schedule, b.schedule).has_value());
            REQUIRE(a.promises == b.promises);
            REQUIRE(a.promises.size() == model.projects.front().promises.size());
            ++compared;
        }
    }
    CHECK(compared == 12 * 60);
}
