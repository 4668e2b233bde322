// The 1,024 words of the fingerprint: plain English nouns of four to seven letters, no two alike in their first four letters.
// Frozen: another order would give every house another fingerprint.
#pragma once

#include <cstddef>
#include <string_view>

namespace entente::share {

inline constexpr std::size_t kWordCount = 1024;

std::string_view fingerprint_word(std::size_t index);  // index < kWordCount

}  // namespace entente::share
