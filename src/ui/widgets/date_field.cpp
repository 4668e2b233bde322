#include <algorithm>
#include <cstdlib>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/state.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

// Month names of a language as its dates are written: what follows the day in "1 Mar".
int month_of(const Locale& locale, std::string_view word) {
    const std::string wanted = fold(word);
    if (wanted.size() < 3) return 0;
    for (int month = 1; month <= 12; ++month) {
        const std::string shown = locale.date_short(*day_from(2026, month, 1));
        const std::size_t space = shown.find(' ');
        const std::string name = fold(space == std::string::npos ? shown : shown.substr(space + 1));
        const std::size_t size = std::min(name.size(), wanted.size());
        if (size >= 3 && name.compare(0, size, wanted, 0, size) == 0) return month;
    }
    return 0;
}

struct DateParts {
    std::vector<int> numbers;
    int month = 0;
    bool good = true;
};

DateParts parts_of(const Locale& locale, std::string_view text) {
    DateParts parts;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        if (text[i] >= '0' && text[i] <= '9') {
            int n = 0;
            for (; end < text.size() && text[end] >= '0' && text[end] <= '9' && n < 100000; ++end) n = n * 10 + (text[end] - '0');
            parts.numbers.push_back(n);
        } else if (std::string_view(" ./,-").find(text[i]) != std::string_view::npos) {
            end = i + 1;
        } else {
            while (end < text.size() && std::string_view(" ./,-0123456789").find(text[end]) == std::string_view::npos) ++end;
            int month = month_of(locale, text.substr(i, end - i));
            if (!month) month = month_of(Locale(Language::English), text.substr(i, end - i));
            if (month) parts.month = month;
            else if (!parts.numbers.empty()) parts.good = false;  // a word before the day is its weekday
        }
        i = end;
    }
    return parts;
}

std::optional<Day> nearest_year(int month, int day, Day today) {
    std::optional<Day> best;
    const int year = year_month_day(today).year;
    for (int y = year - 1; y <= year + 1; ++y) {
        const auto candidate = day_from(y, month, day);
        if (candidate && (!best || std::abs(*candidate - today) < std::abs(*best - today))) best = candidate;
    }
    return best;
}

}  // namespace

std::optional<Day> parse_day(const Locale& locale, std::string_view text, Day today) {
    text = trim(text);
    if (const auto exact = parse_iso_day(text)) return exact;
    const DateParts parts = parts_of(locale, text);
    const auto& n = parts.numbers;
    if (!parts.good || n.empty() || n.size() > (parts.month ? 2u : 3u)) return std::nullopt;
    // Numbers alone are read as day, month, year: the order of these islands.
    const int month = parts.month ? parts.month : n.size() > 1 ? n[1] : 0;
    const std::size_t year_at = parts.month ? 1 : 2;
    if (!month) return std::nullopt;
    if (n.size() <= year_at) return nearest_year(month, n[0], today);
    return day_from(n[year_at] < 100 ? 2000 + n[year_at] : n[year_at], month, n[0]);
}

std::optional<Day> date_field(const Frame& frame, Rect area, const DateSpec& spec) {
    const std::string key(spec.key ? std::string_view(spec.key) : spec.name);
    const IdScope scope(key.c_str());
    WidgetState& state = *frame.widgets;
    const Rect sheet{area.x1 - area.h(), area.y0, area.x1, area.y1};
    const std::string text = spec.value ? frame.locale.date(*spec.value) : std::string();
    FieldSpec field{spec.name, text, spec.placeholder};
    field.disabled = spec.disabled;
    const Typed typed = text_field(frame, {area.x0, area.y0, sheet.x0 - frame.px(4), area.y1}, field);
    const std::uint32_t owner = typed.id;
    const std::string open_name = frame.text(msg("Choose from a calendar: {0}", spec.name));
    if (stepper_button(frame, sheet, kIconCalendar, open_name, spec.disabled)) {
        const Day chosen = spec.value.value_or(frame.today);
        state.calendar = OpenCalendar{owner, chosen, chosen, frame.today, true, area, {}};
        for (int i = 0; i < 7; ++i) {
            const plan::Calendar& calendar = frame.project ? project_calendar(*frame.project) : frame.model.house.calendar;
            state.calendar->working.push_back(!calendar.week[static_cast<std::size_t>(i)].empty());
        }
        state.list.reset();
        state.redraw = true;
    }
    if (state.calendar && state.calendar->owner == owner) state.calendar->anchor = area;
    if (state.picked_day && state.picked_day->first == owner) {
        const Day picked = state.picked_day->second;
        state.picked_day.reset();
        return spec.value != picked ? std::optional<Day>(picked) : std::nullopt;
    }
    if (!typed.committed) return std::nullopt;
    if (trim(typed.text).empty() && spec.clearable) return kNoDay;
    const auto day = parse_day(frame.locale, typed.text, frame.today);
    if (!day) frame.semantics.announce(frame.tr("That is not a date. The old one stays."), true);
    return day && spec.value != day ? day : std::nullopt;
}

}  // namespace entente::ui
