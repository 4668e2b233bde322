#include "ui/widgets/field.hpp"

#include <imgui.h>

#include <cmath>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/widgets/paint.hpp"
#include "ui/widgets/state.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

// IM_COL32 (ABGR) as the mirror takes it (0xRRGGBBAA).
std::uint32_t rgba(std::uint32_t abgr) {
    return (abgr & 0xFFu) << 24 | (abgr & 0xFF00u) << 8 | ((abgr >> 8) & 0xFF00u) | abgr >> 24;
}

// The DOM input would show through what lies above the canvas: while something does, the canvas draws the text itself.
bool covered(const Frame& frame, Rect area) {
    return !readable(frame) || !frame.widgets->cover.cut(area).empty() || !frame.widgets->notice_cover.cut(area).empty();
}

void draw_frame(const Frame& frame, Rect area, const FieldSpec& spec, bool focused, bool hovered) {
    const Palette& p = frame.theme.palette;
    const float radius = frame.px(6);
    fill(area, spec.disabled ? p.panel2 : p.field, radius);
    const std::uint32_t edge = !spec.problem.empty() ? p.bad : focused ? p.accent : hovered ? p.muted : p.edge;
    outline(frame, area, spec.disabled ? p.line : edge, radius);
    if (focused) outline(frame, area.inset(1, 1), edge, radius - 1);
}

void draw_value(const Frame& frame, Rect inner, const FieldSpec& spec, std::string_view value) {
    const Palette& p = frame.theme.palette;
    const bool empty = value.empty();
    const std::string_view shown = empty ? spec.placeholder : value;
    const std::uint32_t colour = empty ? p.faint : spec.disabled ? p.muted : p.text;
    if (spec.role == NodeRole::TextArea)
        draw_wrapped(frame, frame.theme.fonts.body, inner.x0, inner.y0 + frame.px(6), inner.w(), colour, shown);
    else text_in(frame, frame.theme.fonts.body, inner, colour, shown);
}

// What the mirror says was typed. Drafts live in the widget state until they are committed or taken back.
void take_typing(const Frame& frame, const FieldSpec& spec, Typed& typed) {
    auto& drafts = frame.widgets->drafts;
    Semantics& semantics = frame.semantics;
    if (semantics.take(MirrorEventKind::Input, typed.id)) {
        typed.changed = true;
        typed.text = semantics.text();
        drafts[typed.id] = typed.text;
        frame.widgets->redraw = true;
    } else if (semantics.take(MirrorEventKind::Commit, typed.id)) {
        typed.text = semantics.text();
        typed.committed = drafts.erase(typed.id) > 0 || typed.text != spec.value;
        frame.widgets->redraw = true;
    } else if (semantics.take(MirrorEventKind::Cancel, typed.id)) {
        if (!drafts.erase(typed.id)) frame.widgets->escape = true;
        frame.widgets->redraw = true;
    }
}

// "186400.00" as "186,400.00", which parse_minor reads back.
std::string grouped(std::string plain) {
    const std::size_t end = std::min(plain.find('.'), plain.size()), begin = plain[0] == '-' ? 1 : 0;
    for (std::size_t at = end; at > begin + 3;) plain.insert(at -= 3, ",");
    return plain;
}

}  // namespace

float field_height(const Frame& frame) { return frame.px(32); }

Typed text_field(const Frame& frame, Rect area, const FieldSpec& spec) {
    const std::string key(spec.key ? std::string_view(spec.key) : spec.name);
    Typed typed;
    typed.id = item_id(frame, key.c_str());
    take_typing(frame, spec, typed);
    const auto draft = frame.widgets->drafts.find(typed.id);
    const std::string value(draft != frame.widgets->drafts.end() ? std::string_view(draft->second) : spec.value);
    const ImFont* font = frame.theme.fonts.body;
    const float pad = frame.px(area.w() < frame.px(72) ? 6 : 10);
    Rect inner = area.inset(pad, 0);
    if (!spec.prefix.empty()) inner.x0 += text_width(font, spec.prefix) + frame.px(4);
    // The value comes first: a unit that would leave no room for it is not drawn, and is in the field's name or in the words around it.
    const float unit = spec.suffix.empty() ? 0 : text_width(font, spec.suffix) + frame.px(6);
    const bool has_unit = unit > 0 && inner.w() - unit >= frame.px(34);
    if (has_unit) inner.x1 -= unit;

    Node node = make_node(spec.role, spec.name);
    node.value = value;
    node.placeholder = std::string(spec.placeholder);
    node.description = std::string(spec.problem);
    node.state.disabled = spec.disabled;
    node.state.invalid = !spec.problem.empty();
    node.font_px = 14.0f * frame.theme.scale;
    node.text_rgba = rgba(frame.theme.palette.text);
    const Hit hit = item(frame, typed.id, area, std::move(node));
    const bool hidden = covered(frame, area);
    if (Node* added = readable(frame) ? frame.semantics.find(typed.id) : nullptr) {
        added->bounds = node_rect(inner);
        added->clip = hidden ? NodeRect{} : node_rect(visible_part(inner));
    }
    if (!spec.disabled && hit.pressed) frame.semantics.focus(typed.id);
    if (hit.hovered && !spec.disabled) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    if (!hit.visible) return typed;
    draw_frame(frame, area, spec, hit.focused, hit.hovered);
    const Palette& p = frame.theme.palette;
    if (!spec.prefix.empty()) text_in(frame, font, {area.x0 + pad, area.y0, inner.x0, area.y1}, p.muted, spec.prefix);
    if (has_unit)
        text_in(frame, font, {inner.x1, area.y0, area.x1 - pad, area.y1}, p.muted, spec.suffix, Align::Right);
    if (hidden) draw_value(frame, inner, spec, value);
    return typed;
}

Rect captioned(const Frame& frame, Flow& flow, std::string_view caption, float height, std::string_view problem) {
    const ImFont* font = frame.theme.fonts.small;
    const Rect line = flow.take(frame.px(18));
    text_in(frame, font, line, frame.theme.palette.muted, caption);
    flow.gap(frame.px(2));
    const Rect area = flow.take(height);
    if (!problem.empty()) {
        flow.gap(frame.px(4));
        const float used = draw_wrapped(frame, font, flow.x, flow.y, flow.w, frame.theme.palette.bad, problem);
        note(frame, NodeRole::Paragraph, box(flow.x, flow.y, flow.w, used), problem);
        flow.gap(used);
    }
    return area;
}

bool form_text(const Frame& frame, Flow& flow, std::string_view caption, std::string& text, std::string_view placeholder,
               std::string_view problem, float height) {
    const Rect area = captioned(frame, flow, caption, height > 0 ? height : field_height(frame), problem);
    FieldSpec spec{caption, text, placeholder, problem};
    if (height > field_height(frame)) spec.role = NodeRole::TextArea;
    Typed typed = text_field(frame, area, spec);
    if (!typed.changed && !typed.committed) return false;
    const bool differs = typed.text != text;
    text = std::move(typed.text);
    return differs;
}

std::optional<std::int64_t> money_field(const Frame& frame, Rect area, std::string_view name, Money value, const char* key,
                                        bool disabled) {
    const std::string sign = currency_sign(value.currency), plain = grouped(plain_amount(value));
    FieldSpec spec{name, plain};
    spec.prefix = sign;
    spec.key = key;
    spec.disabled = disabled;
    const Typed typed = text_field(frame, area, spec);
    if (!typed.committed) return std::nullopt;
    const auto amount = parse_minor(trim(typed.text), value.currency);
    if (!amount) frame.semantics.announce(frame.tr("That is not an amount of money. The old amount stays."), true);
    return amount && *amount != value.minor ? amount : std::nullopt;
}

std::optional<std::int64_t> parse_fixed(std::string_view text, int decimals) {
    text = trim(text);
    const bool minus = !text.empty() && text[0] == '-';
    if (minus) text.remove_prefix(1);
    std::int64_t value = 0;
    int digits = 0, after = -1;
    for (const char c : text) {
        if ((c == '.' || c == ',') && after < 0) {
            after = 0;
        } else if (c >= '0' && c <= '9') {
            if (++digits > 12) return std::nullopt;
            if (after >= 0 && ++after > decimals) continue;
            value = value * 10 + (c - '0');
        } else if (c == ' ' || c == '%') {
            break;
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0) return std::nullopt;
    for (int i = std::max(after, 0); i < decimals; ++i) value *= 10;
    return minus ? -value : value;
}

std::string fixed_text(std::int64_t value, int decimals) {
    std::int64_t unit = 1;
    for (int i = 0; i < decimals; ++i) unit *= 10;
    std::string text = std::to_string((value < 0 ? -value : value) / unit);
    std::string part = std::to_string((value < 0 ? -value : value) % unit);
    part.insert(0, static_cast<std::size_t>(decimals) - std::min<std::size_t>(part.size(), static_cast<std::size_t>(decimals)), '0');
    while (!part.empty() && part.back() == '0') part.pop_back();
    if (decimals > 0 && !part.empty()) text += "." + part;
    return value < 0 ? "-" + text : text;
}

std::optional<std::int64_t> number_field(const Frame& frame, Rect area, const NumberSpec& spec) {
    const std::string key(spec.key ? std::string_view(spec.key) : spec.name);
    const IdScope scope(key.c_str());
    const float side = area.h();
    const Rect less{area.x0, area.y0, area.x0 + side, area.y1}, more{area.x1 - side, area.y0, area.x1, area.y1};
    const std::string text = fixed_text(spec.value, spec.decimals);
    FieldSpec field{spec.name, text};
    field.suffix = spec.unit;
    field.disabled = spec.disabled;
    std::optional<std::int64_t> next;
    if (stepper_button(frame, less, kIconMinus, spec.less, spec.disabled || spec.value <= spec.low)) next = spec.value - spec.step;
    const Typed typed = text_field(frame, {less.x1 + frame.px(4), area.y0, more.x0 - frame.px(4), area.y1}, field);
    if (stepper_button(frame, more, kIconPlus, spec.more, spec.disabled || spec.value >= spec.high)) next = spec.value + spec.step;
    if (typed.committed) {
        next = parse_fixed(typed.text, spec.decimals);
        if (!next) frame.semantics.announce(frame.tr("That is not a number. The old one stays."), true);
    }
    if (!next) return std::nullopt;
    next = std::min(std::max(*next, spec.low), spec.high);
    return *next != spec.value ? next : std::nullopt;
}

std::optional<std::int64_t> percent_field(const Frame& frame, Flow& flow, const PercentSpec& spec) {
    const std::string less = frame.text(msg("{0}: less", spec.name)), more = frame.text(msg("{0}: more", spec.name));
    const Rect area = captioned(frame, flow, spec.name, field_height(frame));
    return number_field(frame, area, {spec.name, spec.value, spec.decimals, spec.step, spec.low, spec.high, "%", less, more});
}

std::optional<int> select(const Frame& frame, Rect area, const SelectSpec& spec,
                          const std::function<std::vector<std::string>()>& options) {
    WidgetState& state = *frame.widgets;
    const Palette& p = frame.theme.palette;
    const std::string key(spec.key ? std::string_view(spec.key) : spec.name);
    Node node = make_node(NodeRole::ComboBox, spec.name);
    node.value = std::string(spec.shown);
    node.state.disabled = spec.disabled;
    const std::uint32_t id = item_id(frame, key.c_str());
    const bool open = state.list && state.list->owner == id;
    node.state.expanded = open && state.list->listbox != 0;
    if (*node.state.expanded) node.controls = state.list->listbox;
    const Hit hit = item(frame, id, area, std::move(node));
    const bool down = hit.focused && !open && (ImGui::IsKeyPressed(ImGuiKey_DownArrow) || ImGui::IsKeyPressed(ImGuiKey_UpArrow));
    if ((hit.clicked || down) && !spec.disabled && !open) {
        state.list = OpenList{id, 0, std::string(spec.name), options(), spec.selected, std::max(spec.selected, 0), true, area};
        state.calendar.reset();
        state.redraw = true;
    }
    if (open) state.list->anchor = area;
    if (hit.visible) {
        FieldSpec look{spec.name, spec.shown};
        look.disabled = spec.disabled;
        draw_frame(frame, area, look, hit.ring || open, hit.hovered);
        const Rect inner{area.x0 + frame.px(10), area.y0, area.x1 - frame.px(28), area.y1};
        text_in(frame, frame.theme.fonts.body, inner, spec.disabled ? p.muted : p.text, spec.shown);
        draw_icon(frame, {area.x1 - frame.px(26), area.y0, area.x1 - frame.px(8), area.y1}, p.muted, kIconChevronDown);
    }
    if (!state.picked_option || state.picked_option->first != id) return std::nullopt;
    const int picked = state.picked_option->second;
    state.picked_option.reset();
    return picked != spec.selected ? std::optional<int>(picked) : std::nullopt;
}

}  // namespace entente::ui
