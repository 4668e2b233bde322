#include "share/fingerprint.hpp"

#include <sodium.h>

#include "share/words.hpp"

namespace entente::share {

std::array<std::string_view, kFingerprintWords> fingerprint_words(const PublisherKey& key) {
    constexpr std::string_view kLabel = "entente/1/fingerprint";
    std::array<std::uint8_t, 16> hash{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, hash.size());
    crypto_generichash_update(&state, bytes_of(kLabel).data(), kLabel.size());
    crypto_generichash_update(&state, key.data(), key.size());
    crypto_generichash_final(&state, hash.data(), hash.size());

    // The first 60 bits, ten for each word, most significant first.
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | hash[i];
    std::array<std::string_view, kFingerprintWords> words;
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = fingerprint_word((bits >> (54 - 10 * i)) & 1023);
    return words;
}

std::string fingerprint(const PublisherKey& key) {
    std::string out;
    for (const std::string_view word : fingerprint_words(key)) {
        if (!out.empty()) out += " \xC2\xB7 ";
        out += word;
    }
    return out;
}

}  // namespace entente::share
