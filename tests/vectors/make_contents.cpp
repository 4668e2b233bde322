// Slots, and what stands inside headers, heads and backups: sealed as it should be, so that the readers behind the seal are reached.
#include <functional>

#include "tests/vectors/vectors.hpp"

namespace entente::vectors {

using namespace vault;

namespace {

EnvelopeHeader header_of(const Kit& kit, Kind kind, std::uint64_t sequence, std::uint64_t base) {
    EnvelopeHeader header;
    header.kind = kind;
    header.vault_id = kit.vault_id;
    header.sequence = sequence;
    header.base_sequence = base;
    header.previous = Digest{5};
    header.nonce[0] = static_cast<std::uint8_t>(kind);
    return header;
}

Bytes record(const Kit& kit, EnvelopeHeader header, const Bytes& content, const Bytes& slots) {
    header.plain_bytes = content.size();
    return seal_as_is(header_bytes(header), slots, padded_as_told(content), label_of(header.kind), key_of(kit, header.kind));
}

Bytes hdr_content(std::uint8_t version = 1, std::uint64_t device = 7) {
    Writer out;
    out.u8(version);
    out.u64(device);
    out.u64(1'772'438'400'000);
    return out.take();
}

// A backup of sequence `count` after a snapshot of two entries, its parts told one by one.
struct BackupParts {
    std::uint8_t version = 1;
    std::uint64_t device = 7;
    Digest hash{5};
    std::uint64_t snapshot_bytes = 3;
    Bytes snapshot{1, 2, 3};
    std::uint64_t count = 1, entry_bytes = 2;
    Bytes tail{7, 7};
    Bytes content() const {
        Writer out;
        out.u8(version);
        out.u64(device);
        out.u64(1'772'438'400'000);
        out.raw(hash);
        out.u64(snapshot_bytes);
        out.raw(snapshot);
        out.u64(count);
        if (entry_bytes != UINT64_MAX) out.u64(entry_bytes);
        out.raw(tail);
        return out.take();
    }
};

void add_head(Vectors& out, const Kit& kit) {
    // count as told; each snapshot's sequence
    const auto head = [&](const char* name, std::uint8_t version, int count, const std::vector<std::uint64_t>& snapshots,
                          std::uint64_t base, const char* expect, std::size_t more = 0) {
        Writer content;
        content.u8(version);
        content.u64(4);
        content.u8(static_cast<std::uint8_t>(count));
        for (const std::uint64_t sequence : snapshots) {
            content.u64(sequence);
            content.raw(Digest{9});
        }
        content.raw(Bytes(more, 3));
        const bool good = std::string(expect) == "ok";
        out.push_back({std::string("head_content_") + name + ".bin", "head", expect, good ? "" : "content",
                       record(kit, header_of(kit, Kind::Head, 8, base), content.bytes(), {})});
    };
    head("no_snapshot", 1, 0, {}, 0, "ok");
    head("three_snapshots", 1, 3, {8, 5, 2}, 8, "ok");
    head("version_0", 0, 0, {}, 0, "damaged");
    head("version_2_cut", 2, 0, {}, 0, "damaged");
    head("version_3", 3, 0, {}, 0, "damaged");
    head("count_one_more", 1, 2, {8}, 8, "damaged");
    head("count_one_less", 1, 0, {8}, 8, "damaged");
    head("count_65", 1, 65, std::vector<std::uint64_t>(65, 1), 1, "damaged");
    head("bytes_after", 1, 0, {}, 0, "damaged", 1);
    head("snapshot_0", 1, 1, {0}, 0, "damaged");
    head("snapshot_beyond_seq", 1, 1, {9}, 9, "damaged");
    head("snapshots_rise", 1, 2, {2, 5}, 2, "damaged");
    head("snapshots_equal", 1, 2, {5, 5}, 5, "damaged");
    head("base_seq_differs", 1, 1, {5}, 4, "damaged");
    // Version 2: with a base, and with the day of each snapshot.
    const auto later = [&](const char* name, std::uint64_t base, const std::vector<std::uint32_t>& days, const char* expect) {
        Writer content;
        content.u8(2);
        content.u64(4);
        content.u64(base);
        content.u8(static_cast<std::uint8_t>(days.size()));
        std::uint64_t sequence = 8;
        for (const std::uint32_t day : days) {
            content.u64(sequence--);
            content.raw(Digest{9});
            content.u32(day);
        }
        const bool good = std::string(expect) == "ok";
        out.push_back({std::string("head_content_") + name + ".bin", "head", expect, good ? "" : "content",
                       record(kit, header_of(kit, Kind::Head, 8, days.empty() ? 0 : 8), content.bytes(), {})});
    };
    later("with_base", 8, {0, 20'500}, "ok");
    later("with_days", 0, {0, 20'500, 20'499}, "ok");
    later("base_beyond_snapshot", 9, {0, 20'500}, "damaged");
    later("base_without_snapshot", 1, {}, "damaged");
    later("version_2_needs_none_of_it", 0, {0, 0}, "damaged");
    later("version_2_empty", 0, {}, "damaged");
    out.push_back({"head_content_empty.bin", "head", "damaged", "content", record(kit, header_of(kit, Kind::Head, 8, 0), {}, {})});
}

void add_hdr(Vectors& out, const Kit& kit) {
    const auto hdr = [&](const char* name, const Bytes& content) {
        out.push_back({std::string("hdr_content_") + name + ".bin", "hdr", "damaged", "content",
                       record(kit, header_of(kit, Kind::Header, 1, 0), content, kit.table)});
    };
    hdr("version_0", hdr_content(0));
    hdr("version_2", hdr_content(2));
    hdr("device_0", hdr_content(1, 0));
    Bytes shorter = hdr_content(), longer = hdr_content();
    shorter.pop_back();
    longer.push_back(0);
    hdr("one_byte_less", shorter);
    hdr("one_byte_more", longer);
    hdr("empty", {});
}

void add_backup(Vectors& out, const Kit& kit) {
    const auto backup = [&](const char* name, const char* expect, const std::function<void(BackupParts&)>& change,
                            std::uint64_t sequence = 3, std::uint64_t base = 2) {
        BackupParts parts;
        change(parts);
        const bool good = std::string(expect) == "ok";
        out.push_back({std::string("backup_content_") + name + ".bin", "backup", expect, good ? "" : "content",
                       record(kit, header_of(kit, Kind::Backup, sequence, base), parts.content(), kit.table)});
    };
    const auto no_snapshot = [](BackupParts& p) {
        p.snapshot_bytes = 0;
        p.snapshot.clear();
    };
    const auto no_entries = [](BackupParts& p) {
        p.count = 0;
        p.entry_bytes = UINT64_MAX;
        p.tail.clear();
    };
    backup("good", "ok", [](BackupParts&) {});
    backup("without_snapshot", "ok", no_snapshot, 1, 0);
    backup("without_entries", "ok", no_entries, 2, 2);
    backup("of_nothing", "ok", [&](BackupParts& p) {
        no_snapshot(p);
        no_entries(p);
        p.hash = {};
    }, 0, 0);
    backup("version_0", "damaged", [](BackupParts& p) { p.version = 0; });
    backup("version_2", "damaged", [](BackupParts& p) { p.version = 2; });
    backup("device_0", "damaged", [](BackupParts& p) { p.device = 0; });
    backup("hash_zero", "damaged", [](BackupParts& p) { p.hash = {}; });
    backup("hash_of_nothing", "damaged", [&](BackupParts& p) {
        no_snapshot(p);
        no_entries(p);
    }, 0, 0);
    backup("snapshot_longer_than_all", "damaged", [](BackupParts& p) { p.snapshot_bytes = 4000; });
    backup("snapshot_2_to_63", "damaged", [](BackupParts& p) { p.snapshot_bytes = std::uint64_t{1} << 63; });
    backup("snapshot_missing", "damaged", no_snapshot);
    backup("snapshot_of_nothing", "damaged", [](BackupParts&) {}, 1, 0);
    backup("count_one_more", "damaged", [](BackupParts& p) { p.count = 2; });
    backup("count_one_less", "damaged", [](BackupParts& p) { p.count = 0; });
    backup("count_2_to_62", "damaged", [](BackupParts& p) { p.count = std::uint64_t{1} << 62; });
    backup("count_as_told_but_absent", "damaged", no_entries, 3, 2);
    backup("fewer_entries_than_seq", "damaged", [](BackupParts&) {}, 4, 2);
    backup("seq_before_snapshot", "damaged", [](BackupParts&) {}, 1, 2);
    backup("entry_longer_than_all", "damaged", [](BackupParts& p) { p.entry_bytes = 3; });
    backup("entry_2_to_63", "damaged", [](BackupParts& p) { p.entry_bytes = std::uint64_t{1} << 63; });
    backup("bytes_after", "damaged", [](BackupParts& p) { p.tail.push_back(0); });
    Bytes cut = BackupParts{}.content();
    cut.resize(40);
    out.push_back({"backup_content_cut.bin", "backup", "damaged", "content",
                   record(kit, header_of(kit, Kind::Backup, 3, 2), cut, kit.table)});
}

}  // namespace

void add_slots(Vectors& out, const Kit& kit) {
    for (const Kind kind : {Kind::Header, Kind::Backup}) {
        const Bytes content = kind == Kind::Header ? hdr_content() : BackupParts{}.content();
        const std::string label(label_of(kind));
        const auto add = [&](const std::string& name, const Bytes& table, const char* expect, const char* why, std::string as = {}) {
            out.push_back({label + "_slots_" + name + ".bin", as.empty() ? label : as, expect, why,
                           record(kit, header_of(kit, kind, 3, kind == Kind::Header ? 0 : 2), content, table)});
        };
        const auto changed = [&](std::size_t slot, std::size_t at, std::uint64_t value, std::size_t size) {
            Bytes table = kit.table;
            for (std::size_t i = 0; i < size; ++i) table[1 + slot * kSlotBytes + at + i] = static_cast<std::uint8_t>(value >> (8 * i));
            return table;
        };
        const auto flipped = [&](std::size_t at) {
            Bytes table = kit.table;
            table[1 + kSlotBytes + at] ^= 4;
            return table;
        };
        add("by_passphrase", kit.table, "ok", "", label + "_passphrase");
        add("other_passphrase", encode_slots({kit.passphrase_slot(kOtherPassphrase)}), "wrong_secret", "secret", label + "_passphrase");
        add("no_recovery_slot", encode_slots({kit.passphrase_slot()}), "wrong_secret", "secret");
        add("sixteen", encode_slots(std::vector<Slot>(16, kit.recovery_slot())), "ok", "");
        add("seventeen", encode_slots(std::vector<Slot>(17, kit.recovery_slot())), "damaged", "slot_count");
        add("none", Bytes{0}, "damaged", "slot_count");
        add("type_0", changed(0, 0, 0, 1), "damaged", "slot_type");
        add("type_3", changed(1, 0, 3, 1), "damaged", "slot_type");
        add("memory_0", changed(0, 1, 0, 4), "unsupported", "kdf");
        add("memory_too_little", changed(0, 1, 19 * 1024 - 1, 4), "unsupported", "kdf");
        add("memory_too_much", changed(0, 1, 1024 * 1024 + 1, 4), "unsupported", "kdf");
        add("memory_4_tib", changed(0, 1, 0xFFFF'FFFF, 4), "unsupported", "kdf");
        add("passes_0", changed(0, 5, 0, 4), "unsupported", "kdf");
        add("passes_11", changed(0, 5, 11, 4), "unsupported", "kdf");
        add("recovery_with_memory", changed(1, 1, 1, 4), "damaged", "recovery_slot");
        add("recovery_with_passes", changed(1, 5, 1, 4), "damaged", "recovery_slot");
        add("recovery_with_salt", changed(1, 24, 1, 1), "damaged", "recovery_slot");
        add("other_commitment", flipped(30), "wrong_secret", "secret");
        add("other_nonce", flipped(60), "damaged", "slot_seal");
        add("other_wrapped_key", flipped(90), "damaged", "slot_seal");
        add("other_wrapped_tag", flipped(128), "damaged", "slot_seal");
        platform::SeededRandom random(3);
        const SecretKey other(Bytes(kKeyBytes, 0x43));
        add("key_of_another_workspace", encode_slots({make_recovery_slot(kit.recovery, other, kit.vault_id, random)}), "damaged", "seal");
    }
}

void add_contents(Vectors& out, const Kit& kit) {
    add_hdr(out, kit);
    add_head(out, kit);
    add_backup(out, kit);
}

}  // namespace entente::vectors
