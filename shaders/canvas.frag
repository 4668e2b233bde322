#version 300 es
// The atlas holds coverage in its red channel; text lies on whole pixels, so it is sampled with NEAREST.
precision mediump float;

in highp vec2 v_texel;
in vec4 v_color;

uniform sampler2D u_atlas;

out vec4 o_color;

void main() {
    o_color = vec4(v_color.rgb, v_color.a * texture(u_atlas, v_texel).r);
}
