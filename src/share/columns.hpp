// Packer and Unpacker: the two readings of one description of the format (share/document.cpp).
//
// Both offer the same verbs, each for one column: a list of structs and a member of them. Packer writes the column,
// Unpacker fills it in; so the two directions cannot come apart. Dates are differences to the row before, or to another date of
// the same row; an absent date has a flag and no difference.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "share/bits.hpp"
#include "share/status.hpp"
#include "share/texts.hpp"

namespace entente::share {

// Prices are often round: a column is divided by the largest of these that divides all of it.
inline constexpr std::int64_t kScales[] = {10000, 1000, 100, 1};

inline int bits_for(std::size_t count) {  // to tell `count` things apart
    int bits = 0;
    while ((std::size_t{1} << bits) < count) ++bits;
    return bits;
}

struct Names {
    NameList people, stages;
};

class Packer {
public:
    Packer(Day base, const Names& names, TextWriter& texts) : base_(base), names_(names), texts_(texts) {}

    template <class T> void size(const std::vector<T>& list) { out_.golomb(list.size(), 3); }

    template <class T> void texts(const std::vector<T>& list, std::string T::*member) {
        for (const T& item : list) texts_.add(item.*member);
    }
    template <class T> void optional_texts(const std::vector<T>& list, std::string T::*member) {
        Flags present;
        for (const T& item : list) {
            present.push_back(!(item.*member).empty());
            if (present.back()) texts_.add(item.*member);
        }
        out_.flags(present);
    }
    template <class T> void people(const std::vector<T>& list, std::string T::*member) { names(list, member, names_.people); }
    template <class T> void stages(const std::vector<T>& list, std::string T::*member) { names(list, member, names_.stages); }

    template <class T> void days(const std::vector<T>& list, Day T::*member) {
        Column column;
        Day before = base_;
        for (const T& item : list) column.push_back(zigzag(item.*member - std::exchange(before, item.*member)));
        out_.column(column);
    }
    // Counted from another date of the row, never earlier than it.
    template <class T> void days_after(const std::vector<T>& list, Day T::*member, Day T::*from) {
        Column column;
        for (const T& item : list) column.push_back(static_cast<std::uint64_t>(item.*member - item.*from));
        out_.column(column);
    }
    template <class T> void optional_days(const std::vector<T>& list, std::optional<Day> T::*member) {
        Column column;
        Day before = base_;
        for (const T& item : list) {
            if (item.*member) column.push_back(zigzag(*(item.*member) - std::exchange(before, *(item.*member))));
        }
        presence(list, member);
        out_.column(column);
    }
    template <class T> void optional_days_near(const std::vector<T>& list, std::optional<Day> T::*member, Day T::*from) {
        Column column;
        for (const T& item : list) {
            if (item.*member) column.push_back(zigzag(*(item.*member) - item.*from));
        }
        presence(list, member);
        out_.column(column);
    }
    template <class T> void flags(const std::vector<T>& list, bool T::*member) {
        Flags flags;
        for (const T& item : list) flags.push_back(item.*member);
        out_.flags(flags);
    }
    template <class T, class E> void states(const std::vector<T>& list, E T::*member, int bits) {
        for (const T& item : list) out_.bits(static_cast<std::uint64_t>(item.*member), bits);
    }
    template <class T, class N> void numbers(const std::vector<T>& list, N T::*member) {
        Column column;
        for (const T& item : list) column.push_back(static_cast<std::uint64_t>(item.*member));
        out_.column(column);
    }
    // Counting up by one is nothing.
    template <class T, class N> void counting(const std::vector<T>& list, N T::*member) {
        Column column;
        std::int64_t expected = 1;
        for (const T& item : list) {
            column.push_back(zigzag(item.*member - expected));
            expected = std::int64_t{item.*member} + 1;
        }
        out_.column(column);
    }
    template <class T, class N> void optional_numbers(const std::vector<T>& list, std::optional<N> T::*member) {
        Column column;
        for (const T& item : list) {
            if (item.*member) column.push_back(zigzag(*(item.*member)));
        }
        presence(list, member);
        out_.column(column);
    }
    template <class T> void optional_money(const std::vector<T>& list, std::optional<std::int64_t> T::*member) {
        std::uint64_t scale = 0;
        const auto fits = [&](const T& item) { return !(item.*member) || *(item.*member) % kScales[scale] == 0; };
        while (!std::all_of(list.begin(), list.end(), fits)) ++scale;
        out_.bits(scale, 2);
        Column column;
        for (const T& item : list) {
            if (item.*member) column.push_back(zigzag(*(item.*member) / kScales[scale]));
        }
        presence(list, member);
        out_.column(column);
    }
    // 0 and 100 are most of them, multiples of 5 nearly all the rest.
    template <class T> void percents(const std::vector<T>& list, std::int32_t T::*member) {
        for (const T& item : list) {
            const int percent = item.*member;
            if (percent == 0 || percent == 100) {
                out_.bits(percent ? 1 : 0, 2);
            } else if (percent % 5 == 0) {
                out_.bits(2, 2);
                out_.bits(static_cast<std::uint64_t>(percent / 5), 5);
            } else {
                out_.bits(3, 2);
                out_.bits(static_cast<std::uint64_t>(percent), 7);
            }
        }
    }

    BitWriter& out() { return out_; }

private:
    template <class T> void names(const std::vector<T>& list, std::string T::*member, const NameList& known) {
        for (const T& item : list) {
            out_.bits(*known.find(item.*member), bits_for(known.names().size() + 1));
        }
    }
    template <class T, class V> void presence(const std::vector<T>& list, std::optional<V> T::*member) {
        Flags present;
        for (const T& item : list) present.push_back((item.*member).has_value());
        out_.flags(present);
    }

    BitWriter out_;
    Day base_;
    const Names& names_;
    TextWriter& texts_;
};

class Unpacker {
public:
    Unpacker(ByteView in, Day base, const Names& names, TextReader& texts) : in_(in), base_(base), names_(names), texts_(texts) {}

    template <class T> void size(std::vector<T>& list) {
        const std::uint64_t count = in_.golomb(3);
        if (count == 0 || count > kMaxItems) in_.fail();
        if (in_.ok()) list.resize(static_cast<std::size_t>(count));
    }
    template <class T> void texts(std::vector<T>& list, std::string T::*member) {
        for (T& item : list) item.*member = texts_.next();
    }
    template <class T> void optional_texts(std::vector<T>& list, std::string T::*member) {
        const Flags present = in_.flags(list.size());
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (present[i]) list[i].*member = texts_.next();
        }
    }
    template <class T> void people(std::vector<T>& list, std::string T::*member) { names(list, member, names_.people); }
    template <class T> void stages(std::vector<T>& list, std::string T::*member) { names(list, member, names_.stages); }

    template <class T> void days(std::vector<T>& list, Day T::*member) {
        const Column column = in_.column(list.size());
        Day before = base_;
        for (std::size_t i = 0; i < list.size(); ++i) before = list[i].*member = shifted(before, unzigzag(column[i]));
    }
    template <class T> void days_after(std::vector<T>& list, Day T::*member, Day T::*from) {
        const Column column = in_.column(list.size());
        for (std::size_t i = 0; i < list.size(); ++i) {
            list[i].*member = shifted(list[i].*from, static_cast<std::int64_t>(column[i]));
        }
    }
    template <class T> void optional_days(std::vector<T>& list, std::optional<Day> T::*member) {
        Day before = base_;
        optional(list, member, [&](T&, std::int64_t value) { return before = shifted(before, value); });
    }
    template <class T> void optional_days_near(std::vector<T>& list, std::optional<Day> T::*member, Day T::*from) {
        optional(list, member, [&](T& item, std::int64_t value) { return shifted(item.*from, value); });
    }
    template <class T> void flags(std::vector<T>& list, bool T::*member) {
        const Flags flags = in_.flags(list.size());
        for (std::size_t i = 0; i < list.size(); ++i) list[i].*member = flags[i];
    }
    template <class T, class E> void states(std::vector<T>& list, E T::*member, int bits) {
        for (T& item : list) item.*member = static_cast<E>(in_.bits(bits));
    }
    template <class T, class N> void numbers(std::vector<T>& list, N T::*member) {
        const Column column = in_.column(list.size());
        for (std::size_t i = 0; i < list.size(); ++i) list[i].*member = narrow<N>(static_cast<std::int64_t>(column[i]));
    }
    template <class T, class N> void counting(std::vector<T>& list, N T::*member) {
        const Column column = in_.column(list.size());
        std::int64_t expected = 1;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::int64_t difference = unzigzag(column[i]);
            if (difference > kMaxMinor || difference < -kMaxMinor) return in_.fail();
            list[i].*member = narrow<N>(expected + difference);
            expected = std::int64_t{list[i].*member} + 1;
        }
    }
    template <class T, class N> void optional_numbers(std::vector<T>& list, std::optional<N> T::*member) {
        optional(list, member, [&](T&, std::int64_t value) { return narrow<N>(value); });
    }
    template <class T> void optional_money(std::vector<T>& list, std::optional<std::int64_t> T::*member) {
        const std::int64_t scale = kScales[in_.bits(2)];
        optional(list, member, [&](T&, std::int64_t value) {
            if (value > kMaxMinor || value < -kMaxMinor) in_.fail();
            return in_.ok() ? value * scale : 0;
        });
    }
    template <class T> void percents(std::vector<T>& list, std::int32_t T::*member) {
        for (T& item : list) {
            const auto form = in_.bits(2);
            item.*member = form < 2 ? static_cast<std::int32_t>(form) * 100
                           : form == 2 ? static_cast<std::int32_t>(in_.bits(5)) * 5
                                       : static_cast<std::int32_t>(in_.bits(7));
        }
    }

    BitReader& in() { return in_; }

private:
    Day shifted(Day from, std::int64_t days) {
        if (days > kLastDay.n || days < -kLastDay.n) {
            in_.fail();
            days = 0;
        }
        return from + static_cast<int>(days);
    }
    template <class N> N narrow(std::int64_t value) {
        const auto result = static_cast<N>(value);
        if (static_cast<std::int64_t>(result) != value) in_.fail();
        return result;
    }
    template <class T, class V, class F> void optional(std::vector<T>& list, std::optional<V> T::*member, F&& value_of) {
        const Flags present = in_.flags(list.size());
        const Column column = in_.column(static_cast<std::size_t>(std::count(present.begin(), present.end(), true)));
        std::size_t next = 0;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (present[i]) list[i].*member = value_of(list[i], unzigzag(column[next++]));
        }
    }
    template <class T> void names(std::vector<T>& list, std::string T::*member, const NameList& known) {
        for (T& item : list) {
            const std::uint64_t index = in_.bits(bits_for(known.names().size() + 1));
            if (index > known.names().size()) return in_.fail();
            if (index) item.*member = known.names()[static_cast<std::size_t>(index - 1)];
        }
    }

    BitReader in_;
    Day base_;
    const Names& names_;
    TextReader& texts_;
};

}  // namespace entente::share
