// The parts of reading a Microsoft Project XML file, and what they hand to each other. Private to mspdi*.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "exchange/import_options.hpp"
#include "exchange/imported.hpp"
#include "exchange/mspdi_calendar.hpp"
#include "exchange/mspdi_own.hpp"
#include "exchange/problem_list.hpp"
#include "exchange/xml_file.hpp"

namespace entente::exchange {

// What the file says of a task beyond what the plan keeps.
struct MspdiTask {
    pugi::xml_node node;
    int line = 0;
    std::optional<LocalMinute> start, finish;
    std::int64_t calendar_uid = -1;
    bool ignores_people = false;         // "scheduling ignores resource calendars"
    bool fixed_duration = false;
    std::vector<std::int64_t> people;    // calendar uids of the work resources on it; -1: none of their own
};

struct MspdiReading {
    const XmlFile& xml;
    const ImportOptions& options;
    const house::House& house;
    const NextId& next_id;
    ProblemList& problems;
    Imported& out;
    std::int64_t minutes_per_day = 480;
    std::vector<MspdiTask> tasks;                              // parallel to out.project.tasks
    std::unordered_map<std::int64_t, std::size_t> task_of_uid;  // index into both
    const OwnFields* own = nullptr;                            // set where Entente wrote the file

    plan::Project& project() const { return out.project; }
};

// Tasks in outline order, without links.
void read_tasks(MspdiReading& reading, pugi::xml_node root);
void read_links(MspdiReading& reading);
void read_baselines(MspdiReading& reading, Day made);
// Roles and assignments; fills MspdiTask::people.
void read_people(MspdiReading& reading, pugi::xml_node root);
// Gives the project its calendars, and each task the one it is worked by; finds the rests of split tasks.
void fit_calendars(MspdiReading& reading, const MspdiCalendars& calendars, std::int64_t project_calendar_uid);

// Of a file that Entente wrote: what belongs to the project and to each task; names and days of the baselines; calendars as they
// were, false where the file has lost one of them.
void read_own(MspdiReading& reading);
void read_own_baselines(const OwnFields& own, std::map<std::int64_t, plan::Baseline>& baselines);
bool take_own_calendars(MspdiReading& reading, const MspdiCalendars& calendars, std::int64_t project_calendar_uid);

// Says what the file holds that a plan here does not keep: costs, priorities, columns of its own, overtime, ...
void note_unkept(const MspdiReading& reading, pugi::xml_node root);

// Where the file does not always honour constraints: those that its links break become deadlines.
void loosen_constraints(MspdiReading& reading, pugi::xml_node root);

// Whole minutes of a duration, with a problem where the file's is finer; none where there is no duration.
std::optional<std::int64_t> read_minutes(MspdiReading& reading, pugi::xml_node node, const char* name);

}  // namespace entente::exchange
