// Host: what the program asks of the page it runs in. In the browser it is Window and FirstScreen (main_web.cpp); in tests it
// is a record of what was asked. Nothing here waits.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace entente::app {

struct HostMedia {
    bool dark = true;
    bool reduced_motion = false;
    bool forced_colors = false;
};

class Host {
public:
    virtual ~Host() = default;

    // The workspace's canvas, or the HTML forms that stand before it.
    virtual void show_canvas() = 0;
    virtual void show_unlock(std::string_view workspace_name) = 0;
    virtual void show_new() = 0;
    virtual void show_busy(std::string_view text) = 0;
    // A form about keys and copies, in HTML like the others: nothing secret is ever drawn on the canvas. `name` and what its `text` and
    // `more` say: web/keys.js.
    virtual void show_form(std::string_view name, std::string_view text, std::string_view more) = 0;
    virtual void show_error(std::string_view text, std::string_view remedy) = 0;
    virtual void show_fatal(std::string_view text, std::string_view remedy) = 0;

    // The page begins anew: what it held in memory goes with it, also what was freed and not written over.
    virtual void reload() = 0;

    virtual void wake() = 0;
    virtual void wake_after(int milliseconds) = 0;

    virtual HostMedia media() const = 0;
    virtual void set_theme(std::string_view choice, bool dark, std::uint32_t background) = 0;
    virtual void set_language(std::string_view code) = 0;
    virtual void set_title(std::string_view title) = 0;
    virtual void set_text_scale(int percent) = 0;

    virtual std::string fragment() const = 0;
    virtual void set_fragment(std::string_view fragment, bool replace) = 0;
    virtual std::string base_address() const = 0;
    virtual void open_tab(std::string_view address) = 0;

    virtual std::optional<std::string> preference(std::string_view key) const = 0;
    virtual void set_preference(std::string_view key, std::string_view value) = 0;
    // Whether the browser promises not to clear what it keeps here when room gets short; `ask` it to, which it may put to the person.
    virtual void keep_storage(bool ask, std::function<void(bool)> done) = 0;
    virtual void copy_text(std::string_view text, std::function<void(bool)> done) = 0;
};

}  // namespace entente::app
