// Any bytes as Microsoft Project XML, by the door a file comes in: never a crash, never a plan that the model refuses or that cannot
// be scheduled.
#include <cstdlib>

#include "core/plan/schedule.hpp"
#include "core/rules.hpp"
#include "exchange/mspdi.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace entente;
    exchange::ImportOptions options;
    options.project_name = "Fuzz";
    options.default_start = Day{20'000};
    std::uint64_t last = 0;
    const auto imported = exchange::read_mspdi(ByteView(data, size), options, {}, [&last] { return ++last; });
    if (!imported) return 0;
    const auto allowed = check(
        Model{}, Command{plan::Command{plan::AddProject{imported->project, imported->new_roles}}});
    if (!allowed || !plan::compute_schedule(imported->project)) std::abort();
    return 0;
}
