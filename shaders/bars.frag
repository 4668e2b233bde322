#version 300 es
// A rounded rectangle by its signed distance, smoothed over one pixel.
precision highp float;

in vec2 v_at;
flat in vec2 v_half;
flat in float v_radius;
flat in float v_split;
flat in vec4 v_color;
flat in vec4 v_done;

out vec4 o_color;

void main() {
    vec2 beyond = abs(v_at) - (v_half - v_radius);
    float outside = length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - v_radius;
    float coverage = clamp(0.5 - outside, 0.0, 1.0);
    float done = clamp(v_split - v_at.x + 0.5, 0.0, 1.0);
    vec4 color = mix(v_color, v_done, done);
    o_color = vec4(color.rgb, color.a * coverage);
}
