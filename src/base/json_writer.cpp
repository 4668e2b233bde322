#include "base/json_writer.hpp"

#include "base/text.hpp"

namespace entente {

std::string json_string(std::string_view text) {
    // clean_utf8 would drop controls; here they must survive as escapes, so only malformed sequences are replaced.
    const std::string kept = valid_utf8(text) ? std::string(text) : clean_utf8(text);
    constexpr char kHex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : kept) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
                    out += "\\u00";
                    out += kHex[static_cast<unsigned char>(c) >> 4];
                    out += kHex[c & 15];
                } else {
                    out += c;
                }
        }
    }
    return out + '"';
}

std::string JsonWriter::take() { return std::move(out_) + "\n"; }

void JsonWriter::texts(std::string_view key, const std::vector<std::string>& values) {
    begin_array(key);
    for (const std::string& value : values) item(value);
    end_array();
}

void JsonWriter::begin_item(std::string_view key) {
    if (!filled_.empty()) {
        out_ += filled_.back() ? ",\n" : "\n";
        filled_.back() = true;
        out_.append(filled_.size() * 2, ' ');
    }
    if (!key.empty()) out_ += json_string(key) + ": ";
}

void JsonWriter::open(std::string_view key, char bracket) {
    begin_item(key);
    out_ += bracket;
    filled_.push_back(false);
}

void JsonWriter::close(char bracket) {
    const bool filled = filled_.back();
    filled_.pop_back();
    if (filled) {
        out_ += '\n';
        out_.append(filled_.size() * 2, ' ');
    }
    out_ += bracket;
}

void JsonWriter::member(std::string_view key, std::string_view value) {
    begin_item(key);
    out_ += value;
}

}  // namespace entente
