#include "ui/raster.hpp"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/views/bars.hpp"

namespace entente::ui {
namespace {

constexpr std::uint32_t kOpaque = 0xFF000000u;

// The first pixel whose centre lies at or right of (below) x.
int first_pixel(float x) { return static_cast<int>(std::ceil(x - 0.5f)); }

// `colour` over `under`; `alpha` 0..255. Two channels at a time.
std::uint32_t blend(std::uint32_t under, std::uint32_t colour, std::uint32_t alpha) {
    const std::uint32_t part = alpha + (alpha >> 7), rest = 256 - part;
    const std::uint32_t odd = ((under & 0xFF00FFu) * rest + (colour & 0xFF00FFu) * part) >> 8;
    const std::uint32_t even = ((under >> 8) & 0xFFu) * rest + ((colour >> 8) & 0xFFu) * part;
    return kOpaque | (odd & 0xFF00FFu) | (even & 0xFF00u);
}

std::uint32_t scaled(std::uint32_t a, std::uint32_t b) { return (a * b + 127) / 255; }

bool same_uv(const ImDrawVert& a, const ImDrawVert& b) { return a.uv.x == b.uv.x && a.uv.y == b.uv.y; }

// Two triangles that make an upright rectangle of one colour, as Dear ImGui writes text and plain fills.
bool is_quad(const ImDrawVert* v, const ImDrawIdx* i) {
    if (i[3] != i[0] || i[4] != i[2]) return false;
    const ImDrawVert &a = v[i[0]], &b = v[i[1]], &c = v[i[2]], &d = v[i[5]];
    return a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x && a.col == b.col && a.col == c.col &&
           a.col == d.col && a.pos.x <= c.pos.x && a.pos.y <= c.pos.y;
}

// A value that changes evenly over a triangle: at (x, y) it is base + x * across + y * down.
struct Plane {
    float base = 0, across = 0, down = 0;
    float at(float x, float y) const { return base + x * across + y * down; }
};

struct Corners {
    ImVec2 a, b, c;
    float area;  // twice
};

Plane plane(const Corners& at, float a, float b, float c) {
    Plane p;
    p.across = ((b - a) * (at.c.y - at.a.y) - (c - a) * (at.b.y - at.a.y)) / at.area;
    p.down = ((c - a) * (at.b.x - at.a.x) - (b - a) * (at.c.x - at.a.x)) / at.area;
    p.base = a - at.a.x * p.across - at.a.y * p.down;
    return p;
}

// Where the edge crosses the height y; both triangles that share the edge work it out from the same end.
float crossing(const ImDrawVert& one, const ImDrawVert& other, float y) {
    const bool down = one.pos.y < other.pos.y || (one.pos.y == other.pos.y && one.pos.x < other.pos.x);
    const ImVec2 &from = down ? one.pos : other.pos, &to = down ? other.pos : one.pos;
    return from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y);
}

std::uint32_t channel(std::uint32_t colour, int shift) { return (colour >> shift) & 0xFFu; }

std::uint32_t byte_of(float value) { return static_cast<std::uint32_t>(std::min(std::max(value, 0.0f), 255.0f) + 0.5f); }

}  // namespace

RasterAtlas built_atlas() {
    const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    return {atlas.TexPixelsAlpha8, atlas.TexWidth, atlas.TexHeight};
}

void Raster::fill_span(int y, int x0, int x1, std::uint32_t colour) {
    std::uint32_t* row = row_at(y);
    const std::uint32_t alpha = colour >> 24;
    if (alpha == 255) {
        std::fill(row + x0, row + x1, colour);
    } else {
        for (int x = x0; x < x1; ++x) row[x] = blend(row[x], colour, alpha);
    }
}

std::uint32_t Raster::texel(float u, float v) const {
    const int x = std::clamp(static_cast<int>(u * static_cast<float>(atlas_.width)), 0, atlas_.width - 1);
    const int y = std::clamp(static_cast<int>(v * static_cast<float>(atlas_.height)), 0, atlas_.height - 1);
    return atlas_.alpha[static_cast<std::size_t>(y) * static_cast<std::size_t>(atlas_.width) + static_cast<std::size_t>(x)];
}

void Raster::glyph(const ImDrawVert& a, const ImDrawVert& c, PixelRect box) {
    const std::uint32_t alpha = a.col >> 24;
    const float across = (c.uv.x - a.uv.x) * static_cast<float>(atlas_.width) / (c.pos.x - a.pos.x);
    const float down = (c.uv.y - a.uv.y) * static_cast<float>(atlas_.height) / (c.pos.y - a.pos.y);
    const float left = a.uv.x * static_cast<float>(atlas_.width) + (static_cast<float>(box.x0) + 0.5f - a.pos.x) * across;
    // In 65536ths of a texel, so that a step is one addition.
    const auto begin = static_cast<std::int64_t>(left * 65536.0f), step = static_cast<std::int64_t>(across * 65536.0f);
    const std::int64_t most = (static_cast<std::int64_t>(atlas_.width) << 16) - 1;
    for (int y = box.y0; y < box.y1; ++y) {
        const float v = a.uv.y * static_cast<float>(atlas_.height) + (static_cast<float>(y) + 0.5f - a.pos.y) * down;
        const int line = std::clamp(static_cast<int>(v), 0, atlas_.height - 1);
        const std::uint8_t* texels = atlas_.alpha + static_cast<std::size_t>(line) * static_cast<std::size_t>(atlas_.width);
        std::uint32_t* row = row_at(y);
        std::int64_t at = begin;
        for (int x = box.x0; x < box.x1; ++x, at += step) {
            const std::uint32_t cover = texels[std::clamp<std::int64_t>(at, 0, most) >> 16];
            if (cover) row[x] = blend(row[x], a.col, alpha == 255 ? cover : scaled(cover, alpha));
        }
    }
}

void Raster::quad(const ImDrawVert& a, const ImDrawVert& c) {
    const PixelRect box{std::max(first_pixel(a.pos.x), clip_.x0), std::max(first_pixel(a.pos.y), clip_.y0),
                   std::min(first_pixel(c.pos.x), clip_.x1), std::min(first_pixel(c.pos.y), clip_.y1)};
    if (box.x0 >= box.x1 || box.y0 >= box.y1) return;
    if (!same_uv(a, c)) return glyph(a, c, box);
    const std::uint32_t alpha = scaled(a.col >> 24, texel(a.uv.x, a.uv.y)), colour = (a.col & ~kOpaque) | (alpha << 24);
    if (alpha == 0) return;
    for (int y = box.y0; y < box.y1; ++y) fill_span(y, box.x0, box.x1, colour);
}

void Raster::triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
    const float top = std::min({a.pos.y, b.pos.y, c.pos.y}), bottom = std::max({a.pos.y, b.pos.y, c.pos.y});
    const int y0 = std::max(first_pixel(top), clip_.y0), y1 = std::min(first_pixel(bottom), clip_.y1);
    const Corners at{a.pos, b.pos, c.pos,
                     (b.pos.x - a.pos.x) * (c.pos.y - a.pos.y) - (c.pos.x - a.pos.x) * (b.pos.y - a.pos.y)};
    if (y0 >= y1 || at.area == 0 || ((a.col | b.col | c.col) & kOpaque) == 0) return;
    const bool flat = a.col == b.col && a.col == c.col, textured = !same_uv(a, b) || !same_uv(a, c);
    const std::uint32_t cover = textured ? 255u : texel(a.uv.x, a.uv.y);
    std::array<Plane, 4> colours;
    if (!flat) {
        for (int i = 0; i < 4; ++i) {
            colours[static_cast<std::size_t>(i)] =
                plane(at, static_cast<float>(channel(a.col, i * 8)), static_cast<float>(channel(b.col, i * 8)),
                      static_cast<float>(channel(c.col, i * 8)));
        }
    }
    const Plane u = textured ? plane(at, a.uv.x, b.uv.x, c.uv.x) : Plane{}, v = textured ? plane(at, a.uv.y, b.uv.y, c.uv.y) : Plane{};
    const std::array<std::pair<const ImDrawVert*, const ImDrawVert*>, 3> edges = {{{&a, &b}, {&b, &c}, {&c, &a}}};
    for (int y = y0; y < y1; ++y) {
        const float middle = static_cast<float>(y) + 0.5f;
        float left = 1e9f, right = -1e9f;
        for (const auto& [one, other] : edges) {
            if ((one->pos.y <= middle) == (other->pos.y <= middle)) continue;
            const float x = crossing(*one, *other, middle);
            left = std::min(left, x);
            right = std::max(right, x);
        }
        const int x0 = std::max(first_pixel(std::max(left, -1e6f)), clip_.x0), x1 = std::min(first_pixel(std::min(right, 1e6f)), clip_.x1);
        if (x0 >= x1) continue;
        if (flat && !textured) {
            fill_span(y, x0, x1, (a.col & ~kOpaque) | (scaled(a.col >> 24, cover) << 24));
            continue;
        }
        std::uint32_t* row = row_at(y);
        for (int x = x0; x < x1; ++x) {
            const float centre = static_cast<float>(x) + 0.5f;
            std::uint32_t colour = a.col;
            if (!flat) {
                colour = byte_of(colours[0].at(centre, middle)) | byte_of(colours[1].at(centre, middle)) << 8 |
                         byte_of(colours[2].at(centre, middle)) << 16 | byte_of(colours[3].at(centre, middle)) << 24;
            }
            const std::uint32_t texture = textured ? texel(u.at(centre, middle), v.at(centre, middle)) : cover;
            if (const std::uint32_t alpha = scaled(colour >> 24, texture)) row[x] = blend(row[x], colour, alpha);
        }
    }
}

// The distance from a rounded rectangle, as shaders/bars.frag has it.
void Raster::bar(const BarInstance& bar) {
    const int y0 = std::max(static_cast<int>(std::floor(bar.y0 - 1)), clip_.y0),
              y1 = std::min(static_cast<int>(std::ceil(bar.y1 + 1)), clip_.y1);
    const int x0 = std::max(static_cast<int>(std::floor(bar.x0 - 1)), clip_.x0),
              x1 = std::min(static_cast<int>(std::ceil(bar.x1 + 1)), clip_.x1);
    const float half_x = (bar.x1 - bar.x0) * 0.5f, half_y = (bar.y1 - bar.y0) * 0.5f;
    const float radius = std::min(bar.radius, std::min(half_x, half_y)), split = bar.x0 + (bar.x1 - bar.x0) * bar.progress;
    // Between the rounded ends and away from the split every pixel of a row is the same.
    const int plain_from = std::max(x0, static_cast<int>(std::ceil(bar.x0 + radius + 1))),
              plain_to = std::min(x1, static_cast<int>(std::floor(bar.x1 - radius - 1)));
    const auto split_at = static_cast<int>(std::floor(std::min(std::max(split, -1e6f), 1e6f)));
    for (int y = y0; y < y1; ++y) {
        const float beyond_y = std::abs(static_cast<float>(y) + 0.5f - (bar.y0 + half_y)) - (half_y - radius);
        std::uint32_t* row = row_at(y);
        const auto pixel = [&](int x) {
            const float beyond_x = std::abs(static_cast<float>(x) + 0.5f - (bar.x0 + half_x)) - (half_x - radius);
            const float corner_x = std::max(beyond_x, 0.0f), corner_y = std::max(beyond_y, 0.0f);
            const float outside =
                std::sqrt(corner_x * corner_x + corner_y * corner_y) + std::min(std::max(beyond_x, beyond_y), 0.0f) - radius;
            const float cover = std::min(std::max(0.5f - outside, 0.0f), 1.0f);
            const float done = std::min(std::max(split - static_cast<float>(x), 0.0f), 1.0f);
            const std::uint32_t colour = done >= 1.0f   ? bar.done_rgba
                                         : done <= 0.0f ? bar.rgba
                                                        : blend(bar.rgba, bar.done_rgba, byte_of(done * 255.0f));
            const float alpha = static_cast<float>((done > 0.5f ? bar.done_rgba : bar.rgba) >> 24) * cover;
            if (alpha > 0.0f) row[x] = blend(row[x], colour, byte_of(alpha));
        };
        const float outside = beyond_y - radius;
        const bool full = outside <= -0.5f && beyond_y <= 0.0f;
        for (int x = x0; x < x1; ++x) {
            if (full && x >= plain_from && x < plain_to && x != split_at) {
                const int to = x < split_at ? std::min(plain_to, split_at) : plain_to;
                fill_span(y, x, to, x < split_at ? bar.done_rgba : bar.rgba);
                x = to - 1;
            } else {
                pixel(x);
            }
        }
    }
}

bool Raster::clip_to(const ImDrawCmd& command) {
    clip_ = {std::max(static_cast<int>(command.ClipRect.x), part_.x0), std::max(static_cast<int>(command.ClipRect.y), part_.y0),
             std::min(static_cast<int>(command.ClipRect.z), part_.x1), std::min(static_cast<int>(command.ClipRect.w), part_.y1)};
    return !clip_.is_empty();
}

void Raster::draw_list(const ImDrawList& list) {
    const ImDrawVert* vertices = list.VtxBuffer.Data;
    for (const ImDrawCmd& command : list.CmdBuffer) {
        if (!clip_to(command)) continue;
        if (command.UserCallback == bars_callback) {
            for (const BarInstance& one : static_cast<const BarBatch*>(command.UserCallbackData)->bars()) bar(one);
            continue;
        }
        const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
        const ImDrawIdx* const end = index + command.ElemCount;
        while (index + 3 <= end) {
            if (index + 6 <= end && is_quad(vertices, index)) {
                quad(vertices[index[0]], vertices[index[2]]);
                index += 6;
            } else {
                triangle(vertices[index[0]], vertices[index[1]], vertices[index[2]]);
                index += 3;
            }
        }
    }
}

void Raster::draw(const ImDrawData& data, const RasterAtlas& atlas, int width, PixelRect part, std::uint32_t background) {
    width_ = std::max(width, 0);
    part_ = {std::max(part.x0, 0), part.y0, std::min(part.x1, width_), std::max(part.y1, part.y0)};
    atlas_ = atlas;
    pixels_.resize(static_cast<std::size_t>(width_) * static_cast<std::size_t>(part_.y1 - part_.y0));
    if (part_.is_empty()) return;
    for (int y = part_.y0; y < part_.y1; ++y) std::fill(row_at(y) + part_.x0, row_at(y) + part_.x1, background | kOpaque);
    if (!atlas_.alpha || atlas_.width <= 0 || atlas_.height <= 0) return;
    for (const ImDrawList* list : data.CmdLists) draw_list(*list);
}

}  // namespace entente::ui
