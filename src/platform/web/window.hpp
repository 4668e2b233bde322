// Window: the page as the program sees it. It owns the canvas, the frame loop, input, the semantic mirror and whatever else
// of the browser the program needs: address, title, preferences, media queries, clipboard.
//
// - One Window exists. It lives for as long as the page; callbacks of the browser reach it.
// - ImGui's unit is the device pixel. `scale()` is device pixels for one CSS pixel, text scale included.
// - Nothing is drawn while nothing changes. Every event from the browser wakes the window by itself; whoever changes
//   something at another moment (an answer from storage) calls wake(). A woken window draws the frames Dear ImGui needs to
//   settle and then stops: no animation frame is requested and no timer runs.
// - A frame: semantics.begin_frame, ImGui::NewFrame, hooks.frame, ImGui::Render, semantics.end_frame; once more where hooks.stale() says
// that
//   what was done in it made it old; then draw, mirror.
// - Keys reach ImGui only where no DOM text field has them. Text is never typed into ImGui, but for the sign "?". A key is
//   kept from the browser only where hooks.wants_key says so; Ctrl with + - 0 never is.
// - Pinch and Ctrl+wheel arrive in ImGui as wheel with Ctrl. They are kept from the browser's own zoom only where the hovered
//   item owns ImGuiKey_MouseWheelY (ImGui::SetItemKeyOwner).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ui/semantics.hpp"

namespace entente::platform {

struct WindowSize {
    int width = 0, height = 0;    // device pixels
    float pixel_ratio = 1.0f;     // device pixels for one CSS pixel: the display's ratio times the browser's zoom
    friend bool operator==(const WindowSize&, const WindowSize&) = default;
};

// What the system and the browser say. `dark` is the system's wish; the person's own choice is the caller's.
struct Media {
    bool dark = true;
    bool reduced_motion = false;
    bool forced_colors = false;
    bool online = true;
    bool visible = true;
    friend bool operator==(const Media&, const Media&) = default;
};

struct WindowHooks {
    // Everything between ImGui::NewFrame and ImGui::Render: pump, draw, drain.
    std::function<void()> frame;
    // Whether the frame just made shows what is no longer so, because of what was done in it: another one follows before anything is drawn.
    std::function<bool()> stale;
    // Fills io.Fonts (emptied before the call) for `scale` and applies the style. Called before the first frame and before
    // the first frame of every new scale.
    std::function<void(float scale)> fonts;
    // media() has changed; a frame follows by itself.
    std::function<void()> media_changed;
    // The person went Back or Forward or edited the address. Not called for set_fragment.
    std::function<void(std::string fragment)> navigated;
    // The page is being hidden or left: write what is not yet written. May be called many times.
    std::function<void()> flush;
    // The time of wake_after() has come. A hidden page draws no frame then.
    std::function<void()> timer;
    // The person did something: moved, pressed, typed. For what locks itself after a time without anybody.
    std::function<void()> input;
    // Whether the program uses this key (an ImGuiKeyChord: ImGuiKey_K | ImGuiMod_Ctrl). Unset: the browser keeps every key.
    std::function<bool(int chord)> wants_key;
};

// Numbers for window.entente.stats(); the caller keeps all but the first up to date.
struct WindowStats {
    std::uint64_t frames = 0;       // sent to the screen since the start
    std::uint64_t sequence = 0;
    std::uint64_t durable_sequence = 0;
    std::uint64_t preview_ms = 0;   // see Program::preview_ms()
};

class Window {
public:
    Window(ui::Semantics& semantics, WindowHooks hooks);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    // Makes the ImGui context, the WebGL2 context and its shaders, and listens. Unsupported where there is no WebGL2: the page
    // itself has then told the person.
    Result<void> open();

    // The canvas and the mirror are on the page or not (the first screen stands there instead). Hidden, nothing is drawn, input
    // does not reach ImGui, and the mirror is empty: nothing of the workspace stays in the page.
    void show();
    void hide();

    void wake();
    void wake_after(int milliseconds);  // the earliest counts; a frame forgets it, and who still wants it asks again

    WindowSize size() const;
    float scale() const;
    void set_text_scale(int percent);                // 50..200; the fonts hook follows with the next frame
    const Media& media() const;

    // The colour behind everything, as IM_COL32: the canvas is cleared with it, so no window needs a background of its own.
    void set_background(std::uint32_t rgba);
    // Tells the page ("dark", "light"), so that its fields, scroll bars and colours follow.
    void set_theme(std::string_view name, bool dark);
    void set_language(std::string_view code);        // <html lang>: what screen readers pronounce
    void set_title(std::string_view title);

    // The address after '#', decoded, without it. set_fragment makes an entry in the history, or replaces the present one.
    std::string fragment() const;
    void set_fragment(std::string_view fragment, bool replace = false);
    // The address of the page without fragment and query: "http://127.0.0.1:8080/".
    std::string base_address() const;
    void open_tab(std::string_view address);         // in a new tab, which cannot reach this one
    void reload();                                   // the page begins anew, and all of its memory goes

    // Small choices kept in this browser: "theme", "language", "text_scale". Never anything of the workspace's content.
    std::optional<std::string> preference(std::string_view key) const;
    void set_preference(std::string_view key, std::string_view value);

    // To the clipboard. Works in a person's gesture; `done` tells whether it did.
    void copy_text(std::string_view text, std::function<void(bool)> done = {});
    // Whether the browser keeps what this site stores also when room gets short; with `ask` it is asked to.
    void keep_storage(bool ask, std::function<void(bool)> done);

    // A file of the site that the shell has already fetched: "inter-400", "inter-500", "inter-600", "icons". Empty: missing.
    Bytes font(std::string_view name) const;
    // A small file of our own origin ("sample/the-long-field.csv"), for instance; offline too.
    void fetch(std::string path, std::function<void(Result<Bytes>)> done);

    WindowStats& stats();

    struct Impl;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace entente::platform
