// Paint: text, icons and shapes on the current window's draw list. Positions are device pixels; text lands on whole pixels.
#pragma once

#include <string>
#include <string_view>

#include "ui/frame.hpp"
#include "ui/widgets/rect.hpp"

struct ImFont;

namespace entente::ui {

enum class Align : std::uint8_t { Left, Centre, Right };
enum class Shape : std::uint8_t { None, Dot, Ring, Square, Triangle, Diamond, Tick, Cross, Flag };

float font_height(const ImFont* font);
// The distance between two lines of running text.
float line_height(const Frame& frame, const ImFont* font);
float text_width(const ImFont* font, std::string_view text);

// Draws at the upper left corner and gives the width.
float draw_text(const ImFont* font, float x, float y, std::uint32_t colour, std::string_view text);
// In the middle of the box's height; what does not fit ends in an ellipsis, and the whole text is shown under the pointer.
// Gives the width it took.
float text_in(const Frame& frame, const ImFont* font, Rect area, std::uint32_t colour, std::string_view text,
              Align align = Align::Left);
std::string fitted(const ImFont* font, std::string_view text, float width);

// Running text, wrapped at words. Gives the height.
float wrapped_height(const Frame& frame, const ImFont* font, float width, std::string_view text);
float draw_wrapped(const Frame& frame, const ImFont* font, float x, float y, float width, std::uint32_t colour,
                   std::string_view text, Align align = Align::Left);

// Small capitals, spaced a little: the words above a figure.
std::string capitals(std::string_view text);
float label_width(const Frame& frame, std::string_view text);
void draw_label(const Frame& frame, float x, float y, float width, std::uint32_t colour, std::string_view text);

void draw_icon(const Frame& frame, Rect area, std::uint32_t colour, const char* icon, bool large = false);
// `size` is the side of the box the shape fills.
void draw_shape(Shape shape, float mid_x, float mid_y, float size, std::uint32_t colour);
void fill(Rect area, std::uint32_t colour, float radius = 0);
void outline(const Frame& frame, Rect area, std::uint32_t colour, float radius = 0);
void line(float x0, float y0, float x1, float y1, std::uint32_t colour, float width);
std::uint32_t with_alpha(std::uint32_t colour, float alpha);
std::uint32_t mix(std::uint32_t a, std::uint32_t b, float part_of_b);

// Explains: shown beside `anchor` above everything else at the end of this frame.
void tooltip(const Frame& frame, Rect anchor, std::string text);
bool pointer_in(Rect area);  // over it, and nothing lies above

}  // namespace entente::ui
