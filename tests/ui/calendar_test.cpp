// A project's calendars: exceptions by date and by rule, made, changed and taken out; what cannot be one, in words.
#include "stage.hpp"
#include "ui/panels/calendar_exception.hpp"

using namespace entente;
using namespace entente::test;
using plan::Recurrence;
using ui::ExceptionDraft;
using ui::NodeRole;
using ui::Repeats;
using ui::Room;

namespace {

const SmallPlan kPlan;

Day day(int year, int month, int in_month) { return *day_from(year, month, in_month); }

// From a day on, with what that day suggests.
ExceptionDraft begun(Day first, Repeats repeats) {
    ExceptionDraft draft;
    draft.first = first;
    ui::begin_rule(draft, repeats);
    return draft;
}

std::vector<Day> days_of(const ExceptionDraft& draft) {
    const auto made = ui::exception_of(draft);
    REQUIRE(made);
    REQUIRE(made->rule);
    return plan::occurrences(*made->rule, made->from, made->to);
}

Message refusal(const ExceptionDraft& draft) {
    const auto made = ui::exception_of(draft);
    REQUIRE_FALSE(made);
    return made.error().what;
}

const std::vector<plan::CalendarException>& exceptions(const Stage& stage) { return stage.project().calendars.front().exceptions; }

bool says(Stage& stage, NodeRole role, std::string_view text) {
    const auto& nodes = stage.semantics().nodes();
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](const ui::Node& node) { return node.role == role && node.name.find(text) != std::string::npos; });
}

// The house's calendar for new projects stands before the project's own.
void choose_holidays(Stage& stage, std::string_view region) {
    std::uint32_t last = 0;
    for (const ui::Node& node : stage.semantics().nodes()) {
        if (node.role == NodeRole::ComboBox && node.name == "Bank holidays of") last = node.id;
    }
    stage.semantics().post({ui::MirrorEventKind::Click, last, {}});
    stage.settle();
    stage.click(NodeRole::Option, region);
}

Stage& in_workspace(Stage& stage) {
    stage.route.room = Room::Workspace;
    stage.settle();
    return stage;
}

}  // namespace

TEST_CASE("a rule begins with what its first day is") {
    // Tue 10 Mar 2026: the second Tuesday of its month.
    const ExceptionDraft draft = begun(day(2026, 3, 10), Repeats::MonthlyPosition);
    CHECK(draft.rule.days_of_week == 1 << 2);
    CHECK(draft.rule.month == 2);
    CHECK(draft.rule.month_day == 10);
    CHECK(draft.rule.position == 1);
    CHECK(draft.rule.item == 5);
    CHECK(draft.last == day(2027, 3, 10));
    CHECK(begun(day(2026, 3, 31), Repeats::MonthlyPosition).rule.position == 4);  // the fifth is the last
}

TEST_CASE("every kind of rule falls on its days") {
    ExceptionDraft weekly = begun(day(2026, 3, 10), Repeats::Weekly);
    weekly.rule.period = 2;
    weekly.rule.days_of_week = 1 << 2 | 1 << 5;  // Tuesday, Friday
    weekly.last = day(2026, 3, 31);
    CHECK(days_of(weekly) == std::vector<Day>{day(2026, 3, 10), day(2026, 3, 13), day(2026, 3, 24), day(2026, 3, 27)});

    ExceptionDraft monthly = begun(day(2026, 1, 31), Repeats::MonthlyDay);
    monthly.last = day(2026, 4, 30);
    CHECK(days_of(monthly) == std::vector<Day>{day(2026, 1, 31), day(2026, 2, 28), day(2026, 3, 31), day(2026, 4, 30)});

    ExceptionDraft nth = begun(day(2026, 3, 10), Repeats::MonthlyPosition);
    nth.counted = true;
    nth.rule.occurrences = 3;
    CHECK(days_of(nth) == std::vector<Day>{day(2026, 3, 10), day(2026, 4, 14), day(2026, 5, 12)});
    CHECK(ui::exception_of(nth)->to == day(2026, 5, 12));

    ExceptionDraft yearly = begun(day(2026, 3, 1), Repeats::YearlyDay);
    yearly.counted = true;
    yearly.rule.occurrences = 2;
    CHECK(days_of(yearly) == std::vector<Day>{day(2026, 3, 1), day(2027, 3, 1)});

    ExceptionDraft last_monday = begun(day(2026, 8, 31), Repeats::YearlyPosition);
    last_monday.last = day(2028, 12, 31);
    CHECK(days_of(last_monday) == std::vector<Day>{day(2026, 8, 31), day(2027, 8, 30), day(2028, 8, 28)});

    ExceptionDraft daily = begun(day(2026, 3, 10), Repeats::Daily);
    daily.rule.period = 5;
    daily.last = day(2026, 3, 21);
    CHECK(days_of(daily) == std::vector<Day>{day(2026, 3, 10), day(2026, 3, 15), day(2026, 3, 20)});

    ExceptionDraft weekdays = begun(day(2026, 3, 13), Repeats::EachWeekday);
    weekdays.last = day(2026, 3, 17);
    CHECK(days_of(weekdays) == std::vector<Day>{day(2026, 3, 13), day(2026, 3, 16), day(2026, 3, 17)});
}

TEST_CASE("what cannot be an exception says why") {
    CHECK(refusal({}).id == "Choose a date first.");
    ExceptionDraft draft = begun(day(2026, 3, 10), Repeats::Once);
    draft.last = day(2026, 3, 9);
    CHECK(refusal(draft).id == "The last day lies before the first.");
    draft.last.reset();
    for (const char* shifts : {"9-", "17:00-09:00", "all day", "09:00-25:00", "09:00-12:00, 11:00-13:00"}) {
        draft.shifts = shifts;
        CHECK_FALSE(ui::exception_of(draft));
    }
    draft = begun(day(2026, 3, 10), Repeats::Weekly);
    draft.rule.days_of_week = 0;
    CHECK(refusal(draft).id == "Choose at least one day of the week.");
    draft = begun(day(2026, 3, 10), Repeats::YearlyDay);
    draft.last.reset();
    CHECK(refusal(draft).id == "Say until when, or how many times.");
    draft.last = day(2026, 3, 20);
    draft.rule.month = 11;
    CHECK(refusal(draft).id == "It falls on no day in that time.");
    draft.counted = true;
    draft.rule.occurrences = 400;
    CHECK(refusal(draft).id == "So often it does not fall within {0} years.");
    draft.counted = false;
    draft.last = day(2150, 1, 1);
    CHECK(refusal(draft).id == "An exception ends within {0} years.");
    draft.first = kLastDay;
    draft.last = kLastDay + 1;
    CHECK_FALSE(ui::exception_of(draft));
}

TEST_CASE("an exception is its draft again, whatever its rule") {
    for (int repeats = 0; repeats < 8; ++repeats) {
        for (const bool counted : {false, true}) {
            ExceptionDraft draft = begun(day(2026, 3, 10), static_cast<Repeats>(repeats));
            draft.name = "Workshop";
            draft.shifts = "10:00-14:00";
            draft.counted = counted && repeats != 0;
            draft.rule.occurrences = draft.counted ? 4 : 0;
            if (repeats == 0) draft.last = day(2026, 3, 12);
            const auto made = ui::exception_of(draft);
            REQUIRE(made);
            const auto again = ui::exception_of(ui::draft_of(*made));
            REQUIRE(again);
            CHECK(*again == *made);
        }
    }
}

TEST_CASE("a recurring exception is made while its days are shown") {
    Stage stage(small_session());
    in_workspace(stage);
    const ui::Node* add = stage.find(NodeRole::Button, "Add the day off");
    REQUIRE(add != nullptr);
    CHECK(add->state.disabled);
    stage.type("Day off", "10 Mar 2026");
    stage.type("Reason", "Edit suite is serviced");
    stage.choose("Repeats", "Weekly, on days");
    CHECK(says(stage, NodeRole::Paragraph, "It falls every week on Tue."));
    stage.type("Every", "2");
    stage.click(NodeRole::Checkbox, "Fri");
    CHECK(says(stage, NodeRole::Paragraph, "It falls every 2 weeks on Tue, Fri."));
    CHECK(says(stage, NodeRole::Paragraph, "Next: Tue 10 Mar 2026, Fri 13 Mar 2026, Tue 24 Mar 2026"));
    stage.click(NodeRole::Checkbox, "Tue");
    stage.click(NodeRole::Checkbox, "Fri");
    CHECK(says(stage, NodeRole::Paragraph, "Choose at least one day of the week."));
    CHECK(stage.find(NodeRole::Button, "Add the exception")->state.disabled);
    stage.click(NodeRole::Checkbox, "Fri");
    stage.choose("It ends", "after so many times");
    stage.type("Times", "3");
    stage.check_tree();
    stage.commands.clear();
    stage.click(NodeRole::Button, "Add the exception");
    CHECK(stage.commands.size() == 1);
    REQUIRE(exceptions(stage).size() == 1);
    const plan::CalendarException made = exceptions(stage).front();
    CHECK(made.name == "Edit suite is serviced");
    CHECK(made.shifts.empty());
    REQUIRE(made.rule);
    CHECK(*made.rule == Recurrence{Recurrence::Kind::Weekly, 2, 1 << 5, 2, 10, 5, 1, 3});
    CHECK(made.to == day(2026, 4, 10));
    CHECK(says(stage, NodeRole::Paragraph,
               "every 2 weeks on Fri, 3 times, from Tue 10 Mar 2026 to Fri 10 Apr 2026, Edit suite is serviced"));
    CHECK(stage.refused == 0);
}

TEST_CASE("a recurring exception is changed and taken out, each step one command that can be undone") {
    Session session = small_session();
    plan::Calendar calendar = session.model().projects[0].calendars[0];
    const Recurrence fridays{Recurrence::Kind::Weekly, 2, 1 << 5, 2, 10, 5, 1, 3};
    calendar.exceptions.push_back({day(2026, 3, 10), day(2026, 4, 10), "Edit suite is serviced", {}, fridays});
    REQUIRE(session.submit(plan::Command{plan::PutCalendar{kPlan.project, calendar, {}}}, Instant{4000}));
    Stage stage(std::move(session));
    in_workspace(stage);
    const std::string words = "every 2 weeks on Fri, 3 times, from Tue 10 Mar 2026 to Fri 10 Apr 2026, Edit suite is serviced";
    stage.click(NodeRole::Button, "Change the exception " + words);
    stage.choose("Repeats", "Monthly, by weekday");
    stage.choose("Which of the month", "last");
    stage.choose("Day meant", "Thu");
    stage.choose("It ends", "on a day");
    stage.type("Until the day", "30 Jun 2026");
    stage.type("Worked in these shifts", "10:00-14:00");
    CHECK(says(stage, NodeRole::Paragraph, "It falls every 2 months on the last Thu."));
    stage.commands.clear();
    stage.click(NodeRole::Button, "Keep the change");
    CHECK(stage.commands.size() == 1);
    REQUIRE(exceptions(stage).size() == 1);
    const plan::CalendarException changed = exceptions(stage).front();
    REQUIRE(changed.rule);
    CHECK(changed.rule->kind == Recurrence::Kind::MonthlyPosition);
    CHECK(changed.rule->position == 4);
    CHECK(changed.rule->item == 7);
    CHECK(changed.rule->occurrences == 0);
    CHECK(changed.to == day(2026, 6, 30));
    CHECK(changed.shifts == std::vector<plan::Shift>{{600, 840}});
    stage.click(NodeRole::Button, "Remove the exception every 2 months");
    CHECK(exceptions(stage).empty());
    stage.click(NodeRole::Button, "Undo");
    CHECK(exceptions(stage) == std::vector<plan::CalendarException>{changed});
    CHECK(stage.refused == 0);
}

TEST_CASE("a change that is left keeps the exception as it was; another calendar begins anew") {
    Stage stage(small_session());
    in_workspace(stage);
    stage.type("Day off", "25 Mar 2026");
    stage.click(NodeRole::Button, "Add the day off");
    REQUIRE(exceptions(stage).size() == 1);
    const plan::CalendarException before = exceptions(stage).front();
    CHECK(before == plan::CalendarException{day(2026, 3, 25), day(2026, 3, 25), "", {}});
    stage.click(NodeRole::Button, "Change the exception Wed 25 Mar 2026");
    stage.type("Reason", "Something else");
    stage.type("Until the day", "27 Mar 2026");
    stage.click(NodeRole::Button, "Leave it as it was");
    CHECK(exceptions(stage).front() == before);
    CHECK(stage.find(NodeRole::Button, "Keep the change") == nullptr);
    stage.type("Day off", "26 Mar 2026");
    stage.click(NodeRole::Button, "Another calendar");
    CHECK(stage.find(NodeRole::Button, "Add the day off")->state.disabled);
    CHECK(stage.refused == 0);
}

TEST_CASE("the bank holidays of each nation are chosen and the next of them shown") {
    Stage stage(small_session());
    in_workspace(stage);
    CHECK_FALSE(says(stage, NodeRole::Paragraph, "Good Friday"));
    for (const auto& [name, first] : {std::pair<const char*, const char*>{"England and Wales", "Fri 3 Apr, Good Friday"},
                                      {"Scotland", "Fri 3 Apr, Good Friday"},
                                      {"Northern Ireland", "Tue 17 Mar, St Patrick"}}) {
        choose_holidays(stage, name);
        CHECK(says(stage, NodeRole::Paragraph, first));
    }
    CHECK(stage.project().calendars.front().holiday_region == plan::HolidayRegion::NorthernIreland);
    choose_holidays(stage, "None");
    CHECK(stage.project().calendars.front().holiday_region == plan::HolidayRegion::None);
    CHECK(stage.refused == 0);
}
