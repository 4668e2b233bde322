#include "base/locale.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace entente {

namespace {

struct DateNames {
    std::array<std::string_view, 7> days;     // Monday first
    std::array<std::string_view, 12> months;
};

// Browsers' Intl has no Welsh dates, so the names are ours. Welsh short forms: CLDR, cy, abbreviated; Friday as it stands
// alone there, since "Gwen" is also a name.
constexpr DateNames kEnglishDates{{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
                                  {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}};
constexpr DateNames kWelshDates{
    {"Llun", "Maw", "Mer", "Iau", "Gwe", "Sad", "Sul"},
    {"Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag"}};

const DateNames& names_of(Language language) { return language == Language::Welsh ? kWelshDates : kEnglishDates; }

std::string key_of(std::string_view context, std::string_view id) {
    if (context.empty()) return std::string(id);
    std::string key(context);
    key += '\x04';
    key += id;
    return key;
}

const CatalogueEntry* find_entry(std::span<const CatalogueEntry> entries, std::string_view key) {
    const auto found = std::lower_bound(entries.begin(), entries.end(), key,
                                        [](const CatalogueEntry& entry, std::string_view k) { return entry.key() < k; });
    return found != entries.end() && found->key() == key ? &*found : nullptr;
}

const char* text_or(const CatalogueEntry* entry, std::string_view id) { return entry ? entry->form_texts : id.data(); }

std::string grouped(std::uint64_t value) {
    std::string digits = std::to_string(value);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string amount_text(Money amount, bool leave_out_zero_minor) {
    std::string plain = plain_amount(amount);
    const bool negative = plain.front() == '-';
    if (negative) plain.erase(0, 1);
    const std::size_t point = plain.find('.');
    std::string whole = plain.substr(0, point);
    for (std::size_t at = whole.size(); at > 3;) {
        at -= 3;
        whole.insert(at, ",");
    }
    std::string fraction = point == std::string::npos ? std::string() : plain.substr(point);
    if (leave_out_zero_minor && fraction.find_first_not_of(".0") == std::string::npos) fraction.clear();
    return (negative ? "\u2212" : "") + currency_sign(amount.currency) + whole + fraction;
}

}  // namespace

Locale::Locale(Language language)
    : language_(language), entries_(language == Language::Welsh ? kCatalogueCy : kCatalogueEn) {}

const char* Locale::code() const {
    return language_ == Language::Welsh ? "cy" : "en";
}

const char* Locale::tr(std::string_view id) const {
    return text_or(find_entry(entries_, id), id);
}

const char* Locale::trc(std::string_view context, std::string_view id) const {
    return text_or(find_entry(entries_, key_of(context, id)), id);
}

std::string Locale::text(const Message& message) const {
    if (message.empty()) return {};
    const CatalogueEntry* entry = find_entry(entries_, key_of(message.context, message.id));
    std::string_view pattern = message.id;
    if (message.plural.empty()) {
        if (entry) pattern = entry->form(0);
    } else {
        if (plural_form(Language::English, message.count) != 0) pattern = message.plural;
        const int form = plural_form(language_, message.count);
        if (entry && form < entry->form_count) pattern = entry->form(form);
    }
    return fill(pattern, message);
}

std::string Locale::fill(std::string_view pattern, const Message& message) const {
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        const bool placeholder = pattern[at] == '{' && at + 2 < pattern.size() && pattern[at + 2] == '}';
        if (!placeholder) {
            out += pattern[at++];
            continue;
        }
        const char name = pattern[at + 1];
        at += 3;
        if (name == 'n') {
            out += number(message.count);
            continue;
        }
        const auto index = static_cast<std::size_t>(name - '0');
        if (name < '0' || name > '9' || index >= message.args.size()) continue;
        const Arg& arg = message.args[index];
        switch (arg.kind) {
            case Arg::Kind::Text: out += arg.text; break;
            case Arg::Kind::Number: out += number(arg.number); break;
            case Arg::Kind::Date: out += date(Day{static_cast<std::int32_t>(arg.number)}); break;
            case Arg::Kind::Money: out += money_short(Money{arg.number, arg.currency}); break;
            case Arg::Kind::Nested: out += text(arg.nested.front()); break;
        }
    }
    return out;
}

std::string Locale::date(Day day) const { return date_weekday(day) + ' ' + std::to_string(year_month_day(day).year); }

std::string Locale::date_short(Day day) const {
    const YearMonthDay date = year_month_day(day);
    return std::to_string(date.day) + ' ' + std::string(names_of(language_).months[static_cast<std::size_t>(date.month - 1)]);
}

std::string Locale::date_weekday(Day day) const {
    return std::string(names_of(language_).days[static_cast<std::size_t>(weekday(day))]) + ' ' + date_short(day);
}

std::string Locale::month(Day day) const {
    const YearMonthDay date = year_month_day(day);
    return std::string(names_of(language_).months[static_cast<std::size_t>(date.month - 1)]) + ' ' + std::to_string(date.year);
}

std::string Locale::clock(int minute) const {
    const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return two(minute / 60) + ':' + two(minute % 60);
}

std::string Locale::time(LocalMinute at) const { return date(day_of(at)) + ' ' + clock(minute_of_day(at)); }
std::string Locale::money(Money amount) const { return amount_text(amount, false); }
std::string Locale::money_short(Money amount) const { return amount_text(amount, true); }

std::string Locale::number(std::int64_t value) const {
    if (value < 0) return "\u2212" + grouped(0 - static_cast<std::uint64_t>(value));
    return grouped(static_cast<std::uint64_t>(value));
}

std::string Locale::duration(std::int64_t working_minutes, std::int64_t minutes_per_day) const {
    const std::string sign = working_minutes < 0 ? "\u2212" : "";
    const std::int64_t minutes = std::abs(working_minutes);
    const std::int64_t day = std::max<std::int64_t>(minutes_per_day, 1);
    if (minutes % day == 0) return sign + text(msgn("{n} day", "{n} days", minutes / day));
    // Tenths of a day where they are exact, so that 1.5 days does not read as 12 hours.
    if (minutes * 10 % day == 0 && minutes > day) {
        return sign + text(msg("{0} days", number(minutes / day) + '.' + std::to_string(minutes * 10 / day % 10)));
    }
    if (minutes > day) {
        const Message hours = msgn("{n} hour", "{n} hours", (minutes % day + 30) / 60);
        return sign + text(msg("{0} and {1}", msgn("{n} day", "{n} days", minutes / day), hours));
    }
    if (minutes % 60 == 0) return sign + text(msgn("{n} hour", "{n} hours", minutes / 60));
    return sign + text(msgn("{n} minute", "{n} minutes", minutes));
}

std::string Locale::relative(Day day, Day today) const {
    const int days = day - today;
    const int distance = std::abs(days);
    if (days == 0) return tr("today");
    if (days == 1) return tr("tomorrow");
    if (days == -1) return tr("yesterday");
    if (distance < 14) {
        return text(days > 0 ? msgn("in {n} day", "in {n} days", distance) : msgn("{n} day ago", "{n} days ago", distance));
    }
    if (distance < 70) {
        return text(days > 0 ? msgn("in {n} week", "in {n} weeks", distance / 7) : msgn("{n} week ago", "{n} weeks ago", distance / 7));
    }
    const int months = distance * 12 / 365;
    return text(days > 0 ? msgn("in {n} month", "in {n} months", months) : msgn("{n} month ago", "{n} months ago", months));
}

// The sign does not matter: "-1 day" is said as one day is.
int plural_form(Language language, std::int64_t count) {
    if (language != Language::Welsh) return count == 1 || count == -1 ? 0 : 1;
    switch (count) {
        case 0: return 0;
        case 1: case -1: return 1;
        case 2: case -2: return 2;
        case 3: case -3: return 3;
        case 6: case -6: return 4;
        default: return 5;
    }
}

}  // namespace entente
