#include "share/texts.hpp"

#include <algorithm>

namespace entente::share {

namespace {

constexpr char kInnerLineFeed = '\x01';

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
// "Final mix" becomes "final mix"; "VFX shots" stays.
bool made_small(std::string_view text) {
    return !text.empty() && is_capital(text[0]) && !(text.size() > 1 && is_capital(text[1]));
}

}  // namespace

void TextWriter::add(std::string_view text) {
    const std::size_t start = lines_.size();
    lines_.append(text);
    if (made_small(text)) {
        lines_[start] = static_cast<char>(lines_[start] + ('a' - 'A'));
        capitals_.push_back(true);
    } else if (!text.empty() && is_small(text[0])) {
        capitals_.push_back(false);
    }
    std::replace(lines_.begin() + static_cast<std::ptrdiff_t>(start), lines_.end(), '\n', kInnerLineFeed);
    lines_.push_back('\n');
}

std::size_t TextReader::small_count() const {
    std::size_t count = 0;
    bool at_start = true;
    for (const char c : lines_) {
        if (at_start && is_small(c)) ++count;
        at_start = c == '\n';
    }
    return count;
}

std::string TextReader::next() {
    const std::size_t end = ok_ ? lines_.find('\n', at_) : std::string::npos;
    if (end == std::string::npos) {
        ok_ = false;
        return {};
    }
    std::string text = lines_.substr(at_, end - at_);
    at_ = end + 1;
    if (!text.empty() && is_small(text[0])) {
        if (capital_at_ >= capitals_.size()) {
            ok_ = false;
            return {};
        }
        if (capitals_[capital_at_++]) text[0] = static_cast<char>(text[0] - ('a' - 'A'));
    }
    std::replace(text.begin(), text.end(), kInnerLineFeed, '\n');
    return text;
}

void NameList::add(const std::string& name) {
    if (!find(name)) names_.push_back(name);
}

std::optional<std::uint64_t> NameList::find(const std::string& name) const {
    if (name.empty()) return 0;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (names_[i] == name) return i + 1;
    }
    return std::nullopt;
}

}  // namespace entente::share
