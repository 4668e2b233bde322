// Raster: paints Dear ImGui's lists into pixels without a graphics card, as shaders/ do with one: the atlas sampled with NEAREST, bars
// (views/bars.hpp) as rounded rectangles smoothed over one pixel, straight (not premultiplied) alpha over an opaque background.
//
// Why it exists: where WebGL is done in software, clearing, reading back and composing a window costs several times as much as painting
// only what is there; and the program also runs where there is no WebGL at all. Text, fills and bars, nearly all that a frame has, take
// short ways of their own; any other triangle is filled line by line, so that two triangles that share an edge neither overlap nor gape.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ui/frame_change.hpp"

struct ImDrawData;
struct ImDrawList;
struct ImDrawCmd;
struct ImDrawVert;

namespace entente::ui {

struct BarInstance;

// The font atlas: one byte of coverage a texel. Owned by Dear ImGui.
struct RasterAtlas {
    const std::uint8_t* alpha = nullptr;
    int width = 0, height = 0;
};
// The atlas as build_fonts() (ui/theme/theme.hpp) left it.
RasterAtlas built_atlas();

class Raster {
public:
    // Paints `part` of a frame `width` wide, so that a window can be painted strip by strip without memory for all of it, and no more of
    // it than has changed. Colours as IM_COL32; the background's alpha is taken as opaque. After this pixels() hold the part's rows, each
    // `width` wide; what lies to its left and right means nothing.
    void draw(const ImDrawData& data, const RasterAtlas& atlas, int width, PixelRect part, std::uint32_t background);

    const std::vector<std::uint32_t>& pixels() const { return pixels_; }  // rows from the part's top, RGBA in memory

private:
    bool clip_to(const ImDrawCmd& command);
    void draw_list(const ImDrawList& list);
    void quad(const ImDrawVert& a, const ImDrawVert& c);
    void glyph(const ImDrawVert& a, const ImDrawVert& c, PixelRect box);
    void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c);
    void bar(const BarInstance& bar);
    void fill_span(int y, int x0, int x1, std::uint32_t colour);
    std::uint32_t* row_at(int y) { return pixels_.data() + static_cast<std::size_t>(y - part_.y0) * static_cast<std::size_t>(width_); }
    std::uint32_t texel(float u, float v) const;  // coverage 0..255

    std::vector<std::uint32_t> pixels_;
    int width_ = 0;
    PixelRect part_;
    RasterAtlas atlas_;
    PixelRect clip_;
};

}  // namespace entente::ui
