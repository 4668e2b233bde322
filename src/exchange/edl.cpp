#include "exchange/edl.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include "base/text.hpp"
#include "exchange/edl_lines.hpp"

namespace entente::exchange {

namespace {

using cut::Label;
using cut::Rate;

constexpr std::array<std::int32_t, 6> kNominalRates = {24, 25, 30, 48, 50, 60};

std::int64_t seconds_of(const Label& label) { return (std::int64_t{label.hours} * 60 + label.minutes) * 60 + label.seconds; }

// What the lines themselves say of their rate.
struct Evidence {
    std::int32_t highest_frame = 0;
    std::size_t labels = 0;
    bool drop = false;
    std::map<std::int32_t, std::int64_t> votes;  // nominal rate -> events whose source and record are equally long at it alone
};

Evidence look(const EdlLines& lines) {
    Evidence out;
    out.drop = lines.drop.value_or(false);
    for (const EdlEvent& event : lines.events) {
        const auto& [source_in, source_out, record_in, record_out] = event.labels;
        for (const Label& label : event.labels) out.highest_frame = std::max(out.highest_frame, label.frames);
        out.labels += event.labels.size();
        if (!lines.drop && record_in.semicolon && record_out.semicolon) out.drop = true;
        if (event.speed_micro_fps) continue;
        // frames: out - in + seconds * rate, the same for source and record
        const std::int64_t seconds = (seconds_of(source_out) - seconds_of(source_in)) - (seconds_of(record_out) - seconds_of(record_in));
        const std::int64_t frames = (record_out.frames - record_in.frames) - (source_out.frames - source_in.frames);
        if (seconds == 0 || frames % seconds != 0) continue;
        const std::int64_t rate = frames / seconds;
        if (std::find(kNominalRates.begin(), kNominalRates.end(), rate) != kNominalRates.end())
            ++out.votes[static_cast<std::int32_t>(rate)];
    }
    return out;
}

struct Chosen {
    Rate rate;
    bool assumed = false;
};

Chosen choose_rate(const EdlLines& lines, const Evidence& evidence, const std::optional<StatedRate>& stated) {
    if (stated) {
        Rate rate = stated->rate;
        const bool can_drop = rate.denominator > 1 && rate.nominal() % 30 == 0;
        if (!stated->mode_stated && can_drop) rate.drop = evidence.drop;
        return {rate, false};
    }
    if (evidence.drop) return {evidence.highest_frame >= 30 ? Rate{60000, 1001, true} : Rate{30000, 1001, true}, false};
    std::int32_t nominal = 0;
    std::int64_t most = 0;
    for (const auto& [rate, votes] : evidence.votes) {
        if (rate > evidence.highest_frame && votes > most) nominal = rate, most = votes;
    }
    // Of so many timecodes at a higher rate at least one would have shown it: at 25, 200 without a frame 24 are one list in 3,500.
    constexpr std::size_t kManyLabels = 200;
    if (nominal == 0 && evidence.labels >= kManyLabels) {
        for (auto rate = kNominalRates.rbegin(); rate != kNominalRates.rend(); ++rate) {
            if (*rate > evidence.highest_frame) nominal = *rate;
        }
    }
    const bool assumed = nominal == 0;
    if (assumed) {
        nominal = 25;
        for (const std::int32_t rate : {25, 30, 48, 50, 60}) {
            nominal = rate;
            if (rate > evidence.highest_frame) break;
        }
    }
    // Only 29.97 and 59.94 have to say that they do not drop frames.
    const bool says_so = lines.drop.has_value() && nominal % 30 == 0;
    return {says_so ? Rate{nominal * 1000, 1001, false} : Rate{nominal, 1, false}, assumed};
}

class Builder {
public:
    Builder(const EdlLines& lines, const Chosen& chosen, ProblemList& problems) : lines_(lines), problems_(problems), rate_(chosen.rate) {
        file_.rate_assumed = chosen.assumed;
        beyond_ = lines.beyond;
    }

    CutFile build() {
        file_.cut.title = lines_.title;
        file_.cut.format = cut::Format::Edl;
        file_.cut.rate = rate_;
        for (const EdlEvent& line : lines_.events) event(line);
        past_midnight();
        order();
        say();
        return std::move(file_);
    }

private:
    std::int64_t frames(const Label& label, bool drop) {
        Rate rate = rate_;
        rate.drop = drop && rate.nominal() % 30 == 0;
        if (!cut::label_exists(label, rate)) ++impossible_;
        return cut::frames_of(label, rate);
    }

    std::size_t track_of(const std::string& channel) {
        std::string name = channel;
        std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        const std::size_t v = name.find('V');
        const bool picture = v != std::string::npos || name[0] == 'B';
        if (picture) {
            std::string number;
            while (v != std::string::npos && v + 1 + number.size() < name.size() && name[v + 1 + number.size()] >= '0' &&
                   name[v + 1 + number.size()] <= '9')
                number += name[v + 1 + number.size()];
            name = number.empty() || number == "1" ? "V" : "V" + number;
        }
        auto& tracks = file_.cut.tracks;
        const auto found = std::find_if(tracks.begin(), tracks.end(), [&](const cut::Track& track) { return track.name == name; });
        if (found != tracks.end()) return static_cast<std::size_t>(found - tracks.begin());
        if (tracks.size() >= cut::kMaxTracks) return tracks.size() - 1;
        tracks.push_back({picture ? cut::TrackKind::Picture : cut::TrackKind::Sound, name});
        return tracks.size() - 1;
    }

    void event(const EdlEvent& line) {
        cut::Range record{frames(line.labels[2], rate_.drop || line.labels[2].semicolon),
                          frames(line.labels[3], rate_.drop || line.labels[3].semicolon)};
        const std::int64_t day = cut::day_frames(rate_);
        if (record.in - record.out > day / 2) record.out += day;
        if (record.in == record.out) return;  // the outgoing side of a transition
        if (record.in > record.out) {
            problems_.error(line.line, msg("Event {0} ends before it begins and was left out.", line.number));
            return;
        }
        if (file_.cut.events.size() >= cut::kMaxEvents) {
            ++beyond_;
            return;
        }
        cut::Event out;
        out.track = track_of(line.channel);
        out.number = line.number;
        out.reel = line.reel;
        out.name = !line.from.empty() ? line.from : line.file;
        const std::string reel = lower_ascii(line.reel);
        out.black = reel == "bl" || reel == "black";
        out.record = record;
        out.transition = line.transition;
        if (line.speed_micro_fps) out.speed_millionths = speed(*line.speed_micro_fps);
        out.source = source(line, out);
        file_.cut.events.push_back(std::move(out));
    }

    std::int64_t speed(std::int64_t micro_fps) const {
        // What is written as the rate itself is normal speed: 23.98 of 24, 29.97 of 30.
        const std::int64_t exact = std::int64_t{rate_.numerator} * 1'000'000 / rate_.denominator;
        if (std::llabs(micro_fps - exact) < 30'000 || micro_fps == std::int64_t{rate_.nominal()} * 1'000'000) return cut::kNormalSpeed;
        const std::int64_t half = rate_.nominal() / 2;
        return (micro_fps >= 0 ? micro_fps + half : micro_fps - half) / rate_.nominal();
    }

    cut::Range source(const EdlEvent& line, const cut::Event& event) {
        if (event.black) return {0, event.record.length()};
        cut::Range source{frames(line.labels[0], line.drop_source || line.labels[0].semicolon),
                          frames(line.labels[1], line.drop_source || line.labels[1].semicolon)};
        const std::int64_t day = cut::day_frames(rate_);
        if (event.speed_millionths >= 0 && source.in - source.out > day / 2) source.out += day;
        if (source.in > source.out) {
            if (event.speed_millionths >= 0) ++backwards_;
            std::swap(source.in, source.out);
        }
        if (source.in == source.out) source.out = source.in + (event.speed_millionths == cut::kNormalSpeed ? event.record.length() : 1);
        if (event.speed_millionths == cut::kNormalSpeed && source.length() != event.record.length() && fits_.number.empty()) {
            fits_.number = line.number;
            fits_.line = line.line;
        }
        if (event.speed_millionths == cut::kNormalSpeed && source.length() != event.record.length()) ++fits_.count;
        return source;
    }

    // No programme runs for twelve hours: what stands that far before the rest comes after midnight.
    void past_midnight() {
        auto& events = file_.cut.events;
        if (events.empty()) return;
        const auto by_in = [](const cut::Event& a, const cut::Event& b) { return a.record.in < b.record.in; };
        const auto [first, last] = std::minmax_element(events.begin(), events.end(), by_in);
        const std::int64_t half = cut::day_frames(rate_) / 2;
        if (last->record.in - first->record.in <= half) return;
        for (cut::Event& event : events) {
            if (event.record.in >= half) continue;
            event.record.in += 2 * half;
            event.record.out += 2 * half;
        }
    }

    void order() {
        auto& events = file_.cut.events;
        std::stable_sort(events.begin(), events.end(), [](const cut::Event& a, const cut::Event& b) {
            return a.track != b.track ? a.track < b.track : a.record.in < b.record.in;
        });
        for (std::size_t i = 1; i < events.size(); ++i) {
            // A key lies over its background.
            const bool over = events[i].transition.kind == cut::TransitionKind::Key;
            if (events[i].track == events[i - 1].track && events[i].record.in < events[i - 1].record.out && !over) ++overlaps_;
        }
        if (events.empty()) return;
        file_.cut.start = events.front().record.in;
        for (const cut::Event& event : events) file_.cut.start = std::min(file_.cut.start, event.record.in);
    }

    void say() {
        const std::string name = cut::rate_name(rate_);
        if (file_.rate_assumed)
            problems_.note(0, msg("The list does not say its rate: {0} frames a second is assumed.", name));
        if (impossible_ > 0)
            problems_.note(0, msgn("{n} timecode cannot be at {0} frames a second.", "{n} timecodes cannot be at {0} frames a second.",
                                   impossible_, name));
        if (backwards_ > 0)
            problems_.note(0, msgn("{n} source range runs backwards without a speed change and was turned round.",
                                   "{n} source ranges run backwards without a speed change and were turned round.", backwards_));
        if (fits_.count > 0)
            problems_.note(
                fits_.line,
                msgn("{n} event is not as long in its source as in its record, and no speed change says why: {0}.",
                     "{n} events are not as long in their source as in their record, and no speed change says why; the first: {0}.",
                     fits_.count, fits_.number));
        if (overlaps_ > 0)
            problems_.note(0, msgn("{n} event begins before the one before it ends.", "{n} events begin before the one before them ends.",
                                   overlaps_));
        if (beyond_ > 0)
            problems_.error(
                0, msgn("{n} event more than can be read was left out.", "{n} events more than can be read were left out.", beyond_));
    }

    struct Fit {
        std::string number;
        int line = 0;
        std::int64_t count = 0;
    };

    const EdlLines& lines_;
    ProblemList& problems_;
    Rate rate_;
    CutFile file_;
    std::int64_t impossible_ = 0, backwards_ = 0, overlaps_ = 0, beyond_ = 0;
    Fit fits_;
};

}  // namespace

Result<CutFile> read_edl(std::string text, const std::optional<StatedRate>& rate) {
    ProblemList problems;
    const EdlLines lines = read_edl_lines(text, problems);
    std::string().swap(text);  // as large as a file may be, and no longer needed
    CutFile file = Builder(lines, choose_rate(lines, look(lines), rate), problems).build();
    if (file.cut.events.empty()) {
        return fail(ErrorCode::BadInput, msg("No event of an edit decision list was found in this file."), {},
                    msg("Export a CMX 3600 EDL or an OpenTimelineIO timeline (.otio) from the editing system."));
    }
    file.problems = problems.take();
    return file;
}

}  // namespace entente::exchange
