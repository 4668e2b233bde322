#include "exchange/otio.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/text.hpp"
#include "exchange/otio_time.hpp"
#include "exchange/problem_list.hpp"

namespace entente::exchange {

namespace {

using Value = JsonTree::Value;

constexpr std::size_t kMaxClipName = 255;
constexpr std::int64_t kMaxVisits = 4'000'000;  // of items: a nest is measured before it is taken apart
constexpr std::int64_t kMostPosition = kMostFlicks * 100;

// "Clip" of "Clip.2".
std::string_view schema_of(const Value& value) {
    const std::string_view schema = value["OTIO_SCHEMA"].text();
    return schema.substr(0, schema.find('.'));
}

std::string name_text(std::string_view text) { return clean_utf8(truncate_utf8(trim(text), kMaxClipName)); }

std::string_view last_part(std::string_view path) {
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

Value media_of(const Value& clip) {
    const Value many = clip["media_references"];
    if (!many.is_object()) return clip["media_reference"];
    const std::string_view key = clip["active_media_reference_key"].text();
    const Value active = many[key.empty() ? std::string_view("DEFAULT_MEDIA") : key];
    return active ? active : many.first();
}

// A stretch of time of a composition that is shown, and where its beginning stands in the whole.
struct Window {
    std::int64_t in = 0, out = std::numeric_limits<std::int64_t>::max() / 4;  // in the composition's own time
    std::int64_t at = 0;
};

struct Moment {  // an event in flicks
    cut::Event event;
    std::int64_t source_in = 0, source_length = 0, record_in = 0, record_out = 0;
};

// The rate that most pieces of the picture (else of anything) are written in.
class RateVote {
public:
    void count(const Value& value, bool picture, int depth) {
        if (depth > 64) return;
        const std::string_view schema = schema_of(value);
        const bool video = schema == "Track" ? value["kind"].text() != "Audio" : picture;
        if (schema == "Clip" || schema == "Gap") {
            Value range = value["source_range"];
            if (!range) range = media_of(value)["available_range"];
            const auto rate = snapped(range["duration"]["rate"].number());
            if (rate && rate->nominal() >= 6 && rate->nominal() <= 240) ++votes_[{!video, -rate->numerator, rate->denominator}];
        }
        const Value children = schema == "Timeline" ? value["tracks"] : value["children"];
        if (schema == "Timeline") return count(children, true, depth + 1);
        for (Value child = children.first(); !child.end(); child = child.next()) count(child, video, depth + 1);
    }

    std::optional<cut::Rate> winner() const {
        std::optional<cut::Rate> best;
        std::int64_t most = 0;
        for (const auto& [key, votes] : votes_) {
            const auto& [sound, numerator, denominator] = key;
            if (sound && best) break;  // picture decides
            if (votes > most) best = cut::Rate{-numerator, denominator, false}, most = votes;
        }
        return best;
    }

private:
    std::map<std::tuple<bool, std::int32_t, std::int32_t>, std::int64_t> votes_;
};

class OtioReader {
public:
    explicit OtioReader(const cut::Rate& rate) : rate_(rate) {}

    CutFile read(const Value& timeline) {
        file_.cut.format = cut::Format::Otio;
        file_.cut.rate = rate_;
        file_.cut.title = name_text(timeline["name"].text());
        Window whole;
        if (const auto start = flicks_of(timeline["global_start_time"])) whole.at = *start;
        file_.cut.start = frames_of_flicks(whole.at, rate_);
        const Value top = schema_of(timeline) == "Timeline" ? timeline["tracks"] : timeline;
        if (schema_of(top) == "Stack") {
            stack(top, trimmed(top, whole), {});
        } else {
            layer(top, whole, {});
        }
        convert();
        say();
        file_.problems = problems_.take();
        return std::move(file_);
    }

private:
    // Where the pieces of a nest go: the track it stands in, none at the top.
    struct Home {
        std::optional<std::size_t> track;
        int depth = 0;
    };

    bool visit() { return ++visits_ <= kMaxVisits; }

    // --- lengths ---

    std::optional<std::int64_t> length(const Value& item, int depth) {
        if (!visit() || depth > 64) return std::nullopt;
        if (const auto range = span_of(item["source_range"])) return range->length;
        const std::string_view schema = schema_of(item);
        if (schema == "Clip") {
            const auto available = span_of(media_of(item)["available_range"]);
            return available ? std::optional(available->length) : std::nullopt;
        }
        if (schema != "Stack" && schema != "Track") return std::nullopt;
        std::int64_t sum = 0, longest = 0;
        for (Value child = item["children"].first(); !child.end(); child = child.next()) {
            const std::int64_t one = length(child, depth + 1).value_or(0);
            sum = std::min(sum + one, kMostPosition);
            longest = std::max(longest, one);
        }
        return schema == "Track" ? sum : longest;
    }

    // --- compositions ---

    // The window of a composition's content that its own range leaves.
    Window trimmed(const Value& item, Window window) {
        const auto range = span_of(item["source_range"]);
        if (!range) return window;
        Window out;
        out.in = range->in + window.in;
        out.out = std::min(range->out(), window.out > kMostPosition ? range->out() : range->in + window.out);
        out.at = window.at;
        // Some writers put minus the start timecode here: a shift that would hide everything is no range.
        Value content = item["children"];
        std::int64_t reach = 0;
        for (Value child = content.first(); !child.end() && schema_of(item) == "Track"; child = child.next())
            reach = std::min(reach + length(child, 1).value_or(0), kMostPosition);
        if (schema_of(item) == "Track" && (out.out <= 0 || out.in >= reach)) {
            out.at -= out.in;
            out.in = 0;
            out.out = kMostPosition;
        }
        return out;
    }

    void stack(const Value& item, const Window& window, const Home& home) {
        bool first = true;
        for (Value child = item["children"].first(); !child.end(); child = child.next()) {
            Home place = home;
            if (home.track && !first) place.track.reset();
            if (home.track && first && !same_kind(child, *home.track)) continue;
            if (home.track && !first && !same_kind(child, *home.track)) continue;
            layer(child, window, place);
            first = false;
        }
    }

    bool same_kind(const Value& child, std::size_t track) const {
        if (schema_of(child) != "Track") return true;
        const bool sound = child["kind"].text() == "Audio";
        return sound == (file_.cut.tracks[track].kind == cut::TrackKind::Sound);
    }

    // One layer of a stack: a track, or a single item.
    void layer(const Value& item, const Window& window, const Home& home) {
        if (!visit() || home.depth > 64) return;
        if (!item["enabled"].boolean(true)) {
            ++switched_off_;
            return;
        }
        const std::string_view schema = schema_of(item);
        if (schema == "Stack") return stack(item, trimmed(item, window), {home.track, home.depth + 1});
        if (schema == "Track") {
            const std::string_view kind = item["kind"].text();
            if (kind != "Video" && kind != "Audio" && !kind.empty()) return pass_over(kind);
            const std::size_t track = home.track ? *home.track : add_track(kind == "Audio", item["name"].text());
            return sequence(item, trimmed(item, window), {track, home.depth + 1});
        }
        if (schema != "Clip") return schema == "Gap" ? void() : pass_over(schema);
        const std::size_t track = home.track ? *home.track : add_track(false, {});
        place(item, 0, length(item, 0).value_or(0), window, {track, home.depth + 1});
    }

    std::size_t add_track(bool sound, std::string_view name) {
        auto& tracks = file_.cut.tracks;
        if (tracks.size() >= cut::kMaxTracks) return tracks.size() - 1;
        tracks.push_back({sound ? cut::TrackKind::Sound : cut::TrackKind::Picture, name_text(name)});
        return tracks.size() - 1;
    }

    // What a track's children say, one after the other.
    void sequence(const Value& track, const Window& window, const Home& home) {
        std::int64_t at = 0;
        Value pending;  // a transition that waits for what comes after it
        bool has_pending = false, any = false;
        std::size_t left = kNobody;
        for (Value child = track["children"].first(); !child.end(); child = child.next()) {
            if (!visit()) return;
            const std::string_view schema = schema_of(child);
            if (schema == "Transition") {
                pending = child;
                has_pending = true;
                continue;
            }
            const auto size = length(child, 0);
            if (!size || (schema != "Gap" && schema != "Clip" && schema != "Stack" && schema != "Track")) {
                problems_.error(0, msg("\u201c{0}\u201d has no length or is of a kind that is not known ({1}) and was left out.",
                                       name_text(child["name"].text()), name_text(schema)));
                continue;
            }
            const std::size_t before = moments_.size();
            if (schema != "Gap") place(child, at, *size, window, home);
            const bool one = moments_.size() == before + 1;
            if (has_pending) transition(pending, left, one ? before : kNobody, any);
            has_pending = false;
            left = one ? before : kNobody;
            any = true;
            at = std::min(at + *size, kMostPosition);
        }
        if (has_pending) transition(pending, left, kNobody, any);
    }

    // An item of a track that begins at `at` of the track's time.
    void place(const Value& item, std::int64_t at, std::int64_t size, const Window& window, const Home& home) {
        const std::int64_t from = std::max(at, window.in), to = std::min(at + size, window.out);
        if (from >= to || home.depth > 64) return;
        if (!item["enabled"].boolean(true)) {
            ++switched_off_;
            return;
        }
        const std::string_view schema = schema_of(item);
        const std::int64_t record = window.at + (from - window.in);
        const std::int64_t speed = speed_of(item);
        if (schema == "Clip" || speed != cut::kNormalSpeed) return clip(item, from - at, to - from, record, speed, *home.track);
        const Window inner{from - at, to - at, record};
        if (schema == "Stack") {
            stack(item, trimmed(item, inner), {home.track, home.depth + 1});
        } else {
            if (!same_kind(item, *home.track)) return;
            sequence(item, trimmed(item, inner), {home.track, home.depth + 1});
        }
    }

    // --- events ---

    void clip(const Value& item, std::int64_t skip, std::int64_t size, std::int64_t record, std::int64_t speed, std::size_t track) {
        if (moments_.size() >= cut::kMaxEvents) {
            ++beyond_;
            return;
        }
        Moment out;
        const Value media = media_of(item);
        out.event.track = track;
        out.event.name = name_text(item["name"].text());
        const std::string_view url = last_part(media["target_url"].text());
        if (out.event.name.empty()) out.event.name = name_text(media["name"].text().empty() ? url : media["name"].text());
        const std::string_view reel = item["metadata"]["cmx_3600"]["reel"].text();
        out.event.reel = name_text(!reel.empty() ? reel : url);
        out.event.black = schema_of(media) == "GeneratorReference" && lower_ascii(media["generator_kind"].text()) == "black";
        out.event.speed_millionths = speed;
        auto range = span_of(item["source_range"]);
        if (!range) range = span_of(media["available_range"]);
        out.source_in = (range ? range->in : 0) + scaled(skip, speed);
        out.source_length = scaled(size, speed);
        out.record_in = record;
        out.record_out = record + size;
        moments_.push_back(std::move(out));
    }

    static std::int64_t scaled(std::int64_t flicks, std::int64_t speed) {
        if (speed == cut::kNormalSpeed) return flicks;
        return std::llround(static_cast<double>(flicks) * static_cast<double>(std::abs(speed)) / cut::kNormalSpeed);
    }

    std::int64_t speed_of(const Value& item) {
        std::int64_t speed = cut::kNormalSpeed;
        for (Value effect = item["effects"].first(); !effect.end(); effect = effect.next()) {
            const std::string_view schema = schema_of(effect);
            if (schema == "FreezeFrame") return 0;
            if (schema == "TimeEffect") ++varying_;
            if (schema != "LinearTimeWarp" || !effect["time_scalar"].is_number()) continue;
            const double scalar = effect["time_scalar"].number();
            if (std::abs(scalar) <= 1000) speed = std::llround(static_cast<double>(speed) * scalar);
            speed = std::clamp<std::int64_t>(speed, -1'000'000'000, 1'000'000'000);
        }
        return speed;
    }

    static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

    // Between two events the incoming one begins where the transition does, and the outgoing one ends there.
    void transition(const Value& item, std::size_t left, std::size_t right, bool follows) {
        const std::int64_t in = std::max<std::int64_t>(0, flicks_of(item["in_offset"]).value_or(0));
        const std::int64_t out = std::max<std::int64_t>(0, flicks_of(item["out_offset"]).value_or(0));
        const std::string kind = lower_ascii(item["transition_type"].text());
        cut::Transition made;
        made.kind = kind.find("wipe") == std::string::npos ? cut::TransitionKind::Dissolve : cut::TransitionKind::Wipe;
        made.frames = frames_of_flicks(in + out, rate_);
        if (right != kNobody) {
            moments_[right].event.transition = made;
            Moment& b = moments_[right];
            const bool fits = left == kNobody || moments_[left].record_out - moments_[left].record_in > in;
            if (!follows || !fits) return;
            b.record_in -= in;
            b.source_in -= scaled(in, b.event.speed_millionths);
            b.source_length += scaled(in, b.event.speed_millionths);
            if (left == kNobody) return;
            moments_[left].record_out -= in;
            moments_[left].source_length -= scaled(in, moments_[left].event.speed_millionths);
        } else if (left != kNobody) {
            moments_[left].event.fade = made;
        }
    }

    void pass_over(std::string_view what) { ++unknown_[name_text(what)]; }

    void convert() {
        auto& events = file_.cut.events;
        for (Moment& moment : moments_) {
            cut::Event& event = moment.event;
            event.record = {frames_of_flicks(moment.record_in, rate_), frames_of_flicks(moment.record_out, rate_)};
            if (event.record.in >= event.record.out) continue;
            event.source.in = frames_of_flicks(moment.source_in, rate_);
            const std::int64_t end = frames_of_flicks(moment.source_in + moment.source_length, rate_);
            event.source.out = event.speed_millionths == cut::kNormalSpeed ? event.source.in + event.record.length()
                                                                           : std::max(end, event.source.in + 1);
            events.push_back(std::move(event));
        }
        std::stable_sort(events.begin(), events.end(), [](const cut::Event& a, const cut::Event& b) {
            return a.track != b.track ? a.track < b.track : a.record.in < b.record.in;
        });
    }

    void say() {
        for (const auto& [what, count] : unknown_)
            problems_.note(0, msgn("{n} part of the kind \u201c{0}\u201d was passed over.",
                                   "{n} parts of the kind \u201c{0}\u201d were passed over.", count, what));
        if (varying_ > 0)
            problems_.note(0, msgn("{n} clip has a time effect without a speed; it was read at its normal speed.",
                                   "{n} clips have a time effect without a speed; they were read at their normal speed.", varying_));
        if (switched_off_ > 0)
            problems_.note(0, msgn("{n} clip or track is switched off and was passed over.",
                                   "{n} clips or tracks are switched off and were passed over.", switched_off_));
        if (beyond_ > 0)
            problems_.error(
                0, msgn("{n} event more than can be read was left out.", "{n} events more than can be read were left out.", beyond_));
        if (visits_ > kMaxVisits) problems_.error(0, msg("The timeline holds more than can be read; the rest was left out."));
    }

    cut::Rate rate_;
    CutFile file_;
    ProblemList problems_;
    std::vector<Moment> moments_;
    std::map<std::string, std::int64_t> unknown_;
    std::int64_t visits_ = 0, switched_off_ = 0, varying_ = 0, beyond_ = 0;
};

// The timeline in the file; a collection may hold several, and collections.
Value timeline_of(const Value& root, std::int64_t& more, int depth = 0) {
    if (schema_of(root) != "SerializableCollection") return root;
    Value found;
    for (Value child = root["children"].first(); !child.end() && depth < 16; child = child.next()) {
        const Value inner = timeline_of(child, more, depth + 1);
        if (schema_of(inner) != "Timeline") continue;
        if (!found) {
            found = inner;
        } else {
            ++more;
        }
    }
    return found;
}

}  // namespace

Result<CutFile> read_otio(std::string text, const std::optional<StatedRate>& stated) {
    const auto tree = JsonTree::parse(std::move(text), {"metadata", "cmx_3600"});
    if (!tree) return tl::unexpected(tree.error());
    std::int64_t more = 0;
    const Value timeline = timeline_of(tree->root(), more);
    const std::string_view schema = schema_of(timeline);
    if (schema != "Timeline" && schema != "Stack" && schema != "Track" && schema != "Clip") {
        return fail(ErrorCode::BadInput, msg("This is JSON, but not an OpenTimelineIO timeline."), {},
                    msg("Export a CMX 3600 EDL or an OpenTimelineIO timeline (.otio) from the editing system."));
    }
    RateVote vote;
    vote.count(timeline, true, 0);
    const auto voted = vote.winner();
    cut::Rate rate = voted.value_or(stated ? stated->rate : cut::Rate{});
    const cut::Rate own = rate;
    // OpenTimelineIO takes 29.97 and 59.94 as drop-frame where nothing else is said.
    rate.drop = rate.denominator == 1001 && rate.nominal() % 30 == 0 && rate.nominal() <= 60;
    const bool fits = stated && stated->rate.nominal() == rate.nominal();
    if (fits) {
        rate.drop = stated->mode_stated ? stated->rate.drop : rate.drop;
    }
    CutFile file = OtioReader(own).read(timeline);
    file.cut.rate = fits && stated->rate.denominator != own.denominator ? stated->rate : rate;
    file.rate_assumed = !voted && !stated;
    if (file.cut.events.empty()) return fail(ErrorCode::BadInput, msg("This timeline holds no clips."));
    if (stated && !fits)
        file.problems.push_back(
            {0, msg("The timeline itself runs at {0} frames a second; that is what counts.", cut::rate_name(own)), false});
    if (file.rate_assumed)
        file.problems.push_back(
            {0, msg("The timeline does not say its rate: {0} frames a second is assumed.", cut::rate_name(own)), false});
    if (more > 0)
        file.problems.push_back(
            {0, msgn("{n} more timeline in the file was passed over.", "{n} more timelines in the file were passed over.", more), true});
    return file;
}

}  // namespace entente::exchange
