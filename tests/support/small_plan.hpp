// A small post schedule for tests: an edit, a lock, sound and delivery, with a promise, a client decision and a role.
#pragma once

#include "core/lookup.hpp"
#include "core/session.hpp"

namespace entente::test {

inline constexpr std::int64_t kDay = 480;

struct SmallPlan {
    ProjectId project{1};
    TaskId edit{11}, lock{12}, sound{13}, delivery{14};
    LinkId edit_lock{21}, lock_sound{22}, sound_delivery{23};
    RoleId editor{31};
    PromiseId promise{41};
    DecisionId decision{51};
    CalendarId calendar{61};

    plan::Project make() const {
        plan::Project out;
        out.id = project;
        out.name = "Test feature";
        out.currency = Currency{{'G', 'B', 'P'}};
        out.base_fee_minor = 10'000'00;
        out.start = at_minute(*day_from(2026, 3, 2), 9 * 60);
        out.calendar = calendar;
        out.calendars.push_back(plan::standard_calendar(calendar, "Standard"));
        const auto task = [&](TaskId id, const char* name, std::int64_t days) {
            plan::Task made;
            made.id = id;
            made.name = name;
            made.kind = days == 0 ? plan::TaskKind::Milestone : plan::TaskKind::Task;
            made.duration_minutes = days * kDay;
            made.stage = "Stage";
            out.tasks.push_back(made);
        };
        task(edit, "Edit", 10);
        task(lock, "Picture lock", 0);
        task(sound, "Sound", 5);
        task(delivery, "Delivery", 0);
        out.tasks[0].assignments.push_back({editor, 1000, std::nullopt});
        const auto link = [&](LinkId id, TaskId from, TaskId to) {
            plan::Link made;
            made.id = id;
            made.from = from;
            made.to = to;
            out.links.push_back(made);
        };
        link(edit_lock, edit, lock);
        link(lock_sound, lock, sound);
        link(sound_delivery, sound, delivery);
        out.promises.push_back({promise, delivery, *day_from(2026, 3, 20), true});
        plan::ClientDecision client;
        client.id = decision;
        client.task = lock;
        out.decisions.push_back(client);
        return out;
    }

    plan::AddProject add() const { return {make(), {house::Role{editor, "Editor", 40'00, 75'00}}}; }
};

// A session that holds it, signed by device 7.
inline Session small_session() {
    Session session(DeviceId{7});
    house::SetProfile profile{"House", Currency{{'G', 'B', 'P'}}, 2000};
    (void)session.submit(house::Command{profile}, Instant{1000});
    (void)session.submit(house::Command{house::SetCalendar{plan::standard_calendar(CalendarId{62}, "House")}}, Instant{1000});
    (void)session.submit(plan::Command{SmallPlan{}.add()}, Instant{2000});
    return session;
}

}  // namespace entente::test
