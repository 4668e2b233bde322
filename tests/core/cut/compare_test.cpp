// Comparing two cuts: a cut with itself gives nothing, and edits made on purpose are found back, exactly those.
#include <doctest.h>

#include <algorithm>

#include "base/locale.hpp"
#include "core/cut/compare.hpp"

using namespace entente;
using namespace entente::cut;

namespace {

struct Random {
    std::uint64_t state;
    std::uint64_t below(std::uint64_t most) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        return (state >> 33) % most;
    }
};

Event shot(const std::string& name, std::int64_t source_in, std::int64_t length) {
    Event event;
    event.name = name;
    event.reel = "A001";
    event.source = {source_in, source_in + length};
    event.record = {0, length};
    return event;
}

// Lays the events one after the other from one hour on and numbers them.
Cut laid(std::vector<Event> events) {
    Cut cut;
    cut.tracks = {{TrackKind::Picture, "V"}};
    cut.start = 90'000;
    std::int64_t at = cut.start;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::int64_t length = events[i].record.length();
        events[i].record = {at, at + length};
        events[i].number = std::to_string(i + 1);
        at += length;
    }
    cut.events = std::move(events);
    return cut;
}

std::vector<Event> reel(std::size_t count, Random& random) {
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i)
        events.push_back(shot("take_" + std::to_string(i), 1000 + static_cast<std::int64_t>(random.below(50'000)),
                              40 + static_cast<std::int64_t>(random.below(200))));
    return events;
}

Diff diff_of(const Cut& before, const Cut& after) {
    auto diff = compare(before, after);
    REQUIRE(diff.has_value());
    return std::move(*diff);
}

std::string said(const Diff& diff) {
    std::string out;
    for (const EventChange& change : diff.changes)
        out += (out.empty() ? "" : ", ") + std::string(kind_code(change.kind)) + " " + (change.gap ? "black" : change.name) + " " +
               std::to_string(change.frames);
    return out;
}

}  // namespace

TEST_CASE("a cut compared with itself is the same cut") {
    Random random{7};
    const Cut cut = laid(reel(300, random));
    const Diff diff = diff_of(cut, cut);
    CHECK(diff.empty());
    CHECK(diff.frames_changed == 0);
    CHECK(diff.shifted == 0);
    CHECK(diff.events_before == 300);
}

TEST_CASE("one event added: the rest only ripples") {
    std::vector<Event> events{shot("a", 0, 50), shot("b", 0, 60), shot("c", 0, 70)};
    const Cut before = laid(events);
    events.insert(events.begin() + 1, shot("new", 300, 25));
    const Diff diff = diff_of(before, laid(events));
    CHECK(said(diff) == "added new 25");
    CHECK(diff.shifted == 2);
    CHECK(diff.frames_changed == 25);
    CHECK(diff.changes[0].before == std::nullopt);
    CHECK(diff.changes[0].after == Range{90'050, 90'075});
}

TEST_CASE("an event lifted and an event taken out with the hole closed are both one removal") {
    std::vector<Event> events{shot("a", 0, 50), shot("b", 0, 60), shot("c", 0, 70)};
    const Cut before = laid(events);
    Cut lifted = before;
    lifted.events.erase(lifted.events.begin() + 1);
    CHECK(said(diff_of(before, lifted)) == "removed b 60");
    events.erase(events.begin() + 1);
    CHECK(said(diff_of(before, laid(events))) == "removed b 60");
}

TEST_CASE("an event elsewhere in the order is moved, and of two exchanged the shorter one") {
    std::vector<Event> events{shot("a", 0, 50), shot("b", 0, 60), shot("c", 0, 70), shot("d", 0, 80)};
    const Cut before = laid(events);
    std::rotate(events.begin(), events.begin() + 1, events.end());
    CHECK(said(diff_of(before, laid(events))) == "moved a 50");
    const Cut exchanged = laid({before.events[0], before.events[2], before.events[1], before.events[3]});
    CHECK(said(diff_of(before, exchanged)) == "moved b 60");
}

TEST_CASE("a trim counts the frames that come and go; moved and trimmed are two changes") {
    std::vector<Event> events{shot("a", 0, 50), shot("b", 100, 60), shot("c", 0, 70), shot("d", 0, 80)};
    const Cut before = laid(events);
    auto trimmed = events;
    trimmed[1].source = {105, 170};
    trimmed[1].record = {0, 65};
    CHECK(said(diff_of(before, laid(trimmed))) == "trimmed b 15");
    std::swap(trimmed[1], trimmed[3]);
    std::swap(trimmed[1], trimmed[2]);
    CHECK(said(diff_of(before, laid(trimmed))) == "moved b 65, trimmed b 15");
}

TEST_CASE("another speed is a retime, whatever it does to the length") {
    std::vector<Event> events{shot("a", 0, 50), shot("b", 100, 60), shot("c", 0, 70)};
    const Cut before = laid(events);
    auto slow = events;
    slow[1].speed_millionths = kNormalSpeed / 2;
    slow[1].record = {0, 120};
    CHECK(said(diff_of(before, laid(slow))) == "retimed b 120");
    auto reverse = events;
    reverse[1].speed_millionths = -kNormalSpeed;
    CHECK(said(diff_of(before, laid(reverse))) == "retimed b 60");
}

TEST_CASE("a transition that becomes longer on both sides of the cut is one change") {
    std::vector<Event> events{shot("a", 0, 50), shot("b", 100, 60), shot("c", 0, 70)};
    events[1].transition = {TransitionKind::Dissolve, 0, 10};
    const Cut before = laid(events);
    auto plain = events;
    plain[1].transition.frames = 20;
    CHECK(said(diff_of(before, laid(plain))) == "transition b 20");
    auto rolled = plain;
    rolled[0].source.out -= 5, rolled[0].record = {0, 45};
    rolled[1].source.in -= 5, rolled[1].record = {0, 65};
    CHECK(said(diff_of(before, laid(rolled))) == "transition b 20");
}

TEST_CASE("time alone: black that grows, one event that slides") {
    std::vector<Event> events{shot("a", 0, 50), shot("b", 0, 60), shot("c", 0, 70), shot("d", 0, 80), shot("e", 0, 90)};
    const Cut before = laid(events);
    Cut opened = before;
    for (std::size_t i = 2; i < 5; ++i) opened.events[i].record.in += 12, opened.events[i].record.out += 12;
    CHECK(said(diff_of(before, opened)) == "added black 12");
    CHECK(said(diff_of(opened, before)) == "removed black 12");
    Cut slid = opened;
    slid.events[2].record = {slid.events[2].record.in - 4, slid.events[2].record.out - 4};
    CHECK(said(diff_of(opened, slid)) == "moved c 70");
}

TEST_CASE("a second track that ripples with the first has not changed; sound is counted apart") {
    std::vector<Event> events{shot("a", 0, 50), shot("b", 0, 60), shot("c", 0, 70)};
    const auto with_sound = [](Cut cut, std::int64_t at) {
        cut.tracks.push_back({TrackKind::Sound, "A"});
        Event sound = shot("room tone", 0, 30);
        sound.track = 1;
        sound.record = {at, at + 30};
        cut.events.push_back(sound);
        return cut;
    };
    const Cut before = with_sound(laid(events), 90'115);
    events.insert(events.begin(), shot("new", 0, 25));
    const Diff diff = diff_of(before, with_sound(laid(events), 90'140));
    CHECK(said(diff) == "added new 25");
    const Diff trimmed = [&] {
        Cut after = before;
        after.events[3].source.out += 5, after.events[3].record.out += 5;
        return diff_of(before, after);
    }();
    CHECK(said(trimmed) == "trimmed room tone 5");
    CHECK(trimmed.frames_changed == 0);
    CHECK(trimmed.sound_frames == 5);
}

TEST_CASE("cuts of different rates are refused, 24 and 23.976 are not") {
    std::vector<Event> events{shot("a", 0, 50)};
    Cut a = laid(events), b = laid(events);
    a.rate = {24, 1, false};
    b.rate = {24000, 1001, false};
    CHECK(compare(a, b).has_value());
    b.rate = {25, 1, false};
    CHECK_FALSE(compare(a, b).has_value());
}

TEST_CASE("random edits of random cuts are found back, exactly those") {
    Random random{20260302};
    for (int round = 0; round < 400; ++round) {
        std::vector<Event> events = reel(12 + random.below(60), random);
        const Cut before = laid(events);
        std::vector<std::string> made;
        // Edits keep a distance, so that each stays what it was when it was made.
        std::size_t at = random.below(3);
        std::vector<Event> after;
        for (std::size_t i = 0; i < events.size(); ++i) {
            Event event = events[i];
            if (i != at) {
                after.push_back(event);
                continue;
            }
            at += 3 + random.below(6);
            const std::int64_t frames = 1 + static_cast<std::int64_t>(random.below(20));
            switch (random.below(5)) {
                case 0:
                    after.push_back(shot("new_" + std::to_string(i), 7, frames));
                    made.push_back("added new_" + std::to_string(i) + " " + std::to_string(frames));
                    after.push_back(event);
                    break;
                case 1: made.push_back("removed " + event.name + " " + std::to_string(event.record.length())); break;
                case 2:
                    event.source.out += frames;
                    event.record.out += frames;
                    made.push_back("trimmed " + event.name + " " + std::to_string(frames));
                    after.push_back(event);
                    break;
                case 3:
                    event.speed_millionths = 500'000;
                    made.push_back("retimed " + event.name + " " + std::to_string(event.record.length()));
                    after.push_back(event);
                    break;
                default:
                    event.source.in -= frames;
                    event.source.out -= frames;
                    made.push_back("trimmed " + event.name + " " + std::to_string(2 * frames));
                    after.push_back(event);
            }
        }
        const Diff diff = diff_of(before, laid(after));
        std::vector<std::string> found;
        for (const EventChange& change : diff.changes)
            found.push_back(std::string(kind_code(change.kind)) + " " + change.name + " " + std::to_string(change.frames));
        std::sort(found.begin(), found.end());
        std::sort(made.begin(), made.end());
        CHECK(found == made);
        CHECK(diff_of(laid(after), laid(after)).empty());
    }
}

TEST_CASE("one event moved anywhere is one change, and back is one") {
    Random random{11};
    for (int round = 0; round < 300; ++round) {
        std::vector<Event> events = reel(10 + random.below(50), random);
        const Cut before = laid(events);
        const std::size_t from = random.below(events.size()), to = random.below(events.size());
        const Event moved = events[from];
        events.erase(events.begin() + static_cast<std::ptrdiff_t>(from));
        events.insert(events.begin() + static_cast<std::ptrdiff_t>(to), moved);
        const Diff diff = diff_of(before, laid(events));
        CHECK(diff.changes.size() == (from == to ? 0u : 1u));
        for (const EventChange& change : diff.changes) CHECK(change.kind == Kind::Moved);
        if (from + 1 < to || to + 1 < from) CHECK(said(diff) == "moved " + moved.name + " " + std::to_string(moved.record.length()));
    }
}

TEST_CASE("whether reels count is the same in both directions") {
    const auto three = [](const std::string& first, const std::string& second) {
        std::vector<Event> events{shot("two", 100, 75), shot("two", 100, 75), shot("two", 100, 75)};
        events[0].reel = events[2].reel = first;
        events[1].reel = second;
        return laid(events);
    };
    const Cut one = three("R6", "R6"), mixed = three("R2", "R6");
    const Diff diff = diff_of(one, mixed), back = diff_of(mixed, one);
    CHECK(diff.notes.size() == back.notes.size());
    CHECK(diff.changes.size() == back.changes.size());
    CHECK(diff.frames_changed == back.frames_changed);
    // All of them renamed is another way to name them, and no change.
    CHECK(diff_of(one, three("B6", "B6")).empty());
    CHECK(diff_of(three("B6", "B6"), one).notes.size() == 1);
}
