#include "vault/keys.hpp"

#include <doctest.h>

#include "platform/memory/memory.hpp"
#include "vault/kdf.hpp"

using namespace entente;
using namespace entente::vault;

namespace {

SecretKey key_of(std::uint8_t value) { return SecretKey(Bytes(kKeyBytes, value)); }

Slot test_slot() {
    platform::SeededRandom random(3);
    Salt salt{};
    random.fill(salt);
    return make_slot(SlotType::Passphrase, kFloorKdf, salt, key_of(1), key_of(2), VaultId{1, 2, 3}, random);
}

// As the page does it, but with a smaller memory than a new slot gets.
Bytes ask(Bytes request, double step_ms = 1000) {
    double now = 0;
    return run_job(request, [&now, step_ms] { return now += step_ms; });
}

constexpr KdfParameters kLeast{19 * 1024, 1};

}  // namespace

TEST_CASE("a slot gives the root key back to its own key only") {
    const Slot slot = test_slot();
    const Result<SecretKey> root = open_slot(slot, key_of(1), VaultId{1, 2, 3});
    REQUIRE(root);
    CHECK(to_hex(root->view()) == to_hex(key_of(2).view()));
    CHECK(open_slot(slot, key_of(9), VaultId{1, 2, 3}).error().code == ErrorCode::WrongSecret);
    CHECK(open_slot(slot, key_of(1), VaultId{9}).error().code == ErrorCode::Damaged);
}

TEST_CASE("the commitment is what tells a wrong key; the wrapped key is authenticated apart") {
    Slot slot = test_slot();
    slot.wrapped_key[0] = static_cast<std::uint8_t>(slot.wrapped_key[0] ^ 1);
    CHECK(open_slot(slot, key_of(1), VaultId{1, 2, 3}).error().code == ErrorCode::Damaged);
    slot = test_slot();
    slot.nonce[0] = static_cast<std::uint8_t>(slot.nonce[0] ^ 1);
    CHECK(open_slot(slot, key_of(1), VaultId{1, 2, 3}).error().code == ErrorCode::Damaged);
    slot = test_slot();
    slot.parameters.passes += 1;
    CHECK(open_slot(slot, key_of(1), VaultId{1, 2, 3}).error().code == ErrorCode::WrongSecret);
}

TEST_CASE("a slot table has one encoding") {
    const Bytes table = encode_slots({test_slot(), test_slot()});
    CHECK(table.size() == 1 + 2 * kSlotBytes);
    const Result<std::vector<Slot>> slots = decode_slots(table);
    REQUIRE(slots);
    CHECK(encode_slots(*slots) == table);
    CHECK_FALSE(decode_slots(ByteView(table).first(table.size() - 1)));
    CHECK_FALSE(decode_slots(Bytes{0}));
    Bytes unknown = table;
    unknown[1] = 9;
    CHECK(decode_slots(unknown).error().code == ErrorCode::Damaged);
}

TEST_CASE("key derivation outside the accepted range is refused, unasked memory never taken") {
    CHECK(kdf_acceptable(kFloorKdf));
    CHECK(kdf_acceptable(kDefaultKdf));
    for (const KdfParameters& wrong : {KdfParameters{19 * 1024 - 1, 3}, KdfParameters{1024 * 1024 + 1, 3},
                                       KdfParameters{4'000'000'000u, 3}, KdfParameters{64 * 1024, 0}, KdfParameters{64 * 1024, 11},
                                       KdfParameters{0, 0}}) {
        CHECK_FALSE(kdf_acceptable(wrong));
        CHECK(derive_key("x", Salt{}, wrong).error().code == ErrorCode::Unsupported);
        Bytes answer = ask(derive_request("x", Salt{}, wrong));
        CHECK(read_derived(answer).error().code == ErrorCode::Unsupported);
        Slot slot = test_slot();
        slot.parameters = wrong;
        CHECK(decode_slots(encode_slots({slot})).error().code == ErrorCode::Unsupported);
    }
}

TEST_CASE("a job derives the same key as asked for directly, and depends on everything in it") {
    Bytes request = derive_request("correct horse", Salt{1}, kLeast);
    const Bytes before = request;
    Bytes answer = run_job(request, [] { return 0.0; });
    CHECK(request.empty());
    const Result<DerivedKey> derived = read_derived(answer);
    REQUIRE(derived);
    CHECK(answer.empty());
    CHECK(derived->parameters == kLeast);
    const auto direct = [](std::string_view passphrase, const Salt& salt, const KdfParameters& parameters) {
        return to_hex(derive_key(passphrase, salt, parameters)->view());
    };
    const std::string key = to_hex(derived->key.view());
    CHECK(key == direct("correct horse", Salt{1}, kLeast));
    CHECK(key != direct("correct horsE", Salt{1}, kLeast));
    CHECK(key != direct("correct horse", Salt{2}, kLeast));
    CHECK(key != direct("correct horse", Salt{1}, {kLeast.memory_kib + 1, kLeast.passes}));
    CHECK(key != direct("correct horse", Salt{1}, {kLeast.memory_kib, 2}));
}

TEST_CASE("a job that is no job is answered, not obeyed") {
    const Bytes good = derive_request("correct horse", Salt{1}, kLeast);
    for (std::size_t size = 0; size < 26; ++size) {
        Bytes answer = ask(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)));
        CHECK_FALSE(read_derived(answer));
    }
    Bytes other = good;
    other[1] = 77;
    Bytes answer = ask(other);
    CHECK_FALSE(read_derived(answer));
    answer = ask(derive_request(std::string(kMaxPassphraseBytes + 1, 'x'), Salt{1}, kLeast));
    CHECK_FALSE(read_derived(answer));
    Bytes empty;
    CHECK_FALSE(read_derived(empty));
}

TEST_CASE("calibration aims at a second and never goes below the floor") {
    CHECK(calibrated(kDefaultKdf, 1000) == kDefaultKdf);
    CHECK(calibrated(kDefaultKdf, 3000) == KdfParameters{96 * 1024, 3});
    CHECK(calibrated(kDefaultKdf, 60'000) == kFloorKdf);
    CHECK(calibrated(kDefaultKdf, 500) == KdfParameters{256 * 1024, 6});
    CHECK(calibrated(kDefaultKdf, 0) == KdfParameters{256 * 1024, 10});
    CHECK(calibrated(kFloorKdf, 60'000) == kFloorKdf);

    Bytes answer = ask(calibrate_request("correct horse", Salt{1}), 60'000);
    const Result<DerivedKey> derived = read_derived(answer);
    REQUIRE(derived);
    CHECK(derived->parameters == kFloorKdf);
    CHECK(to_hex(derived->key.view()) == to_hex(derive_key("correct horse", Salt{1}, kFloorKdf)->view()));
}

TEST_CASE("secrets are wiped when they move, and on request") {
    SecretKey from = key_of(7);
    const SecretKey to = std::move(from);
    CHECK(to_hex(from.view()) == std::string(64, '0'));
    CHECK(to_hex(to.view()) == to_hex(key_of(7).view()));
    std::string text = "a passphrase that is long enough not to be stored inline";
    const char* at = text.data();
    const std::size_t size = text.size();
    wipe(text);
    CHECK(text.empty());
    CHECK(std::string(at, size) == std::string(size, '\0'));
}
