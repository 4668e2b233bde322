// A backup made a workspace again in an empty browser, and compared with the one that is open.
#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/machine.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;
using platform::MemoryStorage;

namespace {

RecoveryKey test_key() {
    platform::SeededRandom random(99);
    return RecoveryKey::make(random);
}

Bytes backup_of(Tab& tab) {
    Bytes file;
    tab.vault.make_backup([&file](Result<Backup> result) { file = result.value().file; });
    tab.pump();
    return file;
}

Result<Opened> restore(Tab& tab, const Bytes& file, Secret secret = std::string(kPassphrase), bool over = false) {
    Result<Opened> out = fail(ErrorCode::Cancelled, Message{});
    tab.vault.restore(file, std::move(secret), over, [&out](Result<Opened> result) { out = std::move(result); });
    tab.pump();
    return out;
}

Result<BackupCheck> verify(Tab& tab, const Bytes& file, std::optional<Secret> secret = std::nullopt) {
    Result<BackupCheck> out = fail(ErrorCode::Cancelled, Message{});
    tab.vault.verify_backup(file, std::move(secret), [&out](Result<BackupCheck> result) { out = std::move(result); });
    tab.pump();
    return out;
}

// A workspace of twelve entries with a snapshot of seven (or none) and a recovery key.
std::unique_ptr<Tab> open_tab(Browser& browser, bool with_snapshot = true) {
    browser.mirror = std::make_shared<platform::MemoryDisk>();
    auto tab = browser.tab();
    if (!tab->create()) return tab;
    tab->vault.change_key(std::string(kPassphrase), test_key(), [](const Result<void>&) {});
    tab->pump();
    for (std::uint64_t sequence = 1; sequence <= 12; ++sequence) {
        tab->write(sequence, entry_bytes(sequence));
        if (with_snapshot && sequence == 7) tab->vault.offer_snapshot(7, Bytes(200, 8));
        tab->pump();
    }
    return tab;
}

using Stores = std::map<std::string, std::map<std::uint64_t, Bytes>>;

// Every record that was there is there still: in its place, or set aside.
bool all_kept(const Stores& before, Stores& now) {
    for (const auto& [name, records] : before) {
        for (const auto& [key, value] : records) {
            const auto here = now[name].find(key);
            const auto aside = now[name].find(quarantine_key(value));
            if (!(here != now[name].end() && here->second == value) && !(aside != now[name].end() && aside->second == value)) return false;
        }
    }
    return true;
}

// Twelve entries, of which nobody has the tenth, and the file they were saved in when there were only nine and a snapshot of seven.
struct Broken {
    Browser browser;
    Bytes file;
};
Broken broken() {
    Broken out;
    Browser& browser = out.browser;
    browser.mirror = std::make_shared<platform::MemoryDisk>();
    auto tab = browser.tab();
    if (!tab->create()) return out;
    for (std::uint64_t sequence = 1; sequence <= 12; ++sequence) {
        tab->write(sequence, entry_bytes(sequence));
        if (sequence == 7) tab->vault.offer_snapshot(7, Bytes(200, 8));
        tab->pump();
        if (sequence == 9) out.file = backup_of(*tab);
    }
    for (platform::MemoryDisk* disk : {browser.disk.get(), browser.mirror.get()}) disk->stores["jrnl"][10][150] ^= 1;
    return out;
}

Browser empty_browser() {
    Browser browser;
    browser.seed = 700;
    browser.mirror = std::make_shared<platform::MemoryDisk>();
    return browser;
}

std::vector<Bytes> tail(std::uint64_t from, std::uint64_t last) {
    std::vector<Bytes> entries;
    for (std::uint64_t sequence = from; sequence <= last; ++sequence) entries.push_back(entry_bytes(sequence));
    return entries;
}

}  // namespace

TEST_CASE("a restored workspace opens with its passphrase and its recovery key, in both stores, and goes on") {
    for (const bool with_snapshot : {true, false}) {
        Browser source;
        const Bytes file = backup_of(*open_tab(source, with_snapshot));
        Browser browser = empty_browser();
        auto tab = browser.tab();
        const Result<Opened> restored = restore(*tab, file);
        REQUIRE(restored);
        CHECK(restored->sequence == 12);
        CHECK(restored->missing_entries == 0);
        CHECK(restored->warnings.empty());
        CHECK(restored->snapshot.has_value() == with_snapshot);
        CHECK(restored->entries == tail(with_snapshot ? 8 : 1, 12));
        CHECK(tab->vault.saving() == Saving::Saved);
        CHECK(browser.disk->stores == browser.mirror->stores);
        tab->write(13, entry_bytes(13));
        CHECK(tab->vault.saving() == Saving::Saved);
        tab.reset();
        for (const auto& disk : {browser.disk, browser.mirror}) {
            Browser alone;
            *alone.disk = *disk;
            const Result<Opened> opened = alone.tab()->unlock();
            REQUIRE(opened);
            CHECK(opened->warnings.empty());
            CHECK(opened->device == restored->device);
            CHECK(opened->entries == tail(with_snapshot ? 8 : 1, 13));
        }
        auto other = browser.tab();
        Result<Opened> by_key = fail(ErrorCode::Cancelled, Message{});
        other->vault.unlock(test_key(), [&by_key](Result<Opened> result) { by_key = std::move(result); });
        other->pump();
        CHECK(by_key);
        Result<RecoveryReport> report = fail(ErrorCode::Cancelled, Message{});
        other->vault.check([&report](Result<RecoveryReport> found) { report = std::move(found); });
        other->pump();
        REQUIRE(report);
        CHECK_FALSE(report->gap);
        CHECK(report->stores[0].condition == StoreReport::Condition::Whole);
        CHECK(report->stores[1].condition == StoreReport::Condition::Whole);
        // A backup of it is a backup again, and so is a workspace made of that.
        const Bytes second = backup_of(*other);
        Browser third = empty_browser();
        REQUIRE(restore(*third.tab(), second, test_key()));
        CHECK(third.tab()->unlock()->sequence == 13);
    }
}

TEST_CASE("restoring says how many edits are missing that this browser once had") {
    Browser browser;
    auto tab = open_tab(browser);
    const Bytes file = backup_of(*tab);
    for (std::uint64_t sequence = 13; sequence <= 17; ++sequence) tab->write(sequence, entry_bytes(sequence));
    tab.reset();
    browser.disk->stores.clear();
    browser.mirror->stores.clear();
    auto again = browser.tab();
    CHECK(again->probe().kind == Presence::Kind::MissingButExpected);
    const Result<Opened> restored = restore(*again, file);
    REQUIRE(restored);
    CHECK(restored->missing_entries == 5);
    CHECK(restored->warnings.size() == 1);
    again->vault.lock();
    CHECK(again->unlock()->missing_entries == 5);  // until something new is written
    again->write(13, entry_bytes(13));
    again->vault.lock();
    const Result<Opened> later = again->unlock();
    REQUIRE(later);
    CHECK(later->missing_entries == 0);
    CHECK(later->warnings.empty());
}

TEST_CASE("restoring the newest backup is missing nothing, and the witness follows it") {
    Browser browser;
    auto tab = open_tab(browser);
    const Bytes file = backup_of(*tab);
    tab.reset();
    browser.disk->stores.clear();
    browser.mirror->stores.clear();
    const Result<Opened> restored = restore(*browser.tab(), file);
    REQUIRE(restored);
    CHECK(restored->missing_entries == 0);
    CHECK(restored->warnings.empty());
    const Result<Opened> opened = browser.tab()->unlock();
    REQUIRE(opened);
    CHECK(opened->warnings.empty());
}

TEST_CASE("nothing is restored over a workspace, with the wrong secret, or from a damaged file") {
    Browser source;
    const Bytes file = backup_of(*open_tab(source));
    Browser browser = browser_with(2, true);
    const auto before = browser.disk->stores;
    CHECK(restore(*browser.tab(), file).error().code == ErrorCode::Conflict);
    CHECK(browser.disk->stores == before);
    browser.disk->stores.erase("hdr");
    browser.mirror->stores.clear();
    CHECK(restore(*browser.tab(), file).error().code == ErrorCode::Conflict);  // what is left of one
    Browser empty = empty_browser();
    CHECK(restore(*empty.tab(), file, std::string("another")).error().code == ErrorCode::WrongSecret);
    for (std::size_t at = 0; at < file.size(); at += 37) {
        Bytes altered = file;
        altered[at] = static_cast<std::uint8_t>(altered[at] ^ 16);
        CHECK_FALSE(restore(*empty.tab(), altered));
    }
    CHECK(empty.disk->bytes() == 0);
    CHECK(empty.tab()->probe().kind == Presence::Kind::None);
    CHECK(restore(*empty.tab(), file));
}

TEST_CASE("a backup comes over a workspace that cannot be opened; what was there is set aside, not deleted") {
    Broken it = broken();
    const Stores before = it.browser.disk->stores, mirrored = it.browser.mirror->stores;
    auto tab = it.browser.tab();
    REQUIRE(tab->unlock().error().code == ErrorCode::Damaged);
    CHECK(restore(*tab, it.file).error().code == ErrorCode::Conflict);
    CHECK(restore(*tab, it.file, std::string("another"), true).error().code == ErrorCode::WrongSecret);
    CHECK(it.browser.disk->stores == before);
    const Result<Opened> restored = restore(*tab, it.file, std::string(kPassphrase), true);
    REQUIRE(restored);
    CHECK(restored->sequence == 9);
    CHECK(restored->entries == tail(8, 9));
    CHECK(restored->missing_entries == 3);
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(all_kept(before, it.browser.disk->stores));
    CHECK(all_kept(mirrored, it.browser.mirror->stores));
    tab->write(10, entry_bytes(110));
    CHECK(tab->vault.saving() == Saving::Saved);
    tab = it.browser.tab();
    const Result<Opened> again = tab->unlock();
    REQUIRE(again);
    CHECK(again->warnings.empty());
    CHECK(again->sequence == 10);
    Result<RecoveryReport> report = fail(ErrorCode::Cancelled, Message{});
    tab->vault.check([&report](Result<RecoveryReport> found) { report = std::move(found); });
    tab->pump();
    REQUIRE(report);
    CHECK(report->stores[0].condition == StoreReport::Condition::Whole);
    CHECK(report->stores[1].condition == StoreReport::Condition::Whole);
}

TEST_CASE("a backup comes over another workspace's ruins, over keys that were made new since, and over headers that are gone") {
    for (const int kind : {0, 1, 2}) {
        Browser source;
        auto tab = open_tab(source);
        const Bytes file = backup_of(*tab);
        Browser browser = kind == 0 ? browser_with(30, true) : copy_of(source);
        if (kind == 1) {
            tab->vault.rekey(kPassphrase, new_key(), [] { return Bytes(100, 3); }, [](const Result<void>&) {});
            tab->pump();
            browser = copy_of(source);
        }
        for (platform::MemoryDisk* disk : {browser.disk.get(), browser.mirror.get()}) disk->stores[kind == 2 ? "hdr" : "head"].clear();
        const Stores before = browser.disk->stores, mirrored = browser.mirror->stores;
        CHECK_FALSE(browser.tab()->unlock());
        const Result<Opened> restored = restore(*browser.tab(), file, std::string(kPassphrase), true);
        REQUIRE(restored);
        CHECK(restored->sequence == 12);
        CHECK(restored->entries == tail(8, 12));
        CHECK(all_kept(before, browser.disk->stores));
        CHECK(all_kept(mirrored, browser.mirror->stores));
        auto again = browser.tab();
        REQUIRE(again->unlock());
        CHECK(again->vault.saving() == Saving::Saved);
    }
}

TEST_CASE("a crash or a fault while a backup comes over what cannot be opened: nothing that was there is lost, and it can be tried again") {
    const Broken it = broken();
    const auto judge = [&it](Browser& browser) {
        CHECK(all_kept(it.browser.disk->stores, browser.disk->stores));
        CHECK(all_kept(it.browser.mirror->stores, browser.mirror->stores));
        auto tab = browser.tab();
        Result<Opened> opened = tab->unlock();
        if (!opened) {
            // As before, or the new history beside the old one.
            CHECK((opened.error().code == ErrorCode::Damaged || tab->vault.recovery().fork));
            opened = restore(*tab, it.file, std::string(kPassphrase), true);
        }
        REQUIRE(opened);
        CHECK(opened->entries == tail(8, 9));
        CHECK(tab->vault.saving() == Saving::Saved);
        CHECK(all_kept(it.browser.disk->stores, browser.disk->stores));
        CHECK(all_kept(it.browser.mirror->stores, browser.mirror->stores));
    };
    for (std::size_t steps = 0; steps < 60; ++steps) {
        for (const bool happened : {false, true}) {
            Browser browser = copy_of(it.browser);
            auto tab = browser.tab();
            tab->vault.restore(it.file, std::string(kPassphrase), true, [](const Result<Opened>&) {});
            for (std::size_t i = 0; i < steps; ++i) {
                if (!tab->storage.pump_one() && !tab->second.pump_one()) tab->worker.pump_one();
            }
            tab->storage.crash(happened ? 1 : 0);
            tab->second.crash(happened ? 1 : 0);
            judge(browser);
        }
    }
    for (std::uint64_t n = 0; n < 50; ++n) {
        for (const bool for_ever : {false, true}) {
            for (const bool second : {false, true}) {
                Browser browser = copy_of(it.browser);
                auto tab = browser.tab();
                (second ? tab->second : tab->storage).fail_operation(n, {ErrorCode::StorageFull, false}, for_ever);
                restore(*tab, it.file, std::string(kPassphrase), true);
                tab->storage.heal();
                tab->second.heal();
                judge(browser);
            }
        }
    }
}

TEST_CASE("a crash or a fault while restoring leaves all of it or nothing; one store is enough") {
    Browser source;
    const Bytes file = backup_of(*open_tab(source));
    for (std::size_t steps = 0; steps < 30; ++steps) {
        for (const bool happened : {false, true}) {
            Browser browser = empty_browser();
            auto tab = browser.tab();
            tab->vault.restore(file, std::string(kPassphrase), false, [](const Result<Opened>&) {});
            for (std::size_t i = 0; i < steps; ++i) {
                if (!tab->storage.pump_one() && !tab->second.pump_one()) tab->worker.pump_one();
            }
            tab->storage.crash(happened ? 1 : 0);
            tab->second.crash(happened ? 1 : 0);
            tab = browser.tab();
            if (tab->probe().kind == Presence::Kind::None) continue;
            const Result<Opened> opened = tab->unlock();
            REQUIRE(opened);
            CHECK(opened->entries == tail(8, 12));
            CHECK(tab->vault.saving() == Saving::Saved);
        }
    }
    for (std::uint64_t n = 0; n < 20; ++n) {
        for (const bool for_ever : {false, true}) {
            for (const bool second : {false, true}) {
                Browser browser = empty_browser();
                auto tab = browser.tab();
                (second ? tab->second : tab->storage).fail_operation(n, {ErrorCode::StorageFull, false}, for_ever);
                const Result<Opened> restored = restore(*tab, file);
                tab->storage.heal();
                tab->second.heal();
                tab = browser.tab();
                if (!restored && tab->probe().kind == Presence::Kind::None) continue;
                CHECK(tab->unlock()->entries == tail(8, 12));
            }
        }
    }
}

TEST_CASE("the restore drill says what a backup holds beside the open workspace") {
    for (const bool with_snapshot : {true, false}) {
        Browser browser;
        auto tab = open_tab(browser, with_snapshot);
        const Bytes file = backup_of(*tab);
        Result<BackupCheck> found = verify(*tab, file);
        REQUIRE(found);
        CHECK(found->proven);
        CHECK(found->sequence == 12);
        CHECK(found->newer == 0);
        CHECK(found->compared == (with_snapshot ? 5 : 12));
        CHECK_FALSE(found->differs);
        for (std::uint64_t sequence = 13; sequence <= 20; ++sequence) tab->write(sequence, entry_bytes(sequence));
        found = verify(*tab, file);
        REQUIRE(found);
        CHECK(found->proven);
        CHECK(found->newer == 8);
        CHECK(found->made_utc_ms == static_cast<std::uint64_t>(tab->clock.at.utc_ms));
        Bytes altered = file;
        altered[altered.size() / 2] ^= 1;
        CHECK(verify(*tab, altered).error().code == ErrorCode::Damaged);

        // A workspace that went another way from entry 10 on.
        Browser other = copy_of(browser);
        other.disk->stores.clear();
        other.mirror->stores.clear();
        auto aside = other.tab();
        const Bytes newer = backup_of(*tab);
        REQUIRE(restore(*aside, file));
        aside->write(13, entry_bytes(99));
        const Result<BackupCheck> against = verify(*aside, newer);
        REQUIRE(against);
        CHECK_FALSE(against->proven);
        CHECK(against->ahead == 7);
        CHECK(against->differs == 13);
        // Restored: the same entries, sealed anew.
        const Result<BackupCheck> same = verify(*aside, file);
        REQUIRE(same);
        CHECK_FALSE(same->differs);
        CHECK(same->compared == (with_snapshot ? 5 : 12));
    }
    Browser one = browser_with(1), two;
    two.seed = 70;
    auto first = one.tab();
    REQUIRE(first->unlock());
    auto second = open_tab(two);
    CHECK(verify(*first, backup_of(*second)).error().code == ErrorCode::BadInput);
}
