#include "report/clean.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace entente::report {

namespace {

struct Cleaner {
    static void clean(std::string& text) { text = clean_text(text); }
    static void clean(std::vector<std::string>& texts) {
        for (std::string& text : texts) clean(text);
    }
    void operator()(Heading& block) const { clean(block.text); }
    void operator()(Paragraph& block) const { clean(block.text); }
    void operator()(List& block) const { clean(block.items); }
    void operator()(Table& block) const {
        clean(block.caption);
        for (Column& column : block.columns) clean(column.name);
        for (std::vector<std::string>& row : block.rows) clean(row);
    }
};

}  // namespace

std::string clean_text(std::string_view text) {
    // The first that fits: a carriage return and its line feed are one end. NEL, and the separators of lines and paragraphs.
    constexpr std::array<std::string_view, 7> kLineEnds = {"\r\n", "\r", "\v", "\f", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto end = std::find_if(kLineEnds.begin(), kLineEnds.end(),
                                      [&](std::string_view one) { return text.substr(0, one.size()) == one; });
        out += end != kLineEnds.end() ? '\n' : text[0] == '\t' ? ' ' : text[0];
        text.remove_prefix(end == kLineEnds.end() ? 1 : end->size());
    }
    return clean_utf8(out);
}

Document cleaned(Document document) {
    document.title = clean_text(document.title);
    for (Block& block : document.blocks) std::visit(Cleaner{}, block);
    return document;
}

}  // namespace entente::report
