#include "core/cut/spacing.hpp"

#include <algorithm>

namespace entente::cut {

namespace {

// So many neighbours are said to have slid together; of more, the black before and after them changed.
constexpr std::size_t kMostSlid = 3;

// A distance that changed with nothing to explain it: before the kept event `at`, by so many frames.
struct Step {
    std::size_t at = 0;
    std::int64_t frames = 0;
};

class Spacing {
public:
    Spacing(const Cut& before, const Cut& after, const std::vector<Kept>& kept, const std::vector<Pair>& leading, bool sound,
            std::vector<EventChange>& out)
        : before_(before), after_(after), kept_(kept), leading_(leading), sound_(sound), out_(out) {}

    void run() {
        find_steps();
        std::vector<bool> told(steps_.size(), false);
        for (std::size_t i = 0; i + 1 < steps_.size(); ++i) {
            if (told[i] || steps_[i].frames + steps_[i + 1].frames != 0) continue;
            if (steps_[i + 1].at - steps_[i].at > kMostSlid) continue;
            slid(steps_[i].at, steps_[i + 1].at);
            told[i] = told[i + 1] = true;
        }
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            if (told[i]) continue;
            // Of many events one at the edge that stands elsewhere has moved; it is not the others that did.
            const bool first = steps_[i].at == 1 && i == 0 && kept_.size() > 2, last = steps_[i].at + 1 == kept_.size() && kept_.size() > 2;
            if (first) {
                slid(0, 1);
            } else if (last) {
                slid(steps_[i].at, kept_.size());
            } else {
                gap(steps_[i]);
            }
        }
    }

private:
    const Event& was(std::size_t at) const { return before_.events[kept_[at].events.before]; }
    const Event& is(std::size_t at) const { return after_.events[kept_[at].events.after]; }

    void find_steps() {
        for (std::size_t at = 0; at < kept_.size(); ++at) {
            if (kept_[at].touched || kept_[at].after_change || (at > 0 && kept_[at - 1].touched)) continue;
            const std::int64_t gap_before = was(at).record.in - (at > 0 ? was(at - 1).record.out : before_.start);
            const std::int64_t gap_after = is(at).record.in - (at > 0 ? is(at - 1).record.out : after_.start);
            if (gap_before != gap_after && !follows_leading(at)) steps_.push_back({at, gap_after - gap_before});
        }
    }

    // Whether the leading track shifts there by as much: then nothing came apart.
    bool follows_leading(std::size_t at) const {
        const std::int64_t shift = shift_of(before_, after_, kept_[at].events);
        const auto next = std::upper_bound(leading_.begin(), leading_.end(), was(at).record.in, [&](std::int64_t frame, const Pair& pair) {
            return frame < before_.events[pair.before].record.in;
        });
        if (next != leading_.end() && shift_of(before_, after_, *next) == shift) return true;
        return next != leading_.begin() && shift_of(before_, after_, *(next - 1)) == shift;
    }

    void slid(std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < to; ++at) {
            out_.push_back({Kind::Moved, sound_, false, was(at).number, was(at).name.empty() ? was(at).reel : was(at).name, was(at).record,
                            is(at).record, is(at).record.length()});
        }
    }

    void gap(const Step& step) {
        EventChange change;
        change.sound = sound_;
        change.gap = true;
        change.frames = step.frames < 0 ? -step.frames : step.frames;
        change.kind = step.frames > 0 ? Kind::Added : Kind::Removed;
        const std::int64_t end = step.frames > 0 ? is(step.at).record.in : was(step.at).record.in;
        (step.frames > 0 ? change.after : change.before) = Range{end - change.frames, end};
        out_.push_back(std::move(change));
    }

    const Cut& before_;
    const Cut& after_;
    const std::vector<Kept>& kept_;
    const std::vector<Pair>& leading_;
    bool sound_;
    std::vector<EventChange>& out_;
    std::vector<Step> steps_;
};

}  // namespace

void add_spacing(const Cut& before, const Cut& after, const std::vector<Kept>& kept, const std::vector<Pair>& leading, bool sound,
                 std::vector<EventChange>& out) {
    Spacing(before, after, kept, leading, sound, out).run();
}

}  // namespace entente::cut
