#include "report/clean.hpp"

namespace entente::report {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            case '\n': out += "<br>"; break;
            default: out += c;
        }
    }
    return out;
}

// Readable on paper and on a telephone, in the reader's own light or dark.
constexpr std::string_view kStyle =
    "body{font:16px/1.5 Inter,system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#22201d;background:#fff}"
    "h1{font-size:1.6em;line-height:1.25}h2{font-size:1.15em;margin-top:1.8em}"
    "table{border-collapse:collapse;width:100%}caption{text-align:left;color:#655f55;padding:.2em 0}"
    "th,td{text-align:left;padding:.35em .8em .35em 0;border-bottom:1px solid #dcd6cb;vertical-align:top}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}.total td,.total th{font-weight:600}"
    "blockquote{margin:1em 0;padding-left:1em;border-left:3px solid #a8651b}"
    "@media (prefers-color-scheme:dark){body{color:#ece8e1;background:#1b1a19}th,td{border-color:#37342f}caption{color:#a39c90}}"
    "@media print{body{margin:0;max-width:none;color:#000;background:#fff}}";

void add(std::string& out, const Heading& block) {
    const std::string tag = "h" + std::to_string(block.level);
    out += "<" + tag + ">" + escaped(block.text) + "</" + tag + ">\n";
}

void add(std::string& out, const Paragraph& block) {
    out += block.quote ? "<blockquote><p>" : "<p>";
    out += escaped(block.text);
    out += block.quote ? "</p></blockquote>\n" : "</p>\n";
}

void add(std::string& out, const List& block) {
    out += "<ul>\n";
    for (const std::string& item : block.items) out += "<li>" + escaped(item) + "</li>\n";
    out += "</ul>\n";
}

void add(std::string& out, const Table& block) {
    out += "<table>\n";
    if (!block.caption.empty()) out += "<caption>" + escaped(block.caption) + "</caption>\n";
    out += "<thead><tr>";
    for (const Column& column : block.columns) {
        out += std::string("<th scope=\"col\"") + (column.right ? " class=\"n\"" : "") + ">" + escaped(column.name) + "</th>";
    }
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t row = 0; row < block.rows.size(); ++row) {
        const bool total = block.last_is_total && row + 1 == block.rows.size();
        out += total ? "<tr class=\"total\">" : "<tr>";
        for (std::size_t i = 0; i < block.columns.size(); ++i) {
            const std::string text = i < block.rows[row].size() ? escaped(block.rows[row][i]) : std::string();
            if (i == 0) {
                out += "<th scope=\"row\">" + text + "</th>";
            } else {
                out += std::string("<td") + (block.columns[i].right ? " class=\"n\"" : "") + ">" + text + "</td>";
            }
        }
        out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n";
}

}  // namespace

std::string to_html(const Document& raw) {
    const Document document = cleaned(raw);
    std::string out = "<!doctype html>\n<html lang=\"" + escaped(document.language) + "\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
           escaped(document.title) + "</title>\n<style>";
    out += kStyle;
    out += "</style>\n</head>\n<body>\n<h1>" + escaped(document.title) + "</h1>\n";
    for (const Block& block : document.blocks) std::visit([&](const auto& one) { add(out, one); }, block);
    out += "</body>\n</html>\n";
    return out;
}

}  // namespace entente::report
