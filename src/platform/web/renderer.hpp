// Draws Dear ImGui's lists on #canvas, in one of two ways that give the same picture; the first open() decides for good:
//
//   painted   ui/raster.hpp into pixels, handed to the canvas as they are. Up to kMostPainted device pixels: the whole screen takes a few
//             milliseconds and no graphics context (40 MB and more in the browser's GPU process) is ever made.
//   WebGL2    renderer_webgl2.hpp, for screens with more pixels than that. Without WebGL2 they are painted too.
//
// The preference "renderer" ("paint" or "webgl2") overrules the count. A frame that is the same as the last one is not drawn again;
// of a painted one only what has changed is.
#pragma once

#include <memory>
#include <string_view>

#include "platform/web/renderer_webgl2.hpp"
#include "ui/frame_change.hpp"
#include "ui/raster.hpp"

namespace entente::platform {

class Renderer {
public:
    static constexpr double kMostPainted = 2'400'000;  // 1920 x 1200 and a little

    // `screen_pixels` is what a window of this page can have at most. False where the canvas takes neither way.
    bool open(double screen_pixels, std::string_view wish);
    // The current context's atlas was made anew.
    void upload_atlas();
    // True where something was drawn.
    bool draw(const ImDrawData& data, int width, int height, std::uint32_t background);
    // The canvas loses what it shows (the workspace was locked).
    void blank(std::uint32_t background);

    void context_lost();
    bool context_restored();

private:
    void paint(const ImDrawData& data, int width, int height, ui::PixelRect part, std::uint32_t background);

    std::unique_ptr<RendererWebgl2> webgl_;  // none: painted
    ui::Raster raster_;
    int width_ = 0, height_ = 0;
    ui::FrameChange change_;
};

}  // namespace entente::platform
