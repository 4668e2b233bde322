// Element: one node of the semantic tree in the words of HTML and ARIA. Pure: no DOM, no ImGui.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ui/semantics.hpp"

namespace entente::platform {

// The order of these is the order of the tables in web/library_mirror.js.
enum class Tag : std::uint8_t {
    Button, Link, Checkbox, Radio, Text, TextArea, Search, Password, Select, Option, Heading1, Heading2, Heading3, Heading4,
    Heading5, Heading6, Paragraph, Nav, Main, Section, Div,
};
enum class Attribute : std::uint8_t {
    Role, Label, Description, Disabled, Invalid, Current, Modal, Checked, Selected, Expanded, Pressed, Level, RowIndex, RowCount,
    ColumnIndex, TabIndex, Placeholder, Shortcuts, ValueNow, ValueText, HasPopup, Controls, Href, FontPixels, Color, Value, Content,
    kCount,
};

struct Element {
    Tag tag = Tag::Div;
    std::array<std::optional<std::string>, static_cast<std::size_t>(Attribute::kCount)> attributes;

    std::optional<std::string>& operator[](Attribute which) { return attributes[static_cast<std::size_t>(which)]; }
    const std::optional<std::string>& operator[](Attribute which) const { return attributes[static_cast<std::size_t>(which)]; }
};

// What a table's rows make of it: rows that can be selected, a grid; rows that open, a treegrid.
enum class TableKind : std::uint8_t { Table, Grid, TreeGrid };
struct TableKinds {
    std::unordered_map<std::uint32_t, TableKind> kinds;    // by the table's id
    std::unordered_map<std::uint32_t, std::uint32_t> row_table;  // a row's nearest table
    std::unordered_map<std::uint32_t, std::uint32_t> tab_stop;   // a table's one row in Tab order
    TableKind of_table(std::uint32_t id) const;
    TableKind of_row(std::uint32_t row) const;
};
TableKinds find_tables(const std::vector<ui::Node>& nodes);

// Headings keep their order of depth but leave out no level: which ones a panel shows depends on what is open.
class HeadingLevels {
public:
    int next(int level);

private:
    std::vector<int> open_;
};

struct Surroundings {
    const TableKinds& tables;
    bool has_children = false;
    bool has_options = false;        // a ComboBox that brings its Options: a native <select>
    bool in_select = false;          // an Option of one
    int heading_level = 2;           // of a Heading, see HeadingLevels
    float pixel_ratio = 1.0f;
};
Element element_of(const ui::Node& node, const Surroundings& around);

bool is_field(ui::NodeRole role);
// Whether the pointer can be meant for it: it must then lie where it is seen, and be parked where it is not.
bool takes_pointer(ui::NodeRole role);

struct Box {
    float x = 0, y = 0, width = 0, height = 0;
    friend bool operator==(const Box&, const Box&) = default;
};

}  // namespace entente::platform
