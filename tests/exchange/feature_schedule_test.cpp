// The real feature schedule against an oracle that shares nothing with the importer or the scheduler: it cuts the file itself, and
// finds each task's days by trying one day after the other.
#include <doctest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "core/plan/schedule.hpp"
#include "exchange/import.hpp"
#include "tests/exchange/support.hpp"

using namespace entente;

namespace {

struct Wait {
    int on = 0;  // index of the predecessor
    bool of_start = false;
    int lag = 0;  // days
};
struct Row {
    std::string id;
    int days = 0;
    std::vector<Wait> waits;
    int start =
        0;  // the first working day, counted from 0; a milestone's: the days that are over when it is reached
    int late = 0;  // the same at the latest
};

std::vector<std::string> cut(const std::string& line, char at) {
    std::vector<std::string> parts;
    std::stringstream in(line);
    for (std::string part; std::getline(in, part, at);) parts.push_back(part);
    return parts;
}

// id,stage,name,owner,duration_days,predecessors,...; no cell of this file is quoted. Links are FS or SS, with +nd or without.
std::vector<Row> read_rows(std::istream& in) {
    std::vector<Row> rows;
    std::map<std::string, int> index;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        const auto cells = cut(line, ',');
        if (cells.size() < 6) continue;
        Row row;
        row.id = cells[0];
        row.days = std::stoi(cells[4]);
        for (const std::string& link : cut(cells[5], ';')) {
            std::size_t letters = link.find_first_not_of("0123456789");
            Wait wait;
            wait.on = index.at(link.substr(0, letters));
            wait.of_start = link.substr(letters, 2) == "SS";
            if (link.size() > letters + 2) wait.lag = std::stoi(link.substr(letters + 2));
            row.waits.push_back(wait);
        }
        index[row.id] = static_cast<int>(rows.size());
        rows.push_back(row);
    }
    return rows;
}

bool may_start(const std::vector<Row>& rows, const Row& row, int day) {
    for (const Wait& wait : row.waits) {
        const Row& before = rows[static_cast<std::size_t>(wait.on)];
        if (day < before.start + (wait.of_start ? 0 : before.days) + wait.lag) return false;
    }
    return true;
}

bool delays_nobody(const std::vector<Row>& rows, std::size_t i, int day, int end) {
    if (day + rows[i].days > end) return false;
    for (const Row& other : rows)
        for (const Wait& wait : other.waits)
            if (wait.on == static_cast<int>(i) &&
                other.late < day + (wait.of_start ? 0 : rows[i].days) + wait.lag)
                return false;
    return true;
}

// The n-th working day from Monday 2026-03-02, which is day 0.
Day calendar_day(int n) { return *day_from(2026, 3, 2) + n / 5 * 7 + n % 5; }

}  // namespace

TEST_CASE("the real feature: finish, dates and critical chain equal a brute-force search, day by day") {
    std::ifstream in(std::string(ENTENTE_SHARED_DATA) + "/feature-post.csv", std::ios::binary);
    if (!in) {
        MESSAGE("skipped: feature-post.csv is not at hand");
        return;
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::stringstream lines(text);
    std::vector<Row> rows = read_rows(lines);
    REQUIRE(rows.size() > 30);
    int end = 0;
    for (Row& row : rows) {
        while (!may_start(rows, row, row.start)) ++row.start;
        end = std::max(end, row.start + row.days);
    }
    for (std::size_t i = rows.size(); i-- > 0;) {
        rows[i].late = rows[i].start;
        while (delays_nobody(rows, i, rows[i].late + 1, end)) ++rows[i].late;
    }

    exchange::ImportOptions options;
    options.start = *day_from(2026, 3, 2);
    const auto file = exchange::import_file("feature-post.csv", bytes_of(text), options, {}, test::counter());
    REQUIRE(file.has_value());
    const plan::Project& project = file->imported.project;
    const auto schedule = plan::compute_schedule(project);
    REQUIRE(schedule.has_value());
    CHECK(iso(project.start) == "2026-03-02T09:00");
    CHECK(iso(schedule->finish) == iso(calendar_day(end - 1)) + "T17:00");
    REQUIRE(project.tasks.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(rows[i].id);
        REQUIRE(project.tasks[i].code == rows[i].id);
        const plan::ScheduledTask& ours = schedule->rows[i];
        if (rows[i].days > 0) {
            CHECK(iso(ours.early_start) == iso(calendar_day(rows[i].start)) + "T09:00");
            CHECK(iso(ours.late_start) == iso(calendar_day(rows[i].late)) + "T09:00");
        }
        if (rows[i].start + rows[i].days > 0)
            CHECK(iso(ours.early_finish) == iso(calendar_day(rows[i].start + rows[i].days - 1)) + "T17:00");
        CHECK(ours.total_float_minutes == 480 * (rows[i].late - rows[i].start));
        CHECK(ours.critical == (rows[i].late == rows[i].start));
    }
}
