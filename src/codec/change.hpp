// How changes and their commands are written.
#pragma once

#include "codec/task.hpp"
#include "core/change/command.hpp"

namespace entente::codec {

template <class Archive>
void serialize(Archive& archive, change::Lengthen& edit) {
    auto& [task, minutes] = edit;
    ENTENTE_FIELDS(archive, task, minutes);
}

template <class Archive>
void serialize(Archive& archive, change::Reopen& edit) {
    auto& [task, work, links, was_percent, was_started, was_finished] = edit;
    ENTENTE_FIELDS(archive, task, work, links, was_percent, was_started, was_finished);
}

template <class Archive>
void serialize(Archive& archive, change::AddWork& edit) {
    auto& [work, links, client_decides, decision, owner] = edit;
    ENTENTE_FIELDS(archive, work, links, client_decides, decision, owner);
}

template <class Archive>
void serialize(Archive& archive, change::Crash& edit) {
    auto& [task, method, saved_minutes, paid_minutes, premium_permille] = edit;
    ENTENTE_FIELDS(archive, task, choice(method, change::CrashMethod::SecondShift), saved_minutes, paid_minutes, premium_permille);
}

template <class Archive>
void serialize(Archive& archive, change::Constrain& edit) {
    auto& [task, constraint, was] = edit;
    ENTENTE_FIELDS(archive, task, constraint, was);
}

template <class Archive>
void serialize(Archive& archive, change::Drop& edit) {
    auto& [task, links] = edit;
    ENTENTE_FIELDS(archive, task, links);
}

template <class Archive>
void serialize(Archive& archive, change::QualityEffect& effect) {
    auto& [dimension, steps, why] = effect;
    ENTENTE_FIELDS(archive, choice(dimension, change::Quality::Accessibility), steps, why);
}

template <class Archive>
void serialize(Archive& archive, change::Option& option) {
    auto& [id, kind, name, edits, lines, quality, note] = option;
    ENTENTE_FIELDS(archive, id, choice(kind, change::OptionKind::ByHand), name, edits, lines, quality, note);
}

template <class Archive>
void serialize(Archive& archive, change::Scenario& scenario) {
    auto& [id, name, made, edits] = scenario;
    ENTENTE_FIELDS(archive, id, name, made, edits);
}

template <class Archive>
void serialize(Archive& archive, change::RoundUse& use) {
    auto& [on, version, by, paid_by] = use;
    ENTENTE_FIELDS(archive, on, version, by, paid_by);
}

template <class Archive>
void serialize(Archive& archive, change::Rounds& rounds) {
    auto& [id, name, task, included, minutes, assignments, used] = rounds;
    ENTENTE_FIELDS(archive, id, name, task, included, minutes, assignments, used);
}

template <class Archive>
void serialize(Archive& archive, change::CostLine& line) {
    auto& [label, internal_minor, charge_minor] = line;
    ENTENTE_FIELDS(archive, label, internal_minor, charge_minor);
}

template <class Archive>
void serialize(Archive& archive, change::Outcome& outcome) {
    auto& [by, on, text, charge_minor, internal_minor, baseline, option, goodwill_minor, allowed_by, look_again] = outcome;
    ENTENTE_FIELDS(archive, by, on, text, charge_minor, internal_minor, baseline, since(2, option), since(2, goodwill_minor),
                   since(2, allowed_by), since(2, look_again));
}

template <class Archive>
void serialize(Archive& archive, change::Change& change) {
    auto& [id, number, request, asked_by, asked_on, channel, kind, decide_by, edits, lines, state, outcome, client_visible, stage,
           quality, options, supersedes, asks_round] = change;
    ENTENTE_FIELDS(archive, id, number, request, asked_by, asked_on, channel, choice(kind, change::Kind::Unclear), decide_by, edits,
                   lines, choice(state, change::State::Parked), outcome, client_visible, since(2, stage), since(2, quality),
                   since(2, options), since(3, supersedes), since(3, asks_round));
}

template <class Archive>
void serialize(Archive& archive, change::PlanPatch& patch) {
    auto& [tasks_out, links_out, decisions_out, tasks, links, decisions, link_places, decision_places] = patch;
    ENTENTE_FIELDS(archive, tasks_out, links_out, decisions_out, tasks, links, decisions, link_places, decision_places);
}

template <class Archive>
void serialize(Archive& archive, change::PutChange& command) {
    auto& [project, change] = command;
    ENTENTE_FIELDS(archive, project, change);
}

template <class Archive>
void serialize(Archive& archive, change::RemoveChange& command) {
    auto& [project, change] = command;
    ENTENTE_FIELDS(archive, project, change);
}

template <class Archive>
void serialize(Archive& archive, change::Agree& command) {
    auto& [project, change, outcome, baseline, patch] = command;
    ENTENTE_FIELDS(archive, project, change, outcome, baseline, since(3, patch));
}

template <class Archive>
void serialize(Archive& archive, change::Decline& command) {
    auto& [project, change, outcome] = command;
    ENTENTE_FIELDS(archive, project, change, outcome);
}

template <class Archive>
void serialize(Archive& archive, change::TakeBack& command) {
    auto& [project, change, patch] = command;
    ENTENTE_FIELDS(archive, project, change, since(3, patch));
}

template <class Archive>
void serialize(Archive& archive, change::Absorb& command) {
    auto& [project, change, outcome, baseline, patch] = command;
    ENTENTE_FIELDS(archive, project, change, outcome, baseline, since(3, patch));
}

template <class Archive>
void serialize(Archive& archive, change::Park& command) {
    auto& [project, change, outcome] = command;
    ENTENTE_FIELDS(archive, project, change, outcome);
}

template <class Archive>
void serialize(Archive& archive, change::PutScenario& command) {
    auto& [project, scenario, index] = command;
    ENTENTE_FIELDS(archive, project, scenario, index);
}

template <class Archive>
void serialize(Archive& archive, change::RemoveScenario& command) {
    auto& [project, scenario] = command;
    ENTENTE_FIELDS(archive, project, scenario);
}

template <class Archive>
void serialize(Archive& archive, change::PutRounds& command) {
    auto& [project, rounds, index] = command;
    ENTENTE_FIELDS(archive, project, rounds, index);
}

template <class Archive>
void serialize(Archive& archive, change::RemoveRounds& command) {
    auto& [project, rounds] = command;
    ENTENTE_FIELDS(archive, project, rounds);
}

template <class Archive>
void serialize(Archive& archive, change::UseRound& command) {
    auto& [project, rounds, use] = command;
    ENTENTE_FIELDS(archive, project, rounds, use);
}

template <class Archive>
void serialize(Archive& archive, change::UnuseRound& command) {
    auto& [project, rounds] = command;
    ENTENTE_FIELDS(archive, project, rounds);
}

// Never reused, never renumbered.
template <> inline constexpr std::uint16_t kTag<change::Lengthen> = 1;
template <> inline constexpr std::uint16_t kTag<change::Reopen> = 2;
template <> inline constexpr std::uint16_t kTag<change::AddWork> = 3;
template <> inline constexpr std::uint16_t kTag<change::Crash> = 4;
template <> inline constexpr std::uint16_t kTag<change::Constrain> = 5;
template <> inline constexpr std::uint16_t kTag<change::Drop> = 6;

template <> inline constexpr std::uint16_t kTag<change::PutChange> = 1;
template <> inline constexpr std::uint16_t kTag<change::RemoveChange> = 2;
template <> inline constexpr std::uint16_t kTag<change::Agree> = 3;
template <> inline constexpr std::uint16_t kTag<change::Decline> = 4;
template <> inline constexpr std::uint16_t kTag<change::TakeBack> = 5;
template <> inline constexpr std::uint16_t kTag<change::Absorb> = 6;
template <> inline constexpr std::uint16_t kTag<change::Park> = 7;
template <> inline constexpr std::uint16_t kTag<change::PutScenario> = 8;
template <> inline constexpr std::uint16_t kTag<change::RemoveScenario> = 9;
template <> inline constexpr std::uint16_t kTag<change::PutRounds> = 10;
template <> inline constexpr std::uint16_t kTag<change::RemoveRounds> = 11;
template <> inline constexpr std::uint16_t kTag<change::UseRound> = 12;
template <> inline constexpr std::uint16_t kTag<change::UnuseRound> = 13;

}  // namespace entente::codec
