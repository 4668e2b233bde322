// How the values of src/base are written: ids, days, times, money.
#pragma once

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/time.hpp"
#include "codec/archive.hpp"

namespace entente::codec {

template <class Archive, class Tag>
void serialize(Archive& archive, Id<Tag>& id) {
    archive(id.n);
}

template <class Archive>
void serialize(Archive& archive, Day& day) {
    archive(day.n);
}

template <class Archive>
void serialize(Archive& archive, LocalMinute& at) {
    archive(at.n);
}

// Three bytes: capital letters, or zeros for none.
inline void save(OutArchive& archive, const Currency& currency) {
    for (const char letter : currency.code) archive.number(static_cast<std::uint8_t>(letter));
}
inline void load(InArchive& archive, Currency& currency) {
    const std::string_view code = text_of(archive.raw(3));
    if (code == std::string_view("\0\0\0", 3)) {
        currency = {};
        return;
    }
    const std::optional<Currency> known = currency_from(code);
    if (!known) archive.refuse();
    currency = *known;
}

}  // namespace entente::codec
