// Item: the one place where a box on the canvas becomes something a person can use: pointer, keyboard and the semantic tree
// at once. Every interactive widget goes through item(); read-only texts that a screen reader must reach go through note().
#pragma once

#include <string>
#include <string_view>

#include "ui/frame.hpp"
#include "ui/widgets/rect.hpp"

namespace entente::ui {

struct Hit {
    std::uint32_t id = 0;
    Rect area;
    bool hovered = false;   // the pointer is over it
    bool held = false;      // pressed now
    bool pressed = false;   // the pointer went down on it in this frame
    bool clicked = false;   // activated: pointer, keyboard or screen reader
    bool focused = false;   // has the keyboard
    bool ring = false;      // show the focus ring
    bool visible = false;   // some of it is inside the window's clip
};

enum class Nest : std::uint8_t { Leaf, Open };  // Open: the caller adds children and calls semantics.close()

// An id for `key` in the current scope that no other item of this frame has.
std::uint32_t item_id(const Frame& frame, const char* key);

// Bounds, clip and id of `node` are filled in here. A disabled item is not clicked. The canvas of a touch screen is forgiving:
// the area that takes the pointer is at least 24 CSS pixels high.
Hit item(const Frame& frame, const char* key, Rect area, Node node, Nest nest = Nest::Leaf);
// The same for an id from item_id(), where it is needed before.
Hit item(const Frame& frame, std::uint32_t id, Rect area, Node node, Nest nest = Nest::Leaf);

// A text that is only read. Without an effect while a dialog lies above.
void note(const Frame& frame, NodeRole role, Rect area, std::string_view name, int level = 0, std::string_view value = {});

// A part of the tree: everything until it goes out of scope belongs to it.
class Part {
public:
    Part(const Frame& frame, NodeRole role, const char* key, Rect area, std::string_view name, NodeState state = {});
    ~Part();
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;
    std::uint32_t id = 0;

private:
    Semantics* semantics_;
};

// True where nodes may be added now: not behind an open dialog.
bool readable(const Frame& frame);
// The ring around what has the keyboard.
void draw_ring(const Frame& frame, const Hit& hit, float radius);
// The part of `area` that is inside the current window's clip.
Rect visible_part(Rect area);
NodeRect node_rect(Rect area);
Node make_node(NodeRole role, std::string_view name);

}  // namespace entente::ui
