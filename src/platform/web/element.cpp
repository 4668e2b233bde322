#include "platform/web/element.hpp"

#include <cstdio>

namespace entente::platform {
namespace {

using ui::Node;
using ui::NodeRole;

Tag tag_of(const Node& node, const Surroundings& around) {
    switch (node.role) {
        case NodeRole::Button: case NodeRole::Tab: case NodeRole::MenuItem: return Tag::Button;
        case NodeRole::Link: return Tag::Link;
        case NodeRole::Checkbox: case NodeRole::Switch: return Tag::Checkbox;
        case NodeRole::Radio: return Tag::Radio;
        case NodeRole::TextField: case NodeRole::DateField: return Tag::Text;
        case NodeRole::SearchField: return Tag::Search;
        case NodeRole::PasswordField: return Tag::Password;
        case NodeRole::TextArea: return Tag::TextArea;
        case NodeRole::ComboBox: return around.has_options ? Tag::Select : Tag::Button;
        case NodeRole::Option: return around.in_select ? Tag::Option : Tag::Div;
        case NodeRole::Heading: return static_cast<Tag>(static_cast<int>(Tag::Heading1) + around.heading_level - 1);
        case NodeRole::Paragraph: return Tag::Paragraph;
        case NodeRole::Navigation: return Tag::Nav;
        case NodeRole::Main: return Tag::Main;
        case NodeRole::Region: return Tag::Section;
        default: return Tag::Div;
    }
}

const char* table_role(TableKind kind) {
    return kind == TableKind::Grid ? "grid" : kind == TableKind::TreeGrid ? "treegrid" : "table";
}

// The role attribute, for what the tag alone does not say.
const char* role_of(const Node& node, const Surroundings& around) {
    switch (node.role) {
        case NodeRole::Switch: return "switch";
        case NodeRole::Tab: return "tab";
        case NodeRole::TabList: return "tablist";
        case NodeRole::TabPanel: return "tabpanel";
        case NodeRole::Link: return "link";
        case NodeRole::ComboBox: return around.has_options ? nullptr : "combobox";
        case NodeRole::Option: return around.in_select ? nullptr : "option";
        case NodeRole::ListBox: return "listbox";
        case NodeRole::Menu: return "menu";
        case NodeRole::MenuItem: return node.state.checked ? "menuitemcheckbox" : "menuitem";
        case NodeRole::List: return "list";
        case NodeRole::ListItem: return "listitem";
        case NodeRole::Table: return table_role(around.tables.of_table(node.id));
        case NodeRole::Row: return "row";
        case NodeRole::ColumnHeader: return "columnheader";
        case NodeRole::RowHeader: return "rowheader";
        case NodeRole::Cell: return around.tables.of_row(node.parent) == TableKind::Table ? "cell" : "gridcell";
        case NodeRole::Image: return "img";
        case NodeRole::Status: return "status";
        case NodeRole::Alert: return "alert";
        case NodeRole::Dialog: return "dialog";
        case NodeRole::Progress: return "progressbar";
        case NodeRole::Slider: return "slider";
        case NodeRole::Group: return node.name.empty() ? nullptr : "group";
        default: return nullptr;
    }
}

// Roles whose name is the text in them; others carry it as aria-label.
bool named_by_text(NodeRole role, bool has_children) {
    switch (role) {
        case NodeRole::Heading: case NodeRole::Paragraph: case NodeRole::Status: case NodeRole::Alert: return true;
        case NodeRole::Cell: case NodeRole::ColumnHeader: case NodeRole::RowHeader: case NodeRole::ListItem:
        case NodeRole::Option: return !has_children;
        default: return false;
    }
}

bool is_interactive(NodeRole role) {
    switch (role) {
        case NodeRole::Button: case NodeRole::Link: case NodeRole::Checkbox: case NodeRole::Radio: case NodeRole::Switch:
        case NodeRole::Tab: case NodeRole::ComboBox: case NodeRole::Option: case NodeRole::MenuItem: case NodeRole::Slider:
            return true;
        default: return is_field(role);
    }
}

std::string decimal(float value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", static_cast<double>(value));
    return text;
}

std::string css_color(std::uint32_t rgba) {
    char text[16];
    std::snprintf(text, sizeof text, "#%08x", static_cast<unsigned>(rgba));
    return text;
}

const char* yes_no(bool value) { return value ? "true" : "false"; }

void set_states(const Node& node, Element& element) {
    const ui::NodeState& state = node.state;
    const auto flag = [&element](Attribute which, const std::optional<bool>& value) {
        if (value) {
            element[which] = yes_no(*value);
        }
    };
    flag(Attribute::Checked, state.checked);
    flag(Attribute::Selected, state.selected);
    flag(Attribute::Expanded, state.expanded);
    flag(Attribute::Pressed, state.pressed);
    if (state.disabled) element[Attribute::Disabled] = "true";
    if (state.invalid) element[Attribute::Invalid] = "true";
    if (state.current) element[Attribute::Current] = "page";
    if (state.modal) element[Attribute::Modal] = "true";
    if (node.role == NodeRole::Row && state.level > 0) element[Attribute::Level] = std::to_string(state.level);
    if (node.role == NodeRole::Row && state.row > 0) element[Attribute::RowIndex] = std::to_string(state.row);
    if (node.role == NodeRole::Table && state.rows > 0) element[Attribute::RowCount] = std::to_string(state.rows);
    const bool cell = node.role == NodeRole::Cell || node.role == NodeRole::ColumnHeader || node.role == NodeRole::RowHeader;
    if (cell && state.column > 0) element[Attribute::ColumnIndex] = std::to_string(state.column);
}

// "42" of "42 %", for aria-valuenow; the whole text goes to aria-valuetext.
std::optional<std::string> leading_number(const std::string& text) {
    std::size_t at = 0;
    while (at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == '.' || (at == 0 && text[at] == '-'))) {
        ++at;
    }
    return at == 0 ? std::nullopt : std::optional<std::string>(text.substr(0, at));
}

void set_value(const Node& node, const Surroundings& around, Element& element) {
    if (is_field(node.role)) {
        element[Attribute::Value] = node.value;
        element[Attribute::FontPixels] = decimal(node.font_px / around.pixel_ratio);
        element[Attribute::Color] = css_color(node.text_rgba);
        if (!node.placeholder.empty()) element[Attribute::Placeholder] = node.placeholder;
    } else if (node.role == NodeRole::Progress || node.role == NodeRole::Slider) {
        const auto number = leading_number(node.value);
        if (number || node.role == NodeRole::Slider) element[Attribute::ValueNow] = number.value_or("0");
        if (!node.value.empty() && number != node.value) element[Attribute::ValueText] = node.value;
    } else if (node.role == NodeRole::Link) {
        element[Attribute::Href] = !node.value.empty() && node.value[0] == '#' ? node.value : "#";
    } else if (node.role == NodeRole::ComboBox && !around.has_options) {
        element[Attribute::HasPopup] = "listbox";
        element[Attribute::Content] = node.value;
        if (!node.state.expanded) element[Attribute::Expanded] = "false";
        if (node.controls != 0) element[Attribute::Controls] = "m" + std::to_string(node.controls);
    }
}

void set_tab_index(const Node& node, const Surroundings& around, Element& element) {
    if (node.role == NodeRole::Row) {
        if (node.state.selected) {
            const auto table = around.tables.row_table.find(node.id);
            const auto stop = table == around.tables.row_table.end() ? around.tables.tab_stop.end()
                                                                     : around.tables.tab_stop.find(table->second);
            element[Attribute::TabIndex] = stop != around.tables.tab_stop.end() && stop->second == node.id ? "0" : "-1";
        }
    } else if (is_interactive(node.role) && !around.in_select) {
        element[Attribute::TabIndex] = node.state.focusable ? "0" : "-1";
    } else if (node.role == NodeRole::Dialog) {
        element[Attribute::TabIndex] = "-1";
    }
}

}  // namespace

bool is_field(NodeRole role) {
    return role == NodeRole::TextField || role == NodeRole::TextArea || role == NodeRole::SearchField ||
           role == NodeRole::PasswordField || role == NodeRole::DateField;
}

bool takes_pointer(NodeRole role) {
    switch (role) {
        case NodeRole::Row: case NodeRole::Cell: case NodeRole::ColumnHeader: case NodeRole::RowHeader: case NodeRole::ListItem:
        case NodeRole::Image: return true;
        default: return is_interactive(role);
    }
}

int HeadingLevels::next(int level) {
    while (!open_.empty() && open_.back() >= level) {
        open_.pop_back();
    }
    open_.push_back(level);
    return open_.size() > 6 ? 6 : static_cast<int>(open_.size());
}

TableKind TableKinds::of_table(std::uint32_t id) const {
    const auto found = kinds.find(id);
    return found == kinds.end() ? TableKind::Table : found->second;
}

TableKind TableKinds::of_row(std::uint32_t row) const {
    const auto found = row_table.find(row);
    return found == row_table.end() ? TableKind::Table : of_table(found->second);
}

TableKinds find_tables(const std::vector<Node>& nodes) {
    TableKinds result;
    std::unordered_map<std::uint32_t, std::uint32_t> nearest;  // a node's nearest table; parents come before children
    for (const Node& node : nodes) {
        const auto above = nearest.find(node.parent);
        const std::uint32_t table = node.role == NodeRole::Table ? node.id : above == nearest.end() ? 0 : above->second;
        if (table == 0) {
            continue;
        }
        nearest[node.id] = table;
        if (node.role != NodeRole::Row) {
            continue;
        }
        result.row_table[node.id] = table;
        TableKind& kind = result.kinds[table];
        if (node.state.expanded || node.state.level > 0) {
            kind = TableKind::TreeGrid;
        } else if (node.state.selected && kind == TableKind::Table) {
            kind = TableKind::Grid;
        }
        if (node.state.selected && (*node.state.selected || result.tab_stop.count(table) == 0)) {
            result.tab_stop[table] = node.id;
        }
    }
    return result;
}

Element element_of(const Node& node, const Surroundings& around) {
    Element element;
    element.tag = tag_of(node, around);
    if (const char* role = role_of(node, around)) {
        element[Attribute::Role] = role;
    }
    if (element.tag == Tag::Option || named_by_text(node.role, around.has_children)) {
        element[Attribute::Content] = node.name;
    } else if (!node.name.empty()) {
        element[Attribute::Label] = node.name;
    }
    if (!node.description.empty()) element[Attribute::Description] = node.description;
    if (!node.shortcut.empty()) element[Attribute::Shortcuts] = node.shortcut;
    set_states(node, element);
    set_value(node, around, element);
    set_tab_index(node, around, element);
    return element;
}

}  // namespace entente::platform
