// FrameChange: where one frame's picture differs from the one before, so that only that is drawn anew.
//
// Each of Dear ImGui's commands gets a number for all that it draws. Commands that stand in the same order before and after a change are
// left out at both ends; what lies between can have changed anything within its clip rectangles. Scrolling a list changes the list and
// leaves the rail; a pointer over a button changes its window.
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
    // What of a frame of this size differs from the last one that was given; empty: it is the same picture. The first frame, another size
    // and another background are different everywhere.
    PixelRect update(const ImDrawData& data, int width, int height, std::uint32_t background);
    // The next frame counts as the first: what was drawn is gone.
    void forget() { known_ = false; }

private:
    struct Mark {
        std::uint64_t hash = 0;
        PixelRect clip;
        friend bool operator==(const Mark&, const Mark&) = default;
    };
    std::vector<Mark> marks_, before_;
    int width_ = 0, height_ = 0;
    std::uint32_t background_ = 0;
    bool known_ = false;
};

}  // namespace entente::ui
