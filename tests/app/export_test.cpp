// The plain export as files: names of folders, the ZIP, nothing that could do harm.
#include "app/export/export_all.hpp"

#include <set>

#include <doctest.h>

#include "app/export/file_name.hpp"
#include "codec/codec.hpp"
#include "tests/support/small_plan.hpp"

using namespace entente;

namespace {

const std::vector<codec::RecordRow> kNone;

std::set<std::string> paths(const Model& model) {
    std::set<std::string> out;
    for (const app::ExportFile& file : app::export_all({model, 1, 1, Instant{2}, kNone}, LocalMinute{29'000'000}, Locale()))
        CHECK(out.insert(file.path).second);
    return out;
}

}  // namespace

TEST_CASE("export: names of files are safe everywhere") {
    CHECK(app::file_name("The Long Field", "x") == "The Long Field");
    CHECK(app::file_name("a/b\\c:d*e?f\"g<h>i|j\x01", "x") == "a-b-c-d-e-f-g-h-i-j");
    CHECK(app::file_name("../../etc/passwd", "x") == "-..-etc-passwd");
    CHECK(app::file_name(" .. ", "x") == "x");
    CHECK(app::file_name("nul.txt", "x") == "_nul.txt");
    CHECK(app::file_name("COM7", "x") == "_COM7");
    CHECK(app::file_name("Common", "x") == "Common");
    CHECK(app::file_name("T\u0177", "x") == "T\u0177");
    CHECK(app::file_name(std::string(500, 'y'), "x").size() == 120);
    CHECK(app::file_name("", "Plan") == "Plan");
}

TEST_CASE("export: each project has a folder of its own, whatever it is called") {
    Model model = test::small_session().model();
    model.projects.resize(4, model.projects[0]);
    model.projects[1].name = "TEST FEATURE";
    model.projects[2].name = "house";
    model.projects[3].name = "../..";
    const std::set<std::string> all = paths(model);
    for (const char* path : {"Test feature/plan.md", "TEST FEATURE 2/plan.md", "house 2/plan.md", "-/plan.md", "README.md", "record.md",
                             "workspace.json", "house/house.csv", "Test feature/plan.xml", "Test feature/tables/links.csv"}) {
        INFO(path);
        CHECK(all.count(path) == 1);
    }
    for (const std::string& path : all) CHECK(path.find("..") == std::string::npos);
    CHECK(paths(Model{}).count("workspace.json") == 1);
}

TEST_CASE("export: a plan that goes in a circle is exported all the same, and its page says why there are no dates") {
    Model model = test::small_session().model();
    plan::Link back = model.projects[0].links[0];
    std::swap(back.from, back.to);
    back.id = LinkId{99};
    model.projects[0].links.push_back(back);
    const std::set<std::string> all = paths(model);
    CHECK(all.count("Test feature/plan.xml") == 0);
    CHECK(all.count("Test feature/plan.csv") == 1);
    CHECK(all.count("Test feature/plan.md") == 1);
}

TEST_CASE("export: one ZIP with a folder in it, the same bytes for the same workspace, in Welsh too") {
    const Model model = test::small_session().model();
    const codec::PlainWorkspace workspace{model, 3, 2000, Instant{2}, kNone};
    const LocalMinute now = *parse_iso_minute("2026-03-02T09:00");
    const auto zip = app::export_zip(workspace, now, Locale());
    REQUIRE(zip);
    CHECK(*zip == *app::export_zip(workspace, now, Locale()));
    const std::string_view text = text_of(*zip);
    CHECK(text.find("House 2026-03-02/Test feature/tables/tasks.csv") != std::string_view::npos);
    CHECK(app::export_name(Model{}, day_of(now)) == "Entente 2026-03-02");
    for (const app::ExportFile& file : app::export_all(workspace, now, Locale(Language::Welsh))) {
        if (file.path == "README.md") CHECK(text_of(file.bytes).find("Popeth ym man gwaith House") != std::string_view::npos);
    }
}

TEST_CASE("export: an amount below zero stays a number in a table, what only begins like one is guarded") {
    Model model = test::small_session().model();
    model.projects[0].base_fee_minor = -12'50;
    model.projects[0].client = "-1+1";
    model.projects[0].kind = "-1";
    model.projects[0].tasks[0].name = "@SUM(A1)";
    const codec::PlainWorkspace workspace{model, 3, 2000, Instant{2}, kNone};
    for (const app::ExportFile& file : app::export_all(workspace, LocalMinute{29'000'000}, Locale())) {
        const std::string_view text = text_of(file.bytes);
        if (file.path == "Test feature/tables/project.csv") {
            CHECK(text.find(",-12.50,") != std::string_view::npos);
            CHECK(text.find(",'-1+1,") != std::string_view::npos);
            CHECK(text.find(",-1,") != std::string_view::npos);
        }
        if (file.path == "Test feature/tables/tasks.csv") CHECK(text.find(",'@SUM(A1),") != std::string_view::npos);
    }
}

TEST_CASE("export: an entry that was not accepted is exported as it is kept, in the document and as a table") {
    Session session = test::small_session();
    std::vector<Entry> entries = session.take_pending();
    Entry again = entries.back();  // the same project, made a second time
    again.sequence = entries.size() + 1;
    entries.push_back(again);
    vault::BackupContent content;
    content.device = session.device();
    for (const Entry& entry : entries) content.entries.push_back(codec::encode_entry(entry));
    content.sequence = entries.size();
    const auto opened = app::replay_backup(std::move(content), Locale());
    REQUIRE(opened);
    REQUIRE(opened->parked.size() == 1);
    const app::ParkedRow& parked = opened->parked[0];
    CHECK(parked.row.sequence == entries.size());
    CHECK_FALSE(parked.why.empty());
    CHECK(codec::decode_entry(parked.entry)->sequence == entries.size());

    const codec::PlainWorkspace workspace{opened->session.model(), opened->session.sequence(), 2000, Instant{2}, opened->record};
    const std::string bytes = to_base64url(parked.entry);
    const std::string json = app::export_json(workspace, opened->parked), plain = app::export_json(workspace);
    CHECK(json.substr(0, plain.size() - 3) == plain.substr(0, plain.size() - 3));
    CHECK(json.find(",\n  \"parked\": [\n    {\n      \"sequence\": 4,") != std::string::npos);
    CHECK(json.find("\"entry\": \"" + bytes + "\"\n    }\n  ]\n}\n") == json.size() - bytes.size() - 24);
    CHECK(plain.find("parked") == std::string::npos);
    std::set<std::string> all;
    for (const app::ExportFile& file : app::export_all(workspace, LocalMinute{29'000'000}, Locale(), {}, opened->parked)) {
        all.insert(file.path);
        const std::string_view text = text_of(file.bytes);
        if (file.path == "parked.csv") CHECK(text.find(bytes) != std::string_view::npos);
        if (file.path == "README.md") CHECK(text.find("parked.csv") != std::string_view::npos);
        if (file.path == "workspace.json") CHECK(text == json);
    }
    CHECK(all.count("parked.csv") == 1);
    CHECK(all.count("record.csv") == 1);
}
