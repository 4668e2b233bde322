#version 300 es
// One instance is one bar; its four corners come from the vertex index. The quad is a pixel larger on every side, so that the
// smoothed edge has room.
precision highp float;

layout(location = 0) in vec4 a_rect;      // x0 y0 x1 y1, device pixels
layout(location = 1) in vec2 a_shape;     // radius, progress
layout(location = 2) in vec4 a_color;
layout(location = 3) in vec4 a_done;

uniform vec2 u_size;

out vec2 v_at;               // from the bar's centre
flat out vec2 v_half;        // half its size
flat out float v_radius;
flat out float v_split;      // where the done part ends, from the centre
flat out vec4 v_color;
flat out vec4 v_done;

void main() {
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
    vec2 position = mix(a_rect.xy - 1.0, a_rect.zw + 1.0, corner);
    v_half = 0.5 * (a_rect.zw - a_rect.xy);
    v_at = position - 0.5 * (a_rect.xy + a_rect.zw);
    v_radius = min(a_shape.x, min(v_half.x, v_half.y));
    float progress = a_shape.y;
    // Beyond both ends, so that the smoothed edge of a bar that is not begun or quite done has one colour.
    v_split = progress <= 0.0 ? -v_half.x - 2.0 : progress >= 1.0 ? v_half.x + 2.0 : v_half.x * (2.0 * progress - 1.0);
    v_color = a_color;
    v_done = a_done;
    vec2 unit = position / u_size;
    gl_Position = vec4(unit.x * 2.0 - 1.0, 1.0 - unit.y * 2.0, 0.0, 1.0);
}
