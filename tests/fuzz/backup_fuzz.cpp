// Backups from anywhere, recovery keys as people type them, and what a backup says inside. The first byte chooses the door: the file
// as it is; a file that a fixed key sealed around the input, so that the reader behind the seal is reached; the typed key. Whatever
// opens, sealed again, opens as the same.
#include <algorithm>
#include <cstdlib>

#include "vault/backup.hpp"

namespace {

using namespace entente;
using namespace entente::vault;

const VaultId kVault{4, 4};

void must(bool holds) {
    if (!holds) std::abort();
}

const SecretKey& root() {
    static const SecretKey key(Bytes(kKeyBytes, 5));
    return key;
}
const SecretKey& backup_key() {
    static const VaultKeys keys = derive_keys(root(), kVault, 1);
    return keys.backup;
}

Bytes slot_table() {
    Slot slot;  // of a recovery key that nobody has: only the table has to be in order
    slot.type = SlotType::Recovery;
    slot.parameters = {0, 0};
    return encode_slots({slot});
}

void as_it_is(ByteView bytes) {
    if (const auto locked = read_locked_backup(bytes)) must(!open_backup(bytes, *locked, root()));  // nobody guesses a tag
    must(!open_backup(bytes, Secret(RecoveryKey(Bytes(kKeyBytes, 1)))));
}

void sealed(ByteView bytes) {
    if (bytes.size() < 2) return;
    EnvelopeHeader header;
    header.vault_id = kVault;
    header.kind = Kind::Backup;
    header.sequence = bytes[0];
    header.base_sequence = bytes[1];
    header.plain_bytes = bytes.size() - 2;
    const Bytes table = slot_table();
    header.previous = header_check(header_bytes(header), table);
    const Bytes file = seal(header, backup_key(), bytes.subspan(2), table);
    const auto locked = read_locked_backup(file);
    must(locked.has_value());
    const auto content = open_backup(file, *locked, root());
    if (content) must(seal_backup(locked->header, backup_key(), *content, table) == file);
}

void typed(ByteView bytes) {
    const auto key = RecoveryKey::parse(text_of(bytes));
    if (key) must(RecoveryKey::parse(key->text()).value() == *key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView rest(data + 1, size - 1);
    switch (data[0] % 3) {
        case 0: as_it_is(rest); break;
        case 1: sealed(rest); break;
        default: typed(rest);
    }
    return 0;
}
