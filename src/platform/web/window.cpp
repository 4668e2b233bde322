#include "platform/web/window.hpp"

#include <emscripten/emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "platform/web/js.hpp"
#include "platform/web/window_impl.hpp"
#include "ui/semantics_hooks.hpp"

namespace entente::platform {
namespace {

Window::Impl* g_window = nullptr;   // the one Window, for callbacks of the browser

constexpr int kSettlingFrames = 3;  // what Dear ImGui needs until layout, hover and popups have come to rest

int on_animation_frame(double, void* data) {
    auto* window = static_cast<Window::Impl*>(data);
    window->scheduled = false;
    if (window->answered && !window->something_new()) {
        window->schedule_frame();
    } else {
        window->frame();
    }
    window->answered = false;
    return EM_FALSE;
}

int on_blur(int, const EmscriptenFocusEvent*, void* data) {
    auto* window = static_cast<Window::Impl*>(data);
    window->input.release_all();
    ImGui::GetIO().AddFocusEvent(false);
    window->schedule();
    return EM_FALSE;
}

int on_focus(int, const EmscriptenFocusEvent*, void* data) {
    ImGui::GetIO().AddFocusEvent(true);
    static_cast<Window::Impl*>(data)->schedule();
    return EM_FALSE;
}

int on_context(int type, const void*, void* data) {
    auto* window = static_cast<Window::Impl*>(data);
    if (type == EMSCRIPTEN_EVENT_WEBGLCONTEXTLOST) {
        window->renderer.context_lost();
    } else if (window->renderer.context_restored()) {
        window->schedule();
    }
    return EM_TRUE;  // we make it anew ourselves
}

void set_clipboard(void*, const char* text) { entente_js_copy_text(text, 0); }

const char* cursor_name(int cursor) {
    switch (cursor) {
        case ImGuiMouseCursor_None: return "none";
        case ImGuiMouseCursor_TextInput: return "text";
        case ImGuiMouseCursor_ResizeAll: return "move";
        case ImGuiMouseCursor_ResizeNS: return "ns-resize";
        case ImGuiMouseCursor_ResizeEW: return "ew-resize";
        case ImGuiMouseCursor_ResizeNESW: return "nesw-resize";
        case ImGuiMouseCursor_ResizeNWSE: return "nwse-resize";
        case ImGuiMouseCursor_Hand: return "pointer";
        case ImGuiMouseCursor_NotAllowed: return "not-allowed";
        default: return "default";
    }
}

std::string css_color(std::uint32_t abgr) {
    const char* digits = "0123456789abcdef";
    std::string text = "#";
    for (const int shift : {0, 8, 16}) {
        text += digits[(abgr >> (shift + 4)) & 15];
        text += digits[(abgr >> shift) & 15];
    }
    return text;
}

}  // namespace

void wake_window() {
    if (g_window != nullptr) {
        g_window->schedule();
    }
}

void FrameTimes::add(double milliseconds) { times_[count_++ % times_.size()] = milliseconds; }

double FrameTimes::percentile95() const {
    std::vector<double> sorted(times_.begin(), times_.begin() + static_cast<std::ptrdiff_t>(std::min(count_, times_.size())));
    if (sorted.empty()) {
        return 0.0;
    }
    const auto at = sorted.begin() + static_cast<std::ptrdiff_t>((sorted.size() - 1) * 95 / 100);
    std::nth_element(sorted.begin(), at, sorted.end());
    return *at;
}

void Window::Impl::schedule() {
    frames_wanted = kSettlingFrames;
    if (shown && !in_frame) schedule_frame();
}

void Window::Impl::schedule_frame() {
    if (scheduled) return;
    scheduled = true;
    emscripten_request_animation_frame(on_animation_frame, this);
}

// What was pressed or entered is answered as soon as its event is over; the browser shows the picture with its next frame. Waiting for
// that frame's callback would leave the time until then unused; and what only comes to rest after the answer waits for the callback of
// the frame after, so that the answer is seen first.
void Window::Impl::answer_soon() {
    if (!shown || answering || in_frame) return;
    answering = true;
    entente_js_answer_soon();
}

void Window::Impl::answer() {
    answering = false;
    if (!semantics.has_events()) return;  // a frame has come in between
    frame();
    answered = true;
}

void Window::Impl::resized(int width, int height, float ratio) {
    const WindowSize next{width, height, ratio};
    if (next == size || width <= 0 || height <= 0) {
        return;
    }
    size = next;
    if (open && shown && !in_frame) {
        frame();  // before the browser paints: otherwise the old picture would be stretched for a moment
    } else if (open && !shown) {
        fonts_current();  // behind the first screen there is time for the atlas
    }
    schedule();
}

float Window::Impl::scale() const { return size.pixel_ratio * static_cast<float>(text_scale_percent) / 100.0f; }

void Window::Impl::wake_after(int milliseconds) {
    const double at = emscripten_get_now() + milliseconds;
    if (wake_at_ms == 0 || at < wake_at_ms) {
        wake_at_ms = at;
    }
    if (!in_frame) {
        set_timer();
    }
}

void Window::Impl::set_timer() {
    entente_js_wake_after(wake_at_ms == 0 ? -1 : std::max(static_cast<int>(wake_at_ms - emscripten_get_now()), 0) + 1);
}

// The atlas fits the scale, or is made anew.
bool Window::Impl::fonts_current() {
    const float scale = this->scale();
    if (scale == fonts_scale) {
        return true;
    }
    ImGui::GetIO().Fonts->Clear();
    hooks.fonts(scale);
    if (ImGui::GetIO().Fonts->Fonts.empty()) {
        return false;
    }
    fonts_scale = scale;
    renderer.upload_atlas();
    return true;
}

// Whether what was drawn may still change although nothing more comes in.
bool Window::Impl::unsettled() const {
    return frames_wanted > 0 || mirror.settling() || something_new();
}

bool Window::Impl::something_new() const {
    return semantics.has_events() || input.waits() || ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
}

void Window::Impl::frame() {
    if (!open || !shown || in_frame || size.width <= 0 || !fonts_current()) {
        return;
    }
    in_frame = true;
    wake_at_ms = 0;  // who still wants it asks again
    // What waits is taken by this frame, and what it changes shows in the next ones.
    if (something_new()) {
        frames_wanted = kSettlingFrames + 1;
    }
    --frames_wanted;
    const double begun = emscripten_get_now();
    compose(begun);
    // What a person did is shown at once: a frame that it made old is not drawn.
    if (shown && hooks.stale && hooks.stale()) {
        compose(emscripten_get_now());
        frames_wanted = kSettlingFrames;
    }
    in_frame = false;
    if (!shown) {
        return;  // locked while drawing: nothing of it may reach the page
    }
    present(begun);
}

// Asks the program for a frame and lays it out, without drawing it.
void Window::Impl::compose(double begun) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = ImVec2(static_cast<float>(size.width), static_cast<float>(size.height));
    io.DeltaTime = static_cast<float>(std::clamp((begun - last_frame_ms) / 1000.0, 0.001, 1.0));
    last_frame_ms = begun;
    semantics.begin_frame(input.before_frame(begun));
    ImGui::NewFrame();
    scrolling = io.MouseWheel != 0 || io.MouseWheelH != 0;
    hooks.frame();
    ui::press_unclaimed(semantics);
    semantics.end_frame();
    ImGui::Render();
    input.after_frame();
}

void Window::Impl::present(double begun) {
    if (renderer.draw(*ImGui::GetDrawData(), size.width, size.height, background)) {
        ++stats.frames;
    }
    mirror.update(semantics, size.pixel_ratio, emscripten_get_now(), scrolling);
    if (const int wanted = ImGui::GetMouseCursor(); wanted != cursor) {
        cursor = wanted;
        entente_js_cursor(cursor_name(wanted));
    }
    times.add(emscripten_get_now() - begun);
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    // A tooltip is waited for.
    const float tooltip_delay = context.Style.HoverDelayNormal - context.HoverItemDelayTimer;
    if (context.HoverItemDelayId != 0 && tooltip_delay > 0) {
        wake_after(static_cast<int>(tooltip_delay * 1000.0f) + 20);
    }
    set_timer();
    if (unsettled()) schedule_frame();
}

Window::Window(ui::Semantics& semantics, WindowHooks hooks) : impl_(std::make_unique<Impl>(semantics, std::move(hooks))) {
    g_window = impl_.get();
}

Window::~Window() {
    if (ImGui::GetCurrentContext() != nullptr) {
        ImGui::DestroyContext();
    }
    g_window = nullptr;
}

Result<void> Window::open() {
    Impl& window = *impl_;
    if (!window.renderer.open(entente_js_screen_pixels(), preference("renderer").value_or(std::string()))) {
        entente_js_screen("unsupported", "", "");
        return fail(ErrorCode::Unsupported, msg("This browser cannot draw the program."), {},
                    msg("Use a current Chromium, Firefox or Safari."));
    }
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendPlatformName = "entente_web";
    io.BackendRendererName = "entente_webgl2";
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
    io.SetClipboardTextFn = set_clipboard;
    io.ConfigMacOSXBehaviors = false;
    ui::hook_items(ImGui::GetCurrentContext(), &window.semantics);

    InputHooks input;
    input.wake = [&window] {
        if (window.hooks.input) {
            window.hooks.input();
        }
        window.schedule();
    };
    input.wake_after = [&window](int milliseconds) { window.wake_after(milliseconds); };
    input.wants_key = window.hooks.wants_key;
    input.pixel_ratio = [&window] { return window.size.pixel_ratio; };
    input.active = [&window] { return window.shown; };
    input.posted = [&window] { return window.semantics.posted(); };
    input.answered = [&window] { return window.semantics.answered(); };
    window.input.listen(std::move(input));
    emscripten_set_blur_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, &window, EM_FALSE, on_blur);
    emscripten_set_focus_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, &window, EM_FALSE, on_focus);
    emscripten_set_webglcontextlost_callback("#canvas", &window, EM_FALSE, on_context);
    emscripten_set_webglcontextrestored_callback("#canvas", &window, EM_FALSE, on_context);
    window.open = true;
    entente_js_start();
    return {};
}

void Window::show() {
    if (!impl_->shown) {
        impl_->shown = true;
        entente_js_show(1);
        impl_->schedule();
    }
}

void Window::hide() {
    if (impl_->shown) {
        impl_->shown = false;
        impl_->input.forget();
        impl_->mirror.clear();
        impl_->renderer.blank(impl_->background);
        entente_js_show(0);
    }
}

void Window::wake() { impl_->schedule(); }

void Window::wake_after(int milliseconds) { impl_->wake_after(milliseconds); }

WindowSize Window::size() const { return impl_->size; }

float Window::scale() const { return impl_->scale(); }

void Window::set_text_scale(int percent) {
    impl_->text_scale_percent = std::clamp(percent, 50, 200);
    impl_->schedule();
}

const Media& Window::media() const { return impl_->media; }

void Window::set_background(std::uint32_t rgba) {
    if (impl_->background != rgba) {
        impl_->background = rgba;
        impl_->schedule();
    }
}

void Window::set_theme(std::string_view name, bool dark) {
    entente_js_theme(std::string(name).c_str(), dark ? 1 : 0, css_color(impl_->background).c_str());
}

void Window::set_language(std::string_view code) { entente_js_language(std::string(code).c_str()); }

void Window::set_title(std::string_view title) { entente_js_title(std::string(title).c_str()); }

std::string Window::fragment() const { return take_text(entente_js_fragment()); }

void Window::set_fragment(std::string_view fragment, bool replace) {
    if (!fragment.empty() && fragment.front() == '#') {
        fragment.remove_prefix(1);
    }
    entente_js_set_fragment(std::string(fragment).c_str(), replace ? 1 : 0);
}

// Asked for in every frame; a page never moves.
std::string Window::base_address() const {
    if (impl_->base_address.empty()) impl_->base_address = take_text(entente_js_base_address());
    return impl_->base_address;
}

void Window::reload() { entente_js_reload(); }

void Window::open_tab(std::string_view address) { entente_js_open_tab(std::string(address).c_str()); }

std::optional<std::string> Window::preference(std::string_view key) const {
    char* value = entente_js_get_preference(std::string(key).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(take_text(value));
}

void Window::set_preference(std::string_view key, std::string_view value) {
    entente_js_set_preference(std::string(key).c_str(), std::string(value).c_str());
}

void Window::copy_text(std::string_view text, std::function<void(bool)> done) {
    const int ticket = expect_answer([done = std::move(done)](Answer answer, Bytes, std::string) {
        if (done) {
            done(answer == Answer::Ok);
        }
    });
    entente_js_copy_text(std::string(text).c_str(), ticket);
}

Bytes Window::font(std::string_view name) const {
    const std::string key(name);
    Bytes bytes(static_cast<std::size_t>(std::max(entente_js_font_size(key.c_str()), 0)));
    if (!bytes.empty()) {
        entente_js_font_copy(key.c_str(), bytes.data());
    }
    return bytes;
}

void Window::fetch(std::string path, std::function<void(Result<Bytes>)> done) {
    const int ticket = expect_answer([path, done = std::move(done)](Answer answer, Bytes bytes, const std::string&) {
        if (answer == Answer::Ok) {
            done(std::move(bytes));
        } else {
            done(fail(ErrorCode::NotFound, msg("A file of the program could not be loaded."), path,
                      msg("Check the connection and try again.")));
        }
    });
    entente_js_fetch(path.c_str(), ticket);
}

WindowStats& Window::stats() { return impl_->stats; }

}  // namespace entente::platform

// What the JavaScript libraries call.
extern "C" {

EMSCRIPTEN_KEEPALIVE void entente_web_resized(int width, int height, float ratio) {
    if (entente::platform::g_window != nullptr) {
        entente::platform::g_window->resized(width, height, ratio);
    }
}

// Bits: dark, reduced motion, forced colours, online, visible.
EMSCRIPTEN_KEEPALIVE void entente_web_media(int bits) {
    auto* window = entente::platform::g_window;
    const entente::platform::Media media{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0};
    if (window == nullptr || media == window->media) {
        return;
    }
    window->media = media;
    if (window->hooks.media_changed) {
        window->hooks.media_changed();
    }
    window->schedule();
}

EMSCRIPTEN_KEEPALIVE void entente_web_navigated(char* fragment) {
    std::string text = entente::platform::take_text(fragment);
    auto* window = entente::platform::g_window;
    if (window != nullptr && window->hooks.navigated) {
        window->hooks.navigated(std::move(text));
        window->schedule();
    }
}

EMSCRIPTEN_KEEPALIVE void entente_web_flush() {
    auto* window = entente::platform::g_window;
    if (window != nullptr && window->hooks.flush) window->hooks.flush();
}

EMSCRIPTEN_KEEPALIVE void entente_web_answer_soon() {
    if (auto* window = entente::platform::g_window) window->answer();
}

EMSCRIPTEN_KEEPALIVE void entente_web_timer() {
    auto* window = entente::platform::g_window;
    if (window == nullptr) return;
    window->wake_at_ms = 0;
    if (window->hooks.timer) window->hooks.timer();
    window->schedule();
}

EMSCRIPTEN_KEEPALIVE void entente_web_mirror_event(int kind, std::uint32_t id, char* text) {
    std::string words = entente::platform::take_text(text);
    auto* window = entente::platform::g_window;
    if (window == nullptr || !window->shown) {
        return;
    }
    const auto what = static_cast<entente::ui::MirrorEventKind>(kind);
    window->semantics.post({what, id, std::move(words)});
    if (window->hooks.input) {
        window->hooks.input();
    }
    if (what == entente::ui::MirrorEventKind::Commit || what == entente::ui::MirrorEventKind::Cancel) {
        window->mirror.recheck(id);
    }
    window->schedule();
    if (what == entente::ui::MirrorEventKind::Click || what == entente::ui::MirrorEventKind::Commit) window->answer_soon();
}

EMSCRIPTEN_KEEPALIVE void entente_web_mirror_recheck(std::uint32_t id) {
    auto* window = entente::platform::g_window;
    if (window == nullptr) return;
    window->mirror.recheck(id);
    window->schedule();
}

// frames, last ms, p95 ms, sequence, durable sequence, preview ms, 1 while a frame is still to come by itself
EMSCRIPTEN_KEEPALIVE void entente_web_stats(double* out) {
    const auto* window = entente::platform::g_window;
    if (window == nullptr) return;
    out[0] = static_cast<double>(window->stats.frames);
    out[1] = window->times.last();
    out[2] = window->times.percentile95();
    out[3] = static_cast<double>(window->stats.sequence);
    out[4] = static_cast<double>(window->stats.durable_sequence);
    out[5] = static_cast<double>(window->stats.preview_ms);
    out[6] = window->open && window->shown && (window->scheduled || window->answering || window->unsettled()) ? 1.0 : 0.0;
}
}
