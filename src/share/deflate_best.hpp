// A slower deflate that finds shorter streams than zlib for a few kilobytes of text: one dynamic block whose matches are chosen
// by the cost they have in that very block's codes, improved over several rounds. The result is ordinary raw deflate.
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.hpp"

namespace entente::share {

inline constexpr std::size_t kMaxBestBytes = 32768;  // of text; beyond that zlib alone serves

// None where the text is empty or too long.
std::optional<Bytes> deflate_best(std::string_view text, std::string_view dictionary);

}  // namespace entente::share
