// Keys: the vault root key (VRK) and the subkeys made from it, BLAKE2b hashes, and the slots that wrap the VRK.
//
// subkey(label) = BLAKE2b-256(key = VRK, "entente/1/" || label || vault_id || key_epoch u32)
// A slot wraps the VRK under a key-encryption key (KEK) from a passphrase or a recovery key. Its commitment is checked before its
// AEAD is tried: XChaCha20-Poly1305 is not key-committing. A wrong KEK is known as such, and never "opens" a crafted slot.
// All of FORMAT.md section "Slots"; the number and order of bytes is fixed.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "platform/ports.hpp"
#include "vault/kdf.hpp"
#include "vault/secret.hpp"

namespace entente::vault {

using VaultId = std::array<std::uint8_t, 16>;
using Digest = std::array<std::uint8_t, 32>;

Digest blake2b(ByteView data);
Digest blake2b_keyed(ByteView key, std::initializer_list<ByteView> parts);

struct VaultKeys {
    SecretKey header, snapshot, journal, head, backup;
    void clear();
};
VaultKeys derive_keys(const SecretKey& root, const VaultId& vault_id, std::uint32_t key_epoch);

enum class SlotType : std::uint8_t { Passphrase = 1, Recovery = 2 };

inline constexpr std::size_t kSlotBytes = 129;
inline constexpr std::size_t kMaxSlots = 16;

struct Slot {
    SlotType type = SlotType::Passphrase;
    KdfParameters parameters;
    Salt salt{};
    Digest commitment{};
    std::array<std::uint8_t, 24> nonce{};
    std::array<std::uint8_t, 48> wrapped_key{};
};

Slot make_slot(SlotType type, const KdfParameters& parameters, const Salt& salt, const SecretKey& kek, const SecretKey& root,
               const VaultId& vault_id, platform::Random& random);
// No slot of this type opens: what to say of a passphrase, or of a recovery key.
Error no_slot_error(SlotType type);
// WrongSecret where the commitment differs; Damaged where it holds and the wrapped key does not open.
Result<SecretKey> open_slot(const Slot& slot, const SecretKey& kek, const VaultId& vault_id);

// u8 count, then kSlotBytes each. Parameters outside the accepted range are refused here, before anything is allocated; of a
// recovery slot they and the salt are zeros.
Bytes encode_slots(const std::vector<Slot>& slots);
Result<std::vector<Slot>> decode_slots(ByteView table);

}  // namespace entente::vault
