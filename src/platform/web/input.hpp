// Input: html5.h events on the page become Dear ImGui events.
//
// Pointer: mouse and pen as they come. A finger presses when it moves or lifts (tap = click, held still = right click, moved =
// drag; moved where there is nothing to drag = scroll); two fingers scroll, and pinch as wheel with Ctrl. Keys: by the
// letter they give, else by their place on the keyboard; all are released when the window loses the focus. A key that is pressed
// after an event of the mirror waits until that is answered: Tab and an arrow, quicker than the pictures, go to where the focus went.
#pragma once

#include <cstdint>
#include <deque>
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
    std::function<std::uint64_t()> posted, answered;  // events of the mirror: all so far; those that a frame has taken
};

class Input {
public:
    void listen(InputHooks hooks);
    // Once a frame, before ImGui::NewFrame: what depends on the time (a finger held still), and the keys whose turn it is.
    // True: this frame, and perhaps more, is given keys that came before any event of the mirror that still waits.
    bool before_frame(double now_ms);
    // Keys wait for an answer to what came before them.
    bool waits() const { return !waiting_.empty(); }
    // After it: gestures that depend on what ImGui made of the press.
    void after_frame();
    void release_all();  // what is held counts as let go, once the keys that wait have had their turn
    void forget();       // the same, and no key has its turn any more

private:
    enum class Finger : std::uint8_t { None, Waiting, Dragging, Scrolling, HeldStill, Two };
    struct Point {
        float x = 0, y = 0;
    };

    struct Key {
        int key = 0;                     // an ImGuiKey; 0: the modifiers alone
        bool down = false, ctrl = false, shift = false, alt = false, asks_for_list = false;
        std::uint64_t after = 0;         // the events of the mirror before it
    };

    bool key(bool down, const EmscriptenKeyboardEvent& event);
    bool mouse(int type, const EmscriptenMouseEvent& event);
    bool wheel(const EmscriptenWheelEvent& event);
    bool touch(int type, const EmscriptenTouchEvent& event);
    void give(const Key& key);
    void give_waiting(std::uint64_t answered);
    void hold_still(double now_ms);
    void touch_began(Point at, int fingers, Point middle, float spread);
    void touch_moved(Point at, int fingers, Point middle, float spread);
    void touch_ended(int fingers);
    void press_at(Point at, int button);
    void move_to(float css_x, float css_y);
    void modifiers(bool ctrl, bool shift, bool alt);
    void zoom(float steps);

    static int on_key(int type, const EmscriptenKeyboardEvent* event, void* self);
    static int on_mouse(int type, const EmscriptenMouseEvent* event, void* self);
    static int on_wheel(int type, const EmscriptenWheelEvent* event, void* self);
    static int on_touch(int type, const EmscriptenTouchEvent* event, void* self);

    InputHooks hooks_;
    std::unordered_map<std::string, int> down_;  // KeyboardEvent.code -> ImGuiKey, of the keys that are down
    std::deque<Key> waiting_;                    // oldest first
    Finger finger_ = Finger::None;
    Point finger_start_, finger_last_, middle_last_;
    float spread_last_ = 0;
    double finger_down_ms_ = 0;
    int frames_since_press_ = 0;
    bool ctrl_ = false;
};

}  // namespace entente::platform
