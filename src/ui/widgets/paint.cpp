#include "ui/widgets/paint.hpp"

#include <imgui.h>

#include <cmath>

#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

ImDrawList* list() { return ImGui::GetWindowDrawList(); }
float whole(float value) { return std::floor(value + 0.5f); }

// Bytes of the UTF-8 sequence that begins with `lead`.
std::size_t sequence(char lead) {
    const auto c = static_cast<unsigned char>(lead);
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

// One line of `text` from its start, cut at a word's edge, or inside a word that alone is too wide.
std::string_view one_line(const ImFont* font, std::string_view text, float width) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view paragraph = text.substr(0, end);
    if (paragraph.empty()) return paragraph;
    const char* stop = font->CalcWordWrapPositionA(1.0f, paragraph.data(), paragraph.data() + paragraph.size(), width);
    auto size = static_cast<std::size_t>(stop - paragraph.data());
    // Dear ImGui also breaks behind a comma or a point, in the middle of "£7,440": back to the last space, where there is one.
    if (size > 0 && size < paragraph.size() && paragraph[size] != ' ' && paragraph[size - 1] != ' ') {
        const std::size_t space = paragraph.rfind(' ', size - 1);
        if (space != std::string_view::npos && space > 0) size = space;
    }
    if (size == 0) size = std::min(sequence(paragraph[0]), paragraph.size());
    return paragraph.substr(0, size);
}

template <class Line>
float wrap(const Frame& frame, const ImFont* font, float width, std::string_view text, Line&& each) {
    const float step = line_height(frame, font);
    float y = 0;
    while (!text.empty()) {
        const std::string_view now = one_line(font, text, width);
        each(now, y);
        y += step;
        text.remove_prefix(now.size());
        if (!text.empty() && text[0] == '\n') text.remove_prefix(1);
        else while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
    }
    return y;
}

}  // namespace

float font_height(const ImFont* font) { return font->FontSize; }

float line_height(const Frame& frame, const ImFont* font) { return whole(font->FontSize + frame.px(3)); }

float text_width(const ImFont* font, std::string_view text) {
    if (text.empty()) return 0;
    return std::ceil(font->CalcTextSizeA(font->FontSize, 1e9f, 0, text.data(), text.data() + text.size()).x);
}

float draw_text(const ImFont* font, float x, float y, std::uint32_t colour, std::string_view text) {
    if (text.empty()) return 0;
    list()->AddText(font, font->FontSize, ImVec2(whole(x), whole(y)), colour, text.data(), text.data() + text.size());
    return text_width(font, text);
}

std::string fitted(const ImFont* font, std::string_view text, float width) {
    const float dots = text_width(font, kEllipsis);
    float used = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t next = std::min(at + sequence(text[at]), text.size());
        const float w = text_width(font, text.substr(at, next - at));
        if (used + w + dots > width) break;
        used += w;
        at = next;
    }
    while (at > 0 && text[at - 1] == ' ') --at;
    return std::string(text.substr(0, at)) + std::string(kEllipsis);
}

float text_in(const Frame& frame, const ImFont* font, Rect area, std::uint32_t colour, std::string_view text, Align align) {
    float width = text_width(font, text);
    const float y = area.y0 + std::floor((area.h() - font->FontSize) * 0.5f);
    if (width > area.w() + 0.5f) {
        const std::string cut = fitted(font, text, area.w());
        draw_text(font, area.x0, y, colour, cut);
        if (pointer_in(area)) tooltip(frame, area, std::string(text));
        return area.w();
    }
    const float x = align == Align::Left ? area.x0 : align == Align::Right ? area.x1 - width : area.x0 + (area.w() - width) * 0.5f;
    draw_text(font, x, y, colour, text);
    return width;
}

float wrapped_height(const Frame& frame, const ImFont* font, float width, std::string_view text) {
    return wrap(frame, font, width, text, [](std::string_view, float) {});
}

float draw_wrapped(const Frame& frame, const ImFont* font, float x, float y, float width, std::uint32_t colour,
                   std::string_view text, Align align) {
    const float lead = (line_height(frame, font) - font->FontSize) * 0.5f;
    return wrap(frame, font, width, text, [&](std::string_view now, float dy) {
        while (align != Align::Left && !now.empty() && now.back() == ' ') now.remove_suffix(1);
        const float room = align == Align::Left ? 0.0f : width - text_width(font, now);
        draw_text(font, x + (align == Align::Centre ? room * 0.5f : room), y + dy + lead, colour, now);
    });
}

std::string capitals(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t size = std::min(sequence(text[i]), text.size() - i);
        const auto c = static_cast<unsigned char>(text[i]);
        if (size == 1) {
            out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
        } else if (size == 2) {
            std::uint32_t code = (c & 31u) << 6 | (static_cast<unsigned char>(text[i + 1]) & 63u);
            const bool latin1 = code >= 0xE0 && code <= 0xFE && code != 0xF7;
            const bool pair = (code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177);
            if (latin1) code -= 32;
            else if (pair && (code & 1u)) code -= 1;
            out += static_cast<char>(0xC0u | code >> 6);
            out += static_cast<char>(0x80u | (code & 63u));
        } else {
            out += text.substr(i, size);
        }
        i += size;
    }
    return out;
}

namespace {

float spaced(const Frame& frame, std::string_view text, float x, float y, float end, std::uint32_t colour, bool draw) {
    const ImFont* font = frame.theme.fonts.label;
    const float space = std::max(0.4f * frame.theme.scale, 0.25f);
    const float from = x;
    const std::string all = capitals(text);
    for (std::size_t i = 0; i < all.size();) {
        const std::size_t size = std::min(sequence(all[i]), all.size() - i);
        const std::string_view one = std::string_view(all).substr(i, size);
        if (draw && i + size < all.size() && x + text_width(font, one) * 2 > end) {
            draw_text(font, x, y, colour, kEllipsis);
            return end - from;
        }
        if (draw) draw_text(font, x, y, colour, one);
        x += font->CalcTextSizeA(font->FontSize, 1e9f, 0, one.data(), one.data() + one.size()).x + space;
        i += size;
    }
    return x - from;
}

}  // namespace

float label_width(const Frame& frame, std::string_view text) { return std::ceil(spaced(frame, text, 0, 0, 1e9f, 0, false)); }

void draw_label(const Frame& frame, float x, float y, float width, std::uint32_t colour, std::string_view text) {
    const bool fits = label_width(frame, text) <= width + 0.5f;
    spaced(frame, text, x, y, fits ? 1e9f : x + width, colour, true);
    const Rect area = box(x, y, width, font_height(frame.theme.fonts.label));
    if (!fits && pointer_in(area)) tooltip(frame, area, std::string(text));
}

void draw_icon(const Frame& frame, Rect area, std::uint32_t colour, const char* icon, bool large) {
    const ImFont* font = large ? frame.theme.fonts.icon_large : frame.theme.fonts.icon;
    const float width = text_width(font, icon);
    draw_text(font, area.mid_x() - width * 0.5f, area.mid_y() - font->FontSize * 0.5f, colour, icon);
}

void draw_shape(Shape shape, float x, float y, float size, std::uint32_t colour) {
    const float h = size * 0.5f;
    const float stroke = std::max(size * 0.18f, 1.0f);
    switch (shape) {
        case Shape::None: break;
        case Shape::Dot: list()->AddCircleFilled(ImVec2(x, y), h * 0.9f, colour); break;
        case Shape::Ring: list()->AddCircle(ImVec2(x, y), h * 0.8f, colour, 0, stroke); break;
        case Shape::Square:
            list()->AddRectFilled(ImVec2(x - h * 0.85f, y - h * 0.85f), ImVec2(x + h * 0.85f, y + h * 0.85f), colour);
            break;
        case Shape::Triangle:
            list()->AddTriangleFilled(ImVec2(x, y - h), ImVec2(x + h, y + h * 0.85f), ImVec2(x - h, y + h * 0.85f), colour);
            break;
        case Shape::Diamond:
            list()->AddQuadFilled(ImVec2(x, y - h), ImVec2(x + h, y), ImVec2(x, y + h), ImVec2(x - h, y), colour);
            break;
        case Shape::Tick: {
            const ImVec2 points[3] = {{x - h * 0.9f, y + h * 0.05f}, {x - h * 0.25f, y + h * 0.7f}, {x + h * 0.95f, y - h * 0.65f}};
            list()->AddPolyline(points, 3, colour, 0, stroke);
            break;
        }
        case Shape::Cross:
            list()->AddLine(ImVec2(x - h * 0.7f, y - h * 0.7f), ImVec2(x + h * 0.7f, y + h * 0.7f), colour, stroke);
            list()->AddLine(ImVec2(x - h * 0.7f, y + h * 0.7f), ImVec2(x + h * 0.7f, y - h * 0.7f), colour, stroke);
            break;
        case Shape::Flag:
            list()->AddLine(ImVec2(x - h * 0.6f, y - h), ImVec2(x - h * 0.6f, y + h * 1.1f), colour, stroke);
            list()->AddTriangleFilled(ImVec2(x - h * 0.6f, y - h), ImVec2(x + h, y - h * 0.35f),
                                      ImVec2(x - h * 0.6f, y + h * 0.3f), colour);
            break;
    }
}

void fill(Rect r, std::uint32_t colour, float radius) {
    if (!r.empty()) list()->AddRectFilled(ImVec2(r.x0, r.y0), ImVec2(r.x1, r.y1), colour, radius);
}

void outline(const Frame& frame, Rect r, std::uint32_t colour, float radius) {
    if (r.empty()) return;
    const float width = std::max(1.0f, std::floor(frame.theme.scale));
    list()->AddRect(ImVec2(r.x0, r.y0), ImVec2(r.x1, r.y1), colour, radius, 0, width);
}

void line(float x0, float y0, float x1, float y1, std::uint32_t colour, float width) {
    // Straight lines are boxes on whole pixels: sharp, and cheaper than a stroke.
    if (x0 == x1) return fill({whole(x0), y0, whole(x0) + whole(width), y1}, colour);
    if (y0 == y1) return fill({x0, whole(y0), x1, whole(y0) + whole(width)}, colour);
    list()->AddLine(ImVec2(x0, y0), ImVec2(x1, y1), colour, width);
}

std::uint32_t with_alpha(std::uint32_t colour, float alpha) {
    return (colour & 0x00FFFFFFu) | static_cast<std::uint32_t>(alpha * 255.0f + 0.5f) << 24;
}

std::uint32_t mix(std::uint32_t a, std::uint32_t b, float part) {
    std::uint32_t out = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        const float from = static_cast<float>((a >> shift) & 255u), to = static_cast<float>((b >> shift) & 255u);
        out |= static_cast<std::uint32_t>(from + (to - from) * part + 0.5f) << shift;
    }
    return out;
}

void tooltip(const Frame& frame, Rect anchor, std::string text) {
    frame.widgets->tooltip = std::move(text);
    frame.widgets->tooltip_anchor = anchor;
}

bool pointer_in(Rect area) {
    return ImGui::IsWindowHovered(ImGuiHoveredFlags_None) &&
           ImGui::IsMouseHoveringRect(ImVec2(area.x0, area.y0), ImVec2(area.x1, area.y1));
}

}  // namespace entente::ui
