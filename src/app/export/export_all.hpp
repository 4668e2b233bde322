// Everything a workspace holds, as files to take away: one JSON document for programs (codec/EXPORT.md), pages to read (Markdown) and
// tables (CSV), each project in a folder of its own. Internal: costs, notes and rates are in it, and nothing is encrypted.
//
// Pure: the times come from the caller. Whatever people typed is inert in each format: markup is escaped in pages, formulas in tables, and
// names of folders are made safe.
#pragma once

#include <string>
#include <vector>

#include "app/export/opened_backup.hpp"
#include "app/export/pages.hpp"
#include "base/bytes.hpp"
#include "base/locale.hpp"
#include "base/result.hpp"
#include "codec/plain_json.hpp"

namespace entente::app {

struct ExportFile {
    std::string path;  // relative, "The Long Field/plan.md"
    Bytes bytes;
};

// The one document (codec/EXPORT.md). Where entries were parked it has a last member of them, `parked`: of each what the record says, `why`
// it was not accepted, and the `entry` itself (src/codec's bytes in base64url).
std::string export_json(const codec::PlainWorkspace& workspace, const std::vector<ParkedRow>& parked = {});
// `now` is the time at the house: its day decides what is overdue.
std::vector<ExportFile> export_all(const codec::PlainWorkspace& workspace, LocalMinute now, const Locale& locale, ExportParts parts = {},
                                   const std::vector<ParkedRow>& parked = {});
// The same in one ZIP file. TooLarge beyond what a ZIP can hold.
Result<Bytes> export_zip(const codec::PlainWorkspace& workspace, LocalMinute now, const Locale& locale,
                         const std::vector<ParkedRow>& parked = {});
// A line of the record: what `entry` does to `before`, the model as it stood.
codec::RecordRow record_row(const Model& before, const Entry& entry, const Locale& locale);
// "Cwm Post 2026-03-02", without its ending.
std::string export_name(const Model& model, Day today);

}  // namespace entente::app
