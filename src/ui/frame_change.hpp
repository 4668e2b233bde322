// FrameChange: where one frame's picture differs from the one before, so that only that is drawn anew.
//
// Each of Dear ImGui's commands gets a number for all that it draws. Commands that stand in the same order before and after a change are
// left out; the others can have changed anything within their clip rectangles, for a pixel is what those that reach it draw there, one
// after the other. Scrolling a list changes the list and leaves the rail; a pointer over a button changes its window.
#pragma once

#include <cstdint>
#include <vector>

struct ImDrawData;

namespace entente::ui {

// Device pixels; x1 and y1 lie outside.
struct PixelRect {
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    bool is_empty() const { return x0 >= x1 || y0 >= y1; }
    friend bool operator==(const PixelRect&, const PixelRect&) = default;
};

class FrameChange {
public:
    // `band`: rows that are looked at together, for what changed at the left of the window and far to the right of it is drawn as one.
    explicit FrameChange(int band = 96) : band_(band) {}

    // What of a frame of this size differs from the last one that was given, from top to bottom and nowhere twice; none: it is the same
    // picture. The first frame, another size and another background are different everywhere. Good until the next call.
    const std::vector<PixelRect>& update(const ImDrawData& data, int width, int height, std::uint32_t background);
    // The next frame counts as the first: what was drawn is gone.
    void forget() { known_ = false; }

private:
    struct Mark {
        std::uint64_t hash = 0;
        PixelRect clip;
        friend bool operator==(const Mark&, const Mark&) = default;
    };
    void mark(const ImDrawData& data, int width, int height);
    void find_parts(int height);
    void add(const PixelRect& changed);

    int band_;
    std::vector<Mark> marks_, before_;
    std::vector<PixelRect> parts_;  // while they are found: one for each band
    int width_ = 0, height_ = 0;
    std::uint32_t background_ = 0;
    bool known_ = false;
};

}  // namespace entente::ui
