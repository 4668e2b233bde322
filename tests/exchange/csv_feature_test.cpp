// The shape of a real feature's schedule, where it is at hand: dates worked out by hand from its durations and links.
#include <fstream>
#include <iterator>
#include <optional>

#include "exchange/import.hpp"
#include "tests/exchange/support.hpp"

namespace {

using namespace entente;
using namespace entente::test;

const std::string kFeature = std::string(ENTENTE_SHARED_DATA) + "/feature-post.csv";

// None where the file is not at hand.
std::optional<exchange::ImportedFile> read_feature() {
    std::ifstream in(kFeature, std::ios::binary);
    if (!in) {
        MESSAGE("skipped: " << kFeature << " is not here");
        return std::nullopt;
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    exchange::ImportOptions options;
    options.default_start = *parse_iso_day("2026-03-02");
    auto file = exchange::import_file("feature-post.csv", bytes_of(text), options, {}, counter());
    REQUIRE(file.has_value());
    return std::move(*file);
}

}  // namespace

TEST_CASE("table: the real feature schedule is read without asking") {
    const auto file = read_feature();
    if (!file) return;
    const plan::Project& project = file->imported.project;
    CHECK(problems(file->imported).empty());
    CHECK(project.name == "feature-post");
    CHECK(project.tasks.size() == 35);
    CHECK(file->imported.counts.milestones == 7);
    CHECK(project.links.size() == 39);
    Model model;
    const Command add = plan::Command{plan::AddProject{project, file->imported.new_roles}};
    CHECK(check(model, add).has_value());

    std::string asked;
    for (const plan::ClientDecision& decision : project.decisions) {
        const bool decides = decision.part == plan::ClientPart::Decision;
        asked += find_task(project, decision.task)->code + (decides ? "d " : "i ");
    }
    CHECK(asked == "4i 10d 15i 23i 26d ");
    std::string promised;
    for (const plan::Promise& promise : project.promises) {
        promised += find_task(project, promise.task)->code + "=" + iso(promise.promised) + " ";
    }
    CHECK(promised == "3=2026-05-08 6=2026-05-15 8=2026-05-29 10=2026-06-03 35=2026-07-23 ");
}

TEST_CASE("table: the real feature schedule, its dates worked out by hand") {
    const auto file = read_feature();
    if (!file) return;
    const plan::Project& project = file->imported.project;
    const auto schedule = plan::compute_schedule(project);
    REQUIRE(schedule.has_value());
    const auto row = [&](std::string_view code) {
        for (std::size_t i = 0; i < project.tasks.size(); ++i) {
            if (project.tasks[i].code == code) return schedule->rows[i];
        }
        FAIL("no task " << code);
        return schedule->rows[0];
    };
    CHECK(iso(schedule->start) == "2026-03-02T09:00");
    // The edit: 30 + 20 + 3 + 2 + 10 + 3 = 68 working days to the lock.
    CHECK(iso(row("10").early_finish) == "2026-06-03T17:00");
    // 2 of transfer; sound 5 + 1 + 5 + 4 of pre-dubs, music 10 + 3 + 2, so ADR and pre-dubs and music all decide: the mix starts
    // after the latest of day 85 (sound), 84 (ADR), 85 (music); 8 of mix, then 1 + 2 + 3 + 5.
    CHECK(iso(row("28").early_start) == "2026-06-29T09:00");
    CHECK(iso(row("28").early_finish) == "2026-07-08T17:00");
    // Titles: 70 + 15 + 5 = day 90, before the mix ends on day 93.
    CHECK(iso(row("26").early_finish) == "2026-07-03T17:00");
    CHECK(row("26").total_float_minutes == 3 * 480);
    CHECK(iso(row("33").early_finish) == "2026-07-23T17:00");
    CHECK(iso(row("35").early_finish) == "2026-07-23T17:00");
    CHECK(schedule->working_minutes == 104 * 480);
    for (const char* code :
         {"1", "2", "4", "10", "11", "12", "16", "19", "24", "14", "21", "27", "28", "30", "33", "35"}) {
        INFO(code);
        CHECK(row(code).critical);
    }
    for (const char* code : {"13", "15", "18", "20", "23", "25", "26", "34"}) {
        INFO(code);
        CHECK_FALSE(row(code).critical);
    }
    CHECK(row("15").total_float_minutes == (104 - 68 - 15) * 480);
}
