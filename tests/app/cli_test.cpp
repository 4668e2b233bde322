#include "app/cli/cli.hpp"

#include <map>

#include <doctest.h>

#include "app/cli/table.hpp"
#include "base/json_writer.hpp"

namespace {

using namespace entente;
using namespace std::string_literals;

const std::string kPlan =
    "id,name,duration_days,predecessors,client\n"
    "1,Cut,3,,no\n2,Picture lock,0,1,yes\n3,Grade,2,2,no\n4,Mix,4,2,no\n5,Delivery,0,3;4,yes\n";

std::map<std::string, std::string> written;  // by the last run

app::Outcome run(const std::vector<std::string>& arguments,
                 std::map<std::string, std::string> files = {{"plan.csv", kPlan}}, bool terminal = false) {
    written.clear();
    app::World world;
    world.read_file = [files = std::move(files)](const std::string& path, std::size_t most) -> Result<Bytes> {
        const auto found = files.find(path);
        if (found == files.end()) return fail(ErrorCode::NotFound, msg("There is no such file."), path);
        if (found->second.size() > most)
            return fail(ErrorCode::TooLarge, msg("The file is larger than {0} MiB.", 1), path);
        const ByteView bytes = bytes_of(found->second);
        return Bytes(bytes.begin(), bytes.end());
    };
    world.write_file = [](const std::string& path, ByteView bytes, app::Writing) -> Result<void> {
        if (path == "full.xml") return fail(ErrorCode::BadInput, msg("The file cannot be written."), path);
        written[path] = std::string(text_of(bytes));
        return {};
    };
    world.make_folder = [](const std::string& path) -> Result<bool> { return path != "full"; };
    world.ask_secret = [](const std::string&) { return std::nullopt; };
    world.variable = [](const std::string&) { return std::nullopt; };
    world.today = *parse_iso_day("2026-02-25");
    world.out_is_terminal = terminal;
    return app::run(arguments, world);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("cli: a schedule as JSON, byte for byte") {
    const app::Outcome outcome = run(
        {"schedule", "plan.csv", "--start", "2026-03-02", "--format", "json"},
        {{"plan.csv", "id,name,days,predecessors\n7,\"Cut \"\"A\"\"\",3,\n9,Lock,0,7FS+1d\n"}});
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    CHECK(outcome.out == R"({
  "project": {
    "start": "2026-03-02T09:00",
    "finish": "2026-03-05T17:00",
    "working_minutes": 1920
  },
  "tasks": [
    {
      "id": "7",
      "name": "Cut \"A\"",
      "early_start": "2026-03-02T09:00",
      "early_finish": "2026-03-04T17:00",
      "late_start": "2026-03-02T09:00",
      "late_finish": "2026-03-04T17:00",
      "total_float_minutes": 0,
      "free_float_minutes": 0,
      "critical": true
    },
    {
      "id": "9",
      "name": "Lock",
      "early_start": "2026-03-05T17:00",
      "early_finish": "2026-03-05T17:00",
      "late_start": "2026-03-05T17:00",
      "late_finish": "2026-03-05T17:00",
      "total_float_minutes": 0,
      "free_float_minutes": 0,
      "critical": true
    }
  ],
  "warnings": []
}
)");
}

TEST_CASE("cli: without a start the next Monday, in a table where a terminal shows it") {
    const app::Outcome json = run({"schedule", "plan.csv"});
    CHECK(contains(json.out, "\"start\": \"2026-03-02T09:00\""));
    CHECK(contains(json.out, "\"total_float_minutes\": 960"));
    const app::Outcome table = run({"schedule", "plan.csv"}, {{"plan.csv", kPlan}}, true);
    CHECK(table.code == 0);
    CHECK(contains(table.out, "Picture lock"));
    CHECK(contains(table.out, "critical"));
    CHECK(contains(table.out, "Wed 4 Mar 2026 17:00"));
    CHECK(contains(run({"schedule", "plan.csv", "--start=2026-03-09"}).out, "2026-03-09T09:00"));
}

TEST_CASE("cli: what is wrong with a file is said, and the rest is computed") {
    const std::map<std::string, std::string> files = {
        {"bad.csv", "id,name,days,predecessors\n1,Cut,3,9\n2,Mix,2,1\n"}};
    const app::Outcome json = run({"schedule", "bad.csv"}, files);
    CHECK(json.code == 1);
    CHECK(contains(json.out,
                   "\"Line 2: The predecessor \u201C9\u201D is not in the file; the link was left out.\""));
    CHECK(contains(json.err, "entente: "));
    const app::Outcome table = run({"schedule", "bad.csv", "--format", "table"}, files);
    CHECK(table.code == 1);
    CHECK(contains(table.err, "Line 2"));
    const app::Outcome report = run({"check", "bad.csv"}, files);
    CHECK(report.code == 1);
    CHECK(contains(report.out, "1 problem"));
    CHECK(contains(report.out, "No missing links."));
}

TEST_CASE("cli: check lists missing links, negative float, promises and what the client owes") {
    const app::Outcome good = run({"check", "plan.csv"});
    CHECK(good.code == 0);
    for (const char* part :
         {"3 tasks, 2 milestones, 5 links", "No problems.", "No missing links.", "No negative float.",
          "Promises, as the plan stands", "Wed 4 Mar 2026", "Needed from the client", "decision"}) {
        INFO(part);
        CHECK(contains(good.out, part));
    }
    const app::Outcome loose = run({"check", "a.csv"}, {{"a.csv", "id,name,days\n1,Cut,3\n2,Mix,2\n"}});
    CHECK(loose.code == 0);
    CHECK(contains(loose.out, "They wait for nothing:"));
    CHECK(contains(loose.out, "Nothing waits for them:"));
    const std::string late =
        "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2026-03-02T08:00:00</StartDate><Tasks>"
        "<Task><UID>1</UID><ID>1</ID><Name>Cut</Name><Duration>PT40H0M0S</Duration><OutlineLevel>1</OutlineLevel></Task>"
        "<Task><UID>2</UID><ID>2</ID><Name>Mix</Name><Duration>PT8H0M0S</Duration><OutlineLevel>1</OutlineLevel>"
        "<ConstraintType>7</ConstraintType><ConstraintDate>2026-03-03T17:00:00</ConstraintDate>"
        "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink></Task></Tasks></Project>";
    const app::Outcome negative = run({"check", "late.xml"}, {{"late.xml", late}});
    CHECK(negative.code == 1);
    CHECK(contains(negative.out, "Negative float"));
}

TEST_CASE("cli: usage is explained, and wrong usage is told from a wrong file") {
    CHECK(run({"--help"}).code == 0);
    CHECK(contains(run({"--help"}).out, "schedule FILE"));
    CHECK(contains(run({"schedule", "--help"}).out, "Exit codes"));
    CHECK(run({"--version"}).out.substr(0, 8) == "entente ");
    CHECK(contains(run({"--help", "--lang", "cy"}).out, "schedule FILE"));
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"plan"},
        {"schedule"},
        {"schedule", "plan.csv", "two.csv"},
        {"schedule", "plan.csv", "--format", "xml"},
        {"schedule", "plan.csv", "--start", "soon"},
        {"schedule", "plan.csv", "--start"},
        {"schedule", "plan.csv", "--speed", "9"},
        {"check", "plan.csv", "--format", "json"},
        {"schedule", "plan.csv", "--start", "2026-03-02", "--start", "2026-03-02"},
        {"schedule", "plan.csv", "--lang", "fr"},
        {"-x", "1"},
    };
    for (const auto& arguments : wrong) {
        const app::Outcome outcome = run(arguments);
        INFO(outcome.err);
        CHECK(outcome.code == 2);
        CHECK(outcome.out.empty());
        CHECK(outcome.err.substr(0, 9) == "entente: ");
    }
    const app::Outcome missing = run({"check", "nowhere.csv"});
    CHECK(missing.code == 1);
    CHECK(missing.err == "entente: There is no such file. (nowhere.csv)\n");
    CHECK(run({"check", "--", "plan.csv"}).code == 0);
}

TEST_CASE("cli: files of the wrong kind") {
    const std::map<std::string, std::string> files = {
        {"a.mpp", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"}, {"b.csv", ""}, {"c.csv", "id,name\n1,\"x\n"}};
    for (const char* name : {"a.mpp", "b.csv", "c.csv"}) {
        const app::Outcome outcome = run({"schedule", name}, files);
        INFO(outcome.err);
        CHECK(outcome.code == 1);
        CHECK(outcome.out.empty());
        CHECK(outcome.err.substr(0, 9) == "entente: ");
    }
    CHECK(contains(run({"check", "a.mpp"}, files).err, "Save As > XML"));
}

TEST_CASE("cli: no status link, no status") {
    for (const char* link : {"https://example.org/", "#e1i.AAAA.AAAA", "#e9z.x", "rubbish"}) {
        const app::Outcome outcome = run({"status", link});
        INFO(link);
        CHECK(outcome.code == 1);
        CHECK(outcome.out.empty());
        CHECK_FALSE(outcome.err.empty());
    }
}

TEST_CASE("cli: JSON strings are escaped whatever they hold") {
    CHECK(json_string("a\"b\\c\n\t\r\x01\x7F") == "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007f\"");
    CHECK(json_string("a\0b"s) == "\"a\\u0000b\"");
    CHECK(json_string("\u0175 \U0001F3AC") == "\"\u0175 \U0001F3AC\"");
    CHECK(json_string("\xFF") == "\"\uFFFD\"");
    JsonWriter json;
    json.begin_object();
    json.begin_array("none");
    json.end_array();
    json.end_object();
    CHECK(json.take() == "{\n  \"none\": []\n}\n");
}

TEST_CASE("cli: tables line up by what a terminal shows") {
    CHECK(app::display_width("T\u0177") == 2);
    CHECK(app::display_width("e\u0301") == 1);
    CHECK(app::display_width("\u6620\u753B") == 4);
    CHECK(app::fit("Picture lock", 8) == "Picture\u2026");
    CHECK(app::fit("\u6620\u753B\u7247", 5) == "\u6620\u753B\u2026");
    app::TextTable table({{"Id"}, {"Name"}, {"Float", true}});
    table.row({"1", "T\u0177", "3 days"});
    table.row({"12", "\u6620\u753B\x1B[31m", "0"});
    CHECK(table.text() == "Id  Name       Float\n1   T\u0177        3 days\n12  \u6620\u753B[31m       0\n");
}

TEST_CASE("cli: a table becomes Microsoft Project XML and a table again") {
    const app::Outcome out = run({"convert", "plan.csv", "--to", "mspdi", "--start", "2026-03-02"});
    CHECK(out.code == 0);
    CHECK(contains(out.out, "<Project xmlns=\"http://schemas.microsoft.com/project\">"));
    CHECK(contains(out.out, "<Name>Picture lock</Name>"));
    CHECK(out.out == run({"convert", "plan.csv", "--to=mspdi", "--start=2026-03-02"}).out);

    const app::Outcome file = run({"convert", "plan.csv", "--to", "mspdi", "-o", "plan.xml", "--start", "2026-03-02"});
    CHECK(file.code == 0);
    CHECK(file.out.empty());
    REQUIRE(written.count("plan.xml") == 1);
    CHECK(written["plan.xml"] == out.out);

    const std::string schedule = run({"schedule", "plan.csv", "--start", "2026-03-02", "--format", "json"}).out;
    CHECK(run({"schedule", "plan.xml", "--format", "json"}, {{"plan.xml", out.out}}).out == schedule);
    const app::Outcome back = run({"convert", "plan.xml", "--to", "csv"}, {{"plan.xml", out.out}});
    CHECK(contains(back.out, "Picture lock"));
    CHECK(run({"schedule", "again.csv", "--start", "2026-03-02", "--format", "json"}, {{"again.csv", back.out}}).out == schedule);
}

TEST_CASE("cli: convert says what it needs and what went wrong") {
    CHECK(run({"convert", "plan.csv"}).code == 2);
    CHECK(contains(run({"convert", "plan.csv", "--to", "mpp"}).err, "--to mspdi or --to csv"));
    const app::Outcome full = run({"convert", "plan.csv", "--to", "mspdi", "-o", "full.xml"});
    CHECK(full.code == 1);
    CHECK(contains(full.err, "The file cannot be written. (full.xml)") == true);
    CHECK(run({"convert", "missing.csv", "--to", "csv"}).code == 1);
}
