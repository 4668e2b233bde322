#include <imgui.h>
#include <imgui_internal.h>

#include <array>

#include "icons.hpp"
#include "ui/theme/theme.hpp"

namespace entente::ui {
namespace {

// What scripts/make_fonts.py keeps of Inter; Welsh is in Latin Extended-A and -Additional.
constexpr std::array<ImWchar, 33> kTextRanges = {
    0x0020, 0x007E, 0x00A0, 0x017F, 0x0218, 0x021B, 0x1E80, 0x1E85, 0x1EF2, 0x1EF3, 0x2010, 0x203A, 0x2044, 0x2044, 0x20A0, 0x20BF,
    0x2116, 0x2122, 0x2190, 0x2199, 0x2212, 0x2212, 0x221E, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25FF, 0xFFFD, 0xFFFD, 0};
constexpr std::array<ImWchar, 3> kIconRanges = {static_cast<ImWchar>(kIconFirst), static_cast<ImWchar>(kIconLast), 0};

std::uint32_t big_endian(ByteView bytes, std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = 0; i < size; ++i)
        value = value << 8 | (at + static_cast<std::size_t>(i) < bytes.size() ? bytes[at + static_cast<std::size_t>(i)] : 0u);
    return value;
}

std::size_t table(ByteView font, std::string_view tag) {
    const std::uint32_t tables = big_endian(font, 4, 2);
    for (std::uint32_t i = 0; i < tables; ++i) {
        const std::size_t record = 12 + std::size_t{i} * 16;
        if (record + 16 <= font.size() && text_of(font.subspan(record, 4)) == tag) return big_endian(font, record + 8, 4);
    }
    return 0;
}

// Dear ImGui sizes a font by ascent minus descent, a browser by its em: the factor between them. 0: not a font.
float em_factor(ByteView font) {
    const std::size_t head = table(font, "head"), hhea = table(font, "hhea");
    if (!head || !hhea) return 0.0f;
    const float units = static_cast<float>(big_endian(font, head + 18, 2));
    const auto ascent = static_cast<std::int16_t>(big_endian(font, hhea + 4, 2));
    const auto descent = static_cast<std::int16_t>(big_endian(font, hhea + 6, 2));
    return units > 0 ? static_cast<float>(ascent - descent) / units : 0.0f;
}

ImFont* add(ByteView file, float css_px, float scale, const ImWchar* ranges) {
    const float factor = em_factor(file);
    if (factor <= 0.0f) return nullptr;
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    // Glyphs advance by fractions of a pixel and each lands on the nearest whole one: with NEAREST sampling that keeps both
    // sharp edges and even spacing.
    config.OversampleH = config.OversampleV = 1;
    // Dear ImGui does not write through this pointer when it does not own the data.
    void* data = const_cast<std::uint8_t*>(file.data());
    const float size = static_cast<float>(static_cast<int>(css_px * scale * factor + 0.5f));
    return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(data, static_cast<int>(file.size()), size, &config, ranges);
}

}  // namespace

bool build_fonts(Theme& theme, const FontFiles& files, float scale) {
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    atlas->Clear();
    atlas->Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
    struct Want {
        ImFont* Fonts::*font;
        ByteView file;
        float css_px;
    };
    const std::array<Want, 12> wanted = {{{&Fonts::body, files.regular, 14}, {&Fonts::label, files.medium, 11},
                                          {&Fonts::small, files.regular, 12}, {&Fonts::dense, files.regular, 13},
                                          {&Fonts::dense_strong, files.semibold, 13}, {&Fonts::medium, files.medium, 13},
                                          {&Fonts::strong, files.semibold, 14}, {&Fonts::large, files.regular, 16},
                                          {&Fonts::heading, files.semibold, 16}, {&Fonts::title, files.semibold, 20},
                                          {&Fonts::display, files.semibold, 28}, {&Fonts::number, files.regular, 20}}};
    bool good = true;
    Fonts fonts;
    for (const Want& want : wanted) {
        fonts.*want.font = add(want.file, want.css_px, scale, kTextRanges.data());
        good = good && fonts.*want.font != nullptr;
    }
    fonts.icon = add(files.icons, 16, scale, kIconRanges.data());
    fonts.icon_large = add(files.icons, 32, scale, kIconRanges.data());
    good = good && fonts.icon && fonts.icon_large;
    // Not ImFontAtlas::Build, which would bring Dear ImGui's own font along (10 KB of the page) for an atlas without any.
    good = good && ImFontAtlasGetBuilderForStbTruetype()->FontBuilder_Build(atlas);
    if (!good) return false;
    theme.fonts = fonts;
    theme.scale = scale;
    ImGui::GetIO().FontDefault = fonts.body;
    return true;
}

void apply_style(const Theme& theme) {
    ImGuiStyle& style = ImGui::GetStyle();
    style = ImGuiStyle();
    const auto& p = theme.palette;
    style.WindowPadding = style.FramePadding = style.ItemSpacing = style.ItemInnerSpacing = style.CellPadding = ImVec2(0, 0);
    style.WindowBorderSize = style.ChildBorderSize = style.PopupBorderSize = style.FrameBorderSize = 0;
    style.WindowMinSize = ImVec2(1, 1);
    style.ScrollbarSize = theme.px(10);
    style.ScrollbarRounding = theme.px(5);
    // The atlas is sampled with NEAREST: lines must be geometry, not a texture.
    style.AntiAliasedLinesUseTex = false;
    style.CircleTessellationMaxError = 0.2f;
    auto set = [&style](ImGuiCol which, std::uint32_t colour) { style.Colors[which] = ImGui::ColorConvertU32ToFloat4(colour); };
    for (ImVec4& colour : style.Colors) colour = ImVec4(0, 0, 0, 0);
    set(ImGuiCol_Text, p.text);
    set(ImGuiCol_ScrollbarGrab, p.line);
    set(ImGuiCol_ScrollbarGrabHovered, p.edge);
    set(ImGuiCol_ScrollbarGrabActive, p.muted);
}

}  // namespace entente::ui
