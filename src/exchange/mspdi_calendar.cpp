#include "exchange/mspdi_calendar.hpp"

#include <algorithm>
#include <utility>

#include "core/rules.hpp"

namespace entente::exchange {

namespace {

constexpr std::size_t kMaxExceptions = 20'000;  // of one calendar, written out
constexpr int kMaxBases = 32;                   // calendars on calendars
constexpr int kLongestWorkWeekDays = 40 * 366;

const Shifts kUsualDay = {{8 * 60, 12 * 60}, {13 * 60, 17 * 60}};  // Microsoft Project's own default

// Adds a day, joining it to the exception before where nothing changes.
void add_day(std::vector<plan::CalendarException>& to, Day day, const std::string& name,
             const Shifts& shifts) {
    if (!to.empty() && to.back().to + 1 == day && to.back().shifts == shifts && to.back().name == name)
        to.back().to = day;
    else if (to.size() < kMaxExceptions)
        to.push_back({day, day, name, shifts});
}

std::optional<int> minute_of(std::string_view text) {
    if (text.size() < 5 || text[2] != ':') return std::nullopt;
    const auto hours = parse_scaled(text.substr(0, 2), 0), minutes = parse_scaled(text.substr(3, 2), 0);
    if (!hours || !minutes || *hours > 24 || *minutes > 59) return std::nullopt;
    return static_cast<int>(*hours * 60 + *minutes);
}

}  // namespace

MspdiCalendars::MspdiCalendars(const XmlFile& xml, pugi::xml_node calendars, std::int64_t minutes_per_day,
                               ProblemList& problems)
    : xml_(xml), problems_(problems), minutes_per_day_(minutes_per_day) {
    for (const pugi::xml_node node : xml.children(calendars, "Calendar")) read_calendar(node);
}

std::vector<std::int64_t> MspdiCalendars::base_calendars() const {
    std::vector<std::int64_t> uids;
    for (const std::int64_t uid : order_)
        if (sources_.at(uid).is_base) uids.push_back(uid);
    return uids;
}

int MspdiCalendars::line(std::int64_t uid) const {
    const auto found = sources_.find(uid);
    return found == sources_.end() ? 0 : found->second.line;
}

void MspdiCalendars::read_calendar(pugi::xml_node node) {
    const auto uid = xml_.number(node, "UID");
    const int line = xml_.line(node);
    if (!uid || sources_.count(*uid)) {
        problems_.error(line, uid ? msg("Two calendars have the number {0}; the second is left out.", *uid)
                                  : msg("A calendar without a number is left out."));
        return;
    }
    Source source;
    source.line = line;
    source.name = clean_utf8(truncate_utf8(xml_.text(node, "Name"), kMaxName));
    source.base = xml_.number(node, "BaseCalendarUID").value_or(-1);
    source.is_base = xml_.flag(node, "IsBaseCalendar", source.base < 0);
    const std::vector<pugi::xml_node> exceptions = xml_.children(xml_.child(node, "Exceptions"), "Exception");
    for (const pugi::xml_node day : xml_.children(xml_.child(node, "WeekDays"), "WeekDay"))
        read_weekday(day, source, !exceptions.empty());
    join_nights(source);
    for (const pugi::xml_node week : xml_.children(xml_.child(node, "WorkWeeks"), "WorkWeek"))
        read_work_week(week, source);
    for (const pugi::xml_node exception : exceptions) read_exception(exception, source);
    if (source.exceptions.size() >= kMaxExceptions || source.weeks.size() >= kMaxExceptions)
        problems_.error(line,
                        msg("The calendar “{0}” has more exceptions than can be kept; the last are left out.",
                            source.name));
    order_.push_back(*uid);
    sources_.emplace(*uid, std::move(source));
}

// A night that other programs write as one shift is worked on two days.
void MspdiCalendars::join_nights(Source& source) {
    for (std::size_t d = 0; d < 7; ++d) {
        if (source.past_midnight[d].empty()) continue;
        const Shifts usual = d < 5 && source.base < 0 ? kUsualDay : Shifts{};
        source.days[d] = joined_shifts(source.days[d].value_or(usual), source.past_midnight[d]);
    }
}

Shifts MspdiCalendars::read_shifts(pugi::xml_node node, Shifts* past_midnight) const {
    if (!xml_.flag(node, "DayWorking")) return {};
    const std::vector<pugi::xml_node> times = xml_.children(xml_.child(node, "WorkingTimes"), "WorkingTime");
    Shifts shifts;
    for (const pugi::xml_node time : times) {
        const auto from = minute_of(xml_.text(time, "FromTime"));
        auto to = minute_of(xml_.text(time, "ToTime"));
        if (!from && !to) continue;  // an unused line of Microsoft Project's table
        if (to && *to == 0) to = static_cast<int>(kMinutesPerDay);  // midnight ends the day
        if (past_midnight && from && to && *to < *from && *from < kMinutesPerDay) {
            past_midnight->push_back({0, static_cast<std::int16_t>(*to)});
            to = static_cast<int>(kMinutesPerDay);
        }
        if (!from || !to || *to <= *from || *to > kMinutesPerDay) {
            problems_.error(xml_.line(time), msg("A shift from {0} to {1} cannot be used and is left out.",
                                                 quoted_piece(xml_.text(time, "FromTime")),
                                                 quoted_piece(xml_.text(time, "ToTime"))));
            continue;
        }
        shifts.push_back({static_cast<std::int16_t>(*from), static_cast<std::int16_t>(*to)});
    }
    if (times.empty()) return kUsualDay;
    return tidy_shifts(std::move(shifts));
}

std::optional<std::pair<Day, Day>> MspdiCalendars::period(pugi::xml_node node) const {
    const pugi::xml_node period = xml_.child(node, "TimePeriod");
    const auto from = xml_.time(period, "FromDate"), to = xml_.time(period, "ToDate");
    if (!from || !to || *to < *from) return std::nullopt;
    // An end at midnight is the end of the day before, unless the exception lasts no longer than that.
    const Day last = minute_of_day(*to) == 0 && *from < *to ? day_of(*to) - 1 : day_of(*to);
    return std::pair{day_of(*from), std::max(last, day_of(*from))};
}

// DayType 1 is Sunday, 7 Saturday; 0 is an exception, as Microsoft Project wrote them until 2003 and still repeats them.
void MspdiCalendars::read_weekday(pugi::xml_node node, Source& source, bool has_exceptions) {
    const auto type = xml_.number(node, "DayType");
    if (type && *type >= 1 && *type <= 7) {
        const auto day = static_cast<std::size_t>((*type + 5) % 7);
        source.days[day] = read_shifts(node, &source.past_midnight[(day + 1) % 7]);
        return;
    }
    if (!type || *type != 0) {
        problems_.error(
            xml_.line(node),
            msg("A weekday of the calendar “{0}” is none of the seven and is left out.", source.name));
        return;
    }
    if (has_exceptions) return;
    const auto days = period(node);
    if (!days) {
        problems_.error(xml_.line(node),
                        msg("An exception of the calendar “{0}” has no days and is left out.", source.name));
        return;
    }
    if (source.exceptions.size() < kMaxExceptions)
        source.exceptions.push_back({days->first, days->second, {}, read_shifts(node)});
}

void MspdiCalendars::read_work_week(pugi::xml_node node, Source& source) {
    const auto days = period(node);
    if (!days) {
        problems_.error(xml_.line(node),
                        msg("A work week of the calendar “{0}” has no days and is left out.", source.name));
        return;
    }
    const std::string name = clean_utf8(truncate_utf8(xml_.text(node, "Name"), kMaxName));
    std::array<std::optional<Shifts>, 7> week;
    for (const pugi::xml_node day : xml_.children(xml_.child(node, "WeekDays"), "WeekDay"))
        if (const auto type = xml_.number(day, "DayType"); type && *type >= 1 && *type <= 7)
            week[static_cast<std::size_t>((*type + 5) % 7)] = read_shifts(day);
    Day last = days->second;
    if (last - days->first > kLongestWorkWeekDays) {
        last = days->first + kLongestWorkWeekDays;
        problems_.note(xml_.line(node), msg("The work week “{0}” is kept until {1} only.", name, last));
    }
    for (Day day = days->first; day <= last; day = day + 1)
        if (const auto& shifts = week[static_cast<std::size_t>(weekday(day))])
            add_day(source.weeks, day, name, *shifts);
}

void MspdiCalendars::read_exception(pugi::xml_node node, Source& source) {
    const auto days = period(node);
    const std::string name = clean_utf8(truncate_utf8(xml_.text(node, "Name"), kMaxName));
    if (!days) {
        problems_.error(xml_.line(node), msg("The exception “{0}” has no days and is left out.", name));
        return;
    }
    const Shifts shifts = read_shifts(node);
    plan::CalendarException exception{days->first, days->second, name, shifts, read_rule(node)};
    if (exception.rule && !valid(*exception.rule))
        problems_.error(xml_.line(node), msg("The exception “{0}” has no days and is left out.", name));
    else if (source.exceptions.size() < kMaxExceptions)
        source.exceptions.push_back(std::move(exception));
}

// Type 1 is a span of days; 2 to 8 recur.
std::optional<plan::Recurrence> MspdiCalendars::read_rule(pugi::xml_node node) const {
    using Kind = plan::Recurrence::Kind;
    static constexpr Kind kKinds[] = {Kind::YearlyDay, Kind::YearlyPosition, Kind::MonthlyDay, Kind::MonthlyPosition,
                                      Kind::Weekly,    Kind::Daily,          Kind::EachWeekday};
    const std::int64_t type = xml_.number(node, "Type").value_or(1);
    if (type < 2 || type > 8) return std::nullopt;
    const auto value = [&](const char* field, std::int64_t otherwise, std::int64_t low, std::int64_t high) {
        return static_cast<std::int32_t>(std::clamp(xml_.number(node, field).value_or(otherwise), low, high));
    };
    plan::Recurrence rule;
    rule.kind = kKinds[type - 2];
    // Only what belongs to its kind: the file may repeat the rest.
    const bool yearly = type == 2 || type == 3, on_day = type == 2 || type == 4, by_position = type == 3 || type == 5;
    if (!yearly) rule.period = value("Period", 1, 1, 1000);
    if (type == 6) rule.days_of_week = value("DaysOfWeek", 0, 0, 127);
    if (yearly) rule.month = value("Month", 0, 0, 11);
    if (on_day) rule.month_day = value("MonthDay", 1, 1, 31);
    if (by_position) rule.item = value("MonthItem", 0, 0, 9);
    if (by_position) rule.position = value("MonthPosition", 0, 0, 4);
    if (xml_.flag(node, "EnteredByOccurrences")) rule.occurrences = value("Occurrences", 0, 0, 100'000);
    return rule;
}

std::optional<plan::Calendar> MspdiCalendars::resolve(std::int64_t uid) const {
    std::vector<const Source*> chain;  // from the calendar to its last base
    for (std::int64_t at = uid; static_cast<int>(chain.size()) < kMaxBases;) {
        const auto found = sources_.find(at);
        if (found == sources_.end()) break;
        chain.push_back(&found->second);
        at = found->second.base;
    }
    if (chain.empty()) return std::nullopt;
    plan::Calendar calendar;
    calendar.name = chain.front()->name;
    calendar.minutes_per_day = minutes_per_day_;
    for (std::size_t d = 0; d < 7; ++d) {
        calendar.week[d] = d < 5 ? kUsualDay : Shifts{};
        for (const Source* source : chain) {
            if (!source->days[d]) continue;
            calendar.week[d] = *source->days[d];
            break;
        }
    }
    for (auto source = chain.rbegin(); source != chain.rend(); ++source)
        calendar.exceptions.insert(calendar.exceptions.end(), (*source)->weeks.begin(),
                                   (*source)->weeks.end());
    for (auto source = chain.rbegin(); source != chain.rend(); ++source)
        calendar.exceptions.insert(calendar.exceptions.end(), (*source)->exceptions.begin(),
                                   (*source)->exceptions.end());
    if (!valid(calendar)) return std::nullopt;
    return calendar;
}

}  // namespace entente::exchange
