// Reads a version of a cut: a CMX 3600 edit decision list or an OpenTimelineIO timeline, told apart by content.
//
// Liberal in what it reads: what cannot be understood is left out and named with its line. Nothing throws; sizes and counts are bounded.
// A timeline states its rate. A list does not: it is taken from what the caller says, else from the drop-frame line, else from the events
// themselves (at the right rate a cut is as long in its source as in its record), else 25 is assumed and said so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "core/cut/compare.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

inline constexpr std::size_t kMaxCutBytes = kMaxImportBytes;

// The rate that a person states. `mode_stated`: drop or non-drop was said as well ("29.97df", "29.97ndf"); otherwise the file's own word
// counts.
struct StatedRate {
    cut::Rate rate;
    bool mode_stated = false;
};
std::optional<StatedRate> parse_stated_rate(std::string_view text);

struct CutFile {
    cut::Cut cut;
    bool rate_assumed = false;      // nothing in the file said its rate
    std::vector<Problem> problems;  // `error`: something was left out
};

Result<CutFile> read_cut(ByteView bytes, const std::optional<StatedRate>& rate = {});

// Both versions, and what changed. Where one file does not say its rate, it runs at the other's.
struct CutPair {
    CutFile before, after;
    cut::Diff diff;
};
Result<CutPair> compare_cuts(ByteView before, ByteView after, const std::optional<StatedRate>& rate = {});

}  // namespace entente::exchange
