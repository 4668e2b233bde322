#include "exchange/import.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "core/rules.hpp"
#include "exchange/decode_text.hpp"
#include "exchange/mspdi.hpp"

namespace entente::exchange {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kSniffBytes = 8192;

struct Magic {
    std::string_view bytes;
    FileKind kind;
};
constexpr Magic kMagic[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, FileKind::OldOffice},
    {"%PDF-"sv, FileKind::Pdf},
    {"\x89PNG\r\n"sv, FileKind::Image},
    {"\xFF\xD8\xFF"sv, FileKind::Image},
    {"GIF8"sv, FileKind::Image},
    {"II*\0"sv, FileKind::Image},
    {"MM\0*"sv, FileKind::Image},
    {"{\\rtf"sv, FileKind::Rtf},
    {"\x1F\x8B"sv, FileKind::Zip},
    {"7z\xBC\xAF\x27\x1C"sv, FileKind::Zip},
    {"Rar!"sv, FileKind::Zip},
};

// A zip archive's names stand in it uncompressed.
FileKind zip_kind(std::string_view bytes) {
    for (const std::string_view sign :
         {"xl/workbook"sv, "opendocument.spreadsheet"sv, "Index/Document.iwa"sv}) {
        if (bytes.find(sign) != std::string_view::npos) return FileKind::Workbook;
    }
    return FileKind::Zip;
}

// Text holds few controls; anything else is some program's own format.
bool looks_binary(std::string_view head) {
    const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    });
    return static_cast<std::size_t>(controls) * 50 > head.size();
}

// "<name" or "<prefix:name"
bool has_element(std::string_view text, std::string_view name) {
    constexpr std::string_view kName = "abcdefghijklmnopqrstuvwxyz0123456789_-.";
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string_view::npos; ++at) {
        if (at == 0) continue;
        if (text[at - 1] == '<') return true;
        if (text[at - 1] != ':') continue;
        const std::size_t open = text.find_last_not_of(kName, at >= 2 ? at - 2 : 0);
        if (open != std::string_view::npos && text[open] == '<') return true;
    }
    return false;
}

FileKind text_kind(std::string_view head) {
    const std::string text = lower_ascii(trim(head));
    const std::string_view view = text;
    if (view.empty()) return FileKind::Empty;
    if (view[0] != '<') return looks_binary(head) ? FileKind::Binary : FileKind::Table;
    if (view.find("<!doctype html") != std::string_view::npos || view.find("<html") != std::string_view::npos)
        return FileKind::Html;
    if (has_element(view, "project")) return FileKind::ProjectXml;
    const bool xml = view.substr(0, 5) == "<?xml" || view.substr(0, 4) == "<!--" ||
                     view.substr(0, 9) == "<!doctype";
    return xml ? FileKind::OtherXml : FileKind::Table;
}

Message remedy_csv() { return msg("Save the sheet as CSV and import that file."); }
Message remedy_project() {
    return msg(
        "Export from Microsoft Project with Save As > XML, or export the table as CSV, and import that "
        "file.");
}

struct Refusal {
    FileKind kind;
    Message (*what)();
    Message (*remedy)();
};

const std::array<Refusal, 10> kRefusals = {{
    {FileKind::OtherXml, [] { return msg("This XML file is not a Microsoft Project plan."); },
     remedy_project},
    {FileKind::Workbook, [] { return msg("This is a workbook, which cannot be read yet."); }, remedy_csv},
    {FileKind::Zip, [] { return msg("This is a compressed archive, not a plan."); },
     [] { return msg("Unpack it and import the plan inside."); }},
    {FileKind::OldOffice,
     [] {
         return msg(
             "This is a Microsoft Project or Office file in its own format, which only that program can "
             "read.");
     },
     remedy_project},
    {FileKind::Pdf, [] { return msg("This is a PDF: it holds a picture of the plan, not the plan."); },
     remedy_project},
    {FileKind::Image, [] { return msg("This is a picture, not a plan."); }, remedy_project},
    {FileKind::Html, [] { return msg("This is a web page, not a plan."); },
     [] {
         return msg("If it came from a download link, sign in there and download the CSV or XML file again.");
     }},
    {FileKind::Rtf, [] { return msg("This is a text document, not a plan."); }, remedy_csv},
    {FileKind::Binary, [] { return msg("This file is in a format that is not known here."); },
     remedy_project},
    {FileKind::Empty, [] { return msg("The file is empty."); },
     [] { return msg("Check that the export wrote the plan into it."); }},
}};

Result<ImportedFile> read_table(ByteView bytes, const ImportOptions& options, const house::House& house,
                                const NextId& next_id) {
    auto plan = read_csv_plan(bytes, options, house, next_id);
    if (!plan) return tl::unexpected<Error>(std::move(plan.error()));
    return ImportedFile{FileKind::Table, std::move(plan->imported), std::move(plan->columns)};
}

Result<ImportedFile> read_project_xml(ByteView bytes, const ImportOptions& options, const house::House& house,
                                      const NextId& next_id) {
    auto imported = read_mspdi(bytes, options, house, next_id);
    if (!imported) return tl::unexpected<Error>(std::move(imported.error()));
    return ImportedFile{FileKind::ProjectXml, std::move(*imported), {}};
}

}  // namespace

FileKind kind_of(ByteView bytes) {
    if (bytes.empty()) return FileKind::Empty;
    const std::string_view all = text_of(bytes);
    for (const Magic& magic : kMagic) {
        if (all.substr(0, magic.bytes.size()) == magic.bytes) return magic.kind;
    }
    if (all.substr(0, 4) == "PK\x03\x04"sv || all.substr(0, 4) == "PK\x05\x06"sv) return zip_kind(all);
    const auto stands = [&](std::string_view sign, std::size_t at) {
        return all.size() >= at && all.substr(at, sign.size()) == sign;
    };
    if (stands("ftyp"sv, 4) || (stands("RIFF"sv, 0) && stands("WEBP"sv, 8))) return FileKind::Image;
    // An odd last byte of a cut is harmless here.
    return text_kind(decode_text(bytes.first(std::min(bytes.size(), kSniffBytes))).text);
}

Result<ImportedFile> import_file(std::string_view name, ByteView bytes, const ImportOptions& options,
                                 const house::House& house, const NextId& next_id) {
    const std::string shown(truncate_utf8(name, kMaxName));
    if (bytes.size() > kMaxImportBytes) {
        return fail(ErrorCode::TooLarge,
                    msg("The file is larger than {0} MiB.", static_cast<int>(kMaxImportBytes >> 20)), shown,
                    msg("Export only the plan's own rows and columns and import again."));
    }
    const FileKind kind = kind_of(bytes);
    for (const Refusal& refusal : kRefusals) {
        if (refusal.kind != kind) continue;
        const ErrorCode code = kind == FileKind::Empty ? ErrorCode::BadInput : ErrorCode::Unsupported;
        return fail(code, refusal.what(), shown, refusal.remedy());
    }
    ImportOptions named = options;
    if (kind == FileKind::Table && named.project_name.empty()) named.project_name = project_name_from(name);
    auto file = kind == FileKind::Table ? read_table(bytes, named, house, next_id)
                                        : read_project_xml(bytes, named, house, next_id);
    if (file && file->imported.project.name.empty()) file->imported.project.name = project_name_from(name);
    return file;
}

std::string project_name_from(std::string_view file_name) {
    const std::size_t slash = file_name.find_last_of("/\\");
    if (slash != std::string_view::npos) file_name.remove_prefix(slash + 1);
    const std::size_t dot = file_name.rfind('.');
    if (dot != std::string_view::npos && dot > 0) file_name = file_name.substr(0, dot);
    std::string name = clean_utf8(file_name);
    std::replace_if(name.begin(), name.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    name = std::string(trim(truncate_utf8(trim(name), kMaxName)));
    return name.empty() ? "Plan" : name;
}

}  // namespace entente::exchange
