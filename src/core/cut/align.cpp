#include "core/cut/align.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/text.hpp"

namespace entente::cut {

namespace {

// More candidates than this, and repeated events are matched with near namesakes only.
constexpr std::size_t kMostCandidates = 2'000'000;
constexpr std::size_t kNear = 8;
// One event kept in place counts more than any number of frames.
constexpr std::int64_t kOneEvent = 1ll << 32;

bool any_name(const Cut& cut) {
    return std::any_of(cut.events.begin(), cut.events.end(), [](const Event& event) { return !event.name.empty(); });
}

std::string plain(const std::string& text) { return lower_ascii(trim(text)); }

std::string clip_key(const Event& event, bool names, bool reels) {
    if (event.black) return "\x02";
    if (!names || event.name.empty()) return "\x01" + plain(event.reel);
    return plain(event.name) + (reels ? "\x1F" + plain(event.reel) : std::string());
}

// Of both cuts the events whose clip the other has too: the same whichever of them is the earlier.
std::size_t known_again(const Cut& before, const Cut& after, bool names, bool reels) {
    const auto known_in = [&](const Cut& other, const Cut& cut) {
        std::set<std::string> clips;
        for (const Event& event : other.events) clips.insert(clip_key(event, names, reels));
        return static_cast<std::size_t>(std::count_if(cut.events.begin(), cut.events.end(), [&](const Event& event) {
            return clips.count(clip_key(event, names, reels)) > 0;
        }));
    };
    return known_in(before, after) + known_in(after, before);
}

// A list states speed in tenths of a frame a second; between formats nothing finer can be compared.
std::int64_t speed_of(const Event& event, const Rate& rate, bool coarse) {
    if (!coarse) return event.speed_millionths;
    const std::int64_t tenths = event.speed_millionths * rate.nominal();
    return (tenths >= 0 ? tenths + 50'000 : tenths - 50'000) / 100'000;
}

// Candidates of equal identity; where there are too many, only namesakes of about the same rank.
std::vector<Candidate> equal_candidates(const std::vector<Identity>& before, const std::vector<Identity>& after) {
    std::map<Identity, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> groups;
    for (std::size_t i = 0; i < before.size(); ++i) groups[before[i]].first.push_back(i);
    for (std::size_t j = 0; j < after.size(); ++j) groups[after[j]].second.push_back(j);
    std::size_t total = 0;
    for (const auto& [identity, both] : groups) total += both.first.size() * both.second.size();
    const bool all = total <= kMostCandidates;
    std::vector<Candidate> out;
    for (const auto& [identity, both] : groups) {
        const std::int64_t weight = kOneEvent + std::min<std::int64_t>(identity.length, kOneEvent / 2);
        for (std::size_t i = 0; i < both.first.size(); ++i) {
            const std::size_t from = all || i < kNear ? 0 : i - kNear;
            const std::size_t to = all ? both.second.size() : std::min(both.second.size(), i + kNear);
            for (std::size_t j = from; j < to; ++j) out.push_back({both.first[i], both.second[j], weight});
        }
    }
    return out;
}

std::vector<Candidate> shared_candidates(const std::vector<Identity>& before, const std::vector<Identity>& after) {
    std::unordered_map<std::int32_t, std::vector<std::size_t>> by_clip;
    for (std::size_t j = 0; j < after.size(); ++j) by_clip[after[j].clip].push_back(j);
    std::vector<Candidate> out;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto found = by_clip.find(before[i].clip);
        if (found == by_clip.end()) continue;
        for (const std::size_t j : found->second) {
            const std::int64_t shared = shared_frames(before[i], after[j]);
            if (shared > 0) out.push_back({i, j, shared});
        }
        if (out.size() > kMostCandidates) break;
    }
    return out;
}

struct Window {
    std::size_t before_from, before_to, after_from, after_to;
};

std::vector<Identity> slice(const std::vector<Identity>& all, std::size_t from, std::size_t to) {
    return {all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to)};
}

// The chain within a window, by places of the whole.
std::vector<Candidate> chain_in(const std::vector<Identity>& a, const std::vector<Identity>& b, const Window& window, bool equal) {
    if (window.before_from == window.before_to || window.after_from == window.after_to) return {};
    const auto left = slice(a, window.before_from, window.before_to), right = slice(b, window.after_from, window.after_to);
    auto chain = heaviest_chain(equal ? equal_candidates(left, right) : shared_candidates(left, right));
    for (Candidate& one : chain) one.before += window.before_from, one.after += window.after_from;
    return chain;
}

std::vector<Candidate> equal_chain(const std::vector<Identity>& a, const std::vector<Identity>& b) {
    std::size_t head = 0, tail = 0;
    const std::size_t least = std::min(a.size(), b.size());
    while (head < least && a[head] == b[head]) ++head;
    while (tail < least - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    std::vector<Candidate> chain;
    for (std::size_t i = 0; i < head; ++i) chain.push_back({i, i, 0});
    for (const Candidate& one : chain_in(a, b, {head, a.size() - tail, head, b.size() - tail}, true)) chain.push_back(one);
    for (std::size_t i = tail; i > 0; --i) chain.push_back({a.size() - i, b.size() - i, 0});
    return chain;
}

}  // namespace

Identities identify(const Cut& before, const Cut& after) {
    const bool mixed = before.format != after.format, names = any_name(before) && any_name(after);
    bool reels = !mixed;
    Identities out;
    if (names && reels && 2 * known_again(before, after, true, true) < known_again(before, after, true, false)) {
        reels = false;
        out.notes.push_back(msg("The two files name their reels differently; clips are told apart by name alone."));
    }
    std::unordered_map<std::string, std::int32_t> clips;
    const auto all = [&](const Cut& cut) {
        std::vector<Identity> identities;
        identities.reserve(cut.events.size());
        for (const Event& event : cut.events) {
            const auto clip = clips.try_emplace(clip_key(event, names, reels), static_cast<std::int32_t>(clips.size())).first->second;
            // How many source frames a speed change takes is written in many ways; between formats only where it begins is the same.
            const bool by_length = mixed && event.speed_millionths != kNormalSpeed;
            const Range source = event.black  ? Range{0, event.record.length()}
                                 : by_length ? Range{event.source.in, event.source.in + event.record.length()}
                                             : event.source;
            identities.push_back({clip, source, event.record.length(), speed_of(event, cut.rate, mixed)});
        }
        return identities;
    };
    out.before = all(before);
    out.after = all(after);
    return out;
}

std::vector<Candidate> heaviest_chain(std::vector<Candidate> candidates) {
    if (candidates.empty()) return {};
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.before != b.before ? a.before < b.before : a.after > b.after;
    });
    std::size_t places = 0;
    for (const Candidate& one : candidates) places = std::max(places, one.after + 1);
    // A Fenwick tree of the best chain that ends before a place: best[p] is a candidate's index + 1.
    std::vector<std::size_t> best(places + 1, 0), previous(candidates.size(), kNone);
    std::vector<std::int64_t> sum(candidates.size(), 0);
    const auto weight_of = [&](std::size_t entry) { return entry == 0 ? 0 : sum[entry - 1]; };
    std::size_t last = 0;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        std::size_t found = 0;
        for (std::size_t p = candidates[i].after; p > 0; p &= p - 1) {
            if (weight_of(best[p]) > weight_of(found)) found = best[p];
        }
        previous[i] = found == 0 ? kNone : found - 1;
        sum[i] = weight_of(found) + candidates[i].weight;
        for (std::size_t p = candidates[i].after + 1; p <= places; p += p & (~p + 1)) {
            if (sum[i] > weight_of(best[p])) best[p] = i + 1;
        }
        if (sum[i] > weight_of(last)) last = i + 1;
    }
    std::vector<Candidate> chain;
    for (std::size_t at = last - 1; at != kNone; at = previous[at]) chain.push_back(candidates[at]);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

std::int64_t shared_frames(const Identity& a, const Identity& b) {
    if (a.clip != b.clip) return 0;
    return std::max<std::int64_t>(0, std::min(a.source.out, b.source.out) - std::max(a.source.in, b.source.in));
}

std::vector<Pair> align(const std::vector<std::size_t>& before, const std::vector<std::size_t>& after, const Identities& identities) {
    std::vector<Identity> a, b;
    for (const std::size_t at : before) a.push_back(identities.before[at]);
    for (const std::size_t at : after) b.push_back(identities.after[at]);
    std::vector<Candidate> anchors = equal_chain(a, b);
    anchors.push_back({a.size(), b.size(), 0});  // closes the last window
    std::vector<Pair> out;
    std::size_t i = 0, j = 0;
    for (const Candidate& anchor : anchors) {
        for (const Candidate& one : chain_in(a, b, {i, anchor.before, j, anchor.after}, false))
            out.push_back({before[one.before], after[one.after]});
        if (anchor.before < a.size()) out.push_back({before[anchor.before], after[anchor.after]});
        i = anchor.before + 1;
        j = anchor.after + 1;
    }
    return out;
}

std::vector<Pair> pair_tracks(const Cut& before, const Cut& after, TrackKind kind) {
    std::vector<Pair> out;
    std::vector<bool> taken(after.tracks.size(), false);
    const auto take = [&](Pair& pair, auto fits) {
        for (std::size_t j = 0; j < after.tracks.size() && pair.after == kNone; ++j) {
            if (after.tracks[j].kind != kind || taken[j] || !fits(after.tracks[j])) continue;
            pair.after = j;
            taken[j] = true;
        }
    };
    for (std::size_t i = 0; i < before.tracks.size(); ++i) {
        if (before.tracks[i].kind == kind) out.push_back({i, kNone});
    }
    for (Pair& pair : out)
        take(pair, [&](const Track& track) { return track.name == before.tracks[pair.before].name; });
    for (Pair& pair : out) {
        if (pair.after == kNone) take(pair, [](const Track&) { return true; });
    }
    for (std::size_t j = 0; j < after.tracks.size(); ++j) {
        if (after.tracks[j].kind == kind && !taken[j]) out.push_back({kNone, j});
    }
    return out;
}

}  // namespace entente::cut
