// FrameChange: where one frame's picture differs from the one before, so that only that is drawn anew.
//
// A pixel is what those that reach it draw there, one after the other. So what stands in the same order before and after a change is left
// out, and all else counts where it is and where it was: first Dear ImGui's commands, each by a number for all that it draws, then the
// triangles and bars of two commands of which one took the other's place. Scrolling a list changes the list and leaves the rail; a day more
// changes a bar, a date and what waits for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

struct ImDrawCmd;
struct ImDrawData;
struct ImDrawList;

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
    // A triangle or a bar: a number for all of it, and where it is.
    struct Shape {
        std::uint64_t hash = 0;
        std::int16_t x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    };
    struct Mark {
        std::uint64_t hash = 0;
        PixelRect clip;
        const ImDrawList* list = nullptr;  // this frame's; none: its shapes are here
        const ImDrawCmd* command = nullptr;
        std::vector<Shape> shapes;
        bool is(const Mark& other) const { return hash == other.hash && clip == other.clip; }
    };
    void mark(const ImDrawData& data, int width, int height);
    void find_parts(int height);
    void settle();
    void change(Mark& now, const Mark& old);
    void add(const PixelRect& changed);
    static void keep(Mark& mark);
    static Shape shape(std::uint64_t hash, float x0, float y0, float x1, float y1);

    int band_;
    std::vector<Mark> marks_, before_;
    std::vector<std::size_t> fresh_, gone_;  // in the order they are drawn, since the last that is the same
    std::vector<PixelRect> parts_;  // while they are found: one for each band
    int width_ = 0, height_ = 0;
    std::uint32_t background_ = 0;
    bool known_ = false;
};

}  // namespace entente::ui
