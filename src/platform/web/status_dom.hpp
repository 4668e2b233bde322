// The status page's document: what web/library_status.js gives to C++.
//
// Content is built inside the page's one container, element by element, with createElement and textContent only; the library
// refuses tags and attributes that the page has no use for. Nothing appears until end_page().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace entente::platform::status_dom {

// What the page calls back with.
struct Events {
    void (*opened)() = nullptr;                // the page loaded, or the fragment changed
    void (*pressed)(int action) = nullptr;     // a button made with press()
    void (*submitted)() = nullptr;             // the form
};
void listen(const Events& events);

// The part of the address behind "#", with it; empty where there is none.
std::string fragment();
// Today where the reader is.
Day today();
// True where the browser asks for Welsh first.
bool prefers_welsh();

void begin_page();
void open(std::string_view tag, std::string_view style, std::string_view text);
void attribute(std::string_view name, std::string_view value);
void press(int action);  // the open element is a button that does this
void close();
// Puts what was built in place of what stood there. `focus`: the id of the element to go to, or empty.
void end_page(std::string_view title, std::string_view language, std::string_view focus);

// The text of an input, in normalization form C.
std::string value_of(std::string_view id);
void print();
// Calls `work` once what was put on the page is painted: for work that blocks.
void after_paint(void (*work)());

// localStorage, where the browser has it.
std::optional<std::string> stored(const std::string& key);
void store(const std::string& key, const std::string& value);

}  // namespace entente::platform::status_dom
