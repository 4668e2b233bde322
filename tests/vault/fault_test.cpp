// A store that fails: quota, single and lasting faults, writes of unknown outcome, two writers, killed tabs.
#include <doctest.h>

#include "tests/vault/world.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;
using platform::MemoryStorage;

namespace {

bool starts_with(const std::vector<Bytes>& all, std::uint64_t count) {
    if (all.size() < count) return false;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (all[i] != entry_bytes(i + 1)) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("a full store never says saved, and goes on when there is room again") {
    Browser browser = browser_with(3);
    browser.disk->quota_bytes = browser.disk->bytes() + 300;
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->write(4, entry_bytes(4, 2000));
    CHECK(tab->vault.saving() == Saving::Failed);
    REQUIRE(tab->vault.last_error());
    CHECK(tab->vault.last_error()->code == ErrorCode::StorageFull);
    CHECK(tab->vault.durable_sequence() == 3);
    CHECK(entries_of(browser).size() == 3);

    // More work and another try while it is still full.
    tab->write(5, entry_bytes(5));
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Failed);
    CHECK(tab->vault.durable_sequence() == 3);

    browser.disk->quota_bytes.reset();
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK_FALSE(tab->vault.last_error());
    CHECK(tab->vault.durable_sequence() == 5);
    const std::vector<Bytes> entries = entries_of(browser);
    REQUIRE(entries.size() == 5);
    CHECK(entries[3] == entry_bytes(4, 2000));
}

TEST_CASE("a fault at every operation, once or for ever, never loses what was durable nor claims what was not") {
    for (const bool for_ever : {false, true}) {
        for (const bool happened : {false, true}) {
            for (std::uint64_t n = 0; n < 30; ++n) {
                Browser browser;
                auto tab = browser.tab();
                tab->storage.fail_operation(n, {ErrorCode::Storage, happened}, for_ever);
                std::uint64_t sequence = 0;
                if (tab->create()) {
                    for (sequence = 1; sequence <= 6; ++sequence) tab->write(sequence, entry_bytes(sequence));
                    sequence = 6;
                    tab->vault.retry();
                    tab->pump();
                }
                const std::uint64_t durable = tab->vault.durable_sequence();
                if (durable > 0) CHECK(starts_with(entries_of(browser), durable));
                if (tab->vault.saving() == Saving::Saved) CHECK(durable == sequence);
                tab->storage.heal();
                if (tab->vault.state() == VaultState::Open) {
                    tab->vault.retry();
                    tab->pump();
                    CHECK(tab->vault.saving() == Saving::Saved);
                    CHECK(tab->vault.durable_sequence() == 6);
                    CHECK(entries_of(browser) == written(6));
                }
            }
        }
    }
}

TEST_CASE("a fault while opening is an error, never an empty workspace, and passes") {
    const Browser whole = browser_with(5);
    for (std::uint64_t n = 0; n < 3; ++n) {
        Browser browser{std::make_shared<platform::MemoryDisk>(*whole.disk), whole.witness, 50};
        auto tab = browser.tab();
        tab->storage.fail_operation(n, {});
        const Result<Opened> opened = tab->unlock();
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::Storage);
        CHECK(tab->unlock()->entries == written(5));
    }
}

TEST_CASE("a write that happened although it was reported as failed is recognised, not repeated") {
    Browser browser = browser_with(2);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->storage.fail_operation(0, {ErrorCode::Storage, true});
    tab->write(3, entry_bytes(3));
    CHECK(tab->vault.saving() == Saving::Failed);
    CHECK(tab->vault.durable_sequence() == 2);
    tab->vault.append(4, entry_bytes(4));
    tab->vault.retry();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(tab->vault.durable_sequence() == 4);
    CHECK(entries_of(browser) == written(4));
}

TEST_CASE("of two writers on one store the second is refused, and nothing is lost") {
    Browser browser = browser_with(3);
    auto first = browser.tab(), second = browser.tab();
    REQUIRE(first->unlock());
    REQUIRE(second->unlock());
    first->write(4, entry_bytes(4));
    CHECK(first->vault.saving() == Saving::Saved);

    second->write(4, entry_bytes(44));
    CHECK(second->vault.saving() == Saving::Failed);
    REQUIRE(second->vault.last_error());
    CHECK(second->vault.last_error()->code == ErrorCode::Conflict);
    CHECK(second->vault.durable_sequence() == 3);
    second->vault.retry();
    second->pump();
    CHECK(second->vault.last_error()->code == ErrorCode::Conflict);

    // The first is not disturbed, however often they take turns.
    for (std::uint64_t sequence = 5; sequence <= 9; ++sequence) {
        first->write(sequence, entry_bytes(sequence));
        CHECK(first->vault.saving() == Saving::Saved);
        second->vault.retry();
        second->pump();
        CHECK(second->vault.saving() == Saving::Failed);
    }
    CHECK(entries_of(browser) == written(9));

    second->vault.lock();
    CHECK(second->unlock()->entries == written(9));
    second->write(10, entry_bytes(10));
    CHECK(second->vault.saving() == Saving::Saved);
    first->write(10, entry_bytes(100));
    CHECK(first->vault.last_error()->code == ErrorCode::Conflict);
    CHECK(entries_of(browser) == written(10));
}

TEST_CASE("two writers, every interleaving of their transactions: each entry of the store was acknowledged to one of them") {
    for (std::uint64_t schedule = 0; schedule < 256; ++schedule) {
        Browser browser = browser_with(1);
        auto first = browser.tab(), second = browser.tab();
        REQUIRE(first->unlock());
        REQUIRE(second->unlock());
        for (std::uint64_t sequence = 2; sequence <= 4; ++sequence) {
            first->vault.append(sequence, entry_bytes(sequence));
            first->vault.flush();
            second->vault.append(sequence, entry_bytes(sequence + 100));
            second->vault.flush();
        }
        for (int turn = 0; turn < 8; ++turn) ((schedule >> turn) & 1 ? first : second)->storage.pump_one();
        first->pump();
        second->pump();
        const std::uint64_t one = first->vault.durable_sequence(), two = second->vault.durable_sequence();
        const std::vector<Bytes> entries = entries_of(browser);
        CHECK(entries.size() == 4);
        CHECK((one == 1) != (two == 1));
        CHECK(entries[1] == entry_bytes(one == 1 ? 102 : 2));
        CHECK(entries[3] == entry_bytes(one == 1 ? 104 : 4));
    }
}

TEST_CASE("a killed tab loses nothing that was acknowledged") {
    platform::SeededRandom random(20260302);
    std::uint64_t kills = 0;
    for (int run = 0; run < 40; ++run) {
        Browser browser;
        REQUIRE(browser.tab()->create());
        std::uint64_t acknowledged = 0, known = 0;
        for (int life = 0; life < 25; ++life, ++kills) {
            auto tab = browser.tab();
            const Result<Opened> opened = tab->unlock();
            REQUIRE(opened);
            REQUIRE(opened->sequence >= acknowledged);
            REQUIRE(opened->warnings.empty());
            REQUIRE(starts_with(opened->entries, opened->sequence));
            known = opened->sequence;
            const std::uint64_t edits = random.next() % 12;
            for (std::uint64_t edit = 0; edit < edits; ++edit) {
                ++known;
                tab->vault.append(known, entry_bytes(known));
                if (random.next() % 2 == 0) tab->vault.flush();
                if (random.next() % 3 == 0) tab->storage.pump_one();
            }
            acknowledged = tab->vault.durable_sequence();
            tab->storage.crash(random.next() % 2);
        }
    }
    MESSAGE(kills << " kills");
    CHECK(kills == 1000);
}
