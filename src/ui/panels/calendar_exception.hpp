// ExceptionForm: a calendar's exceptions, by date or by a rule that recurs, made, changed and taken out. The rules are those that plans
// are exchanged with (plan::Recurrence): days or weekdays, weeks on chosen days, months and years by date or by the nth weekday, until a
// day or so many times. What is typed is a draft; it becomes an exception when it can be one, and until then the form says why not and on
// which days it would fall.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/plan/calendar.hpp"
#include "ui/frame.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

// In the order of the choice; the first is no rule.
enum class Repeats : std::uint8_t { Once, Daily, EachWeekday, Weekly, MonthlyDay, MonthlyPosition, YearlyDay, YearlyPosition };

struct ExceptionDraft {
    std::optional<Day> first, last;   // `last`: of a span, or until when a rule falls
    std::string name, shifts;
    Repeats repeats = Repeats::Once;
    plan::Recurrence rule;            // the numbers of every kind; `kind` is what `repeats` says
    bool counted = false;             // ends after `rule.occurrences`, else on `last`
};

// The exception it stands for, or in words why it is none.
Result<plan::CalendarException> exception_of(const ExceptionDraft& draft);
ExceptionDraft draft_of(const plan::CalendarException& exception);
// The first day decides what a rule begins with: its weekday, its day of the month, its place in the month.
void begin_rule(ExceptionDraft& draft, Repeats repeats);

// "Fri 25 Dec 2026, Christmas"; "every 2 weeks on Mon, Wed until Tue 30 Jun 2026, Workshop, 10:00-14:00".
std::string exception_words(const Frame& frame, const plan::CalendarException& exception);

class ExceptionForm {
public:
    // The list and the form. The calendar as the person wants it, where one of its exceptions was added, changed or taken out.
    std::optional<plan::Calendar> draw(const Frame& frame, Flow& flow, const plan::Calendar& calendar);

private:
    std::optional<plan::Calendar> list(const Frame& frame, Flow& flow, const plan::Calendar& calendar);
    void days(const Frame& frame, Flow& flow);
    void recurs(const Frame& frame, Flow& flow);
    void every(const Frame& frame, Flow& flow);
    void weekdays(const Frame& frame, Flow& flow);
    void place(const Frame& frame, Flow& flow);
    void month(const Frame& frame, Flow& flow);
    void ends(const Frame& frame, Flow& flow);
    void preview(const Frame& frame, Flow& flow, const Result<plan::CalendarException>& made) const;
    void clear();

    ExceptionDraft draft_;
    CalendarId of_;                       // the draft is about
    std::optional<std::size_t> changed_;  // which exception it changes; none: it is a new one
};

}  // namespace entente::ui
