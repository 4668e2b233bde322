// What is read rather than used: headings, paragraphs, figures, statuses, cards, banners, empty places. All of it is also in
// the semantic tree.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ui/widgets/button.hpp"
#include "ui/widgets/item.hpp"
#include "ui/widgets/layout.hpp"
#include "ui/widgets/paint.hpp"

namespace entente::ui {

// A status: a shape, a word and a colour, never colour alone.
enum class Tone : std::uint8_t { Plain, Ok, Warn, Bad, Info, Accent, Muted };
struct Status {
    Shape shape = Shape::None;
    Tone tone = Tone::Plain;
    std::string word;
};
std::uint32_t tone_colour(const Frame& frame, Tone tone);

// 1: a room's name (20 semi-bold), 2: a part (16 semi-bold), 3: a card (14 semi-bold), 4: a group in capitals.
void heading(const Frame& frame, Flow& flow, int level, std::string_view text);
void heading_in(const Frame& frame, Rect area, int level, std::string_view text);
void paragraph(const Frame& frame, Flow& flow, std::string_view text, Tone tone = Tone::Plain, const ImFont* font = nullptr);
void caption(const Frame& frame, Flow& flow, std::string_view text);  // small capitals, not a heading

float status_width(const Frame& frame, const Status& status, const ImFont* font);
// Shape and word in the middle of the box's height. Gives the width. Adds no node: the row or card it belongs to names it.
float draw_status(const Frame& frame, Rect area, const Status& status, const ImFont* font, Align align = Align::Left);
// The same in a pill, with a node of its own.
float chip_width(const Frame& frame, const Status& status);
void chip(const Frame& frame, Rect area, const Status& status);

// A caption, a figure and a line about it.
struct StatSpec {
    std::string_view caption, figure;
    std::string_view below = {};
    Status status = {};                // instead of `below`
    const ImFont* font = nullptr;      // large (16) where unset
};
float stat_height(const Frame& frame, const StatSpec& spec);
void stat(const Frame& frame, Rect area, const StatSpec& spec);
void stats(const Frame& frame, Flow& flow, std::initializer_list<StatSpec> specs, int columns);

// A panel with a border; the background stands behind what is drawn in its flow. Give the same `key` each frame: cards of one
// row may be given a common `min_height`. finish() gives the whole height.
class Card {
public:
    Card(const Frame& frame, Flow& outer, const char* key, float min_height = 0, bool chosen = false, float padding_css = 16,
         bool raised = false);
    ~Card();
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;
    Flow flow;

private:
    const Frame& frame_;
    Flow& outer_;
    std::uint32_t id_;
    float top_, padding_, min_height_, known_;
};

// A sentence that matters, with a shape at its left. An Alert answers what a person just did, and is read out when it comes.
void banner(const Frame& frame, Flow& flow, const Status& status, std::string_view more = {}, NodeRole role = NodeRole::Paragraph);
// What belongs here and the offer to make the first one. True when the offer was taken.
struct EmptySpec {
    const char* icon;
    std::string_view title, text;
    std::string_view offer = {};
    bool primary = true;
};
bool empty_state(const Frame& frame, Flow& flow, const EmptySpec& spec);
void progress(const Frame& frame, Rect area, std::string_view name, float part, std::uint32_t colour);
void rule(const Frame& frame, Flow& flow);

// A square button of the height of a field, with an icon.
bool stepper_button(const Frame& frame, Rect area, const char* icon, std::string_view name, bool disabled);
// A question mark that explains under the pointer, and to a screen reader.
void explainer(const Frame& frame, Rect area, std::string_view name, std::string_view text);
// A line that opens and closes what follows. True while it is open.
bool disclosure(const Frame& frame, Flow& flow, std::string_view label, bool& open);

}  // namespace entente::ui
