// The two files of a comparison: compared as soon as both are there, and again at the rate that a person states.
#include "app/cuts/cut_job.hpp"

#include <doctest.h>

#include <algorithm>

#include "base/locale.hpp"

using namespace entente;

namespace {

// Two seconds a clip, on whole seconds: nothing in the list says how many frames a second has.
std::string list_of(int clips) {
    std::string text = "TITLE: CUT\n\n";
    for (int i = 0; i < clips; ++i) {
        const std::string from = std::to_string(i * 2), to = std::to_string(i * 2 + 2);
        const auto two = [](const std::string& n) { return n.size() < 2 ? "0" + n : n; };
        text += "00" + std::to_string(i + 1) + "  A00" + std::to_string(i + 1) + " V     C        00:00:00:00 00:00:02:00 01:00:" +
                two(from) + ":00 01:00:" + two(to) + ":00\n* FROM CLIP NAME: CLIP " + std::to_string(i + 1) + "\n\n";
    }
    return text;
}

Bytes bytes_of(const std::string& text) { return Bytes(text.begin(), text.end()); }

app::CutJob job_with(const std::string& before, const std::string& after) {
    app::CutJob job;
    job.take(false, "before.edl", bytes_of(before));
    job.take(true, "after.edl", bytes_of(after));
    return job;
}

bool warns(const ui::CutView& view, std::string_view of) {
    return std::any_of(view.warnings.begin(), view.warnings.end(), [&](const Message& one) {
        return Locale().text(one).find(of) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("a rate that is stated counts for lists that leave it open, and can be taken back") {
    app::CutJob job = job_with(list_of(3), list_of(4));
    REQUIRE(job.view().compared);
    CHECK_FALSE(job.view().rate);
    CHECK(job.view().assumed_before);
    CHECK(job.view().assumed_after);
    CHECK(warns(job.view(), "does not say its rate"));
    CHECK(job.view().diff.rate_after == cut::Rate{25, 1, false});
    CHECK(job.view().diff.frames_changed == 50);

    for (const char* name : {"23.976", "24", "25", "29.97ndf", "29.97df", "30", "47.952", "48", "50", "59.94ndf", "59.94df", "60", "100",
                             "119.88", "120"}) {
        const auto rate = cut::parse_rate(name);
        REQUIRE_MESSAGE(rate, name);
        job.set_rate(rate);
        REQUIRE(job.view().compared);
        CHECK(job.view().rate == rate);
        CHECK(job.view().diff.rate_before == *rate);
        CHECK(job.view().diff.rate_after == *rate);
        CHECK(job.view().diff.frames_changed == 2 * rate->nominal());
        CHECK_FALSE(job.view().assumed_before);
        CHECK_FALSE(warns(job.view(), "does not say its rate"));
    }
    job.set_rate(std::nullopt);
    CHECK(job.view().diff.rate_after == cut::Rate{25, 1, false});
    CHECK(job.view().assumed_after);
}

TEST_CASE("a rate stated before the files are there counts when they come; a timeline that says its own keeps it and says so") {
    app::CutJob job;
    job.set_rate(cut::parse_rate("30"));
    CHECK_FALSE(job.view().compared);
    job.take(false, "before.edl", bytes_of(list_of(2)));
    job.take(true, "after.edl", bytes_of(list_of(2)));
    REQUIRE(job.view().compared);
    CHECK(job.view().diff.rate_before == cut::Rate{30, 1, false});
    CHECK(job.view().diff.empty());

    const std::string range = R"({"OTIO_SCHEMA":"TimeRange.1","start_time":{"OTIO_SCHEMA":"RationalTime.1","rate":24,"value":0},)"
                              R"("duration":{"OTIO_SCHEMA":"RationalTime.1","rate":24,"value":48}})";
    const std::string timeline = R"({"OTIO_SCHEMA":"Timeline.1","name":"T","tracks":{"OTIO_SCHEMA":"Stack.1","children":[)"
                                 R"({"OTIO_SCHEMA":"Track.1","kind":"Video","name":"V1","children":[)"
                                 R"({"OTIO_SCHEMA":"Clip.1","name":"CLIP 1","source_range":)" +
                                 range + "}]}]}}";
    app::CutJob own = job_with(timeline, timeline);
    own.set_rate(cut::parse_rate("30"));
    REQUIRE(own.view().compared);
    CHECK(own.view().diff.rate_before == cut::Rate{24, 1, false});
    CHECK(warns(own.view(), "that is what counts"));
}
