// Microsoft Project XML: what a plan here does not keep is said, once each; and files that other programs write a little differently.
#include "exchange/import.hpp"
#include "exchange/mspdi.hpp"
#include "tests/exchange/support.hpp"

namespace {

using namespace entente;
using namespace entente::exchange;
using namespace entente::test;

std::string task_xml(const std::string& uid, const std::string& more) {
    return "<Task><UID>" + uid + "</UID><ID>" + uid + "</ID><Name>T" + uid +
           "</Name><OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration>" + more + "</Task>";
}

// `day`: the shifts of every weekday.
std::string project_xml(const std::string& tasks, const std::string& rest = {},
                        const std::string& day = "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>16:00:00</ToTime></WorkingTime>") {
    std::string days;
    for (int type = 1; type <= 7; ++type) {
        const bool works = type != 1 && type != 7;
        days += "<WeekDay><DayType>" + std::to_string(type) + "</DayType><DayWorking>" + (works ? "1" : "0") + "</DayWorking>" +
                (works ? "<WorkingTimes>" + day + "</WorkingTimes>" : "") + "</WeekDay>";
    }
    return "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2026-03-02T08:00:00</StartDate><CalendarUID>1</CalendarUID>"
           "<Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>" +
           days + "</WeekDays></Calendar></Calendars><Tasks>" + tasks + "</Tasks>" + rest + "</Project>";
}

Imported read(const std::string& xml) {
    auto file = read_mspdi(bytes_of(xml), options_from(), {}, counter());
    REQUIRE(file.has_value());
    return std::move(*file);
}

}  // namespace

TEST_CASE("mspdi: what a plan does not keep is said, once each, with how often") {
    CHECK(problems(read(project_xml(task_xml("1", "<Priority>500</Priority><FixedCost>0</FixedCost><Milestone>0</Milestone>")))) == "");
    const std::string tasks =
        task_xml("1", "<Priority>900</Priority><FixedCost>5000</FixedCost><HyperlinkAddress>http://example.org</HyperlinkAddress>") +
        task_xml("2", "<FixedCost>100</FixedCost><Milestone>1</Milestone>") +
        task_xml("3",
                 "<ExtendedAttribute><FieldID>188743731</FieldID><Value>reel</Value></ExtendedAttribute><Baseline><Number>0</Number>"
                 "<Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T16:00:00</Finish><Work>PT16H0M0S</Work></Baseline>");
    const std::string people =
        "<Resources><Resource><UID>1</UID><Name>Editor</Name><Type>1</Type><CostPerUse>20</CostPerUse></Resource></Resources><Assignments>"
        "<Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><WorkContour>2</WorkContour></Assignment>"
        "</Assignments>";
    CHECK(problems(read(project_xml(tasks, people))) ==
          "0 note: Fixed costs of tasks are not kept (2).\n0 note: Priorities are not kept (1).\n"
          "0 note: Links from tasks to pages are not kept (1).\n0 note: The file's own columns are not kept (1).\n"
          "0 note: Overtime rates and costs for each use are not kept (1).\n"
          "0 note: Overtime, and how work is spread over a task, are not kept (1).\n"
          "0 note: Of baselines the dates are kept, not the work and costs (1).\n"
          "1 note: \u201CT2\u201D is a milestone with a length; it is kept as a task.\n");
}

TEST_CASE("mspdi: a night written as one shift is worked on two days") {
    const Imported out =
        read(project_xml(task_xml("1", ""), {}, "<WorkingTime><FromTime>22:00:00</FromTime><ToTime>06:00:00</ToTime></WorkingTime>"));
    CHECK(problems(out) == "");
    const plan::Calendar& calendar = out.project.calendars.front();
    CHECK(calendar.week[0] == std::vector<plan::Shift>{{22 * 60, 24 * 60}});
    CHECK(calendar.week[1] == std::vector<plan::Shift>{{0, 6 * 60}, {22 * 60, 24 * 60}});
    CHECK(calendar.week[5] == std::vector<plan::Shift>{{0, 6 * 60}});
    CHECK(calendar.week[6].empty());
    const auto schedule = plan::compute_schedule(out.project);
    REQUIRE(schedule.has_value());
    CHECK(iso(schedule->finish) == "2026-03-04T06:00");
}

TEST_CASE("mspdi: a root with a prefix is Microsoft Project's too; a word that ends so is not") {
    const auto kind = [](std::string_view text) { return kind_of(bytes_of(text)); };
    CHECK(kind("<?xml version=\"1.0\"?><p:Project xmlns:p=\"http://schemas.microsoft.com/project\"/>") == FileKind::ProjectXml);
    CHECK(kind("<?xml version=\"1.0\"?>\n<Project/>") == FileKind::ProjectXml);
    CHECK(kind("<?xml version=\"1.0\"?><myproject a=\"x:project\"/>") == FileKind::OtherXml);
}
