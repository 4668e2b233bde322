#include "app/export/export_all.hpp"

#include <set>

#include "app/export/file_name.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "codec/plain_sink.hpp"
#include "codec/plain_tables.hpp"
#include "exchange/csv_write.hpp"
#include "exchange/mspdi_write.hpp"
#include "exchange/zip.hpp"

namespace entente::app {

namespace {

// -12.50: no formula, although it begins like one.
bool is_number(std::string_view cell) {
    if (!cell.empty() && cell[0] == '-') cell.remove_prefix(1);
    const std::size_t point = cell.find('.');
    const std::string_view whole = cell.substr(0, point);
    const std::string_view rest = point == std::string_view::npos ? std::string_view() : cell.substr(point + 1);
    const auto digits = [](std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; };
    return !whole.empty() && digits(whole) && digits(rest);
}

void append_row(std::string& out, const std::vector<std::string>& cells, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        if (i > 0) out += ',';
        if (i >= cells.size()) continue;
        if (is_number(cells[i])) {
            out += cells[i];
        } else {
            exchange::append_csv_cell(out, cells[i]);
        }
    }
    out += "\r\n";
}

class Files {
public:
    void add(std::string path, std::string_view text) {
        const ByteView bytes = bytes_of(text);
        files_.push_back({std::move(path), Bytes(bytes.begin(), bytes.end())});
    }
    void add_tables(const std::string& folder, const std::vector<codec::PlainTable>& tables) {
        for (const codec::PlainTable& table : tables) {
            std::string text = "\xEF\xBB\xBF";
            append_row(text, table.columns, table.columns.size());
            for (const std::vector<std::string>& row : table.rows) append_row(text, row, table.columns.size());
            add(folder + table.name + ".csv", text);
        }
    }
    std::vector<ExportFile> take() { return std::move(files_); }

private:
    std::vector<ExportFile> files_;
};

// What was done, and what was not accepted with its bytes, in the words of the JSON document.
std::vector<codec::PlainTable> record_tables(const std::vector<codec::RecordRow>& record, const std::vector<ParkedRow>& parked) {
    std::vector<codec::PlainTable> out;
    const auto cells = [](const codec::RecordRow& row) {
        return std::vector<std::string>{std::to_string(row.sequence), iso(Instant{row.utc_ms}), codec::id_text(row.device.n)};
    };
    codec::PlainTable all{"record", {"sequence", "at", "device", "kind", "of_sequence", "what"}, {}};
    for (const codec::RecordRow& row : record) {
        all.rows.push_back(cells(row));
        const char* const kind = row.kind == EntryKind::Undo ? "undo" : row.kind == EntryKind::Redo ? "redo" : "do";
        for (const std::string& cell : {std::string(kind), std::to_string(row.of_sequence), row.what}) all.rows.back().push_back(cell);
    }
    out.push_back(std::move(all));
    if (parked.empty()) return out;
    codec::PlainTable refused{"parked", {"sequence", "at", "device", "what", "why", "entry"}, {}};
    for (const ParkedRow& one : parked) {
        refused.rows.push_back(cells(one.row));
        for (const std::string& cell : {one.row.what, one.why, to_base64url(one.entry)}) refused.rows.back().push_back(cell);
    }
    out.push_back(std::move(refused));
    return out;
}

// One folder for each project, none twice, also where a system does not tell capitals from small letters; none named "house".
std::vector<std::string> folders_of(const Model& model) {
    std::set<std::string> taken{"house"};
    std::vector<std::string> folders;
    for (const plan::Project& project : model.projects) {
        const std::string wanted = file_name(project.name, "Project");
        std::string name = wanted;
        for (int i = 2; !taken.insert(fold(name)).second; ++i) name = wanted + " " + std::to_string(i);
        folders.push_back(name);
    }
    return folders;
}

}  // namespace

std::string export_json(const codec::PlainWorkspace& workspace, const std::vector<ParkedRow>& parked) {
    std::string out = codec::to_plain_json(workspace);
    if (parked.empty()) return out;
    JsonWriter json;
    json.begin_object();
    json.begin_array("parked");
    for (const ParkedRow& one : parked) {
        json.begin_object();
        json.number("sequence", static_cast<std::int64_t>(one.row.sequence));
        json.text("at", iso(Instant{one.row.utc_ms}));
        json.text("device", codec::id_text(one.row.device.n));
        json.text("what", one.row.what);
        json.text("why", one.why);
        json.text("entry", to_base64url(one.entry));
        json.end_object();
    }
    json.end_array();
    json.end_object();
    // Two objects become one: the end of the first and the beginning of the second are taken off.
    constexpr std::string_view kEnd = "\n}\n", kBegin = "{";
    out.resize(out.size() - kEnd.size());
    return out + "," + json.take().substr(kBegin.size());
}

std::vector<ExportFile> export_all(const codec::PlainWorkspace& workspace, LocalMinute now, const Locale& locale, ExportParts parts,
                                   const std::vector<ParkedRow>& parked) {
    const Model& model = workspace.model;
    const std::vector<std::string> folders = folders_of(model);
    Files files;
    const bool folder_to_read = parts.pages || parts.tables;
    if (folder_to_read) files.add("README.md", report::to_markdown(readme_page(workspace, folders, locale, parts, !parked.empty())));
    if (parts.json) files.add("workspace.json", export_json(workspace, parked));
    if (parts.pages) files.add("record.md", report::to_markdown(record_page(workspace.record, locale)));
    if (parts.tables) files.add_tables("", record_tables(workspace.record, parked));
    if (parts.tables) files.add_tables("house/", codec::plain_tables(model.house));
    for (std::size_t i = 0; i < folders.size(); ++i) {
        const plan::Project& project = model.projects[i];
        const std::string folder = folders[i] + "/";
        if (parts.pages) {
            for (const auto& [name, page] : project_pages(model, project, day_of(now), locale))
                files.add(folder + name, report::to_markdown(page));
        }
        if (!parts.tables) continue;
        files.add(folder + "plan.csv", exchange::plan_to_csv(project, model.house.roles));
        // A plan that cannot be scheduled has no dates to give; its tables hold it all the same.
        if (const auto xml = exchange::plan_to_mspdi(project, model.house.roles)) files.add(folder + "plan.xml", xml->xml);
        files.add_tables(folder + "tables/", codec::plain_tables(model, project));
    }
    return files.take();
}

Result<Bytes> export_zip(const codec::PlainWorkspace& workspace, LocalMinute now, const Locale& locale,
                         const std::vector<ParkedRow>& parked) {
    const std::vector<ExportFile> files = export_all(workspace, now, locale, {}, parked);
    const std::string folder = export_name(workspace.model, day_of(now)) + "/";
    std::vector<exchange::ZipFile> zipped;
    for (const ExportFile& file : files) zipped.push_back({folder + file.path, file.bytes});
    return exchange::write_zip(zipped, now);
}

codec::RecordRow record_row(const Model& before, const Entry& entry, const Locale& locale) {
    return {entry.sequence, entry.time.utc_ms, entry.device, entry.kind, entry.of_sequence, locale.text(describe(before, entry.command))};
}

std::string export_name(const Model& model, Day today) { return file_name(model.house.name, "Entente") + " " + iso(today); }

}  // namespace entente::app
