// JSON as a tree that cannot hurt: bounded in depth, values and text, read without recursion; NaN and infinity are numbers.
//
// Members keep their order; of two with one key the first counts. `skip` names members whose content is passed over (it still has to be
// JSON), unless its own key stands in `keep`: timelines carry megabytes of other programs' metadata.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace entente::exchange {

struct JsonLimits {
    std::size_t depth = 200;
    std::size_t values = 1'250'000;
};

enum class JsonType : std::uint8_t { Null, Boolean, Integer, Real, Text, Array, Object };

class JsonTree {
public:
    struct Filter {
        std::string_view skip;  // members of that name ...
        std::string_view keep;  // ... but in them those of this one
    };

    // A place in the tree; of something that is not there it is null, and asking it gives nothing.
    class Value {
    public:
        Value() = default;                         // nothing
        JsonType type() const;
        bool is_object() const { return type() == JsonType::Object; }
        bool is_array() const { return type() == JsonType::Array; }
        bool is_number() const { return type() == JsonType::Integer || type() == JsonType::Real; }
        explicit operator bool() const { return type() != JsonType::Null; }
        std::string_view text() const;             // empty where it is none
        double number() const;                     // 0 where it is none
        bool boolean(bool otherwise) const;
        Value operator[](std::string_view key) const;  // a member
        Value first() const;                       // the first element or member, null where there is none
        Value next() const;                        // the one after this
        bool end() const { return tree_ == nullptr; }
        std::string_view key() const;              // of a member

    private:
        friend class JsonTree;
        Value(const JsonTree* tree, std::uint32_t at) : tree_(tree), at_(at) {}
        const JsonTree* tree_ = nullptr;
        std::uint32_t at_ = 0;
    };

    // Reads in place: the texts of the tree stand in `text`, and nothing is copied.
    static Result<JsonTree> parse(std::string text, const Filter& filter, const JsonLimits& limits = {});
    Value root() const;

private:
    friend class JsonBuilder;
    struct Piece {
        std::uint32_t at, size;
    };
    struct Node {
        union {
            double number = 0;    // of numbers and of true and false
            Piece text;           // of a text
            std::uint32_t first;  // of arrays and objects; 0: none
        };
        Piece key{};
        std::uint32_t next = 0;   // 0: none; the root is node 1
        JsonType type = JsonType::Null;
    };
    std::string_view piece(Piece at) const { return std::string_view(texts_).substr(at.at, at.size); }

    std::deque<Node> nodes_;      // grows without a second copy of itself
    std::string texts_;
};

}  // namespace entente::exchange
