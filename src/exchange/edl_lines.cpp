#include "exchange/edl_lines.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kMaxLine = 4'000;      // longer lines are cut: no list has them
constexpr std::size_t kMaxWords = 64;
constexpr std::size_t kMaxListed = cut::kMaxEvents + cut::kMaxEvents / 5;  // lines of events: a transition takes two
constexpr std::size_t kMaxOfOneEvent = 64;               // lines that a speed is looked for in
constexpr int kMaxLinesBefore = 100'000;                 // the first event
constexpr std::size_t kMaxClipName = 255;

bool is_digits(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    std::size_t at = 0;
    while (at < line.size() && words.size() < kMaxWords) {
        const std::size_t from = line.find_first_not_of(" \t", at);
        if (from == std::string_view::npos) break;
        const std::size_t to = std::min(line.find_first_of(" \t", from), line.size());
        words.push_back(line.substr(from, to - from));
        at = to;
    }
    return words;
}

bool is_channel(std::string_view word) {
    if (lower_ascii(word) == "none") return true;
    return !word.empty() && word.size() <= 12 && std::all_of(word.begin(), word.end(), [](char c) {
        return c == 'A' || c == 'V' || c == 'B' || c == 'a' || c == 'v' || c == 'b' || c == '/' || c == ',' || (c >= '0' && c <= '9');
    }) && word.find_first_of("AVBavb") != std::string_view::npos;
}

std::int64_t number_of(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits.substr(0, 9)) value = value * 10 + (c - '0');
    return value;
}

// "C", "D", "W001", "K", "KB", "K B": the words from `at` on that say how the event comes in. How many words; 0: none.
std::size_t read_transition(const std::vector<std::string_view>& words, std::size_t at, cut::Transition& out) {
    const std::string word = lower_ascii(words[at]);
    out = {};
    if (word == "c") return 1;
    if (word == "d") {
        out.kind = cut::TransitionKind::Dissolve;
        return 1;
    }
    if (word.size() > 1 && word[0] == 'w' &&
        is_digits(std::string_view(word).substr(1, word.back() == 'r' ? word.size() - 2 : word.size() - 1))) {
        out.kind = cut::TransitionKind::Wipe;
        out.code =
            static_cast<std::int32_t>(number_of(std::string_view(word).substr(1, std::min<std::size_t>(word.size() - 1, 4))) % 10'000);
        return 1;
    }
    if (word == "k" || word == "kb" || word == "ko") {
        out.kind = cut::TransitionKind::Key;
        const bool more = word == "k" && at + 1 < words.size() && words[at + 1].size() == 1 && !is_digits(words[at + 1]);
        const std::string key = more ? word + lower_ascii(words[at + 1]) : word;
        out.code = key == "kb" ? 1 : key == "ko" ? 2 : 0;
        return more ? 2 : 1;
    }
    return 0;
}

// The words between the number and the first timecode: reel, channel, transition, length. From the right, for a reel may hold spaces.
bool read_head(const std::vector<std::string_view>& words, std::size_t end, EdlEvent& event) {
    for (std::size_t at = end; at-- > 1;) {
        cut::Transition transition;
        const std::size_t used = read_transition(words, at, transition);
        if (used == 0 || at < 2 || !is_channel(words[at - 1])) continue;
        const std::size_t rest = end - at - used;
        if (at + used > end || rest > 1 || (rest == 1 && !is_digits(words[at + used]))) continue;
        if (rest == 1) transition.frames = std::min<std::int64_t>(number_of(words[at + used]), 100'000);
        if (transition.kind == cut::TransitionKind::None) transition.frames = 0;
        event.transition = transition;
        event.channel = words[at - 1];
        for (std::size_t i = 1; i + 1 < at; ++i) event.reel += (i > 1 ? " " : "") + std::string(words[i]);
        return true;
    }
    return false;
}

// "FROM CLIP NAME: x" of "* FROM CLIP NAME: x": what stands behind the words, or none.
std::optional<std::string> after_words(std::string_view comment, std::string_view words) {
    if (lower_ascii(comment.substr(0, words.size())) != words) return std::nullopt;
    std::string_view rest = trim(comment.substr(words.size()));
    if (rest.empty() || (rest[0] != ':' && words.back() != ':')) return std::nullopt;
    if (rest[0] == ':') rest = trim(rest.substr(1));
    return std::string(truncate_utf8(rest, kMaxClipName));
}

class LineReader {
public:
    explicit LineReader(ProblemList& problems) : problems_(problems) {}

    // False where the rest need not be read: so many lines without an event are no list of events.
    bool wants_more(int number) const { return !out_.events.empty() || number < kMaxLinesBefore; }

    void line(int number, std::string_view raw) {
        if (full_) return passed_over(raw);
        const std::string clean = clean_utf8(truncate_utf8(raw, kMaxLine));
        const std::string_view text = trim(clean);
        if (text.empty()) return;
        if (text[0] == '*' || text[0] == '#' || text[0] == '>') {
            comment(text.substr(std::min(text.find_first_not_of("*# >"), text.size())));
            return;
        }
        const std::string start = lower_ascii(text.substr(0, 24));
        if (start.rfind("title", 0) == 0 && title(text)) return;
        if (start.rfind("fcm", 0) == 0) return fcm(text);
        if (text[0] >= '0' && text[0] <= '9') return event(number, text);
        const auto words = words_of(text);
        if (lower_ascii(words[0]) == "m2") return speed(number, words);
        if (!comment(text) && !is_known(start)) unknown(number, text);
    }

    EdlLines finish() {
        close_group();
        if (unknown_ > 0)
            problems_.note(unknown_line_, msgn("{n} line is not understood and was passed over: \u201c{0}\u201d.",
                                               "{n} lines are not understood and were passed over; the first: \u201c{0}\u201d.", unknown_,
                                               unknown_text_));
        return std::move(out_);
    }

private:
    bool title(std::string_view text) {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos) return false;
        if (out_.title.empty()) out_.title = truncate_utf8(trim(text.substr(colon + 1)), kMaxClipName);
        return true;
    }

    void fcm(std::string_view text) {
        const std::string said = lower_ascii(text);
        drop_ = said.find("non") == std::string::npos && said.find("drop") != std::string::npos;
        if (!out_.drop) out_.drop = drop_;
    }

    // Other records of such lists, which say nothing of the picture's events.
    static bool is_known(const std::string& start) {
        for (const char* word :
             {"aud", "split", "effects name", "gpi", "m1", "master", "final cut pro", "source table", "trlr", "blend", "dlsedl", "end"}) {
            if (start.rfind(word, 0) == 0) return true;
        }
        return false;
    }

    // Beyond what is kept lines of events are counted alone: a file made to hurt may have millions of them.
    void passed_over(std::string_view raw) {
        const std::size_t first = raw.find_first_not_of(" \t");
        if (first != std::string_view::npos && raw[first] >= '0' && raw[first] <= '9') ++out_.beyond;
    }

    bool comment(std::string_view text) {
        if (out_.events.empty()) return false;
        if (auto from = after_words(text, "from clip name")) return set_from(*from), true;
        if (auto to = after_words(text, "to clip name")) return out_.events.back().to = *to, true;
        if (auto clip = after_words(text, "clip name")) return set_from(*clip), true;
        for (const char* words : {"source file", "from clip", "from file"}) {
            auto file = after_words(text, words);
            if (!file) continue;
            const std::size_t slash = file->find_last_of("/\\");
            if (out_.events.back().file.empty()) out_.events.back().file = slash == std::string::npos ? *file : file->substr(slash + 1);
            return true;
        }
        return false;
    }

    // The name belongs to every line since the last name: picture and sound of one event, or both sides of a transition.
    void set_from(const std::string& name) {
        if (name.empty()) return;
        for (std::size_t i = std::max(group_, named_); i < out_.events.size(); ++i) {
            if (out_.events[i].from.empty()) out_.events[i].from = name;
        }
        named_ = out_.events.size();
    }

    void event(int number, std::string_view text) {
        auto read = read_edl_event(text);
        if (!read) {
            if (words_of(text).size() >= 4)
                problems_.error(number, msg("This event cannot be read and was left out: \u201c{0}\u201d.", quoted_piece(text)));
            else
                unknown(number, text);
            return;
        }
        full_ = out_.events.size() >= kMaxListed;
        if (full_) return void(++out_.beyond);
        if (out_.events.empty() || out_.events.back().number != read->number) close_group();
        read->line = number;
        read->drop_source = drop_;
        out_.events.push_back(std::move(*read));
    }

    // The outgoing side of a transition takes FROM, the incoming one TO; without TO, one that stands alone or comes from black takes FROM.
    void close_group() {
        const std::size_t size = out_.events.size() - group_;
        std::string to;
        for (std::size_t i = group_; i < out_.events.size(); ++i) {
            if (!out_.events[i].to.empty()) to = out_.events[i].to;
        }
        for (std::size_t i = group_; i < out_.events.size(); ++i) {
            EdlEvent& event = out_.events[i];
            if (event.transition.kind == cut::TransitionKind::None) continue;
            const EdlEvent* left = i > group_ ? &out_.events[i - 1] : nullptr;
            const bool own = size == 1 || !left || left->reel == event.reel || lower_ascii(left->reel) == "bl";
            if (!to.empty()) {
                event.from = to;
            } else if (!own) {
                event.from.clear();
            }
        }
        group_ = out_.events.size();
    }

    // M2  REEL  [-]047.6  01:00:06:00
    void speed(int number, const std::vector<std::string_view>& words) {
        std::size_t at = words.size();
        std::optional<cut::Label> where;
        if (at > 2 && (where = cut::parse_label(words[at - 1]))) --at;
        std::optional<std::int64_t> micro = at > 1 ? micro_fps(words[at - 1]) : std::nullopt;
        if (!micro || out_.events.empty())
            return problems_.note(number, msg("A speed change without an event or a speed was passed over."));
        if (at > 2 && words[at - 2] == "-") micro = -*micro, --at;
        std::string reel;
        for (std::size_t i = 1; i + 1 < at; ++i) reel += (i > 1 ? " " : "") + std::string(words[i]);
        EdlEvent* best = nullptr;
        int most = -1;
        const std::size_t near = out_.events.size() - std::min(out_.events.size(), kMaxOfOneEvent);
        for (std::size_t i = std::max(group_, near); i < out_.events.size(); ++i) {
            EdlEvent& event = out_.events[i];
            const bool same_reel = lower_ascii(event.reel) == lower_ascii(reel), same_time = where && same(event.labels[0], *where);
            const int fit = (same_reel ? 2 : 0) + (same_time ? 1 : 0) + (event.speed_micro_fps ? -4 : 0);
            if (fit >= most) best = &event, most = fit;
        }
        if (!best) best = &out_.events.back();
        best->speed_micro_fps = micro;
    }

    static bool same(const cut::Label& a, const cut::Label& b) {
        return a.hours == b.hours && a.minutes == b.minutes && a.seconds == b.seconds && a.frames == b.frames;
    }

    static std::optional<std::int64_t> micro_fps(std::string_view text) {
        const bool below = !text.empty() && text[0] == '-';
        if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
        const std::size_t point = std::min(text.find_first_of(".,"), text.size());
        const std::string_view whole = text.substr(0, point), part = point < text.size() ? text.substr(point + 1) : std::string_view();
        if (!is_digits(whole) || whole.size() > 6 || (!part.empty() && !is_digits(part))) return std::nullopt;
        std::string digits(part.substr(0, 6));
        digits.resize(6, '0');
        const std::int64_t value = number_of(whole) * 1'000'000 + number_of(digits);
        return below ? -value : value;
    }

    void unknown(int number, std::string_view text) {
        if (unknown_++ > 0) return;
        unknown_line_ = number;
        unknown_text_ = quoted_piece(text);
    }

    ProblemList& problems_;
    EdlLines out_;
    bool drop_ = false;
    bool full_ = false;
    std::size_t group_ = 0;  // where the lines of the present event begin
    std::size_t named_ = 0;  // and up to where they have a name
    std::int64_t unknown_ = 0;
    int unknown_line_ = 0;
    std::string unknown_text_;
};

}  // namespace

std::optional<EdlEvent> read_edl_event(std::string_view line) {
    const auto words = words_of(line);
    if (words.size() < 7) return std::nullopt;
    for (std::size_t at = 3; at + 4 <= words.size(); ++at) {
        EdlEvent event;
        std::size_t found = 0;
        while (found < 4) {
            const auto label = cut::parse_label(words[at + found]);
            if (!label) break;
            event.labels[found++] = *label;
        }
        if (found < 4) continue;
        event.number = words[0];
        if (event.number.size() > 12 || !read_head(words, at, event)) return std::nullopt;
        return event;
    }
    return std::nullopt;
}

EdlLines read_edl_lines(std::string_view text, ProblemList& problems) {
    LineReader reader(problems);
    int number = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of("\r\n\x1A", at), text.size());
        reader.line(++number, text.substr(at, end - at));
        if (!reader.wants_more(number)) break;
        at = end + 1;
        if (end < text.size() && text[end] == '\r' && at < text.size() && text[at] == '\n') ++at;
    }
    return reader.finish();
}

}  // namespace entente::exchange
