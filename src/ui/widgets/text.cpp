#include "ui/widgets/text.hpp"

#include <cmath>

#include "icons.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {
namespace {

const ImFont* heading_font(const Frame& frame, int level) {
    const Fonts& fonts = frame.theme.fonts;
    return level == 1 ? fonts.title : level == 2 ? fonts.heading : fonts.strong;
}

}  // namespace

std::uint32_t tone_colour(const Frame& frame, Tone tone) {
    const Palette& p = frame.theme.palette;
    switch (tone) {
        case Tone::Ok: return p.ok;
        case Tone::Warn: return p.warn;
        case Tone::Bad: return p.bad;
        case Tone::Info: return p.info;
        case Tone::Accent: return p.accent;
        case Tone::Muted: return p.muted;
        case Tone::Plain: break;
    }
    return p.text;
}

void heading_in(const Frame& frame, Rect area, int level, std::string_view text) {
    note(frame, NodeRole::Heading, area, text, std::min(level, 3));
    if (level == 4) {
        const float y = area.mid_y() - font_height(frame.theme.fonts.label) * 0.5f;
        draw_label(frame, area.x0, y, area.w(), frame.theme.palette.muted, text);
    } else {
        text_in(frame, heading_font(frame, level), area, frame.theme.palette.text, text);
    }
}

void heading(const Frame& frame, Flow& flow, int level, std::string_view text) {
    heading_in(frame, flow.take(frame.px(level == 1 ? 30 : level == 2 ? 24 : level == 3 ? 20 : 16)), level, text);
}

void paragraph(const Frame& frame, Flow& flow, std::string_view text, Tone tone, const ImFont* font) {
    if (text.empty()) return;
    if (!font) font = frame.theme.fonts.body;
    const float height = draw_wrapped(frame, font, flow.x, flow.y, flow.w, tone_colour(frame, tone), text);
    note(frame, NodeRole::Paragraph, flow.take(height), text);
}

void caption(const Frame& frame, Flow& flow, std::string_view text) {
    const Rect area = flow.take(frame.px(16));
    draw_label(frame, area.x0, area.mid_y() - font_height(frame.theme.fonts.label) * 0.5f, area.w(), frame.theme.palette.muted, text);
}

float status_width(const Frame& frame, const Status& status, const ImFont* font) {
    return text_width(font, status.word) + (status.shape == Shape::None ? 0.0f : frame.px(15));
}

float draw_status(const Frame& frame, Rect area, const Status& status, const ImFont* font, Align align) {
    const float width = std::min(status_width(frame, status, font), area.w());
    const float x = align == Align::Left ? area.x0 : align == Align::Right ? area.x1 - width : area.mid_x() - width * 0.5f;
    const std::uint32_t colour = tone_colour(frame, status.tone);
    Rect words{x, area.y0, x + width, area.y1};
    if (status.shape != Shape::None) {
        draw_shape(status.shape, x + frame.px(5), std::floor(area.mid_y()) + 0.5f, frame.px(10), colour);
        words.x0 += frame.px(15);
    }
    text_in(frame, font, words, colour, status.word);
    return width;
}

float chip_width(const Frame& frame, const Status& status) {
    return std::ceil(status_width(frame, status, frame.theme.fonts.small) + frame.px(18));
}

void chip(const Frame& frame, Rect area, const Status& status) {
    const Palette& p = frame.theme.palette;
    const Rect pill = box(area.x0, std::floor(area.mid_y() - frame.px(11)), area.w(), frame.px(22));
    fill(pill, p.panel2, frame.px(11));
    const float inset = frame.px(9);
    draw_shape(status.shape, pill.x0 + inset + frame.px(5), pill.mid_y(), frame.px(9), tone_colour(frame, status.tone));
    const float lead = status.shape == Shape::None ? 0.0f : frame.px(15);
    text_in(frame, frame.theme.fonts.small, {pill.x0 + inset + lead, pill.y0, pill.x1 - inset + 1, pill.y1}, p.text, status.word);
    note(frame, NodeRole::Paragraph, pill, status.word);
}

float stat_height(const Frame& frame, const StatSpec& spec) {
    const bool more = !spec.below.empty() || !spec.status.word.empty();
    return frame.px(18) + line_height(frame, spec.font ? spec.font : frame.theme.fonts.large) + (more ? frame.px(20) : 0.0f);
}

void stat(const Frame& frame, Rect area, const StatSpec& spec) {
    const Palette& p = frame.theme.palette;
    const ImFont* font = spec.font ? spec.font : frame.theme.fonts.large;
    draw_label(frame, area.x0, area.y0 + frame.px(1), area.w(), p.muted, spec.caption);
    float y = area.y0 + frame.px(18);
    const float height = line_height(frame, font);
    text_in(frame, font, {area.x0, y, area.x1, y + height}, p.text, spec.figure);
    y += height;
    const Rect third{area.x0, y, area.x1, y + frame.px(18)};
    if (!spec.status.word.empty()) draw_status(frame, third, spec.status, frame.theme.fonts.dense);
    else if (!spec.below.empty()) text_in(frame, frame.theme.fonts.dense, third, p.muted, spec.below);
    std::string whole = std::string(spec.caption) + ": " + std::string(spec.figure);
    const std::string_view more = spec.status.word.empty() ? spec.below : std::string_view(spec.status.word);
    if (!more.empty()) whole += ", " + std::string(more);
    note(frame, NodeRole::Paragraph, area, whole);
}

void stats(const Frame& frame, Flow& flow, std::initializer_list<StatSpec> specs, int columns) {
    int index = 0;
    float row_height = 0;
    for (const StatSpec& spec : specs) {
        if (index == columns) {
            flow.gap(row_height + frame.px(12));
            index = 0;
            row_height = 0;
        }
        const Flow cell = flow.column(index++, columns, frame.px(12));
        const float height = stat_height(frame, spec);
        stat(frame, box(cell.x, cell.y, cell.w, height), spec);
        row_height = std::max(row_height, height);
    }
    flow.gap(row_height);
}

Card::Card(const Frame& frame, Flow& outer, const char* key, float min_height, bool chosen, float padding_css, bool raised)
    : frame_(frame), outer_(outer), id_(item_id(frame, key)), top_(outer.y), padding_(frame.px(padding_css)),
      min_height_(min_height), known_(0) {
    const auto found = frame.widgets->heights.find(id_);
    if (found != frame.widgets->heights.end()) known_ = found->second;
    const Rect area = box(outer.x, outer.y, outer.w, std::max(known_, min_height));
    const Palette& p = frame.theme.palette;
    fill(area, raised ? p.panel2 : p.panel, frame.px(6));
    if (!raised || chosen) outline(frame, area, chosen ? p.accent : p.line, frame.px(6));
    flow = Flow{outer.x + padding_, outer.y + padding_, outer.w - padding_ * 2};
}

Card::~Card() {
    const float height = std::ceil(flow.y - top_ + padding_);
    if (height != known_) {
        frame_.widgets->heights[id_] = height;
        frame_.widgets->redraw = true;
    }
    outer_.y = top_ + std::max(height, min_height_);
}

void banner(const Frame& frame, Flow& flow, const Status& status, std::string_view more, NodeRole role) {
    const Palette& p = frame.theme.palette;
    const float width = flow.w - frame.px(48);
    const ImFont* font = frame.theme.fonts.body;
    const float first = wrapped_height(frame, frame.theme.fonts.strong, width, status.word);
    const float second = more.empty() ? 0.0f : wrapped_height(frame, font, width, more);
    const Rect area = flow.take(frame.px(20) + first + second);
    fill(area, p.panel2, frame.px(6));
    fill({area.x0, area.y0, area.x0 + frame.px(3), area.y1}, tone_colour(frame, status.tone), frame.px(1));
    draw_shape(status.shape, area.x0 + frame.px(20), area.y0 + frame.px(10) + first * 0.5f, frame.px(11), tone_colour(frame, status.tone));
    draw_wrapped(frame, frame.theme.fonts.strong, area.x0 + frame.px(36), area.y0 + frame.px(10), width, p.text, status.word);
    if (!more.empty()) draw_wrapped(frame, font, area.x0 + frame.px(36), area.y0 + frame.px(10) + first, width, p.muted, more);
    note(frame, role, area, more.empty() ? status.word : status.word + " " + std::string(more));
}

bool empty_state(const Frame& frame, Flow& flow, const EmptySpec& spec) {
    const Palette& p = frame.theme.palette;
    flow.gap(frame.px(40));
    const float width = std::min(flow.w, frame.px(440));
    Flow inner{std::floor(flow.x + (flow.w - width) * 0.5f), flow.y, width};
    draw_icon(frame, inner.take(frame.px(40)), p.faint, spec.icon, true);
    inner.gap(frame.px(12));
    const Rect title = inner.take(frame.px(24));
    note(frame, NodeRole::Heading, title, spec.title, 2);
    text_in(frame, frame.theme.fonts.heading, title, p.text, spec.title, Align::Centre);
    inner.gap(frame.px(4));
    const float text_height = draw_wrapped(frame, frame.theme.fonts.body, inner.x, inner.y, width, p.muted, spec.text, Align::Centre);
    inner.gap(text_height);
    note(frame, NodeRole::Paragraph, box(inner.x, inner.y - text_height, width, text_height), spec.text);
    bool taken = false;
    if (!spec.offer.empty()) {
        inner.gap(frame.px(16));
        const ButtonSpec offer{spec.offer, spec.primary ? Look::Primary : Look::Normal};
        const float button_w = button_width(frame, offer);
        taken = button(frame, box(std::floor(inner.x + (width - button_w) * 0.5f), inner.y, button_w, button_height(frame)), offer);
        inner.gap(button_height(frame));
    }
    flow.y = inner.y + frame.px(24);
    return taken;
}

void progress(const Frame& frame, Rect area, std::string_view name, float part, std::uint32_t colour) {
    const float radius = std::floor(area.h() * 0.5f);
    fill(area, frame.theme.palette.line, radius);
    const float width = std::floor(area.w() * std::min(std::max(part, 0.0f), 1.0f));
    if (width > 0) fill({area.x0, area.y0, area.x0 + std::max(width, area.h()), area.y1}, colour, radius);
    if (!readable(frame) || name.empty()) return;
    note(frame, NodeRole::Progress, area, name, 0, std::to_string(static_cast<int>(part * 100.0f + 0.5f)));
}

void rule(const Frame& frame, Flow& flow) {
    line(flow.x, flow.y, flow.x + flow.w, flow.y, frame.theme.palette.line, std::max(1.0f, std::floor(frame.theme.scale)));
}

bool stepper_button(const Frame& frame, Rect area, const char* icon, std::string_view name, bool disabled) {
    const Palette& p = frame.theme.palette;
    Node node = make_node(NodeRole::Button, name);
    node.state.disabled = disabled;
    const std::string key(name);
    const Hit hit = item(frame, key.c_str(), area, std::move(node));
    if (!hit.visible) return hit.clicked;
    const std::uint32_t toward = frame.theme.dark ? 0xFFFFFFFFu : 0xFF000000u;
    fill(area, disabled ? p.panel2 : mix(p.panel2, toward, hit.held ? 0.14f : hit.hovered ? 0.07f : 0.0f), frame.px(6));
    outline(frame, area, p.line, frame.px(6));
    draw_icon(frame, area, disabled ? p.edge : p.text, icon);
    draw_ring(frame, hit, frame.px(6));
    if (hit.hovered) tooltip(frame, area, std::string(name));
    return hit.clicked;
}

void explainer(const Frame& frame, Rect area, std::string_view name, std::string_view text) {
    const Palette& p = frame.theme.palette;
    Node node = make_node(NodeRole::Button, name);
    node.description = std::string(text);
    const std::string key(name);
    const Hit hit = item(frame, key.c_str(), area, std::move(node));
    if (!hit.visible) return;
    draw_icon(frame, area, hit.hovered || hit.ring ? p.text : p.muted, kIconHelp);
    draw_ring(frame, hit, frame.px(6));
    if (hit.hovered || hit.ring) tooltip(frame, area, std::string(text));
}

bool disclosure(const Frame& frame, Flow& flow, std::string_view label, bool& open) {
    const Palette& p = frame.theme.palette;
    const Rect area = flow.take(frame.px(28));
    Node node = make_node(NodeRole::Button, label);
    node.state.expanded = open;
    const std::string key(label);
    const Hit hit = item(frame, key.c_str(), area, std::move(node));
    if (hit.clicked) open = !open;
    if (hit.visible) {
        const std::uint32_t colour = hit.hovered ? p.text : p.muted;
        draw_icon(frame, {area.x0 - frame.px(2), area.y0, area.x0 + frame.px(14), area.y1}, colour,
                  open ? kIconChevronDown : kIconChevronRight);
        text_in(frame, frame.theme.fonts.medium, {area.x0 + frame.px(20), area.y0, area.x1, area.y1}, colour, label);
        draw_ring(frame, hit, frame.px(4));
    }
    return open;
}

}  // namespace entente::ui
