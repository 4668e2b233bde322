// Writes XML one element a line: names are literals of the program, texts are escaped, so that nothing a person typed can become markup.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::exchange {

class XmlWriter {
public:
    // `root` with its default namespace.
    XmlWriter(const char* root, const char* name_space);

    void open(const char* name);
    void close();
    // Malformed UTF-8 and characters that XML does not allow are left out or replaced (clean_utf8).
    void text(const char* name, std::string_view value);
    void number(const char* name, std::int64_t value) { text(name, std::to_string(value)); }
    void flag(const char* name, bool value) { text(name, value ? "1" : "0"); }

    // Closes what is open.
    std::string take();

private:
    void indent() { out_.append(open_.size(), '\t'); }

    std::string out_;
    std::vector<const char*> open_;
};

}  // namespace entente::exchange
