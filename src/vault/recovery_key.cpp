#include "vault/recovery_key.hpp"

#include <algorithm>

#include <sodium.h>

namespace entente::vault {
namespace {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCheckBytes = 3;
constexpr std::size_t kTextSymbols = (kKeyBytes + kCheckBytes) * 8 / 5;
constexpr std::size_t kGroup = 4;
static_assert((kKeyBytes + kCheckBytes) * 8 % 5 == 0 && kTextSymbols % kGroup == 0);

Digest check_of(ByteView key) { return blake2b_keyed(key, {bytes_of("entente/1/recovery-check")}); }

tl::unexpected<Error> mistyped() {
    return fail(ErrorCode::BadInput, msg("This is not a whole recovery key: something in it is mistyped or missing."), {},
                msg("Compare it with the paper, group by group."));
}

// -1: none.
int symbol_value(char symbol) {
    if (symbol >= 'a' && symbol <= 'z') symbol = static_cast<char>(symbol - 'a' + 'A');
    if (symbol == 'O') symbol = '0';
    if (symbol == 'I' || symbol == 'L') symbol = '1';
    const std::size_t at = kSymbols.find(symbol);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

RecoveryKey RecoveryKey::make(platform::Random& random) {
    SecretKey key;
    random.fill(std::span<std::uint8_t>(key.data(), kKeyBytes));
    return RecoveryKey(key.view());
}

std::string RecoveryKey::text() const {
    std::array<std::uint8_t, kKeyBytes + kCheckBytes> all{};
    const Digest check = check_of(key_.view());
    std::copy_n(key_.data(), kKeyBytes, all.begin());
    std::copy_n(check.begin(), kCheckBytes, all.begin() + kKeyBytes);
    std::string text;
    text.reserve(kTextSymbols + kTextSymbols / kGroup);
    for (std::size_t i = 0; i < kTextSymbols; ++i) {
        unsigned value = 0;
        for (std::size_t bit = i * 5; bit < i * 5 + 5; ++bit) value = value << 1 | (all[bit / 8] >> (7 - bit % 8) & 1u);
        if (i > 0 && i % kGroup == 0) text += '-';
        text += kSymbols[value];
    }
    vault::wipe(all.data(), all.size());
    return text;
}

Result<RecoveryKey> RecoveryKey::parse(std::string_view text) {
    std::array<std::uint8_t, kKeyBytes + kCheckBytes> all{};
    std::size_t count = 0;
    bool whole = true;
    for (const char symbol : text) {
        if (symbol == '-' || symbol == ' ' || symbol == '\t' || symbol == '\r' || symbol == '\n') continue;
        const int value = symbol_value(symbol);
        whole = whole && value >= 0 && count < kTextSymbols;
        if (!whole) break;
        for (std::size_t i = 0; i < 5; ++i) {
            const std::size_t bit = count * 5 + i;
            all[bit / 8] = static_cast<std::uint8_t>(all[bit / 8] | ((static_cast<unsigned>(value) >> (4 - i) & 1u) << (7 - bit % 8)));
        }
        ++count;
    }
    const ByteView key = ByteView(all).first(kKeyBytes);
    const Digest check = check_of(key);
    whole = whole && count == kTextSymbols && std::equal(check.begin(), check.begin() + kCheckBytes, all.begin() + kKeyBytes);
    RecoveryKey parsed(key);
    vault::wipe(all.data(), all.size());
    if (!whole) return mistyped();
    return parsed;
}

SecretKey RecoveryKey::kek(const VaultId& vault_id) const {
    Digest digest = blake2b_keyed(key_.view(), {bytes_of("entente/1/recovery"), vault_id});
    SecretKey kek{ByteView(digest)};
    vault::wipe(digest.data(), digest.size());
    return kek;
}

bool RecoveryKey::operator==(const RecoveryKey& other) const {
    return sodium_memcmp(key_.data(), other.key_.data(), kKeyBytes) == 0;
}

Slot make_recovery_slot(const RecoveryKey& key, const SecretKey& root, const VaultId& vault_id, platform::Random& random) {
    return make_slot(SlotType::Recovery, KdfParameters{0, 0}, Salt{}, key.kek(vault_id), root, vault_id, random);
}

void wipe(Secret& secret) {
    if (std::string* passphrase = std::get_if<std::string>(&secret)) wipe(*passphrase);
    secret = std::string();
}

}  // namespace entente::vault
