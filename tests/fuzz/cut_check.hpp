// What both fuzzers of cuts look at: what is read keeps its invariants and is the same as itself.
#pragma once

#include <cstdlib>

#include "exchange/cut_file.hpp"

namespace entente::test {

inline int check_cut(const std::uint8_t* data, std::size_t size) {
    const auto file = exchange::read_cut(ByteView(data, size));
    if (!file) return 0;
    for (const cut::Event& event : file->cut.events) {
        if (event.record.out <= event.record.in || event.source.out <= event.source.in || event.track >= file->cut.tracks.size())
            std::abort();
    }
    const auto same = cut::compare(file->cut, file->cut);
    if (!same || !same->empty()) std::abort();
    return 0;
}

}  // namespace entente::test
