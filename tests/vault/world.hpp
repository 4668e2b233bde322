// A vault with everything around it in memory, for the vault's tests. Key derivation is a hash here, so that thousands of
// vaults can be opened; kdf_test.cpp and golden_test.cpp use the real one.
#pragma once

#include <memory>
#include <string>

#include "platform/memory/memory.hpp"
#include "vault/kdf.hpp"
#include "vault/keys.hpp"
#include "vault/vault.hpp"

namespace entente::vault::testing {

inline Bytes quick_job(Bytes& request) {
    Reader reader(request);
    reader.u8();
    const bool calibrate = reader.u8() == 2;
    KdfParameters parameters{reader.u32(), reader.u32()};
    if (calibrate) parameters = kFloorKdf;
    const ByteView rest = reader.raw(reader.remaining());
    Writer writer;
    writer.u8(1);
    if (!kdf_acceptable(parameters)) {
        writer.u8(1);
        writer.u32(0);
        writer.u32(0);
        return writer.take();
    }
    writer.u8(0);
    writer.u32(parameters.memory_kib);
    writer.u32(parameters.passes);
    writer.raw(blake2b(rest));
    return writer.take();
}

inline constexpr const char* kPassphrase = "correct horse battery staple";

// One browser tab on a disk, and a second one where it has a mirror.
struct Tab {
    Tab(std::shared_ptr<platform::MemoryDisk> shared_disk, platform::MemoryWitness& witness, std::uint64_t seed,
        platform::InlineWorker::Job job = quick_job, std::shared_ptr<platform::MemoryDisk> mirror = nullptr, platform::Turn* turn = nullptr)
        : disk(shared_disk), storage(shared_disk), second(mirror ? mirror : std::make_shared<platform::MemoryDisk>()), random(seed),
          worker(std::move(job)), vault(Ports{storage, witness, clock, random, worker, mirror ? &second : nullptr, turn}) {}

    void pump() {
        while (storage.pump_one() || second.pump_one() || worker.pump_one()) {
        }
    }
    Presence probe() {
        Presence presence;
        vault.probe([&presence](Result<Presence> result) { presence = result.value(); });
        pump();
        return presence;
    }
    Result<Opened> create(const std::string& passphrase = kPassphrase) {
        Result<Opened> out = fail(ErrorCode::Cancelled, Message{});
        vault.create(passphrase, [&out](Result<Opened> result) { out = std::move(result); });
        pump();
        return out;
    }
    Result<Opened> unlock(const std::string& passphrase = kPassphrase) {
        return unlock(passphrase, {});
    }
    Result<Opened> unlock(const std::string& passphrase, OpenChoice choice) {
        Result<Opened> out = fail(ErrorCode::Cancelled, Message{});
        vault.unlock(passphrase, choice, [&out](Result<Opened> result) { out = std::move(result); });
        pump();
        return out;
    }
    void write(std::uint64_t sequence, Bytes entry) {
        vault.append(sequence, std::move(entry));
        vault.flush();
        pump();
    }

    std::shared_ptr<platform::MemoryDisk> disk;
    platform::MemoryStorage storage;
    platform::MemoryStorage second;
    platform::ManualClock clock;
    platform::SeededRandom random;
    platform::InlineWorker worker;
    Vault vault;
};

// A browser: a disk, perhaps a mirror, and a witness; tabs one after another.
struct Browser {
    std::shared_ptr<platform::MemoryDisk> disk = std::make_shared<platform::MemoryDisk>();
    platform::MemoryWitness witness;
    std::uint64_t seed = 1;
    std::shared_ptr<platform::MemoryDisk> mirror = nullptr;

    std::unique_ptr<Tab> tab(platform::Turn* turn = nullptr) { return std::make_unique<Tab>(disk, witness, seed++, quick_job, mirror, turn); }
};

// The same browser, as it would go on from here.
inline Browser copy_of(const Browser& browser) {
    return {std::make_shared<platform::MemoryDisk>(*browser.disk), browser.witness, browser.seed + 100,
            browser.mirror ? std::make_shared<platform::MemoryDisk>(*browser.mirror) : nullptr};
}

// What rekey() is given in these tests.
inline RecoveryKey new_key() {
    platform::SeededRandom random(4711);
    return RecoveryKey::make(random);
}

inline Bytes entry_bytes(std::uint64_t sequence, std::size_t size = 40) {
    platform::SeededRandom random(sequence * 7919);
    Bytes bytes(size);
    random.fill(bytes);
    return bytes;
}

// A browser with a workspace of so many entries, nobody in it.
inline Browser browser_with(std::uint64_t entries, bool mirrored = false) {
    Browser browser;
    if (mirrored) browser.mirror = std::make_shared<platform::MemoryDisk>();
    auto tab = browser.tab();
    if (!tab->create()) return browser;
    for (std::uint64_t sequence = 1; sequence <= entries; ++sequence) tab->write(sequence, entry_bytes(sequence));
    return browser;
}

// Everything that was kept, in order; empty where it does not open.
inline std::vector<Bytes> entries_of(const Browser& browser) {
    Browser copy = copy_of(browser);
    Result<Opened> opened = copy.tab()->unlock();
    return opened ? opened->entries : std::vector<Bytes>{};
}

// What browser_with() wrote.
inline std::vector<Bytes> written(std::uint64_t count) {
    std::vector<Bytes> entries;
    for (std::uint64_t sequence = 1; sequence <= count; ++sequence) entries.push_back(entry_bytes(sequence));
    return entries;
}

// What one store's disk holds, opened alone.
inline std::vector<Bytes> entries_of_one(const platform::MemoryDisk& disk) {
    Browser alone;
    *alone.disk = disk;
    return entries_of(alone);
}

}  // namespace entente::vault::testing
