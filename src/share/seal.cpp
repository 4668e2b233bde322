#include "share/seal.hpp"

#include <algorithm>
#include <string_view>

#include <sodium.h>

namespace entente::share {

namespace {

constexpr std::string_view kSignatureLabel = "entente/1/share/status";
constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemoryBytes = 64u << 20;

template <std::size_t Size>
std::array<std::uint8_t, Size> derive(ByteView key, std::string_view label, ByteView more = {}) {
    std::array<std::uint8_t, Size> out{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.data(), key.size(), Size);
    crypto_generichash_update(&state, bytes_of(label).data(), label.size());
    if (!more.empty()) crypto_generichash_update(&state, more.data(), more.size());
    crypto_generichash_final(&state, out.data(), Size);
    sodium_memzero(&state, sizeof state);
    return out;
}

using Nonce = std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;
Nonce nonce_of(const LinkKey& key) { return derive<std::tuple_size_v<Nonce>>(key, "entente/1/share/nonce"); }

Bytes labelled(ByteView message) {
    Writer out;
    out.raw(bytes_of(kSignatureLabel));
    out.raw(message);
    return out.take();
}

struct KeyPair {
    PublisherKey publisher{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};

    explicit KeyPair(const SigningSeed& seed) { crypto_sign_seed_keypair(publisher.data(), secret.data(), seed.data()); }
    ~KeyPair() { sodium_memzero(secret.data(), secret.size()); }
    KeyPair(const KeyPair&) = delete;
    KeyPair& operator=(const KeyPair&) = delete;
};

}  // namespace

ContentKey content_key(const LinkKey& key, const std::optional<PassphraseKey>& passphrase) {
    return derive<32>(key, "entente/1/share/key", passphrase ? ByteView(*passphrase) : ByteView());
}

Check check_of(const ContentKey& key) {
    const auto whole = derive<16>(key, "entente/1/share/check");
    Check check;
    std::copy_n(whole.begin(), check.size(), check.begin());
    return check;
}

LinkSalt passphrase_salt(const LinkKey& key) { return derive<16>(key, "entente/1/share/salt"); }

std::optional<PassphraseKey> passphrase_key(std::string_view passphrase, const LinkKey& key) {
    static_assert(std::tuple_size_v<LinkSalt> == crypto_pwhash_argon2id_SALTBYTES);
    const LinkSalt salt = passphrase_salt(key);
    PassphraseKey out{};
    if (crypto_pwhash_argon2id(out.data(), out.size(), passphrase.data(), passphrase.size(), salt.data(), kPasses, kMemoryBytes,
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
        return std::nullopt;
    }
    return out;
}

Bytes seal(const ContentKey& content, const LinkKey& key, ByteView associated, ByteView plain) {
    const Nonce nonce = nonce_of(key);
    Bytes out(plain.size() + kTagBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plain.data(), plain.size(), associated.data(),
                                               associated.size(), nullptr, nonce.data(), content.data());
    return out;
}

std::optional<Bytes> unseal(const ContentKey& content, const LinkKey& key, ByteView associated, ByteView sealed) {
    if (sealed.size() < kTagBytes) return std::nullopt;
    const Nonce nonce = nonce_of(key);
    Bytes out(sealed.size() - kTagBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                   associated.data(), associated.size(), nonce.data(), content.data()) != 0) {
        return std::nullopt;
    }
    return out;
}

PublisherKey publisher_of(const SigningSeed& seed) { return KeyPair(seed).publisher; }

Signature sign(const SigningSeed& seed, ByteView message) {
    const KeyPair keys(seed);
    const Bytes text = labelled(message);
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, text.data(), text.size(), keys.secret.data());
    return signature;
}

bool verify(const PublisherKey& publisher, ByteView message, const Signature& signature) {
    const Bytes text = labelled(message);
    return crypto_sign_verify_detached(signature.data(), text.data(), text.size(), publisher.data()) == 0;
}

}  // namespace entente::share
