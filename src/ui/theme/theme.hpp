// Theme: colours, type scale and spacing of both themes, as numbers. Colours are packed as Dear ImGui packs them
// (IM_COL32: ABGR). ImGui's unit is the device pixel: everything here is multiplied by the pixel ratio and the person's text
// scale, so that text lands on whole pixels and the atlas can be sampled with NEAREST.
//
// A status is always a shape, a word and a colour (Okabe-Ito hues); see widgets/status.hpp.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

struct ImFont;

namespace entente::ui {

enum class ThemeChoice : std::uint8_t { System, Dark, Light };

struct Palette {
    std::uint32_t bg, panel, panel2, line, text, muted, faint, accent, on_accent;
    std::uint32_t ok, warn, bad, info;
    std::uint32_t bar, bar_done, critical, critical_done, baseline, weekend;
    std::uint32_t edge;           // the border of a field or a button: 3:1 against what it stands on (WCAG 1.4.11)
    std::uint32_t field, hover;   // the inside of a text field; a row under the pointer
};

const Palette& dark_palette();
const Palette& light_palette();

// All in CSS pixels of the em, as a browser counts them.
struct Fonts {
    ImFont* label = nullptr;    // 11 medium: the small capitals above a figure
    ImFont* small = nullptr;    // 12
    ImFont* dense = nullptr;    // 13: tables, the timeline, the rail
    ImFont* dense_strong = nullptr;  // 13 semi-bold
    ImFont* body = nullptr;     // 14
    ImFont* medium = nullptr;   // 13 medium: buttons
    ImFont* strong = nullptr;   // 14 semi-bold
    ImFont* large = nullptr;    // 16
    ImFont* heading = nullptr;  // 16 semi-bold
    ImFont* title = nullptr;    // 20 semi-bold
    ImFont* display = nullptr;  // 28 semi-bold
    ImFont* number = nullptr;   // 20 regular, for the figures on cards
    ImFont* icon = nullptr;     // 16: icons of icons.hpp
    ImFont* icon_large = nullptr;  // 32: icons of empty rooms
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

// The TrueType files of site/fonts. They must outlive the font atlas.
struct FontFiles {
    ByteView regular, medium, semibold, icons;
};

// Rebuilds the atlas of the current ImGui context at `scale` and sets theme.scale and theme.fonts. False where a file is not a
// usable font. Afterwards the renderer uploads ImGui::GetIO().Fonts anew (alpha, to be sampled with NEAREST). Not inside a frame.
bool build_fonts(Theme& theme, const FontFiles& files, float scale);

// Chooses the palette, keeping fonts and scale.
void set_dark(Theme& theme, bool dark);

// Writes the theme into ImGui's style (spacing, rounding, colours). Call after the scale or the palette changed.
void apply_style(const Theme& theme);

// WCAG 2.2 contrast ratio of two opaque colours (IM_COL32), 1 to 21.
double contrast(std::uint32_t a, std::uint32_t b);

}  // namespace entente::ui
