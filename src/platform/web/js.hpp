// What web/library_web.js and web/library_mirror.js give to C++, and how a long call comes back. JavaScript moves bytes, not
// rules.
//
// Strings given by JavaScript are malloc'ed and owned by the receiver: take_text and take_bytes free them. A call that is
// answered later gets a ticket from `expect`; JavaScript ends it with entente_web_answer(ticket, status, data, size), once.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>

#include "base/bytes.hpp"

extern "C" {
// The page.
void entente_js_start();
void entente_js_show(int visible);
void entente_js_cursor(const char* name);
void entente_js_theme(const char* name, int dark, const char* background);
void entente_js_language(const char* code);
void entente_js_title(const char* title);
char* entente_js_fragment();
void entente_js_set_fragment(const char* fragment, int replace);
char* entente_js_base_address();
void entente_js_open_tab(const char* address);
void entente_js_reload(void);
char* entente_js_get_preference(const char* key);  // null: none
void entente_js_set_preference(const char* key, const char* value);
void entente_js_copy_text(const char* text, int ticket);
void entente_js_keep_storage(int ask, int ticket);
int entente_js_font_size(const char* name);
void entente_js_font_copy(const char* name, std::uint8_t* out);
void entente_js_fetch(const char* path, int ticket);
void entente_js_wake_after(int milliseconds);
void entente_js_answer_soon(void);
void entente_js_swallow_wheel(int swallow);

// The canvas without a graphics context (renderer.hpp): RGBA rows that go to `top`. 0: it cannot be had.
int entente_js_paint_open();
void entente_js_paint(const std::uint32_t* pixels, int width, int height, int top, int left, int right);
double entente_js_screen_pixels();  // device pixels of the screen the page stands on

// The ports.
double entente_js_now();
int entente_js_offset_minutes(double utc_ms);
void entente_js_random(std::uint8_t* out, int size);
char* entente_js_witness_get(const char* key);
void entente_js_witness_set(const char* key, const char* value);
void entente_js_worker(const std::uint8_t* request, int size, int ticket);
void entente_js_pick(const char* accept, double max_bytes, int ticket);
void entente_js_save(const char* name, const char* mime, const std::uint8_t* bytes, int size);

// The first screen.
void entente_js_screen_connect();
void entente_js_screen(const char* what, const char* text, const char* more);

// The mirror.
void entente_js_mirror_apply(const std::uint8_t* operations, int size);
void entente_js_mirror_announce(const char* text, int assertive);
}

namespace entente::platform {

enum class Answer { Ok = 0, Failed = 1, Cancelled = 2, TooLarge = 3 };

// `done` gets the status, the bytes, and the text that came with them (a file name, an error of the browser in English).
using AnswerFunction = std::function<void(Answer, Bytes, std::string)>;
int expect_answer(AnswerFunction done);

inline std::string take_text(char* text) {
    std::string result(text == nullptr ? "" : text);
    std::free(text);
    return result;
}

}  // namespace entente::platform
