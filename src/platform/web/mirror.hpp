// Mirror: keeps real DOM elements in step with the semantic tree. It compares what each node should be (element.hpp) with what
// the page already has and sends only the differences, as one string of operations (web/library_mirror.js carries them out).
// Nothing crosses where nothing changed.
//
// - An element lies over the visible part of its item; a field keeps its whole size and is clipped, so that its text stays in
//   place. An item that cannot be seen (scrolled out) is parked far outside the page at a place of its own: when the browser
//   scrolls there, because a script, a reader or the keyboard asked for that element, the page knows whom it meant and posts
//   Scroll, and the widget brings itself into view.
// - What the DOM changes by itself (a checkbox that was clicked, a field after Enter) is put right from the tree a few frames
//   later: recheck().
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "platform/web/element.hpp"
#include "ui/semantics.hpp"

namespace entente::platform {

class Mirror {
public:
    // Sends what has changed since the last call, or leaves it to the next one: elements follow the picture sixty times a second, however
    // often that is drawn, and ten times while a wheel turns, for nobody reads them faster and each costs the browser memory and layout.
    // Fields, which are seen, follow at once, and so does what the focus goes to. `pixel_ratio`: device pixels for one CSS pixel. `now_ms`
    // only counts up.
    void update(ui::Semantics& semantics, float pixel_ratio, double now_ms, bool scrolling);
    // The page keeps nothing of the tree.
    void clear();

    void recheck(std::uint32_t id);
    // Something is still to be sent: one more frame is needed.
    bool settling() const { return behind_ || !rechecks_.empty() || focus_frames_ > 0; }

private:
    struct Known {
        Element element;
        ui::Node node;                        // as the element was last described
        std::uint32_t surroundings = ~0u;     // what else the description depended on
        Box box;                              // in CSS pixels, from the mirror's corner
        Box sent_box;                         // as sent: from the parent's corner
        std::array<float, 4> sent_inset{};    // clipped off a field: top, right, bottom, left
        int slot = -1;                        // of the parking lot; -1: not parked
        int sent_slot = -2;
        std::vector<std::uint32_t> children, sent_children;
        std::uint64_t seen = 0;               // the update that last met the node
    };

    bool may_wait(const ui::Semantics& semantics, float pixel_ratio, double now_ms, bool scrolling) const;
    void send_changes(const ui::Semantics& semantics, float pixel_ratio);
    void take_node(const std::vector<ui::Node>& nodes, std::size_t at, HeadingLevels& headings);
    void create(std::uint32_t id, Element element);
    void send_element(std::uint32_t id, Known& known, Element next);
    void send_attribute(std::uint32_t id, Attribute which, const std::optional<std::string>& value);
    void place(const ui::Node& node, Known& known, const Known* parent);
    void send_inset(std::uint32_t id, const ui::Node& node, Known& known);
    void send_children(std::uint32_t id, const std::vector<std::uint32_t>& now, std::vector<std::uint32_t>& sent);
    void remove_unseen();
    void run_rechecks();
    void send_focus(ui::Semantics& semantics);
    int take_slot();
    void free_slot(Known& known);
    void number(float value);

    std::unordered_map<std::uint32_t, Known> known_;
    std::vector<std::uint32_t> root_children_, sent_root_children_;
    TableKinds tables_;
    std::vector<std::pair<std::uint32_t, int>> rechecks_;   // id, frames left
    std::vector<bool> slots_;                               // taken
    std::uint32_t focus_id_ = 0;
    int focus_frames_ = 0;                                  // how long a focus waits for its element to appear
    Writer out_;
    float ratio_ = 0.0f;
    double sent_ms_ = 0;
    bool behind_ = false;                                   // the tree has changed and the page was not told
    std::uint64_t version_ = 0, update_ = 0;
};

}  // namespace entente::platform
