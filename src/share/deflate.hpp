// Raw deflate (RFC 1951) with the preset dictionary of a format version, bounded on the way in.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace entente::share {

// The preset dictionary of format version 1: frozen. Typical words and phrases of post-production in English and Welsh, in
// lower case, one a line. Changing a byte of it breaks every link that exists.
std::string_view dictionary_1();

// The shortest of what zlib's settings make of it, never denser than `max_ratio` : 1. Empty text makes nothing.
Bytes compress(std::string_view text, std::string_view dictionary, std::size_t max_ratio);

// Errors: TooLarge where the text grows beyond `max_bytes` or `max_ratio` times the input, counted while it streams; Damaged
// where the stream is broken, ends early or something follows it.
Result<std::string> expand(ByteView compressed, std::string_view dictionary, std::size_t max_bytes, std::size_t max_ratio);

}  // namespace entente::share
