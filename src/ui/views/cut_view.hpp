// CutView: two versions of a cut being compared, as the app found them. Plain values; nothing in the plan changes by them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/cut/compare.hpp"

namespace entente::ui {

struct CutView {
    std::string before_name, after_name;    // of the files; empty: not chosen yet
    std::optional<cut::Rate> rate;          // that a person stated for both; none: as the files say
    bool compared = false;                  // `diff` holds
    bool assumed_before = false, assumed_after = false;  // nothing in that file said its rate
    cut::Diff diff;
    std::vector<Message> warnings;          // of both files and of the comparison
    std::optional<Error> failure;           // why there is nothing to show
};

// Effects: open the comparison, choose one of its files, say at what rate both run, leave it.
struct OpenCuts {};
struct PickCut { bool later = false; };
struct SetCutRate { std::optional<cut::Rate> rate; };
struct CloseCuts {};

}  // namespace entente::ui
