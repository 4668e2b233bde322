// Every kind of record, and everything that can be wrong with one before its content is looked at.
#include <algorithm>

#include <sodium.h>

#include "tests/vectors/vectors.hpp"

namespace entente::vectors {

using namespace vault;

namespace {

constexpr std::size_t kPreviousAt = 68, kNonceAt = 100;

struct Sample {
    Kind kind;
    Record record;
};

Bytes counted(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i + 1);
    return out;
}

Bytes content_of(Kind kind) {
    Writer out;
    if (kind == Kind::Header) {
        out.u8(1);
        out.u64(7);
        out.u64(1'772'438'400'000);
    } else if (kind == Kind::Head) {
        out.u8(1);
        out.u64(9);
        out.u8(1);
        out.u64(2);
        out.raw(counted(32));
    } else if (kind == Kind::Backup) {
        out.u8(1);
        out.u64(7);
        out.u64(1'772'438'400'000);
        out.raw(Digest{5});
        out.u64(9);
        out.raw(counted(9));
        out.u64(1);
        out.u64(5);
        out.raw(counted(5));
    } else {
        return counted(53);
    }
    return out.take();
}

EnvelopeHeader header_of(const Kit& kit, Kind kind) {
    EnvelopeHeader header;
    header.kind = kind;
    header.vault_id = kit.vault_id;
    header.writer_epoch = 2;
    header.sequence = 3;
    header.base_sequence = 2;
    header.utc_ms = 1'772'438'400'000;
    header.previous = Digest{5};
    platform::SeededRandom random(static_cast<std::uint64_t>(kind));
    random.fill(header.nonce);
    return header;
}

// Collects the vectors of one kind.
class OneKind {
public:
    OneKind(Vectors& out, const Kit& kit, Kind kind)
        : out_(out), kit_(kit), kind_(kind), label_(label_of(kind)), content_(content_of(kind)), header_(header_of(kit, kind)) {
        has_slots_ = kind == Kind::Header || kind == Kind::Backup;
        if (has_slots_) slots_ = kit.table;
        header_.plain_bytes = content_.size();
        good_ = sealed(header_bytes(header_), padded_as_told(content_));
    }

    void add_all() {
        add("good", good_, "ok", "");
        flips();
        lengths();
        newer();
        lies();
        other_keys();
    }

private:
    void add(const std::string& name, Bytes bytes, const char* expect, const char* why) {
        out_.push_back({std::string(label_) + "_" + name + ".bin", std::string(label_), expect, why, std::move(bytes)});
    }
    Bytes sealed(Bytes header, const Bytes& padded) const {
        return seal_as_is(std::move(header), slots_, padded, label_, key_of(kit_, kind_));
    }
    Bytes with(std::size_t at, std::uint64_t value, std::size_t size) const {
        Bytes header = header_bytes(header_);
        for (std::size_t i = 0; i < size; ++i) header[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
        return sealed(std::move(header), padded_as_told(content_));
    }

    // One bit in each field, nothing sealed again.
    void flips() {
        const auto flip = [&](const char* name, std::size_t at, const char* why) {
            Bytes bytes = good_;
            bytes[at] ^= 0x10;
            add(std::string("flip_") + name, bytes, "damaged", why);
        };
        const char* caught = has_slots_ ? "checksum" : "seal";
        flip("magic", 1, "magic");
        flip("vault_id", 8, has_slots_ ? "checksum" : "vault_id");
        flip("vault_id_end", 23, has_slots_ ? "checksum" : "vault_id");
        flip("key_epoch", 24, caught);
        flip("writer_epoch", 28, caught);
        flip("seq", 32, caught);
        flip("base_seq", 40, caught);
        flip("utc_ms", 48, caught);
        flip("prev_hash", 70, caught);
        flip("prev_hash_end", 99, caught);
        flip("nonce", 100, caught);
        flip("nonce_end", 123, caught);
        flip("plain_len", 61, "length");
        flip("first_sealed", kHeaderBytes + slots_.size(), "seal");
        flip("last_sealed", good_.size() - kTagBytes - 1, "seal");
        flip("tag", good_.size() - kTagBytes, "seal");
        flip("tag_end", good_.size() - 1, "seal");
        Bytes other_kind = good_;
        other_kind[5] = kind_ == Kind::Snapshot ? 3 : 2;
        add("flip_kind", other_kind, "damaged", "kind");
    }

    void lengths() {
        const auto cut = [&](const char* name, std::size_t size, const char* why) {
            add(std::string("cut_") + name, Bytes(good_.begin(), good_.begin() + static_cast<std::ptrdiff_t>(size)), "damaged", why);
        };
        cut("to_nothing", 0, "magic");
        cut("in_magic", 3, "magic");
        cut("after_magic", 4, "truncated");
        cut("in_header", kHeaderBytes - 1, "truncated");
        cut("after_header", kHeaderBytes, "truncated");
        cut("before_tag", kHeaderBytes + kTagBytes - 1, "truncated");
        cut("in_sealed", good_.size() - kTagBytes - 1, "length");
        cut("last_byte", good_.size() - 1, "length");
        if (has_slots_) cut("in_slots", kHeaderBytes + slots_.size() - 1, "length");
        Bytes longer = good_;
        longer.push_back(0);
        add("one_byte_more", longer, "damaged", "length");
    }

    void newer() {
        add("newer_fmt", with(4, 2, 1), "unsupported", "fmt");
        add("fmt_0", with(4, 0, 1), "unsupported", "fmt");
        add("newer_suite", with(6, 2, 1), "unsupported", "suite");
        add("flag_1", with(7, 1, 1), "unsupported", "flags");
        add("flag_128", with(7, 128, 1), "unsupported", "flags");
        add("newer_schema", with(56, 2, 4), "unsupported", "schema");
        add("far_schema", with(56, 0x8000'0000, 4), "unsupported", "schema");
        add("schema_0", with(56, 0, 4), "damaged", "schema");
        add("kind_0", with(5, 0, 1), "damaged", "kind");
        add("kind_8", with(5, 8, 1), "damaged", "kind");
    }

    // Sealed as it should be, and yet not in the one form there is.
    void lies() {
        add("plain_len_too_large", with(60, (std::uint64_t{512} << 20) + 1, 8), "damaged", "plain_len");
        add("plain_len_2_to_63", with(60, std::uint64_t{1} << 63, 8), "damaged", "plain_len");
        add("plain_len_0", with(60, 0, 8), "damaged", "length");
        add("plain_len_one_less", with(60, content_.size() - 1, 8), "damaged",
            padme(content_.size() - 1) == padme(content_.size()) ? "padding" : "length");
        add("plain_len_twice", with(60, content_.size() * 2, 8), "damaged", "length");
        Bytes padded = padded_as_told(content_);
        padded.back() = 1;
        add("padding_not_zero", sealed(header_bytes(header_), padded), "damaged", "padding");
        add("not_padded", sealed(header_bytes(header_), content_), "damaged", "length");
        padded.back() = 0;
        padded.resize(padded.size() + 8);
        add("padded_too_far", sealed(header_bytes(header_), padded), "damaged", "length");
    }

    void other_keys() {
        const Bytes padded = padded_as_told(content_);
        const SecretKey& other = kind_ == Kind::Snapshot ? kit_.keys.journal : kit_.keys.snapshot;
        add("key_of_another_kind", seal_as_is(header_bytes(header_), slots_, padded, label_, other), "damaged", "seal");
        const std::string_view label = kind_ == Kind::Snapshot ? "jrnl" : "snap";
        Bytes header = header_bytes(header_);
        if (has_slots_) {
            const Digest check = header_check(header, slots_);
            std::copy(check.begin(), check.end(), header.begin() + kPreviousAt);
        }
        add("label_of_another_kind", seal_as_is(header, slots_, padded, label, key_of(kit_, kind_)), "damaged", "seal");
        const VaultKeys next = derive_keys(kit_.root, kit_.vault_id, 2);
        const SecretKey& key = kind_ == Kind::Header     ? next.header
                               : kind_ == Kind::Snapshot ? next.snapshot
                               : kind_ == Kind::Journal  ? next.journal
                               : kind_ == Kind::Head     ? next.head
                                                         : next.backup;
        add("key_of_another_epoch", seal_as_is(header_bytes(header_), slots_, padded, label_, key), "damaged", "seal");
        EnvelopeHeader elsewhere = header_;
        elsewhere.vault_id[0] ^= 1;
        // The recovery key's slot is bound to the vault, so of a header that says another one it is another key.
        const Bytes other_vault = sealed(header_bytes(elsewhere), padded);
        if (has_slots_) add("other_vault", other_vault, "wrong_secret", "secret");
        else add("other_vault", other_vault, "damaged", "vault_id");
    }

    Vectors& out_;
    const Kit& kit_;
    Kind kind_;
    std::string_view label_;
    Bytes content_, slots_, good_;
    EnvelopeHeader header_;
    bool has_slots_ = false;
};

}  // namespace

Kit::Kit() {
    for (std::size_t i = 0; i < vault_id.size(); ++i) vault_id[i] = static_cast<std::uint8_t>(0xA0 + i);
    keys = derive_keys(root, vault_id, 1);
    table = encode_slots({passphrase_slot(), recovery_slot()});
}

Slot Kit::passphrase_slot(const char* passphrase) const {
    platform::SeededRandom random(77);
    Salt salt{};
    random.fill(salt);
    const Result<SecretKey> kek = derive_key(passphrase, salt, kQuick);
    return make_slot(SlotType::Passphrase, kQuick, salt, kek.value(), root, vault_id, random);
}

Slot Kit::recovery_slot() const {
    platform::SeededRandom random(78);
    return make_recovery_slot(recovery, root, vault_id, random);
}

std::string_view label_of(Kind kind) {
    constexpr std::string_view kLabels[] = {"", "hdr", "snap", "jrnl", "backup", "share", "agreed", "head"};
    return kLabels[static_cast<std::size_t>(kind)];
}

const SecretKey& key_of(const Kit& kit, Kind kind) {
    switch (kind) {
        case Kind::Header: return kit.keys.header;
        case Kind::Snapshot: return kit.keys.snapshot;
        case Kind::Journal: return kit.keys.journal;
        case Kind::Head: return kit.keys.head;
        default: return kit.keys.backup;
    }
}

Bytes padded_as_told(const Bytes& content) {
    Bytes padded = content;
    padded.resize(static_cast<std::size_t>(padme(content.size())), 0);
    return padded;
}

Bytes seal_as_is(Bytes header, const Bytes& slots, const Bytes& padded, std::string_view label, const SecretKey& key) {
    if (label == "hdr" || label == "backup") {
        const Digest check = header_check(header, slots);
        std::copy(check.begin(), check.end(), header.begin() + kPreviousAt);
    }
    Writer aad;
    aad.raw(bytes_of("entente/1/"));
    aad.raw(bytes_of(label));
    aad.raw(header);
    aad.raw(slots);
    Bytes sealed(padded.size() + kTagBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data(), nullptr, padded.data(), padded.size(), aad.bytes().data(), aad.bytes().size(),
                                               nullptr, header.data() + kNonceAt, key.data());
    Bytes record = std::move(header);
    record.insert(record.end(), slots.begin(), slots.end());
    record.insert(record.end(), sealed.begin(), sealed.end());
    return record;
}

void add_envelopes(Vectors& out, const Kit& kit) {
    for (const Kind kind : {Kind::Header, Kind::Snapshot, Kind::Journal, Kind::Head, Kind::Backup}) OneKind(out, kit, kind).add_all();
}

}  // namespace entente::vectors
