// Cuts read from files: the dialects of lists, timelines, and the two against each other.
#include <doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/locale.hpp"
#include "exchange/cut_file.hpp"

using namespace entente;
using namespace entente::exchange;

namespace {

CutFile read(std::string_view text, const char* rate = nullptr) {
    auto file = read_cut(bytes_of(text), rate ? parse_stated_rate(rate) : std::nullopt);
    if (!file) FAIL(Locale().text(file.error().what));
    return std::move(*file);
}

std::string changes(std::string_view before, std::string_view after, const char* rate = nullptr) {
    const auto pair = compare_cuts(bytes_of(before), bytes_of(after), rate ? parse_stated_rate(rate) : std::nullopt);
    if (!pair) return "error: " + Locale().text(pair.error().what);
    std::string out;
    for (const cut::EventChange& change : pair->diff.changes)
        out += (out.empty() ? "" : ", ") + std::string(cut::kind_code(change.kind)) + " " + (change.gap ? "black" : change.name) + " " +
               std::to_string(change.frames);
    return out;
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

const std::string kList =
    "TITLE: Reel 1\r\nFCM: NON-DROP FRAME\r\n\r\n"
    "001  A001C003 V     C        01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00\r\n* FROM CLIP NAME: one\r\n"
    "002  A001C004 V     C        02:00:00:20 02:00:03:05 01:00:02:00 01:00:04:10\r\n* FROM CLIP NAME: two\r\n"
    "003  A001C005 V     C        03:00:00:00 03:00:00:00 01:00:04:10 01:00:04:10\r\n"
    "003  A001C006 V     D    012 04:00:00:00 04:00:02:00 01:00:04:10 01:00:06:10\r\n* FROM CLIP NAME: three\r\n* TO CLIP NAME: four\r\n"
    "004  A001C007 V     C        05:00:00:00 05:00:01:00 01:00:06:10 01:00:08:10\r\n"
    "M2   A001C007       012.5                05:00:00:00\r\n* FROM CLIP NAME: five\r\n";

}  // namespace

TEST_CASE("a list's events, names, transitions and speeds") {
    const CutFile file = read(kList);
    REQUIRE(file.cut.events.size() == 4);
    CHECK(file.cut.title == "Reel 1");
    CHECK(file.cut.rate == cut::Rate{25, 1, false});
    CHECK_FALSE(file.rate_assumed);  // event 2 is as long in its source as in its record at 25 alone
    CHECK(file.problems.empty());
    const auto& events = file.cut.events;
    CHECK(events[0].name == "one");
    CHECK(events[2].name == "four");
    CHECK(events[2].transition == cut::Transition{cut::TransitionKind::Dissolve, 0, 12});
    CHECK(events[3].speed_millionths == 500'000);
    CHECK(cut::timecode(events[3].record.in, file.cut.rate) == "01:00:06:10");
}

TEST_CASE("line ends, blank lines, Latin-1 and tabs change nothing") {
    CHECK(changes(kList, with(with(kList, "\r\n\r\n", "\n\n\n"), "001  A001C003 V", "001\tA001C003\tV")) == "");
    std::string mac;
    for (const char c : kList) {
        if (c != '\n') mac += c;
    }
    CHECK(changes(kList, mac) == "");
    CHECK(read(with(kList, "one", "caf\xE9")).cut.events[0].name == "caf\u00E9");
}

TEST_CASE("known edits of a list are exactly those") {
    CHECK(changes(kList, kList) == "");
    CHECK(changes(kList, with(kList, "D    012", "D    020")) == "transition four 20");
    CHECK(changes(kList, with(kList, "012.5 ", "025.0 ")) == "retimed five 50");
    CHECK(changes(kList, with(kList, "012.5 ", "-012.5 ")) == "retimed five 50");
    CHECK(changes(kList, with(kList, "02:00:00:20 02:00:03:05", "02:00:00:22 02:00:03:07")) == "trimmed two 4");
    CHECK(changes(kList, kList + "005  AX V C 00:00:00:00 00:00:01:00 01:00:08:10 01:00:09:10\n* FROM CLIP NAME: end\n") == "added end 25");
    std::string without = kList;
    const std::size_t from = without.find("002  "), to = without.find("003  ");
    without.erase(from, to - from);
    CHECK(changes(kList, without) == "removed two 60");
}

TEST_CASE("a list and a timeline with the same wipe are the same, though only the list numbers it") {
    const char* list = "001  AX V C 00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00\n* FROM CLIP NAME: one\n"
                       "002  AX V C 00:00:02:00 00:00:02:00 00:00:02:00 00:00:02:00\n"
                       "002  AX V W001 010 00:00:04:00 00:00:06:00 00:00:02:00 00:00:04:00\n"
                       "* FROM CLIP NAME: one\n* TO CLIP NAME: two\n";
    const auto time = [](int value) { return R"({"OTIO_SCHEMA":"RationalTime.1","value":)" + std::to_string(value) + R"(,"rate":25})"; };
    const auto clip = [&](const char* name, int in, int length) {
        return std::string(R"({"OTIO_SCHEMA":"Clip.1","name":")") + name +
               R"(","source_range":{"OTIO_SCHEMA":"TimeRange.1","start_time":)" + time(in) + R"(,"duration":)" + time(length) + "}}";
    };
    const std::string timeline = R"({"OTIO_SCHEMA":"Timeline.1","tracks":{"OTIO_SCHEMA":"Stack.1","children":[{"OTIO_SCHEMA":"Track.1",)"
                                 R"("kind":"Video","children":[)" + clip("one", 0, 55) +
                                 R"(,{"OTIO_SCHEMA":"Transition.1","transition_type":"SMPTE_Wipe","in_offset":)" + time(5) +
                                 R"(,"out_offset":)" + time(5) + "}," + clip("two", 105, 45) + "]}]}}";
    CHECK(changes(list, timeline) == "");
    CHECK(changes(timeline, list) == "");
    CHECK(changes(list, with(timeline, "SMPTE_Wipe", "SMPTE_Dissolve")) == "transition two 10");
    CHECK(changes(list, with(list, "W001", "W002")) == "transition two 10");
}

TEST_CASE("black in the place of what was taken out is no second change") {
    const std::string list = "001  A1 V C 00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00\n* FROM CLIP NAME: one\n"
                             "002  A2 V C 00:01:00:00 00:01:02:00 00:00:02:00 00:00:04:00\n* FROM CLIP NAME: two\n"
                             "003  A3 V C 00:02:00:00 00:02:02:00 00:00:04:00 00:00:06:00\n* FROM CLIP NAME: three\n";
    const std::string lifted = with(with(list, "A2", "BL"), "* FROM CLIP NAME: two\n", "");
    CHECK(changes(list, lifted, "25") == "removed two 50");
    CHECK(changes(lifted, list, "25") == "added two 50");
    const std::string at_head = with(with(list, "A1", "BL"), "* FROM CLIP NAME: one\n", "");
    CHECK(changes(list, at_head, "25") == "removed one 50");
    CHECK(changes(at_head, list, "25") == "added one 50");
    const std::string at_end = with(with(list, "A3", "BL"), "* FROM CLIP NAME: three\n", "");
    CHECK(changes(list, at_end, "25") == "removed three 50");
    CHECK(changes(at_end, lifted, "25") == "removed two 50, added three 50");
}

TEST_CASE("a key over its background is no overlap, and its kinds differ") {
    const std::string list = "001  A1 V K B 00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00\n* FROM CLIP NAME: back\n"
                             "001  A2 V K 010 00:01:00:00 00:01:02:00 00:00:00:00 00:00:02:00\n* FROM CLIP NAME: title\n";
    CHECK(read(list, "25").problems.empty());
    CHECK(read(list, "25").cut.events[0].transition.code == 1);
    CHECK(read(with(list, "K 010", "K O 010"), "25").cut.events[1].transition == cut::Transition{cut::TransitionKind::Key, 2, 10});
}

TEST_CASE("drop-frame: by its line, by the semicolons, at twice the rate") {
    const char* list = "FCM: DROP FRAME\n001  AX V C 00:00:59;28 00:01:00;02 01:00:00;00 01:00:00;02\n";
    const CutFile file = read(list);
    CHECK(file.cut.rate == cut::Rate{30000, 1001, true});
    CHECK(file.cut.events[0].source.length() == 2);
    CHECK(file.cut.events[0].record.in == 107'892);
    CHECK(read("001  AX V C 00:00:59;28 00:01:00;02 01:00:00;00 01:00:00;02\n").cut.rate.drop);
    CHECK(read("FCM: DROP FRAME\n001  AX V C 00:00:00;00 00:00:00;45 01:00:00;00 01:00:00;45\n").cut.rate == cut::Rate{60000, 1001, true});
    CHECK(read("FCM: NON-DROP FRAME\n001  AX V C 00:00:00:00 00:00:00:29 01:00:00:00 01:00:00:29\n").cut.rate ==
          cut::Rate{30000, 1001, false});
    CHECK(read(list, "29.97ndf").cut.rate == cut::Rate{30000, 1001, false});
}

TEST_CASE("the rate: stated, proven, or assumed and said so") {
    const char* one = "001  AX V C 01:00:00:00 01:00:01:10 01:00:00:00 01:00:01:10\n";
    CHECK(read(one).rate_assumed);
    CHECK(read(one).cut.rate == cut::Rate{25, 1, false});
    REQUIRE(read(one).problems.size() == 1);
    CHECK_FALSE(read(one, "23.976").rate_assumed);
    // 01:20 to 02:20 crosses one second more in the source than in the record: only 24 frames a second make both 24 frames
    const char* proven =
        "001  AX V C 01:00:00:20 01:00:01:20 01:00:00:00 01:00:01:00\n002  AX V C 01:00:08:09 01:00:09:13 00:59:56:20 00:59:58:00\n";
    CHECK(read(proven).cut.rate == cut::Rate{24, 1, false});
    // and the other file takes it over
    const auto pair = compare_cuts(bytes_of(one), bytes_of(proven));
    REQUIRE(pair.has_value());
    CHECK(pair->before.cut.rate == cut::Rate{24, 1, false});
    CHECK(changes(one, "001  AX V C 01:00:00:00 01:00:00:47 01:00:00:00 01:00:00:47\n") == "trimmed AX 11");  // frame 47 needs 48 a second
    CHECK(read("FCM: DROP FRAME\n001  AX V C 00:00:00:00 00:00:00:10 01:00:00:00 01:00:00:10\n", "25").cut.rate == cut::Rate{25, 1, false});
}

TEST_CASE("channels, long reels, wipes, keys, black, and lists out of order") {
    const CutFile file = read(
        "0002 A_REEL_NAME_LONGER_THAN_EIGHT_001 AA/V C 00:00:02:00 00:00:03:00 01:00:01:00 01:00:02:00\n"
        "0001 B REEL WITH SPACES B C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n"
        "0003 AX V2 W001 025 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n"
        "0004 AX A2 C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n"
        "0005 BL V C 00:00:00:00 00:00:01:00 01:00:02:00 01:00:03:00\n"
        "0006 AX NONE C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\nAUD  3    4\n"
        "0007 AX V K B 000 00:00:00:00 00:00:01:00 01:00:03:00 01:00:04:00\n");
    const auto& cut = file.cut;
    REQUIRE(cut.events.size() == 7);
    CHECK(cut.events[0].number == "0001");
    CHECK(cut.events[0].reel == "B REEL WITH SPACES");
    CHECK(cut.events[2].black);
    CHECK(cut.events[3].transition.kind == cut::TransitionKind::Key);
    CHECK(cut.tracks[cut.events[4].track].name == "V2");
    CHECK(cut.events[4].transition == cut::Transition{cut::TransitionKind::Wipe, 1, 25});
    CHECK(cut.tracks[cut.events[5].track].kind == cut::TrackKind::Sound);
    CHECK(cut.tracks[cut.events[6].track].kind == cut::TrackKind::Sound);
}

TEST_CASE("past midnight, freeze frames, and what cannot be read is named by its line") {
    const CutFile wrap = read(
        "001 AX V C 01:00:00:00 01:00:01:00 23:59:59:00 00:00:00:00\n002 AX V C 02:00:00:00 02:00:01:00 00:00:00:00 00:00:01:00\n", "25");
    CHECK(wrap.cut.events[0].record.length() == 25);
    CHECK(wrap.cut.events[1].record.in == wrap.cut.events[0].record.out);
    const CutFile freeze = read("001 AX V C 01:00:00:00 01:00:00:01 01:00:00:00 01:00:02:00\nM2 AX 000.0 01:00:00:00\n", "25");
    CHECK(freeze.cut.events[0].speed_millionths == 0);
    const CutFile broken = read(
        "001 AX V C 01:00:00:00 01:00:01:00 01:00:00:00 01:00:01:00\n002 AX V X what is this\n003 AX V C 01:00:00:00 01:00:01:00 "
        "01:00:02:00 01:00:01:00\n",
        "25");
    REQUIRE(broken.problems.size() == 2);
    CHECK(broken.problems[0].line == 2);
    CHECK(broken.problems[1].line == 3);
    CHECK(broken.problems[0].error);
}

TEST_CASE("a list of more events than can be read keeps the first and counts the rest") {
    std::string list = "TITLE: Reel 1\n";
    for (int i = 0; i < 70'000; ++i) {
        list += "001 A V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n* FROM CLIP NAME: " + std::to_string(i) + "\n";
    }
    const CutFile file = read(list, "25");
    REQUIRE(file.cut.events.size() == 50'000);
    CHECK(file.cut.events.back().name == "49999");
    const auto said = [&file](std::string_view words) {
        return std::any_of(file.problems.begin(), file.problems.end(),
                           [&](const auto& problem) { return Locale().text(problem.text) == words; });
    };
    CHECK(said("20,000 events more than can be read were left out."));
}

TEST_CASE("files that are no cut say what they are") {
    for (const std::string_view text :
         {"", "   \n", "hello\nworld\n", "{", "{}", "[1,2]", "{\"OTIO_SCHEMA\":\"Clip.1\"}", "<xmeml/>", "PK\x03\x04zip"})
        CHECK_FALSE(read_cut(bytes_of(text)).has_value());
    const std::string deep = std::string(100'000, '[');
    CHECK_FALSE(read_cut(bytes_of(deep)).has_value());
}

namespace {

std::string clip(const std::string& name, int in, int length, const std::string& more = {}, const std::string& rate = "24.0") {
    const auto time = [&](int value) {
        return "{\"OTIO_SCHEMA\":\"RationalTime.1\",\"rate\":" + rate + ",\"value\":" + std::to_string(value) + "}";
    };
    return "{\"OTIO_SCHEMA\":\"Clip.2\",\"name\":\"" + name + "\"" + more +
           ",\"source_range\":{\"OTIO_SCHEMA\":\"TimeRange.1\",\"start_time\":" + time(in) + ",\"duration\":" + time(length) + "}}";
}

std::string timeline(const std::string& children, const std::string& more = {}) {
    return "{\"OTIO_SCHEMA\":\"Timeline.1\",\"name\":\"t\"" + more +
           ",\"tracks\":{\"OTIO_SCHEMA\":\"Stack.1\",\"children\":[{\"OTIO_SCHEMA\":\"Track.1\",\"kind\":\"Video\",\"name\":\"V1\","
           "\"children\":[" +
           children + "]}]}}";
}

const char* kDissolve =
    "{\"OTIO_SCHEMA\":\"Transition.1\",\"transition_type\":\"SMPTE_Dissolve\",\"in_offset\":{\"rate\":24,\"value\":5},\"out_offset\":{"
    "\"rate\":24,\"value\":%}}";

}  // namespace

TEST_CASE("a timeline: clips, gaps, speeds, transitions, nests") {
    const std::string warp = ",\"effects\":[{\"OTIO_SCHEMA\":\"LinearTimeWarp.1\",\"time_scalar\":2.0}]";
    const std::string a = clip("a", 10, 48), b = clip("b", 100, 24), slow = clip("c", 0, 24, warp);
    const std::string gap =
        "{\"OTIO_SCHEMA\":\"Gap.1\",\"source_range\":{\"start_time\":{\"rate\":24,\"value\":0},\"duration\":{\"rate\":24,\"value\":12}}}";
    const CutFile file = read(timeline(a + "," + gap + "," + b + "," + slow));
    REQUIRE(file.cut.events.size() == 3);
    CHECK(file.cut.rate == cut::Rate{24, 1, false});
    CHECK(file.cut.events[1].record == cut::Range{60, 84});
    CHECK(file.cut.events[2].speed_millionths == 2'000'000);
    CHECK(file.problems.empty());
    CHECK(changes(timeline(a + "," + b), timeline(a + "," + gap + "," + b)) == "added black 12");
    CHECK(changes(timeline(a + "," + b), timeline(b + "," + a)) == "moved b 24");
    CHECK(changes(timeline(a + "," + b + "," + slow), timeline(a + "," + b + "," + clip("c", 0, 24))) == "retimed c 24");
    const std::string short_one = with(kDissolve, "%", "5"), long_one = with(kDissolve, "%", "9");
    CHECK(changes(timeline(a + "," + b), timeline(a + "," + short_one + "," + b)) == "transition b 10");
    CHECK(changes(timeline(a + "," + short_one + "," + b), timeline(a + "," + long_one + "," + b)) == "transition b 14");
    const std::string nest =
        "{\"OTIO_SCHEMA\":\"Stack.1\",\"name\":\"nest\",\"children\":[{\"OTIO_SCHEMA\":\"Track.1\",\"kind\":\"Video\",\"children\":[" +
        a + "," + b + "]}]}";
    CHECK(changes(timeline(a + "," + b), timeline(nest)) == "");
    const std::string cut_nest =
        with(nest, "\"name\":\"nest\"",
             "\"source_range\":{\"start_time\":{\"rate\":24,\"value\":40},\"duration\":{\"rate\":24,\"value\":20}}");
    const CutFile inside = read(timeline(cut_nest));
    REQUIRE(inside.cut.events.size() == 2);
    CHECK(inside.cut.events[0].source == cut::Range{50, 58});
    CHECK(inside.cut.events[1].record == cut::Range{8, 20});
}

TEST_CASE("a timeline's odd rates, unknown parts and switched-off clips") {
    CHECK(read(timeline(clip("a", 0, 30, {}, "29.97002997"))).cut.rate == cut::Rate{30000, 1001, true});
    CHECK(read(timeline(clip("a", 0, 30, {}, "23.976023976023978"))).cut.rate == cut::Rate{24000, 1001, false});
    CHECK(read(timeline(clip("a", 0, 30, {}, "29.97")), "29.97ndf").cut.rate.drop == false);
    const CutFile file = read(timeline(clip("a", 0, 30) + "," + clip("b", 0, 30, ",\"enabled\":false") +
                                       ",{\"OTIO_SCHEMA\":\"Mystery.3\"}," + clip("c", 0, 9)));
    CHECK(file.cut.events.size() == 2);
    CHECK(file.cut.events[1].record == cut::Range{60, 69});
    CHECK(file.problems.size() == 2);
    CHECK_FALSE(read_cut(bytes_of(timeline(clip("a", 0, 0)))).has_value());
    CHECK_FALSE(read_cut(bytes_of(timeline(clip("a", 0, 30, {}, "NaN")))).has_value());
}

TEST_CASE("a list and a timeline of the same cut are the same cut") {
    const char* list = "001 AX V C 00:00:00:10 00:00:02:10 01:00:00:00 01:00:02:00\n* FROM CLIP NAME: a\n"
                       "002 AX V C 00:00:04:04 00:00:05:04 01:00:02:00 01:00:03:00\n* FROM CLIP NAME: b\n";
    const std::string a = clip("a", 10, 48), b = clip("b", 100, 24);
    CHECK(changes(list, timeline(a + "," + b)) == "");
    CHECK(changes(timeline(a + "," + b), list) == "");
    CHECK(changes(list, timeline(a + "," + clip("b", 100, 30))) == "trimmed b 6");
}

TEST_CASE("every real list and timeline compared with itself gives nothing") {
    const std::string folder = std::string(ENTENTE_SHARED_DATA);
    int read_files = 0;
    for (const char* name :
         {"edl/avid_example.edl", "edl/dissolve_test.edl", "edl/gap_test.edl", "edl/premiere_example.edl", "edl/screening_example.edl",
          "edl/speed_effects_small.edl", "otio/multitrack.otio", "otio/premiere_example.otio", "otio/screening_example.otio",
          "otio/simple_cut.otio", "otio/transition_test.otio"}) {
        std::ifstream in(folder + "/" + name, std::ios::binary);
        if (!in) continue;
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        CHECK_MESSAGE(changes(text, text) == "", name);
        CHECK(read(text).cut.events.size() >= 2);
        ++read_files;
    }
    if (read_files == 0) MESSAGE("the real files are not here: skipped");
    std::ifstream list(folder + "/edl/screening_example.edl"), otio(folder + "/otio/screening_example.otio");
    if (!list || !otio) return;
    CHECK(changes(std::string{std::istreambuf_iterator<char>(list), {}}, std::string{std::istreambuf_iterator<char>(otio), {}}) == "");
}
