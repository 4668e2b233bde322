// The pages of the plain export: a project's plan, decisions, changes, agreement and money, and the record, as documents to read.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/locale.hpp"
#include "codec/plain_json.hpp"
#include "report/document.hpp"

namespace entente::app {

// What an export holds; the README says no more than that.
struct ExportParts {
    bool json = true, pages = true, tables = true;
};

// By the names of their files, "plan.md". What cannot be computed (a plan with a loop, sums beyond what can be held) is said on its page.
std::vector<std::pair<std::string, report::Document>> project_pages(const Model& model, const plan::Project& project, Day today,
                                                                    const Locale& locale);
report::Document record_page(const std::vector<codec::RecordRow>& record, const Locale& locale);
report::Document readme_page(const codec::PlainWorkspace& workspace, const std::vector<std::string>& folders, const Locale& locale,
                             ExportParts parts, bool parked = false);

}  // namespace entente::app
