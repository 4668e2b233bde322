// The parts of writing Microsoft Project XML. Private to mspdi_write*.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/house/model.hpp"
#include "core/plan/schedule.hpp"
#include "exchange/mspdi_own.hpp"
#include "exchange/xml_writer.hpp"

namespace entente::exchange {

// What is not in the file, counted.
struct MspdiLoss {
    std::int64_t cut_texts = 0, double_links = 0, summary_assignments = 0, calendars = 0;
};

struct MspdiWriting {
    const plan::Project& project;
    const std::vector<house::Role>& roles;
    const plan::Schedule& schedule;
    XmlWriter& xml;
    MspdiLoss& loss;
    const plan::Calendar& calendar;                                // the project's
    std::unordered_map<TaskId, std::size_t> index;                 // of each task
    std::vector<std::int64_t> task_uids;                           // parallel to the tasks
    std::unordered_map<CalendarId, std::int64_t> calendar_uids;
    std::unordered_map<RoleId, std::int64_t> role_uids;            // of the roles that work on the plan
    std::vector<const plan::Baseline*> baselines;                  // number 0 and up
    Day first_holiday, last_holiday;                               // bank holidays by rule are written out from and to
};

void write_settings(MspdiWriting& writing);
void write_calendars(MspdiWriting& writing);
void write_tasks(MspdiWriting& writing);
void write_people(MspdiWriting& writing);

// "PT8H30M0S".
std::string xml_length(std::int64_t minutes);
// "2026-03-02T09:00:00".
std::string xml_time(LocalMinute at);
// One value of ours, cut to what a field holds.
void write_own(MspdiWriting& writing, int text, std::string_view value);

}  // namespace entente::exchange
