#include "ui/frame_change.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <utility>

#include "ui/views/bars.hpp"

namespace entente::ui {
namespace {

// FNV-1a by words of 8 bytes: only to notice that two things are the same.
class Hash {
public:
    void add(const void* data, std::size_t size) {
        const auto* bytes = static_cast<const unsigned char*>(data);
        for (; size >= 8; size -= 8, bytes += 8) {
            std::uint64_t word;
            std::memcpy(&word, bytes, 8);
            mix(word);
        }
        std::uint64_t rest = size;
        for (; size > 0; --size) rest = rest << 8 | *bytes++;
        mix(rest);
    }
    void mix(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x100000001B3ull;
        value_ ^= value_ >> 29;
    }
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xCBF29CE484222325ull;
};

// The command's own vertices, and its indices counted from the first of them: what stands before it in the list does not matter.
std::uint64_t hash_of(const ImDrawList& list, const ImDrawCmd& command) {
    Hash hash;
    hash.add(&command.ClipRect, sizeof command.ClipRect);
    if (command.UserCallback == bars_callback) {
        const auto& bars = static_cast<const BarBatch*>(command.UserCallbackData)->bars();
        hash.add(bars.data(), bars.size() * sizeof(BarInstance));
    }
    if (command.ElemCount == 0) return hash.value();
    const ImDrawIdx* const begin = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawIdx* const end = begin + command.ElemCount;
    const auto [least, most] = std::minmax_element(begin, end);
    const std::uint64_t first = *least;
    hash.add(list.VtxBuffer.Data + *least, (*most - first + 1) * sizeof(ImDrawVert));
    const ImDrawIdx* index = begin;
    for (; index + 2 <= end; index += 2) hash.mix((index[0] - first) << 32 | (index[1] - first));
    if (index < end) hash.mix(*index - first);
    return hash.value();
}

PixelRect around(PixelRect a, PixelRect b) {
    if (a.is_empty()) return b;
    if (b.is_empty()) return a;
    return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

// Two lists of shapes side by side.
template <class Shape>
class Shapes {
public:
    Shapes(const std::vector<Shape>& now, const std::vector<Shape>& old) : now_(now), old_(old) {}

    // Calls `changed` with every shape that has no equal in the other list; any way to pair equals that keeps their order is right. False
    // where that takes too long: the two have little in common.
    template <class Changed>
    bool differences(Changed changed) {
        while (i_ < now_.size() && j_ < old_.size()) {
            if (now_[i_].hash == old_[j_].hash) {
                ++i_;
                ++j_;
                continue;
            }
            if (tries_ == 0) return false;
            // Where nothing is found one took the other's place.
            const auto [of_now, of_old] = next();
            for (std::size_t n = of_now; n > 0; --n) changed(now_[i_++]);
            for (std::size_t n = of_old; n > 0; --n) changed(old_[j_++]);
        }
        for (; i_ < now_.size(); ++i_) changed(now_[i_]);
        for (; j_ < old_.size(); ++j_) changed(old_[j_]);
        return true;
    }

private:
    struct Step {
        std::size_t of_now, of_old;
    };
    bool meets(Step at) {
        if (tries_ > 0) --tries_;
        return i_ + at.of_now < now_.size() && j_ + at.of_old < old_.size() &&
               now_[i_ + at.of_now].hash == old_[j_ + at.of_old].hash;
    }
    // How far it is to the next pair: near by; as many of the one as of the other; or the rest of both is the same again.
    Step next() {
        constexpr std::size_t kNear = 10, kFar = 300;
        for (std::size_t ahead = 1; ahead <= 2 * kNear; ++ahead) {
            for (std::size_t a = ahead > kNear ? ahead - kNear : 0; a <= std::min(ahead, kNear); ++a)
                if (meets({a, ahead - a})) return {a, ahead - a};
        }
        for (std::size_t n = kNear; n < kFar; ++n)
            if (meets({n, n})) return {n, n};
        const std::size_t rest_now = now_.size() - i_, rest_old = old_.size() - j_;
        const std::size_t more_now = rest_now - std::min(rest_now, rest_old), more_old = rest_old - std::min(rest_now, rest_old);
        for (std::size_t n = 0; more_now + more_old > 0 && n < kFar; ++n)
            if (meets({more_now + n, more_old + n})) return {more_now + n, more_old + n};
        return {1, 1};
    }

    const std::vector<Shape>&now_, &old_;
    std::size_t i_ = 0, j_ = 0, tries_ = 20'000;
};

}  // namespace

void FrameChange::mark(const ImDrawData& data, int width, int height) {
    std::swap(marks_, before_);
    marks_.clear();
    for (const ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            const ImVec4& clip = command.ClipRect;
            Mark made;
            made.hash = hash_of(*list, command);
            made.clip = {std::max(static_cast<int>(clip.x), 0), std::max(static_cast<int>(clip.y), 0),
                         std::min(static_cast<int>(clip.z), width), std::min(static_cast<int>(clip.w), height)};
            made.list = list;
            made.command = &command;
            marks_.push_back(std::move(made));
        }
    }
}

// With a pixel more on each side: what is drawn there may shade into it.
FrameChange::Shape FrameChange::shape(std::uint64_t hash, float x0, float y0, float x1, float y1) {
    const auto whole = [](float at, int more) {
        return static_cast<std::int16_t>(static_cast<int>(std::clamp(at, -30'000.0f, 30'000.0f)) + more);
    };
    return {hash, whole(std::floor(x0), -1), whole(std::floor(y0), -1), whole(std::ceil(x1), 1), whole(std::ceil(y1), 1)};
}

// The frame's own lists are gone when the next one comes.
void FrameChange::keep(Mark& mark) {
    if (!mark.list) return;
    const ImDrawIdx* index = mark.list->IdxBuffer.Data + mark.command->IdxOffset;
    const ImDrawVert* corners = mark.list->VtxBuffer.Data;
    mark.shapes.reserve(mark.command->ElemCount / 3);
    for (unsigned int at = 0; at + 3 <= mark.command->ElemCount; at += 3, index += 3) {
        const ImDrawVert &a = corners[index[0]], &b = corners[index[1]], &c = corners[index[2]];
        Hash hash;
        for (const ImDrawVert* one : {&a, &b, &c}) hash.add(one, sizeof *one);
        mark.shapes.push_back(shape(hash.value(), std::min({a.pos.x, b.pos.x, c.pos.x}), std::min({a.pos.y, b.pos.y, c.pos.y}),
                                    std::max({a.pos.x, b.pos.x, c.pos.x}), std::max({a.pos.y, b.pos.y, c.pos.y})));
    }
    if (mark.command->UserCallback == bars_callback) {
        for (const BarInstance& bar : static_cast<const BarBatch*>(mark.command->UserCallbackData)->bars()) {
            Hash hash;
            hash.add(&bar, sizeof bar);
            mark.shapes.push_back(shape(hash.value(), bar.x0, bar.y0, bar.x1, bar.y1));
        }
    }
    mark.list = nullptr;
}

void FrameChange::add(const PixelRect& changed) {
    if (changed.is_empty()) return;
    for (int at = changed.y0 / band_; at * band_ < changed.y1; ++at) {
        PixelRect& part = parts_[static_cast<std::size_t>(at)];
        part = around(part, {changed.x0, std::max(changed.y0, at * band_), changed.x1, std::min(changed.y1, (at + 1) * band_)});
    }
}

// `now` took the place of `old`.
void FrameChange::change(Mark& now, const Mark& old) {
    keep(now);
    const auto changed = [&](const Shape& one) {
        add({std::max<int>(one.x0, now.clip.x0), std::max<int>(one.y0, now.clip.y0), std::min<int>(one.x1, now.clip.x1),
             std::min<int>(one.y1, now.clip.y1)});
    };
    if (now.clip == old.clip && Shapes(now.shapes, old.shapes).differences(changed)) return;
    add(now.clip);
    add(old.clip);
}

// What came and what went between two commands that are the same, one beside the other.
void FrameChange::settle() {
    for (std::size_t at = 0; at < std::max(fresh_.size(), gone_.size()); ++at) {
        if (at >= gone_.size()) add(marks_[fresh_[at]].clip);
        else if (at >= fresh_.size()) add(before_[gone_[at]].clip);
        else change(marks_[fresh_[at]], before_[gone_[at]]);
    }
    fresh_.clear();
    gone_.clear();
}

// Goes through both lists of commands side by side. Any way to pair equal ones that keeps their order is right; one that misses a pair
// only draws too much.
void FrameChange::find_parts(int height) {
    constexpr std::size_t kLookAhead = 24;
    parts_.assign(static_cast<std::size_t>(height / band_ + 1), PixelRect{});
    std::size_t old = 0;
    for (std::size_t now = 0; now < marks_.size(); ++now) {
        const std::size_t end = std::min(before_.size(), old + kLookAhead);
        std::size_t found = old;
        while (found < end && !before_[found].is(marks_[now])) ++found;
        if (found == end) {
            fresh_.push_back(now);
            continue;
        }
        for (; old < found; ++old) gone_.push_back(old);
        settle();
        marks_[now] = std::move(before_[old++]);
    }
    for (; old < before_.size(); ++old) gone_.push_back(old);
    settle();
    std::erase_if(parts_, [](const PixelRect& part) { return part.is_empty(); });
}

const std::vector<PixelRect>& FrameChange::update(const ImDrawData& data, int width, int height, std::uint32_t background) {
    mark(data, width, height);
    const bool whole = !known_ || width != width_ || height != height_ || background != background_;
    known_ = true;
    width_ = width;
    height_ = height;
    background_ = background;
    if (whole) parts_.assign(1, {0, 0, width, height});
    else find_parts(height);
    for (Mark& one : marks_) keep(one);
    return parts_;
}

}  // namespace entente::ui
