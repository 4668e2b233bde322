// What a request probably takes, guessed from its words.
#include <doctest.h>

#include "core/change/guess.hpp"

using namespace entente;

namespace {

plan::Project named(std::initializer_list<const char*> names) {
    plan::Project project;
    std::uint64_t next = 0;
    for (const char* name : names) {
        plan::Task task;
        task.id = TaskId{++next};
        task.name = name;
        project.tasks.push_back(task);
    }
    return project;
}

}  // namespace

TEST_CASE("the task and the days are read out of the client's words") {
    const plan::Project project = named({"Edit with director", "Grade", "Grade review", "Final mix", "QC and delivery", "Picture lock"});
    const auto check = [&](const char* words, std::uint64_t task, std::optional<std::int64_t> days, bool fewer = false) {
        CAPTURE(words);
        const change::Guess guess = change::guess(project, words);
        CHECK(guess.task.n == task);
        CHECK(guess.days == days);
        CHECK(guess.fewer == fewer);
    };
    check("Could we have one more week of grade?", 2, 5);
    check("can we have two extra days in the mix", 4, 2);
    check("We need 3 days more for grading", 2, 3);
    check("another fortnight of editing with the director", 1, 10);
    check("Half a day for QC", 5, 1);
    check("Please cut the grade by a week", 2, 5, true);
    check("Gawn ni wythnos arall ar y grade?", 2, 5);
    check("dau ddiwrnod o final mix", 4, 2);
    check("Reopen picture lock", 6, std::nullopt);
    check("Is lunch included?", 0, std::nullopt);
    check("", 0, std::nullopt);
}

TEST_CASE("what is done, and what only sums up, is not meant") {
    plan::Project project = named({"Grade", "Grade again"});
    project.tasks[0].percent_done = 100;
    CHECK(change::guess(project, "more grade").task == TaskId{2});
    project.tasks[1].kind = plan::TaskKind::Summary;
    CHECK_FALSE(change::guess(project, "more grade").task);
}
