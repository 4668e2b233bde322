// How the plan and its commands are written. Structured bindings name every field, so that a field that is added in core does
// not compile here until it is written too (and the schema raised).
#pragma once

#include "codec/base.hpp"
#include "codec/change.hpp"
#include "codec/house.hpp"
#include "codec/money.hpp"
#include "codec/share.hpp"
#include "codec/task.hpp"
#include "core/plan/command.hpp"

namespace entente::codec {

template <class Archive>
void serialize(Archive& archive, plan::Promise& promise) {
    auto& [id, task, promised, client_visible] = promise;
    ENTENTE_FIELDS(archive, id, task, promised, client_visible);
}

template <class Archive>
void serialize(Archive& archive, plan::ReminderSent& reminder) {
    auto& [on, step] = reminder;
    ENTENTE_FIELDS(archive, on, choice(step, house::LadderKind::AgreedDefault));
}

template <class Archive>
void serialize(Archive& archive, plan::ClientDecision& decision) {
    auto& [id, task, part, owner, question, answered, answer, client_visible, requested, reminders, silence] = decision;
    ENTENTE_FIELDS(archive, id, task, choice(part, plan::ClientPart::Input), owner, question, answered, answer, client_visible,
                   since(2, requested), since(2, reminders), since(2, silence));
}

template <class Archive>
void serialize(Archive& archive, plan::BaselineRow& row) {
    auto& [task, start, finish] = row;
    ENTENTE_FIELDS(archive, task, start, finish);
}

template <class Archive>
void serialize(Archive& archive, plan::Baseline& baseline) {
    auto& [id, name, from_change, made, rows] = baseline;
    ENTENTE_FIELDS(archive, id, name, from_change, made, rows);
}

template <class Archive>
void serialize(Archive& archive, plan::Project& project) {
    auto& [id, name, kind, client, sample, start, status_day, currency, base_fee_minor, calendar, calendars, tasks, links,
           promises, decisions, baselines, changes, issued, critical_float_minutes, each_path_critical, scenarios, rounds,
           money] = project;
    ENTENTE_FIELDS(archive, id, name, kind, client, sample, start, status_day, currency, base_fee_minor, calendar, calendars, tasks,
                   links, promises, decisions, baselines, changes, issued, critical_float_minutes, each_path_critical,
                   since(2, scenarios), since(2, rounds), since(2, money));
}

template <class Archive>
void serialize(Archive& archive, plan::AddProject& command) {
    auto& [project, new_roles] = command;
    ENTENTE_FIELDS(archive, project, new_roles);
}

template <class Archive>
void serialize(Archive& archive, plan::RemoveProject& command) {
    auto& [project, roles] = command;
    ENTENTE_FIELDS(archive, project, roles);
}

template <class Archive>
void serialize(Archive& archive, plan::RestoreProject& command) {
    auto& [project, roles, index] = command;
    ENTENTE_FIELDS(archive, project, roles, index);
}

template <class Archive>
void serialize(Archive& archive, plan::SetProjectFacts& command) {
    auto& [project, name, kind, client, start, base_fee_minor] = command;
    ENTENTE_FIELDS(archive, project, name, kind, client, start, base_fee_minor);
}

template <class Archive>
void serialize(Archive& archive, plan::PlacedTask& placed) {
    auto& [index, task] = placed;
    ENTENTE_FIELDS(archive, index, task);
}

template <class Archive>
void serialize(Archive& archive, plan::InsertTasks& command) {
    auto& [project, tasks, links, promises, decisions, link_places, promise_places, decision_places] = command;
    ENTENTE_FIELDS(archive, project, tasks, links, promises, decisions, link_places, promise_places, decision_places);
}

template <class Archive>
void serialize(Archive& archive, plan::RemoveTasks& command) {
    auto& [project, tasks] = command;
    ENTENTE_FIELDS(archive, project, tasks);
}

template <class Archive>
void serialize(Archive& archive, plan::RenameTask& command) {
    auto& [project, task, name] = command;
    ENTENTE_FIELDS(archive, project, task, name);
}

template <class Archive>
void serialize(Archive& archive, plan::SetStage& command) {
    auto& [project, task, stage] = command;
    ENTENTE_FIELDS(archive, project, task, stage);
}

template <class Archive>
void serialize(Archive& archive, plan::SetDuration& command) {
    auto& [project, task, minutes] = command;
    ENTENTE_FIELDS(archive, project, task, minutes);
}

template <class Archive>
void serialize(Archive& archive, plan::SetConstraint& command) {
    auto& [project, task, constraint] = command;
    ENTENTE_FIELDS(archive, project, task, constraint);
}

template <class Archive>
void serialize(Archive& archive, plan::SetProgress& command) {
    auto& [project, task, percent, actual_start, actual_finish] = command;
    ENTENTE_FIELDS(archive, project, task, percent, actual_start, actual_finish);
}

template <class Archive>
void serialize(Archive& archive, plan::SetAssignments& command) {
    auto& [project, task, assignments] = command;
    ENTENTE_FIELDS(archive, project, task, assignments);
}

template <class Archive>
void serialize(Archive& archive, plan::SetTaskVisible& command) {
    auto& [project, task, client_visible] = command;
    ENTENTE_FIELDS(archive, project, task, client_visible);
}

template <class Archive>
void serialize(Archive& archive, plan::AddLink& command) {
    auto& [project, link, index] = command;
    ENTENTE_FIELDS(archive, project, link, index);
}

template <class Archive>
void serialize(Archive& archive, plan::SetLink& command) {
    auto& [project, link] = command;
    ENTENTE_FIELDS(archive, project, link);
}

template <class Archive>
void serialize(Archive& archive, plan::RemoveLink& command) {
    auto& [project, link] = command;
    ENTENTE_FIELDS(archive, project, link);
}

template <class Archive>
void serialize(Archive& archive, plan::PutPromise& command) {
    auto& [project, promise, index] = command;
    ENTENTE_FIELDS(archive, project, promise, index);
}

template <class Archive>
void serialize(Archive& archive, plan::RemovePromise& command) {
    auto& [project, promise] = command;
    ENTENTE_FIELDS(archive, project, promise);
}

template <class Archive>
void serialize(Archive& archive, plan::PutDecision& command) {
    auto& [project, decision, index] = command;
    ENTENTE_FIELDS(archive, project, decision, index);
}

template <class Archive>
void serialize(Archive& archive, plan::RemoveDecision& command) {
    auto& [project, decision] = command;
    ENTENTE_FIELDS(archive, project, decision);
}

template <class Archive>
void serialize(Archive& archive, plan::AddBaseline& command) {
    auto& [project, baseline] = command;
    ENTENTE_FIELDS(archive, project, baseline);
}

template <class Archive>
void serialize(Archive& archive, plan::RemoveBaseline& command) {
    auto& [project, baseline] = command;
    ENTENTE_FIELDS(archive, project, baseline);
}

template <class Archive>
void serialize(Archive& archive, plan::PutCalendar& command) {
    auto& [project, calendar, index] = command;
    ENTENTE_FIELDS(archive, project, calendar, index);
}

template <class Archive>
void serialize(Archive& archive, plan::RemoveCalendar& command) {
    auto& [project, calendar] = command;
    ENTENTE_FIELDS(archive, project, calendar);
}

template <class Archive>
void serialize(Archive& archive, plan::SetProjectCalendar& command) {
    auto& [project, calendar] = command;
    ENTENTE_FIELDS(archive, project, calendar);
}

template <class Archive>
void serialize(Archive& archive, plan::SetTaskCalendar& command) {
    auto& [project, task, calendar] = command;
    ENTENTE_FIELDS(archive, project, task, calendar);
}

template <class Archive>
void serialize(Archive& archive, plan::SetEstimate& command) {
    auto& [project, task, estimate] = command;
    ENTENTE_FIELDS(archive, project, task, estimate);
}

template <class Archive>
void serialize(Archive& archive, plan::SetDeadline& command) {
    auto& [project, task, deadline] = command;
    ENTENTE_FIELDS(archive, project, task, deadline);
}

template <class Archive>
void serialize(Archive& archive, plan::SetStatusDay& command) {
    auto& [project, day] = command;
    ENTENTE_FIELDS(archive, project, day);
}

template <class Archive>
void serialize(Archive& archive, plan::SetRequested& command) {
    auto& [project, decision, on] = command;
    ENTENTE_FIELDS(archive, project, decision, on);
}

template <class Archive>
void serialize(Archive& archive, plan::AddReminder& command) {
    auto& [project, decision, reminder] = command;
    ENTENTE_FIELDS(archive, project, decision, reminder);
}

template <class Archive>
void serialize(Archive& archive, plan::RemoveReminder& command) {
    auto& [project, decision] = command;
    ENTENTE_FIELDS(archive, project, decision);
}

// Never reused, never renumbered.
template <> inline constexpr std::uint16_t kTag<plan::AddProject> = 1;
template <> inline constexpr std::uint16_t kTag<plan::RemoveProject> = 2;
template <> inline constexpr std::uint16_t kTag<plan::RestoreProject> = 3;
template <> inline constexpr std::uint16_t kTag<plan::SetProjectFacts> = 4;
template <> inline constexpr std::uint16_t kTag<plan::InsertTasks> = 5;
template <> inline constexpr std::uint16_t kTag<plan::RemoveTasks> = 6;
template <> inline constexpr std::uint16_t kTag<plan::RenameTask> = 7;
template <> inline constexpr std::uint16_t kTag<plan::SetStage> = 8;
template <> inline constexpr std::uint16_t kTag<plan::SetDuration> = 9;
template <> inline constexpr std::uint16_t kTag<plan::SetConstraint> = 10;
template <> inline constexpr std::uint16_t kTag<plan::SetProgress> = 11;
template <> inline constexpr std::uint16_t kTag<plan::SetAssignments> = 12;
template <> inline constexpr std::uint16_t kTag<plan::SetTaskVisible> = 13;
template <> inline constexpr std::uint16_t kTag<plan::AddLink> = 14;
template <> inline constexpr std::uint16_t kTag<plan::SetLink> = 15;
template <> inline constexpr std::uint16_t kTag<plan::RemoveLink> = 16;
template <> inline constexpr std::uint16_t kTag<plan::PutPromise> = 17;
template <> inline constexpr std::uint16_t kTag<plan::RemovePromise> = 18;
template <> inline constexpr std::uint16_t kTag<plan::PutDecision> = 19;
template <> inline constexpr std::uint16_t kTag<plan::RemoveDecision> = 20;
template <> inline constexpr std::uint16_t kTag<plan::AddBaseline> = 21;
template <> inline constexpr std::uint16_t kTag<plan::RemoveBaseline> = 22;
template <> inline constexpr std::uint16_t kTag<plan::PutCalendar> = 23;
template <> inline constexpr std::uint16_t kTag<plan::RemoveCalendar> = 24;
template <> inline constexpr std::uint16_t kTag<plan::SetProjectCalendar> = 25;
template <> inline constexpr std::uint16_t kTag<plan::SetTaskCalendar> = 26;
template <> inline constexpr std::uint16_t kTag<plan::SetEstimate> = 27;
template <> inline constexpr std::uint16_t kTag<plan::SetRequested> = 28;
template <> inline constexpr std::uint16_t kTag<plan::AddReminder> = 29;
template <> inline constexpr std::uint16_t kTag<plan::RemoveReminder> = 30;
template <> inline constexpr std::uint16_t kTag<plan::SetDeadline> = 31;
template <> inline constexpr std::uint16_t kTag<plan::SetStatusDay> = 32;

}  // namespace entente::codec
