// One sentence for each date, exactly as a person reads it.
#include <doctest.h>

#include "base/locale.hpp"
#include "core/plan/query.hpp"
#include "tests/core/plan/plan_builder.hpp"

using namespace entente;
using namespace entente::plan;
using namespace entente::test;

namespace {

constexpr std::int64_t kDay = PlanBuilder::kDay;

std::string start_of(const PlanBuilder& p, TaskId task) {
    return Locale().text(why_sentence(p.project, p.schedule, task, WhyOf::Start));
}
std::string finish_of(const PlanBuilder& p, TaskId task) {
    return Locale().text(why_sentence(p.project, p.schedule, task, WhyOf::Finish));
}
ClientDecision& decide(PlanBuilder& p, TaskId task, ClientPart part = ClientPart::Decision) {
    ClientDecision item;
    item.id = DecisionId{900 + p.project.decisions.size()};
    item.task = task;
    item.part = part;
    p.project.decisions.push_back(item);
    return p.project.decisions.back();
}

// An edit of ten days, a lock the client decides, three more tasks and a delivery.
struct Feature : PlanBuilder {
    TaskId edit = task("Edit", 10), lock = task("Picture lock", 0), conform = task("Conform", 1), grade = task("Grade", 5),
           mix = task("Mix", 3), delivery = task("Delivery", 0);
    Feature() {
        link(edit, lock);
        link(lock, conform);
        link(conform, grade);
        link(grade, mix);
        link(mix, delivery);
    }
};

}  // namespace

TEST_CASE("a delivery: what comes right before, the client's decision, the longest task") {
    Feature p;
    decide(p, p.lock);
    p.run();
    CHECK(finish_of(p, p.delivery) ==
          "“Delivery” is on Thu 26 Mar 2026 because it waits for “Mix”, done on Thu 26 Mar 2026, which waits for “Picture lock”, which "
          "the client decides on Fri 13 Mar 2026, which waits for “Edit”, which starts with the project and is done on Fri 13 Mar 2026.");
    CHECK(start_of(p, p.delivery) == finish_of(p, p.delivery));
    p.project.decisions[0].answered = day("2026-03-12");
    CHECK(finish_of(p, p.delivery).find("which the client decided on Thu 12 Mar 2026") != std::string::npos);
}

TEST_CASE("what the client gives is given, not decided") {
    Feature p;
    decide(p, p.lock, ClientPart::Input);
    p.run();
    CHECK(start_of(p, p.conform) ==
          "“Conform” starts on Mon 16 Mar 2026 because it waits for “Picture lock”, which the client gives on Fri 13 Mar 2026, which "
          "waits for “Edit”, which starts with the project and is done on Fri 13 Mar 2026.");
    p.project.decisions[0].answered = day("2026-03-11");
    CHECK(start_of(p, p.conform).find("“Picture lock”, which the client gave on Wed 11 Mar 2026") != std::string::npos);
}

TEST_CASE("a finish adds the task's own length") {
    Feature p;
    p.run();
    CHECK(finish_of(p, p.conform) ==
          "“Conform” ends on Mon 16 Mar 2026 because it takes 1 working day and it waits for “Edit”, which starts with the project and "
          "is done on Fri 13 Mar 2026.");
    CHECK(finish_of(p, p.edit) ==
          "“Edit” ends on Fri 13 Mar 2026 because it takes 10 working days and it starts with the project on Mon 2 Mar 2026.");
    CHECK(start_of(p, p.edit) == "“Edit” starts on Mon 2 Mar 2026 with the project: nothing comes before it.");
}

TEST_CASE("a long chain keeps the two or three links that matter") {
    PlanBuilder p;
    TaskId last = p.task("First", 1);
    std::vector<TaskId> tasks{last};
    for (int i = 0; i < 20; ++i) {
        const TaskId next = p.task(("Step " + std::to_string(i)).c_str(), i == 7 ? 12 : 1);
        p.link(last, next);
        tasks.push_back(last = next);
    }
    p.run();
    const std::string text = start_of(p, last);
    CHECK(text.find("“Step 18”") != std::string::npos);  // right before
    CHECK(text.find("“Step 7”") != std::string::npos);   // twelve days
    std::size_t waits = 0;
    for (std::size_t at_ = text.find("wait"); at_ != std::string::npos; at_ = text.find("wait", at_ + 1)) ++waits;
    CHECK(waits == 3);
}

TEST_CASE("fixed dates, from the task itself and from further back") {
    Feature p;
    p.constrain(p.conform, ConstraintKind::StartNoEarlierThan, "2026-04-01T09:00");
    p.run();
    CHECK(start_of(p, p.conform) == "“Conform” may not start before Wed 1 Apr 2026.");
    CHECK(finish_of(p, p.conform) ==
          "“Conform” ends on Wed 1 Apr 2026 because it takes 1 working day and it may not start before Wed 1 Apr 2026.");
    CHECK(start_of(p, p.grade) ==
          "“Grade” starts on Thu 2 Apr 2026 because it waits for “Conform”, which may not start before Wed 1 Apr 2026.");
    p.constrain(p.conform, ConstraintKind::MustFinishOn, "2026-04-03T18:00");
    p.run();
    CHECK(finish_of(p, p.conform) == "“Conform” ends on Fri 3 Apr 2026 because it is fixed to finish on Fri 3 Apr 2026.");
    p.constrain(p.conform, ConstraintKind::MustStartOn, "2026-04-07T09:00");
    p.run();
    CHECK(start_of(p, p.grade).find("“Conform”, which is fixed to start on Tue 7 Apr 2026.") != std::string::npos);
    p.constrain(p.conform, ConstraintKind::FinishNoEarlierThan, "2026-04-09T18:00");
    p.run();
    CHECK(finish_of(p, p.conform) == "“Conform” ends on Thu 9 Apr 2026 because it may not finish before Thu 9 Apr 2026.");
}

TEST_CASE("what really happened") {
    Feature p;
    p.of(p.edit).actual_start = at("2026-03-04T09:00");
    p.run();
    CHECK(start_of(p, p.edit) == "“Edit” was started on Wed 4 Mar 2026.");
    CHECK(finish_of(p, p.edit) ==
          "“Edit” ends on Tue 17 Mar 2026 because it takes 10 working days and it was begun on Wed 4 Mar 2026.");
    CHECK(start_of(p, p.lock) ==
          "“Picture lock” is on Tue 17 Mar 2026 because it waits for “Edit”, begun on Wed 4 Mar 2026 and done on Tue 17 Mar 2026.");
    p.of(p.edit).actual_finish = at("2026-03-16T18:00");
    p.of(p.edit).percent_done = 100;
    p.run();
    CHECK(finish_of(p, p.edit) == "“Edit” was finished on Mon 16 Mar 2026.");
    CHECK(start_of(p, p.lock) == "“Picture lock” is on Mon 16 Mar 2026 because it waits for “Edit”, which was done on Mon 16 Mar 2026.");
}

TEST_CASE("put by hand, and not begun by the status date") {
    Feature p;
    p.of(p.edit).manual = true;
    p.of(p.edit).manual_start = at("2026-03-09T09:00");
    p.of(p.edit).manual_finish = at("2026-03-20T18:00");
    p.run();
    CHECK(finish_of(p, p.edit) == "“Edit” ends on Fri 20 Mar 2026 because it was put on Mon 9 Mar 2026 by hand.");
    CHECK(start_of(p, p.lock).find("waits for “Edit”, put on Mon 9 Mar 2026 by hand.") != std::string::npos);
    p.of(p.edit).manual = false;
    p.project.status_day = day("2026-03-10");
    p.run();
    REQUIRE(p.row(p.edit).driven_by == DrivenBy::StatusDate);
    CHECK(finish_of(p, p.edit).find("it has not begun and can start on ") != std::string::npos);
    CHECK(start_of(p, p.lock).find("“Edit”, which has not begun and can start on ") != std::string::npos);
}

TEST_CASE("waits in between, and tasks that begin or end together") {
    PlanBuilder p;
    const TaskId lock = p.task("Lock", 2), notes = p.task("Notes", 2), mix = p.task("Mix", 4), print = p.task("Print", 1);
    p.link(lock, notes, LinkKind::FinishToStart, 5 * kDay);
    p.link(notes, mix, LinkKind::StartToStart, 60);
    p.link(mix, print, LinkKind::FinishToFinish);
    p.run();
    CHECK(start_of(p, notes) ==
          "“Notes” starts on Wed 11 Mar 2026 because it waits for “Lock”, which starts with the project and is done on Tue 3 Mar 2026, "
          "plus 5 working days.");
    CHECK(start_of(p, mix).find("it waits for “Notes”, which starts on Wed 11 Mar 2026, which waits for “Lock”") != std::string::npos);
    CHECK(finish_of(p, print).find("“Print” ends on ") == 0);
    CHECK(finish_of(p, print).find("it takes") == std::string::npos);  // its finish is tied to another one
    p.project.links[0].lag_minutes = 3 * kMinutesPerDay;
    p.project.links[0].lag_unit = LagUnit::Elapsed;
    p.run();
    CHECK(start_of(p, notes).find(", plus 3 days.") != std::string::npos);
}

TEST_CASE("a summary speaks of its first or last task") {
    PlanBuilder p;
    const TaskId edit = p.task("Edit", 5), sound = p.summary("Sound"), dialogue = p.task("Dialogue", 3, sound),
                 mix = p.task("Mix", 2, sound), empty = p.summary("Extras"), delivery = p.task("Delivery", 0);
    p.link(edit, dialogue);
    p.link(dialogue, mix);
    p.link(sound, delivery);
    p.run();
    CHECK(start_of(p, sound) ==
          "“Sound” starts on Mon 9 Mar 2026 because its first task is “Dialogue”, which starts on Mon 9 Mar 2026, which waits for “Edit”, "
          "which starts with the project and is done on Fri 6 Mar 2026.");
    CHECK(finish_of(p, sound).find("“Sound” ends on Fri 13 Mar 2026 because its last task is “Mix”, done on Fri 13 Mar 2026") == 0);
    CHECK(start_of(p, delivery).find("“Delivery” is on Fri 13 Mar 2026 because it waits for “Mix”") == 0);
    CHECK(!start_of(p, empty).empty());
    CHECK(why_sentence(p.project, p.schedule, TaskId{4711}, WhyOf::Start).empty());
}

TEST_CASE("as late as possible") {
    PlanBuilder p;
    const TaskId long_one = p.task("Edit", 10), press = p.task("Press kit", 2);
    p.of(press).constraint.kind = ConstraintKind::AsLateAsPossible;
    (void)long_one;
    p.run();
    CHECK(start_of(p, press) ==
          "“Press kit” starts on Thu 12 Mar 2026, as late as it can without moving the end of the project.");
    CHECK(finish_of(p, press) ==
          "“Press kit” ends on Fri 13 Mar 2026 because it takes 2 working days and it starts on Thu 12 Mar 2026, as late as it can "
          "without moving the end of the project.");
}
