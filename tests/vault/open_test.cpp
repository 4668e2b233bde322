#include <doctest.h>

#include <set>

#include "vault/envelope.hpp"
#include "tests/vault/world.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

TEST_CASE("an empty browser has no workspace, and one that is made can be opened again") {
    Browser browser;
    auto tab = browser.tab();
    CHECK(tab->probe().kind == Presence::Kind::None);
    const Result<Opened> made = tab->create();
    REQUIRE(made);
    CHECK(made->device.n != 0);
    CHECK(made->sequence == 0);
    CHECK(made->entries.empty());
    CHECK(tab->vault.state() == VaultState::Open);
    CHECK(tab->vault.saving() == Saving::Saved);

    auto next = browser.tab();
    CHECK(next->probe().kind == Presence::Kind::Present);
    const Result<Opened> opened = next->unlock();
    REQUIRE(opened);
    CHECK(opened->device == made->device);
    CHECK(opened->sequence == 0);
    CHECK(opened->warnings.empty());
}

TEST_CASE("entries come back in order, whole, and only what is in memory is not yet durable") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    for (std::uint64_t sequence = 1; sequence <= 20; ++sequence) {
        tab->vault.append(sequence, entry_bytes(sequence, sequence * 13));
        CHECK(tab->vault.saving() == Saving::Waiting);
        if (sequence % 3 == 0) {
            tab->vault.flush();
            tab->pump();
            CHECK(tab->vault.durable_sequence() == sequence);
        }
    }
    CHECK(tab->vault.durable_sequence() == 18);
    CHECK(entries_of(browser).size() == 18);
    tab->vault.flush();
    tab->pump();
    CHECK(tab->vault.saving() == Saving::Saved);
    const std::vector<Bytes> entries = entries_of(browser);
    REQUIRE(entries.size() == 20);
    for (std::uint64_t sequence = 1; sequence <= 20; ++sequence) {
        CHECK(entries[sequence - 1] == entry_bytes(sequence, sequence * 13));
    }
}

TEST_CASE("one transaction at a time; what is appended meanwhile follows in the next") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    tab->vault.append(1, entry_bytes(1));
    tab->vault.flush();
    for (std::uint64_t sequence = 2; sequence <= 9; ++sequence) {
        tab->vault.append(sequence, entry_bytes(sequence));
        tab->vault.flush();
    }
    CHECK(tab->storage.waiting() == 1);
    CHECK(tab->storage.pump_one());
    CHECK(tab->vault.durable_sequence() == 1);
    CHECK(tab->storage.waiting() == 1);
    CHECK(tab->storage.pump_one());
    CHECK(tab->vault.durable_sequence() == 9);
    CHECK(tab->storage.waiting() == 0);
    CHECK(tab->storage.most_waiting() == 1);
}

TEST_CASE("a wrong passphrase is told apart from damage, and does no harm") {
    const Browser browser = browser_with(3);
    Browser copy = browser;
    auto tab = copy.tab();
    const platform::MemoryDisk before = *copy.disk;
    for (const std::string& wrong : {std::string("correct horse battery stapl"), std::string("Correct horse battery staple"),
                                     std::string("correct horse battery staple ")}) {
        const Result<Opened> opened = tab->unlock(wrong);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::WrongSecret);
        CHECK(tab->vault.state() == VaultState::Locked);
    }
    CHECK(before.stores == copy.disk->stores);
    CHECK(tab->unlock("").error().code == ErrorCode::BadInput);
    CHECK(tab->unlock(std::string(5000, 'x')).error().code == ErrorCode::BadInput);
    const Result<Opened> opened = tab->unlock();
    REQUIRE(opened);
    CHECK(opened->entries.size() == 3);
}

TEST_CASE("a workspace is never made over another") {
    Browser browser = browser_with(2);
    const platform::MemoryDisk before = *browser.disk;
    CHECK(browser.tab()->create().error().code == ErrorCode::Conflict);
    CHECK(before.stores == browser.disk->stores);

    // Two tabs at once on an empty store: one of them wins, the other is refused.
    Browser empty;
    auto first = empty.tab(), second = empty.tab();
    int made = 0, refused = 0;
    const auto count = [&made, &refused](const Result<Opened>& result) { ++(result ? made : refused); };
    first->vault.create(kPassphrase, count);
    second->vault.create(kPassphrase, count);
    bool busy = true;
    while (busy) {
        busy = false;
        for (Tab* tab : {first.get(), second.get()}) busy |= tab->storage.pump_one() || tab->worker.pump_one();
    }
    CHECK(made == 1);
    CHECK(refused == 1);
    CHECK(empty.tab()->unlock());
}

TEST_CASE("a store that lost everything is not taken for a new one") {
    Browser browser = browser_with(5);
    browser.disk->stores.clear();
    auto tab = browser.tab();
    const Presence presence = tab->probe();
    CHECK(presence.kind == Presence::Kind::MissingButExpected);
    REQUIRE(presence.problem);
    CHECK_FALSE(presence.problem->what.empty());
    CHECK(tab->create().error().code == ErrorCode::Damaged);
    CHECK(tab->unlock().error().code == ErrorCode::Damaged);
    CHECK(browser.disk->bytes() == 0);

    // Only after the person has asked to forget it.
    bool erased = false;
    tab->vault.erase([&erased](Result<void> result) { erased = result.has_value(); });
    tab->pump();
    CHECK(erased);
    CHECK(tab->probe().kind == Presence::Kind::None);
    CHECK(tab->create());
}

TEST_CASE("records without a header are damage, not an empty store") {
    for (const std::string& keep : {std::string("head"), std::string("jrnl")}) {
        Browser browser = browser_with(2);
        browser.witness.value.reset();
        const auto kept = browser.disk->stores[keep];
        browser.disk->stores.clear();
        browser.disk->stores[keep] = kept;
        CHECK(browser.tab()->probe().kind == Presence::Kind::Damaged);
        CHECK(browser.tab()->create().error().code == ErrorCode::Damaged);
    }
}

TEST_CASE("an older copy of the store says how many edits are missing") {
    Browser browser = browser_with(10);
    const platform::MemoryDisk old = *browser.disk;
    auto tab = browser.tab();
    REQUIRE(tab->unlock());
    for (std::uint64_t sequence = 11; sequence <= 15; ++sequence) tab->write(sequence, entry_bytes(sequence));
    *browser.disk = old;
    const Result<Opened> opened = browser.tab()->unlock();
    REQUIRE(opened);
    CHECK(opened->entries.size() == 10);
    CHECK(opened->missing_entries == 5);
    REQUIRE(opened->warnings.size() == 1);
    CHECK(opened->warnings[0].what.count == 5);
}

TEST_CASE("a store of the same length with another end is noticed") {
    Browser browser = browser_with(4);
    Browser elsewhere{std::make_shared<platform::MemoryDisk>(*browser.disk), browser.witness, 77};
    auto here = browser.tab(), there = elsewhere.tab();
    REQUIRE(here->unlock());
    REQUIRE(there->unlock());
    here->write(5, entry_bytes(5));
    there->write(5, entry_bytes(55));
    elsewhere.witness = browser.witness;
    const Result<Opened> opened = elsewhere.tab()->unlock();
    REQUIRE(opened);
    REQUIRE(opened->warnings.size() == 1);
    CHECK(opened->warnings[0].code == ErrorCode::Conflict);
}

TEST_CASE("locking ends everything: no key, no callback, nothing kept") {
    Browser browser = browser_with(3);
    auto tab = browser.tab();
    bool answered = false;
    tab->vault.unlock(kPassphrase, [&answered](const Result<Opened>&) { answered = true; });
    tab->vault.lock();
    tab->pump();
    CHECK_FALSE(answered);
    CHECK(tab->vault.state() == VaultState::Locked);
    REQUIRE(tab->unlock());
    tab->vault.append(4, entry_bytes(4));
    tab->vault.flush();
    tab->vault.lock();
    tab->pump();
    CHECK(tab->vault.durable_sequence() == 0);
    CHECK(tab->vault.saving() == Saving::Saved);
    // The transaction that was under way may have happened; either way the store is whole.
    const std::size_t kept = entries_of(browser).size();
    CHECK((kept == 3 || kept == 4));
    CHECK(tab->unlock());
}

TEST_CASE("a vault that is destroyed while it works is not called back") {
    Browser browser = browser_with(3);
    auto tab = browser.tab();
    bool answered = false;
    {
        Vault vault(Ports{tab->storage, browser.witness, tab->clock, tab->random, tab->worker});
        vault.unlock(kPassphrase, [&answered](const Result<Opened>&) { answered = true; });
    }
    tab->pump();
    CHECK_FALSE(answered);
}

TEST_CASE("a worker that cannot start is an error, and the next try works") {
    Browser browser = browser_with(1);
    auto tab = browser.tab();
    tab->worker.fail_next();
    CHECK_FALSE(tab->unlock());
    CHECK(tab->vault.state() == VaultState::Locked);
    CHECK(tab->unlock());
}

TEST_CASE("no nonce is used twice and nothing readable stands in the store") {
    Browser browser;
    auto tab = browser.tab();
    REQUIRE(tab->create());
    const std::string planted = "The director will lock picture on Friday";
    for (std::uint64_t sequence = 1; sequence <= 50; ++sequence) {
        const ByteView text = bytes_of(planted);
        tab->write(sequence, Bytes(text.begin(), text.end()));
    }
    std::set<std::string> nonces;
    std::size_t records = 0;
    for (const auto& [store, content] : browser.disk->stores) {
        for (const auto& [key, value] : content) {
            const std::string_view all = text_of(value);
            CHECK(all.find("director") == std::string_view::npos);
            CHECK(all.find(kPassphrase) == std::string_view::npos);
            nonces.insert(to_hex(parse_header(value)->nonce));
            ++records;
        }
    }
    CHECK(records == 54);
    CHECK(nonces.size() == records);
}
