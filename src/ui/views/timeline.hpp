// Timeline: a project's rows against its days. Draws data and reads the pointer; what the person asked for is returned, never
// done here. Everything that a drag does can also be done in the task panel.
//
// Wheel scrolls, Ctrl+wheel and pinch zoom about the pointer, Shift+wheel and a drag on empty ground pan. Dragging a bar moves
// it (not before that day), dragging its right end changes its length, dragging from the dot behind it to another row links the two.
// All three say meanwhile what becomes of every promise, warn of days off, and are given up with Esc; each ends in one command.
// A milestone and a promise carry a whisker from P50 to P80 where the risk is known, nothing where it is not.
// The keyboard does the same from a row (kKeyHints in actions.hpp). Only rows in view are drawn and mirrored.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ui/views/bars.hpp"
#include "ui/views/timeline_rows.hpp"
#include "ui/views/timeline_trial.hpp"
#include "ui/widgets/layout.hpp"

namespace entente::ui {

struct TimelineAsk {
    std::optional<TaskId> select;
    std::optional<plan::Command> edit;
    std::optional<std::pair<TaskId, TaskId>> link;  // the second is to follow the first
    std::optional<std::uint64_t> fold;              // the group (TimelineRows::group_key) that opens or closes
    bool redraw = false;
    bool keyed = false;                             // this frame's keys have had their row: none goes through two
};

class Timeline {
public:
    TimelineAsk draw(const Frame& frame, Rect area, TimelineRows& rows, TaskId selected);

    void zoom(float factor, float about = 0.5f);  // about: 0 left edge .. 1 right edge
    void fit() { fitted_ = touched_ = false; }
    // Scrolls so that the selected row and its bar are in view at the next draw.
    void reveal() { reveal_ = true; }
    // A drag is under way: Esc is its own.
    bool dragging() const { return drag_.started && drag_.grip != Grip::Pan; }
    void cancel_drag();

private:
    enum class Grip : std::uint8_t { None, Pan, Move, Length, Link };
    struct Drag {
        Grip grip = Grip::None;
        std::int32_t row = -1;
        float from_x = 0, from_y = 0;
        bool started = false;       // beyond the dead zone
        bool given_up = false;      // by Esc: nothing more until the button is let go
        double day_from = 0;        // Pan: day0_ when it began
        float scroll_from = 0;
        std::int64_t days = 0;      // Move: calendar days; Length: working days
        int pointer_days = 0;       // calendar days that the pointer has gone
        std::int32_t target = -1;   // Link: the row under the pointer, where it can be linked with
        std::string warning;        // the day it would land on is not worked
        std::optional<TrialOutcome> outcome;
    };

    // timeline.cpp
    void fit_now(const Frame& frame, const TimelineRows& rows);
    void pan(float by);
    void reveal_bar(const Frame& frame, const TimelineRow& row);
    void draw_head(const Frame& frame, Rect head) const;
    void click(const Frame& frame, const TimelineRows& rows, int index, float x, TimelineAsk& ask);
    void pointer(const Frame& frame, Rect body, TimelineRows& rows, TimelineAsk& ask);
    void wheel(const Frame& frame, Rect body);
    // timeline_draw.cpp
    void draw_shading(const Frame& frame, Rect body, const TimelineRows& rows) const;
    void draw_rows(const Frame& frame, Rect body, TimelineRows& rows, TaskId selected, TimelineAsk& ask);
    void draw_name(const Frame& frame, Rect line, const TimelineRows& rows, const TimelineRow& row, bool selected) const;
    void draw_bar(const Frame& frame, Rect line, const TimelineRow& row);
    void find_chain(const Frame& frame, TaskId selected);
    void draw_marks(const Frame& frame, Rect line, TimelineRows& rows, int index) const;
    void draw_beside(const Frame& frame, float left, float right, float y, std::uint32_t colour, std::string_view text) const;
    void draw_promise(const Frame& frame, Rect line, const TimelineRow& row, TimelineRows& rows, int index) const;
    void draw_whisker(const Frame& frame, Rect line, const TimelineRows& rows, int index) const;
    void draw_chain(const Frame& frame, const TimelineRows& rows, float top) const;
    std::uint32_t row_id(const Frame& frame, const TimelineRows& rows, int index) const;
    void row_node(const Frame& frame, Rect line, TimelineRows& rows, int index, bool selected, TimelineAsk& ask);
    void fold_button(const Frame& frame, Rect line, const TimelineRows& rows, const TimelineRow& row, TimelineAsk& ask) const;
    // timeline_drag.cpp
    Grip grip_at(const Frame& frame, const TimelineRows& rows, int row, float x) const;
    void begin_drag(const Frame& frame, const TimelineRows& rows, int row, float x, float y);
    void move_drag(const Frame& frame, const TimelineRows& rows, float x, float y);
    void end_drag(const Frame& frame, const TimelineRows& rows, TimelineAsk& ask);
    void preview(const Frame& frame, const TimelineRows& rows);
    std::optional<plan::Command> dragged_command(const Frame& frame, const TimelineRows& rows) const;
    std::string day_off_warning(const Frame& frame, const TimelineRows& rows) const;
    void draw_drag(const Frame& frame, Rect body, const TimelineRows& rows) const;
    struct EffectLine;
    std::vector<EffectLine> effect_lines(const Frame& frame, const TimelineRows& rows) const;
    void draw_effect(const Frame& frame, Rect body, const TimelineRows& rows) const;
    void draw_handle(const Frame& frame, Rect line, const TimelineRow& row) const;
    // timeline_keys.cpp
    void keys(const Frame& frame, TimelineRows& rows, int row, TimelineAsk& ask);
    void edit_keys(const Frame& frame, const TimelineRow& row, TimelineAsk& ask) const;

    float x_of(double day) const { return plot_.x0 + static_cast<float>((day - day0_) * px_per_day_); }
    double day_at(float x) const { return day0_ + static_cast<double>(x - plot_.x0) / px_per_day_; }
    // A time as a day with a fraction; the working day fills the whole of it, so that work that follows work touches it.
    double place(LocalMinute at) const;
    Rect bar_of(const Frame& frame, Rect line, const plan::ScheduledTask& at) const;

    double day0_ = 0, px_per_day_ = 8;
    bool fitted_ = false, reveal_ = false;
    bool touched_ = false;            // the person has zoomed or panned: the view is theirs until they ask for the whole plan
    float fitted_width_ = 0;
    ProjectId project_;
    Rect plot_;                       // to the right of the names, header excluded
    float names_ = 0, row_height_ = 0, rows_top_ = 0;
    int day_begin_ = 540, day_end_ = 1020;
    int focus_row_ = -1;              // takes the keyboard when it is next drawn
    // The row that has the keyboard, and its node. It stays in the tree while it is scrolled out of sight, so that the keyboard goes on
    // from there and the browser's focus does not wander from row to row with the scrolling.
    int held_row_ = -1;
    std::uint32_t held_id_ = 0;
    int hover_row_ = -1;              // under the pointer, for the dot that links
    std::uint32_t canvas_ = 0;
    Drag drag_;
    BarBatch bars_;
    // Worked out once for each selection.
    struct Chain {
        std::uint64_t sequence = ~std::uint64_t{0};
        TaskId task;
        std::vector<plan::WhyStep> steps;
        std::set<TaskId> tasks;
    };
    Chain chain_;
    std::unique_ptr<TimelineTrial> trial_;  // while a drag is under way
};

}  // namespace entente::ui
