// Any bytes as a table: never a crash, never a plan that the model refuses or that cannot be scheduled, and what is written reads back.
#include <cstdlib>

#include "core/plan/schedule.hpp"
#include "core/rules.hpp"
#include "exchange/csv_write.hpp"
#include "exchange/import.hpp"

namespace {

using namespace entente;

void require(bool holds) {
    if (!holds) std::abort();
}

void check_plan(const exchange::Imported& imported) {
    const auto allowed = check(
        Model{}, Command{plan::Command{plan::AddProject{imported.project, imported.new_roles}}});
    require(allowed.has_value());
    require(plan::compute_schedule(imported.project).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The first byte chooses the columns: 0 lets them be guessed, else each column gets the next field.
    if (size == 0) return 0;
    exchange::ImportOptions options;
    options.project_name = "Fuzz";
    options.default_start = Day{20'000};
    if (data[0] % 4 == 1) {
        for (int i = 0; i < static_cast<int>(exchange::kCsvFieldCount); ++i) {
            options.column_fields.push_back((i + data[0]) % static_cast<int>(exchange::kCsvFieldCount));
        }
    }
    std::uint64_t last = 0;
    const auto next_id = [&last] { return ++last; };
    const ByteView bytes(data + 1, size - 1);
    const auto plan = exchange::read_csv_plan(bytes, options, {}, next_id);
    if (!plan) return 0;
    check_plan(plan->imported);
    const std::string written = exchange::plan_to_csv(plan->imported.project, plan->imported.new_roles);
    if (written.size() > exchange::kMaxImportBytes) return 0;
    options.column_fields.clear();
    const auto again = exchange::read_csv_plan(bytes_of(written), options, {}, next_id);
    require(again.has_value());
    check_plan(again->imported);
    require(again->imported.project.tasks.size() == plan->imported.project.tasks.size());
    return 0;
}
