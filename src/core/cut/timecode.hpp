// Timecode: frames and the labels that film and television give them. Integers only.
//
// A Rate is an exact fraction of frames a second. Timecode counts in the nominal rate, the next whole number (24 for 23.976, 30 for 29.97):
// 01:00:00:00 is 3,600 nominal seconds of frames. Drop-frame (SMPTE ST 12-1) leaves out labels, never frames: 2 in every minute but each
// tenth at 29.97, 4 at 59.94, so that labels keep time with the clock. Labels wrap at 24 hours; frame counts do not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente::cut {

struct Rate {
    std::int32_t numerator = 25, denominator = 1;  // frames a second; both above zero
    bool drop = false;                             // only where nominal() is a multiple of 30 and the rate is fractional

    // Frames that a second of timecode counts.
    std::int32_t nominal() const { return (numerator + denominator - 1) / denominator; }
    friend bool operator==(const Rate&, const Rate&) = default;
};

// "24", "23.976", "23.98", "29.97", "29.97df", "29.97 DF", "29.97ndf", "59.94df", "30000/1001", "60". None where it is no rate that
// picture runs at. 29.97 and 59.94 alone are not drop-frame.
std::optional<Rate> parse_rate(std::string_view text);
// "25", "23.976", "29.97 DF", "29.97 NDF"
std::string rate_name(const Rate& rate);

// A timecode's label taken apart; `semicolon` where the last separator says drop-frame (; or .).
struct Label {
    std::int32_t hours = 0, minutes = 0, seconds = 0, frames = 0;
    bool semicolon = false;
};
// HH:MM:SS:FF with : ; . or , between, hours and frames of one to three digits. None where it is not one, or minutes or seconds are
// over 59.
std::optional<Label> parse_label(std::string_view text);
// Whether the label can stand at this rate: frames below the nominal rate, and no label that drop-frame leaves out.
bool label_exists(const Label& label, const Rate& rate);
// A label that does not exist is taken as the frame where it would have stood.
std::int64_t frames_of(const Label& label, const Rate& rate);

// Frames of 24 hours.
std::int64_t day_frames(const Rate& rate);
// "01:00:04:05", drop-frame "01:00:04;05". Wraps at 24 hours, also below zero.
std::string timecode(std::int64_t frame, const Rate& rate);
// "00:00:10:05" of a length, which does not wrap.
std::string length_text(std::int64_t frames, const Rate& rate);

// `value` units of `from` a second as frames of `to`, the nearest; halves upwards. None where the numbers are too large.
std::optional<std::int64_t> rescale(std::int64_t value, const Rate& from, const Rate& to);

}  // namespace entente::cut
