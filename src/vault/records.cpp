#include "vault/records.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace entente::vault {
namespace {

constexpr std::uint8_t kContentVersion = 1;
constexpr std::uint8_t kHeadWithBase = 2;
constexpr std::size_t kPreviousAt = 68, kNonceAt = 100;

tl::unexpected<Error> damaged(std::string where) {
    return fail(ErrorCode::Damaged, msg("A record of this workspace is damaged."), std::move(where),
                msg("Nothing was deleted. Restore the workspace from a backup."));
}

}  // namespace

// Everything that is known before the ciphertext, but for the place of the checksum itself.
Digest header_check(ByteView header, ByteView slot_table) {
    Writer writer;
    writer.raw(bytes_of("entente/1/check"));
    writer.raw(header.first(kPreviousAt));
    writer.raw(header.subspan(kNonceAt, kHeaderBytes - kNonceAt));
    writer.raw(slot_table);
    return blake2b(writer.bytes());
}

Bytes seal_header(EnvelopeHeader header, const SecretKey& key, const HeaderContent& content, const std::vector<Slot>& slots) {
    Writer plain;
    plain.u8(kContentVersion);
    plain.u64(content.device.n);
    plain.u64(content.made_utc_ms);
    const Bytes table = encode_slots(slots);
    header.kind = Kind::Header;
    header.plain_bytes = plain.bytes().size();
    header.previous = header_check(header_bytes(header), table);
    return seal(header, key, plain.bytes(), table);
}

Result<LockedHeader> read_locked_header(ByteView record, Kind kind) {
    Result<EnvelopeHeader> header = parse_header(record);
    if (!header) {
        header.error().where = kHeaderStore;
        return tl::unexpected<Error>(std::move(header.error()));
    }
    if (header->kind != kind || record.size() <= kHeaderBytes) return damaged(kHeaderStore);
    const std::size_t table_bytes = 1 + record[kHeaderBytes] * kSlotBytes;
    if (std::uint64_t{record.size()} != kHeaderBytes + table_bytes + padme(header->plain_bytes) + kTagBytes) {
        return damaged(kHeaderStore);
    }
    const ByteView table = record.subspan(kHeaderBytes, table_bytes);
    if (header_check(record.first(kHeaderBytes), table) != header->previous) return damaged(kHeaderStore);
    Result<std::vector<Slot>> slots = decode_slots(table);
    if (!slots) return tl::unexpected<Error>(std::move(slots.error()));
    return LockedHeader{*header, Bytes(table.begin(), table.end()), std::move(*slots)};
}

Result<HeaderContent> open_header(ByteView record, const LockedHeader& locked, const SecretKey& key) {
    Result<OpenedEnvelope> opened =
        open_envelope(record, Kind::Header, locked.header.vault_id, key, locked.slot_table.size());
    if (!opened) return damaged(kHeaderStore);
    Reader reader(opened->plain);
    HeaderContent content;
    const std::uint8_t version = reader.u8();
    content.device.n = reader.u64();
    content.made_utc_ms = reader.u64();
    if (!reader.at_end() || version != kContentVersion || content.device.n == 0) return damaged(kHeaderStore);
    return content;
}

std::vector<SnapshotRef> kept_snapshots(const std::vector<SnapshotRef>& snapshots, std::uint32_t today) {
    std::vector<SnapshotRef> kept;
    for (const SnapshotRef& ref : snapshots) {
        const bool recent = ref.day + kKeptDays > today;
        if (kept.size() < kKeptSnapshots || (recent && ref.day != kept.back().day)) kept.push_back(ref);
    }
    return kept;
}

namespace {

// Version 1 has neither a base nor days.
bool is_plain(const Head& head) {
    return head.base == 0 && std::all_of(head.snapshots.begin(), head.snapshots.end(), [](const SnapshotRef& ref) { return ref.day == 0; });
}

}  // namespace

Bytes seal_head(EnvelopeHeader header, const SecretKey& key, const Head& head) {
    const bool plain_head = is_plain(head);
    Writer plain;
    plain.u8(plain_head ? kContentVersion : kHeadWithBase);
    plain.u64(head.generation);
    if (!plain_head) plain.u64(head.base);
    plain.u8(static_cast<std::uint8_t>(head.snapshots.size()));
    for (const SnapshotRef& snapshot : head.snapshots) {
        plain.u64(snapshot.sequence);
        plain.raw(snapshot.record_hash);
        if (!plain_head) plain.u32(snapshot.day);
    }
    header.kind = Kind::Head;
    header.writer_epoch = head.writer_epoch;
    header.sequence = head.sequence;
    header.base_sequence = head.snapshot_sequence();
    header.previous = head.journal_hash;
    return seal(header, key, plain.bytes());
}

Result<Head> open_head(ByteView record, const VaultId& vault_id, const SecretKey& key) {
    Result<OpenedEnvelope> opened = open_envelope(record, Kind::Head, vault_id, key);
    if (!opened) {
        opened.error().where = kHeadStore;
        return tl::unexpected<Error>(std::move(opened.error()));
    }
    Head head;
    head.writer_epoch = opened->header.writer_epoch;
    head.sequence = opened->header.sequence;
    head.journal_hash = opened->header.previous;
    Reader reader(opened->plain);
    const std::uint8_t version = reader.u8();
    head.generation = reader.u64();
    if (version == kHeadWithBase) head.base = reader.u64();
    const std::size_t count = reader.u8();
    if (!reader.ok() || (version != kContentVersion && version != kHeadWithBase) || count > kMaxSnapshotRefs) return damaged(kHeadStore);
    std::uint64_t newer = head.sequence + 1;
    for (std::size_t i = 0; i < count; ++i) {
        SnapshotRef snapshot;
        snapshot.sequence = reader.u64();
        const ByteView hash = reader.raw(snapshot.record_hash.size());
        if (version == kHeadWithBase) snapshot.day = reader.u32();
        if (!reader.ok() || snapshot.sequence == 0 || snapshot.sequence >= newer) return damaged(kHeadStore);
        std::copy(hash.begin(), hash.end(), snapshot.record_hash.begin());
        newer = snapshot.sequence;
        head.snapshots.push_back(snapshot);
    }
    if (!reader.at_end() || opened->header.base_sequence != head.snapshot_sequence()) return damaged(kHeadStore);
    if (head.base > head.snapshot_sequence() || (version == kContentVersion) != is_plain(head)) return damaged(kHeadStore);
    return head;
}

std::string write_witness(const WitnessNote& note) {
    return "entente-witness 1 " + to_hex(note.vault_id) + " " + std::to_string(note.sequence) + " " + to_hex(note.head8);
}

std::optional<WitnessNote> read_witness(const std::string& text) {
    const std::vector<std::string_view> words = split(text, ' ');
    if (words.size() != 5 || words[0] != "entente-witness" || words[1] != "1" || words[3].empty() || words[3].size() > 19) {
        return std::nullopt;
    }
    WitnessNote note;
    const std::optional<Bytes> id = from_hex(words[2]), head = from_hex(words[4]);
    if (!id || id->size() != note.vault_id.size() || !head || head->size() != note.head8.size()) return std::nullopt;
    for (const char digit : words[3]) {
        if (digit < '0' || digit > '9') return std::nullopt;
        note.sequence = note.sequence * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    std::copy(id->begin(), id->end(), note.vault_id.begin());
    std::copy(head->begin(), head->end(), note.head8.begin());
    return note;
}

}  // namespace entente::vault
