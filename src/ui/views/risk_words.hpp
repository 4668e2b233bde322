// RiskWords: what the figures of a finish say, in one place, so that the Risk view's meters, the whiskers on the timeline and the cards
// of the promises never disagree. Days are the ends of days; chances are shares of the runs. No drawing.
#pragma once

#include <cstdint>

#include "ui/frame.hpp"
#include "ui/widgets/text.hpp"

namespace entente::ui {

// Of a hundred runs, never saying all or none where it is not so.
std::int64_t of_hundred(std::int64_t permille);
// "8 in 10 runs finish by Tue 3 Mar 2026; promised Fri 6 Mar 2026."
Message finish_sentence(const risk::Finish& finish);
// Kept, tight or at risk, by how often the promise is kept.
Status promise_chance(const Frame& frame, const risk::Finish& finish);
// "half the runs by Wed 3 Jun, 8 in 10 by Tue 9 Jun"; one day where every run lies close together.
std::string whisker_words(const Frame& frame, const risk::Finish& finish);

}  // namespace entente::ui
