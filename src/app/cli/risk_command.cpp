// entente risk FILE: how likely the plan's dates are, by running it many times (core/risk).
#include "app/cli/commands.hpp"
#include "app/cli/plan_input.hpp"
#include "app/cli/table.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "core/risk/query.hpp"

namespace entente::app {

namespace {

std::optional<std::uint64_t> whole_number(const std::string& text) {
    if (text.empty() || text.size() > 19) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

const plan::Task* task_of(const plan::Project& project, TaskId id) {
    for (const plan::Task& task : project.tasks)
        if (task.id == id) return &task;
    return nullptr;
}

std::string as_json(const plan::Project& project, const risk::Findings& found) {
    JsonWriter json;
    json.begin_object();
    json.number("runs", found.runs);
    json.number("seed", static_cast<std::int64_t>(found.seed));
    json.number("tasks_with_estimate", found.own);
    json.number("tasks_by_house_figures", found.by_house);
    json.begin_array("finishes");
    for (const risk::Finish& finish : found.finishes) {
        const plan::Task* task = task_of(project, finish.task);
        json.begin_object();
        json.text("id", task ? task->code : "");
        json.text("name", task ? task->name : project.name);
        json.text("planned", iso(finish.planned));
        json.text("p50", iso(finish.p50));
        json.text("p80", iso(finish.p80));
        json.text("p90", iso(finish.p90));
        if (finish.promised) {
            json.text("promised", iso(*finish.promised));
            json.number("kept_permille", finish.kept_permille);
        }
        json.end_object();
    }
    json.end_array();
    json.begin_array("drivers");
    for (const risk::Share& driver : found.finishes.front().drivers) {
        json.begin_object();
        const plan::Task* task = task_of(project, driver.task);
        json.text("name", task ? task->name : "");
        json.number("spread_permille", driver.permille);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return json.take();
}

std::string as_table(const plan::Project& project, const risk::Findings& found, const Locale& locale) {
    std::string out = locale.text(msg("{0}: {1} runs, seed {2}", project.name, locale.number(found.runs),
                                      locale.number(static_cast<std::int64_t>(found.seed)))) +
                      "\n\n";
    TextTable table({{locale.tr("Finish of"), false, 48},
                     {locale.tr("Planned"), false, 20},
                     {"P50", false, 20},
                     {"P80", false, 20},
                     {"P90", false, 20},
                     {locale.tr("Promised"), false, 20},
                     {locale.tr("Kept"), true, 8}});
    for (const risk::Finish& finish : found.finishes) {
        const plan::Task* task = task_of(project, finish.task);
        table.row({task ? task->name : project.name, locale.date(finish.planned), locale.date(finish.p50), locale.date(finish.p80),
                   locale.date(finish.p90), finish.promised ? locale.date(*finish.promised) : "",
                   finish.promised ? locale.text(msg("{0} %", (finish.kept_permille + 5) / 10)) : ""});
    }
    return out + table.text();
}

}  // namespace

Result<Outcome> run_risk(const Arguments& arguments, const World& world, const Locale& locale) {
    const std::string format = arguments.option("format").value_or(world.out_is_terminal ? "table" : "json");
    if (format != "json" && format != "table") return fail(ErrorCode::Refused, msg("The format must be json or table."));
    const auto runs = whole_number(arguments.option("runs").value_or(std::to_string(risk::kRuns)));
    if (!runs || *runs == 0 || *runs > risk::kMostRuns)
        return fail(ErrorCode::Refused, msg("The number of runs lies between 1 and {0}.", static_cast<std::int64_t>(risk::kMostRuns)));
    const auto seed = whole_number(arguments.option("seed").value_or(std::to_string(risk::kSeed)));
    if (!seed || *seed > INT64_MAX) return fail(ErrorCode::Refused, msg("The seed is a whole number."));
    auto input = read_plan(arguments, world);
    if (!input) return tl::unexpected<Error>(std::move(input.error()));
    const plan::Project& project = input->imported.project;
    const auto found = risk::simulate(project, risk::first_spreads(), static_cast<std::uint32_t>(*runs), *seed);
    if (!found) return tl::unexpected<Error>(found.error());
    Outcome outcome;
    outcome.code = input->imported.has_errors() ? kExitProblem : kExitOk;
    outcome.out = format == "json" ? as_json(project, *found) : as_table(project, *found, locale);
    for (const std::string& warning : warnings_of(*input, locale)) outcome.err += "entente: " + warning + "\n";
    return outcome;
}

}  // namespace entente::app
