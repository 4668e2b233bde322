// The sections of a status: each adds itself to <main> where there is something to show.
#pragma once

#include <string>
#include <string_view>

#include "app/status/node.hpp"
#include "base/locale.hpp"
#include "share/status.hpp"

namespace entente::status {

// A state is a shape, a word and a colour.
inline constexpr std::string_view kTick = "\xE2\x9C\x93";      // done, on time, agreed
inline constexpr std::string_view kTriangle = "\xE2\x96\xB2";  // needs care
inline constexpr std::string_view kSquare = "\xE2\x96\xA0";    // late, wrong
inline constexpr std::string_view kCircle = "\xE2\x97\x8F";    // open, neutral

struct Context {
    const Locale& locale;
    const share::Status& status;
    Day today;
    std::string text_language;  // of what the house wrote, where it is not the page's
};

// Something the house wrote, in its own language.
Node house_text(const Context& c, std::string_view tag, std::string_view style, const std::string& text);
Node state(std::string_view style, std::string_view shape, std::string word);

void add_needs(const Context& c, Node& main);
void add_dates(const Context& c, Node& main);
void add_moves(const Context& c, Node& main);
void add_changes(const Context& c, Node& main);
void add_tasks(const Context& c, Node& main);
void add_actions(const Context& c, Node& main);
void add_risks(const Context& c, Node& main);
void add_rounds(const Context& c, Node& main);
void add_agreements(const Context& c, Node& main);

}  // namespace entente::status
