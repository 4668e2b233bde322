// Document: a small tree of headings, paragraphs, lists and tables, and its three ways out: HTML, Markdown and plain text.
//
// Texts in it are plain, as people typed or files held them: each renderer cleans them (clean.hpp) and then escapes for its own format, so
// a hostile name is inert in every one, and an address in Markdown is text and no link. The HTML stands
// alone (one file, no script, nothing fetched) and prints well. What a client gets is built by the makers beside this file
// (change_notice.hpp) from client-visible things only.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace entente::report {

struct Heading {
    int level = 2;  // 1..4; the title is 1
    std::string text;
};
struct Paragraph {
    std::string text;  // line feeds are kept
    bool quote = false;
};
struct List {
    std::vector<std::string> items;
};
struct Column {
    std::string name;
    bool right = false;  // figures
};
struct Table {
    std::string caption;  // read by screen readers; not shown in text
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;  // each as long as `columns`
    bool last_is_total = false;
};

using Block = std::variant<Heading, Paragraph, List, Table>;

struct Document {
    std::string language = "en";  // BCP 47
    std::string title;
    std::vector<Block> blocks;    // without the title
};

std::string to_html(const Document& document);
std::string to_markdown(const Document& document);
// Lines of 76 characters at most, but for words and tables that are longer.
std::string to_text(const Document& document);

}  // namespace entente::report
