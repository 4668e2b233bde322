// Node: a piece of HTML as a plain value. The status page is built from these and put on the screen with createElement and
// textContent alone (platform/web/status_dom.hpp), so that no text can become markup.
//
// `tag`, `style` and attribute names are literals of ours; only `text` and attribute values hold what came with a link.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente::status {

// What a button does.
enum class Press : std::uint8_t { None, ToggleLanguage, Print, TrustKey };

struct Attribute {
    std::string_view name;
    std::string value;
};

struct Node {
    std::string_view tag;
    std::string_view style;       // classes of web/status.css
    std::string text;             // stands before the children
    std::vector<Attribute> attributes{};
    std::vector<Node> children{};
    Press press = Press::None;

    // The reference is good until the next add() to the same node.
    Node& add(Node child) {
        children.push_back(std::move(child));
        return children.back();
    }
    Node& set(std::string_view name, std::string value) {
        attributes.push_back({name, std::move(value)});
        return *this;
    }
};

inline Node make(std::string_view tag, std::string_view style = {}, std::string text = {}) {
    return Node{tag, style, std::move(text)};
}

// All text of it in order, for tests.
inline std::string text_of(const Node& node) {
    std::string out = node.text;
    for (const Node& child : node.children) out += (out.empty() ? "" : " ") + text_of(child);
    return out;
}

}  // namespace entente::status
