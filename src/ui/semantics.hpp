// Semantics: the tree that makes a canvas readable. Every interactive item, heading, row and status text of a frame is a
// node with role, name, state, value and bounds; the platform mirrors the nodes as real DOM elements over the canvas, so that
// screen readers read them, keyboards reach them and tests drive the program by role and name.
//
// Flow: begin_frame(); widgets call open/leaf/close while drawing (Dear ImGui's item hooks fill in what widgets did not);
// end_frame(); the platform diffs nodes() against the DOM. Events that come from the mirror (a click by a screen reader, text
// typed into a real input) queue here and are read by the widget with that id in the next frame, one event a frame: two
// clicks in one frame would collide.
//
// Invariants: ids are ImGuiIDs, unique within a frame (a second node with an id is an assert in debug, and is dropped in
// release); names are in the person's language; bounds are in device pixels. Text fields exist only as DOM inputs laid over
// the field: the canvas draws their frame, never their text, while the mirror is on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace entente::ui {

enum class NodeRole : std::uint8_t {
    Button, Link, Checkbox, Radio, Switch, Tab, TabList, TabPanel, TextField, TextArea, SearchField, PasswordField, DateField,
    ComboBox, Option, ListBox, Menu, MenuItem, Heading, Paragraph, List, ListItem, Table, Row, ColumnHeader, RowHeader, Cell,
    Image, Status, Alert, Dialog, Progress, Slider, Navigation, Main, Region, Group,
};

struct NodeRect {
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    friend bool operator==(const NodeRect&, const NodeRect&) = default;
};

// What is true of a node besides its name. Unset optionals are not written to the DOM at all.
struct NodeState {
    bool disabled = false;
    bool focused = false;                // holds the keyboard now
    bool focusable = true;               // takes part in Tab order (interactive roles only)
    bool invalid = false;
    bool current = false;                // aria-current: the room one is in
    bool modal = false;                  // dialogs
    std::optional<bool> checked, selected, expanded, pressed;
    std::int32_t level = 0;              // headings 1..6; tree rows
    std::int32_t row = 0, rows = 0;      // 1-based index and total count, for rows of a long table
    std::int32_t column = 0;             // 1-based
    friend bool operator==(const NodeState&, const NodeState&) = default;
};

struct Node {
    std::uint32_t id = 0;
    std::uint32_t parent = 0;            // 0: the root
    NodeRole role = NodeRole::Group;
    std::string name;
    std::string value;                   // text of a field, "42" of a progress bar
    std::string description;             // aria-description: a tooltip, a reason why it is disabled
    std::string placeholder;             // fields
    std::string shortcut;                // aria-keyshortcuts, "Control+K"
    std::uint32_t controls = 0;          // an open ComboBox: the ListBox it opened
    NodeState state;
    NodeRect bounds;
    NodeRect clip;                       // the visible part; empty where it is scrolled out of view
    float font_px = 0;                   // fields: the size the DOM input draws with
    std::uint32_t text_rgba = 0;         // fields: its colour, 0xRRGGBBAA
    friend bool operator==(const Node&, const Node&) = default;
};

enum class MirrorEventKind : std::uint8_t {
    Click,    // activated by keyboard, screen reader or script (pointer clicks arrive as pointer input)
    Focus,    // the DOM element took the focus
    Blur,
    Input,    // `text` is the field's whole text now, not yet committed
    Commit,   // Enter, or the field lost the focus with changed text
    Cancel,   // Escape in a field
    Scroll,   // the DOM asked for the item to be brought into view
};

struct MirrorEvent {
    MirrorEventKind kind = MirrorEventKind::Click;
    std::uint32_t id = 0;
    std::string text;
};

class Semantics {
public:
    // `keys_first`: keys that were pressed before what is queued still wait for a frame. Until they are through, the focus stays.
    void begin_frame(bool keys_first = false);
    void end_frame();

    // A node with children: everything until close() has it as its parent.
    void open(Node node);
    void close();
    void leaf(Node node);
    // For the item hooks (semantics_hooks.hpp): an item of Dear ImGui that no widget has described yet. It stays only if none
    // does before the frame ends.
    void item(Node node);
    // The undescribed item that this frame's Click was meant for; 0: none, or a widget took it.
    std::uint32_t unclaimed_click() const;
    // Changes the node that was added last (state known only after the item was drawn).
    Node* last();
    Node* find(std::uint32_t id);

    const std::vector<Node>& nodes() const { return nodes_; }
    std::uint64_t version() const { return version_; }  // grows when nodes() differs from the frame before

    // From the platform. What is typed on in a field takes the place of what was typed before it and still waits: each is the whole text,
    // and letters that come quicker than frames must not stand behind the press of a button that follows them.
    void post(MirrorEvent event) {
        const bool typed_on = event.kind == MirrorEventKind::Input && !queue_.empty() && queue_.back().kind == event.kind &&
                              queue_.back().id == event.id;
        if (typed_on) {
            queue_.back() = std::move(event);
            return;
        }
        queue_.push_back(std::move(event));
        ++posted_;
    }
    bool has_events() const { return !queue_.empty() || active_.has_value(); }
    // Events so far, and those of them that a frame has begun with: what comes after an event waits until that many are answered.
    std::uint64_t posted() const { return posted_; }
    std::uint64_t answered() const { return posted_ - queue_.size(); }

    // For widgets, in the frame after the event came: true once.
    bool take(MirrorEventKind kind, std::uint32_t id);
    // The text that came with the Input or Commit that take() just accepted.
    const std::string& text() const { return text_; }
    // An event for this id waits (the widget should scroll itself into view).
    bool pending(std::uint32_t id) const;

    // Asks the platform to move the DOM focus to a node after this frame.
    void focus(std::uint32_t id) { focus_request_ = id; }
    std::optional<std::uint32_t> take_focus_request();
    bool wants_focus() const { return focus_request_.has_value(); }
    // Says a sentence through the polite (or assertive) live region, once.
    void announce(std::string text, bool assertive = false);
    std::vector<std::pair<std::string, bool>> take_announcements();

private:
    struct Entry {
        std::size_t at = 0;
        bool generic = false;
    };
    bool add(Node node);

    std::vector<Node> nodes_, previous_;
    std::vector<bool> dropped_;            // beside nodes_: undescribed items that a widget described after all
    std::unordered_map<std::uint32_t, Entry> index_;
    std::vector<std::uint32_t> parents_;
    std::vector<MirrorEvent> queue_;       // still to come, oldest first
    std::optional<MirrorEvent> active_;    // the one this frame may take
    std::string text_;
    std::optional<std::uint32_t> focus_request_;
    std::vector<std::pair<std::string, bool>> announcements_;
    std::uint64_t version_ = 0, posted_ = 0;
};

}  // namespace entente::ui
