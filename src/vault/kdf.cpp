#include "vault/kdf.hpp"

#include <algorithm>
#include <utility>

#include <sodium.h>

namespace entente::vault {
namespace {

constexpr std::uint32_t kLeastMemoryKib = 19 * 1024;
constexpr std::uint32_t kMostMemoryKib = 1024 * 1024;
constexpr std::uint32_t kMostPasses = 10;
constexpr std::uint32_t kMemoryStepKib = 16 * 1024;
constexpr double kAimMs = 1150, kTooQuickMs = 800, kTooSlowMs = 1500;

constexpr std::uint8_t kMessageVersion = 1;
enum class Job : std::uint8_t { Derive = 1, Calibrate = 2 };
enum class Answer : std::uint8_t { Done = 0, Refused = 1, NoMemory = 2, Malformed = 3 };

Bytes request(Job job, std::string_view passphrase, const Salt& salt, const KdfParameters& parameters) {
    Writer writer;
    writer.u8(kMessageVersion);
    writer.u8(static_cast<std::uint8_t>(job));
    writer.u32(parameters.memory_kib);
    writer.u32(parameters.passes);
    writer.raw(salt);
    Bytes head = writer.take();
    // Reserved at once, so that no smaller copy of the passphrase is left behind by growth.
    Bytes out;
    out.reserve(head.size() + passphrase.size());
    out.insert(out.end(), head.begin(), head.end());
    const ByteView secret = bytes_of(passphrase);
    out.insert(out.end(), secret.begin(), secret.end());
    return out;
}

Bytes answer(Answer status, const KdfParameters& parameters = {}, const SecretKey* key = nullptr) {
    Bytes out;
    out.reserve(2 + 8 + kKeyBytes);
    Writer writer;
    writer.u8(kMessageVersion);
    writer.u8(static_cast<std::uint8_t>(status));
    writer.u32(parameters.memory_kib);
    writer.u32(parameters.passes);
    out = writer.take();
    out.reserve(out.size() + kKeyBytes);
    if (key) out.insert(out.end(), key->view().begin(), key->view().end());
    return out;
}

Bytes answer(const Result<SecretKey>& key, const KdfParameters& parameters) {
    if (key) return answer(Answer::Done, parameters, &*key);
    return answer(key.error().code == ErrorCode::TooLarge ? Answer::NoMemory : Answer::Refused);
}

Bytes run_calibration(std::string_view passphrase, const Salt& salt, const std::function<double()>& now_ms) {
    KdfParameters tried = kDefaultKdf;
    double started = now_ms();
    Result<SecretKey> key = derive_key(passphrase, salt, tried);
    while (!key && key.error().code == ErrorCode::TooLarge && tried.memory_kib > kFloorKdf.memory_kib) {
        tried.memory_kib /= 2;
        started = now_ms();
        key = derive_key(passphrase, salt, tried);
    }
    if (!key) return answer(key, tried);
    const KdfParameters chosen = calibrated(tried, now_ms() - started);
    if (!(chosen == tried)) key = derive_key(passphrase, salt, chosen);
    return answer(key, chosen);
}

tl::unexpected<Error> not_derived() {
    return fail(ErrorCode::BadInput, msg("The key could not be derived."), {}, msg("Reload the page and try again."));
}

}  // namespace

bool kdf_acceptable(const KdfParameters& parameters) {
    return parameters.memory_kib >= kLeastMemoryKib && parameters.memory_kib <= kMostMemoryKib && parameters.passes >= 1 &&
           parameters.passes <= kMostPasses;
}

bool kdf_strong_enough(const KdfParameters& parameters) {
    return parameters.memory_kib >= kFloorKdf.memory_kib && parameters.passes >= kFloorKdf.passes;
}

KdfParameters calibrated(const KdfParameters& tried, double elapsed_ms) {
    KdfParameters chosen = tried;
    if (elapsed_ms > kTooSlowMs) {
        const auto wanted = static_cast<std::uint32_t>(tried.memory_kib * (kAimMs / elapsed_ms));
        chosen.memory_kib = std::max(kFloorKdf.memory_kib, wanted - wanted % kMemoryStepKib);
    } else if (elapsed_ms < kTooQuickMs) {
        const double wanted = tried.passes * (kAimMs / std::max(elapsed_ms, 1.0));
        chosen.passes = static_cast<std::uint32_t>(std::min(wanted, double{kMostPasses}));
    }
    return chosen;
}

Result<SecretKey> derive_key(std::string_view passphrase, const Salt& salt, const KdfParameters& parameters) {
    if (!kdf_acceptable(parameters) || passphrase.size() > kMaxPassphraseBytes) {
        return fail(ErrorCode::Unsupported, msg("The workspace asks for a key derivation that Entente does not do."));
    }
    ensure_sodium();
    SecretKey key;
    const int failed = crypto_pwhash_argon2id(key.data(), kKeyBytes, passphrase.data(), passphrase.size(), salt.data(),
                                              parameters.passes, std::size_t{parameters.memory_kib} * 1024,
                                              crypto_pwhash_argon2id_ALG_ARGON2ID13);
    if (failed != 0) {
        return fail(ErrorCode::TooLarge, msg("There is not enough memory to derive the key."), {},
                    msg("Close other tabs or programs and try again."));
    }
    return key;
}

Bytes derive_request(std::string_view passphrase, const Salt& salt, const KdfParameters& parameters) {
    return request(Job::Derive, passphrase, salt, parameters);
}

Bytes calibrate_request(std::string_view passphrase, const Salt& salt) {
    return request(Job::Calibrate, passphrase, salt, kDefaultKdf);
}

Result<DerivedKey> read_derived(Bytes& answer) {
    Reader reader(answer);
    const std::uint8_t version = reader.u8();
    const auto status = static_cast<Answer>(reader.u8());
    DerivedKey derived;
    derived.parameters.memory_kib = reader.u32();
    derived.parameters.passes = reader.u32();
    if (!reader.ok() || version != kMessageVersion) return not_derived();
    if (status == Answer::NoMemory) {
        return fail(ErrorCode::TooLarge, msg("There is not enough memory to derive the key."), {},
                    msg("Close other tabs or programs and try again."));
    }
    if (status == Answer::Refused) {
        return fail(ErrorCode::Unsupported, msg("The workspace asks for a key derivation that Entente does not do."));
    }
    const ByteView key = reader.raw(kKeyBytes);
    if (status != Answer::Done || !reader.at_end() || !kdf_acceptable(derived.parameters)) return not_derived();
    derived.key = SecretKey(key);
    wipe(answer);
    return derived;
}

Bytes run_job(Bytes& request, const std::function<double()>& now_ms) {
    Reader reader(request);
    const std::uint8_t version = reader.u8();
    const auto job = static_cast<Job>(reader.u8());
    KdfParameters parameters;
    parameters.memory_kib = reader.u32();
    parameters.passes = reader.u32();
    Salt salt{};
    const ByteView salt_bytes = reader.raw(salt.size());
    const bool whole = reader.ok() && version == kMessageVersion && reader.remaining() <= kMaxPassphraseBytes;
    Bytes out = answer(Answer::Malformed);
    if (whole) {
        std::copy(salt_bytes.begin(), salt_bytes.end(), salt.begin());
        const std::string_view passphrase = text_of(reader.raw(reader.remaining()));
        if (job == Job::Derive) out = answer(derive_key(passphrase, salt, parameters), parameters);
        if (job == Job::Calibrate) out = run_calibration(passphrase, salt, now_ms);
    }
    wipe(request);
    return out;
}

}  // namespace entente::vault
