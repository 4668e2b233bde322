// Draws Dear ImGui's lists with WebGL2 on #canvas: the atlas sampled with NEAREST (ImGui's unit is the device pixel), bars
// (ui/views/bars.hpp) in one instanced call each. The canvas is opaque and cleared with the background, so that no window
// needs to fill itself. A frame that is the same as the last one is not drawn again.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ui/frame_change.hpp"

struct ImDrawData;
struct ImDrawList;
struct ImDrawCmd;

namespace entente::platform {

class RendererWebgl2 {
public:
    // Makes context, shaders and buffers and draws once out of sight, so that the first real frame need not wait for the
    // compiler. False without WebGL2.
    bool open();
    // Uploads the current context's atlas anew.
    void upload_atlas();
    // True where something was drawn.
    bool draw(const ImDrawData& data, int width, int height, std::uint32_t background);
    // The canvas loses what it shows (the workspace was locked).
    void blank(std::uint32_t background);

    void context_lost();
    bool context_restored();
    bool lost() const { return lost_; }

private:
    struct Program {
        unsigned id = 0;
        int size = -1;   // uniforms
        int atlas = -1;
    };
    bool make_context();
    bool make_objects();
    void warm_up();
    void begin(int width, int height, std::uint32_t background);
    void draw_list(const ImDrawList& list);
    void draw_bars(const ImDrawCmd& command);
    void use_canvas_program();
    bool set_scissor(const ImDrawCmd& command);

    int context_ = 0;
    Program canvas_, bars_;
    unsigned canvas_layout_ = 0, bars_layout_ = 0;   // vertex arrays
    unsigned vertices_ = 0, indices_ = 0, instances_ = 0;
    unsigned atlas_ = 0;
    int width_ = 0, height_ = 0;
    ui::FrameChange change_;
    bool lost_ = false;
};

}  // namespace entente::platform
