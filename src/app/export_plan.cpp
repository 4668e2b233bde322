#include "app/export_plan.hpp"

#include "base/text.hpp"
#include "exchange/csv_write.hpp"
#include "exchange/mspdi_write.hpp"

namespace entente::app {

namespace {

constexpr std::size_t kMaxFileName = 120;

std::string file_name(std::string_view project) {
    std::string name;
    for (const char c : truncate_utf8(trim(project), kMaxFileName)) {
        const bool bad = static_cast<unsigned char>(c) < 32 || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
        name += bad ? '-' : c;
    }
    while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
    return name.empty() ? "Plan" : name;
}

}  // namespace

Result<ExportedPlan> export_plan(const Model& model, ProjectId id, ExportFormat format) {
    const plan::Project* project = find_project(model, id);
    if (!project) return fail(ErrorCode::NotFound, msg("This project is no longer here."));
    const std::string name = file_name(project->name);
    if (format == ExportFormat::Csv)
        return ExportedPlan{name + ".csv", "text/csv", exchange::plan_to_csv(*project, model.house.roles),
                            exchange::left_out_of_csv(*project)};
    auto out = exchange::plan_to_mspdi(*project, model.house.roles);
    if (!out) return tl::unexpected<Error>(std::move(out.error()));
    return ExportedPlan{name + ".xml", "application/xml", std::move(out->xml), std::move(out->left_out)};
}

}  // namespace entente::app
