// Settings of the project, and its calendars, as Microsoft Project XML.
#include <algorithm>

#include "base/money.hpp"
#include "exchange/mspdi_write_parts.hpp"

namespace entente::exchange {

namespace {

constexpr int kSaveVersion = 14;  // of the layout that versions from 2010 on write

std::string clock(int minute) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minute / 60 % 24) + ":" + two(minute % 60) + ":00";
}

// Minutes after midnight at which the first worked day of the week begins and ends.
std::pair<int, int> usual_day(const plan::Calendar& calendar) {
    for (const auto& shifts : calendar.week)
        if (!shifts.empty()) return {shifts.front().from_minute, shifts.back().to_minute};
    return {9 * 60, 17 * 60};
}

void write_shifts(XmlWriter& xml, const std::vector<plan::Shift>& shifts) {
    xml.flag("DayWorking", !shifts.empty());
    if (shifts.empty()) return;
    xml.open("WorkingTimes");
    for (const plan::Shift& shift : shifts) {
        xml.open("WorkingTime");
        xml.text("FromTime", clock(shift.from_minute));
        xml.text("ToTime", clock(shift.to_minute));
        xml.close();
    }
    xml.close();
}

void write_week(XmlWriter& xml, const plan::Calendar& calendar) {
    xml.open("WeekDays");
    for (int type = 1; type <= 7; ++type) {  // 1 is Sunday
        xml.open("WeekDay");
        xml.number("DayType", type);
        write_shifts(xml, calendar.week[static_cast<std::size_t>((type + 5) % 7)]);
        xml.close();
    }
    xml.close();
}

void write_rule(XmlWriter& xml, const plan::Recurrence& rule) {
    using Kind = plan::Recurrence::Kind;
    const bool yearly = rule.kind == Kind::YearlyDay || rule.kind == Kind::YearlyPosition;
    const bool by_position = rule.kind == Kind::YearlyPosition || rule.kind == Kind::MonthlyPosition;
    xml.number("Type", static_cast<int>(rule.kind) + 2);
    if (!yearly) xml.number("Period", rule.period);
    if (rule.kind == Kind::Weekly) xml.number("DaysOfWeek", rule.days_of_week);
    if (by_position) xml.number("MonthItem", rule.item);
    if (by_position) xml.number("MonthPosition", rule.position);
    if (yearly) xml.number("Month", rule.month);
    if (rule.kind == Kind::YearlyDay || rule.kind == Kind::MonthlyDay) xml.number("MonthDay", rule.month_day);
}

void write_exception(XmlWriter& xml, const plan::CalendarException& exception) {
    const bool counted = exception.rule && exception.rule->occurrences > 0;
    xml.open("Exception");
    xml.flag("EnteredByOccurrences", counted);
    xml.open("TimePeriod");
    xml.text("FromDate", iso(exception.from) + "T00:00:00");
    xml.text("ToDate", iso(exception.to) + "T23:59:00");
    xml.close();
    xml.number("Occurrences", counted          ? exception.rule->occurrences
                              : exception.rule ? static_cast<std::int64_t>(
                                                     occurrences(*exception.rule, exception.from, exception.to).size())
                                               : std::int64_t{exception.to - exception.from + 1});
    xml.text("Name", exception.name);
    if (exception.rule) write_rule(xml, *exception.rule);
    else xml.number("Type", 1);
    write_shifts(xml, exception.shifts);
    xml.close();
}

void write_calendar(MspdiWriting& writing, const plan::Calendar& calendar) {
    XmlWriter& xml = writing.xml;
    xml.open("Calendar");
    xml.number("UID", writing.calendar_uids.at(calendar.id));
    xml.text("Name", calendar.name);
    xml.flag("IsBaseCalendar", true);
    xml.number("BaseCalendarUID", -1);
    write_week(xml, calendar);
    plan::Calendar rule;
    rule.holiday_region = calendar.holiday_region;
    const auto holidays = plan::expand_exceptions(rule, writing.first_holiday, writing.last_holiday);
    if (!holidays.empty() || !calendar.exceptions.empty()) {
        xml.open("Exceptions");
        for (const plan::CalendarException& exception : holidays) write_exception(xml, exception);
        for (const plan::CalendarException& exception : calendar.exceptions) write_exception(xml, exception);
        xml.close();
    }
    xml.close();
}

void write_field(XmlWriter& xml, std::int64_t id, const std::string& name, const std::string& alias) {
    xml.open("ExtendedAttribute");
    xml.number("FieldID", id);
    xml.text("FieldName", name);
    xml.text("Alias", alias);
    xml.close();
}

void write_fields(XmlWriter& xml) {
    xml.open("ExtendedAttributes");
    for (int text = 1; text <= own_text::kLast; ++text)
        write_field(xml, own_field_id(text), own_field_name(text), own_alias(text));
    write_field(xml, kOwnChargeFieldId, "Text1", kOwnChargeAlias);
    xml.close();
}

}  // namespace

void write_settings(MspdiWriting& writing) {
    XmlWriter& xml = writing.xml;
    const plan::Project& project = writing.project;
    const std::int64_t per_day = std::max<std::int64_t>(1, writing.calendar.minutes_per_day);
    const auto [opens, closes] = usual_day(writing.calendar);
    std::int64_t per_week = 0;
    for (const auto& shifts : writing.calendar.week)
        for (const plan::Shift& shift : shifts) per_week += shift.to_minute - shift.from_minute;
    xml.number("SaveVersion", kSaveVersion);
    xml.text("Name", project.name + ".xml");
    xml.text("Title", project.name);
    xml.flag("ScheduleFromStart", true);
    xml.text("StartDate", xml_time(project.start));
    xml.text("FinishDate", xml_time(writing.schedule.finish));
    xml.number("FYStartDate", 1);
    xml.number("CriticalSlackLimit", project.critical_float_minutes / per_day);
    xml.number("CurrencyDigits", minor_digits(project.currency));
    xml.text("CurrencySymbol", currency_sign(project.currency));
    xml.text("CurrencyCode", project.currency.view());
    xml.number("CurrencySymbolPosition", 0);
    xml.number("CalendarUID", writing.calendar_uids.at(writing.calendar.id));
    xml.text("DefaultStartTime", clock(opens));
    xml.text("DefaultFinishTime", clock(closes));
    xml.number("MinutesPerDay", per_day);
    xml.number("MinutesPerWeek", per_week);
    xml.number("DaysPerMonth", 20);
    xml.number("DefaultTaskType", 1);
    xml.number("DurationFormat", 7);
    xml.number("WorkFormat", 2);
    xml.flag("HonorConstraints", true);
    xml.flag("MultipleCriticalPaths", project.each_path_critical);
    xml.flag("NewTasksEffortDriven", false);
    xml.flag("NewTasksEstimated", false);
    xml.flag("SplitsInProgressTasks", true);
    xml.number("WeekStartDay", 1);
    if (project.status_day) xml.text("StatusDate", iso(*project.status_day) + "T" + clock(closes));
    xml.flag("NewTasksAreManual", false);
    write_fields(xml);
}

void write_calendars(MspdiWriting& writing) {
    writing.xml.open("Calendars");
    for (const plan::Calendar& calendar : writing.project.calendars) write_calendar(writing, calendar);
    writing.xml.close();
}

}  // namespace entente::exchange
