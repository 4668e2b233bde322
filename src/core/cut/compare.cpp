#include "core/cut/compare.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "core/cut/spacing.hpp"

namespace entente::cut {

namespace {

// What one pair of tracks gave.
struct TrackResult {
    std::vector<Kept> kept;
    bool sound = false;
};

std::string shown_name(const Event& event) { return event.name.empty() ? event.reel : event.name; }

std::vector<std::size_t> events_of(const Cut& cut, std::size_t track) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < cut.events.size(); ++i) {
        if (cut.events[i].track == track) out.push_back(i);
    }
    return out;
}

// The record frames that `source` frames take at a speed, rounded up.
std::int64_t at_speed(std::int64_t source, std::int64_t millionths) {
    const std::int64_t speed = std::abs(millionths);
    if (speed == 0) return 0;
    return (source * kNormalSpeed + speed - 1) / speed;
}

class Comparison {
public:
    Comparison(const Cut& before, const Cut& after) : before_(before), after_(after), identities_(identify(before, after)) {
        kept_before_.assign(before.events.size(), false);
        kept_after_.assign(after.events.size(), false);
    }

    Diff run() {
        for (const TrackKind kind : {TrackKind::Picture, TrackKind::Sound}) tracks(kind);
        for (const TrackKind kind : {TrackKind::Picture, TrackKind::Sound}) {
            moved_whole(kind);
            moved_and_trimmed(kind);
        }
        for (TrackResult& track : tracks_) pairs(track);
        rest();
        spacing();
        finish();
        return std::move(diff_);
    }

private:
    bool is_sound(const Cut& cut, const Event& event) const { return cut.tracks[event.track].kind == TrackKind::Sound; }

    void tracks(TrackKind kind) {
        for (const Pair& pair : pair_tracks(before_, after_, kind)) {
            if (pair.before == kNone || pair.after == kNone) continue;
            TrackResult track;
            track.sound = kind == TrackKind::Sound;
            for (const Pair& events : align(events_of(before_, pair.before), events_of(after_, pair.after), identities_)) {
                track.kept.push_back({events, false, false});
                kept_before_[events.before] = kept_after_[events.after] = true;
            }
            mark_breaks(track);
            tracks_.push_back(std::move(track));
        }
    }

    // Where something else stood or stands between two events that stay.
    void mark_breaks(TrackResult& track) {
        Pair last{kNone, kNone};
        for (Kept& kept : track.kept) {
            const Pair& now = kept.events;
            const auto first = [](const Cut& cut, std::size_t at) { return at == 0 || cut.events[at - 1].track != cut.events[at].track; };
            kept.after_change = last.before == kNone ? !first(before_, now.before) || !first(after_, now.after)
                                                     : now.before != last.before + 1 || now.after != last.after + 1;
            last = now;
        }
    }

    EventChange change_of(Kind kind, std::size_t b, std::size_t a, std::int64_t frames) const {
        EventChange change;
        change.kind = kind;
        change.frames = frames;
        const Event& named = b != kNone ? before_.events[b] : after_.events[a];
        change.sound = b != kNone ? is_sound(before_, named) : is_sound(after_, named);
        change.number = named.number;
        change.name = shown_name(named);
        if (b != kNone) change.before = before_.events[b].record;
        if (a != kNone) change.after = after_.events[a].record;
        return change;
    }

    void moved_whole(TrackKind kind) {
        std::map<Identity, std::vector<std::size_t>> free;
        for (std::size_t i = before_.events.size(); i > 0; --i) {
            if (!kept_before_[i - 1] && before_.tracks[before_.events[i - 1].track].kind == kind)
                free[identities_.before[i - 1]].push_back(i - 1);
        }
        for (std::size_t j = 0; j < after_.events.size(); ++j) {
            if (kept_after_[j] || after_.tracks[after_.events[j].track].kind != kind) continue;
            const auto found = free.find(identities_.after[j]);
            if (found == free.end() || found->second.empty()) continue;
            const std::size_t i = found->second.back();
            found->second.pop_back();
            settle(i, j);
            diff_.changes.push_back(change_of(Kind::Moved, i, j, after_.events[j].record.length()));
            transition_of(i, j);
        }
    }

    // Elsewhere, and more than half of it the same: the same event, shortened or lengthened on the way.
    void moved_and_trimmed(TrackKind kind) {
        std::unordered_map<std::int32_t, std::vector<std::size_t>> free;
        for (std::size_t i = 0; i < before_.events.size(); ++i) {
            const bool fits = !kept_before_[i] && !before_.events[i].black && before_.tracks[before_.events[i].track].kind == kind;
            if (fits) free[identities_.before[i].clip].push_back(i);
        }
        for (std::size_t j = 0; j < after_.events.size(); ++j) {
            if (kept_after_[j] || after_.tracks[after_.events[j].track].kind != kind) continue;
            const auto found = free.find(identities_.after[j].clip);
            if (found == free.end()) continue;
            constexpr std::size_t kMostTried = 200;
            std::size_t best = kNone;
            std::int64_t most = 0;
            for (std::size_t k = 0; k < std::min(found->second.size(), kMostTried); ++k) {
                const std::size_t i = found->second[k];
                const std::int64_t shared = shared_frames(identities_.before[i], identities_.after[j]);
                const std::int64_t longer = std::max(identities_.before[i].source.length(), identities_.after[j].source.length());
                if (2 * shared > longer && shared > most) best = k, most = shared;
            }
            if (best == kNone) continue;
            const std::size_t i = found->second[best];
            found->second.erase(found->second.begin() + static_cast<std::ptrdiff_t>(best));
            settle(i, j);
            diff_.changes.push_back(change_of(Kind::Moved, i, j, after_.events[j].record.length()));
            content_of(i, j, 0, 0);
            transition_of(i, j);
        }
    }

    void settle(std::size_t i, std::size_t j) { kept_before_[i] = kept_after_[j] = true; }

    // Head and tail of the source, as far as a transition does not explain them. True where something changed.
    bool content_of(std::size_t i, std::size_t j, std::int64_t roll_in, std::int64_t roll_out) {
        const Identity &b = identities_.before[i], &a = identities_.after[j];
        if (b == a) return false;
        if (b.speed != a.speed) {
            diff_.changes.push_back(change_of(Kind::Retimed, i, j, std::max(a.length, b.length)));
            return true;
        }
        const std::int64_t speed = after_.events[j].speed_millionths;
        const std::int64_t head = std::abs(a.source.in - b.source.in - roll_in), tail = std::abs(a.source.out - b.source.out - roll_out);
        const std::int64_t length = std::abs(a.length - b.length - (roll_out - roll_in));
        const std::int64_t frames = std::max(speed == kNormalSpeed ? head + tail : at_speed(head + tail, speed), length);
        if (frames == 0) return false;
        diff_.changes.push_back(change_of(Kind::Trimmed, i, j, frames));
        return true;
    }

    bool transition_of(std::size_t i, std::size_t j) {
        const Transition &b = before_.events[i].transition, &a = after_.events[j].transition;
        const Transition &fade_was = before_.events[i].fade, &fade_is = after_.events[j].fade;
        if (b == a && fade_was == fade_is) return false;
        const std::int64_t in = b == a ? 0 : std::max(a.frames, b.frames);
        const std::int64_t out = fade_was == fade_is ? 0 : std::max(fade_was.frames, fade_is.frames);
        diff_.changes.push_back(change_of(Kind::Transition, i, j, in + out));
        return true;
    }

    // Where a transition became longer, shorter, or went, both sides of it may roll by the same frames; then that is all that changed.
    std::int64_t roll_at(const std::vector<Kept>& kept, std::size_t at) const {
        const Event &b = before_.events[kept[at].events.before], &a = after_.events[kept[at].events.after];
        if (b.transition == a.transition) return 0;
        const Identity &was = identities_.before[kept[at].events.before], &is = identities_.after[kept[at].events.after];
        std::int64_t roll = b.black ? b.record.length() - a.record.length() : is.source.in - was.source.in;
        if (std::abs(roll) > std::max(a.transition.frames, b.transition.frames)) return 0;
        if (at == 0 || kept[at].after_change) return at == 0 ? roll : 0;
        const Identity &left_was = identities_.before[kept[at - 1].events.before], &left_is = identities_.after[kept[at - 1].events.after];
        const bool black = before_.events[kept[at - 1].events.before].black;
        const std::int64_t left = black ? left_is.length - left_was.length : left_is.source.out - left_was.source.out;
        return left == roll ? roll : 0;
    }

    void pairs(TrackResult& track) {
        std::vector<std::int64_t> rolls;
        for (std::size_t at = 0; at < track.kept.size(); ++at) rolls.push_back(roll_at(track.kept, at));
        rolls.push_back(0);
        for (std::size_t at = 0; at < track.kept.size(); ++at) {
            const Pair& events = track.kept[at].events;
            // Black has no head: a roll changes its length alone.
            const bool black = before_.events[events.before].black;
            const bool content = black ? black_content(events, rolls[at], rolls[at + 1])
                                       : content_of(events.before, events.after, rolls[at], rolls[at + 1]);
            const bool transition = transition_of(events.before, events.after);
            track.kept[at].touched = content || transition || rolls[at] != 0 || rolls[at + 1] != 0;
        }
    }

    bool black_content(const Pair& events, std::int64_t roll_in, std::int64_t roll_out) {
        const std::int64_t was = before_.events[events.before].record.length(), is = after_.events[events.after].record.length();
        const std::int64_t frames = std::abs(is - was - (roll_out - roll_in));
        if (frames == 0) return false;
        diff_.changes.push_back(change_of(Kind::Trimmed, events.before, events.after, frames));
        return true;
    }

    // Black that stands exactly where something was taken out, or was covered, is that change and none of its own.
    void black_in_place(const TrackResult& track) {
        const auto same = [](const Cut& cut, std::size_t a, std::size_t b) {
            return a < cut.events.size() && cut.events[a].track == cut.events[b].track;
        };
        const auto begin = [&](const Cut& cut, std::size_t at) {
            while (at > 0 && same(cut, at - 1, at)) --at;
            return at;
        };
        const auto beyond = [&](const Cut& cut, std::size_t at) {
            const std::size_t like = at;
            while (same(cut, at, like)) ++at;
            return at;
        };
        if (track.kept.empty()) return;
        const Pair &first = track.kept.front().events, &last = track.kept.back().events;
        const Pair head{begin(before_, first.before), begin(after_, first.after)};
        if (before_.events[first.before].record.in - before_.events[head.before].record.in ==
            after_.events[first.after].record.in - after_.events[head.after].record.in)
            settle_black({head.before - 1, head.after - 1}, first);
        for (std::size_t k = 0; k < track.kept.size(); ++k) {
            const Pair& left = track.kept[k].events;
            const Pair right = k + 1 < track.kept.size() ? track.kept[k + 1].events
                                                         : Pair{beyond(before_, last.before), beyond(after_, last.after)};
            if (length_between(before_, left.before, right.before) == length_between(after_, left.after, right.after))
                settle_black(left, right);
        }
    }

    // Between two places of each cut, which take as long in both; the place before the first is one below zero, which wraps.
    void settle_black(const Pair& left, const Pair& right) {
        if (only_black(after_, kept_after_, left.after, right.after) && any_free(before_, kept_before_, left.before, right.before))
            settle_between(kept_after_, left.after, right.after);
        else if (only_black(before_, kept_before_, left.before, right.before) && any_free(after_, kept_after_, left.after, right.after))
            settle_between(kept_before_, left.before, right.before);
    }

    // From the end of one event to the end of the last before the other.
    static std::int64_t length_between(const Cut& cut, std::size_t left, std::size_t right) {
        return cut.events[right - 1].record.out - cut.events[left].record.out;
    }
    static bool only_black(const Cut& cut, const std::vector<bool>& kept, std::size_t left, std::size_t right) {
        for (std::size_t at = left + 1; at < right; ++at) {
            if (kept[at] || !cut.events[at].black || cut.events[at].transition.kind != TransitionKind::None) return false;
        }
        return left + 1 < right;
    }
    static bool any_free(const Cut& cut, const std::vector<bool>& kept, std::size_t left, std::size_t right) {
        for (std::size_t at = left + 1; at < right; ++at) {
            if (!kept[at] && !cut.events[at].black) return true;
        }
        return false;
    }
    static void settle_between(std::vector<bool>& kept, std::size_t left, std::size_t right) {
        for (std::size_t at = left + 1; at < right; ++at) kept[at] = true;
    }

    void rest() {
        for (const TrackResult& track : tracks_) black_in_place(track);
        for (std::size_t i = 0; i < before_.events.size(); ++i) {
            if (!kept_before_[i]) diff_.changes.push_back(change_of(Kind::Removed, i, kNone, before_.events[i].record.length()));
        }
        for (std::size_t j = 0; j < after_.events.size(); ++j) {
            if (!kept_after_[j]) diff_.changes.push_back(change_of(Kind::Added, kNone, j, after_.events[j].record.length()));
        }
    }

    void spacing() {
        std::vector<Pair> leading;
        for (const TrackResult& track : tracks_) {
            add_spacing(before_, after_, track.kept, leading, track.sound, diff_.changes);
            if (&track != &tracks_.front()) continue;
            for (const Kept& kept : track.kept) leading.push_back(kept.events);
        }
        for (const TrackResult& track : tracks_) {
            for (const Kept& kept : track.kept) {
                if (!kept.touched && shift_of(before_, after_, kept.events) != after_.start - before_.start) ++diff_.shifted;
            }
        }
    }

    // What was removed stands where the later cut goes on without it.
    std::vector<std::pair<std::int64_t, std::int64_t>> places() const {
        std::vector<std::pair<std::int64_t, std::int64_t>> out;
        for (const TrackResult& track : tracks_) {
            for (const Kept& kept : track.kept)
                out.push_back({before_.events[kept.events.before].record.in, after_.events[kept.events.after].record.in});
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    void sort_changes() {
        const auto known = places();
        const auto place = [&](const EventChange& change) {
            if (change.after) return change.after->in;
            const auto next = std::lower_bound(known.begin(), known.end(), std::pair{change.before->in, INT64_MIN});
            if (next != known.end()) return next->second;
            return known.empty() ? change.before->in : known.back().second + 1;
        };
        std::vector<std::pair<std::int64_t, EventChange>> all;
        for (EventChange& change : diff_.changes) all.push_back({place(change), std::move(change)});
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            if (a.second.sound != b.second.sound) return !a.second.sound;
            return a.first < b.first;
        });
        diff_.changes.clear();
        for (auto& [at, change] : all) diff_.changes.push_back(std::move(change));
    }

    static std::int64_t length_of(const Cut& cut) {
        std::int64_t first = INT64_MAX, last = INT64_MIN;
        for (const Event& event : cut.events) {
            first = std::min(first, event.record.in);
            last = std::max(last, event.record.out);
        }
        return cut.events.empty() ? 0 : last - first;
    }

    void finish() {
        sort_changes();
        diff_.rate_before = before_.rate;
        diff_.rate_after = after_.rate;
        diff_.events_before = static_cast<std::int64_t>(before_.events.size());
        diff_.events_after = static_cast<std::int64_t>(after_.events.size());
        diff_.frames_before = length_of(before_);
        diff_.frames_after = length_of(after_);
        diff_.notes = std::move(identities_.notes);
        for (const EventChange& change : diff_.changes) {
            ++(change.sound ? diff_.sound_changes : diff_.picture_changes);
            (change.sound ? diff_.sound_frames : diff_.frames_changed) += change.frames;
        }
        const auto picture = [](const Cut& cut) {
            return std::any_of(cut.events.begin(), cut.events.end(),
                               [&](const Event& event) { return cut.tracks[event.track].kind == TrackKind::Picture; });
        };
        if (!picture(before_) && !picture(after_)) diff_.frames_changed = diff_.sound_frames;
    }

    const Cut& before_;
    const Cut& after_;
    Identities identities_;
    std::vector<bool> kept_before_, kept_after_;
    std::vector<TrackResult> tracks_;
    Diff diff_;
};

// What both formats can say. One writes black as an event where the other leaves a gap: plain black is a gap. One numbers its wipes.
Cut in_common(const Cut& cut) {
    Cut out = cut;
    for (Event& event : out.events) event.transition.code = 0;
    std::erase_if(out.events, [](const Event& event) { return event.black && event.transition.kind == TransitionKind::None; });
    if (!out.events.empty()) {
        const auto first = std::min_element(out.events.begin(), out.events.end(),
                                            [](const Event& a, const Event& b) { return a.record.in < b.record.in; });
        out.start = first->record.in;
    }
    return out;
}

}  // namespace

std::string_view kind_code(Kind kind) {
    constexpr std::string_view kCodes[] = {"added", "removed", "moved", "trimmed", "retimed", "transition"};
    return kCodes[static_cast<std::size_t>(kind)];
}

Result<Diff> compare(const Cut& before, const Cut& after) {
    if (before.rate.nominal() != after.rate.nominal()) {
        return fail(ErrorCode::BadInput,
                    msg("The two cuts run at different rates: {0} and {1} frames a second.", rate_name(before.rate), rate_name(after.rate)),
                    {}, msg("Compare lists of the same rate, or say the rate of both."));
    }
    if (before.format == after.format) return Comparison(before, after).run();
    const Cut first = in_common(before), second = in_common(after);
    return Comparison(first, second).run();
}

}  // namespace entente::cut
