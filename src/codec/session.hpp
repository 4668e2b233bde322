// How journal entries and the whole model are written.
#pragma once

#include "codec/change.hpp"
#include "codec/house.hpp"
#include "codec/money.hpp"
#include "codec/plan.hpp"
#include "codec/share.hpp"
#include "core/model.hpp"
#include "core/session.hpp"

namespace entente::codec {

// Never reused, never renumbered.
template <> inline constexpr std::uint16_t kTag<house::Command> = 1;
template <> inline constexpr std::uint16_t kTag<plan::Command> = 2;
template <> inline constexpr std::uint16_t kTag<change::Command> = 3;
template <> inline constexpr std::uint16_t kTag<share::Command> = 4;
template <> inline constexpr std::uint16_t kTag<money::Command> = 5;

template <class Archive>
void serialize(Archive& archive, HybridTime& time) {
    auto& [utc_ms, counter] = time;
    ENTENTE_FIELDS(archive, utc_ms, counter);
}

template <class Archive>
void serialize(Archive& archive, Entry& entry) {
    auto& [device, sequence, time, kind, of_sequence, last_id, command] = entry;
    ENTENTE_FIELDS(archive, device, sequence, time, choice(kind, EntryKind::Redo), of_sequence, last_id, command);
}

template <class Archive>
void serialize(Archive& archive, Model& model) {
    auto& [house, projects] = model;
    ENTENTE_FIELDS(archive, house, projects);
}

}  // namespace entente::codec
