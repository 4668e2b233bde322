#include "platform/web/first_screen.hpp"

#include <emscripten/emscripten.h>

#include <utility>

#include "platform/web/js.hpp"

namespace entente::platform {
namespace {

FirstScreenActions g_actions;

void tell_page(const char* what, std::string_view text, std::string_view more = {}) {
    entente_js_screen(what, std::string(text).c_str(), std::string(more).c_str());
}

}  // namespace

void FirstScreen::connect(FirstScreenActions actions) {
    g_actions = std::move(actions);
    entente_js_screen_connect();
}

void FirstScreen::show_unlock(std::string_view workspace_name) { tell_page("unlock", workspace_name); }

void FirstScreen::show_new() { tell_page("new", {}); }

void FirstScreen::show_form(std::string_view name, std::string_view text, std::string_view more) {
    tell_page(std::string(name).c_str(), text, more);
}

void FirstScreen::hide() { tell_page("hide", {}); }

void FirstScreen::show_busy(std::string_view text) { tell_page("busy", text); }

void FirstScreen::show_error(std::string_view text, std::string_view remedy) { tell_page("error", text, remedy); }

void FirstScreen::show_fatal(std::string_view text, std::string_view remedy) { tell_page("fatal", text, remedy); }

}  // namespace entente::platform

// The page's forms. `first` and `second` are malloc'ed and ours; both are wiped, they may hold a passphrase.
extern "C" EMSCRIPTEN_KEEPALIVE void entente_web_screen_action(int action, char* first, int first_size, char* second, int second_size) {
    const auto& actions = entente::platform::g_actions;
    const auto take = [](char* text, int size) {
        std::string copy(text == nullptr ? "" : text, text == nullptr ? 0 : static_cast<std::size_t>(size));
        for (volatile char* at = text; at != nullptr && size > 0; --size) {
            *at++ = 0;
        }
        std::free(text);
        return copy;
    };
    std::string one = take(first, first_size), two = take(second, second_size);
    switch (action) {
        case 0: if (actions.unlock) actions.unlock(std::move(one)); break;
        case 1: if (actions.create) actions.create(std::move(one), std::move(two)); break;
        case 2: if (actions.sample) actions.sample(); break;
        case 3: if (actions.language_changed) actions.language_changed(std::move(one)); break;
        case 4: if (actions.theme_changed) actions.theme_changed(std::move(one)); break;
        default: if (actions.form) actions.form(action, std::move(one), std::move(two)); break;
    }
}
