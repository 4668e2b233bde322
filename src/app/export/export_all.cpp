#include "app/export/export_all.hpp"

#include <set>

#include "app/export/file_name.hpp"
#include "base/text.hpp"
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

std::vector<ExportFile> export_all(const codec::PlainWorkspace& workspace, LocalMinute now, const Locale& locale, ExportParts parts) {
    const Model& model = workspace.model;
    const std::vector<std::string> folders = folders_of(model);
    Files files;
    if (parts.pages) files.add("README.md", report::to_markdown(readme_page(workspace, folders, locale, parts)));
    if (parts.json) files.add("workspace.json", codec::to_plain_json(workspace));
    if (parts.pages) files.add("record.md", report::to_markdown(record_page(workspace.record, locale)));
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

Result<Bytes> export_zip(const codec::PlainWorkspace& workspace, LocalMinute now, const Locale& locale) {
    const std::vector<ExportFile> files = export_all(workspace, now, locale);
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
