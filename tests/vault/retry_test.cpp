// What failed is tried again: what is said meanwhile, what can be taken away, and that nothing waits for ever.
#include <doctest.h>

#include "tests/vault/world.hpp"
#include "vault/machine.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

void fail_both(Tab& tab) {
    tab.storage.fail_operation(0, {ErrorCode::Storage, false}, true);
    tab.second.fail_operation(0, {ErrorCode::Storage, false}, true);
}

void heal_both(Tab& tab) {
    tab.storage.heal();
    tab.second.heal();
}

// A minute, and what the program does after it.
void pass_a_minute(Tab& tab) {
    tab.clock.at.utc_ms += kStorePauseMs;
    if (tab.vault.saving() == Saving::Failed) tab.vault.retry();
    else tab.vault.flush();
    tab.pump();
}

}  // namespace

TEST_CASE("while it is tried again nothing is called saved or as good as saved, and a backup holds it") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    fail_both(*tab);
    tab->write(4, entry_bytes(4));
    REQUIRE(tab->vault.saving() == Saving::Failed);

    for (const bool healed : {false, true}) {
        CAPTURE(healed);
        if (healed) heal_both(*tab);
        tab->vault.retry();
        CHECK(tab->vault.saving() == Saving::Failed);
        REQUIRE(tab->vault.last_error());
        Result<Backup> made = fail(ErrorCode::Cancelled, Message{});
        tab->vault.make_backup([&made](Result<Backup> backup) { made = std::move(backup); }, [] { return Bytes{4}; });
        tab->pump();
        REQUIRE(made);
        CHECK(made->sequence == 4);
    }
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK_FALSE(tab->vault.last_error());
    CHECK(tab->vault.durable_sequence() == 4);
    tab->vault.append(5, entry_bytes(5));
    CHECK(tab->vault.saving() == Saving::Waiting);
    tab->vault.flush();
    tab->pump();
    CHECK(entries_of_one(*browser.disk) == written(5));
    CHECK(entries_of_one(*browser.mirror) == written(5));
}

TEST_CASE("new keys that wait for what cannot be saved are told so, and made when they are asked for again") {
    Browser browser = browser_with(2, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    tab->vault.append(3, entry_bytes(3));
    fail_both(*tab);
    const auto rekey = [&tab] {
        Result<void> answer = fail(ErrorCode::Cancelled, Message{});
        tab->vault.rekey(kPassphrase, new_key(), [] { return Bytes{1}; }, [&answer](Result<void> said) { answer = std::move(said); });
        tab->vault.flush();
        tab->pump();
        return answer;
    };
    const Result<void> failed = rekey();
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == ErrorCode::Storage);
    heal_both(*tab);
    pass_a_minute(*tab);
    REQUIRE(tab->vault.saving() == Saving::Saved);
    CHECK(rekey());
}

TEST_CASE("two stores that are both another's are not tried again and again, and it is said") {
    Browser browser = browser_with(3, true);
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    fail_both(*tab);
    tab->write(4, entry_bytes(4));
    // Somebody else's workspace comes to stand in both.
    const Browser other = browser_with(9, true);
    browser.disk->stores = other.disk->stores;
    browser.mirror->stores = other.mirror->stores;
    heal_both(*tab);
    for (int i = 0; i < 5; ++i) {
        pass_a_minute(*tab);
        CHECK(tab->vault.saving() == Saving::Failed);
        CHECK(tab->vault.last_error());
        CHECK(tab->vault.durable_sequence() == 3);
    }
    CHECK(browser.disk->stores == other.disk->stores);
}

namespace {

enum class Lack { Nothing, First, Second, NewestOfFirst, NewestOfSecond };

struct Fall {
    Lack lack;
    bool happened, lasting;
    std::uint64_t first, second;  // of each store, the operation that fails
};

// `whole` with five entries; `old` is the same with two. Whether it was opened.
bool got_over(const Browser& whole, const Browser& old, const Fall& fall) {
    Browser browser = copy_of(whole);
    if (fall.lack == Lack::First) browser.disk->stores.clear();
    if (fall.lack == Lack::Second) browser.mirror->stores.clear();
    if (fall.lack == Lack::NewestOfFirst) browser.disk->stores = old.disk->stores;
    if (fall.lack == Lack::NewestOfSecond) browser.mirror->stores = old.mirror->stores;
    auto tab = browser.tab();
    tab->storage.fail_operation(fall.first, {ErrorCode::Storage, fall.happened}, fall.lasting);
    tab->second.fail_operation(fall.second, {ErrorCode::Storage, fall.happened}, fall.lasting);
    if (!tab->unlock() || tab->vault.durable_sequence() != 5 || tab->vault.read_only()) return false;
    for (std::uint64_t sequence = 6; sequence <= 8; ++sequence) {
        tab->write(sequence, entry_bytes(sequence));
        CHECK(tab->vault.saving() != Saving::Waiting);  // nothing is under way
    }
    heal_both(*tab);
    for (int minute = 0; minute < 4; ++minute) pass_a_minute(*tab);
    CHECK(tab->vault.saving() == Saving::Saved);
    CHECK(tab->vault.durable_sequence() == 8);
    CHECK(entries_of_one(*browser.disk) == written(8));
    CHECK(entries_of_one(*browser.mirror) == written(8));
    return true;
}

}  // namespace

TEST_CASE("faults that end are got over, wherever they fall") {
    const Browser old = browser_with(2, true);
    Browser whole = copy_of(old);
    {
        auto tab = whole.tab();
        REQUIRE(tab->unlock());
        for (std::uint64_t sequence = 3; sequence <= 5; ++sequence) tab->write(sequence, entry_bytes(sequence));
    }
    int tried = 0;
    for (const Lack lack : {Lack::Nothing, Lack::First, Lack::Second, Lack::NewestOfFirst, Lack::NewestOfSecond}) {
        for (const int kind : {0, 1, 2, 3}) {
            for (std::uint64_t first = 0; first < 24; ++first) {
                for (std::uint64_t second = 0; second < 24; ++second) {
                    CAPTURE(static_cast<int>(lack));
                    CAPTURE(kind);
                    CAPTURE(first);
                    CAPTURE(second);
                    if (got_over(whole, old, {lack, kind % 2 == 1, kind >= 2, first, second})) ++tried;
                }
            }
        }
    }
    CHECK(tried > 6000);
}
