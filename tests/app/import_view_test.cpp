#include "app/import/import_view.hpp"

#include <doctest.h>

#include <memory>

namespace {

using namespace entente;

// A file as the preview has it; the view points into the rest.
struct Preview {
    Result<exchange::ImportedFile> file;
    plan::Scheduler scheduler;
    ui::ImportView view;
};

std::unique_ptr<Preview> preview_of(std::string_view name, std::string_view text, exchange::ImportOptions options = {}) {
    options.default_start = *parse_iso_day("2026-03-02");
    std::uint64_t last = 0;
    auto made = std::make_unique<Preview>();
    made->file = exchange::import_file(name, bytes_of(text), options, {}, [&last] { return ++last; });
    made->view = app::build_import_view(std::string(name), options, made->file, made->scheduler);
    return made;
}

}  // namespace

TEST_CASE("import preview: rows, columns, counts and the plan as it would be") {
    const auto view_preview = preview_of(
        "Field.csv",
        "id,name,days,predecessors,client\n1,Cut,3,,no\n2,Picture lock,0,1,yes\n3,Mix,2,99,no\n");
    const ui::ImportView& view = view_preview->view;
    CHECK_FALSE(view.failure.has_value());
    CHECK(view.file_name == "Field.csv");
    CHECK(view.project->name == "Field");
    CHECK(view.tasks == 2);
    CHECK(view.milestones == 1);
    CHECK(view.links == 1);
    CHECK(view.client_items == 1);
    CHECK(view.field_names.size() == exchange::kCsvFieldCount);
    REQUIRE(view.columns.size() == 5);
    CHECK(view.columns[1].header == "name");
    CHECK(view.columns[1].field == static_cast<int>(exchange::CsvField::Name));
    CHECK(view.columns[1].samples == std::vector<std::string>{"Cut", "Picture lock", "Mix"});
    REQUIRE(view.problems.size() == 1);
    CHECK(view.problems[0].line == 4);
    CHECK(view.problems[0].error);
    CHECK(view.schedule.rows.size() == 3);
    CHECK(iso(view.schedule.finish) == "2026-03-04T17:00");
}

TEST_CASE("import preview: the fields it shows, chosen again, give the same plan") {
    const char* text = "id,name,days\n1,Cut,3\n2,Mix,2\n";
    const auto first_preview = preview_of("a.csv", text);
    const ui::ImportView& first = first_preview->view;
    exchange::ImportOptions options;
    for (const ui::ImportColumn& column : first.columns) options.column_fields.push_back(column.field);
    const auto second_preview = preview_of("a.csv", text, options);
    const ui::ImportView& second = second_preview->view;
    CHECK(*second.project == *first.project);
    options.column_fields[1] = 0;
    const auto without_names_preview = preview_of("a.csv", text, options);
    const ui::ImportView& without_names = without_names_preview->view;
    REQUIRE(without_names.project->tasks.size() == 2);
    CHECK(without_names.project->tasks.front().name == "1");  // without names a task is called by its id
    CHECK(without_names.columns.size() == 3);
    CHECK_FALSE(without_names.failure.has_value());
}

TEST_CASE("import preview: a file that cannot be read shows only why") {
    const auto view_preview = preview_of("plan.mpp", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    const ui::ImportView& view = view_preview->view;
    REQUIRE(view.failure.has_value());
    CHECK_FALSE(view.failure->remedy.empty());
    CHECK(view.project == nullptr);
    CHECK(view.columns.empty());
}
