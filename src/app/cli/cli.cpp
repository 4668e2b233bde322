#include "app/cli/cli.hpp"

#include "app/cli/commands.hpp"

namespace entente::app {

namespace {

constexpr const char* kVersion = "0.1.0";

int exit_code(const Error& error) { return error.code == ErrorCode::Refused ? kExitUsage : kExitProblem; }

}  // namespace

Outcome run(const std::vector<std::string>& arguments, const World& world) {
    Locale locale(Language::English);
    const auto parsed = parse_arguments(arguments);
    if (!parsed) return {kExitUsage, {}, error_line(locale, parsed.error())};
    const std::string language = parsed->option("lang").value_or("en");
    if (language == "cy") locale = Locale(Language::Welsh);
    if (language != "en" && language != "cy") {
        return {kExitUsage,
                {},
                error_line(locale, {ErrorCode::Refused, msg("The language must be en or cy."), {}, {}})};
    }
    if (parsed->help) return {kExitOk, help_text(locale), {}};
    if (parsed->version) return {kExitOk, std::string("entente ") + kVersion + "\n", {}};
    const auto command = parsed->command == "schedule"   ? run_schedule
                         : parsed->command == "check"    ? run_check
                         : parsed->command == "risk"     ? run_risk
                         : parsed->command == "convert"  ? run_convert
                         : parsed->command == "cut-diff" ? run_cut_diff
                         : parsed->command == "open"     ? run_open
                                                         : run_status;
    auto outcome = command(*parsed, world, locale);
    if (!outcome) return {exit_code(outcome.error()), {}, error_line(locale, outcome.error())};
    return std::move(*outcome);
}

std::string unsaid(const std::vector<std::string>& arguments) {
    const auto parsed = parse_arguments(arguments);
    const bool welsh = parsed && parsed->option("lang") == "cy";
    return error_line(Locale(welsh ? Language::Welsh : Language::English),
                      {ErrorCode::Storage, msg("What was asked for could not be printed."), {}, {}});
}

}  // namespace entente::app
