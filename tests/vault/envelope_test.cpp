#include "vault/envelope.hpp"

#include <doctest.h>
#include <sodium.h>

#include <string>

#include "platform/memory/memory.hpp"

using namespace entente;
using namespace entente::vault;

namespace {

SecretKey test_key(std::uint8_t first) {
    Bytes bytes(kKeyBytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(first + i);
    return SecretKey(bytes);
}

EnvelopeHeader test_header() {
    platform::SeededRandom random(5);
    EnvelopeHeader header;
    random.fill(header.vault_id);
    random.fill(header.previous);
    random.fill(header.nonce);
    header.key_epoch = 0x01020304;
    header.writer_epoch = 7;
    header.sequence = 0x1122334455667788;
    header.base_sequence = 42;
    header.utc_ms = 1'772'438'400'000;
    return header;
}

bool opens(ByteView record, const EnvelopeHeader& header) {
    return open_envelope(record, header.kind, header.vault_id, test_key(1)).has_value();
}

}  // namespace

TEST_CASE("an envelope's header stands where the format says") {
    const EnvelopeHeader header = test_header();
    const Bytes plain{1, 2, 3, 4, 5};
    const Bytes record = seal(header, test_key(1), plain);
    REQUIRE(record.size() == 124 + 5 + 16);
    CHECK(text_of(ByteView(record).first(4)) == "ENT1");
    CHECK(record[4] == 1);
    CHECK(record[5] == 3);
    CHECK(record[6] == 1);
    CHECK(record[7] == 0);
    CHECK(Bytes(record.begin() + 8, record.begin() + 24) == Bytes(header.vault_id.begin(), header.vault_id.end()));
    CHECK(to_hex(ByteView(record).subspan(24, 44)) ==
          "04030201"
          "07000000"
          "8877665544332211"
          "2a00000000000000"
          "00ac8fad9c010000"
          "01000000"
          "0500000000000000");
    CHECK(Bytes(record.begin() + 68, record.begin() + 100) == Bytes(header.previous.begin(), header.previous.end()));
    CHECK(Bytes(record.begin() + 100, record.begin() + 124) == Bytes(header.nonce.begin(), header.nonce.end()));

    const Result<OpenedEnvelope> opened = open_envelope(record, Kind::Journal, header.vault_id, test_key(1));
    REQUIRE(opened);
    CHECK(opened->plain == plain);
    EnvelopeHeader expected = header;
    expected.plain_bytes = 5;
    CHECK(opened->header == expected);
}

TEST_CASE("any altered bit of an envelope is found") {
    const EnvelopeHeader header = test_header();
    const Bytes record = seal(header, test_key(1), Bytes(37, 0x5A));
    REQUIRE(opens(record, header));
    int opened = 0;
    for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
        Bytes altered = record;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1u << (bit % 8)));
        if (opens(altered, header)) ++opened;
    }
    CHECK(opened == 0);
}

TEST_CASE("an envelope cut short or grown is refused") {
    const EnvelopeHeader header = test_header();
    const Bytes record = seal(header, test_key(1), Bytes(37, 0x5A));
    int opened = 0;
    for (std::size_t size = 0; size < record.size(); ++size) {
        if (opens(ByteView(record).first(size), header)) ++opened;
    }
    CHECK(opened == 0);
    Bytes longer = record;
    longer.push_back(0);
    CHECK_FALSE(opens(longer, header));
}

TEST_CASE("an envelope opens only as its own kind, in its own vault, with its own key") {
    const EnvelopeHeader header = test_header();
    const Bytes record = seal(header, test_key(1), Bytes{9});
    CHECK(open_envelope(record, Kind::Snapshot, header.vault_id, test_key(1)).error().code == ErrorCode::Damaged);
    VaultId other = header.vault_id;
    other[0] = static_cast<std::uint8_t>(other[0] ^ 1);
    CHECK(open_envelope(record, Kind::Journal, other, test_key(1)).error().code == ErrorCode::Damaged);
    CHECK(open_envelope(record, Kind::Journal, header.vault_id, test_key(2)).error().code == ErrorCode::Damaged);
}

TEST_CASE("a record of a later format is called that, not damaged") {
    const EnvelopeHeader header = test_header();
    const Bytes record = seal(header, test_key(1), Bytes{9});
    for (const std::size_t at : {4u, 6u, 7u, 56u}) {
        Bytes later = record;
        later[at] = 2;
        CHECK(parse_header(later).error().code == ErrorCode::Unsupported);
    }
}

TEST_CASE("padding is Padme's and nothing else opens") {
    // Lengths worked out by hand from the definition: of 9 = 0b1001 the last 3 - 2 = 1 bit is rounded up.
    CHECK(padme(0) == 0);
    CHECK(padme(1) == 1);
    CHECK(padme(8) == 8);
    CHECK(padme(9) == 10);
    CHECK(padme(100) == 104);
    CHECK(padme(1000) == 1024);
    CHECK(padme(1025) == 1088);
    for (std::uint64_t size = 2; size < 100'000; size += 7) {
        CHECK(padme(size) >= size);
        CHECK((padme(size) - size) * 100 <= size * 12);
        CHECK(padme(padme(size)) == padme(size));
    }

    // Sealed with the right key, but the padding is not zeros: another encoding of the same plain text.
    EnvelopeHeader header = test_header();
    header.plain_bytes = 9;
    Bytes record = header_bytes(header);
    Writer authenticated;
    authenticated.raw(bytes_of("entente/1/jrnl"));
    authenticated.raw(record);
    const Bytes aad = authenticated.take();
    for (const std::uint8_t filler : {0, 1}) {
        Bytes padded(10, 7);
        padded[9] = filler;
        Bytes sealed = record;
        sealed.resize(record.size() + padded.size() + kTagBytes);
        crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + record.size(), nullptr, padded.data(), padded.size(),
                                                   aad.data(), aad.size(), nullptr, header.nonce.data(), test_key(1).data());
        CHECK(opens(sealed, header) == (filler == 0));
    }
}

TEST_CASE("a slot table is authenticated with the record that carries it") {
    EnvelopeHeader header = test_header();
    header.kind = Kind::Backup;
    const Bytes slots{1, 2, 3};
    Bytes record = seal(header, test_key(1), Bytes{9, 9}, slots);
    CHECK(open_envelope(record, Kind::Backup, header.vault_id, test_key(1), 3));
    CHECK_FALSE(open_envelope(record, Kind::Backup, header.vault_id, test_key(1), 2));
    record[kHeaderBytes + 1] = 9;
    CHECK_FALSE(open_envelope(record, Kind::Backup, header.vault_id, test_key(1), 3));
}
