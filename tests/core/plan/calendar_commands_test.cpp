#include <doctest.h>

#include "base/locale.hpp"
#include "core/plan/schedule.hpp"
#include "core/session.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using test::day;

namespace {

struct World {
    Session session{DeviceId{1}};
    ProjectId project;
    TaskId task;

    World() {
        plan::Project made;
        made.id = project = session.new_id<ProjectId>();
        made.name = "Film";
        made.currency = Currency{{'G', 'B', 'P'}};
        plan::Calendar calendar = plan::standard_calendar(session.new_id<CalendarId>(), "Standard");
        made.calendar = calendar.id;
        made.calendars.push_back(calendar);
        plan::Task edit;
        edit.id = task = session.new_id<TaskId>();
        edit.name = "Edit";
        edit.duration_minutes = 960;
        made.tasks.push_back(edit);
        made.start = at_minute(day("2026-08-27"), 540);
        REQUIRE(session.submit(plan::Command{plan::AddProject{made, {}}}, {}));
    }
    const plan::Project& now() const { return session.model().projects.front(); }
    // Does it, undoes it, and does it again: the model must be what it was at each step.
    void both_ways(plan::Command command) {
        const Model before = session.model();
        REQUIRE(session.submit(command, {}));
        const Model after = session.model();
        CHECK_FALSE(before == after);
        REQUIRE(session.undo({}));
        CHECK(session.model() == before);
        REQUIRE(session.redo({}));
        CHECK(session.model() == after);
    }
    std::string refused(plan::Command command) const {
        const auto can = session.can(command);
        return can ? std::string() : Locale().text(can.error().what);
    }
};

}  // namespace

TEST_CASE("calendars are added, changed, used and removed, each with its way back") {
    World world;
    plan::Calendar nights = plan::standard_calendar(world.session.new_id<CalendarId>(), "Nights");
    nights.week[5] = {{0, 360}};
    world.both_ways(plan::PutCalendar{world.project, nights, 0});
    CHECK(world.now().calendars.front().name == "Nights");
    nights.holiday_region = plan::HolidayRegion::Scotland;
    nights.exceptions.push_back({day("2026-01-01"), day("2030-12-31"), "Stocktaking", {}, plan::Recurrence{}});
    world.both_ways(plan::PutCalendar{world.project, nights, {}});
    CHECK(world.now().calendars.front() == nights);
    world.both_ways(plan::SetTaskCalendar{world.project, world.task, nights.id});
    CHECK(world.refused(plan::RemoveCalendar{world.project, nights.id}) == "Edit is worked by this calendar.");
    world.both_ways(plan::SetTaskCalendar{world.project, world.task, {}});
    const CalendarId standard = world.now().calendar;
    world.both_ways(plan::SetProjectCalendar{world.project, nights.id});
    CHECK(world.refused(plan::RemoveCalendar{world.project, nights.id}) == "The project is worked by this calendar.");
    world.both_ways(plan::RemoveCalendar{world.project, standard});
    CHECK(world.now().calendars.size() == 1);
}

TEST_CASE("a calendar that cannot be used or is not there is refused") {
    World world;
    const CalendarId fresh = world.session.new_id<CalendarId>();
    plan::Calendar calendar = plan::standard_calendar(fresh, "");
    CHECK(world.refused(plan::PutCalendar{world.project, calendar, {}}) == "A name is needed.");
    calendar.name = "Empty";
    calendar.week = {};
    CHECK(world.refused(plan::PutCalendar{world.project, calendar, {}}) == "This calendar cannot be used.");
    calendar = plan::standard_calendar(CalendarId{world.task.n}, "Taken");
    CHECK(world.refused(plan::PutCalendar{world.project, calendar, {}}) == "This id is already in use.");
    CHECK(world.refused(plan::SetTaskCalendar{world.project, world.task, fresh}) == "This calendar is no longer in the plan.");
    CHECK(world.refused(plan::SetProjectCalendar{world.project, fresh}) == "This calendar is no longer in the plan.");
    CHECK(world.refused(plan::RemoveCalendar{world.project, fresh}) == "This calendar is no longer in the plan.");
    CHECK(world.refused(plan::PutCalendar{ProjectId{5}, calendar, {}}) == "This project is no longer here.");
}

TEST_CASE("work that a change would add holds its calendar") {
    World world;
    const plan::Calendar nights = plan::standard_calendar(world.session.new_id<CalendarId>(), "Nights");
    REQUIRE(world.session.submit(plan::Command{plan::PutCalendar{world.project, nights, {}}}, {}));
    change::Change change;
    change.id = world.session.new_id<ChangeId>();
    change.number = 1;
    change.request = "More";
    change.asked_by = "Client";
    change.asked_on = day("2026-08-27");
    change::AddWork add;
    add.work.id = world.session.new_id<TaskId>();
    add.work.name = "Pickups";
    add.work.calendar = nights.id;
    change.edits.push_back(add);
    REQUIRE(world.session.submit(change::Command{change::PutChange{world.project, change}}, {}));
    CHECK(world.refused(plan::RemoveCalendar{world.project, nights.id}) == "A change has work by this calendar.");
}

TEST_CASE("a region's holidays move the plan") {
    World world;
    plan::Calendar calendar = world.now().calendars.front();
    const auto finish = [&] { return iso(day_of(plan::compute_schedule(world.now())->finish)); };
    REQUIRE(world.session.submit(plan::Command{plan::SetDuration{world.project, world.task, 3 * 480}}, {}));
    CHECK(finish() == "2026-08-31");
    calendar.holiday_region = plan::HolidayRegion::EnglandAndWales;  // 31 August is one
    REQUIRE(world.session.submit(plan::Command{plan::PutCalendar{world.project, calendar, {}}}, {}));
    CHECK(finish() == "2026-09-01");
    calendar.holiday_region = plan::HolidayRegion::Scotland;
    REQUIRE(world.session.submit(plan::Command{plan::PutCalendar{world.project, calendar, {}}}, {}));
    CHECK(finish() == "2026-08-31");
}
