#include "ui/views/promise_card.hpp"

#include <cmath>

#include "ui/views/risk_words.hpp"
#include "ui/views/words.hpp"
#include "ui/widgets/layout.hpp"
#include "ui/widgets/paint.hpp"

namespace entente::ui {
namespace {

// The promise on a short line, twenty days before it to twenty days after it: with the days between P50 and P80 in the colour of the
// Risk view's meter, or else with the way to the forecast.
void draw_track(const Frame& frame, Rect track, const plan::PromiseRow& row, std::uint32_t colour, const risk::Finish* finish) {
    constexpr float kReach = 20.0f;
    const Palette& p = frame.theme.palette;
    fill(track, p.line, std::floor(track.h() * 0.5f));
    const auto at = [&](Day day) {
        const float days = std::min(std::max(static_cast<float>(day - row.promised), -kReach), kReach);
        return std::floor(track.x0 + track.w() * (days + kReach) / (kReach * 2));
    };
    const Day begin = finish ? finish->p50 : row.promised, end = finish ? finish->p80 : row.forecast;
    const float from = std::min(at(begin), at(end)), to = std::max(at(begin), at(end));
    if (finish) colour = tone_colour(frame, promise_chance(frame, *finish).tone);
    fill({from, track.y0, std::max(to, from + frame.px(2)), track.y1}, colour, std::floor(track.h() * 0.5f));
    const float promised = at(row.promised);
    fill({promised, track.mid_y() - frame.px(5), promised + frame.px(2), track.mid_y() + frame.px(5)}, p.text);
}

}  // namespace

float promise_card_height(const Frame& frame) { return frame.px(92); }

Hit promise_card(const Frame& frame, Rect area, const plan::Project& project, const plan::PromiseRow& row, const risk::Finish* finish) {
    const Palette& p = frame.theme.palette;
    const IdScope scope(row.promise.n);
    const Status status = promise_status(frame, row.health);
    const std::string name = task_name(project, row.task), room = room_text(frame, row.room_days);
    const std::string forecast = row.health == plan::PromiseHealth::Done
                                     ? frame.text(msg("reached {0}", frame.locale.date_weekday(row.forecast)))
                                     : frame.text(msg("plan {0} \u00B7 {1}", frame.locale.date_short(row.forecast), room));
    if (row.health == plan::PromiseHealth::Done) finish = nullptr;
    std::string words =
        frame.text(msg("{0}, promised {1}, {2}, {3}", name, frame.locale.date_weekday(row.promised), status.word, forecast));
    std::string below = forecast;
    if (finish) {
        words += ", " + whisker_words(frame, *finish);
        below = frame.text(
            msg("half by {0} \u00B7 8 in 10 by {1}", frame.locale.date_short(finish->p50), frame.locale.date_short(finish->p80)));
    }
    Node node = make_node(NodeRole::Link, words);
    const Hit hit = item(frame, "promise", area, std::move(node));
    if (!hit.visible) return hit;
    if (hit.hovered) fill(area, p.hover);
    const Rect inner = area.inset(frame.px(16), frame.px(12));
    draw_label(frame, inner.x0, inner.y0, inner.w(), p.muted, name);
    const std::string date = frame.locale.date_short(row.promised);
    const Rect figure{inner.x0, inner.y0 + frame.px(16), inner.x1, inner.y0 + frame.px(42)};
    const float width = text_in(frame, frame.theme.fonts.number, figure, p.text, date);
    draw_status(frame, {inner.x0 + width + frame.px(8), figure.y0 + frame.px(2), inner.x1, figure.y1 + frame.px(2)}, status,
                frame.theme.fonts.dense);
    draw_track(frame, {inner.x0, figure.y1 + frame.px(4), inner.x1, figure.y1 + frame.px(8)}, row, tone_colour(frame, status.tone),
               finish);
    text_in(frame, frame.theme.fonts.small, {inner.x0, figure.y1 + frame.px(12), inner.x1, figure.y1 + frame.px(28)}, p.muted, below);
    if (hit.hovered && finish) tooltip(frame, area, words);
    draw_ring(frame, Hit{hit.id, area.inset(frame.px(3), frame.px(3)), false, false, false, false, hit.focused, hit.ring, true},
              frame.px(4));
    return hit;
}

}  // namespace entente::ui
