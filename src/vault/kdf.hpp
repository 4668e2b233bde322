// Key derivation: Argon2id in a worker, and the messages that carry a job there and its answer back.
//
// The page asks with derive_request() or calibrate_request(), the worker answers with run_job(), the page reads the answer.
// Parameters outside kdf_acceptable() are refused on both sides before anything is allocated. Passphrases are Unicode in
// normalization form C: see vault.hpp.
// Argon2id version 1.3, one lane, 16-byte salt, 32-byte key (RFC 9106).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "vault/secret.hpp"

namespace entente::vault {

using Salt = std::array<std::uint8_t, 16>;

struct KdfParameters {
    std::uint32_t memory_kib = 256 * 1024;
    std::uint32_t passes = 3;
    friend bool operator==(const KdfParameters&, const KdfParameters&) = default;
};

inline constexpr KdfParameters kDefaultKdf{256 * 1024, 3};
inline constexpr KdfParameters kFloorKdf{64 * 1024, 3};   // a new slot is never weaker
inline constexpr std::size_t kMaxPassphraseBytes = 4096;

// 19 MiB to 1 GiB, 1 to 10 passes: what is tried at all.
bool kdf_acceptable(const KdfParameters& parameters);
// Not below the floor.
bool kdf_strong_enough(const KdfParameters& parameters);
// What to use on a machine that took `elapsed_ms` with `tried`: less memory where it took more than 1.5 s (never below the
// floor), more passes where it took less than 0.8 s.
KdfParameters calibrated(const KdfParameters& tried, double elapsed_ms);

// TooLarge where the memory cannot be had, Unsupported outside the accepted range. Takes about a second: worker only.
Result<SecretKey> derive_key(std::string_view passphrase, const Salt& salt, const KdfParameters& parameters);

// Derive with these parameters.
Bytes derive_request(std::string_view passphrase, const Salt& salt, const KdfParameters& parameters);
// Choose parameters so that this machine needs 0.8 to 1.5 s, at least kFloorKdf, and derive with them.
Bytes calibrate_request(std::string_view passphrase, const Salt& salt);

struct DerivedKey {
    SecretKey key;
    KdfParameters parameters;
};
// Wipes the answer.
Result<DerivedKey> read_derived(Bytes& answer);

// What the worker does with a request. `now_ms` is a steady clock. The request's passphrase is wiped.
Bytes run_job(Bytes& request, const std::function<double()>& now_ms);

}  // namespace entente::vault
