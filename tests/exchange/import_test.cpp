#include "exchange/import.hpp"

#include "tests/exchange/support.hpp"

namespace {

using namespace entente;
using namespace entente::exchange;
using namespace entente::test;
using namespace std::string_literals;

FileKind kind(const std::string& bytes) { return kind_of(bytes_of(bytes)); }

Error refuse(std::string_view name, const std::string& bytes) {
    const auto file = import_file(name, bytes_of(bytes), options_from(), {}, counter());
    REQUIRE_FALSE(file.has_value());
    return file.error();
}

}  // namespace

TEST_CASE("import: what a file is, by its content") {
    CHECK(kind("") == FileKind::Empty);
    CHECK(kind("  \r\n") == FileKind::Empty);
    CHECK(kind("\xEF\xBB\xBF") == FileKind::Empty);
    CHECK(kind("id,name\n") == FileKind::Table);
    CHECK(kind("<3 the cut,1\n") == FileKind::Table);
    CHECK(kind("\xFF\xFE" + "i\0d\0,\0n\0"s) == FileKind::Table);
    CHECK(kind("<?xml version=\"1.0\"?>\n<Project xmlns=\"http://schemas.microsoft.com/project\"/>") ==
          FileKind::ProjectXml);
    CHECK(kind("\xEF\xBB\xBF<Project/>") == FileKind::ProjectXml);
    CHECK(kind("\xFF\xFE" + "<\0P\0r\0o\0j\0e\0c\0t\0/\0>\0"s) == FileKind::ProjectXml);
    CHECK(kind("<?xml version=\"1.0\"?><rss/>") == FileKind::OtherXml);
    CHECK(kind("<!DOCTYPE html><html></html>") == FileKind::Html);
    CHECK(kind("\n<html><body>sign in") == FileKind::Html);
    CHECK(kind("PK\x03\x04....xl/workbook.xml") == FileKind::Workbook);
    CHECK(kind("PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet") == FileKind::Workbook);
    CHECK(kind("PK\x03\x04word/document.xml") == FileKind::Zip);
    CHECK(kind("\x1F\x8B\x08") == FileKind::Zip);
    CHECK(kind("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....") == FileKind::OldOffice);
    CHECK(kind("%PDF-1.7") == FileKind::Pdf);
    CHECK(kind("\x89PNG\r\n\x1A\n") == FileKind::Image);
    CHECK(kind("\xFF\xD8\xFF\xE0") == FileKind::Image);
    CHECK(kind("....ftypheic") == FileKind::Image);
    CHECK(kind("RIFF....WEBP") == FileKind::Image);
    CHECK(kind("{\\rtf1 plan}") == FileKind::Rtf);
    CHECK(kind("\x01\x02\x03\x00\x07\x08\x01\x02"s) == FileKind::Binary);
}

TEST_CASE("import: each wrong kind has its own error and says what to do") {
    const std::string files[] = {"",
                                 "<?xml version=\"1.0\"?><rss/>",
                                 "PK\x03\x04xl/workbook.xml",
                                 "PK\x03\x04x",
                                 "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
                                 "%PDF-1.7",
                                 "\x89PNG\r\n",
                                 "<html>",
                                 "{\\rtf1}",
                                 "\x01\x02\x03\x04\x05\x06"};
    std::vector<std::string> seen;
    for (const std::string& file : files) {
        const Error error = refuse("plan.mpp", file);
        const std::string what = Locale().text(error.what);
        INFO(what);
        CHECK(error.where == "plan.mpp");
        CHECK_FALSE(error.remedy.empty());
        CHECK(std::find(seen.begin(), seen.end(), what) == seen.end());
        seen.push_back(what);
    }
    CHECK(contains(Locale().text(refuse("a.mpp", files[4]).remedy), "Save As > XML"));
}

TEST_CASE("import: 50 MB are refused before anything is read") {
    const Error error = refuse("big.csv", std::string(50'000'000, 'x'));
    CHECK(error.code == ErrorCode::TooLarge);
    CHECK_FALSE(error.remedy.empty());
}

TEST_CASE("import: a table is named after its file") {
    CHECK(project_name_from("films/Long Field v3.csv") == "Long Field v3");
    CHECK(project_name_from("C:\\plans\\a.b.tsv") == "a.b");
    CHECK(project_name_from(".csv") == ".csv");
    CHECK(project_name_from("") == "Plan");
    CHECK(project_name_from("a\nb\x01.csv") == "a b");
    ImportOptions options = options_from();
    options.project_name.clear();
    const auto file = import_file("Field.csv", bytes_of("id,name,days\n1,A,1\n"), options, {}, counter());
    REQUIRE(file.has_value());
    CHECK(file->kind == FileKind::Table);
    CHECK(file->imported.project.name == "Field");
    CHECK(file->columns.size() == 3);
}

TEST_CASE("import: a Microsoft Project plan comes through the same door") {
    const std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Project "
        "xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2026-03-02T08:00:00</StartDate>"
        "<Tasks><Task><UID>1</UID><ID>1</ID><Name>Cut</Name><Duration>PT16H0M0S</Duration><OutlineLevel>1</"
        "OutlineLevel></Task></Tasks></Project>";
    ImportOptions options = options_from();
    options.project_name.clear();
    const auto file = import_file("Field.xml", bytes_of(xml), options, {}, counter());
    REQUIRE(file.has_value());
    CHECK(file->kind == FileKind::ProjectXml);
    CHECK(file->imported.project.tasks.size() == 1);
    CHECK(file->imported.project.name == "Field");
    CHECK(file->columns.empty());
}
