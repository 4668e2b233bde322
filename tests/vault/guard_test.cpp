// Who may write, and what becomes of it where it is not this tab, or not this store: tabs that slept, tabs that were robbed, keys that
// were changed in one store alone, a store that was emptied under an open tab.
#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/machine.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

constexpr const char* kAnother = "a brand new passphrase";

std::uint64_t edition(const platform::MemoryDisk& disk) { return parse_header(disk.stores.at("hdr").at(0))->sequence; }

// Answered with an error, or not; an answer there must be.
bool change(Tab& tab, const std::string& current, const std::string& next) {
    std::optional<bool> done;
    tab.vault.change_key(current, next, [&done](const Result<void>& result) { done = result.has_value(); });
    tab.pump();
    REQUIRE(done);
    return *done;
}

bool rekey(Tab& tab) {
    std::optional<bool> made;
    tab.vault.rekey(kPassphrase, new_key(), [] { return Bytes(100, 3); },
                    [&made](const Result<void>& result) { made = result.has_value(); });
    tab.pump();
    REQUIRE(made);
    return *made;
}

// Two tabs of one browser, whose files only one of them can have.
struct Pair {
    Browser browser = browser_with(3, true);
    std::unique_ptr<Tab> a = browser.tab(), b = browser.tab();
    Pair() {
        a->second.make_exclusive();
        b->second.make_exclusive();
    }
    // All are gone; the next one to look.
    std::unique_ptr<Tab> later() {
        a.reset();
        b.reset();
        browser.mirror->held_by = nullptr;
        return browser.tab();
    }
};

}  // namespace

TEST_CASE("a tab that follows changes no passphrase: not at once, and not where it handed over while the key was derived") {
    for (const bool meanwhile : {false, true}) {
        Pair tabs;
        REQUIRE(tabs.a->unlock());
        tabs.a->pump();
        std::optional<bool> done;
        const auto ask = [&] {
            tabs.a->vault.change_key(std::string(kPassphrase), std::string(kAnother),
                                     [&](const Result<void>& result) { done = result.has_value(); });
        };
        if (meanwhile) {
            ask();
            tabs.a->vault.lost_turn();
        } else {
            REQUIRE(tabs.a->vault.hand_over());
            ask();
        }
        REQUIRE(tabs.b->unlock());
        tabs.a->pump();
        REQUIRE(done);
        CHECK_FALSE(*done);
        CHECK(edition(*tabs.browser.disk) == edition(*tabs.browser.mirror));
        CHECK(tabs.later()->unlock());
    }
}

TEST_CASE("a robbed tab mends nothing: what the other tab changed stays changed") {
    Pair tabs;
    REQUIRE(tabs.a->unlock());
    tabs.a->pump();
    tabs.a->vault.append(4, entry_bytes(4));
    tabs.a->vault.lost_turn();
    tabs.a->pump();
    REQUIRE(tabs.b->unlock());
    tabs.b->pump();
    CHECK(change(*tabs.b, kPassphrase, kAnother));
    tabs.b->vault.lock();
    tabs.b->second.let_go();
    std::optional<ErrorCode> refused;
    tabs.a->vault.check([&refused](const Result<RecoveryReport>& report) {
        if (!report) refused = report.error().code;
    });
    tabs.a->pump();
    CHECK(refused == ErrorCode::Conflict);
    auto tab = tabs.later();
    CHECK(tab->unlock().error().code == ErrorCode::WrongSecret);
    CHECK(tab->unlock(kAnother));
}

TEST_CASE("a walk through the stores gives way to keys that are newer than its own") {
    Browser browser = browser_with(3, true);
    auto first = browser.tab(), second = browser.tab();
    REQUIRE(first->unlock());
    REQUIRE(second->unlock());
    CHECK(change(*second, kPassphrase, kAnother));
    std::optional<bool> checked;
    first->vault.check([&checked](const Result<RecoveryReport>& report) { checked = report.has_value(); });
    first->pump();
    CHECK(checked == false);
    CHECK(browser.tab()->unlock(kAnother));
    CHECK(browser.tab()->unlock().error().code == ErrorCode::WrongSecret);
}

TEST_CASE("a tab that slept through losing its turn does not go on with the second store alone") {
    for (const bool before : {true, false}) {  // it wakes before or after its write reached the files
        Pair tabs;
        auto turns = std::make_shared<platform::MemoryTurns>();
        platform::MemoryTurn turn_a(turns), turn_b(turns);
        Tab& a = *tabs.a;
        Vault sleeper(Ports{a.storage, tabs.browser.witness, a.clock, a.random, a.worker, &a.second, &turn_a});
        const auto pump = [&] {
            while (a.storage.pump_one() || a.second.pump_one() || a.worker.pump_one() || turn_a.pump_one()) {
            }
        };
        turn_a.take(false, [](const Result<bool>&) {});
        bool open = false;
        sleeper.unlock(std::string(kPassphrase), [&open](const Result<Opened>& result) { open = result.has_value(); });
        pump();
        REQUIRE(open);
        if (!before) {  // it had the second store alone already
            a.storage.fail_operation(0, {}, false);
        }
        sleeper.append(4, entry_bytes(44));
        sleeper.flush();
        if (!before) {
            while (a.storage.pump_one() || turn_a.pump_one()) {
            }
            while (a.second.happen_one()) {
            }
        }
        // It sleeps; the other takes its turn, its keys and the database, and cannot have the files.
        turn_b.take(true, [](const Result<bool>&) {});
        turns->expire();
        REQUIRE(turn_b.has());
        REQUIRE(tabs.b->unlock());
        tabs.b->write(4, entry_bytes(4));
        tabs.b->write(5, entry_bytes(5));
        CHECK(tabs.b->vault.durable_sequence() == 5);
        const std::optional<std::string> witness = tabs.browser.witness.value;
        // It wakes, and its database answers with an error that says nothing of another tab.
        if (before) a.storage.fail_operation(0, {}, false);
        pump();
        CHECK(sleeper.saving() == Saving::Failed);
        CHECK(sleeper.last_error()->code == ErrorCode::Conflict);
        CHECK(sleeper.durable_sequence() == 3);
        CHECK(tabs.browser.witness.value == witness);
        sleeper.lock();
        a.second.let_go();
        auto tab = tabs.later();
        const Result<Opened> opened = tab->unlock();
        if (before) {
            REQUIRE(opened);
            CHECK(opened->entries == written(5));
        } else {  // the files have its entry, which nobody was told is saved: that is shown, and neither is thrown away
            CHECK((opened || tab->vault.recovery().fork));
        }
    }
}

TEST_CASE("a tab that slept while it opened, and lost its turn, takes nothing for saved that the tab that writes does not know of") {
    for (const bool taking_over : {false, true}) {
        // A tab died that wrote to the files alone; nobody was told that it is saved.
        Pair tabs;
        Browser ahead = copy_of(tabs.browser);
        auto dead = ahead.tab();
        REQUIRE(dead->unlock());
        dead->write(4, entry_bytes(44));
        tabs.browser.mirror->stores = ahead.mirror->stores;
        auto turns = std::make_shared<platform::MemoryTurns>();
        platform::MemoryTurn turn_a(turns), turn_b(turns);
        Tab& a = *tabs.a;
        Vault sleeper(Ports{a.storage, tabs.browser.witness, a.clock, a.random, a.worker, &a.second, &turn_a});
        const auto pump = [&] {
            while (a.storage.pump_one() || a.second.pump_one() || a.worker.pump_one() || turn_a.pump_one()) {
            }
        };
        std::optional<Result<Opened>> opened;
        const auto answer = [&opened](Result<Opened> result) { opened = std::move(result); };
        turn_a.take(false, [](const Result<bool>&) {});
        if (taking_over) {
            sleeper.unlock(std::string(kPassphrase), OpenChoice{std::nullopt, false, true}, answer);
            pump();
            REQUIRE(opened);
            sleeper.reopen(true, answer);
        } else {
            sleeper.unlock(std::string(kPassphrase), answer);
        }
        for (int kinds = 0; kinds < 2; ++kinds) {  // headers and heads
            REQUIRE(a.storage.pump_one());
            REQUIRE(a.second.pump_one());
            a.worker.pump_one();
        }
        opened.reset();
        turn_b.take(true, [](const Result<bool>&) {});
        turns->expire();
        REQUIRE(tabs.b->unlock());
        tabs.b->write(4, entry_bytes(4));
        CHECK(tabs.b->vault.durable_sequence() == 4);
        const std::optional<std::string> witness = tabs.browser.witness.value;
        pump();
        REQUIRE(opened);
        REQUIRE(*opened);
        CHECK(sleeper.following());
        CHECK((*opened)->entries == written(4));
        CHECK(tabs.browser.witness.value == witness);
        tabs.b->write(5, entry_bytes(5));
        CHECK(tabs.b->vault.durable_sequence() == 5);
    }
}

TEST_CASE("a tab that slept while it opened leaves what another has noted since") {
    Pair tabs;
    std::optional<bool> opened;
    tabs.a->vault.unlock(std::string(kPassphrase), [&opened](const Result<Opened>& result) { opened = result.has_value(); });
    for (int kinds = 0; kinds < 2; ++kinds) {  // headers and heads
        REQUIRE(tabs.a->storage.pump_one());
        REQUIRE(tabs.a->second.pump_one());
        tabs.a->worker.pump_one();
    }
    REQUIRE(tabs.a->storage.happen_one());
    REQUIRE(tabs.b->unlock());
    tabs.b->write(4, entry_bytes(4));
    const std::optional<std::string> witness = tabs.browser.witness.value;
    tabs.a->pump();
    CHECK(opened == true);
    CHECK(tabs.a->vault.durable_sequence() == 3);
    CHECK(tabs.browser.witness.value == witness);
    tabs.a->write(4, entry_bytes(44));
    CHECK(tabs.a->vault.last_error()->code == ErrorCode::Conflict);
    CHECK(tabs.browser.witness.value == witness);
}

TEST_CASE("a tab that lost its turn while it changed a passphrase does not take the files again") {
    Pair tabs;
    Tab& a = *tabs.a;
    REQUIRE(a.unlock());
    a.pump();
    std::optional<bool> done;
    a.vault.change_key(std::string(kPassphrase), std::string(kAnother), [&done](const Result<void>& result) { done = result.has_value(); });
    while (a.worker.pump_one() || a.storage.pump_one()) {
    }
    REQUIRE(a.second.happen_one());  // it is written there, and this tab has not heard of it
    a.vault.lost_turn();
    a.pump();
    CHECK(done == false);
    CHECK(tabs.browser.mirror->held_by == nullptr);
    REQUIRE(tabs.b->unlock());
    CHECK_FALSE(tabs.b->vault.store_error(StoreId::Second));
}

TEST_CASE("a database that was emptied under an open tab is filled again from the files; nobody else wrote") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->pump();
    browser.disk->stores.clear();
    tab->write(4, entry_bytes(4));
    CHECK(tab->vault.saving() == Saving::OneCopy);
    CHECK(tab->vault.durable_sequence() == 4);
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(entries_of_one(*browser.disk) == written(4));
    CHECK(entries_of_one(*browser.mirror) == written(4));
}

TEST_CASE("where both stores were emptied nothing is called saved before a snapshot of what is in memory is in them") {
    for (const std::uint64_t snapshot : {0, 3}) {
        CAPTURE(snapshot);
        Browser browser = browser_with(3, true);
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        if (snapshot > 0) tab->vault.offer_snapshot(snapshot, Bytes{3});
        tab->pump();
        browser.disk->stores.clear();
        browser.mirror->stores.clear();
        for (std::uint64_t sequence = 4; sequence <= 6; ++sequence) {
            tab->write(sequence, entry_bytes(sequence));
            tab->vault.retry();
            tab->pump();
            CHECK(tab->vault.saving() == Saving::Failed);
            CHECK(tab->vault.last_error());
            CHECK(tab->vault.durable_sequence() < sequence);
            Result<Backup> made = fail(ErrorCode::Cancelled, Message{});
            tab->vault.make_backup([&made](Result<Backup> backup) { made = std::move(backup); }, [] { return Bytes{9}; });
            tab->pump();
            REQUIRE(made);
            CHECK(made->sequence == sequence);
        }
        REQUIRE(tab->vault.wants_snapshot());
        tab->vault.offer_snapshot(6, Bytes{6});
        tab->pump();
        CHECK(tab->vault.saving() == Saving::Saved);
        CHECK_FALSE(tab->vault.last_error());
        CHECK(tab->vault.durable_sequence() == 6);
        tab->write(7, entry_bytes(7));
        tab->vault.lock();
        for (const auto& disk : {browser.disk, browser.mirror}) {
            Browser alone;
            *alone.disk = *disk;
            const Result<Opened> opened = alone.tab()->unlock();
            REQUIRE(opened);
            CHECK(opened->sequence == 7);
            CHECK(opened->missing_entries == 0);
            CHECK(opened->snapshot == Bytes{6});
            CHECK(opened->entries == std::vector<Bytes>{entry_bytes(7)});
        }
    }
}

TEST_CASE("trying again does not take a lost turn back") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->pump();
    tab->vault.offer_snapshot(3, Bytes(10, 1));
    CHECK_FALSE(tab->vault.hand_over());
    tab->vault.lost_turn();
    tab->pump();
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Failed);
    CHECK(tab->vault.lost());
}

TEST_CASE("what was saved under the old keys after new ones were made elsewhere is shown as another history, and never deleted") {
    for (const bool witness : {true, false}) {
        Browser browser = browser_with(3, true);
        {
            auto tab = browser.tab();
            tab->second.fail_operation(0, {}, true);
            REQUIRE(tab->unlock());
            REQUIRE(rekey(*tab));
        }
        {  // the database with the new keys cannot be read
            auto tab = browser.tab();
            tab->storage.fail_operation(0, {}, true);
            REQUIRE(tab->unlock());
            tab->write(4, entry_bytes(4));
            tab->write(5, entry_bytes(5));
            CHECK(tab->vault.durable_sequence() == 5);
        }
        if (!witness) browser.witness.value.reset();
        const Browser before = copy_of(browser);
        auto tab = browser.tab();
        const Result<Opened> refused = tab->unlock();
        REQUIRE_FALSE(refused);
        CHECK(tab->vault.recovery().fork == 4);
        CHECK(tab->vault.recovery().stores[1].sequence == 5);
        CHECK(browser.mirror->stores == before.mirror->stores);
        for (const StoreId chosen : {StoreId::First, StoreId::Second}) {
            Browser copy = copy_of(before);
            auto one = copy.tab();
            REQUIRE_FALSE(one->unlock());
            const Result<Opened> opened = one->unlock(kPassphrase, {chosen, false});
            REQUIRE(opened);
            CHECK(opened->sequence == (chosen == StoreId::First ? 3 : 5));
            one->write(opened->sequence + 1, entry_bytes(9));
            CHECK(one->vault.saving() == Saving::Saved);
            one = copy.tab();
            CHECK(one->unlock());
            CHECK(one->vault.saving() == Saving::Saved);
            // The other's entries are there still.
            const platform::MemoryDisk& given_up = chosen == StoreId::First ? *copy.mirror : *copy.disk;
            const platform::MemoryDisk& was = chosen == StoreId::First ? *before.mirror : *before.disk;
            for (const auto& [name, records] : was.stores) {
                for (const auto& [key, value] : records) {
                    const auto& now = given_up.stores.at(name);
                    CHECK((now.contains(quarantine_key(value)) || (now.contains(key) && now.at(key) == value)));
                }
            }
        }
    }
}

TEST_CASE("keys that were made new count before a passphrase that was changed in the other store") {
    Browser browser = browser_with(3, true);
    {
        auto tab = browser.tab();
        tab->storage.fail_operation(0, {}, true);
        REQUIRE(tab->unlock());
        CHECK(change(*tab, kPassphrase, kAnother));
    }
    {
        auto tab = browser.tab();
        tab->second.fail_operation(0, {}, true);
        REQUIRE(tab->unlock());
        REQUIRE(rekey(*tab));
    }
    auto tab = browser.tab();
    CHECK(tab->unlock(kAnother).error().code == ErrorCode::WrongSecret);
    REQUIRE(tab->unlock());
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    auto by_key = browser.tab();
    bool opens = false;
    by_key->vault.unlock(Secret(new_key()), OpenChoice{}, [&opens](const Result<Opened>& result) { opens = result.has_value(); });
    by_key->pump();
    CHECK(opens);
}

TEST_CASE("what is asked for while both stores fail is answered, and harms nothing") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->pump();
    Bytes file;
    tab->vault.make_backup([&file](Result<Backup> made) { file = made.value().file; });
    tab->pump();
    int answers = 0;
    tab->vault.rekey(kPassphrase, new_key(), [] { return Bytes(100, 3); }, [&answers](const Result<void>& made) { answers += !made; });
    tab->storage.fail_operation(0, {}, true);
    tab->second.fail_operation(0, {}, true);
    tab->vault.append(4, entry_bytes(4));
    tab->vault.flush();
    while (tab->storage.pump_one() || tab->second.pump_one()) {
    }
    CHECK(tab->vault.saving() == Saving::Failed);
    tab->pump();
    CHECK(answers == 1);
    tab->vault.verify_backup(file, std::nullopt, [&answers](const Result<BackupCheck>& checked) { answers += !checked; });
    tab->vault.check([&answers](const Result<RecoveryReport>& report) { answers += !report; });
    tab->vault.make_backup([&answers](const Result<Backup>& made) { answers += !made; });
    tab->pump();
    CHECK(answers == 4);
    // The disk is back: the edit is saved, and the keys are the old ones still.
    tab->storage.heal();
    tab->second.heal();
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(browser.tab()->unlock()->entries == written(4));
}

TEST_CASE("while nothing can be saved a backup holds what is not saved, too; and where nothing can be read, the state in memory") {
    for (const bool unreadable : {false, true}) {
        Browser browser = browser_with(3, true);
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        tab->pump();
        browser.disk->quota_bytes = browser.disk->bytes();
        browser.mirror->quota_bytes = browser.mirror->bytes();
        tab->write(4, entry_bytes(4));
        CHECK(tab->vault.saving() == Saving::Failed);
        tab->vault.append(5, entry_bytes(5));
        if (unreadable) tab->storage.fail_operation(0, {}, true), tab->second.fail_operation(0, {}, true);
        Result<Backup> backup = fail(ErrorCode::Cancelled, Message{});
        tab->vault.make_backup([&backup](Result<Backup> made) { backup = std::move(made); }, [] { return Bytes(77, 5); });
        tab->pump();
        REQUIRE(backup);
        CHECK(backup->sequence == 5);
        Browser other;
        other.mirror = std::make_shared<platform::MemoryDisk>();
        auto elsewhere = other.tab();
        Result<Opened> restored = fail(ErrorCode::Cancelled, Message{});
        elsewhere->vault.restore(backup->file, std::string(kPassphrase), false,
                                 [&restored](Result<Opened> result) { restored = std::move(result); });
        elsewhere->pump();
        REQUIRE(restored);
        CHECK(restored->sequence == 5);
        if (unreadable) CHECK(restored->snapshot == Bytes(77, 5));
        else CHECK(restored->entries == written(5));
        // There is room again: it is saved as if nothing had been.
        browser.disk->quota_bytes.reset();
        browser.mirror->quota_bytes.reset();
        tab->storage.heal();
        tab->second.heal();
        tab->vault.retry();
        tab->pump();
        CHECK(tab->vault.saving() == Saving::Saved);
        CHECK(browser.tab()->unlock()->entries == written(5));
    }
}
