// Turns the bytes of a text file into UTF-8, whatever wrote them.
//
// A byte order mark decides (UTF-8, UTF-16 LE, UTF-16 BE). Without one the bytes are UTF-8 where they are valid UTF-8, and
// Windows-1252 otherwise, which is what spreadsheets on Windows write. The result is valid UTF-8 without a byte order mark;
// unpaired surrogates become U+FFFD. Controls are kept: what they mean is the reader's business.
#pragma once

#include <cstdint>
#include <cstddef>
#include <string>

#include "base/bytes.hpp"

namespace entente::exchange {

enum class TextEncoding : std::uint8_t { Utf8, Utf16LittleEndian, Utf16BigEndian, Windows1252 };

struct DecodedText {
    std::string text;
    TextEncoding encoding = TextEncoding::Utf8;
    bool replaced = false;  // something was not text in this encoding and stands as U+FFFD
    bool too_large = false;
};

// Where the text would be longer than `most` bytes nothing is decoded, and `too_large` says so: some encodings grow.
DecodedText decode_text(ByteView bytes, std::size_t most = static_cast<std::size_t>(-1));

}  // namespace entente::exchange
