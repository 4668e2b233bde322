#include "app/export_plan.hpp"

#include "app/export/file_name.hpp"
#include "exchange/csv_write.hpp"
#include "exchange/mspdi_write.hpp"

namespace entente::app {

Result<ExportedPlan> export_plan(const Model& model, ProjectId id, ExportFormat format) {
    const plan::Project* project = find_project(model, id);
    if (!project) return fail(ErrorCode::NotFound, msg("This project is no longer here."));
    const std::string name = file_name(project->name, "Plan");
    if (format == ExportFormat::Csv)
        return ExportedPlan{name + ".csv", "text/csv", exchange::plan_to_csv(*project, model.house.roles),
                            exchange::left_out_of_csv(*project)};
    auto out = exchange::plan_to_mspdi(*project, model.house.roles);
    if (!out) return tl::unexpected<Error>(std::move(out.error()));
    return ExportedPlan{name + ".xml", "application/xml", std::move(out->xml), std::move(out->left_out)};
}

}  // namespace entente::app
