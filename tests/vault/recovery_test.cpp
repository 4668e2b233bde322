// What opening finds in two stores: damage, gaps, two histories, stores that cannot be read; and what can be done about it.
#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/machine.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;
using Condition = StoreReport::Condition;

namespace {

std::size_t set_aside(const platform::MemoryDisk& disk) {
    std::size_t count = 0;
    for (const auto& [name, records] : disk.stores) {
        count += static_cast<std::size_t>(std::distance(records.lower_bound(kQuarantine), records.end()));
    }
    return count;
}

// Two histories from entry 3 on: the first store's goes to 4, the second's to 5.
Browser forked() {
    Browser browser = browser_with(2, true);
    Browser here = copy_of(browser), there = copy_of(browser);
    here.mirror = there.mirror = nullptr;
    auto first = here.tab(), second = there.tab();
    if (!first->unlock() || !second->unlock()) return browser;
    for (std::uint64_t sequence = 3; sequence <= 4; ++sequence) first->write(sequence, entry_bytes(sequence));
    second->clock.at.utc_ms += 60'000;
    for (std::uint64_t sequence = 3; sequence <= 5; ++sequence) second->write(sequence, entry_bytes(sequence + 100));
    browser.disk = here.disk;
    browser.mirror = there.disk;
    browser.witness = there.witness;
    return browser;
}

}  // namespace

TEST_CASE("damage in different places of both stores is healed from each other; what was damaged is set aside") {
    Browser browser = browser_with(10, true);
    browser.disk->stores["jrnl"][3] = Bytes(200, 1);
    browser.disk->stores["hdr"].erase(0);
    browser.mirror->stores["jrnl"].erase(7);
    browser.mirror->stores["head"][1] = Bytes(12, 3);
    auto tab = browser.tab();
    const Result<Opened> opened = tab->unlock();
    REQUIRE(opened);
    CHECK(opened->entries == written(10));
    CHECK(opened->warnings.size() == 2);
    CHECK(tab->vault.recovery().stores[0].entries == Tally{9, 1});
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(entries_of_one(*browser.disk) == written(10));
    CHECK(entries_of_one(*browser.mirror) == written(10));
    CHECK(set_aside(*browser.disk) == 1);
}

TEST_CASE("a gap in both stores is named; what stands before it can be opened to be read") {
    Browser browser = browser_with(10, true);
    browser.disk->stores["jrnl"][6] = Bytes(10, 1);
    browser.mirror->stores["jrnl"].erase(6);
    const Browser before = copy_of(browser);
    auto tab = browser.tab();
    const Result<Opened> refused = tab->unlock();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::Damaged);
    CHECK(refused.error().where == "jrnl 6");
    CHECK(tab->vault.recovery().gap == 6);
    CHECK(tab->vault.recovery().missing_entries == 5);
    CHECK(tab->vault.recovery().sequence == 5);
    const Result<Opened> salvaged = tab->unlock(kPassphrase, {std::nullopt, true});
    REQUIRE(salvaged);
    CHECK(salvaged->entries == written(5));
    CHECK(salvaged->missing_entries == 5);
    CHECK(tab->vault.read_only());
    tab->write(6, entry_bytes(6));
    CHECK(tab->vault.saving() == Saving::Failed);
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Failed);
    CHECK(browser.disk->stores == before.disk->stores);
    CHECK(browser.mirror->stores == before.mirror->stores);

    // Even without any head.
    for (platform::MemoryDisk* disk : {browser.disk.get(), browser.mirror.get()}) disk->stores["head"].clear();
    tab->vault.lock();
    CHECK(tab->unlock().error().where == "head");
    CHECK(tab->unlock(kPassphrase, {std::nullopt, true})->entries == written(5));
}

TEST_CASE("what a newer version has written is not taken for damage: nothing is written, and what is older can be read") {
    for (const bool witness : {true, false}) {
        Browser browser = browser_with(10, true);
        for (platform::MemoryDisk* disk : {browser.disk.get(), browser.mirror.get()}) {
            disk->stores["jrnl"][10][4] = 2;
            // Its heads are of the newer form as well, but for one that is left of before.
            const auto& head = disk->stores["head"];
            const std::uint64_t newest = parse_header(head.at(0))->utc_ms >= parse_header(head.at(1))->utc_ms ? 0 : 1;
            if (!witness) disk->stores["head"][newest][4] = 2;
        }
        if (!witness) browser.witness.value.reset();
        const Browser before = copy_of(browser);
        auto tab = browser.tab();
        const Result<Opened> refused = tab->unlock();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::Unsupported);
        CHECK(tab->vault.recovery().gap == 10);
        CHECK(tab->unlock(kPassphrase, {std::nullopt, true})->entries == written(9));
        CHECK(tab->vault.read_only());
        CHECK(browser.disk->stores == before.disk->stores);
        CHECK(browser.mirror->stores == before.mirror->stores);
    }
}

TEST_CASE("two histories are shown, either can be chosen, and the other is set aside") {
    for (const StoreId chosen : {StoreId::First, StoreId::Second}) {
        Browser browser = forked();
        const Browser before = copy_of(browser);
        auto tab = browser.tab();
        const Result<Opened> refused = tab->unlock();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::Conflict);
        REQUIRE(tab->vault.recovery().fork);
        CHECK(*tab->vault.recovery().fork == 3);
        CHECK(browser.disk->stores == before.disk->stores);
        CHECK(browser.mirror->stores == before.mirror->stores);
        CHECK(tab->vault.recovery().stores[0].written.utc_ms == platform::ManualClock().at.utc_ms);
        CHECK(tab->vault.recovery().stores[1].written.utc_ms == platform::ManualClock().at.utc_ms + 60'000);

        const Result<Opened> opened = tab->unlock(kPassphrase, {chosen, false});
        REQUIRE(opened);
        const std::uint64_t last = chosen == StoreId::First ? 4 : 5;
        CHECK(opened->sequence == last);
        CHECK(opened->entries[2] == entry_bytes(chosen == StoreId::First ? 3 : 103));
        tab->write(last + 1, entry_bytes(last + 1));
        CHECK(tab->vault.saving() == Saving::Saved);
        CHECK(entries_of_one(*browser.disk) == entries_of_one(*browser.mirror));
        CHECK(entries_of_one(*browser.disk).size() == last + 1);
        // Two or three entries, and two heads, of the history that was given up.
        CHECK(set_aside(chosen == StoreId::First ? *browser.mirror : *browser.disk) == (chosen == StoreId::First ? 5 : 4));
        CHECK(browser.tab()->unlock());
    }
}

TEST_CASE("each of two histories can be looked at, and taken out as a backup, before one is chosen; nothing is written") {
    for (const StoreId chosen : {StoreId::First, StoreId::Second}) {
        Browser browser = forked();
        const Browser before = copy_of(browser);
        auto tab = browser.tab();
        REQUIRE_FALSE(tab->unlock());
        const Result<Opened> opened = tab->unlock(kPassphrase, {chosen, true});
        REQUIRE(opened);
        const std::uint64_t last = chosen == StoreId::First ? 4 : 5;
        CHECK(opened->sequence == last);
        CHECK(opened->missing_entries == 5 - last);  // the witness is the second one's
        CHECK(opened->entries[2] == entry_bytes(chosen == StoreId::First ? 3 : 103));
        CHECK(tab->vault.read_only());
        std::vector<Bytes> taken_out;
        tab->vault.read_back([&](Result<BackupContent> content) { taken_out = content.value().entries; });
        tab->pump();
        CHECK(taken_out == opened->entries);
        CHECK(browser.disk->stores == before.disk->stores);
        CHECK(browser.mirror->stores == before.mirror->stores);
        // Both are there to be chosen still.
        tab->vault.lock();
        CHECK(tab->unlock().error().code == ErrorCode::Conflict);
        CHECK(tab->unlock(kPassphrase, {chosen, false}));
    }
}

TEST_CASE("a backup made while the other history is not set aside yet is of the one that was chosen") {
    for (const StoreId chosen : {StoreId::First, StoreId::Second}) {
        Browser browser = forked();
        auto tab = browser.tab();
        REQUIRE_FALSE(tab->unlock());
        std::vector<Bytes> opened, taken_out;
        tab->vault.unlock(std::string(kPassphrase), {chosen, false}, [&](Result<Opened> result) {
            opened = result.value().entries;
            tab->vault.read_back([&](Result<BackupContent> content) { taken_out = content.value().entries; });
        });
        tab->pump();
        CHECK(opened.size() == (chosen == StoreId::First ? 4 : 5));
        CHECK(taken_out == opened);
    }
}

TEST_CASE("two histories that part before the snapshots are noticed too") {
    Browser browser = forked();
    {
        Browser second;
        second.disk = browser.mirror;
        second.witness = browser.witness;
        second.seed = 300;
        auto tab = second.tab();
        REQUIRE(tab->unlock());
        tab->vault.offer_snapshot(5, Bytes(10, 1));
        tab->pump();
        tab->write(6, entry_bytes(6));
    }
    auto tab = browser.tab();
    CHECK(tab->unlock().error().code == ErrorCode::Conflict);
    CHECK(tab->vault.recovery().fork == 4);
}

TEST_CASE("a store that cannot be read is not written past while the witness knows of more") {
    Browser browser = browser_with(3, true);
    {
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        tab->storage.fail_operation(0, {}, true);
        tab->write(4, entry_bytes(4));
        CHECK(tab->vault.saving() == Saving::OneCopy);
    }
    auto tab = browser.tab();
    tab->second.fail_operation(0, {}, true);
    CHECK(tab->unlock().error().code == ErrorCode::Storage);
    CHECK(tab->vault.recovery().missing_entries == 1);
    CHECK(tab->vault.recovery().stores[1].condition == Condition::Failing);
    CHECK(tab->unlock(kPassphrase, {std::nullopt, true})->entries == written(3));
    tab->vault.lock();
    tab->second.heal();
    CHECK(tab->unlock()->entries == written(4));
    CHECK(tab->vault.saving() == Saving::Saved);
}

TEST_CASE("one store unreadable while opening: the other opens, one copy, and it is joined later") {
    for (const bool first : {false, true}) {
        for (std::uint64_t n = 0; n < 3; ++n) {
            Browser browser = browser_with(5, true);
            auto tab = browser.tab();
            (first ? tab->storage : tab->second).fail_operation(n, {}, true);
            const Result<Opened> opened = tab->unlock();
            REQUIRE(opened);
            CHECK(opened->entries == written(5));
            CHECK(tab->vault.saving() == Saving::OneCopy);
            tab->write(6, entry_bytes(6));
            CHECK(tab->vault.saving() == Saving::OneCopy);
            (first ? tab->storage : tab->second).heal();
            tab->vault.retry();
            tab->pump();
            CHECK(tab->vault.saving() == Saving::Saved);
            CHECK(entries_of_one(*browser.disk) == written(6));
            CHECK(entries_of_one(*browser.mirror) == written(6));
        }
    }
}
