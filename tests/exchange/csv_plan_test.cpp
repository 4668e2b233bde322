#include <algorithm>

#include "exchange/problem_list.hpp"
#include "tests/exchange/support.hpp"

namespace {

using namespace entente;
using namespace entente::exchange;
using namespace entente::test;
using plan::TaskKind;

const plan::ClientDecision* decision(const CsvPlan& plan, std::string_view code) {
    for (const plan::ClientDecision& one : plan.imported.project.decisions) {
        if (one.task == task(plan, code).id) return &one;
    }
    return nullptr;
}

std::string promised(const CsvPlan& plan, std::string_view code) {
    for (const plan::Promise& one : plan.imported.project.promises) {
        if (one.task == task(plan, code).id) return iso(one.promised);
    }
    return "none";
}

std::string parent(const CsvPlan& plan, std::string_view code) {
    const TaskId id = task(plan, code).parent;
    return id ? find_task(plan.imported.project, id)->code : "top";
}

// early start and finish of a task
std::string dates(const CsvPlan& plan, std::string_view code) {
    const auto schedule = plan::compute_schedule(plan.imported.project);
    REQUIRE(schedule.has_value());
    const auto at = static_cast<std::size_t>(&task(plan, code) - plan.imported.project.tasks.data());
    return iso(schedule->rows[at].early_start) + " " + iso(schedule->rows[at].early_finish);
}

}  // namespace

TEST_CASE("table: a small plan, checked by hand") {
    const CsvPlan plan = read_table("id,stage,name,owner,duration_days,predecessors,client,note\n"
                                    "1,Edit,Assembly,Editor,3,,no,\n"
                                    "2,Edit,Notes on the cut,Producer,2,1FS+1d,yes,Producers answer\n"
                                    "3,Edit,Picture lock,Producer,0,2FS,yes,\n"
                                    "4,Sound,Mix,Mixer,4,3,no,\n");
    CHECK(problems(plan.imported).empty());
    CHECK(links(plan) == "1>2FS+480m;2>3FS;3>4FS");
    CHECK(task(plan, "1").duration_minutes == 3 * 480);
    CHECK(task(plan, "1").stage == "Edit");
    CHECK(task(plan, "3").kind == TaskKind::Milestone);
    CHECK(plan.imported.project.start == *parse_iso_minute("2026-03-02T09:00"));
    // 3 days to Wed 4 March, one day of lag, two days to Mon 9, lock that evening, four days to Fri 13.
    CHECK(dates(plan, "2") == "2026-03-06T09:00 2026-03-09T17:00");
    CHECK(dates(plan, "3") == "2026-03-09T17:00 2026-03-09T17:00");
    CHECK(dates(plan, "4") == "2026-03-10T09:00 2026-03-13T17:00");
    CHECK(plan.imported.counts.tasks == 3);
    CHECK(plan.imported.counts.milestones == 1);
    CHECK(plan.imported.counts.links == 3);
    REQUIRE(decision(plan, "3"));
    CHECK(decision(plan, "3")->part == plan::ClientPart::Decision);
    CHECK(decision(plan, "3")->owner == "Producer");
    REQUIRE(decision(plan, "2"));
    CHECK(decision(plan, "2")->part == plan::ClientPart::Input);
    CHECK(decision(plan, "2")->owner.empty());
    CHECK(promised(plan, "3") == "2026-03-09");
    CHECK(plan.imported.project.promises.size() == 1);
}

TEST_CASE("table: headers of other programs and of Welsh") {
    const CsvPlan project = read_table(
        "ID,Active,Task_Name,Duration,Start_Date,Finish_Date,Predecessors,Outline_Level,Resource_Names,"
        "Percent_Complete\n"
        "1,Yes,Edit,6 days,Mon 02/03/26 09:00,Mon 09/03/26 17:00,,1,,\n"
        "2,Yes,Assembly,5 days?,Mon 02/03/26 09:00,Fri 06/03/26 17:00,,2,\"Editor,Assistant[50%]\",40%\n"
        "3,Yes,Fine cut,1 day,Mon 09/03/26 09:00,Mon 09/03/26 17:00,2FS,2,Editor,0%\n");
    CHECK(task(project, "1").kind == TaskKind::Summary);
    CHECK(parent(project, "2") == "1");
    CHECK(task(project, "2").estimated);
    CHECK(task(project, "2").percent_done == 40);
    REQUIRE(task(project, "2").assignments.size() == 2);
    CHECK(task(project, "2").assignments[1].units_permille == 500);
    CHECK(project.imported.new_roles.size() == 2);
    const CsvPlan sheet = read_table(
        "Task Name;Duration;Start;Finish;Predecessors;% Complete;Assigned To\n"
        "Assembly;5d;02/03/2026;06/03/2026;;50%;Editor\nFine cut;2,5d;;;1FS +1d;;Editor\n");
    CHECK(links(sheet) == "1>2FS+480m");
    CHECK(task(sheet, "2").duration_minutes == 1200);
    const CsvPlan asana = read_table(
        "Task ID,Created At,Name,Section/Column,Assignee,Start Date,Due Date,Notes,Blocked By "
        "(Dependencies)\n"
        "9001,2026-01-01,Assembly,Edit,Editor,2026-03-02,2026-03-06,,\n"
        "9002,2026-01-01,Mix,Sound,,2026-03-09,2026-03-10,loud,Assembly\n");
    CHECK(links(asana) == "9001>9002FS");
    CHECK(task(asana, "9002").stage == "Sound");
    CHECK(task(asana, "9002").duration_minutes == 960);
    const CsvPlan welsh = read_table(
        "Rhif,Cam,Enw'r dasg,Perchennog,Hyd (dyddiau),Rhagflaenwyr,Carreg filltir,Cleient,Nodiadau\n"
        "1,Golygu,Cynulliad,Golygydd,2,,na,na,\n2,Golygu,Cloi'r llun,Cynhyrchydd,,1,ie,ie,\n");
    CHECK(task(welsh, "2").kind == TaskKind::Milestone);
    REQUIRE(decision(welsh, "2"));
    CHECK(decision(welsh, "2")->part == plan::ClientPart::Decision);
}

TEST_CASE("table: a title above the header, blank rows, a heading for each stage") {
    const CsvPlan plan = read_table(
        "The Long Field: "
        "schedule,,,\n,,,\nTask,Days,After,Who\nEDIT,,,\nAssembly,3,,Editor\n,,,\nSOUND,,,\nMix,2,3,Mixer\n");
    REQUIRE(plan.imported.project.tasks.size() == 2);
    CHECK(plan.imported.project.tasks[0].stage == "EDIT");
    CHECK(plan.imported.project.tasks[1].stage == "SOUND");
    CHECK(contains(problems(plan.imported), "4 note: Read as the heading of a stage"));
}

TEST_CASE("table: outlines from numbers, levels, indents and parents") {
    const CsvPlan wbs = read_table(
        "WBS,Name,Duration\n1,Edit,\n1.1,Assembly,2d\n1.2,Cuts,\n1.2.1,First,1d\n2,Mix,1d\n");
    CHECK(parent(wbs, "1.2.1") == "1.2");
    CHECK(parent(wbs, "1.2") == "1");
    CHECK(parent(wbs, "2") == "top");
    CHECK(task(wbs, "1.2").kind == TaskKind::Summary);
    CHECK(task(wbs, "2").kind == TaskKind::Task);
    const CsvPlan ids = read_table("id,name,days\n1,Edit,\n1.1,Assembly,2\n1.2,Cut,2\n");
    CHECK(parent(ids, "1.2") == "1");
    const CsvPlan indents = read_table(
        "id,name,days\n1,Edit,\n2,  Assembly,2\n3,    Reels,1\n4,  Cut,2\n5,Mix,1\n");
    CHECK(parent(indents, "3") == "2");
    CHECK(parent(indents, "4") == "1");
    CHECK(parent(indents, "5") == "top");
    const CsvPlan parents = read_table("id,name,days,parent\n1,Assembly,2,3\n2,Cut,2,Edit\n3,Edit,,\n");
    CHECK(parents.imported.project.tasks[0].code == "3");
    CHECK(parent(parents, "1") == "3");
    CHECK(parent(parents, "2") == "3");
    const CsvPlan flat = read_table("id,stage,name,days\n1,Edit,Assembly,2\n2,Sound,Mix,2\n");
    CHECK(flat.imported.counts.summaries == 0);
}

TEST_CASE("table: parents in a circle stand by themselves") {
    const CsvPlan plan = read_table("id,name,days,parent\n1,A,1,2\n2,B,1,1\n3,C,1,3\n4,D,1,99\n");
    CHECK(plan.imported.project.tasks.size() == 4);
    CHECK(contains(problems(plan.imported), "2 note: The outline runs in a circle"));
    CHECK(contains(problems(plan.imported), "4 note: The parent"));
    CHECK(contains(problems(plan.imported), "5 note: The parent"));
}

TEST_CASE("table: what cannot be used is left out, with its line and reason") {
    const CsvPlan plan = read_table("id,name,duration,predecessors,start,done\n"
                                    "1,A,3,,,\n"
                                    "2,B,about a week,1,,\n"
                                    "3,C,2,99FS,,\n"
                                    "4,D,2,4,,\n"
                                    "1,E,2,,,\n"
                                    ",,5,,,\n"
                                    "6,F,2,1FS+soon,,\n"
                                    "7,G,2,1;1,soon,half\n"
                                    ",H,2,,,\n");
    const std::string found = problems(plan.imported);
    CHECK(contains(found, "3 error: \u201Cabout a week\u201D is not a length"));
    CHECK(contains(found, "4 error: The predecessor \u201C99\u201D is not in the file"));
    CHECK(contains(found, "5 error: The task waits for itself"));
    CHECK(contains(found, "6 error: The id \u201C1\u201D appears twice, first on line 2"));
    CHECK(contains(found, "7 error: The row has no task name"));
    CHECK(contains(found, "8 error: The lag of the link to \u201C1\u201D is not a length"));
    CHECK(contains(found, "9 note: The link to \u201C1\u201D appears twice"));
    CHECK(contains(found, "9 error: \u201Csoon\u201D is not a date"));
    CHECK(contains(found, "9 error: \u201Chalf\u201D is not a percentage"));
    CHECK(contains(found, "10 note: The row has no id; it is called row-9"));
    CHECK(std::count(found.begin(), found.end(), '\n') == 10);
    CHECK(task(plan, "2").estimated);
    CHECK(task(plan, "2").duration_minutes == 480);
    CHECK(links(plan) == "1>2FS;1>6FS;1>7FS");
    CHECK(plan.imported.has_errors());
}

TEST_CASE("table: a link to a name that says none, or looks like a row and a lag, is a link to that task") {
    CHECK(links(read_table("id,name,days,predecessors\n1,Dim,1,\n2,Mix,1,Dim\n")) == "1>2FS");
    std::string shots = "name,days,predecessors\n10-20,1,\n20-30,1,10-20\n";
    for (int i = 0; i < 10; ++i) shots += "Shot " + std::string(1, static_cast<char>('a' + i)) + ",1,\n";
    CHECK(links(read_table(shots)) == "1>2FS");
}

TEST_CASE("table: a circle loses one link and is named") {
    const CsvPlan plan = read_table(
        "id,name,days,predecessors\n1,Cut,1,3\n2,Screen,1,1\n3,Notes,1,2\n4,Mix,1,3\n");
    const std::string found = problems(plan.imported);
    CHECK(contains(found, "4 error: These tasks wait for each other in a circle: "));
    CHECK(contains(found, "The link from \u201CScreen\u201D to \u201CNotes\u201D was left out."));
    CHECK(links(plan) == "3>1FS;1>2FS;3>4FS");
    CHECK(plan::compute_schedule(plan.imported.project).has_value());
    const CsvPlan summary = read_table(
        "id,level,name,days,predecessors\n1,1,Edit,,4\n2,2,Cut,1,\n3,2,Fine,1,2\n4,1,Mix,1,3\n");
    CHECK(contains(problems(summary.imported), "in a circle"));
    CHECK(plan::compute_schedule(summary.imported.project).has_value());
    const CsvPlan own = read_table("id,level,name,days,predecessors\n1,1,Edit,,\n2,2,Cut,1,1\n");
    CHECK(contains(problems(own.imported),
                   "3 error: The link to \u201C1\u201D joins a summary and a task under it"));
}

TEST_CASE("table: too many circles are one clear error") {
    std::string text = "id,name,days,predecessors\n";
    for (int i = 0; i < 30; ++i)
        text += std::to_string(2 * i) + ",A,1," + std::to_string(2 * i + 1) + "\n" +
                std::to_string(2 * i + 1) + ",B,1," + std::to_string(2 * i) + "\n";
    const auto plan = try_table(text);
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().code == ErrorCode::BadInput);
    CHECK_FALSE(plan.error().remedy.empty());
}

TEST_CASE("table: stated dates bind only where links do not explain them") {
    const CsvPlan plan = read_table("id,name,duration,start,finish,predecessors\n"
                                    "1,A,3d,2026-03-02,,\n"
                                    "2,B,2d,2026-03-05,,1\n"
                                    "3,C,2d,2026-03-16,,2\n"
                                    "4,D,,2026-03-10,2026-03-12,\n"
                                    "5,E,2d,,2026-03-20,\n"
                                    "6,F,1d,2026-03-03,,3\n");
    CHECK(plan.imported.project.start == *parse_iso_minute("2026-03-02T09:00"));
    CHECK(task(plan, "1").constraint == plan::Constraint{});
    CHECK(task(plan, "2").constraint == plan::Constraint{});
    CHECK(task(plan, "3").constraint.kind == plan::ConstraintKind::StartNoEarlierThan);
    CHECK(dates(plan, "3") == "2026-03-16T09:00 2026-03-17T17:00");
    CHECK(task(plan, "4").duration_minutes == 3 * 480);
    CHECK(dates(plan, "4") == "2026-03-10T09:00 2026-03-12T17:00");
    CHECK(task(plan, "5").constraint.kind == plan::ConstraintKind::FinishNoEarlierThan);
    CHECK(dates(plan, "5") == "2026-03-19T09:00 2026-03-20T17:00");
    CHECK(dates(plan, "6") == "2026-03-18T09:00 2026-03-18T17:00");
    CHECK(problems(plan.imported) ==
          "7 note: 1 task starts later than the file says, because of what it waits for.\n");
}

TEST_CASE("table: the order of dates is proved by the file or said") {
    const char* head = "id,name,start,finish\n";
    const CsvPlan british = read_table(std::string(head) + "1,A,02/03/2026,04/03/2026\n");
    CHECK(dates(british, "1") == "2026-03-02T09:00 2026-03-04T17:00");
    CHECK(contains(problems(british.imported), "2 note: This date could be read two ways"));
    const CsvPlan american = read_table(std::string(head) +
                                        "1,A,03/02/2026,03/04/2026\n2,B,03/16/2026,03/18/2026\n");
    CHECK(dates(american, "1") == "2026-03-02T09:00 2026-03-04T17:00");
    CHECK(contains(problems(american.imported), "3 note: Dates were read month first"));
    const CsvPlan proved = read_table(std::string(head) + "1,A,02/03/2026,13/03/2026\n");
    CHECK(problems(proved.imported).empty());
}

TEST_CASE("table: where the plan starts") {
    const char* text = "id,name,days\n1,A,1\n";
    CHECK(iso(read_table(text).imported.project.start) == "2026-03-02T09:00");
    ImportOptions chosen = options_from();
    chosen.start = Day{parse_iso_day("2026-03-07")->n};  // a Saturday
    CHECK(iso(read_table(text, chosen).imported.project.start) == "2026-03-09T09:00");
    CHECK(
        iso(read_table("id,name,days,start\n1,A,1,2026-05-04\n2,B,1,2026-04-01\n").imported.project.start) ==
        "2026-04-01T09:00");
    const CsvPlan late = read_table("id,name,days,start\n1,A,1,2026-01-05\n", chosen);
    CHECK(iso(late.imported.project.start) == "2026-03-09T09:00");
    CHECK(contains(problems(late.imported), "dates before the start"));
    CHECK(iso(read_table("name,due\nDeliver,2026-03-13\n").imported.project.start) == "2026-03-13T09:00");
}

TEST_CASE("table: owners become roles, the house's where the name is the same") {
    house::House house;
    house.roles.push_back({RoleId{900}, "\u00C9diteur", 100, 200});
    const CsvPlan plan = read_table(
        "id,name,days,owner\n1,A,1,editeur\n2,B,1,Mixer; EDITEUR\n3,C,1,\"Mixer, mixer[50%]\"\n",
        options_from(), house);
    REQUIRE(task(plan, "1").assignments.size() == 1);
    CHECK(task(plan, "1").assignments[0].role == RoleId{900});
    REQUIRE(task(plan, "2").assignments.size() == 2);
    CHECK(task(plan, "3").assignments.size() == 1);
    REQUIRE(plan.imported.new_roles.size() == 1);
    CHECK(plan.imported.new_roles[0].name == "Mixer");
    CHECK(plan.imported.new_roles[0].charge_per_hour_minor == 0);
}

TEST_CASE("table: the house's calendar counts where there is one") {
    house::House house;
    house.calendar = plan::standard_calendar(CalendarId{800}, "Long days");
    for (auto& shifts : house.calendar.week) {
        if (!shifts.empty()) shifts = {{540, 1140}};
    }
    house.calendar.minutes_per_day = 600;
    const CsvPlan plan = read_table("id,name,days\n1,A,2\n", options_from(), house);
    CHECK(task(plan, "1").duration_minutes == 1200);
    CHECK(dates(plan, "1") == "2026-03-02T09:00 2026-03-03T19:00");
    CHECK(plan.imported.project.calendar != CalendarId{800});
}

TEST_CASE("table: what the client has to do") {
    const CsvPlan plan = read_table("id,name,days,client,note\n"
                                    "1,First cut,0,yes,sent for notes\n"
                                    "2,Notes on first cut,3,yes,\n"
                                    "3,Grade approval,1,yes,\n"
                                    "4,Blocking,1,yes,\n"
                                    "5,Titles,5,yes,Client decision: credit list\n"
                                    "6,ADR,3,yes,Actors' dates are a client input\n"
                                    "7,Clear music,5,yes,Waits for rights holders\n"
                                    "8,Picture lock,0,no,\n"
                                    "9,Sign-off,0,input,\n"
                                    "10,Spotting,1,yes,then we lock reels\n"
                                    "11,Screening,0,yes,producers approve the cut\n");
    const auto part = [&](const char* code) {
        const plan::ClientDecision* found = decision(plan, code);
        return !found ? "none" : found->part == plan::ClientPart::Decision ? "decision" : "input";
    };
    CHECK(part("1") == std::string("none"));
    CHECK(part("2") == std::string("input"));
    CHECK(part("3") == std::string("decision"));
    CHECK(part("4") == std::string("none"));
    CHECK(part("5") == std::string("decision"));
    CHECK(part("6") == std::string("input"));
    CHECK(part("7") == std::string("input"));
    CHECK(part("8") == std::string("none"));
    CHECK(part("9") == std::string("input"));
    CHECK(part("10") == std::string("none"));
    CHECK(part("11") == std::string("decision"));
    CHECK(task(plan, "4").client_visible);
    CHECK_FALSE(task(plan, "8").client_visible);
}

TEST_CASE("table: promises on the client's milestones and the last one") {
    const char* text =
        "id,name,days,predecessors,client\n1,Cut,4,,no\n2,First cut,0,1,yes\n3,Internal "
        "check,0,2,no\n4,Mix,5,3,no\n5,Delivery,0,4,no\n";
    const CsvPlan plan = read_table(text);
    CHECK(promised(plan, "2") == "2026-03-05");
    CHECK(promised(plan, "3") == "none");
    CHECK(promised(plan, "5") == "2026-03-12");
    CHECK(task(plan, "5").client_visible);
    ImportOptions without = options_from();
    without.promise_milestones = false;
    CHECK(read_table(text, without).imported.project.promises.empty());
}

TEST_CASE("table: a client column of company names is no yes or no") {
    const CsvPlan plan = read_table("id,name,days,client\n1,Cut,1,Field Films\n2,Mix,1,Field Films\n");
    CHECK(problems(plan.imported).empty());
    CHECK(plan.columns[3].field == CsvField::None);
}

TEST_CASE("table: a person's mapping replaces the guesses") {
    const char* text = "a,b,c\nAssembly,3,Edit\nMix,2,Sound\n";
    const CsvPlan guessed = read_table(text);
    CHECK(contains(problems(guessed.imported), "0 error: No column was recognised as the task name"));
    CHECK(guessed.imported.project.tasks.empty());
    REQUIRE(guessed.columns.size() == 3);
    CHECK(guessed.columns[0].header == "a");
    CHECK(guessed.columns[1].samples == std::vector<std::string>{"3", "2"});
    ImportOptions chosen = options_from();
    chosen.column_fields = {static_cast<int>(CsvField::Name), static_cast<int>(CsvField::DurationDays),
                            static_cast<int>(CsvField::Stage)};
    const CsvPlan plan = read_table(text, chosen);
    CHECK(task(plan, "1").name == "Assembly");
    CHECK(task(plan, "2").duration_minutes == 960);
    CHECK(task(plan, "2").stage == "Sound");
    chosen.column_fields = {5, 5, 999, -3};
    CHECK(read_table(text, chosen).columns[1].field == CsvField::None);
}

TEST_CASE("table: no header at all") {
    ImportOptions chosen = options_from();
    chosen.column_fields = {static_cast<int>(CsvField::Id), static_cast<int>(CsvField::Name),
                            static_cast<int>(CsvField::DurationDays)};
    const CsvPlan plan = read_table("1,Assembly,3\n2,Mix,2\n", chosen);
    CHECK(plan.imported.project.tasks.size() == 2);
    CHECK(plan.columns[0].header.empty());
}

TEST_CASE("table: hostile names are inert") {
    using namespace std::string_literals;
    const std::string long_name(10'000, 'x');
    const CsvPlan plan = read_table(
        "id,name,days\n1,=cmd|' /C calc'!A0,1\n2,\u202Egnp.exe\u202C,1\n3,<img src=x "
        "onerror=alert(1)>,1\n4," +
        long_name + ",1\n5,a" + '\0' + "b\x1B[31m,1\n6,\"two\nlines\",1\n");
    CHECK(task(plan, "1").name == "=cmd|' /C calc'!A0");
    CHECK(task(plan, "2").name == "gnp.exe");
    CHECK(task(plan, "3").name == "<img src=x onerror=alert(1)>");
    CHECK(task(plan, "4").name.size() == kMaxName);
    CHECK(task(plan, "5").name == "ab[31m");
    CHECK(task(plan, "6").name == "two lines");
    CHECK(contains(problems(plan.imported), "5 note: A text of 10,000 characters was cut to 400."));
}

TEST_CASE("table: milestones") {
    const CsvPlan plan = read_table("id,name,duration,milestone\n1,A,,yes\n2,B,2,yes\n3,C,0,no\n4,D,,no\n");
    CHECK(task(plan, "1").kind == TaskKind::Milestone);
    CHECK(task(plan, "2").kind == TaskKind::Task);
    CHECK(task(plan, "3").kind == TaskKind::Milestone);
    CHECK(task(plan, "4").duration_minutes == 480);
    CHECK(problems(plan.imported) ==
          "0 note: 1 task has no length; it was taken as one day.\n"
          "3 note: A milestone has no length; with its length this row was read as a task.\n");
}

TEST_CASE("table: nothing to read") {
    CHECK_FALSE(try_table("").has_value());
    CHECK_FALSE(try_table("\n\n").has_value());
    const CsvPlan header = read_table("id,name,days\n");
    CHECK(contains(problems(header.imported), "0 error: The table holds no tasks under its header."));
    CHECK_FALSE(try_table("id,name\n1,\"open\n").has_value());
}

TEST_CASE("table: more tasks than a plan holds") {
    std::string text = "name\n";
    for (std::size_t i = 0; i <= kMaxTasks; ++i) text += "a\n";
    const auto plan = try_table(text);
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().code == ErrorCode::TooLarge);
}

TEST_CASE("table: problems are listed up to a limit, and counted beyond it") {
    std::string text = "id,name,days,predecessors\n";
    for (int i = 0; i < 2000; ++i) text += std::to_string(i) + ",a,1,gone\n";
    const CsvPlan plan = read_table(text);
    CHECK(plan.imported.problems.size() == kMaxProblems + 1);
    CHECK(contains(problems(plan.imported), "1,500 more problems are not listed."));
}
