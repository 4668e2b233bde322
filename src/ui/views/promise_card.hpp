// PromiseCard: a date we gave our word on, beside what the plan has.
#pragma once

#include "ui/frame.hpp"
#include "ui/widgets/item.hpp"

namespace entente::ui {

float promise_card_height(const Frame& frame);
// A link to its task: the hit tells whether it was followed. `finish`: when it is likely to be reached, where the risk of the plan as it
// stands is known; else null.
Hit promise_card(const Frame& frame, Rect area, const plan::Project& project, const plan::PromiseRow& row, const risk::Finish* finish);

}  // namespace entente::ui
