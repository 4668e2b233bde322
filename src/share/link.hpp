// A status link: `#e1i.<key>.<data>`, the whole status inside the fragment, which a browser never sends anywhere.
//
//   key   16 random bytes, base64url. Used for one link and never again: every secret of the link is derived from it,
//         the nonce too, which is therefore not carried.
//   data  base64url of  prefix | XChaCha20-Poly1305(header | content | Ed25519 signature)
//
// share/FORMAT.md writes it down byte by byte. What is promised: nobody reads it without the link (and the passphrase, where
// one was set); any altered bit is found; it says who signed it. What is not: data inside a link cannot be recalled, and
// `expires` is advice to the reader. Only one encoding of a status exists: whatever decodes encodes to the same bytes.
//
// Nothing here reads a clock or a random source: both come as arguments.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "share/status.hpp"

namespace entente::share {

using LinkKey = std::array<std::uint8_t, 16>;
using SigningSeed = std::array<std::uint8_t, 32>;
using PublisherKey = std::array<std::uint8_t, 32>;
using LinkSalt = std::array<std::uint8_t, 16>;
// Argon2id of the passphrase: see passphrase_key().
using PassphraseKey = std::array<std::uint8_t, 32>;

enum class LinkLanguage : std::uint8_t { English, Welsh };
// What the house chose to show: everything, or only dates and what is needed from the client.
enum class Profile : std::uint8_t { Full, Dates };

inline constexpr std::size_t kMaxFragment = 8192;                // of an inline link, characters
inline constexpr std::size_t kMaxIn = 16u << 20;                 // bytes handed to open_link
inline constexpr std::size_t kMaxOut = 64u << 20;                // bytes after decompression
inline constexpr std::size_t kMaxRatio = 100;                    // decompressed : compressed
inline constexpr int kValidDays = 14;                            // how long a link is good for, unless told otherwise

struct LinkInfo {
    std::uint64_t share_id = 0;   // one for each project and house (the project's id): its revisions replace each other
    PublisherKey publisher{};     // Ed25519; filled in by make_link from the seed
    std::uint64_t revision = 1;   // counts up; a reader refuses one older than it has seen
    LocalMinute issued;           // the house's local time
    Day expires;                  // the last day it is good for; not before the day of issue
    LinkLanguage language = LinkLanguage::English;
    Profile profile = Profile::Full;
    friend bool operator==(const LinkInfo&, const LinkInfo&) = default;
};

struct LinkOptions {
    LinkKey key{};                // fresh from the random source for every single link
    SigningSeed seed{};           // the house's
    LinkInfo info;                // `publisher` is ignored
    std::optional<PassphraseKey> passphrase;  // passphrase_key(text, key); none: whoever has the link reads it
};

struct Opened {
    Status status;
    LinkInfo info;
    bool expired = false;         // shown all the same, and marked
};

// The fragment, with its "#". Refuses a status that is not valid() (BadInput) and one that makes more than kMaxFragment
// characters (TooLarge).
Result<std::string> make_link(const Status& status, const LinkOptions& options);

// What can be said of a link before it is opened.
struct LinkOutline {
    LinkKey key{};
    bool needs_passphrase = false;
};
// Takes a fragment with or without "#", or a whole URL. Errors: BadInput (no status link), Damaged (cut short, or altered),
// Unsupported (a newer version, or a kind this program does not read).
Result<LinkOutline> outline_link(std::string_view link);

// As outline_link, then: WrongSecret (a passphrase is needed or it is the wrong one), Damaged (altered), TooLarge (beyond a
// limit). `today` decides only Opened::expired.
Result<Opened> open_link(std::string_view link, Day today, const std::optional<PassphraseKey>& passphrase = {});

// Argon2id13(passphrase, passphrase_salt(key), 64 MiB, 3 passes, 32 bytes): a fifth of a second of work, so away from the frame.
// None where the memory is not to be had. The passphrase is taken as it comes: the caller brings it to NFC.
std::optional<PassphraseKey> passphrase_key(std::string_view passphrase, const LinkKey& key);
// For a caller that has the derivation done elsewhere (the app's worker: vault::derive_request with kFloorKdf).
LinkSalt passphrase_salt(const LinkKey& key);

PublisherKey publisher_of(const SigningSeed& seed);

}  // namespace entente::share
