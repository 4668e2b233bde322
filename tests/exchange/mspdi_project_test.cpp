// Our schedule against Microsoft Project's own: every Microsoft Project XML file at hand carries the early and late dates, slack and
// critical flag that Microsoft Project computed. Each automatically scheduled, active task must agree, as working time: 17:00 and the
// next working 08:00 are one instant. What differs is listed in kKnownDifferences with its reason, and nothing else may.
//
// The files are in ../shared/data/mspdi (or ENTENTE_SHARED/mspdi, or the folder ENTENTE_MSPDI); without them the test says so and passes.
#include <doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "core/lookup.hpp"
#include "core/plan/schedule.hpp"
#include "exchange/mspdi.hpp"
#include "exchange/xml_file.hpp"

using namespace entente;

namespace {

struct KnownDifference {
    const char* file;
    const char* task;  // its number in the file
    const char* what;  // "early finish", ...
    const char* reason;
};
constexpr KnownDifference kKnownDifferences[] = {
    {"none", "0", "none", "no difference is known: the row keeps the table's shape"},
};

std::filesystem::path folder() {
    if (const char* mspdi = std::getenv("ENTENTE_MSPDI")) return mspdi;
    if (const char* shared = std::getenv("ENTENTE_SHARED")) return std::filesystem::path(shared) / "mspdi";
    return std::filesystem::path(ENTENTE_SHARED_DATA) / "mspdi";
}

Bytes read_all(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(in), {});
}

class Comparison {
public:
    Comparison(std::string file, const plan::Project& project, const plan::Schedule& schedule)
        : file_(std::move(file)), project_(project), schedule_(schedule) {}

    void run(const exchange::XmlFile& xml) {
        for (const pugi::xml_node node : xml.children(xml.child(xml.root(), "Tasks"), "Task")) {
            const std::string uid(xml.text(node, "UID"));
            const auto found = std::find_if(project_.tasks.begin(), project_.tasks.end(),
                                            [&](const plan::Task& task) { return task.code == uid; });
            if (found == project_.tasks.end() || found->manual || !found->active) continue;
            compare(xml, node, *found,
                    schedule_.rows[static_cast<std::size_t>(found - project_.tasks.begin())]);
            ++tasks_;
        }
    }

    int tasks() const { return tasks_; }
    int values() const { return values_; }
    const std::vector<std::string>& differences() const { return differences_; }

private:
    void compare(const exchange::XmlFile& xml, pugi::xml_node node, const plan::Task& task,
                 const plan::ScheduledTask& row) {
        const plan::Calendar* calendar = by_id(project_.calendars,
                                               task.calendar ? task.calendar : project_.calendar);
        REQUIRE(calendar);
        const bool elapsed = task.elapsed && task.kind != plan::TaskKind::Summary;
        const plan::WorkClock clock = elapsed ? plan::WorkClock::always() : plan::WorkClock(*calendar);
        const auto same_time = [&](const char* field, const char* name, LocalMinute ours) {
            const auto theirs = xml.time(node, field);
            if (!theirs) return;
            ++values_;
            if (clock.work_at(*theirs) != clock.work_at(ours)) differ(task, name, iso(ours), iso(*theirs));
        };
        same_time("EarlyStart", "early start", row.early_start);
        same_time("EarlyFinish", "early finish", row.early_finish);
        same_time("LateStart", "late start", row.late_start);
        same_time("LateFinish", "late finish", row.late_finish);
        if (const auto slack = xml.number(node, "TotalSlack")) {
            ++values_;
            if (*slack != row.total_float_minutes * 10)
                differ(task, "total slack", std::to_string(row.total_float_minutes),
                       std::to_string(*slack) + " tenths");
        }
        if (!xml.text(node, "Critical").empty()) {
            ++values_;
            if (xml.flag(node, "Critical") != row.critical)
                differ(task, "critical", row.critical ? "yes" : "no", row.critical ? "no" : "yes");
        }
    }

    void differ(const plan::Task& task, const std::string& what, const std::string& ours,
                const std::string& theirs) {
        for (const KnownDifference& known : kKnownDifferences)
            if (file_ == known.file && task.code == known.task && what == known.what) return;
        differences_.push_back(file_ + ": " + task.code + " " + task.name + ": " + what + " " + ours +
                               ", Microsoft Project " + theirs);
    }

    std::string file_;
    const plan::Project& project_;
    const plan::Schedule& schedule_;
    int tasks_ = 0, values_ = 0;
    std::vector<std::string> differences_;
};

}  // namespace

TEST_CASE("every Microsoft Project file imports, and its dates, slack and critical flags are ours") {
    if (!std::filesystem::is_directory(folder())) {
        MESSAGE("skipped: no Microsoft Project files in " << folder().string());
        return;
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
        if (entry.path().extension() == ".xml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    REQUIRE(!files.empty());
    int tasks = 0, values = 0;
    for (const auto& path : files) {
        CAPTURE(path.string());
        const Bytes bytes = read_all(path);
        std::uint64_t ids = 0;
        const auto imported = exchange::read_mspdi(bytes, {}, {}, [&] { return ++ids; });
        REQUIRE_MESSAGE(imported.has_value(), path.string());
        const auto schedule = plan::compute_schedule(imported->project);
        REQUIRE(schedule.has_value());
        const auto xml = exchange::XmlFile::parse(
            bytes, {exchange::kMaxImportBytes, exchange::kMaxXmlDepth, exchange::kMaxXmlElements});
        REQUIRE(xml.has_value());
        Comparison comparison(path.filename().string(), imported->project, *schedule);
        comparison.run(*xml);
        for (const std::string& difference : comparison.differences()) FAIL_CHECK(difference);
        tasks += comparison.tasks();
        values += comparison.values();
    }
    MESSAGE(files.size() << " files, " << tasks << " tasks, " << values
                         << " values agree with Microsoft Project");
}
