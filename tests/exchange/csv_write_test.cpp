#include "exchange/csv_write.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "tests/exchange/support.hpp"

namespace {

using namespace entente;
using namespace entente::exchange;
using namespace entente::test;

std::string cell(std::string_view text) {
    std::string out;
    append_csv_cell(out, text);
    return out;
}

std::string write(const CsvPlan& plan) { return plan_to_csv(plan.imported.project, plan.imported.new_roles); }

// Reads what was written, with the ids in the same order, so that the plans can be compared whole.
CsvPlan again(const CsvPlan& plan) {
    ImportOptions options = options_from();
    options.start = day_of(plan.imported.project.start);
    return read_table(write(plan), options);
}

std::string name_of(const CsvPlan& plan, TaskId id) {
    const auto& tasks = plan.imported.project.tasks;
    return std::find_if(tasks.begin(), tasks.end(), [id](const plan::Task& task) { return task.id == id; })->name;
}

}  // namespace

TEST_CASE("csv out: cells are quoted and formulas are guarded") {
    CHECK(cell("plain") == "plain");
    CHECK(cell("a,b") == "\"a,b\"");
    CHECK(cell("a;b") == "\"a;b\"");
    CHECK(cell("he said \"no\"") == "\"he said \"\"no\"\"\"");
    CHECK(cell("two\nlines") == "\"two\nlines\"");
    CHECK(cell("=1+2") == "'=1+2");
    CHECK(cell("+44 20") == "'+44 20");
    CHECK(cell("-3") == "'-3");
    CHECK(cell("@SUM(A1)") == "'@SUM(A1)");
    CHECK(cell("\tx") == "\"'\tx\"");
    CHECK(cell("\r=x") == "\"'\r'=x\"");
    CHECK(cell("'=1") == "''=1");
    CHECK(cell("director's cut") == "director's cut");
    CHECK(cell("'twas") == "'twas");
    CHECK(cell("a=b") == "a=b");
}

TEST_CASE("csv out: the guard comes off again") {
    for (const char* text : {"=1", "'=1", "''-1", "'twas", "plain", "@x", "'", "", "+", "-3 days"}) {
        INFO(text);
        CHECK(without_formula_guard(guard_formula(text)) == text);
    }
}

TEST_CASE("csv out: a plan reads back to the same plan") {
    const char* plans[] = {
        "id,stage,name,owner,duration_days,predecessors,client,note\n1,Edit,Assembly,\"Editor, "
        "Mixer[50%]\",3,,no,\n"
        "2,Edit,Notes,Producer,2.5,1FS+1d,yes,\n3,Edit,Picture lock,Client's "
        "producer,0,2SS-4h;1FF+50%,yes,two\n",
        "id,level,name,duration,start,finish,predecessors,client,done\n1,1,Edit,,,,,yes,\n2,2,Cut,3ed?,,,,no,"
        "40\n3,2,Fine,90m,2026-03-16,,2FS+2ed,no,\n"
        "4,1,Mix,1d,,2026-04-10T12:00,3SF,yes,100\n5,1,Delivery,0,,,4,decision,\n",
        "id,name,days\na-1,=cmd(),1\nb;2,-minus,2\n'3,\"x\"\"y, \n z\",0\n",
        "name,owner\nOne,\nTwo,@owner\n",
    };
    for (const char* text : plans) {
        INFO(text);
        const CsvPlan first = read_table(text);
        CsvPlan second = again(first);
        CHECK_FALSE(second.imported.has_errors());
        CHECK(second.imported.new_roles == first.imported.new_roles);
        // Ids of the file that would not read back became row numbers.
        for (std::size_t i = 0; i < second.imported.project.tasks.size(); ++i) {
            plan::Task& task = second.imported.project.tasks[i];
            if (task.code == std::to_string(i + 1)) task.code = first.imported.project.tasks[i].code;
        }
        CHECK(second.imported.project.tasks == first.imported.project.tasks);
        CHECK(second.imported.project.links == first.imported.project.links);
        CHECK(second.imported.project.decisions == first.imported.project.decisions);
        CHECK(second.imported.project.promises == first.imported.project.promises);
        CHECK(write(second).size() > 0);
    }
}

TEST_CASE("csv out: writing what was read is stable") {
    const CsvPlan first = read_table("id,name,days,predecessors\n1,A,1,\n2,B,2,1FS+1d\n");
    CHECK(write(first) ==
          "\xEF\xBB\xBFid,stage,name,owner,duration,start,finish,predecessors,milestone,client,percent_done,"
          "note\r\n"
          "1,,A,,1d,,,,no,no,0,\r\n2,,B,,2d,,,1FS+1d,no,no,0,\r\n");
    CHECK(write(again(first)) == write(first));
}

TEST_CASE("csv out: what a table does not tell is said") {
    CsvPlan plan = read_table("id,name,days,predecessors\n1,A,1,\n2,B,2,1FS+1d\n");
    const auto said = [&plan] {
        std::string out;
        for (const Message& message : left_out_of_csv(plan.imported.project)) out += Locale().text(message) + "\n";
        return out;
    };
    CHECK(said() == "");
    plan::Project& project = plan.imported.project;
    project.tasks[0].deadline = project.start;
    CHECK(said() == "1 task has a deadline, a constraint or a state that a table cannot say.\n");
    project.tasks[0].deadline.reset();
    project.tasks[1].actual_start = project.start;
    CHECK(said() == "The days on which work began and ended are left out; how much is done is kept.\n");
    project.tasks[1].actual_start.reset();
    project.calendars[0].week[5] = project.calendars[0].week[4];
    CHECK(said() == "A table holds no calendars: its reader takes its own.\n");
    project.calendars[0].week[5].clear();
    project.baselines.resize(1);
    project.scenarios.resize(1);
    CHECK(said() == "Promises and baselines stay in Entente.\n"
                    "Changes, scenarios, estimates, rounds of notes, money and status links stay in Entente.\n");
}

TEST_CASE("csv out: nothing is a formula, whatever a spreadsheet takes for its separator, and all of it comes back") {
    CHECK(cell("a;=1+1;b") == "\"a;'=1+1;b\"");
    CHECK(cell("a\t@x") == "\"a\t'@x\"");
    CHECK(cell("one\n=2\r\n+3") == "\"one\n'=2\r\n'+3\"");
    CHECK(cell("\n=1") == "\"'\n'=1\"");
    CHECK(cell("one\n\ntwo; three") == "\"one\n\ntwo; three\"");
    CHECK(cell("\uFF1D1+1") == "'\uFF1D1+1");
    CHECK(cell("a;''\uFF20b") == "\"a;'''\uFF20b\"");
    CHECK(cell("it's; that's") == "\"it's; that's\"");
    // Every text of a few signs that matter.
    constexpr std::string_view kSigns[] = {"=", "'", ";", "\n", "\t", "a", "-", "\uFF0B", "\r"};
    constexpr std::size_t kSignCount = std::size(kSigns), kLength = 5;
    std::size_t all = 1;
    for (std::size_t i = 0; i < kLength; ++i) all *= kSignCount;
    for (std::size_t n = 0; n < all; ++n) {
        std::string text;
        for (std::size_t i = 0, rest = n; i < kLength; ++i, rest /= kSignCount) text += kSigns[rest % kSignCount];
        const std::string guarded = guard_formula(text);
        if (without_formula_guard(guarded) != text) FAIL("does not come back: " << text);
        for (const char separator : {';', '\t', '\n', '\r'}) {
            for (const std::string_view piece : split(guarded, separator)) {
                const bool formula = !piece.empty() && (piece[0] == '=' || piece[0] == '-' || piece.substr(0, 3) == "\uFF0B");
                if (formula) FAIL("a formula: " << guarded);
            }
        }
    }
}

TEST_CASE("csv: a task that is called as a link is written leads no link astray") {
    for (const char* text : {"id,name,days,predecessors\n1,GD,1,\n2,Edit,1,1FS\n3,1FS,1,2FS\n",
                             "id,name,days,predecessors\n1,GD,1,\n2,Edit,1,1FS+2d\n3,1FS+2d,1,2\n",
                             "id,name,days,predecessors\n1,A,1,\n1FS,B,1,1 FS\n3,C,1,1FS\n"}) {
        CAPTURE(text);
        const CsvPlan plan = read_table(text);
        REQUIRE(plan.imported.project.links.size() == 2);
        const CsvPlan twice = again(plan);
        REQUIRE(twice.imported.project.links.size() == 2);
        CHECK_FALSE(twice.imported.has_errors());
        for (std::size_t i = 0; i < 2; ++i) {
            CHECK(name_of(plan, plan.imported.project.links[i].from) == name_of(twice, twice.imported.project.links[i].from));
            CHECK(name_of(plan, plan.imported.project.links[i].to) == name_of(twice, twice.imported.project.links[i].to));
        }
    }
}

TEST_CASE("csv: a name that begins with a no-break space comes back as a name, not as a level") {
    const CsvPlan plan = read_table("id,days,predecessors\nA,1,\n\u00a0B,1,\nC,1,\u00a0B\n");
    REQUIRE(plan.imported.project.tasks.size() == 3);
    const CsvPlan twice = again(plan);
    CHECK_FALSE(twice.imported.has_errors());
    REQUIRE(twice.imported.project.tasks.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) CHECK(twice.imported.project.tasks[i].kind == plan.imported.project.tasks[i].kind);
    CHECK(twice.imported.project.links.size() == 1);
    // A table without such names has no levels.
    CHECK(write(plan).find("outline_level") != std::string::npos);
    CHECK(write(read_table("id,days\nA,1\nB,1\n")).find("outline_level") == std::string::npos);
}
