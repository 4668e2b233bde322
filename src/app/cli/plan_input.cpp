#include "app/cli/plan_input.hpp"

namespace entente::app {

Day next_monday(Day today) { return today + (7 - weekday(today)); }

Result<PlanInput> read_plan(const Arguments& arguments, const World& world) {
    exchange::ImportOptions options;
    options.default_start = next_monday(world.today);
    if (const auto start = arguments.option("start")) {
        options.start = parse_iso_day(*start);
        if (!options.start) {
            return fail(ErrorCode::Refused, msg("\u201c{0}\u201d is not a date.", *start), {},
                        msg("Write it as 2026-03-02."));
        }
    }
    const auto bytes = world.read_file(arguments.operand, exchange::kMaxImportBytes);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    std::uint64_t last_id = 0;
    auto file = exchange::import_file(arguments.operand, *bytes, options, {},
                                      [&last_id] { return ++last_id; });
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    PlanInput out;
    out.imported = std::move(file->imported);
    auto schedule = plan::compute_schedule(out.imported.project);
    if (!schedule) return tl::unexpected<Error>(std::move(schedule.error()));
    out.schedule = std::move(*schedule);
    return out;
}

std::string sentence(const exchange::Problem& problem, const Locale& locale) {
    const std::string text = locale.text(problem.text);
    return problem.line > 0 ? locale.text(msg("Line {0}: {1}", std::to_string(problem.line), text)) : text;
}

std::vector<std::string> warnings_of(const PlanInput& input, const Locale& locale) {
    std::vector<std::string> out;
    for (const exchange::Problem& problem : input.imported.problems) out.push_back(sentence(problem, locale));
    for (const plan::ScheduleWarning& warning : input.schedule.warnings) out.push_back(locale.text(warning.text));
    return out;
}

}  // namespace entente::app
