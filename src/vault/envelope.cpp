#include "vault/envelope.hpp"

#include <algorithm>

#include <sodium.h>

namespace entente::vault {
namespace {

constexpr std::string_view kMagic = "ENT1";
constexpr std::uint8_t kFormat = 1, kSuite = 1, kFlags = 0;
constexpr std::uint32_t kSchema = 1;

std::string_view label(Kind kind) {
    switch (kind) {
        case Kind::Header: return "hdr";
        case Kind::Snapshot: return "snap";
        case Kind::Journal: return "jrnl";
        case Kind::Backup: return "backup";
        case Kind::Share: return "share";
        case Kind::Agreed: return "agreed";
        case Kind::Head: return "head";
    }
    return {};
}

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Damaged, msg("A record of this workspace is damaged."), {},
                msg("Nothing was deleted. Restore the workspace from a backup."));
}

Bytes associated_data(Kind kind, ByteView header_and_slots) {
    Writer writer;
    writer.raw(bytes_of("entente/1/"));
    writer.raw(bytes_of(label(kind)));
    writer.raw(header_and_slots);
    return writer.take();
}

template <std::size_t N>
void take(Reader& reader, std::array<std::uint8_t, N>& out) {
    const ByteView bytes = reader.raw(N);
    if (bytes.size() == N) std::copy(bytes.begin(), bytes.end(), out.begin());
}

}  // namespace

std::uint64_t padme(std::uint64_t size) {
    if (size < 2) return size;
    int exponent = 63;
    while (((size >> exponent) & 1) == 0) --exponent;
    int exponent_bits = 0;
    while ((exponent >> exponent_bits) != 0) ++exponent_bits;
    const int zero_bits = exponent - exponent_bits;
    if (zero_bits <= 0) return size;
    const std::uint64_t mask = (std::uint64_t{1} << zero_bits) - 1;
    return (size + mask) & ~mask;
}

Bytes header_bytes(const EnvelopeHeader& header) {
    Writer writer;
    writer.raw(bytes_of(kMagic));
    writer.u8(kFormat);
    writer.u8(static_cast<std::uint8_t>(header.kind));
    writer.u8(kSuite);
    writer.u8(kFlags);
    writer.raw(header.vault_id);
    writer.u32(header.key_epoch);
    writer.u32(header.writer_epoch);
    writer.u64(header.sequence);
    writer.u64(header.base_sequence);
    writer.u64(header.utc_ms);
    writer.u32(header.schema);
    writer.u64(header.plain_bytes);
    writer.raw(header.previous);
    writer.raw(header.nonce);
    return writer.take();
}

Result<EnvelopeHeader> parse_header(ByteView record) {
    Reader reader(record);
    if (text_of(reader.raw(4)) != kMagic) return damaged();
    const std::uint8_t format = reader.u8(), kind = reader.u8(), suite = reader.u8(), flags = reader.u8();
    EnvelopeHeader header;
    take(reader, header.vault_id);
    header.key_epoch = reader.u32();
    header.writer_epoch = reader.u32();
    header.sequence = reader.u64();
    header.base_sequence = reader.u64();
    header.utc_ms = reader.u64();
    header.schema = reader.u32();
    header.plain_bytes = reader.u64();
    take(reader, header.previous);
    take(reader, header.nonce);
    if (!reader.ok() || reader.remaining() < kTagBytes) return damaged();
    if (format != kFormat || suite != kSuite || flags != kFlags || header.schema > kSchema) {
        return fail(ErrorCode::Unsupported, msg("This workspace was written by a newer version of Entente."), {},
                    msg("Reload the page to get the newest version."));
    }
    if (kind < 1 || kind > static_cast<std::uint8_t>(Kind::Head) || header.schema == 0) return damaged();
    header.kind = static_cast<Kind>(kind);
    if (header.plain_bytes > kMaxPlainBytes) return damaged();
    return header;
}

Bytes seal(EnvelopeHeader header, const SecretKey& key, ByteView plain, ByteView slots) {
    header.plain_bytes = plain.size();
    Bytes record = header_bytes(header);
    const auto padded_bytes = static_cast<std::size_t>(padme(plain.size()));
    record.reserve(record.size() + slots.size() + padded_bytes + kTagBytes);
    record.insert(record.end(), slots.begin(), slots.end());
    const Bytes aad = associated_data(header.kind, record);
    const std::size_t at = record.size();
    record.insert(record.end(), plain.begin(), plain.end());
    record.resize(at + padded_bytes + kTagBytes, 0);
    // In place: libsodium allows the plain text and the ciphertext to be the same memory.
    crypto_aead_xchacha20poly1305_ietf_encrypt(record.data() + at, nullptr, record.data() + at, padded_bytes, aad.data(),
                                               aad.size(), nullptr, header.nonce.data(), key.data());
    return record;
}

Result<OpenedEnvelope> open_envelope(ByteView record, Kind kind, const VaultId& vault_id, const SecretKey& key,
                                     std::size_t slot_bytes) {
    Result<EnvelopeHeader> header = parse_header(record);
    if (!header) return tl::unexpected<Error>(std::move(header.error()));
    if (header->kind != kind || header->vault_id != vault_id) return damaged();
    const std::uint64_t padded_bytes = padme(header->plain_bytes);
    if (std::uint64_t{record.size()} != kHeaderBytes + slot_bytes + padded_bytes + kTagBytes) return damaged();

    const std::size_t at = kHeaderBytes + slot_bytes;
    const Bytes aad = associated_data(kind, record.first(at));
    Bytes plain(static_cast<std::size_t>(padded_bytes));
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, record.data() + at, record.size() - at,
                                                   aad.data(), aad.size(), header->nonce.data(), key.data()) != 0) {
        return damaged();
    }
    const auto size = static_cast<std::size_t>(header->plain_bytes);
    if (std::any_of(plain.begin() + static_cast<std::ptrdiff_t>(size), plain.end(), [](std::uint8_t b) { return b != 0; })) {
        return damaged();
    }
    plain.resize(size);
    return OpenedEnvelope{*header, std::move(plain)};
}

}  // namespace entente::vault
