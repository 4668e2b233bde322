// What the importer's tests share: a table as text in, a plan out, and questions about it.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include <doctest.h>

#include "base/locale.hpp"
#include "core/plan/schedule.hpp"
#include "core/rules.hpp"
#include "exchange/csv_plan.hpp"

namespace entente::test {

inline exchange::NextId counter(std::uint64_t first = 1) {
    return [next = first]() mutable { return next++; };
}

inline exchange::ImportOptions options_from(std::string_view start = "2026-03-02") {
    exchange::ImportOptions options;
    options.project_name = "Test";
    options.default_start = *parse_iso_day(start);
    return options;
}

inline Result<exchange::CsvPlan> try_table(std::string_view text,
                                           const exchange::ImportOptions& options = options_from(),
                                           const house::House& house = {}) {
    return exchange::read_csv_plan(bytes_of(text), options, house, counter());
}

// Reads a table that must be readable, and checks that the model would take it.
inline exchange::CsvPlan read_table(std::string_view text,
                                    const exchange::ImportOptions& options = options_from(),
                                    const house::House& house = {}) {
    auto plan = try_table(text, options, house);
    REQUIRE(plan.has_value());
    Model model;
    model.house = house;
    const auto allowed = check(
        model, Command{plan::Command{plan::AddProject{plan->imported.project, plan->imported.new_roles}}});
    if (!allowed)
        FAIL("the model refuses it: " << Locale().text(allowed.error().what) << " " << allowed.error().where);
    return std::move(*plan);
}

inline const plan::Task& task(const exchange::CsvPlan& plan, std::string_view code) {
    for (const plan::Task& one : plan.imported.project.tasks) {
        if (one.code == code) return one;
    }
    FAIL("no task " << code);
    return plan.imported.project.tasks.front();
}

// "12 error: text", each on its line.
inline std::string problems(const exchange::Imported& imported) {
    std::string out;
    for (const exchange::Problem& problem : imported.problems) {
        out += std::to_string(problem.line) + (problem.error ? " error: " : " note: ") +
               Locale().text(problem.text) + "\n";
    }
    return out;
}

// "1>2FS+480;1>3SS" in the order of the project.
inline std::string links(const exchange::CsvPlan& plan) {
    constexpr const char* kKinds[] = {"FS", "SS", "FF", "SF"};
    constexpr const char* kUnits[] = {"m", "em", "%"};
    const auto code = [&](TaskId id) { return find_task(plan.imported.project, id)->code; };
    std::string out;
    for (const plan::Link& link : plan.imported.project.links) {
        out += (out.empty() ? "" : ";") + code(link.from) + ">" + code(link.to) +
               kKinds[static_cast<int>(link.kind)];
        if (link.lag_minutes == 0) continue;
        out += (link.lag_minutes > 0 ? "+" : "") + std::to_string(link.lag_minutes) +
               kUnits[static_cast<int>(link.lag_unit)];
    }
    return out;
}

inline bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace entente::test
