#include "codec/codec.hpp"

#include <algorithm>
#include <exception>

#include "codec/session.hpp"
#include "codec/upgrade.hpp"

namespace entente::codec {
namespace {

// The largest record the vault takes; also keeps a count of elements inside 32 bits.
constexpr std::size_t kMaxBytes = 512u << 20;

tl::unexpected<Error> damaged(std::size_t at) {
    return fail(ErrorCode::Damaged, msg("A stored record cannot be read: its contents are damaged."),
                "byte " + std::to_string(at), msg("Restore the workspace from a backup."));
}

Result<std::uint16_t> read_schema(ByteView bytes) {
    Reader reader(bytes);
    const std::uint16_t schema = reader.u16();
    if (!reader.ok() || schema == 0) return damaged(0);
    if (schema > kSchema) {
        return fail(ErrorCode::Unsupported, msg("This workspace was written by a newer version of Entente."),
                    "schema " + std::to_string(schema), msg("Reload the page to get the newest version."));
    }
    return schema;
}

Bytes encode(const Entry& entry, std::uint16_t schema) {
    OutArchive archive(schema);
    archive(schema, entry);
    return archive.take();
}

Bytes encode_model(const Model& model, std::uint64_t sequence, HybridTime time, std::uint64_t last_id, std::uint16_t schema) {
    OutArchive archive(schema);
    archive(schema, sequence, time, last_id, model);
    return archive.take();
}

Bytes encode(const Snapshot& snapshot, std::uint16_t schema) {
    return encode_model(snapshot.model, snapshot.sequence, snapshot.time, snapshot.last_id, schema);
}

void read(InArchive& archive, Entry& entry) { archive(entry); }

void say_as_today(Entry& entry, std::uint16_t schema) { upgrade(entry, schema); }
void say_as_today(Snapshot& snapshot, std::uint16_t schema) { upgrade(snapshot.model, schema); }

void read(InArchive& archive, Snapshot& snapshot) {
    archive(snapshot.sequence, snapshot.time, snapshot.last_id, snapshot.model);
}

template <class T>
Result<T> decode(ByteView bytes) {
    if (bytes.size() > kMaxBytes) {
        return fail(ErrorCode::TooLarge, msg("A stored record is larger than Entente reads."));
    }
    const Result<std::uint16_t> schema = read_schema(bytes);
    if (!schema) return tl::unexpected<Error>(schema.error());
    try {
        InArchive archive(bytes, *schema);
        archive.raw(sizeof(std::uint16_t));
        T value;
        read(archive, value);
        if (archive.remaining() != 0) archive.refuse();
        const Bytes again = encode(value, *schema);
        if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) return damaged(bytes.size());
        say_as_today(value, *schema);
        return value;
    } catch (const DecodeError& error) {
        return damaged(error.at);
    } catch (const std::exception&) {
        return fail(ErrorCode::TooLarge, msg("There is not enough memory to open a stored record."));
    }
}

}  // namespace

Bytes encode_entry(const Entry& entry) { return encode(entry, kSchema); }

Result<Entry> decode_entry(ByteView bytes) { return decode<Entry>(bytes); }

Bytes encode_snapshot(const Model& model, std::uint64_t sequence, HybridTime time, std::uint64_t last_id) {
    return encode_model(model, sequence, time, last_id, kSchema);
}

Result<Snapshot> decode_snapshot(ByteView bytes) { return decode<Snapshot>(bytes); }

}  // namespace entente::codec
