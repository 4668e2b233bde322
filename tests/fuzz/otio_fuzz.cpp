// Any text as one or two OpenTimelineIO timelines: never a crash or a hang, and what is read can be compared.
#include "exchange/otio.hpp"
#include "tests/fuzz/cut_check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace entente;
    return test::check_cuts(data, size,
                            [](std::string_view text, const auto& rate) { return exchange::read_otio(std::string(text), rate); });
}
