#include "exchange/json.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <rapidjson/reader.h>

namespace entente::exchange {

// What the reader calls, value by value. False stops it.
class JsonBuilder {
public:
    JsonBuilder(JsonTree& tree, const JsonTree::Filter& filter, const JsonLimits& limits) : tree_(tree), filter_(filter), limits_(limits) {
        tree_.nodes_.resize(1);  // node 0 is nothing
        // What the texts are read out of is what they stand in.
        begin_ = tree.texts_.data();
    }

    bool Null() { return add({}) != kStop; }
    bool Bool(bool value) {
        JsonTree::Node node;
        node.type = JsonType::Boolean;
        node.number = value ? 1 : 0;
        return add(node) != kStop;
    }
    bool Int(int value) { return number(value, JsonType::Integer); }
    bool Uint(unsigned value) { return number(value, JsonType::Integer); }
    bool Int64(std::int64_t value) { return number(static_cast<double>(value), JsonType::Integer); }
    bool Uint64(std::uint64_t value) { return number(static_cast<double>(value), JsonType::Integer); }
    bool Double(double value) { return number(value, JsonType::Real); }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }

    bool String(const char* text, rapidjson::SizeType size, bool) {
        if (skipping()) return true;
        JsonTree::Node node;
        node.type = JsonType::Text;
        node.text = piece(text, size);
        return add(node) != kStop;
    }

    bool Key(const char* text, rapidjson::SizeType size, bool) {
        if (skipping()) return true;
        key_ = piece(text, size);
        return true;
    }

    bool StartObject() { return open(JsonType::Object); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool StartArray() { return open(JsonType::Array); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    bool too_deep() const { return too_deep_; }
    bool too_many() const { return too_many_; }

private:
    static constexpr std::uint32_t kStop = 0;
    struct Level {
        std::uint32_t node = 0, last = 0;
        bool filtered = false;  // only the member `keep` counts in it
    };

    bool skipping() const { return skipped_ > 0; }

    bool number(double value, JsonType type) {
        JsonTree::Node node;
        node.type = type;
        node.number = value;
        return add(node) != kStop;
    }

    std::string_view key() const { return tree_.piece(key_); }
    JsonTree::Piece piece(const char* text, rapidjson::SizeType size) const { return {static_cast<std::uint32_t>(text - begin_), size}; }

    // The new node's place; any other than 0 where it was passed over.
    std::uint32_t add(JsonTree::Node node) {
        if (skipping()) return 1;
        if (!levels_.empty() && levels_.back().filtered && key() != filter_.keep) return 1;
        if (tree_.nodes_.size() > limits_.values) {
            too_many_ = true;
            return kStop;
        }
        const auto at = static_cast<std::uint32_t>(tree_.nodes_.size());
        node.key = key_;
        tree_.nodes_.push_back(node);
        if (!levels_.empty()) {
            Level& level = levels_.back();
            (level.last == 0 ? tree_.nodes_[level.node].first : tree_.nodes_[level.last].next) = at;
            level.last = at;
        }
        return at;
    }

    bool open(JsonType type) {
        if (++depth_ > limits_.depth) {
            too_deep_ = true;
            return false;
        }
        const bool passed = skipping() || (!levels_.empty() && levels_.back().filtered && key() != filter_.keep);
        if (passed) {
            ++skipped_;
            return true;
        }
        JsonTree::Node node;
        node.type = type;
        node.first = 0;
        const bool filtered = type == JsonType::Object && !levels_.empty() && !filter_.skip.empty() && key() == filter_.skip;
        const std::uint32_t at = add(node);
        if (at == kStop) return false;
        levels_.push_back({at, 0, filtered});
        key_ = {};
        return true;
    }

    bool close() {
        --depth_;
        if (skipping()) {
            --skipped_;
        } else {
            levels_.pop_back();
        }
        // Elements after a nested one have no key; members get theirs before they come.
        key_ = {};
        return true;
    }

    JsonTree& tree_;
    const JsonTree::Filter& filter_;
    const JsonLimits& limits_;
    std::vector<Level> levels_;
    std::size_t depth_ = 0, skipped_ = 0;
    JsonTree::Piece key_{};
    const char* begin_ = nullptr;
    bool too_deep_ = false, too_many_ = false;
};

JsonType JsonTree::Value::type() const { return tree_ ? tree_->nodes_[at_].type : JsonType::Null; }

std::string_view JsonTree::Value::text() const {
    if (type() != JsonType::Text) return {};
    return tree_->piece(tree_->nodes_[at_].text);
}

double JsonTree::Value::number() const { return is_number() ? tree_->nodes_[at_].number : 0; }

bool JsonTree::Value::boolean(bool otherwise) const {
    return type() == JsonType::Boolean ? tree_->nodes_[at_].number != 0 : otherwise;
}

JsonTree::Value JsonTree::Value::operator[](std::string_view key) const {
    if (!is_object()) return {};
    for (Value member = first(); !member.end(); member = member.next()) {
        if (member.key() == key) return member;
    }
    return {};
}

JsonTree::Value JsonTree::Value::first() const {
    if (!is_object() && !is_array()) return {};
    const std::uint32_t at = tree_->nodes_[at_].first;
    return at ? Value(tree_, at) : Value();
}

JsonTree::Value JsonTree::Value::next() const {
    if (!tree_) return {};
    const std::uint32_t at = tree_->nodes_[at_].next;
    return at ? Value(tree_, at) : Value();
}

std::string_view JsonTree::Value::key() const {
    return tree_ ? tree_->piece(tree_->nodes_[at_].key) : std::string_view();
}

JsonTree::Value JsonTree::root() const { return nodes_.size() > 1 ? Value(this, 1) : Value(); }

// RapidJSON takes a letter of several bytes to its full length before it finds it wrong, beyond the end where that cuts it short.
static void spoil_cut_letter(std::string& text) {
    for (std::size_t left = 0; left < std::min<std::size_t>(3, text.size()); ++left) {
        char& letter = text[text.size() - 1 - left];
        const auto lead = static_cast<unsigned char>(letter);
        const std::size_t wants = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
        if (left < wants) letter = '\x01';
    }
}

Result<JsonTree> JsonTree::parse(std::string text, const Filter& filter, const JsonLimits& limits) {
    std::replace(text.begin(), text.end(), '\0', '\x01');  // which is no JSON either, and does not look like the end
    spoil_cut_letter(text);
    const std::size_t mark = text.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;
    JsonTree tree;
    tree.texts_ = std::move(text);
    JsonBuilder builder(tree, filter, limits);
    rapidjson::InsituStringStream stream(tree.texts_.data() + mark);
    rapidjson::Reader reader;
    constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseNanAndInfFlag |
                                rapidjson::kParseValidateEncodingFlag;
    const rapidjson::ParseResult done = reader.Parse<kFlags>(stream, builder);
    if (builder.too_deep()) return fail(ErrorCode::TooLarge, msg("The file is nested too deeply."));
    if (builder.too_many()) return fail(ErrorCode::TooLarge, msg("The file holds more than can be read."));
    if (!done) {
        return fail(
            ErrorCode::BadInput,
            msg("The file is not complete JSON: it breaks off or goes wrong at byte {0}.",
                static_cast<std::int64_t>(mark + done.Offset())),
            {},
            msg("Export it again from the editing system."));
    }
    return tree;
}

}  // namespace entente::exchange
