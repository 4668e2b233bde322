// The house's own facts: name, currency, VAT, rate card, working days and holidays.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "icons.hpp"
#include "ui/panels/workspace_panel.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {
namespace {

constexpr std::array<const char*, 6> kCurrencies = {"GBP", "EUR", "USD", "CAD", "AUD", "CHF"};

Command role_command(house::Role role) { return Command{house::Command{house::PutRole{std::move(role), {}}}}; }
Command calendar_command(plan::Calendar calendar) { return Command{house::Command{house::SetCalendar{std::move(calendar)}}}; }

// "09:30", "9.30", "9" as a minute of the day.
std::optional<std::int16_t> parse_clock(std::string_view text) {
    text = trim(text);
    int hours = 0, minutes = 0, digits = 0;
    bool second = false;
    for (const char c : text) {
        if ((c == ':' || c == '.') && !second && digits > 0) {
            second = true;
            digits = 0;
        } else if (c >= '0' && c <= '9' && digits < 2) {
            (second ? minutes : hours) = (second ? minutes : hours) * 10 + (c - '0');
            ++digits;
        } else {
            return std::nullopt;
        }
    }
    const int whole = hours * 60 + minutes;
    if (text.empty() || digits == 0 || minutes > 59 || whole > 1440) return std::nullopt;
    return static_cast<std::int16_t>(whole);
}

struct Hours {
    std::int16_t from = 540, to = 1020;
};

// The hours of the first worked day: what the two clock fields show.
Hours hours_of(const plan::Calendar& calendar) {
    for (const auto& shifts : calendar.week) {
        if (!shifts.empty()) return {shifts.front().from_minute, shifts.back().to_minute};
    }
    return {};
}

// All worked days of the week get these hours, breaks in between are kept where they still lie inside.
void set_hours(plan::Calendar& calendar, Hours hours) {
    for (auto& shifts : calendar.week) {
        if (shifts.empty()) continue;
        std::erase_if(shifts, [&](const plan::Shift& shift) { return shift.to_minute <= hours.from || shift.from_minute >= hours.to; });
        if (shifts.empty()) shifts.push_back({hours.from, hours.to});
        shifts.front().from_minute = hours.from;
        shifts.back().to_minute = hours.to;
    }
}

void toggle_day(plan::Calendar& calendar, std::size_t day) {
    if (!calendar.week[day].empty()) {
        calendar.week[day].clear();
        return;
    }
    for (const auto& shifts : calendar.week) {
        if (!shifts.empty()) {
            calendar.week[day] = shifts;
            return;
        }
    }
    calendar.week[day] = {{540, 1020}};
}

}  // namespace

void WorkspacePanel::house(const Frame& frame, Outbox& out, Flow& flow) {
    const house::House& now = frame.model.house;
    house::SetProfile profile{now.name, now.currency, now.vat_basis_points};
    bool put = false;
    {
        Card card(frame, flow, "house");
        heading(frame, card.flow, 4, frame.tr("The house"));
        card.flow.gap(frame.px(8));
        const Typed typed = text_field(frame, captioned(frame, card.flow, frame.tr("Name of the house"), field_height(frame)),
                                       {frame.tr("Name of the house"), now.name});
        if (typed.committed) profile.name = typed.text, put = true;
        card.flow.gap(frame.px(8));
        Flow left = card.flow.column(0, 2, frame.px(12)), right = card.flow.column(1, 2, frame.px(12));
        int chosen = -1;
        for (std::size_t i = 0; i < kCurrencies.size(); ++i) {
            if (now.currency.view() == kCurrencies[i]) chosen = static_cast<int>(i);
        }
        const std::string code(now.currency.view());
        const auto options = [] { return std::vector<std::string>(kCurrencies.begin(), kCurrencies.end()); };
        const Rect currency_at = captioned(frame, left, frame.tr("Currency of new projects"), field_height(frame));
        if (const auto picked = select(frame, currency_at, {frame.tr("Currency of new projects"), code, chosen}, options)) {
            profile.currency = currency_from(kCurrencies[static_cast<std::size_t>(*picked)]).value_or(now.currency);
            put = true;
        }
        if (const auto vat = percent_field(frame, right, {frame.tr("VAT"), now.vat_basis_points, 2, 50, 0, 10'000}))
            profile.vat_basis_points = *vat, put = true;
        card.flow.y = std::max(left.y, right.y);
    }
    flow.gap(frame.px(16));
    if (put) out.submit(Command{house::Command{std::move(profile)}});
}

void WorkspacePanel::rates(const Frame& frame, Outbox& out, Flow& flow) {
    {
        Card card(frame, flow, "rates");
        heading(frame, card.flow, 4, frame.tr("Rate card, for an hour, ex VAT"));
        card.flow.gap(frame.px(4));
        const Currency currency = frame.model.house.currency;
        const float money_w = frame.px(104), cross_w = frame.px(32);
        if (frame.model.house.roles.empty()) {
            paragraph(frame, card.flow,
                      frame.tr("Roles with what an hour costs you and what it is sold for. Without rates, work has no price."),
                      Tone::Muted, frame.theme.fonts.dense);
        } else {
            Row head(card.flow, frame.px(24), frame.px(8));
            head.right(cross_w);
            const ImFont* font = frame.theme.fonts.small;
            text_in(frame, font, head.right(money_w), frame.theme.palette.muted, frame.tr("Sold for"));
            text_in(frame, font, head.right(money_w), frame.theme.palette.muted, frame.tr("Costs us"));
            text_in(frame, font, head.rest(), frame.theme.palette.muted, frame.tr("Role"));
        }
        for (const house::Role& role : frame.model.house.roles) {
            const IdScope scope(role.id.n);
            Row row(card.flow, field_height(frame), frame.px(8));
            const Rect cross = row.right(cross_w), sold = row.right(money_w), costs = row.right(money_w);
            house::Role next = role;
            const std::string name = frame.text(msg("Name of the role {0}", role.name));
            if (const Typed typed =
                    text_field(frame, row.rest(), {name, role.name, {}, {}, {}, {}, NodeRole::TextField, "role"});
                typed.committed)
                next.name = typed.text;
            if (const auto cost = money_field(frame, costs, frame.text(msg("{0}: an hour costs us", role.name)),
                                              {role.cost_per_hour_minor, currency}, "cost"))
                next.cost_per_hour_minor = *cost;
            if (const auto charge = money_field(frame, sold, frame.text(msg("{0}: an hour is sold for", role.name)),
                                                {role.charge_per_hour_minor, currency}, "charge"))
                next.charge_per_hour_minor = *charge;
            if (next != role) out.submit(role_command(std::move(next)));
            if (icon_button(frame, cross, kIconTrash, frame.text(msg("Remove the role {0}", role.name))))
                out.submit(Command{house::Command{house::RemoveRole{role.id}}});
            card.flow.gap(frame.px(4));
        }
        card.flow.gap(frame.px(8));
        Row row(card.flow, field_height(frame), frame.px(8));
        ButtonSpec add{frame.tr("Add the role"), Look::Normal, kIconPlus};
        add.disabled = trim(role_name_).empty();
        if (add.disabled) add.reason = frame.tr("Give it a name first.");
        const bool added = button_right(frame, row, add);
        FieldSpec name{frame.tr("A new role"), role_name_, frame.tr("A new role")};
        const Typed typed = text_field(frame, row.rest(), name);
        if (typed.changed || typed.committed) role_name_ = typed.text;
        if (added) {
            out.submit(role_command({out.new_id<RoleId>(), std::string(trim(role_name_)), 0, 0}));
            role_name_.clear();
        }
    }
    flow.gap(frame.px(16));
}

void WorkspacePanel::calendar(const Frame& frame, Outbox& out, Flow& flow) {
    {
        Card card(frame, flow, "calendar");
        heading(frame, card.flow, 4, frame.tr("Working days of new projects"));
        card.flow.gap(frame.px(8));
        const plan::Calendar& now = frame.model.house.calendar;
        {
            Row row(card.flow, frame.px(30), frame.px(4));
            const Part days(frame, NodeRole::Group, "days",
                            box(card.flow.x, card.flow.y - frame.px(30), card.flow.w, frame.px(30)),
                            frame.tr("Working days of new projects"));
            for (std::size_t i = 0; i < 7; ++i) {
                const std::string text = frame.locale.date_weekday(Day{4 + static_cast<int>(i)});  // 1970-01-05 was a Monday
                const std::string name = text.substr(0, text.find(' '));
                ButtonSpec day{name};
                day.toggle = true;
                day.pressed = !now.week[i].empty();
                if (button(frame, row, day)) {
                    plan::Calendar next = now;
                    toggle_day(next, i);
                    out.submit(calendar_command(std::move(next)));
                }
            }
        }
        card.flow.gap(frame.px(12));
        Flow one = card.flow.column(0, 3, frame.px(12)), two = card.flow.column(1, 3, frame.px(12)),
             three = card.flow.column(2, 3, frame.px(12));
        const Hours hours = hours_of(now);
        const auto clock = [&](Flow& column, const char* name, std::int16_t value, bool is_from) {
            const std::string text = frame.locale.clock(value);
            const Typed typed = text_field(frame, captioned(frame, column, name, field_height(frame)), {name, text});
            const auto minute = typed.committed ? parse_clock(typed.text) : std::nullopt;
            if (!minute) return;
            plan::Calendar next = now;
            set_hours(next, is_from ? Hours{*minute, hours.to} : Hours{hours.from, *minute});
            if (plan::valid(next)) out.submit(calendar_command(std::move(next)));
            else frame.semantics.announce(frame.tr("The day would end before it begins. The old hours stay."), true);
        };
        clock(one, frame.tr("From"), hours.from, true);
        clock(two, frame.tr("To"), hours.to, false);
        const Rect day_at = captioned(frame, three, frame.tr("One day is"), field_height(frame));
        const NumberSpec length{
            frame.tr("One day is"),        now.minutes_per_day * 100 / 60, 2, 50, 50, 2400, frame.tr("hours"),
            frame.tr("Half an hour less"), frame.tr("Half an hour more")};
        if (const auto value = number_field(frame, day_at, length)) {
            plan::Calendar next = now;
            next.minutes_per_day = *value * 60 / 100;
            out.submit(calendar_command(std::move(next)));
        }
        card.flow.y = one.y + frame.px(16);
        if (const auto region = holiday_region(frame, card.flow, now)) {
            plan::Calendar next = now;
            next.holiday_region = *region;
            out.submit(calendar_command(std::move(next)));
        }
        card.flow.gap(frame.px(16));
        holidays(frame, out, card.flow);
    }
    flow.gap(frame.px(16));
}

void WorkspacePanel::holidays(const Frame& frame, Outbox& out, Flow& flow) {
    const plan::Calendar& now = frame.model.house.calendar;
    caption(frame, flow, frame.tr("Days off"));
    flow.gap(frame.px(4));
    if (now.exceptions.empty())
        paragraph(frame, flow, frame.tr("No days off yet. Bank holidays and house closures stand here."), Tone::Muted,
                  frame.theme.fonts.dense);
    std::optional<Part> list;
    const float list_height = frame.px(30) * static_cast<float>(now.exceptions.size());
    if (!now.exceptions.empty())
        list.emplace(frame, NodeRole::List, "days-off", box(flow.x, flow.y, flow.w, list_height), frame.tr("Days off"));
    for (std::size_t i = 0; i < now.exceptions.size(); ++i) {
        const plan::CalendarException& off = now.exceptions[i];
        const IdScope scope(static_cast<std::uint64_t>(off.from.n) << 20 | i);
        Row row(flow, frame.px(30), frame.px(8));
        const Rect cross = row.right(frame.px(30));
        const std::string dates = off.from == off.to
                                      ? frame.locale.date(off.from)
                                      : frame.text(msg("{0} to {1}", frame.locale.date(off.from), frame.locale.date(off.to)));
        const std::string words = off.name.empty() ? dates : dates + ", " + off.name;
        const Rect area = row.rest();
        text_in(frame, frame.theme.fonts.dense, area, frame.theme.palette.text, words);
        const Part entry(frame, NodeRole::ListItem, "day-off", area, words);
        if (icon_button(frame, cross, kIconTrash, frame.text(msg("Remove the day off {0}", words)))) {
            plan::Calendar next = now;
            next.exceptions.erase(next.exceptions.begin() + static_cast<std::ptrdiff_t>(i));
            out.submit(calendar_command(std::move(next)));
        }
    }
    list.reset();
    flow.gap(frame.px(8));
    Flow left = flow.column(0, 2, frame.px(12)), right = flow.column(1, 2, frame.px(12));
    if (const auto day = date_field(frame, captioned(frame, left, frame.tr("First day off"), field_height(frame)),
                                    {frame.tr("First day off"), holiday_from_, frame.tr("Date")}))
        holiday_from_ = *day;
    if (const auto day =
            date_field(frame, captioned(frame, right, frame.tr("Last day off"), field_height(frame)),
                       {frame.tr("Last day off"), holiday_to_ ? holiday_to_ : holiday_from_, frame.tr("The same day")}))
        holiday_to_ = *day;
    flow.y = std::max(left.y, right.y) + frame.px(8);
    Row row(flow, field_height(frame), frame.px(8));
    ButtonSpec add{frame.tr("Add the days off"), Look::Normal, kIconPlus};
    add.disabled = !holiday_from_ || (holiday_to_ && *holiday_to_ < *holiday_from_);
    if (add.disabled) add.reason = holiday_from_ ? frame.tr("The last day lies before the first.") : frame.tr("Choose a date first.");
    const bool added = button_right(frame, row, add);
    const Typed typed = text_field(frame, row.rest(),
                                   {frame.tr("What for"), holiday_name_, frame.tr("What for (bank holiday, summer closure)")});
    if (typed.changed || typed.committed) holiday_name_ = typed.text;
    if (!added) return;
    plan::Calendar next = now;
    next.exceptions.push_back({*holiday_from_, holiday_to_.value_or(*holiday_from_), std::string(trim(holiday_name_)), {}});
    std::stable_sort(next.exceptions.begin(), next.exceptions.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    out.submit(calendar_command(std::move(next)));
    holiday_name_.clear();
    holiday_from_.reset();
    holiday_to_.reset();
}

}  // namespace entente::ui
