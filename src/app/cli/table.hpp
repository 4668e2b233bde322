// Text tables for a terminal: columns aligned by what a terminal shows, not by bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace entente::app {

// Cells that the text takes on a terminal: combining marks none, East Asian wide characters and emoji two (Unicode TR 11, the
// ranges that matter).
std::size_t display_width(std::string_view text);
// Cut to `most` cells with an ellipsis where something was cut.
std::string fit(std::string_view text, std::size_t most);

class TextTable {
public:
    struct Column {
        std::string header;      // none has one: no header line
        bool right = false;      // numbers
        std::size_t most = 48;   // cells, beyond which a text is cut
    };
    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

    // Controls and direction marks are taken out: what a file says cannot steer the terminal.
    void row(std::vector<std::string> cells);
    std::string text() const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace entente::app
