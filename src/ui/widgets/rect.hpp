// Rect: a box in device pixels.
#pragma once

#include <algorithm>

namespace entente::ui {

struct Rect {
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;

    float w() const { return x1 - x0; }
    float h() const { return y1 - y0; }
    float mid_x() const { return (x0 + x1) * 0.5f; }
    float mid_y() const { return (y0 + y1) * 0.5f; }
    bool empty() const { return x1 <= x0 || y1 <= y0; }
    bool contains(float x, float y) const { return x >= x0 && x < x1 && y >= y0 && y < y1; }
    Rect inset(float dx, float dy) const { return {x0 + dx, y0 + dy, x1 - dx, y1 - dy}; }
    Rect cut(const Rect& o) const {
        const Rect r{std::max(x0, o.x0), std::max(y0, o.y0), std::min(x1, o.x1), std::min(y1, o.y1)};
        return r.empty() ? Rect{} : r;
    }
};

inline Rect box(float x, float y, float w, float h) { return {x, y, x + w, y + h}; }

}  // namespace entente::ui
