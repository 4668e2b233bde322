// What a plan holds that Microsoft Project has no place for: kept in its custom text fields, under names of our own, so that a plan
// that went out comes back whole, also after Microsoft Project has opened and saved it.
//
// Text1 to Text10 are of tasks, as are Duration1 and Duration3, their lengths at best and at worst; Text11 to Text30 stand on the
// project's summary task (number 0) and say what belongs to the whole project. They are found by their alias ("Entente stage"), not by
// their number. A value holds at most 255 bytes, which is what Microsoft Project keeps of a text field. `Facts` begins with the version of
// this layout.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/plan/model.hpp"
#include "exchange/xml_file.hpp"

namespace entente::exchange {

inline constexpr std::size_t kMaxOwnText = 255;
inline constexpr int kOwnCalendarFields = 6, kOwnBaselines = 11;

// The number of the text field; the last two are lengths.
namespace own_text {
inline constexpr int kStage = 1, kCode = 2, kClientSees = 3, kPromised = 4, kClientPart = 5, kClientOwner = 6, kQuestion = 7,
                     kAnswered = 8, kAnswer = 9, kPause = 10, kClient = 11, kKind = 12, kFacts = 13, kCalendars = 14,
                     kBaselines = 20, kBest = 31, kWorst = 32, kLast = 32;
}

// "Text1", "Duration3"
std::string own_field_name(int text);
// "Entente stage"; of resources, "Entente charge per hour".
std::string own_alias(int text);
inline constexpr const char* kOwnChargeAlias = "Entente charge per hour";
// As Microsoft Project numbers its fields.
std::int64_t own_field_id(int text);
inline constexpr std::int64_t kOwnChargeFieldId = 205'520'904;  // Text1 of resources

// How a calendar's own facts are written: its number in the file, region, length of a day, and the years whose bank holidays
// were written out as exceptions.
struct OwnCalendar {
    std::int64_t uid = 0;
    plan::HolidayRegion region = plan::HolidayRegion::None;
    std::int64_t minutes_per_day = 480;
    Day first, last;
};
std::string own_calendar_text(const OwnCalendar& calendar);
std::vector<OwnCalendar> parse_own_calendars(std::string_view text);  // leaves out what it cannot read

// "1 fee=186400 critical=480": the layout's version and the numbers of the project.
struct OwnFacts {
    std::int64_t fee_minor = 0, critical_float_minutes = 0;
};
std::string own_facts_text(const OwnFacts& facts);
std::optional<OwnFacts> parse_own_facts(std::string_view text);

class OwnFields {
public:
    OwnFields(const XmlFile& xml, pugi::xml_node root);

    // The file was written by Entente, in a layout that is known here.
    bool present() const { return facts_.has_value(); }
    const OwnFacts& facts() const { return *facts_; }
    std::optional<std::string> of(pugi::xml_node node, int text) const;
    std::optional<std::string> of_project(int text) const { return of(summary_, text); }
    std::optional<std::string> charge_of(pugi::xml_node resource) const;
    std::vector<OwnCalendar> calendars() const;

private:
    std::optional<std::string> value(pugi::xml_node node, std::int64_t field) const;

    const XmlFile& xml_;
    pugi::xml_node summary_;
    std::map<int, std::int64_t> field_of_;  // text number to the file's FieldID
    std::optional<std::int64_t> charge_field_;
    std::optional<OwnFacts> facts_;
};

}  // namespace entente::exchange
