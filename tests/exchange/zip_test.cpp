// ZIP out: read back by hand here, and by another program's reader in tests/cli.
#include "exchange/zip.hpp"

#include <cstdio>
#include <cstdlib>

#include <doctest.h>
#include <zlib.h>

using namespace entente;
using namespace entente::exchange;

namespace {

std::uint32_t u32(const Bytes& bytes, std::size_t at) {
    Reader reader(ByteView(bytes).subspan(at, 4));
    return reader.u32();
}

Bytes inflated(ByteView packed, std::size_t size) {
    Bytes out(size);
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return {};
    stream.next_in = const_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return result == Z_STREAM_END && stream.avail_in == 0 ? out : Bytes{};
}

}  // namespace

TEST_CASE("zip: what is long is deflated, what is short is stored, and both come back") {
    const std::string text(5000, 'x');
    const LocalMinute made = *parse_iso_minute("2026-03-02T09:31");
    const auto zip = write_zip({{"a/T\u0177.txt", bytes_of(text)}, {"b", bytes_of("hi")}, {"empty", {}}}, made);
    REQUIRE(zip);
    CHECK(u32(*zip, 0) == 0x04034B50);
    CHECK((*zip)[8] == 8);                       // deflated
    CHECK(((*zip)[7] & 8) == 8);                 // names in UTF-8
    CHECK(u32(*zip, 10) == 0x5C624BE0);          // 2026-03-02, 09:31
    CHECK(u32(*zip, 22) == text.size());
    const std::uint32_t size = u32(*zip, 18), name = (*zip)[26];
    const Bytes back = inflated(ByteView(*zip).subspan(30 + name, size), text.size());
    CHECK(std::string(text_of(back)) == text);
    CHECK(u32(*zip, 14) == crc32(0, back.data(), static_cast<uInt>(back.size())));
    CHECK(u32(*zip, zip->size() - 22) == 0x06054B50);
    CHECK((*zip)[zip->size() - 12] == 3);
    CHECK(*write_zip({{"a/T\u0177.txt", bytes_of(text)}, {"b", bytes_of("hi")}, {"empty", {}}}, made) == *zip);
    CHECK(write_zip({}, made)->size() == 22);
}

TEST_CASE("zip: a path that leads elsewhere, or stands twice, is refused") {
    for (const char* path : {"", "/etc", "../x", "a/../b", "a//b", "a/", "a\\b", ".", "\xFF"}) {
        INFO(path);
        CHECK_FALSE(write_zip({{path, {}}}, LocalMinute{}));
    }
    CHECK_FALSE(write_zip({{"a", {}}, {"a", {}}}, LocalMinute{}));
    std::vector<ZipFile> many;
    for (int i = 0; i < 65'536; ++i) many.push_back({std::to_string(i), {}});
    CHECK(write_zip(many, LocalMinute{}).error().code == ErrorCode::TooLarge);
    many.pop_back();
    CHECK(write_zip(many, LocalMinute{}));
}

TEST_CASE("zip: one for another program to read, where it asks") {
    const char* path = std::getenv("ENTENTE_ZIP_OUT");
    if (!path) return;
    std::string noise;
    for (std::uint32_t i = 0, n = 1; i < 100'000; ++i, n = n * 1664525u + 1013904223u) noise += static_cast<char>(n >> 24);
    const std::string same(5000, 'x');
    const auto zip = write_zip({{"a/T\u0177.txt", bytes_of(same)}, {"a/b/noise", bytes_of(noise)}, {"empty", {}}},
                               *parse_iso_minute("2026-03-02T09:31"));
    REQUIRE(zip);
    std::FILE* file = std::fopen(path, "wb");
    REQUIRE(file);
    CHECK(std::fwrite(zip->data(), 1, zip->size(), file) == zip->size());
    std::fclose(file);
}
