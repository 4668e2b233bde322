#include "vault/backup.hpp"

#include <algorithm>
#include <array>

namespace entente::vault {
namespace {

constexpr std::uint8_t kContentVersion = 1;
constexpr const char* kWhere = "backup";
constexpr std::size_t kMostNameBytes = 60;

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Damaged, msg("This backup is damaged."), kWhere, msg("Use another backup."));
}

}  // namespace

Bytes seal_backup(EnvelopeHeader header, const SecretKey& key, const BackupContent& content, ByteView slot_table) {
    Writer plain;
    plain.u8(kContentVersion);
    plain.u64(content.device.n);
    plain.u64(content.made_utc_ms);
    plain.raw(content.journal_hash);
    plain.u64(content.snapshot ? content.snapshot->size() : 0);
    if (content.snapshot) plain.raw(*content.snapshot);
    plain.u64(content.entries.size());
    for (const Bytes& entry : content.entries) {
        plain.u64(entry.size());
        plain.raw(entry);
    }
    header.kind = Kind::Backup;
    header.sequence = content.sequence;
    header.base_sequence = content.snapshot_sequence;
    header.plain_bytes = plain.bytes().size();
    header.previous = header_check(header_bytes(header), slot_table);
    Bytes bytes = plain.take();
    Bytes file = seal(header, key, bytes, slot_table);
    wipe(bytes);
    return file;
}

Result<LockedHeader> read_locked_backup(ByteView file) {
    Result<LockedHeader> locked = read_locked_header(file, Kind::Backup);
    if (!locked && locked.error().code == ErrorCode::Damaged) return damaged();
    if (!locked) locked.error().where = kWhere;
    return locked;
}

Result<BackupContent> open_backup(ByteView file, const LockedHeader& locked, const SecretKey& root) {
    return open_backup_with(file, locked, derive_keys(root, locked.header.vault_id, locked.header.key_epoch).backup);
}

Result<BackupContent> open_backup_with(ByteView file, const LockedHeader& locked, const SecretKey& key) {
    Result<OpenedEnvelope> opened = open_envelope(file, Kind::Backup, locked.header.vault_id, key, locked.slot_table.size());
    if (!opened) return damaged();
    BackupContent content;
    content.sequence = opened->header.sequence;
    content.snapshot_sequence = opened->header.base_sequence;
    Reader reader(opened->plain);
    const std::uint8_t version = reader.u8();
    content.device.n = reader.u64();
    content.made_utc_ms = reader.u64();
    const ByteView hash = reader.raw(content.journal_hash.size());
    if (!reader.ok() || version != kContentVersion || content.device.n == 0) return damaged();
    std::copy(hash.begin(), hash.end(), content.journal_hash.begin());
    const auto take = [&reader](Bytes& out) {
        const std::uint64_t size = reader.u64();
        if (!reader.ok() || size > reader.remaining()) return false;
        const ByteView bytes = reader.raw(static_cast<std::size_t>(size));
        out.assign(bytes.begin(), bytes.end());
        return true;
    };
    Bytes snapshot;
    if (!take(snapshot) || snapshot.empty() != (content.snapshot_sequence == 0)) return damaged();
    if (!snapshot.empty()) content.snapshot = std::move(snapshot);
    const std::uint64_t count = reader.u64();
    // Each entry takes at least its length: the count is checked before anything is kept for it.
    if (!reader.ok() || content.sequence < content.snapshot_sequence || count != content.sequence - content.snapshot_sequence ||
        count > reader.remaining() / 8) {
        return damaged();
    }
    content.entries.resize(static_cast<std::size_t>(count));
    for (Bytes& entry : content.entries) {
        if (!take(entry)) return damaged();
    }
    if (!reader.at_end() || (content.sequence == 0) != (content.journal_hash == Digest{})) return damaged();
    wipe(opened->plain);
    return content;
}

Result<BackupContent> open_backup(ByteView file, const Secret& secret) {
    ensure_sodium();
    const Result<LockedHeader> locked = read_locked_backup(file);
    if (!locked) return tl::unexpected<Error>(locked.error());
    Error problem = no_slot_error(slot_type(secret));
    for (const Slot& slot : locked->slots) {
        if (slot.type != slot_type(secret)) continue;
        Result<SecretKey> kek = SecretKey();
        if (const RecoveryKey* recovery = std::get_if<RecoveryKey>(&secret)) {
            kek = recovery->kek(locked->header.vault_id);
        } else {
            kek = derive_key(std::get<std::string>(secret), slot.salt, slot.parameters);
        }
        if (!kek) return tl::unexpected<Error>(std::move(kek.error()));
        const Result<SecretKey> root = open_slot(slot, *kek, locked->header.vault_id);
        if (root) return open_backup(file, *locked, *root);
        problem = root.error();
    }
    return tl::unexpected<Error>(std::move(problem));
}

void wipe(BackupContent& content) {
    if (content.snapshot) wipe(*content.snapshot);
    for (Bytes& entry : content.entries) wipe(entry);
}

namespace {

std::string safe_name(std::string_view name) {
    std::string safe;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (safe.size() < kMostNameBytes && (plain || (!safe.empty() && safe.back() != '-'))) safe += plain ? c : '-';
    }
    while (!safe.empty() && safe.back() == '-') safe.pop_back();
    return safe.empty() ? "workspace" : safe;
}

}  // namespace

std::string backup_name(std::string_view name, std::uint64_t sequence, const Digest& journal_hash) {
    return safe_name(name) + "_seq" + std::to_string(sequence) + "_" + to_hex(journal_hash).substr(0, 8) + ".entente";
}

std::string automatic_backup_name(std::string_view name, std::string_view mark, int weekday) {
    constexpr std::array<const char*, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return safe_name(name) + "_auto_" + safe_name(mark) + "_" + kDays[static_cast<std::size_t>(weekday)] + ".entente";
}

}  // namespace entente::vault
