#include "app/sample/sample.hpp"

#include <doctest.h>

#include "base/locale.hpp"
#include "core/change/query.hpp"
#include "core/plan/query.hpp"
#include "core/session.hpp"

namespace {

using namespace entente;

// A house with one rate of its own, and the sample taken in as a person would.
struct Opened {
    Session session{DeviceId{7}};
    ProjectId id;

    explicit Opened(Day today) {
        REQUIRE(session
                    .submit(house::Command{house::SetCalendar{
                                plan::standard_calendar(CalendarId{session.new_id<CalendarId>()}, "House")}},
                            {})
                    .has_value());
        house::PutRole editor;
        editor.role = {session.new_id<RoleId>(), "Editor", 5000, 9000};
        REQUIRE(session.submit(house::Command{editor}, {}).has_value());
        const plan::AddProject add = app::make_sample(session.model(), today,
                                                      [this] { return session.new_id<TaskId>().n; });
        id = add.project.id;
        const auto done = session.submit(plan::Command{add}, {});
        if (!done) FAIL(Locale().text(done.error().what) << " " << done.error().where);
    }
    const plan::Project& project() const { return *find_project(session.model(), id); }
    std::size_t at(std::string_view name) const {
        for (std::size_t i = 0; i < project().tasks.size(); ++i) {
            if (project().tasks[i].name == name) return i;
        }
        FAIL("no task " << name);
        return 0;
    }
};

Day day(std::string_view text) { return *parse_iso_day(text); }

}  // namespace

TEST_CASE("sample: it is taken in, marked, and goes away with one undo") {
    Opened opened(day("2026-04-30"));
    const plan::Project& project = opened.project();
    CHECK(project.sample);
    CHECK(project.name == "The Long Field");
    CHECK(project.base_fee_minor == 18'640'000);
    CHECK(iso(project.start) == "2026-03-02T09:00");
    CHECK(project.tasks.size() == 28);
    std::string stages;
    for (const plan::Task& task : project.tasks) {
        if (stages.size() < task.stage.size() ||
            stages.substr(stages.size() - task.stage.size()) != task.stage)
            stages += "/" + task.stage;
    }
    CHECK(stages == "/Edit/Turnover/Picture/Sound and music/Delivery");
    for (const plan::ClientDecision& decision : project.decisions) {
        CHECK(decision.owner.find("(sample)") != std::string::npos);
        CHECK_FALSE(decision.question.empty());
    }
    REQUIRE(opened.session.undo({}).has_value());
    CHECK(opened.session.model().projects.empty());
    CHECK(opened.session.model().house.roles.size() == 1);
}

TEST_CASE("sample: the house's own rate is used, the others bring theirs") {
    Opened opened(day("2026-04-30"));
    const Model& model = opened.session.model();
    CHECK(model.house.roles.size() == 13);
    for (const house::Role& role : model.house.roles) {
        INFO(role.name);
        CHECK(role.charge_per_hour_minor > role.cost_per_hour_minor);
        CHECK(role.cost_per_hour_minor > 0);
        if (role.name == "Editor") CHECK(role.charge_per_hour_minor == 9000);
    }
}

TEST_CASE("sample: it is alive on every day of the week, of a leap year too") {
    for (Day today = day("2028-02-21"); today < day("2028-03-06"); today = today + 1) {
        INFO(iso(today));
        Opened opened(today);
        const plan::Project& project = opened.project();
        const auto schedule = plan::compute_schedule(project);
        REQUIRE(schedule.has_value());
        CHECK(schedule->warnings.empty());
        const plan::ScheduledTask& edit = schedule->rows[opened.at("Edit with director")];
        CHECK(day_of(edit.start) < today);
        CHECK(today < day_of(edit.finish));
        CHECK(project.tasks[opened.at("Edit with director")].percent_done > 40);
        CHECK(project.tasks[opened.at("Edit with director")].percent_done < 90);
        CHECK(project.tasks[opened.at("Dailies and assembly")].percent_done == 100);

        // The recording session must be chosen by the end of this week, and is not overdue.
        bool found = false;
        for (const plan::DecisionRow& row : plan::decision_rows(project, *schedule, today)) {
            CHECK_FALSE(row.overdue);
            if (row.task != project.tasks[opened.at("Recording session chosen")].id) continue;
            found = true;
            REQUIRE(row.needed_by.has_value());
            CHECK(*row.needed_by >= today);
            CHECK(*row.needed_by - today <= 6);
        }
        CHECK(found);
        CHECK(project.decisions.size() == 7);
        for (const plan::PromiseRow& row : plan::promise_rows(project, *schedule))
            CHECK(row.health != plan::PromiseHealth::Missed);
    }
}

TEST_CASE("sample: what was agreed moved nothing, what is asked moves delivery and has a price") {
    Opened opened(day("2026-04-30"));
    const plan::Project& project = opened.project();
    REQUIRE(project.changes.size() == 3);
    REQUIRE(project.promises.size() == 4);
    CHECK(project.baselines.size() == 2);
    CHECK(project.changes[0].state == change::State::Agreed);
    CHECK(project.changes[0].outcome.charge_minor == 8 * 5500);
    CHECK(change::contract_value_minor(project) == 18'640'000 + 44'000);
    CHECK(project.baselines[0].rows.back().finish == project.baselines[1].rows.back().finish);

    const auto grade = change::impact(opened.session.model(), project, project.changes[1]);
    REQUIRE(grade.has_value());
    CHECK(grade->charge_minor == 5 * 8 * 15'000 + 144'000);
    CHECK(grade->finish_moved_days == 4);
    const auto lock = change::impact(opened.session.model(), project, project.changes[2]);
    REQUIRE(lock.has_value());
    CHECK(lock->finish_moved_days == 5);
    CHECK(lock->charge_minor > 0);
    for (const change::PromiseMove& move : lock->promises) {
        const bool first_cut = move.task == project.tasks[opened.at("First cut to client")].id;
        CHECK(move.moved_days == (first_cut ? 0 : 5));
    }
}
