#include "vault/keys.hpp"

#include <algorithm>

#include <sodium.h>

namespace entente::vault {
namespace {

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == kKeyBytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == 24);

constexpr std::size_t kSlotPrefixBytes = 1 + 4 + 4 + 16;

SecretKey subkey(const SecretKey& root, std::string_view label, const VaultId& vault_id, std::uint32_t key_epoch) {
    Writer epoch;
    epoch.u32(key_epoch);
    Digest digest = blake2b_keyed(root.view(), {bytes_of("entente/1/"), bytes_of(label), vault_id, epoch.bytes()});
    SecretKey key{ByteView(digest)};
    wipe(digest.data(), digest.size());
    return key;
}

Bytes slot_prefix(const Slot& slot) {
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(slot.type));
    writer.u32(slot.parameters.memory_kib);
    writer.u32(slot.parameters.passes);
    writer.raw(slot.salt);
    return writer.take();
}

Digest commitment(const Slot& slot, const SecretKey& kek) {
    return blake2b_keyed(kek.view(), {bytes_of("entente/1/commit"), slot_prefix(slot)});
}

Bytes slot_aad(const Slot& slot, const VaultId& vault_id) {
    Writer writer;
    writer.raw(bytes_of("entente/1/slot"));
    writer.raw(vault_id);
    writer.raw(slot_prefix(slot));
    writer.raw(slot.commitment);
    return writer.take();
}

template <std::size_t N>
void take(Reader& reader, std::array<std::uint8_t, N>& out) {
    const ByteView bytes = reader.raw(N);
    if (bytes.size() == N) std::copy(bytes.begin(), bytes.end(), out.begin());
}

}  // namespace

Digest blake2b(ByteView data) {
    Digest out{};
    crypto_generichash(out.data(), out.size(), data.data(), data.size(), nullptr, 0);
    return out;
}

Digest blake2b_keyed(ByteView key, std::initializer_list<ByteView> parts) {
    Digest out{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.data(), key.size(), out.size());
    for (const ByteView part : parts) crypto_generichash_update(&state, part.data(), part.size());
    crypto_generichash_final(&state, out.data(), out.size());
    wipe(&state, sizeof state);
    return out;
}

void VaultKeys::clear() {
    header.clear();
    snapshot.clear();
    journal.clear();
    head.clear();
    backup.clear();
}

VaultKeys derive_keys(const SecretKey& root, const VaultId& vault_id, std::uint32_t key_epoch) {
    return {subkey(root, "hdr", vault_id, key_epoch), subkey(root, "snap", vault_id, key_epoch),
            subkey(root, "jrnl", vault_id, key_epoch), subkey(root, "head", vault_id, key_epoch),
            subkey(root, "backup", vault_id, key_epoch)};
}

Slot make_slot(SlotType type, const KdfParameters& parameters, const Salt& salt, const SecretKey& kek, const SecretKey& root,
               const VaultId& vault_id, platform::Random& random) {
    Slot slot;
    slot.type = type;
    slot.parameters = parameters;
    slot.salt = salt;
    slot.commitment = commitment(slot, kek);
    random.fill(slot.nonce);
    const Bytes aad = slot_aad(slot, vault_id);
    crypto_aead_xchacha20poly1305_ietf_encrypt(slot.wrapped_key.data(), nullptr, root.data(), kKeyBytes, aad.data(),
                                               aad.size(), nullptr, slot.nonce.data(), kek.data());
    return slot;
}

Error no_slot_error(SlotType type) {
    if (type == SlotType::Recovery) {
        return {ErrorCode::WrongSecret, msg("That recovery key does not open this workspace."), {},
                msg("It may be of another workspace, or it was replaced by a newer one.")};
    }
    return {ErrorCode::WrongSecret, msg("That passphrase does not open this workspace."), {},
            msg("Check capital letters and the keyboard's language, then try again.")};
}

Result<SecretKey> open_slot(const Slot& slot, const SecretKey& kek, const VaultId& vault_id) {
    const Digest expected = commitment(slot, kek);
    if (sodium_memcmp(expected.data(), slot.commitment.data(), expected.size()) != 0) {
        return tl::unexpected<Error>(no_slot_error(slot.type));
    }
    const Bytes aad = slot_aad(slot, vault_id);
    SecretKey root;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(root.data(), nullptr, nullptr, slot.wrapped_key.data(),
                                                   slot.wrapped_key.size(), aad.data(), aad.size(), slot.nonce.data(),
                                                   kek.data()) != 0) {
        return fail(ErrorCode::Damaged, msg("The workspace's key record is damaged."), "hdr",
                    msg("Nothing was deleted. Restore the workspace from a backup."));
    }
    return root;
}

Bytes encode_slots(const std::vector<Slot>& slots) {
    Writer writer;
    writer.u8(static_cast<std::uint8_t>(slots.size()));
    for (const Slot& slot : slots) {
        writer.raw(slot_prefix(slot));
        writer.raw(slot.commitment);
        writer.raw(slot.nonce);
        writer.raw(slot.wrapped_key);
    }
    return writer.take();
}

Result<std::vector<Slot>> decode_slots(ByteView table) {
    static_assert(kSlotBytes == kSlotPrefixBytes + 32 + 24 + 48);
    const auto damaged = [] { return fail(ErrorCode::Damaged, msg("The workspace's key record is damaged."), "hdr"); };
    Reader reader(table);
    const std::size_t count = reader.u8();
    if (count == 0 || count > kMaxSlots || reader.remaining() != count * kSlotBytes) return damaged();
    std::vector<Slot> slots(count);
    for (Slot& slot : slots) {
        const std::uint8_t type = reader.u8();
        if (type != static_cast<std::uint8_t>(SlotType::Passphrase) && type != static_cast<std::uint8_t>(SlotType::Recovery)) {
            return damaged();
        }
        slot.type = static_cast<SlotType>(type);
        slot.parameters.memory_kib = reader.u32();
        slot.parameters.passes = reader.u32();
        take(reader, slot.salt);
        take(reader, slot.commitment);
        take(reader, slot.nonce);
        take(reader, slot.wrapped_key);
        if (slot.type == SlotType::Recovery && !(slot.parameters == KdfParameters{0, 0} && slot.salt == Salt{})) return damaged();
        if (slot.type == SlotType::Passphrase && !kdf_acceptable(slot.parameters)) {
            return fail(ErrorCode::Unsupported, msg("The workspace asks for a key derivation that Entente does not do."), "hdr");
        }
    }
    if (!reader.at_end()) return damaged();
    return slots;
}

}  // namespace entente::vault
