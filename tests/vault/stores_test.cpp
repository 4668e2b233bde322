// Two stores: both are kept alike, either may fail or be lost, and what is said of them is so.
#include <doctest.h>

#include <algorithm>
#include <cstdio>

#include "tests/vault/world.hpp"
#include "vault/machine.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;
using Condition = StoreReport::Condition;

namespace {

std::uint64_t sequence_of_one(const platform::MemoryDisk& disk) {
    Browser alone;
    *alone.disk = disk;
    const Result<Opened> opened = alone.tab()->unlock();
    return opened ? opened->sequence : 0;
}

// Everything but what was set aside.
std::map<std::string, std::map<std::uint64_t, Bytes>> living(const platform::MemoryDisk& disk) {
    auto stores = disk.stores;
    for (auto& [name, records] : stores) records.erase(records.lower_bound(kQuarantine), records.end());
    return stores;
}

Result<RecoveryReport> check(Tab& tab) {
    Result<RecoveryReport> out = fail(ErrorCode::Cancelled, Message{});
    tab.vault.check([&out](Result<RecoveryReport> report) { out = std::move(report); });
    tab.pump();
    return out;
}

}  // namespace

TEST_CASE("both stores hold the same bytes, and each is the whole workspace") {
    const Browser browser = browser_with(5, true);
    CHECK(living(*browser.disk) == living(*browser.mirror));
    CHECK(entries_of_one(*browser.disk) == written(5));
    CHECK(entries_of_one(*browser.mirror) == written(5));
    Browser again = copy_of(browser);
    auto tab = again.tab();
    const Presence presence = tab->probe();
    CHECK(presence.kind == Presence::Kind::Present);
    CHECK(presence.stores[0].condition == Condition::Whole);
    CHECK(presence.stores[1].condition == Condition::Whole);
    const Result<Opened> opened = tab->unlock();
    REQUIRE(opened);
    CHECK(opened->warnings.empty());
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(tab->vault.recovery().stores[1].condition == Condition::Whole);
    CHECK(tab->vault.recovery().stores[1].entries == Tally{5, 0});
    CHECK(again.disk->stores == browser.disk->stores);  // nothing to do: nothing written
    CHECK(again.mirror->stores == browser.mirror->stores);
}

TEST_CASE("a workspace without a mirror gets one when it is opened, with its snapshots and its old journal") {
    Browser browser;
    {
        auto tab = browser.tab();
        REQUIRE(tab->create());
        for (std::uint64_t sequence = 1; sequence <= 600; ++sequence) {
            tab->vault.append(sequence, entry_bytes(sequence));
            tab->vault.flush();
            if (sequence % 100 != 0) continue;
            tab->pump();
            if (tab->vault.wants_snapshot()) tab->vault.offer_snapshot(sequence, Bytes(100, 1));
            tab->pump();
        }
    }
    browser.mirror = std::make_shared<platform::MemoryDisk>();
    auto tab = browser.tab();
    const Result<Opened> opened = tab->unlock();
    REQUIRE(opened);
    CHECK(opened->warnings.empty());
    CHECK(tab->vault.recovery().stores[1].condition == Condition::Empty);
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(living(*browser.disk) == living(*browser.mirror));
    CHECK(browser.mirror->stores["jrnl"].size() == 600);
    CHECK(browser.mirror->stores["snap"].size() == 2);
}

TEST_CASE("one store failing is one copy, and never stops the other; it is brought up to date when it comes back") {
    for (const bool first_fails : {false, true}) {
        for (const bool happened : {false, true}) {
            Browser browser = browser_with(2, true);
            auto tab = browser.tab();
            REQUIRE(tab->unlock());
            platform::MemoryStorage& failing = first_fails ? tab->storage : tab->second;
            failing.fail_operation(0, {ErrorCode::StorageFull, happened}, true);
            for (std::uint64_t sequence = 3; sequence <= 30; ++sequence) {
                tab->write(sequence, entry_bytes(sequence));
                CHECK(tab->vault.saving() == Saving::OneCopy);
                CHECK(tab->vault.durable_sequence() == sequence);
                CHECK(tab->vault.store_error(first_fails ? StoreId::First : StoreId::Second).has_value());
            }
            CHECK_FALSE(tab->vault.last_error());
            failing.heal();
            tab->vault.retry();
            tab->pump();
            CHECK(tab->vault.saving() == Saving::Saved);
            CHECK(living(*browser.disk) == living(*browser.mirror));
            CHECK(entries_of_one(*browser.disk) == written(30));
        }
    }
}

TEST_CASE("a store that comes back is noticed without being asked for") {
    Browser browser = browser_with(1, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->second.fail_operation(0, {}, false);
    tab->write(2, entry_bytes(2));
    CHECK(tab->vault.saving() == Saving::OneCopy);
    for (std::uint64_t sequence = 3; sequence <= 2 + kStorePause; ++sequence) tab->write(sequence, entry_bytes(sequence));
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(living(*browser.disk) == living(*browser.mirror));
}

TEST_CASE("both stores failing is not saved, and is said at once") {
    Browser browser = browser_with(1, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->storage.fail_operation(0, {ErrorCode::StorageFull, false}, true);
    tab->second.fail_operation(0, {}, true);
    tab->write(2, entry_bytes(2));
    CHECK(tab->vault.saving() == Saving::Failed);
    REQUIRE(tab->vault.last_error());
    CHECK(tab->vault.last_error()->code == ErrorCode::StorageFull);
    CHECK(tab->vault.durable_sequence() == 1);
    tab->second.heal();
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::OneCopy);
    CHECK(tab->vault.durable_sequence() == 2);
    tab->storage.heal();
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
}

TEST_CASE("saved is not said before the second store has it") {
    Browser browser = browser_with(1, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->vault.append(2, entry_bytes(2));
    tab->vault.flush();
    CHECK(tab->second.waiting() == 0);
    CHECK(tab->storage.pump_one());
    CHECK(tab->vault.durable_sequence() == 2);
    CHECK(tab->vault.durable_sequence(StoreId::Second) == 1);
    CHECK(tab->vault.saving() == Saving::Waiting);
    CHECK(tab->second.pump_one());
    CHECK(tab->vault.saving() == Saving::Saved);
}

TEST_CASE("a slow second store does not hold up the first") {
    Browser browser = browser_with(1, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    for (std::uint64_t sequence = 2; sequence <= 20; ++sequence) {
        tab->vault.append(sequence, entry_bytes(sequence));
        tab->vault.flush();
        while (tab->storage.pump_one()) {
        }
        CHECK(tab->vault.durable_sequence() == sequence);
        CHECK(tab->second.waiting() == 1);
    }
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(living(*browser.disk) == living(*browser.mirror));
}

TEST_CASE("what the first store refuses as another writer's never reaches the second") {
    Browser browser = browser_with(3, true);
    auto first = browser.tab(), second = browser.tab();
    REQUIRE(first->unlock());
    REQUIRE(second->unlock());
    first->write(4, entry_bytes(4));
    const auto before = browser.mirror->stores;
    second->write(4, entry_bytes(44));
    CHECK(second->vault.saving() == Saving::Failed);
    CHECK(second->vault.last_error()->code == ErrorCode::Conflict);
    second->vault.retry();
    second->pump();
    CHECK(second->vault.last_error()->code == ErrorCode::Conflict);
    CHECK(browser.mirror->stores == before);
    first->write(5, entry_bytes(5));
    CHECK(first->vault.saving() == Saving::Saved);
}

TEST_CASE("every flipped bit of every record of either store is found and healed from the other") {
    Browser whole = browser_with(3, true);
    {
        auto tab = whole.tab();
        REQUIRE(tab->unlock());
        tab->vault.offer_snapshot(3, Bytes(30, 9));
        tab->pump();
        tab->write(4, entry_bytes(4));
    }
    REQUIRE(living(*whole.disk) == living(*whole.mirror));
    int flips = 0, silent = 0, wrong = 0, unhealed = 0;
    for (const bool second : {false, true}) {
        const auto stores = (second ? whole.mirror : whole.disk)->stores;
        for (const auto& [store, records] : stores) {
            for (const auto& [key, value] : records) {
                for (std::size_t bit = 0; bit < value.size() * 8; ++bit, ++flips) {
                    Browser altered = copy_of(whole);
                    Bytes& bytes = (second ? altered.mirror : altered.disk)->stores[store][key];
                    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1u << (bit % 8)));
                    auto tab = altered.tab();
                    const Result<Opened> opened = tab->unlock();
                    if (!opened || opened->snapshot_sequence != 3 || opened->entries != std::vector<Bytes>{entry_bytes(4)}) {
                        ++wrong;
                        continue;
                    }
                    // Entries before the snapshot are not read in opening: a check finds them.
                    const bool old = store == "jrnl" && key <= 3;
                    bool found = !opened->warnings.empty();
                    if (old) {
                        const Result<RecoveryReport> report = check(*tab);
                        found = report && report->stores[second].condition == Condition::Damaged &&
                                report->stores[!second].condition == Condition::Whole;
                    }
                    silent += !found;
                    unhealed += living(*altered.disk) != living(*whole.disk) || living(*altered.mirror) != living(*whole.mirror) ||
                                tab->vault.saving() != Saving::Saved;
                }
            }
        }
    }
    std::printf("figure: bits flipped in two stores: %d (%d not noticed, %d opened wrongly, %d not healed)\n", flips, silent, wrong,
                unhealed);
    CHECK(flips > 29'000);
    CHECK(silent == 0);
    CHECK(wrong == 0);
    CHECK(unhealed == 0);
}

TEST_CASE("either store destroyed, twenty times over, is made anew with everything") {
    Browser browser = browser_with(300, true);
    std::uint64_t last = 300;
    for (int round = 0; round < 20; ++round) {
        platform::MemoryDisk& lost = round % 2 == 0 ? *browser.disk : *browser.mirror;
        if (round % 4 < 2) {
            lost.stores.clear();
        } else {
            for (auto& [name, records] : lost.stores) {
                for (auto& [key, value] : records) std::fill(value.begin(), value.end(), 0);
            }
        }
        auto tab = browser.tab();
        const Result<Opened> opened = tab->unlock();
        REQUIRE(opened);
        CHECK(opened->sequence == last);
        CHECK(opened->missing_entries == 0);
        CHECK((opened->warnings.empty() == (round % 4 == 1)));  // a mirror that is not there yet is no loss
        ++last;
        tab->write(last, entry_bytes(last));
        CHECK(tab->vault.saving() == Saving::Saved);
        CHECK(entries_of_one(*browser.disk) == written(last));
        CHECK(entries_of_one(*browser.mirror) == written(last));
    }
}

TEST_CASE("what stands in either store counts before a workspace is made; removing it removes both") {
    Browser browser = browser_with(2, true);
    browser.disk->stores.clear();
    browser.witness.value.reset();
    auto tab = browser.tab();
    CHECK(tab->probe().kind == Presence::Kind::Present);
    CHECK(tab->create().error().code == ErrorCode::Conflict);
    bool erased = false;
    tab->vault.erase([&erased](Result<void> result) { erased = result.has_value(); });
    tab->pump();
    CHECK(erased);
    CHECK(browser.mirror->bytes() == 0);
    CHECK(tab->probe().kind == Presence::Kind::None);
    tab->second.fail_operation(0, {}, true);
    CHECK(tab->probe().kind == Presence::Kind::None);  // a browser without a second store
    CHECK(tab->create());
    CHECK(tab->vault.saving() == Saving::OneCopy);
    tab->storage.fail_operation(0, {}, true);
    tab->vault.lock();
    Result<Presence> presence{Presence{}};
    tab->vault.probe([&presence](Result<Presence> result) { presence = std::move(result); });
    tab->pump();
    CHECK_FALSE(presence);  // nothing is called empty that could not be read
}

TEST_CASE("another workspace in the second store is left alone") {
    Browser browser = browser_with(3, true), other = browser_with(1);
    Browser strange;
    strange.seed = 77;
    REQUIRE(strange.tab()->create());
    browser.mirror = strange.disk;
    const auto before = strange.disk->stores;
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->write(4, entry_bytes(4));
    CHECK(tab->vault.saving() == Saving::OneCopy);
    CHECK(tab->vault.recovery().stores[1].condition == Condition::Other);
    CHECK(browser.mirror->stores == before);
}

TEST_CASE("a fault at every operation of either store, once or for ever, over two stores: nothing false is said") {
    for (const bool for_ever : {false, true}) {
        for (const bool happened : {false, true}) {
            for (const bool first : {false, true}) {
                for (std::uint64_t n = 0; n < 40; ++n) {
                    Browser browser;
                    browser.mirror = std::make_shared<platform::MemoryDisk>();
                    auto tab = browser.tab();
                    platform::MemoryStorage& storage = first ? tab->storage : tab->second;
                    storage.fail_operation(n, {ErrorCode::Storage, happened}, for_ever);
                    if (!tab->create()) continue;
                    for (std::uint64_t sequence = 1; sequence <= 6; ++sequence) {
                        tab->write(sequence, entry_bytes(sequence));
                        const Saving saving = tab->vault.saving();
                        CHECK((saving == Saving::Saved || saving == Saving::OneCopy));
                        if (saving == Saving::Saved) CHECK(sequence_of_one(*browser.mirror) == sequence);
                        CHECK(tab->vault.durable_sequence() == sequence);
                        if (sequence == 4) tab->vault.offer_snapshot(4, Bytes(20, 4));
                        tab->pump();
                    }
                    storage.heal();
                    tab->vault.retry();
                    tab->pump();
                    CHECK(tab->vault.saving() == Saving::Saved);
                    CHECK(sequence_of_one(*browser.disk) == 6);
                    CHECK(sequence_of_one(*browser.mirror) == 6);
                }
            }
        }
    }
}

TEST_CASE("a second tab that opens while the first one works does not disturb it") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        platform::SeededRandom random(seed);
        Browser browser = browser_with(2, true);
        auto writer = browser.tab();
        REQUIRE(writer->unlock());
        std::unique_ptr<Tab> reader;
        for (std::uint64_t sequence = 3; sequence <= 12; ++sequence) {
            writer->vault.append(sequence, entry_bytes(sequence));
            writer->vault.flush();
            if (random.next() % 3 == 0) {
                reader = browser.tab();
                reader->vault.unlock(std::string(kPassphrase), [](const Result<Opened>&) {});
            }
            for (int step = 0; step < 6; ++step) {
                Tab& tab = reader && random.next() % 2 == 0 ? *reader : *writer;
                if (!(random.next() % 2 == 0 ? tab.storage : tab.second).pump_one()) tab.worker.pump_one();
            }
        }
        if (reader) reader->pump();
        writer->pump();
        writer->vault.retry();
        writer->pump();
        CHECK(writer->vault.saving() == Saving::Saved);
        CHECK(writer->vault.durable_sequence() == 12);
        CHECK(entries_of_one(*browser.disk) == written(12));
        CHECK(entries_of_one(*browser.mirror) == written(12));
    }
}
