// How the register of links and its command are written.
#pragma once

#include "codec/base.hpp"
#include "core/share/command.hpp"

namespace entente::codec {

template <class Archive>
void serialize(Archive& archive, share::IssuedLink& link) {
    auto& [id, revision, to, issued, expires, passphrase, welsh, fragment] = link;
    ENTENTE_FIELDS(archive, id, revision, to, issued, expires, passphrase, welsh, fragment);
}

template <class Archive>
void serialize(Archive& archive, share::Register& command) {
    auto& [project, link] = command;
    ENTENTE_FIELDS(archive, project, link);
}

// Never reused, never renumbered.
template <> inline constexpr std::uint16_t kTag<share::Register> = 1;

}  // namespace entente::codec
