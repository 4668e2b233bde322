#include "platform/web/input.hpp"

#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "platform/web/js.hpp"
#include "platform/web/keys.hpp"

namespace entente::platform {
namespace {

constexpr const char* kStage = "#stage";
constexpr float kSlopCss = 8.0f;          // a finger that moves less is still
constexpr double kHoldMs = 500.0;
constexpr float kPixelsPerWheelStep = 100.0f;

bool wheel_is_owned() { return ImGui::GetKeyOwner(ImGuiKey_MouseWheelY) != ImGuiKeyOwner_None; }

float distance(float dx, float dy) { return std::sqrt(dx * dx + dy * dy); }

}  // namespace

void Input::listen(InputHooks hooks) {
    hooks_ = std::move(hooks);
    emscripten_set_keydown_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, this, EM_FALSE, on_key);
    emscripten_set_keyup_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, this, EM_FALSE, on_key);
    emscripten_set_mousedown_callback(kStage, this, EM_FALSE, on_mouse);
    emscripten_set_mouseup_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, this, EM_FALSE, on_mouse);
    emscripten_set_mousemove_callback(EMSCRIPTEN_EVENT_TARGET_WINDOW, this, EM_FALSE, on_mouse);
    emscripten_set_mouseleave_callback(EMSCRIPTEN_EVENT_TARGET_DOCUMENT, this, EM_FALSE, on_mouse);
    emscripten_set_wheel_callback(kStage, this, EM_FALSE, on_wheel);
    emscripten_set_touchstart_callback(kStage, this, EM_FALSE, on_touch);
    emscripten_set_touchmove_callback(kStage, this, EM_FALSE, on_touch);
    emscripten_set_touchend_callback(kStage, this, EM_FALSE, on_touch);
    emscripten_set_touchcancel_callback(kStage, this, EM_FALSE, on_touch);
}

void Input::move_to(float css_x, float css_y) {
    const float ratio = hooks_.pixel_ratio();
    ImGui::GetIO().AddMousePosEvent(css_x * ratio, css_y * ratio);
}

void Input::modifiers(bool ctrl, bool shift, bool alt) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
    io.AddKeyEvent(ImGuiMod_Shift, shift);
    io.AddKeyEvent(ImGuiMod_Alt, alt);
}

bool Input::key(bool down, const EmscriptenKeyboardEvent& event) {
    if (!hooks_.active()) {
        return false;
    }
    const std::string code(event.code);
    const auto held = down_.find(code);
    // The same key may be called otherwise when it comes up: Shift was let go before it.
    const int found = !down && held != down_.end() ? held->second : imgui_key(event.key, code);
    ctrl_ = event.ctrlKey || event.metaKey;  // the command key of a Mac is what Ctrl is elsewhere
    // The list of keys is asked for by a sign, which each keyboard has elsewhere. No other text is typed into ImGui.
    const bool asks_for_list = down && event.key[0] == '?' && event.key[1] == '\0';
    // A key that comes up waits for those before it alone: taken for held, it would repeat. The system's own repeats must not keep it
    // waiting either.
    const std::uint64_t after = down && held == down_.end() ? hooks_.posted() : 0;
    waiting_.push_back({found, down, ctrl_, event.shiftKey != 0, event.altKey != 0, asks_for_list, after});
    give_waiting(hooks_.answered());
    if (found != ImGuiKey_None) {
        if (down) {
            down_[code] = found;
        } else {
            down_.erase(code);
        }
    }
    // While its command key is down, a Mac does not tell of letters that come up.
    if (!down && code.substr(0, 4) == "Meta") {
        release_all();
    }
    hooks_.wake();
    if (!down || found == ImGuiKey_None || !hooks_.wants_key) {
        return false;
    }
    const bool page_zoom = ctrl_ && (found == ImGuiKey_Equal || found == ImGuiKey_Minus || found == ImGuiKey_0 ||
                                     found == ImGuiKey_KeypadAdd || found == ImGuiKey_KeypadSubtract || found == ImGuiKey_Keypad0);
    const int mods = (ctrl_ ? ImGuiMod_Ctrl : 0) | (event.shiftKey ? ImGuiMod_Shift : 0) | (event.altKey ? ImGuiMod_Alt : 0);
    return !page_zoom && hooks_.wants_key(found | mods);
}

void Input::give(const Key& key) {
    modifiers(key.ctrl, key.shift, key.alt);
    if (key.asks_for_list) ImGui::GetIO().AddInputCharacter('?');
    if (key.key != ImGuiKey_None) ImGui::GetIO().AddKeyEvent(static_cast<ImGuiKey>(key.key), key.down);
}

void Input::give_waiting(std::uint64_t answered) {
    for (; !waiting_.empty() && waiting_.front().after <= answered; waiting_.pop_front()) give(waiting_.front());
}

bool Input::mouse(int type, const EmscriptenMouseEvent& event) {
    if (!hooks_.active()) {
        return false;
    }
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(ImGuiMouseSource_Mouse);
    modifiers(event.ctrlKey || event.metaKey, event.shiftKey, event.altKey);
    if (type == EMSCRIPTEN_EVENT_MOUSELEAVE) {
        if (event.buttons == 0) {
            io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
        }
    } else {
        move_to(static_cast<float>(event.clientX), static_cast<float>(event.clientY));
    }
    constexpr int kButtons[] = {0, 2, 1};  // the browser's left, middle, right in ImGui's order
    if (type == EMSCRIPTEN_EVENT_MOUSEDOWN || type == EMSCRIPTEN_EVENT_MOUSEUP) {
        if (event.button < 3) {
            io.AddMouseButtonEvent(kButtons[event.button], type == EMSCRIPTEN_EVENT_MOUSEDOWN);
        }
    } else if (event.buttons == 0) {
        // A button let go outside the window.
        for (int button = 0; button < 3; ++button) {
            io.AddMouseButtonEvent(button, false);
        }
    }
    hooks_.wake();
    return type == EMSCRIPTEN_EVENT_MOUSEDOWN && event.button == 1;  // no autoscroll
}

bool Input::wheel(const EmscriptenWheelEvent& event) {
    if (!hooks_.active()) {
        return false;
    }
    const bool zooming = event.mouse.ctrlKey || event.mouse.metaKey;
    if (zooming && !wheel_is_owned()) {
        return false;  // the browser's own zoom
    }
    float scale = 1.0f / kPixelsPerWheelStep;
    if (event.deltaMode == DOM_DELTA_LINE) {
        scale = 1.0f / 3.0f;
    } else if (event.deltaMode == DOM_DELTA_PAGE) {
        scale = 8.0f;
    }
    // A pinch on a touch pad comes as many small steps with Ctrl: 10 times finer than a wheel's.
    const bool pinch = zooming && event.deltaMode == DOM_DELTA_PIXEL && std::fabs(event.deltaY) < 40.0;
    ImGuiIO& io = ImGui::GetIO();
    modifiers(event.mouse.ctrlKey || event.mouse.metaKey, event.mouse.shiftKey, event.mouse.altKey);
    move_to(static_cast<float>(event.mouse.clientX), static_cast<float>(event.mouse.clientY));
    const float dx = static_cast<float>(-event.deltaX) * scale, dy = static_cast<float>(-event.deltaY) * scale * (pinch ? 10.0f : 1.0f);
    io.AddMouseWheelEvent(dx, dy);
    hooks_.wake();
    return true;
}

void Input::press_at(Point at, int button) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
    move_to(at.x, at.y);
    io.AddMouseButtonEvent(button, true);
    frames_since_press_ = 0;
}

void Input::zoom(float steps) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, true);
    io.AddMouseWheelEvent(0.0f, steps);
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
}

void Input::touch_began(Point at, int fingers, Point middle, float spread) {
    ImGuiIO& io = ImGui::GetIO();
    if (fingers == 1) {
        finger_ = Finger::Waiting;
        finger_start_ = finger_last_ = at;
        finger_down_ms_ = emscripten_get_now();
        io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
        move_to(at.x, at.y);
        return;
    }
    if (finger_ == Finger::Dragging) {
        io.AddMouseButtonEvent(0, false);
    }
    finger_ = Finger::Two;
    middle_last_ = middle;
    spread_last_ = spread;
}

void Input::touch_moved(Point at, int fingers, Point middle, float spread) {
    ImGuiIO& io = ImGui::GetIO();
    if (finger_ == Finger::Two && fingers >= 2) {
        move_to(middle.x, middle.y);
        const float ratio = spread_last_ > 1.0f ? spread / spread_last_ : 1.0f;
        if (std::fabs(ratio - 1.0f) > 0.015f) {
            zoom(std::log2(ratio) * 4.0f);
            spread_last_ = spread;
        }
        io.AddMouseWheelEvent((middle.x - middle_last_.x) / kPixelsPerWheelStep, (middle.y - middle_last_.y) / kPixelsPerWheelStep);
        middle_last_ = middle;
    } else if (finger_ == Finger::Waiting && distance(at.x - finger_start_.x, at.y - finger_start_.y) > kSlopCss) {
        finger_ = Finger::Dragging;
        press_at(finger_start_, 0);
        move_to(at.x, at.y);
    } else if (finger_ == Finger::Dragging) {
        move_to(at.x, at.y);
    } else if (finger_ == Finger::Scrolling) {
        io.AddMouseWheelEvent((at.x - finger_last_.x) / kPixelsPerWheelStep, (at.y - finger_last_.y) / kPixelsPerWheelStep);
    }
    finger_last_ = at;
}

void Input::touch_ended(int fingers) {
    ImGuiIO& io = ImGui::GetIO();
    if (finger_ == Finger::Waiting) {
        press_at(finger_last_, 0);
        io.AddMouseButtonEvent(0, false);
    } else if (finger_ == Finger::Dragging) {
        io.AddMouseButtonEvent(0, false);
    }
    if (fingers == 0) {
        finger_ = Finger::None;
        io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);  // nothing hovers under a lifted finger
    } else {
        finger_ = Finger::HeldStill;  // the rest of a gesture of two fingers means nothing
    }
}

bool Input::touch(int type, const EmscriptenTouchEvent& event) {
    if (!hooks_.active() || event.numTouches < 1) {
        return false;
    }
    Point middle, first;
    int fingers = 0;
    const bool ending = type == EMSCRIPTEN_EVENT_TOUCHEND || type == EMSCRIPTEN_EVENT_TOUCHCANCEL;
    for (int at = 0; at < event.numTouches; ++at) {
        const EmscriptenTouchPoint& point = event.touches[at];
        if (ending && point.isChanged) {
            continue;
        }
        if (fingers == 0) {
            first = {static_cast<float>(point.clientX), static_cast<float>(point.clientY)};
        }
        middle.x += static_cast<float>(point.clientX);
        middle.y += static_cast<float>(point.clientY);
        ++fingers;
    }
    if (fingers > 0) {
        middle.x /= static_cast<float>(fingers);
        middle.y /= static_cast<float>(fingers);
    }
    const float spread = 2.0f * distance(first.x - middle.x, first.y - middle.y);
    if (type == EMSCRIPTEN_EVENT_TOUCHCANCEL && finger_ == Finger::Waiting) {
        finger_ = Finger::HeldStill;
    }
    if (ending) {
        touch_ended(fingers);
    } else if (type == EMSCRIPTEN_EVENT_TOUCHSTART) {
        touch_began(first, fingers, middle, spread);
    } else {
        touch_moved(first, fingers, middle, spread);
    }
    hooks_.wake();
    return true;  // no click made up from the touch: it has been one already
}

bool Input::before_frame(double now_ms) {
    give_waiting(hooks_.answered());
    hold_still(now_ms);
    const auto& queue = ImGui::GetCurrentContext()->InputEventsQueue;
    return std::any_of(queue.begin(), queue.end(), [](const ImGuiInputEvent& event) { return event.Type == ImGuiInputEventType_Key; });
}

void Input::hold_still(double now_ms) {
    if (finger_ != Finger::Waiting) {
        return;
    }
    if (const double left_ms = finger_down_ms_ + kHoldMs - now_ms; left_ms > 0) {
        hooks_.wake_after(static_cast<int>(left_ms) + 1);
        return;
    }
    finger_ = Finger::HeldStill;
    press_at(finger_start_, 1);
    ImGui::GetIO().AddMouseButtonEvent(1, false);
}

void Input::after_frame() {
    if (finger_ != Finger::Dragging || ++frames_since_press_ != 2) {
        return;
    }
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.ActiveId == 0 || context.MovingWindow != nullptr) {
        ImGui::GetIO().AddMouseButtonEvent(0, false);
        finger_ = Finger::Scrolling;
    }
}

void Input::release_all() {
    for (const auto& held : down_) {
        waiting_.push_back({.key = held.second});
    }
    waiting_.push_back({});
    give_waiting(hooks_.answered());
    down_.clear();
    for (int button = 0; button < 3; ++button) {
        ImGui::GetIO().AddMouseButtonEvent(button, false);
    }
    finger_ = Finger::None;
}

void Input::forget() {
    waiting_.clear();
    release_all();
}

int Input::on_key(int type, const EmscriptenKeyboardEvent* event, void* self) {
    return static_cast<Input*>(self)->key(type == EMSCRIPTEN_EVENT_KEYDOWN, *event);
}

int Input::on_mouse(int type, const EmscriptenMouseEvent* event, void* self) {
    return static_cast<Input*>(self)->mouse(type, *event);
}

int Input::on_wheel(int, const EmscriptenWheelEvent* event, void* self) {
    return static_cast<Input*>(self)->wheel(*event);
}

int Input::on_touch(int type, const EmscriptenTouchEvent* event, void* self) {
    return static_cast<Input*>(self)->touch(type, *event);
}

}  // namespace entente::platform
