#version 300 es
// Dear ImGui's triangles. Positions are device pixels.
precision highp float;

layout(location = 0) in vec2 a_position;
layout(location = 1) in vec2 a_texel;
layout(location = 2) in vec4 a_color;

uniform vec2 u_size;  // of the canvas, device pixels

out vec2 v_texel;
out vec4 v_color;

void main() {
    v_texel = a_texel;
    v_color = a_color;
    vec2 unit = a_position / u_size;
    gl_Position = vec4(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}
