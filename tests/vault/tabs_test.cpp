// Two to four tabs over one browser's stores: they open, edit, freeze, wake, take over, steal, crash and close in any order. What a tab
// was told is durable stays; no two tabs are told different things of one entry; every tab that follows sees what was written.
// ENTENTE_SEED=N runs one schedule alone, ENTENTE_TAB_SCHEDULES=N so many.
#include <doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/vault/schedules.hpp"
#include "tests/vault/world.hpp"
#include "vault/turns.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

// The state of these tests is the list of entries.
Bytes pack(const std::vector<Bytes>& entries) {
    Writer writer;
    for (const Bytes& entry : entries) {
        writer.u32(static_cast<std::uint32_t>(entry.size()));
        writer.raw(entry);
    }
    return writer.take();
}

std::vector<Bytes> unpack(ByteView bytes) {
    std::vector<Bytes> entries;
    Reader reader(bytes);
    while (reader.remaining() > 0 && reader.ok()) {
        const ByteView entry = reader.raw(reader.u32());
        entries.emplace_back(entry.begin(), entry.end());
    }
    return entries;
}

std::vector<Bytes> state_of(const Opened& opened) {
    std::vector<Bytes> entries;
    if (opened.snapshot) entries = unpack(*opened.snapshot);
    entries.insert(entries.end(), opened.entries.begin(), opened.entries.end());
    return entries;
}

// What a page is for these tests: the vault, its turn, and what the person sees.
struct Page {
    Page(Browser& browser, const std::shared_ptr<platform::MemoryTurns>& turns)
        : turn(turns), tab(browser.tab(&turn)),
          shared(tab->vault, &turn, {[this] { tab->vault.flush(); },
                                     [this](std::vector<Bytes> entries) { history.insert(history.end(), entries.begin(), entries.end()); },
                                     [this](Result<Opened> result) { opened(std::move(result)); }, [this] { ++changes; }}) {
        tab->second.make_exclusive();
    }
    void opened(Result<Opened> result) {
        refused = !result;
        told = result && !tab->vault.following() ? static_cast<std::size_t>(result->sequence) : 0;
        if (result) history = state_of(*result);
        if (result) missing = result->missing_entries;
        if (!result) problem = result.error();
    }
    void open(OpenChoice choice = {}) {
        chose = choice.only.has_value();
        shared.unlock(std::string(kPassphrase), choice, [this](Result<Opened> result) { opened(std::move(result)); });
    }
    // The part of a page that something can be done with.
    bool writes() const { return tab->vault.state() == VaultState::Open && !tab->vault.read_only() && !tab->vault.last_error(); }
    bool follows() const { return tab->vault.following(); }
    bool robbed() const { return tab->vault.state() == VaultState::Open && tab->vault.last_error().has_value(); }
    void edit(Bytes entry) {
        history.push_back(entry);
        tab->vault.append(history.size(), std::move(entry));
        tab->vault.flush();
    }
    bool step(std::uint64_t which) {
        bool any = false;
        for (std::uint64_t i = 0; i < 4 && !any; ++i) {
            const std::uint64_t one = (which + i) % 4;
            any = one == 0 ? tab->storage.pump_one() : one == 1 ? tab->second.pump_one()
                : one == 2 ? tab->worker.pump_one() : turn.pump_one();
        }
        const Vault& vault = tab->vault;
        if (vault.state() == VaultState::Open && !vault.following()) told = static_cast<std::size_t>(vault.durable_sequence());
        shared.step();
        return any;
    }

    platform::MemoryTurn turn;
    std::unique_ptr<Tab> tab;
    std::vector<Bytes> history;
    std::size_t told = 0;  // durable, as it said while it wrote; perhaps it follows by now
    std::uint64_t missing = 0;
    int changes = 0;
    bool frozen = false, refused = false, chose = false;
    Error problem;
    Turns shared;
};

struct Counts {
    std::uint64_t schedules = 0, edits = 0, acknowledged = 0, taken = 0, stolen = 0, robbed = 0, crashes = 0, followed = 0, unsaved = 0;
    std::uint64_t faults = 0, asked = 0, forks = 0;
};

class Schedule {
public:
    Schedule(std::uint64_t seed, Counts& counts) : random_(seed), counts_(counts) {
        browser_.seed = seed * 1000 + 1;
        browser_.mirror = std::make_shared<platform::MemoryDisk>();
        most_ = 2 + below(3);
    }
    std::string run() {
        if (!browser_.tab()->create()) return "not created";
        const std::uint64_t acts = 60 + below(200);
        for (std::uint64_t i = 0; i < acts && problem_.empty(); ++i) {
            act();
            look();
            if (!pages_.empty()) tell("act", *pages_.front());
        }
        if (problem_.empty()) end_well();
        ++counts_.schedules;
        counts_.acknowledged += told_.size();
        return problem_;
    }

private:
    std::uint64_t below(std::uint64_t n) { return random_.next() % n; }
    void expect(bool holds, const char* what) {
        if (!holds && problem_.empty()) problem_ = what;
    }
    Page* any() { return pages_.empty() ? nullptr : pages_[static_cast<std::size_t>(below(pages_.size()))].get(); }

    void act() {
        const std::uint64_t what = below(100);
        Page* page = any();
        if (!page || (what < 6 && pages_.size() < most_)) {
            pages_.push_back(std::make_unique<Page>(browser_, turns_));
            pages_.back()->open();
            return;
        }
        if (page->frozen) {
            if (what < 20) page->frozen = false;
            else if (what < 60) below(2) == 0 ? page->tab->storage.happen_one() : page->tab->second.happen_one();
            else if (what < 70) turns_->expire();
            return;
        }
        if (what < 30) {
            if (page->writes()) {
                Writer entry;
                entry.u64(++counts_.edits);
                page->edit(entry.take());
            }
        } else if (what < 36) {
            page->frozen = true;
        } else if (what < 42) {
            counts_.taken += page->follows();
            page->shared.take_over();
        } else if (what < 45) {
            counts_.stolen += !turns_->insisting.empty();
            turns_->expire();
        } else if (what < 48) {
            if (page->robbed()) {
                counts_.unsaved += page->history.size() > page->tab->vault.durable_sequence();
                page->shared.follow();
            }
        } else if (what < 50) {
            if (page->writes()) page->tab->vault.offer_snapshot(page->history.size(), pack(page->history));
        } else if (what < 53) {
            close(page);
        } else if (what < 56) {
            disturb(*page);
        } else {
            for (std::uint64_t steps = below(12); steps > 0; --steps) page->step(below(4));
        }
    }

    // A store of one tab that fails, once or until it is well again; and what a person may ask for at any moment.
    void disturb(Page& page) {
        platform::MemoryStorage& store = below(2) == 0 ? page.tab->storage : page.tab->second;
        switch (below(5)) {
            case 0:
                ++counts_.faults;
                faulty_ = true;
                return store.fail_operation(below(4), {ErrorCode::Storage, below(3) == 0}, below(3) == 0);
            case 1:
                page.tab->storage.heal();
                page.tab->second.heal();
                return page.tab->vault.retry();
            case 2: ++counts_.asked; return page.tab->vault.check([](const Result<RecoveryReport>&) {});
            case 3: ++counts_.asked; return page.tab->vault.make_backup([](const Result<Backup>&) {});
            default:
                ++counts_.asked;
                page.tab->vault.change_key(std::string(kPassphrase), std::string(kPassphrase), [](const Result<void>&) {});
        }
    }

    void close(Page* page) {
        ++counts_.crashes;
        const auto fate = [this](const platform::Batch&) {
            return platform::MemoryStorage::Fate{below(2) == 0 ? platform::MemoryStorage::Fate::Kind::Kept
                                                               : platform::MemoryStorage::Fate::Kind::Dropped, 0, 0};
        };
        page->tab->storage.crash(fate);
        page->tab->second.crash(fate);
        std::erase_if(pages_, [page](const auto& one) { return one.get() == page; });
    }

    // What every page has been told so far.
    void tell(const char* what, const Page& page) const {
        if (!std::getenv("ENTENTE_SEED")) return;
        std::printf("%-9s", what);
        for (const auto& one : pages_) {
            const Vault& vault = one->tab->vault;
            std::printf(" %s%s%s%zu/%d(%d,%d)%s%s", one.get() == &page ? "*" : "", one->frozen ? "frozen " : "",
                        one->writes() ? "W" : one->follows() ? "F" : one->robbed() ? "R" : "-", one->history.size(),
                        static_cast<int>(vault.durable_sequence()), static_cast<int>(vault.saving()), static_cast<int>(vault.state()),
                        one->turn.has() ? "T" : "", vault.store_error(StoreId::Second) ? "!" : "");
        }
        std::printf("  told %zu\n", told_.size());
    }

    void look() {
        for (const auto& page : pages_) {
            const Vault& vault = page->tab->vault;
            if (page->refused) {
                expect(page->problem.code == ErrorCode::Conflict || page->problem.code == ErrorCode::Storage, "it does not open");
                page->refused = false;
                page->open(vault.recovery().fork ? choice() : OpenChoice{});
            }
            if (vault.state() != VaultState::Open) continue;
            // To a tab that follows it may seem so: it reads the first store alone, and the newest may be in the other one.
            expect(page->missing == 0 || vault.following() || page->chose, "it says that something is missing");
            const std::size_t durable = static_cast<std::size_t>(vault.durable_sequence());
            if (durable > page->history.size()) continue;  // its entries are on their way to the page
            // A tab that follows may see, of a tab that died, what nobody was told is saved; where a store has failed that may not stay.
            for (std::size_t i = 0; i < (vault.following() && faulty_ ? page->told : durable); ++i) {
                if (i == told_.size() && vault.following() && i >= page->told) break;
                if (i == told_.size()) told_.push_back(page->history[i]);
                expect(told_[i] == page->history[i], "two histories were told");
            }
            counts_.robbed += page->robbed();
            counts_.followed += vault.following();
            if (vault.saving() == Saving::Saved) expect(vault.following() || page->history.size() == durable, "saved too early");
        }
    }

    // A person who knows what was saved finds it in one of the two.
    OpenChoice choice() {
        ++counts_.forks;
        for (const StoreId store : {StoreId::First, StoreId::Second}) {
            Browser alone;
            *alone.disk = store == StoreId::First ? *browser_.disk : *browser_.mirror;
            alone.disk->held_by = nullptr;
            const Result<Opened> opened = alone.tab()->unlock();
            const std::vector<Bytes> entries = opened ? state_of(*opened) : std::vector<Bytes>{};
            if (entries.size() >= told_.size() && std::equal(told_.begin(), told_.end(), entries.begin())) return {store, false, false};
        }
        expect(false, "of two histories neither has what was saved");
        return {};
    }

    void settle() {
        bool any = true;
        int steps = 0;
        while (any && problem_.empty()) {
            any = false;
            for (const auto& page : pages_) {
                while (page->step(below(4)) && ++steps < 20'000) any = true;
            }
            // Who follows waits for the one that writes, and that one's store is tried again after a minute.
            for (const auto& page : pages_) {
                if (steps > 10'000) page->tab->vault.retry();
            }
            look();
            expect(steps < 20'000, "it does not come to rest");
        }
    }

    void end_well() {
        for (const auto& page : pages_) {
            page->frozen = false;
            page->tab->storage.heal();
            page->tab->second.heal();
            page->tab->vault.retry();
        }
        settle();
        while (!turns_->insisting.empty()) {
            turns_->expire();
            settle();
        }
        for (const auto& page : pages_) {
            if (page->robbed()) page->shared.follow();
        }
        settle();
        pages_.push_back(std::make_unique<Page>(browser_, turns_));
        Page& last = *pages_.back();
        last.open();
        settle();
        if (last.follows()) last.shared.take_over();
        settle();
        turns_->expire();
        settle();
        for (const auto& page : pages_) {
            if (page->robbed()) page->shared.follow();
        }
        expect(last.writes(), "the last one cannot write");
        if (!problem_.empty()) return;
        last.edit(Bytes(9, 9));
        settle();
        last.tab->vault.retry();  // the second store was let go of meanwhile
        settle();
        tell("end", last);
        expect(last.tab->vault.saving() == Saving::Saved, "it does not end saved");
        expect(told_ == last.history, "something told is not there");
        for (const auto& page : pages_) expect(page->history == last.history, "a tab that follows does not see all");
        for (const auto& disk : {browser_.disk, browser_.mirror}) {
            Browser alone;
            *alone.disk = *disk;
            alone.disk->held_by = nullptr;
            const Result<Opened> opened = alone.tab()->unlock();
            expect(opened && state_of(*opened) == told_, "a store alone does not have it all");
        }
    }

    platform::SeededRandom random_;
    Counts& counts_;
    Browser browser_;
    std::shared_ptr<platform::MemoryTurns> turns_ = std::make_shared<platform::MemoryTurns>();
    std::vector<std::unique_ptr<Page>> pages_;
    std::uint64_t most_ = 2;
    std::vector<Bytes> told_;  // durable, as some page was told
    bool faulty_ = false;
    std::string problem_;
};

}  // namespace

TEST_CASE("schedules of two to four tabs: no edit that was acknowledged is lost, and there is one history") {
    Counts counts;
    const SchedulesRun done =
        run_schedules("ENTENTE_TAB_SCHEDULES", 1000, [&](std::uint64_t seed) { return Schedule(seed, counts).run(); });
    const auto n = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf("figure: schedules of two to four tabs: %llu (%d lost; %llu edits, %llu acknowledged, %llu times asked for the turn, %llu "
                "stolen, %llu unsaved edits kept until given up, %llu tabs crashed)\n",
                n(counts.schedules), done.failed, n(counts.edits), n(counts.acknowledged), n(counts.taken), n(counts.stolen),
                n(counts.unsaved), n(counts.crashes));
    std::printf("figure: in those schedules, faults of a store: %llu; keys changed, copies read through and backups made: %llu; "
                "two histories shown: %llu\n", n(counts.faults), n(counts.asked), n(counts.forks));
    CHECK(counts.schedules == done.wanted);
    CHECK((done.only_one || (counts.taken > 100 && counts.robbed > 100 && counts.followed > 100)));
}
