// archive: cereal archives of our own, bounded and strict, and how the standard types are written.
//
// Little-endian; integers have exactly their width; a bool is one byte, 0 or 1; a size is 64 bits on every machine; a text is a
// size and UTF-8; an optional is a bool and its value; a variant is the 16-bit tag from a table (kTag) and its value, so that
// reordering alternatives in core cannot change the format. Enumerations go through choice(), which knows the last value.
// A field that came with a later schema goes through since(): an older record does not have it, and it keeps its default.
// ENTENTE_FIELDS(archive, a, b) writes or reads a struct's fields in that order; an archive that wants their names too (plain_json.hpp)
// has named(). So a field stands in one list, and what is written in one form cannot be forgotten in the other.
// InArchive throws DecodeError, which codec.cpp turns into an Error; it never allocates for more elements than the remaining
// bytes could hold, and never nests deeper than kMaxDepth.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <cereal/cereal.hpp>

#include "base/bytes.hpp"
#include "base/text.hpp"

namespace entente::codec {

inline constexpr int kMaxDepth = 32;

// The schema that is written. Every earlier one is still read.
// 1: 2026-11, the foundation. 2: estimates, options of a change, cuts, money, templates, holidays by rule. 3: a change that supersedes
// another or asks for a round, work that is left out, the exact way back of an agreement, contingency inside or beside the price.
inline constexpr std::uint16_t kSchema = 3;

struct DecodeError {
    std::size_t at = 0;  // offset of the byte that cannot be
};

template <class T>
concept FixedWidth =
    std::is_same_v<T, std::uint8_t> || std::is_same_v<T, std::uint16_t> || std::is_same_v<T, std::uint32_t> ||
    std::is_same_v<T, std::uint64_t> || std::is_same_v<T, std::int16_t> || std::is_same_v<T, std::int32_t> ||
    std::is_same_v<T, std::int64_t>;

class OutArchive : public cereal::OutputArchive<OutArchive, cereal::AllowEmptyClassElision> {
public:
    explicit OutArchive(std::uint16_t schema = kSchema)
        : cereal::OutputArchive<OutArchive, cereal::AllowEmptyClassElision>(this), schema_(schema) {}

    std::uint16_t schema() const { return schema_; }

    template <FixedWidth T>
    void number(T value) {
        auto bits = static_cast<std::make_unsigned_t<T>>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) out_.push_back(static_cast<std::uint8_t>(std::uint64_t{bits} >> (8 * i)));
    }
    void raw(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
    std::size_t size() const { return out_.size(); }
    Bytes take() { return std::move(out_); }

private:
    Bytes out_;
    std::uint16_t schema_;
};

class InArchive : public cereal::InputArchive<InArchive, cereal::AllowEmptyClassElision> {
public:
    explicit InArchive(ByteView in, std::uint16_t schema = kSchema)
        : cereal::InputArchive<InArchive, cereal::AllowEmptyClassElision>(this), in_(in), schema_(schema) {}

    std::uint16_t schema() const { return schema_; }

    template <FixedWidth T>
    T number() {
        const ByteView bytes = raw(sizeof(T));
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) bits |= std::uint64_t{bytes[i]} << (8 * i);
        return static_cast<T>(static_cast<std::make_unsigned_t<T>>(bits));
    }
    ByteView raw(std::size_t size) {
        if (size > remaining()) refuse();
        const ByteView out = in_.subspan(at_, size);
        at_ += size;
        return out;
    }
    // A count of elements, each of at least `minimum_bytes`.
    std::size_t count(std::size_t minimum_bytes) {
        const std::uint64_t value = number<std::uint64_t>();
        if (value > remaining() / minimum_bytes) refuse();
        return static_cast<std::size_t>(value);
    }
    std::size_t remaining() const { return in_.size() - at_; }
    [[noreturn]] void refuse() const { throw DecodeError{at_}; }

    void enter() {
        if (++depth_ > kMaxDepth) refuse();
    }
    void leave() { --depth_; }

private:
    ByteView in_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::uint16_t schema_;
};

// An enumeration whose values are 0..last.
template <class E>
struct Choice {
    E& value;
    E last;
};
template <class E>
Choice<E> choice(E& value, E last) {
    static_assert(sizeof(E) == 1, "enumerations are one byte");
    return {value, last};
}

// A field (or a choice) that stands in the record from `schema` on.
template <class T>
struct Since {
    std::uint16_t schema;
    T value;  // a reference, or a Choice
};
template <class T>
Since<T> since(std::uint16_t schema, T&& value) {
    return {schema, std::forward<T>(value)};
}

// `names` are the fields as they stand in the source: "id, since(2, estimate), choice(kind, Kind::Last)".
template <class Archive, class... Ts>
void fields(Archive& archive, [[maybe_unused]] const char* names, Ts&&... values) {
    if constexpr (requires { archive.named(names, values...); }) {
        archive.named(names, values...);
    } else {
        archive(std::forward<Ts>(values)...);
    }
}
#define ENTENTE_FIELDS(archive, ...) ::entente::codec::fields(archive, #__VA_ARGS__, __VA_ARGS__)

// Every alternative of every variant that is written has its tag here: template <> inline constexpr std::uint16_t kTag<X> = n.
template <class T>
inline constexpr std::uint16_t kTag = 0;

template <class Variant>
struct TagsOf;
template <class... Ts>
struct TagsOf<std::variant<Ts...>> {
    static constexpr std::array<std::uint16_t, sizeof...(Ts)> kTags{kTag<Ts>...};
    static constexpr bool valid() {
        for (std::size_t i = 0; i < kTags.size(); ++i) {
            if (kTags[i] == 0) return false;
            for (std::size_t j = 0; j < i; ++j) {
                if (kTags[i] == kTags[j]) return false;
            }
        }
        return true;
    }
};

// The least number of bytes a value of T takes in a schema. A default value has no text, no elements and no optional parts.
template <class T>
struct Minimum {
    static std::size_t bytes(std::uint16_t schema);
};
template <class... Ts>
struct Minimum<std::variant<Ts...>> {
    static std::size_t bytes(std::uint16_t) { return 2; }
};
template <class T, std::size_t... Is>
std::array<std::size_t, sizeof...(Is)> minimum_bytes_by_schema(std::index_sequence<Is...>) {
    return {Minimum<T>::bytes(static_cast<std::uint16_t>(Is + 1))...};
}
template <class T>
inline const std::array<std::size_t, kSchema> kMinimumBytes = minimum_bytes_by_schema<T>(std::make_index_sequence<kSchema>());

// cereal calls these around every value. An enumeration must not slip through cereal's own, unchecked path.
template <class T>
void prologue(OutArchive&, const T&) {
    static_assert(!std::is_enum_v<T>, "write enumerations with choice()");
}
template <class T>
void prologue(InArchive& archive, const T&) {
    static_assert(!std::is_enum_v<T>, "read enumerations with choice()");
    archive.enter();
}
template <class T>
void epilogue(InArchive& archive, const T&) {
    archive.leave();
}

template <FixedWidth T>
void save(OutArchive& archive, const T& value) {
    archive.number(value);
}
template <FixedWidth T>
void load(InArchive& archive, T& value) {
    value = archive.number<T>();
}

// A place or a count: 64 bits in the format, also where size_t has only 32.
template <class T>
concept NarrowSize = std::is_same_v<T, std::size_t> && !FixedWidth<T>;
template <NarrowSize T>
void save(OutArchive& archive, const T& value) {
    archive.number(std::uint64_t{value});
}
template <NarrowSize T>
void load(InArchive& archive, T& value) {
    const std::uint64_t wide = archive.number<std::uint64_t>();
    if (wide > SIZE_MAX) archive.refuse();
    value = static_cast<T>(wide);
}

template <class T>
    requires std::is_same_v<T, bool>
void save(OutArchive& archive, const T& value) {
    archive.number(static_cast<std::uint8_t>(value ? 1 : 0));
}
template <class T>
    requires std::is_same_v<T, bool>
void load(InArchive& archive, T& value) {
    const std::uint8_t byte = archive.number<std::uint8_t>();
    if (byte > 1) archive.refuse();
    value = byte == 1;
}

template <class E>
void save(OutArchive& archive, const Choice<E>& choice) {
    archive.number(static_cast<std::uint8_t>(choice.value));
}
template <class E>
void load(InArchive& archive, Choice<E>& choice) {
    const std::uint8_t byte = archive.number<std::uint8_t>();
    if (byte > static_cast<std::uint8_t>(choice.last)) archive.refuse();
    choice.value = static_cast<E>(byte);
}

template <class T>
void save(OutArchive& archive, const Since<T>& field) {
    if (archive.schema() >= field.schema) archive(field.value);
}
template <class T>
void load(InArchive& archive, Since<T>& field) {
    if (archive.schema() >= field.schema) archive(field.value);
}

inline void save(OutArchive& archive, const std::string& text) {
    if (valid_utf8(text)) {
        archive.number(std::uint64_t{text.size()});
        archive.raw(bytes_of(text));
    } else {
        const std::string clean = clean_utf8(text);
        archive.number(std::uint64_t{clean.size()});
        archive.raw(bytes_of(clean));
    }
}
inline void load(InArchive& archive, std::string& text) {
    const std::string_view read = text_of(archive.raw(archive.count(1)));
    if (!valid_utf8(read)) archive.refuse();
    text.assign(read);
}

template <class T>
void save(OutArchive& archive, const std::vector<T>& items) {
    archive.number(std::uint64_t{items.size()});
    for (const T& item : items) archive(item);
}
template <class T>
void load(InArchive& archive, std::vector<T>& items) {
    const std::size_t count = archive.count(kMinimumBytes<T>[archive.schema() - 1u]);
    items.clear();
    items.resize(count);
    for (T& item : items) archive(item);
}

template <class T, std::size_t N>
void save(OutArchive& archive, const std::array<T, N>& items) {
    for (const T& item : items) archive(item);
}
template <class T, std::size_t N>
void load(InArchive& archive, std::array<T, N>& items) {
    for (T& item : items) archive(item);
}

template <class T>
void save(OutArchive& archive, const std::optional<T>& value) {
    archive(value.has_value());
    if (value) archive(*value);
}
template <class T>
void load(InArchive& archive, std::optional<T>& value) {
    bool present = false;
    archive(present);
    value.reset();
    if (present) archive(value.emplace());
}

template <class... Ts>
void save(OutArchive& archive, const std::variant<Ts...>& value) {
    static_assert(TagsOf<std::variant<Ts...>>::valid(), "an alternative has no tag of its own");
    archive.number(TagsOf<std::variant<Ts...>>::kTags[value.index()]);
    std::visit([&archive](const auto& alternative) { archive(alternative); }, value);
}
template <class... Ts>
void load(InArchive& archive, std::variant<Ts...>& value) {
    const std::uint16_t tag = archive.number<std::uint16_t>();
    const bool known = ((kTag<Ts> == tag ? (archive(value.template emplace<Ts>()), true) : false) || ...);
    if (!known) archive.refuse();
}

template <class T>
std::size_t Minimum<T>::bytes(std::uint16_t schema) {
    OutArchive archive(schema);
    archive(T{});
    return archive.size() > 0 ? archive.size() : 1;
}

}  // namespace entente::codec
