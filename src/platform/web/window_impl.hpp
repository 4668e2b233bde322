// The parts of the one Window, for the files of this folder only.
#pragma once

#include <array>

#include "platform/web/input.hpp"
#include "platform/web/mirror.hpp"
#include "platform/web/renderer.hpp"
#include "platform/web/window.hpp"

namespace entente::platform {

// The CPU time of recent frames, for stats().
class FrameTimes {
public:
    void add(double milliseconds);
    double last() const { return count_ == 0 ? 0.0 : times_[(count_ - 1) % times_.size()]; }
    double percentile95() const;

private:
    std::array<double, 256> times_{};
    std::size_t count_ = 0;
};

struct Window::Impl {
    Impl(ui::Semantics& tree, WindowHooks callbacks) : semantics(tree), hooks(std::move(callbacks)) {}

    void schedule();
    void schedule_frame();
    void answer_soon();
    void answer();
    void frame();
    void compose(double begun);
    void present(double begun);
    void resized(int width, int height, float ratio);
    bool fonts_current();
    float scale() const;
    void wake_after(int milliseconds);
    void set_timer();
    bool unsettled() const;
    bool something_new() const;

    ui::Semantics& semantics;
    WindowHooks hooks;
    Renderer renderer;
    Input input;
    Mirror mirror;
    WindowStats stats;
    FrameTimes times;
    Media media;
    WindowSize size;
    std::uint32_t background = 0xFF191A1Bu;
    int text_scale_percent = 100;
    std::string base_address;   // empty: not asked for yet
    float fonts_scale = 0;      // what the atlas was made for; 0: none yet
    bool open = false;
    bool shown = false;
    bool scheduled = false;
    bool in_frame = false;
    bool answering = false;     // a frame was asked for outside the browser's own
    bool answered = false;      // there was one since the browser's last
    bool scrolling = false;     // this frame has taken a turn of the wheel
    int frames_wanted = 0;
    double last_frame_ms = 0;
    double wake_at_ms = 0;      // 0: no timer
    int cursor = -1;
};

// For callbacks that change something: a frame of the open window follows.
void wake_window();

}  // namespace entente::platform
