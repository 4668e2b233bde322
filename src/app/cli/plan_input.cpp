#include "app/cli/plan_input.hpp"

#include "exchange/psplib.hpp"

namespace entente::app {

Result<Bytes> read_sized(const World& world, const std::string& path, std::size_t most, const Message& where_too_large) {
    auto bytes = world.read_file(path, most);
    if (!bytes && bytes.error().code == ErrorCode::TooLarge) bytes.error().remedy = where_too_large;
    return bytes;
}

Day next_monday(Day today) { return today + (7 - weekday(today)); }

namespace {

Error in_file(Error error, const std::string& path) {
    error.where = error.where.empty() ? path : path + ": " + error.where;
    return error;
}

// The table that a network was made into has lines of its own; they say nothing to the file's reader.
void add_notes(const exchange::Network& network, PlanInput& input) {
    exchange::Imported& imported = input.imported;
    for (exchange::Problem& problem : imported.problems) problem.line = 0;
    imported.problems.insert(imported.problems.end(), network.notes.begin(), network.notes.end());
    const std::int64_t day = imported.project.calendars.front().minutes_per_day;
    if (network.stated_days && *network.stated_days * day != input.schedule.working_minutes)
        imported.problems.push_back({0, msg("The file says that its longest path takes {0} days; here it is {1} minutes of work.",
                                            *network.stated_days, input.schedule.working_minutes), true});
}

}  // namespace

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
    const auto bytes = read_sized(world, arguments.operand, exchange::kMaxImportBytes,
                                  msg("Export only the plan's own rows and columns and import again."));
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    std::optional<exchange::Network> network;
    if (exchange::is_network(*bytes)) {
        auto read = exchange::read_network(*bytes);
        if (!read) return tl::unexpected<Error>(in_file(std::move(read.error()), arguments.operand));
        network = std::move(*read);
    }
    std::uint64_t last_id = 0;
    auto file = exchange::import_file(arguments.operand, network ? bytes_of(network->table) : ByteView(*bytes), options, {},
                                      [&last_id] { return ++last_id; });
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    PlanInput out;
    out.imported = std::move(file->imported);
    auto schedule = plan::compute_schedule(out.imported.project);
    if (!schedule) return tl::unexpected<Error>(std::move(schedule.error()));
    out.schedule = std::move(*schedule);
    if (network) add_notes(*network, out);
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
