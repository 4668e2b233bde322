// The storage harness: a real Vault on the browser's storage, driven by storage.test.mjs through Module._storage_*. It says
// what happens in document.title's stead, through the console: "open 12 warnings 0", "durable 13", "failed StorageFull".
// Key derivation is a hash here; the worker has its own test. Entry n holds bytes that follow from n.
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

std::size_t entry_size = 200;

// Entries of a megabyte and small ones are told apart by their first byte.
Bytes entry_of(std::uint64_t sequence, std::size_t size) {
    Bytes bytes = testing::entry_bytes(sequence, size);
    bytes[0] = static_cast<std::uint8_t>(sequence);
    return bytes;
}

struct Harness {
    platform::WebStorage storage{"entente-harness", [this] { heard(); }};
    platform::MemoryWitness witness;
    platform::ManualClock clock;
    platform::SeededRandom random{static_cast<std::uint64_t>(0)};
    platform::InlineWorker worker{testing::quick_job};
    Vault vault{Ports{storage, witness, clock, random, worker}};
    std::uint64_t said_durable = 0, next = 1;
    bool said_failed = false;

    void heard() {
        while (worker.pump_one()) {
        }
        if (vault.durable_sequence() != said_durable) {
            said_durable = vault.durable_sequence();
            std::printf("durable %d\n", static_cast<int>(said_durable));
        }
        const bool failed = vault.saving() == Saving::Failed;
        if (failed && !said_failed) std::printf("failed %s\n", name_of(vault.last_error()->code));
        said_failed = failed;
        if (vault.wants_snapshot()) vault.offer_snapshot(next - 1, entry_of(next - 1, 5000));
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
EXPORTED("storage_start") void storage_start(int seed) {
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

// `count` entries of `size` bytes, each flushed at once.
EXPORTED("storage_write") void storage_write(int count, int size) {
    entry_size = static_cast<std::size_t>(size);
    for (int i = 0; i < count; ++i) {
        harness->vault.append(harness->next, entry_of(harness->next, entry_size));
        ++harness->next;
        harness->vault.flush();
    }
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
