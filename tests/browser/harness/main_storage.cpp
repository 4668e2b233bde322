// The storage harness: a real Vault on the browser's storage, driven by storage.test.mjs through Module._storage_*. It says
// what happens in document.title's stead, through the console: "open 12 warnings 0", "durable 13", "saved 13" (in every store), "failed
// StorageFull". With two stores the second is the private file system, as in the program.
// Key derivation is a hash here; the worker has its own test. Entry n holds bytes that follow from n.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>

#include "platform/web/storage_web.hpp"
#include "tests/vault/world.hpp"

namespace {

using namespace entente;
using namespace entente::vault;

const char* name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::Damaged: return "Damaged";
        case ErrorCode::Storage: return "Storage";
        case ErrorCode::StorageFull: return "StorageFull";
        case ErrorCode::Conflict: return "Conflict";
        case ErrorCode::WrongSecret: return "WrongSecret";
        default: return "Other";
    }
}

// Entries of a megabyte and small ones are told apart by their first byte.
Bytes entry_of(std::uint64_t sequence, std::size_t size) {
    Bytes bytes = testing::entry_bytes(sequence, size);
    bytes[0] = static_cast<std::uint8_t>(sequence);
    return bytes;
}

double now_ms() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// Measures how long the page is held up, in sending a call and in hearing its answer.
class Timed final : public platform::Storage {
public:
    Timed(platform::Storage& inner, double& longest) : inner_(inner), longest_(longest) {}
    void commit(platform::Batch batch, platform::Callback<void> done) override {
        const double began = now_ms();
        inner_.commit(std::move(batch), timed<void>(std::move(done)));
        note(began);
    }
    void read(std::string store, std::uint64_t first, std::uint32_t limit,
              platform::Callback<std::vector<platform::Record>> done) override {
        inner_.read(std::move(store), first, limit, timed<std::vector<platform::Record>>(std::move(done)));
    }
    void erase_all(platform::Callback<void> done) override { inner_.erase_all(std::move(done)); }
    void let_go() override { inner_.let_go(); }

private:
    void note(double began) { longest_ = std::max(longest_, now_ms() - began); }
    template <class T>
    platform::Callback<T> timed(platform::Callback<T> done) {
        return [this, done = std::move(done)](Result<T> result) {
            const double began = now_ms();
            done(std::move(result));
            note(began);
        };
    }
    platform::Storage& inner_;
    double& longest_;
};

bool both_stores = false;
constexpr std::size_t kWarm = 30;

struct Harness {
    double longest = 0;
    platform::WebStorage first{"entente-harness", [this] { heard(); }}, files{"entente-harness", [this] { heard(); },
                                                                              platform::WebStorage::Place::Files};
    Timed storage{first, longest}, second{files, longest};
    platform::MemoryWitness witness;
    platform::ManualClock clock;
    platform::SeededRandom random{static_cast<std::uint64_t>(0)};
    platform::InlineWorker worker{testing::quick_job};
    Vault vault{Ports{storage, witness, clock, random, worker, both_stores ? &second : nullptr}};
    std::uint64_t said_durable = 0, said_saved = 0, next = 1;
    int paced = 0;
    double written_at = 0;
    std::vector<double> waits;
    bool said_failed = false;

    void heard() {
        while (worker.pump_one()) {
        }
        if (vault.durable_sequence() != said_durable) {
            said_durable = vault.durable_sequence();
            std::printf("durable %d\n", static_cast<int>(said_durable));
        }
        if (vault.saving() == Saving::Saved && vault.durable_sequence() != said_saved) {
            said_saved = vault.durable_sequence();
            std::printf("saved %d\n", static_cast<int>(said_saved));
            if (paced > 0) {
                waits.push_back(now_ms() - written_at);
                if (waits.size() == kWarm) longest = 0;  // until then the browser compiles what it runs
                --paced;
                paced > 0 ? write(1, 300) : say_waits();
            }
        }
        const bool failed = vault.saving() == Saving::Failed;
        if (failed && !said_failed) std::printf("failed %s\n", name_of(vault.last_error()->code));
        said_failed = failed;
        if (vault.wants_snapshot()) vault.offer_snapshot(next - 1, entry_of(next - 1, 5000));
    }

    // `count` entries of `size` bytes, each flushed at once.
    void write(int count, std::size_t size) {
        for (int i = 0; i < count; ++i) {
            Bytes entry = entry_of(next, size);
            written_at = now_ms();
            vault.append(next++, std::move(entry));
            vault.flush();
            longest = std::max(longest, now_ms() - written_at);
        }
    }

    void say_waits() {
        std::sort(waits.begin(), waits.end());
        std::printf("waits %.1f %.1f %.1f\n", waits[waits.size() / 2], waits[waits.size() * 95 / 100], longest);
        waits.clear();
    }

    void opened(const Result<Opened>& result) {
        if (!result) {
            std::printf("refused %s %s\n", name_of(result.error().code), result.error().where.c_str());
            return;
        }
        bool whole = result->entries.size() == result->sequence - result->snapshot_sequence;
        for (std::size_t i = 0; i < result->entries.size(); ++i) {
            const std::uint64_t sequence = result->snapshot_sequence + 1 + i;
            whole = whole && result->entries[i] == entry_of(sequence, result->entries[i].size());
        }
        next = result->sequence + 1;
        said_durable = result->sequence;
        std::printf("open %d warnings %d%s\n", static_cast<int>(result->sequence), static_cast<int>(result->warnings.size()),
                    whole ? "" : " WRONG");
    }
};

std::unique_ptr<Harness> harness;

}  // namespace

#define EXPORTED(name) __attribute__((used, visibility("default"), export_name(name)))

extern "C" {

// Opens the workspace, or makes one where there is none.
EXPORTED("storage_start") void storage_start(int seed, int both) {
    both_stores = both != 0;
    harness = std::make_unique<Harness>();
    harness->random = platform::SeededRandom(static_cast<std::uint64_t>(seed));
    harness->vault.probe([](Result<Presence> presence) {
        if (!presence) {
            std::printf("refused %s %s\n", name_of(presence.error().code), presence.error().where.c_str());
        } else if (presence->kind == Presence::Kind::None) {
            harness->vault.create(testing::kPassphrase, [](const Result<Opened>& result) { harness->opened(result); });
        } else {
            harness->vault.unlock(testing::kPassphrase, [](const Result<Opened>& result) { harness->opened(result); });
        }
        harness->heard();
    });
}

EXPORTED("storage_write") void storage_write(int count, int size) {
    harness->write(count, static_cast<std::size_t>(size));
}

// One entry after the other, each once the one before is in every store; then their waits in ms: the median, the 95th of a hundred, and
// the longest time that any of it has held up the page.
EXPORTED("storage_pace") void storage_pace(int count) {
    harness->paced = count;
    harness->longest = 0;
    harness->write(1, 300);
}

EXPORTED("storage_retry") void storage_retry() { harness->vault.retry(); }

EXPORTED("storage_erase") void storage_erase() {
    harness->vault.erase([](const Result<void>& erased) { std::printf("erased %d\n", erased ? 1 : 0); });
}
}

int main() {
    std::printf("ready\n");
    return 0;
}
