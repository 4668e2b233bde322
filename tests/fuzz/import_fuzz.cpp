// Any file that is dropped on the page, by the door it comes in: tables, Microsoft Project XML, PSPLIB and Patterson networks, and all
// that is none of these. Never a crash, never a plan that the model refuses or that cannot be scheduled. The text that a file becomes
// is valid, and a name made of its own is never empty.
#include <cstdlib>

#include "base/text.hpp"
#include "core/plan/schedule.hpp"
#include "core/rules.hpp"
#include "exchange/decode_text.hpp"
#include "exchange/import.hpp"
#include "exchange/psplib.hpp"

namespace {

using namespace entente;

void must(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    const exchange::DecodedText text = exchange::decode_text(bytes);
    must(valid_utf8(text.text));
    must(exchange::decode_text(bytes_of(text.text)).text == text.text || text.text.substr(0, 3) == "\xEF\xBB\xBF");
    (void)exchange::project_name_from(text_of(bytes));
    if (exchange::is_network(bytes)) (void)exchange::read_network(bytes);

    constexpr const char* kNames[] = {"a.csv", "a.xml", "a.rcp", "a.sm", "a.txt", "a"};
    exchange::ImportOptions options;
    options.project_name = "Fuzz";
    options.default_start = Day{20'000};
    std::uint64_t last = 0;
    const auto file = exchange::import_file(kNames[data[0] % 6], bytes, options, {}, [&last] { return ++last; });
    if (!file) return 0;
    const exchange::Imported& imported = file->imported;
    must(check(Model{}, Command{plan::Command{plan::AddProject{imported.project, imported.new_roles}}}).has_value());
    must(plan::compute_schedule(imported.project).has_value());
    return 0;
}
