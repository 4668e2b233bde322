// One door for files that hold a plan: tells what a file is by its content, and reads it or says why not and what to do.
//
// Read: tables (CSV, TSV, semicolons; UTF-8, UTF-16, Windows-1252) and Microsoft Project XML. Other kinds that people try (workbooks,
// Microsoft Project's own files, PDF, pictures, web pages, zip archives) are told apart by their first bytes, never by their name, and
// each gets its own error and remedy. Pure: the same bytes, options and ids give the same result.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/csv_plan.hpp"
#include "exchange/import_options.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

enum class FileKind : std::uint8_t {
    Table,
    ProjectXml,
    OtherXml,
    Workbook,
    Zip,
    OldOffice,
    Pdf,
    Image,
    Html,
    Rtf,
    Binary,
    Empty
};

// From the content alone. OldOffice is the container of .mpp, .xls and .doc.
FileKind kind_of(ByteView bytes);

struct ImportedFile {
    FileKind kind = FileKind::Table;   // Table or ProjectXml
    Imported imported;
    std::vector<CsvColumn> columns;    // of a table
};

Result<ImportedFile> import_file(std::string_view name, ByteView bytes, const ImportOptions& options,
                                 const house::House& house, const NextId& next_id);

// "films/Long Field v3.csv" -> "Long Field v3": what a project is called until a person says otherwise.
std::string project_name_from(std::string_view file_name);

}  // namespace entente::exchange
