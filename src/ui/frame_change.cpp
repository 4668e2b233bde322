#include "ui/frame_change.hpp"

#include <imgui.h>

#include <algorithm>
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

}  // namespace

void FrameChange::mark(const ImDrawData& data, int width, int height) {
    std::swap(marks_, before_);
    marks_.clear();
    for (const ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            const ImVec4& clip = command.ClipRect;
            marks_.push_back({hash_of(*list, command),
                              {std::max(static_cast<int>(clip.x), 0), std::max(static_cast<int>(clip.y), 0),
                               std::min(static_cast<int>(clip.z), width), std::min(static_cast<int>(clip.w), height)}});
        }
    }
}

void FrameChange::add(const PixelRect& changed) {
    if (changed.is_empty()) return;
    for (int at = changed.y0 / band_; at * band_ < changed.y1; ++at) {
        PixelRect& part = parts_[static_cast<std::size_t>(at)];
        part = around(part, {changed.x0, std::max(changed.y0, at * band_), changed.x1, std::min(changed.y1, (at + 1) * band_)});
    }
}

// Goes through both lists of commands side by side. Any way to pair equal ones that keeps their order is right; one that misses a pair
// only draws too much.
void FrameChange::find_parts(int height) {
    constexpr std::size_t kLookAhead = 24;
    parts_.assign(static_cast<std::size_t>(height / band_ + 1), PixelRect{});
    std::size_t old = 0;
    for (const Mark& now : marks_) {
        const std::size_t end = std::min(before_.size(), old + kLookAhead);
        std::size_t found = old;
        while (found < end && !(before_[found] == now)) ++found;
        if (found == end) {
            add(now.clip);
            continue;
        }
        for (; old < found; ++old) add(before_[old].clip);
        ++old;
    }
    for (; old < before_.size(); ++old) add(before_[old].clip);
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
    return parts_;
}

}  // namespace entente::ui
