// Plain text and Markdown.
#include <algorithm>

#include "base/text.hpp"
#include "report/clean.hpp"

namespace entente::report {

namespace {

constexpr std::size_t kLine = 76;

std::string one_line(std::string_view text) {
    std::string out(text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

// Breaks a paragraph at spaces; every line begins with `indent`.
std::string wrapped(std::string_view text, std::string_view indent) {
    std::string out;
    for (const std::string_view paragraph : split(text, '\n')) {
        std::size_t width = 0;
        std::string line;
        for (const std::string_view word : split(paragraph, ' ')) {
            if (word.empty()) continue;
            const std::size_t size = count_code_points(word);
            if (width > 0 && width + 1 + size + indent.size() > kLine) {
                out += std::string(indent) + line + "\n";
                line.clear();
                width = 0;
            }
            if (width > 0) line += ' ';
            line += word;
            width += size + (width > 0 ? 1 : 0);
        }
        out += std::string(indent) + line + "\n";
    }
    return out;
}

std::string padded(std::string_view text, std::size_t width, bool right) {
    const std::size_t size = count_code_points(text);
    const std::string space(width > size ? width - size : 0, ' ');
    return right ? space + std::string(text) : std::string(text) + space;
}

void add_text(std::string& out, const Heading& block) {
    out += one_line(block.text) + "\n" + std::string(count_code_points(block.text), '-') + "\n";
}
void add_text(std::string& out, const Paragraph& block) { out += wrapped(block.text, block.quote ? "    " : ""); }
void add_text(std::string& out, const List& block) {
    for (const std::string& item : block.items) {
        std::string text = wrapped(one_line(item), "  ");
        text.replace(0, 2, "- ");
        out += text;
    }
}
void add_text(std::string& out, const Table& block) {
    std::vector<std::size_t> widths;
    for (const Column& column : block.columns) widths.push_back(count_code_points(column.name));
    for (const auto& row : block.rows) {
        for (std::size_t i = 0; i < widths.size() && i < row.size(); ++i)
            widths[i] = std::max(widths[i], count_code_points(one_line(row[i])));
    }
    const auto line = [&](const auto& cell) {
        std::string text;
        for (std::size_t i = 0; i < widths.size(); ++i) text += padded(cell(i), widths[i], block.columns[i].right) + "  ";
        out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
    };
    line([&](std::size_t i) { return one_line(block.columns[i].name); });
    for (const auto& row : block.rows) line([&](std::size_t i) { return i < row.size() ? one_line(row[i]) : std::string(); });
}

// Of the part of a mail address before its sign.
bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '+';
}

// Where an address begins that renderers make a link of although nobody marked it as one, and none where there is none: a web address, or
// the name before the sign of a mail address.
std::size_t find_address(std::string_view text) {
    constexpr std::string_view kBegins[] = {"http://", "https://", "ftp://", "www.", "mailto:", "xmpp:"};
    const std::string low = lower_ascii(text);
    std::size_t first = std::string_view::npos;
    for (const std::string_view begin : kBegins) first = std::min(first, low.find(begin));
    for (std::size_t at = 0; (at = text.find('@', at + 1)) != std::string_view::npos;) {
        std::size_t from = at;
        while (from > 0 && is_word(text[from - 1])) --from;
        if (from < at) return std::min(first, from);
    }
    return first;
}

// Everything that could be read as Markdown or as HTML inside it; at the head of a line also what would begin a list, a heading or a table,
// and no spaces, which would begin a piece of program. An address stands as such a piece itself, which no renderer makes a link of.
std::string markdown(std::string_view text) {
    constexpr std::string_view kSpecial = "\\`*_[]<>#|~&", kAtHead = "-+.)=:";
    std::string out;
    bool at_head = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.size(), text.find_first_of(" \n`|"));
        const std::string_view word = text.substr(0, end);
        const std::size_t address = std::min(end, find_address(word));
        for (const char c : word.substr(0, address)) {
            if (kSpecial.find(c) != std::string_view::npos || (at_head && kAtHead.find(c) != std::string_view::npos)) out += '\\';
            out += c;
            at_head = at_head && c >= '0' && c <= '9';
        }
        if (address < end) out += "`" + std::string(word.substr(address)) + "`";
        if (address < end) at_head = false;
        if (end == text.size()) break;
        const char c = text[end];
        if (c == '\n') {
            out += out.empty() || out.back() == '\n' ? "\n" : "  \n";
            at_head = true;
        } else if (c != ' ') {
            out += std::string("\\") + c;
            at_head = false;
        } else if (!at_head || (!out.empty() && out.back() != '\n')) {
            out += c;
        }
        text.remove_prefix(end + 1);
    }
    return out;
}

void add_markdown(std::string& out, const Heading& block) {
    out += std::string(static_cast<std::size_t>(block.level), '#') + " " + markdown(one_line(block.text)) + "\n";
}
void add_markdown(std::string& out, const Paragraph& block) {
    if (!block.quote) {
        out += markdown(block.text) + "\n";
        return;
    }
    for (const std::string_view line : split(block.text, '\n')) out += "> " + markdown(line) + "\n";
}
void add_markdown(std::string& out, const List& block) {
    for (const std::string& item : block.items) out += "- " + markdown(one_line(item)) + "\n";
}
void add_markdown(std::string& out, const Table& block) {
    std::string rule = "|";
    out += "|";
    for (const Column& column : block.columns) {
        out += " " + markdown(one_line(column.name)) + " |";
        rule += column.right ? " ---: |" : " --- |";
    }
    out += "\n" + rule + "\n";
    for (const auto& row : block.rows) {
        out += "|";
        for (std::size_t i = 0; i < block.columns.size(); ++i) out += " " + (i < row.size() ? markdown(one_line(row[i])) : "") + " |";
        out += "\n";
    }
}

}  // namespace

std::string to_text(const Document& raw) {
    const Document document = cleaned(raw);
    std::string out = one_line(document.title) + "\n" + std::string(count_code_points(document.title), '=') + "\n";
    for (const Block& block : document.blocks) {
        out += "\n";
        std::visit([&](const auto& one) { add_text(out, one); }, block);
    }
    return out;
}

std::string to_markdown(const Document& raw) {
    const Document document = cleaned(raw);
    std::string out = "# " + markdown(one_line(document.title)) + "\n";
    for (const Block& block : document.blocks) {
        out += "\n";
        std::visit([&](const auto& one) { add_markdown(out, one); }, block);
    }
    return out;
}

}  // namespace entente::report
