// Text: UTF-8 helpers that every layer needs. No locale: what a person reads is Locale's work.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

bool valid_utf8(std::string_view text);
// The text with every malformed sequence replaced by U+FFFD and NUL and other controls (but tab and line feed) removed.
std::string clean_utf8(std::string_view text);
std::string_view trim(std::string_view text);
std::string lower_ascii(std::string_view text);
// Lower case without accents (Latin-1, Latin Extended-A, Welsh): for searching, so that "ty" finds "Tŷ".
std::string fold(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
// Cut to at most `max_bytes` at a character's edge.
std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes);
std::size_t count_code_points(std::string_view text);

}  // namespace entente
