// From what the importers found to what the preview shows: plain rows, nothing of the browser.
//
// The schedule is computed here once, so that the preview draws the plan as it would be; a plan that cannot be scheduled is a failure
// here and not a surprise on accepting.
#pragma once

#include <string>

#include "exchange/import.hpp"
#include "ui/frame.hpp"

namespace entente::app {

// The view points to the project in `result`. `scheduler` has run on it where there is no failure.
ui::ImportView build_import_view(const std::string& file_name, const exchange::ImportOptions& options,
                                 const Result<exchange::ImportedFile>& result, plan::Scheduler& scheduler);

}  // namespace entente::app
