#include "app/import/import_view.hpp"

#include "base/text.hpp"
#include "core/plan/schedule.hpp"

namespace entente::app {

namespace {

constexpr std::size_t kMaxShownName = 120;

void take_columns(const std::vector<exchange::CsvColumn>& columns, ui::ImportView& view) {
    if (columns.empty()) return;
    for (Message& name : exchange::csv_field_names()) view.field_names.push_back(std::move(name));
    for (const exchange::CsvColumn& column : columns) {
        view.columns.push_back({column.header, static_cast<int>(column.field), column.samples});
    }
}

void take_counts(const exchange::ImportCounts& counts, ui::ImportView& view) {
    view.tasks = counts.tasks;
    view.links = counts.links;
    view.milestones = counts.milestones;
    view.calendars = counts.calendars;
    view.assignments = counts.assignments;
    view.client_items = counts.decisions;
}

}  // namespace

ui::ImportView build_import_view(const std::string& file_name, const exchange::ImportOptions& options,
                                 const Result<exchange::ImportedFile>& result, plan::Scheduler& scheduler) {
    ui::ImportView view;
    view.file_name = clean_utf8(truncate_utf8(file_name, kMaxShownName));
    view.promise_milestones = options.promise_milestones;
    if (!result) {
        view.failure = result.error();
        return view;
    }
    const exchange::Imported& imported = result->imported;
    view.format = result->kind == exchange::FileKind::ProjectXml ? msg("Microsoft Project XML")
                                                                 : msg("CSV table");
    for (const exchange::Problem& problem : imported.problems)
        view.problems.push_back({problem.line, problem.text, problem.error});
    take_columns(result->columns, view);
    take_counts(imported.counts, view);
    view.project = &imported.project;
    auto schedule = scheduler.run(imported.project);
    if (!schedule) {
        view.failure = schedule.error();
        return view;
    }
    view.schedule = std::move(*schedule);
    return view;
}

}  // namespace entente::app
