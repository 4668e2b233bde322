#include "platform/web/mirror.hpp"

#include <algorithm>
#include <cstring>

#include "platform/web/js.hpp"

namespace entente::platform {
namespace {

using ui::Node;
using ui::NodeRect;

// As in web/library_mirror.js.
enum Operation : std::uint8_t { kCreate = 1, kRemove, kChildren, kSet, kUnset, kBox, kInset, kFocus };
constexpr float kParkingLot = 20000.0f, kParkingSpace = 10000.0f;  // CSS pixels; a space is higher than any window
constexpr std::size_t kMaxSlots = 3000;                            // beyond them the browser's coordinates end
constexpr int kRecheckFrames = 4;   // ImGui has taken press and release, and the answer has been drawn
constexpr int kFocusFrames = 12;
constexpr double kLeastMilliseconds = 15, kLeastScrolling = 100;  // between two updates; 15 is less than a frame of an ordinary screen

bool is_empty(const NodeRect& rect) { return rect.x1 <= rect.x0 || rect.y1 <= rect.y0; }

bool same_but_place(const Node& a, const Node& b) {
    return a.role == b.role && a.parent == b.parent && a.state == b.state && a.name == b.name && a.value == b.value &&
           a.description == b.description && a.placeholder == b.placeholder && a.shortcut == b.shortcut && a.controls == b.controls &&
           a.font_px == b.font_px && a.text_rgba == b.text_rgba;
}

}  // namespace

void Mirror::number(float value) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    out_.u32(bits);
}

int Mirror::take_slot() {
    const auto free = std::find(slots_.begin(), slots_.end(), false);
    if (free != slots_.end()) {
        *free = true;
        return static_cast<int>(free - slots_.begin());
    }
    if (slots_.size() >= kMaxSlots) {
        return static_cast<int>(kMaxSlots);  // shared: it can be focused, but not found by where it lies
    }
    slots_.push_back(true);
    return static_cast<int>(slots_.size()) - 1;
}

void Mirror::free_slot(Known& known) {
    if (known.slot >= 0 && known.slot < static_cast<int>(slots_.size())) {
        slots_[static_cast<std::size_t>(known.slot)] = false;
    }
    known.slot = -1;
}

void Mirror::create(std::uint32_t id, Element element) {
    out_.u8(kCreate);
    out_.u32(id);
    out_.u8(static_cast<std::uint8_t>(element.tag));
    Known& known = known_[id];
    free_slot(known);
    known = Known{};
    known.element.tag = element.tag;
    send_element(id, known, std::move(element));
}

void Mirror::send_attribute(std::uint32_t id, Attribute which, const std::optional<std::string>& value) {
    out_.u8(value ? kSet : kUnset);
    out_.u32(id);
    out_.u8(static_cast<std::uint8_t>(which));
    if (value) {
        out_.u32(static_cast<std::uint32_t>(value->size()));
        out_.raw(bytes_of(*value));
    }
}

void Mirror::send_element(std::uint32_t id, Known& known, Element next) {
    for (std::size_t at = 0; at < next.attributes.size(); ++at) {
        if (next.attributes[at] != known.element.attributes[at]) {
            send_attribute(id, static_cast<Attribute>(at), next.attributes[at]);
        }
    }
    known.element = std::move(next);
}

void Mirror::take_node(const std::vector<Node>& nodes, std::size_t at, HeadingLevels& headings) {
    const Node& node = nodes[at];
    const auto above = known_.find(node.parent);
    Known* parent = above != known_.end() && above->second.seen == update_ ? &above->second : nullptr;
    (parent != nullptr ? parent->children : root_children_).push_back(node.id);

    const Node* first_child = at + 1 < nodes.size() && nodes[at + 1].parent == node.id ? &nodes[at + 1] : nullptr;
    Surroundings around{tables_};
    around.has_children = first_child != nullptr;
    around.has_options = node.role == ui::NodeRole::ComboBox && first_child != nullptr && first_child->role == ui::NodeRole::Option;
    around.in_select = parent != nullptr && parent->element.tag == Tag::Select;
    around.pixel_ratio = ratio_;
    around.heading_level = node.role == ui::NodeRole::Heading ? headings.next(node.state.level) : 0;
    const auto table = tables_.row_table.find(node.id);
    const auto stop = table == tables_.row_table.end() ? tables_.tab_stop.end() : tables_.tab_stop.find(table->second);
    const std::uint32_t surroundings =
        (around.has_children ? 1u : 0u) | (around.has_options ? 2u : 0u) | (around.in_select ? 4u : 0u) |
        (stop != tables_.tab_stop.end() && stop->second == node.id ? 8u : 0u) |
        static_cast<std::uint32_t>(tables_.of_row(node.parent)) << 4 | static_cast<std::uint32_t>(tables_.of_table(node.id)) << 6 |
        static_cast<std::uint32_t>(around.heading_level) << 8;

    auto found = known_.find(node.id);
    if (found == known_.end() || found->second.surroundings != surroundings || !same_but_place(found->second.node, node)) {
        Element next = element_of(node, around);
        if (found == known_.end() || found->second.element.tag != next.tag) {
            if (found != known_.end() && parent != nullptr) {
                parent->sent_children.clear();  // the new element must find its place
            } else if (found != known_.end()) {
                sent_root_children_.clear();
            }
            create(node.id, std::move(next));
            found = known_.find(node.id);
        } else {
            send_element(node.id, found->second, std::move(next));
        }
        found->second.node = node;
        found->second.surroundings = surroundings;
    }
    Known& known = found->second;
    known.node.bounds = node.bounds;
    known.node.clip = node.clip;
    known.seen = update_;
    known.children.clear();
    if (!around.in_select) {
        place(node, known, parent);
    }
}

// Where the element lies: over what can be seen of the item, or on a parking space.
void Mirror::place(const Node& node, Known& known, const Known* parent) {
    const bool hidden = is_empty(node.clip);
    const NodeRect& shown = hidden || is_field(node.role) ? node.bounds : node.clip;
    Box box{shown.x0 / ratio_, shown.y0 / ratio_, std::max(1.0f, (shown.x1 - shown.x0) / ratio_),
            std::max(1.0f, (shown.y1 - shown.y0) / ratio_)};
    if (hidden && takes_pointer(node.role)) {
        if (known.slot < 0) {
            known.slot = take_slot();
        }
        box.x = 0;
        box.y = kParkingLot + static_cast<float>(known.slot) * kParkingSpace;
    } else {
        free_slot(known);
    }
    known.box = box;
    Box relative = box;
    if (parent != nullptr) {
        relative.x -= parent->box.x;
        relative.y -= parent->box.y;
    }
    if (!(relative == known.sent_box) || known.slot != known.sent_slot) {
        known.sent_box = relative;
        known.sent_slot = known.slot;
        out_.u8(kBox);
        out_.u32(node.id);
        number(relative.x);
        number(relative.y);
        number(relative.width);
        number(relative.height);
        out_.u32(static_cast<std::uint32_t>(known.slot));
    }
    if (is_field(node.role)) {
        send_inset(node.id, node, known);
    }
}

void Mirror::send_inset(std::uint32_t id, const Node& node, Known& known) {
    std::array<float, 4> inset{};
    if (!is_empty(node.clip)) {
        inset = {(node.clip.y0 - node.bounds.y0) / ratio_, (node.bounds.x1 - node.clip.x1) / ratio_,
                 (node.bounds.y1 - node.clip.y1) / ratio_, (node.clip.x0 - node.bounds.x0) / ratio_};
        for (float& side : inset) {
            side = std::max(side, 0.0f);
        }
    }
    if (inset != known.sent_inset) {
        known.sent_inset = inset;
        out_.u8(kInset);
        out_.u32(id);
        for (const float side : inset) {
            number(side);
        }
    }
}

void Mirror::send_children(std::uint32_t id, const std::vector<std::uint32_t>& now, std::vector<std::uint32_t>& sent) {
    if (now == sent) {
        return;
    }
    out_.u8(kChildren);
    out_.u32(id);
    out_.u32(static_cast<std::uint32_t>(now.size()));
    for (const std::uint32_t child : now) {
        out_.u32(child);
    }
    sent = now;
}

void Mirror::remove_unseen() {
    for (auto at = known_.begin(); at != known_.end();) {
        if (at->second.seen == update_) {
            ++at;
            continue;
        }
        out_.u8(kRemove);
        out_.u32(at->first);
        free_slot(at->second);
        at = known_.erase(at);
    }
}

void Mirror::recheck(std::uint32_t id) {
    for (auto& waiting : rechecks_) {
        if (waiting.first == id) {
            waiting.second = kRecheckFrames;
            return;
        }
    }
    rechecks_.emplace_back(id, kRecheckFrames);
}

void Mirror::run_rechecks() {
    for (auto& waiting : rechecks_) {
        const auto found = known_.find(waiting.first);
        if (--waiting.second > 0 || found == known_.end()) {
            continue;
        }
        for (const Attribute which : {Attribute::Checked, Attribute::Value, Attribute::Selected}) {
            if (found->second.element[which]) {
                send_attribute(waiting.first, which, found->second.element[which]);
            }
        }
        // A <select> shows the option that the tree says is chosen.
        for (const std::uint32_t child : found->second.children) {
            if (const auto option = known_.find(child); option != known_.end() && option->second.element[Attribute::Selected]) {
                send_attribute(child, Attribute::Selected, option->second.element[Attribute::Selected]);
            }
        }
    }
    rechecks_.erase(std::remove_if(rechecks_.begin(), rechecks_.end(), [](const auto& waiting) { return waiting.second <= 0; }),
                    rechecks_.end());
}

void Mirror::send_focus(ui::Semantics& semantics) {
    if (const auto wanted = semantics.take_focus_request()) {
        focus_id_ = *wanted;
        focus_frames_ = kFocusFrames;
    }
    if (focus_frames_ == 0) {
        return;
    }
    --focus_frames_;
    if (known_.count(focus_id_) != 0) {
        out_.u8(kFocus);
        out_.u32(focus_id_);
        focus_frames_ = 0;
    }
}

bool Mirror::may_wait(const ui::Semantics& semantics, float pixel_ratio, double now_ms, bool scrolling) const {
    const double least = scrolling ? kLeastScrolling : kLeastMilliseconds;
    const bool waited_for = !rechecks_.empty() || focus_frames_ > 0 || semantics.wants_focus();
    if (pixel_ratio != ratio_ || now_ms - sent_ms_ >= least || waited_for) return false;
    return std::all_of(semantics.nodes().begin(), semantics.nodes().end(), [this](const Node& node) {
        if (!is_field(node.role)) return true;
        const auto known = known_.find(node.id);
        return known != known_.end() && known->second.node == node;
    });
}

void Mirror::send_changes(const ui::Semantics& semantics, float pixel_ratio) {
    if (pixel_ratio != ratio_) {
        for (auto& entry : known_) {
            entry.second.surroundings = ~0u;
        }
    }
    version_ = semantics.version();
    ratio_ = pixel_ratio;
    ++update_;
    root_children_.clear();
    tables_ = find_tables(semantics.nodes());
    HeadingLevels headings;
    for (std::size_t at = 0; at < semantics.nodes().size(); ++at) {
        take_node(semantics.nodes(), at, headings);
    }
    remove_unseen();
    for (const Node& node : semantics.nodes()) {
        Known& known = known_[node.id];
        send_children(node.id, known.children, known.sent_children);
    }
    send_children(0, root_children_, sent_root_children_);
}

void Mirror::update(ui::Semantics& semantics, float pixel_ratio, double now_ms, bool scrolling) {
    behind_ = semantics.version() != version_ || pixel_ratio != ratio_;
    if (behind_ && !may_wait(semantics, pixel_ratio, now_ms, scrolling)) {
        send_changes(semantics, pixel_ratio);
        sent_ms_ = now_ms;
        behind_ = false;
    }
    run_rechecks();
    send_focus(semantics);
    if (const Bytes operations = out_.take(); !operations.empty()) {
        entente_js_mirror_apply(operations.data(), static_cast<int>(operations.size()));
    }
    for (const auto& [text, assertive] : semantics.take_announcements()) {
        entente_js_mirror_announce(text.c_str(), assertive ? 1 : 0);
    }
}

void Mirror::clear() {
    ++update_;
    remove_unseen();
    root_children_.clear();
    sent_root_children_.clear();
    rechecks_.clear();
    focus_frames_ = 0;
    version_ = ~std::uint64_t{0};
    behind_ = false;
    if (const Bytes operations = out_.take(); !operations.empty()) {
        entente_js_mirror_apply(operations.data(), static_cast<int>(operations.size()));
    }
    entente_js_mirror_announce("", 0);
    entente_js_mirror_announce("", 1);
}

}  // namespace entente::platform
