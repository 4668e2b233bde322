// The project's calendars: shifts for each weekday, whose bank holidays count and the next of them, exceptions by date or rule; which
// one the project is worked by; and the choice of one for a task.
#pragma once

#include <optional>
#include <string>

#include "core/plan/calendar.hpp"
#include "ui/frame.hpp"
#include "ui/panels/calendar_exception.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

class CalendarCard {
public:
    void draw(const Frame& frame, Outbox& out, Flow& flow);

private:
    void head(const Frame& frame, Outbox& out, Flow& flow, const plan::Calendar& shown);

    CalendarId shown_;
    ExceptionForm exceptions_;
};

// Whose bank holidays a calendar keeps, and the next of them. The region where another was chosen.
std::optional<plan::HolidayRegion> holiday_region(const Frame& frame, Flow& flow, const plan::Calendar& calendar);

// "Worked by": the project's calendar or another of its own.
void task_calendar(const Frame& frame, Outbox& out, Flow& flow, const plan::Project& project, const plan::Task& task);

// "Mon" for 0 .. "Sun" for 6.
std::string weekday_name(const Frame& frame, std::size_t day);
// "09:00-13:00, 14:00-17:30"; none where it is not that. Nothing at all is no work.
std::optional<std::vector<plan::Shift>> parse_shifts(std::string_view text);
std::string shifts_text(const std::vector<plan::Shift>& shifts);

}  // namespace entente::ui
