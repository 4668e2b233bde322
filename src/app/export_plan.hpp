// A plan as a file to save: its name, kind and bytes, and what the file could not hold.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "core/model.hpp"

namespace entente::app {

enum class ExportFormat : std::uint8_t { ProjectXml, Csv };

struct ExportedPlan {
    std::string name, mime;  // "The Long Field.xml": the project's name without what no file name may hold
    std::string text;
    std::vector<Message> left_out;
};

// NotFound where the project is gone; BadInput where the plan cannot be scheduled.
Result<ExportedPlan> export_plan(const Model& model, ProjectId project, ExportFormat format);

}  // namespace entente::app
