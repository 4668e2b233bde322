// The six-word fingerprint of a publisher's key: what two people compare over the telephone.
//
// Six words of a list of 1,024 are 60 bits of BLAKE2b("entente/1/fingerprint", key): making another key with the same words
// takes about 10^18 attempts. The words are English in every language, so that both sides read the same.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "share/link.hpp"

namespace entente::share {

inline constexpr std::size_t kFingerprintWords = 6;

std::array<std::string_view, kFingerprintWords> fingerprint_words(const PublisherKey& key);
std::string fingerprint(const PublisherKey& key);  // "river · amber · kite · lantern · moss · quay"

}  // namespace entente::share
