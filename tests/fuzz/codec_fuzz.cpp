// Entries and snapshots: whatever decodes encodes to the same bytes.
#include <cstdlib>

#include "codec/codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace entente;
    const ByteView bytes(data, size);
    const auto same = [bytes](const Bytes& again) { return std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()); };
    if (const Result<Entry> entry = codec::decode_entry(bytes)) {
        if (!same(codec::encode_entry(*entry))) std::abort();
    }
    if (const Result<codec::Snapshot> snapshot = codec::decode_snapshot(bytes)) {
        if (!same(codec::encode_snapshot(snapshot->model, snapshot->sequence, snapshot->time, snapshot->last_id))) std::abort();
    }
    return 0;
}
