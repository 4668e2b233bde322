// Locale: turns Messages, days, times, money and numbers into text in English or Welsh.
//
// Immutable and cheap to copy. It has its own tables for dates because browsers lack Welsh ones. Dates read
// "Tue 3 Mar 2026", never 03/03/26. Money shows its currency sign and always its minor units unless they are zero and
// short form is asked for.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/catalogue.hpp"
#include "base/message.hpp"

namespace entente {

enum class Language : std::uint8_t { English, Welsh };

class Locale {
public:
    explicit Locale(Language language = Language::English);

    Language language() const { return language_; }
    const char* code() const;  // "en", "cy"

    // The text of a literal in this language; the literal itself where no translation exists. NUL-terminated, lives
    // for ever. `id` must be a string literal.
    const char* tr(std::string_view id) const;
    const char* trc(std::string_view context, std::string_view id) const;

    std::string text(const Message& message) const;

    std::string date(Day day) const;            // Tue 3 Mar 2026
    std::string date_short(Day day) const;      // 3 Mar
    std::string date_weekday(Day day) const;    // Tue 3 Mar
    std::string month(Day day) const;           // Mar 2026
    std::string time(LocalMinute at) const;     // Tue 3 Mar 2026 17:00
    std::string clock(int minute_of_day) const; // 17:00
    std::string money(Money amount) const;      // £7,440.00
    std::string money_short(Money amount) const;// £7,440 where there are no pence
    std::string number(std::int64_t value) const;
    // Whole and half days of working time: "3 days", "1.5 days", "4 hours".
    std::string duration(std::int64_t working_minutes, std::int64_t minutes_per_day) const;
    // "today", "tomorrow", "in 5 weeks", "3 days ago"
    std::string relative(Day day, Day today) const;

private:
    std::string fill(std::string_view pattern, const Message& message) const;

    Language language_;
    std::span<const CatalogueEntry> entries_;
};

// The CLDR cardinal plural category as an index into a catalogue entry's forms: Welsh 0..5, English 0..1.
int plural_form(Language language, std::int64_t count);

}  // namespace entente
