// Writes JSON: members in the order they are given, two spaces of indent, strings escaped, ASCII controls as \u00XX.
//
// Objects, arrays, strings, integers and booleans: no numbers with a point. UTF-8 goes out as it is; what is not UTF-8 is
// replaced, so that the output always parses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

std::string json_string(std::string_view text);

class JsonWriter {
public:
    void begin_object(std::string_view key = {}) { open(key, '{'); }
    void end_object() { close('}'); }
    void begin_array(std::string_view key = {}) { open(key, '['); }
    void end_array() { close(']'); }
    void text(std::string_view key, std::string_view value) { member(key, json_string(value)); }
    void number(std::string_view key, std::int64_t value) { member(key, std::to_string(value)); }
    void boolean(std::string_view key, bool value) { member(key, value ? "true" : "false"); }
    void null(std::string_view key) { member(key, "null"); }
    void item(std::string_view value) { member({}, json_string(value)); }  // of an array
    void texts(std::string_view key, const std::vector<std::string>& values);  // an array of them
    // The document, with a line feed at its end.
    std::string take();

private:
    void open(std::string_view key, char bracket);
    void close(char bracket);
    void member(std::string_view key, std::string_view value);
    void begin_item(std::string_view key);

    std::string out_;
    std::vector<bool> filled_;  // for each open bracket: something stands in it
};

}  // namespace entente
