#include "exchange/cut_file.hpp"

#include "base/text.hpp"
#include "exchange/decode_text.hpp"
#include "exchange/edl.hpp"
#include "exchange/otio.hpp"

namespace entente::exchange {

namespace {

Error other_kind(Message what) {
    return {ErrorCode::Unsupported,
            std::move(what),
            {},
            msg("Export a CMX 3600 EDL or an OpenTimelineIO timeline (.otio) from the editing system.")};
}

bool starts(ByteView bytes, std::string_view with) { return text_of(bytes.subspan(0, std::min(bytes.size(), with.size()))) == with; }

// Files that people try, known by their first bytes.
std::optional<Error> not_a_cut(ByteView bytes, std::string_view text) {
    if (starts(bytes, "PK\x03\x04")) {
        return other_kind(msg("This is a zip archive or an .otioz bundle; the .otio file is inside it."));
    }
    if (starts(bytes, "\xD0\xCF\x11\xE0")) return other_kind(msg("This is an AAF file or an Office document; it cannot be read as a cut."));
    if (!text.empty() && text[0] == '<') return other_kind(msg("This is XML (Final Cut or Premiere); it cannot be read as a cut."));
    return std::nullopt;
}

Result<CutFile> in_rate_of(ByteView bytes, CutFile&& file, const cut::Rate& rate) {
    if (!file.rate_assumed || file.cut.rate == rate) return std::move(file);
    return read_cut(bytes, StatedRate{rate, true});
}

Error in_file(Error error, const Message& which) {
    error.what = msg("{0}: {1}", which, error.what);
    return error;
}

}  // namespace

std::optional<StatedRate> parse_stated_rate(std::string_view text) {
    const auto rate = cut::parse_rate(text);
    if (!rate) return std::nullopt;
    return StatedRate{*rate, lower_ascii(text).find("df") != std::string::npos};
}

Result<CutFile> read_cut(ByteView bytes, const std::optional<StatedRate>& rate) {
    DecodedText decoded = decode_text(bytes, kMaxCutBytes);
    if (bytes.size() > kMaxCutBytes || decoded.too_large)
        return fail(ErrorCode::TooLarge, msg("The file is larger than {0} MiB.", static_cast<int>(kMaxCutBytes >> 20)));
    const std::string_view text = trim(decoded.text);
    if (text.empty()) return fail(ErrorCode::BadInput, msg("The file is empty."));
    if (auto other = not_a_cut(bytes, text)) return tl::unexpected<Error>(std::move(*other));
    if (text[0] == '{' || text[0] == '[') return read_otio(std::move(decoded.text), rate);
    return read_edl(std::move(decoded.text), rate);
}

Result<CutPair> compare_cuts(ByteView before, ByteView after, const std::optional<StatedRate>& rate) {
    auto first = read_cut(before, rate);
    if (!first) return tl::unexpected<Error>(in_file(first.error(), msg("The earlier cut")));
    auto second = read_cut(after, rate);
    if (!second) return tl::unexpected<Error>(in_file(second.error(), msg("The later cut")));
    // Where neither says its rate, the larger one can hold both.
    if (first->rate_assumed && (!second->rate_assumed || second->cut.rate.nominal() > first->cut.rate.nominal()))
        first = in_rate_of(before, std::move(*first), second->cut.rate);
    if (first && second->rate_assumed) second = in_rate_of(after, std::move(*second), first->cut.rate);
    if (!first) return tl::unexpected<Error>(first.error());
    if (!second) return tl::unexpected<Error>(second.error());
    auto diff = cut::compare(first->cut, second->cut);
    if (!diff) return tl::unexpected<Error>(diff.error());
    return CutPair{std::move(*first), std::move(*second), std::move(*diff)};
}

}  // namespace entente::exchange
