// What both fuzzers of cuts look at: what is read keeps its invariants, is the same as itself, and what changed between two of them is
// within what the two hold.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/text.hpp"
#include "exchange/cut_file.hpp"

namespace entente::test {

inline void must(bool holds) {
    if (!holds) std::abort();
}

inline void check_cut(const cut::Cut& cut) {
    for (const cut::Event& event : cut.events) {
        must(event.record.out > event.record.in && event.source.out > event.source.in && event.track < cut.tracks.size());
        must(valid_utf8(event.name));
    }
    const auto same = cut::compare(cut, cut);
    must(same && same->empty());
}

inline void check_pair(const cut::Cut& before, const cut::Cut& after) {
    const auto diff = cut::compare(before, after), back = cut::compare(after, before);
    must(diff.has_value() == back.has_value());
    if (!diff) return;
    must(diff->empty() == back->empty());
    must(diff->frames_changed >= 0 && diff->sound_frames >= 0);
    std::int64_t picture = 0;
    for (const cut::EventChange& change : diff->changes) {
        must(change.frames >= 0 && (change.before || change.after));
        for (const auto& range : {change.before, change.after}) must(!range || range->in <= range->out);
        if (!change.sound) picture += change.frames;
    }
    const bool has_picture = diff->picture_changes > 0;
    must(!has_picture || diff->frames_changed == picture);
}

// Chosen by a byte: nothing is said of the rate, or it is said, with and without its mode.
inline std::optional<exchange::StatedRate> rate_of(std::uint8_t choice) {
    constexpr const char* kRates[] = {"23.976", "24", "25", "29.97df", "29.97ndf", "30", "48", "50", "59.94df", "60"};
    const std::size_t at = choice % (std::size(kRates) + 1);
    return at == 0 ? std::nullopt : exchange::parse_stated_rate(kRates[at - 1]);
}

// The first byte is the rate; a line of five signs parts the earlier cut from the later. Without one they are the same.
struct CutInput {
    std::optional<exchange::StatedRate> rate;
    std::string_view before, after;
};
inline CutInput cut_input(const std::uint8_t* data, std::size_t size) {
    constexpr std::string_view kParts = "\n=====\n";
    if (size == 0) return {};
    const std::string_view text = text_of(ByteView(data + 1, size - 1));
    const std::size_t at = text.find(kParts);
    return {rate_of(data[0]), text.substr(0, at), at == std::string_view::npos ? text : text.substr(at + kParts.size())};
}

// By one reader, and, as a person does it, by the door that tells files apart.
template <class Read>
int check_cuts(const std::uint8_t* data, std::size_t size, const Read& read) {
    const CutInput input = cut_input(data, size);
    const Result<exchange::CutFile> before = read(input.before, input.rate), after = read(input.after, input.rate);
    for (const auto* file : {&before, &after}) {
        if (*file) check_cut((*file)->cut);
    }
    if (before && after) check_pair(before->cut, after->cut);
    const auto pair = exchange::compare_cuts(bytes_of(input.before), bytes_of(input.after), input.rate);
    if (pair) check_pair(pair->before.cut, pair->after.cut);
    return 0;
}

}  // namespace entente::test
