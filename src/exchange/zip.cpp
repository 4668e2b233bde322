#include "exchange/zip.hpp"

#include <set>

#include <zlib.h>

#include "base/text.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kMostFiles = 0xFFFF;
constexpr std::uint64_t kMostBytes = 0xFFFF'FFFF;
constexpr std::uint32_t kLocal = 0x04034B50, kCentral = 0x02014B50, kEnd = 0x06054B50;
constexpr std::uint16_t kVersion = 20, kUtf8 = 1u << 11, kStored = 0, kDeflated = 8;

struct Packed {
    Bytes deflated;        // empty: stored as it is
    std::uint32_t crc = 0;
    std::uint32_t at = 0;  // of its local header
};

bool is_safe(std::string_view path) {
    if (path.empty() || path.size() > 0xFFFF || !valid_utf8(path) || path.find('\\') != std::string_view::npos) return false;
    for (const std::string_view part : split(path, '/')) {
        if (part.empty() || part == "." || part == "..") return false;
    }
    return true;
}

// Deflated where that is shorter.
Bytes deflated(ByteView bytes) {
    Bytes out(bytes.size());
    z_stream stream{};
    if (bytes.empty() || deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    stream.next_in = const_cast<Bytef*>(bytes.data());  // zlib reads it only
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    const bool ended = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(ended ? out.size() - stream.avail_out : 0);
    deflateEnd(&stream);
    return out;
}

// MS-DOS date and time: from 1980 on, two seconds' steps.
std::uint32_t dos_time(LocalMinute made) {
    const YearMonthDay date = year_month_day(day_of(made));
    if (date.year < 1980 || date.year > 2107) return (1u << 21) | (1u << 16);
    const int minute = minute_of_day(made);
    const auto day = static_cast<std::uint32_t>(((date.year - 1980) << 9) | (date.month << 5) | date.day);
    return (day << 16) | static_cast<std::uint32_t>(((minute / 60) << 11) | ((minute % 60) << 5));
}

// The part that the local and the central header share.
void append_facts(Writer& out, const ZipFile& file, const Packed& packed, std::uint32_t time) {
    const bool stored = packed.deflated.empty();
    out.u16(kVersion);
    out.u16(kUtf8);
    out.u16(stored ? kStored : kDeflated);
    out.u32(time);
    out.u32(packed.crc);
    out.u32(static_cast<std::uint32_t>(stored ? file.bytes.size() : packed.deflated.size()));
    out.u32(static_cast<std::uint32_t>(file.bytes.size()));
    out.u16(static_cast<std::uint16_t>(file.path.size()));
    out.u16(0);
}

Result<void> check(const std::vector<ZipFile>& files) {
    std::set<std::string_view> paths;
    std::uint64_t total = 0;
    for (const ZipFile& file : files) {
        // Headers count twice; what is deflated is never longer.
        total += file.bytes.size() + 2 * file.path.size() + 128;
        if (!is_safe(file.path) || !paths.insert(file.path).second)
            return fail(ErrorCode::BadInput, msg("The file cannot be written."), file.path);
    }
    if (files.size() > kMostFiles || total > kMostBytes) return fail(ErrorCode::TooLarge, msg("The file is too large."));
    return {};
}

}  // namespace

Result<Bytes> write_zip(const std::vector<ZipFile>& files, LocalMinute made) {
    if (auto checked = check(files); !checked) return tl::unexpected<Error>(std::move(checked.error()));
    const std::uint32_t time = dos_time(made);
    Writer out, central;
    for (const ZipFile& file : files) {
        Packed packed;
        packed.at = static_cast<std::uint32_t>(out.bytes().size());
        packed.crc = static_cast<std::uint32_t>(crc32(0, file.bytes.data(), static_cast<uInt>(file.bytes.size())));
        packed.deflated = deflated(file.bytes);
        out.u32(kLocal);
        append_facts(out, file, packed, time);
        out.raw(bytes_of(file.path));
        out.raw(packed.deflated.empty() ? file.bytes : ByteView(packed.deflated));
        central.u32(kCentral);
        central.u16(kVersion);
        append_facts(central, file, packed, time);
        central.u16(0);  // comment
        central.u16(0);  // disk
        central.u16(0);  // internal attributes
        central.u32(0);  // external attributes
        central.u32(packed.at);
        central.raw(bytes_of(file.path));
    }
    const auto at = static_cast<std::uint32_t>(out.bytes().size());
    out.raw(central.bytes());
    out.u32(kEnd);
    out.u16(0);
    out.u16(0);
    for (int i = 0; i < 2; ++i) out.u16(static_cast<std::uint16_t>(files.size()));
    out.u32(static_cast<std::uint32_t>(central.bytes().size()));
    out.u32(at);
    out.u16(0);
    return out.take();
}

}  // namespace entente::exchange
