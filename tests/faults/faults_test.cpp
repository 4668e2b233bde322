// Everything that can fail, failing: each storage call, each allocation, room running out at each size, erasing while others write. What
// was acknowledged is there afterwards, and nothing false is said. An executable of its own, because it replaces operator new.
//
// In the browser there is no exception for a failed allocation: the program aborts (the page says that it has stopped and offers to be
// loaded again), which is the crash that each failed allocation is followed by here. Nothing acknowledged is lost by it, because an edit
// is acknowledged by what the stores hold, never by what stands in memory.
#include <doctest.h>

#include <cstdio>
#include <cstdlib>
#include <new>

#include "codec/codec.hpp"
#include "tests/support/small_plan.hpp"
#include "tests/vault/world.hpp"

namespace {

struct Failing {
    bool armed = false, for_ever = false;
    std::uint64_t at = 0, count = 0;
};
Failing g_failing;

// While it lives, allocations fail from the `at`-th on, or that one alone.
struct Armed {
    Armed(std::uint64_t at, bool for_ever) { g_failing = {true, for_ever, at, 0}; }
    ~Armed() { g_failing.armed = false; }
};
struct Disarmed {
    Disarmed() : was(g_failing.armed) { g_failing.armed = false; }
    ~Disarmed() { g_failing.armed = was; }
    bool was;
};

// Null where there is no room.
void* try_allocate(std::size_t size) noexcept {
    if (g_failing.armed) {
        const std::uint64_t number = g_failing.count++;
        if (g_failing.for_ever ? number >= g_failing.at : number == g_failing.at) return nullptr;
    }
    return std::malloc(size > 0 ? size : 1);
}

void* allocate(std::size_t size) {
    if (void* room = try_allocate(size)) return room;
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return try_allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return try_allocate(size); }
void operator delete(void* room, const std::nothrow_t&) noexcept { std::free(room); }
void operator delete[](void* room, const std::nothrow_t&) noexcept { std::free(room); }
void operator delete(void* room) noexcept { std::free(room); }
void operator delete[](void* room) noexcept { std::free(room); }
void operator delete(void* room, std::size_t) noexcept { std::free(room); }
void operator delete[](void* room, std::size_t) noexcept { std::free(room); }

namespace {

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;
using platform::MemoryStorage;

// A page at work: a session whose entries go through the codec into a vault with two stores.
struct Work {
    explicit Work(Browser& browser) : tab(browser.tab()), session(test::small_session()) {}

    // The stores themselves do not fail for want of memory here: a transaction happens whole.
    void pump() {
        for (bool any = true; any;) {
            any = false;
            for (MemoryStorage* storage : {&tab->storage, &tab->second}) {
                {
                    const Disarmed whole;
                    storage->happen_one();
                }
                any |= storage->pump_one();
            }
            any |= tab->worker.pump_one();
            acknowledged = std::max(acknowledged, tab->vault.durable_sequence());
            const bool said = tab->vault.state() == VaultState::Open && tab->vault.saving() == Saving::Saved;
            lied |= said && appended != tab->vault.durable_sequence();
        }
    }
    void edit() {
        const test::SmallPlan plan;
        const auto sequence = static_cast<std::int64_t>(session.sequence());
        if (!session.submit(plan::Command{plan::SetDuration{plan.project, plan.edit, 60 + sequence}}, Instant{sequence})) return;
        for (const Entry& entry : session.take_pending()) {
            Bytes bytes = codec::encode_entry(entry);
            const Disarmed kept;
            written.push_back(bytes);
            g_failing.armed = kept.was;
            appended = entry.sequence;
            tab->vault.append(entry.sequence, std::move(bytes));
        }
        tab->vault.flush();
        pump();
    }
    Bytes snapshot() { return codec::encode_snapshot(session.model(), session.sequence(), session.time(), session.last_id()); }

    // All that a vault does in its life.
    void live() {
        tab->vault.create(kPassphrase, [this](const Result<Opened>& result) { open = result.has_value(); });
        pump();
        if (!open) return;
        for (int i = 0; i < 4; ++i) edit();
        tab->vault.offer_snapshot(appended, snapshot());
        pump();
        for (int i = 0; i < 3; ++i) edit();
        tab->vault.make_backup([](const Result<Backup>&) {});
        pump();
        tab->vault.change_key(std::string(kPassphrase), RecoveryKey(Bytes(kKeyBytes, 3)), [](const Result<void>&) {});
        pump();
        tab->vault.rekey(kPassphrase, new_key(), [this] { return snapshot(); }, [](const Result<void>&) {});
        pump();
        for (int i = 0; i < 2; ++i) edit();
        tab->vault.check([](const Result<RecoveryReport>&) {});
        pump();
        tab->vault.retry();
        pump();
    }

    std::unique_ptr<Tab> tab;
    Session session;
    std::vector<Bytes> written;
    std::uint64_t acknowledged = 0, appended = 0;
    bool open = false, lied = false;
};

// What a new page finds: everything acknowledged, and a beginning of what was written. Empty, or what is wrong.
std::string found(Browser& browser, const Work& work) {
    const Disarmed calm;
    for (const auto& disk : {browser.disk, browser.mirror}) disk->held_by = nullptr;
    auto tab = browser.tab();
    if (work.acknowledged == 0 && !work.open) return {};
    const Result<Opened> opened = tab->unlock();
    if (!opened) return "it does not open: " + std::string(opened.error().what.id) + " " + opened.error().where;
    if (opened->sequence < work.acknowledged) return "an acknowledged edit is lost";
    Session session(opened->device);
    if (opened->snapshot) {
        Result<codec::Snapshot> snapshot = codec::decode_snapshot(*opened->snapshot);
        if (!snapshot) return "the snapshot is not what was written";
        session = Session(opened->device, std::move(snapshot->model), snapshot->sequence, snapshot->time, snapshot->last_id);
    }
    for (std::size_t i = 0; i < opened->entries.size(); ++i) {
        if (opened->entries[i] != work.written[static_cast<std::size_t>(opened->snapshot_sequence) + i]) return "another entry";
        const Result<Entry> entry = codec::decode_entry(opened->entries[i]);
        if (!entry || !session.replay(*entry)) return "an entry that cannot be read";
    }
    tab->write(opened->sequence + 1, Bytes(9, 1));
    tab->vault.retry();
    tab->pump();
    return tab->vault.saving() == Saving::Saved ? "" : "it does not go on";
}

Browser two_stores(std::uint64_t seed) {
    Browser browser;
    browser.seed = seed;
    browser.mirror = std::make_shared<platform::MemoryDisk>();
    return browser;
}

}  // namespace

TEST_CASE("every storage call of either store failing, once and for ever") {
    std::uint64_t calls = 0, tried = 0, wrong = 0;
    {
        Browser browser = two_stores(1);
        Work work(browser);
        work.live();
        REQUIRE(work.open);
        REQUIRE(work.acknowledged == work.appended);
        CHECK(found(browser, work) == "");
        calls = std::max(work.tab->storage.operations(), work.tab->second.operations());
    }
    for (std::uint64_t n = 0; n <= calls; ++n) {
        for (int kind = 0; kind < 8; ++kind) {
            Browser browser = two_stores(n * 8 + 2);
            Work work(browser);
            MemoryStorage& storage = (kind & 1) != 0 ? work.tab->second : work.tab->storage;
            const bool full = (n + static_cast<std::uint64_t>(kind)) % 2 == 0;
            storage.fail_operation(n, {full ? ErrorCode::StorageFull : ErrorCode::Storage, (kind & 2) != 0}, (kind & 4) != 0);
            work.live();
            const std::string problem = work.lied ? "it said saved too early" : found(browser, work);
            ++tried;
            if (!problem.empty() && ++wrong < 10) FAIL_CHECK("call " << n << ", kind " << kind << ": " << problem);
        }
    }
    std::printf("figure: faults at storage calls: %d (%d lost)\n", static_cast<int>(tried), static_cast<int>(wrong));
    CHECK(tried > 250);
    CHECK(wrong == 0);
}

TEST_CASE("every allocation failing, once and for ever: the page ends, and the next one finds everything") {
    std::uint64_t tried = 0, wrong = 0;
    for (const bool for_ever : {false, true}) {
        bool more = true;
        // The first thousand one by one, then every seventh.
        for (std::uint64_t n = 0; more; n += n < 1000 ? 1 : 7) {
            Browser browser = two_stores(n + 2);
            auto work = std::make_unique<Work>(browser);
            try {
                const Armed armed(n, for_ever);
                work->live();
                more = g_failing.count > n;
            } catch (const std::bad_alloc&) {
                ++tried;
            }
            const auto fate = [](const platform::Batch&) { return MemoryStorage::Fate{}; };
            work->tab->storage.crash(fate);
            work->tab->second.crash(fate);
            const std::string problem = work->lied ? "it said saved too early" : found(browser, *work);
            if (!problem.empty() && ++wrong < 10) FAIL_CHECK("allocation " << n << (for_ever ? " and all after it: " : ": ") << problem);
        }
    }
    std::printf("figure: faults at allocations: %d (%d lost)\n", static_cast<int>(tried), static_cast<int>(wrong));
    CHECK(tried > 2000);
    CHECK(wrong == 0);
}

TEST_CASE("room running out at any size, in either store or both") {
    Browser whole = two_stores(1);
    std::uint64_t most = 0;
    {
        Work work(whole);
        work.live();
        most = whole.disk->bytes() + 4000;
    }
    std::uint64_t tried = 0, wrong = 0;
    for (std::uint64_t quota = 0; quota < most; quota += 97) {
        for (int which = 1; which < 4; ++which) {
            Browser browser = two_stores(quota + 3);
            if ((which & 1) != 0) browser.disk->quota_bytes = quota;
            if ((which & 2) != 0) browser.mirror->quota_bytes = quota;
            Work work(browser);
            work.live();
            browser.disk->quota_bytes.reset();
            browser.mirror->quota_bytes.reset();
            const std::string problem = work.lied ? "it said saved too early" : found(browser, work);
            ++tried;
            if (!problem.empty() && ++wrong < 10) FAIL_CHECK("quota " << quota << " of " << which << ": " << problem);
        }
    }
    std::printf("figure: quotas that ran out: %d (%d lost or falsely saved)\n", static_cast<int>(tried), static_cast<int>(wrong));
    CHECK(tried > 200);
    CHECK(wrong == 0);
}

TEST_CASE("a workspace removed while another tab writes stays removed, and nobody is told that it was saved") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        platform::SeededRandom random(seed);
        Browser browser = browser_with(3, true);
        auto writer = browser.tab(), other = browser.tab();
        REQUIRE(writer->unlock());
        for (std::uint64_t sequence = 4; sequence <= 6; ++sequence) {
            writer->vault.append(sequence, entry_bytes(sequence));
            writer->vault.flush();
        }
        for (std::uint64_t steps = random.next() % 6; steps > 0; --steps) (random.next() % 2 ? writer->storage : writer->second).pump_one();
        bool erased = false;
        other->vault.erase([&erased](const Result<void>& result) { erased = result.has_value(); });
        while (!erased) {
            Tab& tab = random.next() % 2 == 0 ? *writer : *other;
            if (!(random.next() % 2 == 0 ? tab.storage : tab.second).pump_one()) other->pump();
        }
        writer->pump();
        writer->vault.append(7, entry_bytes(7));
        writer->vault.flush();
        writer->pump();
        CHECK(writer->vault.saving() == Saving::Failed);
        writer->vault.retry();
        writer->pump();
        CHECK(writer->vault.durable_sequence() < 7);
        auto next = browser.tab();
        CHECK_FALSE(next->unlock());  // nothing of it can be opened, and what was left is not called a workspace
    }
}
