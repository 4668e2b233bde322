// Random edits of random plans, 100,000 or as many as the first argument says (1000000 is the full run): after each the kept
// schedule must equal one made from nothing, in every date, float, driver and warning. Prints "edits N mismatches M".
#include <cstdio>
#include <cstdlib>

#include "tests/bench/schedule_edits.hpp"

int main(int argc, char** argv) {
    const std::uint64_t wanted = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
    entente::test::EditRun all;
    for (std::uint64_t seed = 1; all.edits < wanted; ++seed) {
        const bool large = seed % 8 == 0;
        const auto turn = static_cast<std::size_t>(seed);
        const entente::test::PlanShape shape{large ? std::size_t{300} : 20 + turn % 60, large ? std::size_t{420} : 30 + turn % 90,
                                             large ? 60u : 15u, seed % 3 != 0, seed % 4 != 0};
        const entente::test::EditRun one = run_edits(shape, seed, std::min<std::uint64_t>(wanted - all.edits, large ? 300 : 500));
        if (one.mismatches > 0) std::printf("seed %llu: %llu mismatches\n", static_cast<unsigned long long>(seed),
                                            static_cast<unsigned long long>(one.mismatches));
        all.edits += one.edits;
        all.mismatches += one.mismatches;
    }
    std::printf("edits %llu mismatches %llu\n", static_cast<unsigned long long>(all.edits),
                static_cast<unsigned long long>(all.mismatches));
    return all.mismatches == 0 ? 0 : 1;
}
