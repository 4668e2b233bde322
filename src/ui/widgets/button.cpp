#include "ui/widgets/button.hpp"

#include <cmath>
#include <vector>

#include "icons.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

struct Colours {
    std::uint32_t fill, edge, text;
};

Colours colours(const Frame& frame, const ButtonSpec& spec, const Hit& hit) {
    const Palette& p = frame.theme.palette;
    const std::uint32_t toward = frame.theme.dark ? 0xFFFFFFFFu : 0xFF000000u;
    const float change = hit.held ? 0.14f : hit.hovered ? 0.07f : 0.0f;
    Colours c{p.panel2, p.line, p.text};
    if (spec.look == Look::Primary) c = {p.accent, p.accent, p.on_accent};
    if (spec.look == Look::Quiet) c = {hit.hovered || spec.pressed ? p.panel2 : 0u, 0u, p.text};
    if (spec.look == Look::Danger) c = {p.panel2, p.bad, p.bad};
    if (spec.pressed) c.edge = p.accent;
    if (spec.toggle && !spec.pressed) c.fill = hit.hovered ? p.panel2 : 0u, c.text = p.muted;
    if (spec.disabled) return {spec.look == Look::Quiet ? 0u : p.panel2, spec.look == Look::Quiet ? 0u : p.line, p.faint};
    if (c.fill) c.fill = mix(c.fill, toward, change);
    return c;
}

float shortcut_width(const Frame& frame, const char* shortcut) {
    return shortcut ? text_width(frame.theme.fonts.label, shortcut) + frame.px(18) : 0.0f;
}

void draw_shortcut(const Frame& frame, Rect area, std::uint32_t colour, const char* shortcut) {
    const Rect key{area.x0 + frame.px(8), area.mid_y() - frame.px(9), area.x1, area.mid_y() + frame.px(9)};
    outline(frame, key, with_alpha(colour, 0.35f), frame.px(4));
    text_in(frame, frame.theme.fonts.label, key, colour, shortcut, Align::Centre);
}

Node button_node(const ButtonSpec& spec) {
    Node node = make_node(NodeRole::Button, spec.name.empty() ? spec.label : spec.name);
    node.description = std::string(spec.reason);
    node.state.disabled = spec.disabled;
    if (spec.aria_shortcut) node.shortcut = spec.aria_shortcut;
    if (spec.toggle) node.state.pressed = spec.pressed;
    return node;
}

}  // namespace

float button_height(const Frame& frame) { return frame.px(30); }

float button_width(const Frame& frame, const ButtonSpec& spec) {
    float width = frame.px(24) + text_width(frame.theme.fonts.medium, spec.label) + shortcut_width(frame, spec.shortcut);
    if (spec.icon) width += frame.px(spec.label.empty() ? 6 : 22);
    return std::ceil(width);
}

bool button(const Frame& frame, Rect area, const ButtonSpec& spec) {
    const std::string key(spec.key ? std::string_view(spec.key) : spec.label);
    const Hit hit = item(frame, key.c_str(), area, button_node(spec));
    if (!hit.visible) return hit.clicked;
    const Colours c = colours(frame, spec, hit);
    const float radius = frame.px(6);
    if (c.fill) fill(area, c.fill, radius);
    if (c.edge && c.edge != c.fill) outline(frame, area, c.edge, radius);
    Rect inner = area.inset(frame.px(12), 0);
    if (spec.shortcut) {
        const float width = shortcut_width(frame, spec.shortcut);
        draw_shortcut(frame, {inner.x1 - width, area.y0, inner.x1, area.y1}, c.text, spec.shortcut);
        inner.x1 -= width;
    }
    const float wanted = text_width(frame.theme.fonts.medium, spec.label) + (spec.icon ? frame.px(22) : 0.0f);
    if (wanted < inner.w()) inner = box(std::floor(inner.mid_x() - wanted * 0.5f), inner.y0, wanted, inner.h());
    if (spec.icon) {
        const bool after = spec.icon_after;
        const Rect at = after ? Rect{inner.x1 - frame.px(16), area.y0, inner.x1, area.y1}
                              : Rect{inner.x0, area.y0, inner.x0 + frame.px(16), area.y1};
        draw_icon(frame, at, c.text, spec.icon);
        if (after) inner.x1 -= frame.px(20);
        else inner.x0 += frame.px(22);
    }
    text_in(frame, frame.theme.fonts.medium, inner, c.text, spec.label);
    draw_ring(frame, hit, radius);
    if (hit.hovered && !spec.reason.empty()) tooltip(frame, area, std::string(spec.reason));
    return hit.clicked;
}

bool button(const Frame& frame, Row& row, const ButtonSpec& spec) {
    return button(frame, row.left(button_width(frame, spec)), spec);
}

bool button_right(const Frame& frame, Row& row, const ButtonSpec& spec) {
    return button(frame, row.right(button_width(frame, spec)), spec);
}

bool icon_button(const Frame& frame, Rect area, const char* icon, std::string_view name, bool disabled, const char* aria) {
    const Palette& p = frame.theme.palette;
    Node node = make_node(NodeRole::Button, name);
    node.state.disabled = disabled;
    if (aria) node.shortcut = aria;
    const std::string key = std::string(icon) + std::string(name);
    const Hit hit = item(frame, key.c_str(), area, std::move(node));
    if (!hit.visible) return hit.clicked;
    if (!disabled && (hit.hovered || hit.held)) fill(area, hit.held ? p.line : p.panel2, frame.px(6));
    draw_icon(frame, area, disabled ? p.line : hit.hovered ? p.text : p.muted, icon);
    draw_ring(frame, hit, frame.px(6));
    if (hit.hovered) tooltip(frame, area, std::string(name));
    return hit.clicked;
}

bool link(const Frame& frame, Rect area, const ImFont* font, std::string_view label, const char* key) {
    const Palette& p = frame.theme.palette;
    const std::string identity(key ? std::string_view(key) : label);
    const Hit hit = item(frame, identity.c_str(), area, make_node(NodeRole::Link, label));
    if (!hit.visible) return hit.clicked;
    const float width = text_in(frame, font, area, hit.hovered ? p.accent : p.text, label);
    const float y = area.mid_y() + font_height(font) * 0.36f;
    line(area.x0, y, area.x0 + width, y, hit.hovered ? p.accent : p.edge, std::max(1.0f, frame.px(1)));
    draw_ring(frame, hit, frame.px(3));
    return hit.clicked;
}

float segmented_width(const Frame& frame, std::initializer_list<const char*> labels) {
    float width = 0;
    for (const char* label : labels) width += std::ceil(text_width(frame.theme.fonts.medium, label)) + frame.px(24);
    return width;
}

int segmented(const Frame& frame, Row& row, const char* key, std::string_view name, std::initializer_list<const char*> labels,
              int chosen) {
    const Palette& p = frame.theme.palette;
    const Rect whole = row.left(segmented_width(frame, labels));
    const IdScope scope(key);
    const Part part(frame, NodeRole::TabList, "tabs", whole, name);
    outline(frame, whole, p.line, frame.px(6));
    float x = whole.x0;
    int index = 0, next = chosen;
    for (const char* label : labels) {
        const float width = std::ceil(text_width(frame.theme.fonts.medium, label)) + frame.px(24);
        const Rect area = box(x, whole.y0, width, whole.h());
        Node node = make_node(NodeRole::Tab, label);
        node.state.selected = index == chosen;
        const Hit hit = item(frame, label, area, std::move(node));
        if (index == chosen) fill(area.inset(frame.px(2), frame.px(2)), p.panel2, frame.px(4));
        text_in(frame, frame.theme.fonts.medium, area, index == chosen || hit.hovered ? p.text : p.muted, label, Align::Centre);
        draw_ring(frame, hit, frame.px(6));
        if (hit.clicked) next = index;
        x += width;
        ++index;
    }
    return next;
}

float checkbox_width(const Frame& frame, std::string_view label) {
    return frame.px(26) + text_width(frame.theme.fonts.body, label);
}

bool checkbox(const Frame& frame, Rect area, std::string_view label, bool checked, bool disabled) {
    const Palette& p = frame.theme.palette;
    Node node = make_node(NodeRole::Checkbox, label);
    node.state.checked = checked;
    node.state.disabled = disabled;
    const std::string key(label);
    const Hit hit = item(frame, key.c_str(), area, std::move(node));
    if (!hit.visible) return hit.clicked;
    const float side = frame.px(16);
    const Rect tick = box(area.x0, std::floor(area.mid_y() - side * 0.5f), side, side);
    fill(tick, checked ? (disabled ? p.line : p.accent) : p.field, frame.px(4));
    if (!checked) outline(frame, tick, hit.hovered ? p.text : p.edge, frame.px(4));
    if (checked) draw_shape(Shape::Tick, tick.mid_x(), tick.mid_y(), frame.px(9), p.on_accent);
    text_in(frame, frame.theme.fonts.body, {area.x0 + frame.px(26), area.y0, area.x1, area.y1}, disabled ? p.faint : p.text, label);
    draw_ring(frame, hit, frame.px(4));
    return hit.clicked;
}

}  // namespace entente::ui
