// Calendars of a Microsoft Project XML file, resolved: base calendars worked in, work weeks written out. A recurring
// exception stays the rule that it is.
//
// In a file a resource's calendar says only where it differs from its base. Here every calendar stands alone: its own weekdays over
// its base's; then, later winning, the base's work weeks, its own, the base's exceptions, its own.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/plan/calendar.hpp"
#include "exchange/problem_list.hpp"
#include "exchange/xml_file.hpp"

namespace entente::exchange {

using Shifts = std::vector<plan::Shift>;

class MspdiCalendars {
public:
    // `calendars`: the file's Calendars element; it may be missing.
    MspdiCalendars(const XmlFile& xml, pugi::xml_node calendars, std::int64_t minutes_per_day, ProblemList& problems);

    // In the file's order.
    std::vector<std::int64_t> base_calendars() const;
    bool has(std::int64_t uid) const { return sources_.count(uid) != 0; }
    // Complete and usable, without an id; none where it is unknown or has no working time.
    std::optional<plan::Calendar> resolve(std::int64_t uid) const;
    int line(std::int64_t uid) const;

private:
    struct Source {
        std::int64_t base = -1;
        bool is_base = false;
        std::string name;
        int line = 0;
        std::array<std::optional<Shifts>, 7> days;
        std::array<Shifts, 7> past_midnight;              // what the day before goes on with
        std::vector<plan::CalendarException> weeks;       // of work weeks, written out
        std::vector<plan::CalendarException> exceptions;
    };
    void read_calendar(pugi::xml_node node);
    void read_weekday(pugi::xml_node node, Source& source, bool has_exceptions);
    void read_work_week(pugi::xml_node node, Source& source);
    void read_exception(pugi::xml_node node, Source& source);
    std::optional<plan::Recurrence> read_rule(pugi::xml_node node) const;
    // `past_midnight`: takes what a shift goes on with on the next day; none: such a shift cannot be used.
    Shifts read_shifts(pugi::xml_node node, Shifts* past_midnight = nullptr) const;
    static void join_nights(Source& source);
    std::optional<std::pair<Day, Day>> period(pugi::xml_node node) const;

    const XmlFile& xml_;
    ProblemList& problems_;
    std::int64_t minutes_per_day_;
    std::map<std::int64_t, Source> sources_;
    std::vector<std::int64_t> order_;
};

// Sorted, merged where they touch or overlap.
Shifts tidy_shifts(Shifts shifts);
// The minutes worked in both, or in either.
Shifts common_shifts(const Shifts& a, const Shifts& b);
Shifts joined_shifts(const Shifts& a, const Shifts& b);

// A calendar that works where both do, or where either does. Name and id are left empty.
plan::Calendar common_calendar(const plan::Calendar& a, const plan::Calendar& b);
plan::Calendar joined_calendar(const plan::Calendar& a, const plan::Calendar& b);
// The same minutes are worked on every day.
bool same_working_time(const plan::Calendar& a, const plan::Calendar& b);

}  // namespace entente::exchange
