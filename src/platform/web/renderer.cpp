#include "platform/web/renderer.hpp"

#include <emscripten/html5.h>
#include <imgui.h>

#include <algorithm>

#include "platform/web/js.hpp"

namespace entente::platform {
namespace {

constexpr int kStrip = 96;  // rows painted at once: half a megabyte stays warm, where a whole window would not

}  // namespace

bool Renderer::open(double screen_pixels, std::string_view wish) {
    const bool painted = wish == "paint" || (wish != "webgl2" && screen_pixels <= kMostPainted);
    if (!painted) {
        webgl_ = std::make_unique<RendererWebgl2>();
        if (webgl_->open()) return true;
        webgl_.reset();
    }
    return entente_js_paint_open() != 0;
}

void Renderer::upload_atlas() {
    if (webgl_) return webgl_->upload_atlas();
    change_.forget();
}

void Renderer::paint(const ImDrawData& data, int width, int height, ui::PixelRect part, std::uint32_t background) {
    if (width != width_ || height != height_) {
        emscripten_set_canvas_element_size("#canvas", width, height);
        width_ = width;
        height_ = height;
    }
    const ui::RasterAtlas atlas = ui::built_atlas();
    for (int top = part.y0; top < part.y1; top += kStrip) {
        const int bottom = std::min(top + kStrip, part.y1);
        raster_.draw(data, atlas, width, {part.x0, top, part.x1, bottom}, background);
        entente_js_paint(raster_.pixels().data(), width, bottom - top, top, part.x0, part.x1);
    }
}

bool Renderer::draw(const ImDrawData& data, int width, int height, std::uint32_t background) {
    if (webgl_) return webgl_->draw(data, width, height, background);
    if (width <= 0 || height <= 0) return false;
    const std::vector<ui::PixelRect>& parts = change_.update(data, width, height, background);
    for (const ui::PixelRect& part : parts) paint(data, width, height, part, background);
    return !parts.empty();
}

void Renderer::blank(std::uint32_t background) {
    if (webgl_) return webgl_->blank(background);
    change_.forget();
    if (width_ > 0) paint(ImDrawData(), width_, height_, {0, 0, width_, height_}, background);
}

void Renderer::context_lost() {
    if (webgl_) webgl_->context_lost();
}

bool Renderer::context_restored() { return webgl_ && webgl_->context_restored(); }

}  // namespace entente::platform
