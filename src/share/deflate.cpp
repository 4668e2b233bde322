#include "share/deflate.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <zlib.h>

#include "share/deflate_best.hpp"

namespace entente::share {

namespace {

constexpr int kRawWindow = -15;  // raw deflate, 32 KiB window

const Bytef* input(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

std::optional<Bytes> deflate_once(std::string_view text, std::string_view dictionary, int level, int memory, int strategy) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, kRawWindow, memory, strategy) != Z_OK) return std::nullopt;
    deflateSetDictionary(&stream, input(dictionary), static_cast<uInt>(dictionary.size()));
    Bytes out(deflateBound(&stream, static_cast<uLong>(text.size())));
    stream.next_in = const_cast<Bytef*>(input(text));  // zlib does not write to it
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) return std::nullopt;
    return out;
}

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Damaged, msg("This link is damaged: its text cannot be read."), "",
                msg("Ask for the link again, and copy it whole."));
}

}  // namespace

Bytes compress(std::string_view text, std::string_view dictionary, std::size_t max_ratio) {
    Bytes best;
    if (text.empty()) return best;
    // Memory level decides where zlib ends a block, level and strategy which matches it takes: no one setting is always best.
    const auto attempt = [&](int level, int memory, int strategy) {
        std::optional<Bytes> out = deflate_once(text, dictionary, level, memory, strategy);
        if (!out || out->size() * max_ratio < text.size()) return;
        if (best.empty() || out->size() < best.size()) best = std::move(*out);
    };
    for (const int level : {4, 5, 6, 8, 9}) {
        for (int memory = 1; memory <= 9; ++memory) {
            attempt(level, memory, Z_DEFAULT_STRATEGY);
            attempt(level, memory, Z_FILTERED);
        }
    }
    // Ours is shorter still for a few kilobytes. Taken only where it reads back as what went in.
    const std::optional<Bytes> ours = deflate_best(text, dictionary);
    if (ours && ours->size() < best.size()) {
        const Result<std::string> back = expand(*ours, dictionary, text.size(), max_ratio);
        if (back && *back == text) best = *ours;
    }
    // Texts that repeat beyond the allowed ratio: single letters only, at most 8 : 1.
    if (best.empty()) attempt(9, 8, Z_HUFFMAN_ONLY);
    return best;
}

Result<std::string> expand(ByteView compressed, std::string_view dictionary, std::size_t max_bytes, std::size_t max_ratio) {
    std::string text;
    if (compressed.empty()) return text;
    const std::size_t limit = std::min(max_bytes, compressed.size() * max_ratio);
    z_stream stream{};
    if (inflateInit2(&stream, kRawWindow) != Z_OK) return damaged();
    inflateSetDictionary(&stream, input(dictionary), static_cast<uInt>(dictionary.size()));
    stream.next_in = const_cast<Bytef*>(compressed.data());
    stream.avail_in = static_cast<uInt>(compressed.size());
    std::array<char, 16384> block;
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = static_cast<uInt>(block.size());
        result = inflate(&stream, Z_NO_FLUSH);
        const std::size_t got = block.size() - stream.avail_out;
        if (got > limit - text.size()) {
            inflateEnd(&stream);
            return fail(ErrorCode::TooLarge, msg("This link unpacks to far more than a status holds. It was not opened."), "",
                        msg("Ask the post house for a new link."));
        }
        text.append(block.data(), got);
    }
    const bool whole = result == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    if (!whole) return damaged();
    return text;
}

}  // namespace entente::share
