#include <doctest.h>

#include "tests/vault/world.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

constexpr std::int64_t kIdleMs = 5 * 60'000, kDayMs = 86'400'000;

// The model of these tests: what a snapshot at `sequence` holds.
Bytes state_at(std::uint64_t sequence) { return entry_bytes(sequence + 1'000'000, 500); }

// Writes up to `last`, offering a snapshot whenever one is wanted.
void write_until(Tab& tab, std::uint64_t first, std::uint64_t last, std::size_t size = 40) {
    for (std::uint64_t sequence = first; sequence <= last; ++sequence) {
        tab.write(sequence, entry_bytes(sequence, size));
        if (tab.vault.wants_snapshot()) tab.vault.offer_snapshot(sequence, state_at(sequence));
        tab.pump();
    }
}

void check_contents(const Opened& opened, std::uint64_t last) {
    CHECK(opened.sequence == last);
    if (opened.snapshot) CHECK(*opened.snapshot == state_at(opened.snapshot_sequence));
    REQUIRE(opened.entries.size() == last - opened.snapshot_sequence);
    for (std::uint64_t i = 0; i < opened.entries.size(); ++i) {
        CHECK(opened.entries[i] == entry_bytes(opened.snapshot_sequence + 1 + i));
    }
}

}  // namespace

TEST_CASE("a snapshot is wanted every 256 entries and shortens the next opening") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    write_until(*tab, 1, 255);
    CHECK(tab->vault.snapshot_sequence() == 0);
    write_until(*tab, 256, 300);
    CHECK(tab->vault.snapshot_sequence() == 256);
    CHECK(tab->vault.saving() == Saving::Saved);
    const Result<Opened> opened = browser.tab()->unlock();
    REQUIRE(opened);
    CHECK(opened->snapshot_sequence == 256);
    CHECK(opened->warnings.empty());
    check_contents(*opened, 300);
    // The journal before it is still there.
    CHECK(browser.disk->stores["jrnl"].size() == 300);
}

TEST_CASE("a snapshot is wanted after 1 MiB of entries") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    tab->write(1, entry_bytes(1, (1u << 20) - 100));
    CHECK_FALSE(tab->vault.wants_snapshot());
    tab->write(2, entry_bytes(2, 100));
    CHECK(tab->vault.wants_snapshot());
    tab->vault.offer_snapshot(2, state_at(2));
    CHECK_FALSE(tab->vault.wants_snapshot());
    tab->pump();
    CHECK(tab->vault.snapshot_sequence() == 2);
    CHECK_FALSE(tab->vault.wants_snapshot());
}

TEST_CASE("an offer in the middle of a write waits for its entry and then takes its place") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    tab->vault.append(1, entry_bytes(1));
    tab->vault.flush();
    tab->vault.append(2, entry_bytes(2));
    tab->vault.offer_snapshot(2, state_at(2));
    tab->pump();
    CHECK(tab->vault.snapshot_sequence() == 0);  // entry 2 was not flushed yet
    tab->vault.append(3, entry_bytes(3));
    tab->vault.flush();
    tab->pump();
    CHECK(tab->vault.snapshot_sequence() == 2);
    const Result<Opened> opened = browser.tab()->unlock();
    REQUIRE(opened);
    check_contents(*opened, 3);
}

TEST_CASE("entries go on being written while a snapshot is") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    tab->write(1, entry_bytes(1));
    tab->vault.offer_snapshot(1, state_at(1));
    tab->vault.append(2, entry_bytes(2));
    tab->vault.flush();
    CHECK(tab->storage.waiting() == 1);
    tab->pump();
    CHECK(tab->storage.most_waiting() == 1);
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(tab->vault.snapshot_sequence() == 1);
    check_contents(*browser.tab()->unlock(), 2);
}

TEST_CASE("three snapshots are kept; a damaged one is stepped over, and that is told") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    write_until(*tab, 1, 256 * 5 + 10);
    CHECK(tab->vault.snapshot_sequence() == 256 * 5);
    REQUIRE(browser.disk->stores["snap"].size() == 3);
    const std::uint64_t last = 256 * 5 + 10;
    for (int damaged = 1; damaged <= 3; ++damaged) {
        auto& newest = browser.disk->stores["snap"][256 * static_cast<std::uint64_t>(6 - damaged)];
        newest[200] = static_cast<std::uint8_t>(newest[200] ^ 1);
        const Result<Opened> opened = browser.tab()->unlock();
        REQUIRE(opened.has_value() == (damaged < 3));
        if (damaged == 3) {
            CHECK(opened.error().code == ErrorCode::Damaged);  // the journal reaches back to the third of them
            newest[200] = static_cast<std::uint8_t>(newest[200] ^ 1);
            break;
        }
        CHECK(opened->warnings.size() == static_cast<std::size_t>(damaged));
        CHECK(opened->snapshot_sequence == 256u * static_cast<unsigned>(5 - damaged));
        check_contents(*opened, last);
    }
    // Nothing was deleted, and the workspace goes on.
    CHECK(browser.disk->stores["snap"].size() == 3);
    auto next = browser.tab();
    REQUIRE(next->unlock());
    next->write(last + 1, entry_bytes(last + 1));
    CHECK(next->vault.saving() == Saving::Saved);
}

TEST_CASE("a snapshot that the store gives back altered is not used") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    tab->write(1, entry_bytes(1));
    tab->vault.offer_snapshot(1, state_at(1));
    REQUIRE(tab->storage.pump_one());
    auto& record = browser.disk->stores["snap"][1];
    REQUIRE_FALSE(record.empty());
    record[record.size() / 2] = static_cast<std::uint8_t>(record[record.size() / 2] ^ 4);
    tab->pump();
    CHECK(tab->vault.snapshot_sequence() == 0);
    CHECK(tab->vault.saving() == Saving::Saved);
    tab->write(2, entry_bytes(2));
    check_contents(*browser.tab()->unlock(), 2);
}

TEST_CASE("a fault in any step of a snapshot leaves the entries saved and the next write working") {
    for (const bool happened : {false, true}) {
        for (std::uint64_t n = 0; n < 3; ++n) {
            Browser browser;
            auto tab = browser.tab();
            REQUIRE(tab->create());
            tab->write(1, entry_bytes(1));
            tab->storage.fail_operation(n, {ErrorCode::StorageFull, happened});
            tab->vault.offer_snapshot(1, state_at(1));
            tab->pump();
            CHECK(tab->vault.saving() == Saving::Saved);
            tab->write(2, entry_bytes(2));
            tab->write(3, entry_bytes(3));
            CHECK(tab->vault.saving() == Saving::Saved);
            CHECK(tab->vault.durable_sequence() == 3);
            const Result<Opened> opened = browser.tab()->unlock();
            REQUIRE(opened);
            CHECK(opened->warnings.empty());
            check_contents(*opened, 3);
        }
    }
}

TEST_CASE("a tab killed in any step of a snapshot loses nothing") {
    for (std::size_t steps = 0; steps < 4; ++steps) {
        for (const std::size_t happened : {0u, 1u}) {
            Browser browser;
            auto tab = browser.tab();
            REQUIRE(tab->create());
            tab->write(1, entry_bytes(1));
            tab->vault.offer_snapshot(1, state_at(1));
            for (std::size_t i = 0; i < steps; ++i) tab->storage.pump_one();
            tab->storage.crash(happened);
            const Result<Opened> opened = browser.tab()->unlock();
            REQUIRE(opened);
            CHECK(opened->warnings.empty());
            check_contents(*opened, 1);
        }
    }
}

TEST_CASE("ten thousand entries open, with and without snapshots") {
    for (const bool with_snapshots : {false, true}) {
        Browser browser;
        auto tab = browser.tab();
        REQUIRE(tab->create());
        for (std::uint64_t sequence = 1; sequence <= 10'000; ++sequence) {
            tab->vault.append(sequence, entry_bytes(sequence));
            if (sequence % 500 != 0) continue;
            tab->vault.flush();
            tab->pump();
            if (with_snapshots && tab->vault.wants_snapshot()) tab->vault.offer_snapshot(sequence, state_at(sequence));
            tab->pump();
        }
        REQUIRE(tab->vault.durable_sequence() == 10'000);
        const Result<Opened> opened = browser.tab()->unlock();
        REQUIRE(opened);
        CHECK(opened->snapshot_sequence == (with_snapshots ? 10'000 : 0));
        check_contents(*opened, 10'000);
    }
}

TEST_CASE("a snapshot is wanted five minutes after the last entry") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    const Instant start = tab->clock.at;
    tab->clock.at.utc_ms = start.utc_ms + 10 * 60'000;
    CHECK_FALSE(tab->vault.wants_snapshot());  // there is nothing new
    tab->write(1, entry_bytes(1));
    tab->clock.at.utc_ms += kIdleMs - 1;
    CHECK_FALSE(tab->vault.wants_snapshot());
    tab->clock.at.utc_ms += 1;
    CHECK(tab->vault.wants_snapshot());
    tab->vault.append(2, entry_bytes(2));
    CHECK_FALSE(tab->vault.wants_snapshot());
    tab->vault.flush();
    tab->pump();
    tab->clock.at.utc_ms += kIdleMs;
    tab->vault.offer_snapshot(2, state_at(2));
    tab->pump();
    CHECK(tab->vault.snapshot_sequence() == 2);
    CHECK_FALSE(tab->vault.wants_snapshot());
}

TEST_CASE("kept are three snapshots, one of each of fourteen days, and the journal back to the oldest of the three, in both stores") {
    Browser browser;
    browser.mirror = std::make_shared<platform::MemoryDisk>();
    auto tab = browser.tab();
    REQUIRE(tab->create());
    std::uint64_t sequence = 0;
    for (int day = 0; day < 30; ++day, tab->clock.at.utc_ms += kDayMs) {
        if (day % 7 == 3) {  // what is noted of the days outlives a session
            tab = browser.tab();
            tab->clock.at.utc_ms += day * kDayMs;
            REQUIRE(tab->unlock());
            tab->pump();
        }
        for (int hour = 0; hour < 4; ++hour) {
            for (int entry = 0; entry < 5; ++entry, ++sequence) tab->write(sequence + 1, entry_bytes(sequence + 1));
            tab->vault.offer_snapshot(sequence, state_at(sequence));
            tab->pump();
            CHECK(tab->vault.saving() == Saving::Saved);
        }
        // The newest of each day, and of today the last three.
        std::vector<std::uint64_t> expected;
        for (int before = std::min(day, 13); before >= 1; --before) expected.push_back(sequence - static_cast<std::uint64_t>(before) * 20);
        for (const std::uint64_t back : {10u, 5u, 0u}) expected.push_back(sequence - back);
        for (const auto* disk : {browser.disk.get(), browser.mirror.get()}) {
            std::vector<std::uint64_t> kept;
            for (const auto& [key, value] : disk->stores.at("snap")) kept.push_back(key);
            CHECK(kept == expected);
            CHECK(disk->stores.at("jrnl").size() == 10);
            CHECK(disk->stores.at("jrnl").begin()->first == sequence - 9);
        }
    }
    for (const auto& disk : {browser.disk, browser.mirror}) {
        Browser alone;
        *alone.disk = *disk;
        check_contents(*alone.tab()->unlock(), sequence);
    }
    // With the three gone, the day before can still be looked at.
    for (const auto& disk : {browser.disk, browser.mirror}) {
        for (const std::uint64_t back : {0u, 5u, 10u}) disk->stores["snap"].erase(sequence - back);
    }
    CHECK_FALSE(browser.tab()->unlock());
    auto late = browser.tab();
    const Result<Opened> salvaged = late->unlock(kPassphrase, {std::nullopt, true});
    REQUIRE(salvaged);
    CHECK(*salvaged->snapshot == state_at(sequence - 20));
    CHECK(salvaged->missing_entries == 20);
    CHECK(late->vault.read_only());
}

TEST_CASE("the journal is not shortened while one store lacks something; a mirror that comes late gets what there is") {
    Browser browser;
    browser.mirror = std::make_shared<platform::MemoryDisk>();
    auto tab = browser.tab();
    REQUIRE(tab->create());
    tab->second.fail_operation(0, {}, true);
    const auto more = [&](std::uint64_t from) {
        for (std::uint64_t sequence = from; sequence < from + 4; ++sequence) {
            tab->write(sequence, entry_bytes(sequence));
            tab->vault.offer_snapshot(sequence, state_at(sequence));
            tab->pump();
        }
    };
    more(1);
    CHECK(browser.disk->stores["jrnl"].size() == 4);
    tab->second.heal();
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    more(5);
    CHECK(browser.disk->stores["jrnl"].size() == 2);
    CHECK(browser.mirror->stores["jrnl"].size() == 2);
    browser.mirror->stores.clear();
    tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(browser.mirror->stores == browser.disk->stores);
    Result<RecoveryReport> report = fail(ErrorCode::Cancelled, Message{});
    tab->vault.check([&report](Result<RecoveryReport> found) { report = std::move(found); });
    tab->pump();
    REQUIRE(report);
    CHECK_FALSE(report->gap);
    CHECK(report->stores[1].condition == StoreReport::Condition::Whole);
    CHECK(report->stores[1].entries == Tally{2, 0});
}
