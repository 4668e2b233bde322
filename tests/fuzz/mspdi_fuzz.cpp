// Any bytes as Microsoft Project XML, by the door a file comes in: never a crash, never a plan that the model refuses or that cannot
// be scheduled. What was read goes out again, and comes back as the same tasks.
#include <cstdlib>

#include "core/plan/schedule.hpp"
#include "core/rules.hpp"
#include "exchange/mspdi.hpp"
#include "exchange/mspdi_write.hpp"

namespace {

using namespace entente;

void must(bool holds) {
    if (!holds) std::abort();
}

Result<exchange::Imported> read(ByteView bytes) {
    exchange::ImportOptions options;
    options.project_name = "Fuzz";
    options.default_start = Day{20'000};
    std::uint64_t last = 0;
    auto imported = exchange::read_mspdi(bytes, options, {}, [&last] { return ++last; });
    if (!imported) return imported;
    must(check(Model{}, Command{plan::Command{plan::AddProject{imported->project, imported->new_roles}}}).has_value());
    must(plan::compute_schedule(imported->project).has_value());
    return imported;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto imported = read(ByteView(data, size));
    if (!imported) return 0;
    const auto written = exchange::plan_to_mspdi(imported->project, imported->new_roles);
    if (!written) return 0;
    const auto again = read(bytes_of(written->xml));
    must(again.has_value());
    const plan::Project &was = imported->project, &is = again->project;
    must(was.tasks.size() == is.tasks.size() && was.links.size() == is.links.size());
    for (std::size_t i = 0; i < was.tasks.size(); ++i) {
        must(was.tasks[i].kind == is.tasks[i].kind && was.tasks[i].duration_minutes == is.tasks[i].duration_minutes);
    }
    must(was.promises.size() == is.promises.size() && was.decisions.size() == is.decisions.size());
    return 0;
}
