// How tasks, links and calendars are written: the parts that plan, change and house share.
#pragma once

#include "codec/base.hpp"
#include "core/plan/calendar.hpp"
#include "core/plan/task.hpp"

namespace entente::codec {

template <class Archive>
void serialize(Archive& archive, plan::Shift& shift) {
    auto& [from_minute, to_minute] = shift;
    ENTENTE_FIELDS(archive, from_minute, to_minute);
}

template <class Archive>
void serialize(Archive& archive, plan::Recurrence& rule) {
    auto& [kind, period, days_of_week, month, month_day, item, position, occurrences] = rule;
    ENTENTE_FIELDS(archive, choice(kind, plan::Recurrence::Kind::EachWeekday), period, days_of_week, month, month_day, item,
                   position, occurrences);
}

template <class Archive>
void serialize(Archive& archive, plan::CalendarException& exception) {
    auto& [from, to, name, shifts, rule] = exception;
    ENTENTE_FIELDS(archive, from, to, name, shifts, since(2, rule));
}

template <class Archive>
void serialize(Archive& archive, plan::Calendar& calendar) {
    auto& [id, name, week, exceptions, minutes_per_day, holiday_region] = calendar;
    ENTENTE_FIELDS(archive, id, name, week, exceptions, minutes_per_day,
                   since(2, choice(holiday_region, plan::HolidayRegion::NorthernIreland)));
}

template <class Archive>
void serialize(Archive& archive, plan::Constraint& constraint) {
    auto& [kind, at] = constraint;
    ENTENTE_FIELDS(archive, choice(kind, plan::ConstraintKind::FinishNoLaterThan), at);
}

template <class Archive>
void serialize(Archive& archive, plan::Assignment& assignment) {
    auto& [role, units_permille, work_minutes] = assignment;
    ENTENTE_FIELDS(archive, role, units_permille, work_minutes);
}

template <class Archive>
void serialize(Archive& archive, plan::Estimate& estimate) {
    auto& [optimistic_minutes, pessimistic_minutes] = estimate;
    ENTENTE_FIELDS(archive, optimistic_minutes, pessimistic_minutes);
}

template <class Archive>
void serialize(Archive& archive, plan::Task& task) {
    auto& [id, parent, kind, elapsed, client_visible, active, estimated, manual, percent_done, duration_minutes, pause_minutes,
           calendar, constraint, deadline, levelling_delay_minutes, actual_start, actual_finish, manual_start, manual_finish, code,
           name, stage, note, assignments, estimate] = task;
    ENTENTE_FIELDS(archive, id, parent, choice(kind, plan::TaskKind::Summary), code, name, stage, note, duration_minutes, elapsed,
                   client_visible, active, estimated, calendar, constraint, deadline, manual, manual_start, manual_finish,
                   actual_start, actual_finish, percent_done, levelling_delay_minutes, assignments, pause_minutes,
                   since(2, estimate));
}

template <class Archive>
void serialize(Archive& archive, plan::Link& link) {
    auto& [id, from, to, kind, lag_unit, lag_minutes] = link;
    ENTENTE_FIELDS(archive, id, from, to, choice(kind, plan::LinkKind::StartToFinish),
                   choice(lag_unit, plan::LagUnit::PercentOfPredecessor), lag_minutes);
}

}  // namespace entente::codec
