// Any text as JSON: bounded, never a crash, and the tree can be walked to its end.
#include <cstdlib>

#include "exchange/json.hpp"

namespace {

using entente::exchange::JsonTree;

// Not by recursion: a tree may be deep.
void walk(JsonTree::Value root) {
    std::vector<JsonTree::Value> open{root};
    std::size_t seen = 0;
    while (!open.empty()) {
        const JsonTree::Value value = open.back();
        open.pop_back();
        if (++seen > 1'000'000) std::abort();
        (void)value.text();
        (void)value.number();
        (void)value["name"];
        for (JsonTree::Value child = value.first(); !child.end(); child = child.next()) open.push_back(child);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto tree = JsonTree::parse(text, {})) walk(tree->root());
    if (const auto tree = JsonTree::parse(text, {"metadata", "cmx"}, {20, 1000})) walk(tree->root());
    return 0;
}
