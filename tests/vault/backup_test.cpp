// A backup: everything in one file that opens alone, or not at all.
#include "vault/backup.hpp"

#include <doctest.h>

#include "tests/support/golden.hpp"
#include "tests/vault/world.hpp"
#include "vault/machine.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

Result<Backup> backup_of(Tab& tab) {
    Result<Backup> out = fail(ErrorCode::Cancelled, Message{});
    tab.vault.make_backup([&out](Result<Backup> result) { out = std::move(result); });
    tab.pump();
    return out;
}

RecoveryKey test_key() {
    platform::SeededRandom random(99);
    return RecoveryKey::make(random);
}

// An open tab of a workspace with so many entries, a snapshot in the middle, and a recovery key.
std::unique_ptr<Tab> open_tab(Browser& browser, std::uint64_t entries) {
    auto tab = browser.tab();
    if (!tab->create()) return tab;
    tab->vault.change_key(std::string(kPassphrase), test_key(), [](const Result<void>&) {});
    tab->pump();
    for (std::uint64_t sequence = 1; sequence <= entries; ++sequence) {
        tab->write(sequence, entry_bytes(sequence));
        if (sequence == entries / 2) tab->vault.offer_snapshot(sequence, Bytes(200, 8));
        tab->pump();
    }
    return tab;
}

Bytes text_bytes(std::string_view text) {
    const ByteView view = bytes_of(text);
    return Bytes(view.begin(), view.end());
}

constexpr const char* kGoldenPassphrase = "Cwm-glas 7 yn y bore";

// The same bytes on every machine.
Bytes golden_backup() {
    ensure_sodium();
    platform::SeededRandom random(515151);
    EnvelopeHeader header;
    random.fill(header.vault_id);
    random.fill(header.nonce);
    header.writer_epoch = 3;
    header.utc_ms = 1'772'438'400'000;
    SecretKey root;
    random.fill(std::span<std::uint8_t>(root.data(), kKeyBytes));
    Salt salt{};
    random.fill(salt);
    Result<SecretKey> kek = derive_key(kGoldenPassphrase, salt, kFloorKdf);
    if (!kek) return {};
    const std::vector<Slot> slots{make_slot(SlotType::Passphrase, kFloorKdf, salt, *kek, root, header.vault_id, random),
                                  make_recovery_slot(test_key(), root, header.vault_id, random)};
    BackupContent content;
    content.device.n = 0x1122334455667788;
    content.made_utc_ms = header.utc_ms;
    random.fill(content.journal_hash);
    content.snapshot = text_bytes("state after two");
    content.snapshot_sequence = 2;
    content.entries = {text_bytes("third entry"), text_bytes("fourth entry")};
    content.sequence = 4;
    const VaultKeys keys = derive_keys(root, header.vault_id, header.key_epoch);
    return seal_backup(header, keys.backup, content, encode_slots(slots));
}

}  // namespace

TEST_CASE("a backup holds everything that is durable, and opens with the recovery key alone") {
    for (const std::uint64_t entries : {0u, 1u, 7u, 3000u}) {
        Browser browser;
        browser.mirror = std::make_shared<platform::MemoryDisk>();
        auto tab = open_tab(browser, entries);
        tab->vault.append(entries + 1, entry_bytes(entries + 1));  // not durable yet
        const Result<Backup> backup = backup_of(*tab);
        REQUIRE(backup);
        CHECK(backup->sequence == entries);
        const Result<BackupContent> content = open_backup(backup->file, test_key());
        REQUIRE(content);
        CHECK(content->sequence == entries);
        CHECK(content->journal_hash == backup->journal_hash);
        CHECK(content->snapshot_sequence == entries / 2);
        CHECK(content->snapshot.has_value() == (entries / 2 > 0));
        REQUIRE(content->entries.size() == entries - entries / 2);
        for (std::uint64_t i = 0; i < content->entries.size(); ++i) CHECK(content->entries[i] == entry_bytes(entries / 2 + 1 + i));
        platform::SeededRandom random(100);
        CHECK(open_backup(backup->file, RecoveryKey::make(random)).error().code == ErrorCode::WrongSecret);
        // Sealed again it would be the same: one content has one form.
        const Result<LockedHeader> locked = read_locked_backup(backup->file);
        REQUIRE(locked);
        CHECK(locked->slots.size() == 2);
    }
}

TEST_CASE("a backup takes each record from the store that has it whole, also of a workspace that is only salvaged") {
    Browser browser;
    browser.mirror = std::make_shared<platform::MemoryDisk>();
    auto tab = open_tab(browser, 10);
    browser.disk->stores["jrnl"][7] = Bytes(100, 1);
    browser.mirror->stores["jrnl"].erase(9);
    browser.mirror->stores["snap"][5][150] ^= 1;
    const Result<Backup> backup = backup_of(*tab);
    REQUIRE(backup);
    CHECK(open_backup(backup->file, test_key())->entries.size() == 5);
    browser.mirror->stores["jrnl"].erase(7);
    CHECK(backup_of(*tab).error().where == "jrnl 7");
    tab->vault.lock();
    REQUIRE(tab->unlock(kPassphrase, {std::nullopt, true}));
    const Result<Backup> salvaged = backup_of(*tab);
    REQUIRE(salvaged);
    CHECK(salvaged->sequence == 6);
    CHECK(open_backup(salvaged->file, test_key())->entries.size() == 1);
}

TEST_CASE("every flipped bit and every shorter length of a backup is found") {
    Browser browser;
    auto tab = open_tab(browser, 3);
    const Result<Backup> backup = backup_of(*tab);
    REQUIRE(backup);
    int opened = 0, other = 0;
    for (std::size_t bit = 0; bit < backup->file.size() * 8; ++bit) {
        Bytes altered = backup->file;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1u << (bit % 8)));
        const Result<BackupContent> content = open_backup(altered, test_key());
        opened += content.has_value();
        other += !content && content.error().code != ErrorCode::Damaged && content.error().code != ErrorCode::Unsupported;
    }
    for (std::size_t size = 0; size < backup->file.size(); ++size) {
        opened += open_backup(ByteView(backup->file).first(size), test_key()).has_value();
    }
    Bytes longer = backup->file;
    longer.push_back(0);
    opened += open_backup(longer, test_key()).has_value();
    CHECK(opened == 0);
    CHECK(other == 0);
}

TEST_CASE("a backup whose inside does not add up is refused, although the key is right") {
    platform::SeededRandom random(7);
    const SecretKey root(Bytes(kKeyBytes, 5));
    EnvelopeHeader header;
    header.vault_id = VaultId{4, 4};
    header.schema = 1;
    const VaultKeys keys = derive_keys(root, header.vault_id, header.key_epoch);
    const Bytes table = encode_slots({make_recovery_slot(test_key(), root, header.vault_id, random)});
    // Says that the entries are so many, up to sequence 3 after a snapshot of 2; `tail` stands after the count.
    const auto file = [&](std::uint8_t version, std::uint64_t device, std::uint64_t snapshot, std::uint64_t count, const Bytes& tail) {
        Writer plain;
        plain.u8(version);
        plain.u64(device);
        plain.u64(0);
        plain.raw(Digest{1});
        plain.u64(snapshot);
        plain.u8(9);
        plain.u64(count);
        plain.raw(tail);
        EnvelopeHeader sealed = header;
        sealed.kind = Kind::Backup;
        sealed.sequence = 3;
        sealed.base_sequence = 2;
        sealed.plain_bytes = plain.bytes().size();
        sealed.previous = header_check(header_bytes(sealed), table);
        return seal(sealed, keys.backup, plain.bytes(), table);
    };
    const Bytes one{2, 0, 0, 0, 0, 0, 0, 0, 7, 7};
    CHECK(open_backup(file(1, 6, 1, 1, one), test_key())->entries[0] == Bytes{7, 7});
    Bytes two = one, far = one;
    two.push_back(0);
    far[6] = 0x40;
    for (const Bytes& wrong : {file(2, 6, 1, 1, one), file(1, 0, 1, 1, one), file(1, 6, 0, 1, one), file(1, 6, 1, 2, one),
                               file(1, 6, std::uint64_t{1} << 60, 1, one), file(1, 6, 1, std::uint64_t{1} << 62, one),
                               file(1, 6, 1, 1, two), file(1, 6, 1, 1, far), file(1, 6, 1, 1, {}), file(1, 6, 1, 0, {})}) {
        const Result<BackupContent> content = open_backup(wrong, test_key());
        REQUIRE_FALSE(content);
        CHECK(content.error().code == ErrorCode::Damaged);
    }
}

TEST_CASE("a backup of format 1 opens with its passphrase, and is written the same way today") {
    const Bytes today = golden_backup();
    const Bytes golden = test::golden("backup_v1.entente", today);
    REQUIRE_MESSAGE(!golden.empty(), "backup_v1.entente is missing");
    CHECK(golden == today);
    for (const bool recovery : {false, true}) {
        const Result<BackupContent> content =
            recovery ? open_backup(golden, test_key()) : open_backup(golden, Secret(std::string(kGoldenPassphrase)));
        REQUIRE(content);
        CHECK(content->device.n == 0x1122334455667788);
        CHECK(text_of(*content->snapshot) == "state after two");
        CHECK(content->entries.size() == 2);
        CHECK(text_of(content->entries[1]) == "fourth entry");
        CHECK(content->sequence == 4);
    }
    CHECK(open_backup(golden, Secret(std::string("Cwm-glas 7 yn y bora"))).error().code == ErrorCode::WrongSecret);
}

TEST_CASE("a backup's name says whose it is, how far it goes and where it ends, and nothing else") {
    Digest hash{0xab, 0x12, 0xcd, 0x34, 0xff};
    CHECK(backup_name("Cwm", 1234, hash) == "Cwm_seq1234_ab12cd34.entente");
    CHECK(backup_name("Ffilmiau'r Cwm / 2026!", 1, hash) == "Ffilmiau-r-Cwm-2026_seq1_ab12cd34.entente");
    CHECK(backup_name("../../etc", 1, hash) == "etc_seq1_ab12cd34.entente");
    CHECK(backup_name("", 0, {}) == "workspace_seq0_00000000.entente");
    CHECK(backup_name("\xc5\xb4", 0, {}) == "workspace_seq0_00000000.entente");
    CHECK(backup_name(std::string(500, 'x'), 0, {}).size() < 100);
}
