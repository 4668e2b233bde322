#include "ui/widgets/table.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

#include "icons.hpp"
#include "ui/widgets/state.hpp"

namespace entente::ui {

std::pair<int, int> visible_rows(float top, float height, int rows) {
    const ImRect& clip = ImGui::GetCurrentWindow()->ClipRect;
    const int first = static_cast<int>(std::floor((clip.Min.y - top) / height));
    const int last = static_cast<int>(std::ceil((clip.Max.y - top) / height));
    return {std::max(0, std::min(first, rows)), std::max(0, std::min(last, rows))};
}

Table::Table(const Frame& frame, Flow& flow, const char* key, std::string_view name, std::vector<TableColumn> columns, int rows,
             TableSort* sort, float row_css, float view_height)
    : frame_(frame), flow_(flow), width_(flow.w - (view_height > 0 ? frame.px(12) : 0.0f)), columns_(std::move(columns)),
      part_(frame, NodeRole::Table, key, box(flow.x, flow.y, flow.w, frame.px(32) + frame.px(row_css) * static_cast<float>(rows)), name),
      rows_(rows), row_height_(frame.px(row_css)) {
    float fixed = 0, shares = 0;
    for (const TableColumn& column : columns_) {
        fixed += frame.px(column.width_css);
        shares += column.width_css == 0 ? 1.0f : 0.0f;
    }
    const float each = shares > 0 ? std::max((width_ - fixed) / shares, frame.px(60)) : 0.0f;
    float x = flow.x;
    for (const TableColumn& column : columns_) {
        const float width = std::floor(column.width_css == 0 ? each : frame.px(column.width_css));
        spans_.emplace_back(x, width);
        x += width;
    }
    header(sort, key);
    const float content = row_height_ * static_cast<float>(rows_);
    if (view_height > 0) {
        const std::string rows_key = "##rows-" + std::string(key);  // two tables of one window scroll apart
        scroll_.emplace(frame, rows_key.c_str(), flow_.take(std::max(view_height - frame.px(32), 1.0f)));
        top_ = scroll_->flow.y;
        scroll_->flow.y += content + frame.px(8);
    } else {
        top_ = flow.y;
        flow_.y += content;
    }
    std::tie(first_, last_) = visible_rows(top_, row_height_, rows_);
}

Table::~Table() = default;

void Table::header(TableSort* sort, std::string_view name) {
    const std::string key(name);
    const IdScope scope(key.c_str());
    const Palette& p = frame_.theme.palette;
    const Rect strip = flow_.take(frame_.px(32));
    NodeState state;
    state.row = 1;
    state.rows = rows_ + 1;
    const Part row(frame_, NodeRole::Row, "head", strip, frame_.tr("Column headings"), state);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const TableColumn& column = columns_[i];
        const Rect area = box(spans_[i].first, strip.y0, spans_[i].second - frame_.px(12), strip.h());
        const bool sorted = sort && sort->column == static_cast<int>(i);
        Node node = make_node(NodeRole::ColumnHeader, column.title);
        node.state.column = static_cast<std::int32_t>(i) + 1;
        node.state.focusable = sort && column.sortable;
        const IdScope each(static_cast<std::uint64_t>(i + 1));
        if (sort && column.sortable) {
            node.description = frame_.tr("Sorts the rows");
            if (sorted) node.value = sort->descending ? frame_.tr("sorted, highest first") : frame_.tr("sorted, lowest first");
            const Hit hit = item(frame_, "column", area, std::move(node));
            if (hit.clicked) *sort = sorted && sort->descending ? TableSort{} : TableSort{static_cast<int>(i), sorted};
            draw_ring(frame_, hit, frame_.px(3));
        } else if (!column.title.empty()) {
            note(frame_, NodeRole::ColumnHeader, area, column.title);
            placed(static_cast<int>(i));
        }
        const float width = std::min(text_width(frame_.theme.fonts.small, column.title), area.w());
        text_in(frame_, frame_.theme.fonts.small, area, sorted ? p.text : p.muted, column.title, column.align);
        const float end = column.align == Align::Right ? area.x1 - width - frame_.px(16) : area.x0 + width;
        if (sorted) draw_icon(frame_, box(end, area.y0, frame_.px(16), area.h()), p.text, sort->descending ? kIconArrowDown : kIconArrowUp);
    }
    line(strip.x0, strip.y1 - 1, strip.x0 + width_, strip.y1 - 1, p.line, 1);
}

Hit Table::begin_row(int index, std::uint64_t id, std::string_view name, bool selectable, bool selected) {
    index_ = index;
    const Rect area = box(flow_.x, top_ + row_height_ * static_cast<float>(index), width_, row_height_);
    const char* bytes = reinterpret_cast<const char*>(&id);
    ImGui::PushID(bytes, bytes + sizeof id);
    Node node = make_node(NodeRole::Row, name);
    node.state.row = index + 2;
    node.state.rows = rows_ + 1;
    node.state.focusable = selectable;
    if (selectable) node.state.selected = selected;
    Hit hit{0, area};
    if (selectable) {
        hit = item(frame_, "row", area, std::move(node), Nest::Open);
    } else if (readable(frame_)) {
        node.id = hit.id = item_id(frame_, "row");
        node.bounds = node_rect(area);
        node.clip = node_rect(visible_part(area));
        frame_.semantics.open(std::move(node));
    }
    const Palette& p = frame_.theme.palette;
    if (selected) fill(area, p.panel2, frame_.px(4));
    else if (selectable && hit.hovered) fill(area, p.hover, frame_.px(4));
    line(area.x0, area.y1 - 1, area.x1, area.y1 - 1, with_alpha(p.line, 0.55f), 1);
    draw_ring(frame_, hit, frame_.px(4));
    return hit;
}

void Table::end_row() {
    if (readable(frame_)) frame_.semantics.close();
    ImGui::PopID();
}

Rect Table::cell(int column) const {
    const auto& span = spans_[static_cast<std::size_t>(column)];
    return box(span.first, top_ + row_height_ * static_cast<float>(index_), span.second - frame_.px(12), row_height_);
}

void Table::node(int column, std::string_view words) {
    if (words.empty()) return;
    note(frame_, column == 0 ? NodeRole::RowHeader : NodeRole::Cell, cell(column), words);
    placed(column);
}

// The node that came last says under which column it stands: empty cells are not in the tree.
void Table::placed(int column) {
    if (Node* made = readable(frame_) ? frame_.semantics.last() : nullptr) made->state.column = column + 1;
}

NodeState Table::under(int column) {
    NodeState state;
    state.column = column + 1;
    return state;
}

void Table::text(int column, std::string_view words, Tone tone, bool strong) {
    const Fonts& fonts = frame_.theme.fonts;
    const Align align = columns_[static_cast<std::size_t>(column)].align;
    text_in(frame_, strong ? fonts.dense_strong : fonts.dense, cell(column), tone_colour(frame_, tone), words, align);
    node(column, words);
}

void Table::status(int column, const Status& status) {
    draw_status(frame_, cell(column), status, frame_.theme.fonts.dense, columns_[static_cast<std::size_t>(column)].align);
    node(column, status.word);
}

}  // namespace entente::ui
