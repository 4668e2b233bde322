// PlainSink: what the plain exports are told, value by value: objects, arrays of them, texts, numbers, ids. A key is empty for what
// stands in an array. tell() walks a value once for whichever sink there is, so that the walk over every type is compiled once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model.hpp"
#include "core/session.hpp"

namespace entente::codec {

class PlainSink {
public:
    virtual ~PlainSink() = default;
    virtual void begin_object(std::string_view key) = 0;
    virtual void end_object() = 0;
    virtual void begin_array(std::string_view key) = 0;
    virtual void end_array() = 0;
    virtual void text(std::string_view key, std::string_view value) = 0;
    virtual void number(std::string_view key, std::int64_t value) = 0;
    virtual void boolean(std::string_view key, bool value) = 0;
    virtual void null(std::string_view key) = 0;
    virtual void id(std::string_view key, std::uint64_t value) = 0;  // 0: none
};

void tell(PlainSink& sink, std::string_view key, const house::House& house);
void tell(PlainSink& sink, std::string_view key, const plan::Project& project);

// 16 hexadecimal digits.
std::string id_text(std::uint64_t id);
// "do", "undo", "redo"
std::string_view word_of(EntryKind kind);

}  // namespace entente::codec
