// Theme: colours, type scale and spacing of both themes, as numbers. Colours are packed as Dear ImGui packs them
// (IM_COL32: ABGR). ImGui's unit is the device pixel: everything here is multiplied by the pixel ratio and the person's text
// scale, so that text lands on whole pixels and the atlas can be sampled with NEAREST.
//
// A status is always a shape, a word and a colour (Okabe-Ito hues); see widgets/status.hpp.
#pragma once

#include <cstdint>

struct ImFont;

namespace entente::ui {

enum class ThemeChoice : std::uint8_t { System, Dark, Light };

struct Palette {
    std::uint32_t bg, panel, panel2, line, text, muted, faint, accent, on_accent;
    std::uint32_t ok, warn, bad, info;
    std::uint32_t bar, bar_done, critical, critical_done, baseline, weekend;
};

const Palette& dark_palette();
const Palette& light_palette();

struct Fonts {
    ImFont* small = nullptr;    // 12
    ImFont* body = nullptr;     // 14 (13 in dense tables)
    ImFont* strong = nullptr;   // 14 semi-bold
    ImFont* large = nullptr;    // 16
    ImFont* title = nullptr;    // 20 semi-bold
    ImFont* display = nullptr;  // 28 semi-bold
    ImFont* number = nullptr;   // 20 regular, for the figures on cards
};

struct Theme {
    Palette palette{};
    Fonts fonts;
    bool dark = true;
    bool reduced_motion = false;
    bool forced_colors = false;
    float scale = 1.0f;  // device pixels for one CSS pixel, text scale included

    // CSS pixels to whole device pixels.
    float px(float css) const {
        const float scaled = css * scale;
        return static_cast<float>(static_cast<int>(scaled + 0.5f));
    }
};

// Writes the theme into ImGui's style (spacing, rounding, colours). Call after the scale or the palette changed.
void apply_style(const Theme& theme);

}  // namespace entente::ui
