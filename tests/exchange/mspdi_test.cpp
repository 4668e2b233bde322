// What is read from a Microsoft Project XML file, on files written here; the real ones are in mspdi_project_test.cpp.
#include <doctest.h>

#include "exchange/mspdi.hpp"
#include "exchange/mspdi_calendar.hpp"
#include "exchange/xml_file.hpp"
#include "tests/exchange/support.hpp"

using namespace entente;
using namespace entente::exchange;
using namespace entente::plan;

namespace {

// Monday to Friday 08:00-12:00 and 13:00-17:00, as Microsoft Project writes its Standard calendar.
std::string weekdays(
    const std::string& times =
        "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
        "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>") {
    std::string out = "<WeekDays>";
    for (int type = 1; type <= 7; ++type) {
        const bool works = type != 1 && type != 7;
        out += "<WeekDay><DayType>" + std::to_string(type) + "</DayType><DayWorking>" + (works ? "1" : "0") +
               "</DayWorking>";
        if (works) out += "<WorkingTimes>" + times + "</WorkingTimes>";
        out += "</WeekDay>";
    }
    return out + "</WeekDays>";
}

std::string calendar(int uid, const std::string& name, const std::string& inside, int base = -1) {
    return "<Calendar><UID>" + std::to_string(uid) + "</UID><Name>" + name + "</Name><IsBaseCalendar>" +
           (base < 0 ? "1" : "0") + "</IsBaseCalendar><BaseCalendarUID>" + std::to_string(base) +
           "</BaseCalendarUID>" + inside + "</Calendar>";
}

std::string task(int uid, const std::string& name, const std::string& length, const std::string& more = {},
                 int level = 1) {
    return "<Task><UID>" + std::to_string(uid) + "</UID><ID>" + std::to_string(uid) + "</ID><Name>" + name +
           "</Name><OutlineLevel>" + std::to_string(level) + "</OutlineLevel><Duration>" + length +
           "</Duration><DurationFormat>7</DurationFormat>" + more + "</Task>\n";
}

std::string link(int from, int type = 1, int lag = 0, int format = 7) {
    return "<PredecessorLink><PredecessorUID>" + std::to_string(from) + "</PredecessorUID><Type>" +
           std::to_string(type) + "</Type><CrossProject>0</CrossProject><LinkLag>" + std::to_string(lag) +
           "</LinkLag><LagFormat>" + std::to_string(format) + "</LagFormat></PredecessorLink>";
}

struct Parts {
    std::string settings, calendars, tasks, resources, assignments;
};

std::string file(const Parts& parts) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Project "
           "xmlns=\"http://schemas.microsoft.com/project\">\n<Title>Field</Title>"
           "<StartDate>2026-03-02T08:00:00</StartDate><CalendarUID>1</CalendarUID><CurrencyCode>EUR</"
           "CurrencyCode>" +
           parts.settings + "\n<Calendars>" + calendar(1, "Standard", weekdays()) + parts.calendars +
           "</Calendars>\n<Tasks>\n" + parts.tasks + "</Tasks>\n<Resources>" + parts.resources +
           "</Resources>\n<Assignments>" + parts.assignments + "</Assignments></Project>";
}

ImportOptions bare() {
    ImportOptions options;
    options.promise_milestones = false;
    return options;
}

Result<Imported> read(const std::string& text, const ImportOptions& options = bare(),
                      const house::House& house = {}) {
    return read_mspdi(bytes_of(text), options, house, test::counter());
}

// Reads a file that must be readable and that the model would take.
Imported good(const Parts& parts, const ImportOptions& options = bare(), const house::House& house = {}) {
    auto imported = read(file(parts), options, house);
    REQUIRE(imported.has_value());
    Model model;
    model.house = house;
    const auto allowed = check(
        model, entente::Command{plan::Command{AddProject{imported->project, imported->new_roles}}});
    if (!allowed)
        FAIL("the model refuses it: " << Locale().text(allowed.error().what) << " " << allowed.error().where);
    return std::move(*imported);
}

ErrorCode refused(const std::string& text) {
    const auto imported = read(text);
    REQUIRE_FALSE(imported.has_value());
    CHECK_FALSE(imported.error().what.empty());
    CHECK_FALSE(imported.error().remedy.empty());
    return imported.error().code;
}

const Task& named(const Imported& imported, std::string_view name) {
    for (const Task& one : imported.project.tasks)
        if (one.name == name) return one;
    FAIL("no task " << name);
    return imported.project.tasks.front();
}

std::string dates(const Imported& imported, std::string_view name) {
    const auto schedule = compute_schedule(imported.project);
    REQUIRE(schedule.has_value());
    const auto i = static_cast<std::size_t>(&named(imported, name) - imported.project.tasks.data());
    return iso(schedule->rows[i].early_start) + " " + iso(schedule->rows[i].early_finish);
}

std::string utf16(const std::string& ascii, bool little_endian, bool mark) {
    std::string out;
    if (mark) out = little_endian ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : ascii) {
        const char zero = 0;
        out += little_endian ? c : zero;
        out += little_endian ? zero : c;
    }
    return out;
}

}  // namespace

TEST_CASE("mspdi: what is not a plan is refused with its reason") {
    CHECK(refused("") == ErrorCode::BadInput);
    CHECK(refused("hello") == ErrorCode::BadInput);
    CHECK(refused("<Project><Tasks>") == ErrorCode::BadInput);
    CHECK(refused("<Project><Tasks></Project></Tasks>") == ErrorCode::BadInput);
    CHECK(refused("<Project><Tasks></Tasks></Project>x<") == ErrorCode::BadInput);
    CHECK(refused("<Project Sdk=\"x\"><PropertyGroup/></Project>") == ErrorCode::Unsupported);
    const auto other = read("<?xml version=\"1.0\"?><APIBusinessObjects><Project/></APIBusinessObjects>");
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().code == ErrorCode::Unsupported);
    CHECK(test::contains(Locale().text(other.error().what), "APIBusinessObjects"));
}

TEST_CASE("mspdi: a document type, depth and size are bounded") {
    std::string laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\">";
    for (int i = 1; i < 10; ++i)
        laughs += "<!ENTITY lol" + std::to_string(i) +
                  " \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">";
    laughs += "]>\n<Project><Tasks><Task><Name>&lol9;</Name></Task></Tasks></Project>";
    const auto bomb = read(laughs);
    REQUIRE_FALSE(bomb.has_value());
    CHECK(bomb.error().code == ErrorCode::BadInput);
    CHECK(bomb.error().where == "line 2");

    std::string deep = "<Project><Tasks>";
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    for (int i = 0; i < 100'000; ++i) deep += "</a>";
    CHECK(refused(deep + "</Tasks></Project>") == ErrorCode::TooLarge);
    CHECK(refused(std::string(kMaxImportBytes + 1, ' ')) == ErrorCode::TooLarge);

    const std::string many = "<a><b/><b/><b/></a>";
    CHECK(XmlFile::parse(bytes_of(many), {1000, 9, 4}).has_value());
    CHECK_FALSE(XmlFile::parse(bytes_of(many), {1000, 9, 3}).has_value());
    CHECK_FALSE(XmlFile::parse(bytes_of(many), {10, 9, 4}).has_value());
    CHECK(XmlFile::parse(bytes_of(many), {1000, 1, 4}).has_value());
    CHECK_FALSE(XmlFile::parse(bytes_of("<a><b><c/></b></a>"), {1000, 1, 4}).has_value());
    // A document type inside a comment or text is none.
    CHECK(XmlFile::parse(bytes_of("<!-- <!DOCTYPE x> --><a><![CDATA[<!DOCTYPE x>]]></a>"), {1000, 9, 4})
              .has_value());
}

TEST_CASE("mspdi: UTF-16 with and without a mark, Windows-1252, prefixes") {
    const std::string plain = file({{}, {}, task(1, "Edit", "PT16H0M0S"), {}, {}});
    for (const bool little : {true, false})
        for (const bool mark : {true, false}) {
            const auto imported = read(utf16(plain, little, mark));
            REQUIRE(imported.has_value());
            CHECK(imported->project.tasks.at(0).name == "Edit");
        }
    const auto latin = read(file({{}, {}, task(1, "Caf\xE9", "PT16H0M0S"), {}, {}}));
    REQUIRE(latin.has_value());
    CHECK(latin->project.tasks.at(0).name == "Café");
    CHECK(latin->has_errors());  // the file says UTF-8, and that is not UTF-8
    const auto prefixed = read(
        "<p:Project xmlns:p=\"http://schemas.microsoft.com/project\"><p:Tasks><p:Task><p:UID>1"
        "</p:UID><p:Name>A</p:Name>"
        "<p:Duration>PT8H0M0S</p:Duration></p:Task></p:Tasks></p:Project>");
    REQUIRE(prefixed.has_value());
    CHECK(prefixed->project.tasks.at(0).name == "A");
}

TEST_CASE("mspdi: project, outline, milestones, notes") {
    const Imported imported = good(
        {"<MinutesPerDay>420</MinutesPerDay><CriticalSlackLimit>2</CriticalSlackLimit>",
         {},
         "<Task><UID>0</UID><OutlineLevel>0</OutlineLevel><Name>Field</Name></Task>" +
             task(1, "Sound", "PT0H0M0S", "<Summary>1</Summary>") +
             task(2, "Mix", "PT12H30M0S", "<Notes>Loud</Notes>", 2) +
             task(3, "Stems", "PT0H0M0S", "<Milestone>1</Milestone>", 2) +
             task(4, "", "PT48H0M0S", "<IsNull>1</IsNull>") +
             task(5, "Cure &amp; rest", "PT48H0M0S", "<DurationFormat>8</DurationFormat>") +
             task(6, "", "PT8H0M0S", "<Active>0</Active>"),
         {},
         {}});
    const Project& project = imported.project;
    CHECK(project.name == "Field");
    CHECK(project.currency.view() == "EUR");
    CHECK(iso(project.start) == "2026-03-02T08:00");
    CHECK(project.critical_float_minutes == 2 * 420);
    CHECK(project.calendars.at(0).minutes_per_day == 420);
    REQUIRE(project.tasks.size() == 5);
    CHECK(project.tasks[0].kind == TaskKind::Summary);
    CHECK(project.tasks[1].parent == project.tasks[0].id);
    CHECK(project.tasks[1].duration_minutes == 750);
    CHECK(project.tasks[1].stage == "Sound");
    CHECK(project.tasks[1].note == "Loud");
    CHECK(project.tasks[1].code == "2");
    CHECK(project.tasks[2].kind == TaskKind::Milestone);
    CHECK(project.tasks[3].name == "Cure & rest");
    CHECK_FALSE(project.tasks[4].active);
    CHECK(project.tasks[4].name == "Task 6");
    CHECK(imported.counts.tasks == 3);
    CHECK(imported.counts.milestones == 1);
    CHECK(imported.counts.summaries == 1);
}

TEST_CASE("mspdi: constraints, deadlines, actuals, manual tasks") {
    std::string tasks;
    for (int kind = 0; kind <= 7; ++kind)
        tasks += task(kind + 1, "K" + std::to_string(kind), "PT8H0M0S",
                      "<ConstraintType>" + std::to_string(kind) +
                          "</ConstraintType><ConstraintDate>2026-03-09T08:00:00</ConstraintDate>");
    tasks += task(10, "Dated", "PT16H0M0S",
                  "<Deadline>2026-03-20T17:00:00</Deadline><ActualStart>2026-03-03T08:00:00</ActualStart>"
                  "<PercentComplete>40</PercentComplete>"
                  "<LevelingDelay>14400</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat>");
    tasks += task(11, "Manual", "PT8H0M0S",
                  "<Manual>1</Manual><Start>2026-03-14T10:00:00</Start><Finish>2026-03-16T11:00:00</Finish>");
    tasks += task(12, "No date", "PT8H0M0S", "<ConstraintType>4</ConstraintType>");
    const Imported imported = good({{}, {}, tasks, {}, {}});
    const ConstraintKind kinds[] = {ConstraintKind::AsSoonAsPossible,    ConstraintKind::AsLateAsPossible,
                                    ConstraintKind::MustStartOn,         ConstraintKind::MustFinishOn,
                                    ConstraintKind::StartNoEarlierThan,  ConstraintKind::StartNoLaterThan,
                                    ConstraintKind::FinishNoEarlierThan, ConstraintKind::FinishNoLaterThan};
    for (std::size_t k = 0; k < 8; ++k) {
        CHECK(imported.project.tasks[k].constraint.kind == kinds[k]);
        if (k >= 2) CHECK(iso(imported.project.tasks[k].constraint.at) == "2026-03-09T08:00");
    }
    const Task& dated = named(imported, "Dated");
    CHECK(iso(*dated.deadline) == "2026-03-20T17:00");
    CHECK(iso(*dated.actual_start) == "2026-03-03T08:00");
    CHECK(dated.percent_done == 40);
    CHECK(dated.levelling_delay_minutes == 1440);
    CHECK(dates(imported, "Manual") == "2026-03-14T10:00 2026-03-16T11:00");
    CHECK(named(imported, "No date").constraint.kind == ConstraintKind::AsSoonAsPossible);
    CHECK(test::contains(test::problems(imported), "No date"));
}

TEST_CASE("mspdi: links of every type and lag, and those that cannot be kept") {
    const Imported imported = good(
        {{},
         {},
         task(1, "A", "PT80H0M0S") + task(2, "B", "PT8H0M0S", link(1, 1, 4800)) +
             task(3, "C", "PT8H0M0S", link(1, 3, -4800)) + task(4, "D", "PT8H0M0S", link(1, 0, 14400, 8)) +
             task(5, "E", "PT8H0M0S", link(1, 2)) + task(6, "F", "PT8H0M0S", link(1, 1, 50, 19)) +
             task(7, "G", "PT8H0M0S", link(1, 1, 25, 51)) +
             task(8, "H", "PT8H0M0S", link(99) + link(8) + link(1) + link(1, 3)) + task(9, "S", "PT8H0M0S") +
             task(10, "Inner", "PT8H0M0S", link(9), 2) +
             task(11, "I", "PT8H0M0S",
                  "<PredecessorLink><PredecessorUID>4</PredecessorUID><CrossProject>1"
                  "</CrossProject></PredecessorLink>"),
         {},
         {}});
    REQUIRE(imported.project.links.size() == 7);
    const auto& links = imported.project.links;
    CHECK((links[0].kind == LinkKind::FinishToStart && links[0].lag_minutes == 480 &&
           links[0].lag_unit == LagUnit::Working));
    CHECK((links[1].kind == LinkKind::StartToStart && links[1].lag_minutes == -480));
    CHECK((links[2].kind == LinkKind::FinishToFinish && links[2].lag_minutes == 1440 &&
           links[2].lag_unit == LagUnit::Elapsed));
    CHECK(links[3].kind == LinkKind::StartToFinish);
    CHECK((links[4].lag_minutes == 50 && links[4].lag_unit == LagUnit::PercentOfPredecessor));
    CHECK((links[5].lag_minutes == 25 && links[5].lag_unit == LagUnit::PercentOfPredecessor));
    CHECK(imported.problems.size() == 5);
    CHECK(imported.problems[0].line > 1);
}

TEST_CASE("mspdi: a loop is refused by name") {
    const auto looped = read(
        file({{}, {}, task(1, "Edit", "PT8H0M0S", link(2)) + task(2, "Mix", "PT8H0M0S", link(1)), {}, {}}));
    REQUIRE_FALSE(looped.has_value());
    CHECK(looped.error().where == "Edit → Mix → Edit");
    // Without the task that is not active there would be none, and it may be made active.
    const auto inactive = read(file({{}, {}, task(1, "Edit", "PT8H0M0S", "<Active>0</Active>" + link(2)) +
                                             task(2, "Mix", "PT8H0M0S", link(1)), {}, {}}));
    REQUIRE_FALSE(inactive.has_value());
    CHECK(inactive.error().where == "Edit → Mix → Edit");
}

TEST_CASE("mspdi: calendars with a base, exceptions old and new, work weeks") {
    const std::string holiday =
        "<Exceptions><Exception><EnteredByOccurrences>1</EnteredByOccurrences><TimePeriod>"
        "<FromDate>2026-03-04T00:00:00</FromDate>"
        "<ToDate>2026-03-05T23:59:00</ToDate></TimePeriod><Occurrences>2</Occurrences>"
        "<Name>Closed</Name><Type>1</Type>"
        "<DayWorking>0</DayWorking></Exception></Exceptions>";
    const std::string long_week =
        "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2026-03-09T00:00:00</FromDate>"
        "<ToDate>2026-03-15T23:59:00</ToDate>"
        "</TimePeriod><Name>Crunch</Name><WeekDays><WeekDay><DayType>7</DayType>"
        "<DayWorking>1</DayWorking><WorkingTimes>"
        "<WorkingTime><FromTime>10:00:00</FromTime><ToTime>14:00:00</ToTime></WorkingTime>"
        "</WorkingTimes></WeekDay></WeekDays>"
        "</WorkWeek></WorkWeeks>";
    const std::string old =
        "<WeekDays><WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod>"
        "<FromDate>2026-03-03T00:00:00</FromDate>"
        "<ToDate>2026-03-03T23:59:00</ToDate></TimePeriod></WeekDay><WeekDay><DayType>6</DayType>"
        "<DayWorking>0</DayWorking></WeekDay>"
        "</WeekDays>";
    const Imported imported = good({{},
                                    calendar(2, "Holiday", weekdays() + long_week + holiday) +
                                        calendar(3, "Old", old, 2) + calendar(4, "Never", "<WeekDays/>", 5) +
                                        calendar(5, "Loop", weekdays(""), 4),
                                    task(1, "On 2", "PT16H0M0S", "<CalendarUID>2</CalendarUID>") +
                                        task(2, "On 3", "PT16H0M0S", "<CalendarUID>3</CalendarUID>") +
                                        task(3, "Crunch", "PT44H0M0S",
                                             "<CalendarUID>2</CalendarUID><ConstraintType>4</ConstraintType>"
                                             "<ConstraintDate>2026-03-09T08:00:00</ConstraintDate>"),
                                    {},
                                    {}});
    CHECK(dates(imported, "On 2") == "2026-03-02T08:00 2026-03-03T17:00");
    // Its own exception on the 3rd, its base's on the 4th and 5th, no work on Fridays: Monday and the next Monday.
    CHECK(dates(imported, "On 3") == "2026-03-02T08:00 2026-03-09T17:00");
    CHECK(dates(imported, "Crunch") == "2026-03-09T08:00 2026-03-14T14:00");
}

TEST_CASE("mspdi: resources become roles with exact hourly rates, known ones are found on the rate card") {
    house::House house;
    house.roles = {{RoleId{900}, "Editor", 4000, 6000}};
    const std::string resources =
        "<Resource><UID>0</UID><Name></Name><Type>1</Type></Resource>"
        "<Resource><UID>1</UID><Name>editor</Name><Type>1</Type><StandardRate>10</"
        "StandardRate><CalendarUID>-1</CalendarUID></Resource>"
        "<Resource><UID>2</UID><Name>Colourist</Name><Type>1</Type><StandardRate>62.335</"
        "StandardRate><CalendarUID>-1"
        "</CalendarUID></Resource>"
        "<Resource><UID>3</UID><Name>Tape</Name><Type>0</Type><StandardRate>5</StandardRate></Resource>"
        "<Resource><UID>4</UID><Name>Odd</Name><Type>1</Type><StandardRate>many</StandardRate></Resource>";
    const auto assigned = [](int who, const char* units, const char* work) {
        return "<Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>" + std::to_string(who) +
               "</ResourceUID><Units>" + units + "</Units><Work>" + work + "</Work></Assignment>";
    };
    const Imported imported = good({{},
                                    {},
                                    task(1, "Grade", "PT16H0M0S"),
                                    resources,
                                    assigned(1, "0.5", "PT8H0M0S") + assigned(2, "1", "PT16H0M0S") +
                                        assigned(3, "1", "PT0H0M0S") + assigned(-65535, "1", "PT0H0M0S")},
                                   bare(), house);
    REQUIRE(imported.new_roles.size() == 2);
    CHECK(imported.new_roles[0].name == "Colourist");
    CHECK(imported.new_roles[0].cost_per_hour_minor == 6234);  // half a cent away from zero
    CHECK(imported.new_roles[0].charge_per_hour_minor == 6234);
    CHECK(imported.new_roles[1].cost_per_hour_minor == 0);
    const auto& people = imported.project.tasks[0].assignments;
    REQUIRE(people.size() == 2);
    CHECK(people[0].role == RoleId{900});
    CHECK(people[0].units_permille == 500);
    CHECK(people[0].work_minutes == 480);
    CHECK(people[1].role == imported.new_roles[0].id);
    CHECK(test::contains(test::problems(imported), "many"));
}

TEST_CASE("mspdi: a task is worked when its people work") {
    const std::string nights =
        "<WorkingTime><FromTime>20:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime>";
    const std::string mornings =
        "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>";
    const std::string calendars = calendar(2, "Night", weekdays(nights)) +
                                  calendar(3, "Ann", weekdays(mornings), 1) + calendar(4, "Bob", "", 1);
    const std::string resources =
        "<Resource><UID>1</UID><Name>Ann</Name><Type>1</Type><CalendarUID>3</CalendarUID></Resource>"
        "<Resource><UID>2</UID><Name>Bob</Name><Type>1</Type><CalendarUID>4</CalendarUID></Resource>"
        "<Resource><UID>3</UID><Name>Cat</Name><Type>1</Type><CalendarUID>2</CalendarUID></Resource>";
    std::string tasks, assignments;
    int uid = 0;
    const auto add = [&](const char* name, const char* length, std::vector<int> who,
                         const std::string& more = {}) {
        ++uid;
        tasks += task(uid, name, length, more);
        for (const int one : who)
            assignments += "<Assignment><UID>1</UID><TaskUID>" + std::to_string(uid) +
                           "</TaskUID><ResourceUID>" + std::to_string(one) +
                           "</ResourceUID><Units>1</Units><Work>PT8H0M0S</Work></Assignment>";
    };
    add("Ann alone", "PT8H0M0S", {1});
    add("Bob alone", "PT8H0M0S", {2});
    add("Ann and Cat", "PT8H0M0S", {1, 3});
    add("Ann, fixed", "PT8H0M0S", {1}, "<Type>1</Type>");
    add("Ann, ignored", "PT8H0M0S", {1}, "<IgnoreResourceCalendar>1</IgnoreResourceCalendar>");
    add("Ann at night", "PT8H0M0S", {1}, "<CalendarUID>2</CalendarUID>");
    add("Ann, but not so", "PT8H0M0S", {1},
        "<Start>2026-03-02T08:00:00</Start><Finish>2026-03-02T17:00:00</Finish>");
    add("Split", "PT16H0M0S", {2}, "<Start>2026-03-02T08:00:00</Start><Finish>2026-03-05T17:00:00</Finish>");
    const Imported imported = good({{}, calendars, tasks, resources, assignments});
    CHECK(dates(imported, "Ann alone") == "2026-03-02T08:00 2026-03-03T12:00");
    CHECK(dates(imported, "Bob alone") == "2026-03-02T08:00 2026-03-02T17:00");
    CHECK_FALSE(named(imported, "Bob alone").calendar);
    CHECK(dates(imported, "Ann and Cat") == "2026-03-02T08:00 2026-03-03T00:00");
    CHECK(dates(imported, "Ann, fixed") == "2026-03-02T08:00 2026-03-02T17:00");
    CHECK(dates(imported, "Ann, ignored") == "2026-03-02T08:00 2026-03-02T17:00");
    CHECK(dates(imported, "Ann at night") ==
          "2026-03-02T20:00 2026-03-04T00:00");  // nothing in common: the task's own
    CHECK(dates(imported, "Ann, but not so") == "2026-03-02T08:00 2026-03-02T17:00");
    CHECK(named(imported, "Split").pause_minutes == 2 * 480);
    CHECK(dates(imported, "Split") == "2026-03-02T08:00 2026-03-05T17:00");
}

TEST_CASE("mspdi: baselines, and the status date where it agrees with the plan") {
    const std::string base =
        "<Baseline><Number>0</Number><Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T17:00:00</Finish></"
        "Baseline>"
        "<Baseline><Number>3</Number><Start>2026-03-04T08:00:00</Start><Finish>2026-03-05T17:00:00</Finish></"
        "Baseline>"
        "<Baseline><Number>4</Number><Cost>100</Cost></Baseline>";
    const Parts parts = {
        "<LastSaved>2026-02-20T10:00:00</LastSaved><StatusDate>2026-03-01T17:00:00</StatusDate>",
        {},
        task(1, "A", "PT16H0M0S", base),
        {},
        {}};
    const Imported imported = good(parts);
    REQUIRE(imported.project.baselines.size() == 2);
    CHECK(imported.project.baselines[1].name == "Baseline 3");
    CHECK(iso(imported.project.baselines[1].rows[0].finish) == "2026-03-05T17:00");
    CHECK(imported.project.baselines[0].made == *parse_iso_day("2026-02-20"));
    CHECK(imported.project.status_day == *parse_iso_day("2026-03-01"));
    Parts later = parts;
    later.settings = "<StatusDate>2026-03-10T17:00:00</StatusDate>";
    CHECK_FALSE(good(later).project.status_day.has_value());
}

TEST_CASE("mspdi: options: a name, a start, promises") {
    ImportOptions options;
    options.project_name = "Mine";
    options.start = *parse_iso_day("2026-04-04");  // a Saturday
    const Imported imported = good(
        {{},
         {},
         task(1, "A", "PT16H0M0S") + task(2, "Out", "PT0H0M0S", "<Milestone>1</Milestone>" + link(1)),
         {},
         {}},
        options);
    CHECK(imported.project.name == "Mine");
    CHECK(iso(imported.project.start) == "2026-04-06T08:00");
    REQUIRE(imported.project.promises.size() == 1);
    CHECK(iso(imported.project.promises[0].promised) == "2026-04-07");
}

TEST_CASE("mspdi: a file that does not honour its constraints lets links move tasks past their fixed dates") {
    const auto constraint = [](int type, const std::string& at) {
        return "<ConstraintType>" + std::to_string(type) + "</ConstraintType><ConstraintDate>" + at + "</ConstraintDate>";
    };
    Parts parts;
    parts.settings = "<HonorConstraints>0</HonorConstraints>";
    parts.tasks = task(1, "Cut", "PT40H0M0S") +                                                              // to Friday 6 March
                  task(2, "Must start", "PT16H0M0S", link(1) + constraint(2, "2026-03-04T08:00:00")) +        // the link: 9 March
                  task(3, "Finish by", "PT8H0M0S", link(1) + constraint(7, "2026-03-05T17:00:00")) +
                  task(4, "Start by, and can", "PT8H0M0S", link(1) + constraint(5, "2026-03-11T08:00:00")) +
                  task(5, "Must finish, and can", "PT8H0M0S", constraint(3, "2026-03-05T17:00:00"));
    const Imported loose = good(parts);
    const auto schedule = compute_schedule(loose.project);
    REQUIRE(schedule.has_value());
    CHECK(iso(schedule->rows[1].early_start) == "2026-03-09T08:00");
    CHECK(iso(schedule->rows[2].early_start) == "2026-03-09T08:00");
    CHECK(iso(*loose.project.tasks[1].deadline) == "2026-03-05T17:00");  // where it would have finished
    CHECK(iso(*loose.project.tasks[2].deadline) == "2026-03-05T17:00");
    CHECK(schedule->rows[1].total_float_minutes == -3 * 480);  // the conflict shows
    CHECK(schedule->rows[2].total_float_minutes == -2 * 480);
    CHECK(loose.project.tasks[3].constraint.kind == ConstraintKind::StartNoLaterThan);  // nothing breaks it
    CHECK(loose.project.tasks[4].constraint.kind == ConstraintKind::MustFinishOn);
    CHECK(test::problems(loose).find("2 such dates became deadlines") != std::string::npos);

    parts.settings.clear();  // as Microsoft Project does it otherwise
    const Imported strict = good(parts);
    CHECK(strict.project.tasks[1].constraint.kind == ConstraintKind::MustStartOn);
    CHECK(iso(compute_schedule(strict.project)->rows[1].early_start) == "2026-03-04T08:00");
    CHECK(test::problems(strict).find("became deadlines") == std::string::npos);
}
