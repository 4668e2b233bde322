// Records as they stand in the store, before and after the key is known. What is not authentic may not open; what is parsed
// may not read beyond its end. Authentic contents are made from the input with a fixed key, so that the parsers behind
// the encryption are reached too.
#include <algorithm>
#include <cstdlib>

#include "codec/codec.hpp"
#include "vault/records.hpp"

namespace {

using namespace entente;
using namespace entente::vault;

const VaultId kVault{1, 2, 3};

void open_everything(ByteView bytes) {
    const SecretKey key(Bytes(kKeyBytes, 1));
    (void)parse_header(bytes);
    for (const Kind kind : {Kind::Header, Kind::Snapshot, Kind::Journal, Kind::Head}) {
        if (open_envelope(bytes, kind, kVault, key)) std::abort();  // nobody guesses a tag
    }
    if (const Result<LockedHeader> locked = read_locked_header(bytes)) {
        if (encode_slots(locked->slots) != locked->slot_table) std::abort();
    }
    if (const Result<std::vector<Slot>> slots = decode_slots(bytes)) {
        const Bytes again = encode_slots(*slots);
        if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
    }
}

void read_small_parsers(ByteView bytes) {
    const std::string text(text_of(bytes));
    if (const std::optional<WitnessNote> note = read_witness(text)) {
        if (read_witness(write_witness(*note)) != note) std::abort();
    }
    Bytes answer(bytes.begin(), bytes.end());
    (void)read_derived(answer);
}

// A header record whose inside is the input's, as whoever has the key could write it.
void open_sealed_header(ByteView plain) {
    const SecretKey key(Bytes(kKeyBytes, 2));
    Slot slot;
    slot.type = SlotType::Recovery;
    slot.parameters = {0, 0};
    const Bytes table = encode_slots({slot});
    EnvelopeHeader header;
    header.vault_id = kVault;
    header.kind = Kind::Header;
    header.plain_bytes = plain.size();
    header.previous = header_check(header_bytes(header), table);
    const Bytes record = seal(header, key, plain, table);
    const Result<LockedHeader> locked = read_locked_header(record);
    if (!locked) std::abort();
    if (const Result<HeaderContent> content = open_header(record, *locked, key)) {
        if (seal_header(locked->header, key, *content, locked->slots) != record) std::abort();
    }
}

// What stands inside a snapshot and an entry: comes out as it went in, and is read by who knows what it means.
void open_sealed_content(ByteView plain) {
    const SecretKey key(Bytes(kKeyBytes, 3));
    for (const Kind kind : {Kind::Snapshot, Kind::Journal}) {
        EnvelopeHeader header;
        header.vault_id = kVault;
        header.kind = kind;
        header.sequence = plain.size();
        const Result<OpenedEnvelope> opened = open_envelope(seal(header, key, plain), kind, kVault, key);
        if (!opened || !std::equal(opened->plain.begin(), opened->plain.end(), plain.begin(), plain.end())) std::abort();
        if (kind == Kind::Snapshot) {
            (void)codec::decode_snapshot(opened->plain);
        } else {
            (void)codec::decode_entry(opened->plain);
        }
    }
}

void open_sealed(ByteView plain) {
    const SecretKey key(Bytes(kKeyBytes, 2));
    EnvelopeHeader header;
    header.vault_id = kVault;
    header.kind = Kind::Head;
    header.sequence = plain.empty() ? 0 : plain[0];
    if (const Result<Head> head = open_head(seal(header, key, plain), kVault, key)) {
        EnvelopeHeader again;
        again.vault_id = kVault;
        const Result<Head> back = open_head(seal_head(again, key, *head), kVault, key);
        if (!back || !(*back == *head)) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    open_everything(bytes);
    read_small_parsers(bytes);
    open_sealed(bytes);
    open_sealed_header(bytes);
    open_sealed_content(bytes);
    return 0;
}
