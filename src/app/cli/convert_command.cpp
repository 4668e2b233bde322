// A plan in another format: Microsoft Project XML or a table.
#include "app/cli/commands.hpp"
#include "app/cli/plan_input.hpp"
#include "exchange/csv_write.hpp"
#include "exchange/mspdi_write.hpp"

namespace entente::app {

namespace {

struct Converted {
    std::string text;
    std::vector<std::string> warnings;
};

Result<Converted> converted(const PlanInput& input, bool project_xml, const Locale& locale) {
    Converted out;
    for (const exchange::Problem& problem : input.imported.problems) out.warnings.push_back(sentence(problem, locale));
    if (!project_xml) {
        out.text = exchange::plan_to_csv(input.imported.project, input.imported.new_roles);
        for (const Message& message : exchange::left_out_of_csv(input.imported.project)) out.warnings.push_back(locale.text(message));
        return out;
    }
    auto file = exchange::plan_to_mspdi(input.imported.project, input.imported.new_roles);
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    out.text = std::move(file->xml);
    for (const Message& message : file->left_out) out.warnings.push_back(locale.text(message));
    return out;
}

}  // namespace

Result<Outcome> run_convert(const Arguments& arguments, const World& world, const Locale& locale) {
    const std::string to = arguments.option("to").value_or("");
    if (to != "mspdi" && to != "csv")
        return fail(ErrorCode::Refused, msg("Say what to convert to: --to mspdi or --to csv."), {}, msg("See entente --help."));
    const auto input = read_plan(arguments, world);
    if (!input) return tl::unexpected<Error>(input.error());
    auto file = converted(*input, to == "mspdi", locale);
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    Outcome outcome;
    for (const std::string& warning : file->warnings) outcome.err += warning + "\n";
    outcome.code = input->imported.has_errors() ? kExitProblem : kExitOk;
    const auto path = arguments.option("output");
    if (!path || *path == "-") {
        outcome.out = std::move(file->text);
    } else if (auto written = world.write_file(*path, bytes_of(file->text), Writing::Over); !written) {
        return tl::unexpected<Error>(std::move(written.error()));
    }
    return outcome;
}

}  // namespace entente::app
