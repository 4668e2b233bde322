// What opening needs is whole in no store, under an open tab: nothing is called saved before a snapshot of what is in memory is in one of
// them, and there is always a way to that.
#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/machine.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

void flip(platform::MemoryDisk& disk, const char* store, std::uint64_t key) { disk.stores.at(store).at(key).back() ^= 1; }

void flip_in_both(Browser& browser, const char* store, std::uint64_t key) {
    flip(*browser.disk, store, key);
    flip(*browser.mirror, store, key);
}

RecoveryReport check(Tab& tab) {
    std::optional<Result<RecoveryReport>> report;
    tab.vault.check([&report](Result<RecoveryReport> found) { report = std::move(found); });
    tab.pump();
    REQUIRE(report);
    REQUIRE(*report);
    return std::move(**report);
}

void offer(Tab& tab, std::uint64_t sequence) {
    tab.vault.offer_snapshot(sequence, Bytes(10, static_cast<std::uint8_t>(sequence)));
    tab.pump();
}

// A minute, and what the program does after it.
void pass_a_minute(Tab& tab, std::uint64_t sequence) {
    tab.clock.at.utc_ms += kStorePauseMs;
    if (tab.vault.saving() == Saving::Failed) tab.vault.retry();
    else tab.vault.flush();
    tab.pump();
    if (tab.vault.wants_snapshot()) offer(tab, sequence);
}

// This store by itself is everything up to `sequence`, and begins with a snapshot of `snapshot`.
void opens_alone(const platform::MemoryDisk& disk, std::uint64_t snapshot, std::uint64_t sequence) {
    Browser alone;
    *alone.disk = disk;
    const Result<Opened> opened = alone.tab()->unlock();
    REQUIRE(opened);
    CHECK(opened->sequence == sequence);
    CHECK(opened->missing_entries == 0);
    CHECK(opened->snapshot == Bytes(10, static_cast<std::uint8_t>(snapshot)));
    CHECK(opened->entries.size() == sequence - snapshot);
}

}  // namespace

TEST_CASE("hollow: where the newest snapshot is of the last entry, and damaged, another of the same entry takes its place") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->pump();
    offer(*tab, 3);
    REQUIRE(tab->vault.snapshot_sequence() == 3);
    flip_in_both(browser, kJournalStore, 2);
    flip_in_both(browser, kSnapshotStore, 3);
    const Bytes damaged = browser.disk->stores.at(kSnapshotStore).at(3);
    CHECK(check(*tab).gap == 2);
    CHECK(tab->vault.saving() == Saving::Failed);
    CHECK(tab->vault.durable_sequence() == 1);
    REQUIRE(tab->vault.wants_snapshot());
    offer(*tab, 3);
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK_FALSE(tab->vault.wants_snapshot());
    CHECK(tab->vault.durable_sequence() == 3);
    opens_alone(*browser.disk, 3, 3);
    opens_alone(*browser.mirror, 3, 3);
    CHECK(browser.disk->stores.at(kSnapshotStore).at(quarantine_key(damaged)) == damaged);  // set aside, not deleted
}

TEST_CASE("hollow: where the heads that name the new snapshot fail once, they are written again") {
    for (const bool happened : {false, true}) {
        for (std::uint64_t first = 0; first < 6; ++first) {
            for (std::uint64_t second = 0; second < 4; ++second) {
                CAPTURE(happened);
                CAPTURE(first);
                CAPTURE(second);
                Browser browser = browser_with(3, true);
                auto tab = browser.tab();
                REQUIRE(tab->unlock());
                tab->pump();
                flip_in_both(browser, kJournalStore, 2);
                CHECK(check(*tab).gap == 2);
                REQUIRE(tab->vault.saving() == Saving::Failed);
                tab->storage.fail_operation(first, {ErrorCode::Storage, happened});
                tab->second.fail_operation(second, {ErrorCode::Storage, happened});
                offer(*tab, 3);
                for (int minute = 0; minute < 3; ++minute) pass_a_minute(*tab, 3);
                CHECK(tab->vault.saving() == Saving::Saved);
                CHECK(tab->vault.durable_sequence() == 3);
                opens_alone(*browser.disk, 3, 3);
                opens_alone(*browser.mirror, 3, 3);
            }
        }
    }
}

TEST_CASE("hollow: a snapshot that is under way while the stores are checked may be what helps") {
    for (const bool mirrored : {true, false}) {
        CAPTURE(mirrored);
        Browser browser = browser_with(3, mirrored);
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        tab->pump();
        flip(*browser.disk, kJournalStore, 2);
        if (mirrored) flip(*browser.mirror, kJournalStore, 2);
        tab->vault.offer_snapshot(3, Bytes(10, 3));
        CHECK(check(*tab).gap == 2);
        CHECK(tab->vault.saving() == Saving::Saved);
        CHECK(tab->vault.durable_sequence() == 3);
        opens_alone(*browser.disk, 3, 3);
    }
}

TEST_CASE("hollow: a store that was never read in this session is no second copy of what the other lacks") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    tab->second.fail_operation(0, {}, true);
    REQUIRE(tab->unlock());
    REQUIRE(tab->vault.saving() == Saving::OneCopy);
    flip(*browser.disk, kJournalStore, 2);
    CHECK(check(*tab).gap == 2);
    CHECK(tab->vault.saving() == Saving::Failed);
    tab->write(4, entry_bytes(4));
    CHECK(tab->vault.saving() == Saving::Failed);
    REQUIRE(tab->vault.wants_snapshot());
    offer(*tab, 4);
    CHECK(tab->vault.saving() == Saving::OneCopy);
    opens_alone(*browser.disk, 4, 4);
}

TEST_CASE("hollow: a snapshot that is older than the journal's beginning opens nothing") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->pump();
    constexpr std::int64_t kDayMs = 24 * 3'600'000;
    for (std::uint64_t sequence = 3; sequence <= 12; sequence += 3) {
        tab->clock.at.utc_ms += kDayMs;
        for (std::uint64_t next = std::max<std::uint64_t>(4, sequence - 2); next <= sequence; ++next) tab->write(next, entry_bytes(next));
        offer(*tab, sequence);
    }
    REQUIRE(browser.disk->stores.at(kSnapshotStore).size() == 4);
    REQUIRE(browser.disk->stores.at(kJournalStore).begin()->first == 7);
    for (const std::uint64_t sequence : {12, 9, 6}) flip_in_both(browser, kSnapshotStore, sequence);
    check(*tab);
    CHECK(tab->vault.saving() == Saving::Failed);
    tab->write(13, entry_bytes(13));
    REQUIRE(tab->vault.wants_snapshot());
    offer(*tab, 13);
    CHECK(tab->vault.saving() == Saving::Saved);
    opens_alone(*browser.disk, 13, 13);
    opens_alone(*browser.mirror, 13, 13);
}

TEST_CASE("hollow: stores that were emptied are noticed by a snapshot, too") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->pump();
    browser.disk->stores.clear();
    browser.mirror->stores.clear();
    offer(*tab, 3);
    CHECK(tab->vault.saving() != Saving::Saved);
    for (int minute = 0; minute < 3; ++minute) pass_a_minute(*tab, 3);
    CHECK(tab->vault.saving() == Saving::Saved);
    opens_alone(*browser.disk, 3, 3);
    opens_alone(*browser.mirror, 3, 3);
}

TEST_CASE("a snapshot that another tab's write refuses says that the turn is lost") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab(), other = browser.tab();
    REQUIRE(tab->unlock());
    tab->pump();
    REQUIRE(other->unlock());
    other->write(4, entry_bytes(4));
    offer(*tab, 3);
    CHECK(tab->vault.saving() == Saving::Failed);
    CHECK(tab->vault.lost());
    CHECK(entries_of_one(*browser.disk) == written(4));
}

TEST_CASE("a check that finds the last store another's is answered once, and the tab says that it was robbed") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    tab->second.fail_operation(0, {}, true);
    REQUIRE(tab->unlock());
    browser.disk->stores.at(kHeaderStore).at(1).back() ^= 1;
    int answers = 0;
    tab->vault.check([&answers](const Result<RecoveryReport>& report) {
        ++answers;
        CHECK_FALSE(report);
    });
    REQUIRE(tab->storage.pump_one());  // the headers were read; what mends them is under way
    browser.disk->stores.at(kHeaderStore).at(1).back() ^= 2;
    browser.disk->stores.at(kHeadStore).begin()->second.back() ^= 2;  // another tab's doing
    tab->pump();
    CHECK(answers == 1);
    CHECK(tab->vault.saving() == Saving::Failed);
    CHECK(tab->vault.lost());
}

TEST_CASE("a store whose head was written while the other failed does not count for a snapshot that it never got") {
    for (const bool lacks : {true, false}) {  // with something missing that only the snapshot makes up for, or without
        CAPTURE(lacks);
        Browser browser = browser_with(3, true);
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        tab->pump();
        if (lacks) {
            flip_in_both(browser, kJournalStore, 2);
            check(*tab);
        }
        tab->second.fail_operation(0, {}, true);
        offer(*tab, 3);
        tab->write(4, entry_bytes(4));
        REQUIRE(tab->vault.saving() == Saving::OneCopy);
        // The files work again, and now the database does not.
        tab->second.heal();
        tab->storage.fail_operation(0, {}, true);
        tab->clock.at.utc_ms += kStorePauseMs;
        tab->write(5, entry_bytes(5));
        Browser alone;
        *alone.disk = *browser.mirror;
        CHECK((tab->vault.durable_sequence() < 5 || alone.tab()->unlock()));
        tab->storage.heal();
        for (int minute = 0; minute < 3; ++minute) pass_a_minute(*tab, 5);
        CHECK(tab->vault.saving() == Saving::Saved);
        opens_alone(*browser.disk, 3, 5);
        opens_alone(*browser.mirror, 3, 5);
    }
}

TEST_CASE("what is missing in both stores, and is made up for by a snapshot, is missing in the one whose head does not name that") {
    for (const bool landed : {false, true}) {
        CAPTURE(landed);
        Browser browser = browser_with(3, true);
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        tab->write(4, entry_bytes(4));
        tab->second.fail_operation(0, {ErrorCode::Storage, landed}, false);
        offer(*tab, 4);
        REQUIRE(tab->vault.saving() == Saving::Saved);  // every entry is in both
        flip_in_both(browser, kJournalStore, 3);
        CHECK(check(*tab).gap == 3);
        CHECK(tab->vault.saving() == Saving::Saved);
        opens_alone(*browser.disk, 4, 4);
        opens_alone(*browser.mirror, 4, 4);
    }
}

TEST_CASE("a check beside a snapshot that makes up for what is missing ends saved, in whatever order the stores answer") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        CAPTURE(seed);
        Browser browser = browser_with(3, true);
        auto tab = browser.tab();
        REQUIRE(tab->unlock());
        tab->pump();
        flip_in_both(browser, kJournalStore, 2);
        platform::SeededRandom random(seed);
        const bool first = random.next() % 2 == 0;
        if (first) tab->vault.offer_snapshot(3, Bytes(10, 3));
        tab->vault.check([](const Result<RecoveryReport>&) {});
        if (!first) tab->vault.offer_snapshot(3, Bytes(10, 3));
        while (tab->storage.waiting() || tab->second.waiting()) {
            random.next() % 2 == 0 ? tab->storage.pump_one() : tab->second.pump_one();
        }
        for (int minute = 0; minute < 5; ++minute) pass_a_minute(*tab, 3);
        REQUIRE(tab->vault.saving() == Saving::Saved);
    }
}
