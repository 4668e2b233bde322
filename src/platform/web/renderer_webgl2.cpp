#include "platform/web/renderer_webgl2.hpp"

#include <GLES3/gl3.h>
#include <emscripten/html5.h>
#include <imgui.h>

#include <cstddef>

#include "shaders.hpp"
#include "ui/raster.hpp"
#include "ui/views/bars.hpp"

namespace entente::platform {
namespace {

constexpr const char* kCanvas = "#canvas";

const void* offset_pointer(std::size_t offset) { return reinterpret_cast<const void*>(offset); }

GLuint compile(GLenum kind, std::string_view source) {
    const GLuint shader = glCreateShader(kind);
    const char* text = source.data();
    const GLint length = static_cast<GLint>(source.size());
    glShaderSource(shader, 1, &text, &length);
    glCompileShader(shader);
    return shader;
}

// 0 where it does not link.
GLuint link(std::string_view vertex, std::string_view fragment) {
    const GLuint program = glCreateProgram();
    const GLuint parts[] = {compile(GL_VERTEX_SHADER, vertex), compile(GL_FRAGMENT_SHADER, fragment)};
    for (const GLuint part : parts) {
        glAttachShader(program, part);
        glDeleteShader(part);
    }
    glLinkProgram(program);
    GLint linked = 0;
    glGetProgramiv(program, GL_LINK_STATUS, &linked);
    if (linked == 0) {
        glDeleteProgram(program);
        return 0;
    }
    return program;
}

bool is_bars(const ImDrawCmd& command) { return command.UserCallback == ui::bars_callback; }

void set_attribute(GLuint index, GLint count, GLenum type, bool normalized, GLsizei stride, std::size_t offset) {
    glEnableVertexAttribArray(index);
    glVertexAttribPointer(index, count, type, normalized ? GL_TRUE : GL_FALSE, stride, offset_pointer(offset));
}

void describe_vertices() {
    constexpr GLsizei stride = sizeof(ImDrawVert);
    set_attribute(0, 2, GL_FLOAT, false, stride, offsetof(ImDrawVert, pos));
    set_attribute(1, 2, GL_FLOAT, false, stride, offsetof(ImDrawVert, uv));
    set_attribute(2, 4, GL_UNSIGNED_BYTE, true, stride, offsetof(ImDrawVert, col));
}

void describe_instances() {
    constexpr GLsizei stride = sizeof(ui::BarInstance);
    set_attribute(0, 4, GL_FLOAT, false, stride, offsetof(ui::BarInstance, x0));
    set_attribute(1, 2, GL_FLOAT, false, stride, offsetof(ui::BarInstance, radius));
    set_attribute(2, 4, GL_UNSIGNED_BYTE, true, stride, offsetof(ui::BarInstance, rgba));
    set_attribute(3, 4, GL_UNSIGNED_BYTE, true, stride, offsetof(ui::BarInstance, done_rgba));
    for (GLuint index = 0; index < 4; ++index) {
        glVertexAttribDivisor(index, 1);
    }
}

}  // namespace

bool RendererWebgl2::make_context() {
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = EM_FALSE;
    attributes.depth = EM_FALSE;
    attributes.stencil = EM_FALSE;
    attributes.antialias = EM_FALSE;
    attributes.premultipliedAlpha = EM_FALSE;
    attributes.enableExtensionsByDefault = EM_FALSE;
    const auto context = emscripten_webgl_create_context(kCanvas, &attributes);
    context_ = static_cast<int>(context);
    return context > 0 && emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

bool RendererWebgl2::make_objects() {
    canvas_.id = link(shaders::kCanvasVert, shaders::kCanvasFrag);
    bars_.id = link(shaders::kBarsVert, shaders::kBarsFrag);
    if (canvas_.id == 0 || bars_.id == 0) {
        return false;
    }
    canvas_.size = glGetUniformLocation(canvas_.id, "u_size");
    canvas_.atlas = glGetUniformLocation(canvas_.id, "u_atlas");
    bars_.size = glGetUniformLocation(bars_.id, "u_size");

    GLuint buffers[3];
    glGenBuffers(3, buffers);
    vertices_ = buffers[0];
    indices_ = buffers[1];
    instances_ = buffers[2];
    GLuint layouts[2];
    glGenVertexArrays(2, layouts);
    canvas_layout_ = layouts[0];
    bars_layout_ = layouts[1];
    glBindVertexArray(canvas_layout_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
    describe_vertices();
    glBindVertexArray(bars_layout_);
    glBindBuffer(GL_ARRAY_BUFFER, instances_);
    describe_instances();

    glGenTextures(1, &atlas_);
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    return true;
}

bool RendererWebgl2::open() {
    if (!make_context() || !make_objects()) {
        return false;
    }
    warm_up();
    return true;
}

void RendererWebgl2::warm_up() {
    const std::uint8_t white = 255;
    glBindTexture(GL_TEXTURE_2D, atlas_);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, 1, 1, 0, GL_RED, GL_UNSIGNED_BYTE, &white);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    begin(1, 1, 0);
    const ImDrawVert corners[3] = {{ImVec2(0, 0), ImVec2(0, 0), 0u}, {ImVec2(1, 0), ImVec2(0, 0), 0u}, {ImVec2(0, 1), ImVec2(0, 0), 0u}};
    const ImDrawIdx order[3] = {0, 1, 2};
    use_canvas_program();
    glBufferData(GL_ARRAY_BUFFER, sizeof corners, corners, GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, sizeof order, order, GL_STREAM_DRAW);
    glDrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_INT, nullptr);
    ui::BarBatch bars;
    bars.add({0, 0, 1, 1, 0, 0, 0u, 0u});
    ImDrawCmd command;
    command.ClipRect = ImVec4(0, 0, 1, 1);
    command.UserCallbackData = &bars;
    draw_bars(command);
}

void RendererWebgl2::upload_atlas() {
    const ui::RasterAtlas atlas = ui::built_atlas();
    ImGui::GetIO().Fonts->SetTexID(static_cast<ImTextureID>(nullptr));
    change_.forget();
    if (lost_) {
        return;
    }
    glBindTexture(GL_TEXTURE_2D, atlas_);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, atlas.width, atlas.height, 0, GL_RED, GL_UNSIGNED_BYTE, atlas.alpha);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

void RendererWebgl2::begin(int width, int height, std::uint32_t background) {
    if (width != width_ || height != height_) {
        emscripten_set_canvas_element_size(kCanvas, width, height);
        width_ = width;
        height_ = height;
    }
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    const auto part = [background](int shift) { return static_cast<float>((background >> shift) & 0xFF) / 255.0f; };
    glClearColor(part(0), part(8), part(16), 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_SCISSOR_TEST);
    glUseProgram(bars_.id);
    glUniform2f(bars_.size, static_cast<float>(width), static_cast<float>(height));
    glUseProgram(canvas_.id);
    glUniform2f(canvas_.size, static_cast<float>(width), static_cast<float>(height));
    glUniform1i(canvas_.atlas, 0);
}

void RendererWebgl2::use_canvas_program() {
    glUseProgram(canvas_.id);
    glBindVertexArray(canvas_layout_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBindTexture(GL_TEXTURE_2D, atlas_);
}

bool RendererWebgl2::set_scissor(const ImDrawCmd& command) {
    const int x0 = static_cast<int>(command.ClipRect.x < 0 ? 0 : command.ClipRect.x);
    const int y0 = static_cast<int>(command.ClipRect.y < 0 ? 0 : command.ClipRect.y);
    const int x1 = static_cast<int>(command.ClipRect.z), y1 = static_cast<int>(command.ClipRect.w);
    if (x1 <= x0 || y1 <= y0) {
        return false;
    }
    glScissor(x0, height_ - y1, x1 - x0, y1 - y0);
    return true;
}

void RendererWebgl2::draw_bars(const ImDrawCmd& command) {
    const auto& bars = static_cast<const ui::BarBatch*>(command.UserCallbackData)->bars();
    if (bars.empty() || !set_scissor(command)) {
        return;
    }
    glUseProgram(bars_.id);
    glBindVertexArray(bars_layout_);
    glBindBuffer(GL_ARRAY_BUFFER, instances_);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(bars.size() * sizeof(ui::BarInstance)), bars.data(), GL_STREAM_DRAW);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(bars.size()));
}

void RendererWebgl2::draw_list(const ImDrawList& list) {
    use_canvas_program();
    glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data, GL_STREAM_DRAW);
    bool ours = true;  // the program and layout for triangles are in use
    for (const ImDrawCmd& command : list.CmdBuffer) {
        if (is_bars(command)) {
            draw_bars(command);
            ours = false;
            continue;
        }
        if (command.ElemCount == 0 || !set_scissor(command)) {
            continue;
        }
        if (!ours) {
            use_canvas_program();
            ours = true;
        }
        glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
                       offset_pointer(command.IdxOffset * sizeof(ImDrawIdx)));
    }
}

bool RendererWebgl2::draw(const ImDrawData& data, int width, int height, std::uint32_t background) {
    if (lost_ || width <= 0 || height <= 0) {
        return false;
    }
    if (change_.update(data, width, height, background).empty()) {
        return false;
    }
    begin(width, height, background);
    for (const ImDrawList* list : data.CmdLists) {
        draw_list(*list);
    }
    return true;
}

void RendererWebgl2::blank(std::uint32_t background) {
    change_.forget();
    if (!lost_ && width_ > 0) {
        begin(width_, height_, background);
    }
}

void RendererWebgl2::context_lost() { lost_ = true; }

bool RendererWebgl2::context_restored() {
    lost_ = false;
    change_.forget();
    if (!make_objects()) {
        lost_ = true;
        return false;
    }
    upload_atlas();
    return true;
}

}  // namespace entente::platform
