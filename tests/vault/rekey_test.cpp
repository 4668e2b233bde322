// New keys: everything sealed anew, at once, or not at all; the old passphrase slot, recovery key and backups open nothing any more.
#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/envelope.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;
using platform::MemoryStorage;

namespace {

Bytes state_at(std::uint64_t sequence) { return entry_bytes(sequence + 1'000'000, 300); }

RecoveryKey old_key() {
    platform::SeededRandom random(99);
    return RecoveryKey::make(random);
}

// Eight entries, a snapshot of five, a recovery key.
Browser browser_of_eight(bool mirrored) {
    Browser browser = browser_with(5, mirrored);
    auto tab = browser.tab();
    if (!tab->unlock()) return browser;
    tab->vault.change_key(std::string(kPassphrase), old_key(), [](const Result<void>&) {});
    tab->pump();
    tab->vault.offer_snapshot(5, state_at(5));
    tab->pump();
    for (std::uint64_t sequence = 6; sequence <= 8; ++sequence) tab->write(sequence, entry_bytes(sequence));
    return browser;
}

using Answer = Result<void>;

void begin(Tab& tab, std::uint64_t sequence, std::shared_ptr<std::optional<Answer>> out) {
    tab.vault.rekey(kPassphrase, new_key(), [sequence] { return state_at(sequence); }, [out](Answer answer) { *out = std::move(answer); });
}

Result<Opened> open_with(Tab& tab, Secret secret) {
    Result<Opened> out = fail(ErrorCode::Cancelled, Message{});
    tab.vault.unlock(std::move(secret), [&out](Result<Opened> result) { out = std::move(result); });
    tab.pump();
    return out;
}

// The state of eight entries, whichever way it is kept.
bool holds_eight(const Result<Opened>& opened) {
    if (!opened || opened->sequence != 8 || opened->missing_entries > 0) return false;
    if (opened->snapshot_sequence == 8) return *opened->snapshot == state_at(8) && opened->entries.empty();
    return opened->snapshot_sequence == 5 && *opened->snapshot == state_at(5) && opened->entries.size() == 3;
}

}  // namespace

TEST_CASE("new keys: the passphrase stays, the old recovery key and what was sealed before open nothing") {
    for (const bool mirrored : {false, true}) {
        Browser browser = browser_of_eight(mirrored);
        const auto before = browser.disk->stores;
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        Bytes backup;
        tab->vault.make_backup([&backup](const Result<Backup>& made) { backup = made->file; });
        tab->pump();
        auto answer = std::make_shared<std::optional<Answer>>();
        begin(*tab, 8, answer);
        tab->pump();
        REQUIRE(answer->has_value());
        REQUIRE(**answer);
        CHECK(tab->vault.saving() == Saving::Saved);
        tab->write(9, entry_bytes(9));
        CHECK(tab->vault.saving() == Saving::Saved);
        // The drill still knows the old backup, with the passphrase.
        Result<BackupCheck> check = fail(ErrorCode::Cancelled, Message{});
        tab->vault.verify_backup(backup, std::nullopt, [&check](Result<BackupCheck> found) { check = std::move(found); });
        tab->pump();
        CHECK(check.error().code == ErrorCode::WrongSecret);
        tab->vault.verify_backup(backup, std::string(kPassphrase), [&check](Result<BackupCheck> found) { check = std::move(found); });
        tab->pump();
        REQUIRE(check);
        CHECK(check->sequence == 8);
        CHECK(check->newer == 1);
        tab.reset();
        if (mirrored) CHECK(browser.disk->stores == browser.mirror->stores);
        for (const auto& [store, records] : browser.disk->stores) {
            for (const auto& [key, value] : records) {
                const auto old = before.at(store).find(key);
                CHECK((old == before.at(store).end() || old->second != value));
                CHECK(parse_header(value)->key_epoch == 2);
            }
        }
        CHECK(browser.disk->stores["snap"].size() == 1);
        CHECK(browser.disk->stores["jrnl"].size() == 1);
        CHECK(open_with(*browser.tab(), old_key()).error().code == ErrorCode::WrongSecret);
        for (const bool by_key : {false, true}) {
            Secret secret = std::string(kPassphrase);
            if (by_key) secret = new_key();
            const Result<Opened> opened = open_with(*browser.tab(), std::move(secret));
            REQUIRE(opened);
            CHECK(opened->warnings.empty());
            CHECK(*opened->snapshot == state_at(8));
            CHECK(opened->entries == std::vector<Bytes>{entry_bytes(9)});
        }
    }
}

TEST_CASE("new keys: a wrong passphrase changes nothing; what is written meanwhile follows") {
    Browser browser = browser_of_eight(true);
    const auto before = browser.disk->stores;
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    std::optional<Answer> refused;
    tab->vault.rekey("another", new_key(), [] { return Bytes{}; }, [&refused](Answer answer) { refused = std::move(answer); });
    tab->pump();
    CHECK(refused->error().code == ErrorCode::WrongSecret);
    CHECK(browser.disk->stores == before);
    auto answer = std::make_shared<std::optional<Answer>>();
    std::uint64_t sequence = 8, asked_at = 0;
    tab->vault.rekey(kPassphrase, new_key(), [&] { return state_at(asked_at = sequence); }, [answer](Answer made) { *answer = std::move(made); });
    while (!answer->has_value()) {
        if (sequence < 20) {
            ++sequence;
            tab->vault.append(sequence, entry_bytes(sequence));
            tab->vault.flush();
        }
        if (!tab->storage.pump_one() && !tab->second.pump_one() && !tab->worker.pump_one() && sequence == 20) break;
    }
    tab->pump();
    REQUIRE(answer->has_value());
    CHECK(**answer);
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(tab->vault.durable_sequence() == sequence);
    const Result<Opened> opened = browser.tab()->unlock();
    REQUIRE(opened);
    CHECK(opened->sequence == sequence);
    CHECK(*opened->snapshot == state_at(asked_at));
}

TEST_CASE("new keys, crashed at any moment: the old keys open everything or the new ones do, and the stores come together") {
    int old_opens = 0, new_opens = 0;
    for (const bool mirrored : {false, true}) {
        for (std::size_t steps = 0; steps < 40; ++steps) {
            for (int fate = 0; fate < 4; ++fate) {
                Browser browser = browser_of_eight(mirrored);
                auto tab = browser.tab();
                REQUIRE(tab->unlock());
                auto answer = std::make_shared<std::optional<Answer>>();
                begin(*tab, 8, answer);
                for (std::size_t i = 0; i < steps; ++i) {
                    if (!tab->storage.pump_one() && !tab->second.pump_one()) tab->worker.pump_one();
                }
                tab->storage.crash(static_cast<std::size_t>(fate & 1));
                tab->second.crash(static_cast<std::size_t>(fate >> 1));
                tab = browser.tab();
                const Result<Opened> opened = tab->unlock();
                REQUIRE(holds_eight(opened));
                ++(opened->snapshot_sequence == 8 ? new_opens : old_opens);
                if (answer->has_value()) CHECK(opened->snapshot_sequence == 8);
                tab->pump();
                tab->write(9, entry_bytes(9));
                CHECK(tab->vault.saving() == Saving::Saved);
                tab.reset();
                if (!mirrored) continue;
                for (const auto& disk : {browser.disk, browser.mirror}) {
                    Browser alone;
                    *alone.disk = *disk;
                    CHECK(alone.tab()->unlock()->sequence == 9);
                }
            }
        }
    }
    CHECK(old_opens > 20);
    CHECK(new_opens > 20);
}

TEST_CASE("new keys with a fault at any operation of either store: said truly, and nothing is lost") {
    for (const bool for_ever : {false, true}) {
        for (const bool happened : {false, true}) {
            for (const bool second : {false, true}) {
                for (std::uint64_t n = 0; n < 12; ++n) {
                    Browser browser = browser_of_eight(true);
                    auto tab = browser.tab();
                    REQUIRE(tab->unlock());
                    (second ? tab->second : tab->storage).fail_operation(n, {ErrorCode::StorageFull, happened}, for_ever);
                    auto answer = std::make_shared<std::optional<Answer>>();
                    begin(*tab, 8, answer);
                    tab->pump();
                    REQUIRE(answer->has_value());
                    const bool done = (*answer)->has_value();
                    std::uint64_t last = 8;
                    if (tab->vault.saving() != Saving::Failed) {
                        tab->write(++last, entry_bytes(9));
                        if (tab->vault.durable_sequence() < last) --last;
                    }
                    tab->storage.heal();
                    tab->second.heal();
                    tab = browser.tab();
                    const Result<Opened> opened = tab->unlock();
                    REQUIRE(opened);
                    CHECK(opened->sequence >= last);
                    CHECK(opened->missing_entries == 0);
                    if (done) CHECK(opened->snapshot_sequence == 8);
                    tab->pump();
                    tab->write(opened->sequence + 1, entry_bytes(10));
                    CHECK(tab->vault.saving() == Saving::Saved);
                }
            }
        }
    }
}
