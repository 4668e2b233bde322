// The cryptography of a link: one AEAD message under keys made from the link's own key, and the house's signature inside.
//
// Everything is derived from the 16-byte link key with keyed BLAKE2b under labels of their own:
//   K     = BLAKE2b-256(key = link key, "entente/1/share/key" || Argon2id key where a passphrase is set)
//   nonce = BLAKE2b-192(key = link key, "entente/1/share/nonce")
//   check = BLAKE2b-128(key = K, "entente/1/share/check"), first 4 bytes; only where a passphrase is set
//   salt  = BLAKE2b-128(key = link key, "entente/1/share/salt"), for Argon2id
// A nonce that follows from the key is safe because the key is random and encrypts one message only; it saves 32 characters.
// The check tells a wrong passphrase from an altered link. It makes guessing no easier: the tag would tell as much, and each guess
// costs an Argon2id either way.
#pragma once

#include <array>
#include <optional>

#include "base/bytes.hpp"
#include "share/link.hpp"

namespace entente::share {

inline constexpr std::size_t kTagBytes = 16;
inline constexpr std::size_t kSignatureBytes = 64;
inline constexpr std::size_t kCheckBytes = 4;

using ContentKey = std::array<std::uint8_t, 32>;
using Check = std::array<std::uint8_t, kCheckBytes>;
using Signature = std::array<std::uint8_t, kSignatureBytes>;

ContentKey content_key(const LinkKey& key, const std::optional<PassphraseKey>& passphrase);
Check check_of(const ContentKey& key);

// XChaCha20-Poly1305; the result is kTagBytes longer.
Bytes seal(const ContentKey& content, const LinkKey& key, ByteView associated, ByteView plain);
std::optional<Bytes> unseal(const ContentKey& content, const LinkKey& key, ByteView associated, ByteView sealed);

// Ed25519 over "entente/1/share/status" || message.
Signature sign(const SigningSeed& seed, ByteView message);
bool verify(const PublisherKey& publisher, ByteView message, const Signature& signature);

}  // namespace entente::share
