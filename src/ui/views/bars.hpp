// Bars: thousands of rounded rectangles in one instanced draw call, for the timeline.
//
// A view fills a BarBatch and hands it to an ImDrawList; the renderer recognises bars_callback and draws the instances with
// shaders/bars.{vert,frag}. Coordinates are device pixels. The batch must live until the frame is rendered.
#pragma once

#include <cstdint>
#include <vector>

struct ImDrawList;
struct ImDrawCmd;

namespace entente::ui {

struct BarInstance {
    float x0, y0, x1, y1;
    float radius;            // device pixels; half the height gives a round end
    float progress;          // 0..1 of the width drawn in `done_rgba`
    std::uint32_t rgba;      // as IM_COL32
    std::uint32_t done_rgba;
};

class BarBatch {
public:
    void clear() { bars_.clear(); }
    void add(const BarInstance& bar) { bars_.push_back(bar); }
    const std::vector<BarInstance>& bars() const { return bars_; }
    // Draws all bars here, in order, clipped to the list's current clip rectangle.
    void draw(ImDrawList* list) const;

private:
    std::vector<BarInstance> bars_;
};

// Never called as a callback: its address marks the command for the renderer; UserCallbackData is a const BarBatch*.
void bars_callback(const ImDrawList* list, const ImDrawCmd* command);

}  // namespace entente::ui
