// Message: a sentence for a person, not yet in any language.
//
// The English text is its key (gettext style). Placeholders are {0}, {1}, ... and, in plurals, {n}. Arguments keep their
// meaning (a day, money, another message) until a Locale renders them, so that a date inside a Welsh sentence is Welsh.
// Every text goes through msg(), msgc(), msgn() or Locale::tr(): scripts find those calls, and a test fails when one has
// no Welsh. The texts must be string literals.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"

namespace entente {

struct Arg;

struct Message {
    std::string_view context;   // msgctxt; empty for none
    std::string_view id;        // English, singular
    std::string_view plural;    // English plural; empty where there is none
    std::int64_t count = 0;     // chooses the plural form
    std::vector<Arg> args;

    bool empty() const { return id.empty(); }
};

// One argument of a message.
struct Arg {
    enum class Kind : std::uint8_t { Text, Number, Date, Money, Nested };
    Kind kind = Kind::Text;
    std::string text;             // Text
    std::int64_t number = 0;      // Number; Date (days); Money (minor units)
    Currency currency{};          // Money
    std::vector<Message> nested;  // Nested: exactly one

    Arg(std::string value) : text(std::move(value)) {}
    Arg(std::string_view value) : text(value) {}
    Arg(const char* value) : text(value) {}
    Arg(std::int64_t value) : kind(Kind::Number), number(value) {}
    Arg(int value) : kind(Kind::Number), number(value) {}
    Arg(Day value) : kind(Kind::Date), number(value.n) {}
    Arg(entente::Money value) : kind(Kind::Money), number(value.minor), currency(value.currency) {}
    Arg(Message value) : kind(Kind::Nested) { nested.push_back(std::move(value)); }
};

template <class... Args>
Message msg(std::string_view id, Args&&... args) {
    Message m;
    m.id = id;
    (m.args.emplace_back(std::forward<Args>(args)), ...);
    return m;
}

template <class... Args>
Message msgc(std::string_view context, std::string_view id, Args&&... args) {
    Message m = msg(id, std::forward<Args>(args)...);
    m.context = context;
    return m;
}

// Plural: {n} is the count; further placeholders count from {0}.
template <class... Args>
Message msgn(std::string_view one, std::string_view many, std::int64_t count, Args&&... args) {
    Message m = msg(one, std::forward<Args>(args)...);
    m.plural = many;
    m.count = count;
    return m;
}

}  // namespace entente
