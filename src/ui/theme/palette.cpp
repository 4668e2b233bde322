#include <algorithm>
#include <cmath>

#include "ui/theme/theme.hpp"

namespace entente::ui {
namespace {

// 0xRRGGBB as designers write it to ABGR as Dear ImGui packs it.
constexpr std::uint32_t hex(std::uint32_t rgb) {
    return 0xFF000000u | ((rgb & 0xFFu) << 16) | (rgb & 0xFF00u) | (rgb >> 16);
}

constexpr Palette make_dark() {
    Palette p{};
    p.bg = hex(0x1B1A19), p.panel = hex(0x232220), p.panel2 = hex(0x2B2927), p.line = hex(0x37342F);
    p.text = hex(0xECE8E1), p.muted = hex(0xA9A296), p.faint = hex(0x968F84);
    p.accent = hex(0xE0A458), p.on_accent = hex(0x1B1A19);
    p.ok = hex(0x56B59A), p.warn = hex(0xE69F00), p.bad = hex(0xEE7A61), p.info = hex(0x5AA7D6);
    p.bar = hex(0x4A6A86), p.bar_done = hex(0x7FA3C2), p.critical = hex(0xC9793A), p.critical_done = hex(0xEBB384);
    p.baseline = hex(0x524D46), p.weekend = hex(0x211F1E);
    p.edge = hex(0x7B7468), p.field = hex(0x1F1E1C), p.hover = hex(0x282624);
    return p;
}

constexpr Palette make_light() {
    Palette p{};
    p.bg = hex(0xF6F4F0), p.panel = hex(0xFFFFFF), p.panel2 = hex(0xF0EDE7), p.line = hex(0xDCD6CB);
    p.text = hex(0x22201D), p.muted = hex(0x5F594F), p.faint = hex(0x6F685D);
    p.accent = hex(0x9A5A14), p.on_accent = hex(0xFFFFFF);
    p.ok = hex(0x1A7059), p.warn = hex(0x865700), p.bad = hex(0xAB3820), p.info = hex(0x1D5E8B);
    p.bar = hex(0x8FB0CB), p.bar_done = hex(0x5682A8), p.critical = hex(0xD08036), p.critical_done = hex(0xB05F19);
    p.baseline = hex(0xC4BCAE), p.weekend = hex(0xEFECE6);
    p.edge = hex(0x8A8375), p.field = hex(0xFFFFFF), p.hover = hex(0xF3F0EB);
    return p;
}

constexpr Palette kDark = make_dark();
constexpr Palette kLight = make_light();

double linear(std::uint32_t channel) {
    const double c = static_cast<double>(channel) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

// Relative luminance, WCAG 2.2.
double luminance(std::uint32_t abgr) {
    return 0.2126 * linear(abgr & 0xFFu) + 0.7152 * linear((abgr >> 8) & 0xFFu) + 0.0722 * linear((abgr >> 16) & 0xFFu);
}

}  // namespace

const Palette& dark_palette() { return kDark; }
const Palette& light_palette() { return kLight; }

void set_dark(Theme& theme, bool dark) {
    theme.dark = dark;
    theme.palette = dark ? kDark : kLight;
}

double contrast(std::uint32_t a, std::uint32_t b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace entente::ui
