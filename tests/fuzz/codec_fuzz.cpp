// Entries and snapshots: whatever decodes is written in today's schema, and that decodes and encodes to the same bytes; a record of today's
// schema is those bytes. (That an older one gives its own bytes in its own schema, decoding sees to.)
#include <algorithm>
#include <cstdlib>

#include "codec/archive.hpp"
#include "codec/codec.hpp"

namespace {

using namespace entente;

void must_be(ByteView bytes, const Bytes& other) {
    if (!std::equal(other.begin(), other.end(), bytes.begin(), bytes.end())) std::abort();
}

bool is_of_today(ByteView bytes) { return bytes.size() > 1 && (bytes[0] | bytes[1] << 8) == codec::kSchema; }

Bytes written(const codec::Snapshot& snapshot) {
    return codec::encode_snapshot(snapshot.model, snapshot.sequence, snapshot.time, snapshot.last_id);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    if (const Result<Entry> entry = codec::decode_entry(bytes)) {
        const Bytes today = codec::encode_entry(*entry);
        const Result<Entry> again = codec::decode_entry(today);
        if (!again) std::abort();
        must_be(today, codec::encode_entry(*again));
        if (is_of_today(bytes)) must_be(bytes, today);
    }
    if (const Result<codec::Snapshot> snapshot = codec::decode_snapshot(bytes)) {
        const Bytes today = written(*snapshot);
        const Result<codec::Snapshot> again = codec::decode_snapshot(today);
        if (!again) std::abort();
        must_be(today, written(*again));
        if (is_of_today(bytes)) must_be(bytes, today);
    }
    return 0;
}
