// A whole workspace of format 1, with its real passphrase and real Argon2id: it must open for ever, here and in wasm. With
// ENTENTE_WRITE_GOLDEN=1 in the environment the files that are missing are written; those that exist are never touched.
#include <doctest.h>

#include "tests/support/golden.hpp"
#include "tests/vault/world.hpp"
#include "vault/envelope.hpp"

using namespace entente;
using namespace entente::vault;
using namespace entente::vault::testing;

namespace {

// On this machine everything takes a minute, so calibration arrives at the floor: 64 MiB, three passes.
Bytes real_job(Bytes& request) {
    double now = 0;
    return run_job(request, [&now] { return now += 60'000; });
}

// Derives at the floor at once, without the calibration's first try.
Bytes floor_job(Bytes& request) {
    Reader reader(request);
    reader.raw(10);
    Salt salt{};
    const ByteView salt_bytes = reader.raw(salt.size());
    std::copy(salt_bytes.begin(), salt_bytes.end(), salt.begin());
    Bytes again = derive_request(text_of(reader.raw(reader.remaining())), salt, kFloorKdf);
    return real_job(again);
}

Bytes dump(const platform::MemoryDisk& disk) {
    Writer writer;
    for (const auto& [store, records] : disk.stores) {
        for (const auto& [key, value] : records) {
            writer.text(store);
            writer.u64(key);
            writer.u32(static_cast<std::uint32_t>(value.size()));
            writer.raw(value);
        }
    }
    return writer.take();
}

platform::MemoryDisk undump(ByteView bytes) {
    platform::MemoryDisk disk;
    Reader reader(bytes);
    while (reader.remaining() > 0 && reader.ok()) {
        const std::string store = reader.text(16);
        const std::uint64_t key = reader.u64();
        const ByteView value = reader.raw(reader.u32());
        disk.stores[store][key] = Bytes(value.begin(), value.end());
    }
    return disk;
}

Bytes text_bytes(std::string_view text) {
    const ByteView view = bytes_of(text);
    return Bytes(view.begin(), view.end());
}

constexpr const char* kGoldenPassphrase = "Cwm-glas 7 yn y bore";

// The same bytes on every machine: fixed seed, fixed clock.
platform::MemoryDisk make_workspace() {
    Browser browser;
    auto tab = std::make_unique<Tab>(browser.disk, browser.witness, 424242, floor_job);
    if (!tab->create(kGoldenPassphrase)) return {};
    tab->write(1, text_bytes("first entry"));
    tab->write(2, text_bytes("second entry"));
    tab->vault.offer_snapshot(2, text_bytes("state after two"));
    tab->pump();
    tab->write(3, text_bytes("third entry, a little longer than the others, so that it is padded"));
    return *browser.disk;
}

}  // namespace

TEST_CASE("a workspace of format 1 opens and is written the same way today") {
    const Bytes today = dump(make_workspace());
    const Bytes golden = test::golden("workspace_v1.bin", today);
    REQUIRE_MESSAGE(!golden.empty(), "workspace_v1.bin is missing");
    CHECK(golden == today);

    Browser browser;
    *browser.disk = undump(golden);
    Tab tab(browser.disk, browser.witness, 1, real_job);
    const Result<Opened> opened = tab.unlock(kGoldenPassphrase);
    REQUIRE(opened);
    CHECK(opened->warnings.empty());
    REQUIRE(opened->snapshot);
    CHECK(text_of(*opened->snapshot) == "state after two");
    CHECK(opened->snapshot_sequence == 2);
    REQUIRE(opened->entries.size() == 1);
    CHECK(text_of(opened->entries[0]) == "third entry, a little longer than the others, so that it is padded");

    // Without the snapshot, the journal alone gives the same.
    browser.disk->stores["snap"].clear();
    tab.vault.lock();
    const Result<Opened> journal = tab.unlock(kGoldenPassphrase);
    REQUIRE(journal);
    CHECK(journal->entries.size() == 3);
    CHECK(journal->warnings.size() == 1);
    tab.vault.lock();
    CHECK(tab.unlock("Cwm-glas 7 yn y bora").error().code == ErrorCode::WrongSecret);
}

TEST_CASE("an envelope of format 1 is written the same way today") {
    platform::SeededRandom random(31);
    EnvelopeHeader header;
    header.kind = Kind::Snapshot;
    random.fill(header.vault_id);
    random.fill(header.previous);
    random.fill(header.nonce);
    header.key_epoch = 1;
    header.writer_epoch = 2;
    header.sequence = 300;
    header.base_sequence = 256;
    header.utc_ms = 1'772'438'400'000;
    const SecretKey key(Bytes(kKeyBytes, 0x42));
    const Bytes today = seal(header, key, text_bytes("An envelope with a nonce and a key that never change."));
    const Bytes golden = test::golden("envelope_v1.bin", today);
    REQUIRE_MESSAGE(!golden.empty(), "envelope_v1.bin is missing");
    CHECK(golden == today);
    const Result<OpenedEnvelope> opened = open_envelope(golden, Kind::Snapshot, header.vault_id, key);
    REQUIRE(opened);
    CHECK(text_of(opened->plain) == "An envelope with a nonce and a key that never change.");
}
