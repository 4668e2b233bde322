// Tabs that sleep in the middle of something while others go on, and wake: what they do then takes back nothing that was saved.
#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/turns.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

struct Sleepers {
    Browser browser = browser_with(3, true);
    std::shared_ptr<platform::MemoryTurns> turns = std::make_shared<platform::MemoryTurns>();
    platform::MemoryTurn turn_a{turns}, turn_b{turns};
    std::unique_ptr<Tab> a = browser.tab(&turn_a), b = browser.tab(&turn_b);
    Sleepers() {
        a->second.make_exclusive();
        b->second.make_exclusive();
    }
    static void pump(Tab& tab, platform::MemoryTurn& turn) {
        while (tab.storage.pump_one() || tab.second.pump_one() || tab.worker.pump_one() || turn.pump_one()) {
        }
    }
    void pump_a() { pump(*a, turn_a); }
    void pump_b() { pump(*b, turn_b); }
    static void take(platform::MemoryTurn& turn, bool insist) {
        turn.take(insist, [](const Result<bool>&) {});
        turn.pump_one();
    }
    // Through the reading of headers and heads.
    static void half_open(Tab& tab) {
        for (int kinds = 0; kinds < 2; ++kinds) {
            REQUIRE(tab.storage.pump_one());
            REQUIRE(tab.second.pump_one());
            tab.worker.pump_one();
        }
    }
    std::optional<Result<Opened>> opened;
    Callback<Opened> answer() {
        return [this](Result<Opened> result) { opened = std::move(result); };
    }
};

// A turn whose giver does not answer.
struct Silent final : platform::Turn {
    void take(bool, Callback<bool> done) override { done(true); }
    void give() override {}
    void confirm(Callback<bool> done) override { done(fail(ErrorCode::Storage, Message{})); }
    void tell_durable(std::uint64_t) override {}
    void listen(std::function<void(Notice, std::uint64_t)>) override {}
};

}  // namespace

TEST_CASE("a tab that hears late what became of its write does not take the witness back") {
    Sleepers tabs;
    Sleepers::take(tabs.turn_a, false);
    tabs.a->vault.unlock(std::string(kPassphrase), tabs.answer());
    tabs.pump_a();
    tabs.a->vault.append(4, entry_bytes(4));
    tabs.a->vault.flush();
    REQUIRE(tabs.a->storage.happen_one());  // and it sleeps
    Sleepers::take(tabs.turn_b, true);
    tabs.turns->expire();
    tabs.b->vault.unlock(std::string(kPassphrase), tabs.answer());
    tabs.pump_b();
    REQUIRE(*tabs.opened);
    tabs.b->vault.append(5, entry_bytes(5));
    tabs.b->vault.flush();
    tabs.pump_b();
    REQUIRE(tabs.b->vault.durable_sequence() == 5);
    const std::optional<std::string> witness = tabs.browser.witness.value;
    REQUIRE(tabs.a->storage.pump_one());
    CHECK(tabs.a->vault.last_error()->code == ErrorCode::Conflict);  // the other may have gone on without it
    CHECK(tabs.browser.witness.value == witness);
    // With the first store gone the other one, which ends before that, is not taken for everything.
    tabs.pump_a();
    tabs.a->vault.lost_turn();
    tabs.b.reset();
    tabs.a.reset();
    tabs.browser.mirror->held_by = nullptr;
    auto later = tabs.browser.tab();
    later->storage.fail_operation(0, {}, true);
    const Result<Opened> opened = later->unlock();
    CHECK_FALSE(opened);
}

TEST_CASE("a tab that takes over while the one before it writes once more has that, too; and that one writes no more") {
    for (const bool damaged : {false, true}) {
        CAPTURE(damaged);
        Sleepers tabs;
        Sleepers::take(tabs.turn_a, false);
        tabs.a->vault.unlock(std::string(kPassphrase), tabs.answer());
        tabs.pump_a();
        tabs.b->vault.unlock(std::string(kPassphrase), OpenChoice{std::nullopt, false, true}, tabs.answer());
        tabs.pump_b();
        REQUIRE(tabs.b->vault.following());
        if (damaged) tabs.browser.disk->stores["jrnl"].at(2).back() ^= 1;
        Sleepers::take(tabs.turn_b, true);
        tabs.turns->expire();
        tabs.a->second.let_go();
        tabs.b->vault.reopen(true, tabs.answer());
        tabs.opened.reset();
        while (tabs.b->storage.pump_one() || tabs.b->second.pump_one()) {
        }
        REQUIRE_FALSE(tabs.opened);  // it has read everything, and asks whose turn it is
        tabs.a->vault.append(4, entry_bytes(4));
        tabs.a->vault.append(5, entry_bytes(5));
        tabs.a->vault.flush();
        while (tabs.a->storage.pump_one()) {
        }
        REQUIRE(tabs.a->vault.durable_sequence() == 5);
        tabs.pump_b();
        REQUIRE(tabs.opened);
        REQUIRE(*tabs.opened);
        CHECK((*tabs.opened)->entries == written(5));
        CHECK_FALSE(tabs.b->vault.following());
        tabs.a->vault.append(6, entry_bytes(66));
        tabs.a->vault.flush();
        tabs.pump_a();
        CHECK(tabs.a->vault.last_error());
        CHECK(tabs.a->vault.durable_sequence() == 5);
        CHECK(tabs.b->vault.saving() == Saving::Saved);
        CHECK(entries_of_one(*tabs.browser.disk) == written(5));
        CHECK(entries_of_one(*tabs.browser.mirror) == written(5));
    }
}

TEST_CASE("a tab with the second store alone hears from the witness that another has saved something") {
    Sleepers tabs;
    Sleepers::take(tabs.turn_a, false);
    tabs.a->vault.unlock(std::string(kPassphrase), tabs.answer());
    tabs.pump_a();
    REQUIRE(*tabs.opened);
    tabs.a->storage.fail_operation(0, {}, true);  // its own connection; the database works for others
    tabs.a->vault.append(4, entry_bytes(44));
    tabs.a->vault.flush();
    while (tabs.a->storage.pump_one()) {
    }
    // A tab that slept writes what the first store takes; nobody has taken the turn from this one.
    auto other = tabs.browser.tab();
    other->second.make_exclusive();
    REQUIRE(other->unlock());
    other->write(4, entry_bytes(4));
    REQUIRE(other->vault.durable_sequence() == 4);
    const std::optional<std::string> witness = tabs.browser.witness.value;
    tabs.pump_a();
    CHECK(tabs.a->vault.saving() == Saving::Failed);
    CHECK(tabs.a->vault.durable_sequence() == 3);
    CHECK(tabs.browser.witness.value == witness);
}

TEST_CASE("what a tab wrote before it slept is not called saved where another has gone on without it") {
    Sleepers tabs;
    Sleepers::take(tabs.turn_a, false);
    tabs.a->vault.unlock(std::string(kPassphrase), tabs.answer());
    tabs.pump_a();
    tabs.a->vault.append(4, entry_bytes(44));
    tabs.a->vault.flush();
    REQUIRE(tabs.a->storage.happen_one());  // and it sleeps
    tabs.a->second.let_go();
    Sleepers::take(tabs.turn_b, true);
    tabs.turns->expire();
    tabs.b->storage.fail_operation(0, {}, true);  // this one cannot read the database
    tabs.b->vault.unlock(std::string(kPassphrase), tabs.answer());
    tabs.pump_b();
    REQUIRE(*tabs.opened);
    for (const std::uint64_t sequence : {4, 5}) tabs.b->vault.append(sequence, entry_bytes(sequence));
    tabs.b->vault.flush();
    tabs.pump_b();
    REQUIRE(tabs.b->vault.durable_sequence() == 5);
    tabs.pump_a();
    CHECK(tabs.a->vault.durable_sequence() == 3);
    CHECK(tabs.a->vault.last_error()->code == ErrorCode::Conflict);
    // Both are kept, and a person chooses.
    tabs.a.reset();
    tabs.b.reset();
    tabs.browser.mirror->held_by = nullptr;
    auto later = tabs.browser.tab();
    CHECK_FALSE(later->unlock());
    CHECK(later->vault.recovery().fork == 4);
    const Result<Opened> chosen = later->unlock(kPassphrase, OpenChoice{StoreId::Second, false, false});
    REQUIRE(chosen);
    CHECK(chosen->entries == written(5));
}

TEST_CASE("a turn is not let go of while the workspace is being unlocked with it") {
    Sleepers tabs;
    bool ended = false;
    const vault::Turns::Hooks hooks{[] {}, [](const std::vector<Bytes>&) {}, [](const Result<Opened>&) {}, [] {}};
    Turns shared(tabs.a->vault, &tabs.turn_a, hooks);
    Sleepers::take(tabs.turn_a, false);
    Sleepers::take(tabs.turn_b, true);  // another asks for it; this one has not heard
    shared.unlock(std::string(kPassphrase), {}, [&ended](const Result<Opened>& result) { ended = result.has_value(); });
    while (tabs.turn_a.pump_one()) {
        shared.step();
    }
    CHECK(tabs.turn_a.has());
    tabs.pump_a();
    CHECK(ended);
    CHECK_FALSE(tabs.a->vault.following());
    shared.step();  // now it is saved and handed over
    CHECK(tabs.a->vault.following());
    CHECK(tabs.turn_b.has());
}

TEST_CASE("a browser that does not say whose turn it is keeps nobody from a workspace that is whole in the first store") {
    for (const bool behind : {false, true}) {
        Browser browser = browser_with(3, true), ahead = copy_of(browser);
        if (behind) {  // what only the second store has may not be known to the tab that writes
            auto dead = ahead.tab();
            REQUIRE(dead->unlock());
            dead->write(4, entry_bytes(4));
            browser.mirror->stores = ahead.mirror->stores;
        }
        Silent silent;
        auto tab = browser.tab(&silent);
        REQUIRE(tab->unlock());
        CHECK(tab->vault.following() == behind);
        if (behind) continue;
        tab->write(4, entry_bytes(4));
        CHECK(tab->vault.saving() == Saving::Saved);
    }
}
