#include "ui/panels/calendar_exception.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/panels/calendar_card.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

using plan::Recurrence;

constexpr int kRepeats = 8, kMostCount = 1000, kMostPeriod = 1000, kLongestYears = 50;
constexpr std::size_t kPreviewed = 6;

Recurrence::Kind kind_of(Repeats repeats) {
    switch (repeats) {
        case Repeats::Daily:
            return Recurrence::Kind::Daily;
        case Repeats::EachWeekday:
            return Recurrence::Kind::EachWeekday;
        case Repeats::Weekly:
            return Recurrence::Kind::Weekly;
        case Repeats::MonthlyDay:
            return Recurrence::Kind::MonthlyDay;
        case Repeats::MonthlyPosition:
            return Recurrence::Kind::MonthlyPosition;
        case Repeats::YearlyPosition:
            return Recurrence::Kind::YearlyPosition;
        case Repeats::Once:
        case Repeats::YearlyDay:
            break;
    }
    return Recurrence::Kind::YearlyDay;
}

Repeats repeats_of(Recurrence::Kind kind) {
    for (int i = 1; i < kRepeats; ++i) {
        if (kind_of(static_cast<Repeats>(i)) == kind) return static_cast<Repeats>(i);
    }
    return Repeats::YearlyDay;
}

bool by_place(Repeats repeats) { return repeats == Repeats::MonthlyPosition || repeats == Repeats::YearlyPosition; }
bool by_year(Repeats repeats) { return repeats == Repeats::YearlyDay || repeats == Repeats::YearlyPosition; }

const char* repeats_word(const Frame& frame, Repeats repeats) {
    switch (repeats) {
        case Repeats::Once:
            break;
        case Repeats::Daily:
            return frame.tr("Every so many days");
        case Repeats::EachWeekday:
            return frame.tr("Every so many weekdays");
        case Repeats::Weekly:
            return frame.tr("Weekly, on days");
        case Repeats::MonthlyDay:
            return frame.tr("Monthly, by date");
        case Repeats::MonthlyPosition:
            return frame.tr("Monthly, by weekday");
        case Repeats::YearlyDay:
            return frame.tr("Yearly, by date");
        case Repeats::YearlyPosition:
            return frame.tr("Yearly, by weekday");
    }
    return frame.tr("Once");
}

// As Recurrence::position counts them.
const char* position_word(const Frame& frame, int position) {
    switch (position) {
        case 0:
            return frame.tr("first");
        case 1:
            return frame.tr("second");
        case 2:
            return frame.tr("third");
        case 3:
            return frame.tr("fourth");
        default:
            return frame.tr("last");
    }
}

// "Sun" for 0 .. "Sat" for 6, as rules count them.
std::string weekday_word(const Frame& frame, int from_sunday) {
    return weekday_name(frame, static_cast<std::size_t>(from_sunday + 6) % 7);
}

// As Recurrence::item counts them.
std::string item_word(const Frame& frame, int item) {
    switch (item) {
        case 0:
            return frame.tr("day");
        case 1:
            return frame.tr("weekday");
        case 2:
            return frame.tr("weekend day");
        default:
            return weekday_word(frame, item - 3);
    }
}

std::string month_word(const Frame& frame, int month) {
    const std::string text = frame.locale.month(day_from(1970, month + 1, 1).value_or(kFirstDay));
    return text.substr(0, text.find(' '));
}

Message every_words(const Recurrence& rule) {
    switch (rule.kind) {
        case Recurrence::Kind::Daily:
            return msgn("every day", "every {n} days", rule.period);
        case Recurrence::Kind::EachWeekday:
            return msgn("every weekday", "every {n} weekdays", rule.period);
        case Recurrence::Kind::Weekly:
            return msgn("every week", "every {n} weeks", rule.period);
        case Recurrence::Kind::MonthlyDay:
        case Recurrence::Kind::MonthlyPosition:
            return msgn("every month", "every {n} months", rule.period);
        default:
            return msg("every year");
    }
}

std::string rule_words(const Frame& frame, const Recurrence& rule) {
    std::string on;
    switch (rule.kind) {
        case Recurrence::Kind::Daily:
        case Recurrence::Kind::EachWeekday:
            return frame.text(every_words(rule));
        case Recurrence::Kind::Weekly:
            for (int i = 0; i < 7; ++i) {
                const int day = (i + 1) % 7;  // Monday first
                if (rule.days_of_week & (1 << day)) on += (on.empty() ? "" : ", ") + weekday_word(frame, day);
            }
            break;
        case Recurrence::Kind::MonthlyDay:
            return frame.text(msg("{0} on day {1}", every_words(rule), rule.month_day));
        case Recurrence::Kind::YearlyDay:
            on = std::to_string(rule.month_day) + " " + month_word(frame, rule.month);
            break;
        case Recurrence::Kind::MonthlyPosition:
            on = frame.text(msg("the {0} {1}", position_word(frame, rule.position), item_word(frame, rule.item)));
            break;
        case Recurrence::Kind::YearlyPosition:
            on = frame.text(msg("the {0} {1} of {2}", position_word(frame, rule.position), item_word(frame, rule.item),
                                month_word(frame, rule.month)));
            break;
    }
    return frame.text(msg("{0} on {1}", every_words(rule), on));
}

// A choice of `count` words.
template <class Word>
void choice(const Frame& frame, Rect at, const char* name, int count, std::int32_t& value, Word word) {
    const auto options = [&] {
        std::vector<std::string> words;
        for (int i = 0; i < count; ++i) words.emplace_back(word(i));
        return words;
    };
    const std::string shown(word(value));
    if (const auto picked = select(frame, at, {name, shown, value}, options)) value = *picked;
}

void number(const Frame& frame, Rect at, const char* name, std::int32_t& value, int low, int high, std::string_view unit = {}) {
    const std::string less = frame.text(msg("{0}: less", name)), more = frame.text(msg("{0}: more", name));
    NumberSpec spec{name, value, 0, 1, low, high, unit, less, more};
    if (const auto changed = number_field(frame, at, spec)) value = static_cast<std::int32_t>(*changed);
}

Result<plan::CalendarException> refuse(Message why) { return fail(ErrorCode::BadInput, std::move(why)); }

}  // namespace

Result<plan::CalendarException> exception_of(const ExceptionDraft& draft) {
    if (!draft.first) return refuse(msg("Choose a date first."));
    plan::CalendarException made{*draft.first, draft.last.value_or(*draft.first), std::string(trim(draft.name)), {}};
    if (made.to < made.from) return refuse(msg("The last day lies before the first."));
    const auto shifts = parse_shifts(draft.shifts);
    if (!shifts) return refuse(msg("Write the shifts as 09:00-13:00, 14:00-17:00, or nothing where no work is done."));
    made.shifts = *shifts;
    const Day longest = std::min(kLastDay, *draft.first + kLongestYears * 366);
    if (draft.repeats != Repeats::Once) {
        Recurrence rule = draft.rule;
        rule.kind = kind_of(draft.repeats);
        if (rule.kind == Recurrence::Kind::Weekly && rule.days_of_week == 0) return refuse(msg("Choose at least one day of the week."));
        rule.occurrences = draft.counted ? std::max(rule.occurrences, 1) : 0;
        if (!draft.counted && !draft.last) return refuse(msg("Say until when, or how many times."));
        const std::vector<Day> days = plan::occurrences(rule, made.from, draft.counted ? longest : made.to);
        if (days.empty()) return refuse(msg("It falls on no day in that time."));
        if (draft.counted && static_cast<int>(days.size()) < rule.occurrences)
            return refuse(msg("So often it does not fall within {0} years.", std::int64_t{kLongestYears}));
        if (draft.counted) made.to = days.back();
        made.rule = rule;
    }
    if (made.to > longest) return refuse(msg("An exception ends within {0} years.", std::int64_t{kLongestYears}));
    return made;
}

ExceptionDraft draft_of(const plan::CalendarException& exception) {
    ExceptionDraft draft;
    draft.first = exception.from;
    draft.last = exception.to;
    draft.name = exception.name;
    draft.shifts = shifts_text(exception.shifts);
    begin_rule(draft, Repeats::Once);
    if (!exception.rule) {
        if (exception.from == exception.to) draft.last.reset();
        return draft;
    }
    draft.rule = *exception.rule;
    draft.repeats = repeats_of(exception.rule->kind);
    draft.counted = exception.rule->occurrences > 0;
    return draft;
}

void begin_rule(ExceptionDraft& draft, Repeats repeats) {
    draft.repeats = repeats;
    if (!draft.first) return;
    const YearMonthDay date = year_month_day(*draft.first);
    const int from_sunday = (weekday(*draft.first) + 1) % 7;
    draft.rule.days_of_week = 1 << from_sunday;
    draft.rule.month = date.month - 1;
    draft.rule.month_day = date.day;
    draft.rule.item = 3 + from_sunday;
    draft.rule.position = std::min((date.day - 1) / 7, 4);
    // Until a year later, where nothing else was said.
    if (repeats != Repeats::Once && !draft.last) draft.last = std::min(kLastDay, *draft.first + 365);
}

std::string exception_words(const Frame& frame, const plan::CalendarException& one) {
    std::string words = frame.locale.date(one.from);
    if (one.rule) {
        words = rule_words(frame, *one.rule);
        if (one.rule->occurrences > 0) words += ", " + frame.text(msgn("{n} time", "{n} times", one.rule->occurrences));
        words = frame.text(msg("{0}, from {1} to {2}", words, one.from, one.to));
    } else if (one.from != one.to) {
        words = frame.text(msg("{0} to {1}", words, frame.locale.date(one.to)));
    }
    if (!one.name.empty()) words += ", " + one.name;
    if (!one.shifts.empty()) words += ", " + shifts_text(one.shifts);
    return words;
}

void ExceptionForm::clear() {
    draft_ = ExceptionDraft{};
    changed_.reset();
}

std::optional<plan::Calendar> ExceptionForm::list(const Frame& frame, Flow& flow, const plan::Calendar& calendar) {
    std::optional<plan::Calendar> next;
    for (std::size_t i = 0; i < calendar.exceptions.size(); ++i) {
        const IdScope scope(i + 1);
        const std::string words = exception_words(frame, calendar.exceptions[i]);
        Row row(flow, frame.px(30), frame.px(4));
        const Rect cross = row.right(frame.px(30)), pencil = row.right(frame.px(30)), area = row.rest();
        text_in(frame, frame.theme.fonts.dense, area, changed_ == i ? frame.theme.palette.accent : frame.theme.palette.text, words);
        note(frame, NodeRole::Paragraph, area, words);
        if (icon_button(frame, pencil, kIconPencil, frame.text(msg("Change the exception {0}", words)))) {
            draft_ = draft_of(calendar.exceptions[i]);
            changed_ = i;
        }
        if (!icon_button(frame, cross, kIconTrash, frame.text(msg("Remove the exception {0}", words)))) continue;
        next = calendar;
        next->exceptions.erase(next->exceptions.begin() + static_cast<std::ptrdiff_t>(i));
        if (changed_) clear();
    }
    return next;
}

void ExceptionForm::days(const Frame& frame, Flow& flow) {
    Flow left = flow.column(0, 2, frame.px(12)), right = flow.column(1, 2, frame.px(12));
    const bool once = draft_.repeats == Repeats::Once;
    const char* first = once ? frame.tr("Day off") : frame.tr("From the day");
    if (const auto day =
            date_field(frame, captioned(frame, left, first, field_height(frame)), {first, draft_.first, frame.tr("Date"), "first"})) {
        draft_.first = *day;
        if (!once && !changed_) begin_rule(draft_, draft_.repeats);
    }
    form_text(frame, right, frame.tr("Reason"), draft_.name);
    flow.y = std::max(left.y, right.y) + frame.px(8);
}

void ExceptionForm::every(const Frame& frame, Flow& flow) {
    if (by_year(draft_.repeats)) return;
    const char* unit = frame.tr("days");
    if (draft_.repeats == Repeats::EachWeekday) unit = frame.tr("weekdays");
    if (draft_.repeats == Repeats::Weekly) unit = frame.tr("weeks");
    if (draft_.repeats == Repeats::MonthlyDay || draft_.repeats == Repeats::MonthlyPosition) unit = frame.tr("months");
    const char* name = frame.tr("Every");
    number(frame, captioned(frame, flow, name, field_height(frame)), name, draft_.rule.period, 1, kMostPeriod, unit);
}

void ExceptionForm::weekdays(const Frame& frame, Flow& flow) {
    Row row(flow, frame.px(28), frame.px(8));
    for (int i = 0; i < 7; ++i) {
        const int day = (i + 1) % 7;  // Monday first
        const std::string name = weekday_word(frame, day);
        const bool on = (draft_.rule.days_of_week & (1 << day)) != 0;
        if (checkbox(frame, row.left(checkbox_width(frame, name)), name, on)) draft_.rule.days_of_week ^= 1 << day;
    }
    flow.gap(frame.px(8));
}

void ExceptionForm::place(const Frame& frame, Flow& flow) {
    Flow left = flow.column(0, 2, frame.px(8)), right = flow.column(1, 2, frame.px(8));
    const char *which = frame.tr("Which of the month"), *day = frame.tr("Day meant");
    choice(frame, captioned(frame, left, which, field_height(frame)), which, 5, draft_.rule.position,
           [&](int i) { return position_word(frame, i); });
    choice(frame, captioned(frame, right, day, field_height(frame)), day, 10, draft_.rule.item,
           [&](int i) { return item_word(frame, i); });
    flow.y = std::max(left.y, right.y);
}

void ExceptionForm::month(const Frame& frame, Flow& flow) {
    const char* name = frame.tr("Month");
    choice(frame, captioned(frame, flow, name, field_height(frame)), name, 12, draft_.rule.month,
           [&](int i) { return month_word(frame, i); });
}

// What the kind of rule needs, in two columns: how often at the left, on which days at the right.
void ExceptionForm::recurs(const Frame& frame, Flow& flow) {
    Flow left = flow.column(0, 2, frame.px(12)), right = flow.column(1, 2, frame.px(12));
    if (by_year(draft_.repeats)) month(frame, left);
    else every(frame, left);
    if (by_place(draft_.repeats)) {
        place(frame, right);
    } else if (draft_.repeats == Repeats::MonthlyDay || draft_.repeats == Repeats::YearlyDay) {
        const char* name = frame.tr("Day of the month");
        number(frame, captioned(frame, right, name, field_height(frame)), name, draft_.rule.month_day, 1, 31);
    }
    flow.y = std::max(left.y, right.y) + frame.px(8);
    if (draft_.repeats == Repeats::Weekly) weekdays(frame, flow);
}

void ExceptionForm::ends(const Frame& frame, Flow& flow) {
    Flow left = flow.column(0, 2, frame.px(12)), right = flow.column(1, 2, frame.px(12));
    const char* last = frame.tr("Until the day");
    if (draft_.repeats != Repeats::Once) {
        std::int32_t counted = draft_.counted ? 1 : 0;
        const char* name = frame.tr("It ends");
        choice(frame, captioned(frame, left, name, field_height(frame)), name, 2, counted,
               [&](int i) { return i == 0 ? frame.tr("on a day") : frame.tr("after so many times"); });
        draft_.counted = counted != 0;
        left = right;
    }
    if (draft_.repeats != Repeats::Once && draft_.counted) {
        const char* name = frame.tr("Times");
        draft_.rule.occurrences = std::max(draft_.rule.occurrences, 1);
        number(frame, captioned(frame, left, name, field_height(frame)), name, draft_.rule.occurrences, 1, kMostCount);
    } else {
        DateSpec spec{last, draft_.last, frame.tr("Date"), "last"};
        spec.clearable = true;
        if (const auto day = date_field(frame, captioned(frame, left, last, field_height(frame)), spec)) {
            draft_.last = *day;
            if (*day == kNoDay) draft_.last.reset();
        }
    }
    if (draft_.repeats == Repeats::Once) form_text(frame, right, frame.tr("Worked in these shifts"), draft_.shifts, frame.tr("No work"));
    flow.y = std::max(left.y, right.y) + frame.px(8);
    if (draft_.repeats == Repeats::Once) return;
    form_text(frame, flow, frame.tr("Worked in these shifts"), draft_.shifts, frame.tr("No work"));
    flow.gap(frame.px(8));
}

// On which days it falls from today on, or why it is none yet.
void ExceptionForm::preview(const Frame& frame, Flow& flow, const Result<plan::CalendarException>& made) const {
    const ImFont* font = frame.theme.fonts.dense;
    if (!made) {
        if (draft_.first) paragraph(frame, flow, frame.text(made.error().what), Tone::Warn, font);
        return;
    }
    if (!made->rule) return;
    const std::vector<Day> all = plan::occurrences(*made->rule, made->from, made->to);
    auto next = std::lower_bound(all.begin(), all.end(), frame.today);
    std::string words;
    for (std::size_t i = 0; i < kPreviewed && next != all.end(); ++i, ++next)
        words += (words.empty() ? "" : ", ") + frame.locale.date(*next);
    paragraph(frame, flow, frame.text(msg("It falls {0}.", rule_words(frame, *made->rule))), Tone::Plain, font);
    if (words.empty()) return paragraph(frame, flow, frame.tr("All of its days have passed."), Tone::Muted, font);
    const auto more = static_cast<std::int64_t>(all.end() - next);
    if (more > 0) words = frame.text(msgn("{0} and {n} more", "{0} and {n} more", more, words));
    paragraph(frame, flow, frame.text(msg("Next: {0}", words)), Tone::Muted, font);
}

std::optional<plan::Calendar> ExceptionForm::draw(const Frame& frame, Flow& flow, const plan::Calendar& calendar) {
    if (of_ != calendar.id) clear();
    of_ = calendar.id;
    if (changed_ && *changed_ >= calendar.exceptions.size()) clear();
    caption(frame, flow, frame.tr("Days off and other exceptions"));
    flow.gap(frame.px(4));
    std::optional<plan::Calendar> next = list(frame, flow, calendar);
    days(frame, flow);
    std::int32_t repeats = static_cast<std::int32_t>(draft_.repeats);
    const char* name = frame.tr("Repeats");
    choice(frame, captioned(frame, flow, name, field_height(frame)), name, kRepeats, repeats,
           [&](int i) { return repeats_word(frame, static_cast<Repeats>(i)); });
    if (repeats != static_cast<std::int32_t>(draft_.repeats)) {
        // A span of days and the end of a rule are not the same thing.
        if (repeats == 0 || draft_.repeats == Repeats::Once) draft_.last.reset();
        begin_rule(draft_, static_cast<Repeats>(repeats));
    }
    flow.gap(frame.px(8));
    if (draft_.repeats != Repeats::Once) recurs(frame, flow);
    ends(frame, flow);
    const Result<plan::CalendarException> made = exception_of(draft_);
    preview(frame, flow, made);
    flow.gap(frame.px(8));
    Row row(flow, button_height(frame), frame.px(8));
    const char* label = changed_                          ? frame.tr("Keep the change")
                        : draft_.repeats == Repeats::Once ? frame.tr("Add the day off")
                                                          : frame.tr("Add the exception");
    ButtonSpec add{label, Look::Normal, changed_ ? kIconCheck : kIconPlus};
    const std::string reason = made ? std::string() : frame.text(made.error().what);
    add.disabled = !made;
    add.reason = reason;
    const bool done = button_right(frame, row, add);
    if (changed_ && button_right(frame, row, {frame.tr("Leave it as it was"), Look::Quiet})) clear();
    if (!done) return next;
    next = calendar;
    if (changed_) next->exceptions[*changed_] = *made;
    else next->exceptions.push_back(*made);
    clear();
    return next;
}

}  // namespace entente::ui
