#include "exchange/mspdi_own.hpp"

#include <array>

#include "base/text.hpp"

namespace entente::exchange {

namespace {

constexpr std::int64_t kTaskField = 188'743'680;
constexpr std::array<const char*, 3> kRegions = {"ew", "sc", "ni"};

constexpr std::array<const char*, 13> kAliases = {
    "Entente stage",        "Entente code",       "Entente client sees",    "Entente promised",     "Entente client part",
    "Entente client owner", "Entente question",   "Entente answered",       "Entente answer",       "Entente pause in minutes",
    "Entente client",       "Entente kind",       "Entente facts",
};

std::optional<std::int64_t> whole(std::string_view text) { return parse_scaled(text, 0); }

}  // namespace

std::string own_field_name(int text) {
    if (text < own_text::kBest) return "Text" + std::to_string(text);
    return text == own_text::kBest ? "Duration1" : "Duration3";
}

std::string own_alias(int text) {
    if (text == own_text::kBest) return "Entente at best";
    if (text == own_text::kWorst) return "Entente at worst";
    if (text < own_text::kCalendars) return kAliases[static_cast<std::size_t>(text - 1)];
    if (text < own_text::kBaselines) return "Entente calendars " + std::to_string(text - own_text::kCalendars + 1);
    return "Entente baseline " + std::to_string(text - own_text::kBaselines);
}

std::int64_t own_field_id(int text) {
    constexpr std::array<int, 10> kFirst = {51, 54, 57, 60, 63, 66, 67, 68, 69, 70};
    if (text >= own_text::kBest) return kTaskField + (text == own_text::kBest ? 103 : 105);
    return kTaskField + (text <= 10 ? kFirst[static_cast<std::size_t>(text - 1)] : 317 + text - 11);
}

std::string own_calendar_text(const OwnCalendar& calendar) {
    const char* region = calendar.region == plan::HolidayRegion::None ? "-" : kRegions[static_cast<std::size_t>(calendar.region) - 1];
    return std::to_string(calendar.uid) + " " + region + " " + std::to_string(calendar.minutes_per_day) + " " + iso(calendar.first) +
           " " + iso(calendar.last);
}

std::vector<OwnCalendar> parse_own_calendars(std::string_view text) {
    std::vector<OwnCalendar> out;
    for (const std::string_view part : split(text, ';')) {
        const std::vector<std::string_view> words = split(trim(part), ' ');
        if (words.size() != 5) continue;
        const auto uid = whole(words[0]), minutes = whole(words[2]);
        const auto first = parse_iso_day(words[3]), last = parse_iso_day(words[4]);
        if (!uid || !minutes || *minutes <= 0 || *minutes > kMinutesPerDay || !first || !last) continue;
        OwnCalendar calendar{*uid, plan::HolidayRegion::None, *minutes, *first, *last};
        for (std::size_t i = 0; i < kRegions.size(); ++i)
            if (words[1] == kRegions[i]) calendar.region = static_cast<plan::HolidayRegion>(i + 1);
        out.push_back(calendar);
    }
    return out;
}

std::string own_facts_text(const OwnFacts& facts) {
    return "1 fee=" + std::to_string(facts.fee_minor) + " critical=" + std::to_string(facts.critical_float_minutes);
}

std::optional<OwnFacts> parse_own_facts(std::string_view text) {
    const std::vector<std::string_view> words = split(trim(text), ' ');
    if (words.empty() || words[0] != "1") return std::nullopt;
    OwnFacts facts;
    for (const std::string_view word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos) continue;
        const auto number = whole(word.substr(equals + 1));
        if (!number) continue;
        if (word.substr(0, equals) == "fee") facts.fee_minor = *number;
        if (word.substr(0, equals) == "critical") facts.critical_float_minutes = *number;
    }
    return facts;
}

OwnFields::OwnFields(const XmlFile& xml, pugi::xml_node root) : xml_(xml) {
    std::map<std::string, std::int64_t, std::less<>> by_alias;
    for (const pugi::xml_node node : xml.children(xml.child(root, "ExtendedAttributes"), "ExtendedAttribute"))
        if (const auto field = xml.number(node, "FieldID")) by_alias.emplace(xml.text(node, "Alias"), *field);
    for (int text = 1; text <= own_text::kLast; ++text)
        if (const auto found = by_alias.find(own_alias(text)); found != by_alias.end()) field_of_.emplace(text, found->second);
    if (const auto found = by_alias.find(kOwnChargeAlias); found != by_alias.end()) charge_field_ = found->second;
    if (!field_of_.count(own_text::kFacts)) return;
    for (const pugi::xml_node node : xml.children(xml.child(root, "Tasks"), "Task")) {
        if (xml.number(node, "UID") != 0) continue;
        summary_ = node;
        break;
    }
    if (const auto facts = of_project(own_text::kFacts)) facts_ = parse_own_facts(*facts);
}

std::optional<std::string> OwnFields::value(pugi::xml_node node, std::int64_t field) const {
    for (const pugi::xml_node one : xml_.children(node, "ExtendedAttribute"))
        if (xml_.number(one, "FieldID") == field) return clean_utf8(truncate_utf8(xml_.text(one, "Value"), kMaxOwnText));
    return std::nullopt;
}

std::optional<std::string> OwnFields::of(pugi::xml_node node, int text) const {
    const auto found = field_of_.find(text);
    return found == field_of_.end() ? std::nullopt : value(node, found->second);
}

std::optional<std::string> OwnFields::charge_of(pugi::xml_node resource) const {
    return charge_field_ ? value(resource, *charge_field_) : std::nullopt;
}

std::vector<OwnCalendar> OwnFields::calendars() const {
    std::vector<OwnCalendar> out;
    for (int i = 0; i < kOwnCalendarFields; ++i) {
        const auto text = of_project(own_text::kCalendars + i);
        if (!text) continue;
        const std::vector<OwnCalendar> more = parse_own_calendars(*text);
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

}  // namespace entente::exchange
