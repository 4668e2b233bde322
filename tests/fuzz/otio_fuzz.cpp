// Any bytes as an OpenTimelineIO timeline: never a crash or a hang, and what is read keeps its invariants and is the same as itself.
#include "tests/fuzz/cut_check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { return entente::test::check_cut(data, size); }
