#include "ui/panels/calendar_card.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/lookup.hpp"
#include "icons.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

constexpr std::size_t kNextHolidays = 4;
constexpr int kRegions = 4;

Command put(const plan::Project& project, plan::Calendar calendar) {
    return Command{plan::Command{plan::PutCalendar{project.id, std::move(calendar), {}}}};
}

std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }
std::string clock(int minute) { return two(minute / 60) + ":" + two(minute % 60); }

// "9", "09:30", "9.30".
std::optional<std::int16_t> minute_of(std::string_view text) {
    const std::size_t point = text.find_first_of(":.");
    int parts[2] = {0, 0};
    for (int i = 0; i < 2; ++i) {
        const std::string_view piece = i == 0 ? text.substr(0, point) : point == std::string_view::npos ? "0" : text.substr(point + 1);
        if (piece.empty() || piece.size() > 2) return std::nullopt;
        for (const char c : piece) {
            if (c < '0' || c > '9') return std::nullopt;
            parts[i] = parts[i] * 10 + (c - '0');
        }
    }
    const int minute = parts[0] * 60 + parts[1];
    if (parts[1] > 59 || minute > kMinutesPerDay) return std::nullopt;
    return static_cast<std::int16_t>(minute);
}

void week(const Frame& frame, Outbox& out, Flow& flow, const plan::Calendar& shown) {
    caption(frame, flow, frame.tr("Shifts of each day, as 09:00-13:00, 14:00-17:00"));
    flow.gap(frame.px(4));
    for (std::size_t day = 0; day < 7; ++day) {
        const IdScope scope(day + 1);
        Row row(flow, field_height(frame), frame.px(8));
        const std::string name = weekday_name(frame, day), value = shifts_text(shown.week[day]);
        text_in(frame, frame.theme.fonts.dense, row.left(frame.px(44)), frame.theme.palette.muted, name);
        const std::string spoken = frame.text(msg("Shifts on {0}", name));
        const Typed typed = text_field(frame, row.rest(), {spoken, value, frame.tr("No work")});
        flow.gap(frame.px(4));
        if (!typed.committed) continue;
        const auto shifts = parse_shifts(typed.text);
        plan::Calendar next = shown;
        if (shifts) next.week[day] = *shifts;
        if (shifts && plan::valid(next)) out.submit(put(*frame.project, std::move(next)));
        else frame.semantics.announce(frame.tr("These shifts cannot be used. The old ones stay."), true);
    }
}

}  // namespace

std::string weekday_name(const Frame& frame, std::size_t day) {
    const std::string text = frame.locale.date_weekday(Day{4 + static_cast<int>(day)});  // 1970-01-05 was a Monday
    return text.substr(0, text.find(' '));
}

std::optional<std::vector<plan::Shift>> parse_shifts(std::string_view text) {
    std::vector<plan::Shift> shifts;
    for (std::string_view part : split(text, ',')) {
        part = trim(part);
        if (part.empty()) continue;
        const std::size_t dash = part.find('-');
        if (dash == std::string_view::npos) return std::nullopt;
        const auto from = minute_of(trim(part.substr(0, dash))), to = minute_of(trim(part.substr(dash + 1)));
        if (!from || !to || *to <= *from || (!shifts.empty() && *from < shifts.back().to_minute)) return std::nullopt;
        shifts.push_back({*from, *to});
    }
    return shifts;
}

std::string shifts_text(const std::vector<plan::Shift>& shifts) {
    std::string out;
    for (const plan::Shift& shift : shifts) out += (out.empty() ? "" : ", ") + clock(shift.from_minute) + "-" + clock(shift.to_minute);
    return out;
}

std::optional<plan::HolidayRegion> holiday_region(const Frame& frame, Flow& flow, const plan::Calendar& calendar) {
    std::optional<plan::HolidayRegion> changed;
    const std::string shown = frame.text(region_name(calendar.holiday_region));
    const auto options = [&frame] {
        std::vector<std::string> out;
        for (int i = 0; i < kRegions; ++i) out.push_back(frame.text(region_name(static_cast<plan::HolidayRegion>(i))));
        return out;
    };
    const Rect at = captioned(frame, flow, frame.tr("Bank holidays of"), field_height(frame));
    if (const auto picked =
            select(frame, at, {frame.tr("Bank holidays of"), shown, static_cast<int>(calendar.holiday_region)}, options))
        changed = static_cast<plan::HolidayRegion>(*picked);
    if (calendar.holiday_region == plan::HolidayRegion::None) return changed;
    flow.gap(frame.px(6));
    const auto holidays = bank_holidays(calendar.holiday_region, frame.today, frame.today + 366);
    for (std::size_t i = 0; i < std::min(holidays.size(), kNextHolidays); ++i)
        paragraph(frame, flow, frame.locale.date_weekday(holidays[i].day) + ", " + frame.text(holiday_name(holidays[i])), Tone::Muted,
                  frame.theme.fonts.dense);
    return changed;
}

void task_calendar(const Frame& frame, Outbox& out, Flow& flow, const plan::Project& project, const plan::Task& task) {
    if (project.calendars.size() < 2) return;  // there is nothing to choose
    int selected = 0;
    for (std::size_t i = 0; i < project.calendars.size(); ++i)
        if (task.calendar == project.calendars[i].id) selected = static_cast<int>(i) + 1;
    const auto options = [&] {
        std::vector<std::string> names = {frame.tr("The project's calendar")};
        for (const plan::Calendar& calendar : project.calendars) names.push_back(calendar.name);
        return names;
    };
    const std::string shown =
        selected == 0 ? frame.tr("The project's calendar") : project.calendars[static_cast<std::size_t>(selected) - 1].name;
    const Rect at = captioned(frame, flow, frame.tr("Worked by"), field_height(frame));
    if (const auto picked = select(frame, at, {frame.tr("Worked by"), shown, selected}, options)) {
        const CalendarId id = *picked == 0 ? CalendarId{} : project.calendars[static_cast<std::size_t>(*picked) - 1].id;
        out.submit(Command{plan::Command{plan::SetTaskCalendar{project.id, task.id, id}}});
    }
    flow.gap(frame.px(8));
}

// Which calendar is shown, a new one, its name, and whether the project is worked by it.
void CalendarCard::head(const Frame& frame, Outbox& out, Flow& flow, const plan::Calendar& shown) {
    const plan::Project& project = *frame.project;
    int selected = 0;
    for (std::size_t i = 0; i < project.calendars.size(); ++i)
        if (project.calendars[i].id == shown.id) selected = static_cast<int>(i);
    const auto options = [&] {
        std::vector<std::string> names;
        for (const plan::Calendar& calendar : project.calendars) names.push_back(calendar.name);
        return names;
    };
    const Rect at = captioned(frame, flow, frame.tr("Calendar"), field_height(frame));
    if (const auto picked = select(frame, at, {frame.tr("Calendar"), shown.name, selected}, options))
        shown_ = project.calendars[static_cast<std::size_t>(*picked)].id;
    flow.gap(frame.px(8));
    Row row(flow, button_height(frame), frame.px(8));
    if (button(frame, row, {frame.tr("Another calendar"), Look::Normal, kIconPlus})) {
        plan::Calendar copy = shown;
        copy.id = out.new_id<CalendarId>();
        copy.name = frame.text(msg("{0}, another", shown.name));
        shown_ = copy.id;
        out.submit(put(project, std::move(copy)));
    }
    ButtonSpec use{frame.tr("Work the project by it"), Look::Quiet};
    use.disabled = project.calendar == shown.id;
    if (use.disabled) use.reason = frame.tr("The project is worked by this calendar.");
    if (button(frame, row, use)) out.submit(Command{plan::Command{plan::SetProjectCalendar{project.id, shown.id}}});
    const Command remove{plan::Command{plan::RemoveCalendar{project.id, shown.id}}};
    ButtonSpec gone{frame.tr("Remove the calendar"), Look::Quiet, kIconTrash};
    const auto can = frame.session.can(remove);
    const std::string reason = can ? std::string() : frame.text(can.error().what);
    gone.disabled = !can;
    gone.reason = reason;
    if (button(frame, row, gone)) out.submit(remove);
    flow.gap(frame.px(8));
    const Rect name_at = captioned(frame, flow, frame.tr("Name of the calendar"), field_height(frame));
    if (const Typed typed = text_field(frame, name_at, {frame.tr("Name of the calendar"), shown.name}); typed.committed) {
        plan::Calendar next = shown;
        next.name = typed.text;
        out.submit(put(project, std::move(next)));
    }
}

void CalendarCard::draw(const Frame& frame, Outbox& out, Flow& flow) {
    if (!frame.project || frame.project->calendars.empty()) return;
    const plan::Project& project = *frame.project;
    const plan::Calendar* shown = by_id(project.calendars, shown_);
    if (!shown) shown = by_id(project.calendars, project.calendar);
    if (!shown) return;
    {
        Card card(frame, flow, "project-calendars");
        const IdScope scope(shown->id.n);
        const std::string title = frame.text(msg("Calendars of {0}", project.name));
        heading(frame, card.flow, 4, title);
        card.flow.gap(frame.px(8));
        head(frame, out, card.flow, *shown);
        card.flow.gap(frame.px(12));
        week(frame, out, card.flow, *shown);
        card.flow.gap(frame.px(8));
        if (const auto region = holiday_region(frame, card.flow, *shown)) {
            plan::Calendar next = *shown;
            next.holiday_region = *region;
            out.submit(put(project, std::move(next)));
        }
        card.flow.gap(frame.px(12));
        if (auto next = exceptions_.draw(frame, card.flow, *shown)) out.submit(put(project, std::move(*next)));
    }
    flow.gap(frame.px(16));
}

}  // namespace entente::ui
