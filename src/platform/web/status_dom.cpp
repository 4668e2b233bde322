#include "platform/web/status_dom.hpp"

#include <cstdlib>

// web/library_status.js. Texts given by it lie in entente_status_room(); null is none.
extern "C" {
void entente_status_listen(void);
char* entente_status_fragment(void);
int entente_status_today(void);
int entente_status_prefers_welsh(void);
void entente_status_begin(void);
void entente_status_open(const char* tag, std::size_t tag_size, const char* style, std::size_t style_size, const char* text,
                         std::size_t text_size);
void entente_status_attribute(const char* name, std::size_t name_size, const char* value, std::size_t value_size);
void entente_status_press(int action);
void entente_status_close(void);
void entente_status_end(const char* title, std::size_t title_size, const char* language, std::size_t language_size,
                        const char* focus, std::size_t focus_size);
char* entente_status_value(const char* id, std::size_t size);
void entente_status_print(void);
void entente_status_after_paint(void);
char* entente_status_stored(const char* key, std::size_t size);
void entente_status_store(const char* key, std::size_t key_size, const char* value, std::size_t value_size);
}

namespace {

entente::platform::status_dom::Events events;
void (*work_after_paint)() = nullptr;

std::optional<std::string> take(char* text) {
    if (!text) return std::nullopt;
    std::string out(text);
    std::free(text);
    return out;
}

}  // namespace

// What the library calls.
extern "C" {

// Room for a text on its way to C++.
__attribute__((used, visibility("default"), export_name("entente_status_room"))) void* entente_status_room(int size) {
    return std::malloc(static_cast<std::size_t>(size));
}

__attribute__((used, visibility("default"), export_name("entente_status_opened"))) void entente_status_opened(void) {
    events.opened();
}

__attribute__((used, visibility("default"), export_name("entente_status_pressed"))) void entente_status_pressed(int action) {
    events.pressed(action);
}

__attribute__((used, visibility("default"), export_name("entente_status_submitted"))) void entente_status_submitted(void) {
    events.submitted();
}

__attribute__((used, visibility("default"), export_name("entente_status_painted"))) void entente_status_painted(void) {
    if (void (*work)() = work_after_paint) {
        work_after_paint = nullptr;
        work();
    }
}
}

namespace entente::platform::status_dom {

void listen(const Events& to) {
    events = to;
    entente_status_listen();
}

std::string fragment() { return take(entente_status_fragment()).value_or(std::string()); }
Day today() { return Day{entente_status_today()}; }
bool prefers_welsh() { return entente_status_prefers_welsh() != 0; }

void begin_page() { entente_status_begin(); }
void open(std::string_view tag, std::string_view style, std::string_view text) {
    entente_status_open(tag.data(), tag.size(), style.data(), style.size(), text.data(), text.size());
}
void attribute(std::string_view name, std::string_view value) {
    entente_status_attribute(name.data(), name.size(), value.data(), value.size());
}
void press(int action) { entente_status_press(action); }
void close() { entente_status_close(); }
void end_page(std::string_view title, std::string_view language, std::string_view focus) {
    entente_status_end(title.data(), title.size(), language.data(), language.size(), focus.data(), focus.size());
}

std::string value_of(std::string_view id) { return take(entente_status_value(id.data(), id.size())).value_or(std::string()); }
void print() { entente_status_print(); }
void after_paint(void (*work)()) {
    work_after_paint = work;
    entente_status_after_paint();
}

std::optional<std::string> stored(const std::string& key) { return take(entente_status_stored(key.data(), key.size())); }
void store(const std::string& key, const std::string& value) {
    entente_status_store(key.data(), key.size(), value.data(), value.size());
}

}  // namespace entente::platform::status_dom
