#include "exchange/xml_writer.hpp"

#include "base/text.hpp"

namespace entente::exchange {

namespace {

// U+FFFE and U+FFFF are Unicode, but no characters of XML.
bool is_noncharacter(std::string_view text, std::size_t at) {
    const std::string_view three = text.substr(at, 3);
    return three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF";
}

void append_escaped(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        switch (text[i]) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\xEF':
                if (is_noncharacter(text, i)) {
                    i += 2;
                    break;
                }
                [[fallthrough]];
            default: out += text[i];
        }
    }
}

}  // namespace

XmlWriter::XmlWriter(const char* root, const char* name_space) {
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<";
    out_ += root;
    out_ += " xmlns=\"";
    append_escaped(out_, name_space);
    out_ += "\">\n";
    open_.push_back(root);
}

void XmlWriter::open(const char* name) {
    indent();
    out_ += '<';
    out_ += name;
    out_ += ">\n";
    open_.push_back(name);
}

void XmlWriter::close() {
    const char* name = open_.back();
    open_.pop_back();
    indent();
    out_ += "</";
    out_ += name;
    out_ += ">\n";
}

void XmlWriter::text(const char* name, std::string_view value) {
    indent();
    out_ += '<';
    out_ += name;
    out_ += '>';
    append_escaped(out_, clean_utf8(value));
    out_ += "</";
    out_ += name;
    out_ += ">\n";
}

std::string XmlWriter::take() {
    while (!open_.empty()) close();
    return std::move(out_);
}

}  // namespace entente::exchange
