// The plan as pages to print: one HTML file that stands alone (no script, nothing fetched), a landscape page for every kSheetPageRows rows,
// each with the dates above it, its bars as SVG, and its number. Everything is also text: a row's name and dates stand beside its bar.
//
// Shapes as on screen: what was agreed in grey beneath, critical work another colour with an outline, milestones and what the client owes
// as diamonds, promises as flags; so that it reads on a printer without colour.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/locale.hpp"

namespace entente::report {

inline constexpr std::size_t kSheetPageRows = 34;
inline constexpr std::size_t kMostSheetRows = 4000;  // of one file

enum class SheetMark : std::uint8_t { Heading, Summary, Bar, Milestone, Client };

struct SheetRow {
    std::string name;
    SheetMark mark = SheetMark::Heading;
    int indent = 0;
    Day start, finish;                            // inclusive; not of a heading
    std::optional<std::pair<Day, Day>> agreed;
    std::optional<Day> promised;
    std::optional<std::pair<Day, Day>> likely;    // half of the runs and 8 in 10 are done by; where the risk is known
    std::string beside;                           // "promised for Fri 5 Jun"
    int percent_done = 0;
    bool critical = false;
};

struct PlanSheet {
    std::string title, subtitle;
    Day today, first, last;
    std::vector<SheetRow> rows;
    std::int64_t left_out = 0;                    // rows beyond kMostSheetRows
};

std::string plan_sheet_html(const PlanSheet& sheet, const Locale& locale);

}  // namespace entente::report
