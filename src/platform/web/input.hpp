// Input: html5.h events on the page become Dear ImGui events.
//
// Pointer: mouse and pen as they come. A finger presses when it moves or lifts (tap = click, held still = right click, moved =
// drag; moved where there is nothing to drag = scroll); two fingers scroll, and pinch as wheel with Ctrl. Keys: by the
// letter they give, else by their place on the keyboard; all are released when the window loses the focus.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

struct EmscriptenKeyboardEvent;
struct EmscriptenMouseEvent;
struct EmscriptenWheelEvent;
struct EmscriptenTouchEvent;

namespace entente::platform {

struct InputHooks {
    std::function<void()> wake;
    std::function<void(int milliseconds)> wake_after;
    std::function<bool(int chord)> wants_key;
    std::function<float()> pixel_ratio;
    std::function<bool()> active;        // false: the first screen is shown, nothing reaches ImGui
};

class Input {
public:
    void listen(InputHooks hooks);
    // Once a frame, before ImGui::NewFrame: what depends on the time (a finger held still).
    void before_frame(double now_ms);
    // After it: gestures that depend on what ImGui made of the press.
    void after_frame();
    void release_all();

private:
    enum class Finger : std::uint8_t { None, Waiting, Dragging, Scrolling, HeldStill, Two };
    struct Point {
        float x = 0, y = 0;
    };

    bool key(bool down, const EmscriptenKeyboardEvent& event);
    bool mouse(int type, const EmscriptenMouseEvent& event);
    bool wheel(const EmscriptenWheelEvent& event);
    bool touch(int type, const EmscriptenTouchEvent& event);
    void touch_began(Point at, int fingers, Point middle, float spread);
    void touch_moved(Point at, int fingers, Point middle, float spread);
    void touch_ended(int fingers);
    void press_at(Point at, int button);
    void move_to(float css_x, float css_y);
    void modifiers(bool ctrl, bool shift, bool alt, bool meta);
    void zoom(float steps);

    static int on_key(int type, const EmscriptenKeyboardEvent* event, void* self);
    static int on_mouse(int type, const EmscriptenMouseEvent* event, void* self);
    static int on_wheel(int type, const EmscriptenWheelEvent* event, void* self);
    static int on_touch(int type, const EmscriptenTouchEvent* event, void* self);

    InputHooks hooks_;
    std::unordered_map<std::string, int> down_;  // KeyboardEvent.code -> ImGuiKey, of the keys that are down
    Finger finger_ = Finger::None;
    Point finger_start_, finger_last_, middle_last_;
    float spread_last_ = 0;
    double finger_down_ms_ = 0;
    int frames_since_press_ = 0;
    bool ctrl_ = false;
};

}  // namespace entente::platform
