#include "app/cli/commands.hpp"
#include "app/cli/plan_input.hpp"
#include "app/cli/table.hpp"
#include "base/json_writer.hpp"
#include "core/model.hpp"

namespace entente::app {

namespace {

std::string as_json(const PlanInput& input, const std::vector<std::string>& warnings) {
    const plan::Schedule& schedule = input.schedule;
    JsonWriter json;
    json.begin_object();
    json.begin_object("project");
    json.text("start", iso(schedule.start));
    json.text("finish", iso(schedule.finish));
    json.number("working_minutes", schedule.working_minutes);
    json.end_object();
    json.begin_array("tasks");
    for (std::size_t i = 0; i < schedule.rows.size(); ++i) {
        const plan::Task& task = input.imported.project.tasks[i];
        const plan::ScheduledTask& row = schedule.rows[i];
        json.begin_object();
        json.text("id", task.code);
        json.text("name", task.name);
        json.text("early_start", iso(row.early_start));
        json.text("early_finish", iso(row.early_finish));
        json.text("late_start", iso(row.late_start));
        json.text("late_finish", iso(row.late_finish));
        json.number("total_float_minutes", row.total_float_minutes);
        json.number("free_float_minutes", row.free_float_minutes);
        json.boolean("critical", row.critical);
        json.end_object();
    }
    json.end_array();
    json.texts("warnings", warnings);
    json.end_object();
    return json.take();
}

std::string as_table(const PlanInput& input, const Locale& locale) {
    const plan::Project& project = input.imported.project;
    const std::int64_t day = minutes_per_day(project);
    std::string out = locale.text(msg("{0}: {1} to {2}", project.name, locale.time(input.schedule.start),
                                      locale.time(input.schedule.finish))) +
                      "\n\n";
    TextTable table({{locale.tr("Id"), false, 12},
                     {locale.tr("Task"), false, 48},
                     {locale.tr("Start"), false, 32},
                     {locale.tr("Finish"), false, 32},
                     {locale.tr("Float"), true, 16},
                     {"", false, 24}});
    for (std::size_t i = 0; i < project.tasks.size(); ++i) {
        const plan::ScheduledTask& row = input.schedule.rows[i];
        table.row({project.tasks[i].code, project.tasks[i].name, locale.time(row.early_start),
                   locale.time(row.early_finish), locale.duration(row.total_float_minutes, day),
                   row.critical ? locale.tr("critical") : ""});
    }
    return out + table.text();
}

}  // namespace

Result<Outcome> run_schedule(const Arguments& arguments, const World& world, const Locale& locale) {
    const std::string format = arguments.option("format").value_or(world.out_is_terminal ? "table" : "json");
    if (format != "json" && format != "table") {
        return fail(ErrorCode::Refused, msg("The format must be json or table."));
    }
    auto input = read_plan(arguments, world);
    if (!input) return tl::unexpected<Error>(std::move(input.error()));
    const std::vector<std::string> warnings = warnings_of(*input, locale);
    Outcome outcome;
    outcome.code = input->imported.has_errors() ? kExitProblem : kExitOk;
    if (format == "json") {
        outcome.out = as_json(*input, warnings);
    } else {
        outcome.out = as_table(*input, locale);
        for (const std::string& warning : warnings) outcome.err += "entente: " + warning + "\n";
    }
    if (outcome.code != kExitOk && format == "json") {
        outcome.err = error_line(
            locale, {ErrorCode::BadInput, msg("Something in the file was left out: see the warnings."),
                     arguments.operand, msg("entente check lists every problem.")});
    }
    return outcome;
}

}  // namespace entente::app
