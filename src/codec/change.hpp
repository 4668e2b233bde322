// How changes and their commands are written.
#pragma once

#include "codec/task.hpp"
#include "core/change/command.hpp"

namespace entente::codec {

template <class Archive>
void serialize(Archive& archive, change::Lengthen& edit) {
    auto& [task, minutes] = edit;
    archive(task, minutes);
}

template <class Archive>
void serialize(Archive& archive, change::Reopen& edit) {
    auto& [task, work, links, was_percent, was_started, was_finished] = edit;
    archive(task, work, links, was_percent, was_started, was_finished);
}

template <class Archive>
void serialize(Archive& archive, change::AddWork& edit) {
    auto& [work, links, client_decides, decision, owner] = edit;
    archive(work, links, client_decides, decision, owner);
}

template <class Archive>
void serialize(Archive& archive, change::CostLine& line) {
    auto& [label, internal_minor, charge_minor] = line;
    archive(label, internal_minor, charge_minor);
}

template <class Archive>
void serialize(Archive& archive, change::Outcome& outcome) {
    auto& [by, on, text, charge_minor, internal_minor, baseline] = outcome;
    archive(by, on, text, charge_minor, internal_minor, baseline);
}

template <class Archive>
void serialize(Archive& archive, change::Change& change) {
    auto& [id, number, request, asked_by, asked_on, channel, kind, decide_by, edits, lines, state, outcome, client_visible] =
        change;
    archive(id, number, request, asked_by, asked_on, channel, choice(kind, change::Kind::Unclear), decide_by, edits, lines,
            choice(state, change::State::Declined), outcome, client_visible);
}

template <class Archive>
void serialize(Archive& archive, change::PutChange& command) {
    auto& [project, change] = command;
    archive(project, change);
}

template <class Archive>
void serialize(Archive& archive, change::RemoveChange& command) {
    auto& [project, change] = command;
    archive(project, change);
}

template <class Archive>
void serialize(Archive& archive, change::Agree& command) {
    auto& [project, change, outcome, baseline] = command;
    archive(project, change, outcome, baseline);
}

template <class Archive>
void serialize(Archive& archive, change::Decline& command) {
    auto& [project, change, outcome] = command;
    archive(project, change, outcome);
}

template <class Archive>
void serialize(Archive& archive, change::TakeBack& command) {
    auto& [project, change] = command;
    archive(project, change);
}

// Never reused, never renumbered.
template <> inline constexpr std::uint16_t kTag<change::Lengthen> = 1;
template <> inline constexpr std::uint16_t kTag<change::Reopen> = 2;
template <> inline constexpr std::uint16_t kTag<change::AddWork> = 3;

template <> inline constexpr std::uint16_t kTag<change::PutChange> = 1;
template <> inline constexpr std::uint16_t kTag<change::RemoveChange> = 2;
template <> inline constexpr std::uint16_t kTag<change::Agree> = 3;
template <> inline constexpr std::uint16_t kTag<change::Decline> = 4;
template <> inline constexpr std::uint16_t kTag<change::TakeBack> = 5;

}  // namespace entente::codec
