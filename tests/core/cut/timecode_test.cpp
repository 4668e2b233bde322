#include <doctest.h>

#include "core/cut/timecode.hpp"

using namespace entente::cut;

namespace {

std::int64_t at(const char* text, const Rate& rate) {
    const auto label = parse_label(text);
    REQUIRE(label.has_value());
    return frames_of(*label, rate);
}

}  // namespace

TEST_CASE("every label of a day that exists gives its frame back, at every common rate") {
    for (const char* name : {"23.976", "24", "25", "29.97df", "29.97ndf", "30", "48", "50", "59.94df", "59.94ndf", "60"}) {
        const auto rate = parse_rate(name);
        REQUIRE_MESSAGE(rate.has_value(), name);
        for (std::int64_t frame = 0; frame < day_frames(*rate); frame += frame < 40'000 ? 1 : 997) {
            const std::string text = timecode(frame, *rate);
            const auto label = parse_label(text);
            REQUIRE(label.has_value());
            REQUIRE(label_exists(*label, *rate));
            REQUIRE(frames_of(*label, *rate) == frame);
        }
    }
}

TEST_CASE("drop-frame leaves out labels and no frames") {
    const Rate df = *parse_rate("29.97df"), df60 = *parse_rate("59.94df");
    CHECK(at("00:00:59;29", df) + 1 == at("00:01:00;02", df));
    CHECK(at("00:09:59;29", df) + 1 == at("00:10:00;00", df));
    CHECK(at("01:00:00;00", df) == 107'892);
    CHECK(at("00:00:59;59", df60) + 1 == at("00:01:00;04", df60));
    CHECK(at("01:00:00;00", df60) == 215'784);
    CHECK_FALSE(label_exists(*parse_label("00:01:00;01"), df));
    CHECK(timecode(107'892, df) == "01:00:00;00");
}

TEST_CASE("timecodes wrap at midnight, lengths do not") {
    const Rate rate{25, 1, false};
    CHECK(timecode(day_frames(rate) + 3, rate) == "00:00:00:03");
    CHECK(timecode(-1, rate) == "23:59:59:24");
    CHECK(length_text(day_frames(rate) + 3, rate) == "24:00:00:03");
}

TEST_CASE("what is no timecode and no rate is not taken for one") {
    for (const char* text : {"", "01:00:00", "01:60:00:00", "01:00:61:00", "1:2:3:4:5", "aa:bb:cc:dd", "01:00:00:0000", ":::", "01:00:00:"})
        CHECK_FALSE(parse_label(text).has_value());
    for (const char* text : {"", "26", "29.9", "film", "-25", "0"}) CHECK_FALSE(parse_rate(text).has_value());
    CHECK(rate_name(*parse_rate("29.97 DF")) == "29.97 DF");
    CHECK(rate_name(*parse_rate("24000/1001")) == "23.976");
    CHECK(rate_name(*parse_rate("25.00 fps")) == "25");
}

TEST_CASE("values change their rate exactly, halves upwards") {
    CHECK(rescale(48'000, {48'000, 1, false}, {25, 1, false}) == 25);
    CHECK(rescale(1, {50, 1, false}, {25, 1, false}) == 1);
    CHECK(rescale(-1, {50, 1, false}, {25, 1, false}) == 0);
    CHECK(rescale(1001, {24000, 1001, false}, {24, 1, false}) == 1002);
    CHECK_FALSE(rescale(INT64_MAX / 2, {24, 1, false}, {30, 1, false}).has_value());
}
