// Fields: text, money, dates, numbers, choices. Text is typed into a real DOM input that the platform lays over the field; the
// widget draws the frame around it and reads what was typed. A field keeps what is being typed until it is committed (Enter,
// or leaving it) or taken back (Esc).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/widgets/item.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

struct FieldSpec {
    std::string_view name;             // what it is, for a screen reader; the caption above it is drawn by captioned()
    std::string_view value;
    std::string_view placeholder = {};
    std::string_view problem = {};     // why the text cannot be used: shown in red below by captioned()
    std::string_view prefix = {};      // "£", drawn inside at the left
    std::string_view suffix = {};      // "%", drawn inside at the right
    NodeRole role = NodeRole::TextField;
    const char* key = nullptr;         // identity where names repeat
    bool disabled = false;
};

struct Typed {
    std::uint32_t id = 0;
    bool changed = false;      // typed, not committed: `text` is all of it
    bool committed = false;    // finished with another text than before
    std::string text;
};

float field_height(const Frame& frame);
// An area higher than field_height() is for several lines (role TextArea).
Typed text_field(const Frame& frame, Rect area, const FieldSpec& spec);

// The caption and then the box for a field of `height` below it; with `problem` a line in red after it.
Rect captioned(const Frame& frame, Flow& flow, std::string_view caption, float height, std::string_view problem = {});

// Text in a form: `text` follows every key. True when it changed.
bool form_text(const Frame& frame, Flow& flow, std::string_view caption, std::string& text, std::string_view placeholder = {},
               std::string_view problem = {}, float height = 0);

// Amounts of money: minor units once the typed text is an amount (parse_minor); a text that is not one leaves the old value.
std::optional<std::int64_t> money_field(const Frame& frame, Rect area, std::string_view name, Money value, const char* key = nullptr,
                                        bool disabled = false);

// A date, typed ("4 Jun", "Thu 4 Jun 2026", "2026-06-04") or chosen from a month sheet.
struct DateSpec {
    std::string_view name;
    std::optional<Day> value;
    std::string_view placeholder = {};
    const char* key = nullptr;
    bool disabled = false;
    bool clearable = false;            // an empty text is an answer too: a Day of -1
};
inline constexpr Day kNoDay{-1};
std::optional<Day> date_field(const Frame& frame, Rect area, const DateSpec& spec);
// None where the text is not a date. A day and a month without a year is the one nearest to `today`.
std::optional<Day> parse_day(const Locale& locale, std::string_view text, Day today);

// A number with - and + beside it; gives the new number. The text may carry a unit ("10 days"), which is not read.
struct NumberSpec {
    std::string_view name;
    std::int64_t value = 0;            // in hundredths where `decimals` is 2
    int decimals = 0;
    std::int64_t step = 1, low = 0, high = 1'000'000;
    std::string_view unit = {};        // "days"
    std::string_view less, more;       // names of the two buttons
    const char* key = nullptr;
    bool disabled = false;
};
std::optional<std::int64_t> number_field(const Frame& frame, Rect area, const NumberSpec& spec);
// A percentage under its caption, `value` in hundredths of a per cent where `decimals` is 2.
struct PercentSpec {
    const char* name;
    std::int64_t value = 0;
    int decimals = 2;
    std::int64_t step = 50, low = 0, high = 100'000;
};
std::optional<std::int64_t> percent_field(const Frame& frame, Flow& flow, const PercentSpec& spec);
// "1.5" with two decimals is 150; none for what is not a number.
std::optional<std::int64_t> parse_fixed(std::string_view text, int decimals);
std::string fixed_text(std::int64_t value, int decimals);

// One of a list. `options` is asked for only when the list opens.
struct SelectSpec {
    std::string_view name;
    std::string_view shown;            // the text of the chosen one
    int selected = -1;
    const char* key = nullptr;
    bool disabled = false;
};
std::optional<int> select(const Frame& frame, Rect area, const SelectSpec& spec,
                          const std::function<std::vector<std::string>()>& options);

}  // namespace entente::ui
