// Table: rows of data with a fixed header. Only the rows in view are drawn and mirrored; each says which of how many it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/widgets/text.hpp"

namespace entente::ui {

struct TableColumn {
    std::string title;
    float width_css = 0;          // 0: shares what is left
    Align align = Align::Left;
    bool sortable = false;
};

// Which column a table is sorted by; -1: its own order.
struct TableSort {
    int column = -1;
    bool descending = false;
};

class Table {
public:
    // `flow` stands where the header goes. With a `view_height` the rows scroll under the header in a box of that height, all
    // included; without one all rows are laid out.
    Table(const Frame& frame, Flow& flow, const char* key, std::string_view name, std::vector<TableColumn> columns, int rows,
          TableSort* sort = nullptr, float row_css = 34, float view_height = 0);
    ~Table();
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    int first() const { return first_; }
    int last() const { return last_; }       // exclusive
    float row_height() const { return row_height_; }

    // Begins row `index` (in shown order); end_row() closes it. A row that can be chosen has a click.
    Hit begin_row(int index, std::uint64_t id, std::string_view name, bool selectable, bool selected = false);
    void end_row();
    Rect cell(int column) const;
    void text(int column, std::string_view text, Tone tone = Tone::Plain, bool strong = false);
    void status(int column, const Status& status);
    void node(int column, std::string_view text);   // for a cell that was drawn by hand
    static NodeState under(int column);             // for a cell that holds something to use

private:
    void header(TableSort* sort, std::string_view name);
    void placed(int column);

    const Frame& frame_;
    Flow& flow_;
    float width_;
    std::vector<TableColumn> columns_;
    std::vector<std::pair<float, float>> spans_;
    Part part_;
    int rows_, first_ = 0, last_ = 0, index_ = 0;
    float row_height_, top_ = 0;
    std::optional<ScrollArea> scroll_;
};

// The visible part of `rows` rows of `height` that begin at `top`, of the current window.
std::pair<int, int> visible_rows(float top, float height, int rows);

}  // namespace entente::ui
