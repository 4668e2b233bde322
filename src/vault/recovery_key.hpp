// Recovery key: 32 random bytes that open a workspace whose passphrase is lost. Shown once, on paper, typed back, never stored.
//
// As text: 56 symbols of Crockford's base32 (the key and three bytes of checksum), in groups of four. Reading forgives case,
// spaces, dashes, and the letters that look like digits: O for 0, I and L for 1 (crockford.com/base32.html).
// Its slot's key-encryption key is BLAKE2b(key = recovery key, "entente/1/recovery" || vault_id): it needs no slow derivation,
// because nobody can guess it.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "vault/keys.hpp"

namespace entente::vault {

class RecoveryKey {
public:
    static RecoveryKey make(platform::Random& random);
    explicit RecoveryKey(ByteView bytes) : key_(bytes) {}  // exactly kKeyBytes

    // The caller wipes the text.
    std::string text() const;
    // BadInput: not 56 symbols, a symbol that is none, or a checksum that says that something was mistyped.
    static Result<RecoveryKey> parse(std::string_view text);

    SecretKey kek(const VaultId& vault_id) const;
    bool operator==(const RecoveryKey& other) const;

private:
    SecretKey key_;
};

Slot make_recovery_slot(const RecoveryKey& key, const SecretKey& root, const VaultId& vault_id, platform::Random& random);

// What opens a workspace or a backup: a passphrase (UTF-8, normalization form C), or the recovery key.
using Secret = std::variant<std::string, RecoveryKey>;
inline SlotType slot_type(const Secret& secret) {
    return std::holds_alternative<RecoveryKey>(secret) ? SlotType::Recovery : SlotType::Passphrase;
}
void wipe(Secret& secret);

}  // namespace entente::vault
