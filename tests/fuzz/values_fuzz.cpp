// The small values that come from outside as text: hexadecimal, base64url, days, times, money, frame rates, timecodes. What
// reads, written, reads as the same.
#include <algorithm>
#include <cstdlib>

#include "base/bytes.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "core/cut/timecode.hpp"

namespace {

using namespace entente;

void must(bool holds) {
    if (!holds) std::abort();
}

void texts(std::string_view text) {
    const std::string clean = clean_utf8(text);
    must(valid_utf8(clean));
    must(clean_utf8(clean) == clean);
    must(valid_utf8(fold(clean)));
    for (const std::size_t most : {0u, 1u, 2u, 3u, 7u}) {
        const std::string_view cut = truncate_utf8(clean, most);
        must(cut.size() <= most && valid_utf8(cut));
    }
    must(count_code_points(clean) <= clean.size());
}

void binary(std::string_view text) {
    if (const auto bytes = from_base64url(text)) must(to_base64url(*bytes) == text);
    if (const auto bytes = from_hex(text)) must(from_hex(to_hex(*bytes)) == bytes);
    Reader reader(bytes_of(text));
    while (reader.ok() && reader.remaining() > 0) {
        const std::uint64_t value = reader.varint();
        if (!reader.ok()) break;
        Writer writer;
        writer.varint(value);
        Reader again(writer.bytes());
        must(again.varint() == value && again.at_end());
    }
}

void values(std::string_view text) {
    if (const auto day = parse_iso_day(text)) must(iso(*day) == text);
    if (const auto at = parse_iso_minute(text)) must(parse_iso_minute(iso(*at)) == at);
    for (const char* code : {"GBP", "JPY", "KWD"}) {
        const Currency currency = *currency_from(code);
        if (const auto minor = parse_minor(text, currency)) must(parse_minor(plain_amount({*minor, currency}), currency) == minor);
    }
    if (const auto rate = cut::parse_rate(text)) {
        must(rate->numerator > 0 && rate->denominator > 0);
        must(cut::parse_rate(cut::rate_name(*rate)) == rate);
    }
    if (const auto label = cut::parse_label(text)) {
        for (const cut::Rate& rate : {*cut::parse_rate("25"), *cut::parse_rate("29.97df")}) {
            if (!cut::label_exists(*label, rate)) continue;
            const std::int64_t frame = cut::frames_of(*label, rate);
            const auto again = cut::parse_label(cut::timecode(frame, rate)), whole = cut::parse_label(cut::length_text(frame, rate));
            must(again && cut::frames_of(*again, rate) == frame % cut::day_frames(rate));
            must(whole && cut::frames_of(*whole, rate) == frame);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(ByteView(data, size));
    texts(text);
    binary(text);
    values(text);
    return 0;
}
