// `entente open`: what a backup holds, without a browser.
#include <map>

#include <doctest.h>

#include "app/cli/cli.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/small_backup.hpp"

using namespace entente;

namespace {

constexpr vault::KdfParameters kQuick{19 * 1024, 1};

const Bytes& backup() {
    static const Bytes file = test::small_backup(kQuick);
    return file;
}

struct Files {
    std::map<std::string, Bytes> there;
    std::map<std::string, std::string> written;
    std::vector<std::string> folders;
};

Bytes bytes(std::string_view text) { return Bytes(bytes_of(text).begin(), bytes_of(text).end()); }

Files usual() {
    return {{{"a.entente", backup()},
             {"pass", bytes(test::kBackupPassphrase + std::string("\nsecond line\n"))},
             {"wrong", bytes("Cwm-glas 7 yn y bora")},
             {"key", bytes("  " + test::backup_recovery_key().text() + "\r\n")}},
            {},
            {}};
}

app::Outcome run(const std::vector<std::string>& arguments, Files& files, std::optional<std::string> typed = {}) {
    app::World world;
    world.read_file = [&files](const std::string& path, std::size_t most) -> Result<Bytes> {
        const auto found = files.there.find(path);
        if (found == files.there.end()) return fail(ErrorCode::NotFound, msg("There is no such file."), path);
        if (found->second.size() > most) return fail(ErrorCode::TooLarge, msg("The file is too large."), path);
        return found->second;
    };
    world.write_file = [&files](const std::string& path, ByteView content, app::Writing) -> Result<void> {
        if (path.find("full/") == 0) return fail(ErrorCode::BadInput, msg("The file cannot be written."), path);
        files.written[path] = std::string(text_of(content));
        return {};
    };
    world.make_folder = [&files](const std::string& path) -> Result<bool> {
        if (path == "refused") return fail(ErrorCode::BadInput, msg("The folder cannot be made."), path);
        files.folders.push_back(path);
        return path != "taken";
    };
    world.ask_secret = [typed](const std::string&) { return typed; };
    world.variable = [](const std::string&) { return std::nullopt; };
    world.today = *parse_iso_day("2026-03-10");
    world.now = Instant{1'773'100'000'000};
    return app::run(arguments, world);
}

app::Outcome run(const std::vector<std::string>& arguments, std::optional<std::string> typed = {}) {
    Files files = usual();
    return run(arguments, files, std::move(typed));
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("open: a backup says what is in it, by its passphrase or its recovery key") {
    const app::Outcome outcome = run({"open", "a.entente", "--passphrase-file", "pass"});
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    for (const char* part : {"House\n", "Backup made 2026-03-02T08:01:00.000Z on device 0000000000000007.", "It ends with entry 5, hash ",
                             "The newest entry was made 2026-03-02T08:00:00.000Z.", "It says: Wrote change CR-001", "Test feature"}) {
        INFO(part);
        CHECK(contains(outcome.out, part));
    }
    CHECK(run({"open", "a.entente", "--recovery-key-file", "key"}).out == outcome.out);
    CHECK(run({"open", "a.entente"}, test::kBackupPassphrase).out == outcome.out);
    CHECK(contains(run({"open", "a.entente", "--lang", "cy"}, test::kBackupPassphrase).out, "Gwnaed y copi wrth gefn"));
}

TEST_CASE("open: all of it as JSON, printed or written") {
    Files files = usual();
    const app::Outcome printed = run({"open", "a.entente", "--passphrase-file", "pass", "--export", "json"}, files);
    CHECK(printed.code == 0);
    CHECK(files.written.empty());
    CHECK(contains(printed.out, "\"format\": \"entente-export\""));
    CHECK(contains(printed.out, "\"made\": \"2026-03-09T23:46:40.000Z\""));
    CHECK(contains(printed.out, "\"name\": \"Picture lock\""));
    CHECK(contains(printed.out, "\"what\": \"Wrote change CR-001\""));
    const app::Outcome written = run({"open", "a.entente", "--passphrase-file", "pass", "--export", "json", "--out", "new"}, files);
    CHECK(written.code == 0);
    CHECK(written.out == "1 file is in new.\n");
    CHECK(files.written["new/workspace.json"] == printed.out);
}

TEST_CASE("open: pages to read and tables, inert whatever people typed") {
    Files files = usual();
    CHECK(run({"open", "a.entente", "--passphrase-file", "pass", "--export", "md", "--out", "new"}, files).code == 0);
    CHECK(files.written.count("new/record.csv") == 1);
    CHECK(contains(files.written["new/Test feature/tables/links.csv"], "finish_to_start"));
    CHECK(files.written.count("new/workspace.json") == 0);
    const std::string plan = files.written["new/Test feature/plan.md"];
    CHECK(contains(plan, "# Test feature: Plan"));
    CHECK(contains(plan, "| \\=1+1 \\<b\\>\\*T\u0177\\*\\</b\\> \\| cell |"));
    CHECK(contains(plan, "Starts Mon 2 Mar 2026 09:00"));
    CHECK(contains(files.written["new/Test feature/changes.md"], "> \u201CA second ending\u201D"));
    CHECK(contains(files.written["new/Test feature/agreement.md"], "Contract value \u00A310,000 without VAT"));
    CHECK(contains(files.written["new/Test feature/decisions.md"], "Picture lock"));
    CHECK(contains(files.written["new/Test feature/money.md"], "Margin at the forecast"));
    CHECK(contains(files.written["new/record.md"], "Wrote change CR\\-001") !=
          contains(files.written["new/record.md"], "Wrote change CR-001"));
    CHECK(contains(files.written["new/README.md"], "- Test feature"));
    CHECK(contains(files.written["new/README.md"], "Each project has a folder: pages to read, plan.csv"));
    CHECK_FALSE(contains(files.written["new/README.md"], "workspace.json"));

    Files tables = usual();
    CHECK(run({"open", "a.entente", "--passphrase-file", "pass", "--export", "csv", "--out", "new"}, tables).code == 0);
    CHECK(contains(tables.written["new/Test feature/tables/tasks.csv"], "'=1+1 <b>*T\u0177*</b> | cell"));
    CHECK(contains(tables.written["new/Test feature/tables/changes_lines.csv"], "\nCR-001,"));
    CHECK(contains(tables.written["new/Test feature/plan.csv"], "Picture lock"));
    CHECK(contains(tables.written["new/Test feature/plan.xml"], "<Name>Picture lock</Name>"));
    CHECK(contains(tables.written["new/house/roles.csv"], "Editor"));
    CHECK(contains(tables.written["new/README.md"], "Each project has a folder: plan.csv and plan.xml"));
    CHECK_FALSE(contains(tables.written["new/README.md"], "record.md"));
    CHECK(contains(tables.written["new/record.csv"], ",Wrote change CR-001\r\n"));
    CHECK(tables.written.count("new/record.md") == 0);
    CHECK(tables.written.count("new/parked.csv") == 0);
    CHECK(std::find(tables.folders.begin(), tables.folders.end(), "new/Test feature/tables") != tables.folders.end());
}

TEST_CASE("open: what is wrong is said, each in its own words") {
    struct Case {
        std::vector<std::string> arguments;
        int code;
        const char* says;
    };
    Files files = usual();
    files.there["damaged"] = backup();
    files.there["damaged"].back() ^= 1;
    files.there["cut"] = Bytes(backup().begin(), backup().begin() + 200);
    files.there["newer"] = backup();
    files.there["newer"][4] = 2;
    files.there["other"] = bytes("id,name\n1,Cut\n");
    files.there["shortkey"] = bytes("000G-40R4");
    files.there["accents"] = bytes("Cwm-gla\u0302s");
    for (const Case& one : std::vector<Case>{
             {{"open", "a.entente", "--passphrase-file", "wrong"}, 1, "That passphrase does not open this workspace."},
             {{"open", "a.entente", "--passphrase-file", "accents"}, 1, "Unicode normal form C"},
             {{"open", "a.entente", "--passphrase-file", "nowhere"}, 1, "There is no such file. (nowhere)"},
             {{"open", "a.entente", "--recovery-key-file", "shortkey"}, 1, "This is not a whole recovery key"},
             {{"open", "a.entente"}, 1, "This backup needs a passphrase or a recovery key. Give it with"},
             {{"open", "damaged", "--passphrase-file", "pass"}, 1, "This backup is damaged. (backup) Use another backup."},
             {{"open", "cut", "--passphrase-file", "pass"}, 1, "This backup is damaged."},
             {{"open", "other"}, 1, "This file is not a backup of Entente. (other)"},
             {{"open", "newer"}, 1, "newer version of Entente"},
             {{"open", "missing"}, 1, "There is no such file."},
             {{"open"}, 2, "needs a BACKUP"},
             {{"open", "a.entente", "--export", "xml"}, 2, "--export json, md or csv"},
             {{"open", "a.entente", "--out", "new"}, 2, "--export json, md or csv"},
             {{"open", "a.entente", "--export", "md"}, 2, "--out FOLDER"},
             {{"open", "a.entente", "--passphrase-file", "pass", "--recovery-key-file", "key"}, 2, "not both"},
             {{"open", "a.entente", "--passphrase-file", "pass", "--export", "md", "--out", "taken"},
              1,
              "The folder is not empty. (taken)"},
             {{"open", "a.entente", "--passphrase-file", "pass", "--export", "md", "--out", "refused"},
              1,
              "The folder cannot be made."},
             {{"open", "a.entente", "--passphrase-file", "pass", "--export", "csv", "--out", "full"},
              1,
              "The file cannot be written."},
         }) {
        const app::Outcome outcome = run(one.arguments, files);
        INFO(one.says);
        CHECK(outcome.code == one.code);
        CHECK(outcome.out.empty());
        CHECK(contains(outcome.err, one.says));
        CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    }
    CHECK(files.written.empty());
}

TEST_CASE("open: an inside that the key opens but nobody can read is damage, and a refused entry is told") {
    Files files = usual();
    files.there["other.entente"] =
        test::read_file(std::string(ENTENTE_TEST_DATA) + "/golden/backup_v1.entente");  // its inside is no snapshot
    const app::Outcome outcome = run({"open", "other.entente", "--passphrase-file", "pass"}, files);
    CHECK(outcome.code == 1);
    CHECK(contains(outcome.err, "newer version") != contains(outcome.err, "damaged"));
}

TEST_CASE("open: a backup of today's schema is kept for ever") {
    const Bytes golden = test::golden("workspace_backup_v1.entente", test::small_backup(vault::kFloorKdf));
    REQUIRE_MESSAGE(!golden.empty(), "workspace_backup_v1.entente is missing");
    Files files = usual();
    files.there["golden"] = golden;
    const app::Outcome outcome = run({"open", "golden", "--passphrase-file", "pass", "--export", "json"}, files);
    CHECK(outcome.code == 0);
    CHECK(outcome.out == run({"open", "a.entente", "--passphrase-file", "pass", "--export", "json"}).out);
}
