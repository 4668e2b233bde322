// Collects an import's problems, at most kMaxProblems of them, and says how many more there were.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "exchange/imported.hpp"

namespace entente::exchange {

inline constexpr std::size_t kMaxProblems = 500;

class ProblemList {
public:
    void note(int line, Message text) { add(line, std::move(text), false); }
    void error(int line, Message text) { add(line, std::move(text), true); }

    // In the order of the source; the list is empty afterwards.
    std::vector<Problem> take() {
        std::stable_sort(problems_.begin(), problems_.end(),
                         [](const Problem& a, const Problem& b) { return a.line < b.line; });
        if (dropped_ > 0) {
            problems_.push_back(
                {0, msgn("{n} more problem is not listed.", "{n} more problems are not listed.", dropped_),
                 dropped_error_});
        }
        dropped_ = 0;
        return std::exchange(problems_, {});
    }

private:
    void add(int line, Message text, bool error) {
        if (problems_.size() < kMaxProblems) {
            problems_.push_back({line, std::move(text), error});
            return;
        }
        ++dropped_;
        dropped_error_ = dropped_error_ || error;
    }

    std::vector<Problem> problems_;
    std::int64_t dropped_ = 0;
    bool dropped_error_ = false;
};

// A piece of the source inside a message: clean, on one line, not longer than a person wants to read.
inline std::string quoted_piece(std::string_view text) {
    std::string out = clean_utf8(truncate_utf8(trim(text), 60));
    std::replace(out.begin(), out.end(), '\n', ' ');
    if (trim(text).size() > 60) out += "\u2026";
    return out;
}

}  // namespace entente::exchange
