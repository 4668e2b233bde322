// The recovery key: its text, its slot, and changing what opens a workspace.
#include "vault/recovery_key.hpp"

#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/machine.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

Bytes counting() {
    Bytes bytes(kKeyBytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
    return bytes;
}

RecoveryKey key_from(std::uint64_t seed) {
    platform::SeededRandom random(seed);
    return RecoveryKey::make(random);
}

constexpr const char* kCountingText = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFQ-VSBM";

Result<void> change(Tab& tab, Secret current, Secret next) {
    Result<void> out = fail(ErrorCode::Cancelled, Message{});
    tab.vault.change_key(std::move(current), std::move(next), [&out](Result<void> result) { out = std::move(result); });
    tab.pump();
    return out;
}

Result<Opened> unlock(Tab& tab, Secret secret) {
    Result<Opened> out = fail(ErrorCode::Cancelled, Message{});
    tab.vault.unlock(std::move(secret), [&out](Result<Opened> result) { out = std::move(result); });
    tab.pump();
    return out;
}

std::size_t slots_in(const platform::MemoryDisk& disk, std::uint64_t copy) {
    return read_locked_header(disk.stores.at("hdr").at(copy))->slots.size();
}

}  // namespace

TEST_CASE("a recovery key's text, against values worked out elsewhere") {
    // Python: hashlib.blake2b(b"entente/1/recovery-check", key=k, digest_size=32), int.from_bytes, base 32.
    CHECK(RecoveryKey(Bytes(kKeyBytes, 0)).text() == "0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-000A-RJMQ");
    CHECK(RecoveryKey(Bytes(kKeyBytes, 255)).text() == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZS-M3SN");
    CHECK(RecoveryKey(counting()).text() == kCountingText);
    VaultId id{};
    for (std::size_t i = 0; i < id.size(); ++i) id[i] = static_cast<std::uint8_t>(i);
    CHECK(to_hex(RecoveryKey(counting()).kek(id).view()) == "8f2fa0442d0af033e21959bf6235618176f00134b3032a5c1bab5973f7162236");
}

TEST_CASE("a recovery key is read back as people type it") {
    const RecoveryKey key(counting());
    for (const std::string& typed : {std::string(kCountingText),
                                     std::string("000g-40r4-0m30-e209-185g-r38e-1w81-24gk-2gah-c5rr-34d1-p70x-3rfq-vsbm"),
                                     std::string("OOOG4OR4OM3OE2O9I85GR38ElW8124GK2GAHC5RR34DiP7OX3RFQVSBM"),
                                     std::string("  000G 40R4 0M30 E209\n185G R38E 1W81 24GK\r\n2GAH C5RR 34D1 P70X\t3RFQ VSBM ")}) {
        const Result<RecoveryKey> parsed = RecoveryKey::parse(typed);
        REQUIRE(parsed);
        CHECK(*parsed == key);
    }
    for (std::uint64_t seed = 1; seed <= 200; ++seed) CHECK(*RecoveryKey::parse(key_from(seed).text()) == key_from(seed));
}

TEST_CASE("a mistyped recovery key is said to be mistyped") {
    const std::string text = kCountingText;
    int taken = 0, tried = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '-') continue;
        for (const char other : std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZU*?")) {
            std::string wrong = text;
            if (wrong[i] == other) continue;
            wrong[i] = other;
            ++tried;
            const Result<RecoveryKey> parsed = RecoveryKey::parse(wrong);
            taken += parsed.has_value();
            if (!parsed) CHECK(parsed.error().code == ErrorCode::BadInput);
        }
        std::string swapped = text;
        if (i + 1 < text.size() && text[i + 1] != '-' && text[i] != text[i + 1]) {
            std::swap(swapped[i], swapped[i + 1]);
            taken += RecoveryKey::parse(swapped).has_value();
        }
    }
    CHECK(tried == 56 * 34);
    CHECK(taken == 0);
    for (const std::string& wrong : {std::string(), std::string("0"), text.substr(0, text.size() - 1), text + "0", text + text}) {
        CHECK_FALSE(RecoveryKey::parse(wrong));
    }
}

TEST_CASE("a recovery slot has one encoding") {
    platform::SeededRandom random(4);
    const RecoveryKey key = key_from(5);
    Slot slot = make_recovery_slot(key, SecretKey(Bytes(kKeyBytes, 3)), VaultId{7}, random);
    REQUIRE(decode_slots(encode_slots({slot})));
    CHECK(open_slot(slot, key.kek(VaultId{7}), VaultId{7})->view()[0] == 3);
    CHECK(open_slot(slot, key_from(6).kek(VaultId{7}), VaultId{7}).error().code == ErrorCode::WrongSecret);
    slot.parameters.passes = 1;
    CHECK_FALSE(decode_slots(encode_slots({slot})));
    slot.parameters.passes = 0;
    slot.salt[3] = 1;
    CHECK_FALSE(decode_slots(encode_slots({slot})));
}

TEST_CASE("a recovery key opens the workspace, a new one takes its place, and the passphrase goes on working") {
    for (const bool mirrored : {false, true}) {
        Browser browser = browser_with(3, mirrored);
        {
            auto tab = browser.tab();
            CHECK(unlock(*tab, key_from(1)).error().code == ErrorCode::WrongSecret);
            REQUIRE(tab->unlock());
            CHECK(change(*tab, "not the passphrase", key_from(1)).error().code == ErrorCode::WrongSecret);
            REQUIRE(change(*tab, kPassphrase, key_from(1)));
            tab->write(4, entry_bytes(4));
            CHECK(tab->vault.saving() == Saving::Saved);
        }
        CHECK(unlock(*browser.tab(), key_from(1))->entries.size() == 4);
        CHECK(browser.tab()->unlock());
        {
            auto tab = browser.tab();
            REQUIRE(unlock(*tab, key_from(1)));
            REQUIRE(change(*tab, key_from(1), key_from(2)));
        }
        CHECK(unlock(*browser.tab(), key_from(1)).error().code == ErrorCode::WrongSecret);
        CHECK(unlock(*browser.tab(), key_from(2)));
        CHECK(browser.tab()->unlock());
        for (const auto& disk : {browser.disk, mirrored ? browser.mirror : browser.disk}) {
            CHECK(slots_in(*disk, 0) == 2);
            CHECK(slots_in(*disk, 1) == 2);
        }
    }
}

TEST_CASE("a changed passphrase: the new one opens, the old one does not, nothing else changes") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    REQUIRE(change(*tab, kPassphrase, "eight herons on the weir"));
    CHECK(change(*tab, kPassphrase, "another").error().code == ErrorCode::WrongSecret);
    CHECK(change(*tab, "eight herons on the weir", "").error().code == ErrorCode::BadInput);
    tab->write(4, entry_bytes(4));
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(browser.tab()->unlock().error().code == ErrorCode::WrongSecret);
    const Result<Opened> opened = browser.tab()->unlock("eight herons on the weir");
    REQUIRE(opened);
    CHECK(opened->entries.size() == 4);
    CHECK(opened->warnings.empty());
    CHECK(browser.disk->stores["hdr"] == browser.mirror->stores["hdr"]);
    CHECK(slots_in(*browser.disk, 0) == 1);
}

TEST_CASE("a change of passphrase that is cut short anywhere leaves a workspace that opens") {
    for (std::uint64_t steps = 0; steps < 16; ++steps) {
        for (const std::size_t happened : {0u, 1u}) {
            Browser browser = browser_with(2, true);
            {
                auto tab = browser.tab();
                REQUIRE(tab->unlock());
                tab->vault.change_key(std::string(kPassphrase), std::string("eight herons"), [](const Result<void>&) {});
                for (std::uint64_t i = 0; i < steps; ++i) {
                    if (!tab->storage.pump_one() && !tab->second.pump_one()) tab->worker.pump_one();
                }
                tab->storage.crash(happened);
                tab->second.crash(happened);
            }
            const bool old_opens = browser.tab()->unlock().has_value();
            const bool new_opens = browser.tab()->unlock("eight herons").has_value();
            CHECK((old_opens || new_opens));
            auto tab = browser.tab();
            REQUIRE(tab->unlock(new_opens ? "eight herons" : kPassphrase));
            tab->write(3, entry_bytes(3));
            CHECK(tab->vault.saving() == Saving::Saved);
            CHECK(browser.disk->stores["hdr"] == browser.mirror->stores["hdr"]);
        }
    }
}

TEST_CASE("a store that fails while the passphrase changes is brought to the new one when it comes back") {
    for (const bool first : {false, true}) {
        for (std::uint64_t n = 0; n < 4; ++n) {
            Browser browser = browser_with(2, true);
            auto tab = browser.tab();
            REQUIRE(tab->unlock());
            platform::MemoryStorage& storage = first ? tab->storage : tab->second;
            storage.fail_operation(n, {}, true);
            CHECK(change(*tab, kPassphrase, "eight herons"));
            CHECK(tab->vault.saving() == Saving::OneCopy);
            storage.heal();
            tab->vault.retry();
            tab->pump();
            CHECK(tab->vault.saving() == Saving::Saved);
            CHECK(browser.disk->stores["hdr"] == browser.mirror->stores["hdr"]);
            CHECK(browser.tab()->unlock().error().code == ErrorCode::WrongSecret);
            CHECK(browser.tab()->unlock("eight herons"));
        }
    }
}
