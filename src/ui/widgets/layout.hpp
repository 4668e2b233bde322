// Layout: a Flow stacks boxes downwards in a column, a Row places boxes from the left and the right of a strip, a ScrollArea
// is a part of the canvas that scrolls. All sizes are device pixels; pass Frame::px(css).
#pragma once

#include "ui/frame.hpp"
#include "ui/widgets/rect.hpp"

namespace entente::ui {

struct Flow {
    float x = 0, y = 0, w = 0;

    // The next box of the whole width.
    Rect take(float height) {
        const Rect r = box(x, y, w, height);
        y += height;
        return r;
    }
    void gap(float height) { y += height; }
    // Column `index` of `count` equal ones with `space` between; x and w lie on whole pixels.
    Flow column(int index, int count, float space) const;
};

// Boxes side by side; when one does not fit any more the row goes on in a new line of the flow.
class Row {
public:
    Row(Flow& flow, float height, float space);
    Rect left(float width);
    Rect right(float width);
    Rect rest();                       // what is left between both ends of this line
    float room() const { return right_ - left_; }
    void space(float width) { left_ += width; }

private:
    void next_line();

    Flow& flow_;
    float height_, space_, y_, left_, right_, start_, end_;
};

// Scrolls when its content is higher than `area`. Set flow.y to the end of the content before it goes out of scope.
class ScrollArea {
public:
    ScrollArea(const Frame& frame, const char* key, Rect area);
    ~ScrollArea();
    ScrollArea(const ScrollArea&) = delete;
    ScrollArea& operator=(const ScrollArea&) = delete;

    Flow flow;

private:
    Rect area_;
};

// Names inside a scope are apart from the same names outside it: for entities by their id.
class IdScope {
public:
    explicit IdScope(std::uint64_t id);
    explicit IdScope(const char* name);
    ~IdScope();
    IdScope(const IdScope&) = delete;
    IdScope& operator=(const IdScope&) = delete;
};

}  // namespace entente::ui
